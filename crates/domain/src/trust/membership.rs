//! Membership: what the charters, foundings and entries known here amount to.

mod course;
mod own;
mod removal;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::ids::{ActorId, BookId, ChangeHash, DeviceId, OfficeId, Serial, TreeId};
use crate::office::OfficeKind;
use crate::sign::Signed;
use crate::trust::charter::{Charter, Ended, charter_chain};
use crate::trust::entry::{Body, Entry, EntryHash, Founding, Role};
use crate::trust::log::{Link, LinkHash, Logs};

/// Removals are of one office by the one above it, so each pass settles at least one more level of the tree.
const MAX_PASSES: usize = 64;

use course::Ordered;
pub use course::{Closed, Course, Former};
use removal::Removal;

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
    /// A keeper let it read `own/` books.
    pub granted: bool,
    /// 代管: it keeps the books in the place of the office's people.
    pub custody: bool,
    /// Removed, with the last valid change per (book, actor).
    pub removed: Option<BTreeMap<(BookId, ActorId), (u64, ChangeHash)>>,
}

impl Certificate {
    /// Whether a change of the device still counts: not removed, or within the cut. At the cut itself the hash must be the
    /// one named, so that no other change takes the place of the last valid one.
    pub fn covers(&self, book: &BookId, actor: &ActorId, seq: u64, hash: &ChangeHash) -> bool {
        self.removed.as_ref().is_none_or(|cut| {
            cut.get(&(*book, *actor)).is_some_and(|(last, named)| seq < *last || (seq == *last && hash == named))
        })
    }
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
    /// Where it stood before, and how it ended.
    pub course: Course,
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
    /// Keepers with two entries of one number: suspended from there on, and reported.
    pub forked: BTreeSet<DeviceId>,
    /// Entries that hold, in the order in which they were found to.
    pub valid: Vec<EntryHash>,
    /// Removed devices by office, each with its last entry that holds.
    pub ended: BTreeMap<(OfficeId, DeviceId), Option<(u64, LinkHash)>>,
    /// Links of keepers' logs that something signed vouches for.
    pub links: BTreeSet<LinkHash>,
    /// Devices that were an office's own before it joined a tree, or its first keeper in it.
    first: BTreeSet<(OfficeId, DeviceId)>,
    /// Who said of whom that the digits were compared: office, issuer, device.
    compared: BTreeSet<(OfficeId, DeviceId, DeviceId)>,
    /// Keepers of the root that charters shut out.
    shut_out: Vec<Ended>,
}

/// An entry whose signature holds.
struct Opened {
    signer: DeviceId,
    hash: EntryHash,
    entry: Entry,
    link: Link,
}

impl Membership {
    /// Derives membership. A founding makes its signer the keeper of its office until a parent adopts the office and
    /// names the keeper; a charter makes the root's keepers. Entries take effect as far as the chain of each issuer holds:
    /// `links` fill the places of entries that are not told here. Of a removed issuer what leads to its last entry stands.
    pub fn build(
        tree: Option<TreeId>,
        charters: &[Signed<Charter>],
        foundings: &[Signed<Founding>],
        entries: &[Signed<Entry>],
        links: &[Link],
    ) -> Self {
        let ground = Self::ground(tree, charters, foundings);
        let mut opened: Vec<Opened> = entries
            .iter()
            .filter_map(|signed| {
                let entry = signed.open().ok()?;
                Some(Opened { signer: signed.signer, hash: signed.hash(), link: Link::of(signed, &entry), entry })
            })
            .collect();
        opened.sort_by_key(|opened| (opened.signer, opened.entry.seq, opened.hash));
        opened.dedup_by_key(|opened| opened.hash);
        let own: Vec<Link> = opened.iter().map(|opened| opened.link.clone()).collect();
        let logs = Logs::read(&own, links);
        let mut out = ground.clone();
        for _ in 0..MAX_PASSES {
            let ended = std::mem::take(&mut out.ended);
            out = ground.clone();
            let removals = out.follow(&opened, &logs, &ended);
            out.ended = out.ends(&removals);
            if out.ended == ended {
                break;
            }
        }
        let ended = out.ended.iter().filter_map(|((_, device), last)| Some(logs.chain(device, last.as_ref()?)));
        let ended: BTreeSet<LinkHash> = ended.flatten().collect();
        // Anybody may keep a log of his own, and fork it; it matters of those who may issue.
        let keepers: BTreeSet<DeviceId> = out
            .offices
            .values()
            .flat_map(|view| view.devices.iter())
            .filter(|(_, certificate)| certificate.role.issues())
            .map(|(device, _)| *device)
            .collect();
        out.links = logs.sound(&ended, &keepers);
        out.forked.retain(|issuer| keepers.contains(issuer));
        out
    }

    fn ground(tree: Option<TreeId>, charters: &[Signed<Charter>], foundings: &[Signed<Founding>]) -> Self {
        let mut out = Self { tree, ..Self::default() };
        for signed in foundings {
            let Ok(founding) = signed.open() else { continue };
            let office = out.offices.entry(founding.office).or_insert_with(|| OfficeView {
                name: founding.name,
                kind: founding.kind,
                adoption: None,
                devices: BTreeMap::new(),
                course: Course::default(),
            });
            // A second founding of one office id is not believed: the id is random, so it is a copy.
            if office.devices.is_empty() {
                office.devices.insert(signed.signer, keeper());
                out.first.insert((founding.office, signed.signer));
            }
        }
        let chain = tree.map(|tree| charter_chain(charters, &tree)).unwrap_or_default();
        let chain: Vec<Charter> = chain.iter().filter_map(|signed| signed.open().ok()).collect();
        if let Some(charter) = chain.last() {
            let root = out.offices.entry(charter.office).or_insert_with(|| OfficeView {
                name: charter.name.clone(),
                kind: OfficeKind::OrganizationDepartment,
                adoption: None,
                devices: BTreeMap::new(),
                course: Course::default(),
            });
            root.name.clone_from(&charter.name);
            root.devices =
                chain.iter().flat_map(|charter| &charter.keepers).map(|device| (*device, keeper())).collect();
            out.root = Some(charter.office);
            out.shut_out = chain.iter().flat_map(|charter| &charter.ended).cloned().collect();
            let told: BTreeSet<DeviceId> = out.shut_out.iter().map(|ended| ended.device).collect();
            let dropped = chain.iter().flat_map(|charter| &charter.keepers);
            let dropped = dropped.filter(|device| !charter.keepers.contains(device) && !told.contains(device));
            out.shut_out.extend(dropped.map(|device| Ended { device: *device, last: None, cut: Vec::new() }));
        }
        out
    }

    /// Lets entries take effect until nothing more does. `ended` are the removed issuers as found so far.
    fn follow(
        &mut self,
        opened: &[Opened],
        logs: &Logs,
        ended: &BTreeMap<(OfficeId, DeviceId), Option<(u64, LinkHash)>>,
    ) -> Vec<Removal> {
        self.forked = logs.forked();
        let chains: BTreeMap<(OfficeId, DeviceId), BTreeSet<LinkHash>> = ended
            .iter()
            .map(|(of, last)| (*of, last.as_ref().map(|last| logs.chain(&of.1, last)).unwrap_or_default()))
            .collect();
        // A device that issued within a tree does not go back to issuing without one.
        let mut in_tree: BTreeMap<DeviceId, u64> = BTreeMap::new();
        for Opened { signer, entry, .. } in opened.iter().rev().filter(|opened| opened.entry.tree.is_some()) {
            in_tree.insert(*signer, entry.seq);
        }
        let mut waiting: Vec<&Opened> = opened
            .iter()
            .filter(|Opened { signer, entry, link, .. }| match chains.get(&(entry.office, *signer)) {
                Some(chain) => chain.contains(&link.hash()),
                None => logs.stands(link),
            })
            .filter(|Opened { signer, entry, .. }| {
                entry.tree.is_some() || in_tree.get(signer).is_none_or(|seq| entry.seq < *seq)
            })
            .collect();
        // Adoptions of a joined office replace its founding device as keeper, so go down the tree first.
        let mut removals = Vec::new();
        let mut orders: Vec<Ordered> = Vec::new();
        loop {
            let before = waiting.len();
            waiting.retain(|Opened { signer, hash, entry, .. }| {
                if !self.may_issue(signer, entry) {
                    return true;
                }
                if let Body::Order { .. } = &entry.body {
                    orders.push(Ordered { signer: *signer, hash: *hash, entry: entry.clone() });
                    return false;
                }
                self.valid.push(*hash);
                match &entry.body {
                    Body::Remove { serial, cut, last } => {
                        let (by, serial, cut, last) = (entry.office, *serial, cut.clone(), *last);
                        removals.push(Removal { by, signer: *signer, seq: entry.seq, serial, cut, last });
                    }
                    body => self.grant(entry, signer, body.clone()),
                }
                false
            });
            if waiting.len() == before && !self.follow_order(&mut orders) {
                break;
            }
        }
        for removal in &removals {
            self.remove(removal);
        }
        self.shut_out();
        removals
    }

    pub(in crate::trust) fn may_issue(&self, signer: &DeviceId, entry: &Entry) -> bool {
        let placed = match entry.tree {
            Some(_) => entry.tree == self.tree,
            // Issued before the office had a tree: its own devices, by those it had then.
            None => {
                self.tree.is_none()
                    || (!matches!(entry.body, Body::Adopt { .. }) && self.first.contains(&(entry.office, *signer)))
            }
        };
        if !placed {
            return false;
        }
        let Some(office) = self.offices.get(&entry.office) else { return false };
        let keeper = office.devices.get(signer).is_some_and(|certificate| certificate.role.issues());
        keeper
            && match &entry.body {
                Body::Adopt { kind, .. } => {
                    office.kind.may_adopt(*kind) && (self.root == Some(entry.office) || office.adoption.is_some())
                }
                Body::Enrol { .. } | Body::Order { .. } => true,
                Body::Remove { serial, .. } => self.may_remove(signer, entry, serial),
                Body::Grant { serial } => office.may_grant(signer, serial),
                Body::Custody => true,
            }
    }

    fn grant(&mut self, entry: &Entry, signer: &DeviceId, body: Body) {
        let issuer = entry.office;
        match body {
            Body::Enrol { serial, device, role, hub, confirmed, holder } => {
                if let Some(office) = self.offices.get_mut(&issuer) {
                    let custody = role == Role::Custodian;
                    let serial = Some(serial);
                    let certificate = Certificate { role, hub, holder, serial, custody, ..Certificate::bare() };
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
                    // The founding device stays confirmed; a keeper that only the superior names is not, so that a superior
                    // which enrols itself gets no `own/` book.
                    let confirmed = office.devices.get(&device).is_some_and(|known| known.confirmed);
                    let custody = office.devices.get(&device).is_some_and(|known| known.custody);
                    let certificate = Certificate { serial: Some(serial), confirmed, custody, ..keeper() };
                    office.devices.insert(device, certificate);
                    self.first.insert((id, device));
                }
            }
            Body::Remove { .. } | Body::Order { .. } => {}
            Body::Grant { serial } => {
                if let Some(known) = self.offices.get_mut(&issuer).and_then(|view| view.by_serial(&serial)) {
                    known.granted = true;
                }
            }
            Body::Custody => {
                if let Some(known) = self.offices.get_mut(&issuer).and_then(|view| view.devices.get_mut(signer)) {
                    known.custody = true;
                }
            }
        }
    }

    /// Who was not compared cannot vouch that another was; once it is confirmed itself, what it said counts, in whatever
    /// order the entries are read.
    fn confirm(&mut self, of: OfficeId) {
        let Some(office) = self.offices.get_mut(&of) else { return };
        loop {
            let vouched = |(by, device): &(DeviceId, DeviceId)| {
                let is = |device: &DeviceId| office.devices.get(device).is_some_and(|known| known.confirmed);
                is(by) && !is(device)
            };
            let said = self.compared.iter().filter(|(office, ..)| *office == of).map(|(_, by, device)| (*by, *device));
            let Some((_, device)) = said.into_iter().find(vouched) else { return };
            match office.devices.get_mut(&device) {
                Some(known) => known.confirmed = true,
                None => return,
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

    /// The direct superior of an office; of one that was merged, that of the office that goes on in its place.
    pub fn parent(&self, office: &OfficeId) -> Option<OfficeId> {
        self.offices.get(&self.heir(office)).and_then(|view| view.adoption.as_ref()).map(|adoption| adoption.parent)
    }

    /// Direct subordinates, by name.
    pub fn children(&self, office: &OfficeId) -> Vec<OfficeId> {
        let mut children: Vec<_> = self
            .offices
            .iter()
            .filter(|(_, view)| view.adoption.as_ref().is_some_and(|adoption| adoption.parent == *office))
            .filter(|(_, view)| view.course.closed.is_none())
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

    /// Number of the last entry of a device that holds after its removal.
    pub fn ended_at(&self, device: &DeviceId) -> Option<u64> {
        let of = self.ended.iter().filter(|((_, removed), _)| removed == device);
        of.filter_map(|(_, last)| last.map(|(seq, _)| seq)).max()
    }

    /// Whether a device may sign receipts for an office.
    pub fn is_hub(&self, office: &OfficeId, device: &DeviceId) -> bool {
        self.certificate(office, device).is_some_and(|certificate| certificate.hub && certificate.removed.is_none())
    }
}

/// A first keeper's certificate: the founding device, or the one the parent names. It is confirmed because the office
/// had no earlier device on which to compare, and it is the office's hub until another is marked.
fn keeper() -> Certificate {
    Certificate { role: Role::Keeper, hub: true, confirmed: true, ..Certificate::bare() }
}
