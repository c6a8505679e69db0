//! 党费: assessment, collection, reversals.

mod reports;
mod year;

pub use reports::{
    ArrearsMonth, ArrearsRow, ArrearsSheet, DuesBalance, DuesCash, DuesLedger, DuesLedgerRow, DuesMember,
    DuesMemberInput, DuesMonthly, DuesNotice, DuesNoticeRow, DuesStanding, NoticeInput, RemitInput, RemitMonth,
    RemitRow, RemitSheet,
};
pub use year::{
    ReasonInput, ReliefInput, ReliefRow, YearAssessInput, YearAssessment, YearAssessmentRow, YearOutput, YearRow,
};

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
    /// 困难减免, in ledgers of before only: relief is given by `dues.relief`.
    Hardship,
    /// 年薪制
    AnnualSalary,
}

/// `dues.sheet`: members × months of one year. With `limit` 0 the first 300 members; `text` finds them by name. Sums are those of
/// all members, whatever rows are asked for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuesSheet {
    /// Year.
    pub year: i16,
    /// By name, a page of them.
    pub rows: Vec<DuesRow>,
    /// How many members there are, or were found.
    pub total: u32,
    /// 应收, 实收 and 欠 of each month.
    pub months: Vec<DuesMonthSum>,
    /// 应收 of the year so far.
    #[ts(type = "number")]
    pub due_fen: i64,
    /// 实收
    #[ts(type = "number")]
    pub paid_fen: i64,
    /// 欠
    #[ts(type = "number")]
    pub owed_fen: i64,
    /// 疑似重复, of every year that is here, the newest first.
    pub doubles: Vec<DoublePlace>,
}

/// Where payments of one member look double.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DoublePlace {
    /// Member.
    pub member: String,
    /// Name.
    pub name: String,
    /// Year of the sheet, or of the panel for 自愿多交, that shows it.
    pub year: i16,
    /// The month for which was paid; none for 自愿多交.
    pub month: Option<u8>,
}

/// What a month has of all members together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuesMonthSum {
    /// 1 to 12.
    pub month: u8,
    /// 应收
    #[ts(type = "number")]
    pub due_fen: i64,
    /// 实收
    #[ts(type = "number")]
    pub paid_fen: i64,
    /// 欠: what is not paid, with no surplus of others set off.
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
    /// The article.
    pub reason: String,
    /// `4,500.00 × 1% = 45.00`; without the base where it is not on this device.
    pub arithmetic: String,
    /// Version of the rules by which it was assessed.
    pub rules: String,
    /// A relief lacks one of its two decisions: the full due stands.
    pub incomplete: bool,
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
    /// By class and base, before relief.
    #[ts(type = "number")]
    pub full_fen: i64,
    /// A relief lacks one of its two decisions.
    pub incomplete: bool,
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
    /// The month owed; empty for a voluntary extra.
    pub month: String,
    /// Empty, `extra` (自愿多交) or `extra_centre` (全部上缴中央).
    pub kind: String,
    /// Who handed it in, when not the member.
    pub handed_by: String,
    /// Empty, `relative` or `member`.
    pub way: String,
    /// Paid by the quarter, with the branch's consent.
    pub quarterly: bool,
    /// Number of the receipt; empty: none was kept.
    pub receipt: String,
    /// Months between the month owed and the payment (补交); 0: in time.
    pub late_months: u32,
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
    /// Net income of the last quarter, instead of the base: for the self-employed.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub quarter_fen: Option<i64>,
    /// Monthly amount for farmers.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub fixed_fen: Option<i64>,
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
    /// The normal: once a year. Another assessment of this year is there already.
    pub within_year: bool,
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
    /// Collected by the quarter; the branch consented to it.
    #[serde(default)]
    pub quarterly: bool,
    /// The day of payment is more than a year ago, and it is right.
    #[serde(default)]
    pub confirm_date: bool,
}

/// What `dues.collect` took.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CollectOutput {
    /// The last payment's id.
    pub id: String,
    /// Entered after the month of payment (补录).
    pub late: bool,
    /// One for each member and kind.
    pub receipts: Vec<ReceiptRow>,
    /// Months owed that lie further back than is normal, with the rule; they were taken all the same.
    pub beyond: Vec<String>,
    /// The rule on back-payments.
    pub rule: super::meeting::RuleRef,
}

/// A receipt.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptRow {
    /// Its number, once in the office and year.
    pub number: String,
    /// 姓名
    pub name: String,
    /// Sum.
    #[ts(type = "number")]
    pub amount_fen: i64,
}

/// One payment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CollectEntry {
    /// Member id.
    pub member: String,
    /// The month owed, `2026-03`; empty for a voluntary extra.
    #[serde(default)]
    pub month: String,
    /// Amount, above 0.
    #[ts(type = "number")]
    pub amount_fen: i64,
    /// 自愿多交: beside what is owed.
    #[serde(default)]
    pub extra: bool,
    /// Who handed it in, when not the member; it stays here, sealed. Empty: not kept.
    #[serde(default)]
    pub handed_by: String,
    /// Who that is: `relative` or `member`; empty: the member's own hand. An organization is refused.
    #[serde(default)]
    pub way: String,
    /// The member consents that another hands it in.
    #[serde(default)]
    pub consent: bool,
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

/// `dues.both_right`: payments that look double are each right.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BothRightInput {
    /// Ids of all payments of the place that stand.
    pub payments: Vec<String>,
    /// Why.
    #[serde(default)]
    pub note: String,
}
