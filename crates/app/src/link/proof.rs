//! What a peer is told of who may do what, and how little of it: neither what it said is there already, nor what it knows by
//! its own place.

use std::collections::BTreeSet;

use ybz_domain::ids::{DeviceId, OfficeId, Serial};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Body, Course, Entry, EntryHash, LogHead, Membership, Role, Withheld, withhold};
use ybz_store::Kept;
use ybz_sync::wire::{HelloData, Statements};

/// Entries, and hashes in the places of those that are not told.
pub(crate) type Told = (Vec<Signed<Entry>>, Vec<Withheld>);

/// First bytes of an entry's hash: enough to tell the entries of one tree apart.
type Short = [u8; 8];

fn short(hash: &EntryHash) -> Short {
    let mut out = [0; 8];
    out.copy_from_slice(&hash[..8]);
    out
}

/// What a peer said is there already. If that is not true, only the peer lacks something.
#[derive(Debug, Clone, Default)]
pub(crate) struct Holds {
    entries: BTreeSet<Short>,
    logs: Vec<LogHead>,
}

impl Holds {
    pub(crate) fn of(hello: &HelloData) -> Self {
        Self { entries: hello.entries.iter().copied().collect(), logs: hello.logs.clone() }
    }

    /// What of the run the peer lacks. Its word about a log counts if it names a link that is known here.
    fn lacks(&self, membership: &Membership, run: Withheld) -> Option<Withheld> {
        match self.logs.iter().find(|head| head.issuer == run.issuer && membership.links.contains(&head.hash)) {
            Some(head) => run.above(head.seq),
            None => Some(run),
        }
    }
}

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// What proves this node's own place: said before the peer is known.
    Place,
    /// That, and what certifies whatever the peer will meet in the books below this node.
    All,
}

/// Two nodes that stand next to each other, seen from here.
pub(crate) struct Proof<'a> {
    kept: &'a Kept,
    local: &'a [OfficeId],
    theirs: &'a [OfficeId],
    /// Offices of both and everything above them.
    path: BTreeSet<OfficeId>,
    /// Offices that certified those on the path, or those below the peer, before an order moved them.
    certifying: BTreeSet<OfficeId>,
}

impl<'a> Proof<'a> {
    pub(crate) fn new(kept: &'a Kept, local: &'a [OfficeId], theirs: &'a [OfficeId]) -> Self {
        let membership = &kept.membership;
        let path = upward(membership, local.iter().chain(theirs));
        let moved =
            membership.offices.iter().filter(|(_, view)| view.course != Course::default()).map(|(office, _)| *office);
        let moved = moved.filter(|office| path.contains(office) || is_below(membership, theirs, office));
        let certifying = membership.lineage(moved);
        Self { kept, local, theirs, path, certifying }
    }

    /// Entries that prove this node's offices to the peer and certify what it will meet in their books. Entries about
    /// siblings of the peer are left out: no list names them, and they fill their places in the logs as hashes. Removals go
    /// to everyone, as opaque numbers.
    fn entries(&self, part: Part) -> impl Iterator<Item = &'a Signed<Entry>> {
        let below = |office: &OfficeId| is_below(&self.kept.membership, self.theirs, office);
        let tells = move |office: &OfficeId| self.path.contains(office) || (part == Part::All && below(office));
        let certifies = |entry: &Entry, office: &OfficeId| {
            self.certifying.contains(office) && !matches!(entry.body, Body::Enrol { role, .. } if role != Role::Keeper)
        };
        self.kept.entries.iter().filter(move |signed| match signed.peek() {
            Ok(entry) => subject(&entry).is_none_or(|office| tells(&office) || certifies(&entry, &office)),
            Err(_) => false,
        })
    }

    /// Everything, as a newcomer needs it.
    pub(crate) fn whole(&self) -> Told {
        self.close(self.entries(Part::All).cloned().collect())
    }

    /// What a peer does not have, as far as it said what it has. A superior knows by its own place what stands above it, and
    /// who of itself may issue unless a colleague of its certified that meanwhile.
    pub(crate) fn news(&self, part: Part, holds: &Holds) -> Told {
        let membership = &self.kept.membership;
        let superiors =
            self.theirs.iter().filter(|office| self.local.iter().any(|mine| membership.is_above(office, mine)));
        let colleague = self.theirs.iter().any(|office| self.local.contains(office));
        let known = if colleague { BTreeSet::new() } else { upward(membership, superiors) };
        let (theirs, mut chosen): (Vec<_>, Vec<_>) = self.entries(part).partition(|signed| {
            signed.peek().is_ok_and(|entry| subject(&entry).is_some_and(|office| known.contains(&office)))
        });
        let issuers: BTreeSet<DeviceId> = chosen.iter().map(|signed| signed.signer).collect();
        chosen.extend(theirs.into_iter().filter(|signed| {
            signed
                .peek()
                .is_ok_and(|entry| matches!(&entry.body, Body::Enrol { device, .. } | Body::Install { device, .. } if issuers.contains(device)))
        }));
        chosen.retain(|signed| !holds.entries.contains(&short(&signed.hash())));
        let (entries, withheld) = self.close(chosen.into_iter().cloned().collect());
        let lacked = withheld.into_iter().filter_map(|run| holds.lacks(membership, run));
        (entries, lacked.collect())
    }

    fn close(&self, chosen: Vec<Signed<Entry>>) -> Told {
        let Kept { membership, entries, links, .. } = self.kept;
        let withheld = withhold(&chosen, entries, links, |issuer| membership.ended_at(issuer));
        (chosen, withheld)
    }

    /// What this node holds of all that the peer might tell: how far logs with untold places are known, and entries.
    pub(crate) fn held(&self) -> (Vec<LogHead>, Vec<Short>) {
        let entries: Vec<&Signed<Entry>> = self.entries(Part::All).collect();
        let issuers: BTreeSet<DeviceId> = entries.iter().map(|signed| signed.signer).collect();
        let bare: BTreeSet<DeviceId> = self.kept.links.iter().map(|link| link.issuer).collect();
        let heads = self.kept.heads.iter().filter(|head| bare.contains(&head.issuer) && issuers.contains(&head.issuer));
        (heads.cloned().collect(), entries.into_iter().map(|signed| short(&signed.hash())).collect())
    }
}

/// What shows a device that its place was ended: removals of its certificates, and what certifies who said so. It learns of
/// nobody else.
pub(crate) fn farewell(kept: &Kept, device: &DeviceId) -> Option<Statements> {
    let certificates = kept.membership.offices.values().filter_map(|view| view.devices.get(device));
    let ended: BTreeSet<Serial> =
        certificates.filter(|certificate| certificate.removed.is_some()).filter_map(|known| known.serial).collect();
    let opened: Vec<(&Signed<Entry>, Entry)> =
        kept.entries.iter().filter_map(|signed| Some((signed, signed.peek().ok()?))).collect();
    let mut chosen: Vec<&Signed<Entry>> = Vec::new();
    let mut issuers: BTreeSet<DeviceId> = BTreeSet::new();
    for (signed, entry) in &opened {
        if matches!(&entry.body, Body::Remove { serial, .. } if ended.contains(serial)) {
            chosen.push(signed);
            issuers.insert(signed.signer);
        }
    }
    if chosen.is_empty() {
        // A keeper of the root is shut out by the charter itself.
        let shut_out = kept.membership.root.and_then(|root| kept.membership.certificate(&root, device));
        let charters = || Statements { charters: kept.charters.clone(), ..Statements::default() };
        return shut_out.is_some_and(|known| known.removed.is_some()).then(charters);
    }
    let mut taken: BTreeSet<EntryHash> = chosen.iter().map(|signed| signed.hash()).collect();
    loop {
        let before = chosen.len();
        for (signed, entry) in &opened {
            let certifies = match &entry.body {
                Body::Enrol { device, .. } | Body::Install { device, .. } => issuers.contains(device),
                Body::Adopt { keeper, .. } => issuers.contains(keeper),
                _ => false,
            };
            if certifies && taken.insert(signed.hash()) {
                chosen.push(signed);
                issuers.insert(signed.signer);
            }
        }
        if chosen.len() == before {
            break;
        }
    }
    let entries: Vec<Signed<Entry>> = chosen.into_iter().cloned().collect();
    let withheld = withhold(&entries, &kept.entries, &kept.links, |issuer| kept.membership.ended_at(issuer));
    Some(Statements { charters: kept.charters.clone(), foundings: Vec::new(), entries, withheld })
}

/// The office hangs below one of these, did until an order moved it, or became part of one: then they are told of the order.
fn is_below(membership: &Membership, above: &[OfficeId], office: &OfficeId) -> bool {
    let heir = membership.heir(office);
    let concerns = |above: &OfficeId| membership.is_above(above, office) || membership.was_parent(above, office);
    above.iter().any(|above| heir == *above || concerns(above))
}

/// The office that an entry is about; none for a removal, which names a number.
fn subject(entry: &Entry) -> Option<OfficeId> {
    match &entry.body {
        Body::Remove { .. } => None,
        Body::Enrol { .. }
        | Body::Grant { .. }
        | Body::Custody
        | Body::Suspend { .. }
        | Body::Retire { .. }
        | Body::Renew { .. } => Some(entry.office),
        Body::Adopt { office, .. }
        | Body::Order { office, .. }
        | Body::Install { office, .. }
        | Body::Vouch { office, .. }
        | Body::Discard { office, .. } => Some(*office),
    }
}

/// These offices and all above them.
fn upward<'o>(membership: &Membership, offices: impl Iterator<Item = &'o OfficeId>) -> BTreeSet<OfficeId> {
    let mut path = BTreeSet::new();
    for office in offices {
        let mut at = Some(*office);
        while let Some(office) = at.filter(|office| path.insert(*office)) {
            at = membership.parent(&office);
        }
    }
    path
}
