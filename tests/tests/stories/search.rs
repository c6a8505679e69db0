//! 搜索: one field for everything, by characters, pinyin, initials, days and amounts; and nothing that the person may not see.

use scenarios::Device;
use scenarios::stage::{Line, round_table};
use serde_json::{Value, json};

async fn titles(device: &Device, text: &str) -> Vec<String> {
    let hits = device.ok("search", json!({"text": text})).await;
    hits.as_array().unwrap().iter().map(|hit| hit["title"].as_str().unwrap().to_owned()).collect()
}

async fn types(device: &Device, text: &str) -> Vec<String> {
    let hits = device.ok("search", json!({"text": text})).await;
    let mut types: Vec<String> =
        hits.as_array().unwrap().iter().map(|hit| hit["rtype"].as_str().unwrap().to_owned()).collect();
    types.sort();
    types
}

/// A village's evening: a household with a concern, a session, a member who paid, an item.
async fn record(village: &Device) -> Value {
    let member = json!({"name": "吕张三", "kind": "full", "posts": ["secretary"], "group": "一组"});
    let member = village.ok("member.save", member).await;
    let visit = json!({
        "date": "0305", "kind": "household", "participants": ["赵甲一"], "situationText": "老井边的路灯坏了",
        "newHousehold": {"name": "钱乙二", "door": "3-1", "phone": "13900000001"},
        "concern": {"category": "roads", "text": "路灯坏了", "privateNote": "家里有病人", "nextStep": "报修",
                    "owner": "赵甲一", "deadline": "2026-03-31"},
    });
    let visit = village.ok("visit.save", visit).await;
    let session =
        json!({"kinds": ["members_meeting"], "date": "0310", "topic": "春耕安排", "minutes": "会上谈到水渠清淤"});
    village.ok("meeting.save", session).await;
    let item = json!({"title": "清淤工程", "origin": "own", "person": "孙丁四", "deadline": "2026-04-30"});
    village.ok("checklist.save", item).await;
    let due = json!({"member": member["id"], "fromMonth": "2026-01", "class": "salaried", "baseFen": 450_000});
    village.ok("dues.assess", due).await;
    visit
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_part_of_a_text_is_found_however_it_is_typed() {
    let village = Device::with_office("示范一村", "branch").await;
    record(&village).await;
    for typed in ["灯", "路灯", "井边的路", "ludeng", "lude", "ljbd", "老井 坏了"] {
        assert!(titles(&village, typed).await.iter().any(|title| title.contains("路灯")), "{typed}");
    }
    for typed in ["吕", "张三", "lvzhangsan", "lvz", "lzs"] {
        assert!(titles(&village, typed).await.contains(&"吕张三".to_owned()), "{typed}");
    }
    assert_eq!(
        titles(&village, "水渠").await,
        ["会上谈到水渠清淤"],
        "what is deep in the minutes is shown where it stands"
    );
    assert_eq!(types(&village, "清淤").await, ["item", "session"]);
    assert_eq!(types(&village, "孙丁四").await, ["item"], "people who are named");
    for typed in ["钱乙二", "qye", "3-1", "1390000"] {
        assert!(types(&village, typed).await.contains(&"household".to_owned()), "{typed}");
    }
    assert_eq!(types(&village, "病人").await, ["kept_concern"]);
    for typed in ["0310", "3月10日", "2026-03-10"] {
        assert!(types(&village, typed).await.contains(&"session".to_owned()), "{typed}");
    }
    for typed in ["45", "45.00", "45元"] {
        assert!(types(&village, typed).await.contains(&"dues_assessment".to_owned()), "4,500 × 1% = 45.00: {typed}");
    }
    for typed in ["", "  ", "\"", "*) OR (", "没有这个词"] {
        assert_eq!(titles(&village, typed).await, Vec::<String>::new(), "{typed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_changed_or_erased_is_found_as_it_is_now() {
    let village = Device::with_office("示范一村", "branch").await;
    let saved = village.visit("祠堂").await;
    assert_eq!(types(&village, "祠堂").await, ["visit"]);
    let mut moved = round_table("村部");
    moved["id"] = saved["id"].clone();
    village.ok("visit.save", moved).await;
    assert_eq!(types(&village, "祠堂").await, Vec::<String>::new());
    assert_eq!(types(&village, "cunbu").await, ["visit"]);
    record(&village).await;
    let household = village.ok("household.list", json!({})).await["rows"][0]["id"].clone();
    village.ok("household.erase", json!({"id": household})).await;
    for typed in ["钱乙二", "qianyi", "病人"] {
        assert_eq!(titles(&village, typed).await, Vec::<String>::new(), "{typed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_finds_what_is_not_his() {
    let Line { department, street, village } = Line::new().await;
    record(&village).await;
    assert_eq!(village.sync().await["delivered"], true);
    street.until("merged.list", json!({"ledger": "visits"}), |page| page["total"] == 1).await;
    let hits = street.ok("search", json!({"text": "路灯"})).await;
    assert_eq!((&hits[0]["officeName"], &hits[0]["rtype"]), (&json!("示范一村"), &json!("visit")), "{hits}");
    for typed in ["钱乙二", "病人", "13900000001"] {
        assert_eq!(titles(&street, typed).await, Vec::<String>::new(), "{typed} stays in the village");
        assert_eq!(titles(&department, typed).await, Vec::<String>::new());
    }
    assert_eq!(titles(&department, "路灯").await, Vec::<String>::new());

    let hidden = json!({"name": "王甲一", "pin": "2468", "hidden": ["households", "dues", "organisation"]});
    village.ok("profile.save", json!({"name": "李乙二", "pin": "1357"})).await;
    let wang = village.ok("profile.save", hidden).await;
    village.node.call_from("a", "profile.choose", None, json!({"id": wang["id"], "pin": "2468"})).await.unwrap();
    let of = |text: &'static str| {
        let node = village.node.clone();
        async move { node.call_from("a", "search", None, json!({"text": text})).await.unwrap() }
    };
    for typed in ["钱乙二", "病人", "45.00"] {
        assert_eq!(of(typed).await, json!([]), "{typed} is hidden from this profile");
    }
    assert_eq!(of("路灯").await.as_array().map(Vec::len), Some(1), "the visit itself is everybody's");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_that_is_sealed_is_looked_through_as_it_opens_here() {
    let village = Device::with_office("示范一村", "branch").await;
    let visit = record(&village).await;
    let home = village.ok("household.list", json!({})).await["rows"][0]["id"].clone();
    let member = village.ok("member.list", json!({})).await["rows"][0]["id"].clone();
    village
        .ok("pairing.save", json!({"household": home, "cadre": "周丙三", "note": "独居老人", "since": "0301"}))
        .await;
    village.ok("aid.save", json!({"subject": home, "on": "0302", "reason": "大病住院", "state": "asked"})).await;
    village.ok("care.save", json!({"subject": member, "whom": "household", "reason": "伤残军人"})).await;
    let talk = json!({"date": "0305", "trigger": "ordinary", "member": member, "by": "赵甲一", "place": "村部", "text": "想学电商", "followUp": "请人来教"});
    village.ok("talk.save", talk).await;
    village.ok("member.private_save", json!({"id": member, "phone": "13900000077"})).await;
    let pay = json!({"member": member, "month": "2026-01", "amountFen": 4_500, "way": "relative", "handedBy": "吴戊五", "consent": true});
    village.ok("dues.collect", json!({"entries": [pay]})).await;
    for (typed, rtype) in [
        ("路灯坏了", "kept_concern"),
        ("dianshang", "talk_note"),
        ("请人来教", "talk_note"),
        ("独居", "pairing"),
        ("周丙三", "pairing"),
        ("住院", "aid"),
        ("军人", "care"),
        ("00000077", "member_private"),
        ("wuwuwu", "dues_handed_in"),
    ] {
        assert!(types(&village, typed).await.contains(&rtype.to_owned()), "{typed}");
    }
    let hits = village.ok("search", json!({"text": "00000077"})).await;
    assert_eq!(
        (&hits[0]["title"], &hits[0]["target"]),
        (&json!("吕张三"), &member),
        "whose it is, never the number: {hits}"
    );
    assert!(
        types(&village, "139").await.iter().all(|rtype| rtype != "member_private"),
        "three digits are in every phone"
    );
    // Handed in, its note is found still, and what is opened is what was handed in.
    let kept = visit["concernIds"].as_array().and_then(|all| all.first()).cloned();
    let kept = match kept {
        Some(id) => id,
        None => village.ok("concern.list", json!({})).await["rows"][0]["id"].clone(),
    };
    village.ok("concern.hand_in", json!({"items": [{"id": kept, "text": "村口路灯不亮"}]})).await;
    let hits = village.ok("search", json!({"text": "病人"})).await;
    assert_eq!((&hits[0]["rtype"], &hits[0]["targetType"]), (&json!("kept_concern"), &json!("concern")), "{hits}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_is_shown_among_sixty_households_of_one_name() {
    let village = Device::with_office("示范一村", "branch").await;
    village.ok("member.save", json!({"name": "张三", "kind": "full"})).await;
    for number in 0..60 {
        village.ok("household.save", json!({"name": format!("张户{number}"), "door": format!("{number}-1")})).await;
    }
    for typed in ["张", "zhang"] {
        let found = types(&village, typed).await;
        assert_eq!(found.len(), 20, "{typed}");
        assert_eq!(found.iter().filter(|rtype| *rtype == "member").count(), 1, "{typed}: {found:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn branches_below_a_general_branch_are_looked_through_at_the_committee() {
    let Line { department, street, village } = Line::new().await;
    let general = Device::below(&street, "示范总支", "general-branch").await;
    general.serve().await;
    let branch = Device::below(&general, "示范三支部", "branch").await;
    branch.ok("member.save", json!({"name": "赵甲一", "kind": "full"})).await;
    branch.ok("meeting.save", json!({"kinds": ["members_meeting"], "date": "0310", "topic": "春耕安排"})).await;
    branch.sync().await;
    general.until("search", json!({"text": "春耕"}), |hits| hits.as_array().is_some_and(|hits| !hits.is_empty())).await;
    general.sync().await;
    street.until("search", json!({"text": "春耕"}), |hits| hits.as_array().is_some_and(|hits| !hits.is_empty())).await;
    drop((department, village));
}
