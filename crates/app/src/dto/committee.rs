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
    /// Column; leading `-` descends. None: tree order, then date.
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
