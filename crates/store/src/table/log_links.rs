//! `log_links`: places in issuance logs whose entries are not told here.

use rusqlite::{Connection, params};
use ybz_domain::ids::DeviceId;
use ybz_domain::trust::Link;

use crate::error::StoreError;
use crate::table::{int, uint};

pub(crate) const CREATE: &str = "
CREATE TABLE log_links (
    issuer   BLOB NOT NULL CHECK (length(issuer) = 32),
    seq      INTEGER NOT NULL,
    entry    BLOB NOT NULL CHECK (length(entry) = 32),
    previous BLOB NOT NULL, -- link; empty: none
    PRIMARY KEY (issuer, seq, entry, previous)
) STRICT, WITHOUT ROWID;";

/// Keeps a link; tells whether it is new.
pub(crate) fn put(conn: &Connection, link: &Link) -> Result<bool, StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO log_links (issuer, seq, entry, previous) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    )?;
    let previous = link.previous.as_ref().map(<[u8; 32]>::as_slice).unwrap_or_default();
    Ok(statement.execute(params![link.issuer.0, int(link.seq), link.entry, previous])? > 0)
}

pub(crate) fn all(conn: &Connection) -> Result<Vec<Link>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT issuer, seq, previous, entry FROM log_links ORDER BY issuer, seq, entry")?;
    let rows = statement.query_map([], |row| {
        let previous: Vec<u8> = row.get(2)?;
        Ok(Link {
            issuer: DeviceId(row.get(0)?),
            seq: uint(row, 1)?,
            previous: previous.try_into().ok(),
            entry: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
