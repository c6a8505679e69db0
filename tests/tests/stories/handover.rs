//! 换届: the outgoing secretary hands over, the successor goes on, and what comes late still counts.

use scenarios::Device;
use scenarios::stage::{Line, round_table};
use serde_json::{Value, json};

/// A street, and a village below it; both listen.
async fn street_and_village() -> (Device, Device) {
    let Line { street, village, .. } = Line::new().await;
    village.serve().await;
    (street, village)
}

async fn row(device: &Device, id: &str) -> Value {
    let rows = device.ok("device.list", json!({})).await;
    let found = rows.as_array().unwrap().iter().find(|row| row["device"] == id).cloned();
    found.unwrap_or_else(|| panic!("{id} is in {rows}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fourteen_edits_that_come_after_the_handover_count_under_the_old_keeper() {
    let (street, old) = street_and_village().await;
    old.ok("household.save", json!({"name": "钱乙二", "door": "3-1"})).await;
    old.sync().await;
    // The superior enrols the successor while the outgoing keeper is away with fourteen edits that nobody has.
    old.node.shutdown().await;
    for number in 0..14 {
        old.visit(&format!("地点{number}")).await;
    }
    old.ok("handover.retire", json!({})).await;
    let refused = old.call("visit.save", round_table("再来")).await.unwrap_err();
    assert_eq!(refused.code, "device_retired");
    let refused = old.call("invite.device", json!({"role": "clerk"})).await.unwrap_err();
    assert_eq!(refused.code, "device_retired");

    let office = old.office_id().await;
    let new = Device::new();
    street.compare(&new, "handover.install", json!({"office": office}), "李乙二").await;
    let overview = new.ok("node.overview", json!({})).await;
    assert_eq!(overview["offices"][0]["id"], office, "it serves the same office: {overview}");
    new.visit("新来的第一条").await;
    let round = new.sync().await;
    assert_eq!(round["delivered"], true, "{round}");
    assert_eq!(new.ok("visit.list", json!({})).await["total"], 1);

    let round = old.sync().await;
    assert_eq!(round["sent"], 14, "{round}");
    assert_eq!(round["delivered"], true, "what it named as it retired is receipted: {round}");
    new.sync().await;
    let page = new.until("visit.list", json!({"limit": 50}), |page| page["total"] == 15).await;
    let first = page["rows"].as_array().unwrap().iter().find(|row| row["place"] == "地点3").unwrap().clone();
    let history = new.ok("record.history", json!({"id": first["id"]})).await;
    assert!(history.to_string().contains(old.id().await.as_str()), "under the old keeper's device: {history}");
    assert_eq!(street.ok("sync.troubles", json!({})).await, json!([]));
    assert_eq!(row(&new, &old.id().await).await["state"], "retired");
    for device in [&street, &old, &new] {
        let report = device.node.doctor().unwrap();
        assert!(report.sound, "{report:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fourteen_edits_on_a_stick_are_delivered_after_the_handover_under_her_name() {
    let (street, old) = street_and_village().await;
    old.visit("最后一次送到的").await;
    assert_eq!(old.sync().await["delivered"], true);
    old.node.shutdown().await;
    for number in 0..14 {
        old.visit(&format!("地点{number}")).await;
    }
    // She hands over with no network and leaves the stick in the drawer.
    old.ok("handover.retire", json!({})).await;
    let stick = old.ok("bundle.export", json!({"to": "河东街道"})).await;
    assert_eq!(stick["changes"], 14, "{stick}");

    let new = Device::new();
    street.compare(&new, "handover.install", json!({"office": old.office_id().await}), "李乙二").await;
    new.visit("新来的第一条").await;
    assert_eq!(new.sync().await["delivered"], true);
    assert_eq!(new.visits().await, 2);

    let read = street.ok("bundle.import", json!({"base64": stick["file"]["base64"]})).await;
    assert_eq!(read["accepted"], 14, "{read}");
    assert_eq!(street.ok("sync.troubles", json!({})).await, json!([]));
    let again = street.ok("bundle.import", json!({"base64": stick["file"]["base64"]})).await;
    assert_eq!(again["accepted"], 0, "read twice, it counts once: {again}");
    new.sync().await;
    let page = new.until("visit.list", json!({"limit": 50}), |page| page["total"] == 16).await;
    let her = old.id().await;
    let places = (0..14).map(|number| json!(format!("地点{number}")));
    for place in places {
        let row = page["rows"].as_array().unwrap().iter().find(|row| row["place"] == place).unwrap();
        let told = new.ok("record.history", json!({"id": row["id"]})).await;
        let value = &told["fields"][0]["values"][0];
        assert_eq!((&value["device"], &value["check"]), (&json!(her), &json!("sound")), "{told}");
    }
    for device in [&street, &new] {
        let report = device.node.doctor().unwrap();
        assert!(report.sound, "{report:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_keeper_from_above_is_announced_and_gets_the_households_once_it_is_compared_in_the_village() {
    let (street, village) = street_and_village().await;
    village.ok("household.save", json!({"name": "钱乙二", "door": "3-1"})).await;
    let office = village.office_id().await;
    let new = Device::new();
    let ticket = street.ok("handover.install", json!({"office": office, "autoApprove": true})).await;
    new.join(&ticket).await;
    new.sync().await;
    village.sync().await;
    let notices = village.ok("device.notices", json!({})).await;
    let installed = new.id().await;
    assert_eq!(notices["installed"][0]["device"], installed, "上级登记了新的书记设备: {notices}");
    assert_eq!(new.ok("device.notices", json!({})).await["installed"], json!([]));
    let mine = row(&village, &installed).await;
    assert_eq!((&mine["confirmed"], &mine["installed"], &mine["hub"]), (&json!(false), &json!(true), &json!(true)));
    village.ok("device.acknowledge", json!({"device": installed})).await;
    assert_eq!(village.ok("device.notices", json!({})).await["installed"], json!([]));
    assert_eq!(new.ok("household.list", json!({})).await["total"], 0, "nobody in the village compared it");

    village.compare(&new, "invite.device", json!({"role": "keeper"}), "李乙二").await;
    new.sync().await;
    new.until("household.list", json!({}), |page| page["total"] == 1).await;
    let seen = new.ok("household.list", json!({})).await;
    assert_eq!(seen["rows"][0]["name"], "钱乙二", "with its keys: {seen}");
    assert!(row(&village, &installed).await["confirmed"].as_bool().unwrap());
    assert_eq!(row(&village, &installed).await["installed"], true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_outgoing_keeper_hands_over_in_one_step_and_the_successor_has_everything() {
    let (street, old) = street_and_village().await;
    old.ok("household.save", json!({"name": "钱乙二", "door": "3-1"})).await;
    old.visit("老井边").await;
    old.sync().await;
    let sheet = old.ok("handover.sheet", json!({})).await;
    assert_eq!((&sheet["office"], &sheet["unsent"]), (&json!("示范一村"), &json!(0)), "{sheet}");
    assert_eq!(sheet["devices"].as_array().map(Vec::len), Some(1), "{sheet}");
    assert!(!sheet.to_string().contains("钱乙二"), "no resident's name: {sheet}");
    let new = Device::new();
    old.compare(&new, "handover.install", json!({}), "李乙二").await;
    assert_eq!(old.ok("device.notices", json!({})).await["state"], "retired");
    new.meet(&old).await;
    new.until("household.list", json!({}), |page| page["rows"][0]["name"] == "钱乙二").await;
    new.until("visit.list", json!({}), |page| page["total"] == 1).await;
    // What the successor writes about residents is no longer given to who has gone.
    new.ok("household.save", json!({"name": "孙丙三", "door": "5-2"})).await;
    new.visit("村口").await;
    new.meet(&old).await;
    old.until("visit.list", json!({}), |page| page["total"] == 2).await;
    assert_eq!(old.ok("household.list", json!({})).await["total"], 1);
    assert_eq!(new.ok("household.list", json!({})).await["total"], 2);
    // The old device is removed by the successor itself once it has brought everything.
    let gone = old.id().await;
    assert_eq!(row(&new, &gone).await["mayRemove"], true);
    new.ok("device.remove", json!({"device": gone})).await;
    assert_eq!(row(&new, &gone).await["state"], "removed");
    assert_eq!(new.ok("visit.list", json!({})).await["total"], 2, "its work stays");
    assert_eq!(new.ok("household.list", json!({})).await["total"], 2);
    let round = new.sync().await;
    assert_eq!(round["delivered"], true, "it was told where the superior is when it was let in: {round}");
    drop(street);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_retires_without_somebody_who_goes_on() {
    let alone = Device::with_office("示范一村", "branch").await;
    let refused = alone.call("handover.retire", json!({})).await.unwrap_err();
    assert_eq!(refused.code, "no_successor");
}
