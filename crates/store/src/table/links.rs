//! `links`: local rows that join two records, such as what was looked up last. They never travel.

use rusqlite::{Connection, params};
use ybz_domain::ids::RecordId;

use crate::error::StoreError;

pub(crate) const CREATE: &str = "
CREATE TABLE links (
    kind   TEXT NOT NULL,
    source BLOB NOT NULL CHECK (length(source) = 16),
    target BLOB NOT NULL CHECK (length(target) = 16),
    PRIMARY KEY (kind, source, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_target ON links (kind, target);";

/// A join of two records.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// What joins them.
    pub kind: String,
    /// From.
    pub source: RecordId,
    /// To.
    pub target: RecordId,
}

pub(crate) fn put(conn: &Connection, link: &Link) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO links (kind, source, target) VALUES (?1, ?2, ?3) ON CONFLICT (kind, source, target) DO NOTHING",
    )?;
    statement.execute(params![link.kind, link.source.0, link.target.0])?;
    Ok(())
}

pub(crate) fn delete(conn: &Connection, link: &Link) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("DELETE FROM links WHERE kind = ?1 AND source = ?2 AND target = ?3")?;
    statement.execute(params![link.kind, link.source.0, link.target.0])?;
    Ok(())
}

/// Links of a kind that start or end at a record.
pub(crate) fn of_record(conn: &Connection, kind: &str, record: &RecordId) -> Result<Vec<Link>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT kind, source, target FROM links WHERE kind = ?1 AND source = ?2
         UNION SELECT kind, source, target FROM links WHERE kind = ?1 AND target = ?2 ORDER BY 2, 3",
    )?;
    let rows = statement.query_map(params![kind, record.0], |row| {
        Ok(Link { kind: row.get(0)?, source: RecordId(row.get(1)?), target: RecordId(row.get(2)?) })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
