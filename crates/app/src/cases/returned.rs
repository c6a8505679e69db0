//! 退回, for 今日: what came back, where decisions crossed, and the month that is to be submitted.

use ybz_domain::date::month_text;

use crate::cases::item_list;
use crate::cases::submission::{self, Known};
use crate::cases::today::item;
use crate::cx::Cx;
use crate::dto::checklist::{ItemListInput, ItemState};
use crate::dto::month::MonthState;
use crate::dto::node::DueItem;
use crate::error::Answer;

/// Days at the end of a month, and at the beginning of the next, on which 今日 speaks of submitting.
const BEFORE: i8 = 3;
const AFTER: i8 = 10;

/// Submissions and items that the superior returned, and decisions that crossed.
pub(crate) fn list(cx: &Cx<'_>) -> Answer<Vec<DueItem>> {
    let mut out = Vec::new();
    for year in [cx.today.year() - 1, cx.today.year()] {
        let own = submission::load(cx, false, year)?.into_values();
        for known in own.filter(|known| known.outcome.disputed || known.state() == MonthState::Returned) {
            let code = if known.outcome.disputed { "submission_disputed" } else { "submission_returned" };
            let month = known.submission.month.clone();
            out.push(item(code, [("month", month.clone()), ("note", known.comment())], Some(month)));
        }
    }
    let with = |state: &str| ItemListInput { state: Some(state.to_owned()), ..item_list::all_items() };
    let mut items = item_list::list(cx, with("returned"))?.rows;
    items
        .extend(item_list::list(cx, with("disputed"))?.rows.into_iter().filter(|row| row.state != ItemState::Returned));
    for row in items {
        let code = if row.disputed { "item_disputed" } else { "item_returned" };
        let note = row.decisions.iter().rev().find(|one| !one.accepted).map(|one| one.note.clone()).unwrap_or_default();
        out.push(item(code, [("title", row.title), ("note", note)], Some(row.id)));
    }
    Ok(out)
}

/// The month that ends or has just ended, as long as it is not submitted.
pub(crate) fn month_end(cx: &Cx<'_>) -> Answer<Option<DueItem>> {
    let (year, month) = (cx.today.year(), cx.today.month());
    let ends = cx.today.days_in_month() - cx.today.day() < BEFORE;
    let (year, month) = match (ends, cx.today.day() <= AFTER, month) {
        (true, ..) => (year, month),
        (false, true, 1) => (year - 1, 12),
        (false, true, _) => (year, month - 1),
        (false, false, _) => return Ok(None),
    };
    if cx.superior().is_none() || cx.members()?.is_empty() {
        return Ok(None);
    }
    let text = month_text(year, month);
    let state = submission::load(cx, false, year)?.get(&(cx.office, text.clone())).map(Known::state);
    let open = matches!(state, None | Some(MonthState::Withdrawn));
    Ok(open.then(|| item("month_end", [("month", text.clone())], Some(text))))
}
