//! 上级模板: a higher body's own XLSX form, which cells take what, and the form filled in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::import::ImportFile;
use super::sheet::SheetInput;
use super::snapshot::FileOutput;

/// A form that is kept on this machine.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillTemplate {
    /// Its id on this machine.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Kind of the sheet that fills it.
    pub kind: String,
    /// Name of the file.
    pub file: String,
    /// Bytes of the file.
    pub bytes: u32,
    /// The day on which this version came.
    pub added_on: String,
    /// Cells and columns that were pointed at.
    pub places: u32,
}

/// `fill.add`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillAddInput {
    /// What people call it.
    pub name: String,
    /// Kind of the sheet that fills it.
    pub kind: String,
    /// The form.
    pub file: ImportFile,
    /// The form whose new version this is: its mapping is carried over where the cells are the same.
    #[serde(default)]
    pub replaces: Option<String>,
}

/// `fill.add`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillAdded {
    /// Its id.
    pub id: String,
    /// Places that were carried over.
    pub carried: u32,
    /// Places that were not, with the reason.
    pub lost: Vec<FillNote>,
}

/// One place of a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillPlace {
    /// What goes there: `title`, `office`, `made_on`, `heading`, `notes`, `copy`, `fact/KEY`, `column/TABLE/KEY`,
    /// `total/TABLE/KEY`.
    pub key: String,
    /// Name of the sheet.
    pub sheet: String,
    /// The cell, such as `B3`; of a column the first.
    pub cell: String,
    /// Of a column: the last row that takes a row of the table. None: as far as the form has room.
    #[serde(default)]
    pub last_row: Option<u32>,
}

/// `fill.map`: all places of a form.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillMapInput {
    /// The form.
    pub id: String,
    /// Its places, instead of those before.
    pub places: Vec<FillPlace>,
}

/// `fill.map`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillMapped {
    /// Places as they are kept: first cells of merged ones, with last rows.
    pub places: Vec<FillPlace>,
    /// Things to know: words of the form that would be replaced.
    pub notes: Vec<FillNote>,
}

/// `fill.grid`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillGridInput {
    /// The form.
    pub id: String,
    /// Name of the sheet; none: the first.
    #[serde(default)]
    pub sheet: Option<String>,
}

/// A form as a table to point at.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillGrid {
    /// The form.
    pub template: FillTemplate,
    /// Names of its sheets.
    pub sheets: Vec<String>,
    /// The sheet shown.
    pub sheet: String,
    /// Rows shown.
    pub rows: u32,
    /// Widths of the columns shown, in characters.
    pub widths: Vec<f64>,
    /// Rows and columns of the sheet that are hidden are not shown: their numbers.
    pub hidden_rows: Vec<u32>,
    /// The same of columns, from 1.
    pub hidden_columns: Vec<u32>,
    /// 打印区域, where one is set.
    pub print_area: Option<String>,
    /// The sheet goes on beyond what is shown.
    pub cut: bool,
    /// Cells with something in them, and merged ones.
    pub cells: Vec<FillCell>,
    /// What was pointed at, in all sheets.
    pub places: Vec<FillPlace>,
    /// What the sheet that fills it can give.
    pub fields: Vec<FillField>,
    /// What labels of the form propose, for a person to confirm.
    pub suggestions: Vec<FillPlace>,
}

/// A cell of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillCell {
    /// From 1.
    pub row: u32,
    /// From 1.
    pub column: u32,
    /// What stands there; of a formula itself, with `=`.
    pub text: String,
    /// A formula fills it: nothing can go there.
    pub formula: bool,
    /// Rows that it covers.
    pub rows: u32,
    /// Columns that it covers.
    pub columns: u32,
}

/// Something that a sheet gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillField {
    /// The key of [`FillPlace::key`].
    pub key: String,
    /// 栏目; empty where the key is one of all sheets, which the screen names.
    pub label: String,
    /// `head`, `fact`, `column`, `total`.
    pub group: String,
    /// Heading of the table; empty where it has none.
    pub table: String,
    /// The first value there is.
    pub sample: String,
}

/// Something to know about a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillNote {
    /// Such as `cell_has_text`.
    pub code: String,
    /// What goes there.
    pub key: String,
    /// Name of the sheet.
    pub sheet: String,
    /// The cell.
    pub cell: String,
}

/// `fill.preview` and `fill.make`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillMakeInput {
    /// The form.
    pub id: String,
    /// What of the books; the kind is the form's own.
    pub sheet: SheetInput,
    /// Several workbooks in one `.zip`.
    #[serde(default)]
    pub packed: bool,
    /// Which workbook is looked over, from 0.
    #[serde(default)]
    pub look: u32,
}

/// What filling would make.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillPreview {
    /// Names of the workbooks.
    pub files: Vec<String>,
    /// Parts of the sheet, each a workbook or several.
    pub parts: Vec<FillPart>,
    /// Rows of tables that need further workbooks, since the form has room for fewer.
    pub tables: Vec<FillRoom>,
    /// Values of the workbook that is looked over.
    pub values: Vec<FillValue>,
    /// Things to know.
    pub notes: Vec<FillNote>,
}

/// A part of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillPart {
    /// The record it is made of, where it is made of one: it can be filled alone.
    pub record: Option<String>,
    /// Its heading.
    pub heading: String,
}

/// Rows of a table beside the room that the form has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillRoom {
    /// The table.
    pub table: String,
    /// Its heading.
    pub heading: String,
    /// Rows of the part that has the most.
    pub rows: u32,
    /// Rows that the form has room for.
    pub room: u32,
}

/// A value in its cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillValue {
    /// Name of the sheet.
    pub sheet: String,
    /// The cell.
    pub cell: String,
    /// The value in words; empty: the cell is emptied.
    pub text: String,
}

/// `fill.make`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FillOutput {
    /// The workbooks, or the package that holds them.
    pub files: Vec<FileOutput>,
    /// Workbooks, packed or not.
    pub workbooks: u32,
}
