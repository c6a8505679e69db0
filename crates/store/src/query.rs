//! Queries on the read model. Statements are put together from literal parts; every value is bound.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use ybz_domain::book::{BookKey, BookKind};
use ybz_domain::ids::{BookId, OfficeId, RecordId};
use ybz_domain::ledger::IndexRow;
use ybz_domain::ledger::submission::is_row;

use crate::error::StoreError;
use crate::table::books::BookRow;
use crate::table::records::{self, Stored, columns, index_columns};

/// Types of records that are not marked as deleted; the character after `/` is `0`.
const STANDING: &str = "(rtype < 'deleted/' OR rtype >= 'deleted0')";
/// Types of those that are.
const DELETED: &str = "rtype >= 'deleted/' AND rtype < 'deleted0'";

/// Order of a list; equal ones by id, so that pages neither repeat nor lose a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The newest first.
    #[default]
    DateDesc,
    /// The oldest first.
    DateAsc,
    /// By searched text.
    Text,
    /// The smallest amount first.
    AmountAsc,
    /// The largest amount first.
    AmountDesc,
    /// By state, then the newest first.
    State,
    /// By id: as they were made.
    Id,
    /// By office, in the order in which the query names offices, then the newest first.
    Office,
}

/// Whether records are marked as deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Marked {
    /// Those that are not.
    #[default]
    Standing,
    /// Those that are.
    Deleted,
    /// All.
    Either,
}

/// Which records, in which order. Whatever is none filters nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordQuery {
    /// Type, such as `visit`.
    pub rtype: Option<String>,
    /// Books of these offices.
    pub offices: Option<Vec<OfficeId>>,
    /// Books of this kind.
    pub book_kind: Option<BookKind>,
    /// One book.
    pub book: Option<BookId>,
    /// Books of this year; evergreen books have none.
    pub year: Option<i16>,
    /// Books of this year and the years next to it, and evergreen ones.
    pub around: Option<i16>,
    /// First day (`2026-03-05`) or month (`2026-03`); a record dated by the month counts when any of its days does.
    pub from: Option<String>,
    /// Last day or month, included.
    pub to: Option<String>,
    /// Records that stand, or those that are marked as deleted.
    pub marked: Marked,
    /// Records with this id or word somewhere in them.
    pub naming: Option<String>,
    /// One of the record's kinds.
    pub kind: Option<String>,
    /// The record's kind as a whole is one of these, as with whom private records are about.
    pub kind_in: Option<Vec<String>>,
    /// State word.
    pub state: Option<String>,
    /// Where it stands by what was written about it: of a handed-in concern a word of its standing, of an item the state that
    /// was derived, of anything else its state word.
    pub stands: Option<String>,
    /// The record it is about, as in `ref`.
    pub about: Option<String>,
    /// Text that the record or its date contains, in any case.
    pub text: Option<String>,
    /// Records that count as containing the text: what they are about contains it and is sealed.
    pub or_ids: Vec<RecordId>,
    /// Entered late (补录), or not.
    pub late: Option<bool>,
    /// With conflicting values, or without.
    pub conflict: Option<bool>,
    /// Order.
    pub sort: Sort,
    /// Records to leave out at the start.
    pub offset: u32,
    /// Most records to return.
    pub limit: u32,
}

impl Default for RecordQuery {
    fn default() -> Self {
        Self {
            rtype: None,
            offices: None,
            book_kind: None,
            book: None,
            year: None,
            around: None,
            from: None,
            to: None,
            marked: Marked::default(),
            naming: None,
            kind: None,
            kind_in: None,
            state: None,
            stands: None,
            about: None,
            text: None,
            or_ids: Vec::new(),
            late: None,
            conflict: None,
            sort: Sort::default(),
            offset: 0,
            limit: u32::MAX,
        }
    }
}

impl RecordQuery {
    /// All records of a type.
    pub fn of_type(rtype: &str) -> Self {
        Self { rtype: Some(rtype.to_owned()), ..Self::default() }
    }

    /// Whether a book is one of those, whichever office's it is.
    pub(crate) fn admits(&self, row: &BookRow) -> bool {
        self.book_kind.as_ref().is_none_or(|kind| *kind == row.key.kind)
            && self.book.is_none_or(|book| book == row.book)
            && self.year.is_none_or(|year| row.key.year == Some(year))
            && self.around.is_none_or(|around| row.key.year.is_none_or(|year| year.abs_diff(around) <= 1))
    }

    /// What the query asks for, on `records c`.
    pub(crate) fn filter(&self, books: Option<&[i64]>) -> Filter {
        let mut filter = Filter::default();
        // A type is that of records that stand; what is deleted has another.
        match (self.marked, self.rtype.as_deref()) {
            (Marked::Standing, Some(rtype)) => filter.text("rtype = ?", Some(rtype)),
            (Marked::Standing, None) => filter.term(STANDING),
            (Marked::Deleted, Some(rtype)) => filter.text("rtype = 'deleted/' || ?", Some(rtype)),
            (Marked::Deleted, None) => filter.term(DELETED),
            (Marked::Either, Some(rtype)) => {
                filter.text("rtype IN (?, 'deleted/' || ?)", Some(rtype));
                filter.values.push(rtype.to_owned().into());
            }
            (Marked::Either, None) => {}
        }
        // Texts stand in the encoded record as they are.
        filter.text("instr(view, CAST(? AS BLOB)) > 0", self.naming.as_deref());
        if let Some(books) = books {
            filter.books(books);
        }
        filter.dates(self.from.as_deref(), self.to.as_deref());
        filter.text("instr(',' || kind || ',', ',' || ? || ',') > 0", self.kind.as_deref());
        if let Some(kinds) = &self.kind_in {
            filter.term("kind IN (SELECT value FROM json_each(?))");
            filter.values.push(words(kinds).into());
        }
        filter.text("state = ?", self.state.as_deref());
        if let Some(about) = self.about.as_deref() {
            filter.text("about <> '' AND about = ?", Some(about));
        }
        let text = self.text.as_deref().map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
        if let Some(text) = text {
            filter.contains(&text, &self.or_ids);
        }
        filter.flag("late = ?", self.late);
        filter.flag("conflict = ?", self.conflict);
        if let Some(stands) = self.stands.as_deref().filter(|stands| !stands.is_empty()) {
            filter.term(&format!("({}) = ?", crate::ledgers::stands(self.rtype.as_deref().unwrap_or_default())));
            filter.values.push(stands.to_owned().into());
        }
        filter
    }

    /// All that it filters and sorts by stands in an index, so that rows which are not on the page need not be read.
    fn narrow(&self, books: Option<&[i64]>) -> bool {
        let whole = self.limit == u32::MAX && self.offset == 0;
        let typed = self.rtype.is_some() && self.marked == Marked::Standing && books.is_some();
        // Of few of many the index tells which: whom they are about stands in it.
        typed && (!whole || self.kind_in.is_some()) && self.about.is_none() && self.naming.is_none()
    }

    /// Ids of the books and records, with what lists filter and sort by; no record is read.
    pub(crate) fn rows(
        &self,
        conn: &Connection,
        books: Option<&[i64]>,
    ) -> Result<Vec<(RecordId, IndexRow)>, StoreError> {
        let mut filter = self.filter(books);
        let typed = self.rtype.is_some() && self.marked == Marked::Standing && books.is_some();
        let from = match (self.about.is_some(), typed) {
            (true, _) => "records c INDEXED BY records_about",
            (false, true) if self.naming.is_none() => "records c INDEXED BY records_list",
            _ => "records c",
        };
        filter.values.extend([self.limit.into(), self.offset.into()]);
        let sql = format!(
            concat!("SELECT id, ", index_columns!(), " FROM {}{} ORDER BY id LIMIT ? OFFSET ?"),
            from, filter.sql
        );
        let mut statement = conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&filter.values), |row| {
            Ok((RecordId(row.get(0)?), records::read_index(row)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn run(&self, conn: &Connection, books: Option<&[i64]>) -> Result<(u32, Vec<Stored>), StoreError> {
        let mut filter = self.filter(books);
        // Without figures on the data SQLite would rather go through all records of the type.
        let from = match (self.about.is_some(), self.narrow(books)) {
            (true, _) => "records c INDEXED BY records_about",
            (false, true) => "records c INDEXED BY records_list",
            // Few are deleted, however many stand in the books.
            (false, false) if self.marked == Marked::Deleted => "records c INDEXED BY records_type",
            (false, false) => "records c",
        };
        let whole = self.limit == u32::MAX && self.offset == 0;
        let mut total = 0;
        if !whole {
            let count = format!("SELECT count(*) FROM {from}{}", filter.sql);
            total = conn.prepare_cached(&count)?.query_row(params_from_iter(&filter.values), |row| row.get(0))?;
            if self.limit == 0 || total <= self.offset {
                return Ok((total, Vec::new()));
            }
        }
        let order = match self.sort {
            Sort::DateDesc => "date DESC, id DESC",
            Sort::DateAsc => "date, id",
            Sort::Text => "text, id",
            Sort::AmountAsc => "amount, id",
            Sort::AmountDesc => "amount DESC, id DESC",
            Sort::State => "state, date DESC, id DESC",
            Sort::Id => "id, book",
            // Of any book there is no such order.
            Sort::Office if books.is_none() => "date DESC, id DESC",
            Sort::Office => "place, date DESC, id DESC",
        };
        let mut with = "";
        let mut from = from.to_owned();
        if let (Sort::Office, Some(books)) = (self.sort, books) {
            // Book by book, as the caller has put them in order. That they are these books must not be said a second time: SQLite
            // would then go through all of them for each.
            filter = self.filter(None);
            with = "WITH o (place, of) AS (SELECT key, value FROM json_each(?)) ";
            from = format!("o CROSS JOIN {from} ON c.book = o.of");
            filter.values.insert(0, numbers(books).into());
        }
        filter.values.extend([self.limit.into(), self.offset.into()]);
        let tail = format!("FROM {from}{} ORDER BY {order} LIMIT ? OFFSET ?", filter.sql);
        let found = if self.narrow(books) {
            let mut statement = conn.prepare_cached(&format!("{with}SELECT c.n {tail}"))?;
            let page = statement.query_map(params_from_iter(&filter.values), |row| row.get(0))?;
            records::at(conn, &page.collect::<Result<Vec<i64>, _>>()?)?
        } else {
            let mut statement = conn.prepare_cached(&format!(concat!("{}SELECT ", columns!(), " {}"), with, tail))?;
            let rows = statement.query_map(params_from_iter(&filter.values), records::read)?;
            rows.map(|row| records::stored(row?)).collect::<Result<Vec<Stored>, _>>()?
        };
        if whole {
            total = u32::try_from(found.len()).unwrap_or(u32::MAX);
        }
        Ok((total, found))
    }
}

/// A record as a row of its month, without what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowHash {
    /// The book it stands in.
    pub key: BookKey,
    /// Its id.
    pub id: RecordId,
    /// [`ybz_domain::ledger::submission::row_hash`] of it.
    pub hash: [u8; 32],
}

/// Rows of a month in some books: row id of the book, record, hash. Records that are about submitting itself are none.
pub(crate) fn row_hashes(
    conn: &Connection,
    books: &[i64],
    month: &str,
) -> Result<Vec<(i64, RecordId, [u8; 32])>, StoreError> {
    let mut filter = Filter::default();
    filter.books(books);
    filter.dates(Some(month), Some(month));
    let sql = format!("SELECT book, id, hash, rtype FROM records{} ORDER BY book, id", filter.sql);
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&filter.values))?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        if is_row(row.get_ref(3)?.as_str().unwrap_or_default()) {
            out.push((row.get(0)?, RecordId(row.get(1)?), row.get(2)?));
        }
    }
    Ok(out)
}

/// Words as one list that a statement takes apart.
fn words(words: &[String]) -> String {
    serde_json::Value::from(words).to_string()
}

/// Row ids as one list that a statement takes apart.
pub(crate) fn numbers(books: &[i64]) -> String {
    let list: Vec<String> = books.iter().map(i64::to_string).collect();
    format!("[{}]", list.join(","))
}

#[derive(Default)]
pub(crate) struct Filter {
    pub(crate) sql: String,
    pub(crate) values: Vec<Sql>,
}

impl Filter {
    pub(crate) fn term(&mut self, term: &str) {
        self.sql.push_str(if self.sql.is_empty() { " WHERE " } else { " AND " });
        self.sql.push_str(term);
    }

    pub(crate) fn text(&mut self, term: &'static str, value: Option<&str>) {
        if let Some(value) = value {
            self.term(term);
            self.values.push(value.to_owned().into());
        }
    }

    fn flag(&mut self, term: &'static str, value: Option<bool>) {
        if let Some(value) = value {
            self.term(term);
            self.values.push(i64::from(value).into());
        }
    }

    pub(crate) fn contains(&mut self, text: &str, or_ids: &[RecordId]) {
        self.term("(instr(text, ?) > 0 OR instr(date, ?) > 0 OR lower(hex(id)) IN (SELECT value FROM json_each(?)))");
        let ids: Vec<String> = or_ids.iter().map(|id| format!("\"{id}\"")).collect();
        self.values.extend([text.to_owned().into(), text.to_owned().into(), format!("[{}]", ids.join(",")).into()]);
    }

    pub(crate) fn books(&mut self, books: &[i64]) {
        self.books_in("book", books);
    }

    /// The same, by a column or a term.
    pub(crate) fn books_in(&mut self, column: &'static str, books: &[i64]) {
        // Row ids are numbers of this database: bound as one list, they need no statement of their own for each length.
        self.term(&format!("{column} IN (SELECT value FROM json_each(?))"));
        self.values.push(numbers(books).into());
    }

    fn dates(&mut self, from: Option<&str>, to: Option<&str>) {
        if let Some(from) = from.filter(|from| !from.is_empty()) {
            // The month alone can use the index; the day is compared as far as the record's date goes.
            self.term("date >= ?");
            self.values.push(from.get(..7).unwrap_or(from).to_owned().into());
            self.term("date >= substr(?, 1, length(date))");
            self.values.push(from.to_owned().into());
        }
        if let Some(to) = to.filter(|to| !to.is_empty()) {
            self.term("date <> '' AND substr(date, 1, length(?)) <= ?");
            self.values.push(to.to_owned().into());
            self.values.push(to.to_owned().into());
        }
    }
}
