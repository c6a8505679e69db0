//! A form filled with a sheet: a workbook for each part, and further ones where a table has more rows than room.

use std::collections::BTreeMap;

use super::form::Form;
use super::key::table_of;
use super::limits;
use super::mapping::{Mapping, note};
use super::place::Place;
use super::value::{is_cut, words};
use crate::ErrorDto;
use crate::dto::fill::{FillNote, FillPlace, FillRoom, FillValue};
use crate::dto::sheet::{Sheet, SheetCell, SheetPart};
use crate::error::Answer;

/// Values by sheet and cell.
pub(super) type Values = BTreeMap<String, BTreeMap<Place, SheetCell>>;

/// One workbook to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Copy {
    /// Part of the sheet, from 0.
    pub(super) part: usize,
    /// Of this part's workbooks, from 0.
    pub(super) copy: usize,
    /// This part's workbooks.
    pub(super) copies: usize,
}

/// All workbooks of a filling.
///
/// # Errors
/// `fill_nothing` without parts, `too_many` workbooks.
pub(super) fn copies(mapping: &Mapping, sheet: &Sheet) -> Answer<Vec<Copy>> {
    let mut out = Vec::new();
    for (n, part) in sheet.parts.iter().enumerate() {
        let needed = mapping.tables.iter().map(|(key, table)| rows(part, key).div_ceil(table.slots.len().max(1)));
        let copies = needed.max().unwrap_or(1).max(1);
        if out.len() + copies > limits::FILES {
            return Err(ErrorDto::new("too_many").at("sheet").with("max", limits::FILES));
        }
        out.extend((0..copies).map(|copy| Copy { part: n, copy, copies }));
    }
    if out.is_empty() {
        return Err(ErrorDto::new("fill_nothing").at("sheet"));
    }
    Ok(out)
}

fn rows(part: &SheetPart, key: &str) -> usize {
    table_of(part, key).map_or(0, |table| table.rows.len())
}

/// Tables of the part that has the most rows, where the form has room for fewer.
pub(super) fn short(mapping: &Mapping, sheet: &Sheet) -> Vec<FillRoom> {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    mapping
        .tables
        .iter()
        .filter_map(|(key, table)| {
            let rows = sheet.parts.iter().map(|part| rows(part, key)).max().unwrap_or_default();
            let heading = sheet.parts.iter().find_map(|part| table_of(part, key)).map(|table| table.heading.clone());
            (rows > table.slots.len()).then(|| FillRoom {
                table: key.clone(),
                heading: heading.unwrap_or_default(),
                rows: count(rows),
                room: count(table.slots.len()),
            })
        })
        .collect()
}

/// The values of one workbook. A cell without a value is emptied: what the form had there was an example.
pub(super) fn values(mapping: &Mapping, sheet: &Sheet, of: Copy) -> Values {
    let mut out = Values::new();
    let Some(part) = sheet.parts.get(of.part) else { return out };
    for place in &mapping.places {
        let cells = out.entry(place.sheet.clone()).or_default();
        match place.key.table().and_then(|table| mapping.tables.get(table)) {
            None => drop(cells.insert(place.place, place.key.value(sheet, part, of.copy, of.copies))),
            Some(table) => {
                for (n, row) in table.slots.iter().enumerate() {
                    let value = place.key.row(part, of.copy * table.slots.len() + n);
                    cells.insert(Place { row: *row, column: place.place.column }, value);
                }
            }
        }
    }
    out
}

/// Values in words, as they are looked over.
pub(super) fn looked(form: &Form, values: &Values) -> Vec<FillValue> {
    let mut out = Vec::new();
    for (name, cells) in values {
        let Some(sheet) = form.sheet(name) else { continue };
        for (place, value) in cells {
            let text = words(&form.content(sheet, *place, value), value);
            out.push(FillValue { sheet: name.clone(), cell: place.to_string(), text });
        }
    }
    out
}

/// Texts that are longer than a cell takes.
pub(super) fn cut(mapping: &Mapping, given: &[FillPlace], values: &Values) -> Vec<FillNote> {
    let mut out = Vec::new();
    for (given, place) in given.iter().zip(&mapping.places) {
        let Some(cells) = values.get(&place.sheet) else { continue };
        let long = |cell: &Place| matches!(cells.get(cell), Some(SheetCell::Text(text)) if is_cut(text));
        out.extend(mapping.cells(place).into_iter().filter(long).map(|cell| note("text_cut", given, &cell)));
    }
    out
}

/// The name of a workbook: the form's, the period, the number of the part, and `-2` for what did not fit. No word of a
/// record is in it.
pub(super) fn name(stem: &str, ending: &str, all: &[Copy], of: Copy) -> String {
    let parts = all.iter().map(|one| one.part).max().unwrap_or_default() + 1;
    let part =
        if parts > 1 { format!("-{:0width$}", of.part + 1, width = parts.to_string().len()) } else { String::new() };
    let copy = if of.copy > 0 { format!("-{}", of.copy + 1) } else { String::new() };
    // `-01` is a part and `-2` a further workbook; with both, the part comes first.
    format!("{stem}{part}{copy}.{ending}")
}
