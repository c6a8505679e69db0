//! Repair of a book after a check that failed: what still verifies is kept, what does not is put aside, and the rest is
//! left for others to send again.
//!
//! **Invariant:** a repair begins a new life of this database first. What this device wrote at the end of a damaged book may
//! be gone here and known elsewhere; nothing is ever made again under its numbers.
//!
//! **Invariant:** the commit that empties a book says which of its changes were accepted. As long as that is there, the repair
//! is not over: the next one goes on from it.

use std::collections::{BTreeMap, BTreeSet};

use automerge::Automerge;
use jiff::civil::Date;
use rusqlite::{Connection, TransactionBehavior, params};
use ybz_domain::accept::{Attestation, ChangeMeta, ParsedChange, parse_change, verify_attestation};
use ybz_domain::book::{BookKey, is_genesis};
use ybz_domain::ids::{ActorId, BookId, ChangeHash, DeviceId, Incarnation};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Reader, may_write};

use crate::accept::STAGED_ATTESTATIONS;
use crate::documents::{load, sound};
use crate::error::StoreError;
use crate::listen::Tags;
use crate::open::new_incarnation;
use crate::project::all_views;
use crate::store::{Identity, Store, Writer};
use crate::table::books::{self, BookRow};
use crate::table::damaged::{self, Damaged};
use crate::table::local_log::{self, LogEntry};
use crate::table::{change_index, changes, meta, records, snapshots, staged};

/// What a repair did to one book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The book.
    pub book: BookKey,
    /// Changes that verified and stand again.
    pub kept: usize,
    /// Changes that verified and wait for others that are gone.
    pub waiting: usize,
    /// Changes that are gone.
    pub lost: usize,
}

/// What of a book verifies, and what does not.
#[derive(Default)]
struct Found {
    good: Vec<ParsedChange>,
    attestations: Vec<Signed<Attestation>>,
    damaged: Vec<Damaged>,
    lost: usize,
    /// Changes that were accepted before.
    accepted: BTreeSet<ChangeHash>,
}

impl Store {
    /// Repairs the books that a check finds damaged, or (with `only`) one of them. Damaged rows are kept aside; what others
    /// shared of these books is forgotten, so that it is compared anew. Books without a finding are left alone.
    pub fn repair(&self, today: Date, only: Option<&BookId>) -> Result<Vec<Repaired>, StoreError> {
        let report = self.check()?;
        if report.file_damaged() {
            return Err(StoreError::FileDamaged);
        }
        let mut books: BTreeMap<BookId, bool> = BTreeMap::new();
        for problem in &report.problems {
            let Some(book) = problem.damages().filter(|book| only.is_none_or(|only| only == book)) else { continue };
            // What is derived is derived again; everything else is judged again from its bytes.
            *books.entry(book).or_default() |= !problem.is_derived();
        }
        let cut = self.cut_short()?;
        let begun: Vec<BookId> = cut.into_iter().filter(|book| only.is_none_or(|only| only == book)).collect();
        let mut out = Vec::new();
        for book in begun.iter().filter(|book| !books.contains_key(book)) {
            out.extend(self.accept_again(book, 0)?);
        }
        if books.is_empty() {
            return Ok(out);
        }
        self.renew_incarnation(today)?;
        for (book, deep) in books {
            out.extend(if deep { self.repair_book(today, &book)? } else { self.reproject(&book)? });
        }
        Ok(out)
    }

    /// Goes on with repairs that were cut short after a book was emptied and before its changes were accepted again.
    pub fn finish_repairs(&self) -> Result<Vec<Repaired>, StoreError> {
        let mut out = Vec::new();
        for book in self.cut_short()? {
            out.extend(self.accept_again(&book, 0)?);
        }
        Ok(out)
    }

    fn cut_short(&self) -> Result<Vec<BookId>, StoreError> {
        self.0.pool.with(damaged::begun)
    }

    /// What was put aside by repairs, with what nobody has brought back.
    pub fn damaged(&self) -> Result<Vec<damaged::DamagedBook>, StoreError> {
        self.0.pool.with(damaged::all)
    }

    fn renew_incarnation(&self, today: Date) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let tx = writer.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let incarnation = new_incarnation(&tx, self.0.random, today, "repaired")?;
        tx.commit()?;
        let device = writer.identity.device.clone();
        self.become_identity(&mut writer, Identity { device, incarnation });
        Ok(())
    }

    fn reproject(&self, book: &BookId) -> Result<Option<Repaired>, StoreError> {
        let row = {
            let mut writer = self.writer();
            let Some(row) = books::find(&writer.conn, book)? else { return Ok(None) };
            project_anew(&mut writer, &row)?;
            row
        };
        self.0.listeners.tell(Tags::from([row.key.kind.to_string()]));
        Ok(Some(Repaired { kept: row.changes.try_into().unwrap_or_default(), waiting: 0, lost: 0, book: row.key }))
    }

    fn repair_book(&self, today: Date, book: &BookId) -> Result<Option<Repaired>, StoreError> {
        let lost = {
            let mut guard = self.writer();
            let Some(row) = books::find(&guard.conn, book)? else { return Ok(None) };
            guard.documents.evict(row.id);
            let found = gather(&guard, &row)?;
            let tx = guard.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            put_aside(&tx, &row, &found, today)?;
            tx.commit()?;
            found.lost
        };
        self.accept_again(book, lost)
    }

    /// The second half of a repair: what verified and waits is judged again.
    fn accept_again(&self, book: &BookId, lost: usize) -> Result<Option<Repaired>, StoreError> {
        let (row, accepted) = {
            let guard = self.writer();
            let accepted: BTreeSet<ChangeHash> = damaged::accepted(&guard.conn, book)?.into_iter().collect();
            (books::find(&guard.conn, book)?, accepted)
        };
        let Some(row) = row else { return Ok(None) };
        // What was accepted once is not judged by today's certificates; what only waited is.
        let membership = self.membership()?;
        let writer = row.key.writer();
        let authorised = |device: &DeviceId, actor: &ActorId, seq: u64, hash: &ChangeHash| {
            accepted.contains(hash)
                || membership.certificate(&writer, device).is_some_and(|held| held.covers(book, actor, seq, hash))
                    && may_write(&membership, Reader { office: writer, device: *device }, &row.key)
        };
        let outcome = self.accept(&row.key, None, Vec::new(), Vec::new(), &authorised)?;
        {
            let mut guard = self.writer();
            let row = books::find(&guard.conn, book)?.ok_or(StoreError::NoBook(*book))?;
            guard.read_in_book(&row, usize::MAX)?;
            project_anew(&mut guard, &row)?;
            damaged::finish(&guard.conn, book)?;
        }
        self.0.listeners.tell(Tags::from([row.key.kind.to_string(), "sync".to_owned()]));
        Ok(Some(Repaired { kept: outcome.accepted, waiting: outcome.staged, lost, book: row.key }))
    }
}

fn project_anew(writer: &mut Writer, row: &BookRow) -> Result<(), StoreError> {
    let doc = load(&writer.conn, row)?;
    let views = sound(&row.book, || Ok(all_views(&doc)))?;
    let tx = writer.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    records::delete_book(&tx, row.id)?;
    for view in views {
        records::project(&tx, row.id, view.id, Some(&view))?;
    }
    records::settle(&tx)?;
    tx.commit()?;
    writer.documents.put(row.id, doc);
    Ok(())
}

/// Takes from the rows of a book everything that proves itself.
fn gather(writer: &Writer, row: &BookRow) -> Result<Found, StoreError> {
    let conn = &writer.conn;
    let mut found = Found::default();
    let mut good: BTreeMap<ChangeHash, ParsedChange> = BTreeMap::new();
    let mut broken: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
    for (n, bytes) in changes::all(conn, row.id)? {
        match whole(&bytes) {
            Some(change) => drop(good.insert(change.meta.hash, change)),
            None => drop(broken.insert(n, bytes)),
        }
    }
    if let Some(bytes) = snapshots::get(conn, row.id)? {
        match sound(&row.book, || from_snapshot(&bytes)) {
            Ok(all) => good.extend(all.into_iter().map(|change| (change.meta.hash, change))),
            Err(_) => found.damaged.push(Damaged { what: "snapshot", hash: None, bytes }),
        }
    }
    for entry in change_index::of_book(conn, row.id)? {
        found.accepted.insert(entry.hash);
        let bytes = broken.remove(&entry.n);
        let stands = good.contains_key(&entry.hash);
        // A row whose bytes are whole under another hash lost its own name, not a change.
        let misnamed = !stands
            && match changes::get(conn, row.id, entry.n)? {
                Some(bytes) => whole(&bytes).is_some(),
                None => false,
            };
        if !stands && !misnamed {
            found.lost += 1;
            found.damaged.push(Damaged { what: "change", hash: Some(entry.hash), bytes: bytes.unwrap_or_default() });
        }
    }
    found.damaged.extend(broken.into_values().map(|bytes| Damaged { what: "change", hash: None, bytes }));
    // A repair that was cut short left them to this one.
    found.accepted.extend(damaged::accepted(conn, &row.book)?);
    found.good = good.into_values().collect();
    vouch(writer, row, &mut found)?;
    Ok(found)
}

/// A change that says itself that it is unaltered: its checksum is the beginning of its hash.
fn whole(bytes: &[u8]) -> Option<ParsedChange> {
    let change = parse_change(bytes).ok()?;
    (bytes.get(4..8) == change.meta.hash.0.get(..4)).then_some(change)
}

/// Every change of a snapshot, as it travels.
fn from_snapshot(bytes: &[u8]) -> Result<Vec<ParsedChange>, String> {
    let doc = Automerge::load(bytes).map_err(|error| error.to_string())?;
    let mut out = Vec::new();
    for change in doc.get_changes(&[]).iter().filter(|change| !is_genesis(&ChangeHash(change.hash().0))) {
        let again = automerge::Change::from_bytes(change.raw_bytes().to_vec()).map_err(|error| error.to_string())?;
        out.push(parse_change(again.raw_bytes()).map_err(|refusal| refusal.to_string())?);
    }
    Ok(out)
}

/// Keeps the attestations that hold, and attests anew what is left of this device's own chains: it made them.
fn vouch(writer: &Writer, row: &BookRow, found: &mut Found) -> Result<(), StoreError> {
    let me = writer.identity.device.id();
    let mut chains: BTreeMap<ActorId, BTreeMap<u64, &ChangeMeta>> = BTreeMap::new();
    for change in &found.good {
        chains.entry(change.meta.actor).or_default().insert(change.meta.seq, &change.meta);
    }
    let mut lives: BTreeMap<ActorId, Incarnation> = BTreeMap::new();
    for life in meta::lives(&writer.conn)? {
        lives.insert(ActorId::bind(&me, &row.book, &life), life);
    }
    for bytes in attestation_rows(&writer.conn, row.id)? {
        let signed: Option<Signed<Attestation>> = postcard::from_bytes(&bytes).ok();
        let claim = signed.as_ref().and_then(|signed| Some((signed, verify_attestation(signed, &row.book).ok()?)));
        match claim {
            Some((signed, (actor, _))) => {
                if let (true, Ok(attestation)) = (signed.signer == me, signed.peek()) {
                    lives.insert(actor, attestation.nonce);
                }
                found.attestations.push(signed.clone());
            }
            None => found.damaged.push(Damaged { what: "attestation", hash: None, bytes }),
        }
    }
    let mut again = Vec::new();
    for (actor, nonce) in lives {
        let mut last: Option<&ChangeMeta> = None;
        for (next, meta) in (1..).zip(chains.get(&actor).into_iter().flat_map(BTreeMap::values)) {
            if meta.seq != next || last.is_some_and(|last| !meta.deps.contains(&last.hash)) {
                break;
            }
            last = Some(meta);
        }
        let Some(ChangeMeta { seq, hash, .. }) = last else { continue };
        let attestation = Attestation { book: row.book, nonce, seq: *seq, hash: *hash };
        again.push(Signed::sign(&writer.identity.device, &attestation));
    }
    found.attestations.extend(again);
    Ok(())
}

fn attestation_rows(conn: &Connection, book: i64) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT signed FROM attestations WHERE book = ?1 ORDER BY actor")?;
    let rows = statement.query_map(params![book], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Resets the book to genesis; what verified waits as staged rows and is accepted again by the ordinary rules.
fn put_aside(conn: &Connection, row: &BookRow, found: &Found, today: Date) -> Result<(), StoreError> {
    let made = today.to_string();
    for one in &found.damaged {
        damaged::put(conn, &row.book, &made, one)?;
    }
    records::delete_book(conn, row.id)?;
    for table in ["changes", "snapshots", "heads", "attestations", "shared_heads", "change_index"] {
        conn.execute(&format!("DELETE FROM {table} WHERE book = ?1"), params![row.id])?;
    }
    records::settle(conn)?;
    books::set_changes(conn, row.id, 0)?;
    damaged::begin(conn, &row.book, &made, &found.accepted)?;
    for change in &found.good {
        staged::insert(conn, row.id, &[], change)?;
    }
    for signed in &found.attestations {
        if let Ok((actor, (seq, _))) = verify_attestation(signed, &row.book) {
            staged::insert_attestation(conn, row.id, &actor, seq, signed, STAGED_ATTESTATIONS)?;
        }
    }
    let params = [
        ("book".to_owned(), row.book.to_string()),
        ("kept".to_owned(), found.good.len().to_string()),
        ("lost".to_owned(), found.lost.to_string()),
    ];
    local_log::append(conn, &LogEntry { on: today, code: "book_repaired".to_owned(), params: params.into() })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use ybz_domain::book::{BookKind, create};
    use ybz_domain::ids::{OfficeId, RecordId};

    use super::*;
    use crate::{BookEdit, DatabaseKey, Options, SideWrites};

    fn store(dir: &std::path::Path) -> Store {
        Store::create(Options {
            dir: dir.join("data"),
            key: DatabaseKey::from_bytes([1; 32]),
            boot_dir: dir.join("boot"),
            today: date(2026, 3, 9),
            random: |bytes| {
                static NEXT: std::sync::atomic::AtomicU8 = std::sync::atomic::AtomicU8::new(1);
                bytes.fill(NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
            },
            cache_bytes: 1 << 20,
        })
        .unwrap()
    }

    #[test]
    fn a_repair_that_was_cut_short_goes_on_with_the_next_one() {
        let dir = tempfile::tempdir().unwrap();
        let store = store(dir.path());
        let today = date(2026, 3, 9);
        let key = BookKey::new(OfficeId([7; 16]), BookKind::visits(), 2026);
        let id = RecordId([1; 16]);
        let edit = BookEdit { key: key.clone(), ops: vec![create(id, "visit", [("place", "村部".into())])] };
        store.commit(today, vec![edit], SideWrites::default()).unwrap();
        store.renew_incarnation(today).unwrap();
        {
            let mut guard = store.writer();
            let row = books::find(&guard.conn, &key.id()).unwrap().unwrap();
            guard.documents.evict(row.id);
            let found = gather(&guard, &row).unwrap();
            let tx = guard.conn.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
            put_aside(&tx, &row, &found, today).unwrap();
            tx.commit().unwrap();
        }
        let place = || {
            let found = store.read(|reader| reader.record(Some(&key.id()), &id)).unwrap();
            found.map(|found| found.view.str("place").to_owned())
        };
        assert_eq!(place(), None, "the book is empty here");
        assert!(store.damaged().unwrap().is_empty(), "that is no damage");
        let repaired = store.repair(today, None).unwrap();
        assert_eq!(repaired.iter().map(|one| (one.kept, one.waiting)).collect::<Vec<_>>(), [(1, 0)]);
        assert_eq!(place().as_deref(), Some("村部"));
        assert!(store.finish_repairs().unwrap().is_empty(), "it is over");
    }
}
