//! January to March: plan, assessment, templates; a back-payment is missed; an admission is examined and voted on.

use serde_json::{Value, json};

use super::months::day;
use super::people::PEOPLE;
use super::{Story, count, live, one};

pub async fn january(story: &mut Story) {
    story.roster().await;
    let Story { computer, neighbour, .. } = &*story;
    for name in ["沈卯四", "何辰五"] {
        let member = json!({"name": name, "kind": "full", "joined": "2000-07", "group": "一组"});
        neighbour.ok("member.save", member).await;
    }

    // 4 党员大会 + 12 支委会 + 12 × 2 党小组会 + 4 党课 + 12 主题党日 + 组织生活会 + 民主评议 + 12 学习日 = 70
    let plan = computer.ok("meeting.plan", json!({"year": 2026})).await;
    assert_eq!(count(&plan["slots"], "state", "open"), 70, "{plan}");
    let entry = |slot: &Value| json!({"kinds": [slot["kind"]], "date": slot["suggested"], "group": slot["group"], "lead": "赵甲一"});
    let entries: Vec<Value> = plan["slots"].as_array().unwrap().iter().map(entry).collect();
    computer.ok("meeting.plan_save", json!({"entries": entries})).await;
    let plan = computer.ok("meeting.plan", json!({"year": 2026})).await;
    assert_eq!((count(&plan["slots"], "state", "planned"), count(&plan["slots"], "state", "open")), (70, 0));

    // 45.00 + 75.02 + 1.00 + 300.00 + 0.20 + 25.00 + 50.00 + 15.00 + 0.20 + 0.20 + 150.00 + 200.00 = 861.62
    let preview = computer.ok("dues.year_preview", story.assessment()).await;
    assert_eq!((preview["monthlyFen"].as_i64(), preview["ready"].as_i64()), (Some(86_162), Some(12)), "{preview}");
    for person in &PEOPLE {
        let row = one(&preview["rows"], "name", person.name);
        assert_eq!(row["monthlyFen"], person.monthly_fen, "{row}");
        if !person.arithmetic.is_empty() {
            assert_eq!(row["arithmetic"], person.arithmetic);
        }
    }
    let assessed = computer.ok("dues.assess_year", story.assessment()).await;
    assert_eq!(assessed, json!({"assessed": 12, "unchanged": 0, "leftOut": 0}));

    // The branch's list of the year: 6 lines once a year, 2 in January, 2 × 4 in the quarters = 16.
    let mut made = computer.ok("template.expand", json!({"id": "branch-year", "period": "2026"})).await;
    assert_eq!(made["entries"].as_array().unwrap().len(), 16, "{made}");
    for entry in made["entries"].as_array_mut().unwrap() {
        entry["person"] = json!("赵甲一");
    }
    let make = json!({"id": "branch-year", "period": "2026", "entries": made["entries"]});
    assert_eq!(computer.ok("template.make", make).await["count"], 16);
    admission_begins(story).await;
    for home in 0..6 {
        let pairing = json!({"household": story.homes[home], "cadre": "赵甲一", "since": "2026-01-04"});
        computer.ok("pairing.save", pairing).await;
    }
    let new_year = json!({"date": "2026-01-04", "kind": "consolation", "occasion": "new_year", "whom": "household",
                          "household": story.homes[2], "participants": ["赵甲一"]});
    computer.ok("visit.save", new_year).await;
    story.together().await;

    story.committee(1, "年度计划").await;
    story.everybody(1).await;
    story.groups(1).await;
    // 861.62 less 300.00, which come by the quarter.
    story.dues(1, 56_162, 11).await;
    let table = story.table(1).await;
    let concern = story.visit(1, &table, 0, Some("村口路灯不亮")).await;
    story.visit(1, &table, 1, None).await;
    live("2026-01-25");
    let choice = json!({"id": concern, "text": "村口路灯不亮"});
    story.laptop.ok("concern.hand_in", json!({"items": [choice]})).await;
    // 制定年度工作计划 and 核定全年党费标准.
    assert_eq!(story.finish(1).await, 2);
    live("2026-01-31");
    story.together().await;
    story.submit(&["2026-01"]).await;
    story.deliver().await;
    story.neighbour_reaches().await;
    // 12 here and 2 next door.
    assert_eq!(story.street.ok("member.below", json!({})).await["total"], 14);

    live("2026-02-05");
    let street = &story.street;
    story.decide("2026-01", true, "").await;
    let handed_in = street.ok("answer.list", json!({})).await;
    let answer =
        json!({"id": handed_in["rows"][0]["id"], "text": "已列入三月维修", "state": "answered", "unit": "供电所"});
    street.ok("answer.save", answer).await;
    let cases = street.ok("admission.cases", json!({})).await;
    assert_eq!((&cases[0]["name"], &cases[0]["code"]), (&json!("蒋寅三"), &json!("pre_examination")), "{cases}");
    street.ok("admission.decide", json!({"step": cases[0]["step"], "passed": true, "on": "2026-02-05"})).await;
    let to = computer.office_id().await;
    street.ok("dispatch.send", json!({"to": [to], "title": "防汛检查", "deadline": "2026-04-10"})).await;
}

/// An application of 2024 that comes to the committee's examination in January.
async fn admission_begins(story: &Story) {
    let applicant = json!({"name": "蒋寅三", "applied": "2024-09-01", "group": "第一党小组", "birthMonth": "1999-03"});
    let id = story.computer.ok("admission.save", applicant).await["id"].clone();
    for (code, on) in [
        ("talk", "2024-09-20"),
        ("activist", "2024-10-10"),
        ("review", "2025-04-08"),
        ("review", "2025-10-08"),
        ("development_object", "2025-11-01"),
    ] {
        story.computer.ok("admission.step", json!({"applicant": id, "code": code, "on": on})).await;
    }
    let training = json!({"applicant": id, "code": "training", "on": "2025-11-20", "days": 3});
    story.computer.ok("admission.step", training).await;
    let ask = json!({"applicant": id, "code": "ask_pre_examination", "on": "2026-01-04"});
    story.computer.ok("admission.step", ask).await;
}

pub async fn february_and_march(story: &Story) {
    let Story { computer, laptop, .. } = story;
    live("2026-02-01");
    let stay = json!({"member": story.id("陈癸十"), "since": "2026-02-01", "region": "某省某市", "place": "电子厂", "fixed": true, "person": "赵甲一"});
    computer.ok("mobile.save", stay).await;
    story.committee(2, "春节慰问").await;
    story.everybody(2).await;
    story.groups(2).await;
    for home in 0..6 {
        let visit = json!({"date": "2026-02-10", "kind": "consolation", "occasion": "spring_festival", "whom": "household",
                           "household": story.homes[home], "participants": ["赵甲一"]});
        laptop.ok("visit.save", visit).await;
    }
    // 561.62 less 1.00 (孙丙三) and 0.20 (陈癸十).
    story.dues(2, 56_042, 9).await;
    story.quiet_evening(2).await;
    story.deliver().await;
    let concerns = computer.ok("concern.list", json!({})).await;
    assert_eq!((&concerns["total"], &concerns["rows"][0]["state"]), (&json!(1), &json!("answered")), "{concerns}");
    let told = json!({"id": concerns["rows"][0]["id"], "note": "已当面告知"});
    computer.ok("concern.tell", told).await;
    // 元旦、春节走访慰问
    assert_eq!(story.finish(2).await, 1);

    month_list(story).await;
    story.committee(3, "发展党员").await;
    let session = story.everybody(3).await;
    votes_on_the_applicant(story, &session).await;
    story.groups(3).await;
    live("2026-03-12");
    for name in ["李丁四", "周戊五", "吴己六", "郑庚七", "王辛八"] {
        let talk = json!({"date": "2026-03-12", "trigger": "ordinary", "member": story.id(name), "by": "赵甲一", "text": "谈心"});
        laptop.ok("talk.save", talk).await;
    }
    // 561.62 less 0.20 (陈癸十), and 3 × 300.00 (李丁四).
    story.dues(3, 146_142, 11).await;
    story.quiet_evening(3).await;
    let stays = computer.ok("mobile.list", json!({})).await;
    computer.ok("mobile.contact", json!({"stay": stays["rows"][0]["id"], "on": "2026-03-20", "note": "电话"})).await;
    // The month's 10, 党员大会 and 党课 of the year's.
    assert_eq!(story.finish(3).await, 12);
    live("2026-03-31");
    let items = computer.ok("checklist.list", json!({"origin": "superior"})).await;
    let signed = json!({"id": items["rows"][0]["id"], "note": "签收", "state": "in_progress", "person": "孙丙三"});
    computer.ok("checklist.progress", signed).await;
    story.together().await;
    march_before_it_is_submitted(story).await;
    story.submit(&["2026-02", "2026-03"]).await;
    story.deliver().await;
}

async fn month_list(story: &Story) {
    live(&day(3, 1));
    let mut made = story.computer.ok("template.expand", json!({"id": "secretary-month", "period": "2026-03"})).await;
    assert_eq!(made["entries"].as_array().unwrap().len(), 10, "{made}");
    for entry in made["entries"].as_array_mut().unwrap() {
        entry["person"] = json!("赵甲一");
    }
    let make = json!({"id": "secretary-month", "period": "2026-03", "entries": made["entries"]});
    assert_eq!(story.computer.ok("template.make", make).await["count"], 10);
}

/// Twelve with a vote are due and eleven are here; the twelfth has written.
async fn votes_on_the_applicant(story: &Story, session: &Value) {
    let vote = json!({"session": session, "rule": "admission", "subject": "讨论接收预备党员", "secret": true, "issued": 11,
                      "returned": 11, "choices": [{"name": "蒋寅三", "inFavour": 10, "against": 1}], "writtenFor": 1});
    let seen = story.computer.ok("vote.check", vote.clone()).await;
    let quorum = &seen["quorum"];
    // More than half of 12 is 7, for opening and for passing.
    assert_eq!(
        (&quorum["due"], &quorum["present"], &quorum["neededToOpen"], &quorum["neededToPass"], &quorum["light"]),
        (&json!(12), &json!(11), &json!(7), &json!(7), &json!("green")),
        "{quorum}"
    );
    // 10 in the hall and 1 in writing.
    assert_eq!((&seen["choices"][0]["inFavourAll"], &seen["choices"][0]["verdict"]), (&json!(11), &json!("passed")));
    story.computer.ok("vote.save", vote).await;
    let list = story.computer.ok("admission.list", json!({})).await;
    let id = list["rows"][0]["id"].clone();
    let votes = json!({"due": 12, "present": 11, "written": 1, "inFavour": 11});
    let step = json!({"applicant": id, "code": "vote", "on": "2026-03-08", "session": session, "votes": votes});
    story.computer.ok("admission.step", step).await;
    story.computer.ok("admission.step", json!({"applicant": id, "code": "ask_approval", "on": "2026-03-08"})).await;
    let items = json!([
        {"title": "修好路灯", "person": "钱乙二", "deadline": "2026-04-30"},
        {"title": "补齐台账", "person": "孙丙三", "deadline": "2026-04-30"},
    ]);
    story.computer.ok("meeting.resolve", json!({"session": session, "items": items})).await;
}

async fn march_before_it_is_submitted(story: &Story) {
    let check = story.computer.ok("month.check", json!({"month": "2026-03"})).await;
    let counts: Vec<u64> =
        check["ledgers"].as_array().unwrap().iter().map(|ledger| ledger["count"].as_u64().unwrap()).collect();
    // Meetings: 4 sessions, 1 vote, 5 talks, 5 planned (支委会, 2 党小组会, 主题党日, 学习日; 大会 and 党课 were planned for
    // January) = 15.
    // Dues: 10 of one month each and 3 of the quarter = 13. Visits: a table and two households = 3.
    // Items: 12 due in March; steps: 12 finished, 1 signed for, the vote and the asking of the admission; contacts are on
    // the roster: 12 + 13 + 2 = 27.
    assert_eq!(counts, [15, 13, 3, 27], "{check}");
    let gaps: Vec<(&Value, &Value)> = check["ledgers"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|ledger| ledger["gaps"].as_array().unwrap())
        .map(|gap| (&gap["code"], &gap["count"]))
        .collect();
    // 陈癸十 has not paid for March.
    assert_eq!(gaps, [(&json!("dues_unpaid"), &json!(1))], "{check}");
    // 防汛检查 is due in April.
    assert_eq!((&check["openCount"], &check["conflicts"]), (&json!(0), &json!(0)), "{check}");
}
