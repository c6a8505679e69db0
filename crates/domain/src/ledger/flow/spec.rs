//! 流程模板: what a flow is made of. Templates are data (`rules/flows/*.toml`): versioned, cited, and a committee may lay its
//! own over them with a rule pack.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Whose hand an event is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The office whose matter it is; it writes its own `up/tasks`.
    Unit,
    /// The office above it; it writes `down/dispatch`, and about its own papers `own/desk`.
    Superior,
}

/// A flow: states, the events that lead from one to another, deadlines and figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// Stable word.
    pub id: String,
    /// Version of the data; an item names the one that it was opened under.
    pub version: String,
    /// Its name.
    pub name: String,
    /// Rows of the domain that it serves, such as `A7`.
    #[serde(default)]
    pub rows: Vec<String>,
    /// Its source.
    pub citation: String,
    /// The state in which an item begins.
    pub start: String,
    /// Events that change the state, the strongest first: of those made without knowing of each other the first counts.
    pub wins: Vec<String>,
    /// Pairs of states that do not disagree: with the same side either way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alike: Vec<[String; 2]>,
    /// Figures that checks use, such as how many units a round has.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub figures: BTreeMap<String, u32>,
    /// Words to choose from, such as the topics of an interview.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, Vec<String>>,
    /// States.
    #[serde(rename = "state")]
    pub states: Vec<State>,
    /// Events.
    #[serde(rename = "event")]
    pub events: Vec<Kind>,
    /// Deadlines.
    #[serde(default, rename = "deadline", skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<Deadline>,
    /// Rates.
    #[serde(default, rename = "rate", skip_serializing_if = "Vec::is_empty")]
    pub rates: Vec<RateSpec>,
}

/// A state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Stable word.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What an item in it counts as: `accepted`, `open`, `closed`, `rated`, `satisfied`.
    #[serde(default)]
    pub counts: BTreeSet<String>,
    /// The deadline that runs in it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub deadline: String,
    /// No deadline runs in it, by decision.
    #[serde(default, skip_serializing_if = "is_false")]
    pub untimed: bool,
    /// It may be the last one.
    #[serde(default, skip_serializing_if = "is_false")]
    pub end: bool,
}

/// A kind of event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Stable word.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who may make it.
    pub by: BTreeSet<Side>,
    /// From which state to which; to the same one: it is noted and moves nothing.
    pub moves: BTreeMap<String, String>,
    /// It may lead back to where the item was before.
    #[serde(default, skip_serializing_if = "is_false")]
    pub again: bool,
    /// What it has to say: `person`, `role`, `due`, `value`, `note`, or a key of its own.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub needs: BTreeSet<String>,
    /// Keys of its own that it may say besides.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub may: BTreeSet<String>,
    /// Only in another role than those who made these.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub apart_from: BTreeSet<String>,
    /// Gives way to this event where it crossed one's own: possible only then.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub yields_to: String,
    /// The deadline that it moves to its own day.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub extends: String,
    /// What its value may be, and what each counts as; of values given without knowing of each other the last one counts.
    #[serde(default, rename = "value", skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Worth>,
    /// Events after which its value and its meeting of deadlines stand no more.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub undone_by: BTreeSet<String>,
}

/// A value of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Worth {
    /// Stable word.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What an item with it counts as, beside what its state counts as.
    #[serde(default)]
    pub counts: BTreeSet<String>,
}

/// A deadline.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Stable word.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The event from whose day it is counted; `start`: the item's own day.
    pub from: String,
    /// So many months; a day that does not exist becomes the month's last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<u32>,
    /// So many days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// It comes again and again: after each time it was met the next one is due, counted from the same day.
    #[serde(default, skip_serializing_if = "is_false")]
    pub repeats: bool,
    /// The day that the event itself names counts instead.
    #[serde(default, skip_serializing_if = "is_false")]
    pub given: bool,
    /// Events that meet it, all of them.
    pub met_by: BTreeSet<String>,
    /// Its source, where it is another than the flow's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub citation: String,
}

/// A rate: of the items that count as all of `of`, those that also count as all of `with`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateSpec {
    /// Stable word.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The denominator.
    pub of: BTreeSet<String>,
    /// The numerator.
    pub with: BTreeSet<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Flow {
    /// Whether an item may be dated on a day to come, as an interview that is planned: only where it counts in no rate, which
    /// would count it before it has happened.
    pub fn plans_ahead(&self) -> bool {
        self.rates.is_empty()
    }

    /// A state by its word.
    pub fn state(&self, id: &str) -> Option<&State> {
        self.states.iter().find(|state| state.id == id)
    }

    /// A kind of event by its word.
    pub fn event(&self, id: &str) -> Option<&Kind> {
        self.events.iter().find(|kind| kind.id == id)
    }

    /// A deadline by its word.
    pub fn deadline(&self, id: &str) -> Option<&Deadline> {
        self.deadlines.iter().find(|deadline| deadline.id == id)
    }

    /// The figure of a check; 0 where the flow has none of that name.
    pub fn figure(&self, id: &str) -> u32 {
        self.figures.get(id).copied().unwrap_or_default()
    }

    /// The source of a deadline.
    pub fn source_of<'a>(&'a self, deadline: &'a Deadline) -> &'a str {
        if deadline.citation.is_empty() { &self.citation } else { &deadline.citation }
    }

    /// Where two events crossed: the place of one in the order of strength, the smallest wins.
    pub(crate) fn strength(&self, kind: &str) -> usize {
        self.wins.iter().position(|one| one == kind).unwrap_or(usize::MAX)
    }

    /// Two states that do not disagree are one.
    pub(crate) fn same<'a>(&'a self, state: &'a str) -> &'a str {
        self.alike.iter().find(|[one, _]| one == state).map_or(state, |[_, other]| other)
    }
}

impl Kind {
    /// Every key that its record may have under `data/`.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.needs.iter().chain(&self.may).map(String::as_str).filter(|key| !PLAIN.contains(key))
    }

    /// A value by its word.
    pub fn worth(&self, id: &str) -> Option<&Worth> {
        self.values.iter().find(|worth| worth.id == id)
    }
}

/// What every event can say, in fields of its own.
pub(crate) const PLAIN: [&str; 5] = ["person", "role", "due", "value", "note"];
