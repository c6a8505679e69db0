//! A workbook as plain cells, whatever file it came from.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

/// The format that a file turned out to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Excel since 2007.
    Xlsx,
    /// Excel 97–2003 and WPS `.et`.
    Xls,
    /// OpenDocument.
    Ods,
    /// Comma- or tab-separated text in UTF-8.
    CsvUtf8,
    /// Comma- or tab-separated text in GBK or GB 18030.
    CsvGbk,
}

impl Format {
    /// The word of [`crate::dto::import::ImportInspection::format`].
    #[must_use]
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::CsvUtf8 => "csv-utf8",
            Self::CsvGbk => "csv-gbk",
        }
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Cell {
    /// Nothing, or spaces.
    #[default]
    Empty,
    /// Text as typed.
    Text(String),
    /// A number that is not formatted as a date.
    Number(f64),
    /// A number formatted as a date.
    Moment(DateTime),
    /// TRUE or FALSE.
    Bool(bool),
    /// A formula that failed, such as `#REF!`.
    Fault(String),
}

impl Cell {
    /// A text cell; blank text is empty.
    #[must_use]
    pub(crate) fn of_text(text: &str) -> Self {
        if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}') {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }

    /// Whether nothing stands in the cell.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// What the cell shows, trimmed.
    #[must_use]
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.trim().to_owned(),
            Self::Number(number) => format!("{number}"),
            Self::Moment(moment) if moment.time() == jiff::civil::Time::midnight() => moment.date().to_string(),
            Self::Moment(moment) => moment.strftime("%Y-%m-%d %H:%M").to_string(),
            Self::Bool(true) => "TRUE".to_owned(),
            Self::Bool(false) => "FALSE".to_owned(),
            Self::Fault(word) => word.clone(),
        }
    }
}

/// Merged cells, all four bounds included, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merge {
    /// First row.
    pub top: usize,
    /// First column.
    pub left: usize,
    /// Last row.
    pub bottom: usize,
    /// Last column.
    pub right: usize,
}

/// One sheet. Row and column 0 are the sheet's first, blank or not, so that places shown match the sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sheet {
    /// Sheet name; for CSV the file name without its ending.
    pub name: String,
    /// Rows of cells; rows may differ in length.
    pub cells: Vec<Vec<Cell>>,
    /// Merged cells, where the format tells them.
    pub merges: Vec<Merge>,
    /// For each covered cell of a merge, the merge.
    covered: BTreeMap<(usize, usize), Merge>,
}

static EMPTY: Cell = Cell::Empty;

impl Sheet {
    /// A sheet of cells with its merges.
    #[must_use]
    pub(crate) fn new(name: &str, cells: Vec<Vec<Cell>>, merges: Vec<Merge>) -> Self {
        let last_row = cells.len().saturating_sub(1);
        let last_column = cells.iter().map(Vec::len).max().unwrap_or(0).saturating_sub(1);
        let mut covered = BTreeMap::new();
        let mut budget = super::limits::MERGED_CELLS;
        for merge in &merges {
            let merge = Merge { bottom: merge.bottom.min(last_row), right: merge.right.min(last_column), ..*merge };
            if merge.top > merge.bottom || merge.left > merge.right {
                continue;
            }
            let area = (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1);
            if area > budget {
                continue;
            }
            budget -= area;
            for row in merge.top..=merge.bottom {
                for column in merge.left..=merge.right {
                    covered.insert((row, column), merge);
                }
            }
        }
        Self { name: name.to_owned(), cells, merges, covered }
    }

    /// The cell itself; outside the sheet an empty one.
    #[must_use]
    pub(crate) fn cell(&self, row: usize, column: usize) -> &Cell {
        self.cells.get(row).and_then(|cells| cells.get(column)).unwrap_or(&EMPTY)
    }

    /// The cell, or for a covered cell of a merge the merge's first one.
    #[must_use]
    pub(crate) fn merged_cell(&self, row: usize, column: usize) -> &Cell {
        match self.covered.get(&(row, column)) {
            Some(merge) => self.cell(merge.top, merge.left),
            None => self.cell(row, column),
        }
    }

    /// The merge that the cell belongs to.
    #[must_use]
    pub(crate) fn merge_at(&self, row: usize, column: usize) -> Option<Merge> {
        self.covered.get(&(row, column)).copied()
    }

    /// Columns of the widest row.
    #[must_use]
    pub(crate) fn width(&self) -> usize {
        self.cells.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// A whole file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Workbook {
    /// What the file turned out to be.
    pub format: Format,
    /// Sheets with at least one filled cell.
    pub sheets: Vec<Sheet>,
}

/// The letters of a column: 0 is `A`, 26 is `AA`.
#[must_use]
pub(crate) fn letter(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
