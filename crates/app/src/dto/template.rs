//! 清单模板.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A template.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TemplateRow {
    /// Word of one that comes with the program, or a record id.
    pub id: String,
    /// The office's own.
    pub own: bool,
    /// Its name.
    pub name: String,
    /// `secretary`, `deputy`, `committee_member`; empty: the branch's.
    pub role: String,
    /// For a `year` or a `month`.
    pub every: String,
    /// Its source; empty for the office's own.
    pub citation: String,
    /// Version of the data; empty for the office's own.
    pub version: String,
    /// Its lines.
    pub entries: Vec<TemplateLine>,
}

/// A line of a template.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TemplateLine {
    /// 事项
    pub title: String,
    /// 措施
    #[serde(default)]
    pub measure: String,
    /// `month`, `quarter` or `year`.
    pub every: String,
    /// Month of a line that comes once a year; 0: the last.
    #[serde(default)]
    pub month: i8,
    /// Day by which it is due; 0: the month's last.
    #[serde(default)]
    pub day: i8,
}

/// `template.save`; `id` none makes a new one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TemplateInput {
    /// Record to change.
    #[serde(default)]
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// `secretary`, `deputy`, `committee_member`; empty: the branch's.
    #[serde(default)]
    pub role: String,
    /// `year` or `month`.
    pub every: String,
    /// Its lines; empty: the template is given up.
    pub entries: Vec<TemplateLine>,
    /// 确认保留并留痕: lets through texts for above that name a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
}

/// `template.expand`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExpandInput {
    /// The template.
    pub id: String,
    /// `2026`, or `2026-03`.
    pub period: String,
}

/// What items a template makes for a period.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Expanded {
    /// One for each item.
    pub entries: Vec<ExpandedEntry>,
    /// Items that were made from it for the period before.
    pub made_before: u32,
}

/// An item to be made.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExpandedEntry {
    /// 事项
    pub title: String,
    /// 措施
    #[serde(default)]
    pub measure: String,
    /// 责任领导
    #[serde(default)]
    pub leader: String,
    /// 责任人
    #[serde(default)]
    pub person: String,
    /// 时限, as typed.
    pub deadline: String,
    /// Which line of the template's expansion it is, counted from 1: made on two devices it is one item. 0: none of them.
    #[serde(default)]
    pub line: u32,
}

/// `template.make`: items from a template as one change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MakeInput {
    /// The template.
    pub id: String,
    /// `2026`, or `2026-03`.
    pub period: String,
    /// The items.
    pub entries: Vec<ExpandedEntry>,
    /// The user confirmed a date more than a year from today.
    #[serde(default)]
    pub confirm_date: bool,
    /// 确认保留并留痕: lets through texts for above that name a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
}

/// What was made.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Made {
    /// Items; those that were there already are not among them.
    pub count: u32,
}
