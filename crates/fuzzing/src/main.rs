//! `ybz-fuzz [--target NAME] [--runs N] [--seed S]`: mutated inputs for each target, on the stable toolchain. Each run must
//! neither panic nor hold more memory at once than the target's bound. A failing input is named by seed and number, so that
//! the same call finds it again, and is written to `target/fuzz`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command for developers")]

mod memory;
mod quiet;

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::Instant;

use ybz_fuzzing::{Random, TARGETS, Target, mutated};

const USAGE: &str = "ybz-fuzz [--target NAME] [--runs N] [--seed S]";
/// Runs of each target when nobody says how many.
const RUNS: u64 = 2_000;

struct Options {
    target: Option<String>,
    runs: u64,
    seed: u64,
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> Result<Options, String> {
    let mut out = Options { target: None, runs: RUNS, seed: 1 };
    let mut left = std::env::args().skip(1);
    while let Some(argument) = left.next() {
        let value = left.next().ok_or_else(|| format!("{argument} needs a value\n{USAGE}"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("{argument} needs a number\n{USAGE}"));
        match argument.as_str() {
            "--target" => out.target = Some(value),
            "--runs" => out.runs = number()?,
            "--seed" => out.seed = number()?,
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok(out)
}

fn run(options: &Options) -> Result<(), String> {
    let chosen = |target: &&Target| options.target.as_ref().is_none_or(|name| name == target.name);
    let targets: Vec<&Target> = TARGETS.iter().filter(chosen).collect();
    if targets.is_empty() {
        let known: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
        return Err(format!("the targets are: {}", known.join(" ")));
    }
    quiet::begin();
    for target in targets {
        let started = Instant::now();
        let peak = fuzz(target, options)?;
        println!(
            "{:12} {} runs from seed {}, {} KiB of {} at most, {:.1} s",
            target.name,
            options.runs,
            options.seed,
            peak / 1024,
            target.bound / 1024,
            started.elapsed().as_secs_f32()
        );
    }
    Ok(())
}

/// The seeds as they are, then mutations of them. Returns the most that a run held.
fn fuzz(target: &Target, options: &Options) -> Result<usize, String> {
    let seeds = (target.seeds)();
    if seeds.is_empty() {
        return Err(format!("{}: there are no inputs to begin with", target.name));
    }
    let mut peak = 0;
    for (number, input) in seeds.iter().enumerate() {
        peak = peak.max(one(target, input, &format!("input {number}"))?);
    }
    for number in 0..options.runs {
        let input = mutated(&seeds, &mut Random::new(options.seed, number));
        peak = peak.max(one(target, &input, &format!("run {number} of seed {}", options.seed))?);
    }
    Ok(peak)
}

fn one(target: &Target, input: &[u8], which: &str) -> Result<usize, String> {
    let before = memory::begin();
    let survived = catch_unwind(|| (target.run)(input)).is_ok();
    let held = memory::peak().saturating_sub(before);
    let fault = match (survived, held > target.bound) {
        (true, false) => return Ok(held),
        (true, true) => format!("held {held} bytes where {} are the bound", target.bound),
        (false, _) => quiet::last(),
    };
    let file = std::path::Path::new("target").join("fuzz").join(format!("{}-{}", target.name, which.replace(' ', "-")));
    let kept = std::fs::create_dir_all("target/fuzz").and_then(|()| std::fs::write(&file, input));
    let place = kept.map_or_else(|error| error.to_string(), |()| file.display().to_string());
    Err(format!("{} {which}: {fault}\nthe input: {place}", target.name))
}
