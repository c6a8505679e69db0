//! 代管交回: a village that a street kept gets its own computer, and its books in one file. Both sides are offline in between.

use scenarios::stage::{round_table, street};
use scenarios::{Device, open};
use serde_json::{Value, json};
use ybz_app::ErrorDto;
use ybz_domain::book::Scope;

use crate::database::{ended, store_of};

/// A call for one of the offices of a device.
async fn at(device: &Device, office: &str, name: &str, input: Value) -> Result<Value, ErrorDto> {
    device.node.call(name, Some(office), input).await
}

async fn ok(device: &Device, office: &str, name: &str, input: Value) -> Value {
    at(device, office, name, input).await.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A street that listens and keeps 示范二村 with a household, a member and a visit.
async fn kept() -> (Device, Device, String, String) {
    let (department, street) = street().await;
    street.serve().await;
    let above = street.office_id().await;
    let input = json!({"name": "示范二村", "kind": "branch", "custody": true});
    let village = street.ok("office.init", input).await["office"].as_str().unwrap().to_owned();
    ok(&street, &village, "household.save", json!({"name": "钱乙二", "door": "3-1", "phone": "13900000001"})).await;
    ok(&street, &village, "member.save", json!({"name": "赵甲一", "kind": "full"})).await;
    ok(&street, &village, "visit.save", round_table("老井边")).await;
    (department, street, above, village)
}

async fn hand_back(street: &Device, above: &str, village: &str) -> Value {
    ok(street, above, "custody.hand_back", json!({"office": village})).await
}

async fn take_over(device: &Device, file: &Value) -> Result<Value, ErrorDto> {
    let input = json!({"base64": file["file"]["base64"], "code": file["code"], "holder": "李乙二"});
    device.call("custody.take_over", input).await
}

async fn state(street: &Device) -> Value {
    street.ok("custody.list", json!({})).await[0]["state"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_village_goes_on_where_the_street_stopped_and_the_street_loses_what_is_the_villages_alone() {
    let (_department, street, above, village) = kept().await;
    assert_eq!(ok(&street, &above, "custody.list", json!({})).await[0]["state"], "kept");
    street.node.shutdown().await;
    let file = hand_back(&street, &above, &village).await;
    assert!(file["file"]["name"].as_str().unwrap().ends_with(".ybzh"), "{}", file["file"]["name"]);
    assert_eq!(file["code"].as_str().unwrap().len(), 24);
    // From here on the street is one office, and records nothing for the village.
    let refused = at(&street, &village, "visit.save", round_table("再来")).await.unwrap_err();
    assert_eq!(refused.code, "office_unknown");
    assert_eq!(street.ok("node.overview", json!({})).await["offices"].as_array().unwrap().len(), 1);
    assert_eq!(state(&street).await, "handed");

    // No network anywhere.
    let computer = Device::new();
    let taken = take_over(&computer, &file).await.unwrap();
    assert_eq!((&taken["name"], &taken["from"]), (&json!("示范二村"), &json!("河东街道")));
    let card = computer.office().await;
    assert_eq!(
        (&card["id"], &card["role"], &card["custody"], &card["ownBooks"], &card["superior"]),
        (&json!(village), &json!("keeper"), &json!(false), &json!(true), &json!("河东街道"))
    );
    assert_eq!(computer.ok("household.list", json!({})).await["rows"][0]["name"], "钱乙二");
    assert_eq!(computer.ok("member.list", json!({})).await["total"], 1);
    computer.visit("村部").await;
    let marks = |rows: &Value| -> Vec<(String, bool)> {
        let rows = rows["rows"].as_array().unwrap().iter();
        rows.map(|row| (row["place"].as_str().unwrap().to_owned(), row["custodian"].as_bool().unwrap())).collect()
    };
    let list = computer.ok("visit.list", json!({"limit": 50})).await;
    let found = marks(&list);
    assert!(found.contains(&("老井边".to_owned(), true)), "what was recorded in custody stays marked: {found:?}");
    assert!(found.contains(&("村部".to_owned(), false)), "{found:?}");
    let record = list["rows"].as_array().unwrap().iter().find(|row| row["place"] == "老井边").unwrap()["id"].clone();
    let told = computer.ok("record.history", json!({"id": record})).await;
    assert_eq!((&told["custody"], &told["sound"]), (&json!("marked"), &json!(true)), "{told}");

    // They meet: the street reads on as superior, and has nothing left that opens a household.
    street.serve().await;
    computer.learns_where(&street).await;
    let round = computer.sync().await;
    assert_eq!(round["delivered"], true, "{round}");
    street.until("custody.list", json!({}), |rows| rows[0]["state"] == "taken").await;
    let merged =
        street.until("merged.list", json!({"ledger": "visits", "year": 2026}), |page| page["total"] == 2).await;
    let custodian: Vec<bool> =
        merged["rows"].as_array().unwrap().iter().map(|row| row["custodian"].as_bool().unwrap()).collect();
    assert_eq!(custodian.iter().filter(|is| **is).count(), 1, "{merged}");
    let again = at(&street, &above, "custody.hand_back", json!({"office": village})).await.unwrap_err();
    assert_eq!(again.code, "custody_taken");
    for device in [&street, &computer] {
        let report = device.node.doctor().unwrap();
        assert!(report.sound, "{report:?}");
        assert_eq!(device.ok("sync.troubles", json!({})).await, json!([]));
    }
    // The street goes on sending down.
    street.ok("dispatch.send", json!({"title": "报送情况", "deadline": "2026-03-31", "to": [village.clone()]})).await;
    computer.sync().await;
    computer.until("checklist.list", json!({}), |items| items["total"] == 1).await;

    street.node.close().await;
    let (store, _folder) = store_of(street);
    assert_eq!(store.household_keys().unwrap().len(), 0);
    let own = store.read(|reader| reader.books()).unwrap().into_iter();
    let own: Vec<_> =
        own.filter(|info| info.key.kind.scope() == Scope::Own && info.key.office.to_string() == village).collect();
    assert!(own.iter().all(|info| info.changes == 0), "{own:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_code_a_damaged_file_and_one_that_was_taken_change_nothing() {
    let (_department, street, above, village) = kept().await;
    let file = hand_back(&street, &above, &village).await;
    assert_eq!(take_over(&street, &file).await.unwrap_err().code, "custody_own");
    let computer = Device::new();
    let with = |base64: Value, code: Value| {
        let input = json!({"base64": base64, "code": code});
        async { computer.call("custody.take_over", input).await.unwrap_err() }
    };
    let error = with(file["file"]["base64"].clone(), json!("0000-0000-0000-0000-0000")).await;
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("custody_code", Some("code")));
    let mut bytes = data_encoding::BASE64.decode(file["file"]["base64"].as_str().unwrap().as_bytes()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let altered = json!(data_encoding::BASE64.encode(&bytes));
    assert_eq!(with(altered, file["code"].clone()).await.code, "custody_altered");
    let cut = json!(data_encoding::BASE64.encode(&bytes[..middle]));
    assert_eq!(with(cut, file["code"].clone()).await.code, "custody_altered");
    let other = json!(data_encoding::BASE64.encode(b"PK\x03\x04 a workbook"));
    assert_eq!(with(other, file["code"].clone()).await.code, "custody_not_one");
    assert_eq!(computer.ok("node.overview", json!({})).await["offices"], json!([]), "nothing was kept");

    take_over(&computer, &file).await.unwrap();
    computer.visit("村部").await;
    assert_eq!(take_over(&computer, &file).await.unwrap_err().code, "custody_here");
    assert_eq!(computer.visits().await, 2, "what was recorded since stands");
    // A computer of another tree has nothing to do with it.
    let stranger = Device::with_office("别县组织部", "organization-department").await;
    assert_eq!(take_over(&stranger, &file).await.unwrap_err().code, "bundle_other_tree");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_street_goes_on_after_a_crash_and_a_second_copy_of_the_file_is_void() {
    let (_department, street, above, village) = kept().await;
    // The file is lost before it is on the stick; the street's computer is started anew.
    let lost = hand_back(&street, &above, &village).await;
    street.node.close().await;
    let folder = ended(street);
    let street = Device { node: open(folder.path()).unwrap(), folder };
    street.serve().await;
    assert_eq!(state(&street).await, "handed");
    let file = hand_back(&street, &above, &village).await;
    assert_ne!(file["code"], lost["code"], "a code is told once");

    let computer = Device::new();
    take_over(&computer, &file).await.unwrap();
    computer.learns_where(&street).await;
    assert_eq!(computer.sync().await["delivered"], true);
    street.until("custody.list", json!({}), |rows| rows[0]["state"] == "taken").await;

    // The first file turns up on another computer that knows nothing of this.
    let other = Device::new();
    take_over(&other, &lost).await.unwrap();
    other.visit("别处").await;
    other.learns_where(&street).await;
    let round = other.call("sync.now", json!({"timeoutS": 3})).await;
    assert!(round.is_err() || round.as_ref().is_ok_and(|round| round["delivered"] != true), "{round:?}");
    computer.visit("村部").await;
    assert_eq!(computer.sync().await["delivered"], true, "the first one stays the village's keeper");
    let merged =
        street.until("merged.list", json!({"ledger": "visits", "year": 2026}), |page| page["total"] == 2).await;
    assert!(!merged.to_string().contains("别处"));
    // A computer that knows of it says so by itself.
    let mate = street.further(json!({"role": "keeper"})).await;
    assert_eq!(take_over(&mate, &lost).await.unwrap_err().code, "custody_stale");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_old_copy_of_the_street_still_writes_for_the_village_is_refused() {
    let (_department, street, above, village) = kept().await;
    street.node.close().await;
    let folder = ended(street);
    let copy = tempfile::tempdir().unwrap();
    std::fs::create_dir(copy.path().join("data")).unwrap();
    for file in std::fs::read_dir(folder.path().join("data")).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), copy.path().join("data").join(file.file_name())).unwrap();
    }
    let street = Device { node: open(folder.path()).unwrap(), folder };
    let old = Device { node: open(copy.path()).unwrap(), folder: copy };
    let file = hand_back(&street, &above, &village).await;
    let computer = Device::new();
    take_over(&computer, &file).await.unwrap();
    ok(&old, &village, "visit.save", round_table("事后补的")).await;
    old.serve().await;
    let card = ok(&old, &above, "tree.card", json!({})).await;
    computer.ok("tree.take", json!({"base64": card["base64"]})).await;
    computer.meet(&old).await;
    let troubles = computer.until("sync.troubles", json!({}), |found| found != &json!([])).await;
    assert!(troubles[0]["reason"] == "after_removal", "{troubles}");
    assert_eq!(computer.visits().await, 1, "what was named at the end of custody stands, and nothing else");
}
