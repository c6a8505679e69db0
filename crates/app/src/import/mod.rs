//! 导入: ledgers as they really look, read into a plan that a person confirms.
//!
//! ```text
//! bytes ─file─► Workbook ─layout─► header, data, kind, fields ─rows─► typed rows ─plan─► Plan ─preview─► screen
//! ```
//! Pure: bytes, what is known, the user's mapping and answers, and today's date come in; nothing is written here.
//!
//! **Invariant:** no file makes these functions panic or fill the memory; what is unclear is refused with a code.
//!
//! **Invariant:** planning the same file again after its import yields only rows already recorded.

pub(crate) mod archive;
mod compound;
mod delimited;
pub(crate) mod error;
pub(crate) mod field;
pub(crate) mod file;
mod form;
mod garbled;
mod issue;
pub(crate) mod known;
pub(crate) mod layout;
mod limits;
pub(crate) mod mapping;
mod open_document;
pub(crate) mod plan;
pub(crate) mod preview;
pub(crate) mod rows;
pub(crate) mod sheet;
pub(crate) mod value;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use file::read;
pub(crate) use known::Known;
pub(crate) use mapping::{RememberedMapping, header_fingerprint, remember};
pub(crate) use plan::plan;
pub(crate) use preview::inspect;

/// What is in a file, with nothing known of earlier ones.
///
/// # Errors
/// `file_empty`, `file_too_large`, `file_not_a_sheet` and what else the reader says.
pub fn inspect_file(name: &str, bytes: &[u8]) -> crate::error::Answer<crate::dto::import::ImportInspection> {
    Ok(inspect(&read(name, bytes)?, &Default::default(), &Default::default()))
}
