//! 四议两公开: decisions of the village in six steps.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::meeting::{RuleRef, SessionLink};

/// One of the six steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MatterStep {
    /// 党支部提议
    Proposal,
    /// 村“两委”商议
    Consultation,
    /// 党员大会审议
    MembersReview,
    /// 村民(代表)会议决议
    VillagersResolution,
    /// 决议公开
    ResolutionPublished,
    /// 实施结果公开
    ResultPublished,
}

/// A decision with its steps.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MatterRow {
    /// Record id.
    pub id: String,
    /// 事项
    pub title: String,
    /// Day of the first entry.
    pub date: String,
    /// All six, in order.
    pub steps: Vec<MatterStepRow>,
    /// Steps that are dated.
    pub done: u32,
    /// 作废
    pub dropped: bool,
    /// 代录
    pub custodian: bool,
    /// A field has concurrent values.
    pub conflict: bool,
    /// The rule.
    pub rule: RuleRef,
}

/// One step.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MatterStepRow {
    /// Which.
    pub step: MatterStep,
    /// Date; none: not done yet.
    pub on: Option<String>,
    /// 说明
    pub note: String,
    /// Present.
    pub present: Option<u32>,
    /// In favour.
    pub in_favour: Option<u32>,
    /// The session at which it was.
    pub session: Option<SessionLink>,
    /// In favour that the rule asks for; where numbers are entered and people vote.
    pub needed: Option<u32>,
    /// So many were.
    pub carried: Option<bool>,
    /// Dated before a step that comes before it: told, nothing is changed.
    pub out_of_order: bool,
    /// People vote at this step.
    pub votes: bool,
}

/// `matter.save`; `id` none makes a new one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MatterInput {
    /// Record to change.
    #[serde(default)]
    pub id: Option<String>,
    /// 事项
    pub title: String,
    /// 确认保留并留痕: lets through texts for above that name a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
}

/// `matter.step`: what was done at a step; an empty date takes it back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MatterStepInput {
    /// The matter.
    pub id: String,
    /// Which step.
    pub step: MatterStep,
    /// Date, as typed.
    pub on: String,
    /// 说明
    #[serde(default)]
    pub note: String,
    /// Present.
    #[serde(default)]
    pub present: Option<u32>,
    /// In favour.
    #[serde(default)]
    pub in_favour: Option<u32>,
    /// The session at which it was.
    #[serde(default)]
    pub session: Option<String>,
    /// The user confirmed a date more than a year from today.
    #[serde(default)]
    pub confirm_date: bool,
    /// 确认保留并留痕: lets through texts for above that name a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
}
