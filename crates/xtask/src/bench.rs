//! `cargo xtask bench`: builds everything for release once, then lets the bench `figures` of the package `scenarios`
//! measure. It prints one JSON line a figure; docs/PERFORMANCE.md keeps them beside their targets.

use crate::{Outcome, command, places::Places};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
};

/// One build for programs and bench: two would compile shared dependencies twice.
const BUILD: &[&str] = &[
    "build",
    "--release",
    "--package",
    "ybz-hub",
    "--package",
    "scenarios",
    "--bins",
    "--bench",
    "figures",
    "--message-format=json-render-diagnostics",
];

/// Measures the figures whose names begin with one of the prefixes, or all. `arguments` go to the bench as they are.
///
/// # Errors
/// When something does not compile or a measurement fails.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let places = Places::find()?;
    let bench = build(command::cargo(BUILD, &places.root))?;
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    command::run(command::command(&bench, &arguments, &places.root))
}

/// Builds, and finds the bench among what was built.
fn build(mut cargo: Command) -> Outcome<PathBuf> {
    let failed = |error: std::io::Error| format!("cargo build: {error}");
    let mut child = cargo.stdout(Stdio::piped()).spawn().map_err(failed)?;
    let said = child.stdout.take().ok_or("cargo build has no output")?;
    let mut bench = None;
    for line in BufReader::new(said).lines() {
        bench = program(&line.map_err(failed)?).or(bench);
    }
    if !child.wait().map_err(failed)?.success() {
        return Err("cargo build failed".to_owned());
    }
    bench.ok_or_else(|| "cargo built no bench `figures`".to_owned())
}

/// The path of the bench, if the message is about it.
fn program(message: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).ok()?;
    let target = message.get("target")?;
    let is_bench = target.get("kind")?.as_array()?.iter().any(|kind| kind == "bench");
    let ours = is_bench && target.get("name")? == "figures";
    let path = message.get("executable")?.as_str()?;
    ours.then(|| PathBuf::from(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bench_is_found_among_what_cargo_builds() {
        let message = |kind: &str, name: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","target":{{"kind":["{kind}"],"name":"{name}"}},"executable":"/b/{name}"}}"#
            )
        };
        assert_eq!(program(&message("bench", "figures")), Some(PathBuf::from("/b/figures")));
        assert_eq!(program(&message("bin", "figures")), None);
        assert_eq!(program(&message("bench", "speed")), None);
        assert_eq!(program(r#"{"reason":"build-finished","success":true}"#), None);
    }
}
