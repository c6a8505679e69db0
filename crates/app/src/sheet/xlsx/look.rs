//! How cells look, and how a value becomes a cell.

use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::dto::sheet::SheetCell;

/// Characters of a cell: the format allows 32,767.
const MAX_TEXT: usize = 32_000;

pub(super) struct Look {
    pub(super) title: Format,
    pub(super) line: Format,
    pub(super) heading: Format,
    pub(super) label: Format,
    pub(super) note: Format,
    pub(super) sign: Format,
    text: Format,
    /// Text that a spreadsheet would take for a formula if somebody typed it again.
    quoted: Format,
    integer: Format,
    money: Format,
    date: Format,
}

impl Look {
    pub(super) fn new() -> Self {
        let base = Format::new().set_font_name("宋体").set_font_size(11).set_align(FormatAlign::VerticalCenter);
        let boxed = base.clone().set_border(FormatBorder::Thin).set_text_wrap();
        let centred = boxed.clone().set_align(FormatAlign::Center);
        Self {
            title: base.clone().set_font_size(18).set_bold().set_align(FormatAlign::Center),
            line: base.clone().set_font_size(10),
            heading: base.clone().set_bold(),
            label: centred.clone().set_bold(),
            note: base.clone().set_font_size(10).set_text_wrap(),
            sign: base.set_text_wrap(),
            quoted: boxed.clone().set_quote_prefix(),
            integer: centred.clone().set_num_format("0"),
            money: boxed.clone().set_align(FormatAlign::Right).set_num_format("0.00"),
            date: centred.set_num_format("yyyy-mm-dd"),
            text: boxed,
        }
    }

    fn of_text(&self, words: &str) -> &Format {
        let risky = words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '|', '%']);
        if risky { &self.quoted } else { &self.text }
    }

    /// The format of a value.
    pub(super) fn of(&self, cell: &SheetCell) -> &Format {
        match cell {
            SheetCell::Empty => &self.text,
            SheetCell::Text(words) => self.of_text(words),
            SheetCell::Integer(_) => &self.integer,
            SheetCell::Fen(_) => &self.money,
            SheetCell::Date(on) => {
                if excel_day(on).is_some() {
                    &self.date
                } else {
                    &self.text
                }
            }
        }
    }

    /// Writes a value into one cell.
    pub(super) fn put(
        &self,
        worksheet: &mut Worksheet,
        row: u32,
        column: u16,
        cell: SheetCell,
    ) -> Result<(), XlsxError> {
        let format = self.of(&cell);
        match cell {
            SheetCell::Empty => worksheet.write_blank(row, column, format)?,
            SheetCell::Text(words) => worksheet.write_string_with_format(row, column, short(words), format)?,
            // Counts are far below the 2^53 to which a cell is exact.
            #[expect(clippy::cast_precision_loss, reason = "counts of people and things")]
            SheetCell::Integer(count) => worksheet.write_number_with_format(row, column, count as f64, format)?,
            #[expect(clippy::cast_precision_loss, reason = "sums of a branch in fen")]
            SheetCell::Fen(fen) => worksheet.write_number_with_format(row, column, fen as f64 / 100.0, format)?,
            SheetCell::Date(on) => match excel_day(&on) {
                Some(day) => worksheet.write_datetime_with_format(row, column, day, format)?,
                None => worksheet.write_string_with_format(row, column, on, format)?,
            },
        };
        Ok(())
    }

    /// Writes a value over several cells of a row.
    pub(super) fn put_over(
        &self,
        worksheet: &mut Worksheet,
        row: u32,
        (first, last): (u16, u16),
        cell: SheetCell,
    ) -> Result<(), XlsxError> {
        if first < last {
            worksheet.merge_range(row, first, row, last, "", self.of(&cell))?;
        }
        self.put(worksheet, row, first, cell)
    }
}

/// Words in a form cell over several cells of a row, in a look of their own.
pub(super) fn over(
    worksheet: &mut Worksheet,
    row: u32,
    (first, last): (u16, u16),
    words: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if first < last {
        worksheet.merge_range(row, first, row, last, words, format)?;
    } else {
        worksheet.write_string_with_format(row, first, words, format)?;
    }
    Ok(())
}

fn short(words: String) -> String {
    if words.chars().count() <= MAX_TEXT {
        return words;
    }
    words.chars().take(MAX_TEXT).chain("……(太长,其余见账本)".chars()).collect()
}

/// A day that a spreadsheet knows.
fn excel_day(on: &str) -> Option<ExcelDateTime> {
    let day: jiff::civil::Date = on.parse().ok()?;
    let part = |value: i8| u8::try_from(value).ok();
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, part(day.month())?, part(day.day())?).ok()
}
