//! 专项整治: 36 manifestations in 5 classes, 256 problems found; each on a list, accepted by another role, closed; a look-back opens one
//! again.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::rounds::{Three, act, live, refused, sound, state};

/// Problem number `n` of 256: its class and its manifestation. The five classes have 8, 7, 7, 7 and 7 manifestations.
fn problem(n: usize) -> Value {
    let form = n % 36;
    json!({
        "flow": "rectification", "title": format!("问题{n}"), "category": format!("第{}类", form % 5 + 1),
        "form": format!("表现{:02}", form + 1), "channel": "inspection", "on": "2026-03-02"
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn problems_are_found_by_class_listed_accepted_by_another_role_closed_and_opened_again_by_a_look_back() {
    let three = Three::on("2026-03-02", &["示范一村", "示范二村"]).await;
    let (street, one, two) = (&three.street, &three.villages[0], &three.villages[1]);
    let (first, second) = (one.office_id().await, two.office_id().await);
    let mut ids = Vec::new();
    for n in 0..256 {
        let mut open = problem(n);
        open["to"] = json!([if n < 200 { &first } else { &second }]);
        ids.push(street.ok("flow.open", open).await["items"][0]["id"].clone());
    }
    // 256 = 7 × 36 + 4: the first four manifestations were found eight times, the others seven times.
    let mut by_class: BTreeMap<String, u32> = BTreeMap::new();
    for class in 1..=5 {
        let query = json!({"below": true, "flows": ["rectification"], "category": format!("第{class}类"), "limit": 1});
        let total = street.ok("flow.list", query).await["total"].as_u64().unwrap();
        by_class.insert(format!("第{class}类"), u32::try_from(total).unwrap());
    }
    assert_eq!(
        by_class.values().copied().collect::<Vec<u32>>(),
        [57, 50, 50, 50, 49],
        "8 × 7 + 1, 7 × 7 + 1 three times, 7 × 7"
    );
    assert_eq!(by_class.values().sum::<u32>(), 256);
    for (form, found) in [("表现01", 8), ("表现04", 8), ("表现05", 7), ("表现36", 7)] {
        let query = json!({"below": true, "flows": ["rectification"], "form": form, "limit": 1});
        assert_eq!(street.ok("flow.list", query).await["total"], found, "{form}");
    }
    three.meet(0).await;
    three.meet(1).await;
    assert_eq!(one.ok("flow.list", json!({"flows": ["rectification"], "limit": 1})).await["total"], 200);
    assert_eq!(two.ok("flow.list", json!({"flows": ["rectification"], "limit": 1})).await["total"], 56);

    // Offline in the village: list, rectify, report; who reported does not accept.
    live("2026-03-20");
    let listed = json!({"person": "李秀兰", "due": "2026-04-30", "data": {"measure": "逐户核对", "leader": "王春生"}});
    for id in &ids[..3] {
        act(one, id, "list", listed.clone()).await;
        act(one, id, "begin", json!({})).await;
        act(one, id, "rectify", json!({"note": "已改", "person": "李秀兰", "role": "委员"})).await;
        act(one, id, "report", json!({"note": "书面报告", "person": "李秀兰", "role": "委员"})).await;
    }
    let own = json!({"person": "李秀兰", "role": "委员"});
    assert_eq!(refused(one, &ids[0], "accept", own).await, "flow_same_role");
    // Another role of the village may accept; the street sends the second back meanwhile, and crosses it on the first.
    let other = json!({"person": "王春生", "role": "书记"});
    act(one, &ids[0], "accept", other).await;
    three.meet(0).await;
    assert_eq!(state(street, &ids[0]).await, "accepted");
    act(street, &ids[1], "return", json!({"person": "周督查", "role": "纪检组", "note": "没有附照片"})).await;
    act(one, &ids[1], "withdraw", json!({})).await;
    act(street, &ids[2], "accept", json!({"person": "周督查", "role": "纪检组"})).await;
    three.meet(0).await;
    // The return and the withdrawal crossed: what the template puts first counts, and both sides see it.
    for device in [street, one] {
        let view = device.ok("flow.get", json!({"id": ids[1]})).await;
        assert_eq!(
            [&view["row"]["state"], &view["row"]["disputed"]],
            [&json!("returned"), &json!(true)],
            "{}",
            view["row"]
        );
    }
    act(one, &ids[1], "begin", json!({})).await;
    act(one, &ids[1], "rectify", json!({"note": "补了照片", "person": "李秀兰", "role": "委员"})).await;
    act(one, &ids[1], "report", json!({"note": "再报", "person": "李秀兰", "role": "委员"})).await;
    three.meet(0).await;
    assert_eq!(
        street.ok("flow.get", json!({"id": ids[1]})).await["row"]["disputed"],
        false,
        "settled by whoever had seen both"
    );
    act(street, &ids[1], "accept", json!({"person": "周督查", "role": "纪检组"})).await;
    live("2026-04-10");
    for id in &ids[..3] {
        act(street, id, "close", json!({"person": "周督查"})).await;
    }
    three.meet(0).await;
    // The village's ledger has its 200 problems, with who accepted in which role.
    let sheet = one.ok("sheet.get", json!({"kind": "rectification", "year": 2026})).await;
    let lines = sheet["parts"][0]["tables"][0]["rows"].as_array().unwrap().clone();
    assert_eq!(lines.len(), 200);
    let line = |title: &str| lines.iter().find(|line| line[1].to_string().contains(&format!("\"{title}\""))).unwrap();
    let first = line("问题0");
    assert!(first[9].to_string().contains("2026-03-20 验收通过 书记王春生"), "{first:?}");
    assert!(first[3].to_string().contains("逐户核对") && first[10].to_string().contains("2026-04-10"), "{first:?}");
    assert!(line("问题1")[9].to_string().contains("纪检组周督查"), "the acceptance after the return");
    let short = one.ok("sheet.get", json!({"kind": "rectification", "year": 2026, "limit": 5})).await;
    assert_eq!(
        (short["parts"][0]["tables"][0]["rows"].as_array().map(Vec::len), &short["leftOut"]),
        (Some(5), &json!(195))
    );
    let rates = street.ok("flow.rates", json!({"flow": "rectification", "below": true, "by": ["office"]})).await;
    assert_eq!([&rates["total"][0]["numerator"], &rates["total"][0]["denominator"]], [&json!(3), &json!(256)]);
    let rows = rates["rows"].as_array().unwrap();
    assert_eq!(rows.iter().map(|row| &row["officeName"]).collect::<Vec<_>>(), [&json!("示范一村"), &json!("示范二村")]);
    assert_eq!([&rows[0]["rates"][0]["numerator"], &rows[0]["rates"][0]["denominator"]], [&json!(3), &json!(200)]);

    // Half a year later the street looks back: two hold, one has relapsed and is opened again; its time begins anew.
    live("2026-09-01");
    act(street, &ids[0], "look_back", json!({"value": "kept"})).await;
    act(street, &ids[1], "look_back", json!({"value": "kept"})).await;
    act(street, &ids[2], "look_back", json!({"value": "relapsed"})).await;
    act(street, &ids[2], "reopen", json!({"note": "又没有公示", "due": "2026-10-15"})).await;
    three.meet(0).await;
    let view = one.ok("flow.get", json!({"id": ids[2]})).await;
    assert_eq!([&view["row"]["state"], &view["row"]["deadline"]["by"]], [&json!("reopened"), &json!("2026-10-15")]);
    let rates = street.ok("flow.rates", json!({"flow": "rectification", "below": true})).await;
    assert_eq!([&rates["total"][0]["numerator"], &rates["total"][0]["denominator"]], [&json!(2), &json!(256)]);
    // As of the day before, it was three.
    let rates = street.ok("flow.rates", json!({"flow": "rectification", "below": true, "asOf": "2026-08-31"})).await;
    assert_eq!(rates["total"][0]["numerator"], 3);
    act(one, &ids[2], "list", json!({"person": "李秀兰", "due": "2026-10-10", "data": {"measure": "每月公示"}})).await;
    act(one, &ids[2], "rectify", json!({"note": "已公示", "person": "李秀兰", "role": "委员"})).await;
    act(one, &ids[2], "report", json!({"note": "报告", "person": "李秀兰", "role": "委员"})).await;
    three.meet(0).await;
    assert_eq!(state(street, &ids[2]).await, "reported");
    sound(&[street, one, two]);
}
