//! Refused changes: kept aside with the reason, visible, with a remedy.

use ybz_domain::accept::{parse_change, verify_attestation};
use ybz_domain::ids::{BookId, ChangeHash};

use crate::accept::STAGED_ATTESTATIONS;
use crate::error::StoreError;
use crate::store::Store;
use crate::table::quarantine::Quarantined;
use crate::table::{books, quarantine, staged};

impl Store {
    /// Refused changes with the reasons, the oldest first.
    pub fn quarantine(&self) -> Result<Vec<Quarantined>, StoreError> {
        self.0.pool.with(quarantine::all)
    }

    /// Takes a refused change back to be judged again with the book's next batch, as after an adoption or when a
    /// certificate came late. Returns whether it was there.
    pub fn stage_again(&self, book: &BookId, hash: &ChangeHash) -> Result<bool, StoreError> {
        self.write("sync", |conn| {
            let Some(row) = books::find(conn, book)? else { return Ok(false) };
            let Some(found) = quarantine::get(conn, &row, hash)? else { return Ok(false) };
            if let Ok(change) = parse_change(&found.bytes) {
                staged::insert(conn, row.id, &[], &change)?;
                if let Some(signed) = &found.attestation
                    && let Ok((actor, (seq, _))) = verify_attestation(signed, book)
                {
                    staged::insert_attestation(conn, row.id, &actor, seq, signed, STAGED_ATTESTATIONS)?;
                }
            }
            quarantine::delete(conn, row.id, hash)
        })
    }

    /// Destroys a refused change; returns whether it was there.
    pub fn discard_quarantined(&self, book: &BookId, hash: &ChangeHash) -> Result<bool, StoreError> {
        self.write("sync", |conn| match books::find(conn, book)? {
            Some(row) => quarantine::delete(conn, row.id, hash),
            None => Ok(false),
        })
    }
}
