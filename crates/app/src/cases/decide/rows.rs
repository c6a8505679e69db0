//! What waits, a row each.

use ybz_domain::ledger::visit::Concern;

use crate::cases::submission::Known;
use crate::cx::{Cx, Stored};
use crate::dto::admission::CaseRow;
use crate::dto::alike::AlikeKind;
use crate::dto::checklist::{ItemRow, ItemState};
use crate::dto::conflict::ConflictRow;
use crate::dto::decide::{DecideKind, DecideRow};
use crate::dto::flow::{FlowDueState, FlowRow};
use crate::dto::sync::{Invited, PendingJoin};
use crate::dto::transfer::TransferRow;
use crate::dto::troubles::TroubleRow;

fn row(kind: DecideKind, about: &str, target: &str) -> DecideRow {
    DecideRow {
        id: format!("{about}/{target}"),
        kind,
        about: about.to_owned(),
        target: target.to_owned(),
        office_name: String::new(),
        title: String::new(),
        note: String::new(),
        since: None,
        until: None,
        overdue: false,
        count: 0,
        digest: String::new(),
        event: String::new(),
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) fn of_submission(cx: &Cx<'_>, known: &Known) -> DecideRow {
    let kind = if known.outcome.disputed { DecideKind::Disputed } else { DecideKind::Submission };
    DecideRow {
        office_name: cx.name_of(&known.office),
        title: known.submission.month.clone(),
        since: some(&known.submission.on),
        count: known.count(),
        digest: known.digest.clone(),
        ..row(kind, "submission", &known.id.to_string())
    }
}

pub(super) fn of_item(kind: DecideKind, item: &ItemRow) -> DecideRow {
    // The last report that it is done; of crossed decisions the last of them.
    let reported = item.progress.iter().filter(|step| step.state == "done").map(|step| &step.on);
    let decided = item.decisions.iter().filter(|_| item.state != ItemState::Done).map(|word| &word.on);
    DecideRow {
        office_name: item.office_name.clone(),
        title: item.title.clone(),
        note: item.person.clone(),
        since: reported.chain(decided).max().cloned(),
        until: item.deadline.clone(),
        overdue: item.overdue,
        ..row(kind, "item", &item.id)
    }
}

pub(super) fn of_admission(case: CaseRow) -> DecideRow {
    DecideRow {
        office_name: case.office_name,
        title: case.name,
        since: some(&case.asked),
        until: case.latest,
        overdue: case.overdue,
        ..row(DecideKind::Admission, &case.code, &case.step)
    }
}

pub(super) fn of_transfer(transfer: TransferRow) -> Option<DecideRow> {
    let waits = matches!(transfer.state.as_str(), "waiting" | "declined" | "to_tell" | "to_recall" | "taken_twice");
    let holders: Vec<&str> = transfer.holders.iter().map(|holder| holder.name.as_str()).collect();
    let note =
        if transfer.state == "taken_twice" { holders.join(" · ") } else { transfer.to.unwrap_or(transfer.place) };
    waits.then(|| DecideRow {
        office_name: transfer.from,
        title: transfer.name,
        note,
        since: some(&transfer.on),
        ..row(DecideKind::Transfer, &transfer.state, &transfer.id)
    })
}

pub(super) fn of_join(join: PendingJoin) -> DecideRow {
    let about = if join.invites == Invited::Office { "office" } else { "device" };
    DecideRow {
        office_name: join.office_name,
        title: join.holder.unwrap_or_default(),
        since: some(&join.asked_on),
        ..row(DecideKind::Join, about, &join.id)
    }
}

pub(super) fn of_conflict(cx: &Cx<'_>, conflict: &ConflictRow) -> DecideRow {
    let last = conflict.values.iter().map(|value| value.on.as_str()).max();
    let mut row = row(DecideKind::Conflict, &conflict.record_type, &conflict.record);
    row.id = format!("conflict/{}/{}/{}", conflict.book, conflict.record, conflict.field);
    DecideRow {
        office_name: cx.office_name(),
        title: conflict.title.clone(),
        note: conflict.field.clone(),
        since: last.and_then(some),
        ..row
    }
}

pub(super) fn of_trouble(trouble: &TroubleRow) -> DecideRow {
    let mut row = row(DecideKind::Trouble, &trouble.reason, &trouble.book);
    row.id = format!("{}/{}", row.id, trouble.device.as_deref().unwrap_or_default());
    let year = trouble.year.map(|year| format!(" {year}")).unwrap_or_default();
    DecideRow {
        office_name: trouble.office.clone(),
        title: format!("{}{year}", trouble.kind),
        note: trouble.remedy.clone(),
        since: trouble.first_on.clone(),
        count: trouble.count,
        ..row
    }
}

/// A concern as it was handed in; `again`: a case of it was closed before.
pub(super) fn of_concern(cx: &Cx<'_>, stored: &Stored, concern: &Concern, again: bool) -> DecideRow {
    DecideRow {
        office_name: cx.name_of(&stored.book.office),
        title: concern.text.chars().take(40).collect(),
        note: concern.category.clone(),
        since: some(&concern.recorded_on).or_else(|| some(&concern.date)),
        until: some(&concern.deadline),
        overdue: !concern.deadline.is_empty() && concern.deadline < cx.today_text(),
        ..row(DecideKind::Concern, if again { "again" } else { "new" }, &stored.view.id.to_string())
    }
}

/// An item of a flow: `since` is the day of what was done last.
pub(super) fn of_flow(kind: DecideKind, about: &str, flow: &FlowRow, since: Option<&str>, event: &str) -> DecideRow {
    let came = if flow.source_office_name.is_empty() { &flow.office_name } else { &flow.source_office_name };
    DecideRow {
        office_name: came.clone(),
        title: if flow.title.is_empty() { flow.text.chars().take(40).collect() } else { flow.title.clone() },
        note: [flow.flow_name.as_str(), &flow.state_name].join(" · "),
        since: since.and_then(some).or_else(|| some(&flow.on)),
        until: flow.deadline.as_ref().map(|due| due.by.clone()),
        overdue: flow.deadline.as_ref().is_some_and(|due| due.state == FlowDueState::Overdue),
        event: event.to_owned(),
        ..row(kind, about, &flow.id)
    }
}

pub(super) fn of_alike(kind: AlikeKind, pairs: u32) -> DecideRow {
    let about = match kind {
        AlikeKind::Members => "members",
        AlikeKind::Concerns => "concerns",
        AlikeKind::Cases => "cases",
    };
    DecideRow { count: pairs, ..row(DecideKind::Alike, about, about) }
}
