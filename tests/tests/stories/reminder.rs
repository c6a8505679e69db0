//! 到期提醒: once a day for each profile, by counts and kinds alone.

use scenarios::Device;
use serde_json::{Value, json};

const EVENING: u16 = 19 * 60 + 30;

async fn take(device: &Device, seat: &str, minute: u16) -> Value {
    let answer = device.node.call_from(seat, "reminder.take", None, json!({"minute": minute})).await;
    answer.unwrap_or_else(|error| panic!("{error}"))["reminder"].clone()
}

async fn with_work() -> Device {
    let device = Device::with_office("李家沟村党支部", "branch").await;
    let item = json!({"title": "给王某送药", "origin": "own", "person": "张甲一", "deadline": "2026-03-21"});
    device.ok("checklist.save", item).await;
    device
}

#[tokio::test(flavor = "multi_thread")]
async fn the_summary_comes_once_in_the_evening_and_names_nothing() {
    let device = with_work().await;
    assert_eq!(take(&device, "window", EVENING - 1).await, Value::Null, "not before its time");
    let reminder = take(&device, "window", EVENING).await;
    let kinds = reminder["kinds"].as_array().expect("kinds");
    assert!(kinds.contains(&json!({"code": "items", "count": 1})), "{reminder}");
    assert!(!reminder.to_string().contains("王某"), "{reminder}");
    assert_eq!(take(&device, "window", 1439).await, Value::Null, "once a day");
    // Another window of the same computer is the same nobody: it was told.
    assert_eq!(take(&device, "browser", 1439).await, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_has_a_time_and_a_switch() {
    let device = with_work().await;
    device.ok("settings.set", json!({"reminderAt": "08:00", "reminderOff": true})).await;
    assert_eq!(take(&device, "window", 1200).await, Value::Null, "it is off");
    device.ok("settings.set", json!({"reminderAt": "08:00"})).await;
    assert_eq!(take(&device, "window", 479).await, Value::Null);
    assert_ne!(take(&device, "window", 480).await, Value::Null);
    let error = device.call("settings.set", json!({"reminderAt": "25:00"})).await.expect_err("no time");
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("invalid_input", Some("reminderAt")));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_profile_is_told_what_it_may_see() {
    let device = with_work().await;
    for (name, hidden) in [("张甲一", json!([])), ("李乙二", json!(["dues", "households"]))] {
        device.ok("profile.save", json!({"name": name, "pin": "2468", "hidden": hidden})).await;
    }
    let locked = device.node.call_from("window", "reminder.take", None, json!({"minute": EVENING})).await;
    assert_eq!(locked.expect_err("nobody sits there").code, "locked");
    let profiles = device.ok("profile.list", json!({})).await;
    for row in profiles["profiles"].as_array().expect("profiles") {
        let choice = json!({"id": row["id"], "pin": "2468"});
        device.node.call_from("window", "profile.choose", None, choice).await.expect("the PIN is right");
        assert_ne!(take(&device, "window", EVENING).await, Value::Null, "{row}");
        assert_eq!(take(&device, "window", EVENING).await, Value::Null, "{row}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_due_uses_up_no_day() {
    let device = Device::with_office("河东街道", "committee").await;
    assert_eq!(take(&device, "window", EVENING).await, Value::Null);
    let item = json!({"title": "报表", "origin": "own", "person": "张甲一", "deadline": "2026-03-20"});
    device.ok("checklist.save", item).await;
    assert_ne!(take(&device, "window", EVENING).await, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_windows_at_the_same_moment_one_shows_it() {
    let device = with_work().await;
    let (one, two) = tokio::join!(take(&device, "window", EVENING), take(&device, "browser", EVENING));
    assert!(one.is_null() != two.is_null(), "{one} {two}");
}
