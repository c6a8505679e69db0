//! Joining, on both sides: the inviter checks the ticket and waits for a person, the joiner keeps what was granted.

use std::sync::{Arc, PoisonError};

use ybz_domain::ids::{DeviceId, Serial};
use ybz_domain::office::OfficeKind;
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Founding, Link, Membership, Nonces, Role, TicketKind, Withheld};
use ybz_store::{LocalOffice, PendingJoin, SideWrites, TicketSlot};
use ybz_sync::machine::{Answer, JoinAnswer};
use ybz_sync::wire::{JoinGrant, JoinRequest, Statements, join_proof};

use super::proof::Proof;
use super::service::addresses_of;
use crate::ErrorDto;
use crate::cases::invite::{MAX_DRAWN, drawn, drawn_setting};
use crate::cases::org::{PendingRequest, auto_setting, grant};
use crate::cx::Cx;
use crate::join_start::taken_setting;
use crate::node::{Inner, blocking, store_error};

type Done<T> = Result<T, ErrorDto>;

/// Devices above that a further device is told of, and addresses of each.
const MAX_ADDRESSES: usize = 8;

/// Devices that may wait with one ticket. Each shows other digits; of many, one may show those of another.
const MAX_WAITING: u32 = 4;

/// Inviter: is the ticket open, and the proof right? A bad one and a used one look alike. With nonces the joiner has kept
/// its commitment, and the digits over them are shown.
pub(crate) fn asked(inner: &Arc<Inner>, peer: DeviceId, request: &JoinRequest, nonces: Option<Nonces>) -> Answer {
    match ask(inner, peer, request, nonces) {
        Ok(answer) => Answer::Join(answer),
        Err(error) => {
            tracing::info!(code = %error.code, "a join is refused");
            Answer::Join(JoinAnswer::Refused)
        }
    }
}

fn ask(inner: &Arc<Inner>, peer: DeviceId, request: &JoinRequest, nonces: Option<Nonces>) -> Done<JoinAnswer> {
    let (slot, content) = match checked(inner, peer, request)? {
        Checked::Granted(grant) => return Ok(JoinAnswer::Granted(grant)),
        Checked::Open(open) => *open,
    };
    if nonces.is_none() {
        draw(inner, &slot)?;
        return Ok(JoinAnswer::Challenge(inner.bytes()));
    }
    wait(inner, &slot, peer, PendingRequest { nonces, ..content })?;
    Ok(JoinAnswer::Waiting)
}

/// Inviter: the same, for a request that came in a file; `paper` is its hash. Without an answer a person is asked.
pub(super) fn asked_on_paper(
    inner: &Arc<Inner>,
    peer: DeviceId,
    request: &JoinRequest,
    paper: [u8; 32],
) -> Done<Option<Box<JoinGrant>>> {
    match checked(inner, peer, request)? {
        Checked::Granted(grant) => Ok(Some(grant)),
        Checked::Open(open) => {
            let (slot, content) = *open;
            wait(inner, &slot, peer, PendingRequest { paper: Some(paper), ..content })?;
            Ok(None)
        }
    }
}

/// What a request with the right proof finds.
enum Checked {
    /// Its place, given before or by the ticket alone.
    Granted(Box<JoinGrant>),
    /// An open ticket: a person decides.
    Open(Box<(TicketSlot, PendingRequest)>),
}

fn checked(inner: &Arc<Inner>, peer: DeviceId, request: &JoinRequest) -> Done<Checked> {
    let slot =
        inner.store.ticket(&request.slot).map_err(store_error)?.ok_or_else(|| ErrorDto::new("ticket_invalid"))?;
    let ticket = &slot.ticket;
    let expected = blake3::Hash::from(join_proof(&ticket.slot, &ticket.secret, &ticket.device, &peer));
    if expected != blake3::Hash::from(request.proof) {
        return Err(ErrorDto::new("ticket_invalid"));
    }
    if slot.used_by.is_some_and(|device| device != peer) {
        return Err(ErrorDto::new("ticket_used"));
    }
    if slot.used_by.is_none() && slot.expires < inner.today() {
        return Err(ErrorDto::new("ticket_expired"));
    }
    let content = content(&slot, request, &peer)?;
    let cx = Cx::of(inner, ticket.office)?;
    if slot.used_by == Some(peer) && has_place(inner, &slot, &content, &peer)? {
        return granted(inner, &slot, peer).map(Checked::Granted);
    }
    if slot.used_by.is_some() && slot.expires < inner.today() {
        return Err(ErrorDto::new("ticket_expired"));
    }
    let auto = inner.store.setting(&auto_setting(&ticket.slot)).map_err(store_error)?.is_some();
    if auto {
        grant(&cx, &slot, &peer, &content, false)?;
        return granted(inner, &slot, peer).map(Checked::Granted);
    }
    Ok(Checked::Open(Box::new((slot, content))))
}

fn wait(inner: &Arc<Inner>, slot: &TicketSlot, peer: DeviceId, content: PendingRequest) -> Done<()> {
    let encoded = serde_json::to_vec(&content).map_err(|error| ErrorDto::internal("join", &error))?;
    show(inner, &PendingJoin { slot: slot.ticket.slot, device: peer, asked: inner.today(), request: encoded })
}

/// Counts the digits that are about to be drawn. The joiner knows them before it says its nonce, and may hang up unseen, or
/// come again and have others shown in their place: with enough tries it would find those of somebody else. A ticket with
/// which that many were drawn opens no more.
fn draw(inner: &Arc<Inner>, slot: &TicketSlot) -> Done<()> {
    let _turn = inner.issuing.lock().unwrap_or_else(PoisonError::into_inner);
    let slot = &slot.ticket.slot;
    let drawn = drawn(inner, slot)?;
    if drawn >= MAX_DRAWN {
        return Err(ErrorDto::new("ticket_refused"));
    }
    inner.store.put_setting(&drawn_setting(slot), &serde_json::json!(drawn + 1)).map_err(store_error)?;
    if drawn + 1 == MAX_DRAWN {
        tracing::warn!(%slot, "an invitation is closed for too many attempts");
        inner.feed.publish(["join"]);
    }
    Ok(())
}

/// Shows digits. A device's first ones stand on the screen until a person decides, so they are no attempt; those that take
/// the place of others stay counted.
fn show(inner: &Arc<Inner>, row: &PendingJoin) -> Done<()> {
    let _turn = inner.issuing.lock().unwrap_or_else(PoisonError::into_inner);
    let waiting = inner.store.joins().map_err(store_error)?;
    let first = !waiting.iter().any(|known| known.slot == row.slot && known.device == row.device);
    if !inner.store.put_join(row, MAX_WAITING).map_err(store_error)? {
        return Err(ErrorDto::new("ticket_used"));
    }
    // One that is closed stays so.
    let drawn = drawn(inner, &row.slot)?;
    if first && (1..MAX_DRAWN).contains(&drawn) {
        inner.store.put_setting(&drawn_setting(&row.slot), &serde_json::json!(drawn - 1)).map_err(store_error)?;
    }
    Ok(())
}

/// The device got its place by this ticket before and asks again; another office id is another request, and a ticket that
/// gave a place gives no second one.
fn has_place(inner: &Arc<Inner>, slot: &TicketSlot, content: &PendingRequest, peer: &DeviceId) -> Done<bool> {
    let membership = inner.store.membership().map_err(store_error)?;
    let inviter = slot.ticket.office;
    if let TicketKind::Keeper { office, .. } = &slot.ticket.kind {
        return Ok(membership.certificate(office, peer).is_some());
    }
    match content.office {
        None => Ok(membership.certificate(&inviter, peer).is_some()),
        Some(office) if membership.parent(&office) == Some(inviter) => Ok(true),
        Some(_) => {
            let placed =
                membership.offices_of(peer).iter().any(|(office, _)| membership.parent(office) == Some(inviter));
            if placed { Err(ErrorDto::new("ticket_used")) } else { Ok(false) }
        }
    }
}

/// What the joiner says of itself; for an office its founding must be its own and of the invited kind.
fn content(slot: &TicketSlot, request: &JoinRequest, peer: &DeviceId) -> Done<PendingRequest> {
    let holder = request.holder.as_ref().map(|holder| holder.chars().take(40).collect());
    match (&slot.ticket.kind, request.office) {
        (TicketKind::Office { kind, .. }, Some(office)) => {
            let founding = request
                .statements
                .foundings
                .iter()
                .filter(|signed| signed.signer == *peer)
                .find_map(|signed: &Signed<Founding>| signed.open().ok().filter(|f| f.office == office))
                .ok_or_else(|| ErrorDto::new("ticket_invalid"))?;
            if founding.kind != *kind {
                return Err(ErrorDto::new("ticket_invalid"));
            }
            let name = founding.name.chars().take(60).collect();
            let office = Some(office);
            Ok(PendingRequest { office, name, kind: founding.kind, holder, restored: None, nonces: None, paper: None })
        }
        (TicketKind::Device { .. } | TicketKind::Keeper { .. }, None) => Ok(PendingRequest {
            office: None,
            name: holder.clone().unwrap_or_default(),
            kind: OfficeKind::Branch,
            holder,
            restored: request.restored.clone(),
            nonces: None,
            paper: None,
        }),
        _ => Err(ErrorDto::new("ticket_invalid")),
    }
}

pub(super) fn granted(inner: &Arc<Inner>, slot: &TicketSlot, peer: DeviceId) -> Done<Box<JoinGrant>> {
    let kept = inner.store.kept().map_err(store_error)?;
    let membership = &kept.membership;
    let offices: Vec<_> = membership.offices_of(&peer).into_iter().map(|(office, _)| office).collect();
    let (entries, withheld) = Proof::new(&kept, &[slot.ticket.office], &offices).whole();
    // Its own office's founding tells a further device which one was there first.
    let tells = |f: &Founding| match &slot.ticket.kind {
        TicketKind::Device { .. } => f.office == slot.ticket.office,
        TicketKind::Keeper { office, .. } => f.office == *office,
        TicketKind::Office { .. } => f.office == slot.ticket.office && !membership.joined(&f.office),
    };
    let foundings = kept.foundings.iter().filter(|signed| signed.peek().is_ok_and(|founding| tells(&founding)));
    let statements =
        Statements { charters: kept.charters.clone(), foundings: foundings.cloned().collect(), entries, withheld };
    // A further device is told where its superior is; a joining office knows that from the ticket.
    let own = matches!(slot.ticket.kind, TicketKind::Device { .. });
    let above = membership.parent(&slot.ticket.office).filter(|_| own);
    let above = above.and_then(|above| membership.offices.get(&above));
    let addresses = above
        .into_iter()
        .flat_map(|view| view.devices.iter().filter(|(_, certificate)| certificate.removed.is_none()))
        .map(|(device, _)| (*device, addresses_of(inner, device)))
        .filter(|(_, addresses)| !addresses.is_empty())
        .take(MAX_ADDRESSES)
        .collect();
    Ok(Box::new(JoinGrant { tree: membership.tree, statements, addresses }))
}

/// Inviter: waits for the person at this side.
pub(crate) async fn decision(inner: Arc<Inner>, peer: DeviceId, slot: Serial, nonces: Nonces) -> Answer {
    // Listen first, so that a decision between the look and the wait is not missed.
    let mut decisions = inner.link.decisions.subscribe();
    loop {
        let look = inner.clone();
        match blocking(move || decided(&look, peer, slot, nonces)).await {
            Ok(Some(answer)) => return Answer::Join(answer),
            Ok(None) => {}
            Err(_) => return Answer::Join(JoinAnswer::Refused),
        }
        if let Err(tokio::sync::broadcast::error::RecvError::Closed) = decisions.recv().await {
            return Answer::Join(JoinAnswer::Refused);
        }
    }
}

/// A ticket is taken in the transaction that gives the place, and the join stops waiting in the same.
fn decided(inner: &Arc<Inner>, peer: DeviceId, slot: Serial, nonces: Nonces) -> Done<Option<JoinAnswer>> {
    let Some(found) = inner.store.ticket(&slot).map_err(store_error)? else { return Ok(Some(JoinAnswer::Refused)) };
    match found.used_by {
        Some(device) if device == peer => {
            return granted(inner, &found, peer).map(|grant| Some(JoinAnswer::Granted(grant)));
        }
        // Somebody else was given the place: whoever else holds the ticket waits for nothing.
        Some(_) => return Ok(Some(JoinAnswer::Refused)),
        None => {}
    }
    let waits = inner.store.joins().map_err(store_error)?;
    // The device may have come again meanwhile, with other digits.
    let still = waits.iter().filter(|row| row.slot == slot && row.device == peer).any(|row| {
        serde_json::from_slice::<PendingRequest>(&row.request).is_ok_and(|request| request.nonces == Some(nonces))
    });
    Ok(if still { None } else { Some(JoinAnswer::Refused) })
}

/// Joiner: checks the grant against the ticket and keeps it.
pub(crate) fn keep_grant(inner: &Arc<Inner>, ticket: &ybz_domain::trust::Ticket, grant: &JoinGrant) -> Done<()> {
    let wrong = || ErrorDto::new("ticket_invalid").with("detail", "grant");
    if grant.tree != ticket.tree {
        return Err(wrong());
    }
    let mut foundings = inner.store.foundings().map_err(store_error)?;
    foundings.extend(grant.statements.foundings.iter().cloned());
    let mut entries = inner.store.entries().map_err(store_error)?;
    entries.extend(grant.statements.entries.iter().cloned());
    let told: Vec<Link> = grant.statements.withheld.iter().flat_map(Withheld::links).collect();
    let mut links = inner.store.log_links().map_err(store_error)?;
    links.extend(told.iter().cloned());
    let membership = Membership::build(grant.tree, &grant.statements.charters, &foundings, &entries, &links);
    let me = inner.store.device().id();
    let mut local = Vec::new();
    match ticket.kind {
        TicketKind::Office { .. } => {
            let adopted = inner.offices()?.into_iter().any(|office| {
                let keeper = membership.certificate(&office, &me).is_some_and(|c| c.role == Role::Keeper);
                membership.parent(&office) == Some(ticket.office) && keeper
            });
            if !adopted {
                return Err(wrong());
            }
        }
        TicketKind::Device { .. } => {
            membership.certificate(&ticket.office, &me).ok_or_else(wrong)?;
            local.push(LocalOffice { office: ticket.office, joined: inner.today() });
        }
        TicketKind::Keeper { office, .. } => {
            membership.certificate(&office, &me).ok_or_else(wrong)?;
            local.push(LocalOffice { office, joined: inner.today() });
        }
    }
    let mut settings = vec![(taken_setting(&ticket.slot), serde_json::json!(true))];
    for (device, addresses) in grant.addresses.iter().take(MAX_ADDRESSES) {
        let texts: Vec<String> = addresses.iter().take(MAX_ADDRESSES).map(ToString::to_string).collect();
        settings.push((super::address_setting(device), serde_json::json!(texts)));
    }
    settings.push((super::address_setting(&ticket.device), serde_json::json!(ticket.addresses)));
    let side = SideWrites {
        tree: grant.tree,
        charters: grant.statements.charters.clone(),
        foundings: grant.statements.foundings.clone(),
        entries: grant.statements.entries.clone(),
        log_links: told.into_iter().filter(|link| membership.links.contains(&link.hash())).collect(),
        local_offices: local,
        settings,
        ..SideWrites::default()
    };
    inner.store.put_side(&side).map_err(store_error)
}
