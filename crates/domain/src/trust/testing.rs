//! A tree for tests: a department, streets and branches, each with keys and logs.

use jiff::civil::{Date, date};

use crate::ids::{DeviceId, OfficeId, Serial, TreeId};
use crate::office::OfficeKind;
use crate::sign::{DeviceKey, Signed};
use crate::trust::{Body, Charter, Entry, Founding, Link, LinkHash, Membership, RecoveryKey, Role, tree_id};

pub(crate) const ROOT: OfficeId = OfficeId([1; 16]);
pub(crate) const TODAY: Date = date(2026, 3, 20);

pub(crate) fn key(number: u8) -> DeviceKey {
    DeviceKey::from_bytes(&[number; 32])
}

pub(crate) fn device(number: u8) -> DeviceId {
    key(number).id()
}

pub(crate) fn office(number: u8) -> OfficeId {
    OfficeId([number; 16])
}

pub(crate) fn serial(number: u8) -> Serial {
    Serial([number; 16])
}

/// The root's charter: its keeper is device 1.
pub(crate) fn charter() -> (TreeId, Signed<Charter>) {
    let charter = Charter {
        version: 1,
        previous: None,
        office: ROOT,
        name: "县委组织部".to_owned(),
        keepers: vec![device(1)],
        ended: Vec::new(),
    };
    let charter = RecoveryKey::from_entropy(&[1; 32]).sign(&charter);
    (tree_id(&charter), charter)
}

/// A device's log as it goes on.
pub(crate) struct Issuer {
    pub(crate) key: DeviceKey,
    pub(crate) tree: Option<TreeId>,
    pub(crate) office: OfficeId,
    pub(crate) log: Vec<Signed<Entry>>,
}

impl Issuer {
    pub(crate) fn new(number: u8, office: OfficeId) -> Self {
        Self { key: key(number), tree: Some(charter().0), office, log: Vec::new() }
    }

    pub(crate) fn treeless(number: u8, office: OfficeId) -> Self {
        Self { tree: None, ..Self::new(number, office) }
    }

    pub(crate) fn join(&mut self) {
        self.tree = Some(charter().0);
    }

    /// The place that the next entry follows.
    pub(crate) fn head(&self) -> Option<(u64, LinkHash)> {
        let last = self.log.last()?;
        let link = Link::of(last, &last.peek().unwrap());
        Some((link.seq, link.hash()))
    }

    pub(crate) fn issue(&mut self, body: Body) -> Signed<Entry> {
        let head = self.head();
        let (seq, previous) = (head.map_or(1, |(seq, _)| seq + 1), head.map(|(_, link)| link));
        let entry = Entry { tree: self.tree, office: self.office, seq, previous, on: TODAY, body };
        let signed = Signed::sign(&self.key, &entry);
        self.log.push(signed.clone());
        signed
    }

    pub(crate) fn enrol(&mut self, number: u8, role: Role) -> Signed<Entry> {
        let device = device(number);
        self.issue(Body::Enrol { serial: serial(number), device, role, hub: false, confirmed: true, holder: None })
    }

    pub(crate) fn adopt(&mut self, number: u8, kind: OfficeKind, keeper: u8) -> Signed<Entry> {
        self.issue(Body::Adopt {
            serial: serial(keeper),
            office: office(number),
            name: format!("office {number}"),
            kind,
            keeper: device(keeper),
            valid_from: TODAY,
        })
    }

    pub(crate) fn remove(&mut self, number: u8, last: Option<(u64, LinkHash)>) -> Signed<Entry> {
        self.issue(Body::Remove { serial: serial(number), cut: Vec::new(), last })
    }

    /// Another log that goes on from the first `kept` entries of this one.
    pub(crate) fn fork(&self, kept: usize) -> Self {
        Self { key: self.key.clone(), tree: self.tree, office: self.office, log: self.log[..kept].to_vec() }
    }
}

/// The founding of an office by a device.
pub(crate) fn founding(number: u8, keeper: u8) -> Signed<Founding> {
    let founding = Founding {
        office: office(number),
        name: "founded".to_owned(),
        kind: OfficeKind::Branch,
        region: None,
        on: TODAY,
    };
    Signed::sign(&key(keeper), &founding)
}

pub(crate) fn membership(entries: &[&[Signed<Entry>]], links: &[Link]) -> Membership {
    let (tree, charter) = charter();
    Membership::build(Some(tree), &[charter], &[], &entries.concat(), links)
}
