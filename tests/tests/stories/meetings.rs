//! 三会一课 on two devices of one branch: sessions entered twice, votes, appraisal, hours, plan, village matters, minutes
//! that both edited.

use scenarios::stage::Line;
use scenarios::{Device, TODAY};
use serde_json::{Value, json};

/// A branch of six full members (two on the committee) and one on probation, on two devices that know each other.
async fn branch() -> (Device, Device, Vec<Value>) {
    let office = Device::with_office("示范一村党支部", "branch").await;
    office.serve().await;
    let mut members = Vec::new();
    for (name, kind, posts) in [
        ("甲一", "full", json!(["secretary"])),
        ("乙二", "full", json!(["organization"])),
        ("丙三", "full", json!([])),
        ("丁四", "full", json!([])),
        ("戊五", "full", json!([])),
        ("己六", "full", json!([])),
        ("庚七", "probationary", json!([])),
    ] {
        let member = json!({"name": name, "kind": kind, "posts": posts, "group": "第一党小组"});
        members.push(office.ok("member.save", member).await["id"].clone());
    }
    let ticket = office.ok("invite.device", json!({"role": "keeper", "autoApprove": true})).await;
    let laptop = Device::new();
    laptop.join(&ticket).await;
    laptop.sync().await;
    laptop.until("member.list", json!({}), |page| page["total"] == 7).await;
    (office, laptop, members)
}

/// Both devices have what the other wrote.
async fn meet(office: &Device, laptop: &Device) {
    laptop.sync().await;
    let heads = |status: &Value| status["reading"] == 0;
    office.until("sync.status", json!({}), heads).await;
    laptop.until("sync.status", json!({}), heads).await;
}

async fn session(device: &Device, kinds: Value, date: &str, topic: &str) -> Value {
    device.ok("meeting.save", json!({"kinds": kinds, "date": date, "topic": topic})).await["id"].clone()
}

fn roll(id: &Value, members: &[Value], present: usize) -> Value {
    let mark = |(at, member): (usize, &Value)| json!({"member": member, "mark": if at < present { "present" } else { "excused" }});
    json!({"id": id, "marks": members.iter().enumerate().map(mark).collect::<Vec<_>>(), "close": true})
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_entered_on_two_devices_is_proposed_merged_by_a_person_and_taken_apart_again() {
    let (office, laptop, members) = branch().await;
    let here = session(&office, json!(["members_meeting", "lesson"]), "0310", "学习文件").await;
    let there = session(&laptop, json!(["members_meeting"]), "0310", "学习文件").await;
    laptop.ok("meeting.roll", roll(&there, &members, 5)).await;
    let edited = json!({"id": there, "kinds": ["members_meeting"], "date": "0310", "topic": "学习文件", "minutes": "笔记本上的记录。"});
    laptop.ok("meeting.save", edited).await;
    meet(&office, &laptop).await;

    let pairs = office.until("meeting.twice", json!({}), |pairs| pairs[0].is_object()).await;
    assert_eq!(pairs.as_array().unwrap().len(), 1);
    assert_eq!(pairs[0]["why"], json!(["day_and_kind", "topic"]));
    assert_ne!(pairs[0]["oneBy"]["by"], pairs[0]["otherBy"]["by"], "two devices");
    let quarter = |plan: &Value| -> Vec<Value> {
        let slots = plan["slots"].as_array().unwrap().iter();
        slots.filter(|slot| slot["kind"] == "members_meeting" && slot["period"] == "2026-Q1").cloned().collect()
    };
    assert_eq!(quarter(&office.ok("meeting.plan", json!({})).await)[0]["held"].as_array().unwrap().len(), 2);

    office.ok("meeting.merge", json!({"keep": here, "merge": there})).await;
    assert_eq!(office.ok("meeting.twice", json!({})).await, json!([]));
    assert_eq!(quarter(&office.ok("meeting.plan", json!({})).await)[0]["held"], json!([here]));
    // Nothing is gone: the list has both, and marks and minutes of the other are still to be read.
    assert_eq!(office.ok("meeting.list", json!({})).await["total"], 2);
    let merged = office.ok("meeting.get", json!({"id": there})).await;
    assert_eq!((&merged["row"]["mergedInto"], &merged["row"]["present"]), (&here, &json!(5)));
    assert_eq!(merged["minutes"], "笔记本上的记录。");
    let again = office.call("meeting.merge", json!({"keep": there, "merge": here})).await.unwrap_err();
    assert_eq!(again.code, "merged_already");

    // The other device, which does not know that yet, merges the other way round: one of the two stays on both.
    laptop.ok("meeting.merge", json!({"keep": there, "merge": here})).await;
    meet(&office, &laptop).await;
    let counted = |device: &Value| quarter(device)[0]["held"].clone();
    let one = office.until("meeting.get", json!({"id": here}), |view| view["row"]["mergedInto"] == there).await;
    assert_eq!(one["row"]["mergedInto"], there);
    let (a, b) = (office.ok("meeting.plan", json!({})).await, laptop.ok("meeting.plan", json!({})).await);
    assert_eq!((counted(&a).as_array().unwrap().len(), counted(&a)), (1, counted(&b)));

    for id in [&here, &there] {
        office.ok("meeting.unmerge", json!({"id": id})).await;
    }
    assert_eq!(office.ok("meeting.twice", json!({})).await.as_array().unwrap().len(), 1, "proposed again");
    office.ok("meeting.apart", json!({"one": here, "other": there, "apart": true})).await;
    assert_eq!(office.ok("meeting.twice", json!({})).await, json!([]));
    assert_eq!(quarter(&office.ok("meeting.plan", json!({})).await)[0]["held"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn votes_show_the_light_the_numbers_and_the_rule_and_decide_nothing() {
    let (office, laptop, members) = branch().await;
    let id = session(&office, json!(["members_meeting", "committee_meeting"]), "0310", "表决").await;
    office.ok("meeting.roll", roll(&id, &members, 4)).await;
    let admission = json!({
        "session": id, "rule": "admission", "subject": "讨论接收预备党员", "secret": true, "issued": 4, "returned": 4,
        "choices": [{"name": "辛八", "inFavour": 3, "against": 1}], "writtenFor": 1,
    });
    let seen = office.ok("vote.check", admission.clone()).await;
    assert_eq!(office.ok("vote.list", json!({"id": id})).await, json!([]), "looking keeps nothing");
    // Six with a vote are due, four are here: four open and four pass, the written opinion makes the fourth.
    let quorum = &seen["quorum"];
    assert_eq!((&quorum["due"], &quorum["present"], &quorum["neededToOpen"]), (&json!(6), &json!(4), &json!(4)));
    assert_eq!((&seen["choices"][0]["verdict"], &seen["choices"][0]["inFavourAll"]), (&json!("passed"), &json!(4)));
    assert_eq!(quorum["rule"]["id"], "admission");
    let names = |people: &Value| people.as_array().unwrap().iter().map(|one| one["name"].clone()).collect::<Vec<_>>();
    assert_eq!(names(&quorum["missing"]), ["戊五", "己六"]);
    assert_eq!(
        (names(&quorum["noVote"]), &quorum["noVote"][0]["reason"]),
        (vec![json!("庚七")], &json!("probationary"))
    );
    let saved = office.ok("vote.save", admission.clone()).await;

    let with = |rule: &str, part: Value| {
        let mut vote =
            json!({"session": id, "rule": rule, "subject": "事项", "choices": [{"name": "", "inFavour": 2}]});
        vote.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        vote
    };
    // Two sit on the committee and both are here, though the session was of all.
    let committee = office.ok("vote.check", with("committee", json!({}))).await;
    assert_eq!((&committee["quorum"]["due"], &committee["choices"][0]["verdict"]), (&json!(2), &json!("passed")));
    assert_eq!(committee["quorum"]["rule"]["id"], "vote_committee");

    // An election needs five of six; two left out with consent and approval make it four of four.
    let candidates = json!([{"name": "丙三", "inFavour": 3}, {"name": "丁四", "inFavour": 2}]);
    let mut election = with("election", json!({"choices": candidates, "secret": true, "issued": 4, "returned": 4}));
    let before = office.ok("vote.check", election.clone()).await;
    assert_eq!((&before["quorum"]["light"], &before["quorum"]["neededToOpen"]), (&json!("red"), &json!(5)));
    assert_eq!(before["choices"][0]["verdict"], "no_quorum");
    let left_out = |member: &Value, reason: &str| json!({"member": member, "reason": reason});
    election["excluded"] = json!([left_out(&members[4], "bedridden"), left_out(&members[5], "abroad")]);
    let pending = office.ok("vote.check", election.clone()).await;
    assert_eq!((&pending["quorum"]["due"], names(&pending["quorum"]["notExcludedYet"]).len()), (&json!(6), 2));
    election["consent"] = json!("街道党工委 3月1日同意");
    election["approved"] = json!(true);
    let after = office.ok("vote.check", election.clone()).await;
    let quorum = &after["quorum"];
    assert_eq!((&quorum["light"], &quorum["due"], &quorum["neededToPass"]), (&json!("green"), &json!(4), &json!(3)));
    let verdicts: Vec<_> = after["choices"].as_array().unwrap().iter().map(|one| one["verdict"].as_str()).collect();
    assert_eq!(verdicts, [Some("passed"), Some("not_passed")]);
    office.ok("vote.save", election).await;

    for (vote, code, field) in [
        (
            with("election", json!({"choices": [{"name": "丙三"}], "issued": 4, "returned": 5})),
            "ballots_exceed",
            "returned",
        ),
        (with("ordinary", json!({"returned": 1})), "votes_exceed", "choices.0.inFavour"),
        (with("admission", json!({"choices": [{"name": "一"}, {"name": "二"}]})), "one_candidate_at_a_time", "choices"),
        (with("admission", json!({})), "required", "choices.0.name"),
        (
            with("election", json!({"excluded": [left_out(&members[6], "abroad")], "choices": [{"name": "丙三"}]})),
            "not_found",
            "excluded.0.member",
        ),
    ] {
        let error = office.call("vote.save", vote).await.unwrap_err();
        assert_eq!((error.code.as_str(), error.field.as_deref()), (code, Some(field)));
    }

    // The other device sees the same, and taking one back keeps it readable.
    meet(&office, &laptop).await;
    let there = laptop.until("vote.list", json!({"id": id}), |rows| rows.as_array().unwrap().len() == 2).await;
    assert_eq!(there, office.ok("vote.list", json!({"id": id})).await);
    laptop.ok("vote.drop", json!({"id": saved["id"], "dropped": true})).await;
    let rows = laptop.ok("vote.list", json!({"id": id})).await;
    assert_eq!((&rows[0]["dropped"], &rows[0]["subject"]), (&json!(true), &json!("讨论接收预备党员")));
    // Nothing became of anybody by a vote.
    assert_eq!(office.ok("member.list", json!({})).await["total"], 7);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn grades_stand_by_member_conflict_visibly_and_too_many_excellent_are_told_and_kept() {
    let (office, laptop, members) = branch().await;
    let id = session(&office, json!(["organization_life", "appraisal"]), "0310", "民主评议").await;
    let life = json!({"id": id, "kinds": ["organization_life", "appraisal"], "date": "0310", "topic": "民主评议",
                      "talks": 9, "problems": "学习不够经常", "measures": "每月一次"});
    office.ok("meeting.save", life).await;
    let view = office.ok("meeting.get", json!({"id": id})).await;
    assert_eq!(
        (&view["talks"], &view["problems"], &view["measures"]),
        (&json!(9), &json!("学习不够经常"), &json!("每月一次"))
    );
    meet(&office, &laptop).await;
    laptop.until("meeting.list", json!({}), |page| page["total"] == 1).await;

    let grade = |member: usize, grade: &str| json!({"member": members[member], "grade": grade});
    let three = json!([grade(0, "excellent"), grade(1, "excellent"), grade(2, "excellent")]);
    let told = office.ok("appraisal.save", json!({"id": id, "grades": three})).await;
    // A third of six full members is two.
    assert_eq!(
        (&told["full"], &told["excellent"], &told["most"], &told["over"]),
        (&json!(6), &json!(3), &json!(2), &json!(true))
    );
    let error = office.call("appraisal.save", json!({"id": id, "grades": [grade(6, "qualified")]})).await.unwrap_err();
    assert_eq!(error.code, "not_graded");
    laptop.ok("appraisal.save", json!({"id": id, "grades": [grade(2, "qualified"), grade(3, "qualified")]})).await;
    meet(&office, &laptop).await;
    let open = office.until("conflict.list", json!({}), |rows| rows[0].is_object()).await;
    assert_eq!(
        (&open[0]["field"], &open[0]["subject"]),
        (&json!(format!("grade/{}", members[2].as_str().unwrap())), &json!("丙三"))
    );
    let view = office.ok("appraisal.get", json!({"id": id})).await;
    let row = |name: &str| view["rows"].as_array().unwrap().iter().find(|row| row["name"] == name).unwrap().clone();
    assert_eq!((&row("丙三")["grade"], &row("丙三")["conflict"]), (&Value::Null, &json!(true)));
    assert_eq!((&row("丁四")["grade"], &row("庚七")["full"]), (&json!("qualified"), &json!(false)));
    assert_eq!(view["over"], false, "two are excellent while the third is open");
    // Whoever becomes a full member later was not one then.
    office.ok("member.save", json!({"id": members[6], "name": "庚七", "kind": "full", "group": "第一党小组"})).await;
    assert_eq!(office.ok("appraisal.get", json!({"id": id})).await["full"], 6);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn minutes_that_two_devices_edited_are_shown_side_by_side_until_somebody_has_looked() {
    let (office, laptop, _) = branch().await;
    let id = session(&office, json!(["members_meeting"]), "0310", "学习").await;
    let write =
        |text: &str| json!({"id": id, "kinds": ["members_meeting"], "date": "0310", "topic": "学习", "minutes": text});
    office.ok("meeting.save", write("开会。学习文件。")).await;
    meet(&office, &laptop).await;
    laptop.until("meeting.list", json!({}), |page| page["total"] == 1).await;
    office.ok("meeting.save", write("支部开会。学习文件。")).await;
    laptop.ok("meeting.save", write("开会。学习文件。讨论发言。")).await;
    assert_eq!(office.ok("conflict.texts", json!({})).await, json!([]));
    meet(&office, &laptop).await;

    let rows = office.until("conflict.texts", json!({}), |rows| rows[0].is_object()).await;
    assert_eq!((&rows[0]["field"], &rows[0]["now"]), (&json!("minutes"), &json!("支部开会。学习文件。讨论发言。")));
    let mut sides: Vec<_> =
        rows[0]["sides"].as_array().unwrap().iter().map(|side| (side["here"].clone(), side["parts"].clone())).collect();
    sides.sort_by_key(|(here, _)| *here == true);
    let part = |part: &str, text: &str| json!({"part": part, "text": text});
    assert_eq!(
        sides,
        [
            (json!(false), json!([part("same", "开会。学习文件。"), part("added", "讨论发言。")])),
            (json!(true), json!([part("added", "支部"), part("same", "开会。学习文件。")])),
        ]
    );
    let seen = json!({"record": id, "field": "minutes", "versions": rows[0]["versions"]});
    let wrong = json!({"record": id, "field": "minutes", "versions": "x"});
    assert_eq!(office.call("conflict.text_seen", wrong).await.unwrap_err().code, "changed_since");
    office.ok("conflict.text_seen", seen).await;
    assert_eq!(office.ok("conflict.texts", json!({})).await, json!([]));
    assert_eq!(
        office.ok("meeting.get", json!({"id": id})).await["minutes"],
        "支部开会。学习文件。讨论发言。",
        "untouched"
    );
    meet(&office, &laptop).await;
    laptop.until("conflict.texts", json!({}), |rows| *rows == json!([])).await;
    // Edited at once again: these are other versions.
    office.ok("meeting.save", write("支部开会。学习文件。讨论发言。散会。")).await;
    laptop.ok("meeting.save", write("支部开会。学习文件三篇。讨论发言。")).await;
    meet(&office, &laptop).await;
    office
        .until("conflict.texts", json!({}), |rows| rows[0]["now"] == "支部开会。学习文件三篇。讨论发言。散会。")
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_is_planned_at_once_held_by_one_press_and_its_resolution_becomes_a_checklist() {
    let (office, _, members) = branch().await;
    let plan = office.ok("meeting.plan", json!({})).await;
    let open: Vec<&Value> = plan["slots"].as_array().unwrap().iter().filter(|slot| slot["state"] == "open").collect();
    // From 20 March on: 4 members' meetings and 4 lessons, 10 months of committee, group, theme and study day, 2 of the year.
    assert_eq!(open.len(), 4 + 4 + 4 * 10 + 2);
    assert!(plan["slots"].as_array().unwrap().iter().filter(|slot| slot["state"] == "none").count() == 4 * 2);
    let entries: Vec<Value> = open
        .iter()
        .map(|slot| json!({"kinds": [slot["kind"]], "date": slot["suggested"], "group": slot["group"], "lead": "甲一"}))
        .collect();
    let saved = office.ok("meeting.plan_save", json!({"entries": entries})).await;
    assert_eq!(saved.as_array().unwrap().len(), 50);
    let plan = office.ok("meeting.plan", json!({})).await;
    assert!(plan["slots"].as_array().unwrap().iter().all(|slot| slot["state"] == "planned" || slot["state"] == "none"));
    let due = office.ok("today", json!({})).await["due"].to_string();
    assert!(!due.contains("_missing"), "{due}");

    let of = |plan: &Value, kind: &str| {
        plan["planned"].as_array().unwrap().iter().find(|one| one["kinds"] == json!([kind])).unwrap().clone()
    };
    let planned = of(&plan, "lesson");
    assert_eq!(planned["date"], TODAY, "the usual day of the first quarter is over");
    let held = office.ok("meeting.plan_hold", json!({"id": planned["id"]})).await;
    let view = office.ok("meeting.get", json!({"id": held["id"]})).await;
    assert_eq!((&view["row"]["date"], &view["chair"], &view["row"]["due"]), (&json!(TODAY), &json!("甲一"), &json!(7)));
    let twice = office.call("meeting.plan_hold", json!({"id": planned["id"]})).await.unwrap_err();
    assert_eq!(twice.code, "held_already");
    assert_eq!(of(&office.ok("meeting.plan", json!({})).await, "lesson")["session"], held["id"]);

    let items = json!([
        {"title": "修好路灯", "person": "乙二", "deadline": "2026-04-30"},
        {"title": "补齐台账", "person": "丙三", "deadline": "2026-04-15"},
    ]);
    office.ok("meeting.resolve", json!({"session": held["id"], "items": items})).await;
    let tasks = office.ok("meeting.tasks", json!({"id": held["id"]})).await;
    assert_eq!((&tasks[0]["title"], &tasks[1]["title"]), (&json!("补齐台账"), &json!("修好路灯")));
    let item = office.ok("checklist.get", json!({"id": tasks[0]["id"]})).await;
    assert_eq!((&item["session"]["id"], &item["session"]["date"]), (&held["id"], &json!(TODAY)));
    // Edited as an item it stays the session's.
    let edited =
        json!({"id": item["id"], "title": "补齐台账", "origin": "own", "person": "丁四", "deadline": "2026-04-15"});
    office.ok("checklist.save", edited).await;
    assert_eq!(office.ok("meeting.tasks", json!({"id": held["id"]})).await[0]["person"], "丁四");
    let private = json!({"session": held["id"], "items": [{"title": "", "person": "乙二", "deadline": "2026-04-30"}]});
    let error = office.call("meeting.resolve", private).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("required", Some("items.0.title")));
    drop(members);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hours_are_added_up_by_member_and_a_village_matter_goes_through_six_steps() {
    let (office, _, members) = branch().await;
    let lesson = json!({"kinds": ["lesson", "study_day"], "date": "0310", "topic": "党课", "hours": 25});
    let id = office.ok("meeting.save", lesson).await["id"].clone();
    office.ok("meeting.roll", roll(&id, &members, 3)).await;
    let training = json!({"date": "0312", "topic": "县里轮训", "hours": 540, "concentrated": true, "members": [members[0], members[2]]});
    let entry = office.ok("training.save", training).await;
    let table = office.ok("training.table", json!({})).await;
    let row = |table: &Value, name: &str| {
        table["rows"].as_array().unwrap().iter().find(|row| row["name"] == name).unwrap().clone()
    };
    let told =
        |row: Value| (row["sessions"].clone(), row["training"].clone(), row["wanted"].clone(), row["reached"].clone());
    assert_eq!(told(row(&table, "甲一")), (json!(25), json!(540), json!(560), json!(true)));
    assert_eq!(told(row(&table, "乙二")), (json!(25), json!(0), json!(560), json!(false)));
    assert_eq!(told(row(&table, "丙三")), (json!(25), json!(540), json!(320), json!(true)));
    assert_eq!(told(row(&table, "丁四")), (json!(0), json!(0), json!(320), json!(false)));
    assert_eq!(table["rule"]["id"], "hours");
    office.ok("training.drop", json!({"id": entry["id"], "dropped": true})).await;
    assert_eq!(row(&office.ok("training.table", json!({})).await, "甲一")["training"], 0);
    let nobody = json!({"date": TODAY, "topic": "空", "hours": 10, "members": []});
    assert_eq!(office.call("training.save", nobody).await.unwrap_err().field.as_deref(), Some("members"));

    let matter = office.ok("matter.save", json!({"title": "修建文化广场"})).await["id"].clone();
    let step = |step: &str, on: &str, part: Value| {
        let mut input = json!({"id": matter, "step": step, "on": on});
        input.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        input
    };
    office.ok("matter.step", step("proposal", "0301", json!({"note": "支部提议"}))).await;
    office.ok("matter.step", step("consultation", "0303", json!({}))).await;
    office
        .ok("matter.step", step("members_review", "0310", json!({"present": 36, "inFavour": 24, "session": id})))
        .await;
    office.ok("matter.step", step("villagers_resolution", "0308", json!({"present": 37, "inFavour": 24}))).await;
    let row = office.ok("matter.get", json!({"id": matter})).await;
    let at = |n: usize| &row["steps"][n];
    assert_eq!((&at(2)["needed"], &at(2)["carried"], &at(2)["session"]["id"]), (&json!(24), &json!(true), &id));
    assert_eq!((&at(3)["needed"], &at(3)["carried"], &at(3)["outOfOrder"]), (&json!(25), &json!(false), &json!(true)));
    assert_eq!((&row["done"], &at(4)["on"]), (&json!(4), &Value::Null));
    let error = office.call("matter.step", step("members_review", "0310", json!({"present": 3, "inFavour": 4}))).await;
    assert_eq!(error.unwrap_err().code, "votes_exceed");
    office.ok("matter.step", step("villagers_resolution", "", json!({}))).await;
    assert_eq!(office.ok("matter.list", json!({})).await[0]["done"], 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_merged_session_counts_once_in_the_matrix_and_the_figures_of_the_superior() {
    let Line { street, village, .. } = Line::new().await;
    village.ok("member.save", json!({"name": "甲一", "kind": "full"})).await;
    let one = session(&village, json!(["members_meeting"]), "0310", "学习").await;
    let other = session(&village, json!(["members_meeting"]), "0310", "学习").await;
    village.ok("meeting.merge", json!({"keep": one, "merge": other})).await;
    assert_eq!(village.sync().await["delivered"], true);
    let listed = json!({"ledger": "meetings", "year": 2026});
    let merged = |page: &Value| page["rows"].as_array().unwrap().iter().filter(|row| row["state"] == "merged").count();
    street.until("merged.list", listed.clone(), |page| page["total"] == 2 && merged(page) == 1).await;
    let march = |matrix: &Value| matrix["rows"][0]["cells"][2]["count"].clone();
    assert_eq!(march(&street.ok("matrix", json!({"ledger": "meetings"})).await), 1);
    let told = |view: &Value| {
        let rows = view["rows"].as_array().unwrap().iter();
        let meetings = rows.filter(|row| row["metric"] == "members_meeting");
        meetings.map(|row| row["numerator"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(told(&street.ok("snapshot.preview", json!({"year": 2026})).await), [json!(1)]);

    // The other one stays instead.
    village.ok("meeting.unmerge", json!({"id": other})).await;
    village.ok("meeting.merge", json!({"keep": other, "merge": one})).await;
    village.sync().await;
    street.until("merged.list", listed, |page| merged(page) == 1).await;
    assert_eq!(march(&street.ok("matrix", json!({"ledger": "meetings"})).await), 1);
}
