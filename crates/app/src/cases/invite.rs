//! 邀请: tickets are made, listed and withdrawn here; `org` lets in who comes with one.

use ybz_domain::ids::Serial;
use ybz_domain::trust::{Role, Ticket, TicketKind};
use ybz_store::{PendingJoin as PendingRow, TicketSlot};

use super::issue::turn;
use super::org::{auto_setting, grant_setting, invited, must_keep, waiting};
use crate::ErrorDto;
use crate::cx::Cx;
use crate::dto::sync::{Invitation, InviteDeviceInput, InviteOfficeInput, Ticket as TicketDto};
use crate::dto::{IdInput, Nothing};
use crate::error::{Answer, required};
use crate::natural;
use crate::node::{Inner, store_error};

/// A ticket opens for this many days.
const TICKET_DAYS: i64 = 7;

/// Digits that may be drawn with a ticket beside the first of each device that are shown.
pub(crate) const MAX_DRAWN: u64 = 24;

/// Setting that counts them.
pub(crate) fn drawn_setting(slot: &Serial) -> String {
    format!("drawn_digits/{slot}")
}

/// How many were drawn.
pub(crate) fn drawn(node: &Inner, slot: &Serial) -> Answer<u64> {
    let kept = node.store.setting(&drawn_setting(slot)).map_err(store_error)?;
    Ok(kept.and_then(|count| count.as_u64()).unwrap_or_default())
}

/// Name of a setting about a ticket.
type Switch = fn(&Serial) -> String;

/// What the inviter keeps about a ticket beside it.
fn switches(auto: bool, grants: bool) -> Vec<Switch> {
    let mut on: Vec<Switch> = Vec::new();
    if auto {
        on.push(auto_setting);
    }
    if grants {
        on.push(grant_setting);
    }
    on
}

pub(super) fn issue_ticket(cx: &Cx<'_>, kind: TicketKind, switches: &[Switch]) -> Answer<TicketDto> {
    must_keep(cx)?;
    let addresses = cx.node.link.addresses();
    let ticket = Ticket {
        slot: Serial(cx.random()),
        secret: cx.random(),
        tree: cx.membership().tree,
        office: cx.office,
        office_name: cx.office_name(),
        device: cx.device().id(),
        addresses: addresses.clone(),
        kind,
    };
    let expires = cx
        .today
        .checked_add(jiff::Span::new().days(TICKET_DAYS))
        .map_err(|error| ErrorDto::internal("ticket", &error))?;
    let slot = TicketSlot { ticket: ticket.clone(), expires, used_by: None };
    cx.node.store.put_ticket(&slot).map_err(store_error)?;
    for switch in switches {
        cx.node.store.put_setting(&switch(&ticket.slot), &serde_json::json!(true)).map_err(store_error)?;
    }
    Ok(TicketDto { id: ticket.slot.to_string(), text: ticket.to_text(), expires_on: expires.to_string(), addresses })
}

/// `invite.office`: an invitation for a direct subordinate.
pub(crate) fn office(cx: &Cx<'_>, input: InviteOfficeInput) -> Answer<TicketDto> {
    let name = required("name", &input.name, 60)?;
    let kind = input.kind.into();
    if !cx.kind().may_adopt(kind) {
        return Err(ErrorDto::new("not_allowed").at("kind").with("kind", kind));
    }
    if cx.tree().is_none() {
        return Err(ErrorDto::new("not_joined"));
    }
    issue_ticket(cx, TicketKind::Office { name, kind }, &switches(input.auto_approve, false))
}

/// `invite.device`: an invitation for a further device of this office.
pub(crate) fn device(cx: &Cx<'_>, input: InviteDeviceInput) -> Answer<TicketDto> {
    let odd = || ErrorDto::new("invalid_input").at("role").with("value", &input.role);
    let role = Role::read(&input.role).ok_or_else(odd)?;
    // A keeper reads them without; but a clerk that comes with a keeper's invitation stays a clerk.
    if input.own_books && role == Role::Viewer {
        return Err(ErrorDto::new("not_allowed").at("ownBooks").with("role", role.as_str()));
    }
    issue_ticket(cx, TicketKind::Device { role }, &switches(input.auto_approve, input.own_books))
}

/// `invite.list`: invitations of this office that nobody has used, the first to expire first.
pub(crate) fn list(cx: &Cx<'_>) -> Answer<Vec<Invitation>> {
    let waiting = waiting(cx)?;
    let mut out = Vec::new();
    for slot in cx.node.store.tickets().map_err(store_error)? {
        let id = slot.ticket.slot;
        if slot.used_by.is_some() || slot.ticket.office != cx.office {
            continue;
        }
        let (invites, office_name, kind, role) = invited(cx, &slot.ticket.kind);
        let asking = waiting.iter().filter(|waiting| waiting.row.slot == id).count();
        out.push(Invitation {
            id: id.to_string(),
            invites,
            office_name,
            kind,
            role: role.to_owned(),
            own_books: cx.node.store.setting(&grant_setting(&id)).map_err(store_error)?.is_some(),
            expires_on: slot.expires.to_string(),
            expired: slot.expires < cx.today,
            auto_approve: cx.node.store.setting(&auto_setting(&id)).map_err(store_error)?.is_some(),
            closed: (drawn(cx.node, &id)? >= MAX_DRAWN).then(|| "too_many_attempts".to_owned()),
            waiting: u32::try_from(asking).unwrap_or(u32::MAX),
        });
    }
    out.sort_by_cached_key(|one| (one.expires_on.clone(), natural::key(&one.office_name), one.id.clone()));
    Ok(out)
}

/// `invite.withdraw`: the ticket opens no more, and whoever asks with it is refused. One that was used stays: its device
/// has a certificate.
pub(crate) fn withdraw(cx: &Cx<'_>, input: IdInput) -> Answer<Nothing> {
    must_keep(cx)?;
    // Nobody is let in by it while it goes.
    let _turn = turn(cx.node);
    let missing = || ErrorDto::new("not_found").at("id");
    let id: Serial = input.id.parse().map_err(|_| missing())?;
    let slot = cx.node.store.ticket(&id).map_err(store_error)?;
    let slot = slot.filter(|slot| slot.ticket.office == cx.office).ok_or_else(missing)?;
    if slot.used_by.is_some() {
        return Err(ErrorDto::new("ticket_used").at("id"));
    }
    let asking: Vec<PendingRow> =
        cx.node.store.joins().map_err(store_error)?.into_iter().filter(|row| row.slot == id).collect();
    cx.node.store.delete_ticket(&id).map_err(store_error)?;
    for row in asking {
        cx.node.store.delete_join(&id, &row.device).map_err(store_error)?;
        cx.node.link.decide(&id, &row.device, false);
    }
    Ok(Nothing {})
}
