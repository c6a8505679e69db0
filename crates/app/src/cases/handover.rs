//! 换届交接: a keeper retires, a successor takes over, and one page says what is open.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use ybz_domain::ids::OfficeId;
use ybz_domain::trust::{Body, Mark, Role, TicketKind};

use super::device::rows_of;
use super::invite::{issue_ticket, switches};
use super::issue::{issue, turn};
use super::org::{handover_setting, must_keep};
use super::{backup, concern, dues, item_list, status};
use crate::ErrorDto;
use crate::cx::{Cx, Edits};
use crate::dto::Nothing;
use crate::dto::checklist::{ItemOrigin, ItemState};
use crate::dto::concern::ConcernState;
use crate::dto::handover::{HandoverSheet, InstallInput, OpenConcerns, OpenItem};
use crate::dto::sync::Ticket;
use crate::error::Answer;
use crate::node::store_error;

/// `handover.retire`: this device hands over. It needs somebody who goes on: another keeper, or a superior that can enrol one.
pub(crate) fn retire(cx: &Cx<'_>, _: Nothing) -> Answer<Nothing> {
    let _turn = turn(cx.node);
    let cx = &cx.anew()?;
    must_keep(cx)?;
    let me = cx.device().id();
    let devices = cx.membership().offices.get(&cx.office).into_iter().flat_map(|view| &view.devices);
    let others = devices.filter(|(device, known)| {
        **device != me && known.role == Role::Keeper && known.is_active() && !known.suspended && known.confirmed
    });
    if others.count() == 0 && cx.superior().is_none() {
        return Err(ErrorDto::new("no_successor"));
    }
    retire_with(cx, Edits::default())?;
    Ok(Nothing {})
}

/// Adds this device's last word to a commit. The caller has the turn to issue.
pub(super) fn retire_with(cx: &Cx<'_>, mut edits: Edits) -> Answer<()> {
    // What is saved from here on would lie behind the last changes that are named.
    let _alone = cx.node.writing.write().unwrap_or_else(PoisonError::into_inner);
    let mut cut: Vec<Mark> = Vec::new();
    for work in cx.node.store.work_of(&cx.device().id()).map_err(store_error)? {
        if work.book.writer() == cx.office {
            let last = work.changes.last().map(|(seq, hash, _)| (work.book.id(), work.actor, *seq, *hash));
            cut.extend(last);
        }
    }
    issue(cx, &mut edits, Body::Retire { cut })?;
    edits.log("handed_over", &[]);
    cx.commit(edits)
}

/// `handover.install`: an invitation for the successor. Without an office this device hands over in the step in which it
/// lets the successor in, by compared digits; for a direct subordinate a further keeper is enrolled from above.
pub(crate) fn install(cx: &Cx<'_>, input: InstallInput) -> Answer<Ticket> {
    let missing = || ErrorDto::new("not_found").at("office");
    let office: OfficeId = match input.office.as_deref().filter(|id| !id.is_empty()) {
        Some(id) => id.parse().map_err(|_| missing())?,
        None => cx.office,
    };
    if office == cx.office {
        let ticket = issue_ticket(cx, TicketKind::Device { role: Role::Keeper }, &[])?;
        let slot = ticket.id.parse().map_err(|_| missing())?;
        cx.node.store.put_setting(&handover_setting(&slot), &serde_json::json!(true)).map_err(store_error)?;
        return Ok(ticket);
    }
    let view = cx.membership().offices.get(&office).filter(|_| cx.membership().parent(&office) == Some(cx.office));
    let (name, kind) = view.map(|view| (view.name.clone(), view.kind)).ok_or_else(missing)?;
    issue_ticket(cx, TicketKind::Keeper { office, name, kind }, &switches(input.auto_approve, false))
}

/// `handover.sheet`: of the whole office, whoever is at the screen. What a profile does not see would stand there as nothing.
pub(crate) fn sheet(cx: &Cx<'_>) -> Answer<HandoverSheet> {
    cx.must_open_private()?;
    let cx = &cx.unlimited();
    let mut items: Vec<OpenItem> = item_list::list(cx, item_list::all_items())?
        .rows
        .into_iter()
        .filter(|row| !row.finished)
        .map(|row| OpenItem {
            title: row.title,
            deadline: row.deadline,
            from_above: row.origin == ItemOrigin::Superior,
            begun: row.state != ItemState::Open,
        })
        .collect();
    items.sort_by_key(|item| (item.deadline.is_none(), item.deadline.clone(), item.title.clone()));
    let mut open: BTreeMap<String, u32> = BTreeMap::new();
    let mut kept = 0u32;
    for row in concern::open(cx)? {
        if row.state != ConcernState::Closed {
            kept = kept.saturating_add(u32::from(row.state == ConcernState::Kept));
            let count = open.entry(row.category).or_default();
            *count = count.saturating_add(1);
        }
    }
    // Of every year: what was open before this one is handed over as well.
    let owing = dues::arrears::arrears(cx)?;
    let months: usize = owing.rows.iter().map(|row| row.months.len()).sum();
    let status = status::status(cx)?;
    // Those of profiles as well.
    let (common, of_profiles) = (format!("{}/", cx.office), format!("{}@", cx.office));
    let mut drafts = cx.node.store.drafts().map_err(store_error)?;
    drafts.retain(|draft| draft.form.starts_with(&common) || draft.form.starts_with(&of_profiles));
    Ok(HandoverSheet {
        office: cx.office_name(),
        superior: cx.superior_name(),
        on: cx.today_text(),
        items,
        concerns: open.into_iter().map(|(category, count)| OpenConcerns { category, count }).collect(),
        concerns_kept: kept,
        unsent: status.unsent,
        drafts: super::device::count(drafts.len()),
        arrears_members: super::device::count(owing.rows.len()),
        arrears_months: super::device::count(months),
        arrears_fen: owing.owed_fen,
        problems: status.problems,
        devices: rows_of(cx, &cx.office, false)?,
        last_backup: backup::last_on(cx.node)?,
    })
}
