//! Makes an output comparable: what differs from run to run gets a name for its kind.

use serde_json::Value;

/// The value as indented text with ids, dates, times and ports named by their kind.
pub(crate) fn steady(value: &Value) -> String {
    format!("{:#}", replaced(value.clone()))
}

fn replaced(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(word(&text)),
        Value::Array(list) => Value::Array(list.into_iter().map(replaced).collect()),
        Value::Object(map) => Value::Object(map.into_iter().map(field).collect()),
        other => other,
    }
}

fn field((name, value): (String, Value)) -> (String, Value) {
    let value = match (name.as_str(), value) {
        ("year", Value::Number(_)) => Value::String("<year>".to_owned()),
        ("years", Value::Array(_)) => Value::String("<years>".to_owned()),
        // In order of ids, which are random.
        ("readers", Value::Array(mut list)) => {
            list.sort_by_key(Value::to_string);
            Value::Array(list)
        }
        (_, value) => replaced(value),
    };
    (name, value)
}

/// A shape is the text with every digit as `0`.
fn word(text: &str) -> String {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    match (shape.as_str(), text.len()) {
        ("0000-00-00", _) => "<date>".to_owned(),
        ("00:00", _) => "<time>".to_owned(),
        ("000000", _) => "<code>".to_owned(),
        (_, 32 | 64) if text.bytes().all(|byte| byte.is_ascii_hexdigit()) => "<id>".to_owned(),
        (shape, _) if shape.starts_with("000.0.0.0:") => "<address>".to_owned(),
        _ if text.starts_with("YBZ1") => "<ticket>".to_owned(),
        _ if text.starts_with("/") => "<path>".to_owned(),
        _ => text.to_owned(),
    }
}
