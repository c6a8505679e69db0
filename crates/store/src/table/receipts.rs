//! `receipts`: what a hub signed for, per office that received and book.

use rusqlite::{Connection, OptionalExtension, params};
use ybz_domain::ids::{ChangeHash, DeviceId, OfficeId};
use ybz_domain::sign::Signed;
use ybz_domain::trust::Receipt;

use crate::error::StoreError;
use crate::table::{decode, encode, join_hashes, split_hashes};

pub(crate) const CREATE: &str = "
CREATE TABLE receipts (
    book   INTEGER NOT NULL REFERENCES books (id),
    office BLOB NOT NULL CHECK (length(office) = 16), -- that received
    device BLOB NOT NULL CHECK (length(device) = 32), -- that signed
    hashes BLOB NOT NULL, -- heads received
    signed BLOB NOT NULL, -- the latest receipt
    PRIMARY KEY (book, office, device)
) STRICT, WITHOUT ROWID;";

/// Heads received by an office, or (none) by any.
pub(crate) fn heads(conn: &Connection, book: i64, office: Option<&OfficeId>) -> Result<Vec<ChangeHash>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT hashes FROM receipts WHERE book = ?1 AND (?2 IS NULL OR office = ?2)")?;
    let rows = statement
        .query_map(params![book, office.map(|office| office.0)], |row| Ok(split_hashes(row.get_ref(0)?.as_blob()?)))?;
    let mut all = Vec::new();
    for row in rows {
        all.extend(row?);
    }
    Ok(all)
}

/// Heads that one hub signed for.
pub(crate) fn of_hub(
    conn: &Connection,
    book: i64,
    office: &OfficeId,
    device: &DeviceId,
) -> Result<Vec<ChangeHash>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT hashes FROM receipts WHERE book = ?1 AND office = ?2 AND device = ?3")?;
    let read = |row: &rusqlite::Row<'_>| Ok(split_hashes(row.get_ref(0)?.as_blob()?));
    Ok(statement.query_row(params![book, office.0, device.0], read).optional()?.unwrap_or_default())
}

pub(crate) fn put(
    conn: &Connection,
    book: i64,
    office: &OfficeId,
    hashes: &[ChangeHash],
    signed: &Signed<Receipt>,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO receipts (book, office, device, hashes, signed) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (book, office, device) DO UPDATE SET hashes = excluded.hashes, signed = excluded.signed",
    )?;
    statement.execute(params![book, office.0, signed.signer.0, join_hashes(hashes), encode(signed, "receipts")?])?;
    Ok(())
}

/// The receipts kept for a book.
pub(crate) fn of_book(conn: &Connection, book: i64) -> Result<Vec<Signed<Receipt>>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT signed FROM receipts WHERE book = ?1 ORDER BY office, device")?;
    let rows = statement.query_map(params![book], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|bytes| decode(&bytes?, "receipts")).collect()
}

/// Every receipt kept, without the same one twice.
pub(crate) fn all(conn: &Connection) -> Result<Vec<Signed<Receipt>>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT DISTINCT signed FROM receipts")?;
    let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|bytes| decode(&bytes?, "receipts")).collect()
}

/// Voids everything a hub signed for.
pub(crate) fn void(conn: &Connection, device: &DeviceId) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM receipts WHERE device = ?1")?.execute(params![device.0])?;
    Ok(())
}
