//! `local_offices`: offices that this node keeps, and since when.

use jiff::civil::Date;
use rusqlite::{Connection, params};
use ybz_domain::ids::OfficeId;

use crate::error::StoreError;
use crate::table::date;

pub(crate) const CREATE: &str = "
CREATE TABLE local_offices (
    office BLOB NOT NULL PRIMARY KEY CHECK (length(office) = 16),
    joined TEXT NOT NULL -- ISO 8601
) STRICT, WITHOUT ROWID;";

/// An office kept on this node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalOffice {
    /// The office.
    pub office: OfficeId,
    /// Since when.
    pub joined: Date,
}

pub(crate) fn put(conn: &Connection, local: &LocalOffice) -> Result<(), StoreError> {
    let mut statement = conn
        .prepare_cached("INSERT INTO local_offices (office, joined) VALUES (?1, ?2) ON CONFLICT (office) DO NOTHING")?;
    statement.execute(params![local.office.0, local.joined.to_string()])?;
    Ok(())
}

pub(crate) fn delete(conn: &Connection, office: &OfficeId) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM local_offices WHERE office = ?1")?.execute(params![office.0])?;
    Ok(())
}

pub(crate) fn all(conn: &Connection) -> Result<Vec<LocalOffice>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT office, joined FROM local_offices ORDER BY joined, office")?;
    let rows = statement.query_map([], |row| Ok((OfficeId(row.get(0)?), row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (office, joined) = row?;
        Ok(LocalOffice { office, joined: date(&joined, "local_offices")? })
    })
    .collect()
}
