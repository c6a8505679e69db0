//! October to December: trainings, three concerns, the appraisal, the second remittance, the last months handed in.

use serde_json::{Value, json};

use super::months::hold;
use super::{Story, live, one};

pub async fn october_to_december(story: &Story) {
    let Story { computer, laptop, street, .. } = story;
    story.committee(10, "集中轮训").await;
    story.everybody(10).await;
    story.groups(10).await;
    live("2026-10-12");
    for month in ["2026-07", "2026-08", "2026-09"] {
        story.decide(month, true, "").await;
    }
    let waiting = street.ok("decide.list", json!({"kind": "item"})).await;
    street.ok("dispatch.decide", json!({"id": waiting["rows"][0]["target"], "accept": true})).await;
    let coming = street.ok("transfer.waiting", json!({})).await;
    street.ok("transfer.told", json!({"id": one(&coming, "name", "沈卯四")["id"]})).await;
    // 584.62 without 0.20 (冯壬九), with 0.20 (陈癸十) and 0.50 (沈卯四).
    story.dues(10, 58_512, 12).await;
    live("2026-10-16");
    train(story, 400, true, &["赵甲一", "钱乙二", "孙丙三"]).await;
    let table = story.table(10).await;
    let mut concerns = Vec::new();
    for home in 0..3 {
        concerns.push(story.visit(10, &table, home, Some("灌溉水渠渗漏")).await);
    }
    live("2026-10-25");
    let up = |id: &Value| json!({"id": id, "text": "灌溉水渠渗漏"});
    laptop.ok("concern.hand_in", json!({"items": [up(&concerns[0]), up(&concerns[1])]})).await;
    // What was handed in is a record of its own, in the book for above.
    let list = laptop.ok("concern.list", json!({"state": "handed_in", "text": "水渠", "limit": 100})).await;
    assert_eq!(list["total"], 2, "{list}");
    let mended = json!({"id": list["rows"][0]["id"], "note": "已修补", "close": true});
    laptop.ok("concern.progress", mended).await;
    let aid = json!({"subject": story.homes[5], "on": "2026-10-25", "reason": "住院", "askedFen": 500_000, "state": "granted",
                     "grantedFen": 300_000, "decision": "支委会同意", "decidedOn": "2026-10-25"});
    laptop.ok("aid.save", aid).await;
    assert_eq!(story.finish(10).await, 0);

    story.committee(11, "述职准备").await;
    story.everybody(11).await;
    story.groups(11).await;
    live("2026-11-12");
    let all =
        ["赵甲一", "钱乙二", "孙丙三", "李丁四", "吴己六", "郑庚七", "王辛八", "褚子一", "卫丑二", "蒋寅三", "沈卯四"];
    train(story, 40, false, &all).await;
    // 585.12 less 0.20 (周戊五), in December too, with 3 × 300.00.
    story.dues(11, 58_492, 11).await;
    story.quiet_evening(11).await;
    assert_eq!(story.finish(11).await, 0);
    live("2026-12-01");
    let stay = computer.ok("mobile.list", json!({})).await["rows"][0].clone();
    let mut back = json!({"until": "2026-12-01"});
    for field in ["id", "member", "since", "region", "place", "fixed", "person"] {
        back[field] = stay[field].clone();
    }
    computer.ok("mobile.save", back).await;
    story.committee(12, "年度总结").await;
    story.everybody(12).await;
    story.groups(12).await;
    story.dues(12, 148_492, 12).await;
    story.quiet_evening(12).await;
    appraisal(story).await;
    // 党员大会, 党课, 公布党费收缴情况, 组织生活会; the secretary's report is left.
    assert_eq!(story.finish(12).await, 4);
    // July to December: 634.62 + 584.62 + 1,486.22 + 585.12 + 584.92 + 1,484.92 = 5,360.42, half of it up and half stays.
    let remit = json!({"fromMonth": "2026-07", "toMonth": "2026-12", "amountFen": 268_021, "retainedFen": 268_021, "slip": "0003"});
    computer.ok("dues.remit", remit).await;
    live("2026-12-31");
    story.together().await;
    story.submit(&["2026-10", "2026-11", "2026-12"]).await;
    story.deliver().await;
    // A sheet is signed before a session begins: that 沈卯四 was taken in elsewhere is heard in the first one.
    for _ in 0..2 {
        story.neighbour_reaches().await;
    }
}

async fn train(story: &Story, hours: u32, concentrated: bool, names: &[&str]) {
    let members: Vec<&Value> = names.iter().map(|name| story.id(name)).collect();
    let date = if concentrated { "2026-10-16" } else { "2026-11-12" };
    let entry =
        json!({"date": date, "topic": "县里培训", "hours": hours, "concentrated": concentrated, "members": members});
    story.computer.ok("training.save", entry).await;
}

/// Twelve full members: four may be 优秀. The fifth is told and kept, until one is graded otherwise.
async fn appraisal(story: &Story) {
    let session =
        json!({"kinds": ["organization_life", "appraisal"], "date": "2026-12-20", "topic": "民主评议", "talks": 12});
    let id = hold(&story.computer, session, &[("周戊五", "excused")]).await;
    let grade = |name: &str, grade: &str| json!({"member": story.id(name), "grade": grade});
    let mut grades: Vec<Value> =
        ["赵甲一", "钱乙二", "孙丙三", "褚子一", "卫丑二"].iter().map(|name| grade(name, "excellent")).collect();
    for name in ["李丁四", "周戊五", "吴己六", "郑庚七", "王辛八", "陈癸十", "沈卯四"] {
        grades.push(grade(name, "qualified"));
    }
    let counts = |view: &Value| ["full", "excellent", "most"].map(|field| view[field].as_u64().unwrap());
    let told = story.computer.ok("appraisal.save", json!({"id": id, "grades": grades})).await;
    assert_eq!((counts(&told), &told["over"]), ([12, 5, 4], &json!(true)), "{told}");
    let refused =
        story.computer.call("appraisal.save", json!({"id": id, "grades": [grade("蒋寅三", "qualified")]})).await;
    assert_eq!(refused.unwrap_err().code, "not_graded", "on probation");
    let other = json!({"id": id, "grades": [grade("卫丑二", "qualified")]});
    let told = story.computer.ok("appraisal.save", other).await;
    assert_eq!((counts(&told), &told["over"]), ([12, 4, 4], &json!(false)));
}
