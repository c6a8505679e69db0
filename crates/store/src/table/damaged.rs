//! `damaged`: rows that did not verify, kept as they were found when their book was repaired; and of a repair that is not over
//! which changes were accepted before it.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use ybz_domain::ids::{BookId, ChangeHash};

use crate::error::StoreError;
use crate::table::{join_hashes, split_hashes, uint};

/// What a row says that is no damage: the bytes are the hashes of the changes that were accepted before a repair that is under
/// way.
const ACCEPTED: &str = "accepted";

pub(crate) const CREATE: &str = "
CREATE TABLE damaged (
    id    INTEGER NOT NULL PRIMARY KEY,
    book  BLOB NOT NULL CHECK (length(book) = 32),
    what  TEXT NOT NULL, -- change, snapshot, attestation
    hash  BLOB NOT NULL, -- of the change that is gone; empty: none, or not known
    bytes BLOB NOT NULL, -- as found; empty: nothing was there
    made  TEXT NOT NULL -- ISO 8601
) STRICT;
CREATE INDEX damaged_book ON damaged (book);";

/// A row that did not verify.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Damaged {
    pub(crate) what: &'static str,
    pub(crate) hash: Option<ChangeHash>,
    pub(crate) bytes: Vec<u8>,
}

/// What is kept of one book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamagedBook {
    /// The book.
    pub book: BookId,
    /// Rows kept.
    pub rows: u64,
    /// Changes that were lost and that nobody has brought back yet.
    pub missing: Vec<ChangeHash>,
}

pub(crate) fn put(conn: &Connection, book: &BookId, made: &str, row: &Damaged) -> Result<(), StoreError> {
    let mut statement =
        conn.prepare_cached("INSERT INTO damaged (book, what, hash, bytes, made) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let hash = row.hash.map(|hash| hash.0.to_vec()).unwrap_or_default();
    statement.execute(params![book.0, row.what, hash, row.bytes, made])?;
    Ok(())
}

/// Every book of which something damaged is kept.
pub(crate) fn all(conn: &Connection) -> Result<Vec<DamagedBook>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT book, count(*) FROM damaged WHERE what <> ?1 GROUP BY book ORDER BY book")?;
    let rows = statement.query_map(params![ACCEPTED], |row| Ok((BookId(row.get(0)?), uint(row, 1)?)))?;
    let mut out = Vec::new();
    for row in rows {
        let (book, rows) = row?;
        out.push(DamagedBook { book, rows, missing: missing(conn, &book)? });
    }
    Ok(out)
}

fn missing(conn: &Connection, book: &BookId) -> Result<Vec<ChangeHash>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT DISTINCT d.hash FROM damaged d WHERE d.book = ?1 AND length(d.hash) = 32
         AND NOT EXISTS (SELECT 1 FROM books b JOIN change_index i ON i.book = b.id
                         WHERE b.book = d.book AND i.hash = d.hash)
         AND NOT EXISTS (SELECT 1 FROM dropped_books x WHERE x.book = d.book) ORDER BY d.hash",
    )?;
    let rows = statement.query_map(params![book.0], |row| row.get(0).map(ChangeHash))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps which changes of a book were accepted, in the commit that empties it for a repair.
pub(crate) fn begin(
    conn: &Connection,
    book: &BookId,
    made: &str,
    accepted: &BTreeSet<ChangeHash>,
) -> Result<(), StoreError> {
    finish(conn, book)?;
    let accepted: Vec<ChangeHash> = accepted.iter().copied().collect();
    put(conn, book, made, &Damaged { what: ACCEPTED, hash: None, bytes: join_hashes(&accepted) })
}

/// Books whose repair is under way.
pub(crate) fn begun(conn: &Connection) -> Result<Vec<BookId>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT DISTINCT book FROM damaged WHERE what = ?1 ORDER BY book")?;
    let rows = statement.query_map(params![ACCEPTED], |row| row.get(0).map(BookId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Changes of a book that were accepted before the repair that is under way.
pub(crate) fn accepted(conn: &Connection, book: &BookId) -> Result<Vec<ChangeHash>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT bytes FROM damaged WHERE book = ?1 AND what = ?2")?;
    let rows = statement.query_map(params![book.0, ACCEPTED], |row| Ok(split_hashes(row.get_ref(0)?.as_blob()?)))?;
    let rows: Vec<Vec<ChangeHash>> = rows.collect::<Result<_, _>>()?;
    Ok(rows.concat())
}

/// The repair of a book is over.
pub(crate) fn finish(conn: &Connection, book: &BookId) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("DELETE FROM damaged WHERE book = ?1 AND what = ?2")?;
    statement.execute(params![book.0, ACCEPTED])?;
    Ok(())
}

/// Destroys what is kept of a book: it is to be forgotten.
pub(crate) fn delete(conn: &Connection, book: &BookId) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM damaged WHERE book = ?1")?.execute(params![book.0])?;
    Ok(())
}
