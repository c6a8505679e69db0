//! The steps, in order: cheap before dear, and each after what it needs.

use super::{npm, packages, tools, unused};
use crate::{
    Outcome,
    command::{cargo, command, tee},
    fuzz,
    places::Places,
};
use std::{env, process::Command};

/// One check.
pub(super) struct Step {
    /// What a person types to run it alone.
    pub(super) name: &'static str,
    /// What it makes sure of.
    pub(super) purpose: &'static str,
    /// Runs it; returns what it said.
    pub(super) run: fn(&Places) -> Outcome<String>,
}

macro_rules! step {
    ($name:literal, $purpose:literal, $run:expr) => {
        Step { name: $name, purpose: $purpose, run: $run }
    };
}

/// All steps.
pub(super) const STEPS: &[Step] = &[
    step!("packages", "system packages and Node.js are there", |_| {
        packages::install(&[packages::BUILD, packages::TEST])
    }),
    step!("tools", "cargo tools are there", tools::install),
    step!("fmt", "Rust is formatted", |at| tee(cargo(&["fmt", "--all", "--check"], &at.root))),
    step!("unused", "every dependency is used", unused::check),
    step!("deny", "licences, bans and sources of dependencies", deny),
    step!("ui-lint", "the interface is lint-free", |at| npm::script(&at.ui(), "lint")),
    step!("ui", "the interface type-checks and builds", |at| npm::script(&at.ui(), "build")),
    step!("ui-test", "unit tests of the interface", |at| npm::script(&at.ui(), "test")),
    step!("clippy", "no warning in any Rust target", |at| {
        tee(locked("clippy", &["--workspace", "--all-targets", "--", "-D", "warnings"], at))
    }),
    step!("test", "Rust tests; they also compare the interface's types", |at| {
        tee(locked("nextest", &["--workspace"], at))
    }),
    step!("doctest", "examples in the documentation", |at| tee(locked("test", &["--doc", "--workspace"], at))),
    step!("doc", "the documentation builds without a warning", |at| {
        let mut doc = locked("doc", &["--workspace", "--no-deps"], at);
        doc.env("RUSTDOCFLAGS", "-D warnings");
        tee(doc)
    }),
    step!("build", "the programs build", |at| {
        // The whole workspace, never one package: another set of packages would mean other features, and so another
        // compilation of hundreds of dependencies. This program runs; on some systems it could not be replaced.
        tee(locked("build", &["--workspace", "--bins", "--exclude", "xtask"], at))
    }),
    step!("fuzz", "hostile bytes neither panic nor fill the memory; a few of them, the same each time", |at| {
        tee(command(at.program(fuzz::PROGRAM), fuzz::SHORT, &at.root))
    }),
    step!("browser", "the interface in a browser, on a real node", |at| {
        npm::script_with(&at.ui(), "e2e", &[("YBZ_BIN", &at.program("ybz"))])
    }),
    step!("window", "the window itself, on a display without a screen", |at| {
        let variables = [
            ("YBZ_WINDOW", &*at.program("yibenzhang")),
            ("YBZ_BIN", &*at.program("ybz")),
            ("YBZ_TAURI_DRIVER", &*at.tool("tauri-driver")),
        ];
        npm::script_with(&at.window_test(), "test", &variables)
    }),
];

/// A cargo command; on CI the lock file must be right already.
fn locked(name: &str, args: &[&str], at: &Places) -> Command {
    let mut whole = vec![name];
    if name == "nextest" {
        whole.push("run");
    }
    if env::var_os("CI").is_some() {
        whole.push("--locked");
    }
    whole.extend(args);
    let mut command = cargo(&whole, &at.root);
    command.env("PATH", at.search_path());
    command
}

fn deny(at: &Places) -> Outcome<String> {
    // Advisories are left out: their database is not among the package registries.
    tee(command(at.tool("cargo-deny"), &["check", "licenses", "bans", "sources"], &at.root))
}
