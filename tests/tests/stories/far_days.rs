//! A day that is more than a year away was likely mistyped: every form asks once, and takes it when it was meant.

use scenarios::Device;
use scenarios::stage::Line;
use serde_json::{Value, json};

const FAR: &str = "2029-03-21";

/// The call is stopped at a field until the day is confirmed.
async fn asks(device: &Device, call: &str, input: Value, field: &str) -> Value {
    let refused = device.call(call, input.clone()).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("date_far", Some(field)), "{call}");
    let mut confirmed = input;
    confirmed["confirmDate"] = json!(true);
    device.ok(call, confirmed).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deadlines_and_days_of_talks_are_asked_about_once() {
    let Line { street, village, .. } = Line::new().await;
    let concern = |deadline: &str| json!({"category": "roads", "text": "路灯坏了", "nextStep": "报修", "owner": "王某", "deadline": deadline});
    let visit = json!({"date": "0305", "kind": "round_table", "publicPlace": true, "participants": ["赵甲一"]});
    let mut raised = visit.clone();
    raised["concern"] = concern(FAR);
    asks(&village, "visit.save", raised, "concern.deadline").await;
    let saved = village.ok("visit.save", visit).await;
    let added = json!({"visit": saved["id"], "concern": concern(FAR)});
    let added = asks(&village, "concern.add", added, "concern.deadline").await;
    let plan = json!({"id": added["id"], "nextStep": "再看", "owner": "王某", "deadline": FAR});
    asks(&village, "concern.plan", plan, "deadline").await;
    assert_eq!(village.ok("concern.get", json!({"id": added["id"]})).await["deadline"], FAR);

    let talk = json!({"date": "2019-03-05", "trigger": "difficulty", "name": "钱乙二", "text": "谈一次"});
    asks(&village, "talk.save", talk, "date").await;

    let wanted = json!({"id": "secretary-month", "period": "2026-03"});
    let mut entries = village.ok("template.expand", wanted).await["entries"].clone();
    for entry in entries.as_array_mut().unwrap() {
        entry["person"] = json!("赵甲一");
    }
    entries[2]["deadline"] = json!(FAR);
    let made = json!({"id": "secretary-month", "period": "2026-03", "entries": entries});
    asks(&village, "template.make", made, "entries.2.deadline").await;

    asks(
        &street,
        "dispatch.send",
        json!({"to": [village.office_id().await], "title": "防汛检查", "deadline": FAR}),
        "deadline",
    )
    .await;
}
