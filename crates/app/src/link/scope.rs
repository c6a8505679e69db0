//! What two nodes may share: pairs of offices, the books both may read, the statements that prove a place.

use std::collections::BTreeSet;

use ybz_domain::book::{BookKey, Scope};
use ybz_domain::ids::{DeviceId, OfficeId};
use ybz_domain::office::OfficeKind;
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Body, Entry, Link, Membership, Reader, Withheld, may_read, withhold};

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
            let near = *mine == theirs || is_next(membership, mine, &theirs) || is_next(membership, &theirs, mine);
            if certified && near {
                out.push(Pair { mine: *mine, theirs });
            }
        }
    }
    out.sort();
    out
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

/// Entries that prove this node's offices to a peer and certify what it will meet in their books. Entries about siblings
/// of the peer are left out: no list names them, and they fill their places in the logs as hashes. Removals go to
/// everyone, as opaque numbers.
pub(crate) fn proof(
    membership: &Membership,
    local: &[OfficeId],
    peer_offices: &[OfficeId],
    entries: &[Signed<Entry>],
    links: &[Link],
) -> (Vec<Signed<Entry>>, Vec<Withheld>) {
    let mut path: BTreeSet<OfficeId> = BTreeSet::new();
    for office in local.iter().chain(peer_offices) {
        let mut at = Some(*office);
        while let Some(office) = at.filter(|office| path.insert(*office)) {
            at = membership.parent(&office);
        }
    }
    let above_me = |office: &OfficeId| peer_offices.iter().any(|peer| membership.is_above(peer, office));
    let chosen: Vec<Signed<Entry>> = entries
        .iter()
        .filter(|signed| {
            let Ok(entry) = signed.peek() else { return false };
            match &entry.body {
                Body::Remove { .. } => true,
                Body::Enrol { .. } => path.contains(&entry.office) || above_me(&entry.office),
                Body::Adopt { office, .. } => path.contains(office) || above_me(office),
            }
        })
        .cloned()
        .collect();
    let withheld = withhold(&chosen, entries, links, |issuer| membership.ended_at(issuer));
    (chosen, withheld)
}
