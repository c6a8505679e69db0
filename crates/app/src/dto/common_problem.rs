//! 共性问题: problems of several units grouped, and the year's tasks that they become; 薄弱支部.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::flow::{FlowPart, FlowRow};

/// `common.list`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CommonInput {
    /// Year of the tasks; none: this year.
    pub year: Option<i16>,
}

/// Common problems of this office.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CommonList {
    /// The year of the tasks.
    pub year: i16,
    /// Groups, the first made first.
    pub groups: Vec<CommonRow>,
    /// Problems that are here.
    pub problems: u32,
    /// Of these, in no group.
    pub left: u32,
    /// Units that have a problem here.
    pub units: u32,
}

/// A common problem.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CommonRow {
    /// Its group.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Why these.
    pub note: String,
    /// Day, ISO.
    pub on: String,
    /// Problems in it that are here.
    pub problems: u32,
    /// Units that have it, in the order of the tree.
    pub units: Vec<String>,
    /// Units that have the year's task of it.
    pub tasks: u32,
    /// Of these, accepted as done.
    pub tasks_closed: u32,
    /// Units that have no task of it yet.
    pub tasks_missing: u32,
}

/// `common.problems`: what units reported and what was found at them.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ProblemsInput {
    /// Only those of this group; `none`: those that are in no group.
    pub group: Option<String>,
    /// Substring of the text.
    pub text: Option<String>,
    /// One unit's.
    pub office: Option<String>,
    /// A class.
    pub category: Option<String>,
    /// First row.
    pub offset: u32,
    /// Rows at most; 0 means 50.
    pub limit: u32,
}

/// Problems.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProblemPage {
    /// How many there are.
    pub total: u32,
    /// A page of them.
    pub rows: Vec<ProblemRow>,
}

/// A problem.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProblemRow {
    /// The item's id.
    pub id: String,
    /// The item.
    pub item: FlowRow,
    /// Groups that it is in; two where two devices each put it into one.
    pub groups: Vec<String>,
}

/// `common.group`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CommonGroupInput {
    /// What it is called.
    pub title: String,
    /// Problems.
    pub parts: Vec<String>,
    /// Why these.
    pub note: String,
}

/// `common.part`: a problem put into a group, or taken out.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CommonPartInput {
    /// The group.
    pub id: String,
    /// Problems.
    pub parts: Vec<String>,
    /// Put in; otherwise taken out.
    pub inside: bool,
}

/// `common.tasks`: the year's task of every unit.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CommonTasksInput {
    /// Groups; empty: all of them.
    pub groups: Vec<String>,
    /// The year; none: this year.
    pub year: Option<i16>,
    /// Units; empty: every subordinate.
    pub to: Vec<String>,
    /// Responsible leader above.
    pub leader: String,
    /// 确认保留: what was found in the texts stays.
    pub keep_matches: bool,
}

/// `weak.list`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct WeakInput {
    /// The year of the list; none: this year.
    pub year: Option<i16>,
    /// What this office is told of itself instead of its subordinates' list.
    pub own: bool,
    /// Which of them.
    pub part: FlowPart,
}

/// 薄弱支部 of a year, in the order of the tree. Nobody is ranked: who is on the list is people's decision.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WeakList {
    /// The year.
    pub year: i16,
    /// Bodies below this office.
    pub bodies: u32,
    /// Percent of them that the template says.
    pub percent: u32,
    /// How many that is; a part of one counts as one.
    pub says: u32,
    /// The template's source.
    pub citation: String,
    /// How many there are, all pages.
    pub total: u32,
    /// Those on the list.
    pub rows: Vec<WeakRow>,
}

/// A body on the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WeakRow {
    /// The item.
    pub item: FlowRow,
    /// 第一书记
    pub first_secretary: String,
    /// 结对帮扶
    pub helper: String,
    /// 整顿方案
    pub plan: String,
}

/// `weak.add`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct WeakAddInput {
    /// Subordinates.
    pub offices: Vec<String>,
    /// Why, in words that the bodies read.
    pub why: String,
    /// The year; none: this year.
    pub year: Option<i16>,
    /// 确认保留: what was found in the texts stays.
    pub keep_matches: bool,
}
