//! `mappings`: how the columns of a sheet were read last time, by the sheet's fingerprint.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;

pub(crate) const CREATE: &str = "
CREATE TABLE mappings (
    fingerprint TEXT NOT NULL PRIMARY KEY,
    json        TEXT NOT NULL
) STRICT, WITHOUT ROWID;";

pub(crate) fn put(conn: &Connection, fingerprint: &str, json: &str) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO mappings (fingerprint, json) VALUES (?1, ?2)
         ON CONFLICT (fingerprint) DO UPDATE SET json = excluded.json",
    )?;
    statement.execute(params![fingerprint, json])?;
    Ok(())
}

pub(crate) fn get(conn: &Connection, fingerprint: &str) -> Result<Option<String>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT json FROM mappings WHERE fingerprint = ?1")?;
    Ok(statement.query_row(params![fingerprint], |row| row.get(0)).optional()?)
}
