//! 检查与修复: what does not verify, what helps, and what a repair could not bring back.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `doctor.check`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CheckReport {
    /// Nothing disagrees.
    pub sound: bool,
    /// Books.
    pub books: u32,
    /// Changes, each with its hash, chain and attestation.
    pub changes: u32,
    /// Records compared with a fresh projection.
    pub records: u32,
    /// Attestations verified.
    pub attestations: u32,
    /// Changes accepted that cannot be read in.
    pub held: u32,
    /// What does not agree.
    pub findings: Vec<Finding>,
    /// What earlier repairs put aside.
    pub damaged: Vec<DamagedRow>,
}

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Book id; none: it is about the file or the local log.
    pub book: Option<String>,
    /// `up/visits`, …
    pub kind: Option<String>,
    /// Its year; none: evergreen.
    pub year: Option<i16>,
    /// What: `file`, `page`, `change`, `chain`, `attestation`, `not_authorised`, `heads`, `document`, `record` or `log`.
    pub code: String,
    /// The same in English, naming the change or record.
    pub what: String,
    /// What helps: `restore`, `repair`, `certificate` or `report`.
    pub remedy: String,
}

/// What repairs put aside of one book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DamagedRow {
    /// Book id.
    pub book: String,
    /// `up/visits`, …
    pub kind: Option<String>,
    /// Its year; none: evergreen.
    pub year: Option<i16>,
    /// Rows kept as they were found.
    pub rows: u32,
    /// Changes that were lost and that nobody has brought back yet.
    pub missing: u32,
}

/// `doctor.repair`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct RepairInput {
    /// Book id, or kind and year (`up/visits/2026`). None: every damaged book.
    pub book: Option<String>,
}

/// What a repair did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RepairReport {
    /// The books repaired; empty: nothing was damaged.
    pub books: Vec<RepairedBook>,
    /// A check afterwards found nothing.
    pub sound: bool,
}

/// One book after its repair.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RepairedBook {
    /// Book id.
    pub book: String,
    /// `up/visits`, …
    pub kind: String,
    /// Its year; none: evergreen.
    pub year: Option<i16>,
    /// Changes that verified and stand again.
    pub kept: u32,
    /// Changes that verified and wait for others that are gone.
    pub waiting: u32,
    /// Changes that are gone; those that others have come back with the next sync.
    pub lost: u32,
}
