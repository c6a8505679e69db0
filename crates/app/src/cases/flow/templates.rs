//! `flow.templates`, and a template as screens use it.

use ybz_domain::ledger::flow::{Flow, Kind, Worth};

use crate::cx::Cx;
use crate::dto::flow::{FlowDeadline, FlowKind, FlowState, FlowTemplate, FlowTemplatesInput, FlowValue, FlowWord};
use crate::error::Answer;

/// The version of what comes with the program is not the version of a pack.
fn is_builtin(cx: &Cx<'_>, flow: &Flow) -> bool {
    cx.known_flows().current(&flow.id).is_some_and(|known| known.version == flow.version)
}

pub(super) fn values(values: &[Worth]) -> Vec<FlowValue> {
    let value = |worth: &Worth| FlowValue {
        id: worth.id.clone(),
        name: worth.name.clone(),
        counts: worth.counts.iter().cloned().collect(),
    };
    values.iter().map(value).collect()
}

fn kind(kind: &Kind) -> FlowKind {
    FlowKind {
        id: kind.id.clone(),
        name: kind.name.clone(),
        by: kind.by.iter().map(|side| (*side).into()).collect(),
        moves: kind.moves.clone(),
        needs: kind.needs.iter().cloned().collect(),
        may: kind.may.iter().cloned().collect(),
        values: values(&kind.values),
    }
}

/// A template as screens use it.
pub(super) fn template(cx: &Cx<'_>, flow: &Flow) -> FlowTemplate {
    let state = |state: &ybz_domain::ledger::flow::State| FlowState {
        id: state.id.clone(),
        name: state.name.clone(),
        counts: state.counts.iter().cloned().collect(),
        deadline: state.deadline.clone(),
        end: state.end,
    };
    let deadline = |deadline: &ybz_domain::ledger::flow::Deadline| FlowDeadline {
        id: deadline.id.clone(),
        name: deadline.name.clone(),
        from: deadline.from.clone(),
        months: deadline.months,
        days: deadline.days,
        given: deadline.given,
        repeats: deadline.repeats,
        citation: flow.source_of(deadline).to_owned(),
    };
    FlowTemplate {
        id: flow.id.clone(),
        version: flow.version.clone(),
        name: flow.name.clone(),
        rows: flow.rows.clone(),
        citation: flow.citation.clone(),
        builtin: is_builtin(cx, flow),
        start: flow.start.clone(),
        states: flow.states.iter().map(state).collect(),
        events: flow.events.iter().map(kind).collect(),
        deadlines: flow.deadlines.iter().map(deadline).collect(),
        rates: flow.rates.iter().map(|rate| FlowWord { id: rate.id.clone(), name: rate.name.clone() }).collect(),
        figures: flow.figures.clone(),
        words: flow.words.clone(),
    }
}

/// `flow.templates`: those under which items are opened today, by their words.
pub(crate) fn templates(cx: &Cx<'_>, input: FlowTemplatesInput) -> Answer<Vec<FlowTemplate>> {
    let flows = match input.office.as_deref().filter(|id| !id.is_empty()) {
        Some(id) => cx.flows_for(&super::open::child(cx, id, "office")?, false)?,
        None => cx.flows_for(&cx.office, input.desk)?,
    };
    Ok(flows.all().map(|flow| template(cx, flow)).collect())
}
