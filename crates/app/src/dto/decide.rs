//! 待我决定: everything that waits for this office, in one list.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What waits. The order is that of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecideKind {
    /// 待商定: both sides decided without knowing of each other.
    Disputed,
    /// 提交的月份
    Submission,
    /// Items of checklists that were reported as done.
    Item,
    /// Rectification, projects and whatever else a template has, reported and to be accepted.
    Flow,
    /// Concerns handed in below that nobody took in or answered.
    Concern,
    /// Cases taken in that nobody handles yet.
    Case,
    /// Answers of cases that were passed on.
    Answer,
    /// 发展党员
    Admission,
    /// 组织关系转接
    Transfer,
    /// Offices and devices that ask to join.
    Join,
    /// Fields with concurrent values in this office's own books.
    Conflict,
    /// Changes that were refused or cannot be read in.
    Trouble,
    /// Likely duplicates: a row for each kind of records. They are proposals, and not counted with what waits.
    Alike,
}

/// `decide.list`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DecideListInput {
    /// Only this kind.
    pub kind: Option<DecideKind>,
    /// First row, from 0.
    pub offset: u32,
    /// Rows at most; 0 means 50, at most 500.
    pub limit: u32,
}

/// The list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecideList {
    /// What waits in all kinds, proposals not counted.
    pub waiting: u32,
    /// Each kind that has rows, with how many.
    pub kinds: Vec<DecideCount>,
    /// Rows of what was asked for, all pages.
    pub total: u32,
    /// The rows of this page, kind after kind.
    pub rows: Vec<DecideRow>,
}

/// How many rows a kind has.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecideCount {
    /// The kind.
    pub kind: DecideKind,
    /// Its rows.
    pub count: u32,
}

/// One thing that waits.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecideRow {
    /// Names the row within the list.
    pub id: String,
    /// What waits.
    pub kind: DecideKind,
    /// More about the kind, as a code: `submission`, `item` or `flow` of what is disputed; the stage of an admission; the state of a
    /// transfer; what joins; the record type of a conflict; the reason of a trouble; the kind of duplicates; the template of a
    /// flow; `taken_in`, `passed_up` or `handed_back` of a case; of a concern `new`, or `again` where its case was closed and it was
    /// opened again.
    pub about: String,
    /// What is opened: submission, item, step, transfer, join, record or book.
    pub target: String,
    /// The unit.
    pub office_name: String,
    /// What it is about, as people wrote it; of a submission the month.
    pub title: String,
    /// A second word: where a transfer goes or, ` · ` between them, who took the member in; the field of a conflict, the remedy of a trouble, the state of a flow by its name, the
    /// category of a concern.
    pub note: String,
    /// Since when, ISO; none: not known.
    pub since: Option<String>,
    /// By when, ISO.
    pub until: Option<String>,
    /// Past that day.
    pub overdue: bool,
    /// Rows of a submission, changes of a trouble, pairs of duplicates; else 0.
    pub count: u32,
    /// Of a submission what its acceptance names.
    pub digest: String,
    /// Of a flow the event that accepts; of one that is disputed a step by which this office settles it, none where the other does.
    pub event: String,
}
