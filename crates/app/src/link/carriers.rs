//! Carriers: fact sheets that a branch offers its committee, snapshots that a committee offers its superior.

use std::collections::BTreeSet;
use std::sync::Arc;

use ybz_domain::ids::OfficeId;
use ybz_domain::office::OfficeKind;
use ybz_domain::sign::Signed;
use ybz_domain::snapshot::{FactSheet, Snapshot, verify};
use ybz_domain::trust::Membership;
use ybz_store::Carrier;
use ybz_sync::catalog::{CarrierKind, Offer};
use ybz_sync::wire::Want;

use super::scope::Pair;
use crate::ErrorDto;
use crate::cases::snapshot::{self, FACT_SHEET, SNAPSHOT};
use crate::node::{Inner, store_error};

/// A carrier is at most this large.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

fn word(kind: CarrierKind) -> Option<&'static str> {
    match kind {
        CarrierKind::FACT_SHEET => Some(FACT_SHEET),
        CarrierKind::SNAPSHOT => Some(SNAPSHOT),
        _ => None,
    }
}

/// Whether carriers of a kind go from one office to another.
fn goes(membership: &Membership, kind: CarrierKind, from: &OfficeId, to: &OfficeId) -> bool {
    let of = |office: &OfficeId| membership.offices.get(office).map(|view| view.kind);
    if *from == *to {
        // Devices of one office hold the same carriers.
        return true;
    }
    let (from_kind, to_kind) = (of(from), of(to));
    match kind {
        CarrierKind::FACT_SHEET => {
            to_kind == Some(OfficeKind::Committee)
                && matches!(from_kind, Some(OfficeKind::Branch | OfficeKind::GeneralBranch))
                && membership.is_above(to, from)
        }
        CarrierKind::SNAPSHOT => membership.parent(from) == Some(*to),
        _ => false,
    }
}

/// Offers over these pairs: what this side may give, and what it holds of the peer; both sides list the same.
pub(crate) fn offers(inner: &Arc<Inner>, membership: &Membership, pairs: &[Pair]) -> Result<Vec<Offer>, ErrorDto> {
    let mut out = BTreeSet::new();
    for kind in [CarrierKind::FACT_SHEET, CarrierKind::SNAPSHOT] {
        let Some(name) = word(kind) else { continue };
        for pair in pairs {
            for (office, to) in [(pair.mine, pair.theirs), (pair.theirs, pair.mine)] {
                if !goes(membership, kind, &office, &to) {
                    continue;
                }
                for held in inner.store.current_carriers(name, &office).map_err(store_error)? {
                    out.insert(Offer { kind, office, period: held.period, digest: held.digest, size: held.size });
                }
            }
        }
    }
    Ok(out.into_iter().collect())
}

/// Whether a carrier comes from the peer over a pair: its own, or a sheet of this office that a colleague brought there, so
/// that devices which meet only at their superior end with the same one.
fn takes(membership: &Membership, offer: &Offer, pair: &Pair) -> bool {
    let theirs = offer.office == pair.theirs && goes(membership, offer.kind, &pair.theirs, &pair.mine);
    let back = offer.kind == CarrierKind::FACT_SHEET
        && offer.office == pair.mine
        && goes(membership, offer.kind, &pair.mine, &pair.theirs);
    theirs || back
}

/// The offers that this side wants.
pub(crate) fn wants(
    inner: &Arc<Inner>,
    membership: &Membership,
    pairs: &[Pair],
    offers: &[Offer],
) -> Result<Vec<Want>, ErrorDto> {
    let mut out = Vec::new();
    for offer in offers {
        let Some(name) = word(offer.kind) else { continue };
        let ours = pairs.iter().any(|pair| takes(membership, offer, pair));
        if !ours || offer.size > MAX_BYTES {
            continue;
        }
        if !inner.store.holds_carrier(name, &offer.office, &offer.period, &offer.digest).map_err(store_error)? {
            out.push(Want { digest: offer.digest, from: 0 });
        }
    }
    Ok(out)
}

/// Part of a carrier that the peer wants.
pub(crate) fn read(inner: &Arc<Inner>, offer: &Offer, from: u64, limit: usize) -> Result<Vec<u8>, ErrorDto> {
    let name = word(offer.kind).ok_or_else(|| ErrorDto::new("not_found"))?;
    let all = inner.store.carriers_for(name, &offer.office, &offer.period).map_err(store_error)?;
    let carrier =
        all.into_iter().find(|carrier| carrier.digest == offer.digest).ok_or_else(|| ErrorDto::new("not_found"))?;
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    Ok(carrier.bytes.into_iter().skip(from).take(limit).collect())
}

/// The carrier that comes in now; one at a time, never more than its size.
#[derive(Default)]
pub(crate) struct Partial {
    offer: Option<Offer>,
    bytes: Vec<u8>,
}

/// What a part added.
pub(crate) enum Added {
    /// It does not fit.
    Refused,
    /// More is to come.
    More,
    /// It is whole.
    Whole(Vec<u8>),
}

impl Partial {
    pub(crate) fn add(&mut self, offer: &Offer, at: u64, bytes: &[u8], last: bool) -> Added {
        if self.offer.as_ref() != Some(offer) {
            self.offer = Some(offer.clone());
            self.bytes.clear();
        }
        let held = u64::try_from(self.bytes.len()).unwrap_or(u64::MAX);
        let end = held.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if at != held || end > offer.size.min(MAX_BYTES) {
            *self = Self::default();
            return Added::Refused;
        }
        self.bytes.extend_from_slice(bytes);
        if last {
            let whole = std::mem::take(&mut self.bytes);
            self.offer = None;
            return Added::Whole(whole);
        }
        Added::More
    }
}

/// Checks a whole carrier (digest, signature, place of the signer) and keeps it.
pub(crate) fn keep(
    inner: &Arc<Inner>,
    membership: &Membership,
    pairs: &[Pair],
    offer: &Offer,
    bytes: Vec<u8>,
) -> Result<bool, ErrorDto> {
    let from = pairs.iter().any(|pair| takes(membership, offer, pair));
    if !from || *blake3::hash(&bytes).as_bytes() != offer.digest {
        return Ok(false);
    }
    let writes = |office: &OfficeId, device| {
        membership.certificate(office, &device).is_some_and(|c| c.role.writes() && c.removed.is_none())
    };
    let signed_on = match offer.kind {
        CarrierKind::FACT_SHEET => {
            let Ok(signed) = postcard::from_bytes::<Signed<FactSheet>>(&bytes) else { return Ok(false) };
            let Ok(sheet) = signed.open() else { return Ok(false) };
            let sound = sheet.office == offer.office
                && sheet.year.to_string() == offer.period
                && membership.tree == Some(sheet.tree)
                && writes(&sheet.office, signed.signer)
                && snapshot::replaces(inner, membership, &signed, &offer.period)?;
            sound.then_some(sheet.as_of)
        }
        CarrierKind::SNAPSHOT => {
            let Ok(signed) = postcard::from_bytes::<Signed<Snapshot>>(&bytes) else { return Ok(false) };
            let Ok(snapshot) = signed.open() else { return Ok(false) };
            let checked = membership.tree.is_some_and(|tree| verify(&signed, &tree).iter().all(|finding| finding.ok));
            let sound = checked && snapshot.office == offer.office && snapshot.year.to_string() == offer.period;
            sound.then_some(snapshot.made_on)
        }
        _ => None,
    };
    let (Some(signed), Some(kind)) = (signed_on, word(offer.kind)) else { return Ok(false) };
    let carrier = Carrier {
        kind: kind.to_owned(),
        office: offer.office,
        period: offer.period.clone(),
        digest: offer.digest,
        bytes,
        signed,
    };
    inner.store.put_carrier(&carrier).map_err(store_error)?;
    Ok(true)
}
