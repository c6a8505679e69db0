//! What can go into a cell: stable keys, and the values that a sheet has for them.

use std::collections::BTreeSet;

use super::styles::Format;
use super::value::{rendered, words};
use crate::dto::fill::FillField;
use crate::dto::sheet::{Sheet, SheetCell, SheetPart, SheetTable};

/// A key of a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// 标题
    Title,
    /// 单位
    Office,
    /// 制表日期
    MadeOn,
    /// Heading of the part.
    Heading,
    /// Notes of the part, a line each.
    Notes,
    /// `2/3` when the rows need several workbooks.
    Copy,
    /// A labelled value.
    Fact(String),
    /// A column, going down: table and column.
    Column(String, String),
    /// The sum of a column: table and column.
    Total(String, String),
}

const HEAD: [(&str, Key); 6] = [
    ("title", Key::Title),
    ("office", Key::Office),
    ("made_on", Key::MadeOn),
    ("heading", Key::Heading),
    ("notes", Key::Notes),
    ("copy", Key::Copy),
];

impl Key {
    /// Reads the key of a place.
    pub(super) fn read(text: &str) -> Option<Self> {
        if let Some((_, key)) = HEAD.into_iter().find(|(word, _)| *word == text) {
            return Some(key);
        }
        let (group, rest) = text.split_once('/')?;
        let pair = || rest.split_once('/').filter(|(table, key)| !table.is_empty() && !key.is_empty());
        match group {
            "fact" if !rest.is_empty() => Some(Self::Fact(rest.to_owned())),
            "column" => pair().map(|(table, key)| Self::Column(table.to_owned(), key.to_owned())),
            "total" => pair().map(|(table, key)| Self::Total(table.to_owned(), key.to_owned())),
            _ => None,
        }
    }

    /// The table whose rows go down from the place.
    pub(super) fn table(&self) -> Option<&str> {
        match self {
            Self::Column(table, _) => Some(table),
            _ => None,
        }
    }

    /// The one value of a part, for keys other than columns. Sums stand on the last workbook of a part alone.
    pub(super) fn value(&self, sheet: &Sheet, part: &SheetPart, copy: usize, copies: usize) -> SheetCell {
        let text = |text: &str| SheetCell::Text(text.to_owned());
        match self {
            Self::Title => text(&sheet.title),
            Self::Office => text(&sheet.office),
            Self::MadeOn => SheetCell::Date(sheet.made_on.clone()),
            Self::Heading => text(&part.heading),
            Self::Notes => SheetCell::Text(part.notes.join("\n")),
            Self::Copy => SheetCell::Text(format!("{}/{copies}", copy + 1)),
            Self::Fact(key) => {
                part.facts.iter().find(|fact| fact.key == *key).map_or(SheetCell::Empty, |fact| fact.value.clone())
            }
            Self::Column(..) => SheetCell::Empty,
            Self::Total(..) if copy + 1 < copies => SheetCell::Empty,
            Self::Total(table, key) => total(part, table, key).unwrap_or(SheetCell::Empty),
        }
    }

    /// The value of a row, for columns.
    pub(super) fn row(&self, part: &SheetPart, row: usize) -> SheetCell {
        let Self::Column(table, key) = self else { return SheetCell::Empty };
        let found = table_of(part, table).and_then(|table| table.rows.get(row)?.get(column(table, key)?));
        found.cloned().unwrap_or(SheetCell::Empty)
    }
}

/// What a part is about, to choose it by: its day, its heading, and its topic or place.
pub(super) fn said(part: &SheetPart) -> String {
    let fact = |key: &str| part.facts.iter().find(|fact| fact.key == key).map(|fact| sample(&fact.value));
    let about = ["topic", "place"].into_iter().filter_map(fact).find(|text| !text.is_empty());
    let words = [fact("date"), Some(part.heading.clone()), about];
    words.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The table of a key.
pub(super) fn table_of<'a>(part: &'a SheetPart, key: &str) -> Option<&'a SheetTable> {
    part.tables.iter().find(|table| table.key == key)
}

fn column(table: &SheetTable, key: &str) -> Option<usize> {
    table.columns.iter().position(|column| column.key == key)
}

fn total(part: &SheetPart, table: &str, key: &str) -> Option<SheetCell> {
    let table = table_of(part, table)?;
    table.total.as_ref()?.get(column(table, key)?).cloned()
}

/// What the parts of a sheet can give, each once, with the first value there is.
pub(super) fn fields(sheet: &Sheet) -> Vec<FillField> {
    let mut out: Vec<FillField> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let empty = SheetPart::default();
    let first = sheet.parts.first().unwrap_or(&empty);
    for (word, key) in HEAD {
        let sample = sample(&key.value(sheet, first, 0, 1));
        out.push(field(word.to_owned(), "", "head", "", sample));
    }
    let mut add = |key: String, label: &str, group: &str, table: &str, sample: String| {
        if seen.insert(key.clone()) {
            out.push(field(key, label, group, table, sample));
        } else if let Some(known) = out.iter_mut().find(|known| known.key == key && known.sample.is_empty()) {
            known.sample = sample;
        }
    };
    for part in &sheet.parts {
        for fact in &part.facts {
            add(format!("fact/{}", fact.key), &fact.label, "fact", "", sample(&fact.value));
        }
        for table in &part.tables {
            for (place, column) in table.columns.iter().enumerate() {
                let cell = table.rows.iter().filter_map(|row| row.get(place)).find(|cell| **cell != SheetCell::Empty);
                let key = format!("column/{}/{}", table.key, column.key);
                add(key, &column.label, "column", &table.heading, cell.map(sample).unwrap_or_default());
            }
            for (place, column) in table.columns.iter().enumerate() {
                let cell = table.total.as_ref().and_then(|total| total.get(place));
                if let Some(cell @ (SheetCell::Integer(_) | SheetCell::Fen(_))) = cell {
                    let key = format!("total/{}/{}", table.key, column.key);
                    add(key, &column.label, "total", &table.heading, sample(cell));
                }
            }
        }
    }
    out
}

fn field(key: String, label: &str, group: &str, table: &str, sample: String) -> FillField {
    FillField { key, label: label.to_owned(), group: group.to_owned(), table: table.to_owned(), sample }
}

fn sample(value: &SheetCell) -> String {
    let text = words(&rendered(value, Format::General, false), value);
    let line: String = text.chars().map(|c| if c == '\n' { ' ' } else { c }).take(40).collect();
    line
}
