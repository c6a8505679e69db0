//! 组织与邀请: the tree as known here, joins that wait for a person. Tickets are made in `invite`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use ybz_domain::ids::{DeviceId, OfficeId, Serial};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Body, Nonces, Restored, Role, Ticket, TicketKind, compare_code, paper_code};
use ybz_store::{PendingJoin as PendingRow, TicketSlot};

use super::grant::grantable;
use super::handover;
use super::issue::{issue, turn};
use crate::ErrorDto;
use crate::cx::{Cx, Edits};
use crate::dto::Nothing;
use crate::dto::sync::{Invited, JoinState, OrgNode, PendingJoin};
use crate::dto::{IdInput, node::OfficeKindDto};
use crate::error::Answer;
use crate::natural;
use crate::node::{Inner, store_error};

/// Setting that marks a ticket by whose taking this device hands over.
pub(crate) fn handover_setting(slot: &Serial) -> String {
    format!("handover/{slot}")
}

/// Setting that lets a ticket be taken without a person's word.
pub(crate) fn auto_setting(slot: &Serial) -> String {
    format!("auto_approve/{slot}")
}

/// Setting that lets the device of a ticket read `own/` books.
pub(crate) fn grant_setting(slot: &Serial) -> String {
    format!("grants/{slot}")
}

pub(crate) fn must_keep(cx: &Cx<'_>) -> Answer<()> {
    let device = cx.device().id();
    match cx.membership().certificate(&cx.office, &device) {
        Some(certificate) if certificate.removed.is_some() => Err(ErrorDto::new("device_removed")),
        Some(certificate) if certificate.retired.is_some() => Err(ErrorDto::new("device_retired")),
        Some(certificate) if certificate.suspended => Err(ErrorDto::new("device_suspended")),
        Some(certificate) if certificate.role.issues() => Ok(()),
        _ => Err(ErrorDto::new("not_allowed").with("need", "keeper")),
    }
}

/// Whom a ticket is for, the name and kind of that office, and what its device may do.
pub(super) fn invited(cx: &Cx<'_>, kind: &TicketKind) -> (Invited, String, OfficeKindDto, &'static str) {
    match kind {
        TicketKind::Office { name, kind } => (Invited::Office, name.clone(), (*kind).into(), Role::Keeper.as_str()),
        TicketKind::Device { role } => (Invited::Device, cx.office_name(), cx.kind().into(), role.as_str()),
        TicketKind::Keeper { name, kind, .. } => (Invited::Device, name.clone(), (*kind).into(), Role::Keeper.as_str()),
    }
}

/// What a pending join keeps of the request.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct PendingRequest {
    /// The office as it calls itself; none for a further device of this office.
    pub(crate) office: Option<OfficeId>,
    /// Its name.
    pub(crate) name: String,
    /// Its kind.
    pub(crate) kind: ybz_domain::office::OfficeKind,
    /// Holder of the device.
    pub(crate) holder: Option<String>,
    /// Whose backup was restored, as that device signed it.
    #[serde(default)]
    pub(crate) restored: Option<Signed<Restored>>,
    /// What goes into the digits; none as long as they are not known on both sides.
    pub(crate) nonces: Option<Nonces>,
    /// Hash of the file in which it came; none for one that came in a session.
    #[serde(default)]
    pub(crate) paper: Option<[u8; 32]>,
}

impl PendingRequest {
    /// What tells this asking from others, and the digits for it.
    fn digits(&self, row: &PendingRow, ticket: &Ticket) -> Option<(blake3::Hash, String)> {
        match (&self.nonces, &self.paper) {
            (Some(nonces), _) => Some((
                blake3::hash(&[nonces.inviter, nonces.joiner].concat()),
                compare_code(ticket, &row.device, self.office.as_ref(), nonces),
            )),
            (None, Some(paper)) => Some((blake3::hash(paper), paper_code(ticket, paper))),
            (None, None) => None,
        }
    }
}

/// A waiting join by its digits, so that a decision is about those that the person saw and no later ones.
fn join_id(row: &PendingRow, asking: &blake3::Hash) -> String {
    let session = asking.to_hex();
    format!("{}/{}/{}", row.slot, row.device, session.get(..16).unwrap_or_default())
}

/// A join that waits for a person.
pub(super) struct Waiting {
    id: String,
    pub(super) row: PendingRow,
    slot: TicketSlot,
    request: PendingRequest,
    code: String,
}

pub(super) fn waiting(cx: &Cx<'_>) -> Answer<Vec<Waiting>> {
    let mut out = Vec::new();
    for row in cx.node.store.joins().map_err(store_error)? {
        let Some(slot) = cx.node.store.ticket(&row.slot).map_err(store_error)? else { continue };
        let Ok(request) = serde_json::from_slice::<PendingRequest>(&row.request) else { continue };
        if slot.ticket.office == cx.office
            && let Some((asking, code)) = request.digits(&row, &slot.ticket)
        {
            out.push(Waiting { id: join_id(&row, &asking), row, slot, request, code });
        }
    }
    Ok(out)
}

/// `join.pending`
pub(crate) fn pending(cx: &Cx<'_>) -> Answer<Vec<PendingJoin>> {
    waiting(cx)?
        .into_iter()
        .map(|Waiting { id, row, slot, request, code }| {
            let own_books = cx.node.store.setting(&grant_setting(&row.slot)).map_err(store_error)?.is_some();
            let (invites, named, kind, role) = invited(cx, &slot.ticket.kind);
            let called = if invites == Invited::Office { request.name.clone() } else { named.clone() };
            Ok(PendingJoin {
                id,
                invites,
                invited_as: (called != named).then_some(named),
                office_name: called,
                kind,
                role: role.to_owned(),
                own_books,
                holder: request.holder.clone().filter(|holder| !holder.trim().is_empty()),
                after: request
                    .restored
                    .as_ref()
                    .filter(|signed| cx.membership().came_after(&cx.office, &row.device, signed).is_some())
                    .map(|signed| signed.signer.to_string()),
                device: row.device.to_string(),
                asked_on: row.asked.to_string(),
                code,
                by_file: request.paper.is_some(),
            })
        })
        .collect()
}

/// `join.approve`: the six digits were compared; the certificate is issued.
pub(crate) fn approve(cx: &Cx<'_>, input: IdInput) -> Answer<Nothing> {
    must_keep(cx)?;
    let Waiting { row, slot, request, .. } = find(cx, &input.id)?;
    grant(cx, &slot, &row.device, &request, true)?;
    cx.node.link.decide(&row.slot, &row.device, true);
    Ok(Nothing {})
}

/// The ticket and the device of a waiting join.
pub(crate) fn asks(cx: &Cx<'_>, id: &str) -> Answer<(TicketSlot, DeviceId)> {
    find(cx, id).map(|Waiting { row, slot, .. }| (slot, row.device))
}

/// `join.refuse`
pub(crate) fn refuse(cx: &Cx<'_>, input: IdInput) -> Answer<Nothing> {
    must_keep(cx)?;
    let Waiting { row, .. } = find(cx, &input.id)?;
    cx.node.store.delete_join(&row.slot, &row.device).map_err(store_error)?;
    cx.node.link.decide(&row.slot, &row.device, false);
    Ok(Nothing {})
}

fn find(cx: &Cx<'_>, id: &str) -> Answer<Waiting> {
    waiting(cx)?.into_iter().find(|waiting| waiting.id == id).ok_or_else(|| ErrorDto::new("not_found").at("id"))
}

/// Takes the ticket for a device and issues its certificate, in one transaction: a ticket taken without a certificate
/// would let the device come again without anybody comparing. `compared` says that a person compared the digits here; only
/// then may a further device have `own/` books.
pub(crate) fn grant(
    cx: &Cx<'_>,
    slot: &TicketSlot,
    device: &DeviceId,
    request: &PendingRequest,
    compared: bool,
) -> Answer<()> {
    let _turn = turn(cx.node);
    let cx = &cx.anew()?;
    let ticket = &slot.ticket;
    let used = cx.node.store.check_ticket(&ticket.slot, &ticket.secret, device, cx.today).map_err(store_error)?;
    match used {
        ybz_store::TicketUse::Open(_) => {}
        ybz_store::TicketUse::Expired => return Err(ErrorDto::new("ticket_expired")),
        ybz_store::TicketUse::Used(_) => return Err(ErrorDto::new("ticket_used")),
        ybz_store::TicketUse::Unknown => return Err(ErrorDto::new("ticket_invalid")),
    }
    let takes_over = cx.node.store.setting(&handover_setting(&ticket.slot)).map_err(store_error)?.is_some();
    if takes_over && !compared {
        return Err(ErrorDto::new("ticket_refused"));
    }
    let body = match (&ticket.kind, request.office) {
        (TicketKind::Office { name, kind }, Some(office)) => {
            if cx.membership().parent(&office) == Some(cx.office) {
                return forget(cx, slot, device);
            }
            Body::Adopt {
                serial: Serial(cx.random()),
                office,
                name: name.clone(),
                kind: *kind,
                keeper: *device,
                valid_from: cx.today,
            }
        }
        (TicketKind::Device { role }, None) => {
            // One that was let in unseen may be compared later; it stays what it is, under the same number.
            // Whoever restored the office's own backup opened it: that stands for the digits.
            let before = request.restored.as_ref();
            let before = before.and_then(|signed| cx.membership().came_after(&cx.office, device, signed));
            let compared = compared || before.is_some();
            let (serial, role, hub) = match cx.membership().certificate(&cx.office, device) {
                Some(known) if known.confirmed || !known.is_active() || !compared => {
                    return forget(cx, slot, device);
                }
                Some(known) => (known.serial, known.role, known.hub),
                // Who takes over signs receipts for the office in place of who goes.
                None => (None, *role, takes_over || (*role == Role::Keeper && before.is_some_and(|before| before.hub))),
            };
            if takes_over && role != Role::Keeper {
                return Err(ErrorDto::new("not_allowed").with("need", Role::Keeper.as_str()));
            }
            Body::Enrol {
                serial: serial.unwrap_or_else(|| Serial(cx.random())),
                device: *device,
                role,
                hub,
                confirmed: compared,
                holder: request.holder.clone(),
            }
        }
        (TicketKind::Keeper { office, .. }, None) => {
            if cx.membership().certificate(office, device).is_some() {
                return forget(cx, slot, device);
            }
            let serial = Serial(cx.random());
            let after = request.restored.clone();
            let after = after.filter(|signed| cx.membership().follows(office, device, signed).is_some());
            Body::Install { serial, office: *office, device: *device, holder: request.holder.clone(), after }
        }
        _ => return Err(ErrorDto::new("ticket_invalid")),
    };
    let mut edits = Edits::default();
    edits.admit(ticket.slot, *device);
    let enrolled = match &body {
        Body::Enrol { serial, role, .. } => Some((*serial, *role)),
        Body::Adopt { office, .. } => {
            edits.log("office_adopted", &[("office", office.to_string())]);
            None
        }
        _ => None,
    };
    issue(cx, &mut edits, body)?;
    edits.log("certificate_issued", &[("device", device.to_string())]);
    let grants = cx.node.store.setting(&grant_setting(&ticket.slot)).map_err(store_error)?.is_some();
    if let Some((serial, _)) = enrolled.filter(|(_, role)| grants && compared && grantable(*role)) {
        issue(cx, &mut edits, Body::Grant { serial })?;
        edits.log("own_books_granted", &[("device", device.to_string())]);
    }
    if takes_over {
        // One step: whoever is let in is a keeper, and this device has handed over.
        return handover::retire_with(cx, edits);
    }
    cx.commit(edits)
}

/// The device has its place already.
fn forget(cx: &Cx<'_>, slot: &TicketSlot, device: &DeviceId) -> Answer<()> {
    cx.node.store.delete_join(&slot.ticket.slot, device).map_err(store_error)?;
    Ok(())
}

/// `join.state`: where this node's own joining stands.
pub(crate) fn join_state(node: &Arc<Inner>, _: Nothing) -> Answer<JoinState> {
    Ok(node.link.join_state())
}

/// `org.tree`: this office, those below it as far as known here, and open invitations, in tree order.
pub(crate) fn tree(cx: &Cx<'_>) -> Answer<Vec<OrgNode>> {
    tree_on(cx, cx.today)
}

/// The same as it was on a day, with the offices that ended in its year.
pub(crate) fn tree_on(cx: &Cx<'_>, day: Date) -> Answer<Vec<OrgNode>> {
    let waiting: BTreeSet<Serial> = waiting(cx)?.into_iter().map(|waiting| waiting.row.slot).collect();
    let mut out = Vec::new();
    branch(cx, (cx.office, 0), day, &cx.all_last_received()?, &mut out);
    let mut open: Vec<OrgNode> = cx
        .node
        .store
        .tickets()
        .map_err(store_error)?
        .into_iter()
        .filter(|slot| slot.used_by.is_none() && slot.ticket.office == cx.office)
        .filter_map(|slot| match &slot.ticket.kind {
            TicketKind::Office { name, kind } => Some(OrgNode {
                id: None,
                slot: Some(slot.ticket.slot.to_string()),
                name: name.clone(),
                kind: OfficeKindDto::from(*kind),
                depth: 1,
                state: if waiting.contains(&slot.ticket.slot) { "waiting" } else { "invited" }.to_owned(),
                devices: 0,
                last_received: None,
                valid_from: None,
            }),
            TicketKind::Device { .. } | TicketKind::Keeper { .. } => None,
        })
        .collect();
    open.sort_by_cached_key(|node| natural::key(&node.name));
    out.extend(open);
    Ok(out)
}

fn branch(
    cx: &Cx<'_>,
    (office, depth): (OfficeId, u32),
    day: Date,
    received: &BTreeMap<OfficeId, Date>,
    out: &mut Vec<OrgNode>,
) {
    let Some(view) = cx.membership().offices.get(&office) else { return };
    let devices = view.devices.values().filter(|certificate| certificate.is_active()).count();
    out.push(OrgNode {
        id: Some(office.to_string()),
        slot: None,
        name: view.name.clone(),
        kind: OfficeKindDto::from(view.kind),
        depth,
        state: match (depth, view.course.closed) {
            (0, _) => "self",
            (_, Some(_)) => "closed",
            (_, None) => "joined",
        }
        .to_owned(),
        devices: u32::try_from(devices).unwrap_or(u32::MAX),
        last_received: received.get(&office).map(Date::to_string),
        valid_from: view.adoption.as_ref().map(|adoption| adoption.valid_from.to_string()),
    });
    for child in cx.children_on(&office, day) {
        branch(cx, (child, depth + 1), day, received, out);
    }
}
