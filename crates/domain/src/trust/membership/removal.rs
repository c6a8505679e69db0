//! Removals, suspensions and retirements: whom they reach, and what of the device's log stands.

use std::collections::{BTreeMap, BTreeSet};

use super::certificate::grow;
use super::{Certificate, Membership, Opened};
use crate::ids::{DeviceId, OfficeId, Serial};
use crate::trust::entry::{Body, Mark, Role};
use crate::trust::log::{LinkHash, Logs};

/// A device's last entry that stands.
type Last = Option<(u64, LinkHash)>;

/// A removal that holds.
pub(super) struct Removal {
    /// The office that removes.
    pub(super) by: OfficeId,
    pub(super) serial: Serial,
    pub(super) cut: Vec<Mark>,
    /// The device's last entry that stands.
    pub(super) last: Last,
}

/// A word about what a removed device made beyond its cut.
pub(super) enum Verdict {
    Vouch(Vec<Mark>),
    Discard,
}

/// What was found about devices whose right to issue ended; it takes effect when no entry has any more.
#[derive(Default)]
pub(super) struct Found {
    pub(super) removals: Vec<Removal>,
    pub(super) verdicts: Vec<(OfficeId, DeviceId, Verdict)>,
}

/// Where the logs of devices end that may issue no more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ends {
    removed: BTreeMap<(OfficeId, DeviceId), Last>,
    pub(super) suspended: BTreeMap<(OfficeId, DeviceId), Last>,
    pub(super) retired: BTreeMap<(OfficeId, DeviceId), u64>,
}

/// The same with the links that lead to each end.
pub(super) struct Chains<'a> {
    removed: BTreeMap<(OfficeId, DeviceId), BTreeSet<LinkHash>>,
    suspended: BTreeMap<(OfficeId, DeviceId), BTreeSet<LinkHash>>,
    retired: &'a BTreeMap<(OfficeId, DeviceId), u64>,
}

impl Ends {
    fn lasts(&self) -> impl Iterator<Item = (&DeviceId, &(u64, LinkHash))> {
        let all = self.removed.iter().chain(&self.suspended);
        all.filter_map(|((_, device), last)| Some((device, last.as_ref()?)))
    }

    /// Number of the last entry of a device that a removal or suspension names.
    pub(super) fn at(&self, device: &DeviceId) -> Option<u64> {
        self.lasts().filter(|(of, _)| *of == device).map(|(_, (seq, _))| *seq).max()
    }

    /// Links that lead to an end.
    pub(super) fn links(&self, logs: &Logs) -> BTreeSet<LinkHash> {
        self.lasts().flat_map(|(device, last)| logs.chain(device, last)).collect()
    }

    pub(super) fn chains(&self, logs: &Logs) -> Chains<'_> {
        let of = |ends: &BTreeMap<(OfficeId, DeviceId), Last>| {
            let chain = |of: &(OfficeId, DeviceId), last: &Last| {
                last.as_ref().map(|last| logs.chain(&of.1, last)).unwrap_or_default()
            };
            ends.iter().map(|(of, last)| (*of, chain(of, last))).collect()
        };
        Chains { removed: of(&self.removed), suspended: of(&self.suspended), retired: &self.retired }
    }

    /// A device that several suspend ends at the furthest entry named: what is void only gets less.
    pub(super) fn suspend(&mut self, of: (OfficeId, DeviceId), last: Last) {
        let known = self.suspended.entry(of).or_insert(last);
        *known = (*known).max(last);
    }
}

impl Chains<'_> {
    /// Whether an entry stands before the end of its log. Two keepers may suspend each other: a suspension is therefore
    /// judged as if there were none, and both stay suspended until the superior removes one.
    pub(super) fn reach(&self, logs: &Logs, Opened { signer, entry, link, .. }: &Opened) -> bool {
        let of = (entry.office, *signer);
        let suspended = || match self.suspended.get(&of) {
            Some(chain) => !matches!(entry.body, Body::Suspend { .. }) && !chain.contains(&link.hash()),
            None => false,
        };
        let stands = match self.removed.get(&of) {
            Some(chain) => chain.contains(&link.hash()),
            None => logs.stands(link),
        };
        stands && !suspended() && self.retired.get(&of).is_none_or(|last| entry.seq <= *last)
    }
}

impl Membership {
    /// Adds the ends that removals make, each with the furthest last entry named: what is void only gets less.
    pub(super) fn end(&mut self, removals: &[Removal]) {
        for removal in removals {
            for (office, device) in self.removes(&removal.by, &removal.serial, removal.last) {
                let known = self.ends.removed.entry((office, device)).or_insert(removal.last);
                *known = (*known).max(removal.last);
            }
        }
    }

    /// Whether an office may remove any certificate of that number. One that is not known yet is looked for again in a later
    /// pass.
    pub(super) fn may_remove(&self, by: &OfficeId, serial: &Serial, last: Last) -> bool {
        !self.removes(by, serial, last).is_empty()
    }

    /// The devices that an office removes by a number: its own clerks and viewers, its keepers that have retired, and keepers
    /// of direct subordinates. Numbers are chosen by whoever issues, so the same number elsewhere means nothing. A removal
    /// that would undo the retirement on which it rests does not hold.
    fn removes(&self, by: &OfficeId, serial: &Serial, last: Last) -> Vec<(OfficeId, DeviceId)> {
        let mut out = Vec::new();
        for (office, view) in &self.offices {
            for (device, certificate) in &view.devices {
                let retired = || {
                    let at = self.ends.retired.get(&(*office, *device));
                    office == by && at.is_some_and(|at| last.is_some_and(|(seq, _)| seq >= *at))
                };
                let within = match certificate.role {
                    Role::Keeper => self.parent(office) == Some(*by) || retired(),
                    Role::Clerk | Role::Viewer => office == by,
                };
                if within && certificate.serial == Some(*serial) {
                    out.push((*office, *device));
                }
            }
        }
        out
    }

    /// Lets removals take effect, then what was said about the work of the removed.
    pub(super) fn settle(&mut self, found: Found) {
        for removal in &found.removals {
            for (office, device) in self.removes(&removal.by, &removal.serial, removal.last) {
                let Some(certificate) = self.known(&office, &device) else { continue };
                grow(certificate.removed.get_or_insert_default(), &removal.cut);
                certificate.removed_above |= office != removal.by;
            }
        }
        for (office, device, verdict) in found.verdicts {
            let Some(certificate) = self.known(&office, &device) else { continue };
            let cut = certificate.removed.as_mut().or(certificate.retired.as_mut());
            match (cut, verdict) {
                (Some(cut), Verdict::Vouch(marks)) => grow(cut, &marks),
                (Some(_), Verdict::Discard) => certificate.discarded = true,
                (None, _) => {}
            }
        }
    }

    fn known(&mut self, office: &OfficeId, device: &DeviceId) -> Option<&mut Certificate> {
        self.offices.get_mut(office).and_then(|view| view.devices.get_mut(device))
    }
}
