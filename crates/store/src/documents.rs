//! Loaded books: a cache bounded by bytes.
//!
//! **Invariant:** a loaded document holds exactly the changes that the index calls read in. Whoever cannot keep that so
//! evicts it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{Automerge, Change, ReadDoc};
use lru::LruCache;
use rusqlite::Connection;
use ybz_domain::book::new_document;
use ybz_domain::ids::BookId;

use crate::error::StoreError;
use crate::table::books::BookRow;
use crate::table::{changes, snapshots};

/// Documents by row id of their book, the most recently used last to go.
pub(crate) struct Documents {
    loaded: LruCache<i64, Loaded>,
    bytes: usize,
    budget: usize,
}

struct Loaded {
    doc: Automerge,
    bytes: usize,
}

impl Documents {
    pub(crate) fn new(budget: usize) -> Self {
        Self { loaded: LruCache::unbounded(), bytes: 0, budget }
    }

    /// The document of a book, loaded if need be.
    pub(crate) fn get(&mut self, conn: &Connection, book: &BookRow) -> Result<&mut Automerge, StoreError> {
        if !self.loaded.contains(&book.id) {
            let doc = load(conn, book)?;
            self.put(book.id, doc);
        }
        let missing = || StoreError::NoBook(book.book);
        self.loaded.get_mut(&book.id).map(|loaded| &mut loaded.doc).ok_or_else(missing)
    }

    /// Keeps a document and lets go of others as the budget demands; the one in use always stays.
    pub(crate) fn put(&mut self, book: i64, doc: Automerge) {
        self.evict(book);
        let bytes = weight(&doc);
        self.bytes += bytes;
        self.loaded.put(book, Loaded { doc, bytes });
        self.trim();
    }

    /// Weighs a document anew after it grew.
    pub(crate) fn weigh(&mut self, book: i64) {
        if let Some(loaded) = self.loaded.get_mut(&book) {
            let bytes = weight(&loaded.doc);
            self.bytes = self.bytes + bytes - loaded.bytes;
            loaded.bytes = bytes;
        }
        self.trim();
    }

    /// Forgets a document: what is on disk holds.
    pub(crate) fn evict(&mut self, book: i64) {
        if let Some(loaded) = self.loaded.pop(&book) {
            self.bytes -= loaded.bytes;
        }
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.loaded.clear();
        self.bytes = 0;
    }

    /// Number of loaded documents and their estimated bytes.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.loaded.len(), self.bytes)
    }

    fn trim(&mut self) {
        while self.bytes > self.budget && self.loaded.len() > 1 {
            let Some((_, loaded)) = self.loaded.pop_lru() else { break };
            self.bytes -= loaded.bytes;
        }
    }
}

/// Estimated from measurements: a loaded document weighs some 60 bytes an operation and 200 a change.
fn weight(doc: &Automerge) -> usize {
    let stats = doc.stats();
    let bytes = 32_768 + stats.num_ops.saturating_mul(60) + stats.num_changes.saturating_mul(200);
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

/// Loads a book from its snapshot and the changes read in since.
pub(crate) fn load(conn: &Connection, book: &BookRow) -> Result<Automerge, StoreError> {
    let snapshot = snapshots::get(conn, book.id)?;
    let raw = changes::read_in(conn, book.id)?;
    sound(&book.book, || {
        let mut doc = match snapshot {
            Some(bytes) => Automerge::load(&bytes).map_err(|error| error.to_string())?,
            None => new_document(&book.key.kind).map_err(|error| error.to_string())?,
        };
        let changes: Vec<Change> =
            raw.into_iter().map(Change::from_bytes).collect::<Result<_, _>>().map_err(|error| error.to_string())?;
        doc.apply_changes(changes).map_err(|error| error.to_string())?;
        Ok(doc)
    })
}

/// Runs what may panic inside automerge; a panic is an error, and the document concerned must be thrown away.
pub(crate) fn sound<T>(book: &BookId, work: impl FnOnce() -> Result<T, String>) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err("the document did not take it".to_owned()))
        .map_err(|why| StoreError::Unreadable { book: *book, why })
}
