//! `entries`: the issuance logs, one hash-linked log per issuing device. Both entries of a fork are kept as proof.

use rusqlite::{Connection, params};
use ybz_domain::ids::DeviceId;
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Entry, LogHead};

use crate::error::StoreError;
use crate::table::{decode, encode, int, uint};

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

/// An issuer's entries after a number, in order.
pub(crate) fn after(conn: &Connection, issuer: &DeviceId, seq: u64) -> Result<Vec<Signed<Entry>>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT signed FROM entries WHERE issuer = ?1 AND seq > ?2 ORDER BY seq, hash")?;
    let rows = statement.query_map(params![issuer.0, int(seq)], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|bytes| decode(&bytes?, "entries")).collect()
}

/// How far each log is known.
pub(crate) fn log_heads(conn: &Connection) -> Result<Vec<LogHead>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT issuer, max(seq), hash FROM entries GROUP BY issuer ORDER BY issuer")?;
    let rows = statement
        .query_map([], |row| Ok(LogHead { issuer: DeviceId(row.get(0)?), seq: uint(row, 1)?, hash: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
