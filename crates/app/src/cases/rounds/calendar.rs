//! The days by which what interviews found has to be rectified and reported: two months, as the template or a rule pack says.

use ybz_domain::ledger::flow::{DueState, course};

use super::interview::{CHANNEL, RECTIFICATION};
use super::told::{Told, rows, sent};
use super::{places, template};
use crate::cx::Cx;
use crate::dto::interview::{InterviewCalendar, InterviewCalendarInput, InterviewCalendarRow};
use crate::error::Answer;

/// The deadline of the template that counts here.
pub(super) const TWO_MONTHS: &str = "two_months";

fn row(cx: &Cx<'_>, told: &Told) -> Option<InterviewCalendarRow> {
    let flow = told.flow()?;
    let due = course(flow, &told.events)
        .deadlines(&told.item.on, &told.item.due)
        .into_iter()
        .find(|due| due.deadline == TWO_MONTHS)?;
    let (standing, days) = match due.on(cx.today) {
        DueState::Ahead(days) => ("ahead", days),
        DueState::Overdue(days) => ("overdue", days),
        DueState::Met => ("met", 0),
        DueState::Late(days) => ("late", days),
    };
    Some(InterviewCalendarRow {
        item: told.row.clone(),
        from: due.from.to_string(),
        by: due.by.to_string(),
        met_on: due.met_on.map(|day| day.to_string()),
        standing: standing.to_owned(),
        days,
        citation: flow.deadline(TWO_MONTHS).map(|deadline| flow.source_of(deadline).to_owned()).unwrap_or_default(),
    })
}

/// `interview.calendar`: lists of a year's interviews and whatever earlier ones left open, by the day on which they are due.
/// What does not count from the interview's day, and has not begun, has no day and is not in it.
pub(crate) fn calendar(cx: &Cx<'_>, input: InterviewCalendarInput) -> Answer<InterviewCalendar> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let mut asked = sent(cx, input.own, &[RECTIFICATION]);
    asked.channel = Some(CHANNEL.to_owned());
    asked.since = jiff::civil::Date::new(year, 1, 1).ok();
    asked.to = jiff::civil::Date::new(year, 12, 31).ok();
    let places = places(cx);
    let mut found: Vec<(usize, InterviewCalendarRow)> = Vec::new();
    for told in &rows(cx, &asked)?.1 {
        let place = places.get(&told.office).copied().unwrap_or(usize::MAX);
        found.extend(row(cx, told).map(|row| (place, row)));
    }
    found.sort_by(|(a, one), (b, other)| (&one.by, a, &one.item.id).cmp(&(&other.by, b, &other.item.id)));
    let flow = template(cx, RECTIFICATION, input.own)?;
    let citation = flow.deadline(TWO_MONTHS).map(|deadline| flow.source_of(deadline).to_owned()).unwrap_or_default();
    Ok(InterviewCalendar { rows: found.into_iter().map(|(_, row)| row).collect(), citation })
}
