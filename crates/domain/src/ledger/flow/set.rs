//! The templates that are known: those that come with the program, and those that a committee laid over them with a rule pack.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::check::FlowError;
use super::spec::Flow;
use crate::ids::OfficeId;

const BUILTIN: [&str; 7] = [
    include_str!("../../rules/flows/case.toml"),
    include_str!("../../rules/flows/interview.toml"),
    include_str!("../../rules/flows/letter.toml"),
    include_str!("../../rules/flows/listed.toml"),
    include_str!("../../rules/flows/project.toml"),
    include_str!("../../rules/flows/rectification.toml"),
    include_str!("../../rules/flows/weak.toml"),
];
/// Words of one kind in a template at most, and characters of one.
const MAX_WORDS: (usize, usize) = (60, 60);

/// What a committee sets otherwise in a template that it does not replace as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlowPatch {
    /// Which template.
    pub id: String,
    /// The document that says so.
    pub citation: String,
    /// Deadlines.
    #[serde(default, rename = "deadline", skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<DeadlinePatch>,
    /// Figures; only those that the template has.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub figures: BTreeMap<String, u32>,
    /// Words to choose from; only those that the template has.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, Vec<String>>,
}

/// What a committee sets otherwise in a deadline: where it begins and how long it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlinePatch {
    /// Which.
    pub id: String,
    /// The event from whose day it is counted, or `start`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Months; in place of days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<u32>,
    /// Days; in place of months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
}

/// Templates by id and version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flows {
    all: BTreeMap<(String, String), Flow>,
    /// Templates that serve the items of one office alone, where none above has the version.
    only: BTreeMap<OfficeId, BTreeMap<(String, String), Flow>>,
    /// The version of each that new items are opened under.
    current: BTreeMap<String, String>,
}

impl Flows {
    /// The templates that come with the program.
    ///
    /// # Errors
    /// A template that does not hold.
    pub fn builtin() -> Result<Self, FlowError> {
        let mut out = Self::default();
        for text in BUILTIN {
            out.add(Flow::parse(text)?);
        }
        Ok(out)
    }

    fn add(&mut self, flow: Flow) {
        self.current.insert(flow.id.clone(), flow.version.clone());
        self.all.insert((flow.id.clone(), flow.version.clone()), flow);
    }

    /// The template under which new items are opened.
    pub fn current(&self, id: &str) -> Option<&Flow> {
        self.find(id, self.current.get(id)?)
    }

    /// The template that an item names. None: the pack that it came with is not here yet, and nobody guesses another.
    pub fn find(&self, id: &str, version: &str) -> Option<&Flow> {
        self.all.get(&(id.to_owned(), version.to_owned()))
    }

    /// The template that an item in the books of an office names: what that office says itself counts for its own items alone,
    /// and only where nobody else says it.
    pub fn find_for(&self, office: &OfficeId, id: &str, version: &str) -> Option<&Flow> {
        let own = || self.only.get(office)?.get(&(id.to_owned(), version.to_owned()));
        self.find(id, version).or_else(own)
    }

    /// Every template that new items are opened under, by id.
    pub fn all(&self) -> impl Iterator<Item = &Flow> {
        self.current.keys().filter_map(|id| self.current(id))
    }

    /// Every version of every template that items may name.
    pub fn versions(&self) -> impl Iterator<Item = &Flow> {
        self.scoped().map(|(_, flow)| flow)
    }

    /// The same, each with the one office whose items it serves; none: it serves all.
    pub fn scoped(&self) -> impl Iterator<Item = (Option<&OfficeId>, &Flow)> {
        let only = self.only.iter().flat_map(|(office, flows)| flows.values().map(move |flow| (Some(office), flow)));
        self.all.values().map(|flow| (None, flow)).chain(only)
    }

    /// Knows the versions of others too, for items that were opened under them. Nothing is opened under them for that.
    pub fn remember(&mut self, others: &Self) {
        for (version, flow) in &others.all {
            self.all.entry(version.clone()).or_insert_with(|| flow.clone());
        }
    }

    /// Knows what others say for the items of one office alone. Nothing that is known for all is hidden by it.
    pub fn remember_for(&mut self, office: OfficeId, others: &Self) {
        for (version, flow) in others.all.iter().filter(|(version, _)| !self.all.contains_key(version)) {
            self.only.entry(office).or_default().entry(version.clone()).or_insert_with(|| flow.clone());
        }
    }

    /// Lays over these what a rule pack of some version says: as a whole or not at all. Items that were opened before keep
    /// the version that they name.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn laid_over(&self, version: &str, flows: &[Flow], patches: &[FlowPatch]) -> Result<Self, FlowError> {
        let mut out = self.clone();
        for flow in flows {
            flow.check()?;
            if flow.version != version {
                return Err(FlowError::Word(flow.version.clone()));
            }
            out.add(flow.clone());
        }
        for patch in patches {
            let known = out.current(&patch.id).ok_or_else(|| FlowError::Unknown(patch.id.clone()))?;
            let mut flow = patch.over(known)?;
            version.clone_into(&mut flow.version);
            flow.check()?;
            out.add(flow);
        }
        Ok(out)
    }
}

impl FlowPatch {
    fn over(&self, flow: &Flow) -> Result<Flow, FlowError> {
        let unknown = |word: &str| FlowError::Unknown(word.to_owned());
        let mut out = flow.clone();
        out.citation.clone_from(&self.citation);
        for patch in &self.deadlines {
            let found = out.deadlines.iter_mut().find(|deadline| deadline.id == patch.id);
            let deadline = found.ok_or_else(|| unknown(&patch.id))?;
            if let Some(from) = &patch.from {
                deadline.from.clone_from(from);
            }
            if patch.months.is_some() || patch.days.is_some() {
                (deadline.months, deadline.days) = (patch.months, patch.days);
            }
            deadline.citation.clone_from(&self.citation);
        }
        for (id, figure) in &self.figures {
            *out.figures.get_mut(id).ok_or_else(|| unknown(id))? = *figure;
        }
        for (id, words) in &self.words {
            let long = words.iter().any(|word| word.trim().is_empty() || word.chars().count() > MAX_WORDS.1);
            if words.is_empty() || words.len() > MAX_WORDS.0 || long {
                return Err(FlowError::Word(id.clone()));
            }
            out.words.get_mut(id).ok_or_else(|| unknown(id))?.clone_from(words);
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests;
