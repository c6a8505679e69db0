//! Cargo tools, at fixed versions, compiled once into a folder that outlives checkouts.

use crate::{
    Outcome,
    command::{cargo, output, run},
    places::Places,
};
use std::fs;

/// Each tool with its version.
const TOOLS: &[(&str, &str)] = &[("cargo-nextest", "0.9.143"), ("cargo-deny", "0.20.2"), ("tauri-driver", "2.1.0")];

/// Installs what is missing.
///
/// # Errors
/// When a tool does not compile.
pub(super) fn install(places: &Places) -> Outcome<String> {
    let build = places.tools.join("build");
    let receipt = fs::read_to_string(places.tools.join(".crates.toml")).unwrap_or_default();
    for (name, version) in TOOLS {
        let ours = receipt.contains(&format!("\"{name} {version} ("));
        if ours || (*name == "cargo-nextest" && nextest_is_here(places)) {
            continue;
        }
        let mut install = cargo(&["install", "--locked", "--debug", "--force"], &places.root);
        install.arg("--root").arg(&places.tools).arg(format!("{name}@{version}"));
        // What counts is how soon the tool is there: it runs for seconds. The folder is shared by the tools, which
        // have many dependencies in common.
        install.arg("--target-dir").arg(&build);
        install.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_PROFILE_DEV_OPT_LEVEL", "0");
        install.env_remove("CARGO_TARGET_DIR");
        run(install)?;
    }
    if build.exists() {
        fs::remove_dir_all(&build).map_err(|error| format!("{}: {error}", build.display()))?;
    }
    Ok(String::new())
}

/// Whether the machine has a nextest of its own, of any version: it takes minutes to compile.
fn nextest_is_here(places: &Places) -> bool {
    output(cargo(&["nextest", "--version"], &places.root)).is_some()
}
