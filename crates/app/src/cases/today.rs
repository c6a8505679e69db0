//! 今日: what there is to do this evening, one sentence and one button each.

use std::collections::BTreeSet;

use jiff::civil::Date;
use ybz_domain::book::BookKind;
use ybz_domain::date::month_text;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::checklist::DISPATCHED;
use ybz_domain::ledger::plan::{Planned, Slot};
use ybz_domain::ledger::session::{SESSION, Session};
use ybz_domain::ledger::visit::{VISIT, VisitKind};
use ybz_domain::office::OfficeKind;
use ybz_domain::rules::Every;
use ybz_store::{ConcernDay, RecordQuery};

use crate::cases::alike::Overlay;
use crate::cases::{
    admission, concern, conflict, decide, dues, frame, item_list, member, org, plan, returned, snapshot, term, visit,
};
use crate::cx::Cx;
use crate::dto::ListInput;
use crate::dto::checklist::ItemState;
use crate::dto::node::{DueItem, SilentOffice, Today, TodayCommittee, TodayDepartment, TodayInput};
use crate::error::Answer;

/// Items shown at most; the rest is 另有 n 项.
const SHOWN: usize = 7;
/// Days without a delivery after which an office is listed as silent.
const SILENT_DAYS: u32 = 7;

/// Everything that is due, and what came from above, without a limit.
pub(crate) fn due(cx: &Cx<'_>) -> Answer<(Vec<DueItem>, Vec<DueItem>)> {
    let mut due = Vec::new();
    let mut answered = Vec::new();
    if matches!(cx.kind(), OfficeKind::Branch | OfficeKind::GeneralBranch) {
        let (open, above) = concerns(cx)?;
        due.extend(open);
        answered = above;
        due.extend(visits_due(cx)?);
        due.extend(sessions_missing(cx)?);
        due.extend(dues_due(cx)?);
        due.extend(members_due(cx)?);
        due.extend(returned::month_end(cx)?);
    }
    let (items, mut from_above) = items_due(cx)?;
    from_above.extend(answered);
    due.extend(items);
    // What is nearest comes first, so that what the rules ask for in weeks hides nobody who waits today.
    due.sort_by_key(nearness);
    Ok((due, from_above))
}

/// Days until something is late, negative when it is; what has no day is meant for today.
fn nearness(item: &DueItem) -> i64 {
    let days = item.params.get("days").and_then(|days| days.parse().ok()).unwrap_or(0);
    if item.code == "term_over" { -days } else { days }
}

/// `today`
pub(crate) fn today(cx: &Cx<'_>, input: TodayInput) -> Answer<Today> {
    let kind = cx.kind();
    let (mut due, from_above) = due(cx)?;
    let shown = if input.all { due.len() } else { SHOWN };
    let more_due = u32::try_from(due.len().saturating_sub(shown)).unwrap_or(u32::MAX);
    due.truncate(shown);
    Ok(Today {
        date: cx.today_text(),
        drafts: frame::drafts(cx)?,
        conflicts: conflict::named(cx)?,
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

/// Open concerns: not handed in, due within days, and those answered from above, of which the resident is to be told.
fn concerns(cx: &Cx<'_>) -> Answer<(Vec<DueItem>, Vec<DueItem>)> {
    let (kept, rows) = concern::open_now(cx)?;
    let (mut due, mut above) = (Vec::new(), Vec::new());
    if kept > 0 && cx.superior_name().is_some() {
        due.push(item("concern_not_handed_in", [("count", kept.to_string())], None));
    }
    for row in &rows {
        let title: String = row.text.chars().take(20).collect();
        let target = Some(row.id.to_string());
        if row.answered {
            above.push(item("concern_answered", [("title", title)], target));
        } else if let Some(days) = days_to(cx.today, &row.deadline).filter(|days| *days <= 3) {
            due.push(item("concern_due", [("title", title), ("days", days.to_string())], target));
        }
    }
    Ok((due, above))
}

/// The round table of the period that the office set itself, and visits at an occasion that is near.
fn visits_due(cx: &Cx<'_>) -> Answer<Vec<DueItem>> {
    let mut due = Vec::new();
    if let Some((from, to)) = visit::current_cadence(cx)?.period(cx.today) {
        let query = RecordQuery {
            rtype: Some(VISIT.to_owned()),
            kind: Some(VisitKind::RoundTable.as_str().to_owned()),
            from: Some(from.to_string()),
            to: Some(to.to_string()),
            limit: 0,
            ..RecordQuery::default()
        };
        if cx.own_page(query)?.0 == 0 {
            let days = cx.today.until(to).map(|span| span.get_days()).unwrap_or_default();
            due.push(item("round_table_due", [("days", days.to_string()), ("until", to.to_string())], None));
        }
    }
    if let Some((occasion, day)) = cx.rules().visits.next(cx.today) {
        let days = cx.today.until(day).map(|span| span.get_days()).unwrap_or(i32::MAX);
        if days <= cx.rules().visits.occasion_days {
            let params = [("occasion", occasion.as_str().to_owned()), ("days", days.to_string())];
            due.push(item("consolation_due", params, None));
        }
    }
    Ok(due)
}

/// Sessions arranged for today, and those that the plan asks for in the current period and that are neither held nor arranged
/// for a day to come.
fn sessions_missing(cx: &Cx<'_>) -> Answer<Vec<DueItem>> {
    if cx.members()?.is_empty() {
        return Ok(Vec::new());
    }
    let today = cx.today_text();
    let (slots, planned) = plan::asked(cx, cx.today.year())?;
    // Recorded without its place in the plan it was held all the same.
    let held: Vec<Session> =
        cx.records(SESSION, Some(cx.today.year()))?.iter().filter_map(|one| Session::read(&one.view)).collect();
    let was_held = |one: &Planned| {
        held.iter().any(|session| {
            session.date == today
                && session.merged_into.is_none()
                && session.group == one.group
                && session.kinds.iter().any(|kind| one.kinds.contains(kind))
        })
    };
    // What was arranged for a day that has passed and did not become a session arranges nothing any more.
    let passed: BTreeSet<RecordId> =
        planned.iter().filter(|(_, one)| one.date < today).map(|(stored, _)| stored.view.id).collect();
    let open = |slot: &&Slot| slot.held.is_empty() && slot.planned.iter().all(|id| passed.contains(id));
    let mut due = Vec::new();
    let now = planned.iter().filter(|(_, one)| one.date == today && one.session.is_empty() && !one.dropped);
    let now = now.filter(|(_, one)| !was_held(one)).count();
    if now > 0 {
        due.push(item("session_today", [("count", now.to_string())], None));
    }
    for frequency in &cx.rules().frequency {
        let now =
            |slot: &&Slot| slot.kind == frequency.kind && slot.period.from <= cx.today && cx.today <= slot.period.to;
        let missing: Vec<&Slot> = slots.iter().filter(now).filter(open).collect();
        let Some(first) = missing.first() else { continue };
        let days = cx.today.until(first.period.to).map(|span| span.get_days()).unwrap_or_default();
        // A month's session is mentioned in its second half, a year's in its last quarter.
        let soon = match frequency.every {
            Every::Month => 15,
            Every::Quarter => 45,
            Every::Year => 90,
        };
        if days > soon {
            continue;
        }
        let kind = frequency.kind.as_str();
        due.push(if first.group.is_empty() {
            item(&format!("{kind}_missing"), [("days", days.to_string())], None)
        } else {
            let params = [("days", days.to_string()), ("count", missing.len().to_string())];
            item(&format!("{kind}_groups_missing"), params, None)
        });
    }
    Ok(due)
}

/// Dues of this month, places that look double, and those of whom the rule of six months is to be shown.
fn dues_due(cx: &Cx<'_>) -> Answer<Vec<DueItem>> {
    let (account, members, today) = (dues::account(cx)?, cx.members()?, cx.today_text());
    let mut due = Vec::new();
    let month = month_text(cx.today.year(), cx.today.month());
    let unpaid = members.iter().filter(|(id, member)| {
        let (id, owed) = (id.to_string(), account.due(&id.to_string(), Some(member), &month).fen);
        owed > 0 && account.paid(&id, &month).paid_fen < owed
    });
    let unpaid = unpaid.count();
    if unpaid > 0 {
        due.push(item("dues_unpaid", [("count", unpaid.to_string()), ("month", cx.today.month().to_string())], None));
    }
    let doubles = dues::double_places(&account, &members).len();
    if doubles > 0 {
        due.push(item("dues_double", [("count", doubles.to_string())], None));
    }
    let here = members.iter().filter(|(_, member)| member.belongs_on(&today));
    let remind = here.filter(|(id, member)| dues::arrears::row(cx, &account, id, member).remind).count();
    if remind > 0 {
        let limit = cx.rules().dues.arrears_months.to_string();
        due.push(item("dues_remind", [("count", remind.to_string()), ("months", limit)], None));
    }
    Ok(due)
}

/// The end of the term, applicants whose stage is past its day, members to be taken in, and stays of which a rule speaks.
fn members_due(cx: &Cx<'_>) -> Answer<Vec<DueItem>> {
    let mut due = Vec::new();
    if let Some(days) = term::ending(cx)? {
        let code = if days < 0 { "term_over" } else { "term_ending" };
        due.push(item(code, [("days", days.abs().to_string())], None));
    }
    let arriving = member::transfer::all(cx)?;
    let came = |state: &str| arriving.iter().filter(|row| row.direction == "in" && row.state == state).count();
    let (arriving, leaving) = (came("passed"), came("taken_twice"));
    let late = admission::list(cx, all())?.rows.iter().filter(|row| row.overdue).count();
    let away = member::mobile::list(cx, all())?.rows;
    let lost = away.iter().filter(|row| row.lost_rule.is_some()).count();
    let settled = away.iter().filter(|row| row.lost_rule.is_none() && row.transfer_rule.is_some()).count();
    for (code, count) in [
        ("transfer_arriving", arriving),
        ("transfer_leaving", leaving),
        ("admission_late", late),
        ("mobile_lost", lost),
        ("mobile_settled", settled),
    ] {
        if count > 0 {
            due.push(item(code, [("count", count.to_string())], None));
        }
    }
    Ok(due)
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

/// 待我决定: of every kind.
pub(crate) fn to_decide(cx: &Cx<'_>) -> Answer<u32> {
    decide::count(cx)
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
    let new_concerns = concern::below(cx, ConcernDay::HandedIn, &week_ago, &today)?;
    let new_concerns = Overlay::load(cx)?.once(&new_concerns).len();
    let query = RecordQuery {
        rtype: Some(DISPATCHED.to_owned()),
        offices: Some(cx.offices_below()),
        year: Some(cx.today.year()),
        from: Some(today.clone()),
        to: Some(today),
        limit: 0,
        ..RecordQuery::default()
    };
    let due_today = if cx.sees(&BookKind::dispatch()) { cx.query(&query)?.0 } else { 0 };
    Ok(TodayCommittee {
        to_decide: to_decide(cx)?,
        due_today,
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
