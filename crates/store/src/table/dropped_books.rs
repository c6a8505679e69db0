//! `dropped_books`: books that were destroyed by order, with the heads they had at last. Nothing of them is taken again.

use rusqlite::{Connection, OptionalExtension, params};
use ybz_domain::book::BookKey;
use ybz_domain::ids::{BookId, ChangeHash};

use crate::error::StoreError;
use crate::table::{damaged, join_hashes, split_hashes};

pub(crate) const CREATE: &str = "
CREATE TABLE dropped_books (
    book  BLOB NOT NULL PRIMARY KEY CHECK (length(book) = 32),
    heads BLOB NOT NULL,
    made  TEXT NOT NULL -- ISO 8601
) STRICT, WITHOUT ROWID;";

/// Tables with rows of a book, besides those named by its id.
const OF_BOOK: [&str; 9] = [
    "changes",
    "snapshots",
    "staged",
    "staged_attestations",
    "quarantine",
    "heads",
    "attestations",
    "shared_heads",
    "receipts",
];

/// Destroys everything kept of a book but its name, and remembers its last heads.
pub(crate) fn drop_book(conn: &Connection, key: &BookKey, last: &[ChangeHash], made: &str) -> Result<(), StoreError> {
    let book = key.id();
    let mut insert = conn.prepare_cached(
        "INSERT INTO dropped_books (book, heads, made) VALUES (?1, ?2, ?3) ON CONFLICT (book) DO NOTHING",
    )?;
    insert.execute(params![book.0, join_hashes(last), made])?;
    damaged::delete(conn, &book)?;
    let Some(row) = super::books::find(conn, &book)? else { return Ok(()) };
    super::records::delete_book(conn, row.id)?;
    for table in OF_BOOK {
        conn.prepare_cached(&format!("DELETE FROM {table} WHERE book = ?1"))?.execute(params![row.id])?;
    }
    super::records::settle(conn)?;
    conn.prepare_cached("DELETE FROM change_index WHERE book = ?1")?.execute(params![row.id])?;
    super::books::set_changes(conn, row.id, 0)
}

/// The heads that a destroyed book had at last; none for a book that was not destroyed.
pub(crate) fn last_heads(conn: &Connection, book: &BookId) -> Result<Option<Vec<ChangeHash>>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT heads FROM dropped_books WHERE book = ?1")?;
    let read = |row: &rusqlite::Row<'_>| Ok(split_hashes(row.get_ref(0)?.as_blob()?));
    Ok(statement.query_row(params![book.0], read).optional()?)
}
