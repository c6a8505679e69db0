//! A device is lost, removed, and comes back: what counts stays, what came after is shown, and nothing is wedged.

use crate::database::store_of;
use scenarios::Device;
use scenarios::stage::{Line, round_table};
use serde_json::{Value, json};
use ybz_domain::book::{BookKey, BookKind};
use ybz_domain::ids::{ChangeHash, OfficeId};

/// A street, and a village below it with an office computer and a keeper's laptop.
struct Village {
    street: Device,
    computer: Device,
    laptop: Device,
    office: String,
}

async fn village() -> Village {
    let Line { street, village: computer, .. } = Line::new().await;
    computer.serve().await;
    let office = computer.office_id().await;
    let laptop = computer.further(json!({"role": "keeper"})).await;
    laptop.visit("老井边").await;
    laptop.meet(&computer).await;
    computer.sync().await;
    computer.until("visit.list", json!({}), |page| page["total"] == 1).await;
    street.until("sync.status", json!({}), |status| status["reading"] == 0).await;
    Village { street, computer, laptop, office }
}

fn id(device: &Value) -> String {
    device["device"].as_str().unwrap().to_owned()
}

async fn remove(by: &Device, office: &str, device: &str) {
    by.ok("device.remove", json!({"office": office, "device": device})).await;
}

/// Heads of the visits of the year as they stand in a device's database, which closes.
async fn heads(device: Device, office: &str) -> Vec<ChangeHash> {
    device.node.close().await;
    let office: OfficeId = office.parse().unwrap();
    let (store, _folder) = store_of(device);
    store.heads(&BookKey::new(office, BookKind::visits(), 2026).id()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_laptop_that_comes_back_learns_it_and_keeps_what_it_has() {
    let Village { street, computer, laptop, office } = village().await;
    let lost = laptop.id().await;
    let preview = street.ok("device.remove_preview", json!({"office": office, "device": lost})).await;
    assert_eq!(
        (&preview["kept"], &preview["cut"], &preview["builtOn"]),
        (&json!(1), &json!(0), &json!(0)),
        "{preview}"
    );
    assert_eq!(preview["lastOn"], scenarios::TODAY, "{preview}");
    let own = computer.call("device.remove", json!({"device": lost})).await.unwrap_err();
    assert_eq!(own.code, "removed_above", "keepers do not remove each other");
    remove(&street, &office, &lost).await;
    computer.sync().await;
    let listed = computer.ok("device.list", json!({})).await;
    let row = listed.as_array().unwrap().iter().find(|row| id(row) == lost).unwrap().clone();
    assert_eq!((&row["state"], &row["holder"]), (&json!("removed"), &json!("李乙二")), "{listed}");

    laptop.visit("村口").await;
    let round = laptop.meet(&computer).await;
    assert_eq!(round["reason"], "device_removed", "{round}");
    assert_eq!(round["status"]["light"], "red", "{round}");
    assert_eq!(laptop.ok("device.notices", json!({})).await["state"], "removed");
    assert_eq!(laptop.visits().await, 2, "what it has stays readable");
    let late = laptop.call("visit.save", round_table("再来")).await.unwrap_err();
    assert_eq!(late.code, "device_removed");
    computer.sync().await;
    assert_eq!((computer.visits().await, laptop.visits().await), (json!(1), json!(2)));
    for device in [&street, &computer] {
        let report = device.node.doctor().unwrap();
        assert!(report.sound, "{report:?}");
    }
}

/// The village, and a clerk's computer that knows the lost laptop and the office computer, and last met the laptop.
async fn with_clerk() -> (Village, Device, String) {
    let village = village().await;
    village.laptop.serve().await;
    let clerk = Device::new();
    let ticket = village.laptop.ok("invite.device", json!({"role": "clerk", "autoApprove": true})).await;
    clerk.join(&ticket).await;
    village.laptop.meet(&village.computer).await;
    village.computer.compare(&clerk, "invite.device", json!({"role": "clerk"}), "孙丙三").await;
    clerk.meet(&village.computer).await;
    clerk.until("visit.list", json!({}), |page| page["total"] == 1).await;
    village.laptop.node.shutdown().await;
    village.computer.node.shutdown().await;
    let lost = village.laptop.id().await;
    remove(&village.street, &village.office, &lost).await;
    // The computer knows of it; whoever meets the laptop alone does not.
    village.computer.sync().await;
    village.street.node.shutdown().await;
    village.laptop.visit("村口").await;
    village.laptop.serve().await;
    clerk.learns_where(&village.laptop).await;
    for _ in 0..6 {
        if clerk.visits().await != 2 {
            clerk.meet(&village.laptop).await;
        }
    }
    clerk.until("visit.list", json!({}), |page| page["total"] == 2).await;
    village.laptop.node.shutdown().await;
    village.computer.serve().await;
    village.street.serve().await;
    village.computer.learns_where(&village.street).await;
    (village, clerk, lost)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_devices_that_learn_at_different_times_end_with_the_same_heads() {
    let (Village { computer, office, .. }, clerk, lost) = with_clerk().await;
    clerk.learns_where(&computer).await;
    clerk.meet(&computer).await;
    assert_eq!(clerk.visits().await, 1, "what nobody built on goes");
    let troubles = clerk.ok("sync.troubles", json!({})).await;
    let row = &troubles[0];
    assert_eq!(
        (&row["reason"], &row["remedy"], &row["device"]),
        (&json!("after_removal"), &json!("adopt_by_keeper"), &json!(lost)),
        "{troubles}"
    );
    let report = clerk.node.doctor().unwrap();
    assert!(report.sound, "{report:?}");
    clerk.visit("祠堂").await;
    clerk.meet(&computer).await;
    computer.until("visit.list", json!({}), |page| page["total"] == 2).await;
    let refused = clerk.call("device.adopt", json!({"device": lost})).await.unwrap_err();
    assert_eq!(refused.code, "not_allowed", "a clerk adopts nothing");
    assert_eq!(heads(clerk, &office).await, heads(computer, &office).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_that_others_built_on_stays_and_counts_for_all_once_a_keeper_adopts_it() {
    let (Village { street, computer, office, .. }, clerk, lost) = with_clerk().await;
    clerk.visit("祠堂").await;
    clerk.learns_where(&computer).await;
    clerk.meet(&computer).await;
    assert_eq!(clerk.visits().await, 3, "an honest device's work descends from it: nothing is taken away");
    let troubles = clerk.ok("sync.troubles", json!({})).await;
    assert_eq!(troubles[0]["reason"], "after_removal_kept", "{troubles}");
    assert_eq!(computer.visits().await, 1);
    let troubles = computer.ok("sync.troubles", json!({})).await;
    let row = &troubles[0];
    assert_eq!(
        (&row["reason"], &row["remedy"], &row["officeId"]),
        (&json!("after_removal"), &json!("adopt"), &json!(office)),
        "{troubles}"
    );
    let adopted = computer.ok("device.adopt", json!({"device": lost})).await;
    assert_eq!(adopted["left"], 0, "{adopted}");
    computer.until("visit.list", json!({}), |page| page["total"] == 3).await;
    assert_eq!(computer.ok("sync.troubles", json!({})).await, json!([]));
    clerk.meet(&computer).await;
    assert_eq!(clerk.ok("sync.troubles", json!({})).await, json!([]), "the decision reached it");
    let round = computer.sync().await;
    assert_eq!(round["delivered"], true, "{round}");
    let late = computer.call("device.discard", json!({"device": lost})).await.unwrap_err();
    assert_eq!(late.code, "nothing_to_decide");
    for device in [&street, &computer, &clerk] {
        let report = device.node.doctor().unwrap();
        assert!(report.sound, "{report:?}");
    }
    let street = heads(street, &office).await;
    assert_eq!(heads(computer, &office).await, street);
    assert_eq!(heads(clerk, &office).await, street);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_wants_is_discarded_everywhere_and_private_work_waits_in_its_place() {
    let Village { street, computer, laptop, office } = village().await;
    street.node.shutdown().await;
    laptop.ok("household.save", json!({"name": "钱乙二", "door": "3-1"})).await;
    laptop.visit("村口").await;
    laptop.meet(&computer).await;
    computer.until("visit.list", json!({}), |page| page["total"] == 2).await;
    // The street has the first visit alone, and nothing of the households: it names only that.
    let lost = laptop.id().await;
    remove(&street, &office, &lost).await;
    street.serve().await;
    computer.learns_where(&street).await;
    computer.sync().await;
    computer.until("visit.list", json!({}), |page| page["total"] == 1).await;
    let households = computer.ok("household.list", json!({})).await;
    assert_eq!(households["total"], 1, "who removed it from above could name nothing of these: {households}");
    let troubles = computer.ok("sync.troubles", json!({})).await;
    let reasons: Vec<&str> = troubles.as_array().unwrap().iter().map(|row| row["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, ["after_removal_kept", "after_removal"], "{troubles}");
    assert!(computer.ok("sync.status", json!({})).await["problems"].as_u64().unwrap() >= 2);
    computer.ok("device.discard", json!({"device": lost})).await;
    assert_eq!(computer.ok("sync.troubles", json!({})).await, json!([]));
    assert_eq!(computer.ok("household.list", json!({})).await["total"], 0);
    let status = computer.ok("sync.status", json!({})).await;
    assert_eq!(status["problems"], 0, "{status}");
    assert!(computer.node.doctor().unwrap().sound);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_suspended_keeper_writes_and_lets_nobody_in() {
    let Village { computer, laptop, .. } = village().await;
    let suspended = laptop.id().await;
    computer.ok("device.suspend", json!({"device": suspended})).await;
    let again = computer.call("device.suspend", json!({"device": suspended})).await.unwrap_err();
    assert_eq!(again.code, "not_allowed");
    laptop.meet(&computer).await;
    assert_eq!(laptop.ok("device.notices", json!({})).await["state"], "suspended");
    let refused = laptop.call("invite.device", json!({"role": "clerk"})).await.unwrap_err();
    assert_eq!(refused.code, "device_suspended");
    laptop.visit("村口").await;
    laptop.meet(&computer).await;
    computer.until("visit.list", json!({}), |page| page["total"] == 2).await;
}
