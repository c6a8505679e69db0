//! `charters`: the chain of charters of the pinned tree.

use rusqlite::{Connection, params};
use ybz_domain::sign::Signed;
use ybz_domain::trust::Charter;

use crate::error::StoreError;
use crate::table::{decode, encode};

pub(crate) const CREATE: &str = "
CREATE TABLE charters (
    hash    BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    version INTEGER NOT NULL,
    signed  BLOB NOT NULL
) STRICT, WITHOUT ROWID;";

/// Keeps a charter; tells whether it is new.
pub(crate) fn put(conn: &Connection, signed: &Signed<Charter>) -> Result<bool, StoreError> {
    let charter = signed.open()?;
    let mut statement = conn.prepare_cached(
        "INSERT INTO charters (hash, version, signed) VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO NOTHING",
    )?;
    Ok(statement.execute(params![signed.hash(), charter.version, encode(signed, "charters")?])? > 0)
}

pub(crate) fn all(conn: &Connection) -> Result<Vec<Signed<Charter>>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT signed FROM charters ORDER BY version, hash")?;
    let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|bytes| decode(&bytes?, "charters")).collect()
}
