//! A part of one table: a worksheet whose columns are the table's, with a header that is repeated on every page.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::look::{LINE, Look, MAX_HEIGHT, height, lines, needed, over};
use super::{Head, heading, signed, width};
use crate::dto::sheet::SheetPart;

/// Whether a part is one table and nothing above it.
pub(super) fn fits(part: &SheetPart) -> bool {
    part.facts.is_empty() && part.tables.len() == 1 && part.tables.iter().all(|table| !table.columns.is_empty())
}

pub(super) fn write(worksheet: &mut Worksheet, look: &Look, head: &Head, part: SheetPart) -> Result<(), XlsxError> {
    let said = heading(&part, head).map_or_else(|| head.title.clone(), |heading| format!("{} {heading}", head.title));
    let SheetPart { tables, notes, signatures, .. } = part;
    let Some(table) = tables.into_iter().next() else { return Ok(()) };
    let last = u16::try_from(table.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
    let weights: f64 = table.columns.iter().map(|column| f64::from(column.weight.max(1))).sum();
    // A number that its column does not hold is shown as ###: the page is printed smaller then.
    let wide: Vec<f64> = (0..)
        .zip(&table.columns)
        .map(|(at, column)| {
            let share = width(head) * f64::from(column.weight.max(1)) / weights;
            let cells = table.rows.iter().chain(&table.total).filter_map(|cells: &Vec<_>| cells.get(at));
            cells.map(needed).fold(share, f64::max)
        })
        .collect();
    for (at, wide) in (0u16..).zip(&wide) {
        worksheet.set_column_width(at, *wide)?;
    }
    over(worksheet, 0, (0, last), &said, &look.title)?;
    worksheet.set_row_height(0, 30)?;
    over(worksheet, 1, (0, last), &head.line, &look.line)?;
    let header = 2u32;
    for (at, column) in (0u16..).zip(&table.columns) {
        worksheet.write_string_with_format(header, at, column.label.as_str(), &look.label)?;
    }
    worksheet.set_row_height(header, 32)?;
    worksheet.set_repeat_rows(header, header)?.set_freeze_panes(header + 1, 0)?;
    let mut row = header;
    for cells in table.rows.into_iter().chain(table.total) {
        row += 1;
        // Programs do not all find the height of wrapped text themselves.
        let most = cells.iter().zip(&wide).map(|(cell, wide)| lines(cell, *wide)).max().unwrap_or(1);
        worksheet.set_row_height(row, (LINE * most as f64 + 5.0).min(MAX_HEIGHT))?;
        for (at, cell) in (0u16..=last).zip(cells) {
            look.put(worksheet, row, at, cell)?;
        }
    }
    for note in notes {
        row += 1;
        over(worksheet, row, (0, last), &note, &look.note)?;
        worksheet.set_row_height(row, height(&note, width(head)))?;
    }
    if !signatures.is_empty() {
        row += 2;
        over(worksheet, row, (0, last), &signed(&signatures), &look.sign)?;
        worksheet.set_row_height(row, 28)?;
    }
    worksheet.set_print_area(0, 0, row, last)?;
    Ok(())
}
