//! `heads`: accepted changes of a book on which no accepted change builds. A book with genesis alone has none.

use rusqlite::{Connection, params};
use ybz_domain::ids::ChangeHash;

use crate::error::StoreError;

pub(crate) const CREATE: &str = "
CREATE TABLE heads (
    book INTEGER NOT NULL REFERENCES books (id),
    n    INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (book, n)
) STRICT, WITHOUT ROWID;";

/// The heads, sorted by hash.
pub(crate) fn of_book(conn: &Connection, book: i64) -> Result<Vec<(u32, ChangeHash)>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT n, hash FROM heads WHERE book = ?1 ORDER BY hash")?;
    let rows = statement.query_map(params![book], |row| Ok((row.get(0)?, ChangeHash(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn insert(conn: &Connection, book: i64, n: u32, hash: &ChangeHash) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("INSERT INTO heads (book, n, hash) VALUES (?1, ?2, ?3)")?;
    statement.execute(params![book, n, hash.0])?;
    Ok(())
}

pub(crate) fn delete(conn: &Connection, book: i64, n: u32) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM heads WHERE book = ?1 AND n = ?2")?.execute(params![book, n])?;
    Ok(())
}
