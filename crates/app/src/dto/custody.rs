//! 代管与交回: a village's books go to its own computer in one file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::snapshot::FileOutput;

/// `custody.hand_back`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandBackInput {
    /// The village.
    pub office: String,
}

/// What goes to the village.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandBack {
    /// The file: its certificate, its books and their keys.
    pub file: FileOutput,
    /// Opens it. It is shown once and kept nowhere.
    pub code: String,
    /// Name of the village.
    pub name: String,
    /// Books in the file.
    pub books: u32,
    /// Changes in the file.
    pub changes: u32,
    /// Bytes of the file.
    pub bytes: u32,
}

/// A village that was or is kept in custody on this machine.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CustodyRow {
    /// The village.
    pub office: String,
    /// Its name.
    pub name: String,
    /// `kept`; `handed`: the file was made, nobody is known to have taken it over; `taken`: its own computer keeps the books,
    /// and what only the village may have is gone from here.
    pub state: String,
    /// Since when it stands so, ISO; of one that is kept still none.
    pub on: Option<String>,
    /// Day of this machine's last backup, ISO: its backups hold what it had until then.
    pub backup_on: Option<String>,
}

/// `custody.take_over`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TakeOverInput {
    /// The file.
    pub base64: String,
    /// Its code.
    pub code: String,
    /// Who works on this computer, to be seen above.
    #[serde(default)]
    pub holder: String,
}

/// The village is kept here now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TakenOver {
    /// The village.
    pub office: String,
    /// Its name.
    pub name: String,
    /// Who kept its books until now.
    pub from: String,
    /// Day on which the file was made.
    pub made_on: String,
    /// Changes that came.
    pub changes: u32,
}
