//! Append-only events whose makers name what they had seen: which of them count, and which nobody else has seen yet.
//!
//! The order in which events arrive says nothing. An event counts when what its maker had seen permitted it; what *permits*
//! means is the caller's. The events that no other counted one had seen are the *tips*: they say where the thing stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::RecordId;

/// Events of one side about one thing that are looked at; nobody comes near it by hand.
pub const MAX_EVENTS: usize = 128;

/// What the engine has to know of an event.
pub(crate) struct Named<'a> {
    /// Its record.
    pub(crate) id: RecordId,
    /// The events that its maker had seen.
    pub(crate) after: &'a BTreeSet<RecordId>,
    /// Made by the superior; each side has its own bound.
    pub(crate) above: bool,
}

/// The events of one thing with what each had seen, directly or through others.
#[derive(Debug)]
pub(crate) struct Causal<'a, E> {
    known: BTreeMap<RecordId, &'a E>,
    past: BTreeMap<RecordId, BTreeSet<RecordId>>,
    /// Whoever has seen more comes later; without events in a circle, since nobody can have seen himself.
    order: Vec<RecordId>,
}

impl<'a, E> Causal<'a, E> {
    pub(crate) fn of(events: &'a [E], named: impl Fn(&'a E) -> Named<'a>) -> Self {
        let mut known: BTreeMap<RecordId, &'a E> = BTreeMap::new();
        let mut after: BTreeMap<RecordId, &'a BTreeSet<RecordId>> = BTreeMap::new();
        for above in [false, true] {
            let mut of: Vec<(RecordId, &'a E, &'a BTreeSet<RecordId>)> = Vec::new();
            for event in events {
                let name = named(event);
                if name.above == above {
                    of.push((name.id, event, name.after));
                }
            }
            of.sort_by_key(|(id, ..)| *id);
            for (id, event, seen) in of.into_iter().take(MAX_EVENTS) {
                known.insert(id, event);
                after.insert(id, seen);
            }
        }
        let past: BTreeMap<RecordId, BTreeSet<RecordId>> = known.keys().map(|id| (*id, past_of(*id, &after))).collect();
        let mut order: Vec<RecordId> = past.iter().filter(|(id, past)| !past.contains(id)).map(|(id, _)| *id).collect();
        order.sort_by_key(|id| (past.get(id).map_or(0, BTreeSet::len), *id));
        Self { known, past, order }
    }

    /// The event of an id.
    pub(crate) fn event(&self, id: &RecordId) -> Option<&'a E> {
        self.known.get(id).copied()
    }

    /// Whether the maker of one event had seen another.
    pub(crate) fn saw(&self, one: &RecordId, other: &RecordId) -> bool {
        self.past.get(one).is_some_and(|past| past.contains(other))
    }

    /// Every event that is looked at, those that cannot count included.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &RecordId> {
        self.known.keys()
    }

    /// Ids of counted events in an order in which nothing comes before what its maker had seen.
    pub(crate) fn in_order<R>(&self, counted: &BTreeMap<RecordId, R>) -> Vec<RecordId> {
        self.order.iter().filter(|id| counted.contains_key(id)).copied().collect()
    }

    /// The events that count, each with what it amounts to. `judge` is asked with the counted events that the maker had seen.
    pub(crate) fn counted<R: Clone>(
        &self,
        judge: impl Fn(&'a E, &BTreeMap<RecordId, R>) -> Option<R>,
    ) -> BTreeMap<RecordId, R> {
        let mut counted: BTreeMap<RecordId, R> = BTreeMap::new();
        for id in &self.order {
            let (Some(event), Some(past)) = (self.event(id), self.past.get(id)) else { continue };
            let before: BTreeMap<RecordId, R> =
                past.iter().filter_map(|seen| counted.get(seen).map(|what| (*seen, what.clone()))).collect();
            if let Some(what) = judge(event, &before) {
                counted.insert(*id, what);
            }
        }
        counted
    }

    /// Those among some events that none of the others had seen.
    pub(crate) fn tips<R: Clone>(&self, among: &BTreeMap<RecordId, R>) -> BTreeMap<RecordId, R> {
        among
            .iter()
            .filter(|(id, _)| !among.keys().any(|other| self.saw(other, id)))
            .map(|(id, what)| (*id, what.clone()))
            .collect()
    }
}

/// All that an event's maker had seen, as far as it is here.
fn past_of(id: RecordId, after: &BTreeMap<RecordId, &BTreeSet<RecordId>>) -> BTreeSet<RecordId> {
    let mut out = BTreeSet::new();
    let mut next = vec![id];
    while let Some(named) = next.pop().and_then(|id| after.get(&id)) {
        for seen in named.iter().filter(|seen| after.contains_key(seen)) {
            if out.insert(*seen) {
                next.push(*seen);
            }
        }
    }
    out
}
