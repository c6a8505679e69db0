//! 党费: assessment, collection, reversals.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who pays by which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DuesClass {
    /// 按月领工资
    Salaried,
    /// 离退休
    Retired,
    /// 个体经营
    SelfEmployed,
    /// 农民
    Farmer,
    /// 学生、下岗、低保
    Student,
    /// 困难减免
    Hardship,
}

/// `dues.sheet`: members × months of one year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuesSheet {
    /// Year.
    pub year: i16,
    /// In roster order.
    pub rows: Vec<DuesRow>,
    /// 应收 of the year so far.
    #[ts(type = "number")]
    pub due_fen: i64,
    /// 实收
    #[ts(type = "number")]
    pub paid_fen: i64,
    /// 欠
    #[ts(type = "number")]
    pub owed_fen: i64,
}

/// One member's year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuesRow {
    /// Member id.
    pub member: String,
    /// 姓名
    pub name: String,
    /// Class; none: not assessed.
    pub class: Option<DuesClass>,
    /// 基数; only in the branch itself.
    #[ts(type = "number | null")]
    pub base_fen: Option<i64>,
    /// Rate in hundredths of a percent (1.5% = 150).
    pub rate_bp: Option<u32>,
    /// Monthly due from the latest assessment.
    #[ts(type = "number")]
    pub monthly_fen: i64,
    /// Twelve cells.
    pub months: Vec<DuesCell>,
    /// Due so far this year.
    #[ts(type = "number")]
    pub due_fen: i64,
    /// Paid for this year.
    #[ts(type = "number")]
    pub paid_fen: i64,
    /// The arithmetic and the article.
    pub reason: String,
}

/// One month of one member.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuesCell {
    /// 1–12.
    pub month: u8,
    /// Assessed; 0: none due.
    #[ts(type = "number")]
    pub due_fen: i64,
    /// Payments less reversals.
    #[ts(type = "number")]
    pub paid_fen: i64,
    /// Each entry.
    pub payments: Vec<PaymentRow>,
    /// 疑似重复: two payments for the month; nothing is subtracted silently.
    pub double: bool,
}

/// A payment or its reversal; entries are only ever added.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PaymentRow {
    /// Record id.
    pub id: String,
    /// Amount; a reversal is negative.
    #[ts(type = "number")]
    pub amount_fen: i64,
    /// Date of payment.
    pub on: String,
    /// Who handed it in, when not the member.
    pub handed_by: String,
    /// The payment it reverses.
    pub reverses: Option<String>,
    /// It has been reversed.
    pub reversed: bool,
    /// Reason of a reversal, or a note.
    pub note: String,
}

/// `dues.assess`: class and base from a month on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AssessInput {
    /// Member id.
    pub member: String,
    /// `2026-01`
    pub from_month: String,
    /// Class.
    pub class: DuesClass,
    /// 基数, sealed and kept in the branch; none for fixed dues.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub base_fen: Option<i64>,
    /// Monthly amount for farmers and hardship.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub fixed_fen: Option<i64>,
    /// For hardship: the branch's and the committee's decisions.
    #[serde(default)]
    pub decision: String,
}

/// What the rule makes of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AssessOutput {
    /// Monthly due.
    #[ts(type = "number")]
    pub monthly_fen: i64,
    /// Rate.
    pub rate_bp: Option<u32>,
    /// `4,500.00 × 1% = 45.00`
    pub arithmetic: String,
    /// Above 1,000 yuan a month: the rule's normal cap is shown.
    pub capped: bool,
    /// The rule it used.
    pub rule: super::meeting::RuleRef,
}

/// `dues.collect`: payments, saved as one change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CollectInput {
    /// One for each member and month.
    pub entries: Vec<CollectEntry>,
    /// Date of payment, as typed; empty: today.
    #[serde(default)]
    pub on: String,
}

/// One payment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CollectEntry {
    /// Member id.
    pub member: String,
    /// The month owed, `2026-03`.
    pub month: String,
    /// Amount, above 0.
    #[ts(type = "number")]
    pub amount_fen: i64,
    /// Who handed it in, when not the member.
    #[serde(default)]
    pub handed_by: String,
}

/// `dues.reverse` (冲正)
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReverseInput {
    /// Payment id.
    pub payment: String,
    /// Why.
    pub reason: String,
}
