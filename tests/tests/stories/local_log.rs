//! The local log: what it tells, how anybody checks it, and what receipts elsewhere know of it.

use data_encoding::BASE64;
use scenarios::Device;
use scenarios::stage::Line;
use serde_json::{Value, json};
use ybz_app::verify_log_file;

fn visit() -> Value {
    json!({
        "date": "0305", "kind": "household", "place": "祠堂", "participants": ["王某"],
        "newHousehold": {"name": "钱乙二", "door": "3-1"},
        "concern": {"category": "roads", "text": "路灯", "privateNote": "私密", "nextStep": "报修", "owner": "王某",
                    "deadline": "2026-03-31"},
    })
}

async fn codes(device: &Device) -> Vec<String> {
    let rows = device.ok("log.list", json!({"limit": 500})).await["rows"].clone();
    rows.as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap().to_owned()).collect()
}

async fn exported(device: &Device) -> String {
    let file = device.ok("log.export", json!({})).await;
    assert!(file["name"].as_str().unwrap().ends_with(".ybzl"));
    String::from_utf8(BASE64.decode(file["base64"].as_str().unwrap().as_bytes()).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn opening_a_private_note_is_a_line_once_a_day_and_no_word_of_it_is_in_the_log() {
    let village = Device::with_office("示范一村", "branch").await;
    let saved = village.ok("visit.save", visit()).await;
    let opened = |codes: &[String]| codes.iter().filter(|code| *code == "private_opened").count();
    assert_eq!(opened(&codes(&village).await), 0);
    village.ok("today", json!({})).await;
    village.ok("visit.list", json!({})).await;
    assert_eq!(opened(&codes(&village).await), 0, "lists without notes open none");
    for _ in 0..2 {
        village.ok("visit.get", json!({"id": saved["id"]})).await;
    }
    assert_eq!(opened(&codes(&village).await), 1);
    for _ in 0..2 {
        village.ok("concern.list", json!({})).await;
    }
    assert_eq!(opened(&codes(&village).await), 2);
    let text = exported(&village).await;
    for word in ["钱乙二", "私密", "路灯", "王某", "祠堂"] {
        assert!(!text.contains(word), "{word}");
    }
    assert!(text.contains("log_exported") && text.contains(saved["id"].as_str().unwrap()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_the_log_is_checked_without_the_books_and_shows_what_was_done_to_it() {
    let village = Device::with_office("示范一村", "branch").await;
    village.ok("visit.save", visit()).await;
    village.ok("concern.list", json!({})).await;
    for _ in 0..3 {
        village.ok("log.export", json!({})).await;
    }
    let text = exported(&village).await;
    let sound = verify_log_file(&text, &[]).unwrap();
    let device = village.ok("node.overview", json!({})).await["device"].clone();
    assert!(sound.sound && sound.broken.is_none() && sound.lines >= 5);
    assert_eq!(json!(sound.device), device);

    let lines: Vec<&str> = text.lines().collect();
    let without = |at: usize| {
        let kept = lines.iter().enumerate().filter(|(number, _)| *number != at).map(|(_, line)| *line);
        kept.collect::<Vec<_>>().join("\n")
    };
    // Line 0 names the file, line n is the n-th of the chain, the last one is the signature.
    let gone = verify_log_file(&without(2), &[]).unwrap();
    assert_eq!((gone.sound, gone.broken), (false, Some(2)));
    let tail = verify_log_file(&without(lines.len() - 2), &[]).unwrap();
    assert!(!tail.sound && tail.broken == Some(sound.lines));
    let altered = verify_log_file(&text.replacen("private_opened", "private_closed", 1), &[]).unwrap();
    assert!(!altered.sound);
    let signed_by_another = Device::with_office("示范二村", "branch").await;
    let theirs = exported(&signed_by_another).await;
    let swapped = [&lines[..lines.len() - 1], &[theirs.lines().last().unwrap()]].concat().join("\n");
    let swapped = verify_log_file(&swapped, &[]).unwrap();
    assert!(!swapped.sound && swapped.device.is_none());
    let unknown = verify_log_file(&text, &["ab".repeat(32)]).unwrap();
    assert_eq!((unknown.sound, unknown.missing.len()), (false, 1));
    for odd in ["", "{}", "not json", &without(lines.len() - 1), &without(0)] {
        assert_eq!(verify_log_file(odd, &[]).unwrap_err().code, "log_file_unreadable", "{odd:.40}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_receipt_names_of_the_streets_log_is_known_at_the_village() {
    let Line { department: _department, street, village } = Line::new().await;
    village.ok("visit.save", visit()).await;
    assert_eq!(village.sync().await["delivered"], true);

    let anchors = village.ok("log.anchors", json!({})).await;
    assert_eq!(anchors[0]["office"], "河东街道", "{anchors}");
    let head = anchors[0]["head"].clone();
    let report = street.ok("log.verify", json!({"anchors": [head]})).await;
    assert_eq!((&report["sound"], &report["missing"]), (&json!(true), &json!([])), "{report}");
    assert!(report["anchored"].as_u64().is_some());
    let file = exported(&street).await;
    assert!(verify_log_file(&file, &[head.as_str().unwrap().to_owned()]).unwrap().sound);
    // A log that does not have the line: the village's own.
    let other = village.ok("log.verify", json!({"anchors": [head]})).await;
    assert_eq!((&other["sound"], &other["missing"]), (&json!(false), &json!([head])));
    assert!(codes(&street).await.contains(&"office_adopted".to_owned()));
}
