//! What is typed into a dialog about a case is kept under its own name and gone once it is sent; of two who send at once one is told
//! that something changed.

use super::*;

async fn keep(device: &Device, form: &str, key: &str) {
    device.ok("draft.save", json!({"form": form, "key": key, "value": {"note": "写了一半"}})).await;
}

async fn drafts(device: &Device) -> Vec<String> {
    let list = device.ok("draft.list", json!({})).await;
    let name = |row: &Value| format!("{} {}", row["form"].as_str().unwrap(), row["key"].as_str().unwrap());
    list.as_array().unwrap().iter().map(name).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drafts_end_with_the_step_that_they_were_for_and_no_other() {
    let (Line { street, .. }, below) = line().await;
    keep(&street, "case_accept", "new").await;
    let case = hotline(&street, "楼道堆物").await;
    assert_eq!(drafts(&street).await, Vec::<String>::new());
    let id = case.as_str().unwrap();
    keep(&street, "case_pass", id).await;
    keep(&street, "case_answer", id).await;
    keep(&street, "flow", &format!("{id} assign")).await;
    keep(&street, "flow", &format!("{id} note")).await;
    keep(&street, "flow_open", "rectification").await;
    keep(&street, "flow_open", "listed").await;

    act(&street, &case, "assign", json!({"person": "城管队", "due": "2026-04-10"})).await;
    let mut left = drafts(&street).await;
    left.sort();
    let mut expected = vec![
        format!("case_answer {id}"),
        format!("case_pass {id}"),
        format!("flow {id} note"),
        "flow_open listed".to_owned(),
        "flow_open rectification".to_owned(),
    ];
    expected.sort();
    assert_eq!(left, expected);
    let answer = with_seen(&street, &case, json!({"note": "已清理", "unit": "城管队"})).await;
    street.ok("case.answer", answer).await;
    assert!(!drafts(&street).await.contains(&format!("case_answer {id}")));
    street.ok("flow.open", json!({"flow": "rectification", "to": [below], "title": "台账缺页"})).await;
    assert!(!drafts(&street).await.contains(&"flow_open rectification".to_owned()));
    assert!(drafts(&street).await.contains(&"flow_open listed".to_owned()));
    let other = hotline(&street, "夜间噪声").await;
    let other_id = other.as_str().unwrap();
    keep(&street, "case_pass", other_id).await;
    let pass = json!({"way": "up", "title": "夜间噪声", "text": "有人反映夜间噪声"});
    street.ok("case.pass", with_seen(&street, &other, pass).await).await;
    assert!(!drafts(&street).await.contains(&format!("case_pass {other_id}")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_steps_at_once_one_counts_and_the_other_hears_that_something_changed() {
    let (Line { street, village, .. }, _) = line().await;
    for n in 0..4 {
        let case = hotline(&street, &format!("同时办理{n}")).await;
        let input = json!({"event": "assign", "person": "城管队", "due": "2026-04-10"});
        let input = with_seen(&street, &case, input).await;
        let (one, other) = tokio::join!(street.call("flow.act", input.clone()), street.call("flow.act", input));
        let refused = [one, other].into_iter().filter_map(Result::err).map(|error| error.code);
        assert_eq!(refused.collect::<Vec<_>>(), ["changed_since"]);
        assert_eq!(seen(&street, &case).await["events"].as_array().unwrap().len(), 1);
        let answer = with_seen(&street, &case, json!({"note": "已清理"})).await;
        let (one, other) = tokio::join!(street.call("case.answer", answer.clone()), street.call("case.answer", answer));
        let refused = [one, other].into_iter().filter_map(Result::err).map(|error| error.code);
        assert_eq!(refused.collect::<Vec<_>>(), ["changed_since"]);
    }
    // One concern, taken in twice at once, is one case.
    let concern = handed_in(&village, "村东的桥面裂了").await;
    delivered(&village, &street, &concern).await;
    let accept = json!({"source": concern, "due": "2026-04-30", "channel": "visit"});
    let (one, other) = tokio::join!(street.call("case.accept", accept.clone()), street.call("case.accept", accept));
    let refused: Vec<String> = [one, other].into_iter().filter_map(Result::err).map(|error| error.code).collect();
    assert!(refused == ["changed_since"] || refused == ["case_taken_in"], "{refused:?}");
}
