//! Two computers of one street at its papers, offline: nothing that either wrote is lost, and what disagrees or stands there twice is
//! in the list of what waits.

use super::*;

/// A second computer of the street that reads its own papers.
async fn second_of(street: &Device) -> Device {
    let second = street.further(json!({"role": "clerk", "ownBooks": true})).await;
    second.sync().await;
    second
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_concern_that_both_take_in_is_two_cases_that_are_proposed_as_one() {
    let (Line { street, village, .. }, _) = line().await;
    let second = second_of(&street).await;
    let concern = handed_in(&village, "村东的桥面裂了").await;
    delivered(&village, &street, &concern).await;
    second.sync().await;
    second
        .until("answer.list", json!({}), |page| page["rows"].as_array().unwrap().iter().any(|row| row["id"] == concern))
        .await;
    let accept = |title: &str, unit: &str| json!({"source": concern, "due": "2026-04-30", "channel": "visit", "title": title, "unit": unit});
    let one = street.ok("case.accept", accept("桥面开裂", "交通所")).await["id"].clone();
    let other = second.ok("case.accept", accept("危桥", "应急办")).await["id"].clone();
    assert_ne!(one, other);
    second.sync().await;
    for (device, id) in [(&street, &other), (&second, &one)] {
        here(device, id).await;
    }
    for device in [&street, &second] {
        assert_eq!(seen(device, &one).await["row"]["title"], "桥面开裂");
        assert_eq!(seen(device, &other).await["row"]["title"], "危桥");
        let again = device.call("case.accept", accept("第三件", "")).await.unwrap_err();
        assert_eq!(again.code, "case_taken_in");
        let found = json!(again.params["id"]);
        assert!(found == one || found == other, "{found}");
        let pairs = device.until("alike.list", json!({"kind": "cases"}), |list| list["total"] == 1).await;
        let pair = &pairs["rows"][0];
        assert!(pair["why"].as_array().unwrap().contains(&json!("source")), "{pairs}");
    }
    street.ok("alike.merge", json!({"kind": "cases", "main": one, "parts": [one, other]})).await;
    let rates = street.ok("flow.rates", json!({"flow": "case"})).await;
    assert_eq!(rates["total"][0]["denominator"], 1, "it counts once: {rates}");
    let again = street.call("case.accept", accept("第三件", "")).await.unwrap_err();
    assert_eq!(json!(again.params["id"]), one, "the case that stands for both");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concerns_that_were_merged_are_taken_in_once() {
    let (Line { street, village, .. }, _) = line().await;
    let one = handed_in(&village, "村东的桥面裂了").await;
    let other = handed_in(&village, "村东桥上有裂缝").await;
    delivered(&village, &street, &one).await;
    delivered(&village, &street, &other).await;
    let merged = street.ok("alike.merge", json!({"kind": "concerns", "main": one, "parts": [one, other]})).await;
    let accept = |id: &Value| json!({"source": id, "due": "2026-04-30", "channel": "visit"});
    let case = street.ok("case.accept", accept(&other)).await["id"].clone();
    let again = street.call("case.accept", accept(&one)).await.unwrap_err();
    assert_eq!((again.code.as_str(), &json!(again.params["id"])), ("case_taken_in", &case));
    assert_eq!(again.field.as_deref(), Some("source"));
    // Two after all: the other one is a case of its own.
    street.ok("alike.undo", json!({"id": merged["id"]})).await;
    assert_ne!(street.ok("case.accept", accept(&one)).await["id"], case);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn papers_on_which_both_disagree_wait_in_the_list() {
    let (Line { street, .. }, _) = line().await;
    let case = hotline(&street, "楼道堆物").await;
    act(&street, &case, "assign", json!({"person": "城管队", "due": "2026-04-10"})).await;
    let second = second_of(&street).await;
    stands(&second, &case, "assigned").await;
    act(&street, &case, "answer", json!({"note": "已清理", "person": "城管队"})).await;
    let up = json!({"way": "up", "title": "楼道堆物", "text": "有人反映楼道堆物"});
    second.ok("case.pass", with_seen(&second, &case, up).await).await;
    second.sync().await;
    for device in [&street, &second] {
        device.until("flow.get", json!({"id": case}), |view| view["row"]["disputed"] == true).await;
        let list = device.ok("decide.list", json!({"kind": "disputed"})).await;
        assert_eq!((&list["total"], &list["rows"][0]["target"]), (&json!(1), &case), "{list}");
    }
}
