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

mod archive;
mod compound;
mod deflate;
mod delimited;
pub mod error;
pub mod field;
pub mod file;
mod garbled;
mod issue;
pub mod known;
pub mod layout;
mod limits;
pub mod mapping;
mod open_document;
pub mod plan;
pub mod preview;
pub mod rows;
pub mod sheet;
pub mod value;
mod words;

#[cfg(test)]
mod tests;

pub use error::ImportError;
pub use file::read;
pub use known::Known;
pub use mapping::{RememberedMapping, header_fingerprint, propose, remember};
pub use plan::{Plan, plan};
pub use preview::inspect;
