//! `search`: the words of records, for search as typed. Part of the read model, and derived like it.
//!
//! The table keeps no text of its own (`content=''`). Words taken out are only marked so until [`forget`].

use rusqlite::{Connection, params};
use ybz_domain::book::RecordView;
use ybz_domain::search::{Tokens, tokens};

use crate::error::StoreError;

pub(crate) const DROP: &str = "DROP TABLE IF EXISTS search;";

pub(crate) const CREATE: &str = "
CREATE VIRTUAL TABLE search USING fts5(
    words, sounds, initials,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);";

/// Puts a record's words in the place of those it had.
pub(crate) fn replace(
    conn: &Connection,
    row: i64,
    before: Option<&RecordView>,
    now: &RecordView,
) -> Result<(), StoreError> {
    let (before, now) = (before.map(tokens), tokens(now));
    if before.as_ref() == Some(&now) {
        return Ok(());
    }
    if before.is_some() {
        remove(conn, row)?;
    }
    let Tokens { words, sounds, initials } = now;
    conn.prepare_cached("INSERT INTO search (rowid, words, sounds, initials) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![row, words, sounds, initials])?;
    Ok(())
}

/// Takes a record's words out.
pub(crate) fn remove(conn: &Connection, row: i64) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute(params![row])?;
    Ok(())
}

/// Makes sure that words which were taken out are nowhere in the index any more. Writes the whole index anew.
pub(crate) fn forget(conn: &Connection) -> Result<(), StoreError> {
    conn.execute("INSERT INTO search (search) VALUES ('optimize')", [])?;
    Ok(())
}
