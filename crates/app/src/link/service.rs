//! The running service: accepts calls, keeps sessions with the superior and the office's other devices, reads in what
//! was accepted.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::mpsc;
use ybz_domain::ids::{DeviceId, OfficeId};
use ybz_domain::trust::compare_code;
use ybz_sync::machine::{Answer, Ask, Local, Progress, Reason, Session};
use ybz_sync::{Backoff, BindOptions, Connection, Network, Report, run_session};

use super::answer::Peer;
use super::{address_setting, heard_setting, join, sheets};
use crate::ErrorDto;
use crate::error::Answer as Done;
use crate::forget;
use crate::node::{Inner, Node, blocking, store_error};

/// How a node serves.
#[derive(Debug, Clone, Copy, Default)]
pub struct ServeOptions {
    /// Where to listen; none: all IPv4 interfaces. Port 0 is the port of last time if it is free, else any free one, so
    /// that the addresses in tickets stay good.
    pub listen: Option<SocketAddr>,
    /// Announce on the local network.
    pub mdns: bool,
}

/// Takes a session off the list also when its future is dropped in the middle.
struct Entered<'a> {
    link: &'a super::Link,
    number: u64,
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.link.leave(self.number);
    }
}

/// An open session, seen from outside.
pub(crate) struct Handle {
    pub(crate) peer: DeviceId,
    answering: Arc<Peer>,
    local: mpsc::Sender<Local>,
    sending: Arc<Mutex<Option<(u32, u32)>>>,
}

impl Handle {
    /// Something changed here: another round, unless one is asked for already.
    pub(crate) fn changed(&self) {
        let _ = self.local.try_send(Local::Refresh);
    }

    /// The peer stands below this node's offices and shares no office with it.
    pub(crate) fn is_subordinate(&self) -> bool {
        self.answering.is_subordinate()
    }

    pub(crate) fn stop(&self) {
        let _ = self.local.try_send(Local::Stop);
    }

    pub(crate) fn sending(&self) -> Option<(u32, u32)> {
        *self.sending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Node {
    /// Starts the network endpoint and keeps in touch with the neighbours. Returns the addresses.
    ///
    /// # Errors
    /// `network_unavailable` with the reason.
    pub async fn serve(&self, options: ServeOptions) -> Done<Vec<String>> {
        let network = bind_as_before(&self.0, options).await?;
        let addresses: Vec<String> = network.addresses().iter().map(SocketAddr::to_string).collect();
        {
            let mut state = self.0.link.state();
            state.addresses.clone_from(&addresses);
            state.network = Some(network.clone());
        }
        tokio::spawn(accept_loop(Arc::downgrade(&self.0), network.clone()));
        tokio::spawn(neighbours_loop(Arc::downgrade(&self.0), network));
        tokio::spawn(sheets::keep_current(Arc::downgrade(&self.0)));
        tokio::spawn(crate::backups::keep(Arc::downgrade(&self.0)));
        read_in_later(&self.0);
        Ok(addresses)
    }

    /// Ends sessions and the endpoint.
    pub async fn shutdown(&self) {
        let network = {
            let mut state = self.0.link.state();
            for handle in state.sessions.values() {
                handle.stop();
            }
            state.addresses.clear();
            state.network.take()
        };
        if let Some(network) = network {
            network.close().await;
        }
    }
}

/// Setting that keeps the port this node listens on.
const PORT: &str = "listen_port";

/// Tenths of a second in which the port of last time may become free: others know this node by it.
const LET_GO: u32 = 20;

async fn bind_as_before(inner: &Arc<Inner>, options: ServeOptions) -> Done<Network> {
    let any = SocketAddr::from(([0, 0, 0, 0], 0));
    let listen = options.listen.unwrap_or(any);
    let kept = inner.store.setting(PORT).map_err(store_error)?.and_then(|port| port.as_u64());
    let kept = kept.and_then(|port| u16::try_from(port).ok()).filter(|_| listen.port() == 0);
    let mut network = None;
    if let Some(port) = kept {
        let mut tries = 0;
        network = loop {
            match bind(inner, Some(SocketAddr::new(listen.ip(), port)), options.mdns).await {
                Ok(network) => break Some(network),
                Err(_) if tries >= LET_GO => break None,
                // Sessions that just ended let go of it a moment after the one who ended them.
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
            tries += 1;
        };
    }
    let network = match network {
        Some(network) => network,
        None => bind(inner, Some(listen), options.mdns).await?,
    };
    if let Some(port) = network.addresses().first().map(SocketAddr::port)
        && kept != Some(port)
    {
        inner.store.put_setting(PORT, &serde_json::json!(port)).map_err(store_error)?;
    }
    Ok(network)
}

/// Binds the endpoint with this device's key.
pub(crate) async fn bind(inner: &Inner, listen: Option<SocketAddr>, mdns: bool) -> Done<Network> {
    let options = BindOptions { secret: inner.store.device().to_bytes(), listen, mdns, relay: None };
    Network::bind(options).await.map_err(|error| ErrorDto::new("network_unavailable").with("detail", error))
}

async fn accept_loop(node: Weak<Inner>, network: Network) {
    while let Some(incoming) = network.accept().await {
        let node = node.clone();
        tokio::spawn(async move {
            let Some(connection) = incoming.connect().await else { return };
            let Some(inner) = node.upgrade() else { return };
            let session = Session::accept(connection.peer());
            let _ = run(&inner, &connection, session, None).await;
        });
    }
}

/// Dials every neighbour that this node calls (superiors, and own devices with a higher id) and stays in touch.
async fn neighbours_loop(node: Weak<Inner>, network: Network) {
    let mut called: std::collections::BTreeSet<DeviceId> = std::collections::BTreeSet::new();
    loop {
        let Some(inner) = node.upgrade() else { return };
        let look = inner.clone();
        let found = blocking(move || neighbours(&look)).await.unwrap_or_default();
        for device in found {
            if called.insert(device) {
                tokio::spawn(stay_in_touch(node.clone(), network.clone(), device));
            }
        }
        let cursor = inner.feed.wait(crate::dto::node::WaitInput::default()).await.cursor;
        // Membership changes rarely; look again when anything did, at most every other second.
        let wait = crate::dto::node::WaitInput { cursor, timeout_ms: 25_000 };
        inner.feed.wait(wait).await;
        drop(inner);
        tokio::time::sleep(Duration::from_secs(2)).await;
        if node.upgrade().is_none_or(|inner| inner.link.state().network.is_none()) {
            return;
        }
    }
}

/// Devices that this node calls: the superior's, and those of its own offices of which it has a ticket or, on the local
/// network, has the lower id, so that only one of the two calls.
pub(crate) fn neighbours(inner: &Arc<Inner>) -> Done<Vec<DeviceId>> {
    let kept = inner.store.kept().map_err(store_error)?;
    let membership = &kept.membership;
    let me = inner.store.device().id();
    let mut out = Vec::new();
    for office in inner.offices()? {
        let mut offices: Vec<OfficeId> = vec![office];
        offices.extend(membership.parent(&office));
        out.extend(super::orders::called(&kept, &office, &me));
        for near in offices {
            let Some(view) = membership.offices.get(&near) else { continue };
            for (device, certificate) in &view.devices {
                let first =
                    near != office || *device > me || !kept_addresses(inner, &address_setting(device)).is_empty();
                let calls = *device != me && certificate.removed.is_none() && first;
                if calls && !out.contains(device) {
                    out.push(*device);
                }
            }
        }
    }
    Ok(out)
}

/// Addresses of a device: those it told last, then those in the ticket it gave, or in an order.
pub(crate) fn addresses_of(inner: &Inner, device: &DeviceId) -> Vec<SocketAddr> {
    let mut all = kept_addresses(inner, &heard_setting(device));
    let told = inner.store.kept().map(|kept| super::orders::addresses(&kept, device)).unwrap_or_default();
    for address in kept_addresses(inner, &address_setting(device)).into_iter().chain(told) {
        if !all.contains(&address) {
            all.push(address);
        }
    }
    all
}

fn kept_addresses(inner: &Inner, setting: &str) -> Vec<SocketAddr> {
    let kept = inner.store.setting(setting).ok().flatten();
    let texts: Vec<String> = kept.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default();
    texts.iter().filter_map(|text| text.parse().ok()).collect()
}

async fn stay_in_touch(node: Weak<Inner>, network: Network, device: DeviceId) {
    let mut backoff = Backoff::random();
    loop {
        let Some(inner) = node.upgrade() else { return };
        if inner.link.connected().contains(&device) {
            // It called us; look again later.
            drop(inner);
            tokio::time::sleep(backoff.wait()).await;
            continue;
        }
        let addresses = addresses_of(&inner, &device);
        drop(inner);
        let Ok(connection) = network.dial_until(device, &addresses, &mut backoff).await else { return };
        let Some(inner) = node.upgrade() else { return };
        let session = Session::dial(device, true);
        let report = run(&inner, &connection, session, None).await;
        drop(inner);
        if report.is_ok_and(|report| report.outcome.sent + report.outcome.received > 0) {
            backoff.reset();
        }
        tokio::time::sleep(backoff.wait()).await;
    }
}

/// Runs a session to its end. Blocking work goes to threads made for it; joins wait without one.
pub(crate) async fn run(
    inner: &Arc<Inner>,
    connection: &Connection,
    session: Session,
    joining: Option<Arc<ybz_domain::trust::Ticket>>,
) -> Done<Report> {
    let device = connection.peer();
    let look = inner.clone();
    if let Err(error) = blocking(move || sheets::refresh(&look)).await {
        // What was recorded goes up without it.
        tracing::warn!(code = %error.code, "fact sheets are not current");
    }
    let peer = Arc::new(Peer::new(inner.clone(), device));
    let (sender, receiver) = mpsc::channel(1);
    let ticket = joining.clone();
    let sending = Arc::new(Mutex::new(None));
    let number =
        inner.link.enter(Handle { peer: device, answering: peer.clone(), local: sender, sending: sending.clone() });
    let entered = Entered { link: &inner.link, number };
    inner.feed.publish(["sync"]);
    let answering = peer.clone();
    let brings = peer.clone();
    let backend = move |ask| answer(answering.clone(), joining.clone(), ask);
    let watch = |progress: Progress| {
        let state = match progress {
            Progress::Sending { done, total } => Some(Some((count(done), count(total)))),
            Progress::Settled(_) => Some(None),
            _ => None,
        };
        if let Some(state) = state {
            *sending.lock().unwrap_or_else(PoisonError::into_inner) = state;
        }
        if let (Progress::JoinPending { nonces, office }, Some(ticket)) = (&progress, &ticket) {
            let me = inner.store.device().id();
            inner.link.joining("waiting_approval", compare_code(ticket, &me, office.as_ref(), nonces));
            inner.feed.publish(["join"]);
        }
        if matches!(progress, Progress::Admitted) {
            let peer = peer.clone();
            // Only what 同步 shows hangs on it.
            tokio::task::spawn_blocking(move || peer.note_seen());
        }
        if matches!(progress, Progress::Settled(_)) {
            let peer = peer.clone();
            tokio::task::spawn_blocking(move || peer.open_private());
        }
        inner.feed.publish(["sync"]);
    };
    let report = run_session(connection, session, backend, receiver, watch).await;
    if !brings.is_subordinate() {
        let look = inner.clone();
        if let Err(error) = blocking(move || forget::after_session(&look)).await {
            tracing::warn!(code = %error.code, "what a session brought is not read in");
        }
    }
    drop(entered);
    if report.as_ref().is_ok_and(|report| report.reason == Reason::Complete && !report.outcome.joined) {
        // Whoever asked for the round sees what it opened.
        blocking(move || peer.open_private()).await?;
    }
    inner.feed.publish(["sync"]);
    report.map_err(|error| ErrorDto::new("superior_unreachable").with("detail", error))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

async fn answer(peer: Arc<Peer>, joining: Option<Arc<ybz_domain::trust::Ticket>>, ask: Ask) -> Answer {
    match ask {
        Ask::JoinDecision { peer: device, slot, nonces } => {
            join::decision(peer.inner.clone(), device, slot, nonces).await
        }
        ask => {
            let work = move || match ask {
                Ask::Join { peer: device, request, nonces } => join::asked(&peer.inner, device, &request, nonces),
                Ask::Joined(grant) => match joining {
                    Some(ticket) => match join::keep_grant(&peer.inner, &ticket, &grant) {
                        Ok(()) => Answer::Done,
                        Err(error) => Answer::Failed(error.code),
                    },
                    None => Answer::Failed("not_allowed".to_owned()),
                },
                ask => peer.answer(ask),
            };
            tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Answer::Failed(error.to_string()))
        }
    }
}

/// Deliveries that follow each other closely are accepted and receipted before any of them is read in.
const DELIVERING: Duration = Duration::from_millis(40);
/// But reading in is not put off for longer than this.
const PUT_OFF: u32 = 50;

fn let_deliveries_pass(inner: &Inner) {
    for _ in 0..PUT_OFF {
        let before = inner.link.accepted.load(Ordering::Relaxed);
        std::thread::sleep(DELIVERING);
        if inner.link.accepted.load(Ordering::Relaxed) == before {
            return;
        }
    }
}

/// Reads in accepted changes in the background; one at a time, and again when more came meanwhile.
pub(crate) fn read_in_later(inner: &Arc<Inner>) {
    let inner = inner.clone();
    let Some(turn) = inner.link.reading_turn() else { return };
    // Acceptance runs on threads of its own, so a runtime may or may not be around.
    std::thread::spawn(move || {
        let mut turn = Some(turn);
        while let Some(mine) = turn {
            let_deliveries_pass(&inner);
            mine.begin();
            loop {
                match inner.store.read_in(1024) {
                    Ok(done) if done.remaining == 0 => break,
                    Ok(_) => {}
                    Err(error) => {
                        tracing::error!(%error, "accepted changes wait: reading in failed");
                        return;
                    }
                }
            }
            turn = mine.end();
        }
    });
}
