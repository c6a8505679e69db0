//! `local_log`: what was done on this node, hash-chained; its head is anchored in receipts.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use ybz_domain::ids::tagged_hash;

use crate::error::StoreError;
use crate::table::{date, int, meta, uint};

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

impl LogLine {
    /// The hash that follows from what the line says.
    pub fn computed(&self) -> Option<[u8; 32]> {
        let LogEntry { on, code, params } = &self.entry;
        let params = serde_json::to_string(params).ok()?;
        Some(hash(self.seq, &self.previous, &on.to_string(), code, &params))
    }
}

/// Number of the first line of a chain that does not follow from the one before; needs no database. An anchor is a hash
/// that some line must have, with its number where it is known; one that no line has is a line cut off or altered.
pub fn broken_chain(lines: &[LogLine], anchors: &[(Option<u64>, [u8; 32])]) -> Option<u64> {
    let mut before = [0; 32];
    for (expected, line) in (1..).zip(lines) {
        if line.seq != expected || line.previous != before || line.computed() != Some(line.hash) {
            return Some(expected);
        }
        before = line.hash;
    }
    let known: BTreeMap<[u8; 32], u64> = lines.iter().map(|line| (line.hash, line.seq)).collect();
    let end = lines.len() as u64 + 1;
    let missed = anchors.iter().filter(|(seq, hash)| match (known.get(hash), seq) {
        (Some(found), Some(seq)) => found != seq,
        (found, None) => found.is_none(),
        (None, Some(_)) => true,
    });
    missed.map(|(seq, _)| seq.unwrap_or(end)).min()
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

/// Number of lines.
pub(crate) fn count(conn: &Connection) -> Result<u64, StoreError> {
    Ok(conn.prepare_cached("SELECT count(*) FROM local_log")?.query_row([], |row| uint(row, 0))?)
}

/// Keeps the line that a receipt signed now names.
pub(crate) fn anchor(conn: &Connection) -> Result<Option<[u8; 32]>, StoreError> {
    let Some((seq, hash)) = head(conn)? else { return Ok(None) };
    meta::put(conn, meta::LOG_ANCHOR, &[seq.to_le_bytes().as_slice(), &hash].concat())?;
    Ok(Some(hash))
}

/// The line that the last receipt named.
pub(crate) fn anchored(conn: &Connection) -> Result<Option<(u64, [u8; 32])>, StoreError> {
    let Some(kept) = meta::array::<40>(conn, meta::LOG_ANCHOR)? else { return Ok(None) };
    let garbled = || StoreError::Garbled("meta");
    let (seq, hash) = kept.split_first_chunk::<8>().ok_or_else(garbled)?;
    Ok(Some((u64::from_le_bytes(*seq), hash.try_into().map_err(|_| garbled())?)))
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

/// Number of the first line that does not follow from the one before, or that the last receipt knew otherwise.
pub(crate) fn broken_at(conn: &Connection) -> Result<Option<u64>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT seq, previous, hash, made, code, params FROM local_log ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let anchored = anchored(conn)?;
    let (mut expected, mut before) = (1, [0; 32]);
    while let Some(row) = rows.next()? {
        let seq = uint(row, 0)?;
        let (previous, found): ([u8; 32], [u8; 32]) = (row.get(1)?, row.get(2)?);
        let (made, code, params): (String, String, String) = (row.get(3)?, row.get(4)?, row.get(5)?);
        if seq != expected || previous != before || found != hash(seq, &previous, &made, &code, &params) {
            return Ok(Some(expected));
        }
        // A whole chain written anew does not lead to what a receipt said.
        if anchored.is_some_and(|(at, hash)| at == seq && hash != found) {
            return Ok(Some(seq));
        }
        (expected, before) = (seq + 1, found);
    }
    // A tail that was cut off.
    Ok(anchored.is_some_and(|(at, _)| at >= expected).then_some(expected))
}
