//! 撤销: what was done here, and taking it back.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `undo.list`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UndoListInput {
    /// Most actions; 0: twenty.
    #[serde(default)]
    pub limit: u32,
}

/// What a person did on this computer with one press of a button.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActionRow {
    /// Its number; later ones are higher.
    #[ts(type = "number")]
    pub id: i64,
    /// Day, ISO.
    pub on: String,
    /// The call, such as `visit.save`.
    pub call: String,
    /// Type of the record that it is first about; empty: that is not here any more.
    pub record_type: String,
    /// That record.
    pub record: String,
    /// Its date and what it is called; nothing of what is sealed.
    pub title: String,
    /// Records that it touched.
    pub records: u32,
    /// The action that it took back.
    #[ts(type = "number | null")]
    pub undoes: Option<i64>,
    /// It was taken back, and that stands.
    pub undone: bool,
}

/// `undo.list`: what this person did here, the newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Actions {
    /// Actions.
    pub rows: Vec<ActionRow>,
    /// What 撤销 takes back next; none: nothing is left.
    #[ts(type = "number | null")]
    pub next_undo: Option<i64>,
    /// What 重做 brings back next: the undoing that is taken back.
    #[ts(type = "number | null")]
    pub next_redo: Option<i64>,
}

/// `undo.preview`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UndoInput {
    /// The action.
    #[ts(type = "number")]
    pub id: i64,
}

/// A field that goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UndoField {
    /// Its name, such as `place` or `mark/<member>`.
    pub field: String,
    /// Whom it is about, where it names a member.
    pub subject: Option<String>,
    /// What comes back; none: the field is emptied. Several: they were in conflict.
    pub was: Vec<String>,
    /// What stands there now.
    pub now: Vec<String>,
    /// `free`, `merged` (a text that was written on: only what the action did is taken out) or `changed`: somebody wrote into it
    /// since, and the person chooses.
    pub standing: String,
    /// The values are sealed and do not open here.
    pub sealed: bool,
}

/// A record that is concerned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UndoRecord {
    /// The record.
    pub record: String,
    /// Its type.
    pub record_type: String,
    /// Its date and what it is called.
    pub title: String,
    /// `fields`, `delete`: the action made it, and it is marked as deleted; `keep`: the action made it, and others name it.
    pub what: String,
    /// Fields that go back; none otherwise.
    pub fields: Vec<UndoField>,
}

/// Why an action is not undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UndoRefusal {
    /// An error's code: what is append-only and what to do instead (`undo_payment`, …), `undo_gone`, `deleted_referenced`, …
    pub code: String,
    /// Type of the record that stops it; empty: none.
    pub record_type: String,
    /// Its date and what it is called.
    pub title: String,
}

/// What undoing would do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UndoPreview {
    /// The action.
    pub action: ActionRow,
    /// Records.
    pub records: Vec<UndoRecord>,
    /// Why it cannot be; empty: it can.
    pub refused: Vec<UndoRefusal>,
    /// Names all of this, so that what is done is what was looked at.
    pub seen: String,
}

/// A field on which a person decided.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UndoChoice {
    /// The record.
    pub record: String,
    /// Its field.
    pub field: String,
    /// It goes back; false: what stands now stays.
    pub back: bool,
}

/// `undo.apply`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UndoApplyInput {
    /// The action.
    #[ts(type = "number")]
    pub id: i64,
    /// A choice for each field that was changed since.
    #[serde(default)]
    pub choices: Vec<UndoChoice>,
    /// What was looked at, as the preview named it; none: whatever stands now, as long as nothing has to be chosen.
    #[serde(default)]
    pub seen: Option<String>,
}

/// What was undone.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Undone {
    /// The undoing itself, which can be taken back; none: nothing was to do.
    #[ts(type = "number | null")]
    pub id: Option<i64>,
}
