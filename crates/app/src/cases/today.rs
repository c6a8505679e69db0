//! 今日: what there is to do this evening, one sentence and one button each.

use jiff::civil::Date;
use ybz_domain::date::month_text;
use ybz_domain::ledger::checklist::DISPATCHED;
use ybz_domain::ledger::session::{SESSION, Session};
use ybz_domain::ledger::visit::CONCERN;
use ybz_domain::office::OfficeKind;
use ybz_domain::rules::Every;

use crate::cases::{concern, conflict, decide, dues, frame, item_list, org, returned, snapshot};
use crate::cx::Cx;
use crate::dto::ListInput;
use crate::dto::checklist::ItemState;
use crate::dto::node::{DueItem, SilentOffice, Today, TodayCommittee, TodayDepartment};
use crate::dto::visit::ConcernState;
use crate::error::Answer;

/// Items shown at most; the rest is 另有 n 项.
const SHOWN: usize = 7;
/// Days without a delivery after which an office is listed as silent.
const SILENT_DAYS: u32 = 7;

/// `today`
pub(crate) fn today(cx: &Cx<'_>) -> Answer<Today> {
    let kind = cx.kind();
    let mut due = Vec::new();
    if matches!(kind, OfficeKind::Branch | OfficeKind::GeneralBranch) {
        due.extend(concerns_due(cx)?);
        due.extend(sessions_missing(cx)?);
        due.extend(dues_unpaid(cx)?);
        due.extend(returned::month_end(cx)?);
    }
    let (items, from_above) = items_due(cx)?;
    due.extend(items);
    let more_due = u32::try_from(due.len().saturating_sub(SHOWN)).unwrap_or(u32::MAX);
    due.truncate(SHOWN);
    Ok(Today {
        date: cx.today_text(),
        drafts: frame::drafts(cx)?,
        conflicts: conflict::list(cx)?,
        due,
        more_due,
        returned: returned::list(cx)?,
        from_above,
        undelivered: cx.unsent()?,
        committee: if kind == OfficeKind::Committee { Some(committee(cx)?) } else { None },
        department: if kind == OfficeKind::OrganizationDepartment { Some(department(cx)?) } else { None },
    })
}

pub(super) fn item<const N: usize>(code: &str, params: [(&str, String); N], target: Option<String>) -> DueItem {
    let params = params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    DueItem { code: code.to_owned(), params, target }
}

fn all() -> ListInput {
    ListInput { limit: u32::MAX, ..ListInput::default() }
}

/// Days from today to an ISO date; negative when it has passed.
fn days_to(today: Date, date: &str) -> Option<i32> {
    let date: Date = date.parse().ok()?;
    today.until(date).ok().map(|span| span.get_days())
}

fn concerns_due(cx: &Cx<'_>) -> Answer<Vec<DueItem>> {
    let rows = concern::find(cx, all())?.rows;
    let mut due = Vec::new();
    let kept = rows.iter().filter(|row| row.state == ConcernState::Kept).count();
    if kept > 0 && cx.superior_name().is_some() {
        due.push(item("concern_not_handed_in", [("count", kept.to_string())], None));
    }
    for row in rows.iter().filter(|row| row.state != ConcernState::Closed) {
        if let Some(days) = row.deadline.as_deref().and_then(|date| days_to(cx.today, date)).filter(|days| *days <= 3) {
            let title = row.text.chars().take(20).collect();
            due.push(item("concern_due", [("title", title), ("days", days.to_string())], Some(row.id.clone())));
        }
    }
    Ok(due)
}

/// Sessions that the frequency rules expect in the current period and that are not held or planned yet.
fn sessions_missing(cx: &Cx<'_>) -> Answer<Vec<DueItem>> {
    if cx.members()?.is_empty() {
        return Ok(Vec::new());
    }
    let sessions: Vec<Session> =
        cx.records(SESSION, Some(cx.today.year()))?.iter().filter_map(|stored| Session::read(&stored.view)).collect();
    let mut due = Vec::new();
    for frequency in &cx.rules().frequency {
        let (from, to) = period(frequency.every, cx.today);
        let Some(days) = days_to(cx.today, &to) else { continue };
        // A month's session is mentioned in its second half, a year's in its last quarter.
        let soon = match frequency.every {
            Every::Month => 15,
            Every::Quarter => 45,
            Every::Year => 90,
        };
        let held = sessions
            .iter()
            .any(|session| session.kinds.contains(&frequency.kind) && session.date >= from && session.date <= to);
        if !held && days <= soon {
            let code = format!("{}_missing", frequency.kind.as_str());
            due.push(item(&code, [("days", days.to_string())], None));
        }
    }
    Ok(due)
}

fn period(every: Every, today: Date) -> (String, String) {
    let (first, last) = match every {
        Every::Month => (today.month(), today.month()),
        Every::Quarter => {
            let first = (today.month() - 1) / 3 * 3 + 1;
            (first, first + 2)
        }
        Every::Year => (1, 12),
    };
    let end = Date::new(today.year(), last, 1).map_or(today, |date| date.last_of_month());
    (format!("{}-01", month_text(today.year(), first)), end.to_string())
}

fn dues_unpaid(cx: &Cx<'_>) -> Answer<Vec<DueItem>> {
    let sheet = dues::sheet(cx, all())?;
    let month = cx.today.month();
    let unpaid = sheet
        .rows
        .iter()
        .filter(|row| {
            row.months.iter().any(|cell| {
                i16::from(cell.month) == i16::from(month) && cell.due_fen > 0 && cell.paid_fen < cell.due_fen
            })
        })
        .count();
    if unpaid == 0 {
        return Ok(Vec::new());
    }
    Ok(vec![item("dues_unpaid", [("count", unpaid.to_string()), ("month", month.to_string())], None)])
}

fn items_due(cx: &Cx<'_>) -> Answer<(Vec<DueItem>, Vec<DueItem>)> {
    let (mut due, mut above) = (Vec::new(), Vec::new());
    let query = crate::dto::checklist::ItemListInput { state: Some("unfinished".to_owned()), ..item_list::all_items() };
    for row in item_list::list(cx, query)?.rows {
        let params = |days: i32| [("title", row.title.clone()), ("days", days.to_string())];
        let days = row.deadline.as_deref().and_then(|date| days_to(cx.today, date));
        if row.origin == crate::dto::checklist::ItemOrigin::Superior && !row.acknowledged {
            above.push(item("dispatched", params(days.unwrap_or_default()), Some(row.id.clone())));
        } else if !matches!(row.state, ItemState::Done | ItemState::Returned)
            && let Some(days) = days.filter(|days| *days <= 3)
        {
            due.push(item("checklist_due", params(days), Some(row.id.clone())));
        }
    }
    Ok((due, above))
}

fn committee(cx: &Cx<'_>) -> Answer<TodayCommittee> {
    let week_ago = cx.today.checked_sub(jiff::Span::new().days(7)).map_or_else(|_| cx.today_text(), |d| d.to_string());
    let today = cx.today_text();
    let mut silent = Vec::new();
    for child in cx.children(&cx.office) {
        let days = cx
            .last_received(&child)?
            .and_then(|date| date.until(cx.today).ok())
            .map(|span| u32::try_from(span.get_days()).unwrap_or_default());
        if days.is_none_or(|days| days >= SILENT_DAYS) {
            silent.push(SilentOffice { office: child.to_string(), name: cx.name_of(&child), days });
        }
    }
    let new_concerns = cx
        .below(CONCERN, Some(cx.today.year()))?
        .iter()
        .filter(|stored| stored.view.str("recorded_on") >= week_ago.as_str())
        .count();
    let due_today =
        cx.below(DISPATCHED, Some(cx.today.year()))?.iter().filter(|stored| stored.row.date == today).count();
    Ok(TodayCommittee {
        to_decide: decide::count(cx)?,
        due_today: u32::try_from(due_today).unwrap_or(u32::MAX),
        silent,
        new_concerns: u32::try_from(new_concerns).unwrap_or(u32::MAX),
    })
}

fn department(cx: &Cx<'_>) -> Answer<TodayDepartment> {
    let tree = org::tree(cx)?;
    let below = || tree.iter().filter(|node| node.depth == 1);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let snapshots = snapshot::list(cx)?;
    Ok(TodayDepartment {
        invited: count(below().count()),
        joined: count(below().filter(|node| node.state == "joined").count()),
        missing: snapshots.iter().map(|card| card.missing).sum(),
        snapshots: count(snapshots.len()),
    })
}
