//! Removals: whom they reach, and what of the removed stands.

use std::collections::BTreeMap;

use super::Membership;
use crate::ids::{ActorId, BookId, ChangeHash, DeviceId, OfficeId, Serial};
use crate::trust::charter::Ended;
use crate::trust::entry::{Entry, Role};
use crate::trust::log::LinkHash;

/// A removal that holds.
pub(super) struct Removal {
    /// The office that removes.
    pub(super) by: OfficeId,
    pub(super) signer: DeviceId,
    pub(super) seq: u64,
    pub(super) serial: Serial,
    pub(super) cut: Vec<(BookId, ActorId, u64, ChangeHash)>,
    /// The device's last entry that stands.
    pub(super) last: Option<(u64, LinkHash)>,
}

impl Membership {
    /// The devices that removals end, each with the furthest last entry named: what is void only gets less.
    pub(super) fn ends(&self, removals: &[Removal]) -> BTreeMap<(OfficeId, DeviceId), Option<(u64, LinkHash)>> {
        let mut out: BTreeMap<_, Option<(u64, LinkHash)>> = BTreeMap::new();
        let removed = removals.iter().flat_map(|removal| {
            self.removes(removal.by, &removal.signer, removal.seq, &removal.serial)
                .into_iter()
                .map(|(office, device)| (office, device, removal.last))
        });
        let shut_out = self.root.into_iter().flat_map(|root| {
            let root_devices = self.offices.get(&root).map(|view| &view.devices);
            let known = move |ended: &&Ended| root_devices.is_some_and(|devices| devices.contains_key(&ended.device));
            self.shut_out.iter().filter(known).map(move |ended| (root, ended.device, ended.last))
        });
        for (office, device, last) in removed.chain(shut_out) {
            let known = out.entry((office, device)).or_insert(last);
            *known = (*known).max(last);
        }
        out
    }

    /// Whether an office may remove any certificate of that number. One that is not known yet is looked for again in a later
    /// pass.
    pub(super) fn may_remove(&self, signer: &DeviceId, entry: &Entry, serial: &Serial) -> bool {
        !self.removes(entry.office, signer, entry.seq, serial).is_empty()
    }

    /// The devices that an office removes by a number: its own clerks and viewers, and keepers of direct subordinates, also of
    /// former ones as far as the order that moved them lets it count. Numbers are chosen by whoever issues, so the same number
    /// elsewhere means nothing.
    fn removes(&self, by: OfficeId, signer: &DeviceId, seq: u64, serial: &Serial) -> Vec<(OfficeId, DeviceId)> {
        let mut out = Vec::new();
        for (office, view) in &self.offices {
            for (device, certificate) in &view.devices {
                let within = match certificate.role {
                    Role::Keeper => self.parent(office) == Some(by) || self.counted_before(office, &by, signer, seq),
                    Role::Clerk | Role::Custodian | Role::Viewer => *office == by,
                };
                if within && certificate.serial == Some(*serial) {
                    out.push((*office, *device));
                }
            }
        }
        out
    }

    pub(super) fn remove(&mut self, removal: &Removal) {
        for (office, device) in self.removes(removal.by, &removal.signer, removal.seq, &removal.serial) {
            self.end(&office, &device, &removal.cut);
        }
    }

    /// Ends the certificates of keepers of the root that charters shut out.
    pub(super) fn shut_out(&mut self) {
        let Some(root) = self.root else { return };
        for ended in self.shut_out.clone() {
            self.end(&root, &ended.device, &ended.cut);
        }
    }

    fn end(&mut self, office: &OfficeId, device: &DeviceId, cut: &[(BookId, ActorId, u64, ChangeHash)]) {
        let certificate = self.offices.get_mut(office).and_then(|view| view.devices.get_mut(device));
        let Some(certificate) = certificate else { return };
        let removed = certificate.removed.get_or_insert_default();
        for (book, actor, seq, hash) in cut {
            let known = removed.entry((*book, *actor)).or_insert((*seq, *hash));
            // The cut only grows.
            if known.0 < *seq {
                *known = (*seq, *hash);
            }
        }
    }
}
