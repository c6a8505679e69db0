//! Who may do what: clerks with and without a keeper's word, viewers, and a street that keeps a village's books.

use crate::database::store_of;
use scenarios::Device;
use scenarios::stage::{round_table, street};
use serde_json::{Value, json};
use ybz_app::{Kind, TABLE};
use ybz_domain::book::{BookKey, BookKind, RecordOp, Value as Field};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::contents::CUSTODIAN;
use ybz_domain::ledger::visit::{Visit, VisitKind};
use ybz_store::{BookEdit, SideWrites, Store};

/// A second computer of the office, compared by six digits, after a round.
async fn further(computer: &Device, invitation: Value) -> Device {
    let device = computer.further(invitation).await;
    device.sync().await;
    device
}

async fn village() -> Device {
    let computer = Device::with_office("示范一村", "branch").await;
    computer.serve().await;
    computer.ok("household.save", json!({"name": "钱乙二", "door": "3-1"})).await;
    computer
}

async fn households(device: &Device) -> Value {
    device.ok("household.list", json!({})).await["total"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clerk_has_the_residents_once_the_keeper_says_so_and_not_before() {
    let computer = village().await;
    let clerk = further(&computer, json!({"role": "clerk"})).await;
    assert_eq!(households(&clerk).await, 0);
    let refused = clerk.call("household.save", json!({"name": "孙丙三", "door": "1"})).await.unwrap_err();
    assert_eq!(refused.code, "grant_needed");
    clerk.ok("visit.save", round_table("老井边")).await;
    let readers = computer.ok("device.readers", json!({})).await;
    let row = readers.as_array().unwrap().iter().find(|row| row["here"] == false).unwrap().clone();
    assert_eq!((&row["reads"], &row["mayBeGranted"], &row["compared"]), (&json!(false), &json!(true), &json!(true)));
    let not_theirs = clerk.call("device.grant", json!({"device": row["device"]})).await.unwrap_err();
    assert_eq!(not_theirs.code, "not_allowed");

    computer.ok("device.grant", json!({"device": row["device"]})).await;
    clerk.sync().await;
    clerk.until("household.list", json!({}), |answer| answer["total"] == 1).await;
    assert_eq!(clerk.ok("node.overview", json!({})).await["offices"][0]["ownBooks"], true);
    clerk.ok("household.save", json!({"name": "孙丙三", "door": "1"})).await;
    clerk.sync().await;
    computer.until("household.list", json!({}), |answer| answer["total"] == 2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_invitation_may_say_it_at_once() {
    let computer = village().await;
    let clerk = further(&computer, json!({"role": "clerk", "ownBooks": true})).await;
    clerk.until("household.list", json!({}), |answer| answer["total"] == 1).await;
    let lines = computer.ok("log.list", json!({})).await["rows"].to_string();
    assert!(lines.contains("own_books_granted"), "{lines}");
    let refused = computer.call("invite.device", json!({"role": "viewer", "ownBooks": true})).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("not_allowed", Some("ownBooks")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_viewer_changes_nothing_by_any_call() {
    let computer = village().await;
    computer.ok("visit.save", round_table("老井边")).await;
    let viewer = further(&computer, json!({"role": "viewer"})).await;
    assert_eq!(households(&viewer).await, 0);
    assert_eq!(viewer.ok("visit.list", json!({})).await["total"], 1);
    // What is about this computer and no book: its settings, drafts, profiles and log, joining, and rounds of delivery.
    let local = [
        "settings.",
        "reminder.take",
        "sample.",
        "import.cancel",
        "fill.",
        "draft.",
        "profile.",
        "log.",
        "join.start",
        "sync.now",
        "snapshot.pull",
        "office.init",
        "root.renew",
        "tree.take",
        "custody.take_over",
        "node.unlock",
        "key.",
        "backup.",
        "bundle.",
        "request.make",
        "request.take",
        "device.acknowledge",
        "doctor.",
    ];
    let mut refused = 0;
    for entry in TABLE.iter().filter(|entry| entry.kind == Kind::Command) {
        if local.iter().any(|name| entry.name.starts_with(name)) {
            continue;
        }
        let error = viewer.call(entry.name, json!({})).await.unwrap_err();
        assert_eq!(error.code, "viewer_cannot_write", "{}", entry.name);
        refused += 1;
    }
    assert!(refused > 15, "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_street_keeps_the_books_of_a_village_without_a_computer_and_every_record_says_so() {
    let (_department, street) = street().await;
    let above = street.ok("node.overview", json!({})).await["offices"][0]["id"].as_str().unwrap().to_owned();
    let input = json!({"name": "示范二村", "kind": "branch", "custody": true});
    let village = street.ok("office.init", input).await["office"].as_str().unwrap().to_owned();
    let at = |office: &str, name: &'static str, input: Value| {
        let (node, office) = (street.node.clone(), office.to_owned());
        async move { node.call(name, Some(&office), input).await.unwrap_or_else(|error| panic!("{name}: {error}")) }
    };
    let offices = street.ok("node.overview", json!({})).await["offices"].clone();
    let card = offices.as_array().unwrap().iter().find(|card| card["id"] == village.as_str()).unwrap().clone();
    assert_eq!(
        (&card["custody"], &card["role"], &card["superior"], &card["ownBooks"]),
        (&json!(true), &json!("keeper"), &json!("河东街道"), &json!(true))
    );
    let saved = at(&village, "visit.save", round_table("老井边")).await;
    assert_eq!(at(&village, "visit.list", json!({})).await["rows"][0]["custodian"], true);
    assert_eq!(at(&above, "visit.list", json!({})).await["total"], 0, "the street's own books are others");
    let told = at(&village, "record.history", json!({"id": saved["id"]})).await;
    assert_eq!((&told["custody"], &told["sound"]), (&json!("marked"), &json!(true)));
    assert_eq!(told["fields"][0]["values"][0]["role"], "custodian");

    let round = at(&village, "sync.now", json!({"timeoutS": 2})).await;
    assert_eq!((&round["delivered"], &round["status"]["light"]), (&json!(true), &json!("green")), "{round}");
    let merged = at(&above, "merged.list", json!({"ledger": "visits", "year": 2026})).await;
    assert_eq!((&merged["total"], &merged["rows"][0]["custodian"]), (&json!(1), &json!(true)));
    let matrix = at(&above, "matrix", json!({"ledger": "visits", "year": 2026})).await;
    let march = &matrix["rows"][0]["cells"][2];
    assert_eq!((&march["state"], &march["custodian"]), (&json!("recorded"), &json!(true)), "{matrix}");
    // What the street records for itself is not entered for anybody.
    at(&above, "dispatch.send", json!({"title": "报送情况", "deadline": "2026-03-31", "to": [village.clone()]})).await;
    let items = at(&village, "checklist.list", json!({})).await;
    assert_eq!((&items["total"], &items["rows"][0]["custodian"]), (&json!(1), &json!(false)), "{items}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_village_invites_the_street_as_custodian_and_sees_which_records_are_its() {
    let computer = village().await;
    let street = further(&computer, json!({"role": "custodian"})).await;
    assert_eq!(households(&street).await, 0, "residents stay in the village");
    let saved = street.ok("visit.save", round_table("老井边")).await;
    computer.ok("visit.save", round_table("村部")).await;
    street.sync().await;
    let listed = computer.until("visit.list", json!({}), |answer| answer["total"] == 2).await;
    let marks: Vec<_> = listed["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["place"].as_str(), row["custodian"].as_bool()))
        .collect();
    assert!(marks.contains(&(Some("老井边"), Some(true))) && marks.contains(&(Some("村部"), Some(false))), "{marks:?}");
    let told = computer.ok("record.history", json!({"id": saved["id"]})).await;
    assert_eq!((&told["custody"], &told["fields"][0]["values"][0]["role"]), (&json!("marked"), &json!("custodian")));
    assert_eq!(street.call("invite.device", json!({"role": "clerk"})).await.unwrap_err().code, "not_allowed");
}

/// Ends a device, lets something happen to its store that no call of the program does, and opens it again.
async fn behind_the_program(device: Device, happens: impl FnOnce(&Store)) -> Device {
    device.node.close().await;
    let (store, folder) = store_of(device);
    happens(&store);
    drop(store);
    let node = scenarios::open(folder.path()).unwrap();
    Device { node, folder }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mark_that_is_missing_or_false_is_told_by_the_history() {
    let computer = village().await;
    let office: OfficeId = computer.office_id().await.parse().unwrap();
    let make = |place: &str, id: u8, marked: bool| {
        let visit = Visit {
            date: "2026-03-05".to_owned(),
            kind: VisitKind::RoundTable,
            place: place.to_owned(),
            public_place: true,
            participants: vec!["赵甲一".to_owned()],
            recorded_on: scenarios::TODAY.to_owned(),
            ..Visit::default()
        };
        let id = RecordId([id; 16]);
        let mut ops = vec![visit.create(id)];
        ops.extend(marked.then(|| RecordOp::Set { id, field: CUSTODIAN.to_owned(), value: Field::Bool(true) }));
        move |store: &Store| {
            let key = BookKey::new(office, BookKind::visits(), 2026);
            store.commit(scenarios::today(), vec![BookEdit { key, ops }], SideWrites::default()).unwrap();
        }
    };
    let street = further(&computer, json!({"role": "custodian"})).await;
    let street = behind_the_program(street, make("无标", 7, false)).await;
    street.meet(&computer).await;
    let clerk = further(&computer, json!({"role": "clerk"})).await;
    let clerk = behind_the_program(clerk, make("假标", 8, true)).await;
    clerk.meet(&computer).await;
    computer.until("visit.list", json!({}), |page| page["total"] == 2).await;
    for (id, wanted) in [(7, "missing"), (8, "false")] {
        let told = computer.ok("record.history", json!({"id": RecordId([id; 16]).to_string()})).await;
        assert_eq!((&told["custody"], &told["sound"]), (&json!(wanted), &json!(true)), "{told}");
    }
}
