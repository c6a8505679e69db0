//! Writes demo ledgers as villages keep them: `demo_data DIR [SEED] [VILLAGES] [YEAR] [MONTHS]`.
//!
//! The same arguments give the same bytes. Nobody real is named.

use std::io::Write;
use std::path::{Path, PathBuf};

#[path = "demo_data/mod.rs"]
mod demo_data;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(dir) = arguments.first() else {
        return Err(std::io::Error::other("usage: demo_data DIR [SEED] [VILLAGES] [YEAR] [MONTHS]"));
    };
    let number = |place: usize, otherwise: i64| match arguments.get(place).map(|text| text.parse::<i64>()) {
        None => Ok(otherwise),
        Some(Ok(value)) if value >= 0 => Ok(value),
        Some(_) => Err(std::io::Error::other(format!("argument {} is not a number", place + 1))),
    };
    let out_of_range = |_| std::io::Error::other("an argument is out of range");
    let scope = demo_data::Scope {
        seed: number(1, 1)?.unsigned_abs(),
        villages: usize::try_from(number(2, 3)?).map_err(out_of_range)?,
        year: i16::try_from(number(3, 2026)?).map_err(out_of_range)?,
        months: u8::try_from(number(4, 6)?).map_err(out_of_range)?,
    };
    let mut out = std::io::stdout().lock();
    for path in generate(Path::new(dir), &scope)? {
        writeln!(out, "{}", path.display())?;
    }
    Ok(())
}

/// Writes the files into a folder and gives their paths.
///
/// # Errors
/// When a file cannot be built or written.
fn generate(dir: &Path, scope: &demo_data::Scope) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for (path, bytes) in demo_data::files(scope)? {
        let path = dir.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(&path, bytes)?;
        paths.push(path);
    }
    Ok(paths)
}
