//! `drafts`: forms that are not saved yet. Local rows, no book content.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;
use crate::table::date;

pub(crate) const CREATE: &str = "
CREATE TABLE drafts (
    form  TEXT NOT NULL,
    key   TEXT NOT NULL,
    json  TEXT NOT NULL,
    saved TEXT NOT NULL, -- ISO 8601
    PRIMARY KEY (form, key)
) STRICT, WITHOUT ROWID;";

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The form.
    pub form: String,
    /// Which one of the form.
    pub key: String,
    /// Its fields.
    pub json: String,
    /// When it was kept last.
    pub saved: Date,
}

pub(crate) fn put(conn: &Connection, draft: &Draft) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO drafts (form, key, json, saved) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (form, key) DO UPDATE SET json = excluded.json, saved = excluded.saved",
    )?;
    statement.execute(params![draft.form, draft.key, draft.json, draft.saved.to_string()])?;
    Ok(())
}

type Raw = (String, String, String, String);

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn draft((form, key, json, saved): Raw) -> Result<Draft, StoreError> {
    Ok(Draft { form, key, json, saved: date(&saved, "drafts")? })
}

pub(crate) fn get(conn: &Connection, form: &str, key: &str) -> Result<Option<Draft>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT form, key, json, saved FROM drafts WHERE form = ?1 AND key = ?2")?;
    statement.query_row(params![form, key], read).optional()?.map(draft).transpose()
}

pub(crate) fn all(conn: &Connection) -> Result<Vec<Draft>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT form, key, json, saved FROM drafts ORDER BY saved DESC, form, key")?;
    let rows = statement.query_map([], read)?;
    rows.map(|row| draft(row?)).collect()
}

pub(crate) fn delete(conn: &Connection, form: &str, key: &str) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("DELETE FROM drafts WHERE form = ?1 AND key = ?2")?.execute(params![form, key])? > 0)
}
