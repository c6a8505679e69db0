//! A year's assessment in one action, relief with its two decisions, reasons for months unpaid.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::DuesClass;
use crate::dto::meeting::RuleRef;

/// `dues.year_preview` and `dues.assess_year`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct YearAssessInput {
    /// Year; none: the current one.
    #[serde(default)]
    pub year: Option<i16>,
    /// What differs from the last assessment; members that are not named keep their class, base and amount.
    #[serde(default)]
    pub rows: Vec<YearRow>,
    /// First row of a preview, from 0.
    #[serde(default)]
    pub offset: u32,
    /// Rows of a preview at most; 0 means 300.
    #[serde(default)]
    pub limit: u32,
}

/// Class and base of one member.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct YearRow {
    /// Member id.
    pub member: String,
    /// Class.
    pub class: DuesClass,
    /// 基数
    #[serde(default)]
    #[ts(type = "number | null")]
    pub base_fen: Option<i64>,
    /// Net income of the last quarter, instead of the base.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub quarter_fen: Option<i64>,
    /// Monthly amount for farmers.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub fixed_fen: Option<i64>,
}

/// What a year's assessment would be.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct YearAssessment {
    /// Year.
    pub year: i16,
    /// Members who owe dues in the year, by name: a page of them.
    pub rows: Vec<YearAssessmentRow>,
    /// How many there are.
    pub total: u32,
    /// All of them are recorded already.
    pub done: bool,
    /// Sum of the months' dues of all rows that can be assessed.
    #[ts(type = "number")]
    pub monthly_fen: i64,
    /// Rows that can be assessed and are not yet.
    pub ready: u32,
    /// The rule: once at the year's start.
    pub rule: RuleRef,
}

/// One member's assessment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct YearAssessmentRow {
    /// Member id.
    pub member: String,
    /// 姓名
    pub name: String,
    /// Class; none: it has to be chosen.
    pub class: Option<DuesClass>,
    /// 基数; only in the branch itself.
    #[ts(type = "number | null")]
    pub base_fen: Option<i64>,
    /// Monthly amount for farmers.
    #[ts(type = "number | null")]
    pub fixed_fen: Option<i64>,
    /// From this month on: January, or the month of admission.
    pub from_month: String,
    /// Due a month before; none: not assessed.
    #[ts(type = "number | null")]
    pub before_fen: Option<i64>,
    /// Due a month.
    #[ts(type = "number | null")]
    pub monthly_fen: Option<i64>,
    /// `4,500.00 × 1% = 45.00`
    pub arithmetic: String,
    /// The rule it uses.
    pub rule: Option<RuleRef>,
    /// Above the normal cap, which is shown.
    pub capped: bool,
    /// What is missing or out of range, as a code; empty: nothing.
    pub fault: String,
    /// The field that the fault is about.
    pub fault_field: String,
    /// The same is recorded already.
    pub done: bool,
}

/// What `dues.assess_year` recorded.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct YearOutput {
    /// Members assessed now.
    pub assessed: u32,
    /// Members whose assessment was there already.
    pub unchanged: u32,
    /// Members left out because something is missing.
    pub left_out: u32,
}

/// `dues.relief`: 困难减免. Both decisions may come later; until then the full due stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReliefInput {
    /// The relief that is completed or withdrawn; none: a new one.
    #[serde(default)]
    pub id: Option<String>,
    /// Member id.
    pub member: String,
    /// First month.
    pub from_month: String,
    /// Last month; empty: December.
    #[serde(default)]
    pub to_month: String,
    /// Fen a month instead of the full due; 0: waived.
    #[ts(type = "number")]
    pub monthly_fen: i64,
    /// Day of the branch's decision, as typed; empty: not yet.
    #[serde(default)]
    pub decided_on: String,
    /// Its number or occasion.
    #[serde(default)]
    pub decision: String,
    /// Day of the committee's approval, as typed; empty: not yet.
    #[serde(default)]
    pub approved_on: String,
    /// Its number.
    #[serde(default)]
    pub approval: String,
    /// The relief is withdrawn.
    #[serde(default)]
    pub withdraw: bool,
    /// The first month for which it holds no more; with `withdraw` alone.
    #[serde(default)]
    pub withdraw_from: String,
}

/// A relief.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReliefRow {
    /// Record id.
    pub id: String,
    /// First month.
    pub from_month: String,
    /// Last month.
    pub to_month: String,
    /// Fen a month.
    #[ts(type = "number")]
    pub monthly_fen: i64,
    /// Day of the branch's decision.
    pub decided_on: String,
    /// Its number or occasion.
    pub decision: String,
    /// Day of the committee's approval.
    pub approved_on: String,
    /// Its number.
    pub approval: String,
    /// Day on which it was withdrawn.
    pub withdrawn_on: String,
    /// The first month for which it holds no more; empty beside a day: none of its months counts.
    pub withdrawn_from: String,
    /// Both decisions are there.
    pub complete: bool,
}

/// `dues.reason`: why months are unpaid.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReasonInput {
    /// Member id.
    pub member: String,
    /// First month.
    pub from_month: String,
    /// Last month; empty: the same.
    #[serde(default)]
    pub to_month: String,
    /// `away`, `transferring`, `deferred` or `other`.
    pub code: String,
}
