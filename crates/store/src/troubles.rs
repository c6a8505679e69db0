//! Troubles: changes that were refused, or accepted and impossible to read in, told together.

use automerge::Change;
use jiff::civil::Date;
use rusqlite::Connection;
use ybz_domain::accept::Refusal;
use ybz_domain::book::{BookKey, day_of};
use ybz_domain::ids::{ChangeHash, DeviceId};

use crate::error::StoreError;
use crate::store::Store;
use crate::table::{attestations, books, change_index, changes, quarantine};

/// A change that is kept and has no effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The book it is for.
    pub book: BookKey,
    /// The change.
    pub hash: ChangeHash,
    /// The device that signed it; none when nothing signed came with it.
    pub device: Option<DeviceId>,
    /// Day of the change as its device had it; none when it cannot be read.
    pub on: Option<Date>,
    /// Why it has no effect.
    pub cause: TroubleCause,
}

/// Why a change has no effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TroubleCause {
    /// Refused, with the reason.
    Refused(Refusal),
    /// Accepted, and it or what it builds on cannot be read in.
    Held,
}

impl Store {
    /// Changes of the books that `scope` admits which were refused or are held, the oldest first within a book.
    pub fn troubles(&self, scope: &dyn Fn(&BookKey) -> bool) -> Result<Vec<Trouble>, StoreError> {
        self.0.pool.with(|conn| {
            let mut out = Vec::new();
            let refused = quarantine::all(conn)?;
            for row in books::all(conn)?.into_iter().filter(|row| scope(&row.key)) {
                for found in refused.iter().filter(|found| found.book == row.book) {
                    out.push(Trouble {
                        book: row.key.clone(),
                        hash: found.hash,
                        device: found.attestation.as_ref().map(|signed| signed.signer),
                        on: day(found.bytes.clone()),
                        cause: TroubleCause::Refused(found.reason.clone()),
                    });
                }
                for n in change_index::held(conn, row.id)? {
                    out.extend(held(conn, row.id, n, &row.key)?);
                }
            }
            Ok(out)
        })
    }
}

fn held(conn: &Connection, book: i64, n: u32, key: &BookKey) -> Result<Option<Trouble>, StoreError> {
    let Some(entry) = change_index::by_n(conn, book, n)? else { return Ok(None) };
    Ok(Some(Trouble {
        book: key.clone(),
        hash: entry.hash,
        device: attestations::device_of(conn, book, &entry.actor)?,
        on: changes::get(conn, book, n)?.and_then(day),
        cause: TroubleCause::Held,
    }))
}

fn day(bytes: Vec<u8>) -> Option<Date> {
    Change::from_bytes(bytes).ok().and_then(|change| day_of(&change))
}
