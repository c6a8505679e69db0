//! What can be asked.
#![allow(missing_docs)]
pub mod dto;
