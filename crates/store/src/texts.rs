//! Texts that were put together: found among those that more than one device wrote into, and looked at in the document only
//! where the newest versions know nothing of each other.

use std::collections::BTreeMap;

use automerge::{Change, ReadDoc};
use rusqlite::TransactionBehavior;
use ybz_domain::book::{MergedText as Merged, Order, TextWrite, merged_text, text_writes};
use ybz_domain::ids::{BookId, ChangeHash, RecordId};

use crate::documents::{load, sound};
use crate::error::StoreError;
use crate::history::{AuthoredValue, chain};
use crate::store::Store;
use crate::table::books::BookRow;
use crate::table::change_index::{Entry, State};
use crate::table::{books, change_index, changes, text_writes as table};
use crate::walk;

/// How often a book is looked through again when it was made anew, or looked through by another, meanwhile.
const TRIES: usize = 3;

/// A text that was put together from what several devices wrote, each version with who stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedText {
    /// Its record.
    pub record: RecordId,
    /// Its field.
    pub field: String,
    /// As all of them had it before.
    pub before: String,
    /// As it reads now.
    pub now: String,
    /// What each made of it.
    pub versions: Vec<AuthoredValue>,
}

/// What was found, and what it cost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergedTexts {
    /// The texts.
    pub texts: Vec<MergedText>,
    /// Changes that were looked through: those that came since the last time.
    pub looked: usize,
    /// Texts that were looked at in the document: those with versions that know nothing of each other.
    pub opened: usize,
}

impl Store {
    /// Texts of a book that devices edited without knowing of each other, and that nobody has edited since. Empty when the book
    /// is not here. It costs what is new in the book; the document is loaded only when there is such a text.
    pub fn merged_texts(&self, book: &BookId) -> Result<MergedTexts, StoreError> {
        let Some(row) = self.0.pool.with(|conn| books::find(conn, book))? else { return Ok(MergedTexts::default()) };
        let mut looked = None;
        for _ in 0..TRIES {
            looked = self.look_through(&row)?;
            if looked.is_some() {
                break;
            }
        }
        let looked = looked.unwrap_or_default();
        let membership = self.membership()?;
        self.0.pool.with(|conn| {
            let mut open = Vec::new();
            for (record, field, writes) in table::shared(conn, row.id)? {
                if walk::frontier(conn, row.id, &writes.iter().copied().collect())?.len() > 1 {
                    open.push((record, field, writes));
                }
            }
            let mut out = MergedTexts { texts: Vec::new(), looked, opened: open.len() };
            if open.is_empty() {
                return Ok(out);
            }
            let entries = change_index::of_book(conn, row.id)?;
            let hashes: BTreeMap<u32, ChangeHash> = entries.iter().map(|entry| (entry.n, entry.hash)).collect();
            let order = Order::new(entries.into_iter().map(|entry| (entry.n, entry.deps)));
            let doc = load(conn, &row)?;
            let found: Vec<Merged> = sound(book, || {
                let hash = |n: u32| hashes.get(&n).copied();
                let texts = open.iter().filter_map(|(record, field, writes)| {
                    merged_text(&doc, (*record, field.as_str()), writes, &order, &hash)
                });
                Ok(texts.collect())
            })?;
            for text in found {
                let mut versions = Vec::with_capacity(text.versions.len());
                for written in text.versions {
                    let chain = chain(conn, &row, &written.actor, &membership)?;
                    let listed =
                        change_index::at_seq(conn, row.id, &written.actor, written.seq)? == Some(written.change);
                    let (device, check) = chain.check(&membership, &row.key, &written, listed);
                    versions.push(AuthoredValue { written, device, check });
                }
                let Merged { record, field, before, now, .. } = text;
                out.texts.push(MergedText { record, field, before, now, versions });
            }
            out.texts.sort_by(|a, b| (a.record, &a.field).cmp(&(b.record, &b.field)));
            Ok(out)
        })
    }

    /// Notes which texts the changes wrote into that came since the last time. Returns how many changes that were;
    /// none when the book moved meanwhile and nothing was noted.
    fn look_through(&self, row: &BookRow) -> Result<Option<usize>, StoreError> {
        let (new, from, to) = self.0.pool.with(|conn| {
            let mark = table::mark(conn, row.id)?;
            let new = change_index::after(conn, row.id, mark)?;
            // What waits or is held may be read in later: the mark stays below it.
            let last = new.iter().take_while(|entry| entry.state == State::Read).last().map_or(mark, |entry| entry.n);
            let to = (last, new.iter().find(|entry| entry.n == last).map(|entry| entry.hash));
            let read: Vec<Entry> = new.into_iter().filter(|entry| entry.state == State::Read).collect();
            Ok((writes(conn, row, &read)?, mark, to))
        })?;
        if new.is_empty() {
            return Ok(Some(0));
        }
        let mut writer = self.writer();
        let tx = writer.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // What was read beside the writer holds only while the book stands as it did: another may have looked through
        // meanwhile, and a book that was made anew numbers its changes anew.
        let (last, hash) = to;
        let same = match hash {
            Some(hash) => change_index::by_n(&tx, row.id, last)?.is_some_and(|entry| entry.hash == hash),
            None => true,
        };
        if table::mark(&tx, row.id)? != from || !same {
            return Ok(None);
        }
        for (hash, written) in &new {
            table::put(&tx, row.id, hash, written)?;
        }
        table::set_mark(&tx, row.id, last)?;
        tx.commit()?;
        Ok(Some(new.len()))
    }
}

/// What changes wrote, in their order. Bytes that were compacted are taken out of the document.
fn writes(
    conn: &rusqlite::Connection,
    row: &BookRow,
    entries: &[Entry],
) -> Result<Vec<(ChangeHash, Vec<TextWrite>)>, StoreError> {
    let mut doc = None;
    let mut out = Vec::with_capacity(entries.len());
    for entry in entries {
        let gone = || StoreError::Unreadable { book: row.book, why: format!("the bytes of {} are gone", entry.hash) };
        let change = match changes::get(conn, row.id, entry.n)? {
            Some(bytes) => Change::from_bytes(bytes).map_err(|_| gone())?,
            None => {
                if doc.is_none() {
                    doc = Some(load(conn, row)?);
                }
                let hash = automerge::ChangeHash(entry.hash.0);
                doc.as_ref().and_then(|doc| doc.get_change_by_hash(&hash)).ok_or_else(gone)?
            }
        };
        out.push((entry.hash, sound(&row.book, || Ok(text_writes(&change)))?));
    }
    Ok(out)
}
