//! Up to the department and down to a village, redacted, and the answer back along the same way.

use super::*;
use crate::database::{contains, dump, ended, rows_of};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_concern_goes_up_twice_and_its_answer_comes_back_to_the_resident_s_evening() {
    let (Line { department, street, village }, _) = line().await;
    let concern = handed_in(&village, "村东的桥面裂了").await;
    delivered(&village, &street, &concern).await;

    // Taken in at the street, offline; taking it in a second time is told.
    let accept = json!({"source": concern, "due": "2026-04-30", "channel": "visit"});
    let case = street.ok("case.accept", accept.clone()).await["id"].clone();
    let again = street.call("case.accept", accept).await.unwrap_err();
    assert_eq!((again.code.as_str(), &json!(again.params["id"])), ("case_taken_in", &case));
    let view = seen(&street, &case).await;
    assert_eq!(
        (&view["row"]["title"], &view["row"]["category"], &view["row"]["place"], &view["side"]),
        (&json!("村东的桥面裂了"), &json!("roads"), &json!("desk"), &json!("superior")),
        "{view}"
    );
    assert_eq!((&view["links"][0]["rtype"], &view["links"][0]["here"]), (&json!("concern"), &json!(true)));
    assert_eq!(view["answersTo"][0]["name"], "示范一村");
    let may: Vec<&str> = view["may"].as_array().unwrap().iter().map(|may| may["event"].as_str().unwrap()).collect();
    assert_eq!(may, ["assign", "pass"], "{view}");
    assert_eq!(view["may"][1]["call"], "case.pass");

    // Up: the linked case is the street's own in what it delivers, and says what was previewed.
    let up = json!({"way": "up", "title": "一座村桥需要检测", "text": "桥面开裂，需要县里检测", "due": "2026-04-15"});
    let up = with_seen(&street, &case, up).await;
    let linked = street.ok("case.pass", up.clone()).await["id"].clone();
    assert_eq!(street.call("case.pass", up).await.unwrap_err().code, "changed_since");
    street.sync().await;
    let above = stands(&department, &linked, "accepted").await;
    assert_eq!((&above["row"]["officeName"], &above["row"]["place"]), (&json!("河东街道"), &json!("own")), "{above}");
    assert_eq!(above["links"][0]["here"], false, "the street's papers are nobody else's");
    assert!(!above.to_string().contains("村东"), "nothing but what was previewed: {above}");

    // The department takes it in and answers, while nobody is connected.
    let theirs = department.ok("case.accept", json!({"source": linked, "due": "2026-04-10"})).await["id"].clone();
    assert_eq!(seen(&department, &linked).await["row"]["state"], "passed", "it waits for the department's own case");
    act(&department, &theirs, "assign", json!({"person": "县交通局", "due": "2026-04-10"})).await;
    let answer = with_seen(&department, &theirs, json!({"note": "已检测加固，可以通行", "unit": "县交通局"})).await;
    let told = department.ok("case.answer", answer).await;
    assert_eq!((&told["told"][0]["officeName"], &told["missed"]), (&json!("河东街道"), &json!([])), "{told}");

    // It waits at the street until a person takes it over, and goes down with the street's words.
    street.sync().await;
    let waits = |view: &Value| {
        view["links"].as_array().unwrap().iter().any(|link| link["answer"]["waiting"] == true && link["way"] == "up")
    };
    let view = street.until("flow.get", json!({"id": case}), waits).await;
    assert_eq!(view["row"]["state"], "passed", "nothing moves by itself");
    let back = with_seen(&street, &case, json!({"linked": linked, "person": "钱乙二"})).await;
    street.ok("case.answer_back", back.clone()).await;
    let mut twice = back;
    twice["seen"] = seen(&street, &case).await["seen"].clone();
    assert_eq!(street.call("case.answer_back", twice).await.unwrap_err().code, "case_no_answer");
    let now = seen(&street, &case).await;
    assert_eq!(now["row"]["state"], "handling");
    assert_eq!(now["events"].as_array().unwrap().last().unwrap()["note"], "已检测加固，可以通行", "{now}");
    let answer = with_seen(&street, &case, json!({"note": "县里已经加固，可以通行", "unit": "县交通局"})).await;
    assert_eq!(street.ok("case.answer", answer).await["told"][0]["record"], concern);

    village.sync().await;
    let answered = |row: &Value| row["state"] == "answered";
    let row = village.until("concern.get", json!({"id": concern}), answered).await;
    assert_eq!(
        (&row["answers"][0]["text"], &row["answers"][0]["officeName"], &row["answers"][0]["unit"]),
        (&json!("县里已经加固，可以通行"), &json!("河东街道"), &json!("县交通局")),
        "{row}"
    );
    assert_eq!(village.ok("flow.list", json!({})).await["total"], 0, "the street's papers stay at the street");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_who_asked_travels_with_a_case_that_is_passed_on() {
    let (Line { department, street, village }, below) = line().await;
    let case = hotline(&street, "楼道堆物").await;
    let pass = |title: &str, to: &str| match to {
        "up" => json!({"way": "up", "title": title, "text": "有人反映楼道堆物"}),
        to => json!({"way": "down", "to": to, "title": title, "due": "2026-04-10", "person": "赵甲一"}),
    };
    // A name or a phone in the preview stops it at its field.
    for (field, wrong) in [("title", "来电金丝雀家楼道"), ("title", "回电 139-1234-9999")] {
        let error = street.call("case.pass", with_seen(&street, &case, pass(wrong, &below)).await).await.unwrap_err();
        assert_eq!((error.code.as_str(), error.field.as_deref()), ("name_private_match", Some(field)));
    }
    let down = street.ok("case.pass", with_seen(&street, &case, pass("楼道堆物", &below)).await).await["id"].clone();
    let other = hotline(&street, "夜间噪声").await;
    let up = street.ok("case.pass", with_seen(&street, &other, pass("夜间噪声", "up")).await).await["id"].clone();
    street.sync().await;
    village.sync().await;
    names_nobody(&stands(&village, &down, "assigned").await);
    names_nobody(&stands(&department, &up, "accepted").await);
    assert_eq!(street.ok("case.private", json!({"id": case})).await["caller"]["name"], "来电金丝雀");
    let private = village.ok("case.private", json!({"id": down})).await;
    assert_eq!((&private["caller"], &private["told"]), (&Value::Null, &json!([])));
    // Neither of the two others holds a byte of it, and at the street it is sealed.
    for device in [village, department, street] {
        device.node.close().await;
        let folder = ended(device);
        let bytes = dump(&rows_of(folder.path()));
        for canary in CANARIES {
            assert!(!contains(&bytes, canary), "{canary} stands in a database");
        }
    }
}
