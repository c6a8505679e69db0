//! Who of an office may have its `own/` books.

use std::collections::{BTreeMap, BTreeSet};

use super::removal::Said;
use super::{Certificate, Membership, OfficeView};
use crate::ids::{DeviceId, OfficeId, Serial};
use crate::trust::entry::Role;

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

impl Certificate {
    /// Whether the device may have `own/` books and the keys of what is sealed in them: compared by six digits, and a
    /// keeper's or let in by a keeper's word. A viewer never may. The one rule of books and keys alike.
    /// One that has handed over still gives what it has; whoever serves it gives it nothing more.
    pub fn reads_own(&self) -> bool {
        self.had_own() && self.removed.is_none()
    }

    /// The same of a device that may be removed by now: what it wrote before counts as far as its cut says.
    pub(in crate::trust) fn had_own(&self) -> bool {
        let admitted = match self.role {
            Role::Keeper => true,
            Role::Clerk | Role::Custodian => self.granted,
            Role::Viewer => false,
        };
        admitted && self.confirmed
    }
}

impl OfficeView {
    pub(super) fn by_serial(&mut self, serial: &Serial) -> Option<&mut Certificate> {
        self.devices.values_mut().find(|known| known.serial == Some(*serial))
    }

    /// Who was not compared has no `own/` book, and lets nobody else have one.
    pub(super) fn may_grant(&self, signer: &DeviceId, serial: &Serial) -> bool {
        self.devices.get(signer).is_some_and(|keeper| keeper.confirmed)
            && self.devices.values().any(|known| known.serial == Some(*serial))
    }
}

impl Membership {
    /// Lets what is said about devices of an office take effect: that digits were compared, that a keeper lets a clerk read,
    /// that one goes on from another's backup. Who is not confirmed says nothing about others; once it is, what it said
    /// counts, in whatever order the entries are read. A backup hands on what its device had, and no more.
    pub(super) fn confirm(&mut self, of: OfficeId) {
        let Some(office) = self.offices.get_mut(&of) else { return };
        let confirmed =
            |office: &OfficeView, by: &DeviceId| office.devices.get(by).is_some_and(|known| known.confirmed);
        loop {
            let mut more = false;
            for (_, by, serial) in self.granted.iter().filter(|(at, ..)| *at == of) {
                if confirmed(office, by)
                    && let Some(known) = office.by_serial(serial)
                {
                    more |= !std::mem::replace(&mut known.granted, true);
                }
            }
            let compared = self.compared.iter().filter(|(at, ..)| *at == of).map(|(_, by, device)| (by, device, false));
            let after = self.after.iter().filter(|one| one.office == of).map(|one| (&one.old, &one.new, true));
            for (by, device, inherits) in compared.chain(after) {
                let vouches =
                    confirmed(office, by) && (!inherits || office.devices.get(by).is_some_and(Certificate::had_own));
                if vouches && let Some(known) = office.devices.get_mut(device) {
                    more |= !std::mem::replace(&mut known.confirmed, true);
                }
            }
            if !more {
                return;
            }
        }
    }

    /// Judges anew who is confirmed, once it is known whose place has ended: what rests on a signature that stands no more
    /// falls, and with it whatever that device said of others.
    pub(super) fn confirm_again(&mut self, removed: &BTreeMap<(OfficeId, DeviceId), Vec<Said>>) {
        let standing: BTreeSet<After> = self.after.iter().filter(|one| self.stands(one, removed)).copied().collect();
        if standing == self.after {
            return;
        }
        self.after = standing;
        self.confirm_anew();
    }

    fn confirm_anew(&mut self) {
        let offices: Vec<OfficeId> = self.offices.keys().copied().collect();
        for of in offices {
            for (device, known) in self.offices.get_mut(&of).into_iter().flat_map(|office| &mut office.devices) {
                known.confirmed = self.founders.contains(&(of, *device));
                known.granted = false;
            }
            self.confirm(of);
        }
    }

    /// Devices of an office that have its private books by the signature of `old` alone, and would lose them if `by` removed
    /// that device.
    pub fn rest_on(&self, office: &OfficeId, old: &DeviceId, by: &DeviceId) -> Vec<DeviceId> {
        let concerned = |one: &After| one.office == *office && one.old == *old && one.signer != *by;
        if !self.after.iter().any(concerned) {
            return Vec::new();
        }
        let mut without = self.clone();
        without.after.retain(|one| !concerned(one));
        without.confirm_anew();
        let had = self.offices.get(office).into_iter().flat_map(|view| &view.devices);
        let lost = had.filter(|(device, known)| {
            known.confirmed && without.certificate(office, device).is_some_and(|known| !known.confirmed)
        });
        lost.map(|(device, _)| *device).collect()
    }

    /// Whether the signature of the old device still stands for comparing digits. A backup of a device that was removed or
    /// has handed over may be in anybody's hands; who enrolled what goes on from it and removed the broken device
    /// afterwards, in one log, knew of both.
    fn stands(&self, after: &After, removed: &BTreeMap<(OfficeId, DeviceId), Vec<Said>>) -> bool {
        let of = (after.office, after.old);
        let Some(old) = self.certificate(&of.0, &of.1) else { return false };
        let by_whom = removed.get(&of).map(Vec::as_slice).unwrap_or_default();
        let afterwards = |said: &Said| said.signer == after.signer && said.seq > after.seq;
        old.is_active() || (old.retired.is_none() && !by_whom.is_empty() && by_whom.iter().all(afterwards))
    }
}
