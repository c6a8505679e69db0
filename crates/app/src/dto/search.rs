//! 搜索: what was typed, and where it was found.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `search`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct SearchInput {
    /// As typed: characters, pinyin, initials, a date, an amount in yuan.
    pub text: String,
    /// Most records; 0 means 20.
    pub limit: u32,
}

/// A record that was found.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchHit {
    /// The record.
    pub id: String,
    /// Its type, such as `visit`.
    pub rtype: String,
    /// The record to open: itself, or the one that it is about.
    pub target: String,
    /// The type of that one.
    pub target_type: String,
    /// Its office.
    pub office: String,
    /// Name of the office; empty when it is this one.
    pub office_name: String,
    /// Date of the event; empty when it has none.
    pub date: String,
    /// What it is called, or its text from the first word found on.
    pub title: String,
    /// Kinds, joined by `,`.
    pub kind: String,
    /// Fen; 0: none.
    #[ts(type = "number")]
    pub amount: i64,
    /// It never leaves this office (🔒).
    pub private: bool,
}
