//! History: what was written into a record, by whom, and whether that can be checked.

use std::collections::BTreeMap;

use rusqlite::Connection;
use ybz_domain::accept::{Attestation, verify_attestation};
use ybz_domain::book::{BookKey, Written, record_history};
use ybz_domain::ids::{ActorId, BookId, ChangeHash, DeviceId, RecordId};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Membership, Reader, Standing, may_have_written};

use crate::documents::{load, sound};
use crate::error::StoreError;
use crate::store::Store;
use crate::table::books::BookRow;
use crate::table::{attestations, books, change_index};

/// Whether a value is vouched for by a device that may write the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// Attested, and the device may write the book.
    Sound,
    /// No signature over the writer's changes is here.
    Unattested,
    /// A signature is here and does not hold over the writer's changes as they are.
    Broken,
    /// The signing device has no certificate of the writing office, as far as is known here.
    UnknownDevice,
    /// The device was removed, and the change is not among those that stay valid.
    AfterRemoval,
    /// The device has a certificate and may not write this book by it.
    NotAuthorised,
}

impl Check {
    /// Stable word, also used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Unattested => "unattested",
            Self::Broken => "broken",
            Self::UnknownDevice => "unknown_device",
            Self::AfterRemoval => "after_removal",
            Self::NotAuthorised => "not_authorised",
        }
    }
}

/// A value with who stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthoredValue {
    /// The value, its change and what became of it.
    pub written: Written,
    /// The device that signed; none when no signature is here, or none that holds.
    pub device: Option<DeviceId>,
    /// What came out of checking.
    pub check: Check,
}

/// Everything written into a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuthoredHistory {
    /// In the order of the changes.
    pub values: Vec<AuthoredValue>,
    /// Values left out because there are too many.
    pub omitted: usize,
}

impl Store {
    /// What was written into a record of a book, each value with its writer, checked against attestations and membership
    /// as they are kept here. Of more than `limit` values the oldest that stand no more are left out. None when the book
    /// or the record is not here. The document is loaded beside the writer, so that no commit waits for it.
    pub fn history(
        &self,
        book: &BookId,
        record: &RecordId,
        limit: usize,
    ) -> Result<Option<AuthoredHistory>, StoreError> {
        let membership = self.membership()?;
        self.0.pool.with(|conn| {
            let Some(row) = books::find(conn, book)? else { return Ok(None) };
            let doc = load(conn, &row)?;
            let Some(found) = sound(book, || Ok(record_history(&doc, *record, limit)))? else { return Ok(None) };
            let mut chains: BTreeMap<ActorId, Chain> = BTreeMap::new();
            let mut values = Vec::with_capacity(found.values.len());
            for written in found.values {
                let chain = match chains.get(&written.actor) {
                    Some(chain) => *chain,
                    None => *chains.entry(written.actor).or_insert(chain(conn, &row, &written.actor, &membership)?),
                };
                // A change that the index does not know under its number is not part of what was signed.
                let listed = change_index::at_seq(conn, row.id, &written.actor, written.seq)? == Some(written.change);
                let (device, check) = chain.check(&membership, &row.key, &written, listed);
                values.push(AuthoredValue { written, device, check });
            }
            Ok(Some(AuthoredHistory { values, omitted: found.omitted }))
        })
    }
}

/// What vouches for an actor's changes.
#[derive(Clone, Copy)]
pub(crate) enum Chain {
    Unattested,
    Broken,
    Signed(DeviceId),
}

/// One signature over an actor's last change vouches for all before it: each builds on the one before.
pub(crate) fn chain(
    conn: &Connection,
    row: &BookRow,
    actor: &ActorId,
    membership: &Membership,
) -> Result<Chain, StoreError> {
    let signed = match attestations::get(conn, row.id, actor) {
        Ok(None) => return Ok(Chain::Unattested),
        Err(StoreError::Garbled(_)) => return Ok(Chain::Broken),
        other => other?,
    };
    let tip = change_index::tip(conn, row.id, actor)?;
    let holds = |signed: &Signed<Attestation>| tip.is_some_and(|tip| vouched(membership, row, actor, tip, signed));
    Ok(signed.filter(holds).map_or(Chain::Broken, |signed| Chain::Signed(signed.signer)))
}

/// Whether what is kept of an actor vouches for its last change here: the device signed for it, or signed for more and whoever
/// ended the device named it.
pub(crate) fn vouched(
    membership: &Membership,
    row: &BookRow,
    actor: &ActorId,
    tip: (u64, ChangeHash),
    signed: &Signed<Attestation>,
) -> bool {
    let Ok((signed_for, last)) = verify_attestation(signed, &row.book) else { return false };
    let certificate = membership.certificate(&row.key.writer(), &signed.signer);
    let named = certificate.map(|certificate| certificate.standing(&row.book, actor));
    signed_for == *actor && (last == tip || named == Some(Standing::UpTo(tip.0, tip.1)))
}

impl Chain {
    pub(crate) fn check(
        self,
        membership: &Membership,
        key: &BookKey,
        written: &Written,
        listed: bool,
    ) -> (Option<DeviceId>, Check) {
        let device = match self {
            Self::Unattested => return (None, Check::Unattested),
            Self::Signed(device) if listed => device,
            Self::Signed(_) | Self::Broken => return (None, Check::Broken),
        };
        let writer = Reader { office: key.writer(), device };
        let Some(certificate) = membership.certificate(&writer.office, &device) else {
            return (Some(device), Check::UnknownDevice);
        };
        let within = certificate.covers(&key.id(), &written.actor, written.seq, &written.change);
        let check = match (within, may_have_written(membership, writer, key)) {
            (false, _) => Check::AfterRemoval,
            (true, false) => Check::NotAuthorised,
            (true, true) => Check::Sound,
        };
        (Some(device), check)
    }
}
