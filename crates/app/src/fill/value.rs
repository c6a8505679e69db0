//! A value of a sheet as a cell of a form takes it.

use jiff::civil::Date;

use super::limits::CELL_CHARS;
use super::styles::Format;
use crate::dto::sheet::SheetCell;

/// What is written into a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// Nothing; what stood there goes.
    Empty,
    /// A number, as digits.
    Number(String),
    /// Text.
    Text(String),
}

/// Days are counted from here, but for the first weeks of 1900, where programs differ.
const FIRST: Date = Date::constant(1899, 12, 30);
const FIRST_SURE: Date = Date::constant(1900, 3, 1);
const FIRST_OF_1904: Date = Date::constant(1904, 1, 1);

/// A value for a cell of a format: a day is a number where the cell shows numbers as days, else words; money is yuan.
pub(super) fn rendered(value: &SheetCell, format: Format, from_1904: bool) -> Content {
    let number = |text: String| if format == Format::Text { Content::Text(text) } else { Content::Number(text) };
    match value {
        SheetCell::Empty => Content::Empty,
        SheetCell::Text(text) if text.trim().is_empty() => Content::Empty,
        SheetCell::Text(text) => Content::Text(fitting(text)),
        SheetCell::Integer(count) => number(count.to_string()),
        SheetCell::Fen(fen) => number(yuan(*fen)),
        SheetCell::Date(day) => match serial(day, from_1904).filter(|_| format == Format::Date) {
            Some(days) => Content::Number(days.to_string()),
            None if day.is_empty() => Content::Empty,
            None => Content::Text(day.clone()),
        },
    }
}

/// Without the commas that words have.
fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
}

fn serial(day: &str, from_1904: bool) -> Option<i32> {
    let day: Date = day.parse().ok().filter(|day| *day >= FIRST_SURE)?;
    let first = if from_1904 { FIRST_OF_1904 } else { FIRST };
    day.since(first).ok().map(|span| span.get_days()).filter(|days| *days >= 0)
}

/// As much of a text as a cell takes.
fn fitting(text: &str) -> String {
    match is_cut(text) {
        true => text.chars().take(CELL_CHARS - 1).chain(['…']).collect(),
        false => text.to_owned(),
    }
}

/// Whether a text is longer than a cell takes, counted as spreadsheets count.
pub(super) fn is_cut(text: &str) -> bool {
    text.len() > CELL_CHARS && text.encode_utf16().count() > CELL_CHARS
}

/// A value in words, for looking it over.
pub(super) fn words(content: &Content, value: &SheetCell) -> String {
    match (value, content) {
        (SheetCell::Date(day), _) => day.clone(),
        (_, Content::Empty) => String::new(),
        (_, Content::Number(text) | Content::Text(text)) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_follow_the_format_of_the_cell() {
        let day = SheetCell::Date("2026-03-05".to_owned());
        assert_eq!(rendered(&day, Format::Date, false), Content::Number("46086".to_owned()));
        assert_eq!(rendered(&day, Format::Date, true), Content::Number("44624".to_owned()));
        assert_eq!(rendered(&day, Format::General, false), Content::Text("2026-03-05".to_owned()));
        assert_eq!(rendered(&day, Format::Text, false), Content::Text("2026-03-05".to_owned()));
        let month = SheetCell::Date("2026-03".to_owned());
        assert_eq!(rendered(&month, Format::Date, false), Content::Text("2026-03".to_owned()));
        assert_eq!(rendered(&SheetCell::Fen(-1205), Format::General, false), Content::Number("-12.05".to_owned()));
        assert_eq!(rendered(&SheetCell::Fen(1205), Format::Text, false), Content::Text("12.05".to_owned()));
        assert_eq!(rendered(&SheetCell::Integer(7), Format::Date, false), Content::Number("7".to_owned()));
        assert_eq!(rendered(&SheetCell::Text("  ".to_owned()), Format::General, false), Content::Empty);
        let long = "长".repeat(CELL_CHARS + 1);
        let Content::Text(cut) = rendered(&SheetCell::Text(long), Format::General, false) else { unreachable!() };
        assert_eq!(cut.chars().count(), CELL_CHARS);
        assert!(cut.ends_with('…'));
    }
}
