//! Names of people.

use super::{ValueError, squeezed, with_note};
use crate::import::sheet::Cell;

/// The form in which names are compared: no spaces (`张 三` is `张三`), one kind of middle dot, no case.
#[must_use]
pub(crate) fn key(name: &str) -> String {
    squeezed(name)
        .chars()
        .map(|c| if matches!(c, '•' | '・' | '‧' | '∙' | '●' | '．' | '･') { '·' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The form in which a name is kept: like [`key`], but words in Latin letters keep their spaces and case.
#[must_use]
pub(crate) fn shown(name: &str) -> String {
    if name.chars().any(|c| c.is_ascii_alphabetic()) {
        return name.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    key(name)
}

/// Reads a name and the remark behind it, as in `张三（预备）`; `None` for a blank cell.
///
/// # Errors
/// `name_not_understood` when it holds digits or signs, is one character or longer than 20; `cell_is_error`.
pub(crate) fn name(cell: &Cell) -> Result<Option<(String, String)>, ValueError> {
    let raw = super::sound(cell)?;
    if raw.is_empty() {
        return Ok(None);
    }
    let (head, note) = with_note(&raw);
    let name = shown(head.trim_end_matches("同志"));
    let count = name.chars().count();
    let odd = name
        .chars()
        .any(|c| c.is_ascii_digit() || !(c.is_alphabetic() || matches!(c, '·' | ' ' | '\'' | '-' | '.' | '〇')));
    if odd || !(2..=20).contains(&count) {
        return Err(ValueError::new("name_not_understood", &raw));
    }
    Ok(Some((name, note)))
}

/// Whether a header could be a member's name: two to four characters, or with a middle dot.
pub(crate) fn looks_like_name(text: &str) -> bool {
    let (head, _) = with_note(text);
    let name = key(&head);
    let han = name.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c) || *c == '〇').count();
    let total = name.chars().count();
    (2..=4).contains(&total) && han == total
        || name.contains('·') && total <= 20 && han + 1 >= total.min(han + 1) && han >= 2
}

/// Splits a list of names with remarks: `张三、李四（病假）`.
///
/// Commas and pauses inside brackets stay with their remark.
#[must_use]
pub(crate) fn list(text: &str) -> Vec<(String, String)> {
    let mut entries = Vec::new();
    let mut current = String::new();
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let divides = matches!(c, '、' | ',' | '，' | ';' | '；' | '\n' | '\t' | '。' | '/');
        if divides && depth == 0 {
            entries.push(std::mem::take(&mut current));
        } else {
            current.push(c);
        }
    }
    entries.push(current);
    entries.iter().flat_map(|entry| spaced(entry)).filter(|(name, _)| !name.is_empty()).collect()
}

/// One entry of a list. Spaces divide names of two and more characters (`张三 李四`) but not one name (`张 三`).
fn spaced(entry: &str) -> Vec<(String, String)> {
    let (head, note) = with_note(entry);
    if let Some((name, reason)) = head.split_once([':', '：']) {
        return vec![(shown(name), reason.trim().to_owned())];
    }
    let words: Vec<&str> = head.split([' ', '\u{3000}', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    let latin = head.chars().any(|c| c.is_ascii_alphabetic());
    if latin || words.len() < 2 || words.iter().all(|word| word.chars().count() == 1) && words.len() <= 3 {
        return vec![(shown(&head), note)];
    }
    // `张 三 李四`: single characters join to names of two.
    let mut names: Vec<String> = Vec::new();
    let mut half = String::new();
    for word in words {
        if word.chars().count() > 1 {
            names.extend((!half.is_empty()).then(|| std::mem::take(&mut half)));
            names.push(word.to_owned());
        } else {
            half.push_str(word);
            if half.chars().count() == 2 {
                names.push(std::mem::take(&mut half));
            }
        }
    }
    names.extend((!half.is_empty()).then_some(half));
    let last = names.len().saturating_sub(1);
    names
        .into_iter()
        .enumerate()
        .map(|(place, name)| (shown(&name), if place == last { note.clone() } else { String::new() }))
        .collect()
}
