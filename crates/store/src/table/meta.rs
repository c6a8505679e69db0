//! `meta`: single values of this database.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;

pub(crate) const CREATE: &str = "
CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;";

/// Secret half of the device's key.
pub(crate) const DEVICE: &str = "device";
/// This life of the database.
pub(crate) const INCARNATION: &str = "incarnation";
/// Token that the boot file should hold.
pub(crate) const BOOT: &str = "boot";
/// Token that the boot file holds if the last start was cut short.
pub(crate) const NEXT_BOOT: &str = "next_boot";
/// Receipts signed in this incarnation.
pub(crate) const COUNTER: &str = "counter";
/// Version of the read model.
pub(crate) const READ_MODEL: &str = "read_model";
/// The pinned tree.
pub(crate) const TREE: &str = "tree";
/// Latest date in verified receipts and own commits.
pub(crate) const CLOCK_FLOOR: &str = "clock_floor";

/// Number and hash of the local log's line that the last receipt signed here named.
pub(crate) const LOG_ANCHOR: &str = "log_anchor";

pub(crate) fn get(conn: &Connection, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
    Ok(statement.query_row(params![name], |row| row.get(0)).optional()?)
}

pub(crate) fn put(conn: &Connection, name: &str, value: &[u8]) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?;
    statement.execute(params![name, value])?;
    Ok(())
}

/// A value of fixed length.
pub(crate) fn array<const N: usize>(conn: &Connection, name: &str) -> Result<Option<[u8; N]>, StoreError> {
    get(conn, name)?.map(|value| value.try_into().map_err(|_| StoreError::Garbled("meta"))).transpose()
}

/// A counter; missing is zero.
pub(crate) fn number(conn: &Connection, name: &str) -> Result<u64, StoreError> {
    Ok(array::<8>(conn, name)?.map_or(0, u64::from_le_bytes))
}

/// Moves the clock floor up to a date.
pub(crate) fn raise_clock_floor(conn: &Connection, date: jiff::civil::Date) -> Result<(), StoreError> {
    if clock_floor(conn)?.is_none_or(|floor| floor < date) {
        put(conn, CLOCK_FLOOR, date.to_string().as_bytes())?;
    }
    Ok(())
}

/// Latest date in verified receipts and own commits.
pub(crate) fn clock_floor(conn: &Connection) -> Result<Option<jiff::civil::Date>, StoreError> {
    let Some(value) = get(conn, CLOCK_FLOOR)? else { return Ok(None) };
    let text = std::str::from_utf8(&value).map_err(|_| StoreError::Garbled("meta"))?;
    super::date(text, "meta").map(Some)
}
