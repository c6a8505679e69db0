//! 本机日志: what was done on this computer, in a chain of hashes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `log.list`: lines from the newest back.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct LogInput {
    /// First line, from 0.
    pub offset: u32,
    /// Lines at most; 0 means 50.
    pub limit: u32,
}

/// A part of the log.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogPage {
    /// Lines of the whole log.
    #[ts(type = "number")]
    pub total: u64,
    /// The lines asked for.
    pub rows: Vec<LogRow>,
}

/// One line.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogRow {
    /// From 1.
    #[ts(type = "number")]
    pub seq: u64,
    /// Day, as this computer had it.
    pub on: String,
    /// What, as a stable word.
    pub code: String,
    /// Particulars; ids and numbers, never a private word.
    pub params: BTreeMap<String, String>,
    /// Name of the profile it names, if that is still here.
    pub profile: Option<String>,
}

/// `log.verify`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct LogVerifyInput {
    /// Heads that others read out of this computer's receipts (`log.anchors` there): each must be a line of this log.
    pub anchors: Vec<String>,
}

/// Whether the chain holds.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogReport {
    /// Nothing is altered, and nothing is missing that an anchor knows.
    pub sound: bool,
    /// Lines.
    #[ts(type = "number")]
    pub lines: u64,
    /// Number of the first line that is altered or missing.
    #[ts(type = "number | null")]
    pub broken: Option<u64>,
    /// Hash of the last line.
    pub head: Option<String>,
    /// Number of the line that the last receipt signed here names.
    #[ts(type = "number | null")]
    pub anchored: Option<u64>,
    /// Anchors given that no line has.
    pub missing: Vec<String>,
    /// Of a file: the device that signed it.
    pub device: Option<String>,
}

/// `log.anchors`: the last line of another computer's log that a receipt kept here names.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogAnchorRow {
    /// Whose log.
    pub device: String,
    /// Name of the office that signed the receipt.
    pub office: String,
    /// Day of the receipt.
    pub on: String,
    /// Hash of the line, 64 hexadecimal digits.
    pub head: String,
}
