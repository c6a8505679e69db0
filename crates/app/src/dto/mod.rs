//! What crosses the RPC table: one file per topic, exported to TypeScript by ts-rs.
//!
//! Conventions: ids are lowercase hexadecimal text; dates are ISO 8601 (`2026-03-05`), months `2026-03`; money is
//! integer fen; a `Page` carries the total so that a list of 50,000 rows is asked for piece by piece.

pub mod admission;
pub mod alike;
pub mod appraisal;
pub mod body;
pub mod bulk;
pub mod bundle;
pub mod calendar;
pub mod care;
pub mod case;
pub mod checklist;
pub mod committee;
pub mod common_problem;
pub mod concern;
pub mod conflict;
pub mod custody;
pub mod decide;
pub mod deleted;
pub mod device;
pub mod doctor;
pub mod dues;
pub mod erase;
pub mod fill;
pub mod flow;
pub mod handover;
pub mod history;
pub mod import;
pub mod interview;
pub mod leaves;
pub mod letter;
pub mod listed;
pub mod log;
pub mod matter;
pub mod meeting;
pub mod member;
pub mod member_file;
pub mod month;
pub mod node;
pub mod order;
pub mod past;
pub mod plan;
pub mod profile;
pub mod project;
pub mod redact;
pub mod request;
pub mod roles;
pub mod root;
pub mod rules;
pub mod search;
pub mod security;
pub mod sent;
pub mod sheet;
pub mod snapshot;
pub mod sync;
pub mod talk;
pub mod template;
pub mod term;
pub mod training;
pub mod transfer;
pub mod tree_list;
pub mod troubles;
pub mod twice;
pub mod undo;
pub mod visit;
pub mod vote;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An empty input or output.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Nothing {}

/// Names one record.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IdInput {
    /// The record's id.
    pub id: String,
}

/// What a command created or changed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    /// The record's id.
    pub id: String,
    /// Entered after the month of the event (补录).
    pub late: bool,
}

/// One page of a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// Rows of the whole list.
    pub total: u32,
    /// The rows asked for.
    pub rows: Vec<T>,
}

/// Which part of which list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ListInput {
    /// The ledger year; none: the current one.
    pub year: Option<i16>,
    /// Substring to look for.
    pub text: Option<String>,
    /// State to keep, in the words of the list.
    pub state: Option<String>,
    /// First row, from 0.
    pub offset: u32,
    /// Rows at most; 0 means 50.
    pub limit: u32,
}

/// The failure of a call: the screen translates `code` with `params`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ErrorDto {
    /// Stable code, such as `date_not_understood`.
    pub code: String,
    /// The input field at fault, as a path such as `concern.text`.
    pub field: Option<String>,
    /// Values for the sentence.
    pub params: std::collections::BTreeMap<String, String>,
}
