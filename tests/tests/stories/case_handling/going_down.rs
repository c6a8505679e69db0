//! What a street writes into the books of its villages names nobody who asked it for something, unless a person says so.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_items_and_words_that_go_down_are_looked_through() {
    let (Line { street, village, .. }, below) = line().await;
    hotline(&street, "楼道堆物").await;
    let concern = handed_in(&village, "村东的桥面裂了").await;
    delivered(&village, &street, &concern).await;
    let answer = |text: &str, unit: &str| json!({"id": concern, "state": "answered", "text": text, "unit": unit});
    let item =
        |title: &str, measure: &str| json!({"to": [below], "title": title, "measure": measure, "deadline": "0331"});
    for (call, input, field) in [
        ("answer.save", answer("已联系来电金丝雀", ""), "text"),
        ("answer.save", answer("已回电", "139-1234-9999"), "unit"),
        ("dispatch.send", item("走访来电金丝雀", ""), "title"),
        ("dispatch.send", item("走访", "回电13912349999"), "measure"),
    ] {
        let error = street.call(call, input.clone()).await.unwrap_err();
        assert_eq!((error.code.as_str(), error.field.as_deref()), ("name_private_match", Some(field)), "{input}");
    }
    street.ok("dispatch.send", item("防汛检查", "逐户排查")).await;
    village.sync().await;
    let sent = village.ok("checklist.list", json!({"origin": "superior"})).await["rows"][0]["id"].clone();
    village.ok("checklist.progress", json!({"id": sent, "note": "已排查", "state": "done", "person": "赵甲一"})).await;
    village.ok("month.submit", json!({"month": "2026-02"})).await;
    village.sync().await;
    let waits = |list: &Value| list["waiting"].as_u64() >= Some(2);
    let list = street.until("decide.list", json!({}), waits).await;
    for row in list["rows"].as_array().unwrap() {
        let call = match row["kind"].as_str().unwrap() {
            "submission" => "submission.decide",
            "item" => "dispatch.decide",
            _ => continue,
        };
        let input = json!({"id": row["target"], "accept": false, "note": "请问来电金丝雀", "digest": row["digest"]});
        let error = street.call(call, input).await.unwrap_err();
        assert_eq!((error.code.as_str(), error.field.as_deref()), ("name_private_match", Some("note")), "{call}");
        let plain = json!({"id": row["target"], "accept": false, "note": "缺签名", "digest": row["digest"]});
        street.ok(call, plain).await;
    }
    // A person may keep it: the log has the record, and no word of it.
    let kept = |log: &Value| log.to_string().matches("private_match_kept").count();
    let before = kept(&street.ok("log.list", json!({})).await);
    let mut said = answer("已联系来电金丝雀", "");
    said["keepMatches"] = json!(true);
    street.ok("answer.save", said).await;
    let log = street.ok("log.list", json!({})).await;
    assert_eq!(kept(&log), before + 1, "{log}");
    names_nobody(&log);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_computer_that_does_not_read_the_desk_says_that_it_cannot_look() {
    let (Line { street, .. }, below) = line().await;
    let clerk = street.further(json!({"role": "clerk"})).await;
    clerk.sync().await;
    let mut item = json!({"to": [below], "title": "防汛检查", "deadline": "0331"});
    clerk.ok("dispatch.send", item.clone()).await;
    // Now cases are handled, and somebody may have asked.
    let case = hotline(&street, "楼道堆物").await;
    let pass = json!({"way": "down", "to": below, "title": "楼道堆物", "due": "2026-04-10", "person": "赵甲一"});
    street.ok("case.pass", with_seen(&street, &case, pass).await).await;
    clerk.sync().await;
    clerk.until("flow.list", json!({"flow": "case", "below": true}), |page| page["total"] == 1).await;
    let error = clerk.call("dispatch.send", item.clone()).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("households_unreadable", Some("title")));
    item["keepMatches"] = json!(true);
    clerk.ok("dispatch.send", item).await;
    let log = clerk.ok("log.list", json!({})).await;
    assert!(log.to_string().contains("private_unchecked_kept"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_counts_in_a_rate_is_not_dated_ahead() {
    let (Line { street, .. }, below) = line().await;
    let case = json!({"title": "楼道堆物", "category": "environment", "due": "2026-04-20", "on": "2026-03-25"});
    let error = street.call("case.accept", case).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("date_in_future", Some("on")));
    let open =
        |flow: &str| json!({"flow": flow, "to": [below], "title": "四月", "on": "2026-04-02", "due": "2026-04-10"});
    let error = street.call("flow.open", open("rectification")).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("date_in_future", Some("on")));
    street.ok("flow.open", open("interview")).await;
}
