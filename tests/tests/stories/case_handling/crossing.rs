//! Both sides move one case differently while they are offline: the stated outcome, the flag on both, and a person's word.

use super::*;

async fn sent_down(street: &Device, village: &Device, below: &str) -> Value {
    let case = json!({"title": "水井抽不上水", "due": "2026-04-20"});
    let case = street.ok("case.accept", case).await["id"].clone();
    let pass = json!({"way": "down", "to": below, "title": "水井抽不上水", "due": "2026-04-10", "person": "赵甲一"});
    let sent = street.ok("case.pass", with_seen(street, &case, pass).await).await["id"].clone();
    village.sync().await;
    stands(village, &sent, "assigned").await;
    sent
}

async fn crossed(device: &Device, id: &Value, state: &str) -> Value {
    let wanted = |view: &Value| view["row"]["state"] == state && view["row"]["disputed"] == true;
    device.until("flow.get", json!({"id": id}), wanted).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hand_back_that_crossed_an_answer_keeps_the_case_open_until_somebody_settles_it() {
    let (Line { street, village, .. }, below) = line().await;
    let sent = sent_down(&street, &village, &below).await;
    let stale = seen(&village, &sent).await["seen"].clone();
    // Offline: the village says that it is not its matter; the street answers it itself.
    act(&village, &sent, "hand_back", json!({"note": "水井归镇水务站"})).await;
    act(&street, &sent, "answer", json!({"note": "水务站已修", "person": "钱乙二"})).await;
    let late = json!({"id": sent, "event": "take_up", "seen": stale});
    assert_eq!(village.call("flow.act", late).await.unwrap_err().code, "changed_since");
    assert_eq!(
        (seen(&village, &sent).await["row"]["state"].clone(), seen(&street, &sent).await["row"]["state"].clone()),
        (json!("accepted"), json!("answered"))
    );
    village.sync().await;
    for device in [&village, &street] {
        // 退回交办 is stronger than 反馈办结: nobody is forgotten.
        let view = crossed(device, &sent, "accepted").await;
        let events = view["events"].as_array().unwrap();
        let flagged: Vec<&str> =
            events.iter().filter(|one| one["crossed"] == true).map(|one| one["event"].as_str().unwrap()).collect();
        assert_eq!(flagged.len(), 2, "{view}");
        assert!(flagged.contains(&"answer") && flagged.contains(&"hand_back"), "{view}");
        assert!(events.iter().all(|one| one["counted"] == true), "{view}");
    }
    let below_list = json!({"below": true, "disputed": true});
    assert_eq!(street.ok("flow.list", below_list).await["rows"][0]["id"], sent);
    // The village lets nothing stand by a mere note; the street assigns it anew, which names both.
    let settles = |view: &Value| -> Vec<String> {
        let may = view["may"].as_array().unwrap().iter().filter(|may| may["settles"] == true);
        may.map(|may| may["event"].as_str().unwrap().to_owned()).collect()
    };
    assert!(settles(&seen(&street, &sent).await).contains(&"assign".to_owned()));
    act(&street, &sent, "assign", json!({"person": "赵甲一", "due": "2026-04-15"})).await;
    let settled = seen(&street, &sent).await;
    assert_eq!((&settled["row"]["state"], &settled["row"]["disputed"]), (&json!("assigned"), &json!(false)));
    village.sync().await;
    let calm = |view: &Value| view["row"]["state"] == "assigned" && view["row"]["disputed"] == false;
    village.until("flow.get", json!({"id": sent}), calm).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_computers_of_one_street_see_the_same_and_what_is_not_permitted_is_said_at_its_field() {
    let (Line { street, village, .. }, below) = line().await;
    let second = street.further(json!({"role": "clerk", "ownBooks": true})).await;
    let sent = sent_down(&street, &village, &below).await;
    act(&village, &sent, "take_up", json!({})).await;
    act(&village, &sent, "answer", json!({"note": "已修好"})).await;
    village.sync().await;
    second.sync().await;
    stands(&second, &sent, "answered").await;
    stands(&street, &sent, "answered").await;
    // One sends it back, the other opens it again; 重新办理 is the stronger, and both lead to the same state.
    act(&street, &sent, "return", json!({"note": "请附照片"})).await;
    act(&second, &sent, "reopen", json!({"note": "又坏了", "due": "2026-04-18"})).await;
    second.sync().await;
    for device in [&street, &second] {
        let both = |view: &Value| view["row"]["state"] == "handling" && view["events"].as_array().unwrap().len() == 5;
        let view = device.until("flow.get", json!({"id": sent}), both).await;
        assert_eq!(view["row"]["disputed"], false, "they do not disagree: {view}");
    }
    // Refusals stand at their field.
    for (device, event, said, code, field) in [
        (&street, "hand_back", json!({"note": "x"}), "flow_not_yours", "event"),
        (&street, "take_up", json!({}), "flow_not_now", "event"),
        (&street, "magic", json!({}), "flow_event_unknown", "event"),
        (&street, "progress", json!({}), "required", "note"),
        (&street, "extend", json!({"note": "x"}), "required", "due"),
        (&street, "extend", json!({"note": "x", "due": "三月底吧"}), "date_not_understood", "due"),
        (&street, "rate", json!({"value": "很好"}), "required", "value"),
        (&street, "told", json!({"person": "x", "note": "x"}), "flow_own_call", "event"),
    ] {
        let error = refused(device, &sent, event, said).await;
        assert_eq!(error, (code.to_owned(), Some(field.to_owned())), "{event}");
    }
    let view = seen(&street, &sent).await;
    assert_eq!(view["deadlines"].as_array().unwrap().len(), 2, "{view}");
    assert_eq!(
        (&view["row"]["deadline"]["by"], &view["row"]["deadline"]["state"]),
        (&json!("2026-04-10"), &json!("ahead"))
    );
}
