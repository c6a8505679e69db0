//! Tests of what only a failing disk or another program can bring about.

use jiff::civil::date;
use ybz_domain::book::{BookKey, BookKind, RecordOp, Value, create};
use ybz_domain::ids::{ActorId, DeviceId, OfficeId, RecordId};

use crate::connection::limit_pages;
use crate::{BookEdit, DatabaseKey, Notice, OpenError, Options, SideWrites, Store, StoreError};

const ID: RecordId = RecordId([1; 16]);

fn options(dir: &std::path::Path) -> Options {
    Options {
        dir: dir.join("data"),
        key: DatabaseKey::from_bytes([1; 32]),
        boot_dir: dir.join("boot"),
        today: date(2026, 3, 9),
        random: |bytes| {
            static NEXT: std::sync::atomic::AtomicU8 = std::sync::atomic::AtomicU8::new(1);
            bytes.fill(NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        },
        cache_bytes: 1 << 20,
    }
}

fn book() -> BookKey {
    BookKey::new(OfficeId([7; 16]), BookKind::visits(), 2026)
}

fn commit(store: &Store, ops: Vec<RecordOp>) -> Result<(), StoreError> {
    store.commit(date(2026, 3, 9), vec![BookEdit { key: book(), ops }], SideWrites::default()).map(drop)
}

fn set(value: &str) -> Vec<RecordOp> {
    vec![RecordOp::Set { id: ID, field: "place".to_owned(), value: value.into() }]
}

fn place(store: &Store) -> String {
    store.read(|r| r.record(None, &ID)).unwrap().unwrap().view.str("place").to_owned()
}

fn home() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create(options(dir.path())).unwrap();
    commit(&store, vec![create(ID, "visit", [("place", "村部".into())])]).unwrap();
    (dir, store)
}

fn changes(store: &Store) -> u32 {
    store.read(|r| r.books()).unwrap().first().map_or(0, |book| book.changes)
}

#[test]
fn a_full_disk_fails_the_commit_and_the_next_one_is_sound() {
    let (dir, store) = home();
    let pages: i64 = store.writer().conn.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    let limit = |pages: i64| {
        store.writer().conn.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();
    };
    limit(pages);
    let long = "长".repeat(30_000);
    assert!(matches!(commit(&store, set(&long)), Err(StoreError::DiskFull)));
    assert_eq!(store.loaded().0, 0, "the document that was edited in memory is gone");
    assert_eq!((place(&store).as_str(), changes(&store)), ("村部", 1));
    limit(1 << 30);
    commit(&store, set("祠堂")).unwrap();
    assert_eq!((place(&store).as_str(), changes(&store)), ("祠堂", 2));
    drop(store);
    let store = Store::open(options(dir.path())).unwrap();
    assert_eq!(place(&store), "祠堂");
}

#[test]
fn a_full_disk_accepts_nothing() {
    let (_a, from) = home();
    commit(&from, set(&"长".repeat(30_000))).unwrap();
    let outgoing = from.missing_for(&book().id(), &[]).unwrap();
    let batch: Vec<_> = outgoing.changes.iter().map(|bytes| ybz_domain::accept::parse_change(bytes).unwrap()).collect();
    let dir = tempfile::tempdir().unwrap();
    let to = Store::create(options(dir.path())).unwrap();
    let pages: i64 = to.writer().conn.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    to.writer().conn.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();
    let anyone = |_: &DeviceId, _: &ActorId, _: u64, _: &ybz_domain::ids::ChangeHash| true;
    let full = to.accept(&book(), None, batch.clone(), outgoing.attestations.clone(), &anyone);
    assert!(matches!(full, Err(StoreError::DiskFull)));
    assert!(to.read(|r| r.books()).unwrap().is_empty());
    to.writer().conn.query_row("PRAGMA max_page_count = 1073741823", [], |_| Ok(())).unwrap();
    assert_eq!(to.accept(&book(), None, batch, outgoing.attestations, &anyone).unwrap().accepted, 2);
}

#[test]
fn a_commit_that_fails_at_its_very_end_leaves_nothing() {
    let (_dir, store) = home();
    // A foreign key that is checked at COMMIT and never holds.
    let trap = "CREATE TABLE trap (book INTEGER REFERENCES books (id) DEFERRABLE INITIALLY DEFERRED);
                CREATE TRIGGER spring AFTER INSERT ON change_index BEGIN INSERT INTO trap (book) VALUES (-1); END;";
    store.writer().conn.execute_batch(trap).unwrap();
    assert!(matches!(commit(&store, set("祠堂")), Err(StoreError::Database(_))));
    assert_eq!(store.loaded().0, 0);
    assert_eq!((place(&store).as_str(), changes(&store)), ("村部", 1));
    store.writer().conn.execute_batch("DROP TRIGGER spring").unwrap();
    commit(&store, set("学校")).unwrap();
    assert_eq!((place(&store).as_str(), changes(&store)), ("学校", 2), "the actor's numbers go on without a hole");
    let problems = store.check().unwrap().problems;
    assert!(problems.iter().all(|problem| matches!(problem, crate::Problem::NotAuthorised { .. })), "{problems:?}");
}

#[test]
fn making_a_database_on_a_full_disk_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    limit_pages(Some(10));
    let error = Store::create(options(dir.path())).unwrap_err();
    limit_pages(None);
    assert!(matches!(error, OpenError::DiskFull { .. }), "{error}");
    let left: Vec<_> = std::fs::read_dir(dir.path().join("data")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["ybz.lock"]);
    Store::create(options(dir.path())).unwrap();
}

#[test]
fn a_newer_schema_is_not_touched() {
    let (dir, store) = home();
    store.writer().conn.pragma_update(None, "user_version", 99).unwrap();
    store.checkpoint().unwrap();
    drop(store);
    let file = dir.path().join("data/ybz.db");
    let before = std::fs::read(&file).unwrap();
    let error = Store::open(options(dir.path())).unwrap_err();
    assert!(matches!(error, OpenError::NewerSchema { found: 99, known: crate::SCHEMA_VERSION }), "{error}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn a_read_model_of_another_version_is_rebuilt_at_the_start() {
    let (dir, store) = home();
    {
        let writer = store.writer();
        crate::table::meta::put(&writer.conn, crate::table::meta::READ_MODEL, &99u32.to_le_bytes()).unwrap();
        writer.conn.execute_batch("DROP TABLE records; CREATE TABLE records (other TEXT);").unwrap();
    }
    drop(store);
    let store = Store::open(options(dir.path())).unwrap();
    assert_eq!(store.notices(), [Notice::Rebuilt]);
    assert_eq!(place(&store), "村部");
    drop(store);
    assert!(Store::open(options(dir.path())).unwrap().notices().is_empty());
}

#[test]
fn the_doctor_names_what_does_not_agree() {
    use crate::Problem;
    let (_dir, store) = home();
    commit(&store, vec![create(RecordId([2; 16]), "visit", [("n", Value::Int(1))])]).unwrap();
    let found = |sql: &str| {
        let writer = store.writer();
        writer.conn.execute_batch("SAVEPOINT before").unwrap();
        writer.conn.execute_batch(sql).unwrap();
        writer.conn.execute_batch("RELEASE before").unwrap();
        drop(writer);
        let problems = store.check().unwrap().problems;
        problems.into_iter().filter(|p| !matches!(p, Problem::NotAuthorised { .. })).collect::<Vec<_>>()
    };
    assert_eq!(found(""), []);
    let id = book().id();
    let wrong = found("UPDATE records SET state = 'x' WHERE id = x'02020202020202020202020202020202'");
    assert_eq!(wrong, [Problem::Record { book: id, record: RecordId([2; 16]) }]);
    store.rebuild_read_model().unwrap();
    assert_eq!(found("UPDATE heads SET hash = zeroblob(32)"), [Problem::Heads { book: id }]);
    found("UPDATE heads SET hash = (SELECT hash FROM change_index WHERE n = 2)");
    let wrong = found("UPDATE attestations SET signed = CAST(signed || x'00' AS BLOB)");
    assert!(wrong.is_empty(), "what a newer program adds behind is carried: {wrong:?}");
    let wrong = found("UPDATE attestations SET signed = CAST(x'00' || signed AS BLOB)");
    assert!(matches!(wrong.as_slice(), [Problem::Attestation { .. }]), "{wrong:?}");
}

/// Who stands behind the values of the record, by what the check says.
fn checks(store: &Store) -> Vec<(Option<DeviceId>, crate::Check)> {
    let history = store.history(&book().id(), &ID, 100).unwrap().unwrap();
    history.values.into_iter().map(|one| (one.device, one.check)).collect()
}

#[test]
fn a_value_without_a_signature_or_with_a_forged_one_is_said_to_be_so() {
    use crate::Check;
    let (_dir, store) = home();
    // No office was founded here: the signature holds, and nobody says that the device may write.
    assert_eq!(checks(&store), [(Some(store.device().id()), Check::UnknownDevice)]);
    let row = crate::table::books::find(&store.writer().conn, &book().id()).unwrap().unwrap();
    let (actor, signed) = crate::table::attestations::of_book(&store.writer().conn, row.id).unwrap().remove(0);
    let attestation = signed.open().unwrap();
    let forger = ybz_domain::sign::DeviceKey::from_bytes(&[66; 32]);
    let of_another = ybz_domain::sign::Signed::sign(&forger, &attestation);
    let of_another_change = ybz_domain::sign::Signed::sign(
        &store.device(),
        &ybz_domain::accept::Attestation { hash: ybz_domain::ids::ChangeHash([9; 32]), ..attestation },
    );
    let mut altered = signed.clone();
    altered.signer = forger.id();
    for bad in [of_another, of_another_change, altered] {
        crate::table::attestations::put(&store.writer().conn, row.id, &actor, 1, &bad).unwrap();
        assert_eq!(checks(&store), [(None, Check::Broken)], "nobody is named whose signature does not hold");
    }
    store.writer().conn.execute("DELETE FROM attestations", []).unwrap();
    assert_eq!(checks(&store), [(None, Check::Unattested)]);
}
