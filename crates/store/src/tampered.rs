//! The local log after somebody with the key of the database wrote into it.

use jiff::civil::{Date, date};
use ybz_domain::ids::{OfficeId, TreeId};
use ybz_domain::trust::Received;

use crate::problem::Problem;
use crate::{DatabaseKey, LogEntry, Options, Store, broken_chain};

const ON: Date = date(2026, 3, 9);

fn home(lines: u8) -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let options = Options {
        dir: dir.path().join("data"),
        key: DatabaseKey::from_bytes([1; 32]),
        boot_dir: dir.path().join("boot"),
        today: ON,
        random: |bytes| bytes.fill(7),
        cache_bytes: 1 << 20,
    };
    let store = Store::create(options).unwrap();
    for number in 0..lines {
        let params = [("record".to_owned(), number.to_string())].into();
        store.log(&LogEntry { on: ON, code: "export".to_owned(), params }).unwrap();
    }
    (dir, store)
}

fn sign(store: &Store) -> Option<[u8; 32]> {
    let received = Received::Catalog { digest: [3; 32] };
    let receipt =
        store.sign_receipt(TreeId([1; 32]), OfficeId([1; 16]), OfficeId([2; 16]), ON, received, None).unwrap();
    receipt.open().unwrap().log_head
}

fn alter(store: &Store, sql: &str) {
    store.writer().conn.execute_batch(sql).unwrap();
}

fn broken(store: &Store) -> Option<u64> {
    let of_doctor = store.check().unwrap().problems;
    let found = store.log_broken().unwrap();
    assert_eq!(of_doctor, found.map(Problem::Log).into_iter().collect::<Vec<_>>());
    found
}

#[test]
fn a_line_that_was_altered_or_taken_out_is_found() {
    for (sql, at) in [
        ("UPDATE local_log SET code = 'nothing' WHERE seq = 2", 2),
        ("UPDATE local_log SET made = '2026-03-08' WHERE seq = 3", 3),
        ("UPDATE local_log SET params = '{}' WHERE seq = 4", 4),
        ("DELETE FROM local_log WHERE seq = 2", 2),
        ("UPDATE local_log SET previous = zeroblob(32) WHERE seq = 3", 3),
    ] {
        let (_dir, store) = home(5);
        assert_eq!(broken(&store), None);
        alter(&store, sql);
        assert_eq!(broken(&store), Some(at), "{sql}");
    }
}

#[test]
fn a_tail_that_is_cut_off_is_seen_by_the_last_receipt() {
    let (_dir, store) = home(5);
    let (end, head) = (store.log_count().unwrap(), sign(&store));
    assert_eq!((store.log_anchored().unwrap().map(|(seq, _)| seq), head), (Some(end), store.log_head().unwrap()));
    alter(&store, &format!("DELETE FROM local_log WHERE seq = {end}"));
    assert_eq!(broken(&store), Some(end));
    store.log(&LogEntry { on: ON, code: "export".to_owned(), params: Default::default() }).unwrap();
    assert_eq!(broken(&store), Some(end), "another line in its place is another line");
}

#[test]
fn whoever_forgets_the_anchor_too_is_found_out_by_the_receipts_of_others() {
    let (_dir, store) = home(5);
    let head = sign(&store).unwrap();
    let end = store.log_count().unwrap();
    alter(&store, &format!("DELETE FROM local_log WHERE seq = {end}; DELETE FROM meta WHERE name = 'log_anchor'"));
    assert_eq!(broken(&store), None, "here nothing shows it any more");
    let mut lines = store.log_lines(0, 99).unwrap();
    lines.reverse();
    assert_eq!(broken_chain(&lines, &[]), None);
    assert_eq!(broken_chain(&lines, &[(None, head)]), Some(end), "a receipt elsewhere names a line that is gone");
}
