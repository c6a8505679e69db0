//! 五必谈: talks. Date and trigger go up; with whom and about what stays in the village.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `talk.save`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TalkInput {
    /// Record to change; none: new.
    #[serde(default)]
    pub id: Option<String>,
    /// 日期, as typed.
    pub date: String,
    /// `difficulty`, `conflict`, `mistake`, `problem`, `promotion`, `new_post`, `change_of_post` or `ordinary`.
    pub trigger: String,
    /// With a member.
    #[serde(default)]
    pub member: Option<String>,
    /// With a household.
    #[serde(default)]
    pub household: Option<String>,
    /// With somebody else, by name.
    #[serde(default)]
    pub name: String,
    /// 谈话人
    #[serde(default)]
    pub by: String,
    /// 地点
    #[serde(default)]
    pub place: String,
    /// 内容
    #[serde(default)]
    pub text: String,
    /// 后续
    #[serde(default)]
    pub follow_up: String,
    /// The user confirmed a date more than a year from today.
    #[serde(default)]
    pub confirm_date: bool,
}

/// A talk on a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TalkRow {
    /// Record id.
    pub id: String,
    /// Date.
    pub date: String,
    /// Trigger.
    pub trigger: String,
    /// With whom, by name; empty where that does not open here.
    pub with: String,
    /// Member's id, if it was one.
    pub member: Option<String>,
    /// Household's id, if it was one.
    pub household: Option<String>,
    /// 谈话人
    pub by: String,
    /// 地点
    pub place: String,
    /// 内容; empty on lists.
    pub text: String,
    /// 后续; empty on lists.
    pub follow_up: String,
    /// 补录
    pub late: bool,
    /// 代录
    pub custodian: bool,
    /// A field has concurrent values.
    pub conflict: bool,
}

/// `talk.due`: who took a post and was not talked to since.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TalkDue {
    /// The member's id.
    pub member: String,
    /// Name.
    pub name: String,
    /// The post's code or name; empty: of this year a talk is missing.
    pub post: String,
    /// The day on which it was entered; empty without a post.
    pub since: String,
    /// The rule.
    pub rule: super::meeting::RuleRef,
}
