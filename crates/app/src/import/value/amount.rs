//! Amounts in integer fen.

use ybz_domain::ledger::dues::MAX_AMOUNT_FEN;

use super::{ValueError, says_nothing, squeezed, with_note};
use crate::import::sheet::Cell;

const MAX_FEN: i64 = MAX_AMOUNT_FEN;

/// Reads an amount in yuan as fen; `None` for a blank cell, `—`, `无` and `免`.
///
/// # Errors
/// `amount_too_many_decimals`, `amount_negative`, `amount_too_large`, `amount_not_understood`, `cell_is_error`.
pub(crate) fn amount(cell: &Cell) -> Result<Option<i64>, ValueError> {
    match cell {
        Cell::Number(number) => of_number(*number).map(Some),
        Cell::Empty => Ok(None),
        Cell::Moment(_) | Cell::Bool(_) => Err(not_understood(&cell.text())),
        Cell::Text(_) | Cell::Fault(_) => of_text(&super::sound(cell)?),
    }
}

/// `45.00`
pub(crate) fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

fn not_understood(found: &str) -> ValueError {
    ValueError::new("amount_not_understood", found).example("45.00")
}

#[expect(clippy::cast_possible_truncation, reason = "the bound above is far below 2^53")]
fn of_number(number: f64) -> Result<i64, ValueError> {
    let found = format!("{number}");
    if number < 0.0 {
        return Err(ValueError::new("amount_negative", &found));
    }
    let fen = number * 100.0;
    if !fen.is_finite() || fen > MAX_FEN as f64 {
        return Err(ValueError::new("amount_too_large", &found));
    }
    // Formulas leave noise such as 67.49999999999999; anything larger was typed.
    if (fen - fen.round()).abs() > 1e-4 {
        return Err(ValueError::new("amount_too_many_decimals", &found).example("45.00"));
    }
    Ok(fen.round() as i64)
}

fn of_text(raw: &str) -> Result<Option<i64>, ValueError> {
    let text = squeezed(raw);
    if says_nothing(&text) || matches!(text.as_str(), "免" | "免缴" | "免交" | "减免" | "免收") {
        return Ok(None);
    }
    let (head, _note) = with_note(&text);
    let mut number = head.as_str();
    for prefix in ["人民币", "RMB", "rmb", "¥", "￥"] {
        number = number.strip_prefix(prefix).unwrap_or(number);
    }
    for suffix in ["整", "圆", "元", "元/月", "/月"] {
        number = number.strip_suffix(suffix).unwrap_or(number);
    }
    let number = number.strip_suffix('元').unwrap_or(number);
    if let Some(rest) = number.strip_prefix(['-', '−', '－'])
        && rest.starts_with(|c: char| c.is_ascii_digit())
    {
        return Err(ValueError::new("amount_negative", raw));
    }
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let whole = ungrouped(whole).ok_or_else(|| not_understood(raw))?;
    if whole.is_empty() || !decimals.chars().all(|c| c.is_ascii_digit()) {
        return Err(not_understood(raw));
    }
    if decimals.trim_end_matches('0').len() > 2 {
        return Err(ValueError::new("amount_too_many_decimals", raw).example("45.00"));
    }
    let cents: String = decimals.chars().chain("00".chars()).take(2).collect();
    let fen = format!("{whole}{cents}").parse::<i64>().ok().filter(|fen| *fen <= MAX_FEN);
    fen.map(Some).ok_or_else(|| ValueError::new("amount_too_large", raw))
}

/// Digits without thousands separators; `None` when commas stand elsewhere.
fn ungrouped(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split([',', '，']).collect();
    let digits = groups.iter().all(|group| group.chars().all(|c| c.is_ascii_digit()));
    let grouped = groups.len() == 1
        || groups.first().is_some_and(|first| (1..=3).contains(&first.len()))
            && groups.iter().skip(1).all(|group| group.len() == 3);
    (digits && grouped).then(|| groups.concat())
}
