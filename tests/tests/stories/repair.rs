//! Repair: bytes rot on one device, its doctor says where, a repair keeps what verifies, and the others bring back the rest.

use crate::database::{ended, rows_of};
use scenarios::Device;
use scenarios::stage::Line;
use serde_json::{Value, json};

async fn street_and_village() -> (Device, Device) {
    let Line { department, street, village } = Line::new().await;
    department.node.close().await;
    (street, village)
}

fn round(day: &str, text: &str) -> Value {
    json!({"date": day, "kind": "round_table", "publicPlace": true, "participants": ["赵甲一"], "situationText": text})
}

/// Ends a device, lets something happen to its rows, and opens it again.
fn with_rows(device: Device, happens: impl FnOnce(&rusqlite::Connection)) -> Device {
    let folder = ended(device);
    happens(&rows_of(folder.path()));
    let node = scenarios::open(folder.path()).unwrap();
    Device { node, folder }
}

const VISITS: &str = "(SELECT id FROM books WHERE kind = 'up/visits')";

/// Flips one bit in the middle of a change.
fn flip(conn: &rusqlite::Connection, n: u32) -> Vec<u8> {
    let sql = format!("SELECT bytes FROM changes WHERE book = {VISITS} AND n = {n}");
    let mut bytes: Vec<u8> = conn.query_row(&sql, [], |row| row.get(0)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let sql = format!("UPDATE changes SET bytes = ?1 WHERE book = {VISITS} AND n = {n}");
    assert_eq!(conn.execute(&sql, [&bytes]).unwrap(), 1);
    bytes
}

async fn texts(device: &Device) -> Vec<String> {
    let list = device.ok("visit.list", json!({})).await;
    let mut texts: Vec<String> = list["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["situationText"].as_str().unwrap_or_default().to_owned())
        .collect();
    texts.sort();
    texts
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flipped_byte_is_found_put_aside_and_brought_back_by_the_superior() {
    let (street, village) = street_and_village().await;
    for (day, text) in [("0301", "甲"), ("0302", "乙"), ("0303", "丙")] {
        village.ok("visit.save", round(day, text)).await;
    }
    assert_eq!(village.sync().await["delivered"], true);
    // Only here, and whole: it must survive the repair.
    village.ok("visit.save", round("0304", "丁")).await;
    village.node.close().await;
    let mut damaged = Vec::new();
    let village = with_rows(village, |conn| damaged = flip(conn, 3));

    let report = village.node.doctor().unwrap();
    assert!(!report.sound);
    let finding = report.findings.iter().find(|finding| finding.what.contains("is not what the index says")).unwrap();
    assert_eq!((finding.kind.as_deref(), finding.year), (Some("up/visits"), Some(2026)));
    assert_eq!(finding.remedy, "repair");
    let repaired = village.ok("doctor.repair", json!({})).await;
    assert_eq!(repaired["sound"], true, "{repaired}");
    let book = &repaired["books"][0];
    assert_eq!(
        (&book["kind"], &book["kept"], &book["waiting"], &book["lost"]),
        (&json!("up/visits"), &json!(2), &json!(1), &json!(1))
    );
    assert_eq!(texts(&village).await, ["乙", "甲"], "what verifies is shown, and what builds on the lost one waits");
    let check = village.ok("doctor.check", json!({})).await;
    assert_eq!((&check["damaged"][0]["rows"], &check["damaged"][0]["missing"]), (&json!(1), &json!(1)), "{check}");
    // Work goes on under other numbers before anything is back.
    village.ok("visit.save", round("0305", "戊")).await;

    // The first round brings back what is gone; what waited for it goes with the next.
    village.sync().await;
    assert_eq!(village.sync().await["delivered"], true);
    assert_eq!(texts(&village).await, ["丁", "丙", "乙", "戊", "甲"], "all of it, once");
    let check = village.ok("doctor.check", json!({})).await;
    assert_eq!((&check["sound"], &check["damaged"][0]["missing"]), (&json!(true), &json!(0)), "{check}");
    assert_eq!(check["damaged"][0]["rows"], 1, "the damaged bytes are kept");
    street.until("merged.list", json!({"ledger": "visits", "year": 2026}), |list| list["total"] == 5).await;
    assert!(street.node.doctor().unwrap().sound, "no number was used twice");
    assert_eq!(village.ok("doctor.repair", json!({})).await["books"], json!([]), "there is nothing left to do");
    village.node.close().await;
    let folder = ended(village);
    let kept: Vec<u8> = rows_of(folder.path()).query_row("SELECT bytes FROM damaged", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, damaged);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_end_that_only_the_superior_still_has_comes_back_though_it_was_shared_before() {
    let (street, village) = street_and_village().await;
    for (day, text) in [("0301", "甲"), ("0302", "乙")] {
        village.ok("visit.save", round(day, text)).await;
    }
    assert_eq!(village.sync().await["delivered"], true);
    village.node.close().await;
    // The last change is damaged: nothing that is left names it.
    let village = with_rows(village, |conn| drop(flip(conn, 2)));
    village.ok("doctor.repair", json!({"book": "up/visits/2026"})).await;
    assert_eq!(texts(&village).await, ["甲"]);
    assert_eq!(village.sync().await["delivered"], true);
    assert_eq!(texts(&village).await, ["乙", "甲"]);
    assert!(village.node.doctor().unwrap().sound);
    assert!(street.node.doctor().unwrap().sound);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_that_went_missing_or_disagree_are_repaired_and_what_nobody_has_is_told() {
    let village = Device::with_office("示范一村", "branch").await;
    for (day, text) in [("0301", "甲"), ("0302", "乙"), ("0303", "丙")] {
        village.ok("visit.save", round(day, text)).await;
    }
    let harm: [(&str, &str); 4] = [
        ("UPDATE heads SET hash = zeroblob(32) WHERE book = ", "heads"),
        ("UPDATE records SET text = 'x', date = '2020-01-01' WHERE book = ", "read model"),
        ("UPDATE change_index SET max_op = max_op + 1 WHERE n = 2 AND book = ", "is not what the index says"),
        ("UPDATE attestations SET signed = zeroblob(9) WHERE book = ", "attestation"),
    ];
    let mut village = village;
    for (sql, word) in harm {
        village.node.close().await;
        village = with_rows(village, |conn| assert!(conn.execute(&format!("{sql}{VISITS}"), []).unwrap() > 0));
        let report = village.node.doctor().unwrap();
        assert!(report.findings.iter().any(|one| one.what.contains(word)), "{word}: {:?}", report.findings);
        let repaired = village.ok("doctor.repair", json!({})).await;
        let found = village.node.doctor().unwrap().findings;
        assert_eq!(
            (&repaired["sound"], &repaired["books"][0]["lost"]),
            (&json!(true), &json!(0)),
            "{word}: {repaired} {found:?}"
        );
        assert_eq!(texts(&village).await, ["丙", "乙", "甲"], "{word}");
        village
            .ok(
                "visit.save",
                json!({"id": village.ok("visit.list", json!({})).await["rows"][0]["id"],
            "date": "0303", "kind": "round_table", "publicPlace": true, "participants": ["赵甲一"],
            "situationText": "丙", "place": word}),
            )
            .await;
    }
    village.node.close().await;
    let village = with_rows(village, |conn| {
        conn.execute(&format!("DELETE FROM changes WHERE n = 1 AND book = {VISITS}"), []).unwrap();
    });
    assert!(!village.node.doctor().unwrap().sound);
    let repaired = village.ok("doctor.repair", json!({})).await;
    assert_eq!((&repaired["books"][0]["kept"], &repaired["books"][0]["lost"]), (&json!(0), &json!(1)), "{repaired}");
    let check = village.ok("doctor.check", json!({})).await;
    assert_eq!(check["damaged"][0]["missing"], 1, "nobody has it: {check}");
    village.ok("visit.save", round("0309", "己")).await;
    assert_eq!(texts(&village).await, ["己"], "and work goes on");
}
