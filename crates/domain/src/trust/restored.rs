//! A device that goes on from a backup of another one. The old key is destroyed by the restore; before, it signs who comes
//! after it. Whoever can open the office's own backup may have what is in it, so this stands for comparing digits.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{DeviceId, OfficeId, Serial};
use crate::sign::{DeviceKey, Signed, Statement};
use crate::trust::entry::{Body, Entry, Role};
use crate::trust::log::Link;
use crate::trust::membership::{Certificate, Membership};

/// Who comes after a device whose backup was restored; signed by that device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// The office whose books were in the backup.
    pub office: OfficeId,
    /// The device that the backup is of.
    pub old: DeviceId,
    /// The device that goes on.
    pub new: DeviceId,
    /// When, for people.
    pub on: Date,
}

impl Statement for Restored {
    const TAG: &'static str = "ybz restored 1";
}

impl Membership {
    /// The certificate of the device after which `new` comes, if the statement says so and holds. Of a device that was
    /// removed or has handed over nothing follows, since its backup may be in anybody's hands; nor of one without the private
    /// books, since its backup holds none.
    pub fn came_after(&self, office: &OfficeId, new: &DeviceId, signed: &Signed<Restored>) -> Option<&Certificate> {
        self.follows(office, new, signed).filter(|before| before.had_own())
    }

    /// The same as far as a superior can tell, which does not know whom the office compared.
    pub fn follows(&self, office: &OfficeId, new: &DeviceId, signed: &Signed<Restored>) -> Option<&Certificate> {
        let said = signed.open().ok()?;
        if said.old != signed.signer || said.new != *new || said.office != *office {
            return None;
        }
        self.certificate(office, &said.old).filter(|before| before.is_active() && before.role.writes())
    }

    /// Nobody but the old device could let the new one in: the office hangs below no other and has no other keeper.
    pub fn stands_alone(&self, office: &OfficeId, old: &DeviceId) -> bool {
        let Some(view) = self.offices.get(office) else { return false };
        let keeps = |certificate: &Certificate| certificate.role == Role::Keeper && certificate.removed.is_none();
        let others = view.devices.iter().any(|(device, known)| device != old && keeps(known));
        self.tree.is_none() && view.adoption.is_none() && !others && view.devices.get(old).is_some_and(keeps)
    }
}

/// The last entry of a device that stood alone in its office: the device that comes after it is the keeper.
pub fn succession(
    key: &DeviceKey,
    office: OfficeId,
    new: DeviceId,
    serial: Serial,
    known: &[Signed<Entry>],
    on: Date,
) -> Signed<Entry> {
    let mut last = None;
    for signed in known.iter().filter(|signed| signed.signer == key.id()) {
        if let Ok(entry) = signed.peek()
            && last.is_none_or(|(seq, _)| seq < entry.seq)
        {
            last = Some((entry.seq, Link::of(signed, &entry).hash()));
        }
    }
    let body = Body::Enrol { serial, device: new, role: Role::Keeper, hub: true, confirmed: true, holder: None };
    let (seq, previous) = (last.map_or(1, |(seq, _)| seq + 1), last.map(|(_, hash)| hash));
    Signed::sign(key, &Entry { tree: None, office, seq, previous, on, body })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::OfficeKind;
    use crate::trust::entry::Founding;

    const ON: Date = Date::constant(2026, 3, 20);
    const OFFICE: OfficeId = OfficeId([1; 16]);

    fn founded(key: &DeviceKey) -> Signed<Founding> {
        let name = "示范一村".to_owned();
        Signed::sign(key, &Founding { office: OFFICE, name, kind: OfficeKind::Branch, region: None, on: ON })
    }

    #[test]
    fn only_a_confirmed_device_of_the_office_names_the_one_that_comes_after_it() {
        let secrets = [[2; 32], [3; 32], [4; 32]];
        let [old, new, stranger] = secrets.map(|secret| DeviceKey::from_bytes(&secret));
        let membership = Membership::build(None, &[], &[founded(&old)], &[], &[]);
        let said = |by: &DeviceKey, old: &DeviceKey, office| {
            Signed::sign(by, &Restored { office, old: old.id(), new: new.id(), on: ON })
        };
        assert!(membership.came_after(&OFFICE, &new.id(), &said(&old, &old, OFFICE)).is_some());
        for (why, office, device, signed) in [
            ("another signed it", OFFICE, new.id(), said(&stranger, &old, OFFICE)),
            ("its device has no certificate", OFFICE, new.id(), said(&stranger, &stranger, OFFICE)),
            ("it is about another device", OFFICE, stranger.id(), said(&old, &old, OFFICE)),
            ("it is about another office", OfficeId([9; 16]), new.id(), said(&old, &old, OFFICE)),
        ] {
            assert!(membership.came_after(&office, &device, &signed).is_none(), "{why}");
        }
    }

    #[test]
    fn an_office_that_stood_alone_goes_on_with_the_restored_device() {
        let (old, new) = (DeviceKey::from_bytes(&[2; 32]), DeviceKey::from_bytes(&[3; 32]));
        let foundings = [founded(&old)];
        let before = Membership::build(None, &[], &foundings, &[], &[]);
        assert!(before.stands_alone(&OFFICE, &old.id()));
        let entry = succession(&old, OFFICE, new.id(), Serial([5; 16]), &[], ON);
        let after = Membership::build(None, &[], &foundings, &[entry], &[]);
        let certificate = after.certificate(&OFFICE, &new.id()).unwrap();
        assert!(certificate.confirmed && certificate.hub && certificate.role == Role::Keeper);
        assert!(!after.stands_alone(&OFFICE, &old.id()), "there is another keeper now");
    }
}
