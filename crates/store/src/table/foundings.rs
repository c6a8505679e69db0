//! `foundings`: the offices' own first certificates.

use rusqlite::{Connection, params};
use ybz_domain::sign::Signed;
use ybz_domain::trust::Founding;

use crate::error::StoreError;
use crate::table::{decode, encode};

pub(crate) const CREATE: &str = "
CREATE TABLE foundings (
    id     INTEGER NOT NULL PRIMARY KEY, -- the first founding of an office is the one believed
    hash   BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    office BLOB NOT NULL CHECK (length(office) = 16),
    signed BLOB NOT NULL
) STRICT;";

/// Keeps a founding; tells whether it is new.
pub(crate) fn put(conn: &Connection, signed: &Signed<Founding>) -> Result<bool, StoreError> {
    let founding = signed.open()?;
    let mut statement = conn.prepare_cached(
        "INSERT INTO foundings (hash, office, signed) VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO NOTHING",
    )?;
    Ok(statement.execute(params![signed.hash(), founding.office.0, encode(signed, "foundings")?])? > 0)
}

pub(crate) fn all(conn: &Connection) -> Result<Vec<Signed<Founding>>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT signed FROM foundings ORDER BY id")?;
    let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|bytes| decode(&bytes?, "foundings")).collect()
}
