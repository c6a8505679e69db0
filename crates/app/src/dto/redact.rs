//! 撤除已上报文字.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `record.redact_preview`, `record.redact`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct RedactInput {
    /// Record id.
    pub record: String,
    /// Its book: an id, or a kind with or without a year (`up/visits/2026`). None: the one that holds it.
    pub book: Option<String>,
    /// Fields to take out.
    pub fields: Vec<String>,
}

/// What may be taken out of a record.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RedactPreview {
    /// Record id.
    pub record: String,
    /// Book id.
    pub book: String,
    /// Its free texts.
    pub fields: Vec<RedactField>,
    /// Who has them; none: not joined.
    pub superior: Option<String>,
    /// This device may order it.
    pub keeper: bool,
    /// Records of the book with concurrent values; they must be settled first.
    pub conflicts: u32,
}

/// A free text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RedactField {
    /// Field.
    pub field: String,
    /// The text as it stands.
    pub text: String,
}

/// `record.redact`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Redacted {
    /// Id of the book in the old one's place.
    pub book: String,
    /// ISO date.
    pub on: String,
}
