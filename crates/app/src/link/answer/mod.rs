//! Answers to what the session machine asks, one call on store and rules each.

mod admission;
mod catalog;
pub(super) mod delivery;
mod keys;
mod stick;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ybz_domain::book::BookKey;
use ybz_domain::ids::DeviceId;
use ybz_domain::trust::{Membership, Reader};
use ybz_sync::machine::{Answer, Ask};
use ybz_sync::wire::Statements;

use super::carriers::{self, Partial};
use super::proof::Holds;
use super::scope::{Pair, carried, shared};
use super::seen_setting;
use crate::ErrorDto;
use crate::node::{Inner, store_error};

pub(crate) use stick::Unpacked;

/// How a peer is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// In a session.
    Session,
    /// Through a file that this device writes for it.
    FileOut,
    /// Through a file that it wrote.
    FileIn,
}

/// One peer during one session, or through one file.
pub(crate) struct Peer {
    pub(crate) inner: Arc<Inner>,
    pub(crate) device: DeviceId,
    way: Way,
    state: Mutex<PeerState>,
}

#[derive(Default)]
struct PeerState {
    pairs: Vec<Pair>,
    /// The peer stands below this node's offices and shares no office with it.
    subordinate: bool,
    partial: Partial,
    /// What the peer said in its hello that it need not be told.
    holds: Holds,
}

type Done<T> = Result<T, ErrorDto>;

/// Learns statements that came otherwise than in a session; what does not hold has no effect.
pub(crate) fn learn(inner: &Arc<Inner>, statements: &Statements) -> Done<()> {
    let me = inner.store.device().id();
    Peer::new(inner.clone(), me).learn(statements)
}

impl Peer {
    pub(crate) fn new(inner: Arc<Inner>, device: DeviceId) -> Self {
        Self { inner, device, way: Way::Session, state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, PeerState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pairs(&self) -> Vec<Pair> {
        self.state().pairs.clone()
    }

    fn set_pairs(&self, membership: &Membership, pairs: Vec<Pair>) {
        let below = |pair: &Pair| pair.mine != pair.theirs && membership.is_above(&pair.mine, &pair.theirs);
        let mut state = self.state();
        state.subordinate = !pairs.is_empty() && pairs.iter().all(below);
        state.pairs = pairs;
    }

    /// Keeps the day on which a neighbour was heard of.
    pub(crate) fn note_seen(&self) -> Done<()> {
        let today = serde_json::json!(self.inner.today().to_string());
        let seen = seen_setting(&self.device);
        let known =
            self.pairs().is_empty() || self.inner.store.setting(&seen).map_err(store_error)?.as_ref() == Some(&today);
        if known { Ok(()) } else { self.inner.store.put_setting(&seen, &today).map_err(store_error) }
    }

    /// Everything shared with the peer goes up from it: it is a subordinate and nothing else.
    pub(crate) fn is_subordinate(&self) -> bool {
        self.state().subordinate
    }

    pub(crate) fn membership(&self) -> Done<Arc<Membership>> {
        self.inner.store.membership().map_err(store_error)
    }

    fn me(&self) -> DeviceId {
        self.inner.store.device().id()
    }

    /// Whether a book is one of those that both sides may read. In a file its writer's side may have ended since.
    fn in_scope(&self, membership: &Membership, key: &BookKey) -> bool {
        let (me, pairs) = (self.me(), self.pairs());
        let ended = |pair: &Pair| {
            let (mine, theirs) =
                (Reader { office: pair.mine, device: me }, Reader { office: pair.theirs, device: self.device });
            match self.way {
                Way::Session => false,
                Way::FileOut => carried(membership, mine, theirs, key),
                Way::FileIn => carried(membership, theirs, mine, key),
            }
        };
        shared(membership, &me, &self.device, &pairs, key) || pairs.iter().any(ended)
    }

    /// Answers anything but joins, which wait for people. Blocks on the disk.
    pub(crate) fn answer(&self, ask: Ask) -> Answer {
        let writes = matches!(ask, Ask::Accept { .. } | Ask::PutCarrier { .. } | Ask::TakeReceipt(_));
        let answered = match ask {
            Ask::Hello { theirs, .. } => self.hello(theirs.as_deref()),
            Ask::Admit { hello, .. } => self.admit(&hello),
            Ask::Recheck { .. } => self.recheck(),
            Ask::Learn(statements) => self.learn(&statements).map(|()| Answer::Done),
            Ask::Catalog => self.catalog().map(Answer::Catalog),
            Ask::Books(books) => self.holdings(Some(&books)).map(Answer::Books),
            Ask::Compare { books, offers } => self.compare(&books, &offers),
            Ask::Missing { book, have, aside, wanted } => self.missing(&book, have, &aside, &wanted),
            Ask::Accept { book, changes, attestations } => self.accept(&book, &changes, attestations),
            Ask::Acked(acks) => self.acked(acks).map(|()| Answer::Done),
            Ask::SignReceipt(received) => self.sign_receipt(received),
            Ask::TakeReceipt(receipt) => self.take_receipt(&receipt).map(Answer::ReceiptTaken),
            Ask::Keys => self.keys().map(Answer::Keys),
            Ask::TakeKeys(rows) => self.take_keys(rows).map(|()| Answer::Done),
            Ask::ReadCarrier { offer, from, limit } => {
                carriers::read(&self.inner, &offer, from, limit).map(Answer::Carrier)
            }
            Ask::PutCarrier { offer, at, bytes, last } => self.put_carrier(&offer, at, &bytes, last),
            Ask::Join { .. } | Ask::JoinDecision { .. } | Ask::Joined(_) => Err(ErrorDto::new("not_allowed")),
        };
        if writes {
            self.inner.link.wrote(&answered);
        }
        answered.unwrap_or_else(|error| Answer::Failed(error.code))
    }
}
