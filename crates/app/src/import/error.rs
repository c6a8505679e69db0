//! Why a whole file is refused.

use std::collections::BTreeMap;

/// A file that cannot be imported at all; the screen translates `code` with `params`.
///
/// `Display` shows the code only: parameters may hold words of the file and are never logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("import refused: {code}")]
pub(crate) struct ImportError {
    /// Stable code, such as `file_protected`.
    pub code: &'static str,
    /// Values for the sentence; `todo` says what to do.
    pub params: BTreeMap<String, String>,
}

impl ImportError {
    /// A refusal with what to do about it.
    pub(super) fn new(code: &'static str, todo: &'static str) -> Self {
        let params = BTreeMap::from([("todo".to_owned(), todo.to_owned())]);
        Self { code, params }
    }

    /// Adds a value for the sentence.
    pub(super) fn with(mut self, key: &str, value: impl ToString) -> Self {
        self.params.insert(key.to_owned(), value.to_string());
        self
    }

    /// The file is cut off or its structure is broken.
    pub(super) fn damaged() -> Self {
        Self::new("file_damaged", "open_and_save_again")
    }

    /// More cells or text than a ledger can have.
    pub(super) fn too_many_cells() -> Self {
        Self::new("too_many_cells", "split_file").with("max", super::limits::CELLS)
    }
}

impl From<ImportError> for crate::dto::ErrorDto {
    fn from(error: ImportError) -> Self {
        Self { code: error.code.to_owned(), field: Some("file".to_owned()), params: error.params }
    }
}
