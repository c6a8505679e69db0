//! Items go down and come back; templates; lists.

use scenarios::Device;
use serde_json::{Value, json};

use super::{Line, line};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_item_goes_down_is_handed_in_returned_handed_in_again_and_accepted() {
    let line = line().await;
    let Line { street, second, village, .. } = &line;
    let office = village.ok("node.overview", json!({})).await["offices"][0]["id"].clone();
    street.ok("dispatch.send", json!({"to": [office], "title": "防汛检查", "deadline": "2026-04-10"})).await;
    village.sync().await;
    let item = village.ok("checklist.list", json!({"origin": "superior"})).await["rows"][0].clone();
    assert_eq!((&item["state"], &item["acknowledged"]), (&json!("open"), &json!(false)), "{item}");
    let id = item["id"].clone();
    let early = street.call("dispatch.decide", json!({"id": id, "accept": true})).await.unwrap_err();
    assert_eq!(early.code, "decision_late", "there is nothing to accept yet");
    let step = |note: &str, state: &str| json!({"id": id, "note": note, "state": state, "person": "赵甲一"});
    village.ok("checklist.progress", step("签收", "in_progress")).await;
    village.ok("checklist.progress", step("已排查", "done")).await;
    let twice = village.call("checklist.progress", step("已排查", "done")).await.unwrap_err();
    assert_eq!(twice.code, "item_handed_in");
    assert_eq!(village.call("checklist.progress", step("过", "accepted")).await.unwrap_err().code, "not_allowed");
    assert_eq!(village.call("dispatch.decide", json!({"id": id, "accept": true})).await.unwrap_err().code, "not_found");
    village.sync().await;
    let waits = |waiting: &Value| waiting["total"] == 1;
    street.until("decide.list", json!({"kind": "item"}), waits).await;
    street.ok("dispatch.decide", json!({"id": id, "accept": false, "note": "缺照片以外的说明"})).await;
    village.sync().await;
    let back = |row: &Value| row["state"] == "returned";
    let row = village.until("checklist.get", json!({"id": id}), back).await;
    assert_eq!((&row["decisions"][0]["note"], &row["finished"]), (&json!("缺照片以外的说明"), &json!(false)));
    let today = village.ok("today", json!({})).await;
    assert_eq!(today["returned"][0]["code"], "item_returned", "{today}");
    village.ok("checklist.progress", step("已补说明", "done")).await;
    village.sync().await;
    second.sync().await;
    street.until("decide.list", json!({"kind": "item"}), waits).await;
    second.until("decide.list", json!({"kind": "item"}), waits).await;

    // Both computers decide at once: the return counts until somebody settles it.
    street.ok("dispatch.decide", json!({"id": id, "accept": true})).await;
    second.ok("dispatch.decide", json!({"id": id, "accept": false, "note": "再看一次"})).await;
    second.sync().await;
    let crossed = |row: &Value| row["state"] == "returned" && row["disputed"] == true;
    street.until("checklist.get", json!({"id": id}), crossed).await;
    village.sync().await;
    village.until("checklist.get", json!({"id": id}), crossed).await;
    second.ok("dispatch.decide", json!({"id": id, "accept": true, "note": "看过了"})).await;
    second.sync().await;
    let done = |row: &Value| row["state"] == "accepted" && row["disputed"] == false && row["finished"] == true;
    street.until("checklist.get", json!({"id": id}), done).await;
    village.sync().await;
    village.until("checklist.get", json!({"id": id}), done).await;
    let below = street.ok("checklist.list", json!({"below": true, "state": "finished"})).await;
    assert_eq!((&below["total"], &below["rows"][0]["officeName"]), (&json!(1), &json!("示范一村")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_template_makes_items_in_one_action_and_an_office_keeps_its_own() {
    let village = Device::with_office("示范一村", "branch").await;
    let templates = village.ok("template.list", json!({})).await;
    let ids: Vec<&str> = templates.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"secretary-month") && ids.contains(&"branch-year"), "{ids:?}");
    let wanted = json!({"id": "secretary-month", "period": "2026-03"});
    let mut made = village.ok("template.expand", wanted.clone()).await;
    assert_eq!((made["entries"].as_array().unwrap().len(), &made["madeBefore"]), (10, &json!(0)), "{made}");
    for entry in made["entries"].as_array_mut().unwrap() {
        entry["person"] = json!("赵甲一");
    }
    made["entries"][0]["deadline"] = json!("3.12");
    let mut input = json!({"id": "secretary-month", "period": "2026-03", "entries": made["entries"]});
    assert_eq!(village.ok("template.make", input.clone()).await["count"], 10);
    let list = village.ok("checklist.list", json!({"origin": "own", "sort": "deadline"})).await;
    assert_eq!((&list["total"], &list["rows"][0]["deadline"]), (&json!(10), &json!("2026-03-12")), "{list}");
    assert_eq!(list["rows"][0]["template"], "secretary-month/2026-03");
    assert_eq!(village.ok("template.expand", wanted).await["madeBefore"], 10, "a second making is told");
    assert_eq!(
        village.ok("template.make", input.clone()).await["count"],
        0,
        "what was made stands, and is not doubled"
    );
    input["entries"][3]["person"] = json!("");
    let error = village.call("template.make", input).await.unwrap_err();
    assert_eq!(error.field.as_deref(), Some("entries.3.person"));
    assert_eq!(village.ok("checklist.list", json!({})).await["total"], 10, "all or nothing");

    let line = |title: &str, day: u8| json!({"title": title, "every": "month", "day": day});
    let own = json!({"name": "我支部每月清单", "role": "secretary", "every": "month", "entries": [line("查井盖", 5), line("查路灯", 20)]});
    let saved = village.ok("template.save", own).await;
    let own = json!({"id": saved["id"], "name": "我支部每月清单", "every": "month", "entries": [line("查井盖", 6)]});
    village.ok("template.save", own).await;
    let made = village.ok("template.expand", json!({"id": saved["id"], "period": "2026-04"})).await;
    assert_eq!(made["entries"].as_array().unwrap().len(), 1, "{made}");
    assert_eq!(made["entries"][0]["deadline"], "2026-04-06");
    let all = village.ok("template.list", json!({})).await;
    assert_eq!((&all[0]["own"], &all[0]["name"]), (&json!(true), &json!("我支部每月清单")), "{all}");
    let gone = json!({"id": saved["id"], "name": "我支部每月清单", "every": "month", "entries": []});
    village.ok("template.save", gone).await;
    assert_eq!(village.ok("template.list", json!({})).await[0]["own"], false);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_of_items_are_filtered_and_sorted_as_asked() {
    let village = Device::with_office("示范一村", "branch").await;
    for (title, person, leader, deadline) in [
        ("修路", "张某", "王某", "2026-03-10"),
        ("清渠", "李某", "王某", "2026-03-25"),
        ("补录", "李某", "赵某", "2026-04-01"),
    ] {
        let item = json!({"title": title, "origin": "own", "person": person, "leader": leader, "deadline": deadline});
        village.ok("checklist.save", item).await;
    }
    let first = village.ok("checklist.list", json!({"text": "修路"})).await["rows"][0]["id"].clone();
    village.ok("checklist.progress", json!({"id": first, "note": "修好", "state": "done"})).await;
    for (input, expected) in [
        (json!({}), vec!["清渠", "补录", "修路"]),
        (json!({"sort": "deadline"}), vec!["修路", "清渠", "补录"]),
        (json!({"sort": "-deadline"}), vec!["补录", "清渠", "修路"]),
        (json!({"text": "zhangm", "sort": "-person"}), vec!["修路"]),
        (json!({"state": "unfinished"}), vec!["清渠", "补录"]),
        (json!({"state": "done"}), vec!["修路"]),
        (json!({"leader": "赵某"}), vec!["补录"]),
        (json!({"person": "李某", "from": "2026-03-26"}), vec!["补录"]),
        (json!({"to": "2026-03-25", "sort": "deadline"}), vec!["修路", "清渠"]),
        (json!({"overdue": true}), vec![]),
        (json!({"text": "zhang"}), vec!["修路"]),
        (json!({"text": "渠"}), vec!["清渠"]),
        (json!({"origin": "superior"}), vec![]),
    ] {
        let page = village.ok("checklist.list", input.clone()).await;
        let titles: Vec<&str> =
            page["rows"].as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect();
        assert_eq!(titles, expected, "{input}");
    }
    let error = village.call("checklist.list", json!({"sort": "colour"})).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("invalid_input", Some("sort")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rectification_of_ones_own_is_done_by_one_and_accepted_by_another() {
    let village = Device::with_office("示范一村", "branch").await;
    let item = json!({"title": "规范会议记录", "origin": "rectification", "problem": "记录不及时", "person": "钱乙二", "deadline": "2026-03-15"});
    let id = village.ok("checklist.save", item).await["id"].clone();
    let word = |accept: bool, person: &str, on: &str, note: &str| json!({"id": id, "accept": accept, "person": person, "on": on, "note": note});
    let refused = |input: Value| async { village.call("checklist.accept", input).await.unwrap_err() };
    let early = refused(word(true, "孙丙三", "", "")).await;
    assert_eq!(early.code, "item_not_done", "nothing was done yet");
    let step = |note: &str, state: &str, on: &str| json!({"id": id, "note": note, "state": state, "on": on});
    village.ok("checklist.progress", step("已补齐", "done", "2026-03-10")).await;
    let waiting = village.ok("checklist.list", json!({"state": "awaits_acceptance"})).await;
    assert_eq!((&waiting["total"], &waiting["rows"][0]["state"]), (&json!(1), &json!("done")), "{waiting}");

    let own = refused(word(true, "钱乙二", "", "")).await;
    assert_eq!((own.code.as_str(), own.field.as_deref()), ("accepts_own", Some("person")));
    let before = refused(word(true, "孙丙三", "2026-03-09", "")).await;
    assert_eq!((before.code.as_str(), before.field.as_deref()), ("accepted_before_done", Some("on")));
    assert_eq!(refused(word(true, "孙丙三", "2027-01-01", "")).await.code, "date_in_future");
    let bare = refused(word(false, "孙丙三", "", "")).await;
    assert_eq!((bare.code.as_str(), bare.field.as_deref()), ("required", Some("note")), "a return says why");

    village.ok("checklist.accept", word(false, "孙丙三", "2026-03-11", "还缺二月的")).await;
    let row = village.ok("checklist.get", json!({"id": id})).await;
    assert_eq!(
        (&row["state"], &row["finished"], &row["person"]),
        (&json!("returned"), &json!(false), &json!("钱乙二"))
    );
    assert_eq!(refused(word(true, "孙丙三", "", "")).await.code, "item_not_done");
    village.ok("checklist.progress", step("二月的也补齐", "done", "2026-03-12")).await;
    let accepted = village.ok("checklist.accept", word(true, "李丁四", "2026-03-13", "")).await;
    let row = village.ok("checklist.get", json!({"id": id})).await;
    assert_eq!((&row["state"], &row["finished"]), (&json!("accepted"), &json!(true)), "{row}");
    let words = json!([
        {"accepted": false, "note": "还缺二月的", "on": "2026-03-11", "person": "孙丙三"},
        {"accepted": true, "note": "", "on": "2026-03-13", "person": "李丁四"},
    ]);
    assert_eq!(row["decisions"], words);
    assert_eq!(row["progress"].as_array().unwrap().len(), 2, "an acceptance is no progress");
    let again = village.call("checklist.progress", step("再报", "done", "")).await.unwrap_err();
    assert_eq!(again.code, "item_accepted");
    let told = village.ok("record.history", json!({"id": accepted["id"]})).await;
    assert!(told["fields"].to_string().contains("李丁四"), "{told}");

    // A word is taken back by another one, as every step is; and a plain item has nobody who accepts it.
    let last = village.ok("undo.list", json!({})).await["nextUndo"].clone();
    assert_eq!(village.call("undo.apply", json!({"id": last})).await.unwrap_err().code, "undo_step");
    village.ok("checklist.accept", word(false, "李丁四", "2026-03-16", "回头看又有缺的")).await;
    assert_eq!(village.ok("checklist.get", json!({"id": id})).await["state"], "returned");
    let plain = json!({"title": "修路灯", "origin": "own", "person": "钱乙二", "deadline": "2026-03-15"});
    let plain = village.ok("checklist.save", plain).await["id"].clone();
    let error =
        village.call("checklist.accept", json!({"id": plain, "accept": true, "person": "孙丙三"})).await.unwrap_err();
    assert_eq!(error.code, "not_allowed");
}
