//! Canaries: names planted in every private and upward field are searched in every byte that reaches another office.

use crate::database::{contains, store_of};
use scenarios::Device;
use scenarios::stage::Line;
use serde_json::{Value, json};

/// Planted where nothing may leave the village.
const PRIVATE: [&str; 13] = [
    "结对金丝雀",
    "救助金丝雀",
    "谈话金丝雀",
    "归口未上报金丝雀",
    "户主金丝雀",
    "门牌金丝雀",
    "13912340001",
    "户备注金丝雀",
    "私密备注金丝雀",
    "未上报金丝雀",
    "草稿金丝雀",
    "12345678",
    "下一步未上报",
];
/// Planted where the street reads, and nobody above it.
const UPWARD: [&str; 8] =
    ["外单位金丝雀", "党员金丝雀", "议题金丝雀", "记录金丝雀", "情况金丝雀", "上报金丝雀", "事项金丝雀", "地点金丝雀"];

/// Every byte a device holds of other offices: changes, carriers and statements, decrypted.
fn bytes_held(device: Device) -> Vec<u8> {
    let (store, _folder) = store_of(device);
    let mut bytes = Vec::new();
    for (key, _) in store.catalog(&|_| true).unwrap() {
        for change in store.missing_for(&key.id(), &[]).unwrap().changes {
            bytes.extend(change);
        }
    }
    for kind in ["fact-sheet", "snapshot"] {
        for carrier in store.carriers(kind, None).unwrap() {
            for whole in store.carriers_for(kind, &carrier.office, &carrier.period).unwrap() {
                bytes.extend(whole.bytes);
            }
        }
    }
    for entry in store.entries().unwrap() {
        bytes.extend(format!("{:?}", entry.peek()).into_bytes());
    }
    for founding in store.foundings().unwrap() {
        bytes.extend(format!("{:?}", founding.peek()).into_bytes());
    }
    bytes.extend(format!("{:?}", store.settings().unwrap()).into_bytes());
    bytes.extend(format!("{:?}", store.log_lines(0, 10_000).unwrap()).into_bytes());
    bytes
}

/// Every file that an office above a branch writes in the clear: its totals in each format, its log, its card.
async fn exports(device: &Device) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut keep = |file: &Value| {
        let bytes = data_encoding::BASE64.decode(file["base64"].as_str().unwrap().as_bytes()).unwrap();
        let name = file["name"].as_str().unwrap().to_owned();
        assert!(!bytes.is_empty() && PRIVATE.iter().all(|word| !name.contains(word)), "{name}");
        files.push((name, bytes));
    };
    let cards = device.ok("snapshot.list", json!({})).await;
    for format in ["csv", "xlsx", "ybzs"] {
        keep(&device.ok("snapshot.export", json!({"id": cards[0]["id"], "format": format})).await);
    }
    keep(&device.ok("log.export", json!({})).await);
    keep(&device.ok("tree.card", json!({})).await);
    // Parts of a workbook are packed: what its cells say is read from them.
    let (name, workbook) = files[1].clone();
    let mut opened = calamine::open_workbook_auto_from_rs(std::io::Cursor::new(workbook)).unwrap();
    let sheets = calamine::Reader::worksheets(&mut opened);
    let words = format!("{sheets:?}").into_bytes();
    assert!(contains(&words, "来源村数"), "the search is real: the headings of {name} are found");
    files.push((format!("{name}, its cells"), words));
    files
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn private_words_never_leave_the_village_and_records_never_reach_the_department() {
    let Line { department, street, village } = Line::new().await;

    let member = village
        .ok("member.save", json!({"name": "党员金丝雀", "kind": "full", "posts": ["secretary"], "group": "一组"}))
        .await;
    village
        .ok(
            "dues.assess",
            json!({"member": member["id"], "fromMonth": "2026-01", "class": "salaried", "baseFen": 12_345_678}),
        )
        .await;
    let concern = |text: &str| {
        json!({"category": "roads", "text": text, "privateNote": "私密备注金丝雀", "nextStep": "下一步未上报",
               "owner": "村干部", "deadline": "2026-03-31", "unit": "归口未上报金丝雀"})
    };
    let visit = |text: &str, household: &str| {
        json!({"date": "0305", "kind": "household", "place": "地点金丝雀", "unit": "外单位金丝雀", "situationText": "情况金丝雀",
               "newHousehold": {"name": household, "door": "门牌金丝雀", "phone": "13912340001", "note": "户备注金丝雀"},
               "participants": ["党员金丝雀"], "concern": concern(text)})
    };
    village.ok("visit.save", visit("未上报金丝雀", "户主金丝雀")).await;
    let home = village.ok("household.list", json!({})).await["rows"][0]["id"].clone();
    village.ok("pairing.save", json!({"household": home, "cadre": "结对金丝雀"})).await;
    village
        .ok("aid.save", json!({"subject": home, "reason": "救助金丝雀", "state": "asked", "askedFen": 100_000}))
        .await;
    village
        .ok("talk.save", json!({"date": "0306", "trigger": "difficulty", "household": home, "text": "谈话金丝雀"}))
        .await;
    village.ok("draft.save", json!({"form": "visit", "key": "new", "value": {"text": "草稿金丝雀"}})).await;
    village
        .ok(
            "meeting.save",
            json!({"kinds": ["members_meeting"], "date": "0305", "topic": "议题金丝雀", "minutes": "记录金丝雀"}),
        )
        .await;
    village
        .ok(
            "checklist.save",
            json!({"title": "事项金丝雀", "origin": "own", "person": "村干部", "deadline": "2026-03-31"}),
        )
        .await;
    // One concern is handed in with a text of its own; naming the household in it is stopped.
    let preview = village.ok("concern.hand_in_preview", json!({})).await;
    let id = preview["items"][0]["id"].clone();
    let named = json!({"items": [{"id": id, "text": "户主金丝雀说路灯坏了"}]});
    let refused = village.call("concern.hand_in", named).await.unwrap_err();
    assert_eq!(refused.code, "name_private_match");
    // A second concern is handed in, in the words chosen for above.
    village.ok("visit.save", json!({
        "date": "0306", "kind": "round_table", "publicPlace": true, "participants": ["党员金丝雀"],
        "concern": {"category": "roads", "text": "原话", "nextStep": "报修", "owner": "村干部", "deadline": "2026-03-31"},
    })).await;
    let preview = village.ok("concern.hand_in_preview", json!({})).await;
    let second = preview["items"].as_array().unwrap().iter().find(|item| item["text"] == "原话").unwrap();
    village.ok("concern.hand_in", json!({"items": [{"id": second["id"], "text": "上报金丝雀"}]})).await;
    assert_eq!(village.sync().await["delivered"], true);

    street.ok("snapshot.make", json!({"year": 2026})).await;
    street.sync().await;
    department.ok("snapshot.pull", json!({"timeoutS": 5})).await;
    assert_eq!(department.ok("snapshot.list", json!({})).await[0]["verified"], true);
    for (who, device) in [("street", &street), ("department", &department)] {
        for (name, bytes) in exports(device).await {
            for word in PRIVATE.iter().chain(&UPWARD) {
                assert!(!contains(&bytes, word), "{word} is in {name} of the {who}");
            }
        }
    }
    for device in [&street, &department] {
        device.node.shutdown().await;
    }
    let at_street = bytes_held(street);
    for word in PRIVATE {
        assert!(!contains(&at_street, word), "{word} reached the street");
    }
    for word in UPWARD {
        assert!(contains(&at_street, word), "the search is real: {word} is an upward field and must be found");
    }
    let at_department = bytes_held(department);
    assert!(contains(&at_department, "河东街道"), "the search is real: the department knows its street");
    for word in PRIVATE.iter().chain(&UPWARD) {
        assert!(!contains(&at_department, word), "{word} reached the department");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_text_that_goes_up_names_a_household_however_it_is_written() {
    let village = Device::with_office("示范一村", "branch").await;
    let household = json!({"name": "周丙三", "phone": "138 0000 1234"});
    let visit = |field: &str, text: &str, new: bool| {
        let mut input = json!({"date": "0305", "kind": "household", "participants": ["赵甲一"]});
        input[field] = if field == "situation" { json!([text]) } else { json!(text) };
        if new {
            input["newHousehold"] = household.clone()
        } else {
            input["publicPlace"] = json!(true)
        }
        input
    };
    let first = village.call("visit.save", visit("place", "周 丙三家", true)).await.unwrap_err();
    assert_eq!(
        (first.code.as_str(), first.field.as_deref()),
        ("name_private_match", Some("place")),
        "entered just now"
    );
    assert_eq!(village.ok("household.list", json!({})).await["total"], 0, "nothing was kept of it");
    let saved = village.ok("visit.save", visit("place", "村部", true)).await;
    let wide = "\u{ff11}\u{ff13}\u{ff18}-0000-\u{ff11}\u{ff12}\u{ff13}\u{ff14}";
    for field in ["situation", "situationText", "place", "theme"] {
        for text in ["周\u{3000}丙三说路灯坏了", wide] {
            let refused = village.call("visit.save", visit(field, text, false)).await.unwrap_err();
            assert_eq!(
                (refused.code.as_str(), refused.field.as_deref()),
                ("name_private_match", Some(field)),
                "{text}"
            );
            assert_eq!(refused.params["word"], if text == wide { "138 0000 1234" } else { "周丙三" });
        }
    }
    let mut again = visit("theme", "周丙三", false);
    again["id"] = saved["id"].clone();
    assert_eq!(
        village.call("visit.save", again).await.unwrap_err().code,
        "name_private_match",
        "nor by a later change"
    );

    let item = json!({"title": "修路灯", "origin": "own", "person": "赵甲一", "deadline": "2026-03-31"});
    let item = village.ok("checklist.save", item).await;
    let step = |note: &str| json!({"id": item["id"], "note": note, "state": "in_progress"});
    let refused = village.call("checklist.progress", step("找周丙三签字")).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("name_private_match", Some("note")));
    village.ok("checklist.progress", step("已报修")).await;

    // A device that was not compared has no `own/` books: it knows of households and cannot tell their names.
    village.serve().await;
    let ticket = village.ok("invite.device", json!({"role": "clerk", "autoApprove": true})).await;
    let clerk = Device::new();
    clerk.ok("join.start", json!({"ticket": ticket["text"], "name": "李乙二"})).await;
    clerk.wait_join("joined").await;
    clerk.sync().await;
    let round = json!({"date": "0306", "kind": "round_table", "publicPlace": true, "participants": ["李乙二"]});
    clerk.until("visit.list", json!({}), |list| list["total"] == 1).await;
    let mut told = round.clone();
    told["situationText"] = json!("周丙三说路灯坏了");
    let refused = clerk.call("visit.save", told).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("households_unreadable", Some("situationText")));
    clerk.ok("visit.save", round).await;
}
