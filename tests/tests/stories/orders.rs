//! The tree changes: a village moves to another street, two are merged, one is dissolved. Books and past snapshots stay good.

use scenarios::Device;
use serde_json::json;

async fn places(street: &Device) -> Vec<String> {
    let page = street.ok("merged.list", json!({"ledger": "visits"})).await;
    let mut titles: Vec<String> =
        page["rows"].as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect();
    titles.sort();
    titles
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_village_moves_to_another_street_and_the_old_one_gets_nothing_new() {
    let department = Device::with_office("县委组织部", "organization-department").await;
    department.serve().await;
    let (east, west) = (
        Device::below(&department, "河东街道", "committee").await,
        Device::below(&department, "河西街道", "committee").await,
    );
    east.serve().await;
    west.serve().await;
    let village = Device::below(&east, "示范一村", "branch").await;
    village.visit("旧街道时").await;
    assert_eq!(village.sync().await["delivered"], true);
    east.sync().await;
    let snapshot = east.ok("snapshot.make", json!({})).await;
    east.sync().await;
    west.sync().await;
    let verified = department.ok("snapshot.verify", json!({"id": snapshot["id"]})).await;
    assert_eq!(verified["ok"], true, "{verified}");

    let (moved, to) = (village.office().await["id"].clone(), west.office().await["id"].clone());
    let order = json!({"kind": "move", "office": moved, "to": to});
    let preview = department.ok("order.preview", order.clone()).await;
    assert_eq!((&preview["former"], &preview["to"]), (&json!("河东街道"), &json!("河西街道")));
    let error = east.call("order.give", order.clone()).await.unwrap_err();
    assert_eq!(error.code, "office_unknown", "no street gives an order about what is not below it");
    department.ok("order.give", order).await;
    east.sync().await;
    west.sync().await;

    // The village hears of it from the street it knows, and finds the new one by the address in the order.
    village.visit("新街道时").await;
    village.sync().await;
    assert_eq!(village.sync().await["delivered"], true, "the new street receipts");
    assert_eq!(village.office().await["superior"], "河西街道");
    let both = ["新街道时", "旧街道时"];
    west.until("merged.list", json!({"ledger": "visits"}), |page| page["total"] == 2).await;
    assert!(places(&west).await.iter().zip(both).all(|(found, place)| found.contains(place)), "the year goes along");
    east.sync().await;
    assert!(!format!("{:?}", places(&east).await).contains("新街道时"), "the old street gets nothing new");
    let tree = east.ok("org.tree", json!({})).await;
    assert_eq!(tree.as_array().unwrap().len(), 1, "{tree}");

    // What was signed before the order is still good, and so are both streets' new snapshots.
    department.sync().await;
    let verified = department.ok("snapshot.verify", json!({"id": snapshot["id"]})).await;
    assert_eq!(verified["ok"], true, "{verified}");
    for street in [&east, &west] {
        street.ok("snapshot.make", json!({})).await;
        street.sync().await;
    }
    let cards = department.ok("snapshot.list", json!({})).await;
    assert_eq!(cards.as_array().unwrap().len(), 2);
    for card in cards.as_array().unwrap() {
        let verified = department.ok("snapshot.verify", json!({"id": card["id"]})).await;
        assert_eq!(verified["ok"], true, "{verified}");
    }
    for device in [&department, &east, &west, &village] {
        assert!(device.node.doctor().unwrap().sound);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_merged_village_is_read_by_the_one_that_goes_on_and_its_late_work_still_arrives() {
    let department = Device::with_office("县委组织部", "organization-department").await;
    department.serve().await;
    let street = Device::below(&department, "河东街道", "committee").await;
    street.serve().await;
    let (one, two) =
        (Device::below(&street, "示范一村", "branch").await, Device::below(&street, "示范二村", "branch").await);
    one.visit("合并前").await;
    assert_eq!(one.sync().await["delivered"], true);
    one.visit("还没送出").await;
    let (ends, goes_on) = (one.office().await["id"].clone(), two.office().await["id"].clone());
    street.ok("order.give", json!({"kind": "merge", "office": ends, "to": goes_on})).await;
    two.sync().await;
    two.sync().await;
    two.until("merged.list", json!({"ledger": "visits"}), |page| page["total"] == 1).await;
    assert!(places(&two).await[0].contains("合并前"), "the one that goes on reads what was");

    // The one that ended had not heard of it: its work is taken, then it writes no more and reads on.
    one.sync().await;
    assert_eq!(one.sync().await["delivered"], true);
    street.until("merged.list", json!({"ledger": "visits"}), |page| page["total"] == 2).await;
    let error = one
        .call("checklist.save", json!({"title": "x", "origin": "own", "person": "y", "deadline": "2026-06-30"}))
        .await;
    assert_eq!(error.unwrap_err().code, "office_closed");
    assert_eq!(one.ok("visit.list", json!({})).await["total"], 2);
    let tree = street.ok("org.tree", json!({})).await;
    let states: Vec<&str> = tree.as_array().unwrap().iter().map(|node| node["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["self", "closed", "joined"], "{tree}");

    // It is never dissolved twice, and an order about nobody is none.
    let error = street.call("order.give", json!({"kind": "dissolve", "office": ends})).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.params["why"].as_str()), ("order_impossible", "closed"));
    street.ok("order.give", json!({"kind": "dissolve", "office": goes_on})).await;
    two.sync().await;
    let error = two
        .call("checklist.save", json!({"title": "x", "origin": "own", "person": "y", "deadline": "2026-06-30"}))
        .await;
    assert_eq!(error.unwrap_err().code, "office_closed");
    for device in [&street, &one, &two] {
        assert!(device.node.doctor().unwrap().sound);
    }
}
