//! Events as tests write them.

use std::collections::BTreeSet;

use super::{Event, Flow, Flows, Kind, Side};
use crate::ids::RecordId;

pub(crate) use Side::{Superior, Unit};

pub(crate) fn flow(id: &str) -> Flow {
    Flows::builtin().unwrap().current(id).unwrap().clone()
}

pub(crate) fn id(n: u8) -> RecordId {
    RecordId([n; 16])
}

/// Says everything that the template asks for.
pub(crate) fn fill(event: &mut Event, kind: &Kind) {
    let (person, role) = if event.side == Unit { ("甲", "书记") } else { ("乙", "街道") };
    (event.person, event.role) = (person.to_owned(), role.to_owned());
    "说明".clone_into(&mut event.note);
    if kind.needs.contains("due") {
        "2026-06-30".clone_into(&mut event.due);
    }
    event.value = kind.values.first().map(|worth| worth.id.clone()).unwrap_or_default();
    event.data = kind.keys().map(|key| (key.to_owned(), "一".to_owned())).collect();
}

/// An event that says all it has to, and whose maker had seen these.
pub(crate) fn event(flow: &Flow, n: u8, side: Side, kind: &str, on: &str, after: &[u8]) -> Event {
    let mut event = Event::new(id(n), kind, side, on);
    fill(&mut event, flow.event(kind).unwrap());
    event.after = after.iter().map(|n| id(*n)).collect::<BTreeSet<_>>();
    event
}

/// One event after another, each made by somebody who had seen all before.
pub(crate) fn story(flow: &Flow, told: &[(Side, &str, &str)]) -> Vec<Event> {
    let mut events = Vec::new();
    for (n, (side, kind, on)) in (1u8..).zip(told) {
        events.push(event(flow, n, *side, kind, on, &(1..n).next_back().map_or(vec![], |before| vec![before])));
    }
    events
}
