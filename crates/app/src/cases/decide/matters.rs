//! Items of flows that wait: reported by those below, cases that nobody handles, answers that came back.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::BookKind;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::desk::case::{ANSWER_BACK, PASS, waiting};
use ybz_domain::ledger::flow::{Flow, Flows, course};

use super::rows;
use crate::cases::flow::{CASE, FlowQuery, FlowSort, Found, find, flows, merges, row, settled_by};
use crate::cx::Cx;
use crate::dto::decide::{DecideKind, DecideRow};
use crate::error::Answer;

/// 退回交办: the event by which a case comes back to whoever assigned it.
const HAND_BACK: &str = "hand_back";

/// Offices on whose items this one decides: those right below it.
pub(super) fn deciding(cx: &Cx<'_>) -> Vec<OfficeId> {
    let right_below = |office: &OfficeId| cx.membership().parent(office) == Some(cx.office);
    cx.offices_below().into_iter().filter(right_below).collect()
}

/// Items on which both sides acted without knowing of each other, and those among this office's papers on which two of its
/// devices did.
pub(super) fn disputed(cx: &Cx<'_>) -> Vec<FlowQuery> {
    let of = |offices: Vec<OfficeId>, desk: Option<bool>| FlowQuery {
        offices,
        desk,
        disputed: Some(true),
        sort: FlowSort::Due,
        ..FlowQuery::default()
    };
    let papers = cx.sees(&BookKind::desk()).then(|| of(vec![cx.office], Some(true)));
    [of(deciding(cx), None)].into_iter().chain(papers).collect()
}

/// States of each template, those that only a pack brought included: what is asked of every version that items may name.
fn states_by_flow<'f>(known: &'f Flows, of: impl Fn(&'f Flow) -> Vec<&'f str>) -> BTreeMap<&'f str, BTreeSet<&'f str>> {
    let mut out: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for flow in known.versions() {
        out.entry(&flow.id).or_default().extend(of(flow));
    }
    out.retain(|_, states| !states.is_empty());
    out
}

/// Items that go on only by this office's word, each by the template that it names: two offices may have one of the same name
/// with other states.
pub(super) fn reported(cx: &Cx<'_>) -> FlowQuery {
    FlowQuery {
        offices: deciding(cx),
        desk: Some(false),
        awaits: Some(true),
        disputed: Some(false),
        sort: FlowSort::Due,
        ..FlowQuery::default()
    }
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
        let event = match kind {
            // Which of the two sides settles it is the template's to say.
            DecideKind::Disputed => settled_by(cx, found, &known),
            _ => found.flow(&known).and_then(|flow| flow.awaits(&shown.state)).map(|kind| kind.id.clone()),
        };
        let about = if kind == DecideKind::Disputed { "flow" } else { &found.item.flow };
        rows::of_flow(kind, about, &shown, last(found), event.as_deref().unwrap_or_default())
    };
    Ok(found.iter().map(of).collect())
}

/// The states in which an answer is taken over.
fn taken_over(flow: &Flow) -> Vec<&str> {
    let taken = flow.events.iter().filter(|kind| kind.id == ANSWER_BACK);
    taken.flat_map(|kind| kind.moves.keys()).map(String::as_str).collect()
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
    let states = |of: fn(&Flow) -> Vec<&str>| -> Vec<String> {
        let states = states_by_flow(&known, of).remove(CASE).unwrap_or_default();
        states.into_iter().map(str::to_owned).collect()
    };
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
    let start = states(|flow| vec![flow.start.as_str()]);
    // A state that begins in one version may be another's middle.
    let begins = |found: &Found| found.flow(&known).is_some_and(|flow| course(flow, &found.events).state == flow.start);
    let counts = |found: &Found| into.get(&found.id()).is_none_or(|main| *main == found.id());
    let mut open = Vec::new();
    if cx.sees(&BookKind::desk()) {
        let mine = flows(cx, &query(vec![cx.office], true, start.clone()))?.1;
        open.extend(mine.into_iter().filter(|found| counts(found) && begins(found)).map(|found| ("taken_in", found)));
    }
    let below = deciding(cx);
    if !below.is_empty() {
        let passed = flows(cx, &query(below, false, start))?.1;
        open.extend(passed.into_iter().filter(begins).filter_map(|found| Some((came_back(&found)?, found))));
    }
    let shown = |kind: DecideKind, about: &str, found: &Found| {
        rows::of_flow(kind, about, &row(cx, &known, &into, found), last(found), "")
    };
    let open = open.iter().map(|(about, found)| shown(DecideKind::Case, about, found)).collect();
    let mut answered = Vec::new();
    if cx.sees(&BookKind::desk()) {
        // An answer is taken over where the template says so, and waits there alone.
        let states = states(taken_over);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_that_only_a_pack_brings_are_asked_for_with_the_states_of_all_versions() {
        let builtin = Flows::builtin().unwrap();
        let of = |id: &str, version: &str, from: &str| Flow {
            id: id.to_owned(),
            version: version.to_owned(),
            ..builtin.current(from).unwrap().clone()
        };
        let laid = builtin.laid_over("街道 1", &[of("patrol", "街道 1", "rectification")], &[]).unwrap();
        let mut known = builtin.clone();
        known.remember(&laid);
        assert!(known.current("patrol").is_none(), "nothing is opened under it here");
        let starts = |known: &Flows| -> BTreeMap<String, Vec<String>> {
            let all = states_by_flow(known, |flow| vec![flow.start.as_str()]).into_iter();
            all.map(|(flow, states)| (flow.to_owned(), states.into_iter().map(str::to_owned).collect())).collect()
        };
        assert_eq!(starts(&known)["patrol"], starts(&builtin)["rectification"]);
        // Another version of a template begins elsewhere, too.
        let laid = builtin.laid_over("街道 2", &[of("case", "街道 2", "rectification")], &[]).unwrap();
        known.remember(&laid);
        assert_eq!(starts(&known)["case"], ["accepted", "found"]);
    }
}
