//! Compaction: a snapshot in place of raw changes.
//!
//! **Invariant:** raw changes go only in the transaction that keeps a snapshot which was loaded again and found to have
//! the same heads and every one of those changes. The index stays whole.

use std::collections::BTreeSet;

use automerge::Automerge;
use rusqlite::TransactionBehavior;
use ybz_domain::book::is_genesis;
use ybz_domain::ids::{BookId, ChangeHash};

use crate::documents::{load, sound};
use crate::error::StoreError;
use crate::store::{Store, Writer};
use crate::table::change_index::State;
use crate::table::{books, change_index, changes, snapshots};

/// Changes since the last snapshot that make a new one worth its while.
const DUE: u32 = 1_000;

/// What compaction did to a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compacted {
    /// Changes whose raw bytes were deleted.
    pub changes: usize,
    /// Bytes of the snapshot.
    pub bytes: usize,
}

impl Store {
    /// Books that are worth compacting, the one with most raw changes first.
    pub fn compact_due(&self) -> Result<Vec<BookId>, StoreError> {
        self.0.pool.with(|conn| snapshots::due(conn, DUE))
    }

    /// Compacts a book. Changes that wait to be read in, or are held, keep their bytes.
    pub fn compact(&self, book: &BookId) -> Result<Compacted, StoreError> {
        let done = compact(&mut self.patient_writer(), book)?;
        self.checkpoint()?;
        Ok(done)
    }
}

fn compact(writer: &mut Writer, book: &BookId) -> Result<Compacted, StoreError> {
    let row = books::find(&writer.conn, book)?.ok_or(StoreError::NoBook(*book))?;
    let read_in: BTreeSet<ChangeHash> = change_index::of_book(&writer.conn, row.id)?
        .into_iter()
        .filter(|entry| entry.state == State::Read)
        .map(|entry| entry.hash)
        .collect();
    // From disk and not from the cache: what is checked is what would be loaded next time.
    let doc = load(&writer.conn, &row)?;
    let (bytes, again) = sound(book, || {
        let bytes = doc.save();
        let again = Automerge::load(&bytes).map_err(|error| error.to_string())?;
        if sorted_heads(&again) != sorted_heads(&doc) {
            return Err("the snapshot has other heads".to_owned());
        }
        let found: BTreeSet<ChangeHash> = again
            .get_changes(&[])
            .iter()
            .map(|change| ChangeHash(change.hash().0))
            .filter(|hash| !is_genesis(hash))
            .collect();
        if found != read_in {
            return Err("the snapshot has other changes than the index".to_owned());
        }
        Ok((bytes, again))
    })?;
    let tx = writer.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    snapshots::put(&tx, row.id, u32::try_from(read_in.len()).unwrap_or(u32::MAX), &bytes)?;
    let deleted = changes::delete_read_in(&tx, row.id)?;
    tx.commit()?;
    writer.documents.put(row.id, again);
    Ok(Compacted { changes: deleted, bytes: bytes.len() })
}

fn sorted_heads(doc: &Automerge) -> Vec<automerge::ChangeHash> {
    let mut heads = doc.get_heads();
    heads.sort_unstable();
    heads
}
