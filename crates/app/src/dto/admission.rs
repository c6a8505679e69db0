//! 发展党员.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::meeting::RuleRef;

/// `admission.save`; `id` none makes a new one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplicantInput {
    /// Record to change.
    #[serde(default)]
    pub id: Option<String>,
    /// 姓名
    pub name: String,
    /// 1 男, 2 女.
    #[serde(default)]
    pub sex: Option<u8>,
    /// 出生年月
    #[serde(default)]
    pub birth_month: String,
    /// Day of the application, as typed.
    pub applied: String,
    /// 党小组
    #[serde(default)]
    pub group: String,
    /// 培养联系人
    #[serde(default)]
    pub person: String,
    /// Why it ended without admission; empty: it goes on.
    #[serde(default)]
    pub closed: String,
    /// Keep texts that name a household, and note it.
    #[serde(default)]
    pub keep_matches: bool,
}

/// Counts of a vote: never who voted how.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VotesDto {
    /// 应到会有表决权
    pub due: u32,
    /// 实到会有表决权
    pub present: u32,
    /// 会前书面意见
    #[serde(default)]
    pub written: u32,
    /// 赞成, written opinions included.
    pub in_favour: u32,
}

/// `admission.step`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AdmissionStepInput {
    /// The applicant.
    pub applicant: String,
    /// Code of the stage.
    pub code: String,
    /// Day as typed; empty: today.
    #[serde(default)]
    pub on: String,
    /// Who talked, introduced or recommended.
    #[serde(default)]
    pub person: String,
    /// Remark.
    #[serde(default)]
    pub note: String,
    /// Why it is taken outside its time.
    #[serde(default)]
    pub reason: String,
    /// Training: days.
    #[serde(default)]
    pub days: Option<u32>,
    /// Training: tenths of an hour. Extension: months.
    #[serde(default)]
    pub amount: Option<u32>,
    /// The session of a vote.
    #[serde(default)]
    pub session: String,
    /// Counts of a vote.
    #[serde(default)]
    pub votes: Option<VotesDto>,
    /// Keep texts that name a household, and note it.
    #[serde(default)]
    pub keep_matches: bool,
}

/// A record of a stage.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AdmissionRecord {
    /// Record id.
    pub id: String,
    /// ISO date.
    pub on: String,
    /// Who talked, introduced or recommended.
    pub person: String,
    /// Remark, or the committee's comment.
    pub note: String,
    /// Why it was taken outside its time.
    pub reason: String,
    /// Training: days.
    pub days: Option<u32>,
    /// Training: tenths of an hour. Extension: months.
    pub amount: Option<u32>,
    /// The session of a vote.
    pub session: String,
    /// Counts of a vote.
    pub votes: Option<VotesDto>,
    /// Of a decision: 通过.
    pub passed: Option<bool>,
    /// Entered by mistake.
    pub void: bool,
}

/// A stage with its days.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StageRow {
    /// Its code.
    pub code: String,
    /// `branch` or `committee`.
    pub by: String,
    /// `blocked`, `open`, `refused` or `done`.
    pub state: String,
    /// Day of its last record.
    pub done_on: Option<String>,
    /// Not before this day.
    pub earliest: Option<String>,
    /// Not after this day.
    pub latest: Option<String>,
    /// Where circumstances are special.
    pub special: Option<String>,
    /// Not done and past its latest day.
    pub overdue: bool,
    /// What is missing: codes of stages, or `training`, `votes`, `not_passed`, `refused`.
    pub missing: Vec<String>,
    /// Its rule.
    pub rule: RuleRef,
    /// What was recorded or decided, oldest first.
    pub records: Vec<AdmissionRecord>,
}

/// An applicant on a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplicantRow {
    /// Record id.
    pub id: String,
    /// 姓名
    pub name: String,
    /// 1 男, 2 女.
    pub sex: Option<u8>,
    /// 出生年月
    pub birth_month: Option<String>,
    /// ISO date.
    pub applied: String,
    /// 党小组
    pub group: Option<String>,
    /// 培养联系人
    pub person: String,
    /// The member's record, once on the roster.
    pub member: Option<String>,
    /// Why it ended without admission.
    pub closed: String,
    /// The stage that comes next.
    pub next: Option<String>,
    /// It is the committee's turn.
    pub with_committee: bool,
    /// A stage is past its latest day.
    pub overdue: bool,
    /// A field has concurrent values.
    pub conflict: bool,
}

/// An applicant with the whole course.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AdmissionView {
    /// The applicant.
    pub row: ApplicantRow,
    /// Stages in their order.
    pub stages: Vec<StageRow>,
    /// `enrol` or `full`: what a person may now carry into the roster.
    pub roster: Option<String>,
}

/// What waits for the committee's decision.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseRow {
    /// The branch's step that asks.
    pub step: String,
    /// Code of the decision.
    pub code: String,
    /// The branch.
    pub office: String,
    /// Its name.
    pub office_name: String,
    /// The applicant's name.
    pub name: String,
    /// Day on which it was asked.
    pub asked: String,
    /// Not after this day.
    pub latest: Option<String>,
    /// Where circumstances are special.
    pub special: Option<String>,
    /// Past its latest day.
    pub overdue: bool,
    /// What the branch recorded before, by code and day.
    pub before: Vec<CaseStep>,
    /// Its rule.
    pub rule: RuleRef,
}

/// A step before a case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseStep {
    /// Code of the stage.
    pub code: String,
    /// ISO date.
    pub on: String,
    /// Why it was taken outside its time.
    pub reason: String,
    /// Counts of a vote.
    pub votes: Option<VotesDto>,
}

/// `admission.decide`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AdmissionDecideInput {
    /// The branch's step that asked.
    pub step: String,
    /// 通过
    pub passed: bool,
    /// Comment; a refusal needs one.
    #[serde(default)]
    pub note: String,
    /// Day as typed; empty: today.
    #[serde(default)]
    pub on: String,
}
