//! Coded errors: `{code, field, params}`. The screen translates; a code exists because somebody branches on it or reads it.

use std::collections::BTreeMap;

use crate::dto::ErrorDto;

/// Result of a use case.
pub(crate) type Answer<T> = Result<T, ErrorDto>;

impl ErrorDto {
    /// An error without field or values.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), field: None, params: BTreeMap::new() }
    }

    /// Names the input field at fault.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// Adds a value for the sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// Something that should not happen: the detail goes into the sentence and holds no private word.
    pub(crate) fn internal(what: &str, error: &dyn std::fmt::Display) -> Self {
        tracing::error!(what, "call failed");
        Self::new("internal").with("what", what).with("detail", error)
    }
}

impl std::fmt::Display for ErrorDto {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.code)?;
        if let Some(field) = &self.field {
            write!(f, " at {field}")?;
        }
        for (name, value) in &self.params {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ErrorDto {}

/// A required text: trimmed, not empty, not longer than `max` characters.
pub(crate) fn required(field: &str, text: &str, max: usize) -> Answer<String> {
    let text = optional(field, text, max)?;
    if text.is_empty() { Err(ErrorDto::new("required").at(field)) } else { Ok(text) }
}

/// An optional text: trimmed, not longer than `max` characters.
pub(crate) fn optional(field: &str, text: &str, max: usize) -> Answer<String> {
    let text = text.trim();
    let length = text.chars().count();
    if length > max {
        return Err(ErrorDto::new("text_too_long").at(field).with("max", max).with("length", length));
    }
    Ok(text.to_owned())
}

/// A number within bounds, both included.
pub(crate) fn within<N: PartialOrd + std::fmt::Display>(field: &str, number: N, from: N, to: N) -> Answer<N> {
    if number < from || number > to {
        return Err(ErrorDto::new("number_out_of_range").at(field).with("from", from).with("to", to));
    }
    Ok(number)
}

/// A time of day as `19:30`; `1930` and a full-width colon are understood.
pub(crate) fn time_of_day(field: &str, text: &str) -> Answer<String> {
    let text = optional(field, text, 10)?.replace(['：', '.', '点'], ":");
    if text.is_empty() {
        return Ok(text);
    }
    let refused = || ErrorDto::new("time_not_understood").at(field).with("text", &text);
    let (hour, minute) = match text.split_once(':') {
        Some((hour, "")) => (hour, "0"),
        Some((hour, minute)) => (hour, minute),
        None if matches!(text.len(), 3 | 4) && text.is_ascii() => text.split_at(text.len() - 2),
        None => return Err(refused()),
    };
    match (hour.parse::<u8>(), minute.parse::<u8>()) {
        (Ok(hour @ 0..=23), Ok(minute @ 0..=59)) => Ok(format!("{hour:02}:{minute:02}")),
        _ => Err(refused()),
    }
}

#[cfg(test)]
mod tests {
    use super::time_of_day;

    #[test]
    fn a_time_of_day_is_read_as_it_is_typed() {
        for text in ["19:30", "1930", "19：30", "19.30", "19点30"] {
            assert_eq!(time_of_day("start", text).unwrap(), "19:30", "{text}");
        }
        assert_eq!(time_of_day("start", " 930 ").unwrap(), "09:30");
        assert_eq!(time_of_day("start", "8点").unwrap(), "08:00");
        assert_eq!(time_of_day("start", "").unwrap(), "");
        for text in ["25:00", "1960", "19", "晚上", "19:3a"] {
            let error = time_of_day("start", text).unwrap_err();
            assert_eq!((error.code.as_str(), error.field.as_deref()), ("time_not_understood", Some("start")), "{text}");
        }
    }
}
