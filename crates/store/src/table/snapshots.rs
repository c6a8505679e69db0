//! `snapshots`: a book as one saved document, in place of the changes that were compacted.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;

pub(crate) const CREATE: &str = "
CREATE TABLE snapshots (
    book  INTEGER NOT NULL PRIMARY KEY REFERENCES books (id),
    bytes BLOB NOT NULL
) STRICT;";

pub(crate) fn get(conn: &Connection, book: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT bytes FROM snapshots WHERE book = ?1")?;
    Ok(statement.query_row(params![book], |row| row.get(0)).optional()?)
}

pub(crate) fn put(conn: &Connection, book: i64, bytes: &[u8]) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO snapshots (book, bytes) VALUES (?1, ?2)
         ON CONFLICT (book) DO UPDATE SET bytes = excluded.bytes",
    )?;
    statement.execute(params![book, bytes])?;
    Ok(())
}
