//! The doctor: checks everything that is kept against everything it must agree with. What to do about a finding is
//! [`Store::repair`]'s.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use automerge::Automerge;
use rusqlite::Connection;
use ybz_domain::accept::parse_change;
use ybz_domain::book::is_genesis;
use ybz_domain::ids::{ActorId, BookId, ChangeHash, RecordId};
use ybz_domain::ledger::index_row;
use ybz_domain::trust::{Membership, Reader, may_have_written};

use crate::documents::{load, sound};
use crate::error::StoreError;
use crate::history;
use crate::outgoing::hashes;
use crate::problem::{Problem, Remedy};
use crate::project::all_views;
use crate::store::Store;
use crate::table::books::BookRow;
use crate::table::change_index::{Entry, State};
use crate::table::{attestations, books, change_index, changes, local_log, records};

impl DoctorReport {
    /// The file itself is damaged, so that nothing else was looked at.
    pub fn file_damaged(&self) -> bool {
        self.problems.iter().any(|problem| problem.remedy() == Remedy::Restore)
    }
}

/// What was checked and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DoctorReport {
    /// Books.
    pub books: usize,
    /// Changes.
    pub changes: usize,
    /// Changes that are held: known, and no problem of this database.
    pub held: usize,
    /// Records.
    pub records: usize,
    /// Attestations.
    pub attestations: usize,
    /// What does not agree; empty when all is well.
    pub problems: Vec<Problem>,
}

/// Threads that look: one begins with the pages, and helps with the books then.
const WORKERS: usize = 2;

impl Store {
    /// Checks every page, every change, every chain and attestation, the heads, and the read model, beside the writer.
    pub fn check(&self) -> Result<DoctorReport, StoreError> {
        let books = match self.membership().and_then(|_| self.0.pool.with(books::all)) {
            Ok(books) => books,
            // On damaged pages nothing can be read: then that is the finding.
            Err(error) => match self.pages()? {
                problems if problems.is_empty() => return Err(error),
                problems => return Ok(DoctorReport { problems, ..DoctorReport::default() }),
            },
        };
        let next = AtomicUsize::new(0);
        let (pages, looked) = std::thread::scope(|scope| {
            let look = || self.look(&books, &next);
            let others: Vec<_> = (1..WORKERS).map(|_| scope.spawn(look)).collect();
            // Reading all pages waits for the disk and for the cipher, so it begins first and then helps with the books.
            let pages = self.pages();
            let mut looked = vec![look()];
            looked.extend(others.into_iter().map(|other| match other.join() {
                Ok(looked) => looked,
                Err(panic) => std::panic::resume_unwind(panic),
            }));
            (pages, looked)
        });
        let mut report = DoctorReport { problems: pages?, ..DoctorReport::default() };
        if !report.problems.is_empty() {
            // On damaged pages nothing else means anything.
            return Ok(report);
        }
        report.problems.extend(self.0.pool.with(local_log::broken_at)?.map(Problem::Log));
        let mut looked = looked.into_iter().collect::<Result<Vec<_>, _>>()?.concat();
        looked.sort_by_key(|(place, _)| *place);
        for (_, book) in looked {
            report.books += book.books;
            report.changes += book.changes;
            report.held += book.held;
            report.records += book.records;
            report.attestations += book.attestations;
            report.problems.extend(book.problems);
        }
        Ok(report)
    }

    /// Pages that were altered, and damage to the file.
    fn pages(&self) -> Result<Vec<Problem>, StoreError> {
        let pages = self.0.pool.with_fresh(|conn| lines(conn, "PRAGMA cipher_integrity_check"))?;
        if !pages.is_empty() {
            return Ok(pages.into_iter().map(Problem::Page).collect());
        }
        // A damaged file makes the statement itself fail; that is a finding.
        let found = self.0.pool.with_fresh(|conn| lines(conn, "PRAGMA integrity_check"));
        let found = found.unwrap_or_else(|error| vec![error.to_string()]);
        Ok(found.into_iter().filter(|line| line != "ok").map(Problem::File).collect())
    }

    /// Looks at books until none is left.
    fn look(&self, books: &[BookRow], next: &AtomicUsize) -> Result<Vec<(usize, DoctorReport)>, StoreError> {
        let mut looked = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(BookRow { book: id, .. }) = books.get(place) else { return Ok(looked) };
            let mut membership = self.membership()?;
            loop {
                let report = self.look_at(id, &membership)?;
                // Certificates, removals and what they let in or take out change together with the books: what looks wrong by
                // what was known before is looked at again by what is known now.
                let now = self.membership()?;
                if report.problems.is_empty() || Arc::ptr_eq(&membership, &now) {
                    looked.push((place, report));
                    break;
                }
                membership = now;
            }
        }
    }

    /// One book within one reading transaction. What keeps this from reading at all is an error; what it cannot make sense of
    /// is a finding.
    fn look_at(&self, id: &BookId, membership: &Membership) -> Result<DoctorReport, StoreError> {
        let mut report = DoctorReport::default();
        let read = self.0.pool.with(|conn| {
            // Dropped meanwhile: nothing is left to check.
            let Some(row) = books::find(conn, id)? else { return Ok(Ok(())) };
            Ok(book(conn, &row, membership, &mut report))
        })?;
        if let Err(error) = read {
            report.problems.push(Problem::Document { book: *id, why: error.to_string() });
        }
        Ok(report)
    }
}

fn lines(conn: &Connection, sql: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = conn.prepare(sql)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn book(
    conn: &Connection,
    row: &BookRow,
    membership: &Membership,
    report: &mut DoctorReport,
) -> Result<(), StoreError> {
    let entries = change_index::of_book(conn, row.id)?;
    report.books += 1;
    report.changes += entries.len();
    report.held += entries.iter().filter(|entry| entry.state == State::Held).count();
    chains(row, &entries, report);
    let compacted = bytes(conn, row, &entries, report)?;
    vouched(conn, row, &entries, membership, report)?;
    if entries.len() != usize::try_from(row.changes).unwrap_or_default()
        || tops(&entries, |_| true) != hashes(conn, row)?
    {
        report.problems.push(Problem::Heads { book: row.book });
    }
    document(conn, row, &load(conn, row)?, &entries, &compacted, report)
}

/// Numbers follow each other, dependencies come before, and each change of an actor builds on its previous one.
fn chains(row: &BookRow, entries: &[Entry], report: &mut DoctorReport) {
    let mut tips: BTreeMap<ActorId, (u64, u32)> = BTreeMap::new();
    for (n, entry) in (1..).zip(entries) {
        let (last, previous) = tips.insert(entry.actor, (entry.seq, entry.n)).unwrap_or_default();
        let sound = entry.n == n
            && entry.deps.iter().all(|dep| *dep < n)
            && entry.seq == last + 1
            && (last == 0 || entry.deps.contains(&previous));
        if !sound {
            report.problems.push(Problem::Chain { book: row.book, actor: entry.actor, seq: entry.seq });
        }
    }
}

/// Raw changes hash to what the index says. Returns the changes that have no bytes of their own.
fn bytes(
    conn: &Connection,
    row: &BookRow,
    entries: &[Entry],
    report: &mut DoctorReport,
) -> Result<BTreeSet<ChangeHash>, StoreError> {
    let mut compacted = BTreeSet::new();
    let numbers: BTreeMap<ChangeHash, u32> = entries.iter().map(|entry| (entry.hash, entry.n)).collect();
    for entry in entries {
        let Some(bytes) = changes::get(conn, row.id, entry.n)? else {
            compacted.insert(entry.hash);
            continue;
        };
        let same = parse_change(&bytes).is_ok_and(|change| {
            let meta = change.meta;
            let deps: Option<Vec<u32>> =
                meta.deps.iter().map(|dep| if is_genesis(dep) { Some(0) } else { numbers.get(dep).copied() }).collect();
            (meta.hash, meta.actor, meta.seq, meta.max_op) == (entry.hash, entry.actor, entry.seq, entry.max_op)
                && deps.as_ref() == Some(&entry.deps)
        });
        if !same {
            report.problems.push(Problem::Change { book: row.book, hash: entry.hash });
        }
    }
    Ok(compacted)
}

/// Over each actor's last change stands an attestation that holds, by a device that may write the book.
fn vouched(
    conn: &Connection,
    row: &BookRow,
    entries: &[Entry],
    membership: &Membership,
    report: &mut DoctorReport,
) -> Result<(), StoreError> {
    let mut tips: BTreeMap<ActorId, (u64, ChangeHash)> = BTreeMap::new();
    for entry in entries {
        tips.insert(entry.actor, (entry.seq, entry.hash));
    }
    for (actor, tip) in tips {
        let signed = match attestations::get(conn, row.id, &actor) {
            Ok(signed) => signed,
            Err(StoreError::Garbled(_)) => None,
            Err(error) => return Err(error),
        };
        let Some(signed) = signed.filter(|signed| history::vouched(membership, row, &actor, tip, signed)) else {
            report.problems.push(Problem::Attestation { book: row.book, actor });
            continue;
        };
        report.attestations += 1;
        let writer = Reader { office: row.key.writer(), device: signed.signer };
        let certificate = membership.certificate(&writer.office, &writer.device);
        let within = certificate.is_some_and(|certificate| certificate.covers(&row.book, &actor, tip.0, &tip.1));
        // A book that another generation replaced waits here for its end: nobody may write it any more.
        let ended = !membership.is_current(&row.key);
        if !within || !(ended || may_have_written(membership, writer, &row.key)) {
            report.problems.push(Problem::NotAuthorised { book: row.book, device: signed.signer });
        }
    }
    Ok(())
}

/// Changes on which none of the others builds, sorted by hash.
fn tops(entries: &[Entry], among: impl Fn(&Entry) -> bool) -> Vec<ChangeHash> {
    let mut tops: BTreeMap<u32, ChangeHash> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| among(entry)) {
        for dep in &entry.deps {
            tops.remove(dep);
        }
        tops.insert(entry.n, entry.hash);
    }
    let mut hashes: Vec<ChangeHash> = tops.into_values().collect();
    hashes.sort_unstable();
    hashes
}

/// The document has the heads and the compacted changes of the index, and the read model is its projection.
fn document(
    conn: &Connection,
    row: &BookRow,
    doc: &Automerge,
    entries: &[Entry],
    compacted: &BTreeSet<ChangeHash>,
    report: &mut DoctorReport,
) -> Result<(), StoreError> {
    let mut found: Vec<ChangeHash> =
        doc.get_heads().iter().map(|hash| ChangeHash(hash.0)).filter(|hash| !is_genesis(hash)).collect();
    found.sort_unstable();
    if found != tops(entries, |entry| entry.state == State::Read) {
        let why = "the document has other heads than the index".to_owned();
        report.problems.push(Problem::Document { book: row.book, why });
    }
    if !compacted.is_empty() {
        let held: BTreeSet<ChangeHash> =
            doc.get_changes(&[]).iter().map(|change| ChangeHash(change.hash().0)).collect();
        for hash in compacted.difference(&held) {
            report.problems.push(Problem::Change { book: row.book, hash: *hash });
        }
    }
    let fresh = sound(&row.book, || Ok(all_views(doc)))?;
    let fresh: BTreeMap<RecordId, _> = fresh.into_iter().map(|view| (view.id, view)).collect();
    let mut kept: BTreeMap<RecordId, _> =
        records::of_book(conn, row.id)?.into_iter().map(|stored| (stored.view.id, stored)).collect();
    report.records += fresh.len();
    for (id, view) in fresh {
        let same = kept.remove(&id).is_some_and(|stored| stored.view == view && stored.row == index_row(&view));
        if !same {
            report.problems.push(Problem::Record { book: row.book, record: id });
        }
    }
    report.problems.extend(kept.into_keys().map(|record| Problem::Record { book: row.book, record }));
    Ok(())
}
