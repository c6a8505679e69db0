//! What two nodes may share: pairs of offices, the books both may read.

use ybz_domain::book::{BookKey, Scope};
use ybz_domain::ids::{DeviceId, OfficeId};
use ybz_domain::office::OfficeKind;
use ybz_domain::trust::{Membership, Reader, may_read};

/// An office of this node and one of the peer that may speak to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    pub(crate) mine: OfficeId,
    pub(crate) theirs: OfficeId,
}

/// Pairs of offices that stand next to each other: the same office, superior and subordinate, or both sides of a general
/// branch. Everyone else is a stranger.
pub(crate) fn pairs(membership: &Membership, me: &DeviceId, local: &[OfficeId], peer: &DeviceId) -> Vec<Pair> {
    let mut out = Vec::new();
    for (theirs, _) in membership.offices_of(peer) {
        for mine in local {
            let certified = membership.certificate(mine, me).is_some_and(|certificate| certificate.removed.is_none());
            if certified && near(membership, mine, &theirs) {
                out.push(Pair { mine: *mine, theirs });
            }
        }
    }
    out.sort();
    out
}

/// Whether two offices may speak to each other.
pub(crate) fn near(membership: &Membership, one: &OfficeId, other: &OfficeId) -> bool {
    one == other
        || is_next(membership, one, other)
        || is_next(membership, other, one)
        || is_related(membership, one, other)
}

/// Whether an order related the two: one goes on for the other and reads its books; or one was the superior of the other,
/// which hears of the order from it and gets nothing else.
fn is_related(membership: &Membership, one: &OfficeId, other: &OfficeId) -> bool {
    [(one, other), (other, one)]
        .into_iter()
        .any(|(one, other)| membership.heir(other) == *one || membership.was_parent(one, other))
}

/// Whether `above` reads the books of `below`, directly or through general branches.
fn is_next(membership: &Membership, above: &OfficeId, below: &OfficeId) -> bool {
    let mut at = *below;
    for _ in 0..64 {
        match membership.parent(&at) {
            Some(parent) if parent == *above => return membership.joined(below),
            Some(parent) if membership.offices.get(&parent).is_some_and(|v| v.kind == OfficeKind::GeneralBranch) => {
                at = parent;
            }
            _ => return false,
        }
    }
    false
}

/// Whether a book belongs to what two nodes share: both sides may read it.
pub(crate) fn shared(membership: &Membership, me: &DeviceId, peer: &DeviceId, pairs: &[Pair], key: &BookKey) -> bool {
    pairs.iter().any(|pair| {
        may_read(membership, Reader { office: pair.theirs, device: *peer }, key)
            && may_read(membership, Reader { office: pair.mine, device: *me }, key)
    })
}

/// Whether what one device writes into a file may be read by the other over this pair of offices. The writer may have lost
/// its place since, or have given it up: the reader's has to be good.
pub(crate) fn may_carry(membership: &Membership, from: Reader, to: Reader) -> bool {
    let standing = |reader: &Reader| membership.certificate(&reader.office, &reader.device);
    near(membership, &from.office, &to.office)
        && standing(&from).is_some()
        && standing(&to).is_some_and(|certificate| certificate.removed.is_none())
}

/// Whether a device that had its place in an office carries one of its books to another device all the same: what the office
/// itself writes, never `own/`, and only to who may read it. What of it counts is for the cut to say.
pub(crate) fn carried(membership: &Membership, from: Reader, to: Reader, key: &BookKey) -> bool {
    membership.certificate(&from.office, &from.device).is_some_and(|certificate| certificate.removed.is_some())
        && key.writer() == from.office
        && key.kind.scope() != Scope::Own
        && may_read(membership, to, key)
}

/// The office to which this node owes delivery of a book over these pairs.
pub(crate) fn owed_to(membership: &Membership, pairs: &[Pair], key: &BookKey) -> Option<Pair> {
    pairs.iter().copied().find(|pair| match key.kind.scope() {
        Scope::Up => pair.mine == key.office && membership.parent(&pair.mine) == Some(pair.theirs),
        Scope::Down => key.superior == Some(pair.mine) && key.office == pair.theirs,
        Scope::Own => false,
    })
}

/// The pair over which this node receives a book as its addressee.
pub(crate) fn received_from(membership: &Membership, pairs: &[Pair], key: &BookKey) -> Option<Pair> {
    pairs.iter().copied().find(|pair| match key.kind.scope() {
        Scope::Up => pair.theirs == key.office && membership.parent(&pair.theirs) == Some(pair.mine),
        Scope::Down => key.superior == Some(pair.theirs) && key.office == pair.mine,
        Scope::Own => false,
    })
}
