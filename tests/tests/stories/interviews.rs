//! 党建约谈 across a year's end, as the source tells it: a round in December, what was found becomes a list with the interview's
//! day, and two months from 31 December end on the last of February.

use scenarios::Device;
use serde_json::{Value, json};

use crate::rounds::{Three, act, all, live, meet, refused, sound, state};

const PACK: &str = r#"version = "河东 1"
valid_from = "2026-03-01"
citation = "河东街道〔2026〕3号"
[[flow_patch]]
id = "rectification"
citation = "河东街道〔2026〕3号:从列入清单之日起三个月"
[[flow_patch.deadline]]
id = "two_months"
from = "list"
months = 3
"#;

async fn find(street: &Device, interview: &Value, topic: &str, note: &str) {
    act(street, interview, "find", json!({"note": note, "data": {"topic": topic}})).await;
}

fn unit<'a>(round: &'a Value, name: &str) -> &'a Value {
    let units = round["units"].as_array().unwrap();
    units.iter().find(|unit| unit["item"]["officeName"] == name).unwrap_or_else(|| panic!("no {name} in {round}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_interview_on_the_last_of_december_found_is_due_on_the_last_of_february() {
    let names = ["示范一村", "示范二村", "示范三村"];
    let three = Three::on("2025-12-15", &names).await;
    let street = &three.street;
    let mut ids = Vec::new();
    for village in &three.villages {
        ids.push(village.office_id().await);
    }

    // Two units are too few, and the round says which rule; the third makes it whole. Put in twice, a unit is in once.
    let plan = json!({"month": "2025-12", "on": "2025-12-31", "notify": true, "person": "陈书记"});
    let with = |units: &[String]| {
        let mut plan = plan.clone();
        plan["units"] = json!(units);
        plan
    };
    assert_eq!(street.ok("interview.plan", with(&ids[..2])).await, json!({"made": 2, "before": 0}));
    let round = street.ok("interview.round", json!({"month": "2025-12"})).await;
    let off = &round["offs"][0];
    assert_eq!((&off["figure"], &off["has"], &off["says"]), (&json!("units_min"), &json!(2), &json!(3)));
    assert_eq!(off["citation"], round["rules"]["citation"], "what is said names its source");
    assert_eq!(street.ok("interview.plan", with(&ids)).await, json!({"made": 1, "before": 2}));
    let round = street.ok("interview.round", json!({"month": "2025-12"})).await;
    assert_eq!(round["offs"], json!([]));
    assert_eq!(round["units"].as_array().unwrap().len(), 3);
    let rules = &round["rules"];
    assert_eq!(
        [&rules["unitsMin"], &rules["unitsMax"], &rules["reportMinutes"], &rules["questionMinutes"]],
        [&json!(3), &json!(4), &json!(20), &json!(40)]
    );
    assert_eq!(round["without"], json!([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), "none was held yet");
    let interview = unit(&round, "示范一村")["item"]["id"].clone();
    let second = unit(&round, "示范二村")["item"]["id"].clone();

    // The village learns of it when it reaches the street, and hands in its report offline.
    let village = &three.villages[0];
    three.meet(0).await;
    live("2025-12-28");
    let own = village.ok("interview.round", json!({"month": "2025-12", "own": true})).await;
    assert_eq!((own["units"].as_array().unwrap().len(), &own["units"][0]["plannedOn"]), (1, &json!("2025-12-31")));
    act(village, &interview, "hand_in", json!({"note": "全年履职汇报", "person": "王春生"})).await;

    // 31 December: one interview as the rule says, one cut short. Two problems here, one there.
    live("2025-12-31");
    let held = |questions: &str| {
        let data = json!({"report_minutes": "20", "question_minutes": questions, "topics": "履行责任、支部建设"});
        json!({"person": "陈书记", "data": data})
    };
    let error = street.call("interview.issue", json!({"id": interview})).await.unwrap_err();
    assert_eq!(error.code, "interview_not_held");
    act(street, &interview, "hold", held("40")).await;
    act(street, &second, "hold", held("25")).await;
    let error = street.call("interview.issue", json!({"id": interview})).await.unwrap_err();
    assert_eq!(error.code, "interview_nothing_found");
    find(street, &interview, "支部建设", "三会一课记录不全").await;
    find(street, &interview, "履行责任", "谈心谈话没有做到").await;
    find(street, &second, "廉洁自律", "公务接待台账缺项").await;
    assert_eq!(
        refused(street, &interview, "issue_list", json!({})).await,
        "flow_own_call",
        "a list is sent with its items"
    );
    let list = json!({"id": interview, "person": "陈书记"});
    assert_eq!(street.ok("interview.issue", list.clone()).await, json!({"made": 2, "before": 0}));
    assert_eq!(street.ok("interview.issue", list.clone()).await, json!({"made": 0, "before": 2}), "sent twice is one");
    assert_eq!(street.ok("interview.issue", json!({"id": second})).await["made"], 1);
    let round = street.ok("interview.round", json!({"month": "2025-12"})).await;
    let one = unit(&round, "示范一村");
    assert_eq!([&one["listed"], &one["waiting"], &one["heldOn"]], [&json!(2), &json!(0), &json!("2025-12-31")]);
    assert_eq!(one["topics"], json!(["履行责任", "支部建设"]));
    assert_eq!(one["offs"], json!([]));
    let short = &unit(&round, "示范二村")["offs"][0];
    assert_eq!((&short["figure"], &short["has"], &short["says"]), (&json!("question_minutes"), &json!(25), &json!(40)));
    assert_eq!(round["without"], json!([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]), "December had its round");

    // A new year. The village takes its list, and works on it apart from the street.
    live("2026-01-08");
    three.meet(0).await;
    let calendar = village.ok("interview.calendar", json!({"own": true})).await;
    let rows = calendar["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2, "what the old year left open is in the new one's calendar: {calendar}");
    for row in rows {
        assert_eq!([&row["from"], &row["by"]], [&json!("2025-12-31"), &json!("2026-02-28")], "there is no 31 February");
        assert_eq!(
            [&row["standing"], &row["days"]],
            [&json!("ahead"), &json!(51)],
            "24 of January and 28 of February, less one"
        );
    }
    let items = ["三会一课记录不全", "谈心谈话没有做到"].map(|title| {
        let row = rows.iter().find(|row| row["item"]["title"] == title);
        row.unwrap_or_else(|| panic!("no {title} in {calendar}"))["item"]["id"].clone()
    });
    for item in &items {
        act(village, item, "list", json!({"person": "李秀兰", "due": "2026-02-20", "data": {"measure": "补记并核对"}}))
            .await;
        act(village, item, "begin", json!({})).await;
    }
    // Rectified is not reported: the two months run until both are done.
    live("2026-02-28");
    act(village, &items[0], "rectify", json!({"note": "已补全"})).await;
    act(village, &items[0], "report", json!({"note": "书面报告已交"})).await;
    act(village, &items[1], "rectify", json!({"note": "已谈12人"})).await;
    // Meanwhile the street, which knows none of this, urges; a note moves nothing.
    act(street, &items[1], "supervise", json!({"note": "抓紧"})).await;
    live("2026-03-02");
    three.meet(0).await;
    act(village, &items[1], "report", json!({"note": "迟交的报告"})).await;
    three.meet(0).await;
    let calendar = street.ok("interview.calendar", json!({"year": 2025})).await;
    let of = |note: &str| {
        let rows = calendar["rows"].as_array().unwrap();
        rows.iter()
            .find(|row| row["item"]["title"] == note)
            .unwrap_or_else(|| panic!("no {note} in {calendar}"))
            .clone()
    };
    let [full, late, open] = ["三会一课记录不全", "谈心谈话没有做到", "公务接待台账缺项"].map(of);
    assert_eq!([&full["standing"], &full["metOn"]], [&json!("met"), &json!("2026-02-28")]);
    assert_eq!([&late["standing"], &late["days"], &late["metOn"]], [&json!("late"), &json!(2), &json!("2026-03-02")]);
    assert_eq!([&open["standing"], &open["days"]], [&json!("overdue"), &json!(2)], "the second village never came");
    let round = street.ok("interview.round", json!({"month": "2025-12"})).await;
    let one = unit(&round, "示范一村");
    assert_eq!([&one["listed"], &one["reported"], &one["closed"]], [&json!(2), &json!(2), &json!(0)]);

    // Acceptance by the street, close-out, and the interview is over.
    for item in &items {
        act(street, item, "accept", json!({"person": "周督查", "role": "纪检组"})).await;
        act(street, item, "close", json!({"person": "周督查"})).await;
    }
    act(street, &interview, "conclude", json!({"note": "两条都已销号"})).await;
    three.meet(0).await;
    for device in [street, village] {
        assert_eq!(state(device, &interview).await, "concluded");
        assert_eq!(state(device, &items[0]).await, "closed");
    }
    sound(&[street, village]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_street_is_interviewed_above_and_interviews_below_and_sets_another_start_by_a_pack() {
    let three = Three::on("2026-03-05", &["示范一村"]).await;
    let Three { department, street, villages } = &three;
    let village = &villages[0];

    // The department interviews the street; the street sees its own interview apart from those that it holds.
    let unit_id = street.office_id().await;
    let plan = json!({"month": "2026-03", "on": "2026-03-20", "units": [unit_id], "notify": true});
    department.ok("interview.plan", plan).await;
    meet(street, department).await;
    let own = street.ok("interview.round", json!({"month": "2026-03", "own": true})).await;
    assert_eq!(own["units"][0]["item"]["flowName"], "党建约谈");
    assert_eq!(street.ok("interview.round", json!({"month": "2026-03"})).await["units"], json!([]));
    let interview = own["units"][0]["item"]["id"].clone();
    act(street, &interview, "hand_in", json!({"note": "街道汇报", "person": "陈书记"})).await;
    meet(street, department).await;
    live("2026-03-20");
    let data = json!({"report_minutes": "20", "question_minutes": "40"});
    act(department, &interview, "hold", json!({"person": "林部长", "data": data})).await;
    act(department, &interview, "find", json!({"note": "支部书记轮训不够", "data": {"topic": "干部队伍"}})).await;
    department.ok("interview.issue", json!({"id": interview})).await;
    meet(street, department).await;
    let due = street.ok("interview.calendar", json!({"own": true})).await;
    assert_eq!(all(&due["rows"], "by"), ["2026-05-20"], "two months from the interview");
    assert_eq!(street.ok("interview.calendar", json!({})).await["rows"], json!([]), "nothing of the villages");

    // The street's pack counts from the day of the list, and three months; what the department sent keeps its own.
    let sent = street.ok("rules.send", json!({"text": PACK})).await;
    assert!(sent.is_object() || sent.is_array(), "{sent}");
    let id = village.office_id().await;
    street.ok("interview.plan", json!({"month": "2026-03", "on": "2026-03-20", "units": [id]})).await;
    let round = street.ok("interview.round", json!({"month": "2026-03"})).await;
    let below = round["units"][0]["item"]["id"].clone();
    let data = json!({"report_minutes": "20", "question_minutes": "40"});
    act(street, &below, "hold", json!({"person": "陈书记", "data": data})).await;
    act(street, &below, "find", json!({"note": "党费台账没有签字", "data": {"topic": "廉洁自律"}})).await;
    street.ok("interview.issue", json!({"id": below})).await;
    assert_eq!(street.ok("interview.calendar", json!({})).await["rows"], json!([]), "its time has not begun");
    meet(village, street).await;
    live("2026-03-25");
    let item = village.ok("flow.list", json!({"flows": ["rectification"]})).await["rows"][0]["id"].clone();
    act(village, &item, "list", json!({"person": "李秀兰", "due": "2026-05-01", "data": {"measure": "补签"}})).await;
    let own = village.ok("interview.calendar", json!({"own": true})).await;
    assert_eq!([&own["rows"][0]["from"], &own["rows"][0]["by"]], [&json!("2026-03-25"), &json!("2026-06-25")]);
    assert_eq!(own["rows"][0]["citation"], "河东街道〔2026〕3号:从列入清单之日起三个月");
    meet(village, street).await;
    assert_eq!(all(&street.ok("interview.calendar", json!({})).await["rows"], "by"), ["2026-06-25"]);
    assert_eq!(all(&street.ok("interview.calendar", json!({"own": true})).await["rows"], "by"), ["2026-05-20"]);
    sound(&[department, street, village]);
}
