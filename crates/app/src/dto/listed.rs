//! 三个清单: lists that are sent to units line by line.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::interview::OffRow;

/// `listed.send`: the lines of a list, to one or many. A line that a unit has already stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ListedSendInput {
    /// 工作清单, 服务清单, 月度项目清单, or another name
    pub name: String,
    /// Whose role: 书记, 副书记, 委员; empty: the unit's.
    pub role: String,
    /// `2026` or `2026-03`.
    pub period: String,
    /// Units.
    pub to: Vec<String>,
    /// Lines.
    pub lines: Vec<ListedLine>,
    /// Deadlines more than a year away were confirmed.
    pub confirm_date: bool,
    /// 确认保留: what was found in the texts stays.
    pub keep_matches: bool,
}

/// A line.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ListedLine {
    /// 事项
    pub title: String,
    /// 措施, 要求
    pub measure: String,
    /// 责任领导
    pub leader: String,
    /// 责任人
    pub person: String,
    /// 完成时限, as typed.
    pub due: String,
}

/// `listed.lists`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ListedInput {
    /// Lists for this year and its months; none: this year.
    pub year: Option<i16>,
    /// What was sent to this office instead of what it sent.
    pub own: bool,
}

/// Lists that were sent.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Lists {
    /// Names of lists to choose from.
    pub names: Vec<String>,
    /// Roles to choose from.
    pub roles: Vec<String>,
    /// The template's source.
    pub citation: String,
    /// The lists, by name, then by period.
    pub rows: Vec<ListRow>,
}

/// A list that was sent.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListRow {
    /// What its lines have in common; the lists of flows filter by it.
    pub group: String,
    /// Its name.
    pub name: String,
    /// Whose role; empty: the unit's.
    pub role: String,
    /// `2026` or `2026-03`.
    pub period: String,
    /// Lines of one unit, the most that one has.
    pub lines: u32,
    /// Units that have it.
    pub units: u32,
    /// Lines of all units.
    pub total: u32,
    /// Of these, taken up or further.
    pub begun: u32,
    /// Of these, accepted as done.
    pub closed: u32,
    /// Of these, past their deadline and not reported.
    pub overdue: u32,
    /// More lines than the template says.
    pub off: Option<OffRow>,
}
