//! A branch with a quarter's work behind it: what every sheet is made of. Every number is chosen so that it can be added up by
//! hand.

use scenarios::Device;
use scenarios::stage::Line;
use serde_json::{Value, json};

/// A branch below a street, with its members in the order of their names.
pub struct Village {
    pub street: Device,
    pub village: Device,
    _department: Device,
}

/// 李丁四 (farmer), 钱乙二 (salaried, committee), 孙丙三 (farmer), 赵甲一 (secretary, salaried), 周戊五 (on probation, student).
struct Members {
    li: Value,
    qian: Value,
    sun: Value,
    zhao: Value,
    zhou: Value,
}

pub async fn village() -> Village {
    let Line { department, street, village } = Line::new().await;
    let members = members(&village).await;
    dues(&village, &members).await;
    meetings(&village, &members).await;
    matter(&village).await;
    visits(&village).await;
    items(&street, &village).await;
    Village { street, village, _department: department }
}

async fn members(village: &Device) -> Members {
    let mut ids = Vec::new();
    for (name, kind, joined, posts) in [
        ("李丁四", "full", "2001-07", json!([])),
        ("钱乙二", "full", "2001-07", json!(["organization"])),
        ("孙丙三", "full", "2001-07", json!([])),
        ("赵甲一", "full", "2001-07", json!(["secretary"])),
        ("周戊五", "probationary", "2026-03-02", json!([])),
    ] {
        let member = json!({"name": name, "kind": kind, "joined": joined, "posts": posts, "group": "第一党小组"});
        ids.push(village.ok("member.save", member).await["id"].clone());
    }
    let [li, qian, sun, zhao, zhou] = <[Value; 5]>::try_from(ids).unwrap();
    Members { li, qian, sun, zhao, zhou }
}

/// A month: 45.00 + 75.02 + 1.00 + 1.00, and 0.20 from March on. 孙丙三 is relieved from February on.
async fn dues(village: &Device, of: &Members) {
    let rows = json!([
        {"member": of.zhao, "class": "salaried", "baseFen": 450_000},
        {"member": of.qian, "class": "salaried", "baseFen": 500_100},
        {"member": of.sun, "class": "farmer", "fixedFen": 100},
        {"member": of.li, "class": "farmer", "fixedFen": 100},
        {"member": of.zhou, "class": "student"},
    ]);
    village.ok("dues.assess_year", json!({"year": 2026, "rows": rows})).await;
    let relief = json!({"member": of.sun, "fromMonth": "2026-02", "monthlyFen": 0, "decidedOn": "2026-01-20", "approvedOn": "2026-02-05"});
    village.ok("dues.relief", relief).await;
    let pay = |member: &Value, month: &str, fen: i64| json!({"member": member, "month": month, "amountFen": fen});
    // January of all four: 122.02. February of two: 120.02. A back-payment for last December: 1.00.
    let entries = json!([
        pay(&of.zhao, "2026-01", 4_500),
        pay(&of.qian, "2026-01", 7_502),
        pay(&of.sun, "2026-01", 100),
        pay(&of.li, "2026-01", 100),
        pay(&of.zhao, "2026-02", 4_500),
        pay(&of.qian, "2026-02", 7_502),
        pay(&of.li, "2025-12", 100),
    ]);
    village.ok("dues.collect", json!({"on": "2026-02-26", "entries": entries})).await;
}

async fn roll(village: &Device, id: &Value, marks: Value) {
    village.ok("meeting.roll", json!({"id": id, "marks": marks, "close": true})).await;
}

/// A committee meeting in January, a members' meeting of two kinds with a vote in March, and one that was entered twice.
async fn meetings(village: &Device, of: &Members) {
    let committee = json!({"date": "2026-01-15", "kinds": ["committee_meeting"], "topic": "研究全年计划", "start": "19:30",
        "place": "村部", "chair": "赵甲一", "recorder": "钱乙二", "minutes": "赵甲一通报情况。\n钱乙二提出两点建议。",
        "resolution": "同意全年计划。"});
    let id = village.ok("meeting.save", committee).await["id"].clone();
    let present = |member: &Value| json!({"member": member, "mark": "present"});
    roll(village, &id, json!([present(&of.zhao), present(&of.qian)])).await;

    let members = json!({"date": "2026-03-10", "kinds": ["members_meeting", "theme_day"], "topic": "=审议村级事项", "place": "村部会议室",
        "chair": "赵甲一", "recorder": "钱乙二", "minutes": "与会党员逐一发言。", "resolution": "会议通过道路硬化方案。", "hours": 20});
    let id = village.ok("meeting.save", members.clone()).await["id"].clone();
    let marks = json!([present(&of.zhao), present(&of.qian), present(&of.li),
        {"member": of.sun, "mark": "excused", "reason": "外出务工"}, {"member": of.zhou, "mark": "absent"}]);
    roll(village, &id, marks).await;
    let vote = json!({"session": id, "rule": "ordinary", "subject": "道路硬化方案", "secret": false,
        "choices": [{"name": "", "inFavour": 3, "against": 0, "abstain": 0}]});
    village.ok("vote.save", vote).await;
    let dropped =
        json!({"session": id, "rule": "ordinary", "subject": "写错的表决", "choices": [{"name": "", "inFavour": 1}]});
    let dropped = village.ok("vote.save", dropped).await;
    village.ok("vote.drop", json!({"id": dropped["id"], "dropped": true})).await;

    let twice = village.ok("meeting.save", members).await["id"].clone();
    village.ok("meeting.merge", json!({"keep": id, "merge": twice})).await;
}

async fn matter(village: &Device) {
    let matter = village.ok("matter.save", json!({"title": "村道硬化"})).await["id"].clone();
    for (step, on, note) in [
        ("proposal", "2026-02-20", ""),
        ("members_review", "2026-03-10", ""),
        ("resolution_published", "2026-03-12", "村务公开栏张贴七天"),
    ] {
        village.ok("matter.step", json!({"id": matter, "step": step, "on": on, "note": note})).await;
    }
}

/// An evening with one household, and a visit to another: names that never leave the village.
async fn visits(village: &Device) {
    let table = json!({"date": "2026-03-03", "kind": "round_table", "publicPlace": true, "participants": ["赵甲一", "钱乙二"],
        "place": "村部", "start": "1930", "recorder": "钱乙二", "unit": "县水利局"});
    let table = village.ok("visit.save", table).await["id"].clone();
    let household = json!({"date": "2026-03-03", "kind": "household", "table": table, "participants": ["赵甲一"],
        "recorder": "赵甲一", "situation": ["elderly", "difficulty"], "situationText": "老人一人在家",
        "newHousehold": {"name": "吴己六", "door": "3-1", "phone": "13900000001"},
        "concern": {"category": "roads", "text": "屋后水沟堵塞", "privateNote": "家里有病人", "nextStep": "报街道",
                    "owner": "赵甲一", "deadline": "2026-03-31"}});
    village.ok("visit.save", household).await;
    let other = json!({"date": "2026-01-08", "kind": "household", "participants": ["钱乙二"], "place": "二组", "situation": ["normal"],
        "newHousehold": {"name": "郑庚七", "door": "4-2"}});
    village.ok("visit.save", other).await;
}

/// Two rectifications of the branch's own, one done and accepted; and one item from above that was accepted.
async fn items(street: &Device, village: &Device) {
    let item = |title: &str, problem: &str, deadline: &str| {
        json!({"title": title, "origin": "rectification", "problem": problem, "measure": "专人负责", "leader": "赵甲一",
               "person": "钱乙二", "deadline": deadline})
    };
    let done = village.ok("checklist.save", item("规范会议记录", "记录不及时", "2026-03-15")).await["id"].clone();
    village.ok("checklist.save", item("=1+1", "台账不全", "2026-04-30")).await;
    let step =
        |id: &Value, note: &str, state: &str, on: &str| json!({"id": id, "note": note, "state": state, "on": on});
    village.ok("checklist.progress", step(&done, "已补齐一季度记录", "in_progress", "2026-03-02")).await;
    village.ok("checklist.progress", step(&done, "支委会核对无误", "done", "2026-03-14")).await;
    let accept = json!({"id": done, "accept": true, "person": "孙丙三", "on": "2026-03-16", "note": "记录齐全"});
    village.ok("checklist.accept", accept).await;

    let office = village.office_id().await;
    street.ok("dispatch.send", json!({"to": [office], "title": "防汛检查", "deadline": "2026-04-10"})).await;
    village.sync().await;
    let sent = village.ok("checklist.list", json!({"origin": "superior"})).await["rows"][0]["id"].clone();
    let step = json!({"id": sent, "note": "已排查", "state": "done", "person": "钱乙二", "on": "2026-03-18"});
    village.ok("checklist.progress", step).await;
    village.sync().await;
    street.until("decide.list", json!({"kind": "item"}), |waiting| waiting["total"] == 1).await;
    street.ok("dispatch.decide", json!({"id": sent, "accept": true, "note": "属实"})).await;
    village.sync().await;
    village.until("checklist.get", json!({"id": sent}), |row| row["state"] == "accepted").await;
}
