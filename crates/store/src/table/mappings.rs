//! `mappings`: how the columns of a sheet were read last time, by the sheet's fingerprint; and, under names of their own,
//! forms of higher bodies with what was pointed at in them.

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

/// What stands under names that begin so, in their order.
pub(crate) fn under(conn: &Connection, prefix: &str) -> Result<Vec<(String, String)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT fingerprint, json FROM mappings WHERE fingerprint >= ?1 AND substr(fingerprint, 1, length(?1)) = ?1
         ORDER BY fingerprint",
    )?;
    let rows = statement.query_map(params![prefix], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Removes a name; one that is not there is removed already.
pub(crate) fn drop_one(conn: &Connection, fingerprint: &str) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM mappings WHERE fingerprint = ?1")?.execute(params![fingerprint])?;
    Ok(())
}
