//! Sheets as text: values under each other, tables in columns. A Chinese character is two columns wide.

use ybz_app::dto::sheet::{Sheet, SheetCell, SheetKind, SheetPart, SheetPeriod, SheetTable};
use ybz_app::yuan;

/// What can be printed.
pub(crate) fn kinds(kinds: &[SheetKind]) -> String {
    let line = |kind: &SheetKind| {
        let period = match kind.period {
            SheetPeriod::Year => "--year",
            SheetPeriod::Months => "--year --month",
            SheetPeriod::Today => "",
        };
        let of = kind.of.as_deref().map(|of| format!(" --record ({of})")).unwrap_or_default();
        format!("{}\t{}\t{period}{of}\n", kind.kind, kind.title)
    };
    kinds.iter().map(line).collect()
}

/// A sheet with all its parts.
pub(crate) fn sheet(sheet: &Sheet) -> String {
    let private = if sheet.private { "  只留本村" } else { "" };
    let mut text = format!("{}\n单位:{}  制表日期:{}{private}\n", sheet.title, sheet.office, sheet.made_on);
    for part in &sheet.parts {
        text.push('\n');
        text.push_str(&of_part(part));
    }
    text
}

fn of_part(part: &SheetPart) -> String {
    let mut text = String::new();
    if !part.heading.is_empty() {
        text.push_str(&format!("【{}】\n", part.heading));
    }
    let widest = part.facts.iter().map(|fact| width(&fact.label)).max().unwrap_or(0);
    for fact in &part.facts {
        let indent = format!("\n{}", " ".repeat(widest + 2));
        let value = cell(&fact.value).replace('\n', &indent);
        text.push_str(format!("{}  {value}", padded(&fact.label, widest)).trim_end());
        text.push('\n');
    }
    for table in &part.tables {
        text.push_str(&of_table(table));
    }
    for note in &part.notes {
        text.push_str(&format!("{note}\n"));
    }
    if !part.signatures.is_empty() {
        let signs: Vec<String> = part.signatures.iter().map(|who| format!("{who}:________")).collect();
        text.push_str(&format!("{}\n", signs.join("  ")));
    }
    text
}

fn of_table(table: &SheetTable) -> String {
    let header: Vec<String> = table.columns.iter().map(|column| column.label.clone()).collect();
    let line =
        |cells: &Vec<SheetCell>| -> Vec<String> { cells.iter().map(|one| cell(one).replace('\n', " / ")).collect() };
    let rows: Vec<Vec<String>> =
        std::iter::once(header).chain(table.rows.iter().map(line)).chain(table.total.iter().map(line)).collect();
    let widest: Vec<usize> = (0..table.columns.len())
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|text| width(text)).max().unwrap_or(0))
        .collect();
    let mut text = if table.heading.is_empty() { String::new() } else { format!("{}\n", table.heading) };
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(&widest).map(|(text, widest)| padded(text, *widest)).collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

fn cell(cell: &SheetCell) -> String {
    match cell {
        SheetCell::Empty => String::new(),
        SheetCell::Text(words) => words.clone(),
        SheetCell::Integer(count) => count.to_string(),
        SheetCell::Fen(fen) => yuan(*fen),
        SheetCell::Date(on) => on.clone(),
    }
}

fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ybz_app::dto::sheet::{SheetColumn, SheetFact};

    #[test]
    fn values_and_columns_stand_under_each_other() {
        let column = |label: &str| SheetColumn { key: String::new(), label: label.to_owned(), weight: 1 };
        let text = |words: &str| SheetCell::Text(words.to_owned());
        let fact = |label: &str, value| SheetFact { key: String::new(), label: label.to_owned(), value, wide: false };
        let part = SheetPart {
            heading: "党课".to_owned(),
            facts: vec![fact("日期", SheetCell::Date("2026-03-05".to_owned())), fact("主持人", text("甲\n乙"))],
            tables: vec![SheetTable {
                key: String::new(),
                heading: String::new(),
                columns: vec![column("姓名"), column("金额")],
                rows: vec![vec![text("甲"), SheetCell::Fen(123_450)], vec![text("ab"), SheetCell::Empty]],
                total: Some(vec![text("合计"), SheetCell::Fen(123_450)]),
            }],
            signatures: vec!["书记".to_owned()],
            ..SheetPart::default()
        };
        let wanted = "【党课】\n日期    2026-03-05\n主持人  甲\n        乙\n姓名  金额\n甲    1,234.50\nab\n合计  1,234.50\n书记:________\n";
        assert_eq!(of_part(&part), wanted);
    }
}
