//! `changes`: the bytes of changes, until compaction puts a snapshot in their place.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;

pub(crate) const CREATE: &str = "
CREATE TABLE changes (
    book  INTEGER NOT NULL REFERENCES books (id),
    n     INTEGER NOT NULL,
    bytes BLOB NOT NULL, -- one uncompressed change chunk
    PRIMARY KEY (book, n)
) STRICT, WITHOUT ROWID;";

pub(crate) fn insert(conn: &Connection, book: i64, n: u32, bytes: &[u8]) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("INSERT INTO changes (book, n, bytes) VALUES (?1, ?2, ?3)")?;
    statement.execute(params![book, n, bytes])?;
    Ok(())
}

/// The bytes of a change; none when it was compacted.
pub(crate) fn get(conn: &Connection, book: i64, n: u32) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT bytes FROM changes WHERE book = ?1 AND n = ?2")?;
    Ok(statement.query_row(params![book, n], |row| row.get(0)).optional()?)
}

/// Number and bytes of every change that has bytes of its own.
pub(crate) fn all(conn: &Connection, book: i64) -> Result<Vec<(u32, Vec<u8>)>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT n, bytes FROM changes WHERE book = ?1 ORDER BY n")?;
    let rows = statement.query_map(params![book], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Bytes of the changes that were read in, in order.
pub(crate) fn read_in(conn: &Connection, book: i64) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT c.bytes FROM changes c JOIN change_index i ON i.book = c.book AND i.n = c.n
         WHERE c.book = ?1 AND i.state = 1 ORDER BY c.n",
    )?;
    let rows = statement.query_map(params![book], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Deletes the bytes of what was read in: a snapshot holds it.
pub(crate) fn delete_read_in(conn: &Connection, book: i64) -> Result<usize, StoreError> {
    let mut statement = conn.prepare_cached(
        "DELETE FROM changes WHERE book = ?1
         AND n IN (SELECT n FROM change_index WHERE book = ?1 AND state = 1)",
    )?;
    Ok(statement.execute(params![book])?)
}

pub(crate) fn delete(conn: &Connection, book: i64, n: u32) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM changes WHERE book = ?1 AND n = ?2")?.execute(params![book, n])?;
    Ok(())
}

/// Moves the bytes of a change to a number that is free.
pub(crate) fn renumber(conn: &Connection, book: i64, from: u32, to: u32) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE changes SET n = ?3 WHERE book = ?1 AND n = ?2")?.execute(params![book, from, to])?;
    Ok(())
}
