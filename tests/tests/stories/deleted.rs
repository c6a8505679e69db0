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
