//! 汇总: preview, making, pulling, verifying.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A figure of a snapshot.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SnapshotRow {
    /// Metric code such as `visits`, `meetings_held`.
    pub metric: String,
    /// 指标
    pub name: String,
    /// `2026-03`; none: the whole period.
    pub month: Option<String>,
    /// None: 隐去.
    #[ts(type = "number | null")]
    pub numerator: Option<i64>,
    /// None: hidden, or the metric is a count.
    #[ts(type = "number | null")]
    pub denominator: Option<i64>,
    /// 来源村数
    pub sources: u32,
    /// Numerator of the previous snapshot.
    #[ts(type = "number | null")]
    pub previous: Option<i64>,
    /// 口径
    pub definition: String,
}

/// A branch in a snapshot, or missing from it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SnapshotInput {
    /// Office id.
    pub office: Option<String>,
    /// Name.
    pub name: String,
    /// None: included. Else `never_joined` or `never_synced`, `stale`.
    pub cause: Option<String>,
    /// As-of date of its fact sheet.
    pub as_of: Option<String>,
    /// Digest of the heads the sheet was made from.
    pub heads: Option<String>,
}

/// `snapshot.preview`, `snapshot.make`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct SnapshotPreviewInput {
    /// Year; none: the current one.
    pub year: Option<i16>,
}

/// A snapshot: previewed (not signed), made, or pulled.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SnapshotView {
    /// Digest; none in a preview.
    pub id: Option<String>,
    /// Office that signs.
    pub office: String,
    /// Its name.
    pub office_name: String,
    /// Year.
    pub year: i16,
    /// Date.
    pub made_on: String,
    /// Branches in it.
    pub included: u32,
    /// Every branch, present or missing.
    pub inputs: Vec<SnapshotInput>,
    /// Totals.
    pub rows: Vec<SnapshotRow>,
    /// Device that signed.
    pub signed_by: Option<String>,
    /// Codes of faults that stop signing; missing villages are none.
    pub faults: Vec<String>,
    /// Version of the rule data.
    pub rule_version: String,
    /// Members by the rosters held here, each once even on the way between two branches; none elsewhere than at the
    /// committee itself. The sheets of two branches may both count one who moves until both were told.
    pub members_once: Option<u32>,
    /// Concerns of the year that are here, each merged one once; none elsewhere than at the committee itself, or where nothing
    /// is merged.
    pub concerns_once: Option<ConcernsOnce>,
}

/// Concerns handed in below, as the committee counts them, published as counts of a sheet are: none below 5, else to the nearest 5.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConcernsOnce {
    /// Merged ones once.
    pub once: Option<u32>,
    /// As the branches count them.
    pub each: Option<u32>,
}

/// A snapshot on a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SnapshotCard {
    /// Digest.
    pub id: String,
    /// Who signed it.
    pub office_name: String,
    /// Year.
    pub year: i16,
    /// Date.
    pub made_on: String,
    /// Branches in it.
    pub included: u32,
    /// Branches missing.
    pub missing: u32,
    /// It was checked here.
    pub verified: bool,
}

/// `snapshot.verify`: a stored one by id, or a file's bytes.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct VerifyInput {
    /// Digest.
    pub id: Option<String>,
    /// A file.
    pub base64: Option<String>,
}

/// What was checked, each with its result.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VerifyReport {
    /// Everything holds.
    pub ok: bool,
    /// Digest over sorted, fixed-encoded facts.
    pub digest: String,
    /// Tree id it was checked against.
    pub tree: String,
    /// One line each.
    pub checks: Vec<Check>,
}

/// One check.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// `digest`, `committee_signature`, `committee_certificate`, `branch_signature`, `branch_certificate`, `totals`, `missing_listed`.
    pub code: String,
    /// What it is about.
    pub subject: String,
    /// Result.
    pub ok: bool,
}

/// `snapshot.export`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SnapshotExportInput {
    /// Digest.
    pub id: String,
    /// `xlsx`, `csv` (UTF-8 with BOM) or `ybzs` (the signed file).
    pub format: String,
}

/// A file for the user to keep.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FileOutput {
    /// Suggested name.
    pub name: String,
    /// Its bytes.
    pub base64: String,
}
