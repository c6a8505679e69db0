//! `snapshots`: a book as one saved document, in place of the changes that were compacted.

use rusqlite::{Connection, OptionalExtension, params};
use ybz_domain::ids::BookId;

use crate::error::StoreError;

pub(crate) const CREATE: &str = "
CREATE TABLE snapshots (
    book    INTEGER NOT NULL PRIMARY KEY REFERENCES books (id),
    changes INTEGER NOT NULL, -- that it holds
    bytes   BLOB NOT NULL
) STRICT;";

pub(crate) fn get(conn: &Connection, book: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT bytes FROM snapshots WHERE book = ?1")?;
    Ok(statement.query_row(params![book], |row| row.get(0)).optional()?)
}

pub(crate) fn put(conn: &Connection, book: i64, changes: u32, bytes: &[u8]) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO snapshots (book, changes, bytes) VALUES (?1, ?2, ?3)
         ON CONFLICT (book) DO UPDATE SET changes = excluded.changes, bytes = excluded.bytes",
    )?;
    statement.execute(params![book, changes, bytes])?;
    Ok(())
}

/// Books with at least so many changes since their snapshot, the one with most first.
pub(crate) fn due(conn: &Connection, changes: u32) -> Result<Vec<BookId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT b.book FROM books b LEFT JOIN snapshots s ON s.book = b.id
         WHERE b.changes - coalesce(s.changes, 0) >= ?1 ORDER BY b.changes - coalesce(s.changes, 0) DESC, b.id",
    )?;
    let rows = statement.query_map(params![changes], |row| row.get(0).map(BookId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
