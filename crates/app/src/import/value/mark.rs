//! Marks of a roll call: √ × 假.

use super::{ValueError, squeezed, with_note};
use crate::dto::meeting::Mark;
use crate::import::sheet::Cell;

/// Reads a mark and its reason; a blank cell is [`Mark::Unconfirmed`], never present by default.
///
/// # Errors
/// `mark_not_understood`, `cell_is_error`.
pub(crate) fn mark(cell: &Cell) -> Result<(Mark, String), ValueError> {
    match cell {
        Cell::Empty => return Ok((Mark::Unconfirmed, String::new())),
        Cell::Number(number) if *number == 1.0 => return Ok((Mark::Present, String::new())),
        Cell::Number(number) if *number == 0.0 => return Ok((Mark::Absent, String::new())),
        Cell::Bool(true) => return Ok((Mark::Present, String::new())),
        Cell::Bool(false) => return Ok((Mark::Absent, String::new())),
        _ => {}
    }
    let raw = super::sound(cell)?;
    read(&raw).ok_or_else(|| ValueError::new("mark_not_understood", &raw).example("√"))
}

/// Reads a mark from text.
pub(crate) fn read(raw: &str) -> Option<(Mark, String)> {
    let (head, note) = with_note(raw);
    let head = squeezed(&head);
    let plain = |mark| Some((mark, note.clone()));
    match head.as_str() {
        "" | "-" | "—" | "/" | "未确认" if note.is_empty() => return plain(Mark::Unconfirmed),
        "√" | "✓" | "✔" | "☑" | "v" | "V" | "到" | "是" | "1" | "已到" | "实到" | "到会" | "出席" | "参加" | "在"
        | "出" => {
            return plain(Mark::Present);
        }
        "×" | "✗" | "✘" | "☒" | "╳" | "x" | "X" | "缺" | "旷" | "0" | "缺席" | "未到" | "旷会" | "否" | "未参加"
        | "缺会" => {
            return plain(Mark::Absent);
        }
        "列" | "列席" => return plain(Mark::NonVoting),
        "假" | "请假" | "△" | "▲" => return plain(Mark::Excused),
        "病" | "病假" => return excused("病假", &note),
        "事" | "事假" => return excused("事假", &note),
        "公" | "公假" | "公出" | "公差" => return excused("公假", &note),
        "出差" | "外出" | "外出务工" | "务工" | "住院" => return excused(&head, &note),
        _ => {}
    }
    if let Some(reason) = head.strip_prefix("请假").or_else(|| head.strip_prefix("假")) {
        return excused(reason.trim_start_matches([':', ',', '，', '-', '、']), &note);
    }
    if head.ends_with('假') && head.chars().count() <= 5 {
        return excused(&head, &note);
    }
    None
}

fn excused(reason: &str, note: &str) -> Option<(Mark, String)> {
    let reason = match (reason.is_empty(), note.is_empty()) {
        (false, false) => format!("{reason}，{note}"),
        (false, true) => reason.to_owned(),
        (true, _) => note.to_owned(),
    };
    Some((Mark::Excused, reason))
}

/// Whether a column of a sheet holds marks: at least half of the filled cells read as one.
pub(crate) fn looks_like_marks<'a>(cells: impl Iterator<Item = &'a Cell>) -> bool {
    let (mut filled, mut marks) = (0usize, 0usize);
    for cell in cells.filter(|cell| !cell.is_empty()) {
        filled += 1;
        marks += usize::from(mark(cell).is_ok());
    }
    filled > 0 && marks * 2 >= filled
}
