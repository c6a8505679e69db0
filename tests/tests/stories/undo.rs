//! Undo: one press of a button taken back, over several books, without ever writing over what somebody else wrote since.

use scenarios::Device;
use serde_json::{Value, json};

/// A visit to a new household with a kept concern: three books in one action.
fn evening(place: &str) -> Value {
    json!({
        "date": "0305", "kind": "household", "place": place, "participants": ["王某"],
        "newHousehold": {"name": "钱乙二", "door": "3-1"},
        "concern": {"category": "roads", "text": "路灯", "privateNote": "私密", "nextStep": "报修", "owner": "王某",
                    "deadline": "2026-03-31"},
    })
}

fn public(id: &Value, place: &str, theme: &str) -> Value {
    json!({"id": id, "date": "0305", "kind": "round_table", "publicPlace": true, "participants": ["王某"],
           "place": place, "theme": theme})
}

async fn actions(device: &Device) -> Value {
    device.ok("undo.list", json!({})).await
}

/// Takes back what comes next, as Ctrl+Z does.
async fn undo(device: &Device) -> Value {
    let next = actions(device).await["nextUndo"].clone();
    device.ok("undo.apply", json!({"id": next})).await
}

async fn redo(device: &Device) -> Value {
    let next = actions(device).await["nextRedo"].clone();
    device.ok("undo.apply", json!({"id": next})).await
}

async fn place(device: &Device, id: &Value) -> Value {
    device.ok("visit.get", json!({"id": id})).await["row"]["place"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_action_over_several_books_is_taken_back_as_a_whole_and_brought_back() {
    let device = Device::with_office("示范一村", "branch").await;
    let saved = device.ok("visit.save", evening("村部")).await;
    let listed = actions(&device).await;
    let row = &listed["rows"][0];
    assert_eq!(
        (&row["call"], &row["recordType"], &row["record"]),
        (&json!("visit.save"), &json!("visit"), &saved["id"])
    );
    let preview = device.ok("undo.preview", json!({"id": row["id"]})).await;
    let what: Vec<_> = preview["records"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap()).collect();
    assert_eq!((preview["refused"].as_array().unwrap().len(), what), (0, vec!["delete"; 4]), "{preview}");

    undo(&device).await;
    assert_eq!(device.visits().await, 0);
    assert_eq!(device.ok("concern.list", json!({})).await["total"], 0);
    assert_eq!(device.ok("household.list", json!({})).await["total"], 0);
    assert_eq!(device.call("visit.get", json!({"id": saved["id"]})).await.unwrap_err().code, "not_found");
    let after = actions(&device).await;
    assert_eq!((&after["nextUndo"], &after["rows"][1]["undone"]), (&Value::Null, &json!(true)));

    redo(&device).await;
    assert_eq!(device.visits().await, 1);
    assert_eq!(device.ok("concern.list", json!({})).await["total"], 1);
    assert_eq!(place(&device, &saved["id"]).await, "村部");
    // And once more, from the front.
    undo(&device).await;
    assert_eq!(device.visits().await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edits_go_back_one_by_one_and_an_entry_of_the_history_names_its_action() {
    let device = Device::with_office("示范一村", "branch").await;
    let id = device.ok("visit.save", public(&Value::Null, "村部", "")).await["id"].clone();
    device.ok("visit.save", public(&id, "祠堂", "修路")).await;
    device.ok("visit.save", public(&id, "学校", "修路")).await;
    let history = device.ok("record.history", json!({"id": id})).await;
    let field = history["fields"].as_array().unwrap().iter().find(|field| field["field"] == "theme").unwrap();
    let of_theme = &field["values"][0]["action"];
    let listed = actions(&device).await;
    assert_eq!(of_theme, &listed["rows"][1]["id"]);

    // The middle one alone: the theme goes, and of the place somebody has to decide.
    let preview = device.ok("undo.preview", json!({"id": of_theme})).await;
    let fields = preview["records"][0]["fields"].as_array().unwrap();
    let told: Vec<_> = fields.iter().map(|one| (one["field"].as_str(), one["standing"].as_str())).collect();
    assert_eq!(told, [(Some("place"), Some("changed")), (Some("theme"), Some("free"))]);
    assert_eq!((&fields[0]["was"], &fields[0]["now"]), (&json!(["村部"]), &json!(["学校"])));
    let refused = device.call("undo.apply", json!({"id": of_theme})).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("undo_choose", Some("place")));
    let keep =
        json!({"id": of_theme, "seen": preview["seen"], "choices": [{"record": id, "field": "place", "back": false}]});
    device.ok("undo.apply", keep).await;
    let visit = device.ok("visit.get", json!({"id": id})).await;
    assert_eq!((&visit["row"]["place"], &visit["theme"]), (&json!("学校"), &json!("")));

    undo(&device).await;
    assert_eq!(place(&device, &id).await, "祠堂");
    redo(&device).await;
    assert_eq!(place(&device, &id).await, "学校");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_device_wrote_since_is_never_written_over_unasked() {
    let computer = Device::with_office("示范一村", "branch").await;
    computer.serve().await;
    let laptop = computer.further(json!({"role": "keeper"})).await;
    let id = computer.ok("visit.save", public(&Value::Null, "村部", "")).await["id"].clone();
    laptop.sync().await;
    computer.ok("visit.save", public(&id, "祠堂", "修路")).await;
    // At the same time, elsewhere.
    laptop.ok("visit.save", public(&id, "学校", "")).await;
    laptop.sync().await;
    computer.until("conflict.list", json!({}), |rows| rows.as_array().is_some_and(|rows| rows.len() == 1)).await;

    let listed = actions(&computer).await;
    assert_eq!(listed["rows"].as_array().unwrap().len(), 2, "the laptop's is not among them: {listed}");
    let preview = computer.ok("undo.preview", json!({"id": listed["nextUndo"]})).await;
    let fields = preview["records"][0]["fields"].as_array().unwrap();
    let place = fields.iter().find(|one| one["field"] == "place").unwrap();
    assert_eq!((&place["standing"], &place["was"]), (&json!("changed"), &json!(["村部"])));
    assert_eq!(place["now"].as_array().unwrap().len(), 2, "{place}");
    assert_eq!(computer.call("undo.apply", json!({"id": listed["nextUndo"]})).await.unwrap_err().code, "undo_choose");
    let back = json!({"id": listed["nextUndo"], "seen": preview["seen"],
                      "choices": [{"record": id, "field": "place", "back": true}]});
    computer.ok("undo.apply", back.clone()).await;
    assert_eq!(self::place(&computer, &id).await, "村部");
    assert_eq!(computer.call("undo.apply", back).await.unwrap_err().code, "undo_done");
    let history = computer.ok("record.history", json!({"id": id})).await.to_string();
    assert!(history.contains("学校") && history.contains("祠堂"), "nothing is gone from the history");
    laptop.sync().await;
    assert_eq!(self::place(&laptop, &id).await, "村部");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_steps_and_submissions_say_what_to_do_instead() {
    let device = Device::with_office("示范一村", "branch").await;
    let member = device.ok("member.save", json!({"name": "赵甲一", "kind": "full", "joined": "2010-07"})).await;
    device
        .ok(
            "dues.collect",
            json!({"on": "2026-03-05", "entries": [{"member": member["id"], "month": "2026-03", "amountFen": 500}]}),
        )
        .await;
    let listed = actions(&device).await;
    let preview = device.ok("undo.preview", json!({"id": listed["nextUndo"]})).await;
    assert_eq!(
        (&preview["refused"][0]["code"], &preview["refused"][0]["recordType"]),
        (&json!("undo_payment"), &json!("dues_payment"))
    );
    assert_eq!(device.call("undo.apply", json!({"id": listed["nextUndo"]})).await.unwrap_err().code, "undo_payment");
    // The member was paid for: it is named, so the entry is not taken back either.
    let first = &listed["rows"][1]["id"];
    assert_eq!(device.call("undo.apply", json!({"id": first})).await.unwrap_err().code, "deleted_referenced");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_month_stays_as_it_is() {
    let device = Device::with_office("示范一村", "branch").await;
    let id = device.ok("visit.save", public(&Value::Null, "村部", "")).await["id"].clone();
    device.ok("visit.save", public(&id, "祠堂", "")).await;
    let edit = actions(&device).await["nextUndo"].clone();
    device.ok("period.close", json!({"period": "2026-03", "note": ""})).await;
    assert_eq!(device.call("undo.apply", json!({"id": edit})).await.unwrap_err().code, "period_closed");
    let closing = actions(&device).await["nextUndo"].clone();
    assert_eq!(device.call("undo.apply", json!({"id": closing})).await.unwrap_err().code, "undo_closing");
    assert_eq!(place(&device, &id).await, "祠堂");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_that_was_taken_back_is_made_again() {
    let device = Device::with_office("示范一村", "branch").await;
    let id = device.ok("visit.save", public(&Value::Null, "村部", "")).await["id"].clone();
    let at_home = |name: &str| {
        json!({"id": id, "date": "0305", "kind": "household", "participants": ["王某"], "place": "村部",
                                      "newHousehold": {"name": name, "door": "1"}})
    };
    device.ok("visit.save", at_home("钱乙二")).await;
    undo(&device).await;
    assert_eq!(device.ok("visit.get", json!({"id": id})).await["row"]["household"], Value::Null);
    device.ok("visit.save", at_home("孙丙三")).await;
    assert_eq!(device.ok("visit.get", json!({"id": id})).await["row"]["household"], "孙丙三");
    undo(&device).await;
    assert_eq!(device.ok("visit.get", json!({"id": id})).await["row"]["household"], Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_text_that_goes_up_is_searched_for_names_and_one_word_lets_it_through() {
    let device = Device::with_office("示范一村", "branch").await;
    device.ok("visit.save", evening("村部")).await;
    let member = device.ok("member.save", json!({"name": "赵甲一", "kind": "full", "joined": "2010-07"})).await;
    let paid = json!([{"member": member["id"], "month": "2026-03", "amountFen": 500}]);
    device.ok("dues.collect", json!({"on": "2026-03-05", "entries": paid})).await;
    let payment = actions(&device).await["rows"][0]["record"].clone();
    let reverse = |note: &str, keep: bool| json!({"payment": payment, "reason": note, "keepMatches": keep});
    let refused = device.call("dues.reverse", reverse("钱乙二代缴,记错了", false)).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("name_private_match", Some("note")));
    assert_eq!(device.ok("names.clean", json!({"texts": ["钱乙二代缴", "村部"]})).await, json!(["该户代缴", "村部"]));
    device.ok("dues.reverse", reverse("钱乙二代缴,记错了", true)).await;
    let log = device.ok("log.list", json!({})).await.to_string();
    assert!(log.contains("private_match_kept") && !log.contains("钱乙二"));

    let meeting = |id: &Value, minutes: &str, keep: bool| json!({"id": id, "kinds": ["members_meeting"], "date": "0305", "topic": "月度", "minutes": minutes, "keepMatches": keep});
    let refused = device.call("meeting.save", meeting(&Value::Null, "去了钱乙二家", false)).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("name_private_match", Some("minutes")));
    let id = device.ok("meeting.save", meeting(&Value::Null, "去了钱乙二家", true)).await["id"].clone();
    // What a person let through is not asked about again, and a further name is.
    device.ok("meeting.save", meeting(&id, "去了钱乙二家。散会。", false)).await;
    let close = json!({"period": "2026-02", "note": "钱乙二家的事已了"});
    assert_eq!(device.call("period.close", close).await.unwrap_err().code, "name_private_match");
    // Members take part in meetings; a name that is a member's too is asked about everywhere else.
    device.ok("member.save", json!({"name": "钱乙二", "kind": "full", "joined": "2011-07"})).await;
    device.ok("meeting.save", meeting(&Value::Null, "钱乙二发言。", false)).await;
    let item = json!({"title": "去钱乙二家", "origin": "own", "person": "赵甲一", "deadline": "2026-04-01"});
    assert_eq!(device.call("checklist.save", item).await.unwrap_err().code, "name_private_match");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_reached_any_more_does_not_stand_before_what_can() {
    let device = Device::with_office("示范一村", "branch").await;
    device.ok("member.save", json!({"name": "赵甲一", "kind": "full", "joined": "2010-07"})).await;
    let member = actions(&device).await["nextUndo"].clone();
    let task = json!({"title": "送药", "origin": "own", "person": "赵甲一", "deadline": "2026-04-01"});
    device.ok("checklist.save", task).await;
    let item = actions(&device).await["nextUndo"].clone();
    let visit = device.ok("visit.save", public(&Value::Null, "村部", "修路")).await["id"].clone();
    assert_ne!(actions(&device).await["nextUndo"], item);
    // The book begins anew, and what was done in the one before is gone with it.
    device.ok("record.redact", json!({"record": visit, "fields": ["theme"]})).await;
    assert_eq!(actions(&device).await["nextUndo"], item);
    undo(&device).await;
    assert_eq!(actions(&device).await["nextUndo"], member);
    undo(&device).await;
    assert_eq!(device.ok("member.list", json!({})).await["total"], 0);
    assert_eq!(device.visits().await, 1);
}
