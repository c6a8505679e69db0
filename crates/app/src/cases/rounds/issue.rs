//! 下发整改清单: what an interview found becomes items of rectification in the unit's book, in one commit.

use ybz_domain::ledger::desk::round::{ISSUE_LIST, to_rectify};
use ybz_domain::ledger::flow::{Event, Side, course};

use super::interview::{RECTIFICATION, findings, held, interview};
use super::{Once, dispatch};
use crate::ErrorDto;
use crate::cx::Cx;
use crate::dto::interview::{InterviewIssueInput, MadeOnce};
use crate::error::{Answer, optional};

/// `interview.issue`: each finding an item of the unit, of the interview's day. What was sent before stays as it is, and what was
/// found since is added; sent twice, on whichever devices, it is one list.
///
/// # Errors
/// `not_found`, `interview_not_held`, `interview_nothing_found`; `not_allowed` where the interview is another office's.
pub(crate) fn issue(cx: &Cx<'_>, input: InterviewIssueInput) -> Answer<MadeOnce> {
    let told = interview(cx, &input.id)?;
    if !told.sent_by_us {
        return Err(ErrorDto::new("not_allowed").at("id"));
    }
    let person = optional("person", &input.person, 40)?;
    let flow = told.flow().ok_or_else(|| ErrorDto::new("flow_unknown").with("flow", &told.item.flow))?;
    let held = held(&told).ok_or_else(|| ErrorDto::new("interview_not_held"))?;
    let found = findings(&told);
    if found.is_empty() {
        return Err(ErrorDto::new("interview_nothing_found"));
    }
    let rectification = cx.flow_for(RECTIFICATION, &told.office, false)?;
    let day: jiff::civil::Date = held.on.parse().map_err(|_| ErrorDto::new("interview_not_held"))?;
    let mut once = Once::typed(cx, input.keep_matches)?;
    for event in &found {
        let (id, item) = to_rectify((&told.id, &told.item), &held, event, &rectification);
        once.put(cx, dispatch(cx, told.office, day.year()), id, &item)?;
    }
    let course = course(flow, &told.events);
    let mut event = Event::new(cx.new_id(), ISSUE_LIST, Side::Superior, &cx.today_text());
    event.about = told.id.to_string();
    event.person = person;
    event.after = course.seen();
    // Sent before, it is said already.
    if course.permits(&event).is_ok() {
        once.push(told.book.clone(), event.create(flow));
    }
    once.commit(cx)
}
