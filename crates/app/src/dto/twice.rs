//! Sessions entered twice, resolutions as checklist items, texts that were put together.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::meeting::SessionRow;
use super::undo::UndoRecord;

/// Two sessions that look like one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TwicePair {
    /// One.
    pub one: SessionRow,
    /// Who entered it, and on which day.
    pub one_by: WrittenBy,
    /// The other.
    pub other: SessionRow,
    /// Who entered it, and on which day.
    pub other_by: WrittenBy,
    /// Why: `day_and_kind`, `topic`, `start`, `place`, `present`.
    pub why: Vec<String>,
    /// What `one` has and `other` has not.
    pub only_one: Vec<OnlyThere>,
    /// What `other` has and `one` has not.
    pub only_other: Vec<OnlyThere>,
}

/// Something that only one of two sessions has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OnlyThere {
    /// `kinds`, `marks`, `beside`, `grades`, `votes`, or a field: `minutes`, `resolution`, `hours`, `talks`, `start`, `place`,
    /// `chair`, `recorder`, `title`, `problems`, `measures`.
    pub what: String,
    /// Of people, kinds and votes how many; of a field 1.
    pub count: u32,
}

/// Who wrote something.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WrittenBy {
    /// Holder or short id of the device; empty: not known.
    pub by: String,
    /// Day; empty: not known.
    pub on: String,
}

/// `meeting.merge`: one stays, the other counts with it and stays readable.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MergeInput {
    /// The session that stays.
    pub keep: String,
    /// The session that is the same one.
    pub merge: String,
    /// What only the other has goes over to the one that stays, in the same action.
    #[serde(default)]
    pub take: bool,
}

/// `meeting.unmerge_preview`: what goes back to where it came from when a merge is taken back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnmergePreview {
    /// Records with the fields that the merge filled. `free` and `merged` ones go back; into `changed` ones somebody wrote since, and
    /// they stay as they are.
    pub records: Vec<UndoRecord>,
    /// Names all of this, so that what is done is what was looked at.
    pub seen: String,
}

/// `meeting.unmerge`: it counts by itself again, and what was taken over goes back where nobody wrote into it since.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnmergeInput {
    /// The session that was merged.
    pub id: String,
    /// What was looked at, as the preview named it; none: whatever stands now.
    #[serde(default)]
    pub seen: Option<String>,
}

/// `meeting.apart`: they are two, or that is taken back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApartInput {
    /// One session.
    pub one: String,
    /// The other.
    pub other: String,
    /// They are two.
    pub apart: bool,
}

/// `meeting.resolve`: checklist items out of a session's resolution, in one change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResolveInput {
    /// The session.
    pub session: String,
    /// At least one.
    pub items: Vec<ResolveItem>,
    /// The user confirmed dates more than a year from today.
    #[serde(default)]
    pub confirm_date: bool,
    /// 确认保留并留痕: lets through texts for above that name a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
}

/// One item.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResolveItem {
    /// 事项
    pub title: String,
    /// 责任人
    pub person: String,
    /// 时限, as typed.
    pub deadline: String,
}

/// A text that several devices edited without knowing of each other.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TextMerge {
    /// Record id.
    pub record: String,
    /// Its type.
    pub record_type: String,
    /// Date and topic.
    pub title: String,
    /// `minutes` or `resolution`.
    pub field: String,
    /// As it reads now, with the words of all.
    pub now: String,
    /// What each wrote.
    pub sides: Vec<TextSide>,
    /// Names these versions, for `conflict.text_seen`.
    pub versions: String,
}

/// What one device made of a text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TextSide {
    /// Holder or short id of the device; empty: not known.
    pub by: String,
    /// It is this device.
    pub here: bool,
    /// Who the person said to be, as declared.
    pub profile: Option<String>,
    /// Day; empty: not known.
    pub on: String,
    /// As in histories: `sound`, `unattested`, …
    pub check: String,
    /// The text compared with what all had before.
    pub parts: Vec<TextPart>,
}

/// A part of a text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TextPart {
    /// `same`, `removed` or `added`.
    pub part: String,
    /// The words.
    pub text: String,
}

/// `conflict.text_seen`: 看过.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TextSeenInput {
    /// Record id.
    pub record: String,
    /// Field.
    pub field: String,
    /// As [`TextMerge`] named them.
    pub versions: String,
}
