//! 圆桌夜谈 and household visits: visits, households, concerns, hand-in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// 类型: night round table, household visit, consolation visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VisitKind {
    /// 夜谈
    RoundTable,
    /// 入户
    Household,
    /// 慰问
    Consolation,
}

/// `visit.save`: one visit as typed. `id` none makes a new one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VisitInput {
    /// Record to change; none: new.
    #[serde(default)]
    pub id: Option<String>,
    /// 日期, as typed (`0305`, `昨晚`) or ISO.
    pub date: String,
    /// 类型
    pub kind: VisitKind,
    /// 户: an existing household's id; none with `public_place`, or with `new_household`.
    #[serde(default)]
    pub household: Option<String>,
    /// 新户, kept in the village only.
    #[serde(default)]
    pub new_household: Option<HouseholdInput>,
    /// 公共场所: no household.
    #[serde(default)]
    pub public_place: bool,
    /// 参加人: names of cadres.
    pub participants: Vec<String>,
    /// 情况 chips: codes such as `normal`, `elderly`, `ill`, `away`, `difficulty`, `dispute`.
    #[serde(default)]
    pub situation: Vec<String>,
    /// 情况, one line; it goes to the street.
    #[serde(default)]
    pub situation_text: String,
    /// 地点
    #[serde(default)]
    pub place: String,
    /// 主题
    #[serde(default)]
    pub theme: String,
    /// 时长 in minutes.
    #[serde(default)]
    pub minutes: Option<u32>,
    /// 诉求; none: 无.
    #[serde(default)]
    pub concern: Option<ConcernInput>,
    /// The user confirmed a date more than a year from today.
    #[serde(default)]
    pub confirm_date: bool,
    /// 确认保留并留痕: lets through texts for above that name a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
}

/// A concern as typed with the visit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConcernInput {
    /// 类别: `roads`, `water`, `housing`, `farming`, `welfare`, `health`, `schooling`, `environment`, `dispute`, `other`.
    pub category: String,
    /// 上报内容: stays here until handed in.
    pub text: String,
    /// 私密备注: 🔒只留本村.
    #[serde(default)]
    pub private_note: String,
    /// 下一步
    pub next_step: String,
    /// 谁
    pub owner: String,
    /// 哪天, as typed.
    pub deadline: String,
}

/// A household (户), kept in the village only.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct HouseholdInput {
    /// Record to change; none: new.
    pub id: Option<String>,
    /// 户主
    pub name: String,
    /// 门牌
    pub door: String,
    /// 电话
    pub phone: String,
    /// 备注
    pub note: String,
}

/// A household on a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HouseholdRow {
    /// Record id.
    pub id: String,
    /// 户主
    pub name: String,
    /// 门牌
    pub door: String,
    /// 电话
    pub phone: String,
    /// 备注
    pub note: String,
    /// Date of the last visit.
    pub last_visit: Option<String>,
    /// Visits in the year.
    pub visits: u32,
}

/// `visit.defaults`: what a new form starts with.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VisitDefaults {
    /// Today; none when the clock is plainly wrong.
    pub date: Option<String>,
    /// The kind used last.
    pub kind: VisitKind,
    /// Last time's participants.
    pub participants: Vec<String>,
    /// Names to choose from.
    pub candidates: Vec<String>,
}

/// A visit on a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VisitRow {
    /// Record id.
    pub id: String,
    /// Office.
    pub office: String,
    /// Date.
    pub date: String,
    /// 类型
    pub kind: VisitKind,
    /// Household's name; only in the village itself.
    pub household: Option<String>,
    /// The household was erased, on this day (empty: day not known).
    pub household_erased: Option<String>,
    /// 地点
    pub place: String,
    /// 参加人
    pub participants: Vec<String>,
    /// 情况, chips then the line.
    pub situation: Vec<String>,
    /// The one line.
    pub situation_text: String,
    /// State of its concern, when it has one.
    pub concern: Option<ConcernState>,
    /// 补录
    pub late: bool,
    /// 代录
    pub custodian: bool,
    /// A field has concurrent values.
    pub conflict: bool,
}

/// `visit.get`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VisitView {
    /// The row as on the list.
    pub row: VisitRow,
    /// 主题
    pub theme: String,
    /// 时长 in minutes.
    pub minutes: Option<u32>,
    /// The household's id; only in the village itself.
    pub household_id: Option<String>,
    /// The concern.
    pub concern: Option<ConcernRow>,
}

/// State of a concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConcernState {
    /// 未上报: still only here.
    Kept,
    /// 已上报 (handed in), open.
    HandedIn,
    /// 办理中
    InProgress,
    /// 已办结
    Closed,
}

/// A concern on a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConcernRow {
    /// Record id.
    pub id: String,
    /// Office.
    pub office: String,
    /// Office name.
    pub office_name: String,
    /// Date of the visit.
    pub date: String,
    /// 类别
    pub category: String,
    /// 上报内容
    pub text: String,
    /// 私密备注; empty above the village.
    pub private_note: String,
    /// 下一步
    pub next_step: String,
    /// 谁
    pub owner: String,
    /// 哪天
    pub deadline: Option<String>,
    /// State.
    pub state: ConcernState,
    /// What was done, newest last.
    pub progress: Vec<ProgressRow>,
}

/// A step of follow-up.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProgressRow {
    /// Date.
    pub on: String,
    /// What was done.
    pub note: String,
}

/// `concern.hand_in_preview`: what would leave this machine.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandInPreview {
    /// Concerns not yet handed in.
    pub items: Vec<HandInItem>,
    /// Who will see them; none: not joined, they stay here until then.
    pub recipient: Option<String>,
}

/// One concern before it leaves.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandInItem {
    /// Concern id.
    pub id: String,
    /// Date of the visit.
    pub date: String,
    /// 类别
    pub category: String,
    /// The text that would go up.
    pub text: String,
    /// Names or phones of households found in it.
    pub matches: Vec<PrivateMatch>,
    /// The text with each match replaced (`该户`).
    pub suggestion: String,
}

/// A private word found in a text for above.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrivateMatch {
    /// `name` or `phone`.
    pub kind: String,
    /// The word.
    pub text: String,
}

/// `concern.hand_in` (上报)
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandInInput {
    /// What goes up.
    pub items: Vec<HandInChoice>,
}

/// The text as finally chosen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandInChoice {
    /// Concern id.
    pub id: String,
    /// Text to send.
    pub text: String,
    /// 保留并留痕: lets matches through; logged.
    #[serde(default)]
    pub keep_matches: bool,
}

/// `concern.progress`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConcernProgressInput {
    /// Concern id.
    pub id: String,
    /// What was done.
    pub note: String,
    /// 办结
    #[serde(default)]
    pub close: bool,
    /// Date, as typed; empty: today.
    #[serde(default)]
    pub on: String,
    /// 确认保留并留痕: lets through texts for above that name a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
}
