//! `attestations`: the latest of each (book, actor), over the actor's last accepted change.

use rusqlite::{Connection, OptionalExtension, params};
use ybz_domain::accept::Attestation;
use ybz_domain::ids::{ActorId, BookId, DeviceId};
use ybz_domain::sign::Signed;

use crate::error::StoreError;
use crate::table::{decode, encode, int, uint};

pub(crate) const CREATE: &str = "
CREATE TABLE attestations (
    book   INTEGER NOT NULL REFERENCES books (id),
    actor  BLOB NOT NULL CHECK (length(actor) = 16),
    device BLOB NOT NULL CHECK (length(device) = 32),
    seq    INTEGER NOT NULL,
    signed BLOB NOT NULL,
    PRIMARY KEY (book, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX attestations_device ON attestations (device);";

pub(crate) fn put(
    conn: &Connection,
    book: i64,
    actor: &ActorId,
    seq: u64,
    signed: &Signed<Attestation>,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO attestations (book, actor, device, seq, signed) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (book, actor) DO UPDATE SET seq = excluded.seq, signed = excluded.signed",
    )?;
    statement.execute(params![book, actor.0, signed.signer.0, int(seq), encode(signed, "attestations")?])?;
    Ok(())
}

pub(crate) fn get(conn: &Connection, book: i64, actor: &ActorId) -> Result<Option<Signed<Attestation>>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT signed FROM attestations WHERE book = ?1 AND actor = ?2")?;
    let bytes: Option<Vec<u8>> = statement.query_row(params![book, actor.0], |row| row.get(0)).optional()?;
    bytes.map(|bytes| decode(&bytes, "attestations")).transpose()
}

pub(crate) fn of_book(conn: &Connection, book: i64) -> Result<Vec<(ActorId, Signed<Attestation>)>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT actor, signed FROM attestations WHERE book = ?1 ORDER BY actor")?;
    let rows = statement.query_map(params![book], |row| Ok((ActorId(row.get(0)?), row.get::<_, Vec<u8>>(1)?)))?;
    rows.map(|row| {
        let (actor, bytes) = row?;
        Ok((actor, decode(&bytes, "attestations")?))
    })
    .collect()
}

/// Highest number held of each actor of a device.
pub(crate) fn of_device(conn: &Connection, device: &DeviceId) -> Result<Vec<(BookId, ActorId, u64)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT b.book, a.actor, a.seq FROM attestations a JOIN books b ON b.id = a.book
         WHERE a.device = ?1 ORDER BY b.book, a.actor",
    )?;
    let rows =
        statement.query_map(params![device.0], |row| Ok((BookId(row.get(0)?), ActorId(row.get(1)?), uint(row, 2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The device behind an actor.
pub(crate) fn device_of(conn: &Connection, book: i64, actor: &ActorId) -> Result<Option<DeviceId>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT device FROM attestations WHERE book = ?1 AND actor = ?2")?;
    Ok(statement.query_row(params![book, actor.0], |row| row.get(0).map(DeviceId)).optional()?)
}

/// Sets how far an actor's changes are held here, below what was signed for.
pub(crate) fn set_seq(conn: &Connection, book: i64, actor: &ActorId, seq: u64) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("UPDATE attestations SET seq = ?3 WHERE book = ?1 AND actor = ?2")?;
    statement.execute(params![book, actor.0, int(seq)])?;
    Ok(())
}

pub(crate) fn delete(conn: &Connection, book: i64, actor: &ActorId) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("DELETE FROM attestations WHERE book = ?1 AND actor = ?2")?;
    statement.execute(params![book, actor.0])?;
    Ok(())
}
