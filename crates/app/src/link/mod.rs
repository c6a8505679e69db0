//! The link to other nodes: answers what the session machine asks, from the store, by the rules of the domain.

pub(crate) mod answer;
pub(crate) mod bundle;
pub(crate) mod card;
mod carriers;
mod held;
pub(crate) mod house;
mod join;
mod joining;
mod orders;
pub(crate) mod paper;
mod proof;
pub(crate) mod scope;
pub(crate) mod service;
pub(crate) mod settle;
pub(crate) mod sheets;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;
use tokio::task::AbortHandle;
use ybz_domain::book::BookKind;
use ybz_domain::ids::{BookId, DeviceId, OfficeId, Serial};
use ybz_domain::trust::Membership;
use ybz_store::Store;

use crate::dto::sync::JoinState;

pub use service::ServeOptions;

/// Something a person decided about a join: slot, device, yes or no.
type Decision = (Serial, DeviceId, bool);

/// What the link is doing now.
#[derive(Default)]
struct State {
    addresses: Vec<String>,
    sessions: BTreeMap<u64, service::Handle>,
    next_session: u64,
    join: Option<JoinState>,
    /// The attempt to join that goes on.
    join_task: Option<AbortHandle>,
    stopped: Option<String>,
    network: Option<ybz_sync::Network>,
}

/// Sessions with other nodes.
pub(crate) struct Link {
    state: Mutex<State>,
    /// Keeps where this node's own joining stands.
    store: Option<Store>,
    decisions: broadcast::Sender<Decision>,
    reading: Arc<AtomicU8>,
    /// Batches accepted since the node was opened.
    accepted: AtomicU64,
    sheets: Arc<sheets::Sheets>,
}

impl Default for Link {
    fn default() -> Self {
        Self {
            state: Mutex::default(),
            store: None,
            decisions: broadcast::channel(16).0,
            reading: Arc::default(),
            accepted: AtomicU64::default(),
            sheets: Arc::default(),
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // Whoever keeps sheets current sees that there is nothing left to do.
        self.sheets.wake();
    }
}

/// Nobody reads in.
const IDLE: u8 = 0;
/// Someone reads in.
const READING: u8 = 1;
/// Someone reads in, and more may have come since it began.
const AGAIN: u8 = 2;

/// The right to read in; given back when it is dropped.
pub(crate) struct ReadingTurn(Option<Arc<AtomicU8>>);

impl ReadingTurn {
    /// What is asked for from now on needs another pass.
    pub(crate) fn begin(&self) {
        if let Some(state) = &self.0 {
            state.store(READING, Ordering::SeqCst);
        }
    }

    /// Gives the turn back, unless another pass was asked for since the last one began.
    pub(crate) fn end(mut self) -> Option<Self> {
        let state = self.0.take()?;
        match state.compare_exchange(READING, IDLE, Ordering::SeqCst, Ordering::SeqCst) {
            Ok(_) => None,
            Err(_) => Some(Self(Some(state))),
        }
    }
}

impl Drop for ReadingTurn {
    fn drop(&mut self) {
        if let Some(state) = &self.0 {
            state.store(IDLE, Ordering::SeqCst);
        }
    }
}

impl Link {
    /// The link of a node that was closed: what its own joining waited for is known again.
    pub(crate) fn of(store: Store) -> Self {
        let mut link = Self::default();
        link.state().join = joining::kept(&store);
        link.store = Some(store);
        link
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Addresses this node listens on; empty when it does not.
    pub(crate) fn addresses(&self) -> Vec<String> {
        self.state().addresses.clone()
    }

    /// The addresses worth telling others: those of this machine alone only if there are no others.
    pub(crate) fn callable(&self) -> Vec<SocketAddr> {
        let all: Vec<SocketAddr> = self.addresses().iter().filter_map(|text| text.parse().ok()).collect();
        let (here, elsewhere): (Vec<_>, Vec<_>) = all.into_iter().partition(|address| address.ip().is_loopback());
        if elsewhere.is_empty() { here } else { elsewhere }
    }

    /// Devices with an open session.
    pub(crate) fn connected(&self) -> BTreeSet<DeviceId> {
        self.state().sessions.values().map(|handle| handle.peer).collect()
    }

    /// Offices with an open session.
    pub(crate) fn connected_offices(&self, membership: &Membership) -> BTreeSet<OfficeId> {
        let connected = self.connected();
        connected.iter().flat_map(|device| membership.offices_of(device)).map(|(office, _)| office).collect()
    }

    /// Books delivered and to deliver in the session that delivers now.
    pub(crate) fn sending(&self, _office: &OfficeId) -> Option<(u32, u32)> {
        self.state().sessions.values().find_map(|handle| handle.sending())
    }

    /// Code of what stopped syncing.
    pub(crate) fn stopped(&self) -> Option<String> {
        self.state().stopped.clone()
    }

    /// Notes whether the disk took what was written: a full one stops delivery until something is written again.
    pub(crate) fn wrote<T>(&self, result: &Result<T, crate::ErrorDto>) {
        match result {
            Ok(_) => self.state().stopped = None,
            Err(error) if error.code == "disk_full" => self.state().stopped = Some(error.code.clone()),
            Err(_) => {}
        }
    }

    /// Day on which a device was last heard of.
    pub(crate) fn last_seen(&self, store: &Store, device: &DeviceId) -> Option<String> {
        let kept = store.setting(&seen_setting(device)).ok().flatten()?;
        kept.as_str().map(str::to_owned)
    }

    /// Tells open sessions that something changed here.
    pub(crate) fn local_change(&self, tags: &BTreeSet<String>) {
        self.sheets.touch(tags);
        // What subordinates deliver concerns no other subordinate: of fifty that reconnect at once none is disturbed.
        let downward = tags.iter().any(|tag| matches!(tag.as_str(), "trust" | "down/dispatch"));
        let beside = tags.iter().any(|tag| matches!(tag.as_str(), "carriers" | "keys"));
        let books = tags.iter().any(|tag| BookKind::try_from(tag.clone()).is_ok());
        if downward || beside || books {
            for handle in self.state().sessions.values().filter(|handle| downward || !handle.is_subordinate()) {
                handle.changed();
            }
        }
    }

    /// Enters a session; its number ends it.
    fn enter(&self, handle: service::Handle) -> u64 {
        let mut state = self.state();
        state.next_session += 1;
        let number = state.next_session;
        state.sessions.insert(number, handle);
        number
    }

    fn leave(&self, number: u64) {
        self.state().sessions.remove(&number);
    }

    /// Takes the turn to read in; whoever has it already will look again.
    pub(crate) fn reading_turn(&self) -> Option<ReadingTurn> {
        let free = self.reading.swap(AGAIN, Ordering::SeqCst) == IDLE;
        free.then(|| ReadingTurn(Some(self.reading.clone())))
    }

    /// Asks every open session for another round.
    pub(crate) fn refresh_all(&self) {
        for handle in self.state().sessions.values() {
            handle.changed();
        }
    }

    /// Ends every open session; they are taken up again with a hello.
    pub(crate) fn end_sessions(&self) {
        for handle in self.state().sessions.values() {
            handle.stop();
        }
    }

    /// The endpoint of the running service.
    pub(crate) fn network(&self) -> Option<ybz_sync::Network> {
        self.state().network.clone()
    }

    pub(crate) fn set_join(&self, state: Option<JoinState>) {
        let before = std::mem::replace(&mut self.state().join, state.clone());
        // Not under the lock: whoever hears of the change may ask the link.
        if let Some(store) = self.store.as_ref().filter(|_| !joining::still_waits(before.as_ref(), state.as_ref())) {
            joining::keep(store, state.as_ref());
        }
    }

    /// Moves this node's own joining to a state, with the digits to compare.
    pub(crate) fn joining(&self, to: &str, code: String) {
        let state = self.state().join.clone();
        self.set_join(state.map(|join| JoinState { state: to.to_owned(), code: Some(code), ..join }));
    }

    /// Ends an attempt to join, before another takes its place: its digits are on no screen any more, and its refusal would
    /// be taken for the new one's.
    pub(crate) fn end_joining(&self) {
        if let Some(before) = self.state().join_task.take() {
            before.abort();
        }
    }

    /// An attempt to join goes on.
    pub(crate) fn begin_joining(&self, task: AbortHandle) {
        self.state().join_task = Some(task);
    }

    /// A person decided about a join.
    pub(crate) fn decide(&self, slot: &Serial, device: &DeviceId, yes: bool) {
        // Nobody may be waiting now: a joiner that comes again finds the decision in the store.
        let _ = self.decisions.send((*slot, *device, yes));
    }

    /// Where this node's own joining stands.
    pub(crate) fn join_state(&self) -> JoinState {
        self.state().join.clone().unwrap_or(JoinState {
            state: "none".to_owned(),
            code: None,
            superior: None,
            error: None,
        })
    }
}

/// Setting that keeps the day on which a device was last heard of.
pub(crate) fn seen_setting(device: &DeviceId) -> String {
    format!("seen/{device}")
}

/// Setting that keeps the addresses that a device told of itself last.
fn heard_setting(device: &DeviceId) -> String {
    format!("heard/{device}")
}

/// Setting that keeps the addresses of a device as its ticket named them.
pub(crate) fn address_setting(device: &DeviceId) -> String {
    format!("addresses/{device}")
}

/// Heads of a book compared as a set.
fn same_heads(a: &[ybz_domain::ids::ChangeHash], b: &[ybz_domain::ids::ChangeHash]) -> bool {
    let set = |heads: &[ybz_domain::ids::ChangeHash]| heads.iter().copied().collect::<BTreeSet<_>>();
    set(a) == set(b)
}

/// Books by id.
type Books = BTreeMap<BookId, ybz_domain::book::BookKey>;
