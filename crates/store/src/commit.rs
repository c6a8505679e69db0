//! The one door for local edits: one transaction over all books concerned and the rows beside them.
//!
//! **Invariant:** nothing leaves memory before COMMIT. If anything fails, the documents concerned are evicted and nothing
//! is on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use automerge::{Automerge, Change};
use jiff::civil::Date;
use rusqlite::{Connection, TransactionBehavior};
use ybz_domain::accept::{Attestation, ChangeMeta, MAX_CHANGE_BYTES, Refusal, meta};
use ybz_domain::book::{self, BookKey, RecordOp, WriteError};
use ybz_domain::ids::{ActorId, BookId, ChangeHash, RecordId};
use ybz_domain::sign::{DeviceKey, Signed};

use crate::documents::sound;
use crate::error::StoreError;
use crate::outgoing::hashes;
use crate::project::{self, Views, touched_views};
use crate::side::SideWrites;
use crate::store::{Identity, Store, Writer};
use crate::table::actions::ActionChange;
use crate::table::books::BookRow;
use crate::table::change_index::State;
use crate::table::{actions, attestations, books, change_index, changes, dropped_books, heads, meta as meta_table};

/// What one user action does to one book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookEdit {
    /// The book; made when it is new.
    pub key: BookKey,
    /// Steps: together they make one change.
    pub ops: Vec<RecordOp>,
}

/// What a commit did. It is on disk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Committed {
    /// Books changed, with their new heads.
    pub books: Vec<(BookId, Vec<ChangeHash>)>,
    /// Records touched.
    pub touched: Vec<(BookId, RecordId)>,
    /// Kinds of books changed, such as `up/visits`.
    pub kinds: BTreeSet<String>,
}

impl Store {
    /// Makes one change per book, dated `today`, attested by this device, and writes the rows beside. What was accepted for
    /// a book and not read in yet is read in first, so that nobody builds on what he has not seen.
    pub fn commit(&self, today: Date, edits: Vec<BookEdit>, side: SideWrites) -> Result<Committed, StoreError> {
        self.commit_as(today, None, edits, side)
    }

    /// [`Store::commit`], with the name of who says to do it: it stands in each change ([`ybz_domain::book::declared`]).
    pub fn commit_as(
        &self,
        today: Date,
        by: Option<&str>,
        edits: Vec<BookEdit>,
        side: SideWrites,
    ) -> Result<Committed, StoreError> {
        self.commit_each(today, by, by_book(edits), side)
    }

    /// The same with one change per edit, for what is too large for one change; still one transaction.
    pub fn commit_each(
        &self,
        today: Date,
        by: Option<&str>,
        edits: Vec<BookEdit>,
        side: SideWrites,
    ) -> Result<Committed, StoreError> {
        self.commit_watched(today, by, edits, side, &mut || true)
    }

    /// The same, asking before each change whether to go on; if not, nothing is written.
    ///
    /// # Errors
    /// Also [`StoreError::Cancelled`].
    pub fn commit_watched(
        &self,
        today: Date,
        by: Option<&str>,
        edits: Vec<BookEdit>,
        side: SideWrites,
        goes_on: &mut dyn FnMut() -> bool,
    ) -> Result<Committed, StoreError> {
        let mut tags = side.tags();
        let committed = {
            let mut guard = self.writer();
            let writer = &mut *guard;
            for edit in &edits {
                if let Some(row) = books::find(&writer.conn, &edit.key.id())?
                    && change_index::open(&writer.conn, row.id)?.0 > 0
                {
                    let read = writer.read_in_book(&row, usize::MAX)?;
                    tags.extend(read.kinds);
                }
            }
            let ids: Vec<BookId> = edits.iter().map(|edit| edit.key.id()).collect();
            let committed =
                commit_all(writer, (today, by), &edits, &side, goes_on).inspect_err(|_| writer.evict(&ids))?;
            writer.evict(&side.drop_books.iter().map(|dropped| dropped.key.id()).collect::<Vec<_>>());
            committed
        };
        if side.destroys() {
            self.0.truncate_due.store(true, Ordering::SeqCst);
        }
        self.truncate_if_due();
        if side.touches_trust() {
            self.forget_membership();
        }
        tags.extend(committed.kinds.iter().cloned());
        self.0.listeners.tell(tags);
        Ok(committed)
    }
}

impl Writer {
    /// Forgets the documents of these books. A book whose first commit failed may have been loaded under a row id that is
    /// free again, so when one is not found all go.
    fn evict(&mut self, ids: &[BookId]) {
        for id in ids {
            match books::find(&self.conn, id) {
                Ok(Some(row)) => self.documents.evict(row.id),
                _ => self.documents.clear(),
            }
        }
    }
}

/// Several edits of one book are one action, hence one change.
fn by_book(edits: Vec<BookEdit>) -> Vec<BookEdit> {
    let mut merged: Vec<BookEdit> = Vec::with_capacity(edits.len());
    for edit in edits {
        match merged.iter_mut().find(|known| known.key == edit.key) {
            Some(known) => known.ops.extend(edit.ops),
            None => merged.push(edit),
        }
    }
    merged
}

fn commit_all(
    writer: &mut Writer,
    (today, by): (Date, Option<&str>),
    edits: &[BookEdit],
    side: &SideWrites,
    goes_on: &mut dyn FnMut() -> bool,
) -> Result<Committed, StoreError> {
    let Writer { conn, documents, identity: Identity { device, incarnation } } = writer;
    let mut out = Committed::default();
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut grown = Vec::new();
    let mut done = Vec::new();
    for (key, seen) in &side.unmoved {
        let row = match books::find(&tx, &key.id())? {
            Some(row) => row,
            // It was not there, and is not.
            None if seen.is_empty() => continue,
            None => return Err(StoreError::NoBook(key.id())),
        };
        if hashes(&tx, &row)? != *seen {
            return Err(StoreError::Moved(row.book));
        }
    }
    for edit in edits {
        if !goes_on() {
            return Err(StoreError::Cancelled);
        }
        let row = books::find_or_insert(&tx, &edit.key)?;
        if dropped_books::last_heads(&tx, &row.book)?.is_some() {
            return Err(StoreError::NoBook(row.book));
        }
        let actor = ActorId::bind(&device.id(), &row.book, incarnation);
        let doc = documents.get(&tx, &row)?;
        if side.unwritten.iter().any(|seen| seen.key == edit.key && !seen.stands(doc)) {
            return Err(StoreError::Moved(row.book));
        }
        let Some((change, views)) = make(doc, &row, &actor, (today, by), &edit.ops)? else { continue };
        let weighed = if change.raw_bytes().len() > MAX_CHANGE_BYTES {
            Err(Refusal::Quota("bytes of a change".to_owned()))
        } else {
            meta(&change)
        };
        let entry = weighed.map_err(|refusal| StoreError::Unreadable {
            book: row.book,
            why: format!("the change would be refused elsewhere: {refusal}"),
        })?;
        append_own(&tx, &row, &entry, change.raw_bytes())?;
        let attestation = Attestation { book: row.book, nonce: *incarnation, seq: entry.seq, hash: entry.hash };
        attestations::put(&tx, row.id, &actor, entry.seq, &sign(device, &attestation))?;
        project::write(&tx, row.id, &views)?;
        if let Some(record) = edit.ops.first().map(RecordOp::record) {
            let records = u32::try_from(views.len()).unwrap_or(u32::MAX);
            done.push(ActionChange { book: row.book, hash: entry.hash, record, records });
        }
        out.touched.extend(views.iter().map(|(id, _)| (row.book, *id)));
        out.kinds.insert(row.key.kind.to_string());
        let now = heads::of_book(&tx, row.id)?.into_iter().map(|(_, hash)| hash).collect();
        out.books.push((row.book, now));
        grown.push(row.id);
    }
    side.write(&tx)?;
    if let Some(action) = &side.action {
        actions::put(&tx, today, action, &done)?;
    }
    meta_table::raise_clock_floor(&tx, today)?;
    tx.commit()?;
    for book in grown {
        documents.weigh(book);
    }
    Ok(out)
}

fn sign(device: &DeviceKey, attestation: &Attestation) -> Signed<Attestation> {
    Signed::sign(device, attestation)
}

/// Makes the change in memory, with the records as they are after it.
fn make(
    doc: &mut Automerge,
    row: &BookRow,
    actor: &ActorId,
    (today, by): (Date, Option<&str>),
    ops: &[RecordOp],
) -> Result<Option<(Change, Views)>, StoreError> {
    let made = sound(&row.book, || {
        Ok(match book::apply_as(doc, actor, today, by, ops) {
            Ok(Some(change)) => {
                let views = touched_views(doc, std::slice::from_ref(&change));
                Ok(Some((change, views)))
            }
            Ok(None) => Ok(None),
            Err(error) => Err(error),
        })
    })?;
    made.map_err(|error: WriteError| StoreError::Edit { book: row.book, error: Box::new(error) })
}

/// Appends a change that this device made now: it must continue the actor's chain and build on all that was read in.
fn append_own(conn: &Connection, row: &BookRow, entry: &ChangeMeta, bytes: &[u8]) -> Result<(), StoreError> {
    let expected = change_index::tip(conn, row.id, &entry.actor)?.map_or(1, |(seq, _)| seq + 1);
    if entry.seq != expected {
        return Err(StoreError::Chain { book: row.book, found: entry.seq, expected });
    }
    let mut end = Appender::open(conn, row)?;
    end.append(entry, bytes, State::Read)?;
    end.close().map(|_| ())
}

/// The end of a book, where changes are appended in one transaction: bytes and index row by row, heads and number of
/// changes once, when it is closed.
pub(crate) struct Appender<'a> {
    conn: &'a Connection,
    row: &'a BookRow,
    last: u32,
    /// Numbers of the changes appended here, which need not be looked up.
    new: BTreeMap<ChangeHash, u32>,
    before: BTreeMap<u32, ChangeHash>,
    heads: BTreeMap<u32, ChangeHash>,
}

impl<'a> Appender<'a> {
    pub(crate) fn open(conn: &'a Connection, row: &'a BookRow) -> Result<Self, StoreError> {
        let before: BTreeMap<u32, ChangeHash> = heads::of_book(conn, row.id)?.into_iter().collect();
        Ok(Self { conn, row, last: row.changes, new: BTreeMap::new(), heads: before.clone(), before })
    }

    /// Appends a change whose dependencies are in the index.
    pub(crate) fn append(&mut self, entry: &ChangeMeta, bytes: &[u8], state: State) -> Result<(), StoreError> {
        let (conn, book) = (self.conn, self.row.id);
        let mut deps = Vec::with_capacity(entry.deps.len());
        for dep in &entry.deps {
            let n = match self.new.get(dep) {
                Some(n) => Some(*n),
                None if book::is_genesis(dep) => Some(0),
                None => change_index::n_of(conn, book, dep)?,
            };
            let unknown = || StoreError::Unreadable { book: self.row.book, why: format!("{dep} is not in the index") };
            deps.push(n.ok_or_else(unknown)?);
        }
        self.last += 1;
        change_index::insert(conn, book, self.last, entry, &deps, state)?;
        changes::insert(conn, book, self.last, bytes)?;
        for dep in deps {
            self.heads.remove(&dep);
        }
        self.heads.insert(self.last, entry.hash);
        self.new.insert(entry.hash, self.last);
        Ok(())
    }

    /// Writes heads and number of changes; returns the latter.
    pub(crate) fn close(self) -> Result<u32, StoreError> {
        for n in self.before.keys().filter(|n| !self.heads.contains_key(n)) {
            heads::delete(self.conn, self.row.id, *n)?;
        }
        for (n, hash) in self.heads.iter().filter(|(n, _)| !self.before.contains_key(n)) {
            heads::insert(self.conn, self.row.id, *n, hash)?;
        }
        books::set_changes(self.conn, self.row.id, self.last)?;
        Ok(self.last)
    }
}
