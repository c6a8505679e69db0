//! The superior's side of concerns: what its branches handed in, and its answers into their dispatch books.

use ybz_domain::book::{BookKey, BookKind};
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::answer::{Answer as FromAbove, AnswerState};
use ybz_domain::ledger::visit::CONCERN;
use ybz_store::ConcernQuery;

use crate::ErrorDto;
use crate::cases::concern::{day, handed_row};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::concern::{AnswerInput, AnswerListInput, ConcernRow};
use crate::dto::{IdInput, Page, Saved};
use crate::error::{Answer, optional, required};

/// `answer.list`: concerns handed in below, newest first.
pub(crate) fn list(cx: &Cx<'_>, input: AnswerListInput) -> Answer<Page<ConcernRow>> {
    let below = cx.offices_below();
    let offices = match input.office.as_deref().filter(|id| !id.is_empty()) {
        None => below,
        Some(id) => {
            let known = id.parse::<OfficeId>().ok().filter(|office| below.contains(office));
            vec![known.ok_or_else(|| ErrorDto::new("office_unknown").at("office"))?]
        }
    };
    let query = ConcernQuery {
        offices,
        year: Some(input.year.unwrap_or_else(|| cx.today.year())),
        state: input.state,
        text: input.text,
        offset: input.offset,
        limit: if input.limit == 0 { 50 } else { input.limit.min(500) },
    };
    let (total, found) = cx.concerns(&query)?;
    let mut rows = Vec::with_capacity(found.len());
    for stored in &found {
        rows.extend(handed_row(cx, stored)?);
    }
    Ok(Page { total, rows })
}

fn below(cx: &Cx<'_>, id: &str) -> Answer<Stored> {
    let missing = || ErrorDto::new("not_found").with("id", id);
    let known = id.parse().map_err(|_| missing())?;
    cx.below_record(&known)?
        .filter(|stored| stored.view.rtype == CONCERN && stored.book.kind == BookKind::visits())
        .ok_or_else(missing)
}

/// `answer.get`: one concern handed in below.
pub(crate) fn get(cx: &Cx<'_>, input: IdInput) -> Answer<ConcernRow> {
    let stored = below(cx, &input.id)?;
    handed_row(cx, &stored)?.ok_or_else(|| ErrorDto::new("not_found").with("id", &input.id))
}

/// `answer.save` (答复): one more answer; none is ever overwritten. Only the branch's own superior answers.
pub(crate) fn save(cx: &Cx<'_>, input: AnswerInput) -> Answer<Saved> {
    let concern = below(cx, &input.id)?;
    if cx.membership().parent(&concern.book.office) != Some(cx.office) {
        return Err(ErrorDto::new("not_allowed"));
    }
    let state = AnswerState::from_word(&input.state)
        .ok_or_else(|| ErrorDto::new("invalid_input").at("state").with("value", &input.state))?;
    let answer = FromAbove {
        concern: concern.view.id.to_string(),
        on: day(cx, "on", &input.on)?.to_string(),
        text: required("text", &input.text, 2_000)?,
        state,
        unit: optional("unit", &input.unit, 60)?,
        recorded_on: cx.today_text(),
    };
    let id = cx.new_id();
    let mut edits = Edits::default();
    edits.push(BookKey::dispatch(concern.book.office, cx.office, cx.today.year()), answer.create(id));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}
