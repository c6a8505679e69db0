//! 接收 and 退回, at the superior: submissions of those below, and what waits for a decision.

mod concerns;
mod list;
mod matters;
mod rows;

use ybz_domain::book::BookKey;
use ybz_domain::date::month_text;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::submission::{DECISION, ON_SUBMISSION, SUBMISSION, Word};
use ybz_domain::ledger::verdict::Act;

use crate::ErrorDto;
use crate::cases::org;
use crate::cases::submission::{self, Known, Now};
use crate::cx::{Cx, Edits};
use crate::dto::month::{DecideInput, MonthState, SubmissionCard, SubmissionListInput, SubmissionView};
use crate::dto::{IdInput, Saved};
use crate::error::{Answer, optional, required};

pub(crate) use list::{count, list as everything};

fn card(cx: &Cx<'_>, office: OfficeId, month: &str, known: Option<&Known>, different: u32) -> Answer<SubmissionCard> {
    Ok(SubmissionCard {
        id: known.map(|known| known.id.to_string()),
        office: office.to_string(),
        office_name: cx.name_of(&office),
        month: month.to_owned(),
        state: known.map_or(MonthState::None, Known::state),
        disputed: known.is_some_and(|known| known.outcome.disputed),
        on: known.map(|known| known.submission.on.clone()).unwrap_or_default(),
        count: known.map_or(0, Known::count),
        different,
        as_of: cx.last_received(&office)?.map(|day| day.to_string()),
    })
}

/// The month before today's.
fn last_month(cx: &Cx<'_>) -> (i16, i8) {
    match cx.today.month() {
        1 => (cx.today.year() - 1, 12),
        month => (cx.today.year(), month - 1),
    }
}

/// `submission.list`: one month, an office a row in the order in which people look for them.
pub(crate) fn list(cx: &Cx<'_>, input: SubmissionListInput) -> Answer<Vec<SubmissionCard>> {
    let (year, number) = match input.month.trim() {
        "" => last_month(cx),
        text => crate::cases::month::month_of(cx, text)?,
    };
    let month = month_text(year, number);
    let known = submission::load(cx, true, year)?;
    let of_month = known.iter().filter(|((_, of), _)| *of == month).map(|(_, known)| known);
    let accepted: Vec<&Known> = of_month.filter(|known| known.state() == MonthState::Accepted).collect();
    let different = submission::different(cx, &accepted, &month)?;
    let mut rows = Vec::new();
    for node in org::tree_on(cx, cx.end_of(year))?.into_iter().filter(|node| node.depth > 0) {
        let Some(office) = node.id.as_deref().and_then(|id| id.parse::<OfficeId>().ok()) else { continue };
        let one = known.get(&(office, month.clone()));
        rows.push(card(cx, office, &month, one, different.get(&office).copied().unwrap_or_default())?);
    }
    Ok(rows)
}

/// A submission of a subordinate by its id, as long as it is the one that counts.
fn find(cx: &Cx<'_>, id: &str) -> Answer<Known> {
    let missing = || ErrorDto::new("not_found").with("id", id);
    let all = cx.below(SUBMISSION, None)?;
    let stored = all.into_iter().find(|stored| stored.view.id.to_string() == id).ok_or_else(missing)?;
    let key = (stored.book.office, stored.view.str("month").to_owned());
    let year = stored.book.year.ok_or_else(missing)?;
    submission::load(cx, true, year)?
        .remove(&key)
        .filter(|known| known.id == stored.view.id)
        .ok_or_else(|| ErrorDto::new("changed_since").with("id", id))
}

/// `submission.get`
pub(crate) fn get(cx: &Cx<'_>, input: IdInput) -> Answer<SubmissionView> {
    let known = find(cx, &input.id)?;
    let now = Now::load(cx, &known.office, &known.submission.month)?;
    submission::view(cx, &known, &now)
}

/// `submission.decide`: 接收 or 退回 of what was on the screen, in the `down/` book of the office that submitted.
pub(crate) fn decide(cx: &Cx<'_>, input: DecideInput) -> Answer<Saved> {
    let known = find(cx, &input.id)?;
    if known.digest != input.digest {
        return Err(ErrorDto::new("changed_since").with("id", &input.id));
    }
    let act = if input.accept { Act::Accept } else { Act::Return };
    if !known.outcome.permits(act) {
        return Err(ErrorDto::new("decision_late").with("state", known.outcome.standing.as_str()));
    }
    let note = match act {
        Act::Return => required("note", &input.note, 500)?,
        _ => optional("note", &input.note, 500)?,
    };
    let word = Word {
        about: known.id.to_string(),
        kind: ON_SUBMISSION.to_owned(),
        state: act.as_str().to_owned(),
        note,
        on: cx.today_text(),
        person: cx.who.name.clone().unwrap_or_default(),
        digest: known.digest.clone(),
        after: known.outcome.tips.keys().copied().collect(),
    };
    let id = cx.new_id();
    let mut edits = Edits::default();
    edits.push(BookKey::dispatch(known.office, cx.office, known.year), word.create(id, DECISION));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// Submissions of this year and the one before that wait for a word of this office.
fn submissions_waiting(cx: &Cx<'_>) -> Answer<Vec<Known>> {
    let mut out = Vec::new();
    for year in [cx.today.year() - 1, cx.today.year()] {
        let all = submission::load(cx, true, year)?.into_values();
        out.extend(all.filter(|known| known.state() == MonthState::Pending || known.outcome.disputed));
    }
    Ok(out)
}
