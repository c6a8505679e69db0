//! `flow.list`, and an item as lists show it.

use std::collections::BTreeMap;

use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::flow::{Course, Due, DueState, Flow, Flows, course};

use super::read::{Found, merges, place_of};
use super::store::{FlowQuery, FlowSort, flows};
use crate::ErrorDto;
use crate::cx::Cx;
use crate::dto::Page;
use crate::dto::flow::{FlowDue, FlowDueState, FlowListInput, FlowPlace, FlowRow};
use crate::error::Answer;

/// A deadline as screens show it.
pub(crate) fn due(cx: &Cx<'_>, flow: &Flow, due: &Due, running: bool) -> FlowDue {
    let (state, days) = match due.on(cx.today) {
        DueState::Ahead(days) => (FlowDueState::Ahead, days),
        DueState::Overdue(days) => (FlowDueState::Overdue, days),
        DueState::Met => (FlowDueState::Met, 0),
        DueState::Late(days) => (FlowDueState::Late, days),
    };
    let kind = flow.deadline(&due.deadline);
    FlowDue {
        id: due.deadline.clone(),
        name: kind.map(|kind| kind.name.clone()).unwrap_or_default(),
        from: due.from.to_string(),
        by: due.by.to_string(),
        met_on: due.met_on.map(|day| day.to_string()),
        state,
        days: u32::try_from(days).unwrap_or_default(),
        disputed: due.disputed,
        running,
        citation: kind.map(|kind| flow.source_of(kind).to_owned()).unwrap_or_default(),
    }
}

fn office_name(cx: &Cx<'_>, id: &str) -> String {
    id.parse::<OfficeId>().map(|office| cx.name_of(&office)).unwrap_or_default()
}

/// An item as lists show it, with where it stands.
pub(crate) fn row(cx: &Cx<'_>, flows: &Flows, into: &BTreeMap<RecordId, RecordId>, found: &Found) -> FlowRow {
    let Some(flow) = found.flow(flows) else { return plain(cx, into, found, None) };
    let now = course(flow, &found.events);
    plain(cx, into, found, Some((flow, &now)))
}

/// The same of an item whose course is known.
pub(super) fn plain(
    cx: &Cx<'_>,
    into: &BTreeMap<RecordId, RecordId>,
    found: &Found,
    now: Option<(&Flow, &Course<'_>)>,
) -> FlowRow {
    let (item, id) = (&found.item, found.id());
    let state = now.and_then(|(flow, now)| flow.state(&now.state));
    let running = now.and_then(|(flow, now)| Some((flow, now.running(&item.on, &item.due)?)));
    let charge = now.map(|(_, now)| now.charge(item)).unwrap_or_default();
    let merged = into.get(&id).filter(|main| **main != id);
    FlowRow {
        id: id.to_string(),
        office: found.stored.book.office.to_string(),
        office_name: cx.name_of(&found.stored.book.office),
        place: place_of(&found.stored.book).unwrap_or(FlowPlace::Own),
        flow: item.flow.clone(),
        flow_name: now.map_or_else(|| item.flow.clone(), |(flow, _)| flow.name.clone()),
        version: item.version.clone(),
        known: now.is_some(),
        title: item.title.clone(),
        text: item.text.clone(),
        category: item.category.clone(),
        form: item.form.clone(),
        channel: item.channel.clone(),
        on: item.on.clone(),
        due: (!item.due.is_empty()).then(|| item.due.clone()),
        leader: charge.leader,
        person: charge.person,
        unit: charge.unit,
        source: item.source.clone(),
        source_office: item.source_office.clone(),
        source_office_name: office_name(cx, &item.source_office),
        group: item.group.clone(),
        merged_into: merged.map(RecordId::to_string).unwrap_or_default(),
        state: state.map(|state| state.id.clone()).unwrap_or_default(),
        state_name: state.map(|state| state.name.clone()).unwrap_or_default(),
        counts: now.map(|(_, now)| now.counts().into_iter().map(str::to_owned).collect()).unwrap_or_default(),
        ended: state.is_some_and(|state| state.end),
        disputed: now.is_some_and(|(_, now)| now.disputed),
        deadline: running.map(|(flow, one)| due(cx, flow, &one, true)),
        recorded_on: item.recorded_on.clone(),
        custodian: cx.is_custodian(&found.stored.view),
        conflict: found.stored.row.conflict,
    }
}

/// Offices whose items a call is about: this one, or those below it in the order in which people look for them.
pub(super) fn offices_of(cx: &Cx<'_>, below: bool, office: Option<&str>) -> Answer<Vec<OfficeId>> {
    if !below {
        return Ok(vec![cx.office]);
    }
    let all = cx.offices_below();
    if let Some(id) = office.filter(|id| !id.is_empty()) {
        let known = id.parse().ok().filter(|office| all.contains(office));
        return Ok(vec![known.ok_or_else(|| ErrorDto::new("office_unknown").at("office"))?]);
    }
    let mut named: Vec<(OfficeId, _)> =
        all.into_iter().map(|office| (office, crate::natural::key(&cx.name_of(&office)))).collect();
    named.sort_by(|(a, one), (b, other)| (one, a).cmp(&(other, b)));
    Ok(named.into_iter().map(|(office, _)| office).collect())
}

/// An order by its word; a leading `-` turns it round.
pub(crate) fn sort_of(text: &str) -> Answer<(FlowSort, bool)> {
    let (descending, column) = text.strip_prefix('-').map_or((false, text), |column| (true, column));
    let sort = match column {
        "" | "due" => FlowSort::Due,
        "on" => FlowSort::On,
        "title" => FlowSort::Title,
        "state" => FlowSort::State,
        "office" => FlowSort::Office,
        "category" => FlowSort::Category,
        "person" => FlowSort::Person,
        _ => return Err(ErrorDto::new("invalid_input").at("sort").with("value", column)),
    };
    Ok((sort, descending))
}

fn day(field: &str, text: Option<&str>) -> Answer<Option<jiff::civil::Date>> {
    let read = |text: &str| text.parse().map_err(|_| ErrorDto::new("date_not_understood").at(field).with("text", text));
    text.map(str::trim).filter(|text| !text.is_empty()).map(read).transpose()
}

/// Which items a list is of.
pub(crate) fn query_of(cx: &Cx<'_>, input: FlowListInput) -> Answer<FlowQuery> {
    let (sort, descending) = sort_of(input.sort.as_deref().unwrap_or_default())?;
    Ok(FlowQuery {
        offices: offices_of(cx, input.below, input.office.as_deref())?,
        desk: desk_of(cx, input.desk),
        flows: input.flows,
        states: input.states,
        counts: input.counts,
        not_counts: input.not_counts,
        category: input.category,
        form: input.form,
        channel: input.channel,
        group: input.group,
        source: input.source,
        unit: input.unit,
        leader: input.leader,
        person: input.person,
        from: day("from", input.from.as_deref())?,
        to: day("to", input.to.as_deref())?,
        due_from: day("dueFrom", input.due_from.as_deref())?,
        due_to: day("dueTo", input.due_to.as_deref())?,
        overdue_on: input.overdue.then_some(cx.today),
        disputed: input.disputed,
        text: input.text,
        sort,
        descending,
        offset: input.offset,
        limit: if input.limit == 0 { 50 } else { input.limit.min(500) },
        ..FlowQuery::default()
    })
}

/// Papers of the desk are left out where the profile at the screen does not see them.
pub(super) fn desk_of(cx: &Cx<'_>, asked: Option<bool>) -> Option<bool> {
    if cx.sees(&ybz_domain::book::BookKind::desk()) { asked } else { Some(false) }
}

/// `flow.list`
pub(crate) fn list(cx: &Cx<'_>, input: FlowListInput) -> Answer<Page<FlowRow>> {
    // What a profile does not see is no list of its own.
    if input.desk == Some(true) && desk_of(cx, input.desk) != input.desk {
        return Ok(Page { total: 0, rows: Vec::new() });
    }
    let query = query_of(cx, input)?;
    let (total, found) = flows(cx, &query)?;
    let (known, into) = (cx.known_flows(), merges(cx)?);
    Ok(Page { total, rows: found.iter().map(|found| row(cx, &known, &into, found)).collect() })
}
