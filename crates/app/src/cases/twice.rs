//! Sessions entered on two devices: proposed, merged by a person, taken apart again. Nothing is dropped.

mod back;
mod take;

use ybz_domain::book::{RecordOp, Value};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::session::{SESSION, Session};
use ybz_domain::ledger::twice::{alike, groups_apart};

use crate::ErrorDto;
use crate::cases::meeting::{counting, row};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::twice::{ApartInput, MergeInput, TwicePair, WrittenBy};
use crate::dto::{ListInput, Nothing};
use crate::error::Answer;

pub(crate) use back::{unmerge, unmerge_preview};

/// `meeting.twice`: pairs of sessions of a year that look like one, the newest first.
pub(crate) fn list(cx: &Cx<'_>, input: ListInput) -> Answer<Vec<TwicePair>> {
    let mut all = counting(cx, input.year.unwrap_or_else(|| cx.today.year()))?;
    all.sort_by(|(a, one), (b, other)| (&other.date, a.view.id).cmp(&(&one.date, b.view.id)));
    let mut pairs = Vec::new();
    for (at, (one_at, one)) in all.iter().enumerate() {
        // Sorted by day: only those of the same day stand next.
        for (other_at, other) in all.iter().skip(at + 1).take_while(|(_, other)| other.date == one.date) {
            let why = alike((one_at.view.id, one), (other_at.view.id, other));
            if !why.is_empty() {
                pairs.push(TwicePair {
                    one: row(cx, one_at, one),
                    one_by: written_by(cx, one_at)?,
                    other: row(cx, other_at, other),
                    other_by: written_by(cx, other_at)?,
                    only_one: take::only(cx, (other_at, other), (one_at, one))?,
                    only_other: take::only(cx, (one_at, one), (other_at, other))?,
                    why: why.into_iter().map(|why| why.as_str().to_owned()).collect(),
                });
            }
        }
    }
    Ok(pairs)
}

/// Who made the session: the day of entry is written once, with it.
fn written_by(cx: &Cx<'_>, stored: &Stored) -> Answer<WrittenBy> {
    let seen = stored.view.fields.get("recorded_on").and_then(|field| field.values.last());
    let (by, on) = seen.map(|seen| cx.author(&stored.book, seen)).transpose()?.unwrap_or_default();
    Ok(WrittenBy { by, on })
}

/// `meeting.merge`
///
/// # Errors
/// `invalid_input` for a session with itself, `merged_already` when the one that stays was merged into another, `groups_apart` for
/// meetings of two groups: one of them would count nowhere.
pub(crate) fn merge(cx: &Cx<'_>, input: MergeInput) -> Answer<Nothing> {
    let keep = cx.own_record(&input.keep, SESSION)?;
    let merge = cx.own_record(&input.merge, SESSION)?;
    if keep.view.id == merge.view.id {
        return Err(ErrorDto::new("invalid_input").at("merge").with("value", &input.merge));
    }
    let read = |stored: &Stored| Session::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"));
    let (kept, other) = (read(&keep)?, read(&merge)?);
    if kept.merged_into.is_some() {
        return Err(ErrorDto::new("merged_already").at("keep"));
    }
    if groups_apart(&kept, &other) {
        let error = ErrorDto::new("groups_apart").at("merge");
        return Err(error.with("group", kept.group).with("other", other.group));
    }
    let mut edits = Edits::default();
    if input.take {
        take::take(cx, &mut edits, (&keep, &kept), (&merge, &other))?;
    }
    let (id, field, value) = (merge.view.id, "merged_into".to_owned(), keep.view.id.to_string().into());
    edits.push(merge.book.clone(), RecordOp::Set { id, field, value });
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// `meeting.apart`
pub(crate) fn apart(cx: &Cx<'_>, input: ApartInput) -> Answer<Nothing> {
    let one = cx.own_record(&input.one, SESSION)?;
    let other = cx.own_record(&input.other, SESSION)?;
    let mut edits = Edits::default();
    let mut say = |of: &Stored, not: RecordId, force: bool| {
        let (id, field) = (of.view.id, format!("apart/{not}"));
        if force || of.view.flag(&field) {
            edits.push(of.book.clone(), RecordOp::Set { id, field, value: Value::Bool(input.apart) });
        }
    };
    // Said of one of them it holds for both; taken back, of whichever it was said.
    say(&one, other.view.id, input.apart);
    say(&other, one.view.id, false);
    cx.commit(edits)?;
    Ok(Nothing {})
}
