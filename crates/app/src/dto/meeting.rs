//! 三会一课: sessions, roll call, the quorum light.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Kind of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// 支部党员大会
    MembersMeeting,
    /// 支委会
    CommitteeMeeting,
    /// 党小组会
    GroupMeeting,
    /// 党课
    Lesson,
    /// 主题党日
    ThemeDay,
    /// 组织生活会
    OrganizationLife,
    /// 民主评议
    Appraisal,
    /// 学习日
    StudyDay,
}

/// Attendance of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// 未确认
    Unconfirmed,
    /// 到
    Present,
    /// 假
    Excused,
    /// 缺
    Absent,
    /// 列席
    NonVoting,
}

/// `meeting.save`; `id` none makes a new one and writes who is due into it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SessionInput {
    /// Record to change.
    #[serde(default)]
    pub id: Option<String>,
    /// One or several (a combined session counts for each).
    pub kinds: Vec<SessionKind>,
    /// Date, as typed.
    pub date: String,
    /// Time `19:30`; may be empty.
    #[serde(default)]
    pub start: String,
    /// 地点
    #[serde(default)]
    pub place: String,
    /// 主持人
    #[serde(default)]
    pub chair: String,
    /// 记录人
    #[serde(default)]
    pub recorder: String,
    /// 议题
    #[serde(default)]
    pub topic: String,
    /// 党小组, for a group meeting.
    #[serde(default)]
    pub group: String,
    /// 记录, merging text; none leaves it.
    #[serde(default)]
    pub minutes: Option<String>,
    /// 决议, merging text; none leaves it.
    #[serde(default)]
    pub resolution: Option<String>,
    /// 学时 in tenths of an hour, for lessons and study.
    #[serde(default)]
    pub hours: Option<u32>,
    /// 谈心谈话, for an organization-life meeting: how many there were; none leaves it.
    #[serde(default)]
    pub talks: Option<u32>,
    /// Of `hours` and `talks` those that are to be empty.
    #[serde(default)]
    pub clear: Vec<String>,
    /// Kinds, date or group change: who is due follows by the roster of the day, and marks stay. Else the roll stays as it is
    /// and says that it was made for another session.
    #[serde(default)]
    pub reroll: bool,
    /// 查摆的问题; none leaves it.
    #[serde(default)]
    pub problems: Option<String>,
    /// 整改措施; none leaves it.
    #[serde(default)]
    pub measures: Option<String>,
    /// The user confirmed a date more than a year from today.
    #[serde(default)]
    pub confirm_date: bool,
}

/// A session on a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SessionRow {
    /// Record id.
    pub id: String,
    /// Office.
    pub office: String,
    /// Kinds.
    pub kinds: Vec<SessionKind>,
    /// Date.
    pub date: String,
    /// 议题
    pub topic: String,
    /// 党小组; empty when it is not a group's.
    pub group: String,
    /// 应到
    pub due: u32,
    /// 实到
    pub present: u32,
    /// 请假
    pub excused: u32,
    /// 缺席
    pub absent: u32,
    /// 未确认
    pub unconfirmed: u32,
    /// 结束点名
    pub closed: bool,
    /// 补录
    pub late: bool,
    /// 代录
    pub custodian: bool,
    /// A field has concurrent values.
    pub conflict: bool,
    /// The session into which a person merged this one; it counts there.
    pub merged_into: Option<String>,
    /// The roll was made for another kind, day or group, and its numbers are of that.
    pub roll_of_other: bool,
}

/// A session that something else is about.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SessionLink {
    /// Record id.
    pub id: String,
    /// Kinds.
    pub kinds: Vec<SessionKind>,
    /// Date.
    pub date: String,
    /// 议题
    pub topic: String,
}

/// `meeting.get`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SessionView {
    /// The row as on the list.
    pub row: SessionRow,
    /// Time.
    pub start: String,
    /// 地点
    pub place: String,
    /// 主持人
    pub chair: String,
    /// 记录人
    pub recorder: String,
    /// 党小组
    pub group: String,
    /// 记录
    pub minutes: String,
    /// 决议
    pub resolution: String,
    /// Tenths of an hour.
    pub hours: Option<u32>,
    /// 谈心谈话
    pub talks: Option<u32>,
    /// 查摆的问题
    pub problems: String,
    /// 整改措施
    pub measures: String,
    /// Everyone due and every non-voting attendee, by group.
    pub roll: Vec<RollRow>,
    /// For meetings that vote.
    pub quorum: Option<Quorum>,
    /// 列席 of people who are not on the roster: their names.
    pub beside: Vec<String>,
    /// The roll is not that of the roster of the day: how it would change. Nothing is changed by itself.
    pub reroll: Option<Reroll>,
}

/// What 按当日名册重排 would change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Reroll {
    /// Kinds, day or group were changed after the roll was made.
    pub of_other: bool,
    /// Names of those who come in.
    pub added: Vec<String>,
    /// Names of those who go.
    pub gone: Vec<String>,
    /// Names of those who get or lose a vote.
    pub votes: Vec<String>,
}

/// One person of the roll.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RollRow {
    /// Member id.
    pub member: String,
    /// 姓名
    pub name: String,
    /// 党小组
    pub group: String,
    /// 应到; else 列席.
    pub due: bool,
    /// 有表决权 on the day the session was made.
    pub votes: bool,
    /// Attendance.
    pub mark: Mark,
    /// 请假事由
    pub reason: String,
    /// Two devices marked differently; counted 未确认 until settled.
    pub conflict: bool,
}

/// 法定人数灯
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// 可开会
    Green,
    /// 可开会, but even all votes of those here cannot pass
    Yellow,
    /// Not enough people
    Red,
}

/// The quorum light, with its rule.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Quorum {
    /// The colour; never alone.
    pub light: Light,
    /// 有表决权 due.
    pub voters_due: u32,
    /// Of them here.
    pub voters_present: u32,
    /// Voters that must be here.
    pub needed_to_open: u32,
    /// Votes in favour that are needed.
    pub needed_to_pass: u32,
    /// The rule it used.
    pub rule: RuleRef,
}

/// A rule of the versioned data, with its source.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RuleRef {
    /// Rule id.
    pub id: String,
    /// Version of the rule data.
    pub version: String,
    /// Source of the rule.
    pub citation: String,
    /// The rule in words.
    pub text: String,
}

/// `meeting.roll`: marks of one pass, saved as one change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RollInput {
    /// Session id.
    pub id: String,
    /// Only those that changed.
    pub marks: Vec<RollMark>,
    /// 列席: names of people who are not on the roster, to be added. A member who is not due is marked instead.
    #[serde(default)]
    pub beside: Vec<String>,
    /// Such names to be taken away.
    #[serde(default)]
    pub not_beside: Vec<String>,
    /// 结束点名
    #[serde(default)]
    pub close: bool,
}

/// One mark.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RollMark {
    /// Member id.
    pub member: String,
    /// Attendance.
    pub mark: Mark,
    /// 请假事由
    #[serde(default)]
    pub reason: String,
}
