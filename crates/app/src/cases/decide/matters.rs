//! Items of flows that wait: reported by those below, cases that nobody handles, answers that came back.

use std::collections::BTreeMap;

use ybz_domain::book::BookKind;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::desk::case::{ANSWER_BACK, PASS, waiting};
use ybz_domain::ledger::flow::course;

use super::rows;
use crate::cases::flow::{CASE, FlowQuery, FlowSort, Found, find, flows, merges, row};
use crate::cx::Cx;
use crate::dto::decide::{DecideKind, DecideRow};
use crate::error::Answer;

/// 退回交办: the event by which a case comes back to whoever assigned it.
const HAND_BACK: &str = "hand_back";

/// Offices on whose items this one decides: those right below it.
fn deciding(cx: &Cx<'_>) -> Vec<OfficeId> {
    let right_below = |office: &OfficeId| cx.membership().parent(office) == Some(cx.office);
    cx.offices_below().into_iter().filter(right_below).collect()
}

/// Items on which both sides acted without knowing of each other.
pub(super) fn disputed(cx: &Cx<'_>) -> FlowQuery {
    FlowQuery { offices: deciding(cx), disputed: Some(true), sort: FlowSort::Due, ..FlowQuery::default() }
}

/// Items that go on only by this office's word, a query for each template.
pub(super) fn reported(cx: &Cx<'_>) -> Vec<FlowQuery> {
    let known = cx.known_flows();
    let of = |flow: &ybz_domain::ledger::flow::Flow| {
        let states = flow.states.iter().filter(|state| flow.awaits(&state.id).is_some());
        FlowQuery {
            offices: deciding(cx),
            desk: Some(false),
            flows: vec![flow.id.clone()],
            states: states.map(|state| state.id.clone()).collect(),
            disputed: Some(false),
            sort: FlowSort::Due,
            ..FlowQuery::default()
        }
    };
    known.all().map(of).filter(|query| !query.states.is_empty()).collect()
}

pub(super) fn count(cx: &Cx<'_>, query: &FlowQuery) -> Answer<u32> {
    if query.offices.is_empty() {
        return Ok(0);
    }
    Ok(flows(cx, &FlowQuery { offset: 0, limit: 0, ..query.clone() })?.0)
}

pub(super) fn page(cx: &Cx<'_>, kind: DecideKind, query: &FlowQuery) -> Answer<Vec<DecideRow>> {
    let (known, into) = (cx.known_flows(), merges(cx)?);
    let (_, found) = flows(cx, query)?;
    let of = |found: &Found| {
        let shown = row(cx, &known, &into, found);
        let event = found.flow(&known).and_then(|flow| flow.awaits(&shown.state)).map(|kind| kind.id.clone());
        let about = if kind == DecideKind::Disputed { "flow" } else { &found.item.flow };
        rows::of_flow(kind, about, &shown, last(found), event.as_deref().unwrap_or_default())
    };
    Ok(found.iter().map(of).collect())
}

/// Why a case of an office below waits here: it was passed up, or it was sent down and handed back.
fn came_back(found: &Found) -> Option<&'static str> {
    if found.stored.book.kind == BookKind::tasks() {
        return Some("passed_up");
    }
    let last = found.events.iter().max_by_key(|event| (event.on.as_str(), event.id))?;
    (last.kind == HAND_BACK).then_some("handed_back")
}

/// The day of what was done last.
fn last(found: &Found) -> Option<&str> {
    found.events.iter().map(|event| event.on.as_str()).max()
}

/// Cases that nobody handles yet: among this office's papers, passed up by those right below, or handed back by them. Then those
/// whose answer came back. Of merged cases the one that stands for all.
pub(super) fn cases(cx: &Cx<'_>) -> Answer<(Vec<DecideRow>, Vec<DecideRow>)> {
    let known = cx.known_flows();
    let Some(flow) = known.current(CASE) else { return Ok((Vec::new(), Vec::new())) };
    let into = merges(cx)?;
    let query = |offices: Vec<OfficeId>, desk: bool, states: Vec<String>| FlowQuery {
        offices,
        desk: Some(desk),
        flows: vec![CASE.to_owned()],
        states,
        sort: FlowSort::Due,
        limit: u32::MAX,
        ..FlowQuery::default()
    };
    let start = vec![flow.start.clone()];
    let counts = |found: &Found| into.get(&found.id()).is_none_or(|main| *main == found.id());
    let mut open = Vec::new();
    if cx.sees(&BookKind::desk()) {
        let mine = flows(cx, &query(vec![cx.office], true, start.clone()))?.1;
        open.extend(mine.into_iter().filter(counts).map(|found| ("taken_in", found)));
    }
    let below = deciding(cx);
    if !below.is_empty() {
        let passed = flows(cx, &query(below, false, start))?.1;
        open.extend(passed.into_iter().filter_map(|found| Some((came_back(&found)?, found))));
    }
    let shown = |kind: DecideKind, about: &str, found: &Found| {
        rows::of_flow(kind, about, &row(cx, &known, &into, found), last(found), "")
    };
    let open = open.iter().map(|(about, found)| shown(DecideKind::Case, about, found)).collect();
    let mut answered = Vec::new();
    if cx.sees(&BookKind::desk()) {
        // An answer is taken over where the template says so, and waits there alone.
        let taken = flow.events.iter().filter(|kind| kind.id == ANSWER_BACK);
        let states: Vec<String> = taken.flat_map(|kind| kind.moves.keys().cloned()).collect();
        let passed = match states.is_empty() {
            true => Vec::new(),
            false => flows(cx, &query(vec![cx.office], true, states))?.1,
        };
        for found in passed {
            if answer_waits(cx, &found)? {
                answered.push(shown(DecideKind::Answer, "answer", &found));
            }
        }
    }
    Ok((open, answered))
}

/// Whether a case that this one was passed on as is answered, and nobody took the answer over.
fn answer_waits(cx: &Cx<'_>, found: &Found) -> Answer<bool> {
    let passed: Vec<&str> =
        found.events.iter().filter(|event| event.kind == PASS).map(|event| event.says("linked")).collect();
    let known = cx.known_flows();
    let Some(flow) = found.flow(&known).filter(|_| !passed.is_empty()) else { return Ok(false) };
    let mut linked = BTreeMap::new();
    for id in passed {
        if let Ok(other) = find(cx, id) {
            linked.insert(other.id(), other);
        }
    }
    let courses: Vec<_> =
        linked.iter().filter_map(|(id, other)| Some((*id, course(other.flow(&known)?, &other.events)))).collect();
    let now = course(flow, &found.events);
    Ok(!waiting(&now, courses.iter().map(|(id, course)| (*id, course))).is_empty())
}
