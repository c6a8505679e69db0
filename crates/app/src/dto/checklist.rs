//! 清单: own items, rectification, items dispatched from above.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where an item comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ItemOrigin {
    /// 本支部
    Own,
    /// 整改
    Rectification,
    /// 上级交办
    Superior,
}

/// State of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// 未开始
    Open,
    /// 进行中
    InProgress,
    /// 已完成 (handed in for acceptance where the item came from above)
    Done,
}

/// `checklist.save`; `id` none makes a new one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemInput {
    /// Record to change.
    #[serde(default)]
    pub id: Option<String>,
    /// 事项
    pub title: String,
    /// Own or rectification.
    pub origin: ItemOrigin,
    /// 措施
    #[serde(default)]
    pub measure: String,
    /// 责任领导
    #[serde(default)]
    pub leader: String,
    /// 责任人
    pub person: String,
    /// 时限, as typed.
    pub deadline: String,
    /// 问题, for a rectification.
    #[serde(default)]
    pub problem: String,
    /// The user confirmed a date more than a year from today.
    #[serde(default)]
    pub confirm_date: bool,
    /// 确认保留并留痕: lets through texts for above that name a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
}

/// An item on a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemRow {
    /// Record id.
    pub id: String,
    /// Office that works on it.
    pub office: String,
    /// Its name.
    pub office_name: String,
    /// 事项
    pub title: String,
    /// The session whose resolution it carries out.
    pub session: Option<super::meeting::SessionLink>,
    /// Where it comes from.
    pub origin: ItemOrigin,
    /// 措施
    pub measure: String,
    /// 问题
    pub problem: String,
    /// 责任领导
    pub leader: String,
    /// 责任人
    pub person: String,
    /// 时限
    pub deadline: Option<String>,
    /// State.
    pub state: ItemState,
    /// What was done, newest last.
    pub progress: Vec<super::concern::ProgressRow>,
    /// Past its deadline and not done.
    pub overdue: bool,
    /// 补录
    pub late: bool,
    /// 代录
    pub custodian: bool,
    /// A field has concurrent values.
    pub conflict: bool,
}

/// `checklist.progress`; the first on a dispatched item acknowledges it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemProgressInput {
    /// Item id.
    pub id: String,
    /// What was done.
    pub note: String,
    /// State from now on.
    pub state: ItemState,
    /// 责任人, on a dispatched item.
    #[serde(default)]
    pub person: String,
    /// Date, as typed; empty: today.
    #[serde(default)]
    pub on: String,
    /// 确认保留并留痕: lets through texts for above that name a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
}

/// `dispatch.send`: one item to several subordinates.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DispatchInput {
    /// Office ids.
    pub to: Vec<String>,
    /// 事项
    pub title: String,
    /// 要求
    #[serde(default)]
    pub measure: String,
    /// 时限, as typed.
    pub deadline: String,
}
