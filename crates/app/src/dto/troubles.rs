//! Changes that were refused, or cannot be read in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Changes of one device to one book that have no effect for one reason.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TroubleRow {
    /// Book id.
    pub book: String,
    /// `up/visits`, …
    pub kind: String,
    /// Period; none: evergreen.
    pub year: Option<i16>,
    /// Name of the office that writes the book.
    pub office: String,
    /// That office's id.
    pub office_id: String,
    /// Device that signed; none when nothing signed came with it.
    pub device: Option<String>,
    /// Holder by its certificate.
    pub holder: Option<String>,
    /// First day of these changes, as their device had it.
    pub first_on: Option<String>,
    /// Last day.
    pub last_on: Option<String>,
    /// `after_removal` (kept aside), `after_removal_kept` (in its place: others built on it, or it is in `own/` books),
    /// `held`, `not_authorised`, `not_bound`, `attestation`, `equivocation`, `chain`, `start_op`, `quota`, `actor` or
    /// `malformed`.
    pub reason: String,
    /// `adopt` (here), `adopt_by_keeper`, `certify`, `update`, `resend` or `report`.
    pub remedy: String,
    /// It may also be discarded here.
    pub may_discard: bool,
    /// How many changes.
    pub count: u32,
}

/// What judging again and reading in again did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RetryOutcome {
    /// Changes tried again.
    pub tried: u32,
    /// Refused ones that were accepted now.
    pub accepted: u32,
    /// Changes that are in the lists now.
    pub read_in: u32,
    /// Changes that still have no effect.
    pub left: u32,
}
