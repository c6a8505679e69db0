//! Forms: a 记录本 with one page for each session, a label in one cell and its value beside it, below it, or behind a colon.
//!
//! A sheet is a form when labels of one page stand in several rows, each beside its value. In a table labels stand beside
//! labels. What fits neither is left to the reading of tables.

use std::collections::BTreeSet;

use super::sheet::{Cell, Sheet};
use super::words;

/// Labels that a page must have, and rows over which they must be spread.
const FEWEST: usize = 4;
const ROWS: usize = 3;
/// Rows among which the first page must be: a long table is not looked through.
const FIRST_WITHIN: usize = 200;
/// A label with its remarks has fewer characters.
const LONGEST_LABEL: usize = 24;

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Filled {
    /// The label's number in [`Form::labels`].
    pub label: usize,
    /// Row of the value, from 0.
    pub row: usize,
    /// Column of the value, from 0.
    pub column: usize,
    /// The value; for one behind a colon only what stands behind it.
    pub cell: Cell,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Page {
    /// Row of its first label, from 0.
    pub row: usize,
    /// What stands above its first label.
    pub title: String,
    /// Its values, each label once.
    pub filled: Vec<Filled>,
    /// Further values of a label that say something else: nobody can tell which one is meant.
    pub doubled: Vec<Filled>,
}

/// A sheet of pages.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Form {
    /// Labels as they stand on the first page that has them.
    pub labels: Vec<String>,
    /// At least one.
    pub pages: Vec<Page>,
}

/// A label, and what stands behind its colon.
fn label(text: &str) -> Option<(String, Option<String>)> {
    let (head, tail) = text.split_once([':', '：']).unwrap_or((text, ""));
    if head.chars().nth(LONGEST_LABEL).is_some() || !words::is_label(head) {
        return None;
    }
    let tail = tail.trim();
    Some((head.trim().to_owned(), (!tail.is_empty()).then(|| tail.to_owned())))
}

/// Reads the sheet as a form; `None` when it is none.
pub(super) fn find(sheet: &Sheet) -> Option<Form> {
    let mut reading = Reading { sheet, form: Form::default(), taken: BTreeSet::new(), loose: String::new() };
    for row in 0..sheet.cells.len() {
        if row == FIRST_WITHIN && !reading.form.has_page() {
            return None;
        }
        for column in 0..sheet.cells.get(row).map_or(0, Vec::len) {
            reading.cell(row, column);
        }
    }
    reading.form.has_page().then_some(reading.form)
}

impl Form {
    /// Whether some page has labels enough, spread as on a form.
    fn has_page(&self) -> bool {
        let known = |filled: &&Filled| self.labels.get(filled.label).is_some_and(|label| !words::is_ignored(label));
        self.pages.iter().any(|page| {
            let rows: BTreeSet<usize> = page.filled.iter().filter(known).map(|filled| filled.row).collect();
            page.filled.iter().filter(known).count() >= FEWEST && rows.len() >= ROWS
        })
    }
}

struct Reading<'a> {
    sheet: &'a Sheet,
    form: Form,
    /// Cells that are values already.
    taken: BTreeSet<(usize, usize)>,
    /// Texts since the last label that are neither.
    loose: String,
}

impl Reading<'_> {
    fn cell(&mut self, row: usize, column: usize) {
        let Cell::Text(text) = self.sheet.cell(row, column) else { return };
        if self.taken.contains(&(row, column)) {
            return;
        }
        match label(text) {
            None => {
                self.loose.push(' ');
                self.loose.push_str(text.trim());
            }
            Some((label, Some(tail))) => {
                self.fill(&label, (row, column), Filled::of(row, column, Cell::of_text(&tail)))
            }
            Some((label, None)) => match self.value(row, column) {
                Some(filled) => self.fill(&label, (row, column), filled),
                // A label beside a label is a header, or a field without room for a value.
                None => self.loose.clear(),
            },
        }
    }

    /// The cell that a label speaks of: the next one to the right or, for a label over the whole width, the one below.
    fn value(&self, row: usize, column: usize) -> Option<Filled> {
        let merge = self.sheet.merge_at(row, column);
        let (bottom, right) = merge.map_or((row, column), |merge| (merge.bottom, merge.right));
        let beside = right + 1 < self.sheet.width();
        let (row, column) = if beside { (row, right + 1) } else { (bottom + 1, column) };
        if !beside && (right == column || row >= self.sheet.cells.len()) {
            return None;
        }
        let cell = self.sheet.cell(row, column);
        let is_label = matches!(cell, Cell::Text(text) if label(text).is_some());
        (!is_label).then(|| Filled::of(row, column, cell.clone()))
    }

    fn fill(&mut self, label: &str, at: (usize, usize), mut filled: Filled) {
        self.taken.insert((filled.row, filled.column));
        let title = std::mem::take(&mut self.loose).trim().to_owned();
        let same = |known: &String| words::normal(known) == words::normal(label);
        let known = self.form.labels.iter().position(same);
        filled.label = known.unwrap_or(self.form.labels.len());
        if known.is_none() {
            self.form.labels.push(label.to_owned());
        }
        // Every page begins with the same label.
        if filled.label == 0 || self.form.pages.is_empty() {
            self.form.pages.push(Page { row: at.0, title, ..Page::default() });
        }
        let Some(page) = self.form.pages.last_mut() else { return };
        match page.filled.iter_mut().find(|other| other.label == filled.label) {
            None => page.filled.push(filled),
            Some(other) if other.cell.is_empty() => *other = filled,
            Some(other) if filled.cell.is_empty() || other.cell == filled.cell => {}
            Some(_) => page.doubled.push(filled),
        }
    }
}

impl Filled {
    fn of(row: usize, column: usize, cell: Cell) -> Self {
        Self { label: 0, row, column, cell }
    }
}
