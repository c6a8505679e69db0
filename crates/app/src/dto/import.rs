//! 导入: read a sheet, map its columns once, preview, commit.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// 党员名册
    Roster,
    /// 党费台账
    Dues,
    /// 三会一课记录
    Meetings,
    /// 走访记录
    Visits,
}

/// A file as chosen by the user.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportFile {
    /// File name, with its ending.
    pub name: String,
    /// Its bytes.
    pub base64: String,
}

/// `import.inspect`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InspectInput {
    /// File name, with its ending.
    pub name: String,
    /// Its bytes.
    pub base64: String,
    /// What sheets hold, by their names, where the user has said so; the others are guessed.
    #[serde(default)]
    pub kinds: std::collections::BTreeMap<String, ImportKind>,
}

/// `import.inspect`: what is in the file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportInspection {
    /// Each sheet with rows.
    pub sheets: Vec<ImportSheet>,
    /// `xlsx`, `xls`, `ods`, `csv-utf8`, `csv-gbk`.
    pub format: String,
}

/// One sheet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportSheet {
    /// Sheet name.
    pub name: String,
    /// What it holds as the user said, else what it seems to hold.
    pub kind: Option<ImportKind>,
    /// First header row, from 1.
    pub header_row: u32,
    /// Header rows: 1 or 2.
    pub header_rows: u32,
    /// Data rows, without totals and blanks; of a form its pages.
    pub rows: u32,
    /// Each row is a page of a form, with labels beside their values.
    pub form: bool,
    /// The year that its name or title speaks of.
    pub year: Option<i16>,
    /// Columns, left to right.
    pub columns: Vec<ImportColumn>,
    /// The mapping was used before for such a sheet.
    pub remembered: bool,
    /// Fields that the kind can take.
    pub fields: Vec<ImportField>,
}

/// One column.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportColumn {
    /// From 0.
    pub index: u32,
    /// `A`, `B`, …
    pub letter: String,
    /// Header, two rows joined by `/`.
    pub title: String,
    /// Field it is mapped to.
    pub field: Option<String>,
    /// First values.
    pub samples: Vec<String>,
}

/// A field of the kind.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportField {
    /// Such as `name`, `birth_month`, `month_03`.
    pub code: String,
    /// Must be mapped.
    pub required: bool,
}

/// The user's choice for one sheet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportMapping {
    /// Sheet name.
    pub sheet: String,
    /// What it holds.
    pub kind: ImportKind,
    /// Year for dates without one.
    #[serde(default)]
    pub year: Option<i16>,
    /// Column index to field.
    pub columns: std::collections::BTreeMap<u32, String>,
}

/// `import.preview` and `import.commit`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportRequest {
    /// The same file.
    pub file: ImportFile,
    /// Sheets to take.
    pub mappings: Vec<ImportMapping>,
    /// Answers to questions, by question id.
    #[serde(default)]
    pub answers: std::collections::BTreeMap<String, String>,
    /// Word under which `import.progress` and `import.cancel` know it, new for each call; none: nobody asks.
    #[serde(default)]
    pub token: Option<String>,
}

/// `import.progress` and `import.cancel`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportToken {
    /// The word of the import's own call.
    pub token: String,
}

/// What an import is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportStage {
    /// The file is read.
    Reading,
    /// Its rows are compared with the books.
    Comparing,
    /// Records are made; nothing is written yet.
    Preparing,
    /// Everything is written, or nothing.
    Writing,
}

/// `import.progress`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportProgress {
    /// It is on its way.
    pub running: bool,
    /// What it is at.
    pub stage: ImportStage,
    /// Steps of the stage that are done.
    pub done: u32,
    /// Steps of the stage; 0 where they are not counted.
    pub total: u32,
}

/// What would happen; nothing is written yet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportPreview {
    /// Records that would be made.
    pub new_rows: u32,
    /// Rows already recorded.
    pub same_rows: u32,
    /// Records that would be completed.
    pub changed_rows: u32,
    /// Errors; they block only their own row.
    pub errors: Vec<ImportIssue>,
    /// Things to know.
    pub warnings: Vec<ImportIssue>,
    /// To be answered first.
    pub questions: Vec<ImportQuestion>,
    /// The first new records, in words.
    pub samples: Vec<String>,
}

/// Something about one cell.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportIssue {
    /// Sheet name.
    pub sheet: String,
    /// From 1, as the sheet shows it.
    pub row: u32,
    /// Column letter and title.
    pub column: String,
    /// Such as `month_out_of_range`.
    pub code: String,
    /// Values for the sentence: what stands there, what to do.
    pub params: std::collections::BTreeMap<String, String>,
}

/// A decision for the user.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportQuestion {
    /// Question id.
    pub id: String,
    /// Sheet name.
    pub sheet: String,
    /// Row.
    pub row: u32,
    /// `which_person`, `same_person`.
    pub code: String,
    /// Values for the sentence.
    pub params: std::collections::BTreeMap<String, String>,
    /// Answers to choose from.
    pub options: Vec<ImportOption>,
}

/// One answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportOption {
    /// Value for `answers`.
    pub value: String,
    /// In words.
    pub label: String,
    /// What kind of answer it is, such as `even`; none where the label names someone.
    #[serde(default)]
    pub code: Option<String>,
    /// Values for the sentence of the code.
    #[serde(default)]
    pub params: std::collections::BTreeMap<String, String>,
}

impl ImportOption {
    /// An answer that names someone, as the sheet and the books do.
    pub(crate) fn naming(value: &str, label: String) -> Self {
        Self { value: value.to_owned(), label, code: None, params: std::collections::BTreeMap::new() }
    }

    /// An answer that is said by its code.
    pub(crate) fn coded(code: &str, value: &str, label: String, params: &[(&str, String)]) -> Self {
        let params = params.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
        Self { value: value.to_owned(), label, code: Some(code.to_owned()), params }
    }

    /// The row is left out.
    pub(crate) fn skip(value: &str) -> Self {
        Self::coded("skip", value, "不导入".to_owned(), &[])
    }
}

/// What was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportResult {
    /// Records made.
    pub new_rows: u32,
    /// Records completed.
    pub changed_rows: u32,
    /// Rows already recorded.
    pub same_rows: u32,
    /// Rows with errors, not written.
    pub skipped_rows: u32,
}
