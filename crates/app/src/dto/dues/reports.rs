//! 台账, 公示, 上缴, arrears, and one member's account.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DuesClass, PaymentRow, ReliefRow};
use crate::dto::meeting::RuleRef;

/// 党费台账 of a year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuesLedger {
    /// Year.
    pub year: i16,
    /// In roster order.
    pub rows: Vec<DuesLedgerRow>,
    /// 全年应缴 of all rows.
    #[ts(type = "number")]
    pub due_fen: i64,
    /// 全年实缴 of all rows.
    #[ts(type = "number")]
    pub paid_fen: i64,
    /// Of it entered in other years.
    #[ts(type = "number")]
    pub elsewhere_fen: i64,
    /// What came in during the year: it equals `paid - elsewhere` and what was paid for other years and beyond what is owed.
    pub cash: DuesCash,
    /// Places with payments that look double; they are counted as they stand.
    pub doubles: u32,
}

/// One member's line.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuesLedgerRow {
    /// 序号
    pub no: u32,
    /// Member id.
    pub member: String,
    /// 姓名
    pub name: String,
    /// 基数, here only; it is sealed and never travels.
    #[ts(type = "number | null")]
    pub base_fen: Option<i64>,
    /// Class.
    pub class: Option<DuesClass>,
    /// Rate in hundredths of a percent.
    pub rate_bp: Option<u32>,
    /// 月应缴, in stretches of months.
    pub monthly: Vec<DuesMonthly>,
    /// 全年应缴
    #[ts(type = "number")]
    pub due_fen: i64,
    /// 全年实缴: for the months of the year, whenever it was paid.
    #[ts(type = "number")]
    pub paid_fen: i64,
    /// Of it entered in other years.
    #[ts(type = "number")]
    pub elsewhere_fen: i64,
    /// 补交: paid in this year for earlier years.
    #[ts(type = "number")]
    pub back_fen: i64,
    /// Paid in this year for later years.
    #[ts(type = "number")]
    pub ahead_fen: i64,
    /// 自愿多交
    #[ts(type = "number")]
    pub extra_fen: i64,
    /// 自愿一次多交, wholly for the centre.
    #[ts(type = "number")]
    pub centre_fen: i64,
    /// Places that look double.
    pub doubles: u32,
    /// A relief lacks a decision.
    pub incomplete: bool,
    /// A relief holds in some month.
    pub relieved: bool,
}

/// A stretch of months with one due.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuesMonthly {
    /// First month, 1–12.
    pub from: u8,
    /// Last month.
    pub to: u8,
    /// Due a month.
    #[ts(type = "number")]
    pub fen: i64,
}

/// What came into the till, by the day of payment.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuesCash {
    /// For months of the year.
    #[ts(type = "number")]
    pub own_fen: i64,
    /// For months of earlier years.
    #[ts(type = "number")]
    pub earlier_fen: i64,
    /// For months of later years.
    #[ts(type = "number")]
    pub later_fen: i64,
    /// 自愿多交
    #[ts(type = "number")]
    pub extra_fen: i64,
    /// 全部上缴中央
    #[ts(type = "number")]
    pub centre_fen: i64,
    /// All.
    #[ts(type = "number")]
    pub total_fen: i64,
}

/// 党费公示表: neither base nor rate is in it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuesNotice {
    /// First month.
    pub from_month: String,
    /// Last month.
    pub to_month: String,
    /// 支部
    pub office_name: String,
    /// In roster order.
    pub rows: Vec<DuesNoticeRow>,
    /// Sum of dues.
    #[ts(type = "number")]
    pub sum_fen: i64,
    /// Sum of voluntary extras.
    #[ts(type = "number")]
    pub extra_fen: i64,
    /// Why it is published.
    pub rule: RuleRef,
}

/// One line of the notice.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuesNoticeRow {
    /// 姓名
    pub name: String,
    /// Paid for the months of the period.
    #[ts(type = "number")]
    pub amount_fen: i64,
    /// Voluntary extras.
    #[ts(type = "number")]
    pub extra_fen: i64,
}

/// `dues.remit`: 上缴.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemitInput {
    /// Day, as typed; empty: today.
    #[serde(default)]
    pub on: String,
    /// First month of collection.
    pub from_month: String,
    /// Last month of collection; empty: the same.
    #[serde(default)]
    pub to_month: String,
    /// Remitted.
    #[ts(type = "number")]
    pub amount_fen: i64,
    /// Of the same collection retained here.
    #[serde(default)]
    #[ts(type = "number")]
    pub retained_fen: i64,
    /// Extras that go wholly to the centre.
    #[serde(default)]
    pub centre: bool,
    /// Number of the slip.
    pub slip: String,
    /// Note.
    #[serde(default)]
    pub note: String,
    /// The day is more than a year ago, and it is right.
    #[serde(default)]
    pub confirm_date: bool,
}

/// 上缴 of a year, reconciled.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemitSheet {
    /// Year.
    pub year: i16,
    /// Ordinary dues and small extras.
    pub ordinary: DuesBalance,
    /// Extras for the centre.
    pub centre: DuesBalance,
    /// Collected, month by month.
    pub months: Vec<RemitMonth>,
    /// Remittances and reversals of the year, by day.
    pub rows: Vec<RemitRow>,
    /// The rule.
    pub rule: RuleRef,
}

/// Collected, remitted, retained.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuesBalance {
    /// In hand at the year's start.
    #[ts(type = "number")]
    pub opening_fen: i64,
    /// Collected.
    #[ts(type = "number")]
    pub collected_fen: i64,
    /// Remitted.
    #[ts(type = "number")]
    pub remitted_fen: i64,
    /// Retained.
    #[ts(type = "number")]
    pub retained_fen: i64,
    /// In hand now: opening + collected - remitted - retained.
    #[ts(type = "number")]
    pub in_hand_fen: i64,
}

/// One month's collection, by the day of payment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemitMonth {
    /// 1–12.
    pub month: u8,
    /// All but what goes to the centre.
    #[ts(type = "number")]
    pub ordinary_fen: i64,
    /// For the centre.
    #[ts(type = "number")]
    pub centre_fen: i64,
}

/// A remittance or its reversal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemitRow {
    /// Record id.
    pub id: String,
    /// Day.
    pub on: String,
    /// First month of collection.
    pub from_month: String,
    /// Last month of collection.
    pub to_month: String,
    /// Remitted; a reversal is negative.
    #[ts(type = "number")]
    pub amount_fen: i64,
    /// Retained.
    #[ts(type = "number")]
    pub retained_fen: i64,
    /// For the centre.
    pub centre: bool,
    /// Number of the slip.
    pub slip: String,
    /// Reason of a reversal, or a note.
    pub note: String,
    /// The remittance it reverses.
    pub reverses: Option<String>,
    /// It has been reversed.
    pub reversed: bool,
    /// Collected in the months it covers.
    #[ts(type = "number")]
    pub collected_fen: i64,
    /// Collected in these months and neither remitted nor retained by any remittance of them; 0: 相符.
    #[ts(type = "number")]
    pub difference_fen: i64,
}

/// `dues.arrears`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ArrearsSheet {
    /// Day.
    pub as_of: String,
    /// Months in a row after which the rule is shown.
    pub limit: u32,
    /// The rule, in words.
    pub rule: RuleRef,
    /// Who owes, by name.
    pub rows: Vec<ArrearsRow>,
    /// Sum.
    #[ts(type = "number")]
    pub owed_fen: i64,
    /// Members who left with months unpaid; they are not among the rows.
    pub left: u32,
    /// What these owe.
    #[ts(type = "number")]
    pub left_fen: i64,
    /// Members of today of whom neither the roster nor a change says since when: they count as owing since the first assessment.
    pub undated: u32,
}

/// What one member owes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ArrearsRow {
    /// Member id.
    pub member: String,
    /// 姓名
    pub name: String,
    /// Months that have come and are not paid, oldest first.
    pub months: Vec<ArrearsMonth>,
    /// Sum.
    #[ts(type = "number")]
    pub owed_fen: i64,
    /// Whole months in a row without payment or reason, up to the last month.
    pub run: u32,
    /// The rule is to be shown: remind, ask for the reason. No status changes.
    pub remind: bool,
}

/// A month that is not paid.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ArrearsMonth {
    /// `2026-03`
    pub month: String,
    /// Still open.
    #[ts(type = "number")]
    pub open_fen: i64,
    /// The reason that is known, as a code; empty: none.
    pub reason: String,
}

/// `dues.member`: one member's account in a year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuesMember {
    /// Member id.
    pub member: String,
    /// 姓名
    pub name: String,
    /// Assessments that hold in the year, each with its arithmetic and article.
    pub standings: Vec<DuesStanding>,
    /// Reliefs that touch the year.
    pub reliefs: Vec<ReliefRow>,
    /// The rule on relief.
    pub relief_rule: RuleRef,
    /// Voluntary extras of the year.
    pub extras: Vec<PaymentRow>,
    /// Extras of one day look double.
    pub extras_double: bool,
    /// What is owed up to today, over all years.
    pub arrears: ArrearsRow,
}

/// An assessment with its arithmetic and article.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuesStanding {
    /// Record id.
    pub id: String,
    /// From this month on.
    pub from_month: String,
    /// Class.
    pub class: DuesClass,
    /// Base, here only.
    #[ts(type = "number | null")]
    pub base_fen: Option<i64>,
    /// Due a month.
    #[ts(type = "number")]
    pub monthly_fen: i64,
    /// `4,500.00 × 1% = 45.00`
    pub arithmetic: String,
    /// The article, in the version by which it was assessed.
    pub rule: RuleRef,
    /// That version is not known here: the article is of the current one.
    pub rule_unknown: bool,
}

/// `dues.member`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuesMemberInput {
    /// Member id.
    pub member: String,
    /// Year; none: the current one.
    #[serde(default)]
    pub year: Option<i16>,
}

/// `dues.notice`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NoticeInput {
    /// First month.
    pub from_month: String,
    /// Last month.
    pub to_month: String,
}
