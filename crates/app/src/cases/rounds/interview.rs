//! 党建约谈: the month's round, and units put into it.

use std::collections::BTreeMap;

use ybz_domain::date::read_deadline;
use ybz_domain::ledger::closing::is_period;
use ybz_domain::ledger::desk::round::{FIND, HOLD, NOTIFY, check_agenda, check_round, months_without, planned};
use ybz_domain::ledger::flow::{Event, FLOW_EVENT, Flow, Side, course};
use ybz_store::RecordQuery;

use super::calendar::TWO_MONTHS;
use super::told::{Told, rows, sent};
use super::{Once, dispatch, offs, template, units};
use crate::ErrorDto;
use crate::cases::flow::{FlowQuery, FlowSort};
use crate::cx::Cx;
use crate::dto::interview::{
    FindingRow, InterviewPlanInput, InterviewRow, MadeOnce, Round, RoundInput, RoundMonth, RoundRules,
};
use crate::error::{Answer, optional};
use crate::node::store_error;

/// Template of interviews.
pub(crate) const INTERVIEW: &str = "interview";
/// Template of what they lead to.
pub(super) const RECTIFICATION: &str = "rectification";
/// Where an item of a list comes from.
pub(super) const CHANNEL: &str = "interview";

/// A month as it is asked for, `2026-03`; none: today's.
fn month_of(cx: &Cx<'_>, asked: Option<&str>) -> Answer<String> {
    match asked.map(str::trim).filter(|month| !month.is_empty()) {
        None => Ok(cx.today_text().get(..7).unwrap_or_default().to_owned()),
        Some(month) if month.len() == 7 && is_period(month) => Ok(month.to_owned()),
        Some(other) => Err(ErrorDto::new("invalid_input").at("month").with("value", other)),
    }
}

fn rules(flow: &Flow) -> RoundRules {
    RoundRules {
        rounds: flow.figure("rounds_a_month"),
        units_min: flow.figure("units_min"),
        units_max: flow.figure("units_max"),
        report_minutes: flow.figure("report_minutes"),
        question_minutes: flow.figure("question_minutes"),
        topics: flow.words.get("topics").cloned().unwrap_or_default(),
        citation: flow.citation.clone(),
        version: flow.version.clone(),
    }
}

/// The event at which an interview was held: of several the last.
pub(super) fn held(told: &Told) -> Option<Event> {
    let flow = told.flow()?;
    let course = course(flow, &told.events);
    course.events().into_iter().rev().find(|event| event.kind == HOLD).cloned()
}

/// What was pointed out, in the order in which it was.
pub(super) fn findings(told: &Told) -> Vec<Event> {
    let Some(flow) = told.flow() else { return Vec::new() };
    course(flow, &told.events).events().into_iter().filter(|event| event.kind == FIND).cloned().collect()
}

/// Items of rectification that came of these interviews, by the event that pointed them out.
fn lists(cx: &Cx<'_>, own: bool, of: &[Told]) -> Answer<BTreeMap<String, Told>> {
    let mut asked = sent(cx, own, &[RECTIFICATION]);
    asked.channel = Some(CHANNEL.to_owned());
    asked.sources = Some(of.iter().flat_map(findings).map(|event| event.id).collect());
    Ok(rows(cx, &asked)?.1.into_iter().map(|item| (item.item.source.clone(), item)).collect())
}

/// Days of a year on which interviews were held: of those alone that somebody says so of.
fn held_in(cx: &Cx<'_>, own: bool, year: i16) -> Answer<Vec<String>> {
    let mut asked = sent(cx, own, &[INTERVIEW]);
    let said = RecordQuery {
        rtype: Some(FLOW_EVENT.to_owned()),
        kind: Some(HOLD.to_owned()),
        offices: Some(asked.offices.clone()),
        from: Some(format!("{year:04}-01-01")),
        to: Some(format!("{year:04}-12-31")),
        ..RecordQuery::default()
    };
    let (_, said) = cx.query(&said)?;
    asked.ids = Some(said.iter().filter_map(|stored| stored.row.about.parse().ok()).collect());
    let all = rows(cx, &asked)?.1;
    Ok(all.iter().filter_map(held).map(|held| held.on).collect())
}

fn interview_row(told: &Told, lists: &BTreeMap<String, Told>) -> InterviewRow {
    let held = held(told);
    let found = findings(told);
    let of: Vec<(&Event, Option<&Told>)> =
        found.iter().map(|event| (event, lists.get(&event.id.to_string()))).collect();
    let listed: Vec<&Told> = of.iter().filter_map(|(_, item)| *item).collect();
    let count = |holds: &dyn Fn(&Told) -> bool| u32::try_from(listed.iter().filter(|one| holds(one)).count());
    let finding = |(event, item): &(&Event, Option<&Told>)| FindingRow {
        id: event.id.to_string(),
        topic: event.says("topic").to_owned(),
        note: event.note.clone(),
        on: event.on.clone(),
        item: item.map(|item| item.id.to_string()),
        state_name: item.map(|item| item.row.state_name.clone()).unwrap_or_default(),
    };
    let said = |key: &str| held.as_ref().map(|held| held.says(key).to_owned()).unwrap_or_default();
    let agenda = match (told.flow(), &held) {
        (Some(flow), Some(held)) => check_agenda(flow, held),
        _ => Vec::new(),
    };
    let deadline = told.row.deadline.as_ref().filter(|due| due.id == HOLD);
    InterviewRow {
        planned_on: deadline.map_or_else(|| told.item.due.clone(), |due| due.by.clone()),
        held_on: held.as_ref().map(|held| held.on.clone()),
        held_by: said("person"),
        report_minutes: said("report_minutes"),
        question_minutes: said("question_minutes"),
        topics: ybz_domain::ledger::desk::lists::names_in(&said("topics")),
        offs: offs(agenda),
        findings: of.iter().map(finding).collect(),
        listed: count(&|_| true).unwrap_or(u32::MAX),
        reported: count(&|one| one.met(TWO_MONTHS)).unwrap_or(u32::MAX),
        closed: count(&Told::closed).unwrap_or(u32::MAX),
        waiting: u32::try_from(of.iter().filter(|(_, item)| item.is_none()).count()).unwrap_or(u32::MAX),
        item: told.row.clone(),
    }
}

/// `interview.round`: the interviews of a month, and how the year stands.
pub(crate) fn round(cx: &Cx<'_>, input: RoundInput) -> Answer<Round> {
    let month = month_of(cx, input.month.as_deref())?;
    let year: i16 = month.get(..4).and_then(|year| year.parse().ok()).unwrap_or_else(|| cx.today.year());
    let flow = &template(cx, INTERVIEW, input.own)?;
    let asked = sent(cx, input.own, &[INTERVIEW]);
    let of_year = FlowQuery { group_part: Some(format!("{year:04}-")), ..asked.clone() };
    let groups = cx.node.store.read(|reader| reader.flow_groups(&of_year, cx.today)).map_err(store_error)?;
    // One that was put off may be held in another year than it was planned for.
    let held_on = held_in(cx, input.own, year)?;
    let of_month = |month: u8| {
        let mark = format!("{year:04}-{month:02}");
        let units = groups.iter().filter(|one| one.group == mark).fold(0, |sum, one| one.items.saturating_add(sum));
        let held = held_on.iter().filter(|day| day.starts_with(&mark)).count();
        RoundMonth { month, units, held: u32::try_from(held).unwrap_or(u32::MAX) }
    };
    let gone = match year.cmp(&cx.today.year()) {
        std::cmp::Ordering::Less => 12,
        std::cmp::Ordering::Equal => u8::try_from(cx.today.month()).unwrap_or(12),
        std::cmp::Ordering::Greater => 0,
    };
    let without = months_without(year, held_on.iter().cloned()).into_iter().filter(|month| *month <= gone).collect();
    let (_, units) = rows(cx, &FlowQuery { group: Some(month.clone()), sort: FlowSort::Office, ..asked })?;
    let lists = lists(cx, input.own, &units)?;
    let named: Vec<String> = units.iter().map(|one| one.office.to_string()).collect();
    let off =
        if input.own || named.is_empty() { Vec::new() } else { check_round(flow, named.iter().map(String::as_str)) };
    Ok(Round {
        rules: rules(flow),
        offs: offs(off),
        units: units.iter().map(|one| interview_row(one, &lists)).collect(),
        months: (1..=12).map(of_month).collect(),
        without,
        month,
    })
}

/// `interview.plan`: units put into a month's round and, if asked for, told of the day.
///
/// # Errors
/// `required`, `office_unknown`, `invalid_input` for the month, those of dates.
pub(crate) fn plan(cx: &Cx<'_>, input: InterviewPlanInput) -> Answer<MadeOnce> {
    let month = month_of(cx, Some(&input.month))?;
    let on = cx.check_far(read_deadline(&input.on, cx.today), "on", input.confirm_date)?;
    if input.units.is_empty() {
        return Err(ErrorDto::new("required").at("units"));
    }
    let units = units(cx, &input.units, "units")?;
    let (person, note) = (optional("person", &input.person, 40)?, optional("note", &input.note, 500)?);
    let (day, today) = (on.to_string(), cx.today_text());
    let mut once = Once::default();
    for unit in units {
        let (name, flow) = (cx.name_of(&unit), cx.flow_for(INTERVIEW, &unit, false)?);
        let (id, item) = planned(&flow, (&cx.office, &unit), &name, &month, (&day, &today));
        let book = dispatch(cx, unit, on.year());
        if !once.put(cx, book.clone(), id, &item)? || !input.notify {
            continue;
        }
        let mut event = Event::new(cx.new_id(), NOTIFY, Side::Superior, &today);
        event.about = id.to_string();
        (event.due, event.person, event.note) = (day.clone(), person.clone(), note.clone());
        once.push(book, event.create(&flow));
    }
    once.commit(cx)
}

/// The interview of an id, as this office sent it.
pub(super) fn interview(cx: &Cx<'_>, id: &str) -> Answer<Told> {
    let told = super::told::find(cx, id)?;
    if told.item.flow != INTERVIEW {
        return Err(ErrorDto::new("not_found").with("id", id));
    }
    Ok(told)
}
