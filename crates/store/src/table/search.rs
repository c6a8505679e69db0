//! `search`: the words of records, for search as typed. Part of the read model, and derived like it.
//!
//! The table keeps no text of its own (`content=''`): to take a record out, its words are made again from the record that is
//! replaced. `secure-delete` takes words out of the index itself, so that what was redacted is not left in it.

use rusqlite::{Connection, params};
use ybz_domain::book::RecordView;
use ybz_domain::search::{Tokens, tokens};

use crate::error::StoreError;

pub(crate) const DROP: &str = "DROP TABLE IF EXISTS search;";

pub(crate) const CREATE: &str = "
CREATE VIRTUAL TABLE search USING fts5(
    words, sounds, initials,
    content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);";

/// Puts a record's words in the place of those it had.
pub(crate) fn replace(
    conn: &Connection,
    row: i64,
    before: Option<&RecordView>,
    now: Option<&RecordView>,
) -> Result<(), StoreError> {
    let (before, now) = (before.map(tokens), now.map(tokens));
    if before == now {
        return Ok(());
    }
    if let Some(Tokens { words, sounds, initials }) = before {
        let mut statement = conn.prepare_cached(
            "INSERT INTO search (search, rowid, words, sounds, initials) VALUES ('delete', ?1, ?2, ?3, ?4)",
        )?;
        statement.execute(params![row, words, sounds, initials])?;
    }
    if let Some(Tokens { words, sounds, initials }) = now {
        let mut statement =
            conn.prepare_cached("INSERT INTO search (rowid, words, sounds, initials) VALUES (?1, ?2, ?3, ?4)")?;
        statement.execute(params![row, words, sounds, initials])?;
    }
    Ok(())
}
