//! 历史: who wrote what into a record.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `record.history`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryInput {
    /// The record's id.
    pub id: String,
    /// Its book: an id, or a kind with or without a year (`up/visits/2026`). None: any book that holds it.
    #[serde(default)]
    pub book: Option<String>,
}

/// Everything written into a record that this office may read.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecordHistory {
    /// The record's id.
    pub record: String,
    /// Its type, such as `visit`.
    pub record_type: String,
    /// Its date and what it is called; nothing of what is sealed.
    pub title: String,
    /// Book id.
    pub book: String,
    /// `up/visits`, …
    pub kind: String,
    /// Period; none: evergreen.
    pub year: Option<i16>,
    /// Name of the office whose devices write the book.
    pub office: String,
    /// Fields in the order in which they were first written.
    pub fields: Vec<HistoryField>,
    /// Values left out because there are too many: the oldest of those that stand no more.
    pub omitted: u32,
    /// Every value is signed by a device that may write the book.
    pub sound: bool,
    /// 代录: `none`, `marked`, `false` (marked by a device that keeps nothing in custody) or `missing` (made by a custodian
    /// and not marked).
    pub custody: String,
    /// 誊录自: the record was carried over from an earlier generation of the book.
    pub copied: Option<CopiedFrom>,
}

/// Where a record was before its book went on as a new generation.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CopiedFrom {
    /// Device that wrote it first; none: not known.
    pub device: Option<String>,
    /// Its holder by certificate.
    pub holder: Option<String>,
    /// It is this device.
    pub here: bool,
    /// Day on which it was written; empty: not known.
    pub on: String,
    /// Fields whose text was taken out.
    pub without: Vec<String>,
}

/// One field with all its values, the newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryField {
    /// `place`, `mark/<member>`, …
    pub field: String,
    /// Whom the field is about, where it names a member.
    pub subject: Option<String>,
    /// Its values.
    pub values: Vec<HistoryValue>,
}

/// One value.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryValue {
    /// As text; a member's name in place of its id. None: the field was emptied, or the value is sealed.
    pub value: Option<String>,
    /// Stands sealed in the book.
    pub sealed: bool,
    /// What a sealed value holds, where its key is on this device.
    pub opened: Vec<OpenedPart>,
    /// Holder by the device's certificate.
    pub holder: Option<String>,
    /// Device that signed; none when no signature holds.
    pub device: Option<String>,
    /// It is this device.
    pub here: bool,
    /// Role of that device in the office that writes the book; 代管 counts as `custodian`, whatever else it is.
    pub role: Option<String>,
    /// Who a person said to be (profile), as declared.
    pub profile: Option<String>,
    /// What this person did here with the change, for `undo.preview`; none: it was done elsewhere, or by somebody else.
    #[ts(type = "number | null")]
    pub action: Option<i64>,
    /// Day of the change, as its device had it.
    pub on: Option<String>,
    /// `stands`, `conflict`, `merged`, `replaced`, or `reopened`: a choice was taken back.
    pub standing: String,
    /// `sound`, `unattested`, `broken`, `unknown_device`, `after_removal` or `not_authorised`.
    pub check: String,
}

/// A part of an opened value.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenedPart {
    /// `private_note`, …
    pub name: String,
    /// Its text.
    pub value: String,
}
