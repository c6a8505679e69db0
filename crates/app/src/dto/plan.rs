//! 年度计划: what each period asks for, and planned sessions.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::meeting::{RuleRef, SessionKind};

/// `meeting.plan`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct YearPlan {
    /// The year.
    pub year: i16,
    /// What each period asks for, by rule, group and period.
    pub slots: Vec<PlanSlot>,
    /// Planned sessions by date, those given up included: the first 300; `meeting.planned` has all.
    pub planned: Vec<PlannedRow>,
    /// The rules that slots name.
    pub rules: Vec<RuleRef>,
}

/// What one period asks for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanSlot {
    /// Kind of session.
    pub kind: SessionKind,
    /// 党小组, for group meetings; else empty.
    pub group: String,
    /// `2026-03`, `2026-Q1` or `2026`.
    pub period: String,
    /// `held`, `planned`, `open` (still to come) or `none` (the period is over and nothing is recorded).
    pub state: String,
    /// Sessions held.
    pub held: Vec<String>,
    /// Sessions and planned ones to come.
    pub planned: Vec<String>,
    /// A day that suits; none when the period is over.
    pub suggested: Option<String>,
    /// Id of its rule.
    pub rule: String,
}

/// A planned session.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlannedRow {
    /// Record id.
    pub id: String,
    /// Kinds.
    pub kinds: Vec<SessionKind>,
    /// Date.
    pub date: String,
    /// 议题
    pub topic: String,
    /// 负责人
    pub lead: String,
    /// 党小组
    pub group: String,
    /// The session that was held.
    pub session: Option<String>,
    /// 取消
    pub dropped: bool,
    /// 代录
    pub custodian: bool,
    /// A field has concurrent values.
    pub conflict: bool,
}

/// `meeting.plan_save`: any number at once, as one change a year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanInput {
    /// New and changed ones.
    pub entries: Vec<PlanEntry>,
    /// The user confirmed dates more than a year from today.
    #[serde(default)]
    pub confirm_date: bool,
    /// 确认保留并留痕: lets through texts for above that name a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
}

/// One planned session.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanEntry {
    /// Record to change; none makes a new one.
    #[serde(default)]
    pub id: Option<String>,
    /// One or several.
    pub kinds: Vec<SessionKind>,
    /// Date, as typed.
    pub date: String,
    /// 议题
    #[serde(default)]
    pub topic: String,
    /// 负责人
    #[serde(default)]
    pub lead: String,
    /// 党小组, for a group meeting.
    #[serde(default)]
    pub group: String,
}

/// `meeting.plan_hold`: makes a session of a planned one, or names the session that was held.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanHoldInput {
    /// The planned session.
    pub id: String,
    /// A session that is there already; none makes one.
    #[serde(default)]
    pub session: Option<String>,
}
