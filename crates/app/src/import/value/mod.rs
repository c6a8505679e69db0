//! Values as people type them, read into what they mean. Nothing is guessed silently: what is unclear is an error
//! with a code and what stands there.

pub(crate) mod amount;
pub(crate) mod date;
pub(crate) mod mark;
pub(crate) mod person;
pub(crate) mod private;
pub(crate) mod terms;

use std::collections::BTreeMap;

use super::sheet::Cell;

/// Why a value was not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}")]
pub(crate) struct ValueError {
    /// Stable code, such as `month_out_of_range`.
    pub code: &'static str,
    /// Values for the sentence: `found`, and `example` where there is one.
    pub params: BTreeMap<String, String>,
}

impl ValueError {
    pub(super) fn new(code: &'static str, found: &str) -> Self {
        let shown: String = found.chars().take(40).collect();
        Self { code, params: BTreeMap::from([("found".to_owned(), shown)]) }
    }

    pub(super) fn example(mut self, example: &str) -> Self {
        self.params.insert("example".to_owned(), example.to_owned());
        self
    }
}

/// Half-width text without any spaces.
pub(super) fn squeezed(text: &str) -> String {
    text.chars()
        .map(super::words::half_width)
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}'))
        .collect()
}

/// The text of a cell, or `cell_is_error` for a formula that failed.
pub(super) fn sound(cell: &Cell) -> Result<String, ValueError> {
    match cell {
        Cell::Fault(word) => Err(ValueError::new("cell_is_error", word)),
        other => Ok(other.text()),
    }
}

/// Splits `主要(附注)` into both.
pub(super) fn with_note(text: &str) -> (String, String) {
    let text = text.replace('（', "(").replace('）', ")").replace('【', "(").replace('】', ")");
    match text.split_once('(') {
        Some((head, rest)) => {
            let note = rest.rsplit_once(')').map_or(rest, |(note, _)| note);
            (head.trim().to_owned(), note.trim().to_owned())
        }
        None => (text.trim().to_owned(), String::new()),
    }
}

/// Whether the text only says that there is nothing: `无`, `—`, `暂无`.
#[must_use]
pub(crate) fn says_nothing(text: &str) -> bool {
    let text = squeezed(text);
    let text = text.trim_end_matches(['。', '.', '!']);
    matches!(
        text,
        "" | "-"
            | "--"
            | "—"
            | "——"
            | "/"
            | "\\"
            | "无"
            | "没有"
            | "暂无"
            | "无诉求"
            | "没有诉求"
            | "无困难"
            | "暂无诉求"
            | "无意见"
    )
}
