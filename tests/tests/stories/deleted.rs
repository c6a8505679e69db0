//! Deleting what was entered by mistake: a mark with what goes along, out of every list and count, and back again.

use scenarios::Device;
use scenarios::stage::Line;
use serde_json::{Value, json};

fn evening() -> Value {
    json!({
        "date": "0305", "kind": "household", "place": "渠边", "participants": ["王某"],
        "newHousehold": {"name": "钱乙二", "door": "3-1"},
        "concern": {"category": "roads", "text": "路灯", "privateNote": "私密", "nextStep": "报修", "owner": "王某",
                    "deadline": "2026-03-31"},
    })
}

async fn stands(device: &Device) -> (Value, Value, bool) {
    let visits = device.visits().await;
    let concerns = device.ok("concern.list", json!({})).await["total"].clone();
    let found = device.ok("search", json!({"text": "渠边", "limit": 0})).await.to_string().contains("渠边");
    (visits, concerns, found)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_visit_is_gone_from_lists_counts_and_search_here_and_above_and_comes_back() {
    let Line { street, village, .. } = Line::new().await;
    let id = json!({"id": village.ok("visit.save", evening()).await["id"]});
    assert_eq!(stands(&village).await, (json!(1), json!(1), true));
    village.sync().await;
    let above = json!({"ledger": "visits", "year": 2026});
    street.until("merged.list", above.clone(), |page| page["total"] == 1).await;

    let preview = village.ok("deleted.preview", id.clone()).await;
    let along: Vec<_> =
        preview["along"].as_array().unwrap().iter().map(|one| one["recordType"].as_str().unwrap()).collect();
    assert_eq!((&preview["refused"], preview["stops"].as_array().unwrap().len()), (&json!(""), 0));
    assert_eq!(along.len(), 2, "{along:?}");
    assert!(along.contains(&"visit_link") && along.contains(&"kept_concern"));
    village.ok("deleted.mark", id.clone()).await;
    assert_eq!(stands(&village).await, (json!(0), json!(0), false));
    assert_eq!(village.call("visit.get", id.clone()).await.unwrap_err().code, "not_found");
    let history = village.ok("record.history", id.clone()).await;
    assert!(history.to_string().contains("渠边"), "its history is there");
    village.sync().await;
    street.until("merged.list", above.clone(), |page| page["total"] == 0).await;

    let listed = village.ok("deleted.list", json!({"year": 2026})).await;
    let row = &listed["rows"][0];
    assert_eq!((&listed["total"], &row["id"], &row["along"]), (&json!(1), &id["id"], &json!(2)));
    assert_eq!((&row["on"], &row["how"]), (&json!("2026-03-20"), &json!("deleted")));
    assert_eq!(village.ok("deleted.list", json!({"year": 2025})).await["total"], 0);
    assert_eq!(village.ok("deleted.list", json!({"text": "渠"})).await["total"], 1);
    assert!(!listed.to_string().contains("钱乙二"));

    village.ok("deleted.restore", id.clone()).await;
    assert_eq!(stands(&village).await, (json!(1), json!(1), true));
    village.sync().await;
    street.until("merged.list", above, |page| page["total"] == 1).await;
    assert_eq!(village.call("deleted.restore", id).await.unwrap_err().code, "restore_stands");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_name_stays_and_the_reason_is_told() {
    let device = Device::with_office("示范一村", "branch").await;
    let member = |name: &str| json!({"name": name, "kind": "full", "joined": "2010-07"});
    let mistake = json!({"id": device.ok("member.save", member("赵甲一")).await["id"]});
    let other = json!({"id": device.ok("member.save", member("李乙二")).await["id"]});
    let paid = json!([{"member": other["id"], "month": "2026-03", "amountFen": 500}]);
    device.ok("dues.collect", json!({"on": "2026-03-05", "entries": paid})).await;
    device.ok("deleted.mark", mistake.clone()).await;
    assert_eq!(device.ok("member.list", json!({})).await["total"], 1);
    let preview = device.ok("deleted.preview", other.clone()).await;
    assert_eq!(preview["stops"][0]["recordType"], "dues_payment");
    let refused = device.call("deleted.mark", other).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.params["type"].as_str()), ("deleted_referenced", "dues_payment"));
    // Money is reversed, and nothing else.
    let payment = json!({"id": preview["stops"][0]["record"]});
    assert_eq!(device.call("deleted.mark", payment).await.unwrap_err().code, "undo_payment");
    device.ok("deleted.restore", mistake).await;
    assert_eq!(device.ok("member.list", json!({})).await["total"], 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restore_holds_against_a_deletion_that_did_not_know_of_it() {
    let computer = Device::with_office("示范一村", "branch").await;
    computer.serve().await;
    let laptop = computer.further(json!({"role": "keeper"})).await;
    let id = json!({"id": computer.visit("村部").await["id"]});
    laptop.sync().await;
    laptop.ok("deleted.mark", id.clone()).await;
    laptop.sync().await;
    computer.until("visit.list", json!({}), |page| page["total"] == 0).await;
    // Restored here; there it is restored too, and deleted again.
    computer.ok("deleted.restore", id.clone()).await;
    laptop.ok("deleted.restore", id.clone()).await;
    laptop.ok("deleted.mark", id.clone()).await;
    laptop.sync().await;
    computer.until("conflict.list", json!({}), |rows| rows.as_array().is_some_and(|rows| rows.len() == 1)).await;
    assert_eq!((computer.visits().await, laptop.visits().await), (json!(1), json!(1)), "it is seen on both");
    // Whoever looks at it settles it.
    computer.ok("deleted.mark", id).await;
    laptop.sync().await;
    assert_eq!((computer.visits().await, laptop.visits().await), (json!(0), json!(0)));
    assert_eq!(laptop.ok("conflict.list", json!({})).await, json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_submitted_month_is_withdrawn_first_and_a_deleted_household_keeps_its_visit_away() {
    let Line { village, .. } = Line::new().await;
    let visit = village.ok("visit.save", evening()).await;
    let id = json!({"id": visit["id"]});
    let household = village.ok("visit.get", id.clone()).await["householdId"].clone();
    let submitted = village.ok("month.submit", json!({"month": "2026-03"})).await;
    let refused = village.call("deleted.mark", id.clone()).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.params["period"].as_str()), ("deleted_submitted", "2026-03"));
    village.ok("month.withdraw", json!({"id": submitted["id"], "note": "错了"})).await;
    // The household is named by the visit's link.
    let home = json!({"id": household});
    assert_eq!(village.call("deleted.mark", home.clone()).await.unwrap_err().code, "deleted_referenced");
    village.ok("deleted.mark", id.clone()).await;
    village.ok("deleted.mark", home.clone()).await;
    let refused = village.call("deleted.restore", id.clone()).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.params["type"].as_str()), ("restore_missing", "household"));
    village.ok("deleted.restore", home).await;
    village.ok("deleted.restore", id).await;
    assert_eq!(village.visits().await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_deleted_can_still_be_taken_back_from_above_and_erased() {
    let Line { village, .. } = Line::new().await;
    let id = village.ok("visit.save", evening()).await["id"].clone();
    let home = village.ok("visit.get", json!({"id": id})).await["householdId"].clone();
    village.sync().await;
    village.ok("deleted.mark", json!({"id": id})).await;
    village.ok("deleted.mark", json!({"id": home})).await;
    // The superior has the bytes of a text until it is taken back: deleting only hides them.
    let text = village.ok("record.redact_preview", json!({"record": id})).await;
    assert!(text["fields"].as_array().unwrap().iter().any(|one| one["text"] == "渠边"), "{text}");
    let preview = village.ok("household.erase_preview", json!({"id": home})).await;
    assert!(preview.to_string().contains("钱乙二"), "{preview}");
    village.ok("household.erase", json!({"id": home})).await;
    assert_eq!(village.call("household.erase", json!({"id": home})).await.unwrap_err().code, "household_erased");
    let history = village.ok("record.history", json!({"id": home})).await;
    assert!(!history.to_string().contains("钱乙二"), "its key is destroyed, whatever is restored");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_profile_does_not_see_stops_it_without_being_told() {
    let device = Device::with_office("示范一村", "branch").await;
    let member = device.ok("member.save", json!({"name": "赵甲一", "kind": "full", "joined": "2010-07"})).await;
    let paid = json!([{"member": member["id"], "month": "2026-03", "amountFen": 500}]);
    device.ok("dues.collect", json!({"on": "2026-03-05", "entries": paid})).await;
    device.ok("profile.save", json!({"name": "李乙二", "pin": "2468", "hidden": ["dues"]})).await;
    let profiles = device.ok("profile.list", json!({})).await;
    let choice = json!({"id": profiles["profiles"][0]["id"], "pin": "2468"});
    device.node.call_from("window", "profile.choose", None, choice).await.unwrap();
    let id = json!({"id": member["id"]});
    let refused = device.node.call_from("window", "deleted.mark", None, id).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.params["type"].as_str()), ("deleted_referenced", ""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_concern_that_was_handed_in_does_not_leave_the_superior_without_a_word() {
    let Line { street, village, .. } = Line::new().await;
    let id = json!({"id": village.ok("visit.save", evening()).await["id"]});
    let kept = village.ok("concern.list", json!({})).await["rows"][0]["id"].clone();
    village.ok("concern.hand_in", json!({"items": [{"id": kept, "text": "路灯"}]})).await;
    village.sync().await;
    assert_eq!(village.call("deleted.mark", id).await.unwrap_err().code, "deleted_referenced");
    street.until("merged.list", json!({"ledger": "concerns", "year": 2026}), |page| page["total"] == 1).await;
}
