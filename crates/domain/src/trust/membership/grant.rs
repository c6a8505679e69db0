//! What an entry that holds brings about.

use std::collections::BTreeMap;

use super::certificate::grow;
use super::own::After;
use super::{Adoption, Certificate, Course, Membership, OfficeView, keeper};
use crate::ids::DeviceId;
use crate::trust::entry::{Body, Entry, Role};

impl Membership {
    pub(super) fn grant(&mut self, entry: &Entry, signer: &DeviceId, body: Body) {
        let issuer = entry.office;
        match body {
            Body::Enrol { serial, device, role, hub, confirmed, holder } => {
                if let Some(office) = self.offices.get_mut(&issuer) {
                    let certificate = Certificate { hub, holder, serial: Some(serial), ..Certificate::new(role) };
                    office.devices.entry(device).or_insert(certificate);
                    if entry.tree.is_none() {
                        self.first.insert((issuer, device));
                    }
                    // A device that has its place may be compared later: that alone changes.
                    if confirmed {
                        self.compared.insert((issuer, *signer, device));
                        self.confirm(issuer);
                    }
                }
            }
            Body::Adopt { serial, office: id, name, kind, keeper: device, valid_from } => {
                if self.root == Some(id) || self.is_above(&id, &issuer) {
                    return;
                }
                let office = self.offices.entry(id).or_insert_with(|| OfficeView {
                    name: String::new(),
                    kind,
                    adoption: None,
                    devices: BTreeMap::new(),
                    course: Course::default(),
                });
                if office.adoption.is_none() {
                    office.name = name;
                    office.kind = kind;
                    office.adoption = Some(Adoption { parent: issuer, valid_from });
                    office.course.since = Some(valid_from);
                    // The founding device stays confirmed; a keeper that only the superior names is not, so that a superior
                    // which enrols itself gets no `own/` book.
                    let known = office.devices.get(&device).cloned().unwrap_or_else(|| Certificate::new(Role::Keeper));
                    // What the device said of itself may have been read before.
                    let Certificate { confirmed, custody, retired, suspended, .. } = known;
                    let serial = Some(serial);
                    let certificate = Certificate { serial, confirmed, custody, retired, suspended, ..keeper() };
                    office.devices.insert(device, certificate);
                    self.first.insert((id, device));
                }
            }
            Body::Install { serial, office: id, device, holder, after } => {
                if let Some(office) = self.offices.get_mut(&id) {
                    let (hub, serial) = (true, Some(serial));
                    let certificate =
                        Certificate { hub, holder, serial, installed: true, ..Certificate::new(Role::Keeper) };
                    let known = office.devices.entry(device).or_insert(certificate);
                    known.installed = true;
                }
                let said = after.and_then(|signed| signed.open().ok().filter(|said| said.old == signed.signer));
                if let Some(said) = said.filter(|said| said.office == id && said.new == device) {
                    self.after.insert(After {
                        office: id,
                        old: said.old,
                        new: device,
                        signer: *signer,
                        seq: entry.seq,
                    });
                }
                // A device of the office may have said before that it compared.
                self.confirm(id);
            }
            Body::Suspend { device, last } => {
                let known = self.offices.get_mut(&issuer).and_then(|office| office.devices.get_mut(&device));
                if let Some(known) = known {
                    known.suspended = true;
                    self.ends.suspend((issuer, device), last);
                }
            }
            Body::Retire { cut } => {
                let known = self.offices.get_mut(&issuer).and_then(|office| office.devices.get_mut(signer));
                // Its first word about this is its last word.
                if let Some(known) = known.filter(|known| known.retired.is_none()) {
                    grow(known.retired.get_or_insert_default(), &cut);
                    self.ends.retired.insert((issuer, *signer), entry.seq);
                }
            }
            Body::Grant { serial } => {
                self.granted.insert((issuer, *signer, serial));
                self.confirm(issuer);
            }
            Body::Custody => {
                if let Some(known) = self.offices.get_mut(&issuer).and_then(|view| view.devices.get_mut(signer)) {
                    known.custody = true;
                }
            }
            // These take effect at the end, or one after the other.
            Body::Order { .. }
            | Body::Remove { .. }
            | Body::Vouch { .. }
            | Body::Discard { .. }
            | Body::Renew { .. } => {}
        }
    }
}
