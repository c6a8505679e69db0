//! How cells look, and how a value becomes a cell.

use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::dto::sheet::SheetCell;

/// Characters of a cell: the format allows 32,767.
const MAX_TEXT: usize = 32_000;
/// Height of a line in points.
pub(super) const LINE: f64 = 15.0;
/// Points that a row can be high at most, with some air.
pub(super) const MAX_HEIGHT: f64 = 400.0;

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
            SheetCell::Integer(count) => worksheet.write_number_with_format(row, column, count as f64, format)?,
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

/// Height of a text over the whole width, in points.
pub(super) fn height(words: &str, wide: f64) -> f64 {
    13.0 * (line_count(words, wide) as f64) + 4.0
}

/// Lines of a value in a cell.
pub(super) fn lines(cell: &SheetCell, wide: f64) -> usize {
    match cell {
        SheetCell::Text(words) => line_count(words, wide),
        _ => 1,
    }
}

/// How many characters a column has to be wide for a value that does not wrap; fonts differ, so with some air.
pub(super) fn needed(cell: &SheetCell) -> f64 {
    let digits = match cell {
        SheetCell::Empty | SheetCell::Text(_) => return 0.0,
        SheetCell::Integer(count) => count.to_string().len(),
        SheetCell::Fen(fen) => ybz_domain::money::yuan(*fen).replace(',', "").len(),
        SheetCell::Date(on) => on.len(),
    };
    digits as f64 + 1.5
}

/// Lines of a text in a cell.
pub(super) fn line_count(words: &str, wide: f64) -> usize {
    let mut count = 0;
    wrap(words, wide, |_| count += 1);
    count.max(1)
}

/// A text in the lines of a cell. Each keeps its break, and together they are the text.
pub(super) fn wrapped(words: &str, wide: f64) -> Vec<&str> {
    let mut out = Vec::new();
    wrap(words, wide, |line| out.push(line));
    out
}

/// Breaks a text as a cell of so many characters shows it: a Chinese character is two wide.
fn wrap<'a>(words: &'a str, wide: f64, mut each: impl FnMut(&'a str)) {
    // Some air: fonts differ.
    let wide = (wide - 1.5).max(2.0);
    for line in words.split_inclusive('\n') {
        let (mut from, mut at) = (0, 0.0);
        for (here, c) in line.char_indices() {
            let size = if c.is_ascii() { 1.0 } else { 2.0 };
            if at + size > wide && c != '\n' && here > from {
                each(line.get(from..here).unwrap_or_default());
                (from, at) = (here, 0.0);
            }
            at += size;
        }
        each(line.get(from..).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_asks_for_as_much_room_as_it_has_characters() {
        let wide = [
            SheetCell::Fen(120_000),
            SheetCell::Fen(50),
            SheetCell::Integer(1_234),
            SheetCell::Date("2026-03-05".to_owned()),
        ];
        assert_eq!(wide.map(|cell| needed(&cell)), [8.5, 5.5, 5.5, 11.5]);
        assert_eq!(needed(&SheetCell::Text("很长的一段话".to_owned())).to_bits(), 0.0f64.to_bits(), "text wraps");
    }

    #[test]
    fn a_text_wraps_by_its_width_and_loses_nothing() {
        let words = "会议听取了汇报。\n第二段ABC";
        let lines = wrapped(words, 9.5);
        assert_eq!(lines, ["会议听取", "了汇报。\n", "第二段AB", "C"]);
        assert_eq!(lines.concat(), words);
        assert_eq!(line_count(words, 9.5), 4);
        assert_eq!((line_count("", 9.5), line_count("字", 0.0)), (1, 1));
    }

    #[test]
    fn a_day_is_a_date_and_what_is_none_stays_text() {
        assert!(excel_day("2026-03-05").is_some());
        assert!(excel_day("2026-02-30").is_none());
        assert!(excel_day("1899-01-01").is_none(), "before the days of a spreadsheet");
    }

    #[test]
    fn what_looks_like_a_formula_is_marked_as_text_and_a_long_text_is_cut_with_a_word() {
        let look = Look::new();
        for risky in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert!(std::ptr::eq(look.of_text(risky), &raw const look.quoted), "{risky}");
        }
        assert!(std::ptr::eq(look.of_text("1=1"), &raw const look.text));
        let long = short("字".repeat(40_000));
        assert_eq!(long.chars().filter(|c| *c == '字').count(), MAX_TEXT);
        assert!(long.ends_with("见账本)"));
    }
}
