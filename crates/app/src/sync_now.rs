//! `sync.now`, `snapshot.pull` and `join.start`: calls that wait for the network.

use std::sync::Arc;
use std::time::Duration;

use ybz_domain::ids::{DeviceId, OfficeId};
use ybz_domain::office::OfficeKind;
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Founding, Ticket, TicketKind, join_commitment};
use ybz_store::{LocalOffice, SideWrites};
use ybz_sync::machine::{Outcome, Reason, Session};
use ybz_sync::wire::{JoinRequest, Statements, Versions, join_proof};
use ybz_sync::{Backoff, Network};

use crate::ErrorDto;
use crate::cases::{snapshot, status};
use crate::cx::Cx;
use crate::dto::snapshot::SnapshotCard;
use crate::dto::sync::{JoinInput, JoinState, SyncNowInput, SyncOutcome};
use crate::error::{Answer, required};
use crate::link::service::{addresses_of, bind, neighbours, run};
use crate::node::{Inner, blocking, store_error};

const DEFAULT_TIMEOUT: u32 = 30;
const LONGEST_TIMEOUT: u32 = 600;

fn timeout(input: &SyncNowInput) -> Duration {
    let seconds = if input.timeout_s == 0 { DEFAULT_TIMEOUT } else { input.timeout_s.min(LONGEST_TIMEOUT) };
    Duration::from_secs(seconds.into())
}

/// The endpoint of the running service, or one for this call; true when it must be closed after it.
async fn network(node: &Arc<Inner>) -> Answer<(Network, bool)> {
    if let Some(network) = node.link.network() {
        return Ok((network, false));
    }
    Ok((bind(node, None, false).await?, true))
}

/// `sync.now`: one round with the superior and the office's other devices. Delivered only when the superior (if any) has
/// receipted everything.
pub(crate) async fn sync_now(node: Arc<Inner>, office: Option<String>, input: SyncNowInput) -> Answer<SyncOutcome> {
    let (look, id) = (node.clone(), office.clone());
    let (office, superior) = blocking(move || {
        let cx = Cx::new(&look, id.as_deref())?;
        Ok((cx.office, cx.superior()))
    })
    .await?;
    let (network, ours) = network(&node).await?;
    let round = rounds(&node, &network, superior);
    let reached = tokio::time::timeout(timeout(&input), round).await;
    if ours {
        network.close().await;
    }
    let timed_out = reached.is_err();
    let total = reached.unwrap_or_default();
    let look = node.clone();
    blocking(move || {
        settle_reading(&look)?;
        let cx = Cx::of(&look, office)?;
        let unsent = cx.unsent()?;
        let status = status::status(&cx)?;
        let reason = if superior.is_none() {
            None
        } else if timed_out && unsent > 0 {
            Some("timeout")
        } else if !total.superior {
            Some("superior_unreachable")
        } else if total.refused {
            Some("refused")
        } else if unsent > 0 {
            Some("not_receipted")
        } else {
            None
        };
        Ok(SyncOutcome {
            delivered: reason.is_none(),
            has_superior: superior.is_some(),
            sent: total.sent,
            received: total.received,
            reason: reason.map(str::to_owned),
            status,
        })
    })
    .await
}

/// What the rounds of one call brought about.
#[derive(Debug, Default, Clone, Copy)]
struct Rounds {
    superior: bool,
    refused: bool,
    sent: u32,
    received: u32,
}

impl Rounds {
    fn add(&mut self, outcome: &Outcome) {
        let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        self.sent = self.sent.saturating_add(count(outcome.sent));
        self.received = self.received.saturating_add(count(outcome.received));
        self.refused |= outcome.refused_there > 0;
    }
}

async fn rounds(node: &Arc<Inner>, network: &Network, superior: Option<OfficeId>) -> Rounds {
    let mut total = Rounds::default();
    let look = node.clone();
    let devices = blocking(move || neighbours(&look)).await.unwrap_or_default();
    for device in devices {
        let is_superior = superior.is_some_and(|superior| serves(node, &superior, &device));
        if let Some(outcome) = one_round(node, network, device, is_superior).await {
            total.add(&outcome);
            total.superior |= is_superior;
        }
    }
    total
}

fn serves(node: &Inner, office: &OfficeId, device: &DeviceId) -> bool {
    node.store.membership().is_ok_and(|membership| membership.certificate(office, device).is_some())
}

/// One round; a superior is dialled until it answers, others once.
async fn one_round(node: &Arc<Inner>, network: &Network, device: DeviceId, patient: bool) -> Option<Outcome> {
    let addresses = addresses_of(node, &device);
    let mut backoff = Backoff::random();
    for _ in 0..3 {
        let connection = if patient {
            network.dial_until(device, &addresses, &mut backoff).await.ok()?
        } else {
            network.dial(device, &addresses).await.ok()?
        };
        let report = run(node, &connection, Session::dial(device, false), None).await.ok()?;
        match report.reason {
            Reason::Complete => return Some(report.outcome),
            // The connection broke: what was staged is not sent again.
            Reason::Cut => {}
            reason => {
                tracing::info!(?reason, "the round ended early");
                return None;
            }
        }
    }
    None
}

/// Lets what was accepted be read in before the answer, so that the next query sees it.
fn settle_reading(node: &Arc<Inner>) -> Answer<()> {
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
        let membership = cx.membership();
        let devices: Vec<DeviceId> = membership
            .children(&cx.office)
            .iter()
            .filter_map(|child| membership.offices.get(child))
            .flat_map(|view| view.devices.keys().copied())
            .collect();
        Ok((cx.office, devices))
    })
    .await?;
    // Committees call the department; the ones connected now are asked for another round, the others are dialled where
    // an address is known.
    node.link.refresh_all();
    let (network, ours) = network(&node).await?;
    let connected = node.link.connected();
    let calls = async {
        for device in below {
            if !connected.contains(&device) && !addresses_of(&node, &device).is_empty() {
                one_round(&node, &network, device, false).await;
            }
        }
    };
    let _ = tokio::time::timeout(timeout(&input), calls).await;
    if ours {
        network.close().await;
    }
    let look = node.clone();
    blocking(move || snapshot::list(&Cx::of(&look, office)?)).await
}

/// `join.start`: takes up a ticket. Answers at once where joining stands; `join.state` tells the rest.
pub(crate) async fn join_start(node: Arc<Inner>, office: Option<String>, input: JoinInput) -> Answer<JoinState> {
    let ticket = Ticket::from_text(&input.ticket).map_err(|_| ErrorDto::new("ticket_invalid").at("ticket"))?;
    let look = node.clone();
    let (ticket, request, nonce) = blocking(move || prepare(&look, office.as_deref(), ticket, input.name)).await?;
    let ticket = Arc::new(ticket);
    node.link.set_join(Some(JoinState {
        state: "connecting".to_owned(),
        code: None,
        superior: Some(ticket.office_name.clone()),
        error: None,
    }));
    tokio::spawn(join_task(node.clone(), ticket, request, nonce));
    Ok(node.link.join_state())
}

/// Makes the office when there is none yet, and the request with the nonce to which it commits.
pub(crate) fn prepare(
    node: &Arc<Inner>,
    office: Option<&str>,
    ticket: Ticket,
    holder: Option<String>,
) -> Answer<(Ticket, JoinRequest, [u8; 32])> {
    let device = node.store.device();
    let me = device.id();
    let mut statements = Statements::default();
    let office = match &ticket.kind {
        TicketKind::Device { .. } => None,
        TicketKind::Office { name, kind } => {
            if node.offices()?.is_empty() {
                let id = OfficeId(node.bytes());
                let name = required("name", name, 60)?;
                let founding = Founding { office: id, name, kind: *kind, region: None, on: node.today() };
                let side = SideWrites {
                    foundings: vec![Signed::sign(&device, &founding)],
                    local_offices: vec![LocalOffice { office: id, joined: node.today() }],
                    ..SideWrites::default()
                };
                node.store.put_side(&side).map_err(store_error)?;
            }
            let cx = Cx::new(node, office)?;
            if cx.superior().is_some() {
                return Err(ErrorDto::new("already_joined"));
            }
            if cx.kind() != *kind {
                return Err(ErrorDto::new("ticket_invalid").with("kind", kind));
            }
            let foundings = node.store.foundings().map_err(store_error)?;
            statements.foundings = foundings
                .into_iter()
                .filter(|signed| signed.peek().is_ok_and(|founding| founding.office == cx.office))
                .collect();
            Some(cx.office)
        }
    };
    let nonce = node.bytes();
    let request = JoinRequest {
        versions: Versions::OURS,
        slot: ticket.slot,
        proof: join_proof(&ticket.slot, &ticket.secret, &ticket.device, &me),
        commitment: join_commitment(&ticket.slot, &me, &nonce),
        office,
        statements,
        holder,
        confirm: office.is_none(),
    };
    Ok((ticket, request, nonce))
}

async fn join_task(node: Arc<Inner>, ticket: Arc<Ticket>, request: JoinRequest, nonce: [u8; 32]) {
    let result = join_session(&node, &ticket, request, nonce).await;
    let mut state = node.link.join_state();
    match result {
        Ok(()) => state.state = "joined".to_owned(),
        Err(error) => {
            state.state = "failed".to_owned();
            state.error = Some(error);
        }
    }
    node.link.set_join(Some(state));
    node.feed.publish(["join", "office", "sync"]);
}

async fn join_session(node: &Arc<Inner>, ticket: &Arc<Ticket>, request: JoinRequest, nonce: [u8; 32]) -> Answer<()> {
    let addresses: Vec<_> = ticket.addresses.iter().filter_map(|text| text.parse().ok()).collect();
    let (network, ours) = network(node).await?;
    let result = async {
        let connection = network
            .dial(ticket.device, &addresses)
            .await
            .map_err(|error| ErrorDto::new("superior_unreachable").with("detail", error))?;
        let session = Session::join(ticket.device, request, nonce);
        let report = run(node, &connection, session, Some(ticket.clone())).await?;
        match report.reason {
            Reason::Complete if report.outcome.joined => Ok(()),
            Reason::Refused => Err(ErrorDto::new("ticket_refused")),
            reason => Err(ErrorDto::new("join_interrupted").with("detail", format!("{reason:?}"))),
        }
    }
    .await;
    if ours {
        network.close().await;
    }
    result
}
