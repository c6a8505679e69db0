//! Each thing that can be wrong with a database is its own error, and then nothing was changed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::{TODAY, commit, home, options, place, visit};
use ybz_store::{DatabaseKey, Notice, OpenError, Options, Store};

/// Every file of a directory with its bytes; the lock is empty and may come and go.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = fs::read_dir(dir) else { return BTreeMap::new() };
    let entries = entries.map(|entry| entry.unwrap());
    let named = entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()));
    named.filter(|(name, _)| name != "ybz.lock").collect()
}

#[test]
fn what_was_committed_is_there_after_reopening_with_the_same_device_and_actor() {
    let home = home();
    commit(&home, vec![visit(1, "村部")]);
    let (device, incarnation) = (home.device().id(), home.incarnation());
    let dir = home.dir;
    drop(home.store);
    let store = Store::open(options(dir.path(), 1)).unwrap();
    assert_eq!(place(&store, 1), "村部");
    assert_eq!((store.device().id(), store.incarnation()), (device, incarnation));
    assert!(store.notices().is_empty(), "an ordinary start has nothing to tell");
    assert_eq!(store.loaded().0, 0, "opening loads no document");
    commit(&store, vec![visit(2, "祠堂")]);
    drop(store);
    let store = Store::open(options(dir.path(), 1)).unwrap();
    assert_eq!(store.incarnation(), incarnation, "the token turns at every start");
}

#[test]
fn a_wrong_key_says_so_and_changes_nothing() {
    let home = home();
    commit(&home, vec![visit(1, "村部")]);
    let dir = home.dir;
    drop(home.store);
    let before = files(&dir.path().join("data"));
    assert!(matches!(Store::open(options(dir.path(), 2)), Err(OpenError::WrongKey { .. })));
    assert_eq!(files(&dir.path().join("data")), before);
    fs::remove_file(dir.path().join("data/ybz.json")).unwrap();
    assert!(matches!(Store::open(options(dir.path(), 2)), Err(OpenError::WrongKey { .. })));
    let store = Store::open(options(dir.path(), 1)).unwrap();
    assert_eq!(place(&store, 1), "村部", "the header is made again by who has the key");
}

#[test]
fn a_file_that_is_no_database_says_so() {
    for content in [b"".to_vec(), b"hello".to_vec(), b"SQLite format 3\0 and more".to_vec(), vec![0x5a; 8192]] {
        let home = home();
        let dir = home.dir;
        drop(home.store);
        let file = dir.path().join("data/ybz.db");
        for beside in ["data/ybz.db-wal", "data/ybz.db-shm"] {
            let _ = fs::remove_file(dir.path().join(beside));
        }
        fs::write(&file, &content).unwrap();
        let before = files(&dir.path().join("data"));
        let error = Store::open(options(dir.path(), 1)).unwrap_err();
        assert!(matches!(error, OpenError::NotADatabase { .. }), "{error}");
        assert_eq!(files(&dir.path().join("data")), before);
    }
}

#[test]
fn nothing_there_is_missing_and_something_there_is_not_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(Store::open(options(dir.path(), 1)), Err(OpenError::Missing { .. })));
    assert!(files(&dir.path().join("data")).is_empty());
    drop(Store::create(options(dir.path(), 1)).unwrap());
    let before = files(&dir.path().join("data"));
    assert!(matches!(Store::create(options(dir.path(), 1)), Err(OpenError::Exists { .. })));
    assert_eq!(files(&dir.path().join("data")), before);
}

#[test]
fn a_second_process_on_the_directory_is_refused() {
    let home = home();
    assert!(matches!(Store::open(options(home.dir.path(), 1)), Err(OpenError::InUse { .. })));
    commit(&home, vec![visit(1, "村部")]);
}

#[test]
fn a_copied_directory_goes_on_as_a_new_incarnation_and_the_original_as_before() {
    let original = home();
    commit(&original, vec![visit(1, "村部")]);
    original.checkpoint().unwrap();
    let copy = original.dir.path().join("copy");
    fs::create_dir_all(&copy).unwrap();
    for name in ["ybz.db", "ybz.json"] {
        fs::copy(original.dir.path().join("data").join(name), copy.join(name)).unwrap();
    }
    let options = || Options { dir: copy.clone(), ..options(original.dir.path(), 1) };
    let store = Store::open(options()).unwrap();
    assert_eq!(store.notices(), [Notice::Copied]);
    assert_eq!(store.device().id(), original.device().id(), "only a restore makes a new device");
    assert_ne!(store.incarnation(), original.incarnation(), "two databases may never use one actor");
    let (one, two) = (commit(&store, vec![visit(2, "甲")]), commit(&original, vec![visit(3, "乙")]));
    assert_ne!(one.books, two.books);
    let incarnation = store.incarnation();
    drop(store);
    let store = Store::open(options()).unwrap();
    assert!(store.notices().is_empty(), "the copy is now a database of its own");
    assert_eq!(store.incarnation(), incarnation);
}

#[test]
fn an_older_state_put_back_in_place_is_a_new_incarnation() {
    let home = home();
    home.checkpoint().unwrap();
    let file = home.dir.path().join("data/ybz.db");
    let old = fs::read(&file).unwrap();
    let incarnation = home.incarnation();
    let dir = home.dir;
    drop(home.store);
    drop(Store::open(options(dir.path(), 1)).unwrap());
    for beside in ["data/ybz.db-wal", "data/ybz.db-shm"] {
        let _ = fs::remove_file(dir.path().join(beside));
    }
    fs::write(&file, old).unwrap();
    let store = Store::open(options(dir.path(), 1)).unwrap();
    assert_eq!(store.notices(), [Notice::Copied]);
    assert_ne!(store.incarnation(), incarnation);
}

#[test]
fn a_key_shows_nothing_of_itself() {
    assert_eq!(format!("{:?}", DatabaseKey::from_bytes([9; 32])), "DatabaseKey(…)");
    assert_eq!(TODAY.to_string(), "2026-03-09");
}

#[test]
fn the_doctor_finds_an_altered_page() {
    let home = home();
    for number in 1..40 {
        commit(&home, vec![visit(number, &"村部".repeat(200))]);
    }
    home.checkpoint().unwrap();
    assert!(home.check().unwrap().problems.iter().all(|p| matches!(p, ybz_store::Problem::NotAuthorised { .. })));
    let dir = home.dir;
    drop(home.store);
    let file = dir.path().join("data/ybz.db");
    let mut bytes = fs::read(&file).unwrap();
    let last = bytes.len() - 2000;
    bytes[last] ^= 1;
    fs::write(&file, bytes).unwrap();
    let store = Store::open(options(dir.path(), 1)).unwrap();
    let report = store.check().unwrap();
    assert!(report.problems.iter().any(|p| matches!(p, ybz_store::Problem::Page(_))), "{:?}", report.problems);
}

#[test]
fn nothing_in_the_directory_can_be_read_without_the_key() {
    const CANARY: &str = "canary-户主张某某-13800000000";
    let home = home();
    let draft = ybz_store::Draft { form: CANARY.into(), key: CANARY.into(), json: CANARY.into(), saved: TODAY };
    home.put_draft(&draft).unwrap();
    home.put_setting(CANARY, &serde_json::json!(CANARY)).unwrap();
    commit(&home, vec![visit(1, CANARY)]);
    for round in 0..300 {
        commit(&home, vec![common::set(1, "title", &format!("{CANARY}{round}"))]);
    }
    let look = || {
        for (name, bytes) in files(&home.dir.path().join("data")) {
            for part in ["canary", "户主张某某", "13800000000"] {
                let found = bytes.windows(part.len()).any(|window| window == part.as_bytes());
                assert!(!found, "{name} holds what was typed, in plain");
            }
            let plain = name == "ybz.json" || name.ends_with("-shm");
            assert!(plain || !bytes.windows(6).any(|w| w == b"SQLite"), "{name} shows what it is");
        }
    };
    look();
    home.compact(&common::visits().id()).unwrap();
    look();
}
