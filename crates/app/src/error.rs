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
