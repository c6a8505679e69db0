//! The only place that writes to the terminal. What cannot be written, because the reader is gone, is nobody's loss.

pub(crate) mod alike;
pub(crate) mod back;
pub(crate) mod body;
pub(crate) mod desk;
pub(crate) mod device;
pub(crate) mod doctor;
pub(crate) mod dues;
pub(crate) mod failure;
pub(crate) mod fill;
pub(crate) mod flow;
pub(crate) mod forget;
pub(crate) mod import;
pub(crate) mod issue;
pub(crate) mod key;
pub(crate) mod member;
pub(crate) mod month;
pub(crate) mod root;
pub(crate) mod rounds;
pub(crate) mod sheet;
pub(crate) mod snapshot;
pub(crate) mod status;
pub(crate) mod who;
pub(crate) mod words;

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;
use serde_json::Value;

/// Writes a result to standard output.
pub(crate) fn out(text: impl AsRef<str>) {
    let text = text.as_ref();
    let mut to = std::io::stdout().lock();
    let end = if text.ends_with('\n') || text.is_empty() { "" } else { "\n" };
    let _ = write!(to, "{text}{end}").and_then(|()| to.flush());
}

/// Writes a remark to standard error.
pub(crate) fn note(text: impl AsRef<str>) {
    let text = text.as_ref();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    let _ = write!(std::io::stderr().lock(), "{text}{end}");
}

/// Asks for something at the terminal.
pub(crate) fn prompt(text: &str) {
    let mut to = std::io::stderr().lock();
    let _ = write!(to, "{text}").and_then(|()| to.flush());
}

/// Writes one JSON value on one line, with keys in order.
pub(crate) fn json(value: &impl Serialize) {
    if let Ok(value) = serde_json::to_value(value) {
        out(sorted(value).to_string());
    }
}

/// Puts keys in order, however the parts of the program that made the value were built.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let map: BTreeMap<String, Value> = map.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            Value::Object(map.into_iter().collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(sorted).collect()),
        other => other,
    }
}
