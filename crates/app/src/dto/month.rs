//! 月底核对, 提交, 接收, 退回, 锁定, 年度结转.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::checklist::ItemRow;
use super::meeting::RuleRef;

/// Where a month stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MonthState {
    /// 未提交
    None,
    /// 已提交
    Pending,
    /// 已接收
    Accepted,
    /// 已退回
    Returned,
    /// 已撤回
    Withdrawn,
}

/// `month.check`, `month.submit`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MonthInput {
    /// `2026-03`; empty: the current one.
    #[serde(default)]
    pub month: String,
}

/// A year; none: the current one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct YearInput {
    /// Calendar year.
    #[serde(default)]
    pub year: Option<i16>,
}

/// `month.withdraw`, `month.stand`, `month.explain`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaidInput {
    /// The submission.
    pub id: String,
    /// 原因
    #[serde(default)]
    pub note: String,
    /// 确认保留并留痕: lets through a text for above that names a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
}

/// `submission.decide`, `dispatch.decide`: the superior's word.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecideInput {
    /// The submission or item.
    pub id: String,
    /// 接收 or 退回.
    pub accept: bool,
    /// 意见; required when it is returned.
    #[serde(default)]
    pub note: String,
    /// The submission's digest as it was on the screen; for an item empty.
    #[serde(default)]
    pub digest: String,
    /// 确认保留: what was found in the texts stays.
    #[serde(default)]
    pub keep_matches: bool,
}

/// `submission.list`: one month of all subordinates.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionListInput {
    /// `2026-03`; empty: the month before today's.
    #[serde(default)]
    pub month: String,
}

/// 月底核对: a month of this office before it is submitted, and after.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MonthCheck {
    /// `2026-03`
    pub month: String,
    /// The four ledgers.
    pub ledgers: Vec<LedgerCheck>,
    /// Open items whose deadline lies in the month or before, at most 20 of them.
    pub open_items: Vec<ItemRow>,
    /// How many there are.
    pub open_count: u32,
    /// 未确认: sessions with people who are not marked.
    pub unconfirmed: Vec<Unconfirmed>,
    /// Records of the month with a conflict that nobody has settled.
    pub conflicts: u32,
    /// 没写完的
    pub drafts: u32,
    /// The submission that counts, if there is one.
    pub submission: Option<SubmissionView>,
    /// Where the month stands.
    pub state: MonthState,
    /// The month may be submitted now.
    pub may_submit: bool,
    /// The closed period that the month lies in.
    pub closed: Option<String>,
    /// There is a superior to submit to.
    pub joined: bool,
}

/// One ledger of a month.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LedgerCheck {
    /// `meetings`, `dues`, `visits` or `checklists`.
    pub ledger: String,
    /// Rows.
    pub count: u32,
    /// What the rules expect and is not there.
    pub gaps: Vec<Gap>,
}

/// Something a rule expects.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    /// `members_meeting`, … (a kind of session), `dues_unpaid`, `items_open`, `concerns_kept`.
    pub code: String,
    /// How many.
    pub count: u32,
    /// The rule, where one says so.
    pub rule: Option<RuleRef>,
}

/// A session whose roll is not finished.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Unconfirmed {
    /// The session.
    pub id: String,
    /// Its date.
    pub date: String,
    /// Its topic.
    pub title: String,
    /// People not marked.
    pub count: u32,
}

/// A submission with what was said on it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionView {
    /// Record id.
    pub id: String,
    /// Office that submitted.
    pub office: String,
    /// Its name.
    pub office_name: String,
    /// `2026-03`
    pub month: String,
    /// Day.
    pub on: String,
    /// Who, as far as it was said.
    pub person: String,
    /// Digest of what was submitted.
    pub digest: String,
    /// Where it stands.
    pub state: MonthState,
    /// Decisions disagree, and nobody has settled it. What counts until then is `state`.
    pub disputed: bool,
    /// Two computers submitted the month without knowing of each other; this one counts.
    pub doubled: bool,
    /// Rows then, and how those of now differ.
    pub parts: Vec<SubmittedPart>,
    /// 与已接收的有出入 n 条: rows that differ from the submission now.
    pub different: u32,
    /// Why they differ was said, of just these rows.
    pub explained: bool,
    /// What was said, oldest first.
    pub words: Vec<SubmissionWord>,
    /// What this office may do now: `withdraw`, `stand`, `explain`, `accept`, `return`.
    pub may: Vec<String>,
}

/// One ledger of a submission.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SubmittedPart {
    /// `meetings`, `dues`, `visits` or `checklists`.
    pub ledger: String,
    /// Rows.
    pub count: u32,
    /// Heads of the books.
    pub heads: Vec<String>,
    /// Rows that differ now, at most 100 of them.
    pub rows: Vec<DifferentRow>,
    /// They differ, and which ones cannot be told.
    pub untold: bool,
}

/// A row that differs from what was submitted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DifferentRow {
    /// `added`, `changed`, `removed` (none is gone: it has another date now, or an older book had it).
    pub how: String,
    /// Record id; for a removed row the record it became, if it is known.
    pub id: Option<String>,
    /// Type of the record.
    pub record_type: String,
    /// Its date now.
    pub date: String,
    /// Its title line.
    pub title: String,
}

/// A word on a submission.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionWord {
    /// `withdrawn`, `stands`, `explained`, `accepted`, `returned`.
    pub state: String,
    /// The superior said it.
    pub from_above: bool,
    /// 意见, 原因
    pub note: String,
    /// Day.
    pub on: String,
    /// Who, as far as it was said.
    pub person: String,
    /// The computer that wrote it.
    pub by: String,
}

/// A month of one subordinate.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionCard {
    /// The submission that counts; none: not submitted, as far as is known here.
    pub id: Option<String>,
    /// Office.
    pub office: String,
    /// Its name.
    pub office_name: String,
    /// `2026-03`
    pub month: String,
    /// Where it stands.
    pub state: MonthState,
    /// Decisions disagree.
    pub disputed: bool,
    /// Day of the submission.
    pub on: String,
    /// Rows submitted.
    pub count: u32,
    /// Rows that differ from what was accepted.
    pub different: u32,
    /// Day of the office's last delivery; none: never.
    pub as_of: Option<String>,
}

/// `period.close`, `period.reopen`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeriodInput {
    /// `2026-03` or `2026`.
    pub period: String,
    /// Why; required when it is opened again.
    #[serde(default)]
    pub note: String,
    /// The subordinate whose period it is; none: this office's own.
    #[serde(default)]
    pub office: Option<String>,
    /// 确认保留: what was found in the texts stays.
    #[serde(default)]
    pub keep_matches: bool,
}

/// `period.list`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeriodListInput {
    /// Calendar year; none: the current one.
    #[serde(default)]
    pub year: Option<i16>,
    /// A subordinate; none: this office.
    #[serde(default)]
    pub office: Option<String>,
}

/// A period that was closed once.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeriodRow {
    /// `2026-03` or `2026`.
    pub period: String,
    /// The office itself has closed it.
    pub closed_here: bool,
    /// Its superior has closed it.
    pub closed_above: bool,
    /// Decisions, oldest first.
    pub words: Vec<SubmissionWord>,
    /// While it is closed: rows then, and those that differ now. What arrived anyway is an amendment.
    pub parts: Vec<SubmittedPart>,
    /// How many differ.
    pub different: u32,
}

/// 年度结转. Nothing is copied: what is open stays in the book of its year and is shown in the next one's lists.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct YearTurn {
    /// The year that ends.
    pub year: i16,
    /// Its months.
    pub months: Vec<MonthCard>,
    /// Items that are not finished, at most 50.
    pub open_items: Vec<ItemRow>,
    /// How many there are.
    pub open_count: u32,
    /// Members who owe dues; none where this profile does not see dues.
    pub arrears: Vec<Arrears>,
    /// The year is closed.
    pub closed: bool,
    /// The year may be closed: nothing is open.
    pub may_close: bool,
    /// Sessions of the next year that are planned or held.
    pub next_sessions: u32,
    /// Members with an assessment for the next year.
    pub next_assessed: u32,
}

/// A month and where it stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MonthCard {
    /// `2026-03`
    pub month: String,
    /// Where it stands.
    pub state: MonthState,
    /// Decisions disagree.
    pub disputed: bool,
    /// The month is closed.
    pub closed: bool,
}

/// What a member owes of a year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Arrears {
    /// Member id.
    pub member: String,
    /// Name.
    pub name: String,
    /// Months owed.
    pub months: u32,
    /// Fen owed.
    #[ts(type = "number")]
    pub owed_fen: i64,
}
