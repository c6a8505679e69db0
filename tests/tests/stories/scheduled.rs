//! Backups by a schedule, with a clock that the story turns.

use std::path::Path;
use std::sync::atomic::{AtomicI16, Ordering};

use jiff::civil::Date;
use serde_json::{Value, json};
use ybz_app::{DatabaseKey, Node, OpenOptions};

/// Days since the story began. One story uses it.
static DAY: AtomicI16 = AtomicI16::new(0);

fn clock() -> (Date, u64) {
    let begun = Date::constant(2026, 3, 20);
    let today = begun.checked_add(jiff::Span::new().days(i64::from(DAY.load(Ordering::SeqCst)))).unwrap();
    (today, 1_774_000_000_000)
}

async fn ok(node: &Node, name: &str, input: Value) -> Value {
    node.call(name, None, input).await.unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn backups(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schedule_is_kept_as_days_pass_and_a_missing_stick_is_only_told() {
    let home = tempfile::tempdir().unwrap();
    let node = Node::open(OpenOptions {
        data: home.path().join("data"),
        key: DatabaseKey::from_bytes([7; 32]),
        create: true,
        boot: home.path().join("boot"),
        clock,
        random: ybz_app::host::system_random,
    })
    .unwrap();
    ok(&node, "office.init", json!({"name": "示范一村", "kind": "branch"})).await;
    assert!(!node.back_up_if_due().await.unwrap(), "nothing is asked for");
    let stick = home.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    let folder = stick.join("ybz-backup");
    let plan = |days: u32, keep: u32| json!({"folder": folder, "everyDays": days, "keep": keep});
    for (field, input) in [
        ("keep", plan(7, 0)),
        ("everyDays", plan(1000, 2)),
        ("folder", json!({"folder": "ybz-backup", "everyDays": 7, "keep": 2})),
        ("folder", json!({"folder": home.path().join("gone/ybz-backup"), "everyDays": 7, "keep": 2})),
    ] {
        let error = node.call("backup.schedule", None, input).await.unwrap_err();
        assert_eq!(error.field.as_deref(), Some(field), "{error}");
    }
    ok(&node, "backup.schedule", plan(7, 2)).await;
    std::fs::write(folder.join("照片.jpg"), "mine").unwrap();
    assert!(node.back_up_if_due().await.unwrap(), "there is none yet");
    assert!(!node.back_up_if_due().await.unwrap(), "once a week");
    DAY.store(6, Ordering::SeqCst);
    assert!(!node.back_up_if_due().await.unwrap());
    let status = ok(&node, "backup.status", json!({})).await;
    assert_eq!((&status["days"], &status["last"]["on"]), (&json!(6), &json!("2026-03-20")), "{status}");
    for day in [7, 14, 21] {
        DAY.store(day, Ordering::SeqCst);
        assert!(node.back_up_if_due().await.unwrap(), "day {day}");
    }
    let kept = backups(&folder);
    assert_eq!(kept.len(), 3, "two backups, and what was there: {kept:?}");
    assert!(kept[0].starts_with("ybz-2026-04-03") && kept[1].starts_with("ybz-2026-04-10"), "{kept:?}");

    DAY.store(30, Ordering::SeqCst);
    let away = home.path().join("pocket");
    std::fs::rename(&stick, &away).unwrap();
    assert!(!node.back_up_if_due().await.unwrap());
    let status = ok(&node, "backup.status", json!({})).await;
    assert_eq!(status["trouble"]["code"], "backup_folder_missing", "{status}");
    assert_eq!(ok(&node, "sync.status", json!({})).await["backupTrouble"], "backup_folder_missing");
    assert!(!stick.exists(), "nothing is written where the stick would be");
    ok(&node, "household.save", json!({"name": "钱乙二", "door": "3-1"})).await;
    std::fs::rename(&away, &stick).unwrap();
    assert!(node.back_up_if_due().await.unwrap(), "the stick is back");
    let status = ok(&node, "backup.status", json!({})).await;
    assert_eq!((&status["trouble"], &status["days"]), (&Value::Null, &json!(0)), "{status}");
    ok(&node, "backup.schedule", json!({"folder": "", "everyDays": 0, "keep": 0})).await;
    DAY.store(90, Ordering::SeqCst);
    assert!(!node.back_up_if_due().await.unwrap(), "the schedule is ended");
}
