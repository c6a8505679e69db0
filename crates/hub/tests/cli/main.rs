//! The program as scripts see it: what it prints, and how it ends. Each test has its own folder and free ports.
#![cfg(unix)]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where a fact it rests on fails"
)]

mod desk;
mod flows;
mod golden;
mod import;
mod keys;
mod killed;
mod machine;
mod members;
mod offices;
mod people;
mod running;
mod sheet;
mod tree;
mod who;
