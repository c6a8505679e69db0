//! Forgetting: a household erased on one device is gone on every device of the office, whatever they did meanwhile; a text
//! taken back from the superior is nowhere any more, and nobody's other work is lost.

use crate::database::{contains, ended, everything, rows_of, store_of};
use scenarios::Device;
use scenarios::stage::Line;
use serde_json::{Value, json};

/// A street, and the office computer and the secretary's laptop of one of its branches. The laptop calls the computer.
async fn street_and_branch(role: &str) -> (Device, Device, Device) {
    let Line { department, street, village: computer } = Line::new().await;
    department.node.close().await;
    computer.serve().await;
    let laptop = further(&computer, role).await;
    (street, computer, laptop)
}

/// Another device of an office, approved by its digits, after a round.
async fn further(first: &Device, role: &str) -> Device {
    let device = first.further(json!({"role": role, "ownBooks": true})).await;
    device.meet(first).await;
    device
}

fn visit(day: &str, household: Option<&str>) -> Value {
    let mut visit = json!({
        "date": day, "kind": "household", "participants": ["赵甲一"], "place": "村部",
        "concern": {"category": "roads", "text": "路灯坏了", "privateNote": "私密备注甲", "nextStep": "报修",
                    "owner": "村干部", "deadline": "2026-03-31"},
    });
    match household {
        Some(name) => visit["newHousehold"] = json!({"name": name, "door": "12 号", "phone": "138 0000 1234"}),
        None => visit["publicPlace"] = json!(true),
    }
    visit
}

/// Ends a device's sessions, keeps a copy of its folder, and opens it again: what a backup by hand would be.
async fn with_copy(device: Device) -> (Device, Device) {
    device.node.close().await;
    let folder = ended(device);
    let copy = tempfile::tempdir().unwrap();
    std::fs::create_dir(copy.path().join("data")).unwrap();
    for file in std::fs::read_dir(folder.path().join("data")).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), copy.path().join("data").join(file.file_name())).unwrap();
    }
    let node = scenarios::open(folder.path()).unwrap();
    (Device { node, folder }, Device { node: scenarios::open(copy.path()).unwrap(), folder: copy })
}

fn keys_of(device: Device) -> (usize, Vec<String>, tempfile::TempDir) {
    let (store, folder) = store_of(device);
    let keys = store.household_keys().unwrap().len();
    let erased = store.erased_households().unwrap().into_iter().map(|one| one.on).collect();
    drop(store);
    (keys, erased, folder)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_household_erased_on_one_device_is_gone_on_another_that_was_away_and_had_edited_it() {
    let (street, computer, laptop) = street_and_branch("clerk").await;
    let saved = computer.ok("visit.save", visit("0305", Some("周丙三"))).await;
    laptop.meet(&computer).await;
    let list = laptop.until("household.list", json!({}), |list| list["total"] == 1).await;
    let household = list["rows"][0]["id"].clone();
    assert_eq!(list["rows"][0]["name"], "周丙三", "both devices open it");

    // The laptop goes on without knowing, while the computer erases.
    let edit =
        json!({"id": household, "name": "周丙三", "door": "12 号", "phone": "139 1111 2222", "note": "新备注乙"});
    laptop.ok("household.save", edit.clone()).await;
    let mut again = visit("0306", None);
    again["household"] = household.clone();
    again["publicPlace"] = json!(false);
    laptop.ok("visit.save", again).await;
    laptop.ok("draft.save", json!({"form": "visit", "key": "new", "value": {"note": "周 丙三家"}})).await;
    laptop.ok("draft.save", json!({"form": "member", "key": "new", "value": {"name": "赵甲一"}})).await;
    let id = json!({"id": household});
    let preview = computer.ok("household.erase_preview", id.clone()).await;
    assert_eq!((&preview["name"], &preview["visits"], &preview["kept"]), (&json!("周丙三"), &json!(1), &json!(1)));
    assert_eq!(preview["devices"], json!(["李乙二"]));
    computer.ok("household.erase", id.clone()).await;
    assert_eq!(computer.call("household.erase", id).await.unwrap_err().code, "household_erased");

    laptop.meet(&computer).await;
    for device in [&computer, &laptop] {
        // A visit and what says of which household it was are two books, and come one after the other.
        let erased = |list: &Value| {
            list["rows"].as_array().unwrap().iter().all(|row| row["householdErased"] == scenarios::TODAY)
        };
        device.until("visit.list", json!({}), |list| list["total"] == 2 && erased(list)).await;
        assert_eq!(device.ok("household.list", json!({})).await["total"], 0);
        let rows = device.ok("visit.list", json!({})).await;
        for row in rows["rows"].as_array().unwrap() {
            assert_eq!((&row["household"], &row["householdErased"]), (&json!(null), &json!(scenarios::TODAY)), "{row}");
            assert_eq!(row["concern"], json!(null), "what was said of it opens no more: {row}");
        }
        assert_eq!(device.ok("visit.list", json!({"text": "周丙三"})).await["total"], 0);
        assert_eq!(device.ok("concern.list", json!({})).await["total"], 0);
        let view = device.ok("visit.get", json!({"id": saved["id"]})).await;
        assert_eq!(view["householdId"], json!(null));
        let history = device.ok("record.history", json!({"id": household})).await;
        let sealed = history["fields"].as_array().unwrap().iter().find(|field| field["field"] == "sealed").unwrap();
        assert!(sealed["values"].as_array().unwrap().iter().all(|value| value["opened"] == json!([])), "{sealed}");
        assert_eq!(device.call("household.save", edit.clone()).await.unwrap_err().code, "household_erased");
    }
    let drafts = laptop.ok("draft.list", json!({})).await;
    assert_eq!(drafts.as_array().unwrap().len(), 1, "a draft that names it is thrown away: {drafts}");
    // A text may be written again, and the same household entered anew is another one.
    computer
        .ok(
            "visit.save",
            json!({"id": saved["id"], "date": "0305", "kind": "household",
                                      "participants": ["赵甲一"], "place": "周丙三家"}),
        )
        .await;
    let row = computer.ok("visit.get", json!({"id": saved["id"]})).await;
    assert_eq!(row["row"]["householdErased"], scenarios::TODAY, "an edit leaves that as it is");
    let fresh = computer.ok("household.save", json!({"name": "周丙三"})).await;
    assert_ne!(fresh["id"], household);
    assert_eq!(computer.meet(&street).await["delivered"], true);

    for device in [computer, laptop] {
        device.node.close().await;
        let (keys, erased, folder) = keys_of(device);
        assert_eq!(erased, [scenarios::TODAY]);
        assert!(
            keys <= 3,
            "of the household no key is left: only of what came after, and of concerns in public places"
        );
        let dump = crate::database::dump(&rows_of(folder.path()));
        for word in ["139 1111 2222", "新备注乙", "私密备注甲"] {
            assert!(!contains(&dump, word), "{word} is still readable");
        }
    }
    street.node.close().await;
    let (held, _folder) = everything(street);
    assert!(contains(&held, "erasure"), "the search is real: the street holds the mark");
    for word in ["周丙三", household.as_str().unwrap()] {
        assert!(word == "周丙三" || !contains(&held, word), "the mark tells the street no id");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_copy_relearns_from_the_superior_what_was_erased_and_takes_no_key_for_it() {
    let (street, computer, laptop) = street_and_branch("clerk").await;
    computer.ok("visit.save", visit("0305", Some("周丙三"))).await;
    assert_eq!(computer.meet(&street).await["delivered"], true);
    laptop.meet(&computer).await;
    let (computer, copy) = with_copy(computer).await;
    let list = copy.ok("household.list", json!({})).await;
    assert_eq!(list["total"], 1, "before it meets anybody the copy opens what it has");
    computer.ok("household.erase", json!({"id": list["rows"][0]["id"]})).await;
    assert_eq!(computer.meet(&street).await["delivered"], true);
    computer.node.close().await;
    drop(computer);

    // The copy meets the street alone, which knows no household.
    copy.meet(&street).await;
    assert_eq!(copy.ok("household.list", json!({})).await["total"], 0, "when the session is over it is done");
    assert_eq!(copy.ok("visit.list", json!({})).await["rows"][0]["householdErased"], scenarios::TODAY);
    // The laptop, which has not heard of it, brings the key: it is refused there, and goes here as well.
    copy.serve().await;
    let ticket = copy.ok("invite.device", json!({"role": "clerk", "ownBooks": true})).await;
    assert!(ticket["text"].is_string());
    copy.node.close().await;
    let (keys, erased, _folder) = keys_of(copy);
    assert_eq!((keys, erased), (0, vec![scenarios::TODAY.to_owned()]));
}

/// The texts of visits as lists show them, by date.
async fn texts(device: &Device) -> Vec<(String, String, String)> {
    let list = device.ok("visit.list", json!({})).await;
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let mut rows: Vec<_> = list["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (text(row, "date"), text(row, "situationText"), text(row, "place")))
        .collect();
    rows.sort();
    rows
}

fn round(day: &str, text: &str) -> Value {
    json!({"date": day, "kind": "round_table", "publicPlace": true, "participants": ["赵甲一"], "place": "村部",
           "situationText": text})
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_taken_back_is_nowhere_at_the_superior_and_work_that_did_not_know_of_it_survives() {
    let (street, computer, laptop) = street_and_branch("clerk").await;
    let first = computer.ok("visit.save", round("0305", "泄密金丝雀甲")).await;
    let second = computer.ok("visit.save", round("0306", "平安")).await;
    assert_eq!(computer.meet(&street).await["delivered"], true);
    laptop.meet(&computer).await;
    laptop.until("visit.list", json!({}), |list| list["total"] == 2).await;
    street.until("merged.list", json!({"ledger": "visits", "year": 2026}), |list| list["total"] == 2).await;

    // The laptop is away: it edits another record, makes one, and writes into the very text.
    let edited = |id: &Value, day: &str, text: &str, place: &str| {
        let mut input = round(day, text);
        input["id"] = id.clone();
        input["place"] = json!(place);
        input
    };
    laptop.ok("visit.save", edited(&second["id"], "0306", "平安", "祠堂")).await;
    laptop.ok("visit.save", edited(&first["id"], "0305", "泄密金丝雀甲乙", "渠边")).await;
    laptop.ok("visit.save", round("0307", "新的一次")).await;

    let preview = computer.ok("record.redact_preview", json!({"record": first["id"]})).await;
    assert!(preview["fields"].as_array().unwrap().iter().any(|one| one["text"] == "泄密金丝雀甲"), "{preview}");
    let order = json!({"record": first["id"], "fields": ["text"]});
    assert_eq!(laptop.call("record.redact", order.clone()).await.unwrap_err().code, "not_allowed", "keepers order it");
    computer.ok("draft.save", json!({"form": "visit", "key": "x", "value": {"t": "泄密金丝雀甲"}})).await;
    computer.ok("record.redact", order.clone()).await;
    assert_eq!(computer.call("record.redact", order).await.unwrap_err().code, "redact_nothing");
    assert_eq!(texts(&computer).await[0].1, "");
    let history = computer.ok("record.history", json!({"id": first["id"]})).await;
    assert_eq!(history["copied"]["without"], json!(["text"]), "{history}");
    assert_eq!((&history["copied"]["on"], &history["copied"]["here"]), (&json!(scenarios::TODAY), &json!(true)));
    assert_eq!(history["sound"], true);
    let status = computer.ok("sync.status", json!({})).await;
    assert_ne!(status["light"], "green", "nobody signed for the new generation yet: {status}");
    assert_eq!(computer.meet(&street).await["delivered"], true);

    // First it learns of the order and carries its work over, then it brings it.
    laptop.meet(&computer).await;
    laptop.meet(&computer).await;
    let wanted = |rows: &[(String, String, String)]| {
        rows.len() == 3 && rows[0].1.is_empty() && rows[0].2 == "渠边" && rows[1].2 == "祠堂" && rows[2].1 == "新的一次"
    };
    for device in [&laptop, &computer] {
        device.until("visit.list", json!({}), |list| list["total"] == 3).await;
        assert!(wanted(&texts(device).await), "{:?}", texts(device).await);
    }
    let history = laptop.ok("record.history", json!({"id": second["id"]})).await;
    let place = history["fields"].as_array().unwrap().iter().find(|field| field["field"] == "place").unwrap();
    assert_eq!((&place["values"][0]["value"], &place["values"][0]["here"]), (&json!("祠堂"), &json!(true)), "{place}");
    assert_eq!(computer.meet(&street).await["delivered"], true);
    for device in [&street, &computer, &laptop] {
        assert!(device.node.doctor().unwrap().sound, "{:?}", device.node.doctor().unwrap());
    }
    for (who, device) in [("street", street), ("computer", computer), ("laptop", laptop)] {
        device.node.close().await;
        let (held, _folder) = everything(device);
        assert!(contains(&held, "平安"), "the search is real");
        assert!(!contains(&held, "泄密金丝雀甲"), "{who} still has it");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_orders_at_the_same_time_one_holds_and_what_the_other_took_out_is_taken_out_too() {
    let (street, computer, laptop) = street_and_branch("keeper").await;
    let first = computer.ok("visit.save", round("0305", "泄密金丝雀甲")).await;
    let second = computer.ok("visit.save", round("0306", "泄密金丝雀乙")).await;
    assert_eq!(computer.meet(&street).await["delivered"], true);
    laptop.meet(&computer).await;
    laptop.until("visit.list", json!({}), |list| list["total"] == 2).await;
    laptop.ok("record.redact", json!({"record": first["id"], "fields": ["text"]})).await;
    computer.ok("record.redact", json!({"record": second["id"], "fields": ["text"]})).await;
    laptop.ok("visit.save", round("0307", "甲的新记录")).await;
    computer.ok("visit.save", round("0308", "乙的新记录")).await;
    // Whichever order is overruled, its device has to hear of it, order again and tell.
    for _ in 0..3 {
        laptop.meet(&computer).await;
        computer.meet(&street).await;
    }
    for device in [&laptop, &computer] {
        device.until("visit.list", json!({}), |list| list["total"] == 4).await;
        let rows = texts(device).await;
        assert_eq!((rows[0].1.as_str(), rows[1].1.as_str()), ("", ""), "{rows:?}");
        assert_eq!((rows[2].1.as_str(), rows[3].1.as_str()), ("甲的新记录", "乙的新记录"));
        assert!(device.node.doctor().unwrap().sound, "{:?}", device.node.doctor().unwrap());
    }
    assert_eq!(computer.meet(&street).await["delivered"], true);
    for device in [street, computer, laptop] {
        device.node.close().await;
        let (held, _folder) = everything(device);
        for word in ["泄密金丝雀甲", "泄密金丝雀乙"] {
            assert!(!contains(&held, word), "{word}");
        }
    }
}
