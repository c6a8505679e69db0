//! `sync.now` and `snapshot.pull`: calls that wait for the network.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use ybz_domain::ids::{DeviceId, OfficeId};
use ybz_domain::office::OfficeKind;
use ybz_sync::machine::{Reason, Session};
use ybz_sync::{Backoff, Network};

use crate::ErrorDto;
use crate::cases::{snapshot, status};
use crate::cx::Cx;
use crate::dto::snapshot::SnapshotCard;
use crate::dto::sync::{SyncExchange, SyncNowInput, SyncOutcome};
use crate::error::Answer;
use crate::link::house;
use crate::link::service::{addresses_of, bind, neighbours, run};
use crate::node::{Inner, blocking, store_error};

const DEFAULT_TIMEOUT: u32 = 30;
const LONGEST_TIMEOUT: u32 = 600;
/// A colleague or subordinate that can be reached answers within this time.
const AT_ONCE: Duration = Duration::from_secs(5);
/// Sessions that one call opens with a device: one that breaks goes on in the next.
const SESSIONS: usize = 3;

fn timeout(input: &SyncNowInput) -> Duration {
    let seconds = if input.timeout_s == 0 { DEFAULT_TIMEOUT } else { input.timeout_s.min(LONGEST_TIMEOUT) };
    Duration::from_secs(seconds.into())
}

/// The endpoint of the running service, or one for this call; true when it must be closed after it. One for this call looks
/// around on the local network too, unless everybody to be called is known to be on this machine.
pub(crate) async fn network<'a>(
    node: &Inner,
    mut known: impl Iterator<Item = &'a [SocketAddr]>,
) -> Answer<(Network, bool)> {
    if let Some(network) = node.link.network() {
        return Ok((network, false));
    }
    let elsewhere = known.any(|addresses| !addresses.iter().any(|address| address.ip().is_loopback()));
    Ok((bind(node, None, node.looks_around() && elsewhere).await?, true))
}

/// A device to call, and what came of it so far: it stays when time runs out.
struct Call {
    device: DeviceId,
    office: String,
    /// Others are called if they can be reached at once, and not waited for.
    superior: bool,
    addresses: Vec<SocketAddr>,
    met: Mutex<Met>,
}

/// What one call brought about with a device.
#[derive(Debug, Default, Clone, Copy)]
struct Met {
    reached: bool,
    /// A round went through.
    complete: bool,
    /// In one the superior receipted everything.
    delivered: bool,
    /// No round goes on.
    ended: bool,
    refused: bool,
    sent: u32,
    received: u32,
}

impl Call {
    fn met(&self) -> MutexGuard<'_, Met> {
        self.met.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn exchange(&self) -> SyncExchange {
        let Met { reached, complete, sent, received, .. } = *self.met();
        let (device, office) = (self.device.to_string(), self.office.clone());
        SyncExchange { device, office, superior: self.superior, reached, complete, sent, received }
    }

    /// One round. A superior is dialled until it answers, or until another device of it is `through`; others once.
    async fn round(&self, node: &Arc<Inner>, network: &Network, through: &watch::Sender<bool>) {
        let mut others = through.subscribe();
        let mut backoff = Backoff::random();
        for _ in 0..SESSIONS {
            let dialled = if self.superior {
                tokio::select! {
                    dialled = network.dial_until(self.device, &self.addresses, &mut backoff) => dialled,
                    _ = others.wait_for(|through| *through) => break,
                }
            } else {
                match tokio::time::timeout(AT_ONCE, network.dial(self.device, &self.addresses)).await {
                    Ok(dialled) => dialled,
                    Err(_) => break,
                }
            };
            let Ok(connection) = dialled else { break };
            self.met().reached = true;
            let Ok(report) = run(node, &connection, Session::dial(self.device, false), None).await else { break };
            let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
            let mut met = self.met();
            met.sent = met.sent.saturating_add(count(report.outcome.sent));
            met.received = met.received.saturating_add(count(report.outcome.received));
            met.refused |= report.outcome.refused_there > 0 || report.reason == Reason::Refused;
            met.complete = report.reason == Reason::Complete;
            met.delivered |= report.outcome.delivered;
            match report.reason {
                Reason::Complete => {
                    // A device that signs no receipts is no reason to leave off the one that does.
                    let receipted = self.superior && (report.outcome.delivered || report.outcome.owed == 0);
                    through.send_if_modified(|through| receipted && !std::mem::replace(through, true));
                    break;
                }
                // The connection broke: what was staged is not sent again.
                Reason::Cut => {}
                reason => {
                    tracing::info!(?reason, "the round ended early");
                    break;
                }
            }
        }
        self.met().ended = true;
    }
}

/// `sync.now`: one round with the superior, the office's other devices and the subordinates that can be reached, all at once,
/// or with one device alone. Delivered only when the superior (if any) has receipted everything. What was exchanged is told
/// also when the superior is not reached.
pub(crate) async fn sync_now(node: Arc<Inner>, office: Option<String>, input: SyncNowInput) -> Answer<SyncOutcome> {
    let (look, id, wanted) = (node.clone(), office.clone(), input.device.clone());
    let (office, superior, calls) = blocking(move || {
        let cx = Cx::new(&look, id.as_deref())?;
        let superior = cx.superior();
        let mut calls = calls(&cx, superior)?;
        if let Some(device) = &wanted {
            calls.retain(|call| call.device.to_string() == *device);
            if calls.is_empty() {
                return Err(ErrorDto::new("not_found").at("device"));
            }
        }
        Ok((cx.office, superior, calls))
    })
    .await?;
    if !calls.is_empty() {
        let (network, ours) = network(&node, calls.iter().map(|call| call.addresses.as_slice())).await?;
        // Who is not through when the time is over is told as far as it came.
        let _ = tokio::time::timeout(timeout(&input), rounds(&node, &network, &calls)).await;
        if ours {
            network.close().await;
        }
    }
    blocking(move || {
        settle_reading(&node)?;
        house::deliver(&node)?;
        let cx = Cx::of(&node, office)?;
        let unsent = cx.unsent()?;
        let status = status::status(&cx)?;
        let removed = status.stopped.as_deref() == Some("device_removed");
        let here = superior.is_some_and(|superior| node.offices().is_ok_and(|offices| offices.contains(&superior)));
        let reason = match superior {
            // Its superior's books are kept here: what is on disk was received.
            _ if removed => Some("device_removed"),
            Some(_) if here => (unsent > 0).then_some("not_receipted"),
            Some(_) => why_not(&calls, unsent),
            None => None,
        };
        let exchanged: Vec<SyncExchange> = calls.iter().map(|call| call.exchange()).collect();
        let total = |of: fn(&SyncExchange) -> u32| exchanged.iter().map(of).fold(0, u32::saturating_add);
        Ok(SyncOutcome {
            delivered: reason.is_none(),
            has_superior: superior.is_some(),
            sent: total(|exchange| exchange.sent),
            received: total(|exchange| exchange.received),
            reason: reason.map(str::to_owned),
            exchanged,
            status,
        })
    })
    .await
}

/// Why the superior has not receipted everything, if so.
fn why_not(calls: &[Arc<Call>], unsent: u32) -> Option<&'static str> {
    let superior: Vec<Met> = calls.iter().filter(|call| call.superior).map(|call| *call.met()).collect();
    let any = |is: fn(&Met) -> bool| superior.iter().any(is);
    if !any(|met| met.reached) {
        Some("superior_unreachable")
    } else if any(|met| met.refused) {
        Some("refused")
    } else if !any(|met| met.complete) {
        Some(if any(|met| met.reached && !met.ended) { "timeout" } else { "not_receipted" })
    } else if unsent > 0 {
        Some("not_receipted")
    } else {
        None
    }
}

fn calls(cx: &Cx<'_>, superior: Option<OfficeId>) -> Answer<Vec<Arc<Call>>> {
    let membership = cx.membership();
    let near = neighbours(cx.node)?.into_iter().map(|device| {
        // Who is called and certified nowhere yet is named by the order that moved this office.
        let unknown = membership.offices_of(&device).is_empty();
        let above = superior.filter(|superior| unknown || membership.certificate(superior, &device).is_some());
        let theirs = || membership.offices_of(&device).first().map(|(office, _)| *office);
        let office = above.or_else(theirs).unwrap_or(cx.office);
        call(cx, device, office, above.is_some())
    });
    let mut calls: Vec<Arc<Call>> = near.collect();
    // Subordinates call by themselves; those that said where they listen are called.
    let below = below(cx).into_iter().filter(|call| !call.addresses.is_empty());
    calls.extend(below.filter(|call| !calls.iter().any(|known| known.device == call.device)).collect::<Vec<_>>());
    Ok(calls)
}

/// The devices of direct subordinates.
fn below(cx: &Cx<'_>) -> Vec<Arc<Call>> {
    let membership = cx.membership();
    let mut below = Vec::new();
    for child in membership.children(&cx.office) {
        let devices = membership.offices.get(&child).into_iter().flat_map(|view| &view.devices);
        let me = cx.device().id();
        let devices = devices.filter(|(device, certificate)| certificate.removed.is_none() && **device != me);
        below.extend(devices.map(|(device, _)| call(cx, *device, child, false)));
    }
    below
}

fn call(cx: &Cx<'_>, device: DeviceId, office: OfficeId, superior: bool) -> Arc<Call> {
    let addresses = addresses_of(cx.node, &device);
    Arc::new(Call { device, office: cx.name_of(&office), superior, addresses, met: Mutex::default() })
}

/// A round with each, at once: one that is not reached holds up nobody. Once a device of the superior has everything, its
/// other devices are not waited for.
async fn rounds(node: &Arc<Inner>, network: &Network, calls: &[Arc<Call>]) {
    let through = watch::Sender::new(false);
    let mut open = tokio::task::JoinSet::new();
    for call in calls {
        let (call, node, network, through) = (call.clone(), node.clone(), network.clone(), through.clone());
        open.spawn(async move { call.round(&node, &network, &through).await });
    }
    while open.join_next().await.is_some() {}
    // What another device of this office brought meanwhile goes up as well.
    let brought = calls.iter().any(|call| !call.superior && call.met().received > 0);
    if brought && let Some(superior) = calls.iter().find(|call| call.superior && call.met().delivered) {
        superior.round(node, network, &watch::Sender::new(false)).await;
    }
}

/// Lets what was accepted be read in before the answer, so that the next query sees it.
pub(crate) fn settle_reading(node: &Arc<Inner>) -> Answer<()> {
    while node.store.read_in(4096).map_err(store_error)?.remaining > 0 {}
    Ok(())
}

/// `snapshot.pull`: a round with every subordinate committee that can be reached, then the snapshots held.
pub(crate) async fn pull(node: Arc<Inner>, office: Option<String>, input: SyncNowInput) -> Answer<Vec<SnapshotCard>> {
    let (look, id) = (node.clone(), office);
    let (office, below) = blocking(move || {
        let cx = Cx::new(&look, id.as_deref())?;
        if cx.kind() != OfficeKind::OrganizationDepartment {
            return Err(ErrorDto::new("not_allowed").with("kind", cx.kind().as_str()));
        }
        Ok((cx.office, below(&cx)))
    })
    .await?;
    // Committees call the department; the ones connected now are asked for another round, the others are called.
    node.link.refresh_all();
    let connected = node.link.connected();
    let below: Vec<Arc<Call>> = below.into_iter().filter(|call| !connected.contains(&call.device)).collect();
    if !below.is_empty() {
        let (network, ours) = network(&node, below.iter().map(|call| call.addresses.as_slice())).await?;
        let _ = tokio::time::timeout(timeout(&input), rounds(&node, &network, &below)).await;
        if ours {
            network.close().await;
        }
    }
    let look = node.clone();
    blocking(move || snapshot::list(&Cx::of(&look, office)?)).await
}
