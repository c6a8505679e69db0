//! Membership: what the charters, foundings and entries known here amount to.

mod certificate;
mod course;
mod grant;
mod own;
mod past;
mod removal;
mod renewal;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::ids::{BookId, DeviceId, OfficeId, Serial, TreeId};
use crate::office::OfficeKind;
use crate::sign::Signed;
use crate::trust::charter::{Charter, Ended, charter_chain};
use crate::trust::entry::{Body, Entry, EntryHash, Founding, Role};
use crate::trust::log::{Link, LinkHash, Logs};

/// Removals are of one office by the one above it, so each pass settles at least one more level of the tree.
const MAX_PASSES: usize = 64;

pub use certificate::{Certificate, Cut, Standing};
use course::Ordered;
pub use course::{Closed, Course, Former};
use own::After;
pub use past::Placed;
use removal::{Ends, Found, Removal, Said, Verdict};
pub use renewal::Renewal;

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
    /// Where the logs of removed, suspended and retired devices end.
    ends: Ends,
    /// Links of keepers' logs that something signed vouches for.
    pub links: BTreeSet<LinkHash>,
    /// Books that ended by an order that holds, by id.
    pub renewals: BTreeMap<BookId, Renewal>,
    /// Orders for new generations that another one, given at the same time, overruled.
    pub overruled: Vec<Renewal>,
    /// Devices that were an office's own before it joined a tree, or its first keeper in it.
    first: BTreeSet<(OfficeId, DeviceId)>,
    /// Who said of whom that the digits were compared: office, issuer, device.
    compared: BTreeSet<(OfficeId, DeviceId, DeviceId)>,
    /// Who goes on from whose backup: office, old device, new one.
    after: BTreeSet<After>,
    /// Which clerks keepers let read: office, keeper, the clerk's number.
    granted: BTreeSet<(OfficeId, DeviceId, Serial)>,
    /// Devices that nobody had to compare: founding devices and keepers of the root.
    founders: BTreeSet<(OfficeId, DeviceId)>,
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
            let ends = std::mem::take(&mut out.ends);
            out = ground.clone();
            let found = out.follow(&opened, &logs, &ends);
            out.end(&found, &ends);
            out.settle(found);
            if out.ends == ends {
                break;
            }
        }
        let ended = out.ends.links(&logs);
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
        let all = out.offices.iter().flat_map(|(of, office)| office.devices.keys().map(|device| (*of, *device)));
        out.founders = all.collect();
        out
    }

    /// Lets entries take effect until nothing more does. `ends` are where logs end, as found so far.
    fn follow(&mut self, opened: &[Opened], logs: &Logs, ends: &Ends) -> Found {
        self.forked = logs.forked();
        let chains = ends.chains(logs);
        // A device that issued within a tree does not go back to issuing without one.
        let mut in_tree: BTreeMap<DeviceId, u64> = BTreeMap::new();
        for Opened { signer, entry, .. } in opened.iter().rev().filter(|opened| opened.entry.tree.is_some()) {
            in_tree.insert(*signer, entry.seq);
        }
        let mut waiting: Vec<&Opened> = opened
            .iter()
            .filter(|opened| chains.reach(logs, opened))
            .filter(|Opened { signer, entry, .. }| {
                entry.tree.is_some() || in_tree.get(signer).is_none_or(|seq| entry.seq < *seq)
            })
            .collect();
        // Adoptions of a joined office replace its founding device as keeper, so go down the tree first.
        let mut found = Found::default();
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
                let said = Said { by: entry.office, signer: *signer, seq: entry.seq };
                match entry.body.clone() {
                    Body::Remove { serial, cut, last } => found.removals.push(Removal { said, serial, cut, last }),
                    Body::Vouch { office, device, changes } => {
                        found.verdicts.push(Verdict { said, office, device, adopts: Some(changes) });
                    }
                    Body::Discard { office, device } => {
                        found.verdicts.push(Verdict { said, office, device, adopts: None });
                    }
                    Body::Renew { .. } => self.renew(*hash, *signer, entry),
                    body => {
                        if let Body::Install { office, .. } = &body {
                            found.installs.push((said, *office, *hash));
                        }
                        self.grant(entry, signer, body);
                    }
                }
                false
            });
            if waiting.len() == before && !self.follow_order(&mut orders) {
                return found;
            }
        }
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
                Body::Remove { serial, last, .. } => {
                    self.may_remove(&Said { by: entry.office, signer: *signer, seq: entry.seq }, serial, *last)
                }
                Body::Suspend { device, .. } => {
                    let of = |device| office.devices.get(device);
                    device != signer && of(device).is_some_and(|other| other.role == Role::Keeper)
                }
                Body::Grant { serial } => office.may_grant(signer, serial),
                Body::Renew { book, generation, .. } => Self::may_renew(entry, book, *generation),
                Body::Custody | Body::Retire { .. } => true,
                Body::Install { office: below, .. } => self.parent(below) == Some(entry.office),
                Body::Vouch { office: of, .. } | Body::Discard { office: of, .. } => {
                    self.heir(of) == entry.office || self.parent(of) == Some(entry.office)
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

    /// Number of the last entry of a device that a removal or suspension names: the way to it must be told.
    pub fn ended_at(&self, device: &DeviceId) -> Option<u64> {
        self.ends.at(device)
    }

    /// Whether a device may sign receipts for an office.
    pub fn is_hub(&self, office: &OfficeId, device: &DeviceId) -> bool {
        self.certificate(office, device).is_some_and(|certificate| certificate.hub && certificate.is_active())
    }
}

/// A first keeper's certificate: the founding device, or the one the parent names. It is confirmed because the office
/// had no earlier device on which to compare, and it is the office's hub until another is marked.
fn keeper() -> Certificate {
    Certificate { hub: true, confirmed: true, ..Certificate::new(Role::Keeper) }
}
