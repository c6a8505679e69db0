//! July to September: another base, extras, the first remittance, a month that comes back, somebody goes and somebody comes.

use serde_json::{Value, json};

use super::{Story, live, one};

pub async fn july_and_august(story: &Story) {
    let Story { computer, street, neighbour, .. } = story;
    live("2026-07-01");
    let change = json!({"member": story.id("赵甲一"), "fromMonth": "2026-07", "class": "salaried", "baseFen": 520_000});
    let changed = computer.ok("dues.assess", change).await;
    assert_eq!((&changed["monthlyFen"], &changed["arithmetic"]), (&json!(7_800), &json!("5,200.00 × 1.5% = 78.00")));
    let extra = |name: &str, fen: i64| json!({"member": story.id(name), "amountFen": fen, "extra": true});
    computer.ok("dues.collect", json!({"entries": [extra("郑庚七", 5_000), extra("卫丑二", 100_000)]})).await;
    live("2026-07-02");
    for month in ["2026-04", "2026-06"] {
        story.decide(month, true, "").await;
    }
    story.decide("2026-05", false, "支委会缺议题").await;
    story.committee(7, "上半年小结").await;
    // 561.62 + 560.42 + 1,461.42 + 561.42 + 0.40 + 552.62 + 1,451.62 = 5,149.52, half of it up and half stays.
    let remit = json!({"fromMonth": "2026-01", "toMonth": "2026-06", "amountFen": 257_476, "retainedFen": 257_476, "slip": "0001"});
    computer.ok("dues.remit", remit).await;
    let centre = json!({"fromMonth": "2026-07", "amountFen": 100_000, "slip": "0002", "centre": true});
    computer.ok("dues.remit", centre).await;
    let sheet = computer.ok("dues.remittances", json!({"year": 2026})).await;
    // The extra of 50.00 is left.
    assert_eq!((&sheet["ordinary"]["inHandFen"], &sheet["centre"]["inHandFen"]), (&json!(5_000), &json!(0)), "{sheet}");
    live("2026-07-06");
    let out = json!({"member": story.id("冯壬九"), "place": "示范二村", "letter": "2026-7"});
    computer.ok("transfer.out", out).await;
    story.everybody(7).await;
    for (title, done) in [("河道清理", true), ("档案整理", false)] {
        let items = computer.ok("checklist.list", json!({"origin": "superior"})).await;
        let id = &one(&items["rows"], "title", title)["id"];
        let step = |note: &str, state: &str| json!({"id": id, "note": note, "state": state, "person": "孙丙三"});
        computer.ok("checklist.progress", step("签收", "in_progress")).await;
        if done {
            computer.ok("checklist.progress", step("已清理", "done")).await;
        }
    }
    story.groups(7).await;
    story.deliver().await;
    let list = neighbour.ok("member.list", json!({"text": "沈卯四"})).await;
    let coming = json!({"member": list["rows"][0]["id"], "place": "示范一村", "letter": "2026-12"});
    neighbour.ok("transfer.out", coming).await;
    story.neighbour_reaches().await;

    live("2026-07-12");
    for (name, to) in [("冯壬九", neighbour), ("沈卯四", computer)] {
        let waiting = street.ok("transfer.waiting", json!({})).await;
        let id = &one(&waiting, "name", name)["id"];
        street.ok("transfer.pass", json!({"id": id, "to": to.office_id().await})).await;
    }
    // 13 here and 2 next door, however late they hear of it.
    let below = street.ok("member.below", json!({})).await;
    assert_eq!((&below["total"], &below["moving"]), (&json!(15), &json!(2)), "{below}");
    may_again(story).await;
    live("2026-07-15");
    story.decide("2026-05", true, "").await;
    let waiting = street.ok("decide.list", json!({"kind": "item"})).await;
    assert_eq!(waiting["rows"][0]["title"], "河道清理", "{waiting}");
    let back = json!({"id": waiting["rows"][0]["target"], "accept": false, "note": "请补东段"});
    street.ok("dispatch.decide", back).await;

    // 551.62 and 33.00 more by the new base; 李丁四 by the quarter.
    story.dues(7, 58_462, 11).await;
    story.quiet_evening(7).await;
    assert_eq!(story.finish(7).await, 1, "七一走访慰问");
    story.committee(8, "防汛").await;
    story.everybody(8).await;
    story.groups(8).await;
    story.dues(8, 58_462, 11).await;
    story.quiet_evening(8).await;
    assert_eq!(story.finish(8).await, 0);
    arrears_of_august(story).await;
}

/// May came back for want of a topic: one row is corrected, and it goes up again.
async fn may_again(story: &Story) {
    let computer = &story.computer;
    let check = computer.ok("month.check", json!({"month": "2026-05"})).await;
    assert_eq!((&check["state"], &check["submission"]["different"]), (&json!("returned"), &json!(0)), "{check}");
    let list = computer.ok("meeting.list", json!({"year": 2026, "limit": 100})).await;
    let of_may = one(&list["rows"], "date", "2026-05-05");
    let topic = json!({"id": of_may["id"], "kinds": ["committee_meeting"], "date": "2026-05-05", "topic": "防火"});
    computer.ok("meeting.save", topic).await;
    let check = computer.ok("month.check", json!({"month": "2026-05"})).await;
    assert_eq!(check["submission"]["different"], 1);
    story.submit(&["2026-05"]).await;
    story.deliver().await;
}

async fn arrears_of_august(story: &Story) {
    let arrears = story.computer.ok("dues.arrears", json!({})).await;
    let told = |name: &str| {
        let row = one(&arrears["rows"], "name", name);
        ["owedFen", "run"].map(|field| row[field].as_i64().unwrap()).to_vec()
    };
    // 陈癸十: February to August, 7 × 0.20; six whole months up to July. 李丁四: July and August, the quarter is not over.
    assert_eq!((told("陈癸十"), told("李丁四")), (vec![140, 6], vec![60_000, 1]), "{arrears}");
    assert_eq!(arrears["owedFen"], 60_140);
    let reminded: Vec<&Value> = arrears["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["remind"] == true)
        .map(|row| &row["name"])
        .collect();
    assert_eq!(reminded, ["陈癸十"]);
    let row = story.computer.ok("member.get", json!({"id": story.id("陈癸十")})).await;
    assert_eq!((&row["kind"], &row["votes"]), (&json!("full"), &json!(true)), "a rule changes no status");
    let stay = story.computer.ok("mobile.list", json!({})).await["rows"][0].clone();
    // Away since 1 February at a fixed place; the last contact was on 20 March.
    assert!(stay["transferRule"].is_object() && stay["lostRule"].is_null(), "{stay}");
}

pub async fn september(story: &mut Story) {
    let Story { computer, laptop, street, neighbour, .. } = &*story;
    story.committee(9, "秋收").await;
    let talk = json!({"date": "2026-09-05", "trigger": "difficulty", "member": story.id("王辛八"), "by": "赵甲一", "text": "谈困难"});
    laptop.ok("talk.save", talk).await;
    story.everybody(9).await;
    story.groups(9).await;
    // 584.62, eight months of 0.20 (陈癸十) and 3 × 300.00.
    story.dues(9, 148_622, 13).await;
    live("2026-09-18");
    story.neighbour_reaches().await;
    let arriving = neighbour.ok("transfer.list", json!({})).await;
    let id = &one(&arriving["rows"], "name", "冯壬九")["id"];
    neighbour.ok("transfer.accept", json!({"id": id, "group": "一组"})).await;
    story.neighbour_reaches().await;
    assert_eq!(street.ok("member.below", json!({})).await["total"], 15);
    story.quiet_evening(9).await;
    street.ok("transfer.told", json!({"id": id})).await;
    assert_eq!(story.finish(9).await, 2, "党员大会 and 党课");

    live("2026-09-30");
    let stay = computer.ok("mobile.list", json!({})).await["rows"][0].clone();
    assert!(stay["lostRule"].is_object(), "no contact since 20 March: {stay}");
    computer.ok("mobile.contact", json!({"stay": stay["id"], "on": "2026-09-30", "note": "电话"})).await;
    assert_eq!(computer.ok("mobile.list", json!({})).await["rows"][0]["lostRule"], Value::Null);
    assert_eq!(computer.ok("member.list", json!({})).await["total"], 13);
    story.deliver().await;
    assert_eq!(computer.ok("member.list", json!({})).await["total"], 12);
    let gone = computer.ok("member.past", json!({"on": "2026-09-17"})).await;
    assert_eq!(gone["total"], 13, "taken in by the other on 18 September, whenever that was told: {gone}");
    let arriving = computer.ok("transfer.list", json!({})).await;
    let id = &one(&arriving["rows"], "name", "沈卯四")["id"];
    let saved = computer.ok("transfer.accept", json!({"id": id, "group": "第二党小组"})).await;
    let member = saved["id"].clone();
    let assess = json!({"member": member, "fromMonth": "2026-10", "class": "farmer", "fixedFen": 50});
    computer.ok("dues.assess", assess).await;
    let items = computer.ok("checklist.list", json!({"origin": "superior", "state": "returned"})).await;
    assert_eq!(items["rows"][0]["title"], "河道清理", "{items}");
    let again = json!({"id": items["rows"][0]["id"], "note": "东段已清理", "state": "done", "person": "孙丙三"});
    computer.ok("checklist.progress", again).await;
    story.submit(&["2026-07", "2026-08", "2026-09"]).await;
    story.deliver().await;
    assert_eq!(street.ok("member.below", json!({})).await["total"], 15);
    story.members.insert("沈卯四".to_owned(), member);
}
