//! `entries`: the issuance logs, one hash-linked log per issuing device. Both entries of a fork are kept as proof.

use rusqlite::{Connection, params};
use ybz_domain::sign::Signed;
use ybz_domain::trust::Entry;

use crate::error::StoreError;
use crate::table::{decode, encode, int};

pub(crate) const CREATE: &str = "
CREATE TABLE entries (
    hash   BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    issuer BLOB NOT NULL CHECK (length(issuer) = 32),
    seq    INTEGER NOT NULL,
    signed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX entries_issuer ON entries (issuer, seq);";

/// Keeps an entry; tells whether it is new.
pub(crate) fn put(conn: &Connection, signed: &Signed<Entry>) -> Result<bool, StoreError> {
    let entry = signed.open()?;
    let mut statement = conn.prepare_cached(
        "INSERT INTO entries (hash, issuer, seq, signed) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (hash) DO NOTHING",
    )?;
    let row = params![signed.hash(), signed.signer.0, int(entry.seq), encode(signed, "entries")?];
    Ok(statement.execute(row)? > 0)
}

pub(crate) fn all(conn: &Connection) -> Result<Vec<Signed<Entry>>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT signed FROM entries ORDER BY issuer, seq, hash")?;
    let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|bytes| decode(&bytes?, "entries")).collect()
}
