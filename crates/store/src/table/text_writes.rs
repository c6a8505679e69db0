//! `text_writes`: which changes wrote into which merging text. Derived, and kept up as books grow: each change is looked at once in
//! its life here, so that finding texts which were put together costs what is new and not the whole book.

use rusqlite::{Connection, params};
use ybz_domain::book::TextWrite;
use ybz_domain::ids::{ChangeHash, RecordId};

use crate::error::StoreError;

pub(crate) const DROP: &str = "DROP TABLE IF EXISTS text_writes; DROP TABLE IF EXISTS text_marks;";

pub(crate) const CREATE: &str = "
CREATE TABLE text_writes (
    book   INTEGER NOT NULL,
    object TEXT NOT NULL,     -- the text, by the operation that made it
    record BLOB NOT NULL CHECK (length(record) = 16),
    field  TEXT NOT NULL,
    hash   BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (book, object, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE text_marks (book INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;";

/// Number of the last change that was looked at with all before it; 0: none.
pub(crate) fn mark(conn: &Connection, book: i64) -> Result<u32, StoreError> {
    let mut statement = conn.prepare_cached("SELECT coalesce(max(n), 0) FROM text_marks WHERE book = ?1")?;
    Ok(statement.query_row(params![book], |row| row.get(0))?)
}

pub(crate) fn set_mark(conn: &Connection, book: i64, n: u32) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT OR REPLACE INTO text_marks (book, n) VALUES (?1, ?2)")?.execute(params![book, n])?;
    Ok(())
}

/// Keeps what a change wrote. Where a text was made is known from the change that made it, or from here.
pub(crate) fn put(conn: &Connection, book: i64, hash: &ChangeHash, writes: &[TextWrite]) -> Result<(), StoreError> {
    for write in writes {
        match &write.made {
            Some((record, field)) => {
                conn.prepare_cached(
                    "INSERT OR IGNORE INTO text_writes (book, object, record, field, hash) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![book, write.object, record.0, field, hash.0])?;
            }
            None => {
                conn.prepare_cached(
                    "INSERT OR IGNORE INTO text_writes (book, object, record, field, hash)
                     SELECT book, object, record, field, ?3 FROM text_writes WHERE book = ?1 AND object = ?2 LIMIT 1",
                )?
                .execute(params![book, write.object, hash.0])?;
            }
        }
    }
    Ok(())
}

/// Texts into which more than one actor wrote, each with its changes in the order of the book.
pub(crate) fn shared(conn: &Connection, book: i64) -> Result<Vec<(RecordId, String, Vec<u32>)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT w.object, w.record, w.field, i.n FROM text_writes w
         JOIN change_index i ON i.book = w.book AND i.hash = w.hash
         WHERE w.book = ?1 AND w.object IN (
             SELECT w.object FROM text_writes w JOIN change_index i ON i.book = w.book AND i.hash = w.hash
             WHERE w.book = ?1 GROUP BY w.object HAVING count(DISTINCT i.actor) > 1)
         ORDER BY w.object, i.n",
    )?;
    let rows = statement.query_map(params![book], |row| {
        Ok((row.get::<_, String>(0)?, RecordId(row.get(1)?), row.get::<_, String>(2)?, row.get::<_, u32>(3)?))
    })?;
    let mut out: Vec<(RecordId, String, Vec<u32>)> = Vec::new();
    let mut last = String::new();
    for row in rows {
        let (object, record, field, n) = row?;
        match out.last_mut().filter(|_| object == last) {
            Some((.., changes)) => changes.push(n),
            None => out.push((record, field, vec![n])),
        }
        last = object;
    }
    Ok(out)
}

/// Forgets a book, whose changes may be numbered anew.
pub(crate) fn delete_book(conn: &Connection, book: i64) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM text_writes WHERE book = ?1")?.execute(params![book])?;
    conn.prepare_cached("DELETE FROM text_marks WHERE book = ?1")?.execute(params![book])?;
    Ok(())
}
