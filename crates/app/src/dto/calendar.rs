//! 日历: every deadline that is open, here and below, with what follows and what helps; and the polite text about it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::meeting::RuleRef;

/// A sentence in both languages of the program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BothWords {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// `desk.calendar`. Whatever is none or empty filters nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CalendarInput {
    /// First day, ISO; empty: the first of this month.
    pub from: String,
    /// Last day, ISO; empty: the last of the month of `from`. At most 400 days after it.
    pub to: String,
    /// Only this office: this one, or one below.
    pub office: Option<String>,
    /// Only these kinds.
    pub kinds: Vec<String>,
}

/// What is due between two days.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Calendar {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Today.
    pub today: String,
    /// By day, then by kind.
    pub entries: Vec<CalendarEntry>,
    /// What was due before `from` and is still open, the longest first; only where today is between the two days.
    pub earlier: Vec<CalendarEntry>,
    /// Offices below of which nothing is known, or nothing new: what they owe stands here as far as it was delivered.
    pub absent: Vec<AbsentUnit>,
}

/// One thing that is due on one day, for one office or for several.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarEntry {
    /// Stable within the answer: the same thing has the same key in the next one.
    pub key: String,
    /// The day.
    pub day: String,
    /// Days from today; negative: it has passed.
    pub days: i32,
    /// `item`, `rectification`, `dispatched`, `flow`, `submission`, `session`, `admission`, `term`, `dues_back_payment`.
    pub kind: String,
    /// What tells it more closely: a kind of session, a stage of an admission, a template of a flow, a month. May be empty.
    pub code: String,
    /// What it is called: an item, a matter, an applicant. May be empty.
    pub title: String,
    /// Who owes it, in tree order.
    pub units: Vec<CalendarUnit>,
    /// What is due, in words.
    pub name: BothWords,
    /// What follows when the day passes.
    pub consequence: BothWords,
    /// What helps.
    pub remedy: BothWords,
    /// Its source: an article of the rules, or who set the day.
    pub citation: String,
    /// The article, where one sets it.
    pub rule: Option<RuleRef>,
}

/// Who owes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarUnit {
    /// The office.
    pub office: String,
    /// Its name.
    pub name: String,
    /// It is this office.
    pub here: bool,
    /// The record, where there is one.
    pub record: Option<String>,
    /// How many people or things of that office; 0: it is not counted.
    pub count: u32,
    /// Day of its last delivery; none: never, or this office.
    pub as_of: Option<String>,
    /// It may be done and not delivered: nothing has come from there since the matter could be done.
    pub unknown: bool,
}

/// An office of which nothing, or nothing new, is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AbsentUnit {
    /// Its id; none: never joined.
    pub office: Option<String>,
    /// Its name.
    pub name: String,
    /// `never_joined`, `never_synced`, `not_synced` (nothing for a week or more).
    pub state: String,
    /// Day of its last delivery.
    pub as_of: Option<String>,
}

/// `desk.urge` (催办文字): about what is late, of one office or of all. With none of the fields: everything that is late.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct UrgeInput {
    /// Only to this office.
    pub office: Option<String>,
    /// About what was sent down together, by the id that `dispatch.send` answered.
    pub batch: Option<String>,
    /// About one entry of the calendar, by its key, on this day.
    pub entry: Option<String>,
    /// Day of the entry.
    pub day: Option<String>,
    /// About months of a ledger that have nothing: `meetings`, `dues`, `visits`, `checklists`.
    pub ledger: Option<String>,
    /// Its year; none: the current one.
    pub year: Option<i16>,
    /// Only this month.
    pub month: Option<u8>,
}

/// Polite texts, one for each office, in tree order.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Urge {
    /// One for each office.
    pub rows: Vec<UrgeText>,
    /// All of them, one below the other.
    pub all: String,
}

/// The text for one office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UrgeText {
    /// The office.
    pub office: String,
    /// Its name.
    pub name: String,
    /// What it is asked for, in Chinese: it is read in a branch.
    pub text: String,
}
