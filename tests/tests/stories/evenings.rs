//! A month of evenings at a village without a network: round tables with their visits and concerns, an answer from above that
//! was written offline, the resident told, and what a household's own page then shows.

use scenarios::Device;
use scenarios::stage::Line;
use serde_json::{Value, json};

fn concern(text: &str, note: &str) -> Value {
    json!({"category": "roads", "text": text, "privateNote": note, "nextStep": "报街道", "owner": "赵甲一", "deadline": "2026-03-31"})
}

async fn evening(village: &Device, day: &str) -> Value {
    let table = json!({"date": day, "kind": "round_table", "publicPlace": true, "participants": ["赵甲一", "钱乙二"],
                       "place": "村部", "start": "1930", "recorder": "钱乙二", "unit": "县水利局"});
    village.ok("visit.save", table).await["id"].clone()
}

fn visit_of(table: &Value, day: &str, who: Value) -> Value {
    let mut visit =
        json!({"date": day, "kind": "household", "table": table, "participants": ["赵甲一"], "situation": ["normal"]});
    for (key, value) in who.as_object().unwrap() {
        visit[key] = value.clone();
    }
    visit
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_of_evenings_offline_and_the_answer_that_comes_back() {
    let Line { street, village, .. } = Line::new().await;

    // Four evenings, each with two visits; one household comes up every week.
    let mut household = Value::Null;
    let mut tables = Vec::new();
    for (week, day) in ["2026-02-24", "2026-03-03", "2026-03-10", "2026-03-17"].into_iter().enumerate() {
        let table = evening(&village, day).await;
        let who = match week {
            0 => json!({"newHousehold": {"name": "周丙三", "door": "3-1", "phone": "13900000001"},
                        "concern": concern("屋后水沟堵塞", "家里有病人")}),
            _ => json!({"household": household}),
        };
        let visit = village.ok("visit.save", visit_of(&table, day, who)).await;
        let other = json!({"newHousehold": {"name": format!("吴{week}户"), "door": format!("4-{week}")}});
        village.ok("visit.save", visit_of(&table, day, other)).await;
        if week == 0 {
            let view = village.ok("visit.get", json!({"id": visit["id"]})).await;
            household = view["householdId"].clone();
            assert_eq!(view["evening"]["id"], table, "{view}");
        }
        tables.push(table);
    }
    // A second concern is raised at the last table itself.
    village.ok("concern.add", json!({"visit": tables[3], "concern": concern("村口路灯坏了", "")})).await;
    let list = village.ok("visit.list", json!({"state": "round_table"})).await;
    assert_eq!(list["total"], 4, "{list}");
    assert_eq!((&list["rows"][0]["visits"], &list["rows"][0]["concerns"]), (&json!(2), &json!(1)), "{list}");
    assert_eq!(village.ok("visit.list", json!({"state": "household"})).await["total"], 8);
    let found = village.ok("visit.list", json!({"text": "zbs"})).await;
    assert_eq!(found["total"], 4, "by the initials of a sealed name: {found}");

    // 走访记录 as data, the evening whole.
    let record = village.ok("visit.record", json!({"id": tables[3]})).await;
    assert_eq!(
        (&record["start"], &record["recorder"], &record["unit"]),
        (&json!("19:30"), &json!("钱乙二"), &json!("县水利局"))
    );
    assert_eq!(record["requests"][0]["text"], "村口路灯坏了", "{record}");
    assert_eq!(record["visits"][0]["visited"], "周丙三 3-1", "{record}");
    assert_eq!(village.ok("visit.records", json!({})).await["total"], 12);

    // Handed in and delivered once there is a network.
    let preview = village.ok("concern.hand_in_preview", json!({})).await;
    let items: Vec<Value> =
        preview["items"].as_array().unwrap().iter().map(|one| json!({"id": one["id"], "text": one["text"]})).collect();
    assert_eq!(items.len(), 2, "{preview}");
    village.ok("concern.hand_in", json!({"items": items})).await;
    assert_eq!(village.sync().await["delivered"], true);
    let below = street.until("answer.list", json!({"state": "open"}), |page| page["total"] == 2).await;
    let ditch = below["rows"].as_array().unwrap().iter().find(|row| row["text"] == "屋后水沟堵塞").unwrap().clone();
    assert_eq!(
        (&ditch["privateNote"], &ditch["answerable"], &ditch["state"]),
        (&json!(""), &json!(true), &json!("handed_in"))
    );

    // The street answers while the village is away: first that it looks into it, then with a result.
    let answer = |state: &str, text: &str| json!({"id": ditch["id"], "state": state, "text": text, "unit": "县水利局"});
    street.ok("answer.save", answer("handling", "已转水利局")).await;
    street.ok("answer.save", answer("answered", "四月清淤")).await;
    assert_eq!(street.ok("answer.list", json!({"state": "answered"})).await["total"], 1);
    // Meanwhile the village writes a step of its own and knows nothing of the answer.
    village.ok("concern.progress", json!({"id": ditch["id"], "note": "先疏通了一段"})).await;
    assert_eq!(village.sync().await["delivered"], true);

    let today = village.until("today", json!({}), |today| today["fromAbove"][0]["code"] == "concern_answered").await;
    assert_eq!(today["fromAbove"][0]["target"], ditch["id"], "{today}");
    let row = village.ok("concern.get", json!({"id": ditch["id"]})).await;
    assert_eq!((&row["state"], &row["privateNote"]), (&json!("answered"), &json!("家里有病人")), "{row}");
    assert_eq!(row["answers"][1]["text"], "四月清淤", "{row}");
    assert_eq!(row["answers"][0]["officeName"], "河东街道", "{row}");
    assert_eq!(village.ok("concern.list", json!({"state": "answered"})).await["total"], 1);

    // Told, closed; the street sees it closed.
    let refused =
        village.call("concern.tell", json!({"id": ditch["id"], "note": "已当面告诉周丙三"})).await.unwrap_err();
    assert_eq!(refused.code, "name_private_match", "what is said of it goes up");
    village.ok("concern.tell", json!({"id": ditch["id"], "note": "已当面告知"})).await;
    assert_eq!(village.ok("today", json!({})).await["fromAbove"], json!([]));
    assert_eq!(village.sync().await["delivered"], true);
    let closed = street.until("answer.list", json!({"state": "closed"}), |page| page["total"] == 1).await;
    assert_eq!(closed["rows"][0]["progress"][1]["note"], "已当面告知", "{closed}");

    // The household's own page has all of it.
    let page = village.ok("household.get", json!({"id": household})).await;
    assert_eq!((&page["row"]["visits"], &page["row"]["lastVisit"]), (&json!(4), &json!("2026-03-17")), "{page}");
    let kinds: Vec<&str> =
        page["events"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
    for (kind, count) in [("visit", 4), ("concern", 1), ("note", 1), ("answer", 2), ("progress", 2)] {
        assert_eq!(kinds.iter().filter(|one| **one == kind).count(), count, "{kind} in {page}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_concern_is_open_without_somebody_and_a_day() {
    let village = Device::with_office("示范一村", "branch").await;
    let visit = json!({"date": "0305", "kind": "round_table", "publicPlace": true, "participants": ["赵甲一"]});
    for field in ["owner", "deadline", "nextStep"] {
        let mut incomplete = visit.clone();
        incomplete["concern"] = concern("路灯坏了", "");
        incomplete["concern"][field] = json!(" ");
        let refused = village.call("visit.save", incomplete.clone()).await.unwrap_err();
        assert_eq!(
            (refused.code.as_str(), refused.field.as_deref()),
            ("concern_incomplete", Some(format!("concern.{field}").as_str()))
        );
    }
    let saved = village.ok("visit.save", visit).await;
    let mut incomplete = concern("路灯坏了", "");
    incomplete["owner"] = json!("");
    let refused = village.call("concern.add", json!({"visit": saved["id"], "concern": incomplete})).await.unwrap_err();
    assert_eq!(refused.code, "concern_incomplete");
    let kept = village.ok("concern.add", json!({"visit": saved["id"], "concern": concern("路灯坏了", "")})).await;
    let plan = |owner: &str, deadline: &str, reopen: Value| json!({"id": kept["id"], "nextStep": "再看", "owner": owner, "deadline": deadline, "reopen": reopen});
    for (owner, deadline) in [("", "4.5"), ("钱乙二", "")] {
        assert_eq!(
            village.call("concern.plan", plan(owner, deadline, Value::Null)).await.unwrap_err().code,
            "concern_incomplete"
        );
    }
    village.ok("concern.plan", plan("钱乙二", "4.5", Value::Null)).await;
    let row = village.ok("concern.get", json!({"id": kept["id"]})).await;
    assert_eq!(
        (&row["owner"], &row["deadline"], &row["state"]),
        (&json!("钱乙二"), &json!("2026-04-05"), &json!("kept"))
    );

    // Handed in and closed, it is opened again with a reason, somebody and a day, or not at all.
    village.ok("concern.hand_in", json!({"items": [{"id": kept["id"], "text": "路灯坏了"}]})).await;
    let handed = village.ok("concern.get", json!({"id": kept["id"]})).await["id"].clone();
    village.ok("concern.progress", json!({"id": handed, "note": "已修", "close": true})).await;
    assert_eq!(
        village.call("concern.progress", json!({"id": handed, "note": "又坏"})).await.unwrap_err().code,
        "concern_closed"
    );
    assert_eq!(
        village.call("concern.plan", plan("钱乙二", "4.5", Value::Null)).await.unwrap_err().code,
        "concern_closed"
    );
    assert_eq!(
        village.call("concern.plan", plan("", "4.5", json!("又坏了"))).await.unwrap_err().code,
        "concern_incomplete"
    );
    village.ok("concern.plan", plan("孙丙三", "4.20", json!("又坏了"))).await;
    let row = village.ok("concern.get", json!({"id": handed})).await;
    assert_eq!((&row["owner"], &row["state"]), (&json!("孙丙三"), &json!("in_progress")), "{row}");
    assert_eq!(village.ok("concern.list", json!({"state": "open"})).await["total"], 1);
    assert_eq!(village.ok("concern.list", json!({"state": "closed"})).await["total"], 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_offices_own_cadence_is_one_sentence_until_the_table_is_recorded() {
    let village = Device::with_office("示范一村", "branch").await;
    let due = |today: &Value| -> Vec<Value> {
        today["due"].as_array().unwrap().iter().filter(|item| item["code"] == "round_table_due").cloned().collect()
    };
    assert!(due(&village.ok("today", json!({})).await).is_empty(), "no cadence was set");
    assert_eq!(village.call("visit.set_cadence", json!({"cadence": "daily"})).await.unwrap_err().code, "invalid_input");
    village.ok("visit.set_cadence", json!({"cadence": "half_monthly"})).await;
    evening(&village, "2026-03-15").await;
    let sentence = due(&village.ok("today", json!({})).await);
    assert_eq!(
        sentence[0]["params"],
        json!({"days": "11", "until": "2026-03-31"}),
        "the first half does not count for the second"
    );
    evening(&village, "2026-03-16").await;
    assert!(due(&village.ok("today", json!({})).await).is_empty());
    village.ok("visit.set_cadence", json!({"cadence": "none"})).await;
    assert_eq!(village.ok("visit.cadence", json!({})).await["cadence"], "none");
}
