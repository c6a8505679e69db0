//! What the screens tell of a text while it is typed is what saving it will do.

use jiff::ToSpan;
use scenarios::stage::Line;
use scenarios::{Device, today};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadline_without_a_year_is_shown_as_it_is_saved() {
    let device = Device::with_office("示范一村", "branch").await;
    // In two hundred days, however the year turns: as a day that was, it is in the past.
    let coming = today() + 200.days();
    let typed = format!("{}.{}", coming.month(), coming.day());
    let ahead = device.ok("date.read", json!({"text": typed, "ahead": true})).await;
    assert_eq!(ahead, json!({"date": coming.to_string(), "late": false}));
    let was = device.ok("date.read", json!({"text": typed})).await;
    assert!(was["date"].as_str().unwrap() < today().to_string().as_str() && was["late"] == json!(true), "{was}");

    device.ok("checklist.save", json!({"title": "换路灯", "origin": "own", "person": "王某", "deadline": typed})).await;
    let items = device.ok("checklist.list", json!({})).await;
    assert_eq!(items["rows"][0]["deadline"], ahead["date"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_household_that_is_new_with_the_form_is_replaced_too() {
    let device = Device::with_office("示范一村", "branch").await;
    let visit = |text: &str| {
        json!({"date": "今天", "kind": "household", "participants": ["王某"], "situationText": text,
               "newHousehold": {"name": "钱乙二", "door": "3-1", "phone": "13900001234"}})
    };
    let typed = "钱乙二家缺水,电话139-0000-1234";
    let refused = device.call("visit.save", visit(typed)).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("name_private_match", Some("situationText")));
    let clean = |also: Value| device.ok("names.clean", json!({"texts": [typed], "also": also}));
    assert_eq!(clean(json!([])).await, json!([typed]), "in no list yet");
    assert_eq!(clean(json!(["钱乙二"])).await, json!(["该户家缺水,电话139-0000-1234"]));
    assert_eq!(clean(json!(["钱乙二", "13900001234"])).await, json!(["该户家缺水,电话该户"]));
    device.ok("visit.save", visit("该户家缺水")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn today_shows_seven_and_all_of_them_when_asked() {
    let device = Device::with_office("示范一村", "branch").await;
    for n in 0..9 {
        let item = json!({"title": format!("第{n}件"), "origin": "own", "person": "王某", "deadline": "今天"});
        device.ok("checklist.save", item).await;
    }
    let first = device.ok("today", json!({})).await;
    let whole = device.ok("today", json!({"all": true})).await;
    let count = |today: &Value| today["due"].as_array().unwrap().len();
    assert_eq!(count(&first), 7);
    assert!(count(&whole) >= 9 && whole["moreDue"] == json!(0));
    assert_eq!(first["moreDue"], json!(count(&whole) - 7));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_looks_for_a_person_is_shown_the_person_first() {
    let device = Device::with_office("示范一村", "branch").await;
    let member = |name: &str| json!({"name": name, "kind": "full", "joined": "2010-07"});
    let id = device.ok("member.save", member("王春生")).await["id"].clone();
    device.ok("member.save", member("王春")).await;
    for n in 0..25 {
        let visit = json!({"date": "今天", "kind": "round_table", "publicPlace": true, "participants": ["王春生"], "place": format!("第{n}组")});
        device.ok("visit.save", visit).await;
    }
    for typed in ["王春生", "wangchunsheng", "wcs"] {
        let hits = device.ok("search", json!({"text": typed})).await;
        let rows = hits.as_array().unwrap();
        assert_eq!((&rows[0]["target"], &rows[0]["rtype"]), (&id, &json!("member")), "{typed}");
        assert_eq!(rows.iter().filter(|row| row["target"] == id).count(), 1, "{typed}: once");
        assert_eq!(rows.len(), 20, "{typed}");
    }
    let hits = device.ok("search", json!({"text": "王春"})).await;
    let members = hits.as_array().unwrap().iter().filter(|row| row["rtype"] == "member");
    let names: Vec<&Value> = members.map(|row| &row["title"]).collect();
    assert_eq!(names, ["王春", "王春生"], "the very name before longer ones");
    assert_eq!(hits[0]["title"], "王春");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_records_here_is_declared_where_nobody_chooses_a_profile() {
    let Line { department: _department, street: _street, village: device } = Line::new().await;
    let mut settings = device.ok("settings.get", json!({})).await;
    settings["recorder"] = json!("王甲一");
    device.ok("settings.set", settings).await;
    let visit =
        json!({"date": "今天", "kind": "round_table", "publicPlace": true, "participants": ["李某"], "place": "村部"});
    let saved = device.node.call_from("window", "visit.save", None, visit).await.unwrap();
    let told = device.ok("record.history", json!({"id": saved["id"]})).await;
    assert_eq!(told["fields"][0]["values"][0]["profile"], json!("王甲一"), "{told}");
    let month = json!({"month": "2026-02"});
    let made = device.node.call_from("window", "month.submit", None, month).await.unwrap();
    let view = device.ok("month.get", json!({"id": made["id"]})).await;
    assert!(view.to_string().contains("\"person\":\"王甲一\""), "{view}");
}
