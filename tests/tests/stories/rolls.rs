//! Who is on the roll of a session: the roster of its day, 列席, what a changed session makes of it, and what counts where.

use scenarios::{Device, TODAY};
use serde_json::{Value, json};

/// Two on the committee, two other full members; all of one group.
pub(crate) async fn branch() -> (Device, Vec<Value>) {
    let office = Device::with_office("示范一村党支部", "branch").await;
    let mut members = Vec::new();
    for (name, posts) in
        [("甲一", json!(["secretary"])), ("乙二", json!(["organization"])), ("丙三", json!([])), ("丁四", json!([]))]
    {
        members.push(member(&office, name, "full", posts).await);
    }
    (office, members)
}

async fn member(office: &Device, name: &str, kind: &str, posts: Value) -> Value {
    let member = json!({"name": name, "kind": kind, "posts": posts, "group": "第一党小组"});
    office.ok("member.save", member).await["id"].clone()
}

pub(crate) async fn session(office: &Device, kinds: Value, date: &str) -> Value {
    office.ok("meeting.save", json!({"kinds": kinds, "date": date, "topic": "学习"})).await["id"].clone()
}

pub(crate) async fn get(office: &Device, id: &Value) -> Value {
    office.ok("meeting.get", json!({"id": id})).await
}

pub(crate) fn mark(member: &Value, mark: &str) -> Value {
    json!({"member": member, "mark": mark})
}

fn due(view: &Value) -> Vec<String> {
    let rows = view["roll"].as_array().unwrap().iter();
    rows.filter(|row| row["due"] == true).map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

/// What the 记录本 has under a label.
async fn printed(office: &Device, id: &Value, key: &str) -> Value {
    let sheet = office.ok("sheet.get", json!({"kind": "meetings", "record": id})).await;
    let facts = sheet["parts"][0]["facts"].as_array().unwrap().clone();
    facts.into_iter().find(|fact| fact["key"] == key).unwrap()["value"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_there_beside_is_counted_and_printed_and_nobody_who_is_due_is() {
    let (office, members) = branch().await;
    let id = session(&office, json!(["committee_meeting"]), "0310").await;
    let refused = office.call("meeting.roll", json!({"id": id, "marks": [mark(&members[0], "non_voting")]})).await;
    let refused = refused.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("due_not_beside", Some("marks.0.member")));
    let present = office.call("meeting.roll", json!({"id": id, "marks": [mark(&members[2], "present")]})).await;
    assert_eq!(present.unwrap_err().code, "not_found", "who is not due is there beside the others, or not at all");

    let beside = json!({
        "id": id, "marks": [mark(&members[0], "present"), mark(&members[2], "non_voting")],
        "beside": ["驻村干部", " 驻村干部 ", "来宾"],
    });
    let view = office.ok("meeting.roll", beside).await;
    assert_eq!(due(&view), ["甲一", "乙二"]);
    assert_eq!(
        (&view["row"]["due"], &view["row"]["present"], &view["row"]["unconfirmed"]),
        (&json!(2), &json!(1), &json!(1))
    );
    let row = view["roll"].as_array().unwrap().iter().find(|row| row["name"] == "丙三").unwrap();
    assert_eq!((&row["due"], &row["mark"]), (&json!(false), &json!("non_voting")));
    assert_eq!(view["beside"], json!(["来宾", "驻村干部"]));
    assert_eq!(view["quorum"]["votersDue"], 2);
    assert_eq!(printed(&office, &id, "non_voting_count").await["value"], 3);
    let names = printed(&office, &id, "non_voting").await.to_string();
    assert!(["丙三", "驻村干部", "来宾"].iter().all(|name| names.contains(name)), "{names}");

    let gone = json!({"id": id, "marks": [mark(&members[2], "unconfirmed")], "notBeside": ["来宾"]});
    let view = office.ok("meeting.roll", gone).await;
    assert_eq!((view["roll"].as_array().unwrap().len(), &view["beside"]), (2, &json!(["驻村干部"])));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_of_another_kind_keeps_its_roll_until_it_is_remade_and_marks_stay() {
    let (office, members) = branch().await;
    let id = session(&office, json!(["committee_meeting"]), "0310").await;
    let marks = json!([mark(&members[0], "present"), mark(&members[1], "present")]);
    office.ok("meeting.roll", json!({"id": id, "marks": marks})).await;
    let edit = |kinds: Value, date: &str, reroll: bool| json!({"id": id, "kinds": kinds, "date": date, "topic": "学习", "reroll": reroll});
    // The same people on another day: nothing is to be said.
    office.ok("meeting.save", edit(json!(["committee_meeting"]), "0311", false)).await;
    let view = get(&office, &id).await;
    assert_eq!((&view["row"]["rollOfOther"], &view["reroll"]), (&json!(false), &Value::Null));

    office.ok("meeting.save", edit(json!(["members_meeting"]), "0311", false)).await;
    let view = get(&office, &id).await;
    assert_eq!((&view["row"]["due"], &view["row"]["rollOfOther"]), (&json!(2), &json!(true)));
    assert_eq!(view["reroll"], json!({"ofOther": true, "added": ["丙三", "丁四"], "gone": [], "votes": []}));
    let marked = office.call("meeting.roll", json!({"id": id, "marks": [mark(&members[2], "present")]})).await;
    assert_eq!(marked.unwrap_err().code, "not_found");
    // Back to what it was made for: it fits again.
    office.ok("meeting.save", edit(json!(["committee_meeting"]), "0311", false)).await;
    assert_eq!(get(&office, &id).await["row"]["rollOfOther"], false);
    office.ok("meeting.save", edit(json!(["members_meeting"]), "0311", false)).await;

    let view = office.ok("meeting.reroll", json!({"id": id})).await;
    assert_eq!((&view["row"]["due"], &view["row"]["present"], &view["reroll"]), (&json!(4), &json!(2), &Value::Null));
    assert_eq!((&view["row"]["rollOfOther"], &view["quorum"]["votersDue"]), (&json!(false), &json!(4)));
    office.ok("meeting.roll", json!({"id": id, "marks": [mark(&members[2], "absent")]})).await;

    // In one action with the change, and the marks of who is not due any more come back with them.
    office.ok("meeting.save", edit(json!(["committee_meeting"]), "0311", true)).await;
    let view = get(&office, &id).await;
    assert_eq!((due(&view), &view["row"]["absent"]), (vec!["甲一".to_owned(), "乙二".to_owned()], &json!(0)));
    office.ok("meeting.save", edit(json!(["members_meeting"]), "0311", true)).await;
    assert_eq!(get(&office, &id).await["row"]["absent"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_session_has_the_roster_of_its_day() {
    let (office, _) = branch().await;
    let full = member(&office, "戊五", "probationary", json!([])).await;
    office.ok("member.change", json!({"member": full, "event": "full", "on": "2026-03-01"})).await;
    let new = member(&office, "己六", "probationary", json!([])).await;
    office.ok("member.change", json!({"member": new, "event": "probationary", "on": "2026-02-01"})).await;
    let early = get(&office, &session(&office, json!(["members_meeting"]), "0110").await).await;
    assert_eq!(due(&early), ["丙三", "丁四", "甲一", "戊五", "乙二"], "{early}");
    assert_eq!((&early["quorum"]["votersDue"], &early["reroll"]), (&json!(4), &Value::Null));
    let now = get(&office, &session(&office, json!(["members_meeting"]), TODAY).await).await;
    assert_eq!((due(&now).len(), &now["quorum"]["votersDue"]), (6, &json!(5)));
    let entries = json!([{"kinds": ["members_meeting"], "date": "2026-01-15", "group": "", "lead": "", "topic": ""}]);
    let planned = office.ok("meeting.plan_save", json!({"entries": entries})).await;
    let held = office.ok("meeting.plan_hold", json!({"id": planned[0]["id"]})).await;
    assert_eq!(get(&office, &held["id"]).await["quorum"]["votersDue"], 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn plan_today_and_the_month_agree_on_what_is_missing() {
    let (office, _) = branch().await;
    let other = json!({"name": "戊五", "kind": "full", "group": "第二党小组"});
    office.ok("member.save", other).await;
    let group = json!({"kinds": ["group_meeting"], "date": "0310", "group": "第一党小组"});
    office.ok("meeting.save", group).await;
    let missing =
        |today: &Value, code: &str| today["due"].as_array().unwrap().iter().find(|one| one["code"] == code).cloned();
    let all = office.ok("today", json!({})).await;
    let groups = missing(&all, "group_meeting_groups_missing").unwrap_or_else(|| panic!("{all}"));
    assert_eq!(groups["params"]["count"], "1");
    let gaps = async || {
        let check = office.ok("month.check", json!({"month": "2026-03"})).await;
        let ledgers = check["ledgers"].as_array().unwrap().clone();
        let meetings = ledgers.into_iter().find(|one| one["ledger"] == "meetings").unwrap();
        let gaps = meetings["gaps"].as_array().unwrap().clone();
        gaps.into_iter()
            .map(|gap| (gap["code"].as_str().unwrap().to_owned(), gap["count"].as_u64().unwrap()))
            .collect::<Vec<_>>()
    };
    let found = gaps().await;
    assert!(found.contains(&("group_meeting_groups".to_owned(), 1)), "{found:?}");
    assert!(found.contains(&("theme_day".to_owned(), 1)), "{found:?}");
    // A day to come arranges it and is not yet held.
    session(&office, json!(["theme_day"]), "2026-03-28").await;
    assert!(gaps().await.contains(&("theme_day".to_owned(), 1)));
    assert_eq!(missing(&office.ok("today", json!({})).await, "theme_day_missing"), None);
    session(&office, json!(["theme_day"]), "0312").await;
    assert!(gaps().await.iter().all(|(code, _)| code != "theme_day"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_arranged_for_today_is_told_until_it_is_held_and_stands_in_the_order_of_kinds_and_groups() {
    let (office, _) = branch().await;
    let group = |name: &str| json!({"kinds": ["group_meeting"], "date": TODAY, "group": name, "lead": "", "topic": ""});
    let members = json!({"kinds": ["members_meeting"], "date": TODAY, "group": "", "lead": "", "topic": ""});
    let entries = json!([group("第十党小组"), group("第二党小组"), members]);
    let planned = office.ok("meeting.plan_save", json!({"entries": entries})).await;
    let listed = office.ok("meeting.plan", json!({})).await["planned"].as_array().unwrap().clone();
    let names: Vec<&str> = listed.iter().map(|one| one["group"].as_str().unwrap()).collect();
    assert_eq!(names, ["", "第二党小组", "第十党小组"]);
    let told = async || {
        let today = office.ok("today", json!({"all": true})).await;
        let due = today["due"].as_array().unwrap().clone();
        due.iter().find(|one| one["code"] == "session_today").map(|one| one["params"]["count"].clone())
    };
    assert_eq!(told().await, Some(json!("3")));
    let due = office.ok("today", json!({"all": true})).await["due"].as_array().unwrap().clone();
    let days = |one: &Value| one["params"]["days"].as_str().map_or(0, |days| days.parse::<i64>().unwrap());
    assert!(due.iter().any(|one| days(one) > 0) && due.is_sorted_by_key(days), "what is nearest comes first: {due:?}");
    office.ok("meeting.plan_hold", json!({"id": planned[2]["id"]})).await;
    office.ok("meeting.plan_drop", json!({"id": planned[0]["id"], "dropped": true})).await;
    assert_eq!(told().await, Some(json!("1")));
    let group = json!({"kinds": ["group_meeting"], "date": TODAY, "group": "第一党小组", "start": "1930"});
    office.ok("meeting.save", group).await;
    let rows = office.ok("meeting.list", json!({})).await["rows"].as_array().unwrap().clone();
    assert!(rows.iter().any(|row| row["group"] == "第一党小组"), "{rows:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_corrected_across_new_year_counts_in_the_year_in_which_it_was() {
    let (office, _) = branch().await;
    let id = session(&office, json!(["theme_day"]), "0102").await;
    let edit = json!({"id": id, "kinds": ["theme_day"], "date": "2025-12-30", "topic": "学习"});
    office.ok("meeting.save", edit).await;
    let listed = async |year: i16| office.ok("meeting.list", json!({"year": year})).await["total"].clone();
    assert_eq!((listed(2025).await, listed(2026).await), (json!(1), json!(0)));
    let held = async |year: i16, period: &str| {
        let plan = office.ok("meeting.plan", json!({"year": year})).await;
        let slots = plan["slots"].as_array().unwrap().clone();
        slots.into_iter().find(|one| one["kind"] == "theme_day" && one["period"] == period).unwrap()["held"].clone()
    };
    assert_eq!(held(2025, "2025-12").await, json!([id]));
    assert_eq!(held(2026, "2026-01").await, json!([]));
    let sheet = office.ok("sheet.get", json!({"kind": "meetings", "record": id})).await;
    assert_eq!(sheet["parts"][0]["record"], id);
    // 年度结转 counts what is arranged, not what was held.
    let entries = json!([{"kinds": ["theme_day"], "date": "2027-01-20", "group": "", "lead": "", "topic": ""}]);
    office.ok("meeting.plan_save", json!({"entries": entries, "confirmDate": true})).await;
    assert_eq!(office.ok("turn.year", json!({"year": 2026})).await["nextSessions"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_out_of_bounds_are_refused_at_their_field_and_an_emptied_one_is_cleared() {
    let (office, _) = branch().await;
    let with = |id: &Value, hours: Value, clear: Value| json!({"id": id, "kinds": ["lesson"], "date": "0310", "topic": "党课", "hours": hours, "talks": 3, "clear": clear});
    let refused = office.call("meeting.save", with(&Value::Null, json!(1000), json!([]))).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("hours_out_of_range", Some("hours")));
    let id = office.ok("meeting.save", with(&Value::Null, json!(25), json!([]))).await["id"].clone();
    // Nothing said leaves it; said empty it goes.
    office.ok("meeting.save", with(&id, Value::Null, json!([]))).await;
    assert_eq!(get(&office, &id).await["hours"], 25);
    office.ok("meeting.save", with(&id, Value::Null, json!(["hours"]))).await;
    let view = get(&office, &id).await;
    assert_eq!((&view["hours"], &view["talks"]), (&Value::Null, &json!(3)));

    let visit = json!({"date": "0305", "kind": "round_table", "publicPlace": true, "participants": ["王某"], "place": "村部", "minutes": 9000});
    let refused = office.call("visit.save", visit).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("number_out_of_range", Some("minutes")));
    let term = |size: u32, shift: i32| json!({"start": "2024-03-01", "size": size, "shift": shift});
    let refused = office.call("term.save", term(100, 0)).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("number_out_of_range", Some("size")));
    assert_eq!(office.call("term.save", term(3, -61)).await.unwrap_err().field.as_deref(), Some("shift"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_only_the_other_session_has_is_taken_over_when_they_are_merged_and_undone_with_it() {
    let (office, members) = branch().await;
    let keep = session(&office, json!(["members_meeting"]), "0310").await;
    let other = session(&office, json!(["members_meeting"]), "0310").await;
    office
        .ok(
            "meeting.roll",
            json!({"id": keep, "marks": members.iter().map(|one| mark(one, "present")).collect::<Vec<_>>()}),
        )
        .await;
    let minutes = json!({"id": other, "kinds": ["members_meeting"], "date": "0310", "topic": "学习", "minutes": "讨论了年度计划。", "hours": 20});
    office.ok("meeting.save", minutes).await;
    office
        .ok("meeting.roll", json!({"id": other, "marks": [mark(&members[0], "absent")], "beside": ["驻村干部"]}))
        .await;
    let vote =
        json!({"session": other, "rule": "ordinary", "subject": "年度计划", "choices": [{"name": "", "inFavour": 4}]});
    office.ok("vote.save", vote).await;

    let pairs = office.ok("meeting.twice", json!({})).await;
    let side = if pairs[0]["one"]["id"] == other { &pairs[0]["onlyOne"] } else { &pairs[0]["onlyOther"] };
    let one = |what: &str| json!({"what": what, "count": 1});
    assert_eq!(side, &json!([one("beside"), one("minutes"), one("hours"), one("votes")]), "{pairs}");
    office.ok("meeting.merge", json!({"keep": keep, "merge": other, "take": true})).await;
    let view = get(&office, &keep).await;
    assert_eq!(
        (&view["minutes"], &view["hours"], &view["row"]["present"]),
        (&json!("讨论了年度计划。"), &json!(20), &json!(4))
    );
    assert_eq!(view["beside"], json!(["驻村干部"]));
    assert_eq!(office.ok("vote.list", json!({"id": keep})).await[0]["subject"], "年度计划");

    let next = office.ok("undo.list", json!({})).await["nextUndo"].clone();
    office.ok("undo.apply", json!({"id": next})).await;
    let view = get(&office, &keep).await;
    assert_eq!((&view["minutes"], &view["hours"], &view["beside"]), (&json!(""), &Value::Null, &json!([])));
    assert_eq!(office.ok("vote.list", json!({"id": keep})).await, json!([]));
    assert_eq!(get(&office, &other).await["row"]["mergedInto"], Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_with_two_records_and_a_session_entered_twice_count_once() {
    let (office, members) = branch().await;
    let again = json!({"name": "丙三", "kind": "full", "group": "第一党小组", "distinct": true});
    let again = office.ok("member.save", again).await["id"].clone();
    let lesson = json!({"kinds": ["lesson"], "date": "0310", "topic": "党课", "hours": 20});
    let first = office.ok("meeting.save", lesson.clone()).await["id"].clone();
    office
        .ok("meeting.roll", json!({"id": first, "marks": [mark(&again, "present"), mark(&members[0], "present")]}))
        .await;
    let second = office.ok("meeting.save", lesson).await["id"].clone();
    office.ok("meeting.roll", json!({"id": second, "marks": [mark(&members[2], "present")]})).await;
    office.ok("meeting.merge", json!({"keep": first, "merge": second})).await;
    office.ok("member.merge", json!({"id": again, "other": members[2]})).await;

    let file = office.ok("member.file", json!({"id": members[2]})).await;
    assert_eq!((&file["due"], &file["present"]), (&json!(1), &json!(1)), "{file}");
    let table = office.ok("training.table", json!({})).await;
    let rows: Vec<&Value> = table["rows"].as_array().unwrap().iter().filter(|row| row["name"] == "丙三").collect();
    assert_eq!((rows.len(), &rows[0]["sessions"]), (1, &json!(20)), "{table}");
    let board = office.ok("sheet.get", json!({"kind": "board", "year": 2026})).await;
    let told = board.to_string();
    assert_eq!(told.matches("丙三").count(), 1, "{told}");
}
