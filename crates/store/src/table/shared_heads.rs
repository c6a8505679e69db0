//! `shared_heads`: what a peer and this side both hold of a book, as of the last session.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use ybz_domain::ids::{ChangeHash, DeviceId, OfficeId};

use crate::error::StoreError;
use crate::table::{join_hashes, put_in_place, split_hashes};

pub(crate) const CREATE: &str = "
CREATE TABLE shared_heads (
    peer   BLOB NOT NULL, -- office id (16) or device id (32)
    book   INTEGER NOT NULL REFERENCES books (id),
    hashes BLOB NOT NULL,
    PRIMARY KEY (peer, book)
) STRICT, WITHOUT ROWID;";

/// With whom heads are shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Peer {
    /// An office, whichever of its devices answers.
    Office(OfficeId),
    /// One device.
    Device(DeviceId),
}

impl Peer {
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Office(office) => office.as_bytes(),
            Self::Device(device) => device.as_bytes(),
        }
    }
}

impl From<OfficeId> for Peer {
    fn from(office: OfficeId) -> Self {
        Self::Office(office)
    }
}

impl From<DeviceId> for Peer {
    fn from(device: DeviceId) -> Self {
        Self::Device(device)
    }
}

pub(crate) fn get(conn: &Connection, peer: &Peer, book: i64) -> Result<Vec<ChangeHash>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT hashes FROM shared_heads WHERE peer = ?1 AND book = ?2")?;
    let read = |row: &rusqlite::Row<'_>| Ok(split_hashes(row.get_ref(0)?.as_blob()?));
    Ok(statement.query_row(params![peer.bytes(), book], read).optional()?.unwrap_or_default())
}

pub(crate) fn put(conn: &Connection, peer: &Peer, book: i64, hashes: &[ChangeHash]) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO shared_heads (peer, book, hashes) VALUES (?1, ?2, ?3)
         ON CONFLICT (peer, book) DO UPDATE SET hashes = excluded.hashes",
    )?;
    statement.execute(params![peer.bytes(), book, join_hashes(hashes)])?;
    Ok(())
}

/// Forgets what is shared with a peer.
pub(crate) fn void(conn: &Connection, peer: &Peer) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM shared_heads WHERE peer = ?1")?.execute(params![peer.bytes()])?;
    Ok(())
}

/// Puts others in the place of hashes that are no longer in the book.
pub(crate) fn replace(
    conn: &Connection,
    book: i64,
    others: &BTreeMap<ChangeHash, BTreeSet<ChangeHash>>,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("SELECT peer, hashes FROM shared_heads WHERE book = ?1")?;
    let rows = statement.query_map(params![book], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    for (peer, hashes) in rows.collect::<Result<Vec<_>, _>>()? {
        if let Some(now) = put_in_place(&hashes, others) {
            conn.prepare_cached("UPDATE shared_heads SET hashes = ?3 WHERE peer = ?1 AND book = ?2")?
                .execute(params![peer, book, now])?;
        }
    }
    Ok(())
}
