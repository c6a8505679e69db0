//! 群众诉求办理 over three nodes, each offline in between: a department, a street and its villages.

mod counting;
mod crossing;
mod drafts;
mod going_down;
mod passing;
mod played;
mod telling;
mod templates;
mod two_desks;
mod untaken;

use scenarios::Device;
use scenarios::stage::Line;
use serde_json::{Value, json};

/// Waits until an item is here and stands so.
async fn stands(device: &Device, id: &Value, state: &str) -> Value {
    here(device, id).await;
    device.until("flow.get", json!({"id": id}), |view| view["row"]["state"] == state).await
}

/// Waits until an item was read in.
async fn here(device: &Device, id: &Value) {
    let mut cursor = 0;
    while let Err(error) = device.call("flow.get", json!({"id": id})).await {
        assert_eq!(error.code, "not_found");
        let changes = device.ok("changes.wait", json!({"cursor": cursor, "timeoutMs": 20_000})).await;
        assert_ne!(changes["tags"], json!([]), "the item does not come");
        cursor = changes["cursor"].as_u64().unwrap_or_default();
    }
}

/// An item as it is here.
async fn seen(device: &Device, id: &Value) -> Value {
    device.ok("flow.get", json!({"id": id})).await
}

/// What `input` says with `seen` of the item as it is here.
async fn with_seen(device: &Device, id: &Value, mut input: Value) -> Value {
    input["id"] = id.clone();
    input["seen"] = seen(device, id).await["seen"].clone();
    input
}

/// Takes a step on an item as it is here.
async fn act(device: &Device, id: &Value, event: &str, said: Value) -> Value {
    let mut input = with_seen(device, id, said).await;
    input["event"] = json!(event);
    device.ok("flow.act", input).await
}

/// The code with which a step is refused.
async fn refused(device: &Device, id: &Value, event: &str, said: Value) -> (String, Option<String>) {
    let mut input = with_seen(device, id, said).await;
    input["event"] = json!(event);
    let error = device.call("flow.act", input).await.unwrap_err();
    (error.code, error.field)
}

/// A concern that the village raised at an evening and handed in; its id.
async fn handed_in(village: &Device, text: &str) -> Value {
    let concern = json!({"category": "roads", "text": text, "privateNote": "", "nextStep": "报街道", "owner": "赵甲一",
                         "deadline": "2026-03-31"});
    let visit = json!({"date": "0305", "kind": "round_table", "publicPlace": true, "participants": ["赵甲一"],
                       "place": "村部", "concern": concern});
    village.ok("visit.save", visit).await;
    let preview = village.ok("concern.hand_in_preview", json!({})).await;
    let item = preview["items"].as_array().unwrap().iter().find(|item| item["text"] == text).unwrap().clone();
    village.ok("concern.hand_in", json!({"items": [{"id": item["id"], "text": text}]})).await;
    let list = village.ok("concern.list", json!({})).await;
    let row = list["rows"].as_array().unwrap().iter().find(|row| row["text"] == text).unwrap();
    assert_eq!(row["state"], "handed_in", "{row}");
    row["id"].clone()
}

/// What was delivered to a device and is read in there.
async fn delivered(from: &Device, to: &Device, id: &Value) {
    from.sync().await;
    to.until("answer.list", json!({}), |page| page["rows"].as_array().unwrap().iter().any(|row| row["id"] == *id))
        .await;
}

/// A street's case that came by telephone.
async fn hotline(street: &Device, title: &str) -> Value {
    let case = json!({"title": title, "text": format!("{title}，请街道处理"), "category": "environment", "channel": "hotline",
                      "due": "2026-04-20",
                      "caller": {"name": "来电金丝雀", "phone": "13912349999", "address": "门牌金丝雀9号", "note": "备注金丝雀"}});
    street.ok("case.accept", case).await["id"].clone()
}

const CANARIES: [&str; 4] = ["来电金丝雀", "13912349999", "门牌金丝雀9号", "备注金丝雀"];

fn names_nobody(value: &Value) {
    let text = value.to_string();
    for canary in CANARIES {
        assert!(!text.contains(canary), "{canary} in {text}");
    }
}

/// All three joined, the village's office id, and the street's.
async fn line() -> (Line, String) {
    let line = Line::new().await;
    let village = line.village.office_id().await;
    (line, village)
}
