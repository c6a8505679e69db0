//! Where the header, the data and the totals of a sheet are, and what its columns hold.

use std::collections::{BTreeMap, BTreeSet};

use super::field::Field;
use super::sheet::{Cell, Sheet, letter};
use super::value::date::Context;
use super::value::{mark, person};
use super::{value, words};
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
    /// Titles of the header rows from above, each once.
    pub parts: Vec<String>,
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
        format!("{} {}", letter(self.index), self.title()).trim_end().to_owned()
    }
}

/// One row of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DataRow {
    /// From 0.
    pub index: usize,
    /// The divider above it, such as `第一党小组`; empty without one.
    pub section: String,
}

/// What a sheet looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    /// First header row, from 0.
    pub header_row: usize,
    /// 1 or 2.
    pub header_rows: usize,
    /// Columns, left to right.
    pub columns: Vec<Column>,
    /// Rows of data, without totals, notes, dividers and blanks.
    pub rows: Vec<DataRow>,
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
    let mut layout =
        Layout { header_row, header_rows, columns, rows, title, year, kind: None, fields: BTreeMap::new() };
    layout.kind = kind.or_else(|| guess_kind(sheet, &layout));
    if let Some(kind) = layout.kind {
        layout.fields = guess_fields(sheet, &layout, kind);
    }
    Some(layout)
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
            columns.push(Column { index, parts });
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

const TOTALS: [&str; 8] = ["合计", "小计", "总计", "共计", "累计", "本页合计", "本月合计", "全年合计"];
const NOTES: [&str; 14] = [
    "注",
    "说明",
    "备注",
    "填表",
    "制表",
    "审核",
    "填报",
    "单位",
    "支部书记",
    "记录人:",
    "统计",
    "负责人",
    "经办",
    "编制",
];

fn data_rows(sheet: &Sheet, from: usize, columns: &[Column]) -> Vec<DataRow> {
    let header: Vec<(usize, String)> = columns
        .iter()
        .filter_map(|column| column.parts.last().map(|part| (column.index, words::normal(part))))
        .collect();
    let numbering: BTreeSet<usize> = columns
        .iter()
        .filter(|column| {
            column.parts.last().is_some_and(|part| matches!(words::normal(part).as_str(), "序号" | "编号" | "No"))
        })
        .map(|column| column.index)
        .collect();
    let mut rows = Vec::new();
    let mut section = String::new();
    for index in from..sheet.cells.len() {
        let filled: Vec<(usize, String)> = sheet
            .cells
            .get(index)
            .into_iter()
            .flatten()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(column, cell)| (column, cell.text()))
            .filter(|(column, text)| {
                !(numbering.contains(column) && text.chars().all(|c| c.is_ascii_digit() || c == '.'))
            })
            .collect();
        let Some((first_column, first)) = filled.first() else { continue };
        let squeezed = value::squeezed(first);
        if is_total(sheet, index) {
            continue;
        }
        if filled.len() == 1 {
            let plain = squeezed.trim_end_matches([':', '：']);
            if plain.ends_with("小组") || plain.ends_with("党小组") {
                plain.clone_into(&mut section);
                continue;
            }
            let wide = sheet.merge_at(index, *first_column).is_some_and(|merge| merge.right > merge.left);
            if columns.len() > 2
                && (wide || squeezed.contains(':') || NOTES.iter().any(|note| squeezed.starts_with(note)))
            {
                continue;
            }
        }
        // Signatures and remarks below the table, such as `制表人:… 审核人:…`.
        let signed = filled.iter().all(|(_, text)| {
            let text = value::squeezed(text);
            text.contains(':') && NOTES.iter().any(|note| text.starts_with(note))
        });
        // A header that is printed again on the next page.
        let repeated = filled.len() >= 2
            && filled.iter().all(|(column, text)| {
                header.iter().any(|(index, title)| index == column && *title == words::normal(text))
            });
        if !signed && !repeated {
            rows.push(DataRow { index, section: section.clone() });
        }
    }
    rows
}

fn is_total(sheet: &Sheet, row: usize) -> bool {
    let texts = sheet.cells.get(row).into_iter().flatten().filter_map(|cell| match cell {
        Cell::Text(text) => Some(value::squeezed(text)),
        _ => None,
    });
    texts.take(3).any(|text| {
        let text = text.trim_end_matches([':', '：']);
        TOTALS.contains(&text) || text.starts_with("合计") && text.chars().count() <= 8
    })
}

fn guess_kind(sheet: &Sheet, layout: &Layout) -> Option<ImportKind> {
    let scored = words::KINDS.map(|kind| {
        let fields = guess_fields(sheet, layout, kind);
        let distinct: BTreeSet<Field> = fields
            .values()
            .map(|field| match field {
                Field::Month(_) | Field::MonthOn(_) => Field::Month(1),
                other => *other,
            })
            .collect();
        let mapped: Vec<Field> = distinct.iter().copied().collect();
        let complete = super::field::required(kind, &mapped).iter().all(|field| mapped.contains(field));
        let months = fields.values().filter(|field| matches!(field, Field::Month(_))).count();
        let mut points = 2 * distinct.len() + 5 * words::hints(kind, &layout.title);
        // Words that only one ledger uses.
        points += 3 * distinct
            .iter()
            .filter(|field| {
                matches!(
                    field,
                    Field::BirthMonth
                        | Field::Joined
                        | Field::Base
                        | Field::Monthly
                        | Field::Chair
                        | Field::Topic
                        | Field::Session
                        | Field::Attendee
                        | Field::Visitors
                        | Field::Request
                        | Field::Door
                )
            })
            .count();
        points += months;
        (kind, if complete && distinct.len() > 1 { points } else { 0 })
    });
    scored.into_iter().filter(|(_, points)| *points > 0).max_by_key(|(_, points)| *points).map(|(kind, _)| kind)
}

fn guess_fields(sheet: &Sheet, layout: &Layout, kind: ImportKind) -> BTreeMap<usize, Field> {
    let mut fields: BTreeMap<usize, Field> = BTreeMap::new();
    for column in &layout.columns {
        if let Some(field) = words::field(kind, &column.parts)
            && !fields.values().any(|taken| *taken == field)
        {
            fields.insert(column.index, field);
        }
    }
    if kind == ImportKind::Meetings {
        guess_roll_call(sheet, layout, &mut fields);
    }
    fields
}

/// The columns of a roll call: members across the top, or sessions across the top and members down the side.
fn guess_roll_call(sheet: &Sheet, layout: &Layout, fields: &mut BTreeMap<usize, Field>) {
    let cells = |index: usize| layout.rows.iter().take(LOOKED_AT).map(move |row| sheet.cell(row.index, index));
    let context = Context { year: layout.year.or(Some(2000)), today: jiff::civil::Date::constant(2098, 12, 31) };
    let dated = !fields.values().any(|field| *field == Field::Date);
    for column in &layout.columns {
        if fields.contains_key(&column.index) || column.parts.is_empty() {
            continue;
        }
        let last = column.parts.last().map(String::as_str).unwrap_or_default();
        if words::is_title_word(last) {
            continue;
        }
        let session = value::date::leading(&column.title(), context).is_some();
        if dated && session {
            if cells(column.index).all(|cell| cell.is_empty()) || mark::looks_like_marks(cells(column.index)) {
                fields.insert(column.index, Field::Session);
            }
        } else if !dated && person::looks_like_name(last) && mark::looks_like_marks(cells(column.index)) {
            fields.insert(column.index, Field::Attendee);
        }
    }
    if !fields.values().any(|field| *field == Field::Session) {
        fields.retain(|_, field| *field != Field::Name);
    }
}
