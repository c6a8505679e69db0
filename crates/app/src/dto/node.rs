//! The frame: which offices this node keeps, what is due today, drafts and settings.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::conflict::ConflictRow;

/// Kind of an office in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum OfficeKindDto {
    /// 组织部
    OrganizationDepartment,
    /// 街道/镇/乡党(工)委
    Committee,
    /// 党总支
    GeneralBranch,
    /// 党支部
    Branch,
}

/// `node.overview`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NodeOverview {
    /// This device's public key.
    pub device: String,
    /// Program version.
    pub version: String,
    /// Offices whose books this node keeps; empty before the first use.
    pub offices: Vec<OfficeCard>,
    /// Today by this machine's clock.
    pub today: String,
    /// False when the clock is plainly wrong: ask for the date once, never pre-fill it.
    pub clock_plausible: bool,
    /// Ledger years that hold records, ascending; the current one included.
    pub years: Vec<i16>,
}

/// One office on this node.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OfficeCard {
    /// Office id.
    pub id: String,
    /// 机构名称
    pub name: String,
    /// Its kind.
    pub kind: OfficeKindDto,
    /// `keeper`, `clerk`, `custodian` or `viewer`: this device's role in it.
    pub role: String,
    /// 代管: this device keeps its books in the place of its people; what it records is marked 代录.
    pub custody: bool,
    /// This device has residents and talks of it.
    pub own_books: bool,
    /// Name of the superior, once joined.
    pub superior: Option<String>,
    /// The tree it belongs to, once joined.
    pub tree: Option<String>,
    /// 12-digit region code, when given.
    pub region: Option<String>,
    /// 示例: made up, apart from everything real, and never delivered.
    pub sample: bool,
}

/// What `sample.make` made, or found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SampleMade {
    /// The sample office.
    pub office: String,
}

/// `office.init`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InitInput {
    /// 机构名称
    pub name: String,
    /// Its kind.
    pub kind: OfficeKindDto,
    /// 12-digit region code.
    #[serde(default)]
    pub region: Option<String>,
    /// 代管: this device keeps its books in the place of its people. Where this node keeps an office that may adopt it, the
    /// new one stands below that at once.
    #[serde(default)]
    pub custody: bool,
    /// In custody: the office on this node that adopts it; none: the only one that may.
    #[serde(default)]
    pub superior: Option<String>,
}

/// What `office.init` made.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InitOutput {
    /// The new office.
    pub office: String,
    /// The 24 recovery words of a root (组织部); shown once, never stored.
    pub recovery_words: Option<Vec<String>>,
}

/// What `today` is asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TodayInput {
    /// Everything that is due, instead of the first seven.
    #[serde(default)]
    pub all: bool,
}

/// `today`: what there is to do this evening. Lists are in the order of the screen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Today {
    /// Today by this machine's clock.
    pub date: String,
    /// 没写完的
    pub drafts: Vec<DraftRow>,
    /// 退回和冲突: open conflicts and returned items.
    pub conflicts: Vec<ConflictRow>,
    /// 到期: at most 7.
    pub due: Vec<DueItem>,
    /// 另有 n 项
    pub more_due: u32,
    /// 退回: submissions and items that the superior returned, and decisions that crossed.
    pub returned: Vec<DueItem>,
    /// 上级来的: dispatched items not yet acknowledged.
    pub from_above: Vec<DueItem>,
    /// 未送达 n 条: own changes without a receipt.
    pub undelivered: u32,
    /// The committee's side; none at a branch.
    pub committee: Option<TodayCommittee>,
    /// The department's side; none elsewhere.
    pub department: Option<TodayDepartment>,
}

/// One sentence and one button.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DueItem {
    /// `members_meeting_missing`, `committee_meeting_missing`, `group_meeting_groups_missing`, `lesson_missing`, `theme_day_missing`,
    /// `session_today`,
    /// `dues_unpaid`, `concern_due`, `checklist_due`, `concern_not_handed_in`, `dispatched`, `concern_answered`, `round_table_due`,
    /// `consolation_due`,
    /// `month_end`, `submission_returned`, `submission_disputed`, `item_returned`, `item_disputed`.
    pub code: String,
    /// Values for the sentence: `days`, `count`, `title`, `month`, `occasion`, `until`.
    pub params: std::collections::BTreeMap<String, String>,
    /// The record behind it, when there is one.
    pub target: Option<String>,
}

/// The committee's part of `today`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TodayCommittee {
    /// 待我决定: joins waiting for approval, submissions and items handed in, decisions that crossed.
    pub to_decide: u32,
    /// 今天到期
    pub due_today: u32,
    /// 多日未送达
    pub silent: Vec<SilentOffice>,
    /// 新诉求: concerns handed in during the last seven days.
    pub new_concerns: u32,
}

/// A subordinate that has not been heard of for a while.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SilentOffice {
    /// Office id.
    pub office: String,
    /// Its name.
    pub name: String,
    /// Days since the last delivery; none: never.
    pub days: Option<u32>,
}

/// The department's part of `today`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TodayDepartment {
    /// Subordinates invited or joined.
    pub invited: u32,
    /// Of them joined (`0/18 已加入`).
    pub joined: u32,
    /// 缺报: branches missing from the latest snapshots.
    pub missing: u32,
    /// Snapshots held.
    pub snapshots: u32,
}

/// A form left unfinished on this machine; never part of a book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DraftRow {
    /// `visit`, `meeting`, …
    pub form: String,
    /// Key within the form; `new` for a new record.
    pub key: String,
    /// What the form held.
    pub value: serde_json::Value,
    /// When it was last typed into, ISO 8601 date.
    pub saved_on: String,
}

/// `draft.save`, and with no value `draft.discard`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DraftInput {
    /// The form.
    pub form: String,
    /// Key within the form.
    pub key: String,
    /// What the form holds; null discards.
    #[serde(default)]
    pub value: serde_json::Value,
}

/// `settings.get` and `settings.set`: this machine's preferences.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// `zh-CN` (default) or `en`.
    pub language: Option<String>,
    /// 大字
    pub large_type: bool,
    /// Name declared by whoever records (记录人); declared, not proved.
    pub recorder: Option<String>,
    /// `light` or `dark`; none: as the system has it (跟随系统).
    pub theme: Option<String>,
    /// 到期提醒 is off.
    pub reminder_off: bool,
    /// From when on 到期提醒 may come, `19:30`; none: as the program has it.
    pub reminder_at: Option<String>,
    /// The first steps are not shown any more.
    pub guide_done: bool,
}

/// `reminder.take`: whether the day's summary is to be shown now. What is answered counts as shown.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ReminderInput {
    /// Minutes since midnight by the clock of the screen.
    pub minute: u16,
}

/// The summary of a day: how many things of which kind, and no word of any of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Reminder {
    /// All of them.
    pub total: u32,
    /// By kind, in the order of the codes below; none is 0.
    pub kinds: Vec<ReminderKind>,
}

/// One kind of things that are due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReminderKind {
    /// `returned`, `above`, `sessions`, `dues`, `visits`, `concerns`, `items`, `members`, `month` or `decide`.
    pub code: String,
    /// How many.
    pub count: u32,
}

/// What `reminder.take` answers.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReminderTaken {
    /// The summary to show now; none: nothing is due, it is too early, it was shown today, or it is off.
    pub reminder: Option<Reminder>,
}

/// `changes.wait`: answers when something changed after `cursor`, or when the time is up.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct WaitInput {
    /// The last cursor seen; 0 at first.
    #[ts(type = "number")]
    pub cursor: u64,
    /// At most 25,000.
    pub timeout_ms: u32,
}

/// What changed: the tags of the queries to ask again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    /// Pass it to the next call.
    #[ts(type = "number")]
    pub cursor: u64,
    /// `visit`, `household`, `session`, `dues`, `checklist`, `member`, `sync`, `join`, `snapshot`, `draft`, `office`.
    pub tags: Vec<String>,
}

/// `date.read`: understands `0305`, `3.5`, `3月5日`, `今天`, `昨晚`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DateInput {
    /// As typed.
    pub text: String,
    /// A deadline or something planned: without a year it is the next such day, as where it is saved.
    #[serde(default)]
    pub ahead: bool,
}

/// The date understood.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DateOutput {
    /// ISO 8601.
    pub date: String,
    /// In an earlier month than today: 补录.
    pub late: bool,
}
