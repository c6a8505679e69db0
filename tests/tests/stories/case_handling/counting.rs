//! The source's own numbers: 200 accepted, 180 closed, 120 of them rated, 105 satisfied, 10 open ones rated.

use super::*;

/// Passed down to the village, which handles them without a network.
const BELOW: usize = 6;

async fn taken_in(street: &Device, n: usize) -> Value {
    let month = 1 + n % 3;
    let case = json!({"title": format!("诉求 {n}"), "category": "roads", "channel": "walk_in",
                      "on": format!("2026-{month:02}-{:02}", 1 + n % 19), "due": "2026-06-30"});
    street.ok("case.accept", case).await["id"].clone()
}

/// A step by somebody who saw the one before: what `flow.get` would say, without asking.
async fn step(street: &Device, id: &Value, after: &Value, event: &str, said: Value) -> Value {
    let seen: Vec<&Value> = Some(after).filter(|after| !after.is_null()).into_iter().collect();
    let mut input = json!({"id": id, "event": event, "seen": seen});
    for (key, value) in said.as_object().unwrap() {
        input[key] = value.clone();
    }
    street.ok("flow.act", input).await["id"].clone()
}

fn percent(rates: &Value, id: &str) -> (Value, Value, Value) {
    let of = |rates: &Value| rates.as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone();
    let rate = of(&rates["total"]);
    (rate["numerator"].clone(), rate["denominator"].clone(), rate["tenths"].clone())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_source_counts_90_and_87_5_percent_and_each_village_its_own() {
    let (Line { street, village, .. }, below) = line().await;
    let mut cases: Vec<(Value, Value)> = Vec::new();
    for n in 0..200 {
        let id = taken_in(&street, n).await;
        let mut last = Value::Null;
        if n >= BELOW {
            let assign =
                json!({"person": "钱乙二", "due": "2026-05-31", "unit": if n % 2 == 0 { "水利站" } else { "民政办" }});
            last = step(&street, &id, &Value::Null, "assign", assign).await;
        }
        cases.push((id, last));
    }
    let mut sent = Vec::new();
    for (n, (id, _)) in cases.iter().take(BELOW).enumerate() {
        let pass = json!({"id": id, "seen": [], "way": "down", "to": below, "title": format!("村里办 {n}"), "due": "2026-05-31",
                          "person": "赵甲一"});
        sent.push(street.ok("case.pass", pass).await["id"].clone());
    }
    village.sync().await;
    stands(&village, &sent[BELOW - 1], "assigned").await;

    // Both sides work offline: the village on the six that came down, the street on its own.
    for id in &sent {
        act(&village, id, "take_up", json!({})).await;
        act(&village, id, "answer", json!({"note": "已修好"})).await;
    }
    // 174 closed here; 114 of these are rated now, 99 of them satisfied; ten that stay open are rated too.
    for (n, (id, last)) in cases.iter().enumerate().skip(BELOW) {
        if n < 180 {
            let answer = step(&street, id, last, "answer", json!({"note": "已办结", "person": "钱乙二"})).await;
            if n < 120 {
                let value = if n < 105 { "satisfied" } else { "dissatisfied" };
                step(&street, id, &answer, "rate", json!({"value": value})).await;
            }
        } else if n < 190 {
            step(&street, id, last, "rate", json!({"value": "satisfied"})).await;
        }
    }
    let early = street.ok("flow.rates", json!({"flow": "case"})).await;
    assert_eq!(percent(&early, "closure"), (json!(174), json!(200), json!(870)), "{early}");
    village.sync().await;
    for (n, id) in sent.iter().enumerate() {
        stands(&street, id, "answered").await;
        let (case, _) = &cases[n];
        let back = with_seen(&street, case, json!({"linked": id})).await;
        street.ok("case.answer_back", back).await;
        act(&street, case, "answer", json!({"note": "村里已修好"})).await;
        act(&street, case, "rate", json!({"value": "satisfied"})).await;
    }

    let rates = street.ok("flow.rates", json!({"flow": "case", "by": ["month", "unit"]})).await;
    assert_eq!(percent(&rates, "closure"), (json!(180), json!(200), json!(900)), "{}", rates["total"]);
    assert_eq!(percent(&rates, "satisfaction"), (json!(105), json!(120), json!(875)), "{}", rates["total"]);
    assert_eq!((&rates["asOf"], &rates["rates"][1]["name"]), (&json!("2026-03-20"), &json!("满意率")));
    let rows = rates["rows"].as_array().unwrap();
    let sum = |of: usize, what: &str| rows.iter().map(|row| row["rates"][of][what].as_u64().unwrap()).sum::<u64>();
    assert_eq!((sum(0, "numerator"), sum(0, "denominator")), (180, 200), "the rows are the whole");
    assert_eq!((sum(1, "numerator"), sum(1, "denominator")), (105, 120));
    assert!(rows.iter().all(|row| row["office"] == ""), "nobody asked for offices");
    // Of the cases of one month, and of what the village counts: its six.
    let march = street.ok("flow.rates", json!({"flow": "case", "from": "2026-03", "to": "2026-03"})).await;
    assert_eq!(percent(&march, "closure").1, json!((0..200).filter(|n| n % 3 == 2).count()));
    let own = village.ok("flow.rates", json!({"flow": "case"})).await;
    assert_eq!(percent(&own, "closure"), (json!(6), json!(6), json!(1000)), "{own}");
    let villages = street.ok("flow.rates", json!({"flow": "case", "below": true, "by": ["office"]})).await;
    assert_eq!((&villages["rows"][0]["officeName"], percent(&villages, "closure").1), (&json!("示范一村"), json!(6)));
    // As it was before anything happened.
    let before = street.ok("flow.rates", json!({"flow": "case", "asOf": "2026-01-10"})).await;
    let taken = (0..200).filter(|n| n % 3 == 0 && n % 19 < 10).count();
    assert_eq!(percent(&before, "closure"), (json!(0), json!(taken), json!(0)), "{before}");
    assert_eq!(percent(&before, "satisfaction").2, Value::Null, "nothing is divided by nothing");
}
