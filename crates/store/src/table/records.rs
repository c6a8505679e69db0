//! `records`: the read model, one row per record of every book. Derived: it is rebuilt, never migrated.

use rusqlite::{Connection, OptionalExtension, Row, params};
use ybz_domain::book::{BookKind, RecordView};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::submission::row_hash;
use ybz_domain::ledger::{IndexRow, index_row};

use crate::error::StoreError;
use crate::table::record_months::Cell;
use crate::table::{concern_states, decode, encode, flows, items, record_months, search, submitted, text_writes};

/// Raised whenever the shape of the rows or what they are derived by changes.
pub(crate) const VERSION: u32 = 11;

pub(crate) const DROP: &str = "DROP TABLE IF EXISTS records;";

pub(crate) const CREATE: &str = "
CREATE TABLE records (
    n        INTEGER PRIMARY KEY,
    book     INTEGER NOT NULL,
    id       BLOB NOT NULL CHECK (length(id) = 16),
    rtype    TEXT NOT NULL,
    date     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    state    TEXT NOT NULL,
    about    TEXT NOT NULL,
    amount   INTEGER NOT NULL,
    text     TEXT NOT NULL,
    late     INTEGER NOT NULL,
    conflict INTEGER NOT NULL,
    -- Of the record as a row of its month; before the view, so that it is read without it.
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    view     BLOB NOT NULL,
    UNIQUE (id, book)
) STRICT;
CREATE INDEX records_type ON records (rtype, date, book);
CREATE INDEX records_date ON records (date) WHERE date <> '';
CREATE INDEX records_amount ON records (amount) WHERE amount <> 0;
CREATE INDEX records_book ON records (book, date);
CREATE INDEX records_about ON records (about) WHERE about <> '';
CREATE INDEX records_conflict ON records (book) WHERE conflict = 1;
-- All that lists of a type filter and sort by.
CREATE INDEX records_list ON records (rtype, book, date, state, kind, amount, late, conflict, id, text);";

/// What stands in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) book: i64,
    pub(crate) view: RecordView,
    pub(crate) row: IndexRow,
}

/// Columns of [`read_index`] after the first one, in its order.
macro_rules! index_columns {
    () => {
        "date, kind, state, about, amount, text, late, conflict"
    };
}
pub(crate) use index_columns;

/// Columns of [`read`], in its order.
macro_rules! columns {
    () => {
        "book, date, kind, state, about, amount, text, late, conflict, view"
    };
}
pub(crate) use columns;

/// Reads [`columns`]. The view stays encoded, since decoding can fail in its own way.
pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<(i64, IndexRow, Vec<u8>)> {
    Ok((row.get(0)?, read_index(row)?, row.get(9)?))
}

/// Reads [`index_columns`] that stand behind one other column.
pub(crate) fn read_index(row: &Row<'_>) -> rusqlite::Result<IndexRow> {
    Ok(IndexRow {
        date: row.get(1)?,
        kind: row.get(2)?,
        state: row.get(3)?,
        about: row.get(4)?,
        amount: row.get(5)?,
        text: row.get(6)?,
        late: row.get(7)?,
        conflict: row.get(8)?,
    })
}

pub(crate) fn stored((book, row, view): (i64, IndexRow, Vec<u8>)) -> Result<Stored, StoreError> {
    Ok(Stored { book, view: decode(&view, "records")?, row })
}

/// Writes a record as the book has it now, or removes it.
pub(crate) fn project(conn: &Connection, book: i64, id: RecordId, view: Option<&RecordView>) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("SELECT n, view FROM records WHERE id = ?1 AND book = ?2")?;
    let before: Option<(i64, Vec<u8>)> =
        statement.query_row(params![id.0, book], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let before: Option<(i64, RecordView)> =
        before.map(|(row, view)| Ok::<_, StoreError>((row, decode(&view, "records")?))).transpose()?;
    let counted = before.as_ref().and_then(|(_, view)| Cell::of(view, &index_row(view)));
    let Some(view) = view else {
        let Some((at, gone)) = before else { return Ok(()) };
        record_months::moved(conn, book, counted.as_ref(), None)?;
        touch(conn, book, &gone.rtype, &id, gone.str("ref"))?;
        search::remove(conn, at)?;
        conn.prepare_cached("DELETE FROM records WHERE n = ?1")?.execute(params![at])?;
        return Ok(());
    };
    let row = index_row(view);
    record_months::moved(conn, book, counted.as_ref(), Cell::of(view, &row).as_ref())?;
    let mut statement = conn.prepare_cached(
        "INSERT INTO records (book, id, rtype, date, kind, state, about, amount, text, late, conflict, hash, view)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
         ON CONFLICT (id, book) DO UPDATE SET rtype = excluded.rtype, date = excluded.date, kind = excluded.kind,
             state = excluded.state, about = excluded.about, amount = excluded.amount, text = excluded.text,
             late = excluded.late, conflict = excluded.conflict, hash = excluded.hash, view = excluded.view
         RETURNING n",
    )?;
    let values = params![
        book,
        id.0,
        view.rtype,
        row.date,
        row.kind,
        row.state,
        row.about,
        row.amount,
        row.text,
        row.late,
        row.conflict,
        row_hash(view),
        encode(view, "records")?
    ];
    let at: i64 = statement.query_row(values, |row| row.get(0))?;
    touch(conn, book, &view.rtype, &id, view.str("ref"))?;
    if let Some((_, before)) = before.as_ref().filter(|(_, before)| before.str("ref") != view.str("ref")) {
        touch(conn, book, &before.rtype, &id, before.str("ref"))?;
    }
    search::replace(conn, at, before.as_ref().map(|(_, before)| before), view)
}

/// Notes that what is derived from several records has to be derived anew.
fn touch(conn: &Connection, book: i64, rtype: &str, id: &RecordId, about: &str) -> Result<(), StoreError> {
    items::touch(conn, rtype, id, about)?;
    flows::touch(conn, rtype, id, about)?;
    concern_states::touch(conn, rtype, id, about)?;
    submitted::touch(conn, rtype, book)
}

/// Derives anew what is derived from several records, once those that were written all are.
pub(crate) fn settle(conn: &Connection) -> Result<(), StoreError> {
    items::settle(conn)?;
    flows::settle(conn)?;
    concern_states::settle(conn)?;
    submitted::settle(conn)
}

/// Forgets the records of a book, and their words: it may be that texts are taken back.
pub(crate) fn delete_book(conn: &Connection, book: i64) -> Result<(), StoreError> {
    items::touch_book(conn, book)?;
    flows::touch_book(conn, book)?;
    submitted::touch_book(conn, book)?;
    concern_states::touch_book(conn, book)?;
    record_months::delete_book(conn, book)?;
    text_writes::delete_book(conn, book)?;
    let mut statement = conn.prepare_cached("SELECT n FROM records WHERE book = ?1")?;
    let rows: Vec<i64> = statement.query_map(params![book], |row| row.get(0))?.collect::<Result<_, _>>()?;
    rows.into_iter().try_for_each(|row| search::remove(conn, row))?;
    conn.prepare_cached("DELETE FROM records WHERE book = ?1")?.execute(params![book])?;
    search::forget(conn)
}

/// Records by their rows, in that order.
pub(crate) fn at(conn: &Connection, rows: &[i64]) -> Result<Vec<Stored>, StoreError> {
    let mut statement = conn.prepare_cached(concat!("SELECT ", columns!(), " FROM records WHERE n = ?1"))?;
    rows.iter().map(|row| stored(statement.query_row(params![row], read)?)).collect()
}

/// A record in a book.
pub(crate) fn get(conn: &Connection, book: i64, id: &RecordId) -> Result<Option<Stored>, StoreError> {
    let mut statement =
        conn.prepare_cached(concat!("SELECT ", columns!(), " FROM records WHERE id = ?1 AND book = ?2"))?;
    statement.query_row(params![id.0, book], read).optional()?.map(stored).transpose()
}

/// A record wherever it stands; the first book that has it.
pub(crate) fn find(conn: &Connection, id: &RecordId) -> Result<Option<Stored>, StoreError> {
    let mut statement =
        conn.prepare_cached(concat!("SELECT ", columns!(), " FROM records WHERE id = ?1 ORDER BY book LIMIT 1"))?;
    statement.query_row(params![id.0], read).optional()?.map(stored).transpose()
}

/// A record in every book that has it.
pub(crate) fn all_of(conn: &Connection, id: &RecordId) -> Result<Vec<Stored>, StoreError> {
    let mut statement =
        conn.prepare_cached(concat!("SELECT ", columns!(), " FROM records WHERE id = ?1 ORDER BY book"))?;
    let rows = statement.query_map(params![id.0], read)?;
    rows.map(|row| stored(row?)).collect()
}

/// Every record that is about another, by id.
pub(crate) fn about(conn: &Connection, about: &str) -> Result<Vec<Stored>, StoreError> {
    let mut statement = conn.prepare_cached(concat!(
        "SELECT ",
        columns!(),
        " FROM records INDEXED BY records_about WHERE about <> '' AND about = ?1 ORDER BY id, book"
    ))?;
    let rows = statement.query_map(params![about], read)?;
    rows.map(|row| stored(row?)).collect()
}

/// Every record of a type that is about another, in books of a kind of one office.
pub(crate) fn about_in(
    conn: &Connection,
    about: &RecordId,
    rtype: &str,
    office: &OfficeId,
    kind: &BookKind,
) -> Result<Vec<Stored>, StoreError> {
    let mut statement = conn.prepare_cached(concat!(
        "SELECT ",
        columns!(),
        " FROM records INDEXED BY records_about WHERE about <> '' AND about = ?1 AND rtype = ?2
             AND book IN (SELECT id FROM books b WHERE b.office = ?3 AND b.kind = ?4) ORDER BY id, book"
    ))?;
    let rows = statement.query_map(params![about.to_string(), rtype, office.0, kind.to_string()], read)?;
    rows.map(|row| stored(row?)).collect()
}

/// Every record of a book, by id.
pub(crate) fn of_book(conn: &Connection, book: i64) -> Result<Vec<Stored>, StoreError> {
    let mut statement = conn.prepare_cached(concat!(
        "SELECT ",
        columns!(),
        " FROM records INDEXED BY records_book WHERE book = ?1 ORDER BY id"
    ))?;
    let rows = statement.query_map(params![book], read)?;
    rows.map(|row| stored(row?)).collect()
}

/// Every record with differing concurrent values.
pub(crate) fn conflicts(conn: &Connection) -> Result<Vec<Stored>, StoreError> {
    let mut statement =
        conn.prepare_cached(concat!("SELECT ", columns!(), " FROM records WHERE conflict = 1 ORDER BY book, id"))?;
    let rows = statement.query_map([], read)?;
    rows.map(|row| stored(row?)).collect()
}
