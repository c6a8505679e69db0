//! Where an item stands: a function of its template and of the set of its events alone.
//!
//! An event counts when what its maker had seen permitted it. Events that change the state and that no other such event had
//! seen are the *tips*. Tips that lead to different states are a dispute: the strongest event by the template's order counts,
//! and both sides see the flag, until somebody who has seen them all makes an event from there. In a dispute whoever made the
//! winning event may also say it again, its side may choose another of the tips, and a side may give way to an event
//! that crossed its own where the template has one for it.

use std::collections::{BTreeMap, BTreeSet};

use super::causal::{Causal, Named};
use super::event::Event;
use super::spec::{Flow, Kind, Side};
use crate::ids::RecordId;

/// What a counted event amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its kind.
    pub kind: String,
    /// Whose hand it is from.
    pub side: Side,
    /// The state that it leads to, or in which it was made.
    pub state: String,
    /// It speaks about the state: it changes it, or settles a dispute.
    pub moves: bool,
}

/// A value that was given, such as a rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The value that counts.
    pub value: String,
    /// The event that gave it.
    pub by: RecordId,
    /// Another was given without knowing of it.
    pub disputed: bool,
}

/// Why an event is not permitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The template has no such event.
    #[error("the template has no event `{0}`")]
    Unknown(String),
    /// It is for the other side.
    #[error("`{0}` is for the other side")]
    NotYours(String),
    /// Not from where the item stands.
    #[error("`{0}` is not possible from here")]
    NotNow(String),
    /// It has to be somebody in another role than whoever made this one.
    #[error("it takes another role than that of `{0}`")]
    SameRole(String),
    /// Something has to be said.
    #[error("`{0}` is missing")]
    Missing(String),
}

/// An item as it stands.
#[derive(Debug)]
pub struct Course<'a> {
    pub(super) flow: &'a Flow,
    pub(super) causal: Causal<'a, Event>,
    pub(super) made: BTreeMap<RecordId, Made>,
    /// Its state.
    pub state: String,
    /// Events that crossed lead to different states, and nobody has settled it.
    pub disputed: bool,
    /// The events that say so; the next event names them.
    pub tips: BTreeMap<RecordId, Made>,
    /// Values by kind of event.
    pub marks: BTreeMap<String, Mark>,
}

/// The state by some tips.
struct View<'t> {
    state: &'t str,
    disputed: bool,
    winner: Option<&'t Made>,
}

fn view<'t>(flow: &'t Flow, tips: &'t BTreeMap<RecordId, Made>) -> View<'t> {
    let place = |state: &str| flow.states.iter().position(|one| one.id == state);
    let winner = tips.values().min_by_key(|made| (flow.strength(&made.kind), place(&made.state)));
    let said: BTreeSet<&str> = tips.values().map(|made| flow.same(&made.state)).collect();
    View { state: winner.map_or(flow.start.as_str(), |made| made.state.as_str()), disputed: said.len() > 1, winner }
}

fn moving(before: &BTreeMap<RecordId, Made>) -> BTreeMap<RecordId, Made> {
    before.iter().filter(|(_, made)| made.moves).map(|(id, made)| (*id, made.clone())).collect()
}

/// Derives where an item stands. Events in a circle and those that were not permitted count nothing; an event that is named
/// and not here yet may change the outcome when it comes.
pub fn course<'a>(flow: &'a Flow, events: &'a [Event]) -> Course<'a> {
    let causal = Causal::of(events, |event: &Event| Named {
        id: event.id,
        after: &event.after,
        above: event.side == Side::Superior,
    });
    let made = causal.counted(|event: &Event, before| judge(flow, &causal, event, before).ok());
    let tips = causal.tips(&moving(&made));
    let (state, disputed) = {
        let view = view(flow, &tips);
        (view.state.to_owned(), view.disputed)
    };
    let mut out = Course { flow, causal, made, state, disputed, tips, marks: BTreeMap::new() };
    out.marks = out.find_marks();
    out
}

/// Whether an event is permitted to whoever had seen these, and what it then amounts to.
fn judge(
    flow: &Flow,
    causal: &Causal<'_, Event>,
    event: &Event,
    before: &BTreeMap<RecordId, Made>,
) -> Result<Made, Refusal> {
    let kind = flow.event(&event.kind).ok_or_else(|| Refusal::Unknown(event.kind.clone()))?;
    if !kind.by.contains(&event.side) {
        return Err(Refusal::NotYours(kind.id.clone()));
    }
    let tips = causal.tips(&moving(before));
    let now = view(flow, &tips);
    let (state, moves) = target(kind, event.side, &now, &tips).ok_or_else(|| Refusal::NotNow(kind.id.clone()))?;
    // Who reported does not accept.
    for other in &kind.apart_from {
        let theirs = before.iter().filter(|(_, made)| made.kind == *other);
        let last = causal.tips(&theirs.map(|(id, made)| (*id, made.clone())).collect());
        if last.keys().filter_map(|id| causal.event(id)).any(|one| same_role(one, event)) {
            return Err(Refusal::SameRole(other.clone()));
        }
    }
    missing(kind, event).map_or(Ok(()), |key| Err(Refusal::Missing(key)))?;
    Ok(Made { kind: kind.id.clone(), side: event.side, state: state.to_owned(), moves })
}

fn target<'t>(
    kind: &'t Kind,
    side: Side,
    now: &View<'t>,
    tips: &'t BTreeMap<RecordId, Made>,
) -> Option<(&'t str, bool)> {
    if now.disputed {
        let may = |made: &Made| {
            now.winner.is_some_and(|winner| made.kind == winner.kind || (winner.side == side && made.side == side))
        };
        if let Some(made) = tips.values().find(|made| made.kind == kind.id && may(made)) {
            return Some((made.state.as_str(), true));
        }
    }
    if !kind.yields_to.is_empty() {
        // Nobody gives way to what stands already, nor where a stronger word than one's own was said.
        let crossed = tips.values().find(|made| made.kind == kind.yields_to);
        let own = now.disputed && now.winner.is_some_and(|made| kind.by.contains(&made.side));
        return crossed.filter(|_| own && kind.moves.contains_key(now.state)).map(|made| (made.state.as_str(), true));
    }
    let to = kind.moves.get(now.state)?;
    Some((to.as_str(), to != now.state))
}

/// Two of one office in the same role, or one person; the superior is another role by itself.
fn same_role(one: &Event, other: &Event) -> bool {
    let person = !one.person.is_empty() && one.person == other.person;
    one.side == other.side && (one.role == other.role || other.role.is_empty() || person)
}

fn missing(kind: &Kind, event: &Event) -> Option<String> {
    if event.on.parse::<jiff::civil::Date>().is_err() {
        return Some("on".to_owned());
    }
    if kind.needs.contains("value") && kind.worth(&event.value).is_none() {
        return Some("value".to_owned());
    }
    if kind.needs.contains("due") && event.due.parse::<jiff::civil::Date>().is_err() {
        return Some("due".to_owned());
    }
    kind.needs.iter().find(|key| event.says(key).trim().is_empty()).cloned()
}

impl<'a> Course<'a> {
    /// Whether somebody who knows this may make an event, and if not, why.
    ///
    /// # Errors
    /// The reason.
    pub fn permits(&self, event: &Event) -> Result<Made, Refusal> {
        judge(self.flow, &self.causal, event, &self.made)
    }

    /// Kinds of events that a side may make from here, whatever else they have to say.
    pub fn open_to(&self, side: Side) -> Vec<&'a Kind> {
        let now = view(self.flow, &self.tips);
        let kinds = self.flow.events.iter().filter(|kind| kind.by.contains(&side));
        kinds.filter(|kind| target(kind, side, &now, &self.tips).is_some()).collect()
    }

    /// Where an event of a side would lead from here, and whether it speaks about the state; none: it is not possible now.
    pub fn leads_to(&self, kind: &Kind, side: Side) -> Option<(String, bool)> {
        let now = view(self.flow, &self.tips);
        let (state, moves) = target(kind, side, &now, &self.tips).filter(|_| kind.by.contains(&side))?;
        Some((state.to_owned(), moves))
    }

    /// Why an event does not count. None where it does, where it is not looked at, or where events name each other in a
    /// circle.
    pub fn refused(&self, id: &RecordId) -> Option<Refusal> {
        let event = self.causal.event(id).filter(|_| !self.causal.saw(id, id))?;
        let saw = self.made.iter().filter(|(other, _)| self.causal.saw(id, other));
        let before = saw.map(|(id, made)| (*id, made.clone())).collect();
        judge(self.flow, &self.causal, event, &before).err()
    }

    /// The events that the next one names: those that speak about the state before mere notes.
    pub fn seen(&self) -> BTreeSet<RecordId> {
        let notes = self.causal.tips(&self.made);
        self.tips.keys().chain(notes.keys().filter(|id| !self.tips.contains_key(id))).take(MAX_NAMED).copied().collect()
    }

    /// Events that count, each after all that its maker had seen.
    pub fn events(&self) -> Vec<&'a Event> {
        self.causal.in_order(&self.made).iter().filter_map(|id| self.causal.event(id)).collect()
    }

    /// What a counted event amounts to.
    pub fn made(&self, id: &RecordId) -> Option<&Made> {
        self.made.get(id)
    }

    /// Events that do not count: not permitted to their makers, or in a circle.
    pub fn void(&self) -> Vec<RecordId> {
        self.causal.ids().filter(|id| !self.made.contains_key(id)).copied().collect()
    }

    /// What the item counts as, by its state and by the values that were given.
    pub fn counts(&self) -> BTreeSet<&'a str> {
        let state = self.flow.state(&self.state);
        let mut out: BTreeSet<&str> = state.iter().flat_map(|state| &state.counts).map(String::as_str).collect();
        for (kind, mark) in &self.marks {
            let worth = self.flow.event(kind).and_then(|kind| kind.worth(&mark.value));
            out.extend(worth.iter().flat_map(|worth| &worth.counts).map(String::as_str));
        }
        out
    }

    /// Counted events of some kinds that no later event undid.
    pub(super) fn standing(&self, kind: &Kind) -> BTreeMap<RecordId, Made> {
        let undone = |id: &RecordId| {
            self.made.iter().any(|(by, made)| kind.undone_by.contains(&made.kind) && self.causal.saw(by, id))
        };
        let of = self.made.iter().filter(|(id, made)| made.kind == kind.id && !undone(id));
        of.map(|(id, made)| (*id, made.clone())).collect()
    }

    fn find_marks(&self) -> BTreeMap<String, Mark> {
        let mut out = BTreeMap::new();
        for kind in self.flow.events.iter().filter(|kind| !kind.values.is_empty()) {
            let tips = self.causal.tips(&self.standing(kind));
            let given = tips.keys().filter_map(|id| Some((*id, self.causal.event(id)?.value.as_str())));
            let place = |value: &str| kind.values.iter().position(|worth| worth.id == value);
            let all: BTreeMap<RecordId, &str> = given.collect();
            let values: BTreeSet<&str> = all.values().copied().collect();
            // The value that stands last in the template, said by the lowest id.
            let last = all.iter().max_by_key(|(id, value)| (place(value), std::cmp::Reverse(**id)));
            if let Some((by, value)) = last {
                let mark = Mark { value: (*value).to_owned(), by: *by, disputed: values.len() > 1 };
                out.insert(kind.id.clone(), mark);
            }
        }
        out
    }
}

/// Events that one event names at most.
const MAX_NAMED: usize = 64;

#[cfg(test)]
mod tests;
