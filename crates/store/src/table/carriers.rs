//! `carriers`: signed blobs that are no books: fact sheets and snapshots.

use jiff::civil::Date;
use rusqlite::{Connection, params};
use ybz_domain::ids::OfficeId;

use crate::error::StoreError;
use crate::table::{date, uint};

pub(crate) const CREATE: &str = "
CREATE TABLE carriers (
    kind   TEXT NOT NULL,
    office BLOB NOT NULL CHECK (length(office) = 16), -- that signed
    period TEXT NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    bytes  BLOB NOT NULL,
    signed TEXT NOT NULL, -- ISO 8601
    PRIMARY KEY (kind, office, period, digest)
) STRICT, WITHOUT ROWID;";

/// A signed blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carrier {
    /// Such as `fact-sheet`, `snapshot`.
    pub kind: String,
    /// The office that signed.
    pub office: OfficeId,
    /// The period it is about, such as `2026-09`.
    pub period: String,
    /// BLAKE3 of the bytes, or what else names them.
    pub digest: [u8; 32],
    /// The blob; empty in lists.
    pub bytes: Vec<u8>,
    /// When it was signed.
    pub signed: Date,
}

/// A carrier as it is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarrierEntry {
    /// The period it is about.
    pub period: String,
    /// Names the blob.
    pub digest: [u8; 32],
    /// Length of the blob in bytes.
    pub size: u64,
}

/// Keeps a carrier; tells whether it is new. It takes the place of an earlier one of the same day, and a fact sheet that of
/// any earlier one: of two with one date the one that came last counts, and the sender offers its current one only.
pub(crate) fn put(conn: &Connection, carrier: &Carrier) -> Result<bool, StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO carriers (kind, office, period, digest, bytes, signed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (kind, office, period, digest) DO NOTHING",
    )?;
    let Carrier { kind, office, period, digest, bytes, signed } = carrier;
    let mut replaced = conn.prepare_cached(
        "DELETE FROM carriers WHERE kind = ?1 AND office = ?2 AND period = ?3 AND digest <> ?4
         AND (signed = ?5 OR kind = 'fact-sheet')",
    )?;
    replaced.execute(params![kind, office.0, period, digest, signed.to_string()])?;
    Ok(statement.execute(params![kind, office.0, period, digest, bytes, signed.to_string()])? > 0)
}

/// Carriers of a kind, without their bytes, the newest first.
pub(crate) fn list(conn: &Connection, kind: &str, office: Option<&OfficeId>) -> Result<Vec<Carrier>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT kind, office, period, digest, x'', signed FROM carriers
         WHERE kind = ?1 AND (?2 IS NULL OR office = ?2) ORDER BY signed DESC, period DESC, office, digest",
    )?;
    let rows = statement.query_map(params![kind, office.map(|office| office.0)], read)?;
    rows.map(|row| carrier(row?)).collect()
}

/// The newest carrier of a kind of an office for each period, by period.
pub(crate) fn current(conn: &Connection, kind: &str, office: &OfficeId) -> Result<Vec<CarrierEntry>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT period, digest, length(bytes) FROM carriers
         WHERE kind = ?1 AND office = ?2 ORDER BY period, signed DESC, digest",
    )?;
    let read =
        |row: &rusqlite::Row<'_>| Ok(CarrierEntry { period: row.get(0)?, digest: row.get(1)?, size: uint(row, 2)? });
    let mut rows: Vec<CarrierEntry> = statement.query_map(params![kind, office.0], read)?.collect::<Result<_, _>>()?;
    rows.dedup_by(|later, first| later.period == first.period);
    Ok(rows)
}

pub(crate) fn holds(
    conn: &Connection,
    kind: &str,
    office: &OfficeId,
    period: &str,
    digest: &[u8; 32],
) -> Result<bool, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT 1 FROM carriers WHERE kind = ?1 AND office = ?2 AND period = ?3 AND digest = ?4")?;
    Ok(statement.exists(params![kind, office.0, period, digest])?)
}

/// Carriers of a kind for a period, with their bytes.
pub(crate) fn get(conn: &Connection, kind: &str, office: &OfficeId, period: &str) -> Result<Vec<Carrier>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT kind, office, period, digest, bytes, signed FROM carriers
         WHERE kind = ?1 AND office = ?2 AND period = ?3 ORDER BY signed DESC, digest",
    )?;
    let rows = statement.query_map(params![kind, office.0, period], read)?;
    rows.map(|row| carrier(row?)).collect()
}

type Raw = (String, [u8; 16], String, [u8; 32], Vec<u8>, String);

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
}

fn carrier((kind, office, period, digest, bytes, signed): Raw) -> Result<Carrier, StoreError> {
    Ok(Carrier { kind, office: OfficeId(office), period, digest, bytes, signed: date(&signed, "carriers")? })
}
