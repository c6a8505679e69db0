//! A village's evening, recorded offline, becomes a line in the department's signed snapshot.

use scenarios::Device;
use scenarios::stage::{Line, street};
use serde_json::{Value, json};

/// Department and street, and a village that has not joined yet.
async fn before_joining() -> Line {
    let (department, street) = street().await;
    street.serve().await;
    let village = Device::with_office("示范一村", "branch").await;
    Line { department, street, village }
}

async fn invite(from: &Device, name: &str, kind: &str) -> Value {
    from.ok("invite.office", json!({"name": name, "kind": kind, "autoApprove": true})).await
}

fn visit(date: &str, household: &str) -> Value {
    json!({
        "date": date, "kind": "household", "newHousehold": {"name": household, "door": "3-1", "phone": "13900000001"},
        "participants": ["赵甲一"], "situation": ["normal"], "situationText": "一切正常",
        "concern": {"category": "roads", "text": "村口的路灯坏了", "privateNote": "家里有病人", "nextStep": "报修",
                    "owner": "赵甲一", "deadline": "2026-03-31"},
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_evening_recorded_before_joining_reaches_the_snapshot_of_the_department() {
    let Line { department, street, village } = before_joining().await;
    village.ok("member.save", json!({"name": "赵甲一", "kind": "full", "posts": ["secretary"]})).await;
    village.ok("visit.save", visit("0305", "钱乙二")).await;
    let status = village.ok("sync.status", json!({})).await;
    assert_eq!(status["light"], "grey", "an office that has not joined is grey, never green: {status}");

    village.join(&invite(&street, "示范一村", "branch").await).await;
    let status = village.ok("sync.status", json!({})).await;
    assert_eq!(status["light"], "blue", "joined but not receipted: {status}");
    let preview = village.ok("concern.hand_in_preview", json!({})).await;
    let id = preview["items"][0]["id"].clone();
    village.ok("concern.hand_in", json!({"items": [{"id": id, "text": "村口的路灯坏了"}]})).await;
    let outcome = village.sync().await;
    assert_eq!(outcome["delivered"], true, "the street receipts what it was sent: {outcome}");
    assert_eq!(outcome["status"]["light"], "green", "{outcome}");

    let merged = street.until("merged.list", json!({"ledger": "concerns"}), |page| page["total"] == 1).await;
    assert_eq!(merged["rows"][0]["title"], "村口的路灯坏了", "{merged}");
    let below = street.ok("household.list", json!({})).await;
    assert_eq!(below["total"], 0, "no household reaches the street: {below}");

    street.ok("invite.office", json!({"name": "示范二村", "kind": "branch"})).await;
    let counted = |matrix: &Value| matrix["rows"][0]["cells"][2]["count"] == 1;
    let matrix = street.until("matrix", json!({"ledger": "visits", "year": 2026}), counted).await;
    assert_eq!(matrix["rows"][0]["cells"][2]["state"], "recorded", "{matrix}");
    assert_eq!(matrix["rows"][1]["cells"][2]["state"], "unknown", "a village that never joined is ?, not ○: {matrix}");

    let made = street.ok("snapshot.make", json!({"year": 2026})).await;
    assert_eq!(made["included"], 1, "{made}");
    assert_eq!(made["inputs"][1]["cause"], "never_joined", "{made}");
    assert_eq!(street.sync().await["delivered"], true);
    let cards = department.ok("snapshot.list", json!({})).await;
    assert_eq!(cards[0]["verified"], true, "{cards}");
    let report = department.ok("snapshot.verify", json!({"id": cards[0]["id"]})).await;
    assert_eq!(report["ok"], true, "{report}");
    let view = department.ok("snapshot.get", json!({"id": cards[0]["id"]})).await;
    let visits = view["rows"].as_array().unwrap().iter().find(|row| row["metric"] == "visits").unwrap();
    assert_eq!(visits["numerator"], 1, "{visits}");
    let concerns = view["rows"].as_array().unwrap().iter().find(|row| row["metric"] == "concerns").unwrap();
    assert_eq!(concerns["numerator"], Value::Null, "one concern is below five and hidden: {concerns}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_branches_offline_for_a_month_deliver_everything_and_a_change_is_live_while_they_stay() {
    let Line { street, village, .. } = before_joining().await;
    let other = Device::with_office("示范二村", "branch").await;
    for (device, name) in [(&village, "示范一村"), (&other, "示范二村")] {
        device.join(&invite(&street, name, "branch").await).await;
        for day in 1..=19 {
            let visit = json!({"date": format!("2026-03-{day:02}"), "kind": "round_table", "publicPlace": true,
                               "participants": ["赵甲一"], "situationText": format!("第{day}天")});
            device.ok("visit.save", visit).await;
        }
    }
    let status = other.ok("sync.status", json!({})).await;
    assert_eq!((&status["light"], &status["unsent"]), (&json!("blue"), &json!(19)), "{status}");
    for device in [&village, &other] {
        assert_eq!(device.sync().await["delivered"], true);
    }
    let all = street.until("merged.list", json!({"ledger": "visits"}), |page| page["total"] == 38).await;
    assert_eq!(all["rows"].as_array().unwrap().len(), 38);

    // The village stays connected: what is recorded there appears at the street by itself.
    village.serve().await;
    village.until("sync.status", json!({}), |status| status["superiorReachable"] == true).await;
    village.ok("visit.save", visit("0305", "孙丙三")).await;
    street.until("merged.list", json!({"ledger": "visits"}), |page| page["total"] == 39).await;
    village.until("sync.status", json!({}), |status| status["light"] == "green").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_item_sent_down_arrives_is_worked_on_and_its_progress_returns() {
    let Line { street, village, .. } = before_joining().await;
    village.join(&invite(&street, "示范一村", "branch").await).await;
    let office = village.ok("node.overview", json!({})).await["offices"][0]["id"].clone();
    street.ok("dispatch.send", json!({"to": [office], "title": "防汛检查", "deadline": "2026-04-10"})).await;
    village.sync().await;
    let items = village.ok("checklist.list", json!({})).await;
    assert_eq!((&items["rows"][0]["title"], &items["rows"][0]["origin"]), (&json!("防汛检查"), &json!("superior")));
    let today = village.ok("today", json!({})).await;
    assert_eq!(today["fromAbove"][0]["code"], "dispatched", "{today}");
    let progress = json!({"id": items["rows"][0]["id"], "note": "已排查", "state": "done", "person": "赵甲一"});
    village.ok("checklist.progress", progress).await;
    assert_eq!(village.sync().await["delivered"], true);
    let items = village.ok("checklist.list", json!({})).await;
    assert_eq!(items["rows"][0]["state"], "done", "{items}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_computer_keeps_the_books_of_two_villages_apart() {
    let device = Device::with_office("示范一村", "branch").await;
    let first = device.ok("node.overview", json!({})).await["offices"][0]["id"].as_str().unwrap().to_owned();
    let second = device.ok("office.init", json!({"name": "示范二村", "kind": "branch"})).await;
    let second = second["office"].as_str().unwrap().to_owned();
    let refused = device.call("visit.list", json!({})).await.unwrap_err();
    assert_eq!(refused.code, "office_unknown", "with two offices the call must say which");
    device.node.call("visit.save", Some(&first), visit("0305", "钱乙二")).await.unwrap();
    let page = device.node.call("visit.list", Some(&second), json!({})).await.unwrap();
    assert_eq!(page["total"], 0, "the other village's books hold nothing of it");
    let page = device.node.call("household.list", Some(&second), json!({})).await.unwrap();
    assert_eq!(page["total"], 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_committee_that_syncs_reaches_the_branches_that_listen() {
    let Line { department: _department, street, village } = before_joining().await;
    village.join(&invite(&street, "示范一村", "branch").await).await;
    village.serve().await;
    // So the street hears where the village listens.
    assert_eq!(village.sync().await["delivered"], true);
    street.node.shutdown().await;
    village.ok("visit.save", visit("0306", "钱乙二")).await;

    let outcome = street.sync().await;
    assert_eq!(outcome["delivered"], true, "its own superior counts: {outcome}");
    let with = outcome["exchanged"].as_array().unwrap().iter().find(|with| with["office"] == "示范一村").unwrap();
    assert_eq!((&with["reached"], &with["complete"]), (&json!(true), &json!(true)), "{outcome}");
    assert!(with["received"].as_u64() > Some(0), "{outcome}");
    street.until("merged.list", json!({"ledger": "visits"}), |page| page["total"] == 1).await;

    village.node.shutdown().await;
    let outcome = street.sync().await;
    let with = outcome["exchanged"].as_array().unwrap().iter().find(|with| with["office"] == "示范一村").unwrap();
    assert_eq!((&with["reached"], &outcome["delivered"]), (&json!(false), &json!(true)), "who is away stops nobody");
}
