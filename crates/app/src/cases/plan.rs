//! 年度计划: what the frequency rules ask of a year, and planned sessions. No status changes by itself.

use std::collections::BTreeSet;

use ybz_domain::book::{BookKind, RecordOp};
use ybz_domain::date::{is_late, read_deadline};
use ybz_domain::ledger::member::Member;
use ybz_domain::ledger::plan::{PLANNED, Planned, Slot, Year, slots};
use ybz_domain::ledger::session::{SESSION, Session, SessionKind as Kind};

use crate::ErrorDto;
use crate::cases::meeting::{counting, due_of};
use crate::cases::member::roster::Roster;
use crate::cases::upward::Upward;
use crate::cases::vote::drop_record;
use crate::cx::{Cx, Edits, Stored, WHOLE};
use crate::dto::plan::{PlanEntry, PlanHoldInput, PlanInput, PlanSlot, PlannedRow, YearPlan};
use crate::dto::vote::DropInput;
use crate::dto::{ListInput, Nothing, Page, Saved};
use crate::error::{Answer, optional};
use crate::natural;

/// Planned sessions saved at once.
const MOST: usize = 400;

/// A planned session with its record.
type Plan = (Stored, Planned);

/// What a year asks for and what is there, with its planned sessions by day: the plan, 今日 and 月底核对 all say what follows
/// from this.
pub(crate) fn asked(cx: &Cx<'_>, year: i16) -> Answer<(Vec<Slot>, Vec<Plan>)> {
    let members: Vec<Member> = cx.members()?.into_iter().map(|(_, member)| member).collect();
    let today = cx.today_text();
    let here = |member: &&Member| member.belongs_on(&today) && !member.group.is_empty();
    let groups: BTreeSet<String> = members.iter().filter(here).map(|member| member.group.clone()).collect();
    let sessions: Vec<_> = counting(cx, year)?.into_iter().map(|(stored, session)| (stored.view.id, session)).collect();
    let found = of_year(cx, year)?;
    let planned: Vec<_> = found.iter().map(|(stored, planned)| (stored.view.id, planned.clone())).collect();
    let year = Year { year, today: cx.today, groups: &groups, sessions: &sessions, planned: &planned };
    Ok((slots(cx.rules(), &year), found))
}

/// Planned sessions of a year by day.
fn of_year(cx: &Cx<'_>, year: i16) -> Answer<Vec<Plan>> {
    let mut found: Vec<Plan> = cx
        .dated(PLANNED, year)?
        .into_iter()
        .filter_map(|stored| Planned::read(&stored.view).map(|planned| (stored, planned)))
        .collect();
    found.sort_by_cached_key(|(stored, one)| {
        let kind = Kind::ALL.iter().position(|kind| one.kinds.contains(kind));
        (one.date.clone(), kind, natural::key(&one.group), stored.view.id)
    });
    Ok(found)
}

/// `meeting.plan`
pub(crate) fn plan(cx: &Cx<'_>, input: ListInput) -> Answer<YearPlan> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let (asked, found) = asked(cx, year)?;
    let mut articles: Vec<&str> = asked.iter().map(|slot| slot.article.as_str()).collect();
    articles.sort_unstable();
    articles.dedup();
    let rules = articles.into_iter().map(|article| cx.rule(article)).collect::<Answer<_>>()?;
    let mut slots: Vec<PlanSlot> = asked.iter().map(|slot| slot_row(cx, slot)).collect();
    // Groups stand in the order of their numbers; the order of rules and periods stays.
    slots.sort_by_cached_key(|slot| (order(slot), natural::key(&slot.group), slot.period.clone()));
    let first = found.iter().take(usize::try_from(WHOLE).unwrap_or(usize::MAX));
    let planned = first.map(|(stored, one)| row(cx, stored, one)).collect();
    Ok(YearPlan { year, slots, planned, rules })
}

/// `meeting.planned`: planned sessions of a year by date, those given up included.
pub(crate) fn list(cx: &Cx<'_>, input: ListInput) -> Answer<Page<PlannedRow>> {
    let page = cx.page(of_year(cx, input.year.unwrap_or_else(|| cx.today.year()))?, &input);
    Ok(Page { total: page.total, rows: page.rows.iter().map(|(stored, one)| row(cx, stored, one)).collect() })
}

fn order(slot: &PlanSlot) -> usize {
    Kind::ALL.iter().position(|kind| *kind == slot.kind.into()).unwrap_or_default()
}

fn slot_row(cx: &Cx<'_>, slot: &Slot) -> PlanSlot {
    let ids = |ids: &[ybz_domain::ids::RecordId]| ids.iter().map(ToString::to_string).collect();
    let state = match (slot.held.is_empty(), slot.planned.is_empty()) {
        (false, _) => "held",
        (true, false) => "planned",
        (true, true) if slot.period.to >= cx.today => "open",
        (true, true) => "none",
    };
    PlanSlot {
        kind: slot.kind.into(),
        group: slot.group.clone(),
        period: slot.period.label.clone(),
        state: state.to_owned(),
        held: ids(&slot.held),
        planned: ids(&slot.planned),
        suggested: slot.suggested.map(|day| day.to_string()),
        rule: slot.article.clone(),
    }
}

fn row(cx: &Cx<'_>, stored: &Stored, planned: &Planned) -> PlannedRow {
    PlannedRow {
        id: stored.view.id.to_string(),
        kinds: planned.kinds.iter().map(|kind| (*kind).into()).collect(),
        date: planned.date.clone(),
        topic: planned.topic.clone(),
        lead: planned.lead.clone(),
        group: planned.group.clone(),
        session: (!planned.session.is_empty()).then(|| planned.session.clone()),
        dropped: planned.dropped,
        custodian: cx.is_custodian(&stored.view),
        conflict: stored.row.conflict,
    }
}

fn read(cx: &Cx<'_>, at: usize, entry: &PlanEntry, confirmed: bool) -> Answer<(i16, Planned)> {
    let field = |name: &str| format!("entries.{at}.{name}");
    let date = cx.check_far(read_deadline(&entry.date, cx.today), &field("date"), confirmed)?;
    if entry.kinds.is_empty() {
        return Err(ErrorDto::new("required").at(&field("kinds")));
    }
    let planned = Planned {
        kinds: entry.kinds.iter().map(|kind| Kind::from(*kind)).collect(),
        date: date.to_string(),
        topic: optional(&field("topic"), &entry.topic, 200)?,
        lead: optional(&field("lead"), &entry.lead, 40)?,
        group: optional(&field("group"), &entry.group, 40)?,
        recorded_on: cx.today_text(),
        ..Planned::default()
    };
    if planned.kinds.contains(&Kind::GroupMeeting) && planned.group.is_empty() {
        return Err(ErrorDto::new("required").at(&field("group")));
    }
    Ok((date.year(), planned))
}

/// `meeting.plan_save`
pub(crate) fn save(cx: &Cx<'_>, input: PlanInput) -> Answer<Vec<Saved>> {
    if input.entries.is_empty() || input.entries.len() > MOST {
        return Err(ErrorDto::new("invalid_input").at("entries").with("value", input.entries.len()));
    }
    let mut upward = Upward::load(cx, input.keep_matches)?;
    let mut edits = Edits::default();
    let mut saved = Vec::new();
    for (at, entry) in input.entries.iter().enumerate() {
        let (year, mut planned) = read(cx, at, entry, input.confirm_date)?;
        upward.check(&format!("entries.{at}.topic"), &planned.topic)?;
        let id = match &entry.id {
            Some(id) => {
                let stored = cx.own_record(id, PLANNED)?;
                let before = Planned::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
                (planned.session, planned.dropped) = (before.session.clone(), before.dropped);
                for op in planned.update(stored.view.id, &before) {
                    edits.push(stored.book.clone(), op);
                }
                stored.view.id
            }
            None => {
                let id = cx.new_id();
                edits.push(cx.book(BookKind::meetings(), year), planned.create(id));
                id
            }
        };
        upward.log(&mut edits, id);
        saved.push(Saved { id: id.to_string(), late: false });
    }
    cx.commit(edits)?;
    Ok(saved)
}

/// `meeting.plan_drop`: given up, or that is taken back.
pub(crate) fn set_dropped(cx: &Cx<'_>, input: DropInput) -> Answer<Nothing> {
    drop_record(cx, PLANNED, &input)
}

/// `meeting.plan_hold`: the session of a planned one, made now or there already. Both stay linked.
///
/// # Errors
/// `held_already` when it names a session, `nobody_due`, `not_found`.
pub(crate) fn hold(cx: &Cx<'_>, input: PlanHoldInput) -> Answer<Saved> {
    let stored = cx.own_record(&input.id, PLANNED)?;
    let planned = Planned::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
    if !planned.session.is_empty() {
        return Err(ErrorDto::new("held_already").with("session", planned.session));
    }
    let mut edits = Edits::default();
    let (session, late) = match &input.session {
        Some(id) => (cx.own_record(id, SESSION)?.view.id, false),
        None => {
            let session = Session {
                kinds: planned.kinds.clone(),
                date: planned.date.clone(),
                topic: planned.topic.clone(),
                chair: planned.lead.clone(),
                group: planned.group.clone(),
                recorded_on: cx.today_text(),
                ..Session::default()
            };
            let due = due_of(&Roster::load(cx)?, &session);
            if due.is_empty() {
                return Err(ErrorDto::new("nobody_due").at("kinds"));
            }
            let date: jiff::civil::Date = planned.date.parse().map_err(|_| ErrorDto::new("required").at("date"))?;
            let id = cx.new_id();
            let create = RecordOp::Create { id, rtype: SESSION.to_owned(), fields: session.fields(&due) };
            edits.push(cx.book(BookKind::meetings(), date.year()), create);
            (id, is_late(date, cx.today))
        }
    };
    let held = Planned { session: session.to_string(), ..planned.clone() };
    for op in held.update(stored.view.id, &planned) {
        edits.push(stored.book.clone(), op);
    }
    cx.commit(edits)?;
    Ok(Saved { id: session.to_string(), late })
}
