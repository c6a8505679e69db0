//! 打印导出: one model of a sheet, from which screen, paper, XLSX and a filled template are made.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which sheet: its kind, and what of the books it covers.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SheetInput {
    /// Kind of the sheet, one of those `sheet.list` tells.
    pub kind: String,
    /// The year whose books are read.
    #[serde(default)]
    pub year: Option<i32>,
    /// First month, 1 to 12; none: the whole year.
    #[serde(default)]
    pub from_month: Option<u8>,
    /// Last month, 1 to 12; none: the whole year.
    #[serde(default)]
    pub to_month: Option<u8>,
    /// One record alone, for kinds that are made of records; none: all of them.
    #[serde(default)]
    pub record: Option<String>,
    /// Rows of each table and parts at most, for a screen; none: all of them.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// What a sheet covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SheetPeriod {
    /// A year.
    Year,
    /// Months of a year.
    Months,
    /// The day on which it is made.
    Today,
}

/// A kind of sheet, as `sheet.list` tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SheetKind {
    /// Stable name.
    pub kind: String,
    /// 名称
    pub title: String,
    /// What it covers.
    pub period: SheetPeriod,
    /// Type of the records of which each can be made alone: `session` or `visit`.
    pub of: Option<String>,
    /// 只留本村: it shows what never leaves the village's own machines.
    pub private: bool,
}

/// A sheet as it is handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Sheet {
    /// Its kind.
    pub kind: String,
    /// 标题
    pub title: String,
    /// 单位
    pub office: String,
    /// The day it was made.
    pub made_on: String,
    /// Wide tables lie on their side on paper.
    pub landscape: bool,
    /// 只留本村, said on its head.
    pub private: bool,
    /// Rows and parts that are there and that the limit left out.
    pub left_out: u32,
    /// What each begins a page of its own: a session, a visit, a notice.
    pub parts: Vec<SheetPart>,
}

/// What stands together on paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SheetPart {
    /// The record it is made of, where it is made of one.
    pub record: Option<String>,
    /// Heading of the part; empty: the sheet's title says it.
    pub heading: String,
    /// Labelled values above the tables.
    pub facts: Vec<SheetFact>,
    /// Tables, in their order on paper.
    pub tables: Vec<SheetTable>,
    /// Lines below the tables, such as the rule that a total follows.
    pub notes: Vec<String>,
    /// Who signs, as labels with room beside them.
    pub signatures: Vec<String>,
}

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SheetFact {
    /// Stable name, by which a template is mapped.
    pub key: String,
    /// 栏目
    pub label: String,
    /// Its value.
    pub value: SheetCell,
    /// Takes the whole width: minutes, resolutions.
    pub wide: bool,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SheetTable {
    /// Stable name, by which a template is mapped.
    pub key: String,
    /// Heading; empty: none.
    pub heading: String,
    /// Its columns.
    pub columns: Vec<SheetColumn>,
    /// Rows, each as long as the columns.
    pub rows: Vec<Vec<SheetCell>>,
    /// The sum below, as long as the columns; none: no sum.
    pub total: Option<Vec<SheetCell>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SheetColumn {
    /// Stable name, by which a template is mapped.
    pub key: String,
    /// 栏目
    pub label: String,
    /// Share of the width beside its neighbours.
    pub weight: u16,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "type", content = "value")]
pub enum SheetCell {
    /// Nothing known: stays empty, is never a zero.
    Empty,
    /// Words.
    Text(String),
    /// A count.
    Integer(#[ts(type = "number")] i64),
    /// Money in fen.
    Fen(#[ts(type = "number")] i64),
    /// A day, ISO 8601.
    Date(String),
}
