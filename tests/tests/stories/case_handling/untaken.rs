//! 待我决定 has what branches handed in until somebody takes it in as a case or answers it, and again when it is opened anew.

use super::*;

/// What waits as concerns, each by its id with what is asked of it.
async fn waiting(street: &Device) -> Vec<(Value, Value)> {
    let list = street.ok("decide.list", json!({"kind": "concern"})).await;
    let rows = list["rows"].as_array().unwrap();
    assert_eq!(list["total"], rows.len());
    rows.iter().map(|row| (row["target"].clone(), row["about"].clone())).collect()
}

/// The village opens a concern again, and the street hears of it.
async fn opened_again(village: &Device, street: &Device, id: &Value) {
    let plan =
        json!({"id": id, "nextStep": "再报街道", "owner": "赵甲一", "deadline": "2026-04-10", "reopen": "又坏了"});
    village.ok("concern.plan", plan).await;
    village.sync().await;
    let opened = |row: &Value| row["progress"].as_array().unwrap().iter().any(|step| step["state"] == "reopened");
    street.until("answer.get", json!({"id": id}), opened).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_handed_in_waits_until_it_is_taken_in_or_answered_and_when_it_is_opened_again() {
    let (Line { street, village, .. }, _) = line().await;
    let light = handed_in(&village, "村口夜里没有路灯,老人出行不便").await;
    let ditch = handed_in(&village, "屋后排水沟堵塞").await;
    let twice = handed_in(&village, "村口没有路灯,夜里出行不便").await;
    for id in [&light, &ditch, &twice] {
        delivered(&village, &street, id).await;
    }
    let list = street.ok("decide.list", json!({})).await;
    assert_eq!((&list["waiting"], &list["kinds"][0]), (&json!(3), &json!({"kind": "concern", "count": 3})), "{list}");
    assert_eq!(street.ok("today", json!({})).await["committee"]["toDecide"], 3, "今日 says the same");
    let row = &list["rows"].as_array().unwrap().iter().find(|row| row["target"] == ditch).unwrap();
    assert_eq!(
        [&row["officeName"], &row["title"], &row["note"], &row["until"], &row["about"]],
        [&json!("示范一村"), &json!("屋后排水沟堵塞"), &json!("roads"), &json!("2026-03-31"), &json!("new")],
        "{row}"
    );

    // Merged they wait once; one of them taken in, neither does, and the case waits for somebody who handles it.
    let merge = json!({"kind": "concerns", "main": light, "parts": [light, twice]});
    street.ok("alike.merge", merge).await;
    let two = waiting(&street).await;
    assert_eq!(two.len(), 2);
    assert!(two.contains(&(light.clone(), json!("new"))) && two.contains(&(ditch.clone(), json!("new"))), "{two:?}");
    let accept = json!({"source": twice, "due": "2026-04-30", "channel": "visit"});
    let case = street.ok("case.accept", accept).await["id"].clone();
    assert_eq!(waiting(&street).await, [(ditch.clone(), json!("new"))]);
    let cases = street.ok("decide.list", json!({"kind": "case"})).await;
    assert_eq!((&cases["total"], &cases["rows"][0]["target"]), (&json!(1), &case), "{cases}");

    // 办理中 is a word, too.
    street.ok("answer.save", json!({"id": ditch, "state": "handling", "text": "已派人看"})).await;
    assert_eq!(waiting(&street).await, []);

    // The case is answered at both sources. One is opened again: a case of it was closed, so that it is answered.
    act(&street, &case, "assign", json!({"person": "钱乙二", "due": "2026-04-10"})).await;
    let answered = with_seen(&street, &case, json!({"note": "路灯已装"})).await;
    assert_eq!(street.ok("case.answer", answered).await["told"].as_array().unwrap().len(), 2);
    village.sync().await;
    village.until("concern.get", json!({"id": light}), |row| row["state"] == "answered").await;
    assert_eq!(waiting(&street).await, []);
    opened_again(&village, &street, &light).await;
    assert_eq!(waiting(&street).await, [(light.clone(), json!("again"))]);
    // What nobody took in and was answered is new when it comes again.
    street.ok("answer.save", json!({"id": ditch, "state": "declined", "text": "归水务站"})).await;
    village.sync().await;
    village.until("concern.get", json!({"id": ditch}), |row| row["state"] == "answered").await;
    opened_again(&village, &street, &ditch).await;
    let both = waiting(&street).await;
    assert!(both.contains(&(light, json!("again"))) && both.contains(&(ditch.clone(), json!("new"))), "{both:?}");
    assert_eq!(both.len(), 2);

    // A computer that does not read the street's papers cannot tell what was taken in, and lists none.
    let clerk = street.further(json!({"role": "clerk", "ownBooks": false})).await;
    clerk.sync().await;
    clerk.until("answer.list", json!({}), |page| page["total"] == 3).await;
    assert_eq!(waiting(&clerk).await, []);
}
