//! Removals, suspensions and retirements: whom they reach, and what of the device's log stands.

use std::collections::{BTreeMap, BTreeSet};

use super::certificate::grow;
use super::{Certificate, Membership, Opened};
use crate::ids::{DeviceId, OfficeId, Serial};
use crate::trust::entry::{Body, EntryHash, Mark, Role};
use crate::trust::log::{LinkHash, Logs};

/// A device's last entry that stands.
type Last = Option<(u64, LinkHash)>;

/// Who said something, and where in its log.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub(super) by: OfficeId,
    pub(super) signer: DeviceId,
    pub(super) seq: u64,
}

/// A keeper enrolled from above that goes on from another device's backup, by that device's signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct After {
    pub(super) office: OfficeId,
    pub(super) old: DeviceId,
    pub(super) new: DeviceId,
    /// Who enrolled it, and where in its log.
    pub(super) signer: DeviceId,
    pub(super) seq: u64,
}

/// A removal that holds.
pub(super) struct Removal {
    pub(super) said: Said,
    pub(super) serial: Serial,
    pub(super) cut: Vec<Mark>,
    /// The device's last entry that stands.
    pub(super) last: Last,
}

/// A word about what a removed device made beyond its cut.
pub(super) struct Verdict {
    pub(super) said: Said,
    pub(super) office: OfficeId,
    pub(super) device: DeviceId,
    /// What is adopted; none: it is discarded.
    pub(super) adopts: Option<Vec<Mark>>,
}

/// What waits until no entry takes effect any more.
#[derive(Default)]
pub(super) struct Found {
    pub(super) removals: Vec<Removal>,
    pub(super) verdicts: Vec<Verdict>,
    /// Keepers enrolled from above, by the entry that did it.
    pub(super) installs: Vec<(Said, OfficeId, EntryHash)>,
}

/// Where the logs of devices end that may issue no more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ends {
    removed: BTreeMap<(OfficeId, DeviceId), Last>,
    pub(super) suspended: BTreeMap<(OfficeId, DeviceId), Last>,
    pub(super) retired: BTreeMap<(OfficeId, DeviceId), u64>,
    /// Keepers enrolled by a superior after an order had moved their office away from it.
    strays: BTreeSet<EntryHash>,
}

/// The same with the links that lead to each end.
pub(super) struct Chains<'a> {
    removed: BTreeMap<(OfficeId, DeviceId), BTreeSet<LinkHash>>,
    suspended: BTreeMap<(OfficeId, DeviceId), BTreeSet<LinkHash>>,
    retired: &'a BTreeMap<(OfficeId, DeviceId), u64>,
    strays: &'a BTreeSet<EntryHash>,
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
        Chains {
            removed: of(&self.removed),
            suspended: of(&self.suspended),
            retired: &self.retired,
            strays: &self.strays,
        }
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
    pub(super) fn reach(&self, logs: &Logs, Opened { signer, entry, link, hash }: &Opened) -> bool {
        if self.strays.contains(hash) {
            return false;
        }
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
    /// Adds the ends that removals and charters make, each with the furthest last entry named: what is void only gets less.
    pub(super) fn end(&mut self, found: &Found, before: &Ends) {
        for Removal { said, serial, last, .. } in &found.removals {
            for of in self.removes(said, serial, *last) {
                self.end_one(of, *last);
            }
        }
        if let Some(root) = self.root {
            for ended in self.shut_out.clone() {
                if self.certificate(&root, &ended.device).is_some() {
                    self.end_one((root, ended.device), ended.last);
                }
            }
        }
        self.ends.strays.clone_from(&before.strays);
        let strays = found.installs.iter().filter(|(said, office, _)| !self.stands_above(office, said));
        let strays: Vec<EntryHash> = strays.map(|(.., hash)| *hash).collect();
        self.ends.strays.extend(strays);
    }

    fn end_one(&mut self, of: (OfficeId, DeviceId), last: Last) {
        let known = self.ends.removed.entry(of).or_insert(last);
        *known = (*known).max(last);
    }

    /// Whether who says it is of the direct superior, or was as far as the order that moved the office lets it count.
    fn stands_above(&self, office: &OfficeId, Said { by, signer, seq }: &Said) -> bool {
        self.parent(office) == Some(*by) || self.counted_before(office, by, signer, *seq)
    }

    /// Whether an office may remove any certificate of that number. One that is not known yet is looked for again in a later
    /// pass.
    pub(super) fn may_remove(&self, said: &Said, serial: &Serial, last: Last) -> bool {
        !self.removes(said, serial, last).is_empty()
    }

    /// The devices that an office removes by a number: its own clerks and viewers, its keepers that have retired, and keepers
    /// of direct subordinates, also of former ones as far as the order that moved them lets it count. Numbers are chosen by
    /// whoever issues, so the same number elsewhere means nothing. A removal that would undo the retirement on which it rests
    /// does not hold.
    fn removes(&self, said: &Said, serial: &Serial, last: Last) -> Vec<(OfficeId, DeviceId)> {
        let mut out = Vec::new();
        for (office, view) in &self.offices {
            for (device, certificate) in &view.devices {
                let retired = || {
                    let at = self.ends.retired.get(&(*office, *device));
                    *office == said.by && at.is_some_and(|at| last.is_some_and(|(seq, _)| seq >= *at))
                };
                let within = match certificate.role {
                    Role::Keeper => self.stands_above(office, said) || retired(),
                    Role::Clerk | Role::Custodian | Role::Viewer => *office == said.by,
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
        let mut removed: BTreeMap<(OfficeId, DeviceId), Vec<Said>> = BTreeMap::new();
        for Removal { said, serial, cut, last } in &found.removals {
            for (office, device) in self.removes(said, serial, *last) {
                removed.entry((office, device)).or_default().push(*said);
                let Some(certificate) = self.known(&office, &device) else { continue };
                grow(certificate.removed.get_or_insert_default(), cut);
                certificate.removed_above |= office != said.by;
            }
        }
        // Keepers of the root that charters shut out.
        if let Some(root) = self.root {
            for ended in self.shut_out.clone() {
                let Some(certificate) = self.known(&root, &ended.device) else { continue };
                grow(certificate.removed.get_or_insert_default(), &ended.cut);
            }
        }
        // A backup of a device that was removed or has handed over may be in anybody's hands. Who enrolled what goes on from it
        // and removed the broken device afterwards, in one log, knew of both.
        for After { office, old, new, .. } in self.after.clone() {
            let vouched = self.compared.iter().any(|(of, by, device)| (of, device) == (&office, &new) && *by != old);
            if !vouched
                && !self.after.iter().any(|one| (one.office, one.new) == (office, new) && self.stands(one, &removed))
                && let Some(new) = self.known(&office, &new)
            {
                new.confirmed = false;
            }
        }
        for Verdict { said, office, device, adopts } in found.verdicts {
            if self.heir(&office) != said.by && !self.stands_above(&office, &said) {
                continue;
            }
            let Some(certificate) = self.known(&office, &device) else { continue };
            let cut = certificate.removed.as_mut().or(certificate.retired.as_mut());
            match (cut, adopts) {
                (Some(cut), Some(marks)) => grow(cut, &marks),
                (Some(_), None) => certificate.discarded = true,
                (None, _) => {}
            }
        }
    }

    /// Whether the signature of the old device still stands for comparing digits.
    fn stands(&self, after: &After, removed: &BTreeMap<(OfficeId, DeviceId), Vec<Said>>) -> bool {
        let of = (after.office, after.old);
        let Some(old) = self.offices.get(&of.0).and_then(|view| view.devices.get(&of.1)) else { return true };
        let by_whom = removed.get(&of).map(Vec::as_slice).unwrap_or_default();
        let shut_out = self.root == Some(of.0) && self.shut_out.iter().any(|ended| ended.device == of.1);
        let afterwards = |said: &Said| said.signer == after.signer && said.seq > after.seq;
        old.is_active() || (old.retired.is_none() && !shut_out && !by_whom.is_empty() && by_whom.iter().all(afterwards))
    }

    fn known(&mut self, office: &OfficeId, device: &DeviceId) -> Option<&mut Certificate> {
        self.offices.get_mut(office).and_then(|view| view.devices.get_mut(device))
    }
}
