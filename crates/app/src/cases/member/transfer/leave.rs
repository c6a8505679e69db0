//! Told by the committee that another branch has a member of this one and keeps it, the branch writes the member out.

use ybz_domain::ids::RecordId;
use ybz_domain::ledger::member::{Member, stood_for};
use ybz_domain::ledger::standing::{Change, Event};
use ybz_domain::ledger::transfer::told_elsewhere;

use super::{taken_in, words};
use crate::ErrorDto;
use crate::cases::member::changes::{by_member, stage};
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits};
use crate::dto::{IdInput, Saved};
use crate::error::Answer;

/// The record that stands for a member who was taken in by a transfer, as long as the member belongs here.
pub(super) fn on_roster(cx: &Cx<'_>, members: &[(RecordId, Member)], transfer: &str) -> Option<RecordId> {
    let own = taken_in(transfer);
    let standing = stood_for(members).get(&own.to_string()).and_then(|id| id.parse().ok()).unwrap_or(own);
    let today = cx.today_text();
    members.iter().find(|(id, member)| *id == standing && member.belongs_on(&today)).map(|(id, _)| *id)
}

/// `transfer.leave`: from the day on which the other branch took the member in, but not before this one did.
///
/// # Errors
/// `transfer_ended` unless this branch has the member and was told that another keeps it; `period_closed` where that day is in a
/// closed month.
pub(crate) fn leave(cx: &Cx<'_>, input: IdInput) -> Answer<Saved> {
    let words = words(cx)?;
    let ended = |state: &str| ErrorDto::new("transfer_ended").with("state", state);
    let (_, word) = told_elsewhere(&input.id, &words).pop().ok_or_else(|| ended("accepted"))?;
    let member = on_roster(cx, &cx.members()?, &input.id).ok_or_else(|| ended("left"))?;
    let changes = by_member(cx)?.remove(&member.to_string()).unwrap_or_default();
    let came = changes.iter().filter(|(_, change)| !change.void && change.event.is_some_and(Event::enters));
    let came = came.map(|(_, change)| change.on.as_str()).max().unwrap_or_default();
    let today = cx.today_text();
    // The name of an office, if the committee's program put it there; what reads like a household's is left out.
    let note = match Upward::load(cx, false)?.check("note", &word.note) {
        Ok(()) => word.note.clone(),
        Err(_) => String::new(),
    };
    let change = Change {
        member: member.to_string(),
        on: word.on.as_str().min(&today).max(came).to_owned(),
        event: Some(Event::TransferredOut),
        note,
        recorded_on: today.clone(),
        ..Change::default()
    };
    let mut edits = Edits::default();
    let id = stage(cx, &mut edits, member, &change)?;
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}
