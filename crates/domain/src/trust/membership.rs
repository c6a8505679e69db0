//! Membership: what the charters, foundings and entries known here amount to.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::ids::{ActorId, BookId, ChangeHash, DeviceId, OfficeId, Serial, TreeId};
use crate::office::OfficeKind;
use crate::sign::Signed;
use crate::trust::charter::{Charter, check_charters};
use crate::trust::entry::{Body, Entry, EntryHash, Founding, Role};

/// A device's standing in an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Its role.
    pub role: Role,
    /// Signs receipts for the office.
    pub hub: bool,
    /// May have `own/` books.
    pub confirmed: bool,
    /// Holder's name.
    pub holder: Option<String>,
    /// Number to remove it by; none for founding devices and charter keepers.
    pub serial: Option<Serial>,
    /// Removed, with the last valid change per (book, actor).
    pub removed: Option<BTreeMap<(BookId, ActorId), (u64, ChangeHash)>>,
}

/// How an office came below its superior.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// The superior.
    pub parent: OfficeId,
    /// From when.
    pub valid_from: Date,
}

/// An office as known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeView {
    /// Its name: the tree's, once adopted.
    pub name: String,
    /// Its kind.
    pub kind: OfficeKind,
    /// Its superior.
    pub adoption: Option<Adoption>,
    /// Devices with a certificate, removed ones included.
    pub devices: BTreeMap<DeviceId, Certificate>,
}

/// Offices and certificates derived from signed statements; statements that do not hold have no effect.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Membership {
    /// The pinned tree, once there is one.
    pub tree: Option<TreeId>,
    /// The root office.
    pub root: Option<OfficeId>,
    /// Offices known here.
    pub offices: BTreeMap<OfficeId, OfficeView>,
    /// Issuers with two entries of one number: suspended from there on, and reported.
    pub forked: BTreeSet<DeviceId>,
    /// Entries that hold, in the order in which they were found to.
    pub valid: Vec<EntryHash>,
}

impl Membership {
    /// Derives membership. A founding makes its signer the keeper of its office until a parent adopts the office and
    /// names the keeper; a charter makes the root's keepers. Entries take effect as far as the chain of each issuer holds.
    pub fn build(
        tree: Option<TreeId>,
        charters: &[Signed<Charter>],
        foundings: &[Signed<Founding>],
        entries: &[Signed<Entry>],
    ) -> Self {
        let mut out = Self { tree, ..Self::default() };
        for signed in foundings {
            let Ok(founding) = signed.open() else { continue };
            let office = out.offices.entry(founding.office).or_insert_with(|| OfficeView {
                name: founding.name,
                kind: founding.kind,
                adoption: None,
                devices: BTreeMap::new(),
            });
            // A second founding of one office id is not believed: the id is random, so it is a copy.
            if office.devices.is_empty() {
                office.devices.insert(signed.signer, keeper());
            }
        }
        if let Some(tree) = tree
            && let Ok(charter) = check_charters(charters, &tree)
        {
            let root = out.offices.entry(charter.office).or_insert_with(|| OfficeView {
                name: charter.name.clone(),
                kind: OfficeKind::OrganizationDepartment,
                adoption: None,
                devices: BTreeMap::new(),
            });
            root.name.clone_from(&charter.name);
            root.devices = charter.keepers.iter().map(|device| (*device, keeper())).collect();
            out.root = Some(charter.office);
        }
        out.follow(entries);
        out
    }

    fn follow(&mut self, entries: &[Signed<Entry>]) {
        let mut opened: Vec<(&Signed<Entry>, Entry)> =
            entries.iter().filter_map(|signed| signed.open().ok().map(|entry| (signed, entry))).collect();
        opened.sort_by_key(|(signed, entry)| (signed.signer, entry.seq, signed.hash()));
        opened.dedup_by_key(|(signed, _)| signed.hash());
        let mut fork_at: BTreeMap<DeviceId, u64> = BTreeMap::new();
        for pair in opened.windows(2) {
            if let [(a, first), (b, second)] = pair
                && a.signer == b.signer
                && first.seq == second.seq
            {
                let at = fork_at.entry(a.signer).or_insert(first.seq);
                *at = (*at).min(first.seq);
            }
        }
        opened.retain(|(signed, entry)| fork_at.get(&signed.signer).is_none_or(|at| entry.seq < *at));
        self.forked = fork_at.into_keys().collect();
        // Adoptions of a joined office replace its founding device as keeper, so go down the tree first.
        let mut removals = Vec::new();
        loop {
            let before = opened.len();
            let mut later = Vec::new();
            for (signed, entry) in opened {
                if !self.may_issue(&signed.signer, &entry) {
                    later.push((signed, entry));
                    continue;
                }
                self.valid.push(signed.hash());
                match entry.body {
                    Body::Remove { serial, cut } => removals.push((serial, cut)),
                    body => self.grant(entry.office, &signed.signer, body),
                }
            }
            opened = later;
            if opened.len() == before {
                break;
            }
        }
        for (serial, cut) in removals {
            self.remove(serial, &cut);
        }
    }

    fn may_issue(&self, signer: &DeviceId, entry: &Entry) -> bool {
        if entry.tree.is_some() && entry.tree != self.tree {
            return false;
        }
        let Some(office) = self.offices.get(&entry.office) else { return false };
        let keeper = office.devices.get(signer).is_some_and(|certificate| certificate.role == Role::Keeper);
        keeper
            && match &entry.body {
                Body::Adopt { kind, .. } => {
                    office.kind.may_adopt(*kind) && (self.root == Some(entry.office) || office.adoption.is_some())
                }
                Body::Enrol { .. } => true,
                Body::Remove { serial, .. } => self.may_remove(&entry.office, serial),
            }
    }

    /// An office removes its own clerks and viewers; a keeper is removed by the superior alone. A certificate that is not
    /// known yet is looked for again in a later pass.
    fn may_remove(&self, by: &OfficeId, serial: &Serial) -> bool {
        self.offices.iter().any(|(office, view)| {
            view.devices.values().filter(|certificate| certificate.serial == Some(*serial)).any(|certificate| {
                match certificate.role {
                    Role::Keeper => self.parent(office) == Some(*by),
                    Role::Clerk | Role::Viewer => office == by,
                }
            })
        })
    }

    fn grant(&mut self, issuer: OfficeId, signer: &DeviceId, body: Body) {
        match body {
            Body::Enrol { serial, device, role, hub, confirmed, holder } => {
                if let Some(office) = self.offices.get_mut(&issuer) {
                    // Who was not compared cannot vouch that another was.
                    let confirmed = confirmed && office.devices.get(signer).is_some_and(|by| by.confirmed);
                    let certificate = Certificate { role, hub, confirmed, holder, serial: Some(serial), removed: None };
                    office.devices.entry(device).or_insert(certificate);
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
                });
                if office.adoption.is_none() {
                    office.name = name;
                    office.kind = kind;
                    office.adoption = Some(Adoption { parent: issuer, valid_from });
                    // The founding device stays confirmed; a keeper that only the superior names is not, so that a superior
                    // which enrols itself gets no `own/` book.
                    let confirmed = office.devices.get(&device).is_some_and(|known| known.confirmed);
                    let certificate = Certificate { serial: Some(serial), confirmed, ..keeper() };
                    office.devices.insert(device, certificate);
                }
            }
            Body::Remove { .. } => {}
        }
    }

    fn remove(&mut self, serial: Serial, cut: &[(BookId, ActorId, u64, ChangeHash)]) {
        for office in self.offices.values_mut() {
            for certificate in office.devices.values_mut().filter(|c| c.serial == Some(serial)) {
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
    }

    /// Whether `above` stands on the way from `office` to the root.
    pub fn is_above(&self, above: &OfficeId, office: &OfficeId) -> bool {
        let mut seen = BTreeSet::new();
        let mut at = *office;
        while seen.insert(at) {
            if at == *above {
                return true;
            }
            match self.parent(&at) {
                Some(parent) => at = parent,
                None => return false,
            }
        }
        false
    }

    /// The direct superior of an office.
    pub fn parent(&self, office: &OfficeId) -> Option<OfficeId> {
        self.offices.get(office).and_then(|view| view.adoption.as_ref()).map(|adoption| adoption.parent)
    }

    /// Direct subordinates, by name.
    pub fn children(&self, office: &OfficeId) -> Vec<OfficeId> {
        let mut children: Vec<_> = self
            .offices
            .iter()
            .filter(|(_, view)| view.adoption.as_ref().is_some_and(|adoption| adoption.parent == *office))
            .collect();
        children.sort_by(|a, b| a.1.name.cmp(&b.1.name).then(a.0.cmp(b.0)));
        children.into_iter().map(|(id, _)| *id).collect()
    }

    /// The office is the root or hangs below it.
    pub fn joined(&self, office: &OfficeId) -> bool {
        self.root.is_some_and(|root| self.is_above(&root, office))
    }

    /// A device's certificate in an office, removed or not.
    pub fn certificate(&self, office: &OfficeId, device: &DeviceId) -> Option<&Certificate> {
        self.offices.get(office).and_then(|view| view.devices.get(device))
    }

    /// Offices in which a device has a certificate that was not removed.
    pub fn offices_of(&self, device: &DeviceId) -> Vec<(OfficeId, &Certificate)> {
        self.offices
            .iter()
            .filter_map(|(id, view)| view.devices.get(device).map(|certificate| (*id, certificate)))
            .filter(|(_, certificate)| certificate.removed.is_none())
            .collect()
    }

    /// Whether a device may sign receipts for an office.
    pub fn is_hub(&self, office: &OfficeId, device: &DeviceId) -> bool {
        self.certificate(office, device).is_some_and(|certificate| certificate.hub && certificate.removed.is_none())
    }
}

/// A first keeper's certificate: the founding device, or the one the parent names. It is confirmed because the office
/// had no earlier device on which to compare, and it is the office's hub until another is marked.
fn keeper() -> Certificate {
    Certificate { role: Role::Keeper, hub: true, confirmed: true, holder: None, serial: None, removed: None }
}
