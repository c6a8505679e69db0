//! The doctor and the offline check of a snapshot: what anyone can verify from what is on disk.

use serde::Serialize;

use crate::ErrorDto;
use crate::cases::snapshot;
use crate::dto::snapshot::VerifyReport;
use crate::error::Answer;
use crate::node::{Node, store_error};

/// What was checked and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DoctorReport {
    /// Nothing disagrees.
    pub sound: bool,
    /// Books.
    pub books: usize,
    /// Changes, each with its hash, chain and attestation.
    pub changes: usize,
    /// Changes accepted that cannot be read in.
    pub held: usize,
    /// Records compared with a fresh projection.
    pub records: usize,
    /// Attestations verified.
    pub attestations: usize,
    /// What does not agree, in words.
    pub problems: Vec<String>,
}

impl Node {
    /// Checks every page, hash, chain, attestation and certificate, the heads and the read model. Blocks.
    ///
    /// # Errors
    /// What kept it from checking; what it found wrong is in the report.
    pub fn doctor(&self) -> Answer<DoctorReport> {
        let found = self.0.store.check().map_err(store_error)?;
        Ok(DoctorReport {
            sound: found.problems.is_empty(),
            books: found.books,
            changes: found.changes,
            held: found.held,
            records: found.records,
            attestations: found.attestations,
            problems: found.problems.iter().map(ToString::to_string).collect(),
        })
    }
}

/// Checks a snapshot file with nothing but the tree id.
///
/// # Errors
/// `invalid_input` for a tree id that is none, `file_unreadable` and `file_too_large` for the file.
pub fn verify_snapshot_offline(bytes: &[u8], tree: &str) -> Answer<VerifyReport> {
    let tree = tree.parse().map_err(|_| ErrorDto::new("invalid_input").at("tree").with("value", tree))?;
    Ok(snapshot::report(&snapshot::read(bytes)?, &tree))
}
