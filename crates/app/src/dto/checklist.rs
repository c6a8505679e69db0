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
    /// 已办结; where the item came from above: 已报完成, waits for acceptance, as a rectification does
    Done,
    /// 验收通过
    Accepted,
    /// 已退回
    Returned,
}

/// `checklist.list`. Whatever is none or empty filters nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ItemListInput {
    /// Items of subordinates instead of this office's.
    pub below: bool,
    /// One subordinate's.
    pub office: Option<String>,
    /// Book year, with what earlier years left unfinished; none: the current one.
    pub year: Option<i16>,
    /// Substring of title, measure or problem, or of a responsible person, in pinyin too.
    pub text: Option<String>,
    /// A state, `unfinished`, `finished`, `disputed`, `not_acknowledged`, `awaits_acceptance` (rectifications of the office's
    /// own that were done and not accepted yet), or `origin:` and an origin.
    pub state: Option<String>,
    /// Where they come from.
    pub origin: Option<ItemOrigin>,
    /// Past their deadline and not finished.
    pub overdue: Option<bool>,
    /// This responsible leader.
    pub leader: Option<String>,
    /// This responsible person.
    pub person: Option<String>,
    /// Deadline from this day on, ISO.
    pub from: Option<String>,
    /// Deadline up to this day, ISO.
    pub to: Option<String>,
    /// `deadline`, `title`, `leader`, `person`, `state`, `office`; a leading `-` descends. None: unfinished ones first, by
    /// deadline.
    pub sort: Option<String>,
    /// First row.
    pub offset: u32,
    /// Rows at most; 0 means 50.
    pub limit: u32,
}

/// A decision of the superior on an item, or of somebody of the office on a rectification of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemDecision {
    /// 验收通过 or 退回.
    pub accepted: bool,
    /// 意见
    pub note: String,
    /// Day.
    pub on: String,
    /// Who, as far as it was said.
    pub person: String,
}

/// `checklist.accept`: 验收 of a rectification of the office's own, by somebody who did not carry it out.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemAcceptInput {
    /// Item id.
    pub id: String,
    /// 验收通过 or 退回.
    pub accept: bool,
    /// 验收人
    pub person: String,
    /// Day, as typed; empty: today.
    #[serde(default)]
    pub on: String,
    /// 验收意见; needed where it is returned.
    #[serde(default)]
    pub note: String,
    /// 确认保留并留痕: lets through texts for above that name a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
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
    /// 办结, or accepted by the superior.
    pub finished: bool,
    /// Somebody has written about it: 已签收, where it came from above.
    pub acknowledged: bool,
    /// Decisions disagree, and nobody has settled it. What counts until then is `state`.
    pub disputed: bool,
    /// The superior's decisions, or 验收 of a rectification of the office's own, newest last.
    pub decisions: Vec<ItemDecision>,
    /// The template and period that it was made from; empty: typed.
    pub template: String,
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
    /// The user confirmed a date more than a year from today.
    #[serde(default)]
    pub confirm_date: bool,
    /// 确认保留: what was found in the texts stays.
    #[serde(default)]
    pub keep_matches: bool,
}
