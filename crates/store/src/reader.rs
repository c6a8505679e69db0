//! The read model: records with what lists filter and sort by.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use ybz_domain::book::{BookKey, BookKind, RecordView};
use ybz_domain::ids::{BookId, ChangeHash, OfficeId, RecordId};
use ybz_domain::ledger::IndexRow;
use ybz_domain::ledger::verdict::Standing;

use crate::error::StoreError;
use crate::query::{self, RecordQuery, RowHash, Sort};
use crate::table::books::{self, BookRow};
use crate::table::records::{self, Stored};
use crate::table::{attestations, change_index, heads, quarantine, record_months, staged, submitted};

/// Books by row id. How many changes each has may be older than the transaction; the names are not.
pub(crate) type Books = Arc<HashMap<i64, BookRow>>;

/// The books as they were read last, with the last row id there was: what a book is called never changes, and none is ever taken
/// out of the table.
#[derive(Default)]
pub(crate) struct KeptBooks(Mutex<Option<(i64, Books)>>);

impl KeptBooks {
    fn get(&self, conn: &Connection) -> Result<Books, StoreError> {
        let last = books::last(conn)?;
        if let Some((known, books)) = self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref()
            && *known == last
        {
            return Ok(Arc::clone(books));
        }
        let books: Books = Arc::new(books::all(conn)?.into_iter().map(|row| (row.id, row)).collect());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((last, Arc::clone(&books)));
        Ok(books)
    }
}

/// One read transaction.
pub struct Reader<'a> {
    pub(crate) conn: &'a Connection,
    kept: &'a KeptBooks,
    books: RefCell<Option<Books>>,
}

/// A record with the book it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecord {
    /// The book's id.
    pub book: BookId,
    /// The book's name.
    pub key: BookKey,
    /// The office whose book it is.
    pub office: OfficeId,
    /// The record.
    pub view: RecordView,
    /// What lists filter and sort by.
    pub row: IndexRow,
}

/// How many records of one type there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthCount {
    /// The office in whose books they stand.
    pub office: OfficeId,
    /// Their month (`2026-03`).
    pub month: String,
    /// Their state.
    pub state: String,
    /// They were entered under a custodian's certificate.
    pub custodian: bool,
    /// How many.
    pub count: u32,
}

/// A book as this database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookInfo {
    /// Its name.
    pub key: BookKey,
    /// Its id.
    pub id: BookId,
    /// Accepted changes, unread and held ones included.
    pub changes: u32,
    /// Accepted and not read in yet.
    pub unread: u32,
    /// Accepted and impossible to read in.
    pub held: u32,
    /// Received and not accepted yet.
    pub staged: u32,
    /// Refused.
    pub quarantined: u32,
    /// Its heads, sorted.
    pub heads: Vec<ChangeHash>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(conn: &'a Connection, kept: &'a KeptBooks) -> Self {
        Self { conn, kept, books: RefCell::new(None) }
    }

    /// A record; without a book, the first one that has it.
    pub fn record(&self, book: Option<&BookId>, id: &RecordId) -> Result<Option<StoredRecord>, StoreError> {
        let found = match book {
            None => records::find(self.conn, id)?,
            Some(book) => match books::find(self.conn, book)? {
                Some(row) => records::get(self.conn, row.id, id)?,
                None => None,
            },
        };
        found.map(|stored| self.named(stored)).transpose()
    }

    /// Records that a query asks for, with their number in total.
    pub fn query(&self, query: &RecordQuery) -> Result<(u32, Vec<StoredRecord>), StoreError> {
        let Some(mut books) = self.books_for(query)? else { return Ok((0, Vec::new())) };
        if let (Sort::Office, Some(books), Some(offices)) = (query.sort, books.as_mut(), query.offices.as_ref()) {
            let place: HashMap<&OfficeId, usize> = offices.iter().zip(0..).collect();
            let keys = self.all_books()?;
            books.sort_by_key(|book| keys.get(book).and_then(|row| place.get(&row.key.office)).copied());
        }
        let (total, found) = query.run(self.conn, books.as_deref())?;
        let found = found.into_iter().map(|stored| self.named(stored)).collect::<Result<_, _>>()?;
        Ok((total, found))
    }

    /// Ids of the records that a query asks for, with what lists filter and sort by, in the order of the ids. No record is read,
    /// so that tens of thousands cost little.
    pub fn rows(&self, query: &RecordQuery) -> Result<Vec<(RecordId, IndexRow)>, StoreError> {
        match self.books_for(query)? {
            Some(books) => query.rows(self.conn, books.as_deref()),
            None => Ok(Vec::new()),
        }
    }

    /// Each of some records in every book that has it.
    pub fn records_of(&self, ids: &[RecordId]) -> Result<Vec<StoredRecord>, StoreError> {
        let mut out = Vec::with_capacity(ids.len());
        for id in ids {
            for stored in records::all_of(self.conn, id)? {
                out.push(self.named(stored)?);
            }
        }
        Ok(out)
    }

    /// The rows of a month (`2026-03`) in books of a kind of these offices, by their hashes alone.
    pub fn row_hashes(&self, offices: &[OfficeId], kind: &BookKind, month: &str) -> Result<Vec<RowHash>, StoreError> {
        let wanted = |row: &BookRow| row.key.kind == *kind && offices.contains(&row.key.office);
        let ids = self.books_where(wanted)?;
        let keys = self.all_books()?;
        let found = query::row_hashes(self.conn, &ids, month)?.into_iter();
        let named = found.filter_map(|(book, id, hash)| Some(RowHash { key: keys.get(&book)?.key.clone(), id, hash }));
        Ok(named.collect())
    }

    /// Numbers of records of a type by office, month and state, for months (`2026-03`) from one to another, both included.
    pub fn month_counts(&self, rtype: &str, from: &str, to: &str) -> Result<Vec<MonthCount>, StoreError> {
        let books = self.all_books()?;
        let named = |row: record_months::Row| {
            let office = books.get(&row.book)?.key.office;
            Some(MonthCount { office, month: row.month, state: row.state, custodian: row.custodian, count: row.count })
        };
        Ok(record_months::of_type(self.conn, rtype, from, to)?.into_iter().filter_map(named).collect())
    }

    /// Office, month and standing of every month that was submitted in books of a year.
    pub fn submitted(&self, year: i16) -> Result<Vec<(OfficeId, String, Standing)>, StoreError> {
        submitted::of_year(self.conn, year)
    }

    /// Every record of a type that is about one of some others, each found in books of its office: by id of what they are about.
    pub fn about_each(
        &self,
        rtype: &str,
        of: impl IntoIterator<Item = (OfficeId, RecordId)>,
    ) -> Result<Vec<StoredRecord>, StoreError> {
        let books = self.all_books()?;
        let mut out = Vec::new();
        for (office, id) in of {
            for stored in records::about(self.conn, &id.to_string())? {
                let ours = books.get(&stored.book).is_some_and(|row| row.key.office == office);
                if ours && stored.view.rtype == rtype {
                    out.push(self.named(stored)?);
                }
            }
        }
        Ok(out)
    }

    /// Every record with a field whose concurrent values differ.
    pub fn conflicts(&self) -> Result<Vec<StoredRecord>, StoreError> {
        records::conflicts(self.conn)?.into_iter().map(|stored| self.named(stored)).collect()
    }

    /// Every book.
    pub fn books(&self) -> Result<Vec<BookInfo>, StoreError> {
        books::all(self.conn)?.into_iter().map(|row| self.info(row)).collect()
    }

    /// One book.
    pub fn book(&self, book: &BookId) -> Result<Option<BookInfo>, StoreError> {
        books::find(self.conn, book)?.map(|row| self.info(row)).transpose()
    }

    /// The device that wrote as an actor, as far as its attestation is here: names who stands behind a value.
    pub fn device_of(
        &self,
        book: &BookId,
        actor: &ybz_domain::ids::ActorId,
    ) -> Result<Option<ybz_domain::ids::DeviceId>, StoreError> {
        let Some(row) = books::find(self.conn, book)? else { return Ok(None) };
        attestations::device_of(self.conn, row.id, actor)
    }

    fn info(&self, row: BookRow) -> Result<BookInfo, StoreError> {
        let (unread, held) = change_index::open(self.conn, row.id)?;
        let staged = staged::count(self.conn, row.id)?;
        Ok(BookInfo {
            id: row.book,
            changes: row.changes,
            unread,
            held,
            staged: u32::try_from(staged).unwrap_or(u32::MAX),
            quarantined: quarantine::count(self.conn, row.id)?,
            heads: heads::of_book(self.conn, row.id)?.into_iter().map(|(_, hash)| hash).collect(),
            key: row.key,
        })
    }

    /// Row ids of books.
    pub(crate) fn books_where(&self, wanted: impl Fn(&BookRow) -> bool) -> Result<Vec<i64>, StoreError> {
        Ok(self.all_books()?.values().filter(|row| wanted(row)).map(|row| row.id).collect())
    }

    pub(crate) fn named(&self, stored: Stored) -> Result<StoredRecord, StoreError> {
        let books = self.all_books()?;
        let book = books.get(&stored.book).ok_or(StoreError::Garbled("records"))?;
        Ok(StoredRecord {
            book: book.book,
            office: book.key.office,
            key: book.key.clone(),
            view: stored.view,
            row: stored.row,
        })
    }

    pub(crate) fn all_books(&self) -> Result<Books, StoreError> {
        let mut cached = self.books.borrow_mut();
        if let Some(books) = cached.as_ref() {
            return Ok(Arc::clone(books));
        }
        let books = self.kept.get(self.conn)?;
        *cached = Some(Arc::clone(&books));
        Ok(books)
    }

    /// Row ids of books by their keys, rising.
    pub(crate) fn books_of(&self, admits: impl Fn(&BookKey) -> bool) -> Result<Vec<i64>, StoreError> {
        let books = self.all_books()?;
        let mut ids: Vec<i64> = books.values().filter(|row| admits(&row.key)).map(|row| row.id).collect();
        ids.sort_unstable();
        Ok(ids)
    }

    /// Row ids of the books a query is limited to: `Some(None)` for any book, `None` when no book can answer.
    #[allow(clippy::type_complexity)]
    pub(crate) fn books_for(&self, query: &RecordQuery) -> Result<Option<Option<Vec<i64>>>, StoreError> {
        if query.offices.is_none()
            && query.book_kind.is_none()
            && query.year.is_none()
            && query.around.is_none()
            && query.book.is_none()
        {
            return Ok(Some(None));
        }
        let books = self.all_books()?;
        let offices: Option<HashSet<OfficeId>> =
            query.offices.as_ref().map(|offices| offices.iter().copied().collect());
        let of = |row: &&BookRow| offices.as_ref().is_none_or(|offices| offices.contains(&row.key.office));
        let mut ids: Vec<i64> = books.values().filter(of).filter(|row| query.admits(row)).map(|row| row.id).collect();
        ids.sort_unstable();
        Ok((!ids.is_empty()).then_some(Some(ids)))
    }
}
