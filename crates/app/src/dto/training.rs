//! 学时: hours of a year by member, and training apart from sessions. Hours are tenths of an hour.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::meeting::RuleRef;

/// `training.table`: with `limit` 0 the first 300 members; `text` finds them by name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrainingTable {
    /// The year.
    pub year: i16,
    /// Members of the branch, and who left during the year with hours: a page of them.
    pub rows: Vec<HoursRow>,
    /// How many members there are.
    pub total: u32,
    /// Training apart from sessions, the newest 300; `training.list` has all.
    pub entries: Vec<TrainingRow>,
    /// The rule.
    pub rule: RuleRef,
}

/// A member's hours.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HoursRow {
    /// Member id.
    pub id: String,
    /// 姓名
    pub name: String,
    /// 党小组
    pub group: String,
    /// Secretary or committee.
    pub leads: bool,
    /// From sessions.
    pub sessions: u32,
    /// From training apart from sessions.
    pub training: u32,
    /// Concentrated trainings.
    pub concentrated: u32,
    /// What the rule asks for.
    pub wanted: u32,
    /// Concentrated trainings that the rule asks for.
    pub wanted_concentrated: u32,
    /// Both are reached.
    pub reached: bool,
}

/// Training apart from sessions.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrainingRow {
    /// Record id.
    pub id: String,
    /// Date.
    pub date: String,
    /// 内容
    pub topic: String,
    /// Hours.
    pub hours: u32,
    /// 集中培训
    pub concentrated: bool,
    /// Member ids.
    pub members: Vec<String>,
    /// Their names.
    pub names: Vec<String>,
    /// 作废
    pub dropped: bool,
    /// 补录
    pub late: bool,
    /// 代录
    pub custodian: bool,
    /// A field has concurrent values.
    pub conflict: bool,
}

/// `training.save`; `id` none makes a new one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrainingInput {
    /// Record to change.
    #[serde(default)]
    pub id: Option<String>,
    /// Date, as typed.
    pub date: String,
    /// 内容
    pub topic: String,
    /// Hours.
    pub hours: u32,
    /// 集中培训
    #[serde(default)]
    pub concentrated: bool,
    /// Member ids, at least one.
    pub members: Vec<String>,
    /// The user confirmed a date more than a year from today.
    #[serde(default)]
    pub confirm_date: bool,
    /// 确认保留并留痕: lets through texts for above that name a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
}
