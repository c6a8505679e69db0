//! 删除住户 and 撤除已上报文字: what is forgotten, where, and what cannot be reached.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `household.erase_preview`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ErasePreview {
    /// Record id.
    pub id: String,
    /// 户主
    pub name: String,
    /// 门牌
    pub door: String,
    /// Visits that no longer say to whom they were.
    pub visits: u32,
    /// Concerns and private notes that become unreadable.
    pub kept: u32,
    /// Pairings, aid, entries on the list of whom to visit and talks that become unreadable.
    pub others: u32,
    /// Drafts on this machine that name the household; they are thrown away.
    pub drafts: u32,
    /// The office's other devices with private books: they erase as soon as they sync.
    pub devices: Vec<String>,
    /// Who has the texts below; none: not joined.
    pub superior: Option<String>,
    /// Texts at the superior that name the household: erasing does not touch them, redacting does.
    pub upward: Vec<UpwardText>,
}

/// A text that reached the superior.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpwardText {
    /// Record id.
    pub record: String,
    /// Book id.
    pub book: String,
    /// `visit`, `concern`, …
    pub record_type: String,
    /// Its field.
    pub field: String,
    /// Date of the record.
    pub date: String,
    /// The text.
    pub text: String,
}

/// `household.erase`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Erased {
    /// ISO date.
    pub on: String,
}
