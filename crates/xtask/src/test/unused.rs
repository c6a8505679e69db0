//! Dependencies that nothing names: each must occur as a word in a source file of its package.

use crate::{
    Outcome,
    command::{cargo, output},
    places::Places,
};
use serde_json::Value;
use std::{fs, path::Path};

/// Looks at every package of the workspace.
///
/// # Errors
/// The list of dependencies that no source file names.
pub(super) fn check(places: &Places) -> Outcome<String> {
    let metadata = output(cargo(&["metadata", "--no-deps", "--format-version", "1"], &places.root))
        .ok_or("cargo metadata fails: is every Cargo.toml right?")?;
    let metadata: Value = serde_json::from_str(&metadata).map_err(|error| format!("cargo metadata: {error}"))?;
    let mut unused = Vec::new();
    for package in list(&metadata, "packages") {
        let manifest = text(package, "manifest_path");
        let folder = Path::new(manifest).parent().ok_or("a manifest lies in a folder")?;
        let mut source = String::new();
        read(folder, &mut source)?;
        for dependency in list(package, "dependencies") {
            let name = dependency.get("rename").and_then(Value::as_str).unwrap_or(text(dependency, "name"));
            if !names(&source, &name.replace('-', "_")) {
                unused.push(format!("{} does not use {name}", text(package, "name")));
            }
        }
    }
    if unused.is_empty() { Ok(String::new()) } else { Err(format!("\n  {}", unused.join("\n  "))) }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Appends every Rust file below `folder`, but not those of packages and builds inside it.
fn read(folder: &Path, source: &mut String) -> Outcome {
    let fail = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        if path.is_dir() {
            let foreign =
                path.join("Cargo.toml").exists() || path.ends_with("target") || path.ends_with("node_modules");
            if !foreign {
                read(&path, source)?;
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            source.push_str(&fs::read_to_string(&path).map_err(fail)?);
        }
    }
    Ok(())
}

/// Whether `word` stands in a line of `source` that is not a comment.
fn names(source: &str, word: &str) -> bool {
    source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .any(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|part| part == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_counts_as_a_word_outside_comments() {
        assert!(names("use serde_json::Value;", "serde_json"));
        assert!(names("#[derive(serde::Serialize)]", "serde"));
        assert!(!names("use serde_json::Value;", "serde"), "part of a longer name");
        assert!(!names("  // serde would do", "serde"), "a comment");
    }
}
