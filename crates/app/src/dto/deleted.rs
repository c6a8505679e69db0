//! 已删除: records marked as deleted, and restoring them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `record.delete_preview`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeletePreview {
    /// The record.
    pub record: DeletePart,
    /// What goes along.
    pub along: Vec<DeletePart>,
    /// What names the record and stops it.
    pub stops: Vec<DeletePart>,
    /// Why it cannot be deleted; empty: it can. Codes of errors.
    pub refused: String,
    /// Parameters of that.
    pub period: String,
}

/// A record that is concerned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeletePart {
    /// The record.
    pub record: String,
    /// Its type.
    pub record_type: String,
    /// Its date and what it is called; nothing of what is sealed.
    pub title: String,
    /// It stands in a book that never leaves the office.
    pub own: bool,
}

/// `deleted.list`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeletedListInput {
    /// Books of this year and books of all years; none: all.
    #[serde(default)]
    pub year: Option<i16>,
    /// Text that the record contains.
    #[serde(default)]
    pub text: Option<String>,
    /// Rows to leave out.
    #[serde(default)]
    pub offset: u32,
    /// Most rows; 0: fifty.
    #[serde(default)]
    pub limit: u32,
}

/// A record that was deleted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeletedRow {
    /// The record.
    pub id: String,
    /// Its type.
    pub record_type: String,
    /// `up/visits`, …
    pub kind: String,
    /// Its date and what it is called; nothing of what is sealed.
    pub title: String,
    /// Who deleted it, by the device's holder.
    pub by: String,
    /// Day on which that was, as that device had it.
    pub on: String,
    /// `deleted`: marked as deleted. `dropped`: kept in its list as given up or void.
    pub how: String,
    /// Records that went along.
    pub along: u32,
}
