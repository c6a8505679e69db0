//! The villages' own ledgers: written by the generator, read in as a secretary would.

use super::node::{Node, list, number, text};
use crate::{Outcome, command::command, places::Places};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

/// The sheets in the order that needs no question: members first.
const SHEETS: [&str; 5] = ["党员名册.xlsx", "党费台账.xlsx", "三会一课记录.xlsx", "走访记录.xlsx", "七一慰问.csv"];

/// Which months the ledgers cover: those of the year before the current one, or in January the whole last year.
pub(super) fn months_before(year: i64, month: i64) -> (i64, i64) {
    if month <= 1 { (year - 1, 12) } else { (year, month - 1) }
}

/// Writes the ledgers of so many villages; gives how many files.
///
/// # Errors
/// When the generator fails.
pub(super) fn write(places: &Places, dir: &Path, seed: u64, villages: usize, year: i64, months: i64) -> Outcome<usize> {
    let program =
        places.target.join("debug").join("examples").join(format!("demo_data{}", std::env::consts::EXE_SUFFIX));
    let numbers = [seed.to_string(), villages.to_string(), year.to_string(), months.to_string()];
    let mut command = command(&program, &[], &places.root);
    command.arg(dir).args(&numbers).stderr(Stdio::piped());
    let output = command.output().map_err(|error| format!("{} does not start: {error}", program.display()))?;
    if !output.status.success() {
        return Err(format!(
            "demo_data ended with {}: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        ));
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().count())
}

/// What reading in brought about.
#[derive(Debug, Default)]
pub(super) struct Imported {
    /// Files read.
    pub(super) files: usize,
    /// Records made.
    pub(super) rows: i64,
    /// Rows with an error, each as a line for the person.
    pub(super) errors: Vec<String>,
}

/// Reads every ledger of a village into its books.
///
/// # Errors
/// The first file that cannot be read in.
pub(super) fn read(node: &Node, folder: &Path, year: i64) -> Outcome<Imported> {
    let mut done = Imported::default();
    let files: Vec<PathBuf> = SHEETS.iter().map(|name| folder.join(name)).filter(|file| file.is_file()).collect();
    let written = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?.count();
    if files.len() != written || files.is_empty() {
        return Err(format!("{}: {written} files, of which {} are known", folder.display(), files.len()));
    }
    let year = year.to_string();
    for file in files {
        let path = file.display().to_string();
        let mut args = vec!["import", &path, "--year", &year];
        // A person looks at the preview and answers its questions; here the first answer is taken.
        let preview = node.json(&[args.as_slice(), &["--dry-run"]].concat())?;
        let answers: Vec<String> = list(&preview, "/preview/questions")
            .iter()
            .map(|question| format!("{}={}", text(question, "/id"), text(question, "/options/0/value")))
            .collect();
        for answer in &answers {
            args.extend(["--answer", answer]);
        }
        let result = node.json(&args)?;
        done.files += 1;
        done.rows += number(&result, "/result/newRows") + number(&result, "/result/changedRows");
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        done.errors.extend(list(&result, "/preview/errors").iter().map(|error| {
            let (row, column) = (number(error, "/row"), text(error, "/column"));
            let (found, code) = (text(error, "/params/found"), text(error, "/code"));
            format!("{name} 第{row}行 {column} 写着“{found}” [{code}]")
        }));
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ledgers_end_before_the_month_that_is_recorded() {
        assert_eq!(months_before(2026, 11), (2026, 10));
        assert_eq!(months_before(2026, 2), (2026, 1));
        assert_eq!(months_before(2026, 1), (2025, 12));
    }
}
