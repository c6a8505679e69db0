//! `flow.get`: an item with all that happened to it, and what the viewer may do now.

use std::collections::BTreeSet;

use ybz_domain::ids::RecordId;
use ybz_domain::ledger::desk::case::{ANSWER, ANSWER_BACK, PASS, TOLD};
use ybz_domain::ledger::desk::round::ISSUE_LIST;
use ybz_domain::ledger::flow::{Course, Event, Flow, Flows, Side, course};

use super::list::{due, plain};
use super::read::{Found, find, merges, side_of};
use super::templates::{template, values};
use super::{CASE, void};
use crate::cases::case;
use crate::cases::rounds::INTERVIEW;
use crate::cx::{Cx, Stored};
use crate::dto::IdInput;
use crate::dto::flow::{FlowEventRow, FlowMark, FlowMay, FlowView, FlowWord};
use crate::error::Answer;

/// The call that makes an event.
pub(super) fn call_of(flow: &str, event: &str) -> &'static str {
    match event {
        PASS if flow == CASE => "case.pass",
        TOLD if flow == CASE => "case.tell",
        ANSWER if flow == CASE => "case.answer",
        ANSWER_BACK if flow == CASE => "case.answer_back",
        ISSUE_LIST if flow == INTERVIEW => "interview.issue",
        _ => "flow.act",
    }
}

/// An event with what it amounts to; without its template only what it says.
fn event_row(cx: &Cx<'_>, stored: &Stored, event: &Event, now: Option<(&Flow, &Course<'_>)>) -> FlowEventRow {
    let kind = now.and_then(|(flow, _)| flow.event(&event.kind));
    let made = now.and_then(|(_, now)| now.made(&event.id));
    let state = now.zip(made).and_then(|((flow, _), made)| flow.state(&made.state));
    let why = now.filter(|_| made.is_none()).and_then(|(flow, now)| Some(void(flow, &now.refused(&event.id)?)));
    FlowEventRow {
        id: event.id.to_string(),
        event: event.kind.clone(),
        name: kind.map_or_else(|| event.kind.clone(), |kind| kind.name.clone()),
        on: event.on.clone(),
        person: event.person.clone(),
        role: event.role.clone(),
        due: (!event.due.is_empty()).then(|| event.due.clone()),
        value: event.value.clone(),
        value_name: kind.and_then(|kind| kind.worth(&event.value)).map(|worth| worth.name.clone()).unwrap_or_default(),
        note: event.note.clone(),
        data: event.data.clone(),
        side: event.side.into(),
        office: stored.book.writer().to_string(),
        office_name: cx.name_of(&stored.book.writer()),
        state: state.map(|state| state.id.clone()).unwrap_or_default(),
        state_name: state.map(|state| state.name.clone()).unwrap_or_default(),
        moves: made.is_some_and(|made| made.moves),
        counted: made.is_some(),
        why,
        crossed: now.is_some_and(|(_, now)| now.disputed && now.tips.contains_key(&event.id)),
        recorded_on: event.recorded_on.clone(),
        custodian: cx.is_custodian(&stored.view),
    }
}

/// Events that count, each after all that its maker had seen, and behind them those that do not.
fn events(cx: &Cx<'_>, found: &Found, now: Option<(&Flow, &Course<'_>)>) -> Vec<FlowEventRow> {
    let order: Vec<RecordId> =
        now.map(|(_, now)| now.events().iter().map(|event| event.id).collect()).unwrap_or_default();
    let place = |event: &Event| order.iter().position(|id| *id == event.id).unwrap_or(usize::MAX);
    let mut rows: Vec<(usize, &Stored, &Event)> =
        found.written.iter().map(|(stored, event)| (place(event), stored, event)).collect();
    rows.sort_by(|(a, _, x), (b, _, y)| (a, &x.on, x.id).cmp(&(b, &y.on, y.id)));
    rows.into_iter().map(|(_, stored, event)| event_row(cx, stored, event, now)).collect()
}

/// What a side may do from here.
fn may(flow: &Flow, now: &Course<'_>, side: Side) -> Vec<FlowMay> {
    let one = |kind: &ybz_domain::ledger::flow::Kind| {
        let (state, moves) = now.leads_to(kind, side)?;
        Some(FlowMay {
            event: kind.id.clone(),
            name: kind.name.clone(),
            needs: kind.needs.iter().cloned().collect(),
            may: kind.may.iter().cloned().collect(),
            values: values(&kind.values),
            leads_to_name: flow.state(&state).map(|state| state.name.clone()).unwrap_or_default(),
            leads_to: state,
            settles: now.disputed && moves,
            apart_from: kind.apart_from.iter().cloned().collect(),
            call: call_of(&flow.id, &kind.id).to_owned(),
        })
    };
    now.open_to(side).into_iter().filter_map(one).collect()
}

/// A step by which this office would settle what crossed; none where another one has to, and none where nothing crossed.
pub(crate) fn settled_by(cx: &Cx<'_>, found: &Found, known: &Flows) -> Option<String> {
    let flow = found.flow(known)?;
    let (side, _) = side_of(cx, &found.stored.book)?;
    let step = may(flow, &course(flow, &found.events), side).into_iter().find(|step| step.settles)?;
    Some(step.event)
}

fn marks(flow: &Flow, now: &Course<'_>) -> Vec<FlowMark> {
    let one = |(event, mark): (&String, &ybz_domain::ledger::flow::Mark)| {
        let kind = flow.event(event);
        FlowMark {
            event: event.clone(),
            name: kind.map(|kind| kind.name.clone()).unwrap_or_default(),
            value: mark.value.clone(),
            value_name: kind.and_then(|kind| kind.worth(&mark.value)).map(|one| one.name.clone()).unwrap_or_default(),
            disputed: mark.disputed,
        }
    };
    now.marks.iter().map(one).collect()
}

/// `flow.get`
pub(crate) fn get(cx: &Cx<'_>, input: IdInput) -> Answer<FlowView> {
    let found = find(cx, &input.id)?;
    let (flows, into) = (cx.known_flows(), merges(cx)?);
    let flow = found.flow(&flows);
    let now = flow.map(|flow| course(flow, &found.events));
    let both = flow.zip(now.as_ref());
    let side = side_of(cx, &found.stored.book).map(|(side, _)| side).filter(|_| cx.must_write().is_ok());
    let running = now.as_ref().and_then(|now| now.running(&found.item.on, &found.item.due)).map(|one| one.deadline);
    let deadlines = both.map(|(flow, now)| {
        let all = now.deadlines(&found.item.on, &found.item.due);
        all.iter().map(|one| due(cx, flow, one, running.as_ref() == Some(&one.deadline))).collect()
    });
    let seen: BTreeSet<RecordId> = now.as_ref().map(Course::seen).unwrap_or_default();
    let answers_to = case::sources_of(cx, &found, &into)?;
    let word = |(office, record): &(ybz_domain::ids::OfficeId, String)| FlowWord {
        id: record.clone(),
        name: cx.name_of(office),
    };
    Ok(FlowView {
        row: plain(cx, &into, &found, both),
        template: flow.map(|flow| template(cx, flow)),
        side: side.map(Into::into),
        events: events(cx, &found, both),
        seen: seen.iter().map(RecordId::to_string).collect(),
        deadlines: deadlines.unwrap_or_default(),
        marks: both.map(|(flow, now)| marks(flow, now)).unwrap_or_default(),
        may: both.zip(side).map(|((flow, now), side)| may(flow, now, side)).unwrap_or_default(),
        links: case::links(cx, &flows, &into, &found, now.as_ref())?,
        answers_to: answers_to.iter().map(word).collect(),
        caller: case::has_caller(cx, &found)?,
    })
}
