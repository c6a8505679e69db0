//! A form as a table to point at: what a person would see, as much of it as a screen can hold.

use std::collections::BTreeMap;

use super::form::{Form, FormSheet};
use super::limits;
use super::place::Place;
use crate::dto::fill::FillCell;

/// One sheet, cut to what is shown.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// Rows shown.
    pub(super) rows: u32,
    /// Widths of the columns shown, in characters.
    pub(super) widths: Vec<f64>,
    /// Hidden rows.
    pub(super) hidden_rows: Vec<u32>,
    /// Hidden columns, from 1.
    pub(super) hidden_columns: Vec<u32>,
    /// The sheet goes on.
    pub(super) cut: bool,
    /// Cells with something in them, and merged ones.
    pub(super) cells: Vec<FillCell>,
}

/// Columns beside those used, so that there is room to point.
const BESIDE: u32 = 1;
/// Rows below those used.
const BELOW: u32 = 2;
/// What a column has without a width of its own.
const WIDTH: f64 = 8.43;

/// A sheet of a form.
pub(super) fn shown(form: &Form, sheet: &FormSheet) -> Shown {
    let (bottom, right) = extent(sheet);
    let rows = (bottom + BELOW).min(limits::SHOWN_ROWS);
    let columns = (right + BESIDE).min(limits::SHOWN_COLUMNS);
    let inside = |place: Place| place.row <= rows && place.column <= columns;
    let mut cells: BTreeMap<Place, FillCell> = BTreeMap::new();
    let mut covered: Vec<(Place, u32, u32)> = Vec::new();
    for area in sheet.at.merges.iter().filter(|area| inside(area.from)) {
        let (down, across) =
            (area.to.row.min(rows) - area.from.row + 1, area.to.column.min(columns) - area.from.column + 1);
        covered.push((area.from, down, across));
    }
    for row in sheet.at.rows.iter().take_while(|row| row.number <= rows) {
        for cell in row.cells.iter().take_while(|cell| cell.column <= columns) {
            let place = Place { row: row.number, column: cell.column };
            let text = match &cell.formula {
                Some(formula) => format!("={formula}"),
                None => form.text(cell),
            };
            let text: String = text.trim().chars().take(limits::SHOWN_CHARS).collect();
            let formula = sheet.at.has_formula(place);
            if formula || !text.is_empty() {
                cells.insert(place, one(place, text, formula));
            }
        }
    }
    for (place, down, across) in covered {
        let cell = cells.entry(place).or_insert_with(|| one(place, String::new(), sheet.at.has_formula(place)));
        (cell.rows, cell.columns) = (down, across);
    }
    let hidden = |column: &u32| sheet.at.columns.iter().any(|at| at.hidden && (at.from..=at.to).contains(column));
    let hidden_rows = sheet.at.rows.iter().filter(|row| row.hidden && row.number <= rows).map(|row| row.number);
    let cut = bottom > rows || right > columns || cells.len() > limits::SHOWN_CELLS;
    Shown {
        rows,
        widths: (1..=columns).map(|column| width(sheet, column)).collect(),
        hidden_rows: hidden_rows.collect(),
        hidden_columns: (1..=columns).filter(hidden).collect(),
        cut,
        cells: cells.into_values().take(limits::SHOWN_CELLS).collect(),
    }
}

fn one(place: Place, text: String, formula: bool) -> FillCell {
    FillCell { row: place.row, column: place.column, text, formula, rows: 1, columns: 1 }
}

fn width(sheet: &FormSheet, column: u32) -> f64 {
    let at = sheet.at.columns.iter().find(|at| (at.from..=at.to).contains(&column));
    at.and_then(|at| at.width).unwrap_or(WIDTH).clamp(1.0, 80.0)
}

/// The last row and column of the file, and of what is printed.
fn extent(sheet: &FormSheet) -> (u32, u32) {
    let rows = sheet.at.rows.iter().filter(|row| !row.cells.is_empty());
    let (mut bottom, mut right) = (0, 0);
    for row in rows {
        bottom = bottom.max(row.number);
        right = right.max(row.cells.last().map_or(0, |cell| cell.column));
    }
    for area in sheet.at.merges.iter().chain(&sheet.name.print_area) {
        // A whole column is merged or printed now and then: it says nothing of how far the form goes.
        if area.to.row < limits::LAST_ROW {
            bottom = bottom.max(area.to.row);
        }
        if area.to.column < limits::LAST_COLUMN {
            right = right.max(area.to.column);
        }
    }
    (bottom.max(1), right.max(1))
}
