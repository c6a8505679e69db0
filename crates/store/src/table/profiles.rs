//! `profiles`: people who share this computer. Local rows; a name leaves it only as what a change declares.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;
use crate::table::{int, uint};

pub(crate) const CREATE: &str = "
CREATE TABLE profiles (
    id     TEXT NOT NULL PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE,
    pin    BLOB NOT NULL, -- salt and hash
    hidden TEXT NOT NULL, -- areas, by commas
    wrong  INTEGER NOT NULL DEFAULT 0, -- PINs in a row
    since  INTEGER NOT NULL DEFAULT 0, -- milliseconds since 1970 of the last wrong one
    wait   INTEGER NOT NULL DEFAULT 0 -- milliseconds to wait after it
) STRICT, WITHOUT ROWID;";

/// A person who shares this computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Random id.
    pub id: String,
    /// As it is declared in changes.
    pub name: String,
    /// Salt and hash of the PIN, as the application made them.
    pub pin: Vec<u8>,
    /// Areas that it does not see.
    pub hidden: Vec<String>,
    /// Wrong PINs in a row.
    pub wrong: u32,
    /// When the last of them was, in milliseconds since 1970.
    pub since: u64,
    /// How long to wait after it, in milliseconds.
    pub wait: u64,
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Profile> {
    let hidden: String = row.get(3)?;
    Ok(Profile {
        id: row.get(0)?,
        name: row.get(1)?,
        pin: row.get(2)?,
        hidden: hidden.split(',').filter(|area| !area.is_empty()).map(str::to_owned).collect(),
        wrong: u32::try_from(uint(row, 4)?).unwrap_or(u32::MAX),
        since: uint(row, 5)?,
        wait: uint(row, 6)?,
    })
}

pub(crate) fn all(conn: &Connection) -> Result<Vec<Profile>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT id, name, pin, hidden, wrong, since, wait FROM profiles ORDER BY name, id")?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn get(conn: &Connection, id: &str) -> Result<Option<Profile>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT id, name, pin, hidden, wrong, since, wait FROM profiles WHERE id = ?1")?;
    Ok(statement.query_row(params![id], read).optional()?)
}

pub(crate) fn put(conn: &Connection, profile: &Profile) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO profiles (id, name, pin, hidden, wrong, since, wait) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, pin = excluded.pin, hidden = excluded.hidden,
         wrong = excluded.wrong, since = excluded.since, wait = excluded.wait",
    )?;
    let Profile { id, name, pin, hidden, wrong, since, wait } = profile;
    statement.execute(params![id, name, pin, hidden.join(","), wrong, int(*since), int(*wait)])?;
    Ok(())
}

pub(crate) fn delete(conn: &Connection, id: &str) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM profiles WHERE id = ?1")?.execute(params![id])?;
    Ok(())
}
