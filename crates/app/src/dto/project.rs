//! 项目: who leads, who carries out, what was reported each half year and exchanged each quarter.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::flow::{FlowDue, FlowPart, FlowRow};

/// `project.list`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ProjectInput {
    /// Projects of this year, and earlier ones that are not closed; none: this year.
    pub year: Option<i16>,
    /// Projects of subordinates instead of this office's own.
    pub below: bool,
    /// Which of them.
    pub part: FlowPart,
}

/// Projects, in the order of the tree.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProjectList {
    /// The year.
    pub year: i16,
    /// The template's source.
    pub citation: String,
    /// What is kept in step with each leader's own business.
    pub in_step: Vec<String>,
    /// How many there are, all pages.
    pub total: u32,
    /// The projects.
    pub rows: Vec<ProjectRow>,
}

/// A project.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProjectRow {
    /// The item.
    pub item: FlowRow,
    /// 牵头单位
    pub lead: String,
    /// 责任单位
    pub executor: String,
    /// 措施
    pub measure: String,
    /// Half-yearly report, quarterly exchange, yearly review, as far as they have begun.
    pub deadlines: Vec<FlowDue>,
    /// Half-yearly reports.
    pub reports: Vec<ProjectNote>,
    /// Quarterly exchanges of the year.
    pub exchanges: Vec<ProjectNote>,
    /// Education, style and integrity, as they were last told.
    pub in_step: Vec<InStep>,
    /// Third-party reviews.
    pub reviews: Vec<ProjectNote>,
}

/// What was said of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProjectNote {
    /// Day, ISO.
    pub on: String,
    /// Quarter of the year, 1 to 4.
    pub quarter: u8,
    /// Who.
    pub person: String,
    /// In which role.
    pub role: String,
    /// In words.
    pub note: String,
    /// 点评人
    pub comment_by: String,
    /// Written by the superior.
    pub by_superior: bool,
}

/// What is kept in step with the leader's own business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InStep {
    /// `education`, `style` or `integrity`.
    pub key: String,
    /// Day, ISO.
    pub on: String,
    /// In words.
    pub note: String,
}
