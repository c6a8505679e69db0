//! Parts of sheets, made in few words.

use crate::dto::sheet::{SheetCell, SheetColumn, SheetFact, SheetPart, SheetTable};

/// Words; what is not known stays empty.
pub(super) fn text(words: impl Into<String>) -> SheetCell {
    let words = words.into();
    if words.trim().is_empty() { SheetCell::Empty } else { SheetCell::Text(words) }
}

/// A count.
pub(super) fn number(count: impl Into<i64>) -> SheetCell {
    SheetCell::Integer(count.into())
}

/// A whole day; a month or words stay words.
pub(super) fn day(on: &str) -> SheetCell {
    match on.parse::<jiff::civil::Date>() {
        Ok(_) if on.len() == 10 => SheetCell::Date(on.to_owned()),
        _ => text(on),
    }
}

/// Money that is left empty where there is none.
pub(super) fn fen_or_empty(fen: i64) -> SheetCell {
    if fen == 0 { SheetCell::Empty } else { SheetCell::Fen(fen) }
}

/// A labelled value.
pub(super) fn fact(key: &str, label: &str, value: SheetCell) -> SheetFact {
    SheetFact { key: key.to_owned(), label: label.to_owned(), value, wide: false }
}

/// A labelled value over the whole width.
pub(super) fn wide(key: &str, label: &str, value: SheetCell) -> SheetFact {
    SheetFact { wide: true, ..fact(key, label, value) }
}

/// A table; columns are key, label and share of the width.
pub(super) fn table(key: &str, heading: &str, columns: &[(&str, &str, u16)], rows: Vec<Vec<SheetCell>>) -> SheetTable {
    let column = |(key, label, weight): &(&str, &str, u16)| SheetColumn {
        key: (*key).to_owned(),
        label: (*label).to_owned(),
        weight: *weight,
    };
    SheetTable {
        key: key.to_owned(),
        heading: heading.to_owned(),
        columns: columns.iter().map(column).collect(),
        rows,
        total: None,
    }
}

/// A part of one table.
pub(super) fn of_table(table: SheetTable, notes: Vec<String>, signatures: &[&str]) -> SheetPart {
    SheetPart { tables: vec![table], notes, signatures: words(signatures), ..SheetPart::default() }
}

/// Owned words.
pub(super) fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|one| (*one).to_owned()).collect()
}

/// Several words as one, as Chinese lists them.
pub(super) fn several<'a>(all: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<&str> = all.into_iter().filter(|one| !one.is_empty()).collect();
    all.join("、")
}
