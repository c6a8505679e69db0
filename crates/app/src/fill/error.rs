//! Why a form is refused. No word of the file stands in an error, but for the place of a cell.

use crate::ErrorDto;

/// The package or a part of it is broken.
pub(super) fn damaged() -> ErrorDto {
    ErrorDto::new("template_damaged").at("file")
}

/// More of something than a form can have.
pub(super) fn too_much(what: &str, max: usize) -> ErrorDto {
    ErrorDto::new("template_too_large").at("file").with("what", what).with("max", max)
}
