//! Forms: a 记录本 with one page for each session, a label in one cell and its value beside it, below it, or behind a colon.
//!
//! A sheet is a form when labels of one page stand in several rows, each beside its value. In a table labels stand beside
//! labels. What fits neither is left to the reading of tables.

use std::collections::{BTreeMap, BTreeSet};

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
    /// What stands in the row above its first label.
    pub title: String,
    /// Its values, each label once.
    pub filled: Vec<Filled>,
    /// Further values of a label that say something else: nobody can tell which one is meant.
    pub doubled: Vec<Filled>,
    /// Texts that belong to no label.
    pub loose: Vec<Loose>,
}

/// A text that is neither a label nor a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Loose {
    /// From 0.
    pub row: usize,
    /// From 0.
    pub column: usize,
    /// As it stands there.
    pub text: String,
    /// It stands beside a text that is printed on several pages: the value of a label that is not known.
    pub beside_printed: bool,
}

/// A sheet of pages.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Form {
    /// Labels as they stand on the first page that has them.
    pub labels: Vec<String>,
    /// At least one.
    pub pages: Vec<Page>,
    /// Texts above the first page.
    pub cover: Vec<Loose>,
    /// Labels with values above the first page.
    pub unused: Vec<Loose>,
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
    let mut reading =
        Reading { sheet, labels: Vec::new(), entries: Vec::new(), taken: BTreeSet::new(), loose: Vec::new() };
    for row in 0..sheet.cells.len() {
        if row == FIRST_WITHIN && !reading.has_page() {
            return None;
        }
        for column in 0..sheet.cells.get(row).map_or(0, Vec::len) {
            reading.cell(row, column);
        }
    }
    reading.has_page().then(|| reading.form())
}

/// A label with its value.
struct Entry {
    /// Row of the label.
    at: usize,
    filled: Filled,
}

struct Reading<'a> {
    sheet: &'a Sheet,
    labels: Vec<String>,
    /// In the order of the sheet.
    entries: Vec<Entry>,
    /// Cells that are values already.
    taken: BTreeSet<(usize, usize)>,
    /// Texts that are neither: row, column and text.
    loose: Vec<(usize, usize, String)>,
}

impl Reading<'_> {
    fn cell(&mut self, row: usize, column: usize) {
        let Cell::Text(text) = self.sheet.cell(row, column) else { return };
        if self.taken.contains(&(row, column)) {
            return;
        }
        match label(text) {
            None => self.loose.push((row, column, text.trim().to_owned())),
            Some((label, Some(tail))) => {
                self.fill(&label, row, Filled::of(row, column, Cell::of_text(&tail)));
            }
            // A label beside a label is a header, or a field without room for a value.
            Some((label, None)) => {
                if let Some(filled) = self.value(row, column) {
                    self.fill(&label, row, filled);
                }
            }
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
        let is_label = match cell {
            // Beside a label, a text that begins like one and goes on is its value: `会议内容 | 主题:学习条例`.
            Cell::Text(text) => label(text).is_some_and(|(_, tail)| !beside || tail.is_none()),
            _ => false,
        };
        (!is_label).then(|| Filled::of(row, column, cell.clone()))
    }

    fn fill(&mut self, label: &str, at: usize, mut filled: Filled) {
        self.taken.insert((filled.row, filled.column));
        let same = |known: &String| words::normal(known) == words::normal(label);
        let known = self.labels.iter().position(same);
        filled.label = known.unwrap_or(self.labels.len());
        if known.is_none() {
            self.labels.push(label.to_owned());
        }
        self.entries.push(Entry { at, filled });
    }

    /// Whether some page has labels enough, spread as on a form.
    fn has_page(&self) -> bool {
        let known = |filled: &&Filled| self.labels.get(filled.label).is_some_and(|label| !words::is_ignored(label));
        self.pages().iter().any(|page| {
            let rows: BTreeSet<usize> = page.filled.iter().filter(known).map(|filled| filled.row).collect();
            page.filled.iter().filter(known).count() >= FEWEST && rows.len() >= ROWS
        })
    }

    /// Every page begins with the same label: the sheet's first one, or its date where that makes more pages alike, as
    /// when 记录人 stands once above them all.
    fn pages(&self) -> Vec<Page> {
        let by_first = self.split(0);
        let Some(date) = self.labels.iter().position(|label| words::is_date_label(label)).filter(|date| *date > 0)
        else {
            return by_first;
        };
        let by_date = self.split(date);
        let order = |pages: &[Page]| {
            let labels = |page: &Page| page.filled.iter().map(|filled| filled.label).collect::<BTreeSet<_>>();
            let mut alike: BTreeMap<BTreeSet<usize>, usize> = BTreeMap::new();
            for page in pages {
                *alike.entry(labels(page)).or_default() += 1;
            }
            let undated = pages.iter().filter(|page| !labels(page).contains(&date)).count();
            (alike.into_values().max(), std::cmp::Reverse(undated))
        };
        if order(&by_date) > order(&by_first) { by_date } else { by_first }
    }

    /// The pages that begin with a label; what stands before the first one is left out.
    fn split(&self, first: usize) -> Vec<Page> {
        let mut pages: Vec<Page> = Vec::new();
        for Entry { at, filled } in &self.entries {
            if filled.label == first {
                pages.push(Page { row: *at, ..Page::default() });
            }
            let Some(page) = pages.last_mut() else { continue };
            match page.filled.iter_mut().find(|other| other.label == filled.label) {
                None => page.filled.push(filled.clone()),
                Some(other) if other.cell.is_empty() => *other = filled.clone(),
                Some(other) if filled.cell.is_empty() || other.cell == filled.cell => {}
                Some(_) => page.doubled.push(filled.clone()),
            }
        }
        pages
    }

    fn form(self) -> Form {
        let mut pages = self.pages();
        let first = pages.first().map_or(0, |page| page.row);
        let start = pages.first().and_then(|page| page.filled.first()).map(|filled| filled.label);
        let unused = self.entries.iter().take_while(|entry| Some(entry.filled.label) != start);
        let unused = unused.filter(|entry| !entry.filled.cell.is_empty()).map(|Entry { filled, .. }| {
            let label = self.labels.get(filled.label).map_or("", String::as_str);
            let text = format!("{label} {}", filled.cell.text());
            Loose { row: filled.row, column: filled.column, text, beside_printed: false }
        });
        let unused = unused.collect();
        let mut cover = Vec::new();
        let printed = self.printed();
        for (row, column, text) in self.loose.iter().cloned() {
            let bottom = self.sheet.merge_at(row, column).map_or(row, |merge| merge.bottom);
            if let Some(page) = pages.iter_mut().find(|page| page.row == bottom + 1) {
                page.title.push_str(if page.title.is_empty() { "" } else { " " });
                page.title.push_str(&text);
                continue;
            }
            if row >= first && (printed.contains(&words::normal(&text)) || is_page_number(&text)) {
                continue;
            }
            let left = (0..column).rev().map(|at| self.sheet.cell(row, at)).find(|cell| !cell.is_empty());
            let beside_printed = left.is_some_and(|cell| printed.contains(&words::normal(&cell.text())));
            let loose = Loose { row, column, text, beside_printed };
            match pages.iter_mut().rev().find(|page| page.row <= row) {
                Some(page) => page.loose.push(loose),
                None => cover.push(loose),
            }
        }
        Form { labels: self.labels, pages, cover, unused }
    }

    /// Texts that stand there several times: they belong to the printed form.
    fn printed(&self) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        let texts = self.loose.iter().map(|(_, _, text)| words::normal(text));
        texts.filter(|text| !seen.insert(text.clone())).collect()
    }
}

/// `第2页`, `第 2 页 共 12 页`, `- 2 -`
fn is_page_number(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_numeric() || "第页共,，/—-".contains(c))
}

impl Filled {
    fn of(row: usize, column: usize, cell: Cell) -> Self {
        Self { label: 0, row, column, cell }
    }
}
