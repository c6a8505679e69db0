//! Search as typed: which words of a record are looked into, how they are cut, and what a query means.
//!
//! Chinese has no spaces: each character is a word of its own, so that any part of a text is found by its characters in a
//! row. Beside it stand the syllables and the initials of runs of characters. What is sealed is bytes and never looked into.

use crate::book::{RecordView, Value, is_deleted};
use crate::ids::RecordId;
use crate::ledger::desk::case::CASE_TOLD;
use crate::pinyin::{readings, syllable};

/// Keeps what ends one field from joining what begins the next. A private-use character, which nobody types.
const BETWEEN: char = '\u{e000}';
/// Fields that hold codes, references and days of entry, which nobody looks for.
const NOT_WORDS: [&str; 11] =
    ["kind", "state", "recorded_on", "mark", "due", "custodian", "copied", "undecided", "rules", "post", "after"];
/// Characters of one record that are looked into: all but the longest minutes.
const MOST: usize = 12_000;
/// Ways to read letters as syllables that are tried.
const READINGS: usize = 8;
/// Words of a query.
const WORDS: usize = 8;

/// A record's words, in three columns of words with spaces between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    /// Characters and words, in lowercase.
    pub words: String,
    /// Syllables of characters.
    pub sounds: String,
    /// First letters of syllables.
    pub initials: String,
}

/// The words of a record; none of one that is marked as deleted, nor of who asked, which is opened by a call that is logged.
pub fn tokens(record: &RecordView) -> Tokens {
    let mut out = Tokens::default();
    if is_deleted(&record.rtype) || record.rtype == CASE_TOLD {
        return out;
    }
    let mut left = MOST;
    for (name, field) in &record.fields {
        let (base, under) = name.split_once('/').unwrap_or((name, ""));
        if NOT_WORDS.contains(&base) {
            continue;
        }
        let text = match field.shown() {
            Some(Value::Str(text) | Value::Text(text)) => text.as_str(),
            // `with/<name>`: what people wrote is the key.
            Some(Value::Bool(true)) => under,
            _ => continue,
        };
        if text.parse::<RecordId>().is_ok() {
            continue;
        }
        out.add(text, &mut left);
    }
    out
}

impl Tokens {
    fn add(&mut self, text: &str, left: &mut usize) {
        let mut word = String::new();
        for c in text.chars() {
            if *left == 0 {
                break;
            }
            *left -= 1;
            if c.is_ascii_alphanumeric() {
                word.push(c.to_ascii_lowercase());
                continue;
            }
            self.end(&mut word);
            if !c.is_alphanumeric() {
                continue;
            }
            push(&mut self.words, c.to_lowercase());
            if let Some(syllable) = syllable(c) {
                push(&mut self.initials, syllable.chars().take(1));
                push(&mut self.sounds, syllable.chars());
            }
        }
        self.end(&mut word);
        for column in [&mut self.words, &mut self.sounds, &mut self.initials] {
            push(column, [BETWEEN]);
        }
    }

    fn end(&mut self, word: &mut String) {
        if !word.is_empty() {
            push(&mut self.words, word.drain(..));
        }
    }
}

fn push(column: &mut String, word: impl IntoIterator<Item = char>) {
    if !column.is_empty() {
        column.push(' ');
    }
    column.extend(word);
}

/// What somebody typed, as an expression of SQLite's FTS5 over the columns of [`Tokens`]; none when nothing can be looked
/// for. Words apart are all looked for; the last of a row may be only begun. Nothing of what was typed but letters, digits and
/// characters gets into the expression.
pub fn expression(typed: &str) -> Option<String> {
    let terms: Vec<String> = typed.split_whitespace().filter_map(term).take(WORDS).collect();
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

fn term(typed: &str) -> Option<String> {
    let mut tokens = Tokens::default();
    tokens.add(typed, &mut MOST.clone());
    let words = tokens.words.trim_end_matches(BETWEEN).trim_end();
    if words.is_empty() {
        return None;
    }
    let begun = words.ends_with(|c: char| c.is_ascii_alphanumeric());
    let mut ways = vec![format!("words : \"{words}\"{}", if begun { " *" } else { "" })];
    // Letters alone, and letters apart as some people type syllables: what was typed as one word stays one.
    if !words.contains(' ') && words.bytes().all(|byte| byte.is_ascii_lowercase()) {
        ways.extend(readings(words, READINGS).iter().map(|one| format!("sounds : \"{}\" *", one.join(" "))));
        let letters: Vec<String> = words.chars().map(String::from).collect();
        ways.push(format!("initials : \"{}\"", letters.join(" ")));
    }
    Some(format!("({})", ways.join(" OR ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_words_and_fields_stay_apart() {
        let mut out = Tokens::default();
        let mut left = MOST;
        out.add("路灯LED坏了3盏", &mut left);
        out.add("报修", &mut left);
        let between = BETWEEN.to_string();
        assert_eq!(out.words, format!("路 灯 led 坏 了 3 盏 {between} 报 修 {between}"));
        assert_eq!(out.sounds, format!("lu deng huai le zhan {between} bao xiu {between}"));
        assert_eq!(out.initials, format!("l d h l z {between} b x {between}"));
    }

    #[test]
    fn who_asked_is_found_by_no_words_and_a_case_is() {
        use crate::book::{BookKind, apply, create, new_document, read_record};
        let words = |rtype: &str| {
            let id = RecordId([1; 16]);
            let mut doc = new_document(&BookKind::dispatch()).unwrap();
            let op = create(id, rtype, [("name", "路灯".into()), ("title", "路灯".into())]);
            apply(&mut doc, &crate::ids::ActorId([1; 16]), jiff::civil::date(2026, 3, 2), &[op]).unwrap();
            let record = read_record(&doc, id).unwrap();
            (tokens(&record).words, crate::ledger::index_row(&record).text)
        };
        assert_eq!(words(CASE_TOLD), (String::new(), String::new()));
        let (found, listed) = words(crate::ledger::flow::FLOW_ITEM);
        assert!(found.contains("路 灯") && listed.contains("路灯"));
    }

    #[test]
    fn what_is_typed_becomes_an_expression_without_signs_of_its_own() {
        assert_eq!(expression("路灯").unwrap(), "(words : \"路 灯\")");
        assert_eq!(expression("灯 坏").unwrap(), "(words : \"灯\") AND (words : \"坏\")");
        assert_eq!(expression("3组").unwrap(), "(words : \"3 组\")");
        assert_eq!(expression("zs").unwrap(), "(words : \"zs\" * OR initials : \"z s\")", "no syllable is spelled so");
        assert!(expression("zhangs").unwrap().contains("sounds : \"zhang s\" *"));
        assert_eq!(expression("2026-03").unwrap(), "(words : \"2026 03\" *)");
        for nothing in ["", "  ", "\"*)(", "—。"] {
            assert_eq!(expression(nothing), None, "{nothing}");
        }
        assert_eq!(expression("a\" OR words:*").unwrap().matches("OR words").count(), 0);
        assert!(expression(&"路 ".repeat(1000)).unwrap().len() < 400, "what somebody types is bounded");
    }
}
