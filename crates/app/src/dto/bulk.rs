//! 批量邀请: a street's list of its villages.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::import::ImportFile;
use super::node::OfficeKindDto;
use super::snapshot::FileOutput;

/// `invite.bulk`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkInput {
    /// The list: XLSX, XLS, ODS or CSV with a column of names, and perhaps of kinds and contacts.
    pub file: ImportFile,
    /// Telephone on which the digits are compared; it is printed.
    #[serde(default)]
    pub phone: String,
    /// Only look: nothing is invited.
    #[serde(default)]
    pub dry_run: bool,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BulkState {
    /// It is invited now (after a dry run: it will be).
    Invited,
    /// It has an invitation that is open still.
    Open,
    /// It stands below this office already.
    Joined,
}

/// A village of the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkRow {
    /// Where its name stands, such as `A3`.
    pub cell: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: OfficeKindDto,
    /// What became of it.
    pub state: BulkState,
    /// Last day of its invitation.
    pub expires_on: Option<String>,
    /// Id of the invitation, if it is invited now.
    pub invitation: Option<String>,
}

/// A row that cannot be used.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkFault {
    /// The sheet.
    pub sheet: String,
    /// The cell at fault, such as `B7`.
    pub cell: String,
    /// `name_missing`, `name_too_long`, `name_twice`, `kind_unknown`, `kind_not_below`.
    pub code: String,
    /// What stands there.
    pub text: String,
}

/// Invitations made from a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkOutput {
    /// Villages, in the order of the list.
    pub rows: Vec<BulkRow>,
    /// Rows that were left out.
    pub faults: Vec<BulkFault>,
    /// A ticket and a page for each that is invited now, a page with all of them to print, and an index; none after a dry
    /// run, or when nobody is left to invite.
    pub files: Vec<FileOutput>,
    /// The same in one file.
    pub packed: Option<FileOutput>,
    /// Addresses in the tickets.
    pub addresses: Vec<String>,
}
