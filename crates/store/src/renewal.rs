//! What a device does with a book that ends: it finds its own work that the new generation lacks.

use std::collections::{BTreeMap, BTreeSet};

use automerge::Change;
use ybz_domain::book::{RecordView, read_record, touched_fields};
use ybz_domain::ids::{ActorId, BookId, ChangeHash, RecordId};

use crate::documents::{load, sound};
use crate::error::StoreError;
use crate::outgoing::{bytes_of, hashes};
use crate::store::Store;
use crate::table::change_index::State;
use crate::table::{attestations, books, change_index};

/// This device's changes of a book that were not copied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnWork {
    /// Records they touch, as the book has them, with the fields.
    pub records: Vec<(RecordView, BTreeSet<String>)>,
    /// The actors with which this device made them.
    pub actors: BTreeSet<ActorId>,
    /// Heads of the book as this was read.
    pub heads: Vec<ChangeHash>,
    /// Nothing waits to be read in, and nothing of it is held.
    pub whole: bool,
}

impl Store {
    /// What this device wrote into a book, leaving out the changes that `copied` names. None when the book is not here.
    pub fn own_work(
        &self,
        book: &BookId,
        copied: &dyn Fn(&ActorId, u64) -> bool,
    ) -> Result<Option<OwnWork>, StoreError> {
        let me = self.device().id();
        self.0.pool.with(|conn| {
            let Some(row) = books::find(conn, book)? else { return Ok(None) };
            let mut out = OwnWork { heads: hashes(conn, &row)?, ..OwnWork::default() };
            out.whole = change_index::open(conn, row.id)?.0 == 0;
            let mut own: BTreeMap<ActorId, bool> = BTreeMap::new();
            let (mut made, mut doc) = (Vec::new(), None);
            for entry in change_index::of_book(conn, row.id)? {
                let mine = match own.get(&entry.actor) {
                    Some(mine) => *mine,
                    None => {
                        let mine = attestations::device_of(conn, row.id, &entry.actor)? == Some(me);
                        own.insert(entry.actor, mine);
                        mine
                    }
                };
                if !mine || copied(&entry.actor, entry.seq) {
                    continue;
                }
                // What cannot be read cannot be carried: it waits for a program that reads it.
                out.whole &= entry.state == State::Read;
                if entry.state == State::Read {
                    let (_, bytes) = bytes_of(conn, &row, entry.n, &mut doc)?;
                    made.push(bytes);
                    out.actors.insert(entry.actor);
                }
            }
            if made.is_empty() {
                return Ok(Some(out));
            }
            let doc = match doc {
                Some(doc) => doc,
                None => load(conn, &row)?,
            };
            out.records = sound(book, || {
                let changes: Vec<Change> = made
                    .into_iter()
                    .map(Change::from_bytes)
                    .collect::<Result<_, _>>()
                    .map_err(|error| error.to_string())?;
                let touched: BTreeMap<RecordId, BTreeSet<String>> = touched_fields(&doc, &changes);
                Ok(touched.into_iter().filter_map(|(id, fields)| Some((read_record(&doc, id)?, fields))).collect())
            })?;
            Ok(Some(out))
        })
    }

    /// Of each actor of a book its last change that was read: what is held is not among what was copied.
    pub fn tips(&self, book: &BookId) -> Result<Vec<(ActorId, u64)>, StoreError> {
        self.0.pool.with(|conn| {
            let Some(row) = books::find(conn, book)? else { return Ok(Vec::new()) };
            let mut tips: BTreeMap<ActorId, u64> = BTreeMap::new();
            let entries = change_index::of_book(conn, row.id)?;
            for entry in entries.into_iter().filter(|entry| entry.state == State::Read) {
                let last = tips.entry(entry.actor).or_default();
                *last = entry.seq.max(*last);
            }
            Ok(tips.into_iter().collect())
        })
    }
}
