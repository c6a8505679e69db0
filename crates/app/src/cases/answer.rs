//! The superior's side of concerns: what its branches handed in, and its answers into their dispatch books.

use ybz_domain::book::{BookKey, BookKind};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::answer::{Answer as FromAbove, AnswerState};
use ybz_domain::ledger::visit::CONCERN;
use ybz_store::ConcernQuery;

use crate::ErrorDto;
use crate::cases::alike::Overlay;
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
    let row = handed_row(cx, &stored)?.ok_or_else(|| ErrorDto::new("not_found").with("id", &input.id))?;
    let others = sources(cx, &stored)?.into_iter().skip(1).map(|(_, office)| cx.name_of(&office));
    Ok(ConcernRow { answered_with: others.collect(), ..row })
}

/// `answer.save` (答复): one more answer; none is ever overwritten. Only the branch's own superior answers. What was merged on
/// this office's desk is answered once: each branch gets the answer to its own record.
pub(crate) fn save(cx: &Cx<'_>, input: AnswerInput) -> Answer<Saved> {
    let concern = below(cx, &input.id)?;
    if cx.membership().parent(&concern.book.office) != Some(cx.office) {
        return Err(ErrorDto::new("not_allowed"));
    }
    let state = AnswerState::from_word(&input.state)
        .ok_or_else(|| ErrorDto::new("invalid_input").at("state").with("value", &input.state))?;
    let mut answer = FromAbove {
        concern: String::new(),
        on: day(cx, "on", &input.on)?.to_string(),
        text: required("text", &input.text, 2_000)?,
        state,
        unit: optional("unit", &input.unit, 60)?,
        recorded_on: cx.today_text(),
    };
    let id = cx.new_id();
    let mut edits = Edits::default();
    for (source, office) in sources(cx, &concern)? {
        answer.concern = source.to_string();
        let own = source == concern.view.id;
        let book = BookKey::dispatch(office, cx.office, cx.today.year());
        edits.push(book, answer.create(if own { id } else { cx.new_id() }));
    }
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// The concern, and what is merged with it, each with the branch that this office answers.
pub(crate) fn sources(cx: &Cx<'_>, concern: &Stored) -> Answer<Vec<(RecordId, OfficeId)>> {
    let mut out = vec![(concern.view.id, concern.book.office)];
    // Whoever is at the screen: the answer goes to all of them or the merge would not hold.
    let all = cx.unlimited();
    for id in Overlay::load(cx)?.with(&concern.view.id).into_iter().filter(|id| *id != concern.view.id) {
        let Ok(other) = below(&all, &id.to_string()) else { continue };
        if cx.membership().parent(&other.book.office) == Some(cx.office) {
            out.push((id, other.book.office));
        }
    }
    Ok(out)
}
