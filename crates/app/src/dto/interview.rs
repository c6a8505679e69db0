//! 党建约谈: a month's round, its units, what was found, and when it has to be put right.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::flow::FlowRow;

/// A figure that a template sets and that does not hold; told, never enforced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OffRow {
    /// Which figure of the template.
    pub figure: String,
    /// What there is.
    pub has: u32,
    /// What the template says.
    pub says: u32,
    /// The template's source.
    pub citation: String,
}

/// `interview.round`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct RoundInput {
    /// `2026-03`; none: this month.
    pub month: Option<String>,
    /// Interviews of this office by its superior instead of those that it holds.
    pub own: bool,
}

/// What the template says of a round.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoundRules {
    /// Rounds a month.
    pub rounds: u32,
    /// Units at least.
    pub units_min: u32,
    /// Units at most.
    pub units_max: u32,
    /// Minutes of the report.
    pub report_minutes: u32,
    /// Minutes of questions.
    pub question_minutes: u32,
    /// Topics of the questions.
    pub topics: Vec<String>,
    /// Source.
    pub citation: String,
    /// Version of the template.
    pub version: String,
}

/// A month's round.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Round {
    /// `2026-03`
    pub month: String,
    /// What the template says.
    pub rules: RoundRules,
    /// Its interviews, in the order of the tree.
    pub units: Vec<InterviewRow>,
    /// Too few units, or too many.
    pub offs: Vec<OffRow>,
    /// The months of the year.
    pub months: Vec<RoundMonth>,
    /// Months of the year up to today in which no interview was held.
    pub without: Vec<u8>,
}

/// A month with its interviews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoundMonth {
    /// 1 to 12.
    pub month: u8,
    /// Units put in.
    pub units: u32,
    /// Interviews held in it.
    pub held: u32,
}

/// An interview.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InterviewRow {
    /// The item.
    pub item: FlowRow,
    /// The day it is planned for, ISO.
    pub planned_on: String,
    /// The day it was held.
    pub held_on: Option<String>,
    /// Who held it.
    pub held_by: String,
    /// Minutes of the report, as held.
    pub report_minutes: String,
    /// Minutes of questions, as held.
    pub question_minutes: String,
    /// Topics that were asked about.
    pub topics: Vec<String>,
    /// Minutes that are not those of the template.
    pub offs: Vec<OffRow>,
    /// What was pointed out.
    pub findings: Vec<FindingRow>,
    /// Items of the list.
    pub listed: u32,
    /// Of these, rectified and reported.
    pub reported: u32,
    /// Of these, closed.
    pub closed: u32,
    /// Findings that are not on the list yet.
    pub waiting: u32,
}

/// A problem that was pointed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindingRow {
    /// The event.
    pub id: String,
    /// Topic.
    pub topic: String,
    /// In words.
    pub note: String,
    /// Day, ISO.
    pub on: String,
    /// Its item of rectification, once the list was sent.
    pub item: Option<String>,
    /// Where that stands.
    pub state_name: String,
}

/// `interview.plan`: units put into a month's round. A unit that is in it already stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct InterviewPlanInput {
    /// `2026-03`
    pub month: String,
    /// The day of the interviews, as typed.
    pub on: String,
    /// Subordinates.
    pub units: Vec<String>,
    /// Also tells the units of the day.
    pub notify: bool,
    /// Who tells them.
    pub person: String,
    /// In words.
    pub note: String,
    /// A day more than a year away is meant.
    pub confirm_date: bool,
}

/// `interview.issue` (下发整改清单)
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct InterviewIssueInput {
    /// The interview.
    pub id: String,
    /// Who sends it.
    pub person: String,
    /// 确认保留: what was found in the texts stays.
    pub keep_matches: bool,
}

/// What was made, and what was there already.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MadeOnce {
    /// Records made.
    pub made: u32,
    /// Records that were there already and stay as they are.
    pub before: u32,
}

/// `interview.calendar`: what interviews found, with the days by which it has to be rectified and reported.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct InterviewCalendarInput {
    /// Interviews of this year, and whatever earlier ones left open; none: this year.
    pub year: Option<i16>,
    /// What was found at this office instead of at its subordinates.
    pub own: bool,
}

/// The days of the lists that came of interviews.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InterviewCalendar {
    /// By the day on which they are due, then by unit.
    pub rows: Vec<InterviewCalendarRow>,
    /// What the time follows from.
    pub citation: String,
}

/// An item of a list with its day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InterviewCalendarRow {
    /// The item.
    pub item: FlowRow,
    /// The day from which the time is counted.
    pub from: String,
    /// The day by which it is due.
    pub by: String,
    /// The day on which it was rectified and reported.
    pub met_on: Option<String>,
    /// `ahead`, `overdue`, `met` or `late`.
    pub standing: String,
    /// Days ahead, or days over.
    pub days: i32,
    /// The template's source for this time.
    pub citation: String,
}
