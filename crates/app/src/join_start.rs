//! `join.start`: taking up a ticket, and the session in which the other side decides.

use std::sync::Arc;

use ybz_domain::ids::{OfficeId, Serial};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Founding, Ticket, TicketKind, join_commitment};
use ybz_store::{LocalOffice, SideWrites};
use ybz_sync::machine::{Reason, Session};
use ybz_sync::wire::{JoinRequest, Statements, Versions, join_proof};

use crate::ErrorDto;
use crate::cx::Cx;
use crate::dto::sync::{JoinInput, JoinState};
use crate::error::{Answer, required};
use crate::link::service::run;
use crate::node::{Inner, blocking, store_error};
use crate::sync_now::network;

/// `join.start`: takes up a ticket. Answers at once where joining stands; `join.state` tells the rest.
pub(crate) async fn join_start(node: Arc<Inner>, office: Option<String>, input: JoinInput) -> Answer<JoinState> {
    let ticket = Ticket::from_text(&input.ticket).map_err(|_| ErrorDto::new("ticket_invalid").at("ticket"))?;
    let look = node.clone();
    let prepared = blocking(move || {
        if has_joined(&look, office.as_deref(), &ticket)? {
            return Ok(Err(ticket.office_name));
        }
        prepare(&look, office.as_deref(), ticket, input.name).map(Ok)
    });
    let (ticket, request, nonce) = match prepared.await? {
        Ok(prepared) => prepared,
        // The same ticket again, or another one of the same superior: there is nothing left to do.
        Err(superior) => {
            let (state, superior) = ("joined".to_owned(), Some(superior));
            node.link.set_join(Some(JoinState { state, code: None, superior, error: None }));
            return Ok(node.link.join_state());
        }
    };
    let ticket = Arc::new(ticket);
    node.link.end_joining();
    node.link.set_join(Some(JoinState {
        state: "connecting".to_owned(),
        // Both sides say a nonce first.
        code: None,
        superior: Some(ticket.office_name.clone()),
        error: None,
    }));
    let task = tokio::spawn(join_task(node.clone(), ticket, request, nonce));
    node.link.begin_joining(task.abort_handle());
    Ok(node.link.join_state())
}

/// Whether what the ticket is for was done before: the office stands below the inviter, or this device serves it.
pub(crate) fn has_joined(node: &Arc<Inner>, office: Option<&str>, ticket: &Ticket) -> Answer<bool> {
    let local = node.offices()?;
    if local.is_empty() {
        return Ok(false);
    }
    let membership = node.store.membership().map_err(store_error)?;
    if ticket.tree.is_some() && membership.tree != ticket.tree {
        return Ok(false);
    }
    Ok(match ticket.kind {
        TicketKind::Device { .. } => {
            let me = node.store.device().id();
            let certificate = membership.certificate(&ticket.office, &me);
            // One that nobody compared takes up another invitation, to be compared.
            let taken = node.store.setting(&taken_setting(&ticket.slot)).map_err(store_error)?.is_some();
            local.contains(&ticket.office) && certificate.is_some_and(|known| known.confirmed || taken)
        }
        TicketKind::Keeper { office, .. } => {
            let me = node.store.device().id();
            local.contains(&office) && membership.certificate(&office, &me).is_some()
        }
        TicketKind::Office { .. } => Cx::new(node, office)?.superior() == Some(ticket.office),
    })
}

/// Setting that tells that a ticket gave this device its place.
pub(crate) fn taken_setting(slot: &Serial) -> String {
    format!("taken_up/{slot}")
}

/// Makes the office when there is none yet, and the request with the nonce to which it commits. An office that is made is named by the ticket, else by
/// `holder`.
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
        TicketKind::Device { .. } | TicketKind::Keeper { .. } => None,
        TicketKind::Office { name, kind } => {
            if node.offices()?.is_empty() {
                let id = OfficeId(node.bytes());
                let given = if name.trim().is_empty() { holder.as_deref().unwrap_or_default() } else { name };
                let name = required("name", given, 60)?;
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
    let restored = match office {
        None => {
            let of = match &ticket.kind {
                TicketKind::Keeper { office, .. } => office,
                TicketKind::Device { .. } | TicketKind::Office { .. } => &ticket.office,
            };
            node.store.restored(of).map_err(store_error)?
        }
        Some(_) => None,
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
        restored,
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
    let (network, ours) = network(node, std::iter::once(addresses.as_slice())).await?;
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

#[cfg(test)]
mod tests {
    use jiff::civil::Date;
    use ybz_domain::ids::DeviceId;
    use ybz_domain::office::OfficeKind;
    use ybz_domain::trust::Role;
    use ybz_store::DatabaseKey;

    use super::*;
    use crate::node::{Node, OpenOptions};

    fn node(folder: &std::path::Path) -> Arc<Inner> {
        let options = OpenOptions {
            data: folder.join("data"),
            key: DatabaseKey::from_bytes([7; 32]),
            create: true,
            boot: folder.join("boot"),
            clock: || (Date::constant(2026, 3, 20), 1_774_000_000_000),
            random: crate::host::system_random,
        };
        Node::open(options).unwrap().0
    }

    fn ticket(kind: TicketKind) -> Ticket {
        Ticket {
            slot: Serial([1; 16]),
            secret: [2; 16],
            tree: None,
            office: OfficeId([3; 16]),
            office_name: "河东街道".to_owned(),
            device: DeviceId([4; 32]),
            addresses: Vec::new(),
            kind,
        }
    }

    #[test]
    fn an_office_that_is_made_is_named_by_the_ticket_or_by_the_person_and_never_without_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let node = node(folder.path());
        let nameless = || ticket(TicketKind::Office { name: " ".to_owned(), kind: OfficeKind::Branch });
        for missing in [None, Some(" ".to_owned())] {
            let error = prepare(&node, None, nameless(), missing).unwrap_err();
            assert_eq!((error.code.as_str(), error.field.as_deref()), ("required", Some("name")));
        }
        assert!(node.offices().unwrap().is_empty(), "what failed made nothing");
        let (_, request, _) = prepare(&node, None, nameless(), Some("示范一村".to_owned())).unwrap();
        assert_eq!(request.statements.foundings[0].peek().unwrap().name, "示范一村");
        assert_eq!(node.offices().unwrap(), [request.office.unwrap()]);
    }

    #[test]
    fn a_ticket_for_a_device_needs_no_office() {
        let folder = tempfile::tempdir().unwrap();
        let node = node(folder.path());
        let device = ticket(TicketKind::Device { role: Role::Clerk });
        let (_, request, _) = prepare(&node, None, device, None).unwrap();
        assert_eq!((request.office, node.offices().unwrap().len()), (None, 0));
    }
}
