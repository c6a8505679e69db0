//! Two devices of one branch write the same sealed record while they do not see each other: both values stay, are opened side by
//! side with who wrote them, and one call settles it.

use scenarios::Device;
use serde_json::{Value, json};

const NUMBER: &str = "11010519491231002X";

async fn two() -> (Device, Device) {
    let computer = Device::with_office("示范一村", "branch").await;
    computer.serve().await;
    let laptop = computer.further(json!({"role": "clerk", "ownBooks": true})).await;
    laptop.sync().await;
    (computer, laptop)
}

fn rows(list: &Value) -> &Vec<Value> {
    list.as_array().unwrap()
}

/// What a value holds under a name.
fn part<'a>(value: &'a Value, name: &str) -> &'a str {
    let parts = value["opened"].as_array().unwrap();
    parts.iter().find(|one| one["name"] == name).and_then(|one| one["value"].as_str()).unwrap_or_default()
}

/// The value of a row that holds a word under a name.
fn holding<'a>(row: &'a Value, name: &str, word: &str) -> &'a Value {
    let values = row["values"].as_array().unwrap();
    values.iter().find(|one| part(one, name) == word).unwrap_or_else(|| panic!("{word} in {row}"))
}

fn choice(row: &Value, value: &Value) -> Value {
    json!({"book": row["book"], "record": row["record"], "field": row["field"], "value": value["value"], "seen": row["seen"]})
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_values_of_a_household_are_opened_and_one_call_settles_them() {
    let (computer, laptop) = two().await;
    let id = computer.ok("household.save", json!({"name": "钱乙二", "door": "3-1"})).await["id"].clone();
    laptop.sync().await;
    let home =
        |phone: &str, note: &str| json!({"id": id, "name": "钱乙二", "door": "3-1", "phone": phone, "note": note});
    computer.ok("household.save", home("13800000001", "")).await;
    laptop.ok("household.save", home("", "独居")).await;
    laptop.sync().await;

    for device in [&computer, &laptop] {
        let list = device.until("conflict.list", json!({}), |list| list[0].is_object()).await;
        let [row] = rows(&list).as_slice() else { panic!("{list}") };
        assert_eq!((&row["sealed"], &row["subject"]), (&json!(true), &json!("钱乙二")), "{row}");
        let (phone, note) = (holding(row, "phone", "13800000001"), holding(row, "note", "独居"));
        assert_eq!((part(phone, "name"), part(note, "door")), ("钱乙二", "3-1"), "each value stands whole");
        assert_eq!((&phone["on"], &note["on"]), (&json!(scenarios::TODAY), &json!(scenarios::TODAY)));
        assert_eq!((&note["holder"], &phone["device"]), (&json!("李乙二"), &json!(computer.id().await)), "{row}");
        assert_ne!(phone["device"], note["device"]);
        let today = device.ok("today", json!({})).await.to_string();
        assert!(!today.contains("13800000001") && !today.contains("独居"), "lists only name it: {today}");
        // Saving again would cover what was not seen.
        let error = device.call("household.save", home("13900000009", "")).await.unwrap_err();
        assert_eq!(error.code, "sealed_conflict");
    }

    let list = laptop.ok("conflict.list", json!({})).await;
    let row = &list[0];
    let unknown = json!({"book": row["book"], "record": row["record"], "field": row["field"], "value": "🔒", "seen": row["seen"]});
    assert_eq!(laptop.call("conflict.settle", unknown).await.unwrap_err().code, "invalid_input");
    let settled = laptop.ok("conflict.settle", choice(row, holding(row, "phone", "13800000001"))).await;
    laptop.sync().await;
    for device in [&computer, &laptop] {
        device.until("conflict.list", json!({}), |list| *list == json!([])).await;
        let homes = device.ok("household.list", json!({})).await;
        assert_eq!((&homes["rows"][0]["phone"], &homes["rows"][0]["note"]), (&json!("13800000001"), &json!("")));
        let history = device.ok("record.history", json!({"id": id})).await.to_string();
        assert!(history.contains("独居"), "what was not chosen is in the history");
    }

    // Taken back both are there again, by the same writers; the other one may be chosen, and then it can be changed.
    laptop.ok("conflict.reopen", settled["undo"].clone()).await;
    let again = laptop.ok("conflict.list", json!({})).await;
    assert_eq!(again, list);
    laptop.ok("conflict.settle", choice(row, holding(row, "note", "独居"))).await;
    laptop.ok("household.save", home("13800000001", "独居")).await;
    laptop.sync().await;
    let both = |homes: &Value| homes["rows"][0]["note"] == "独居" && homes["rows"][0]["phone"] == "13800000001";
    computer.until("household.list", json!({}), both).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_the_same_in_both_is_settled_without_a_word() {
    let (computer, laptop) = two().await;
    let id = computer.ok("household.save", json!({"name": "钱乙二", "door": "3-1"})).await["id"].clone();
    laptop.sync().await;
    let home = json!({"id": id, "name": "钱乙二", "door": "3-2"});
    computer.ok("household.save", home.clone()).await;
    laptop.ok("household.save", home).await;
    laptop.sync().await;
    let moved = |homes: &Value| homes["rows"][0]["door"] == "3-2";
    for device in [&computer, &laptop] {
        device.until("household.list", json!({}), moved).await;
        device
            .until("record.history", json!({"id": id}), |one| {
                one["fields"][0]["values"].as_array().is_some_and(|v| v.len() == 3)
            })
            .await;
        assert_eq!(device.ok("conflict.list", json!({})).await, json!([]), "the ciphertexts differ, the words do not");
        let waiting = device.ok("decide.list", json!({"offset": 0, "limit": 0})).await;
        assert!(!waiting.to_string().contains("conflict/"), "{waiting}");
    }
    laptop.ok("household.save", json!({"id": id, "name": "钱乙二", "door": "3-3"})).await;
    laptop.sync().await;
    computer.until("household.list", json!({}), |homes| homes["rows"][0]["door"] == "3-3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pairings_talks_concerns_and_members_numbers_are_settled_the_same_way() {
    let (computer, laptop) = two().await;
    let homes = ["钱乙二", "孙丙三", "周丁四"];
    let mut ids = Vec::new();
    for name in homes {
        ids.push(computer.ok("household.save", json!({"name": name, "door": "1"})).await["id"].clone());
    }
    let member = computer.ok("member.save", json!({"name": "赵甲一", "kind": "full"})).await["id"].clone();
    computer.ok("member.private_save", json!({"id": member, "idNumber": NUMBER, "phone": "13800000001"})).await;
    let pairing = computer.ok("pairing.save", json!({"household": ids[0], "cadre": "王某"})).await["id"].clone();
    let talk = json!({"date": "0304", "trigger": "difficulty", "household": ids[0], "text": "谈一次"});
    let talk = computer.ok("talk.save", talk).await["id"].clone();
    let visit = json!({"date": "0304", "kind": "household", "household": ids[0], "participants": ["王某"], "place": "祠堂",
        "concern": {"category": "roads", "text": "路灯", "nextStep": "报修", "owner": "王某", "deadline": "2026-03-21"}});
    computer.ok("visit.save", visit).await;
    let concern = computer.ok("concern.list", json!({})).await["rows"][0]["id"].clone();
    laptop.sync().await;
    for (device, word, phone, home) in
        [(&computer, "电脑", "13800000002", &ids[1]), (&laptop, "笔记本", "13800000003", &ids[2])]
    {
        device
            .ok("pairing.save", json!({"id": pairing, "household": home, "cadre": "王某", "since": "2026-03-01"}))
            .await;
        let talk = json!({"id": talk, "date": "0304", "trigger": "difficulty", "household": home, "text": word});
        device.ok("talk.save", talk).await;
        let plan = json!({"id": concern, "nextStep": word, "owner": "王某", "deadline": "2026-03-21"});
        device.ok("concern.plan", plan).await;
        device.ok("member.private_save", json!({"id": member, "phone": phone, "keep": true})).await;
    }
    laptop.sync().await;
    for device in [&computer, &laptop] {
        device.until("conflict.list", json!({}), |list| list.as_array().is_some_and(|rows| rows.len() == 4)).await;
    }
    let log =
        |log: &Value| log["rows"].as_array().unwrap().iter().filter(|line| line["code"] == "private_opened").count();
    assert!(log(&laptop.ok("log.list", json!({})).await) > 0, "the log tells that they were opened");
    let list = laptop.ok("conflict.list", json!({})).await;
    assert!(!list.to_string().contains(NUMBER), "a number in which both agree stays masked: {list}");
    let of = |rtype: &str| {
        rows(&list).iter().find(|row| row["recordType"] == rtype).unwrap_or_else(|| panic!("{rtype}: {list}"))
    };
    let paired = of("pairing");
    for (rtype, name, word) in [
        ("pairing", "subject", "孙丙三"),
        ("talk_note", "text", "电脑"),
        ("kept_concern", "next_step", "电脑"),
        ("member_private", "phone", "13800000002"),
    ] {
        assert_eq!(of(rtype)["values"].as_array().unwrap().len(), 2);
        laptop.ok("conflict.settle", choice(of(rtype), holding(of(rtype), name, word))).await;
    }
    assert_eq!(laptop.ok("conflict.list", json!({})).await, json!([]));
    laptop.sync().await;
    for device in [&computer, &laptop] {
        device.until("conflict.list", json!({}), |list| *list == json!([])).await;
        let pairings = device.ok("pairing.list", json!({})).await;
        assert_eq!(pairings["rows"][0]["name"], "孙丙三", "whom it is about goes with what was chosen: {pairings}");
        let talk = device.ok("talk.get", json!({"id": talk})).await;
        assert_eq!((&talk["text"], &talk["with"]), (&json!("电脑"), &json!("孙丙三")), "{talk}");
        let concern = device.ok("concern.get", json!({"id": concern})).await;
        assert_eq!((&concern["nextStep"], &concern["conflict"]), (&json!("电脑"), &json!(false)), "{concern}");
        let private = device.ok("member.reveal", json!({"id": member, "what": "phone"})).await;
        assert_eq!(private["value"], "13800000002");
    }
    assert_eq!(holding(paired, "subject", "周丁四")["holder"], "李乙二");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_about_an_erased_household_stands_in_nobodys_way() {
    let (computer, laptop) = two().await;
    let mut homes = Vec::new();
    for name in ["钱乙二", "孙丙三"] {
        homes.push(computer.ok("household.save", json!({"name": name, "door": "1"})).await["id"].clone());
    }
    let pairing = computer.ok("pairing.save", json!({"household": homes[0], "cadre": "王某"})).await["id"].clone();
    laptop.sync().await;
    let save =
        |home: &Value, cadre: &str| json!({"id": pairing, "household": home, "cadre": cadre, "since": "2026-03-01"});
    computer.ok("pairing.save", save(&homes[1], "王某")).await;
    laptop.ok("pairing.save", save(&homes[0], "李某")).await;
    laptop.sync().await;
    for device in [&computer, &laptop] {
        device.until("conflict.list", json!({}), |list| list.as_array().is_some_and(|rows| rows.len() == 1)).await;
    }
    computer.ok("household.erase", json!({"id": homes[0]})).await;
    assert_eq!(computer.ok("conflict.list", json!({})).await, json!([]));
    computer.ok("pairing.save", save(&homes[1], "张某")).await;
    let pairings = computer.ok("pairing.list", json!({})).await;
    assert_eq!((&pairings["total"], &pairings["rows"][0]["name"]), (&json!(1), &json!("孙丙三")), "{pairings}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_profile_without_households_sees_no_sealed_conflict_and_settles_none() {
    let (computer, laptop) = two().await;
    let id = computer.ok("household.save", json!({"name": "钱乙二", "door": "3-1"})).await["id"].clone();
    laptop.sync().await;
    for (device, door) in [(&computer, "3-2"), (&laptop, "3-3")] {
        device.ok("household.save", json!({"id": id, "name": "钱乙二", "door": door})).await;
    }
    laptop.sync().await;
    let list = laptop.until("conflict.list", json!({}), |list| list[0].is_object()).await;
    let hidden = json!({"name": "孙丙三", "pin": "2468", "hidden": ["households"]});
    let profile = laptop.ok("profile.save", hidden).await["id"].clone();
    let node = &laptop.node;
    node.call_from("seat", "profile.choose", None, json!({"id": profile, "pin": "2468"})).await.unwrap();
    assert_eq!(node.call_from("seat", "conflict.list", None, json!({})).await.unwrap(), json!([]));
    let input = choice(&list[0], &list[0]["values"][0]);
    let error = node.call_from("seat", "conflict.settle", None, input).await.unwrap_err();
    assert_eq!(error.code, "profile_hides", "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_value_is_typed_as_its_field_takes_it() {
    let (computer, laptop) = two().await;
    let member = computer.ok("member.save", json!({"name": "赵甲一", "kind": "full"})).await;
    let session =
        computer.ok("meeting.save", json!({"kinds": ["members_meeting"], "date": "0301"})).await["id"].clone();
    laptop.sync().await;
    for (device, date, place) in [(&computer, "0302", "村部"), (&laptop, "0303", "祠堂")] {
        device
            .ok("meeting.save", json!({"id": session, "kinds": ["members_meeting"], "date": date, "place": place}))
            .await;
    }
    laptop.sync().await;
    let list =
        laptop.until("conflict.list", json!({}), |list| list.as_array().is_some_and(|rows| rows.len() == 2)).await;
    let of = |field: &str| rows(&list).iter().find(|row| row["field"] == field).unwrap();
    assert_eq!((&of("date")["entry"], &of("place")["entry"]), (&json!("date"), &json!("text")), "{list}");
    let typed = |field: &str, value: &str| json!({"book": of(field)["book"], "record": of(field)["record"], "field": field, "value": value, "seen": of(field)["seen"]});
    let error = laptop.call("conflict.settle", typed("date", "哪天")).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("date_not_understood", Some("value")));
    let error = laptop.call("conflict.settle", typed("date", "2019-03-06")).await.unwrap_err();
    assert_eq!(error.code, "date_far", "a day far off is asked about once");
    laptop.ok("conflict.settle", typed("date", "3.4")).await;
    let error = laptop.call("conflict.settle", typed("place", " ")).await.unwrap_err();
    assert_eq!(error.code, "required");
    laptop.ok("conflict.settle", typed("place", "老井边")).await;
    let view = laptop.ok("meeting.get", json!({"id": session})).await;
    assert_eq!((&view["row"]["date"], &view["place"]), (&json!("2026-03-04"), &json!("老井边")), "{view}");
    assert!(member["id"].is_string());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_choice_is_made_among_the_values_that_were_shown() {
    let (computer, laptop) = two().await;
    let third = computer.further(json!({"role": "clerk", "ownBooks": true})).await;
    computer.ok("member.save", json!({"name": "赵甲一", "kind": "full"})).await;
    let session =
        computer.ok("meeting.save", json!({"kinds": ["members_meeting"], "date": "0301"})).await["id"].clone();
    laptop.sync().await;
    third.sync().await;
    let at = |place: &str| json!({"id": session, "kinds": ["members_meeting"], "date": "0301", "place": place});
    computer.ok("meeting.save", at("村部")).await;
    laptop.ok("meeting.save", at("祠堂")).await;
    third.ok("meeting.save", at("老井边")).await;
    laptop.sync().await;
    let shown = computer.until("conflict.list", json!({}), |list| list[0].is_object()).await;
    let row = &shown[0];
    assert_eq!((&row["field"], row["values"].as_array().unwrap().len()), (&json!("place"), 2), "{row}");

    // The third computer brings its own between the list and the click.
    third.sync().await;
    let now = computer
        .until("conflict.list", json!({}), |list| list[0]["values"].as_array().is_some_and(|values| values.len() == 3))
        .await;
    assert_ne!(now[0]["seen"], row["seen"]);
    let of = |row: &Value, value: &str| json!({"book": row["book"], "record": row["record"], "field": "place", "value": value, "seen": row["seen"]});
    let refused = computer.call("conflict.settle", of(row, "祠堂")).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("changed_since", Some("field")));
    let typed = computer.call("conflict.settle", of(row, "广场")).await.unwrap_err();
    assert_eq!(typed.code, "changed_since", "what is typed is a choice too");
    assert_eq!(computer.ok("conflict.list", json!({})).await, now, "nothing was chosen");
    computer.ok("conflict.settle", of(&now[0], "祠堂")).await;
    assert_eq!(computer.ok("meeting.get", json!({"id": session})).await["place"], "祠堂");
    // Chosen by now, also for whoever still has the list on the screen.
    let late = computer.call("conflict.settle", of(&now[0], "村部")).await.unwrap_err();
    assert_eq!(late.code, "changed_since");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_open_here_is_passed_over_by_a_person_who_says_so_and_the_log_tells() {
    let (computer, laptop) = two().await;
    let mut homes = Vec::new();
    for name in ["钱乙二", "孙丙三"] {
        homes.push(computer.ok("household.save", json!({"name": name, "door": "1"})).await["id"].clone());
    }
    let pairing = computer.ok("pairing.save", json!({"household": homes[0], "cadre": "王某"})).await["id"].clone();
    laptop.sync().await;
    let save =
        |home: &Value, cadre: &str| json!({"id": pairing, "household": home, "cadre": cadre, "since": "2026-03-01"});
    computer.ok("pairing.save", save(&homes[1], "张某")).await;
    laptop.ok("pairing.save", save(&homes[0], "李某")).await;
    laptop.sync().await;
    laptop.until("conflict.list", json!({}), |list| list[0].is_object()).await;

    // A computer on which the key of one household never arrived.
    let folder = crate::database::ended(laptop);
    let gone = homes[1].as_str().unwrap().parse::<ybz_domain::ids::RecordId>().unwrap();
    let rows = crate::database::rows_of(folder.path());
    assert_eq!(rows.execute("DELETE FROM household_keys WHERE household = ?1", [gone.0]).unwrap(), 1);
    drop(rows);
    let laptop = Device { node: scenarios::open(folder.path()).unwrap(), folder };
    let list = laptop.ok("conflict.list", json!({})).await;
    let row = rows_of(&list, "pairing");
    let values = row["values"].as_array().unwrap();
    let (open, closed): (Vec<&Value>, Vec<&Value>) = values.iter().partition(|value| value["closed"] == false);
    assert_eq!((open.len(), closed.len()), (1, 1), "{row}");
    let refused = laptop.call("conflict.settle", choice(row, open[0])).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("private_closed", Some("value")));
    let unread = |value: &Value| {
        let mut input = choice(row, value);
        input["unread"] = json!(true);
        input
    };
    let never = laptop.call("conflict.settle", unread(closed[0])).await.unwrap_err();
    assert_eq!(never.code, "invalid_input", "what nobody can read here is not chosen itself");
    laptop.ok("conflict.settle", unread(open[0])).await;
    assert_eq!(laptop.ok("conflict.list", json!({})).await, json!([]));
    let log = laptop.ok("log.list", json!({})).await;
    let told: Vec<&Value> =
        log["rows"].as_array().unwrap().iter().filter(|line| line["code"] == "conflict_unread").collect();
    assert_eq!(told.len(), 1, "{log}");
    assert_eq!(told[0]["params"], json!({"record": pairing, "count": "1"}), "a record and a number, no word of it");

    // Whoever can open both may take the choice back out of its history: nothing is gone.
    laptop.sync().await;
    let chosen = computer.until("pairing.list", json!({}), |list| list["rows"][0]["name"] == "钱乙二").await;
    assert_eq!(chosen["rows"][0]["cadre"], "李某");
    let history = computer.ok("record.history", json!({"id": pairing})).await.to_string();
    assert!(history.contains("张某"), "{history}");
}

/// The only row of a type.
fn rows_of<'a>(list: &'a Value, rtype: &str) -> &'a Value {
    let found: Vec<&Value> = rows(list).iter().filter(|row| row["recordType"] == rtype).collect();
    let [row] = found.as_slice() else { panic!("{rtype} in {list}") };
    row
}
