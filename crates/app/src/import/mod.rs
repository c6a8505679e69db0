//! 导入: ledgers as they really look, read into a plan that a person confirms.
#[allow(missing_docs)]
mod archive;
mod compound;
mod deflate;
mod delimited;
pub mod error;
pub mod file;
mod garbled;
mod limits;
mod open_document;
pub mod sheet;
