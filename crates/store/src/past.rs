//! Looking back: what a change did, and a book as it was on a day. Documents are loaded beside the writer, so that no commit
//! waits for it.

use jiff::civil::Date;
use ybz_domain::book::{self, Past, RecordUndo};
use ybz_domain::ids::{BookId, ChangeHash, OfficeId};

use crate::documents::{load, sound};
use crate::error::StoreError;
use crate::outgoing::hashes;
use crate::store::Store;
use crate::table::actions::{self, Action};
use crate::table::books;

/// What some changes of a book did, with the heads at which this was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoing {
    /// Of each change in turn, record by record; none of one that is not here.
    pub changes: Vec<Option<Vec<RecordUndo>>>,
    /// Heads of the book, for [`crate::SideWrites::unmoved`].
    pub heads: Vec<ChangeHash>,
}

impl Store {
    /// What people did here for an office, the newest first; `profile` is empty for what nobody's profile did.
    pub fn actions(&self, office: &OfficeId, profile: &str, limit: u32) -> Result<Vec<Action>, StoreError> {
        self.0.pool.with(|conn| actions::list(conn, office, profile, limit))
    }

    /// One action of an office.
    pub fn action(&self, office: &OfficeId, id: i64) -> Result<Option<Action>, StoreError> {
        self.0.pool.with(|conn| actions::get(conn, office, id))
    }

    /// What some changes of a book did to each field and how that stands now. None when the book is not here. However many there
    /// are, the document is loaded once.
    pub fn undo_of(&self, book: &BookId, changes: &[ChangeHash]) -> Result<Option<Undoing>, StoreError> {
        self.0.pool.with(|conn| {
            let Some(row) = books::find(conn, book)? else { return Ok(None) };
            let doc = load(conn, &row)?;
            let changes = sound(book, || Ok(changes.iter().map(|change| book::undo_of(&doc, change)).collect()))?;
            Ok(Some(Undoing { changes, heads: hashes(conn, &row)? }))
        })
    }

    /// A book as it was at the end of a day. None when it is not here.
    pub fn past(&self, book: &BookId, day: Date, today: Date) -> Result<Option<Past>, StoreError> {
        self.0.pool.with(|conn| {
            let Some(row) = books::find(conn, book)? else { return Ok(None) };
            let doc = load(conn, &row)?;
            let past = sound(book, || book::past(&doc, &row.key.kind, day, today).map_err(|error| error.to_string()))?;
            Ok(Some(past))
        })
    }
}
