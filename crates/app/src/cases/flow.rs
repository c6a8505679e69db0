//! 流程: items of every template. What differs between them is data, so that one set of calls and screens serves them all.

mod act;
mod list;
mod open;
mod rates;
mod read;
mod store;
mod templates;
mod unmoved;
mod view;

use ybz_domain::ledger::flow::{Flow, Refusal, Side};

use crate::ErrorDto;
use crate::dto::flow::FlowSide;

pub(crate) use act::{Given, act, flow_of, must_be_seen, stage};
pub(crate) use list::{due, list, row, sort_of};
pub(crate) use open::{check_item, child, end, open, start};
pub(crate) use rates::rates;
pub(crate) use read::{Found, find, merges, place_of};
pub(crate) use store::{FlowQuery, FlowSort, flows};
pub(crate) use templates::templates;
pub(crate) use unmoved::Heads;
pub(crate) use view::{get, settled_by};

/// The template whose items are cases: what a case can do beside what every item can is in [`super::case`].
pub(crate) const CASE: &str = "case";

impl From<Side> for FlowSide {
    fn from(side: Side) -> Self {
        match side {
            Side::Unit => Self::Unit,
            Side::Superior => Self::Superior,
        }
    }
}

/// Why the template does not permit something where an item stands, as a coded error at the field at fault. People read the
/// name of a step, not its word.
pub(crate) fn refused(flow: &Flow, refusal: &Refusal, state: &str) -> ErrorDto {
    let name = |event: &String| flow.event(event).map_or_else(|| event.clone(), |kind| kind.name.clone());
    match refusal {
        Refusal::Unknown(event) => ErrorDto::new("flow_event_unknown").at("event").with("event", event),
        Refusal::NotYours(event) => ErrorDto::new("flow_not_yours").at("event").with("event", name(event)),
        Refusal::NotNow(event) => {
            let state = flow.state(state).map_or(state, |state| state.name.as_str());
            ErrorDto::new("flow_not_now").at("event").with("event", name(event)).with("state", state)
        }
        Refusal::SameRole(event) => ErrorDto::new("flow_same_role").at("role").with("event", name(event)),
        Refusal::Missing(key) => ErrorDto::new("required").at(&field_of(key)),
    }
}

/// Why an event that was made does not count.
fn void(flow: &Flow, refusal: &Refusal) -> ErrorDto {
    match refusal {
        Refusal::NotNow(_) => ErrorDto { code: "flow_not_then".to_owned(), ..refused(flow, refusal, "") },
        _ => refused(flow, refusal, ""),
    }
}

/// The field of a form that holds what an event says under a key.
pub(crate) fn field_of(key: &str) -> String {
    match key {
        "on" | "person" | "role" | "due" | "value" | "note" => key.to_owned(),
        other => format!("data.{other}"),
    }
}
