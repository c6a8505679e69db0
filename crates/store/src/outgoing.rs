//! What a peer lacks, from the index: heads, catalogs, and the changes beyond what both sides hold.

use std::collections::BTreeSet;

use automerge::ReadDoc;
use rusqlite::Connection;
use ybz_domain::accept::Attestation;
use ybz_domain::book::{BookKey, is_genesis};
use ybz_domain::ids::{ActorId, BookId, ChangeHash, DeviceId};
use ybz_domain::sign::Signed;

use crate::documents::{load, sound};
use crate::error::StoreError;
use crate::store::Store;
use crate::table::books::BookRow;
use crate::table::shared_heads::{self, Peer};
use crate::table::{attestations, books, change_index, changes, heads};
use crate::walk;

/// What to send to a peer for one book.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outgoing {
    /// Uncompressed change chunks, dependencies first.
    pub changes: Vec<Vec<u8>>,
    /// Attestations that cover every actor of these changes.
    pub attestations: Vec<Signed<Attestation>>,
    /// Heads of the peer that are not known here.
    pub unknown: Vec<ChangeHash>,
}

impl Store {
    /// Heads of a book as accepted, sorted; empty for a book that is not here or holds genesis alone.
    pub fn heads(&self, book: &BookId) -> Result<Vec<ChangeHash>, StoreError> {
        self.0.pool.with(|conn| match books::find(conn, book)? {
            Some(row) => hashes(conn, &row),
            None => Ok(Vec::new()),
        })
    }

    /// Books that have changes and that `scope` admits, with their heads, in order of book id.
    pub fn catalog(&self, scope: &dyn Fn(&BookKey) -> bool) -> Result<Vec<(BookKey, Vec<ChangeHash>)>, StoreError> {
        self.0.pool.with(|conn| {
            let mut rows: Vec<BookRow> =
                books::all(conn)?.into_iter().filter(|row| row.changes > 0 && scope(&row.key)).collect();
            rows.sort_by_key(|row| row.book);
            rows.into_iter().map(|row| Ok((row.key.clone(), hashes(conn, &row)?))).collect()
        })
    }

    /// What a peer with these heads lacks. Nothing is loaded unless changes it lacks were compacted; those are derived
    /// again from the document and hashed again.
    pub fn missing_for(&self, book: &BookId, theirs: &[ChangeHash]) -> Result<Outgoing, StoreError> {
        self.0.pool.with(|conn| {
            let Some(row) = books::find(conn, book)? else {
                let unknown = theirs.iter().filter(|hash| !is_genesis(hash)).copied().collect();
                return Ok(Outgoing { unknown, ..Outgoing::default() });
            };
            missing(conn, &row, theirs)
        })
    }

    /// The latest attestation of each actor of a book.
    pub fn attestations(&self, book: &BookId) -> Result<Vec<Signed<Attestation>>, StoreError> {
        self.0.pool.with(|conn| {
            let Some(row) = books::find(conn, book)? else { return Ok(Vec::new()) };
            Ok(attestations::of_book(conn, row.id)?.into_iter().map(|(_, signed)| signed).collect())
        })
    }

    /// Highest number held of each actor of a device: it finds out here whether its disk was cloned.
    pub fn actors_of(&self, device: &DeviceId) -> Result<Vec<(BookId, ActorId, u64)>, StoreError> {
        self.0.pool.with(|conn| attestations::of_device(conn, device))
    }

    /// What a peer and this side both held after their last session.
    pub fn shared_heads(&self, peer: &Peer, book: &BookId) -> Result<Vec<ChangeHash>, StoreError> {
        self.0.pool.with(|conn| match books::find(conn, book)? {
            Some(row) => shared_heads::get(conn, peer, row.id),
            None => Ok(Vec::new()),
        })
    }

    /// Forgets what is shared with a peer: the next session finds it out anew.
    pub fn forget_shared(&self, peer: &Peer) -> Result<(), StoreError> {
        self.write("sync", |conn| shared_heads::void(conn, peer))
    }

    /// Sets what a peer says that it holds of books, as after its verdicts: of its heads those that are here too. The peer
    /// may hold more, and must not be taken to lack it.
    pub fn share_heads(&self, peer: &Peer, said: &[(BookId, Vec<ChangeHash>)]) -> Result<(), StoreError> {
        self.write("sync", |conn| {
            for (book, hashes) in said {
                let Some(row) = books::find(conn, book)? else { continue };
                let (_, unknown) = split_known(conn, &row, hashes)?;
                let shared: Vec<ChangeHash> = hashes.iter().filter(|hash| !unknown.contains(hash)).copied().collect();
                if !shared.is_empty() {
                    shared_heads::put(conn, peer, row.id, &shared)?;
                }
            }
            Ok(())
        })
    }
}

pub(crate) fn hashes(conn: &Connection, row: &BookRow) -> Result<Vec<ChangeHash>, StoreError> {
    Ok(heads::of_book(conn, row.id)?.into_iter().map(|(_, hash)| hash).collect())
}

/// Numbers of those hashes that are in the index, and the hashes that are not.
pub(crate) fn split_known(
    conn: &Connection,
    row: &BookRow,
    hashes: &[ChangeHash],
) -> Result<(Vec<u32>, Vec<ChangeHash>), StoreError> {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for hash in hashes.iter().filter(|hash| !is_genesis(hash)) {
        match change_index::n_of(conn, row.id, hash)? {
            Some(n) => known.push(n),
            None => unknown.push(*hash),
        }
    }
    Ok((known, unknown))
}

fn missing(conn: &Connection, row: &BookRow, theirs: &[ChangeHash]) -> Result<Outgoing, StoreError> {
    let (known, unknown) = split_known(conn, row, theirs)?;
    let ours: Vec<u32> = heads::of_book(conn, row.id)?.into_iter().map(|(n, _)| n).collect();
    let numbers =
        if known.is_empty() { (1..=row.changes).collect() } else { walk::beyond(conn, row.id, &ours, &known)? };
    let mut out = Outgoing { unknown, ..Outgoing::default() };
    let mut actors = BTreeSet::new();
    let mut doc = None;
    for n in numbers {
        let (entry, bytes) = bytes_of(conn, row, n, &mut doc)?;
        actors.insert(entry.actor);
        out.changes.push(bytes);
    }
    for actor in actors {
        out.attestations.extend(attestations::get(conn, row.id, &actor)?);
    }
    Ok(out)
}

/// A change with its bytes; a compacted one is derived again from the document, which is loaded once into `doc`.
pub(crate) fn bytes_of(
    conn: &Connection,
    row: &BookRow,
    n: u32,
    doc: &mut Option<automerge::Automerge>,
) -> Result<(change_index::Entry, Vec<u8>), StoreError> {
    let gone = || StoreError::Unreadable { book: row.book, why: format!("change {n} is not in the index") };
    let entry = change_index::by_n(conn, row.id, n)?.ok_or_else(gone)?;
    if let Some(bytes) = changes::get(conn, row.id, n)? {
        return Ok((entry, bytes));
    }
    let doc = match doc {
        Some(doc) => doc,
        None => doc.insert(load(conn, row)?),
    };
    let bytes = sound(&row.book, || {
        let change = doc.get_change_by_hash(&automerge::ChangeHash(entry.hash.0));
        let change = change.ok_or_else(|| format!("{} is not in the document", entry.hash))?;
        // Parsed from its bytes, the hash is computed anew.
        let again = automerge::Change::from_bytes(change.raw_bytes().to_vec()).map_err(|error| error.to_string())?;
        if again.hash().0 != entry.hash.0 {
            return Err(format!("{} does not come out of the document as it went in", entry.hash));
        }
        Ok(again.raw_bytes().to_vec())
    })?;
    Ok((entry, bytes))
}
