//! 交办: what was sent down together, where it stands at each addressee, and saved groups of addressees.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `dispatch.sent`. Whatever is none or empty filters nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct SentListInput {
    /// Book year; none: the current one.
    pub year: Option<i16>,
    /// Substring of the title.
    pub text: Option<String>,
    /// `open` (somebody has not finished), `late` (past its day and open), `waiting` (somebody reported it as done),
    /// `finished`.
    pub state: Option<String>,
    /// First row.
    pub offset: u32,
    /// Rows at most; 0 means 50.
    pub limit: u32,
}

/// One thing that was sent to one office or to many at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SentBatch {
    /// Its id: what `dispatch.send` answered, or of what was sent alone by an older program the item's.
    pub id: String,
    /// 事项
    pub title: String,
    /// 时限
    pub deadline: Option<String>,
    /// Days from today to the deadline; negative: it has passed.
    pub days: Option<i32>,
    /// Addressees.
    pub count: u32,
    /// Who acknowledged it: 已签收.
    pub acknowledged: u32,
    /// Who is at it.
    pub in_progress: u32,
    /// Who reported it as done and waits for acceptance.
    pub done: u32,
    /// Accepted.
    pub accepted: u32,
    /// Returned.
    pub returned: u32,
    /// Decisions that crossed.
    pub disputed: u32,
}

/// `dispatch.batch`: one of them, addressee by addressee.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SentView {
    /// Its id.
    pub id: String,
    /// 事项
    pub title: String,
    /// 要求
    pub measure: String,
    /// 时限
    pub deadline: Option<String>,
    /// Day on which it was sent.
    pub on: String,
    /// In tree order.
    pub rows: Vec<SentRow>,
}

/// Where it stands at one addressee, by what synchronising brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SentRow {
    /// The item.
    pub id: String,
    /// The addressee.
    pub office: String,
    /// Its name.
    pub office_name: String,
    /// `open`, `in_progress`, `done`, `accepted`, `returned`.
    pub state: String,
    /// 已签收
    pub acknowledged: bool,
    /// Accepted by this office.
    pub finished: bool,
    /// Decisions that crossed.
    pub disputed: bool,
    /// Who has it in hand there, as the branch says.
    pub person: String,
    /// Day of its last delivery: it is known as it was then; none: nothing ever came.
    pub as_of: Option<String>,
    /// Nothing has come from there since it was sent: whether it was seen is not known.
    pub unknown: bool,
    /// Past its day and not reported as done.
    pub overdue: bool,
}

/// A saved group of offices (常用分组).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnitGroupRow {
    /// Record id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Offices that are below this one today, in tree order.
    pub units: Vec<UnitName>,
    /// Offices in it that are not below this one any more.
    pub gone: u32,
}

/// An office by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnitName {
    /// Office id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// `dispatch.group_save`; `id` none makes a new one.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct UnitGroupInput {
    /// Record to change.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Office ids, right below this one.
    pub units: Vec<String>,
}
