//! `cargo xtask test`: everything that must hold before a change is taken, on a machine that has only Rust and Node.
//!
//! The steps run in order and stop at the first failure. Cheap checks come first. The last line counts test cases
//! where a step has them; a step without counts as one.

mod count;
pub(crate) mod npm;
pub(crate) mod packages;
mod steps;
mod tools;
mod unused;

use crate::{Outcome, places::Places};
use std::time::{Duration, Instant};
use steps::{STEPS, Step};

/// Runs the steps named in `arguments`, or all.
///
/// # Errors
/// The failure of a step, or a step that does not exist.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    if arguments.iter().any(|argument| argument == "--list") {
        for step in STEPS {
            println!("{:10} {}", step.name, step.purpose);
        }
        return Ok(());
    }
    let places = Places::find()?;
    let chosen = choose(arguments)?;
    let mut done: Vec<(&Step, Duration, u64)> = Vec::new();
    let mut failure = None;
    for step in chosen {
        println!("\n━━ {} · {}", step.name, step.purpose);
        let start = Instant::now();
        match (step.run)(&places) {
            Ok(said) => done.push((step, start.elapsed(), count::cases(&said).unwrap_or(1))),
            Err(reason) => {
                failure = Some((step, format!("after {}: {reason}", seconds(start.elapsed()))));
                break;
            }
        }
    }
    println!();
    for (step, duration, cases) in &done {
        println!("✓ {:10} {:>8} {cases:>6}", step.name, seconds(*duration));
    }
    println!("  {:10} {:>8}", "total", seconds(done.iter().map(|(_, duration, _)| *duration).sum()));
    let passed: u64 = done.iter().map(|(_, _, cases)| cases).sum();
    match failure {
        None => {
            println!("{passed} passed, 0 failed");
            Ok(())
        }
        Some((step, reason)) => {
            println!("✗ {} {reason}\n{passed} passed, 1 failed", step.name);
            Err(format!("again, alone: cargo xtask test {}", step.name))
        }
    }
}

/// The steps of these names, or all.
fn choose(names: &[String]) -> Outcome<Vec<&'static Step>> {
    if names.is_empty() {
        return Ok(STEPS.iter().collect());
    }
    let find = |name: &String| {
        STEPS.iter().find(|step| step.name == name).ok_or_else(|| {
            let known: Vec<_> = STEPS.iter().map(|step| step.name).collect();
            format!("no step is called `{name}`; the steps are: {}", known.join(" "))
        })
    };
    names.iter().map(find).collect()
}

fn seconds(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{:.1} s", duration.as_secs_f32())
    } else {
        format!("{}:{:02} min", seconds / 60, seconds % 60)
    }
}
