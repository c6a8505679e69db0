//! Reading in: accepted changes are applied to documents and projected, in order per book, behind acceptance.
//!
//! What cannot be applied is *held* with its descendants, by hash, across restarts: the document is thrown away and loaded
//! again without it. Nobody builds on what was not read in.

use std::collections::BTreeSet;

use automerge::Change;
use rusqlite::TransactionBehavior;
use ybz_domain::ids::{BookId, RecordId};

use crate::documents::sound;
use crate::error::StoreError;
use crate::listen::Tags;
use crate::project::{self, Views, touched_views};
use crate::store::{Store, Writer};
use crate::table::books::BookRow;
use crate::table::change_index::{Entry, State};
use crate::table::{books, change_index, changes};

/// Changes read in under one lock and one transaction: some 10 ms, for which a local commit may have to wait.
const CHUNK: u32 = 64;

/// What reading in did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadIn {
    /// Changes applied and projected.
    pub applied: usize,
    /// Changes held now.
    pub held: usize,
    /// Changes that still wait.
    pub remaining: usize,
    /// Kinds of books concerned.
    pub kinds: BTreeSet<String>,
    /// Records touched.
    pub touched: BTreeSet<(BookId, RecordId)>,
}

impl Store {
    /// Reads in up to `budget` accepted changes. Local commits go first: the writer is given back between chunks.
    pub fn read_in(&self, budget: usize) -> Result<ReadIn, StoreError> {
        let mut out = ReadIn::default();
        let result = self.read_in_chunks(budget, &mut out);
        let tags: Tags = out.kinds.clone();
        self.0.listeners.tell(tags);
        result.map(|()| out)
    }

    fn read_in_chunks(&self, budget: usize, out: &mut ReadIn) -> Result<(), StoreError> {
        let waiting = {
            let writer = self.patient_writer();
            change_index::books_with_unread(&writer.conn)?
        };
        for book in waiting {
            loop {
                let left = budget.saturating_sub(out.applied + out.held);
                let mut guard = self.patient_writer();
                let Some(row) = books::by_row(&guard.conn, book)? else { break };
                if left == 0 {
                    out.remaining += usize::try_from(change_index::open(&guard.conn, book)?.0).unwrap_or(usize::MAX);
                    break;
                }
                let chunk = guard.read_in_chunk(&row, left)?;
                let done = chunk.applied + chunk.held == 0;
                out.add(chunk);
                if done {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Gives everything held another try, as after an update of the program. Returns how many changes that are.
    pub fn release_held(&self) -> Result<usize, StoreError> {
        self.write("sync", change_index::release_held)
    }
}

impl ReadIn {
    fn add(&mut self, other: Self) {
        self.applied += other.applied;
        self.held += other.held;
        self.kinds.extend(other.kinds);
        self.touched.extend(other.touched);
    }
}

impl Writer {
    /// Reads in what waits for one book.
    pub(crate) fn read_in_book(&mut self, row: &BookRow, budget: usize) -> Result<ReadIn, StoreError> {
        let mut out = ReadIn::default();
        loop {
            let left = budget.saturating_sub(out.applied + out.held);
            let chunk = self.read_in_chunk(row, left)?;
            if chunk.applied + chunk.held == 0 {
                return Ok(out);
            }
            out.add(chunk);
        }
    }

    fn read_in_chunk(&mut self, row: &BookRow, budget: usize) -> Result<ReadIn, StoreError> {
        let limit = u32::try_from(budget).unwrap_or(CHUNK).min(CHUNK);
        let waiting = change_index::unread(&self.conn, row.id, limit)?;
        let result = self.apply_chunk(row, &waiting);
        if result.is_err() {
            self.documents.evict(row.id);
        }
        result
    }

    fn apply_chunk(&mut self, row: &BookRow, waiting: &[Entry]) -> Result<ReadIn, StoreError> {
        let mut out = ReadIn::default();
        if waiting.is_empty() {
            return Ok(out);
        }
        let mut applied: Vec<&Entry> = Vec::new();
        let mut held: BTreeSet<u32> = BTreeSet::new();
        let mut views = Views::new();
        let free = self.descend_from_held(row, waiting, &mut held)?;
        match self.apply(row, &free) {
            Ok(touched) => {
                views = touched;
                applied = free;
            }
            // One of them does not apply: one at a time tells which.
            Err(_) => {
                let mut good: Vec<&Entry> = Vec::new();
                for entry in free {
                    if entry.deps.iter().any(|dep| held.contains(dep)) {
                        held.insert(entry.n);
                        continue;
                    }
                    match self.apply(row, &[entry]) {
                        Ok(touched) => {
                            merge(&mut views, touched);
                            good.push(entry);
                        }
                        Err(_) => {
                            held.insert(entry.n);
                            // Loaded again from disk, the document lacks what was good in this chunk.
                            self.apply(row, &good)?;
                        }
                    }
                }
                applied.append(&mut good);
            }
        }
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for entry in &applied {
            change_index::set_state(&tx, row.id, entry.n, State::Read)?;
        }
        for n in &held {
            change_index::set_state(&tx, row.id, *n, State::Held)?;
        }
        project::write(&tx, row.id, &views)?;
        tx.commit()?;
        self.documents.weigh(row.id);
        if !held.is_empty() {
            tracing::warn!(book = %row.book, held = held.len(), "changes cannot be read in and are held");
        }
        out.applied = applied.len();
        out.held = held.len();
        out.kinds.insert(row.key.kind.to_string());
        out.touched.extend(views.iter().map(|(id, _)| (row.book, *id)));
        Ok(out)
    }

    /// Splits off what descends from a held change, of this chunk or of earlier.
    fn descend_from_held<'a>(
        &self,
        row: &BookRow,
        waiting: &'a [Entry],
        held: &mut BTreeSet<u32>,
    ) -> Result<Vec<&'a Entry>, StoreError> {
        let known = change_index::held(&self.conn, row.id)?;
        let mut free = Vec::with_capacity(waiting.len());
        for entry in waiting {
            if entry.deps.iter().any(|dep| known.contains(dep) || held.contains(dep)) {
                held.insert(entry.n);
            } else {
                free.push(entry);
            }
        }
        Ok(free)
    }

    /// Applies changes to the loaded document; after a failure the document is gone.
    fn apply(&mut self, row: &BookRow, entries: &[&Entry]) -> Result<Views, StoreError> {
        let mut parsed = Vec::with_capacity(entries.len());
        for entry in entries {
            let missing =
                || StoreError::Unreadable { book: row.book, why: format!("the bytes of {} are gone", entry.hash) };
            let bytes = changes::get(&self.conn, row.id, entry.n)?.ok_or_else(missing)?;
            let change = Change::from_bytes(bytes)
                .map_err(|error| StoreError::Unreadable { book: row.book, why: error.to_string() })?;
            parsed.push(change);
        }
        let doc = self.documents.get(&self.conn, row)?;
        let result = sound(&row.book, || {
            doc.apply_changes(parsed.iter().cloned()).map_err(|error| error.to_string())?;
            Ok(touched_views(doc, &parsed))
        });
        if result.is_err() {
            self.documents.evict(row.id);
        }
        result
    }
}

/// Later views stand in place of earlier ones of the same record.
fn merge(views: &mut Views, later: Views) {
    views.retain(|(id, _)| later.iter().all(|(other, _)| other != id));
    views.extend(later);
}
