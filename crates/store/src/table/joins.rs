//! `joins`: devices that presented a ticket and wait for the inviter's approval; and own requests that wait elsewhere.

use jiff::civil::Date;
use rusqlite::{Connection, params};
use ybz_domain::ids::{DeviceId, Serial};

use crate::error::StoreError;
use crate::table::date;

pub(crate) const CREATE: &str = "
CREATE TABLE joins (
    slot    BLOB NOT NULL CHECK (length(slot) = 16),
    device  BLOB NOT NULL CHECK (length(device) = 32),
    asked   TEXT NOT NULL, -- ISO 8601
    request BLOB NOT NULL,
    PRIMARY KEY (slot, device)
) STRICT, WITHOUT ROWID;";

/// A join that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingJoin {
    /// The ticket's slot.
    pub slot: Serial,
    /// The device that joins.
    pub device: DeviceId,
    /// When it asked.
    pub asked: Date,
    /// What it asked, in the caller's encoding.
    pub request: Vec<u8>,
}

/// Keeps a join in place of what the same device asked before. Of one slot at most `limit` devices wait: each shows other
/// digits, and who sees many is likelier to meet those of the wrong one. Tells whether it is kept.
pub(crate) fn put(conn: &Connection, join: &PendingJoin, limit: u32) -> Result<bool, StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO joins (slot, device, asked, request)
         SELECT ?1, ?2, ?3, ?4 WHERE (SELECT count(*) FROM joins WHERE slot = ?1 AND device <> ?2) < ?5
         ON CONFLICT (slot, device) DO UPDATE SET asked = excluded.asked, request = excluded.request",
    )?;
    let kept = statement.execute(params![join.slot.0, join.device.0, join.asked.to_string(), join.request, limit])?;
    Ok(kept > 0)
}

pub(crate) fn all(conn: &Connection) -> Result<Vec<PendingJoin>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT slot, device, asked, request FROM joins ORDER BY asked, slot, device")?;
    let rows = statement
        .query_map([], |row| Ok((Serial(row.get(0)?), DeviceId(row.get(1)?), row.get::<_, String>(2)?, row.get(3)?)))?;
    rows.map(|row| {
        let (slot, device, asked, request) = row?;
        Ok(PendingJoin { slot, device, asked: date(&asked, "joins")?, request })
    })
    .collect()
}

pub(crate) fn delete(conn: &Connection, slot: &Serial, device: &DeviceId) -> Result<bool, StoreError> {
    let mut statement = conn.prepare_cached("DELETE FROM joins WHERE slot = ?1 AND device = ?2")?;
    Ok(statement.execute(params![slot.0, device.0])? > 0)
}

/// The ticket is taken: nobody waits with it any more.
pub(crate) fn end(conn: &Connection, slot: &Serial) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM joins WHERE slot = ?1")?.execute(params![slot.0])?;
    Ok(())
}
