//! `cargo xtask fuzz`: builds the workspace's fuzzing program and lets it run. A failing input is kept in `target/fuzz`.

use crate::{
    Outcome,
    command::{cargo, command, run as let_run},
    places::Places,
};

/// The program, as cargo names it.
pub(crate) const PROGRAM: &str = "ybz-fuzz";
/// Few enough for every check: some seconds on a slow machine.
pub(crate) const SHORT: &[&str] = &["--runs", "300"];

/// Fuzzes as `arguments` say, or each target for some seconds.
///
/// # Errors
/// When something does not compile, or a target panicked or held too much.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let places = Places::find()?;
    // The whole workspace: one package alone would mean other features, and hundreds of dependencies compiled anew.
    let_run(cargo(&["build", "--workspace", "--bin", PROGRAM], &places.root))?;
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let_run(command(places.program(PROGRAM), &arguments, &places.root))
}
