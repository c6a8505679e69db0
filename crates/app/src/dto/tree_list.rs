//! A whole tree out of a list: what would be made, what has to be asked, what cannot be used.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::bulk::BulkFault;
use super::import::ImportFile;
use super::snapshot::FileOutput;

/// `org.list_preview`, `org.list_import`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TreeListInput {
    /// XLSX, XLS, ODS or CSV with a column of names, and perhaps of kinds, superiors or levels, region codes, days, units.
    pub file: ImportFile,
    /// Telephone on which the digits are compared; it is printed on invitations.
    #[serde(default)]
    pub phone: String,
    /// Answers to questions, by their ids.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
}

/// A possible answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TreeListChoice {
    /// Said back. `skip` leaves the row out with all below it; kinds and days are codes; superiors are places.
    pub value: String,
    /// Name of a superior; empty where the value is a code.
    pub label: String,
}

/// Something that the list leaves open. Nothing is guessed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TreeListQuestion {
    /// Names it in the answers.
    pub id: String,
    /// The sheet.
    pub sheet: String,
    /// The cell, such as `B7`.
    pub cell: String,
    /// `kind_missing`, `kind_unknown`, `parent_unknown`, `parent_twice`, `level_gap`, `name_twice`, `region_form`, `region_twice`,
    /// `from_missing`, `date_unknown`, `basis_unknown`, `custody_unknown`.
    pub code: String,
    /// The name in the row.
    pub name: String,
    /// What stands in the cell.
    pub text: String,
    /// Possible answers.
    pub choices: Vec<TreeListChoice>,
    /// The answer given.
    pub answer: Option<String>,
}

/// A row that can be used.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TreeListRow {
    /// The sheet.
    pub sheet: String,
    /// Where its name stands.
    pub cell: String,
    /// Its name.
    pub name: String,
    /// Kind of an office or of a body; empty: to be asked.
    pub kind: String,
    /// It is a body within an office.
    pub body: bool,
    /// The kind was read from the name.
    pub kind_from_name: bool,
    /// Name of what stands above it.
    pub above: String,
    /// Steps below this office.
    pub depth: u32,
    /// `self`, `body`, `invite`, `custody`: made here; `there`, `open`: made before; `not_here`: its superior makes it;
    /// `asked`: a question is open; `skipped`: left out.
    pub action: String,
}

/// What a list comes to.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TreeListOutput {
    /// Rows in the order of the list.
    pub rows: Vec<TreeListRow>,
    /// Cells that cannot be used, with what is left out by it.
    pub faults: Vec<BulkFault>,
    /// Questions, answered ones included.
    pub questions: Vec<TreeListQuestion>,
    /// Bodies that are made (after a preview: would be).
    pub bodies: u32,
    /// Villages that are taken into custody.
    pub custody: u32,
    /// Offices that are invited.
    pub invited: u32,
    /// Pages and tickets of the invitations.
    pub files: Vec<FileOutput>,
    /// The same in one file.
    pub packed: Option<FileOutput>,
    /// Addresses in the tickets.
    pub addresses: Vec<String>,
}
