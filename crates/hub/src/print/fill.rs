//! Forms of higher bodies: what is kept, what is mapped, what was made.

use std::path::PathBuf;

use ybz_app::dto::fill::{FillAdded, FillGrid, FillMapped, FillNote, FillPlace, FillPreview, FillTemplate};

/// Forms that are kept.
pub(crate) fn list(rows: &[FillTemplate]) -> String {
    if rows.is_empty() {
        return "还没有上级模板 No forms yet".to_owned();
    }
    let line = |row: &FillTemplate| {
        format!("{}  {}  {}  {} 处 places  {}  {}\n", row.id, row.name, row.kind, row.places, row.added_on, row.file)
    };
    rows.iter().map(line).collect()
}

/// A form that was kept.
pub(crate) fn added(added: &FillAdded) -> String {
    let mut text = format!("已留存 Kept: {}\n", added.id);
    if added.carried > 0 {
        text.push_str(&format!("沿用 {} 处 places carried over\n", added.carried));
    }
    if !added.lost.is_empty() {
        text.push_str("没有沿用,请重新指 Not carried over, map them anew:\n");
        notes(&mut text, &added.lost);
    }
    text
}

fn notes(text: &mut String, notes: &[FillNote]) {
    for note in notes {
        text.push_str(&format!("  {}!{} {}: {}\n", note.sheet, note.cell, note.key, why(&note.code)));
    }
}

fn why(code: &str) -> &str {
    match code {
        "sheet_gone" => "新表里没有这个工作表 no such sheet any more",
        "cell_differs" => "这一格或它的标签变了 the cell or its label is another",
        "cell_has_formula" => "新表里这一格是公式 a formula stands there now",
        "cell_has_text" => "原有文字会被替换 words of the form will be replaced",
        "text_cut" => "文字超过一格能放的长度,会截断 longer than a cell takes, will be cut",
        "cell_taken" => "和另一处重叠 another place takes it",
        "fill_no_room" => "没有可填的行 no rows to fill",
        other => other,
    }
}

fn places(text: &mut String, places: &[FillPlace]) {
    for place in places {
        let last = place.last_row.map(|row| format!(":{row}")).unwrap_or_default();
        text.push_str(&format!("  {}={}!{}{last}\n", place.key, place.sheet, place.cell));
    }
}

/// A form's cells, its mapping, and what there is.
pub(crate) fn grid(grid: &FillGrid) -> String {
    let mut text = format!("{}: {}\n", grid.template.name, grid.sheets.join("、"));
    text.push_str(&format!("“{}”\n", grid.sheet));
    for cell in grid.cells.iter().filter(|cell| !cell.text.is_empty()) {
        let merged =
            if cell.rows * cell.columns > 1 { format!(" ({}×{})", cell.rows, cell.columns) } else { String::new() };
        text.push_str(&format!("  {}{}{merged} {}\n", column(cell.column), cell.row, cell.text.replace('\n', " ")));
    }
    if grid.cut {
        text.push_str("  …\n");
    }
    text.push_str("已指定 Mapped:\n");
    places(&mut text, &grid.places);
    if !grid.suggestions.is_empty() {
        text.push_str("建议,用 --suggested 采用 Proposed, take them with --suggested:\n");
        places(&mut text, &grid.suggestions);
    }
    text.push_str("可填的内容 What there is:\n");
    for field in &grid.fields {
        text.push_str(&format!("  {}  {} {}  {}\n", field.key, field.table, field.label, field.sample));
    }
    text
}

/// Letters of a column, from 1.
fn column(number: u32) -> String {
    let (mut rest, mut letters) = (number, Vec::new());
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// What is kept of a mapping.
pub(crate) fn mapped(mapped: &FillMapped) -> String {
    let mut text = "已记住 Kept:\n".to_owned();
    places(&mut text, &mapped.places);
    notes(&mut text, &mapped.notes);
    text
}

/// Tables that need further workbooks.
pub(crate) fn room(preview: &FillPreview) -> String {
    let line = |table: &ybz_app::dto::fill::FillRoom| {
        format!(
            "{} {}: {} 行,模板只有 {} 行,续填到下一份 {} rows, room for {}, continued in further workbooks\n",
            table.table, table.heading, table.rows, table.room, table.rows, table.room
        )
    };
    preview.tables.iter().map(line).collect()
}

/// What filling would make.
pub(crate) fn preview(preview: &FillPreview) -> String {
    let mut text = room(preview);
    notes(&mut text, &preview.notes);
    for file in &preview.files {
        text.push_str(&format!("{file}\n"));
    }
    for value in preview.values.iter().filter(|value| !value.text.is_empty()) {
        text.push_str(&format!("  {}!{} {}\n", value.sheet, value.cell, value.text.replace('\n', " ")));
    }
    text.push_str("只预览,没有写入。 Preview only, nothing was written.\n");
    text
}

/// What was written.
pub(crate) fn written(files: &[PathBuf]) -> String {
    files.iter().map(|file| format!("已写入 Written: {}\n", file.display())).collect()
}
