//! `quarantine`: refused changes with the reason, and the attestation that came with them, which is proof.

use rusqlite::{Connection, OptionalExtension, Row, params};
use ybz_domain::accept::{Attestation, Refusal};
use ybz_domain::ids::{BookId, ChangeHash};
use ybz_domain::sign::Signed;

use crate::error::StoreError;
use crate::table::books::BookRow;
use crate::table::{decode, encode, int};

pub(crate) const CREATE: &str = "
CREATE TABLE quarantine (
    id     INTEGER NOT NULL PRIMARY KEY,
    book   INTEGER NOT NULL REFERENCES books (id),
    hash   BLOB NOT NULL CHECK (length(hash) = 32),
    reason BLOB NOT NULL,
    bytes  BLOB NOT NULL,
    signed BLOB NOT NULL -- the attestation; empty: none
) STRICT;
CREATE UNIQUE INDEX quarantine_hash ON quarantine (book, hash);";

/// A refused change.
#[derive(Debug, Clone, PartialEq)]
pub struct Quarantined {
    /// Its book.
    pub book: BookId,
    /// Its hash.
    pub hash: ChangeHash,
    /// Why it was refused.
    pub reason: Refusal,
    /// The change chunk.
    pub bytes: Vec<u8>,
    /// The attestation that should have covered it.
    pub attestation: Option<Signed<Attestation>>,
}

pub(crate) fn insert(
    conn: &Connection,
    book: i64,
    hash: &ChangeHash,
    reason: &Refusal,
    bytes: &[u8],
    attestation: Option<&Signed<Attestation>>,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO quarantine (book, hash, reason, bytes, signed) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (book, hash) DO UPDATE SET reason = excluded.reason, signed = excluded.signed",
    )?;
    let signed = attestation.map(|signed| encode(signed, "quarantine")).transpose()?.unwrap_or_default();
    statement.execute(params![book, hash.0, encode(reason, "quarantine")?, bytes, signed])?;
    Ok(())
}

/// Keeps of a book's refused changes the newest, up to so many rows and bytes.
pub(crate) fn trim(conn: &Connection, book: i64, rows: u32, bytes: u64) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "DELETE FROM quarantine WHERE id IN (SELECT id FROM (
             SELECT id, row_number() OVER (ORDER BY id DESC) AS place,
                    sum(length(bytes)) OVER (ORDER BY id DESC) AS weight
             FROM quarantine WHERE book = ?1
         ) WHERE place > ?2 OR weight > ?3)",
    )?;
    statement.execute(params![book, rows, int(bytes)])?;
    Ok(())
}

/// Keeps of all refused changes the newest, up to so many bytes.
pub(crate) fn trim_total(conn: &Connection, bytes: u64) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "DELETE FROM quarantine WHERE id IN (SELECT id FROM (
             SELECT id, sum(length(bytes)) OVER (ORDER BY id DESC) AS weight FROM quarantine
         ) WHERE weight > ?1)",
    )?;
    statement.execute(params![int(bytes)])?;
    Ok(())
}

pub(crate) fn delete(conn: &Connection, book: i64, hash: &ChangeHash) -> Result<bool, StoreError> {
    let mut statement = conn.prepare_cached("DELETE FROM quarantine WHERE book = ?1 AND hash = ?2")?;
    Ok(statement.execute(params![book, hash.0])? > 0)
}

pub(crate) fn hashes(conn: &Connection, book: i64) -> Result<Vec<ChangeHash>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT hash FROM quarantine WHERE book = ?1")?;
    let rows = statement.query_map(params![book], |row| row.get(0).map(ChangeHash))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn count(conn: &Connection, book: i64) -> Result<u32, StoreError> {
    let mut statement = conn.prepare_cached("SELECT count(*) FROM quarantine WHERE book = ?1")?;
    Ok(statement.query_row(params![book], |row| row.get(0))?)
}

/// One refused change.
pub(crate) fn get(conn: &Connection, book: &BookRow, hash: &ChangeHash) -> Result<Option<Quarantined>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT reason, bytes, signed FROM quarantine WHERE book = ?1 AND hash = ?2")?;
    let read = |row: &Row<'_>| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?));
    let Some((reason, bytes, signed)) = statement.query_row(params![book.id, hash.0], read).optional()? else {
        return Ok(None);
    };
    let attestation = (!signed.is_empty()).then(|| decode(&signed, "quarantine")).transpose()?;
    let reason = decode(&reason, "quarantine")?;
    Ok(Some(Quarantined { book: book.book, hash: *hash, reason, bytes, attestation }))
}

pub(crate) fn all(conn: &Connection) -> Result<Vec<Quarantined>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT b.book, q.hash, q.reason, q.bytes, q.signed FROM quarantine q JOIN books b ON b.id = q.book
         ORDER BY q.id",
    )?;
    let read = |row: &Row<'_>| {
        Ok((row.get(0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?, row.get(3)?, row.get::<_, Vec<u8>>(4)?))
    };
    let rows = statement.query_map([], read)?;
    rows.map(|row| {
        let (book, hash, reason, bytes, signed) = row?;
        let attestation = (!signed.is_empty()).then(|| decode(&signed, "quarantine")).transpose()?;
        let reason = decode(&reason, "quarantine")?;
        Ok(Quarantined { book: BookId(book), hash: ChangeHash(hash), reason, bytes, attestation })
    })
    .collect()
}
