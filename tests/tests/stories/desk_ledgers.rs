//! The street's desk over its branches: what it sends down to a saved group and where that stands at each addressee, the calendar
//! of all deadlines, polite reminders, and ledgers side by side, with a branch that never joined and one that has gone silent.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use data_encoding::BASE64;
use scenarios::Device;
use scenarios::stage::{round_table, street};
use serde_json::{Value, json};

/// A street, a branch that synchronises, one that has joined and says nothing, and an invitation that nobody took.
struct Desk {
    _department: Device,
    street: Device,
    first: Device,
    second: Device,
    /// Ids of the two branches.
    ids: [String; 2],
}

async fn desk() -> Desk {
    let (department, street) = street().await;
    street.serve().await;
    let first = Device::below(&street, "示范一村", "branch").await;
    let second = Device::below(&street, "示范二村", "branch").await;
    street.ok("invite.office", json!({"name": "示范三村", "kind": "branch"})).await;
    for (village, name) in [(&first, "赵甲一"), (&second, "钱乙二")] {
        let member = json!({"name": name, "kind": "full", "joined": "2001-07", "posts": ["secretary"]});
        village.ok("member.save", member).await;
    }
    let ids = [first.office_id().await, second.office_id().await];
    Desk { _department: department, street, first, second, ids }
}

fn list<'a>(value: &'a Value, field: &str) -> Vec<&'a str> {
    value.as_array().unwrap().iter().map(|one| one[field].as_str().unwrap_or_default()).collect()
}

/// Entries of a calendar, as kind, code and day.
fn entries(calendar: &Value, part: &str) -> Vec<(String, String, String)> {
    let text = |one: &Value, field: &str| one[field].as_str().unwrap().to_owned();
    let all = calendar[part].as_array().unwrap().iter();
    all.map(|one| (text(one, "kind"), text(one, "code"), text(one, "day"))).collect()
}

fn found<'a>(calendar: &'a Value, kind: &str, code: &str) -> Option<&'a Value> {
    calendar["entries"].as_array().unwrap().iter().find(|one| one["kind"] == kind && one["code"] == code)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sent_to_a_group_is_told_addressee_by_addressee_as_far_as_it_is_known() {
    let Desk { street, first, second, ids, .. } = &desk().await;
    let [one, two] = ids;
    let saved = street.ok("dispatch.group_save", json!({"name": "沿河各村", "units": [two, one]})).await;
    let groups = street.ok("dispatch.groups", json!({})).await;
    assert_eq!(list(&groups[0]["units"], "name"), ["示范一村", "示范二村"], "in tree order, however they were chosen");
    let only = json!({"id": saved["id"], "name": "河西", "units": [one]});
    street.ok("dispatch.group_save", only).await;
    let groups = street.ok("dispatch.groups", json!({})).await;
    assert_eq!((groups.as_array().unwrap().len(), &groups[0]["name"]), (1, &json!("河西")));
    assert_eq!(list(&groups[0]["units"], "id"), [one.as_str()]);
    let stranger = json!({"name": "x", "units": [one, street.office_id().await]});
    let error = street.call("dispatch.group_save", stranger).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("office_unknown", Some("units.1")));
    assert_eq!(
        street.call("dispatch.group_save", json!({"name": "x"})).await.unwrap_err().field.as_deref(),
        Some("units")
    );

    // Named twice, sent once.
    let item = json!({"to": [two, one, two], "title": "防汛检查", "measure": "逐户看", "deadline": "2026-04-10"});
    let batch = street.ok("dispatch.send", item).await["id"].clone();
    let other = json!({"to": [one], "title": "报送名册", "deadline": "2026-03-15"});
    let late = street.ok("dispatch.send", other).await["id"].clone();
    let sent = street.ok("dispatch.sent", json!({})).await;
    assert_eq!(list(&sent["rows"], "title"), ["报送名册", "防汛检查"], "by deadline: {sent}");
    assert_eq!((&sent["rows"][1]["count"], &sent["rows"][1]["acknowledged"]), (&json!(2), &json!(0)));
    let view = street.ok("dispatch.batch", json!({"id": batch})).await;
    assert_eq!(list(&view["rows"], "officeName"), ["示范一村", "示范二村"]);
    assert_eq!(view["rows"][0]["unknown"], true, "nothing has come since: nobody is taken for idle");

    // The first acknowledges and reports; the second says nothing.
    first.sync().await;
    let items = first.ok("checklist.list", json!({"origin": "superior", "text": "防汛"})).await;
    let id = items["rows"][0]["id"].clone();
    assert_eq!(items["rows"][0]["session"], Value::Null, "what it was sent together with is no session");
    let step = |state: &str| json!({"id": id, "note": "已看", "state": state, "person": "赵甲一"});
    first.ok("checklist.progress", step("in_progress")).await;
    first.sync().await;
    let acknowledged = |view: &Value| view["rows"][0]["acknowledged"] == true;
    let view = street.until("dispatch.batch", json!({"id": batch}), acknowledged).await;
    assert_eq!((&view["rows"][0]["state"], &view["rows"][0]["person"]), (&json!("in_progress"), &json!("赵甲一")));
    assert_eq!((&view["rows"][0]["unknown"], &view["rows"][1]["unknown"]), (&json!(false), &json!(true)));

    // Before the day only who has not acknowledged is asked; after it whoever has not reported.
    let urge = street.ok("desk.urge", json!({"batch": batch})).await;
    assert_eq!(list(&urge["rows"], "name"), ["示范二村"]);
    let text = urge["rows"][0]["text"].as_str().unwrap();
    for part in ["示范二村：您好", "“防汛检查”", "2026年4月10日", "还有21天", "依据：", "签收", "河东街道"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let urge = street.ok("desk.urge", json!({"batch": batch, "office": one})).await;
    assert_eq!(list(&urge["rows"], "office"), [one.as_str()], "one that is named is asked anyhow");
    let urge = street.ok("desk.urge", json!({"batch": late})).await;
    assert!(urge["all"].as_str().unwrap().contains("已过5天"), "{urge}");

    first.ok("checklist.progress", step("done")).await;
    first.sync().await;
    let done = |sent: &Value| sent["rows"].as_array().unwrap().iter().any(|one| one["done"] == 1);
    street.until("dispatch.sent", json!({"state": "waiting"}), done).await;
    street.ok("dispatch.decide", json!({"id": id, "accept": true, "note": ""})).await;
    let view = street.ok("dispatch.batch", json!({"id": batch})).await;
    assert_eq!((&view["rows"][0]["state"], &view["rows"][0]["finished"]), (&json!("accepted"), &json!(true)));
    let sent = street.ok("dispatch.sent", json!({"state": "late"})).await;
    assert_eq!(list(&sent["rows"], "title"), ["报送名册"]);

    // The second was offline all the while, and gets it when it comes.
    second.sync().await;
    let items = second.ok("checklist.list", json!({"origin": "superior"})).await;
    assert_eq!(list(&items["rows"], "title"), ["防汛检查"]);
    second
        .ok(
            "checklist.progress",
            json!({"id": items["rows"][0]["id"], "note": "签收", "state": "in_progress", "person": "钱乙二"}),
        )
        .await;
    second.sync().await;
    let both = |sent: &Value| sent["rows"].as_array().unwrap().iter().any(|one| one["acknowledged"] == 2);
    street.until("dispatch.sent", json!({}), both).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_calendar_has_every_deadline_here_and_below_with_what_follows_and_what_helps() {
    let Desk { street, first, ids, .. } = &desk().await;
    let [one, two] = ids;
    let member = first.ok("member.list", json!({})).await["rows"][0]["id"].clone();
    let assess = json!({"member": member, "fromMonth": "2025-08", "class": "farmer", "fixedFen": 100});
    first.ok("dues.assess", assess).await;
    first.ok("term.save", json!({"start": "2021-03-25"})).await;
    let applicant = json!({"name": "孙丙三", "applied": "2026-03-01", "birthMonth": "2000-01"});
    first.ok("admission.save", applicant).await;
    first
        .ok("checklist.save", json!({"title": "修路灯", "origin": "own", "person": "赵甲一", "deadline": "2026-03-25"}))
        .await;
    let item = json!({"to": [one, two], "title": "防汛检查", "deadline": "2026-03-28"});
    street.ok("dispatch.send", item).await;
    let case = json!({"flow": "case", "desk": true, "title": "路灯不亮", "text": "三组", "category": "roads", "due": "2026-03-26"});
    street.ok("flow.open", case).await;
    first.sync().await;

    let march = json!({"from": "2026-03-01", "to": "2026-03-31"});
    let own = first.ok("desk.calendar", march.clone()).await;
    let of = |kind: &str, code: &str, day: &str| (kind.to_owned(), code.to_owned(), day.to_owned());
    let has = entries(&own, "entries");
    for wanted in [
        of("item", "", "2026-03-25"),
        of("term", "", "2026-03-25"),
        of("dispatched", "", "2026-03-28"),
        of("session", "members_meeting", "2026-03-31"),
        of("session", "theme_day", "2026-03-31"),
        // What was due in September may be paid until the end of March.
        of("dues_back_payment", "2025-09", "2026-03-31"),
    ] {
        assert!(has.contains(&wanted), "{wanted:?}: {has:?}");
    }
    let days: Vec<&str> = list(&own["entries"], "day");
    assert!(days.is_sorted(), "{days:?}");
    assert!(entries(&own, "earlier").contains(&of("dues_back_payment", "2025-08", "2026-02-28")), "{}", own["earlier"]);
    for entry in own["entries"].as_array().unwrap() {
        for part in ["name", "consequence", "remedy"] {
            assert!(!entry[part]["zh"].as_str().unwrap().is_empty() && !entry[part]["en"].as_str().unwrap().is_empty());
        }
        assert!(!entry["citation"].as_str().unwrap().is_empty(), "{entry}");
    }
    let term = found(&own, "term", "").unwrap();
    assert_eq!((&term["days"], &term["rule"]["id"]), (&json!(5), &json!("term")));
    assert!(found(&own, "session", "members_meeting").unwrap()["citation"].as_str().unwrap().starts_with('《'));
    let talk = first.ok("desk.calendar", json!({"from": "2026-04-01", "to": "2026-04-30"})).await;
    let talk = found(&talk, "admission", "talk").unwrap();
    assert_eq!((&talk["day"], &talk["title"]), (&json!("2026-04-01"), &json!("孙丙三")), "within a month");

    // The street sees its own case and what those below owe; several branches owe one thing on one day.
    let both = |view: &Value| found(view, "term", "").is_some() && found(view, "item", "").is_some();
    let above = street.until("desk.calendar", march.clone(), both).await;
    let sent = found(&above, "dispatched", "").unwrap();
    assert_eq!(list(&sent["units"], "name"), ["示范一村", "示范二村"], "in tree order");
    let case = above["entries"].as_array().unwrap().iter().find(|entry| entry["kind"] == "flow").unwrap();
    assert_eq!(
        (&case["title"], &case["units"][0]["here"], &case["day"]),
        (&json!("路灯不亮"), &json!(true), &json!("2026-03-26"))
    );
    let names = list(&above["absent"], "name");
    assert!(names.contains(&"示范三村"), "{names:?}");
    assert!(found(&above, "dues_back_payment", "2025-09").is_none(), "of all at once accounts are not read");
    let input = json!({"from": "2026-03-01", "to": "2026-03-31", "office": one});
    let of_one = street.ok("desk.calendar", input).await;
    let dues = found(&of_one, "dues_back_payment", "2025-09").unwrap();
    assert_eq!((&dues["units"][0]["count"], &dues["units"][0]["name"]), (&json!(1), &json!("示范一村")));
    assert!(!dues.to_string().contains("赵甲一"), "how many, never who");
    let kinds = street.ok("desk.calendar", json!({"from": "2026-03-01", "kinds": ["term"]})).await;
    assert_eq!(list(&kinds["entries"], "kind"), ["term"], "the end of the month where none is named");
    // The month of the joining is the first that is submitted.
    let april = street.ok("desk.calendar", json!({"from": "2026-04-01"})).await;
    let month = found(&april, "submission", "2026-03").unwrap();
    assert_eq!(list(&month["units"], "name"), ["示范一村", "示范二村"]);
    assert_eq!(month["units"][0]["unknown"], false, "it delivered today, and the day is to come");
    assert!(found(&april, "admission", "talk").is_some());

    let one_entry = json!({"entry": sent["key"], "day": sent["day"]});
    let urge = street.ok("desk.urge", one_entry).await;
    assert_eq!(list(&urge["rows"], "name"), ["示范一村", "示范二村"]);
    assert!(urge["all"].as_str().unwrap().contains("上级交办“防汛检查”，时限2026年3月28日，还有8天"), "{urge}");

    for (input, field) in [
        (json!({"from": "2026-03-05", "to": "2026-03-01"}), "to"),
        (json!({"from": "2026-01-01", "to": "2028-01-01"}), "to"),
        (json!({"from": "soon"}), "from"),
        (json!({"office": "00"}), "office"),
    ] {
        assert_eq!(
            street.call("desk.calendar", input.clone()).await.unwrap_err().field.as_deref(),
            Some(field),
            "{input}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ledgers_side_by_side_are_filtered_grouped_and_exported_and_say_who_is_absent() {
    let Desk { street, first, ids, .. } = &desk().await;
    let [one, two] = ids;
    first.ok("visit.save", round_table("村部")).await;
    first.ok("visit.save", json!({"date": "2026-02-06", "kind": "round_table", "publicPlace": true, "participants": ["赵甲一"], "place": "老井边"})).await;
    for (n, (text, category)) in
        [("路灯不亮", "roads"), ("水压不足", "water"), ("路面坑洼", "roads")].iter().enumerate()
    {
        let concern = json!({"category": category, "text": text, "nextStep": "报街道", "owner": "赵甲一", "deadline": "2026-04-01"});
        let visit = json!({"date": format!("2026-03-{:02}", 5 + n), "kind": "round_table", "publicPlace": true, "participants": ["赵甲一"], "place": "祠堂", "concern": concern});
        first.ok("visit.save", visit).await;
    }
    let preview = first.ok("concern.hand_in_preview", json!({})).await;
    let items: Vec<Value> = preview["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| json!({"id": item["id"], "text": item["text"]}))
        .collect();
    first.ok("concern.hand_in", json!({"items": items})).await;
    first.sync().await;
    let all = |groups: &Value| groups["total"]["count"] == 3;
    let by_kind = street.until("merged.groups", json!({"ledger": "concerns", "by": "kind"}), all).await;
    assert_eq!(list(&by_kind["groups"], "key"), ["roads", "water"]);
    assert_eq!((&by_kind["groups"][0]["count"], &by_kind["groups"][1]["count"]), (&json!(2), &json!(1)));
    assert_eq!((&by_kind["kinds"], &by_kind["states"]), (&json!(["roads", "water"]), &json!(["handed_in"])));

    // Every unit has its line, in tree order, also the one that never came.
    let by_unit = street.ok("merged.groups", json!({"ledger": "visits", "by": "unit"})).await;
    assert_eq!(list(&by_unit["groups"], "name"), ["示范一村", "示范二村", "示范三村"]);
    let counts: Vec<&Value> = by_unit["groups"].as_array().unwrap().iter().map(|one| &one["count"]).collect();
    assert_eq!(counts, [&json!(5), &json!(0), &json!(0)]);
    assert_eq!(by_unit["groups"][2]["absent"], "never_joined");
    let absent: Vec<(&str, &str)> =
        list(&by_unit["absent"], "name").into_iter().zip(list(&by_unit["absent"], "state")).collect();
    assert!(absent.contains(&("示范三村", "never_joined")), "{absent:?}");
    let by_month = street.ok("merged.groups", json!({"ledger": "visits", "by": "month", "office": one})).await;
    assert_eq!(list(&by_month["groups"], "key"), ["2026-02", "2026-03"]);

    // An answer moves a concern from one state to the other, in list and numbers alike.
    let list_of = |part: Value| {
        let mut input = json!({"ledger": "concerns"});
        for (name, value) in part.as_object().unwrap() {
            input[name] = value.clone();
        }
        input
    };
    let rows = street.ok("merged.list", list_of(json!({"kind": "water"}))).await;
    assert_eq!((&rows["total"], &rows["rows"][0]["state"]), (&json!(1), &json!("handed_in")));
    let id = rows["rows"][0]["id"].clone();
    street.ok("answer.save", json!({"id": id, "text": "已修好", "state": "answered", "on": "2026-03-19"})).await;
    let rows = street.ok("merged.list", list_of(json!({"state": "answered"}))).await;
    assert_eq!((&rows["total"], &rows["rows"][0]["id"]), (&json!(1), &id));
    let by_state = street.ok("merged.groups", json!({"ledger": "concerns", "by": "state"})).await;
    assert_eq!(list(&by_state["groups"], "key"), ["answered", "handed_in"]);
    assert_eq!(
        street.ok("merged.list", list_of(json!({"sort": "office"}))).await["rows"][0]["date"],
        "2026-03-07",
        "the newest of the first unit"
    );
    assert_eq!(street.ok("merged.list", list_of(json!({"office": two}))).await["total"], 0);
    assert_eq!(street.ok("merged.list", list_of(json!({"text": "路", "month": 3, "sort": "date"}))).await["total"], 2);
    let late = street.ok("merged.list", json!({"ledger": "visits", "late": true})).await;
    assert_eq!((&late["total"], &late["rows"][0]["title"]), (&json!(1), &json!("老井边")), "entered after its month");
    for (input, field) in
        [(json!({"ledger": "songs"}), "ledger"), (json!({"ledger": "visits", "office": "00"}), "office")]
    {
        assert_eq!(street.call("merged.groups", input).await.unwrap_err().field.as_deref(), Some(field));
    }
    assert_eq!(
        street.call("merged.groups", json!({"ledger": "visits", "by": "grade"})).await.unwrap_err().field.as_deref(),
        Some("by")
    );

    let file = street.ok("merged.export", json!({"ledger": "concerns", "year": 2026, "month": 3})).await;
    assert_eq!(file["name"], "2026年3月诉求合并台账-河东街道-2026-03-20.xlsx");
    let bytes = BASE64.decode(file["base64"].as_str().unwrap().as_bytes()).unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    assert_eq!(names, ["2026年3月诉求合并台账", "缺席单位"]);
    let cells = |book: &mut Xlsx<_>, name: &str| -> Vec<Vec<String>> {
        let range = book.worksheet_range(name).unwrap();
        range.rows().skip(3).map(|row| row.iter().map(Data::to_string).collect()).collect()
    };
    let rows = cells(&mut book, &names[0]);
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row[0] == "示范一村"), "{rows:?}");
    let states: Vec<&str> = rows.iter().map(|row| row[4].as_str()).collect();
    assert!(states.contains(&"上级已答复") && states.contains(&"已上报"), "{states:?}");
    assert!(rows.iter().any(|row| row[2] == "用水用电"), "{rows:?}");
    let gone = cells(&mut book, &names[1]);
    assert!(gone.iter().any(|row| row[0] == "示范三村" && row[1] == "未加入"), "{gone:?}");

    // In the matrix silence is never read as not done.
    let matrix = street.ok("matrix", json!({"ledger": "meetings", "year": 2026})).await;
    assert_eq!(list(&matrix["rows"], "name"), ["示范一村", "示范二村", "示范三村"]);
    assert_eq!(matrix["rows"][0]["cells"][2]["state"], "missing", "it has synchronised and there is nothing");
    assert_eq!(matrix["rows"][2]["cells"][2]["state"], "unknown");
    let urge = street.ok("desk.urge", json!({"ledger": "meetings", "month": 3})).await;
    assert_eq!(urge["rows"][0]["name"], "示范一村");
    assert!(urge["all"].as_str().unwrap().contains("2026年3月的三会一课还没有记录"), "{urge}");
}
