//! A node of the model: what `app` does over the store, in memory. It checks as it goes what must never happen.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use jiff::civil::date;
use ybz_domain::book::{BookKey, Scope};
use ybz_domain::ids::{BookId, ChangeHash, DeviceId, Incarnation, OfficeId, RecordId, Serial, TreeId};
use ybz_domain::seal::HouseholdKey;
use ybz_domain::sign::{DeviceKey, Signed};
use ybz_domain::trust::{Receipt, Received};
use ybz_sync::sim::Rng;
use ybz_sync::wire::{HelloData, JoinGrant, KeyRow, Statements, Want};
use ybz_sync::{
    Admission, Answer, Ask, BookState, CarrierKind, Catalog, CatalogEntry, Compared, Holding, JoinAnswer, Offer,
    Verdict,
};

use crate::book::Book;

pub type Shared = Rc<RefCell<Node>>;

/// Who is who: every device's office, and each office's superior.
#[derive(Clone, Default)]
pub struct World {
    pub devices: BTreeMap<DeviceId, OfficeId>,
    pub parents: BTreeMap<OfficeId, OfficeId>,
}

impl World {
    /// Adds a device and places its office below the top one.
    pub fn add(&mut self, node: &Node, top: OfficeId) {
        self.devices.insert(node.id(), node.office);
        if node.office != top {
            self.parents.insert(node.office, top);
        }
    }

    fn reads(&self, office: &OfficeId, key: &BookKey) -> bool {
        match key.kind.scope() {
            Scope::Up => key.office == *office || self.parents.get(&key.office) == Some(office),
            Scope::Down => key.office == *office || key.superior == Some(*office),
            Scope::Own => key.office == *office,
        }
    }
}

pub struct Node {
    pub key: DeviceKey,
    pub office: OfficeId,
    pub world: World,
    pub books: BTreeMap<BookId, Book>,
    pub dropped: BTreeMap<BookId, CatalogEntry>,
    shared: BTreeMap<(DeviceId, BookId), BTreeSet<ChangeHash>>,
    pub carriers: BTreeMap<Offer, Vec<u8>>,
    partial: BTreeMap<[u8; 32], Vec<u8>>,
    pub keys: BTreeMap<RecordId, HouseholdKey>,
    pub receipts: Vec<Receipt>,
    /// Changes that came although they were here, accepted or staged.
    pub repeats: usize,
    /// Asks of each kind.
    pub asked: BTreeMap<&'static str, usize>,
    pub join: Option<(Serial, JoinAnswer)>,
    pub joined: Option<JoinGrant>,
    counter: u64,
}

impl Node {
    pub fn new(seed: u8, office: u8) -> Shared {
        Rc::new(RefCell::new(Self::alone(seed, office)))
    }

    pub fn alone(seed: u8, office: u8) -> Self {
        Self {
            key: DeviceKey::from_bytes(&[seed; 32]),
            office: OfficeId([office; 16]),
            world: World::default(),
            books: BTreeMap::new(),
            dropped: BTreeMap::new(),
            shared: BTreeMap::new(),
            carriers: BTreeMap::new(),
            partial: BTreeMap::new(),
            keys: BTreeMap::new(),
            receipts: Vec::new(),
            repeats: 0,
            asked: BTreeMap::new(),
            join: None,
            joined: None,
            counter: 0,
        }
    }

    pub fn id(&self) -> DeviceId {
        self.key.id()
    }

    pub fn edit(&mut self, key: &BookKey, count: usize, size: usize, rng: &mut Rng) {
        let book = self.books.entry(key.id()).or_insert_with(|| Book::new(key.clone()));
        for _ in 0..count {
            book.edit(&self.key, size, rng);
        }
    }

    pub fn in_scope(&self, peer: &DeviceId, key: &BookKey) -> bool {
        let peer = self.world.devices.get(peer);
        peer.is_some_and(|peer| self.world.reads(peer, key)) && self.world.reads(&self.office, key)
    }

    fn is_superior(&self, peer: &DeviceId) -> bool {
        self.world.parents.get(&self.office) == self.world.devices.get(peer)
    }

    fn holding(&self, peer: &DeviceId, book: &Book) -> Holding {
        let key = book.key.clone();
        let owed = match key.kind.scope() {
            Scope::Up => key.office == self.office && self.is_superior(peer),
            Scope::Down => key.superior == Some(self.office) && self.world.devices.get(peer) == Some(&key.office),
            Scope::Own => false,
        };
        let entry = CatalogEntry { key, state: BookState::Open, heads: book.heads(), aside: book.aside() };
        Holding { entry, owed }
    }

    pub fn catalog(&self, peer: &DeviceId) -> Catalog {
        let open = self.books.values().filter(|book| self.in_scope(peer, &book.key));
        let mut books: Vec<_> =
            open.filter(|book| !book.order.is_empty()).map(|book| self.holding(peer, book)).collect();
        let dropped = self.dropped.values().filter(|entry| self.in_scope(peer, &entry.key)).cloned();
        books.extend(dropped.map(|entry| Holding { entry, owed: false }));
        let both = [Some(&self.office), self.world.devices.get(peer)];
        let carriers = self.carriers.keys().filter(|offer| both.contains(&Some(&offer.office))).cloned().collect();
        let same = self.world.devices.get(peer) == Some(&self.office);
        let rows: Vec<u8> = self.keys.iter().flat_map(|(id, key)| id.0.into_iter().chain(key.0)).collect();
        let keys = same.then(|| ybz_domain::ids::tagged_hash("keys", &[&rows]));
        Catalog { books, carriers, keys }
    }

    fn hello(&self) -> HelloData {
        HelloData {
            tree: Some(TreeId([9; 32])),
            statements: Statements::default(),
            logs: Vec::new(),
            incarnation: Incarnation([1; 16]),
            counter: self.counter,
            seen: Vec::new(),
            entries: Vec::new(),
            addresses: Vec::new(),
        }
    }

    fn admission(&self, peer: &DeviceId) -> Option<Admission> {
        let office = self.world.devices.get(peer)?;
        Some(Admission { statements: Statements::default(), confirmed: *office == self.office })
    }

    pub fn answer(&mut self, peer: &DeviceId, ask: Ask) -> Answer {
        let name = format!("{ask:?}");
        let name = name.split([' ', '(', '{']).next().unwrap_or_default().to_owned();
        *self.asked.entry(Box::leak(name.into_boxed_str())).or_default() += 1;
        match ask {
            Ask::Hello { theirs, .. } => {
                let digest =
                    (theirs.is_none() && self.world.devices.contains_key(peer)).then(|| self.catalog(peer).digest());
                Answer::Hello { data: Box::new(self.hello()), digest }
            }
            Ask::Admit { peer, .. } | Ask::Recheck { peer } => Answer::Admit(self.admission(&peer)),
            Ask::Catalog => Answer::Catalog(self.catalog(peer)),
            Ask::Books(ids) => {
                let books = ids.iter().filter_map(|id| self.books.get(id));
                let scoped = books.filter(|book| self.in_scope(peer, &book.key));
                Answer::Books(scoped.map(|book| self.holding(peer, book)).collect())
            }
            Ask::Compare { books, offers } => {
                // An office's own carriers are made by itself: an older one is not taken back.
                let wants = offers
                    .into_iter()
                    .filter(|offer| offer.office != self.office)
                    .map(|offer| {
                        let from = self.partial.get(&offer.digest).map_or(0, Vec::len) as u64;
                        Want { digest: offer.digest, from }
                    })
                    .collect();
                Answer::Compared { books: books.iter().map(|entry| self.compare(peer, entry)).collect(), wants }
            }
            Ask::Missing { book, mut have, aside, wanted } => {
                if wanted.is_empty() {
                    have.extend(self.shared.get(&(*peer, book.id())).into_iter().flatten());
                }
                assert!(self.in_scope(peer, &book), "asked for a book out of scope");
                Answer::Missing(
                    self.books.get(&book.id()).map(|book| book.missing(&have, &aside, &wanted)).unwrap_or_default(),
                )
            }
            Ask::Accept { book, changes, attestations } => {
                Answer::Verdict(self.accept(peer, book, &changes, attestations))
            }
            Ask::Acked(acks) => {
                for ack in acks {
                    // The peer may be ahead: shared is what both hold.
                    let book = self.books.get(&ack.book);
                    let held = ack.heads.into_iter().filter(|head| book.is_some_and(|book| book.holds(head)));
                    self.shared.entry((*peer, ack.book)).or_default().extend(held);
                }
                Answer::Done
            }
            Ask::SignReceipt(received) => Answer::Receipt(self.sign(peer, received)),
            Ask::TakeReceipt(receipt) => {
                let receipt = receipt.open().unwrap();
                self.receipts.push(receipt.clone());
                Answer::ReceiptTaken(Some(receipt.received))
            }
            Ask::Keys => {
                Answer::Keys(self.keys.iter().map(|(id, key)| KeyRow::Key(*id, Serial([0; 16]), key.clone())).collect())
            }
            Ask::TakeKeys(rows) => {
                for row in rows {
                    if let KeyRow::Key(id, _, key) = row {
                        self.keys.entry(id).or_insert(key);
                    }
                }
                Answer::Done
            }
            Ask::ReadCarrier { offer, from, limit } => {
                let bytes = &self.carriers[&offer][usize::try_from(from).unwrap()..];
                Answer::Carrier(bytes[..bytes.len().min(limit)].to_vec())
            }
            Ask::PutCarrier { offer, at, bytes, last } => {
                let partial = self.partial.entry(offer.digest).or_default();
                assert_eq!(partial.len() as u64, at, "parts come in order");
                partial.extend(bytes);
                if last {
                    let whole = self.partial.remove(&offer.digest).unwrap();
                    // One per kind, office and period.
                    self.carriers.retain(|known, _| {
                        (known.kind, known.office, &known.period) != (offer.kind, offer.office, &offer.period)
                    });
                    self.carriers.insert(offer, whole);
                }
                Answer::Put(true)
            }
            Ask::Join { request, nonces, .. } => Answer::Join(match &self.join {
                Some((slot, _)) if *slot == request.slot => match nonces {
                    None => JoinAnswer::Challenge([0x5a; 32]),
                    Some(_) => JoinAnswer::Waiting,
                },
                _ => JoinAnswer::Refused,
            }),
            Ask::JoinDecision { .. } => Answer::Join(self.join.clone().unwrap().1),
            Ask::Joined(grant) => {
                self.joined = Some(*grant);
                Answer::Done
            }
            Ask::Learn(_) => Answer::Done,
        }
    }

    fn compare(&self, peer: &DeviceId, entry: &CatalogEntry) -> Compared {
        if !self.in_scope(peer, &entry.key) {
            return Compared::Foreign;
        }
        match self.books.get(&entry.key.id()) {
            Some(book) if entry.heads.iter().all(|head| book.accepted.contains_key(head)) => Compared::Covered,
            Some(book) => {
                let shared = self.shared.get(&(*peer, entry.key.id())).into_iter().flatten().copied();
                Compared::Beyond { samples: book.samples().into_iter().chain(shared).collect() }
            }
            None => Compared::Beyond { samples: Vec::new() },
        }
    }

    fn accept(
        &mut self,
        peer: &DeviceId,
        key: BookKey,
        changes: &[Vec<u8>],
        attestations: Vec<Signed<ybz_domain::accept::Attestation>>,
    ) -> Verdict {
        assert!(self.in_scope(peer, &key), "a book out of scope reached the rules");
        let id = key.id();
        let writer = key.writer();
        let world = self.world.clone();
        let book = self.books.entry(id).or_insert_with(|| Book::new(key));
        let hashes: Vec<_> = changes
            .iter()
            .filter_map(|bytes| ybz_domain::accept::parse_change(bytes).ok())
            .map(|c| c.meta.hash)
            .collect();
        self.repeats += hashes.iter().filter(|hash| book.holds(hash)).count();
        let verdict = book.accept(changes, attestations, |device| world.devices.get(device) == Some(&writer));
        let held = hashes.into_iter().filter(|hash| book.holds(hash));
        self.shared.entry((*peer, id)).or_default().extend(held);
        verdict
    }

    fn sign(&mut self, peer: &DeviceId, received: Received) -> Option<Box<Signed<Receipt>>> {
        let from = *self.world.devices.get(peer)?;
        let mine = |key: &BookKey| match key.kind.scope() {
            Scope::Up => key.office == from && self.world.parents.get(&from) == Some(&self.office),
            Scope::Down => key.office == self.office && key.superior == Some(from),
            Scope::Own => false,
        };
        let received = match received {
            Received::Books(books) => {
                let mut kept = Vec::new();
                for (id, heads) in books {
                    let Some(book) = self.books.get(&id).filter(|book| mine(&book.key)) else { continue };
                    assert!(
                        heads.iter().all(|head| book.accepted.contains_key(head)),
                        "a receipt for what is not accepted"
                    );
                    kept.push((id, heads));
                }
                if kept.is_empty() {
                    return None;
                }
                Received::Books(kept)
            }
            catalog => {
                if !self.books.values().any(|book| mine(&book.key)) {
                    return None;
                }
                catalog
            }
        };
        self.counter += 1;
        let receipt = Receipt {
            tree: TreeId([9; 32]),
            office: self.office,
            from,
            incarnation: Incarnation([1; 16]),
            counter: self.counter,
            on: date(2026, 3, 5),
            log_head: None,
            received,
        };
        Some(Box::new(Signed::sign(&self.key, &receipt)))
    }

    pub fn offer(&mut self, period: &str, bytes: Vec<u8>) {
        let digest = ybz_domain::ids::tagged_hash("carrier", &[&bytes]);
        let size = bytes.len() as u64;
        let offer =
            Offer { kind: CarrierKind::FACT_SHEET, office: self.office, period: period.to_owned(), digest, size };
        self.carriers.retain(|known, _| known.period != offer.period);
        self.carriers.insert(offer, bytes);
    }
}
