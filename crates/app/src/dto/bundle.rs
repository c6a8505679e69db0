//! 同步 without a network: deliveries as files.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::snapshot::FileOutput;

/// How an addressee stands to this office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BundleRelation {
    /// Above it.
    Superior,
    /// Below it.
    Subordinate,
    /// Another device of this office.
    Colleague,
}

/// `bundle.list_targets`: whom a file can be made for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BundleTarget {
    /// Office id; of a colleague the device id.
    pub id: String,
    /// Name of the office.
    pub name: String,
    /// How it stands to this office.
    pub relation: BundleRelation,
    /// Devices that will be able to open the file.
    pub devices: u32,
    /// Holder of a colleague's device.
    pub holder: Option<String>,
}

/// `bundle.export`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BundleExportInput {
    /// Id of a target, or a name that only one target has.
    pub to: String,
    /// Everything again, also what was receipted.
    #[serde(default)]
    pub whole: bool,
}

/// A file to carry to an office.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BundleExport {
    /// The file.
    pub file: FileOutput,
    /// Name of the office it is for.
    pub to: String,
    /// Devices that can open it.
    pub devices: u32,
    /// Books of which changes are in it.
    pub books: u32,
    /// Changes in it.
    pub changes: u32,
    /// A receipt for what the addressee delivered is in it.
    pub receipt: bool,
    /// Its size.
    pub bytes: u32,
}

/// `bundle.import`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BundleImportInput {
    /// The file's bytes.
    pub base64: String,
}

/// What a file brought.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BundleImport {
    /// Name of the office it is from.
    pub from: String,
    /// Its id.
    pub from_id: String,
    /// Date on which it was made, by its maker.
    pub on: String,
    /// Changes that were new.
    pub accepted: u32,
    /// Changes refused, kept aside.
    pub refused: u32,
    /// Books of which earlier changes are missing: an earlier file was not read in here.
    pub waiting: u32,
    /// It held a receipt for what this office delivered.
    pub receipt: bool,
    /// A file in return carries the receipt for what this one delivered.
    pub answer: bool,
}
