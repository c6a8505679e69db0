//! Joining without a network: requests and certificates as files.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::snapshot::FileOutput;
use super::sync::PendingJoin;

/// `request.make`: a request to carry to the inviting office.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RequestFile {
    /// The file.
    pub file: FileOutput,
    /// The fifteen digits, in three groups, to read out over the phone.
    pub code: String,
    /// Name of the inviting office.
    pub superior: String,
}

/// `request.open`, `request.take`: a file that was brought.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PaperInput {
    /// Its bytes.
    pub base64: String,
}

/// `request.open`: what the inviting office finds in a request.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RequestView {
    /// It waits for a person, who compares the digits.
    pub pending: Option<PendingJoin>,
    /// It was granted before, or by an invitation that asks nobody: the certificate.
    pub certificate: Option<FileOutput>,
}
