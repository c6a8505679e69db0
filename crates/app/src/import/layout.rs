//! Where the header, the data and the totals of a sheet are, and what its columns hold.

mod data;
mod guess;

use std::collections::{BTreeMap, BTreeSet};

use data::data_rows;
use guess::{guess_fields, guess_kind};

use super::field::Field;
use super::form::{self, Form, Loose, Page};
use super::sheet::{Cell, Sheet, letter};
use super::words;
use crate::dto::import::ImportKind;

/// Rows at the top among which the header is looked for.
const HEADER_WITHIN: usize = 40;
/// Rows of data that are looked at to tell what a column holds.
const LOOKED_AT: usize = 300;

/// One column with a title or with data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// From 0.
    pub index: usize,
    /// Titles of the header rows from above, each once; in a form the label.
    pub parts: Vec<String>,
    /// In a form, where the label's first value stands: row and column, from 0.
    pub at: Option<(usize, usize)>,
}

impl Column {
    /// The titles joined by `/`.
    #[must_use]
    pub(crate) fn title(&self) -> String {
        self.parts.join("/")
    }

    /// Letter and title, as shown with an error.
    #[must_use]
    pub(crate) fn place(&self) -> String {
        let column = self.at.map_or(self.index, |(_, column)| column);
        format!("{} {}", letter(column), self.title()).trim_end().to_owned()
    }

    /// `C`, or in a form the cell of the first value, such as `B3`.
    #[must_use]
    pub(crate) fn letters(&self) -> String {
        self.at.map_or_else(|| letter(self.index), |(row, column)| format!("{}{}", letter(column), row + 1))
    }
}

/// One row of data, or one page of a form.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DataRow {
    /// From 0; of a page the row of its first label.
    pub index: usize,
    /// The divider above it, such as `第一党小组`, or the title of a page; empty without one.
    pub section: String,
    /// The page, in a form.
    pub page: Option<Page>,
}

impl DataRow {
    /// Where the value of a column stands, row and column from 0; `None` for a label that the page does not have.
    #[must_use]
    pub(crate) fn spot(&self, column: usize) -> Option<(usize, usize)> {
        match &self.page {
            None => Some((self.index, column)),
            Some(page) => page.filled.iter().find(|filled| filled.label == column).map(|f| (f.row, f.column)),
        }
    }

    /// The value of a column.
    #[must_use]
    pub(crate) fn cell<'a>(&'a self, sheet: &'a Sheet, column: usize) -> &'a Cell {
        static EMPTY: Cell = Cell::Empty;
        match &self.page {
            None => sheet.cell(self.index, column),
            Some(page) => page.filled.iter().find(|filled| filled.label == column).map_or(&EMPTY, |f| &f.cell),
        }
    }
}

/// What a sheet looks like.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Layout {
    /// First header row, from 0.
    pub header_row: usize,
    /// 1 or 2.
    pub header_rows: usize,
    /// Columns, left to right.
    pub columns: Vec<Column>,
    /// Rows of data, without totals, notes, dividers and blanks.
    pub rows: Vec<DataRow>,
    /// In a form, labels with values that belong to no page.
    pub unused: Vec<Loose>,
    /// Sheet name and title rows.
    pub title: String,
    /// The year that name or title speak of.
    pub year: Option<i16>,
    /// What the sheet seems to hold.
    pub kind: Option<ImportKind>,
    /// Fields that the columns seem to hold, for `kind`.
    pub fields: BTreeMap<usize, Field>,
}

impl Layout {
    /// The column at an index.
    #[must_use]
    pub(crate) fn column(&self, index: usize) -> Option<&Column> {
        self.columns.iter().find(|column| column.index == index)
    }
}

/// Looks at a sheet; `None` when no row could be its header. `kind` overrides the guess.
#[must_use]
pub(crate) fn layout(sheet: &Sheet, kind: Option<ImportKind>) -> Option<Layout> {
    if let Some(form) = form::find(sheet) {
        return Some(layout_of_form(sheet, form, kind));
    }
    let (header_row, header_rows) = find_header(sheet)?;
    let columns = columns(sheet, header_row, header_rows);
    let mut title = sheet.name.clone();
    for row in 0..header_row {
        for cell in sheet.cells.get(row).into_iter().flatten().filter(|cell| !cell.is_empty()) {
            title.push(' ');
            title.push_str(&cell.text());
        }
    }
    let header_text: String = columns.iter().map(Column::title).collect();
    let year = words::year(title.strip_prefix(&sheet.name).unwrap_or(&title))
        .or_else(|| words::year(&sheet.name))
        .or_else(|| words::year(&header_text));
    let rows = data_rows(sheet, header_row + header_rows, &columns);
    let mut layout = Layout {
        header_row,
        header_rows,
        columns,
        rows,
        unused: Vec::new(),
        title,
        year,
        kind: None,
        fields: BTreeMap::new(),
    };
    layout.kind = kind.or_else(|| guess_kind(sheet, &layout));
    if let Some(kind) = layout.kind {
        layout.fields = guess_fields(sheet, &layout, kind);
    }
    Some(layout)
}

/// The labels of a form as columns, its pages as rows.
fn layout_of_form(sheet: &Sheet, form: Form, kind: Option<ImportKind>) -> Layout {
    let filled = || form.pages.iter().flat_map(|page| &page.filled);
    let columns = form.labels.iter().enumerate().map(|(index, label)| {
        let at = filled().find(|filled| filled.label == index).map(|filled| (filled.row, filled.column));
        Column { index, parts: vec![clean(label)], at }
    });
    let columns: Vec<Column> = columns.collect();
    let first = form.pages.first().map_or("", |page| page.title.as_str());
    let cover: String = form.cover.iter().map(|loose| format!("{} ", loose.text)).collect();
    let title = format!("{} {cover}{first}", sheet.name);
    // Where the pages' titles speak of several years, a page without one may be of any.
    let years: BTreeSet<i16> = form.pages.iter().filter_map(|page| words::year(&page.title)).collect();
    let year = match years.len() {
        0 => words::year(&cover).or_else(|| words::year(&sheet.name)),
        1 => years.first().copied(),
        _ => None,
    };
    let header_row = form.pages.first().map_or(0, |page| page.row);
    let row = |page: Page| DataRow { index: page.row, section: page.title.clone(), page: Some(page) };
    let rows = form.pages.into_iter().map(row).collect();
    let unused = form.unused;
    let mut layout =
        Layout { header_row, header_rows: 1, columns, rows, unused, title, year, kind: None, fields: BTreeMap::new() };
    layout.kind = kind.or_else(|| guess_kind(sheet, &layout));
    if let Some(kind) = layout.kind {
        layout.fields = guess_fields(sheet, &layout, kind);
    }
    layout
}

/// Filled cells of a row, each merge once.
fn distinct(sheet: &Sheet, row: usize) -> BTreeSet<String> {
    (0..sheet.width())
        .map(|column| words::normal(&sheet.merged_cell(row, column).text()))
        .filter(|text| !text.is_empty())
        .collect()
}

fn score(sheet: &Sheet, row: usize) -> usize {
    distinct(sheet, row).iter().filter(|text| words::is_title_word(text)).count()
}

fn find_header(sheet: &Sheet) -> Option<(usize, usize)> {
    let within = sheet.cells.len().min(HEADER_WITHIN);
    let mut best: Option<(usize, usize, usize)> = None;
    for row in 0..within {
        if distinct(sheet, row).len() < 2 {
            continue;
        }
        let (rows, score) = if is_two_rows(sheet, row) {
            (2, score(sheet, row) + score(sheet, row + 1))
        } else {
            (1, score(sheet, row))
        };
        if score > 0 && best.is_none_or(|(_, _, most)| score > most) {
            best = Some((row, rows, score));
        }
    }
    if let Some((row, rows, _)) = best {
        return Some((row, rows));
    }
    // No word is known: the first row with several different texts and no numbers.
    (0..within)
        .find(|row| {
            distinct(sheet, *row).len() >= 2
                && sheet.cells.get(*row).into_iter().flatten().all(|cell| matches!(cell, Cell::Text(_) | Cell::Empty))
        })
        .map(|row| (row, 1))
}

/// Whether the header goes on in the next row: cells are merged over both, or a group of columns has titles below.
fn is_two_rows(sheet: &Sheet, row: usize) -> bool {
    let below = row + 1;
    if below >= sheet.cells.len() {
        return false;
    }
    let width = sheet.width();
    let mut vertical = false;
    let mut grouped = false;
    for column in 0..width {
        match sheet.merge_at(row, column) {
            Some(merge) if merge.top == row && merge.bottom == below => vertical = true,
            Some(merge) if merge.bottom == row && merge.right > merge.left => {
                grouped |= (merge.left..=merge.right).any(|at| !sheet.cell(below, at).is_empty());
            }
            _ => {}
        }
    }
    if vertical || grouped {
        // A merged title above the real header is not a header row of its own.
        let below_is_header = score(sheet, below) > 0 || vertical;
        return below_is_header && score(sheet, row) > 0;
    }
    // Without merges (CSV): a title with blanks behind it, and below only titles where nothing stands above.
    let text = |row, column| words::normal(&sheet.cell(row, column).text());
    let named = (0..width).find(|column| words::is_title_word(&text(row, *column)));
    let Some(named) = named else { return false };
    let spread = (0..width)
        .any(|column| text(row, column).is_empty() && column > 0 && words::is_title_word(&text(below, column)));
    spread && text(below, named).is_empty() && score(sheet, below) >= 1
}

fn columns(sheet: &Sheet, header_row: usize, header_rows: usize) -> Vec<Column> {
    let mut columns = Vec::new();
    let last_filled = last_filled_columns(sheet, header_row + header_rows);
    let mut above = String::new();
    for index in 0..sheet.width() {
        let first = clean(&sheet.merged_cell(header_row, index).text());
        let mut parts = Vec::new();
        if header_rows == 2 {
            let second = clean(&sheet.merged_cell(header_row + 1, index).text());
            // Where nothing is merged, a blank above a title belongs to the group on its left.
            let first = if first.is_empty() && !second.is_empty() { above.clone() } else { first };
            above = first.clone();
            parts.push(first);
            parts.push(second);
        } else {
            parts.push(first);
        }
        parts.retain(|part| !part.is_empty());
        parts.dedup();
        if !parts.is_empty() || last_filled.contains(&index) {
            columns.push(Column { index, parts, at: None });
        }
    }
    columns
}

/// Columns with data in the first rows below the header.
fn last_filled_columns(sheet: &Sheet, from: usize) -> BTreeSet<usize> {
    let rows = sheet.cells.iter().skip(from).take(LOOKED_AT);
    rows.flat_map(|cells| cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).map(|(index, _)| index))
        .collect()
}

/// A title on one line.
fn clean(text: &str) -> String {
    let text: String = text.split(['\n', '\r']).map(str::trim).collect();
    text.trim().to_owned()
}
