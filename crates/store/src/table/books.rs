//! `books`: names of books, and how many changes each has.

use rusqlite::{Connection, OptionalExtension, Row, params};
use ybz_domain::book::{BookKey, BookKind};
use ybz_domain::ids::{BookId, OfficeId};

use crate::error::StoreError;

pub(crate) const CREATE: &str = "
CREATE TABLE books (
    id         INTEGER NOT NULL PRIMARY KEY,
    book       BLOB NOT NULL UNIQUE CHECK (length(book) = 32),
    office     BLOB NOT NULL CHECK (length(office) = 16),
    kind       TEXT NOT NULL,
    year       INTEGER NOT NULL, -- 0: evergreen
    generation INTEGER NOT NULL,
    superior   BLOB NOT NULL, -- empty: none
    changes    INTEGER NOT NULL DEFAULT 0 -- accepted, held ones included; the last change's n
) STRICT;
CREATE INDEX books_office ON books (office, kind, year);";

/// A book with its row id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BookRow {
    pub(crate) id: i64,
    pub(crate) book: BookId,
    pub(crate) key: BookKey,
    pub(crate) changes: u32,
}

const ONE: &str = "SELECT id, book, office, kind, year, generation, superior, changes FROM books WHERE book = ?1";
const ALL: &str = "SELECT id, book, office, kind, year, generation, superior, changes FROM books ORDER BY id";

fn read(row: &Row<'_>) -> rusqlite::Result<Option<BookRow>> {
    let kind: String = row.get(3)?;
    let superior: Vec<u8> = row.get(6)?;
    let (Ok(kind), superior) = (BookKind::try_from(kind), OfficeId::from_slice(&superior).ok()) else {
        return Ok(None);
    };
    let year: i16 = row.get(4)?;
    let key = BookKey {
        office: OfficeId(row.get(2)?),
        kind,
        year: (year != 0).then_some(year),
        generation: row.get(5)?,
        superior,
    };
    Ok(Some(BookRow { id: row.get(0)?, book: BookId(row.get(1)?), key, changes: row.get(7)? }))
}

pub(crate) fn find(conn: &Connection, book: &BookId) -> Result<Option<BookRow>, StoreError> {
    let mut statement = conn.prepare_cached(ONE)?;
    let found = statement.query_row(params![book.0], read).optional()?;
    found.map(|row| row.ok_or(StoreError::Garbled("books"))).transpose()
}

pub(crate) fn all(conn: &Connection) -> Result<Vec<BookRow>, StoreError> {
    let mut statement = conn.prepare_cached(ALL)?;
    let rows = statement.query_map([], read)?;
    rows.map(|row| row?.ok_or(StoreError::Garbled("books"))).collect()
}

/// The last row id; 0 where there is no book.
pub(crate) fn last(conn: &Connection) -> Result<i64, StoreError> {
    let mut statement = conn.prepare_cached("SELECT coalesce(max(id), 0) FROM books")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Finds a book, or enters it.
pub(crate) fn find_or_insert(conn: &Connection, key: &BookKey) -> Result<BookRow, StoreError> {
    let book = key.id();
    if let Some(found) = find(conn, &book)? {
        return Ok(found);
    }
    if !key.is_sound() {
        return Err(StoreError::UnsoundBook(book));
    }
    let mut statement = conn.prepare_cached(
        "INSERT INTO books (book, office, kind, year, generation, superior) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let superior = key.superior.map(|office| office.0.to_vec()).unwrap_or_default();
    statement.execute(params![
        book.0,
        key.office.0,
        key.kind.to_string(),
        key.year.unwrap_or_default(),
        key.generation,
        superior
    ])?;
    Ok(BookRow { id: conn.last_insert_rowid(), book, key: key.clone(), changes: 0 })
}

pub(crate) fn set_changes(conn: &Connection, id: i64, changes: u32) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("UPDATE books SET changes = ?2 WHERE id = ?1")?;
    statement.execute(params![id, changes])?;
    Ok(())
}

pub(crate) fn by_row(conn: &Connection, id: i64) -> Result<Option<BookRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, book, office, kind, year, generation, superior, changes FROM books WHERE id = ?1",
    )?;
    let found = statement.query_row(params![id], read).optional()?;
    found.map(|row| row.ok_or(StoreError::Garbled("books"))).transpose()
}
