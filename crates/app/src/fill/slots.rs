//! Where the rows of a table go in a form: one below the other, however many lines the form gives to each.

use super::form::{Form, FormSheet};
use super::limits::{LAST_ROW, OPEN_ROWS, TABLE_ROWS};
use super::mapping::label;
use super::place::Place;

/// What one step down meets.
enum Line {
    /// A row of the table goes here, and the next one below this line.
    Slot(u32),
    /// Nothing goes here.
    Skip,
}

fn line(sheet: &FormSheet, columns: &[u32], row: u32) -> Line {
    if sheet.at.row(row).is_some_and(|found| found.hidden) {
        return Line::Skip;
    }
    let mut bottom = row;
    for column in columns {
        let place = Place { row, column: *column };
        match sheet.at.merge(place) {
            // A line that runs across the columns, such as a heading between, or the second line of a cell.
            Some(area) if area.from != place => return Line::Skip,
            Some(area) => bottom = bottom.max(area.to.row),
            None => {}
        }
    }
    Line::Slot(bottom)
}

/// Rows of the form that take a row of the table each, from the first to the last.
pub(super) fn slots(sheet: &FormSheet, columns: &[u32], first: u32, last: u32) -> Vec<u32> {
    let (mut out, mut row) = (Vec::new(), first);
    while row <= last {
        match line(sheet, columns, row) {
            Line::Slot(bottom) => {
                out.push(row);
                row = bottom.saturating_add(1);
            }
            Line::Skip => row += 1,
        }
    }
    out
}

/// How far down a form has room below the first cell of a table: until words or a formula stand in a column.
pub(super) fn room(form: &Form, sheet: &FormSheet, columns: &[u32], first: u32) -> u32 {
    let printed = sheet.name.print_area.map(|area| area.to.row).filter(|bottom| *bottom >= first);
    // Cells without words are those that the form draws lines around.
    let drawn = sheet.at.rows.iter().rev().find(|row| row.cells.iter().any(|cell| columns.contains(&cell.column)));
    let end = printed.or(drawn.map(|row| row.number).filter(|bottom| *bottom > first));
    let end =
        end.unwrap_or(first.saturating_add(OPEN_ROWS - 1)).min(first.saturating_add(TABLE_ROWS - 1)).min(LAST_ROW);
    let (mut last, mut row) = (first, first);
    while row <= end {
        // In the first row stands an example now and then, which is replaced.
        let taken = columns.iter().any(|column| {
            let place = Place { row, column: *column };
            sheet.at.has_formula(place) || row > first && label(form, sheet, place).is_some()
        });
        if taken {
            break;
        }
        match line(sheet, columns, row) {
            Line::Slot(bottom) => (last, row) = (row, bottom.saturating_add(1)),
            Line::Skip => row += 1,
        }
    }
    last
}
