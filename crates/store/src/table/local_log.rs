//! `local_log`: what was done on this node, hash-chained; its head is anchored in receipts.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use ybz_domain::ids::tagged_hash;

use crate::error::StoreError;
use crate::table::{date, int, uint};

pub(crate) const CREATE: &str = "
CREATE TABLE local_log (
    seq      INTEGER NOT NULL PRIMARY KEY,
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    made     TEXT NOT NULL, -- ISO 8601
    code     TEXT NOT NULL,
    params   TEXT NOT NULL -- JSON, sorted by name
) STRICT;";

/// What is logged. Neither names nor notes nor keys belong here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// When.
    pub on: Date,
    /// What, as a stable word.
    pub code: String,
    /// Particulars.
    pub params: BTreeMap<String, String>,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// From 1.
    pub seq: u64,
    /// Hash of the line before; zeros for the first.
    pub previous: [u8; 32],
    /// Hash of this line.
    pub hash: [u8; 32],
    /// What is logged.
    pub entry: LogEntry,
}

fn hash(seq: u64, previous: &[u8; 32], made: &str, code: &str, params: &str) -> [u8; 32] {
    let parts = [&seq.to_le_bytes(), previous.as_slice(), made.as_bytes(), code.as_bytes(), params.as_bytes()];
    tagged_hash("ybz log 1", &parts)
}

/// Number and hash of the last line.
pub(crate) fn head(conn: &Connection) -> Result<Option<(u64, [u8; 32])>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT seq, hash FROM local_log ORDER BY seq DESC LIMIT 1")?;
    Ok(statement.query_row([], |row| Ok((uint(row, 0)?, row.get(1)?))).optional()?)
}

pub(crate) fn append(conn: &Connection, entry: &LogEntry) -> Result<(), StoreError> {
    let (last, previous) = head(conn)?.unwrap_or_default();
    let seq = last + 1;
    let made = entry.on.to_string();
    let params = serde_json::to_string(&entry.params).map_err(|_| StoreError::Garbled("local_log"))?;
    let hash = hash(seq, &previous, &made, &entry.code, &params);
    let mut statement = conn.prepare_cached(
        "INSERT INTO local_log (seq, previous, hash, made, code, params) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    statement.execute(params![int(seq), previous, hash, made, entry.code, params])?;
    Ok(())
}

/// Lines from the newest back.
pub(crate) fn list(conn: &Connection, offset: u64, limit: u64) -> Result<Vec<LogLine>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT seq, previous, hash, made, code, params FROM local_log ORDER BY seq DESC LIMIT ?2 OFFSET ?1",
    )?;
    let rows = statement.query_map(params![int(offset), int(limit)], |row| {
        Ok((uint(row, 0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?, row.get(4)?, row.get::<_, String>(5)?))
    })?;
    rows.map(|row| {
        let (seq, previous, hash, made, code, params) = row?;
        let params = serde_json::from_str(&params).map_err(|_| StoreError::Garbled("local_log"))?;
        Ok(LogLine { seq, previous, hash, entry: LogEntry { on: date(&made, "local_log")?, code, params } })
    })
    .collect()
}

/// Number of the first line that does not follow from the one before.
pub(crate) fn broken_at(conn: &Connection) -> Result<Option<u64>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT seq, previous, hash, made, code, params FROM local_log ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let (mut expected, mut before) = (1, [0; 32]);
    while let Some(row) = rows.next()? {
        let seq = uint(row, 0)?;
        let (previous, found): ([u8; 32], [u8; 32]) = (row.get(1)?, row.get(2)?);
        let (made, code, params): (String, String, String) = (row.get(3)?, row.get(4)?, row.get(5)?);
        if seq != expected || previous != before || found != hash(seq, &previous, &made, &code, &params) {
            return Ok(Some(expected));
        }
        (expected, before) = (seq + 1, found);
    }
    Ok(None)
}
