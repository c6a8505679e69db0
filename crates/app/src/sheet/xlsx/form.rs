//! Parts with labelled values, one under the other on a grid of twelve columns, each on a page of its own.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::look::{LINE, Look, MAX_HEIGHT, height, line_count, lines, over, wrapped};
use super::{Head, heading, signed, width};
use crate::dto::sheet::{SheetCell, SheetFact, SheetPart, SheetTable};

/// Columns of the grid.
const GRID: u16 = 12;
/// Columns of a label.
const LABEL: u16 = 2;
/// Lines of one row: a row can be 409 points high, so a longer text goes on in the next one.
const MAX_LINES: usize = 24;
/// Page breaks that a worksheet can have.
const MAX_BREAKS: usize = 1_000;

pub(super) fn write(
    worksheet: &mut Worksheet,
    look: &Look,
    head: &Head,
    parts: Vec<SheetPart>,
) -> Result<(), XlsxError> {
    for column in 0..GRID {
        worksheet.set_column_width(column, width(head) / f64::from(GRID))?;
    }
    let mut page = Page { worksheet, look, row: 0, wide: width(head) };
    if parts.is_empty() {
        page.head(head, None)?;
    }
    let mut breaks = Vec::new();
    for (at, part) in parts.into_iter().enumerate() {
        if at > 0 {
            breaks.push(page.row);
        }
        page.head(head, heading(&part, head))?;
        page.part(part)?;
    }
    let last = page.row.saturating_sub(1);
    breaks.truncate(MAX_BREAKS);
    if !breaks.is_empty() {
        worksheet.set_page_breaks(&breaks)?;
    }
    worksheet.set_print_area(0, 0, last, GRID - 1)?;
    Ok(())
}

struct Page<'a> {
    worksheet: &'a mut Worksheet,
    look: &'a Look,
    row: u32,
    /// Characters of the whole width.
    wide: f64,
}

impl Page<'_> {
    fn head(&mut self, head: &Head, heading: Option<&str>) -> Result<(), XlsxError> {
        self.line(&head.title, 30.0, Format::Title)?;
        self.line(&head.line, 18.0, Format::Line)?;
        heading.map_or(Ok(()), |heading| self.line(heading, 22.0, Format::Heading))
    }

    fn line(&mut self, words: &str, high: f64, format: Format) -> Result<(), XlsxError> {
        let format = match format {
            Format::Title => &self.look.title,
            Format::Line => &self.look.line,
            Format::Heading => &self.look.heading,
            Format::Note => &self.look.note,
            Format::Sign => &self.look.sign,
        };
        over(self.worksheet, self.row, (0, GRID - 1), words, format)?;
        self.worksheet.set_row_height(self.row, high)?;
        self.row += 1;
        Ok(())
    }

    fn part(&mut self, part: SheetPart) -> Result<(), XlsxError> {
        let mut pair: Option<SheetFact> = None;
        for fact in part.facts {
            if fact.wide {
                self.facts(pair.take(), None)?;
                self.wide(fact)?;
            } else if let Some(first) = pair.take() {
                self.facts(Some(first), Some(fact))?;
            } else {
                pair = Some(fact);
            }
        }
        self.facts(pair, None)?;
        for table in part.tables {
            self.table(table)?;
        }
        for note in part.notes {
            let high = height(&note, self.wide);
            self.line(&note, high, Format::Note)?;
        }
        if !part.signatures.is_empty() {
            self.line(&signed(&part.signatures), 36.0, Format::Sign)?;
        }
        Ok(())
    }

    /// One or two values side by side.
    fn facts(&mut self, first: Option<SheetFact>, second: Option<SheetFact>) -> Result<(), XlsxError> {
        let Some(first) = first else { return Ok(()) };
        let half = GRID / 2;
        let lines = [Some(&first), second.as_ref()].into_iter().flatten().map(|fact| {
            let value = lines(&fact.value, self.share(if second.is_some() { half - LABEL } else { GRID - LABEL }));
            value.max(line_count(&fact.label, self.share(LABEL)))
        });
        let high = LINE * (lines.max().unwrap_or(1) as f64) + 7.0;
        let end = if second.is_some() { half - 1 } else { GRID - 1 };
        self.fact(first, 0, end)?;
        if let Some(second) = second {
            self.fact(second, half, GRID - 1)?;
        }
        self.worksheet.set_row_height(self.row, high.min(MAX_HEIGHT))?;
        self.row += 1;
        Ok(())
    }

    fn fact(&mut self, fact: SheetFact, from: u16, to: u16) -> Result<(), XlsxError> {
        over(self.worksheet, self.row, (from, from + LABEL - 1), &fact.label, &self.look.label)?;
        self.look.put_over(self.worksheet, self.row, (from + LABEL, to), fact.value)
    }

    /// A value over the whole width, in as many rows as it needs.
    fn wide(&mut self, fact: SheetFact) -> Result<(), XlsxError> {
        let SheetCell::Text(words) = &fact.value else {
            let empty = fact.value == SheetCell::Empty;
            self.fact(fact, 0, GRID - 1)?;
            // Room to write by hand.
            self.worksheet.set_row_height(self.row, if empty { 36.0 } else { LINE + 7.0 })?;
            self.row += 1;
            return Ok(());
        };
        let lines = wrapped(words, self.share(GRID - LABEL));
        for (at, rows) in lines.chunks(MAX_LINES).enumerate() {
            let label = if at == 0 { fact.label.clone() } else { format!("{}(续)", fact.label) };
            let value = SheetCell::Text(rows.concat().trim_end_matches('\n').to_owned());
            self.fact(SheetFact { key: String::new(), label, value, wide: true }, 0, GRID - 1)?;
            self.worksheet.set_row_height(self.row, LINE * (rows.len().max(2) as f64) + 7.0)?;
            self.row += 1;
        }
        Ok(())
    }

    fn table(&mut self, table: SheetTable) -> Result<(), XlsxError> {
        if !table.heading.is_empty() {
            self.line(&table.heading, 24.0, Format::Heading)?;
        }
        let spans = spans(&table);
        for (column, span) in table.columns.iter().zip(&spans) {
            over(self.worksheet, self.row, *span, &column.label, &self.look.label)?;
        }
        self.row += 1;
        if table.rows.is_empty() {
            for (at, span) in spans.iter().enumerate() {
                let cell = if at == 0 { SheetCell::Text("无".to_owned()) } else { SheetCell::Empty };
                self.look.put_over(self.worksheet, self.row, *span, cell)?;
            }
            self.row += 1;
        }
        for cells in table.rows.into_iter().chain(table.total) {
            let mut most = 1;
            for (cell, span) in cells.into_iter().zip(&spans) {
                most = most.max(lines(&cell, self.share(span.1 - span.0 + 1)));
                self.look.put_over(self.worksheet, self.row, *span, cell)?;
            }
            self.worksheet.set_row_height(self.row, (LINE * most as f64 + 5.0).min(MAX_HEIGHT))?;
            self.row += 1;
        }
        Ok(())
    }

    /// Characters that some columns of the grid take.
    fn share(&self, columns: u16) -> f64 {
        self.wide * f64::from(columns) / f64::from(GRID)
    }
}

#[derive(Clone, Copy)]
enum Format {
    Title,
    Line,
    Heading,
    Note,
    Sign,
}

/// Which columns of the grid each column of a table takes: by its share, and at least one. A table of more columns than the
/// grid runs over its edge.
fn spans(table: &SheetTable) -> Vec<(u16, u16)> {
    let count = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
    let all: u32 = table.columns.iter().map(|column| u32::from(column.weight.max(1))).sum();
    let (mut from, mut left) = (0u16, all.max(1));
    let mut out = Vec::new();
    for (at, column) in (0u16..).zip(&table.columns) {
        let weight = u32::from(column.weight.max(1));
        let room = u32::from(GRID.saturating_sub(from).max(1));
        let after = count - at - 1;
        let share = u16::try_from((room * weight + left / 2) / left).unwrap_or(1);
        let most = GRID.saturating_sub(from).saturating_sub(after).max(1);
        let span = share.clamp(1, most);
        out.push((from, from + span - 1));
        from += span;
        left = left.saturating_sub(weight).max(1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dto::sheet::SheetColumn;

    fn table(weights: &[u16]) -> SheetTable {
        let column = |weight: &u16| SheetColumn { key: String::new(), label: String::new(), weight: *weight };
        SheetTable {
            key: String::new(),
            heading: String::new(),
            columns: weights.iter().map(column).collect(),
            rows: Vec::new(),
            total: None,
        }
    }

    #[test]
    fn columns_share_the_grid_and_none_is_lost() {
        assert_eq!(spans(&table(&[20, 6])), [(0, 8), (9, 11)]);
        assert_eq!(spans(&table(&[1, 100, 1])), [(0, 0), (1, 10), (11, 11)]);
        let even = spans(&table(&[1; 12]));
        assert_eq!((even.len(), even.first(), even.last()), (12, Some(&(0, 0)), Some(&(11, 11))));
    }
}
