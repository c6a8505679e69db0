//! The interface's types: ts-rs writes them whenever the tests run. Whoever changed a type of a call and did not run
//! the tests finds out here.

use crate::{Outcome, places::Places};
use std::{collections::BTreeMap, fs, path::Path};

/// Runs `tests`, and then makes sure that they changed none of the generated files.
///
/// # Errors
/// What `tests` fails with, or the names of the files that were out of date; they are current now.
pub(super) fn unchanged_by(places: &Places, tests: impl FnOnce() -> Outcome<String>) -> Outcome<String> {
    let folder = places.ui().join("src/api/generated");
    let before = read(&folder);
    let said = tests()?;
    let after = read(&folder);
    let stale: Vec<&str> =
        after.iter().filter(|(name, text)| before.get(*name) != Some(*text)).map(|(name, _)| name.as_str()).collect();
    if stale.is_empty() {
        return Ok(said);
    }
    Err(format!("the interface's types were out of date and are now written anew; look at them: {}", stale.join(" ")))
}

/// The files of `folder` by name; none when there is no such folder yet.
fn read(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let file =
        |entry: fs::DirEntry| Some((entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).ok()?));
    entries.filter_map(file).collect()
}
