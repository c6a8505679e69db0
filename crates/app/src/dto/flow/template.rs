//! Templates as screens use them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FlowSide;

/// A word of a template with its name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowWord {
    /// Stable word, or an id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A value of an event.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowValue {
    /// Stable word.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What an item with it counts as.
    pub counts: Vec<String>,
}

/// A state.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowState {
    /// Stable word.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What an item in it counts as.
    pub counts: Vec<String>,
    /// The deadline that runs in it; empty: none.
    pub deadline: String,
    /// It may be the last one.
    pub end: bool,
}

/// A kind of event.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowKind {
    /// Stable word.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who may make it.
    pub by: Vec<FlowSide>,
    /// From which state to which; to the same one: it is noted and moves nothing.
    pub moves: BTreeMap<String, String>,
    /// What has to be said.
    pub needs: Vec<String>,
    /// Keys that may be said besides.
    pub may: Vec<String>,
    /// Values to choose from.
    pub values: Vec<FlowValue>,
}

/// A deadline.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowDeadline {
    /// Stable word.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The event from whose day it is counted, or `start`.
    pub from: String,
    /// So many months.
    pub months: Option<u32>,
    /// So many days.
    pub days: Option<u32>,
    /// The day that the event itself names counts.
    pub given: bool,
    /// It comes again after it was met.
    pub repeats: bool,
    /// Its source.
    pub citation: String,
}

/// A template.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowTemplate {
    /// Stable word.
    pub id: String,
    /// Version of the data.
    pub version: String,
    /// Its name.
    pub name: String,
    /// Rows of the domain that it serves.
    pub rows: Vec<String>,
    /// Its source.
    pub citation: String,
    /// It came with the program, and no rule pack set it otherwise.
    pub builtin: bool,
    /// The state in which an item begins.
    pub start: String,
    /// States, in its order.
    pub states: Vec<FlowState>,
    /// Events, in its order.
    pub events: Vec<FlowKind>,
    /// Deadlines.
    pub deadlines: Vec<FlowDeadline>,
    /// Rates.
    pub rates: Vec<FlowWord>,
    /// Figures that checks use.
    pub figures: BTreeMap<String, u32>,
    /// Words to choose from.
    pub words: BTreeMap<String, Vec<String>>,
}
