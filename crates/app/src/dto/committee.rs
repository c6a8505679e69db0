//! 下级台账: the matrix and the merged ledgers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A cell of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CellState {
    /// ◔ 有记录未提交
    Recorded,
    /// ○ 规定应有,未录
    Missing,
    /// ─ 不需要
    NotDue,
    /// ? 未同步: wins over ○
    Unknown,
    /// ● 已接收
    Accepted,
    /// ◐ 已提交
    Submitted,
    /// ↩ 已退回
    Returned,
}

/// `matrix`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MatrixInput {
    /// `meetings`, `dues`, `visits` or `checklists`.
    pub ledger: String,
    /// Year; none: the current one.
    #[serde(default)]
    pub year: Option<i16>,
}

/// Villages in tree order × months.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Matrix {
    /// Ledger.
    pub ledger: String,
    /// Year.
    pub year: i16,
    /// One for each subordinate, also the absent ones.
    pub rows: Vec<MatrixRow>,
}

/// One village.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MatrixRow {
    /// Office id; none: never joined.
    pub office: Option<String>,
    /// Name.
    pub name: String,
    /// `joined`, `invited`.
    pub state: String,
    /// Date of its last delivery; none: never.
    pub as_of: Option<String>,
    /// Twelve.
    pub cells: Vec<MatrixCell>,
}

/// One month.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MatrixCell {
    /// State.
    pub state: CellState,
    /// Records.
    pub count: u32,
    /// ✎ 代录
    pub custodian: bool,
}

/// `merged.list`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MergedInput {
    /// `visits`, `concerns`, `meetings`, `dues`, `checklists`.
    pub ledger: String,
    /// Only this office.
    #[serde(default)]
    pub office: Option<String>,
    /// Only this month.
    #[serde(default)]
    pub month: Option<u8>,
    /// Year; none: the current one.
    #[serde(default)]
    pub year: Option<i16>,
    /// Substring.
    #[serde(default)]
    pub text: Option<String>,
    /// Only in this state.
    #[serde(default)]
    pub state: Option<String>,
    /// Only of this kind or category.
    #[serde(default)]
    pub kind: Option<String>,
    /// Only what was entered late, or what was not.
    #[serde(default)]
    pub late: Option<bool>,
    /// `office` (tree order, then the newest first), `date`, `title`, `state`, `amountFen`; a leading `-` descends. None: the
    /// newest first.
    #[serde(default)]
    pub sort: Option<String>,
    /// First row.
    #[serde(default)]
    pub offset: u32,
    /// Rows at most; 0 means 50.
    #[serde(default)]
    pub limit: u32,
}

/// One record of a subordinate, as a line.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MergedRow {
    /// Record id.
    pub id: String,
    /// Office id.
    pub office: String,
    /// Its name.
    pub office_name: String,
    /// Date.
    pub date: String,
    /// Kind or category code.
    pub kind: String,
    /// Title line.
    pub title: String,
    /// State code.
    pub state: String,
    /// For dues.
    #[ts(type = "number | null")]
    pub amount_fen: Option<i64>,
    /// 补录
    pub late: bool,
    /// 代录
    pub custodian: bool,
    /// A field has concurrent values.
    pub conflict: bool,
}

/// `merged.groups`: the same filter as the list's, in numbers, and who is absent from it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct MergedGroupsInput {
    /// As in the list.
    pub ledger: String,
    /// Only this office.
    pub office: Option<String>,
    /// Only this month.
    pub month: Option<u8>,
    /// Year; none: the current one.
    pub year: Option<i16>,
    /// Substring.
    pub text: Option<String>,
    /// Only in this state.
    pub state: Option<String>,
    /// Only of this kind or category.
    pub kind: Option<String>,
    /// Only what was entered late, or what was not.
    pub late: Option<bool>,
    /// `unit`, `month`, `kind` or `state`; empty: only the sums.
    pub by: String,
}

/// A ledger in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MergedGroups {
    /// All of them.
    pub total: MergedGroup,
    /// Units in tree order, months in theirs, kinds and states by their words. Nobody is ranked.
    pub groups: Vec<MergedGroup>,
    /// Kinds that the ledger has in the year, to filter by.
    pub kinds: Vec<String>,
    /// States that the ledger has in the year, to filter by.
    pub states: Vec<String>,
    /// Units whose records are not here, or not all of them.
    pub absent: Vec<MergedAbsent>,
}

/// One group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MergedGroup {
    /// Office id, month, kind or state.
    pub key: String,
    /// Name of the office; empty for other groups.
    pub name: String,
    /// Records.
    pub count: u32,
    /// Of dues.
    #[ts(type = "number | null")]
    pub amount_fen: Option<i64>,
    /// Entered late.
    pub late: u32,
    /// With concurrent values.
    pub conflicts: u32,
    /// Why there may be more than is shown: as in `MergedAbsent`; empty: nothing is known to be missing.
    pub absent: String,
}

/// A unit whose records are not all here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MergedAbsent {
    /// Office id; none: never joined.
    pub office: Option<String>,
    /// Its name.
    pub name: String,
    /// `never_joined`, `never_synced`, `not_synced` (nothing since the period ended), `not_submitted`.
    pub state: String,
    /// Day of its last delivery.
    pub as_of: Option<String>,
    /// Months of the period that were not submitted, though they have come to their end.
    pub months: Vec<u8>,
}
