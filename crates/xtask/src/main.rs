//! Developer commands: `cargo xtask COMMAND`.
//!
//! This crate depends on nothing but the standard library and serde_json, so that on a bare machine it compiles in
//! seconds and can then install what everything else needs.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command for developers, who read its output in a terminal"
)]

mod bench;
mod command;
mod demo;
mod fuzz;
mod places;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask bench [PREFIX…] [--seed N]  build for release and print one JSON line a figure; a prefix is such as sync/
cargo xtask demo           install what is missing, build, play a street with its villages, verify it, open the app
cargo xtask demo --help    its options
cargo xtask fuzz [--target T] [--runs N] [--seed S]  hostile bytes for everything that reads bytes of others
cargo xtask test [STEP…]   install what is missing, then run every check (or only the named steps, in the given order)
cargo xtask test --list    name the steps";

/// What a command ends with; the error is a sentence for the developer.
type Outcome<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.split_first() {
        Some((command, rest)) if command == "bench" => bench::run(rest),
        Some((command, rest)) if command == "demo" => demo::run(rest),
        Some((command, rest)) if command == "fuzz" => fuzz::run(rest),
        Some((command, rest)) if command == "test" => test::run(rest),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
