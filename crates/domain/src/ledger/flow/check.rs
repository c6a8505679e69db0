//! Whether a template holds: nothing unreachable, no winner left open, no open state without a deadline, no way back that is
//! not stated, and no place for what is private.

use std::collections::{BTreeMap, BTreeSet};

use super::spec::{Deadline, Flow, Kind, PLAIN};

/// Keys that would carry who a resident is. A template that asks for one of them is refused, whoever sent it.
const PRIVATE: [&str; 14] = [
    "name",
    "phone",
    "address",
    "door",
    "id_number",
    "household",
    "resident",
    "contact",
    "caller",
    "health",
    "income",
    "base",
    "family",
    "sealed",
];
/// States, events or deadlines of one flow at most.
const MOST: usize = 40;
/// Longest deadline, in months and in days.
const FARTHEST: (u32, u32) = (120, 3660);

/// Why a template does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FlowError {
    /// Not TOML of this form.
    #[error("not understood: {0}")]
    Form(String),
    /// A word is missing, too long, or not plain.
    #[error("`{0}` is no plain word, or is missing")]
    Word(String),
    /// The same word twice.
    #[error("`{0}` stands there twice")]
    Twice(String),
    /// A word that refers to nothing.
    #[error("`{0}` is not there")]
    Unknown(String),
    /// No way leads to it.
    #[error("no way leads to the state `{0}`")]
    Unreachable(String),
    /// No way leads out of it, and it is not said to be an end.
    #[error("no way leads out of the state `{0}`")]
    Stuck(String),
    /// An event that changes the state has no place in the order of what wins, or more than one.
    #[error("what wins where `{0}` crosses another event is left open")]
    Ambiguous(String),
    /// An open state without a deadline.
    #[error("no deadline runs in the state `{0}`")]
    Untimed(String),
    /// A deadline without a length, or beyond what is sensible.
    #[error("the deadline `{0}` has no length")]
    NoLength(String),
    /// A way back that is not stated.
    #[error("`{0}` leads back, and does not say so")]
    Circle(String),
    /// It asks for what may not travel.
    #[error("`{0}` would carry something private")]
    Private(String),
}

impl Flow {
    /// Reads a template.
    ///
    /// # Errors
    /// Text that is not of this form, or a template that does not hold.
    pub fn parse(text: &str) -> Result<Self, FlowError> {
        let flow: Self = toml::from_str(text).map_err(|error| FlowError::Form(error.message().to_owned()))?;
        flow.check()?;
        Ok(flow)
    }

    /// Whether the template holds.
    ///
    /// # Errors
    /// The first thing that does not.
    pub fn check(&self) -> Result<(), FlowError> {
        self.check_words()?;
        for kind in &self.events {
            self.check_event(kind)?;
        }
        self.deadlines.iter().try_for_each(|deadline| self.check_deadline(deadline))?;
        self.check_order()?;
        self.check_states()?;
        self.check_ways()
    }

    fn check_words(&self) -> Result<(), FlowError> {
        for text in [&self.version, &self.name, &self.citation] {
            if text.trim().is_empty() || text.chars().count() > 300 {
                return Err(FlowError::Word(self.id.clone()));
            }
        }
        let values = self.events.iter().flat_map(|kind| kind.values.iter().map(|worth| (&worth.id, &worth.name)));
        let states = self.states.iter().map(|state| (&state.id, &state.name));
        let events = self.events.iter().map(|kind| (&kind.id, &kind.name));
        let deadlines = self.deadlines.iter().map(|deadline| (&deadline.id, &deadline.name));
        let rates = self.rates.iter().map(|rate| (&rate.id, &rate.name));
        for (id, name) in values.chain(states.clone()).chain(events.clone()).chain(deadlines.clone()).chain(rates) {
            if !plain(id) || name.trim().is_empty() {
                return Err(FlowError::Word(id.clone()));
            }
        }
        if !plain(&self.id) || [self.states.len(), self.events.len(), self.deadlines.len()].iter().any(|n| *n > MOST) {
            return Err(FlowError::Word(self.id.clone()));
        }
        unique(states.map(|(id, _)| id))?;
        unique(events.map(|(id, _)| id))?;
        unique(deadlines.map(|(id, _)| id))?;
        let known = |state: &String| self.state(state).is_some();
        let named = std::iter::once(&self.start).chain(self.alike.iter().flatten());
        named.into_iter().find(|state| !known(state)).map_or(Ok(()), |state| Err(FlowError::Unknown(state.clone())))
    }

    fn check_event(&self, kind: &Kind) -> Result<(), FlowError> {
        let states = kind.moves.iter().flat_map(|(from, to)| [from, to]);
        if let Some(state) = states.into_iter().find(|state| self.state(state).is_none()) {
            return Err(FlowError::Unknown(state.clone()));
        }
        if kind.by.is_empty() || kind.moves.is_empty() {
            return Err(FlowError::Word(kind.id.clone()));
        }
        let yields = Some(&kind.yields_to).filter(|event| !event.is_empty());
        let named = kind.apart_from.iter().chain(&kind.undone_by).chain(yields);
        if let Some(event) = named.into_iter().find(|event| self.event(event).is_none()) {
            return Err(FlowError::Unknown(event.clone()));
        }
        if !kind.extends.is_empty() && (self.deadline(&kind.extends).is_none() || !kind.needs.contains("due")) {
            return Err(FlowError::Unknown(kind.extends.clone()));
        }
        unique(kind.values.iter().map(|worth| &worth.id))?;
        let own: Vec<&str> = kind.keys().collect();
        if let Some(key) = own.iter().find(|key| PRIVATE.contains(key)) {
            return Err(FlowError::Private((*key).to_owned()));
        }
        if let Some(key) = own.iter().find(|key| !plain(key)) {
            return Err(FlowError::Word((*key).to_owned()));
        }
        // A value is said exactly where there are values to choose from.
        if kind.needs.contains("value") == kind.values.is_empty() {
            return Err(FlowError::Word(kind.id.clone()));
        }
        kind.may
            .iter()
            .find(|key| PLAIN.contains(&key.as_str()))
            .map_or(Ok(()), |key| Err(FlowError::Twice(key.clone())))
    }

    fn check_deadline(&self, deadline: &Deadline) -> Result<(), FlowError> {
        let from = Some(&deadline.from).filter(|from| *from != "start");
        let named = deadline.met_by.iter().chain(from);
        if let Some(event) = named.into_iter().find(|event| self.event(event).is_none()) {
            return Err(FlowError::Unknown(event.clone()));
        }
        let long = match (deadline.months, deadline.days) {
            (Some(months), None) => (1..=FARTHEST.0).contains(&months),
            (None, Some(days)) => (1..=FARTHEST.1).contains(&days),
            (None, None) => deadline.given,
            (Some(_), Some(_)) => false,
        };
        // What comes again has a length, and one event that meets it.
        let counted = !deadline.repeats || (!deadline.given && deadline.met_by.len() == 1);
        if !long || !counted || deadline.met_by.is_empty() {
            return Err(FlowError::NoLength(deadline.id.clone()));
        }
        Ok(())
    }

    /// Every event that can change the state has one place among those that win.
    fn check_order(&self) -> Result<(), FlowError> {
        if let Some(event) = self.wins.iter().find(|event| self.event(event).is_none()) {
            return Err(FlowError::Unknown(event.clone()));
        }
        for kind in &self.events {
            let places = self.wins.iter().filter(|event| **event == kind.id).count();
            if places != usize::from(kind.changes_state()) {
                return Err(FlowError::Ambiguous(kind.id.clone()));
            }
            // One event that leads to different states could cross itself.
            let to: BTreeSet<&str> = kind.targets().map(|(_, to)| self.same(to)).collect();
            if to.len() > 1 {
                return Err(FlowError::Ambiguous(kind.id.clone()));
            }
        }
        Ok(())
    }

    fn check_states(&self) -> Result<(), FlowError> {
        for state in &self.states {
            let out = self.events.iter().any(|kind| kind.targets().any(|(from, _)| from == state.id));
            if !out && !state.end {
                return Err(FlowError::Stuck(state.id.clone()));
            }
            if !state.deadline.is_empty() && self.deadline(&state.deadline).is_none() {
                return Err(FlowError::Unknown(state.deadline.clone()));
            }
            // Whoever waits has to know until when, or that nobody set a day.
            if !state.end && state.deadline.is_empty() != state.untimed {
                return Err(FlowError::Untimed(state.id.clone()));
            }
            // `open` and `closed` exclude one another: nothing may count as both.
            let open = state.counts.contains("open");
            if open == state.counts.contains("closed") {
                return Err(FlowError::Word(state.id.clone()));
            }
        }
        Ok(())
    }

    /// Every state is reached from the first one, and whatever leads back says so.
    fn check_ways(&self) -> Result<(), FlowError> {
        let mut reached: BTreeSet<&str> = BTreeSet::from([self.start.as_str()]);
        let mut next = vec![self.start.as_str()];
        while let Some(at) = next.pop() {
            for (_, to) in self.events.iter().flat_map(Kind::targets).filter(|(from, _)| *from == at) {
                if reached.insert(to) {
                    next.push(to);
                }
            }
        }
        if let Some(state) = self.states.iter().find(|state| !reached.contains(state.id.as_str())) {
            return Err(FlowError::Unreachable(state.id.clone()));
        }
        // Without the ways back, states can be laid out one after the other.
        let mut left: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        for kind in self.events.iter().filter(|kind| !kind.again) {
            for (from, to) in kind.targets() {
                left.entry(to).or_default().push((from, &kind.id));
            }
        }
        let mut placed: BTreeSet<&str> = BTreeSet::new();
        loop {
            let waiting =
                |state: &str| left.get(state).is_some_and(|ways| ways.iter().any(|(from, _)| !placed.contains(from)));
            let free: Vec<&str> = self
                .states
                .iter()
                .map(|state| state.id.as_str())
                .filter(|state| !placed.contains(state) && !waiting(state))
                .collect();
            if free.is_empty() {
                break;
            }
            placed.extend(free);
        }
        let circle = self.states.iter().find(|state| !placed.contains(state.id.as_str()));
        let by = circle.and_then(|state| left.get(state.id.as_str())?.iter().find(|(from, _)| !placed.contains(from)));
        by.map_or(Ok(()), |(_, kind)| Err(FlowError::Circle((*kind).to_owned())))
    }
}

impl Kind {
    /// From which states to which others it leads; where it is only noted is left out.
    pub(crate) fn targets(&self) -> impl Iterator<Item = (&str, &str)> {
        // Whoever gives way ends where the other event leads.
        let moves = self.moves.iter().filter(|(from, to)| from != to);
        moves.map(|(from, to)| (from.as_str(), to.as_str()))
    }

    /// It leads from one state to another somewhere.
    pub(crate) fn changes_state(&self) -> bool {
        self.targets().next().is_some()
    }
}

fn plain(word: &str) -> bool {
    let letters = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    !word.is_empty() && word.len() <= 40 && letters
}

fn unique<'a>(words: impl Iterator<Item = &'a String>) -> Result<(), FlowError> {
    let mut seen = BTreeSet::new();
    for word in words {
        if !seen.insert(word) {
            return Err(FlowError::Twice(word.clone()));
        }
    }
    Ok(())
}
