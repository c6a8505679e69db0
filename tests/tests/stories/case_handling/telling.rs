//! 随单告知: a name goes down to the one branch that handles the case, by a person's word, with its reason, and is logged.

use super::*;

async fn codes(device: &Device) -> Vec<String> {
    let page = device.ok("log.list", json!({"limit": 100})).await;
    page["rows"].as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asked_is_told_to_one_branch_with_a_reason_and_both_logs_have_it() {
    let (Line { department, street, village }, below) = line().await;
    let other = Device::below(&street, "示范二村", "branch").await;
    let case = hotline(&street, "低保复核").await;
    let pass = json!({"way": "down", "to": below, "title": "低保复核", "due": "2026-04-10", "person": "赵甲一"});
    let sent = street.ok("case.pass", with_seen(&street, &case, pass).await).await["id"].clone();
    let tell = |note: &str, confirmed: bool| json!({"person": "钱乙二", "note": note, "phone": true, "address": false, "confirmed": confirmed});
    for (said, code, field) in [
        (tell("", true), "required", "note"),
        (tell("需入户核实", false), "confirm_needed", "confirmed"),
        (tell("请找来电金丝雀", true), "name_private_match", "note"),
    ] {
        let error = street.call("case.tell", with_seen(&street, &sent, said).await).await.unwrap_err();
        assert_eq!((error.code.as_str(), error.field.as_deref()), (code, Some(field)));
    }
    let of_desk = with_seen(&street, &case, tell("需入户核实", true)).await;
    assert_eq!(street.call("case.tell", of_desk).await.unwrap_err().code, "not_allowed", "only what was sent down");
    let seal = json!({"title": "没有来电人", "due": "2026-04-10"});
    let nobody = street.ok("case.accept", seal).await["id"].clone();
    let pass = json!({"way": "down", "to": below, "title": "没有来电人", "due": "2026-04-10", "person": "赵甲一"});
    let unnamed = street.ok("case.pass", with_seen(&street, &nobody, pass).await).await["id"].clone();
    let said = with_seen(&street, &unnamed, tell("需入户核实", true)).await;
    assert_eq!(street.call("case.tell", said).await.unwrap_err().code, "case_no_caller");

    street.ok("case.tell", with_seen(&street, &sent, tell("需入户核实", true)).await).await;
    assert!(codes(&street).await.contains(&"case_told".to_owned()));
    let own = street.ok("case.private", json!({"id": case})).await;
    assert_eq!(
        (&own["told"][0]["officeName"], &own["told"][0]["contact"]),
        (&json!("示范一村"), &json!("13912349999"))
    );
    village.sync().await;
    other.sync().await;
    street.sync().await;
    let told = |view: &Value| view["caller"] == true;
    let view = village.until("flow.get", json!({"id": sent}), told).await;
    let event = view["events"].as_array().unwrap().iter().find(|event| event["event"] == "told").unwrap().clone();
    assert_eq!((&event["note"], &event["officeName"]), (&json!("需入户核实"), &json!("河东街道")));
    names_nobody(&view);
    assert!(!codes(&village).await.contains(&"private_opened".to_owned()), "looking at the case opens nothing");
    let private = village.ok("case.private", json!({"id": sent})).await;
    assert_eq!(
        (&private["told"][0]["name"], &private["told"][0]["contact"], &private["told"][0]["reason"]),
        (&json!("来电金丝雀"), &json!("13912349999"), &json!("需入户核实")),
        "the address was not told: {private}"
    );
    assert!(codes(&village).await.contains(&"private_opened".to_owned()));
    for device in [&village, &street] {
        assert_eq!(device.ok("search", json!({"text": "来电金丝雀"})).await, json!([]), "no list finds the name");
    }
    // What the village then writes names nobody either.
    act(&village, &sent, "take_up", json!({})).await;
    let said = json!({"note": "已上门，来电金丝雀符合条件"});
    assert_eq!(
        refused(&village, &sent, "progress", said).await,
        ("name_private_match".to_owned(), Some("note".to_owned()))
    );
    // The sibling and the office above have neither the case nor the name.
    for device in [&other, &department] {
        assert_eq!(device.call("flow.get", json!({"id": sent})).await.unwrap_err().code, "not_found");
        names_nobody(&device.ok("flow.list", json!({"below": true})).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_profile_that_does_not_see_residents_sees_neither_papers_nor_names() {
    let street = Device::with_office("河东街道", "committee").await;
    let case = hotline(&street, "楼道堆物").await;
    street.ok("profile.save", json!({"name": "王主任", "pin": "1234", "hidden": []})).await;
    street.ok("profile.save", json!({"name": "小李", "pin": "2468", "hidden": ["households"]})).await;
    let profiles = street.ok("profile.list", json!({})).await;
    let of = |name: &str| {
        profiles["profiles"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()["id"].clone()
    };
    let seat = |name: &'static str, input: Value| street.node.call_from("window", name, None, input);
    seat("profile.choose", json!({"id": of("小李"), "pin": "2468"})).await.unwrap();
    assert_eq!(seat("flow.list", json!({})).await.unwrap()["total"], 0);
    assert_eq!(seat("flow.list", json!({"desk": true})).await.unwrap()["total"], 0);
    assert_eq!(seat("flow.get", json!({"id": case})).await.unwrap_err().code, "not_found");
    assert_eq!(seat("flow.rates", json!({"flow": "case"})).await.unwrap_err().code, "profile_hides");
    assert_eq!(seat("case.private", json!({"id": case})).await.unwrap_err().code, "profile_hides");
    let own = json!({"title": "来信", "due": "2026-04-10"});
    assert_eq!(seat("case.accept", own).await.unwrap_err().code, "profile_hides");
}
