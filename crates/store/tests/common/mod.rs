//! What the tests of this crate share: databases with fixed keys, and records to put into them.
#![allow(dead_code, unreachable_pub)]

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::{Date, date};
use ybz_domain::book::{BookKey, BookKind, RecordOp, Value, create};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_store::{BookEdit, Committed, DatabaseKey, Options, SideWrites, Store};

pub const OFFICE: OfficeId = OfficeId([7; 16]);
pub const TODAY: Date = date(2026, 3, 9);

static NEXT: AtomicU64 = AtomicU64::new(1);

/// Bytes that differ from call to call and are the same in each run of one thread.
pub fn counted(bytes: &mut [u8]) {
    let number = NEXT.fetch_add(1, Ordering::Relaxed).to_le_bytes();
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = number[at % 8].wrapping_add(at as u8).wrapping_mul(31);
    }
}

pub fn options(dir: &Path, key: u8) -> Options {
    Options {
        dir: dir.join("data"),
        key: DatabaseKey::from_bytes([key; 32]),
        boot_dir: dir.join("boot"),
        today: TODAY,
        random: counted,
        cache_bytes: ybz_store::DEFAULT_CACHE,
    }
}

/// A database in a folder of its own, gone with it.
pub struct Home {
    pub dir: tempfile::TempDir,
    pub store: Store,
}

impl std::ops::Deref for Home {
    type Target = Store;
    fn deref(&self) -> &Store {
        &self.store
    }
}

pub fn home() -> Home {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create(options(dir.path(), 1)).unwrap();
    Home { dir, store }
}

pub fn visits() -> BookKey {
    BookKey::new(OFFICE, BookKind::visits(), 2026)
}

pub fn id(number: u8) -> RecordId {
    RecordId([number; 16])
}

pub fn visit(number: u8, place: &str) -> RecordOp {
    let fields = [("date", "2026-03-05".into()), ("place", place.into()), ("minutes", Value::Text("一".to_owned()))];
    create(id(number), "visit", fields)
}

pub fn set(number: u8, field: &str, value: &str) -> RecordOp {
    RecordOp::Set { id: id(number), field: field.to_owned(), value: value.into() }
}

pub fn commit(store: &Store, ops: Vec<RecordOp>) -> Committed {
    store.commit(TODAY, vec![BookEdit { key: visits(), ops }], SideWrites::default()).unwrap()
}

pub fn place(store: &Store, number: u8) -> String {
    let record = store.read(|r| r.record(Some(&visits().id()), &id(number))).unwrap().unwrap();
    record.view.str("place").to_owned()
}

/// Another database with its own device, told apart by its number.
pub fn changes_of(outgoing: &ybz_store::Outgoing) -> Vec<ybz_domain::accept::ParsedChange> {
    outgoing.changes.iter().map(|bytes| ybz_domain::accept::parse_change(bytes).unwrap()).collect()
}

pub fn anyone(
    _: &ybz_domain::ids::DeviceId,
    _: &ybz_domain::ids::ActorId,
    _: u64,
    _: &ybz_domain::ids::ChangeHash,
) -> bool {
    true
}

/// Sends what `to` lacks of a book and lets it accept and read in.
pub fn send(from: &Store, to: &Store, key: &BookKey) -> ybz_store::AcceptOutcome {
    let outgoing = from.missing_for(&key.id(), &to.heads(&key.id()).unwrap()).unwrap();
    let peer = from.device().id().into();
    let batch = changes_of(&outgoing);
    let outcome = to.accept(key, Some(&peer), batch, outgoing.attestations, &anyone).unwrap();
    to.read_in(usize::MAX).unwrap();
    outcome
}

/// What the read model has of a book, without what depends on the database.
pub fn records(store: &Store, key: &BookKey) -> Vec<ybz_store::StoredRecord> {
    let query =
        ybz_store::RecordQuery { book: Some(key.id()), sort: ybz_store::Sort::Id, ..ybz_store::RecordQuery::default() };
    store.read(|r| r.query(&query)).unwrap().1
}

/// The doctor finds nothing but that devices have no certificates, which these tests give to none.
pub fn assert_sound(store: &Store) {
    let mut report = store.check().unwrap();
    report.problems.retain(|problem| !matches!(problem, ybz_store::Problem::NotAuthorised { .. }));
    assert_eq!(report.problems, [], "everything kept must agree");
}
