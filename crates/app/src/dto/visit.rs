//! 圆桌夜谈 and household visits: evenings, visits, households.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::concern::{ConcernInput, ConcernRow, ConcernState};

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
    /// The round table of the same evening; none: a visit of its own.
    #[serde(default)]
    pub table: Option<String>,
    /// Start, `19:30`.
    #[serde(default)]
    pub start: String,
    /// 记录人
    #[serde(default)]
    pub recorder: String,
    /// 慰问: `new_year`, `spring_festival` or `july_first`; empty: none of them.
    #[serde(default)]
    pub occasion: String,
    /// 慰问: `household`, `member_difficulty` or `old_member`; it goes up, and never with a name.
    #[serde(default)]
    pub whom: String,
    /// 慰问 to a member: the member's id, kept in the village only.
    #[serde(default)]
    pub member: Option<String>,
    /// 外单位: the unit outside this line whose cadres came.
    #[serde(default)]
    pub unit: String,
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
    /// The round table of the same evening, when it belongs to one.
    pub table: Option<String>,
    /// Visits of the same evening that belong to this round table.
    pub visits: u32,
    /// 慰问: the occasion; empty: none.
    pub occasion: String,
    /// 慰问: whom, as in the input.
    pub whom: String,
    /// The member who was visited; only in the village itself.
    pub member: Option<String>,
    /// 外单位
    pub unit: String,
    /// Its concerns.
    pub concerns: u32,
    /// State of the one that is least far, when it has any.
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
    /// Start, `19:30`.
    pub start: String,
    /// 记录人
    pub recorder: String,
    /// The household's id; only in the village itself.
    pub household_id: Option<String>,
    /// The visited member's id; only in the village itself.
    pub member_id: Option<String>,
    /// The first concern, which the form changes.
    pub concern: Option<ConcernRow>,
    /// All its concerns.
    pub concerns: Vec<ConcernRow>,
    /// The round table of the same evening.
    pub evening: Option<VisitRow>,
    /// Visits that belong to this round table, in the order in which they were made.
    pub visits: Vec<VisitRow>,
}

/// `visit.record`: 走访记录 as the paper form has it, for printing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VisitRecord {
    /// The visit.
    pub id: String,
    /// 时间: the day.
    pub date: String,
    /// 时间: start, `19:30`; may be empty.
    pub start: String,
    /// 类型
    pub kind: VisitKind,
    /// 地点
    pub place: String,
    /// 走访对象: household and door, or member; empty for a public place or an erased household. Only in the village.
    pub visited: String,
    /// 走访人
    pub visitors: Vec<String>,
    /// 外单位
    pub unit: String,
    /// 记录人
    pub recorder: String,
    /// 情况: chips as codes.
    pub situation: Vec<String>,
    /// 情况, the line.
    pub situation_text: String,
    /// 困难: the chip 生活困难 was set.
    pub difficulty: bool,
    /// 诉求 with what follows from it.
    pub requests: Vec<VisitRequest>,
    /// Visits of the same evening.
    pub visits: Vec<VisitRecord>,
}

/// A concern of a 走访记录.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VisitRequest {
    /// 诉求
    pub text: String,
    /// 后续: the next step, by whom and by when.
    pub next_step: String,
    /// 谁
    pub owner: String,
    /// 哪天
    pub deadline: Option<String>,
    /// 后续: what was done, oldest first.
    pub done: Vec<String>,
    /// Where it stands.
    pub state: ConcernState,
}

/// `visit.cadence` and `visit.set_cadence`: how often this office means to hold its round tables.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VisitCadence {
    /// `none`, `weekly`, `half_monthly` or `monthly`.
    pub cadence: String,
}
