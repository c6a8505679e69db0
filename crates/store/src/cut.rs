//! Cuts at work: what of a removed or retired device's changes was accepted here beyond what counts, and how it goes.
//!
//! **Invariant:** taking changes out of a book is one transaction over bytes, index, heads, snapshot, read model, shared
//! heads and receipts. Their bytes are in quarantine afterwards. What a change of somebody else builds on stays.

mod remake;

use std::collections::{BTreeMap, BTreeSet};

use automerge::Change;
use jiff::civil::Date;
use rusqlite::{Connection, TransactionBehavior};
use ybz_domain::accept::Refusal;
use ybz_domain::book::{BookKey, day_of};
use ybz_domain::ids::{ActorId, BookId, ChangeHash, DeviceId};
use ybz_domain::trust::Standing;

use crate::error::StoreError;
use crate::listen::Tags;
use crate::outgoing::bytes_of;
use crate::store::{Store, Writer};
use crate::table::books::BookRow;
use crate::table::change_index::{self, Entry};
use crate::table::{attestations, books, changes, quarantine};

/// How far changes of a device's actor count in a book.
pub type Standings<'a> = &'a dyn Fn(&BookKey, &DeviceId, &ActorId) -> Standing;

/// Work of one actor of a device in one book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// The book.
    pub book: BookKey,
    /// The actor.
    pub actor: ActorId,
    /// Accepted changes of the actor, by number; the day is none once a change is compacted.
    pub changes: Vec<(u64, ChangeHash, Option<Date>)>,
}

/// An accepted change beyond what counts of its device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beyond {
    /// The book.
    pub book: BookKey,
    /// The device.
    pub device: DeviceId,
    /// Its actor.
    pub actor: ActorId,
    /// Number of the change.
    pub seq: u64,
    /// The change.
    pub hash: ChangeHash,
    /// Day of the change as its device had it; none once it is compacted.
    pub on: Option<Date>,
    /// An accepted change of somebody else builds on it.
    pub built_on: bool,
}

impl Store {
    /// What is here of a device's work, by book and actor.
    pub fn work_of(&self, device: &DeviceId) -> Result<Vec<Work>, StoreError> {
        self.0.pool.with(|conn| {
            let mut out = Vec::new();
            for (book, actor, _) in attestations::of_device(conn, device)? {
                let Some(row) = books::find(conn, &book)? else { continue };
                let mut changes = Vec::new();
                for (n, seq, hash) in change_index::of_actor(conn, row.id, &actor)? {
                    changes.push((seq, hash, day(conn, row.id, n)?));
                }
                out.push(Work { book: row.key, actor, changes });
            }
            Ok(out)
        })
    }

    /// Accepted changes of these devices beyond what counts of them.
    pub fn beyond(&self, devices: &BTreeSet<DeviceId>, standing: Standings<'_>) -> Result<Vec<Beyond>, StoreError> {
        self.0.pool.with(|conn| {
            let mut out = Vec::new();
            for (book, actors) in books_of(conn, devices)? {
                let Some(row) = books::find(conn, &book)? else { continue };
                let Some(found) = find(conn, &row, &actors, standing)? else { continue };
                for entry in found.entries.iter().filter(|entry| found.beyond.contains(&entry.n)) {
                    let Some(device) = actors.get(&entry.actor) else { continue };
                    out.push(Beyond {
                        book: row.key.clone(),
                        device: *device,
                        actor: entry.actor,
                        seq: entry.seq,
                        hash: entry.hash,
                        on: day(conn, row.id, entry.n)?,
                        built_on: found.built_on.contains(&entry.n),
                    });
                }
            }
            Ok(out)
        })
    }

    /// Takes out of the books what these devices made beyond what counts of them, as far as nothing of somebody else builds
    /// on it and `stays` does not keep it. Returns how many changes went into quarantine.
    pub fn take_out(
        &self,
        devices: &BTreeSet<DeviceId>,
        standing: Standings<'_>,
        stays: &dyn Fn(&BookKey, &DeviceId) -> bool,
    ) -> Result<usize, StoreError> {
        let mut taken = 0;
        let mut tags = Tags::new();
        let concerned = self.0.pool.with(|conn| books_of(conn, devices))?;
        for (book, mut actors) in concerned {
            let mut guard = self.patient_writer();
            let Some(row) = books::find(&guard.conn, &book)? else { continue };
            actors.retain(|_, device| !stays(&row.key, device));
            let gone = guard.take_out(&row, &actors, standing)?;
            if gone > 0 {
                tags.extend([row.key.kind.to_string(), "sync".to_owned()]);
                tracing::warn!(book = %row.book, changes = gone, "changes made after a removal were taken out");
            }
            taken += gone;
        }
        self.0.listeners.tell(tags);
        Ok(taken)
    }
}

/// Books with actors of these devices.
fn books_of(
    conn: &Connection,
    devices: &BTreeSet<DeviceId>,
) -> Result<BTreeMap<BookId, BTreeMap<ActorId, DeviceId>>, StoreError> {
    let mut out: BTreeMap<BookId, BTreeMap<ActorId, DeviceId>> = BTreeMap::new();
    for device in devices {
        for (book, actor, _) in attestations::of_device(conn, device)? {
            out.entry(book).or_default().insert(actor, *device);
        }
    }
    Ok(out)
}

/// What of a book is beyond.
struct Found {
    entries: Vec<Entry>,
    beyond: BTreeSet<u32>,
    /// Those of them that a change of somebody else builds on.
    built_on: BTreeSet<u32>,
}

/// None when all that these actors made counts.
fn find(
    conn: &Connection,
    row: &BookRow,
    actors: &BTreeMap<ActorId, DeviceId>,
    standing: Standings<'_>,
) -> Result<Option<Found>, StoreError> {
    let mut limits: BTreeMap<ActorId, Standing> = BTreeMap::new();
    for (actor, device) in actors {
        let limit = standing(&row.key, device, actor);
        // What the last one builds on is its own chain.
        if let Some((seq, hash)) = change_index::tip(conn, row.id, actor)?
            && !limit.covers(seq, &hash)
        {
            limits.insert(*actor, limit);
        }
    }
    if limits.is_empty() {
        return Ok(None);
    }
    let entries = change_index::of_book(conn, row.id)?;
    let mut beyond = BTreeSet::new();
    let mut above: BTreeSet<u32> = BTreeSet::new();
    for entry in &entries {
        if limits.get(&entry.actor).is_some_and(|limit| !limit.covers(entry.seq, &entry.hash)) {
            beyond.insert(entry.n);
        }
        if beyond.contains(&entry.n) || entry.deps.iter().any(|dep| above.contains(dep)) {
            above.insert(entry.n);
        }
    }
    let mut needed: BTreeSet<u32> = BTreeSet::new();
    for entry in entries.iter().rev().filter(|entry| above.contains(&entry.n)) {
        if needed.contains(&entry.n) || !beyond.contains(&entry.n) {
            needed.extend(&entry.deps);
        }
    }
    let built_on = beyond.intersection(&needed).copied().collect();
    Ok(Some(Found { entries, beyond, built_on }))
}

fn day(conn: &Connection, book: i64, n: u32) -> Result<Option<Date>, StoreError> {
    let bytes = changes::get(conn, book, n)?;
    Ok(bytes.and_then(|bytes| Change::from_bytes(bytes).ok()).and_then(|change| day_of(&change)))
}

impl Writer {
    fn take_out(
        &mut self,
        row: &BookRow,
        actors: &BTreeMap<ActorId, DeviceId>,
        standing: Standings<'_>,
    ) -> Result<usize, StoreError> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(Found { entries, beyond, built_on }) = find(&tx, row, actors, standing)? else { return Ok(0) };
        let (out, left): (Vec<Entry>, Vec<Entry>) =
            entries.into_iter().partition(|entry| beyond.contains(&entry.n) && !built_on.contains(&entry.n));
        if out.is_empty() {
            return Ok(0);
        }
        let mut doc = None;
        for entry in &out {
            let Some(device) = actors.get(&entry.actor) else { continue };
            let (_, bytes) = bytes_of(&tx, row, entry.n, &mut doc)?;
            let proof = attestations::get(&tx, row.id, &entry.actor)?;
            quarantine::insert(&tx, row.id, &entry.hash, &Refusal::NotAuthorised(*device), &bytes, proof.as_ref())?;
        }
        remake::without(&tx, row, &out, &left)?;
        tx.commit()?;
        self.documents.evict(row.id);
        Ok(out.len())
    }
}
