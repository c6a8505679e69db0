//! What comes with each period: the month that is submitted, and sessions that the frequency rules expect.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use ybz_domain::date::month_text;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::session::SESSION;
use ybz_domain::ledger::twice::MERGED;
use ybz_domain::rules::Every;
use ybz_store::RecordQuery;

use super::{Due, Source, Window, is_branch, month_later, words};
use crate::cases::submission;
use crate::cx::Cx;
use crate::dto::month::MonthState;
use crate::error::Answer;
use crate::node::store_error;

pub(super) fn due(cx: &Cx<'_>, window: &Window) -> Answer<Vec<Due>> {
    let offices = branches(cx, window)?;
    let mut out = submissions(cx, window, &offices)?;
    out.extend(sessions(cx, window, &offices)?);
    Ok(out)
}

/// Branches of the window with the first day on which each had its place; a branch without members owes nothing yet.
fn branches(cx: &Cx<'_>, window: &Window) -> Answer<Vec<(OfficeId, Option<Date>)>> {
    let mut out = Vec::new();
    for office in window.offices(cx) {
        let Some(view) = cx.membership().offices.get(&office) else { continue };
        let empty = office == cx.office && cx.members()?.is_empty();
        if is_branch(view.kind) && !empty {
            out.push((office, view.adoption.as_ref().map(|adoption| adoption.valid_from)));
        }
    }
    Ok(out)
}

/// Months that have come and are neither waiting nor accepted.
fn submissions(cx: &Cx<'_>, window: &Window, offices: &[(OfficeId, Option<Date>)]) -> Answer<Vec<Due>> {
    let mut known = BTreeMap::new();
    let day_of = words()?.submission_day;
    let mut out = Vec::new();
    for next in window.months() {
        let Some(month) = month_later(next, -1) else { continue };
        let Ok(day) = next.with().day(day_of).build() else { continue };
        if month > cx.today || !window.has(day) {
            continue;
        }
        if let std::collections::btree_map::Entry::Vacant(slot) = known.entry(month.year()) {
            slot.insert(submission::states(cx, month.year())?);
        }
        let text = month_text(month.year(), month.month());
        for (office, since) in offices {
            // Before it had a superior there was nobody to submit to.
            if since.is_none_or(|since| since > month.last_of_month()) {
                continue;
            }
            let of = known.get(&month.year()).and_then(|all| all.get(&(*office, text.clone())));
            let open = of.is_none_or(|of| matches!(of, MonthState::Withdrawn | MonthState::Returned));
            if open {
                out.push(Due { code: text.clone(), told_after: Some(next), ..Due::new(day, "submission", *office) });
            }
        }
    }
    Ok(out)
}

/// Sessions of periods that end in the window and have none.
fn sessions(cx: &Cx<'_>, window: &Window, offices: &[(OfficeId, Option<Date>)]) -> Answer<Vec<Due>> {
    let mut out = Vec::new();
    if offices.is_empty() {
        return Ok(out);
    }
    let held = held(cx, window, offices)?;
    for month in window.months() {
        let end = month.last_of_month();
        if !window.has(end) {
            continue;
        }
        for frequency in &cx.rules().frequency {
            let months = match frequency.every {
                Every::Month => 1,
                Every::Quarter if month.month() % 3 == 0 => 3,
                Every::Year if month.month() == 12 => 12,
                Every::Quarter | Every::Year => continue,
            };
            let Some(first) = month_later(month, 1 - months) else { continue };
            // A period that has not begun owes nothing yet.
            if first > cx.today {
                continue;
            }
            let of: Vec<String> = (0..months)
                .filter_map(|n| month_later(first, n))
                .map(|month| month_text(month.year(), month.month()))
                .collect();
            let kind = frequency.kind.as_str();
            for (office, since) in offices {
                let here = *office == cx.office;
                if !here && since.is_none_or(|since| since > end) {
                    continue;
                }
                if of.iter().any(|month| held.contains(&(*office, month.clone(), kind.to_owned()))) {
                    continue;
                }
                out.push(Due {
                    code: kind.to_owned(),
                    told_after: Some(end),
                    source: Source::Article(frequency.article.clone()),
                    ..Due::new(end, "session", *office)
                });
            }
        }
    }
    Ok(out)
}

type Held = BTreeSet<(OfficeId, String, String)>;

/// Offices, months and kinds of sessions that were held.
fn held(cx: &Cx<'_>, window: &Window, offices: &[(OfficeId, Option<Date>)]) -> Answer<Held> {
    let first = month_later(window.periods_from.first_of_month(), -11).unwrap_or(window.from);
    let query = RecordQuery {
        rtype: Some(SESSION.to_owned()),
        offices: Some(offices.iter().map(|(office, _)| *office).collect()),
        from: Some(first.to_string()),
        to: Some(window.to.last_of_month().to_string()),
        ..RecordQuery::default()
    };
    let counts = cx.node.store.read(|reader| reader.kind_counts(&query)).map_err(store_error)?;
    let mut out = Held::new();
    // A session that was entered twice stands where it was merged into.
    for count in counts.into_iter().filter(|count| count.state != MERGED) {
        let kinds = count.kind.split(',').filter(|kind| !kind.is_empty());
        out.extend(kinds.map(|kind| (count.office, count.month.clone(), kind.to_owned())));
    }
    Ok(out)
}
