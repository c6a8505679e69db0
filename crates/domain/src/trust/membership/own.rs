//! Who of an office may have its `own/` books.

use super::{Certificate, OfficeView};
use crate::ids::{DeviceId, Serial};
use crate::trust::entry::Role;

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
