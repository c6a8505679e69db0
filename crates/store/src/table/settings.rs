//! `settings`: names and JSON values.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;

pub(crate) const CREATE: &str = "
CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;";

/// Name and value.
pub type Setting = (String, serde_json::Value);

pub(crate) fn put(conn: &Connection, name: &str, value: &serde_json::Value) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO settings (name, json) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET json = excluded.json",
    )?;
    statement.execute(params![name, value.to_string()])?;
    Ok(())
}

pub(crate) fn get(conn: &Connection, name: &str) -> Result<Option<serde_json::Value>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT json FROM settings WHERE name = ?1")?;
    let json: Option<String> = statement.query_row(params![name], |row| row.get(0)).optional()?;
    json.map(|json| parse(&json)).transpose()
}

pub(crate) fn all(conn: &Connection) -> Result<BTreeMap<String, serde_json::Value>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT name, json FROM settings ORDER BY name")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (name, json) = row?;
        Ok((name, parse(&json)?))
    })
    .collect()
}

/// Settings whose names begin so, by the rest of their names.
pub(crate) fn under(conn: &Connection, prefix: &str) -> Result<BTreeMap<String, serde_json::Value>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT substr(name, length(?1) + 1), json FROM settings WHERE name >= ?1 AND substr(name, 1, length(?1)) = ?1",
    )?;
    let rows = statement.query_map(params![prefix], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (name, json) = row?;
        Ok((name, parse(&json)?))
    })
    .collect()
}

fn parse(json: &str) -> Result<serde_json::Value, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::Garbled("settings"))
}
