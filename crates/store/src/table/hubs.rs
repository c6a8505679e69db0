//! `hubs`: which life of a hub's database its receipts come from, and the highest counter seen.

use rusqlite::{Connection, OptionalExtension, params};
use ybz_domain::ids::{DeviceId, Incarnation};

use crate::error::StoreError;
use crate::table::{int, uint};

pub(crate) const CREATE: &str = "
CREATE TABLE hubs (
    device      BLOB NOT NULL CHECK (length(device) = 32),
    incarnation BLOB NOT NULL CHECK (length(incarnation) = 16),
    counter     INTEGER NOT NULL,
    over        INTEGER NOT NULL, -- 1: a later incarnation was seen
    PRIMARY KEY (device, incarnation)
) STRICT, WITHOUT ROWID;";

/// The life seen last, with its counter.
pub(crate) fn current(conn: &Connection, device: &DeviceId) -> Result<Option<(Incarnation, u64)>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT incarnation, counter FROM hubs WHERE device = ?1 AND over = 0")?;
    let read = |row: &rusqlite::Row<'_>| Ok((Incarnation(row.get(0)?), uint(row, 1)?));
    Ok(statement.query_row(params![device.0], read).optional()?)
}

/// Whether this life of the hub ended, as far as is known here.
pub(crate) fn is_over(conn: &Connection, device: &DeviceId, life: &Incarnation) -> Result<bool, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT count(*) FROM hubs WHERE device = ?1 AND incarnation = ?2 AND over = 1")?;
    Ok(statement.query_row(params![device.0, life.0], |row| row.get::<_, i64>(0))? > 0)
}

/// Sets the life in force and its counter; every other life of the hub is over.
pub(crate) fn set(conn: &Connection, device: &DeviceId, life: &Incarnation, counter: u64) -> Result<(), StoreError> {
    let mut end = conn.prepare_cached("UPDATE hubs SET over = 1 WHERE device = ?1 AND incarnation <> ?2")?;
    end.execute(params![device.0, life.0])?;
    let mut statement = conn.prepare_cached(
        "INSERT INTO hubs (device, incarnation, counter, over) VALUES (?1, ?2, ?3, 0)
         ON CONFLICT (device, incarnation) DO UPDATE SET counter = excluded.counter, over = 0",
    )?;
    statement.execute(params![device.0, life.0, int(counter)])?;
    Ok(())
}
