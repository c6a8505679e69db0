//! Shows which step runs and how long it took.

use crate::Outcome;
use std::time::{Duration, Instant};

/// Counts the steps.
#[derive(Debug, Default)]
pub(super) struct Progress {
    number: usize,
}

impl Progress {
    /// Runs one step under its title.
    ///
    /// # Errors
    /// The step's.
    pub(super) fn step<T>(&mut self, chinese: &str, english: &str, run: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        self.number += 1;
        println!("\n━━ {} {chinese} · {english}", self.number);
        let start = Instant::now();
        let result = run();
        let took = seconds(start.elapsed());
        match &result {
            Ok(_) => println!("   ✓ {took}"),
            Err(_) => println!("   ✗ {took}"),
        }
        result
            .map_err(|reason| format!("第 {} 步“{chinese}”没有成功 · step `{english}` failed:\n{reason}", self.number))
    }
}

/// Lines below the title, printed at once, so that those of several threads stay together.
pub(super) fn say(text: impl AsRef<str>) {
    let block: String = text.as_ref().lines().map(|line| format!("   {line}").trim_end().to_owned() + "\n").collect();
    print!("{}", if block.is_empty() { "\n" } else { &block });
}

/// `0.4 s`, `12.3 s`, `2:05 min`
pub(super) fn seconds(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{:.1} s", duration.as_secs_f32())
    } else {
        format!("{}:{:02} min", seconds / 60, seconds % 60)
    }
}
