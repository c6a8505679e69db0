//! What the branch does about a concern. Steps are only ever added; who does what next, by when, is never empty while a
//! concern is open.

use jiff::civil::Date;
use ybz_domain::book::{BookKind, RecordOp};
use ybz_domain::date::{read_date, read_deadline};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::answer::REOPENED;
use ybz_domain::ledger::visit::{CONCERN, Concern, HOUSEHOLD, KEPT_CONCERN, KeptConcern, Step, VISIT, VISIT_LINK};

use super::rows::{by_id, opened};
use crate::ErrorDto;
use crate::cases::upward::Upward;
use crate::cases::visit::{checked_concern, link_id, put_kept};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::Saved;
use crate::dto::concern::{ConcernAddInput, ConcernPlanInput, ConcernProgressInput, ConcernState, ConcernTellInput};
use crate::error::{Answer, optional, required};

/// A day as typed; empty: today.
pub(crate) fn day(cx: &Cx<'_>, field: &str, text: &str) -> Answer<Date> {
    if text.trim().is_empty() {
        return Ok(cx.today);
    }
    read_date(text, cx.today).map_err(|_| ErrorDto::new("date_not_understood").at(field).with("text", text))
}

/// `concern.progress`: a step is added; none is ever overwritten.
pub(crate) fn add_progress(cx: &Cx<'_>, input: ConcernProgressInput) -> Answer<Saved> {
    let state = if input.close { "closed" } else { "in_progress" };
    step(cx, &input.id, &input.note, &input.on, state, input.keep_matches)
}

/// `concern.tell` (反馈): the resident was told, which closes the concern.
pub(crate) fn tell(cx: &Cx<'_>, input: ConcernTellInput) -> Answer<Saved> {
    step(cx, &input.id, &input.note, &input.on, "closed", input.keep_matches)
}

fn step(cx: &Cx<'_>, concern: &str, note: &str, on: &str, state: &str, keep: bool) -> Answer<Saved> {
    let concern = cx.own_record(concern, CONCERN)?;
    let before = by_id(cx, &concern.view.id.to_string())?;
    if state == "in_progress" {
        if before.state == ConcernState::Closed {
            return Err(ErrorDto::new("concern_closed"));
        }
        // One that came in without them, by an older import, gets both before anything else.
        if before.owner.is_empty() || before.deadline.is_none() {
            return Err(ErrorDto::new("concern_incomplete"));
        }
    }
    let step = Step {
        about: concern.view.id.to_string(),
        on: day(cx, "on", on)?.to_string(),
        note: required("note", note, 500)?,
        state: state.to_owned(),
        person: String::new(),
        recorded_on: cx.today_text(),
    };
    let mut upward = Upward::load(cx, keep)?;
    upward.check("note", &step.note)?;
    let id = cx.new_id();
    let mut edits = Edits::default();
    upward.log(&mut edits, id);
    edits.push(concern.book, step.create(id));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// `concern.plan`: the next step, who and by when, all three; with a reason it opens a concern again.
///
/// # Errors
/// `concern_incomplete` at the field that is empty; `concern_closed` for a closed one without a reason to open it again.
pub(crate) fn plan(cx: &Cx<'_>, input: ConcernPlanInput) -> Answer<Saved> {
    let row = by_id(cx, &input.id)?;
    let filled = |field: &str, text: &str, max: usize| {
        required(field, text, max).map_err(|error| {
            if error.code == "required" { ErrorDto::new("concern_incomplete").at(field) } else { error }
        })
    };
    let next_step = filled("nextStep", &input.next_step, 200)?;
    let owner = filled("owner", &input.owner, 40)?;
    filled("deadline", &input.deadline, 40)?;
    let deadline = cx.check_far(read_deadline(&input.deadline, cx.today), "deadline", input.confirm_date)?.to_string();
    let unit = optional("unit", &input.unit, 60)?;
    let reason = input.reopen.as_deref().map(|reason| required("reopen", reason, 500)).transpose()?;
    let mut edits = Edits::default();
    if row.state == ConcernState::Kept {
        let stored = cx.own_record(&row.id, KEPT_CONCERN)?;
        let kept = opened(cx, &stored).ok_or_else(|| ErrorDto::new("not_found").with("id", &row.id))?;
        let kept = KeptConcern { next_step, owner, deadline, unit, ..kept };
        let (visit, subject) = subject(&stored)?;
        put_kept(cx, &mut edits, &stored.book.clone(), visit, Some(subject), &kept, Some(stored))?;
    } else {
        if row.state == ConcernState::Closed && reason.is_none() {
            return Err(ErrorDto::new("concern_closed"));
        }
        let stored = cx.own_record(&row.id, CONCERN)?;
        let before = Concern::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
        let mut upward = Upward::load(cx, input.keep_matches)?;
        for (field, old, new) in [
            ("next_step", &before.next_step, &next_step),
            ("owner", &before.owner, &owner),
            ("deadline", &before.deadline, &deadline),
            ("unit", &before.unit, &unit),
        ] {
            if old != new {
                upward.check(if field == "next_step" { "nextStep" } else { field }, new)?;
                let value = new.as_str().into();
                edits.push(stored.book.clone(), RecordOp::Set { id: stored.view.id, field: field.to_owned(), value });
            }
        }
        if let Some(note) = reason {
            upward.check("reopen", &note)?;
            let (on, about) = (cx.today_text(), stored.view.id.to_string());
            let step = Step { about, recorded_on: on.clone(), on, note, state: REOPENED.to_owned(), ..Step::default() };
            edits.push(stored.book.clone(), step.create(cx.new_id()));
        }
        upward.log(&mut edits, stored.view.id);
    }
    cx.commit(edits)?;
    Ok(Saved { id: row.id, late: false })
}

fn subject(stored: &Stored) -> Answer<(RecordId, RecordId)> {
    let read = |field: &str| stored.view.str(field).parse().map_err(|_| ErrorDto::new("not_found"));
    Ok((read("ref")?, read("subject")?))
}

/// `concern.add`: one more concern of a visit.
pub(crate) fn add(cx: &Cx<'_>, input: ConcernAddInput) -> Answer<Saved> {
    let visit = cx.own_record(&input.visit, VISIT)?;
    let household = match input.household.as_deref().filter(|id| !id.is_empty()) {
        Some(id) => Some(cx.own_record(id, HOUSEHOLD).map_err(|error| error.at("household"))?.view.id),
        None => cx
            .find(&link_id(&visit.view.id).to_string())?
            .filter(|link| link.view.rtype == VISIT_LINK)
            .and_then(|link| link.view.str("household").parse().ok()),
    };
    let kept = checked_concern(cx, &input.concern, input.confirm_date)?;
    let year = visit.book.year.unwrap_or_else(|| cx.today.year());
    let private = cx.book(BookKind::private(), year);
    let mut edits = Edits::default();
    let id = put_kept(cx, &mut edits, &private, visit.view.id, household, &kept, None)?;
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}
