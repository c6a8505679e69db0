//! 6+X清单责任书: the year's letter of responsibility of a unit.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::flow::{FlowPart, FlowRow};
use super::interview::OffRow;

/// `letter.list`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct LetterListInput {
    /// The year; none: this year.
    pub year: Option<i16>,
    /// Those of subordinates instead of this office's own.
    pub below: bool,
    /// Which of them.
    pub part: FlowPart,
}

/// 6+X清单责任书 of a year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterList {
    /// The year.
    pub year: i16,
    /// Lists that are proposed as common ones.
    pub base: Vec<String>,
    /// How many common lists the template says.
    pub base_lists: u32,
    /// Of the unit's own choice at least.
    pub chosen_min: u32,
    /// Of the unit's own choice at most.
    pub chosen_max: u32,
    /// The template's source.
    pub citation: String,
    /// How many there are, all pages.
    pub total: u32,
    /// One for each unit that has one, in the order of the tree.
    pub rows: Vec<LetterRow>,
    /// Subordinates without a letter.
    pub missing: Vec<String>,
}

/// A unit's letter.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterRow {
    /// The item.
    pub item: FlowRow,
    /// Lists that all have.
    pub base: Vec<String>,
    /// Lists of its own choice.
    pub chosen: Vec<String>,
    /// What is not as the template says.
    pub offs: Vec<OffRow>,
    /// Who signed for this office.
    pub signed_by: String,
    /// Who signed for the unit.
    pub signed_for_unit: String,
    /// The day it was signed.
    pub signed_on: Option<String>,
    /// The day of the public pledge.
    pub pledged_on: Option<String>,
    /// Where the pledge was published.
    pub published_at: String,
}

/// `letter.send`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct LetterSendInput {
    /// The year; none: this year.
    pub year: Option<i16>,
    /// Units; empty: every subordinate.
    pub to: Vec<String>,
    /// Lists that all have; empty: those of the template.
    pub base: Vec<String>,
    /// 确认保留: what was found in the texts stays.
    pub keep_matches: bool,
}
