//! 示例: an office to look at that is in no real list, search, session or total, and goes without a trace.

use std::path::Path;

use scenarios::Device;
use scenarios::stage::Line;
use serde_json::{Value, json};

/// The words that only the sample has.
const NAMES: [&str; 3] = ["示例村党支部", "许丁三", "林己一"];

async fn make(device: &Device) -> String {
    device.ok("sample.make", json!({})).await["office"].as_str().expect("it has an id").to_owned()
}

async fn at(device: &Device, office: &str, name: &str, input: Value) -> Value {
    device.node.call(name, Some(office), input).await.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            match entry.path() {
                path if path.is_dir() => open.push(path),
                path => found.push(path),
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_has_something_for_each_screen() {
    let device = Device::new();
    let office = make(&device).await;
    let all = json!({"limit": 200});
    assert_eq!(at(&device, &office, "member.list", all.clone()).await["total"], 15);
    // Six months, each with a round table and two households.
    let overview = device.ok("node.overview", json!({})).await;
    assert_eq!(overview["years"], json!([2025, 2026]), "{overview}");
    let years = [2025, 2026].map(|year| json!({"year": year, "limit": 200}));
    let mut visits = 0;
    let mut sessions = 0;
    for year in &years {
        visits += at(&device, &office, "visit.list", year.clone()).await["total"].as_u64().unwrap_or_default();
        sessions += at(&device, &office, "meeting.list", year.clone()).await["total"].as_u64().unwrap_or_default();
    }
    assert_eq!(visits, 18, "October to March");
    // Each month: the committee, two groups and the theme day; members' meetings in November and February, lessons in
    // December and on 18 March, and tonight's.
    assert_eq!(sessions, 6 * 4 + 2 + 2 + 1);
    let today = at(&device, &office, "today", json!({})).await;
    assert!(today["due"].as_array().is_some_and(|due| due.len() >= 3), "{today}");
    for (name, rows) in [
        ("concern.list", "rows"),
        ("checklist.list", "rows"),
        ("household.list", "rows"),
        ("pairing.list", "rows"),
        ("talk.list", "rows"),
        ("mobile.list", "rows"),
        ("admission.list", "rows"),
        ("dues.sheet", "rows"),
        ("training.table", "rows"),
    ] {
        let answer = at(&device, &office, name, json!({})).await;
        assert!(answer[rows].as_array().is_some_and(|rows| !rows.is_empty()), "{name}: {answer}");
    }
    let late = at(&device, &office, "visit.list", years[0].clone()).await;
    assert!(late["rows"].as_array().is_some_and(|rows| rows.iter().all(|row| row["late"] == false)), "nothing is 补录");
    // Asked for twice, it is the one that is there.
    assert_eq!(make(&device).await, office);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_in_no_real_list_and_leads_nowhere() {
    let Line { street, village, .. } = Line::new().await;
    let office = make(&village).await;
    let real = village.office_id().await;
    let overview = village.ok("node.overview", json!({})).await;
    let cards: Vec<(&str, bool)> = overview["offices"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|card| (card["id"].as_str().unwrap_or_default(), card["sample"] == true))
        .collect();
    assert_eq!(cards, [(real.as_str(), false), (office.as_str(), true)], "it stands last and is marked");
    // A call that names no office means the real one.
    assert_eq!(village.ok("member.list", json!({})).await["total"], 0);
    for word in ["许丁三", "林己", "示例", "排水沟"] {
        assert_eq!(village.ok("search", json!({"text": word})).await, json!([]), "{word}");
        let found = at(&village, &office, "search", json!({"text": word})).await;
        assert!(found.as_array().is_some_and(|hits| !hits.is_empty()), "{word} is found in the sample alone");
    }
    for (name, input) in [
        ("sync.now", json!({"timeoutS": 5})),
        ("invite.device", json!({"autoApprove": true})),
        ("join.start", json!({"ticket": "ybz1"})),
        ("bundle.list_targets", json!({})),
        ("tree.card", json!({})),
        ("snapshot.preview", json!({})),
        ("import.commit", json!({"file": {"name": "a.csv", "base64": ""}})),
    ] {
        let error = village.node.call(name, Some(&office), input).await.expect_err(name);
        assert_eq!(error.code, "sample_stays_here", "{name}");
    }
    let status = at(&village, &office, "sync.status", json!({})).await;
    assert_eq!((&status["light"], &status["peers"]), (&json!("grey"), &json!([])), "{status}");
    // What the village delivers holds nothing of it.
    village.visit("村委会").await;
    assert_eq!(village.sync().await["delivered"], true);
    let merged = street.until("merged.list", json!({"ledger": "visits"}), |answer| answer["total"] == 1).await;
    let matrix = street.ok("matrix", json!({"ledger": "visits"})).await;
    let snapshot = street.ok("snapshot.preview", json!({"year": 2026})).await;
    let tree = street.ok("org.tree", json!({})).await;
    for told in [merged, matrix, snapshot, tree] {
        let text = told.to_string();
        assert!(!NAMES.iter().any(|name| text.contains(name)) && !text.contains(&office), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn removed_it_leaves_nothing_but_a_line_of_the_log() {
    let device = Device::with_office("李家沟村党支部", "branch").await;
    let before = device.ok("doctor.check", json!({})).await;
    let office = make(&device).await;
    let folder = device.folder.path().join("data").join("sample");
    assert!(folder.join("ybz.db").is_file());
    assert_eq!(
        device.ok("doctor.check", json!({})).await["changes"],
        before["changes"],
        "the real books have not one change more"
    );
    device.ok("sample.remove", json!({})).await;
    assert!(!folder.exists(), "its folder is gone");
    assert!(files(device.folder.path()).iter().all(|file| !file.to_string_lossy().contains("sample")));
    let overview = device.ok("node.overview", json!({})).await;
    assert_eq!(overview["offices"].as_array().map(Vec::len), Some(1), "{overview}");
    let error = device.node.call("today", Some(&office), json!({})).await.expect_err("it is gone");
    assert_eq!(error.code, "office_unknown");
    for name in NAMES {
        assert_eq!(device.ok("search", json!({"text": name})).await, json!([]), "{name}");
    }
    assert_eq!(device.call("sample.remove", json!({})).await.expect_err("twice").code, "sample_none");
    let log = device.ok("log.list", json!({})).await;
    let codes: Vec<&str> =
        log["rows"].as_array().expect("rows").iter().filter_map(|row| row["code"].as_str()).collect();
    assert!(codes.contains(&"sample_made") && codes.contains(&"sample_removed"), "{codes:?}");
    // Made anew, it is another one.
    assert_ne!(make(&device).await, office);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_there_after_a_restart_and_what_is_nobodys_is_swept_away() {
    let device = Device::new();
    let office = make(&device).await;
    at(
        &device,
        &office,
        "checklist.save",
        json!({"title": "试一试", "origin": "own", "person": "张甲一", "deadline": "2026-04-01"}),
    )
    .await;
    let Device { node, folder } = device;
    node.close().await;
    drop(node);
    let node = scenarios::open(folder.path()).expect("it opens again");
    let device = Device { node, folder };
    let found = at(&device, &office, "search", json!({"text": "试一试"})).await;
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    // The first real office takes nothing from it.
    device.ok("office.init", json!({"name": "李家沟村党支部", "kind": "branch"})).await;
    assert_eq!(device.ok("member.list", json!({})).await["total"], 0);
    device.ok("sample.remove", json!({})).await;
    let Device { node, folder } = device;
    node.close().await;
    drop(node);
    // A folder that a cut left behind belongs to nobody.
    let left = folder.path().join("data").join("sample");
    std::fs::create_dir(&left).expect("a folder");
    std::fs::write(left.join("ybz.db"), b"left").expect("a file");
    let node = scenarios::open(folder.path()).expect("it opens again");
    assert!(!left.exists());
    node.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_does_in_it_is_undone_and_their_word_counts() {
    let device = Device::new();
    let office = make(&device).await;
    assert_eq!(at(&device, &office, "undo.list", json!({})).await["rows"], json!([]), "nobody did what fills it");
    let households = at(&device, &office, "household.list", json!({})).await;
    let name = households["rows"][0]["name"].as_str().expect("a name").to_owned();
    let item = |keep: bool| json!({"title": format!("去{name}家"), "origin": "own", "person": "张甲一", "deadline": "2026-04-01", "keepMatches": keep});
    let refused =
        device.node.call("checklist.save", Some(&office), item(false)).await.expect_err("it names a household");
    assert_eq!(refused.code, "name_private_match");
    at(&device, &office, "checklist.save", item(true)).await;
    let listed = at(&device, &office, "undo.list", json!({})).await;
    assert_eq!(listed["rows"][0]["call"], "checklist.save", "{listed}");
    at(&device, &office, "undo.apply", json!({"id": listed["nextUndo"]})).await;
    assert_eq!(at(&device, &office, "undo.list", json!({})).await["nextUndo"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_for_in_two_windows_it_is_one() {
    let device = Device::new();
    let (one, two) = tokio::join!(make(&device), make(&device));
    assert_eq!(one, two);
}
