//! Installs what is missing and builds the programs.

use super::progress::Progress;
use crate::{
    Outcome,
    command::{cargo, run},
    places::Places,
    test::{npm, packages},
};
use std::{env, fs, path::Path, time::SystemTime};

/// Everything that must be there before the first office is made.
///
/// # Errors
/// What cannot be installed or does not build.
pub(super) fn all(progress: &mut Progress, places: &Places) -> Outcome {
    progress.step("系统软件包", "system packages", || packages::install(&[packages::BUILD]))?;
    progress.step("界面", "the interface", || interface(places))?;
    progress.step("编译程序", "build the programs", || {
        // The whole workspace, never one package: another set of packages would mean other features, and so another
        // compilation of hundreds of dependencies. This program runs; on some systems it could not be replaced.
        let mut args = vec!["build", "--workspace", "--bins", "--examples", "--exclude", "xtask"];
        if env::var_os("CI").is_some() {
            args.push("--locked");
        }
        run(cargo(&args, &places.root))
    })
}

/// Builds the page when its sources are newer than what was built.
fn interface(places: &Places) -> Outcome {
    let ui = places.ui();
    let built = ui.join("dist").join("index.html");
    // A placeholder of the Rust build has no assets beside it.
    if ui.join("dist").join("assets").is_dir()
        && let Some(built) = changed(&built)
        && let Some(newest) = ["src", "index.html", "package-lock.json", "vite.config.ts", "tsconfig.json"]
            .iter()
            .filter_map(|name| newest(&ui.join(name)))
            .max()
        && newest <= built
    {
        return Ok(());
    }
    npm::script(&ui, "build").map(drop)
}

fn changed(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|data| data.modified()).ok()
}

/// When the last file below changed.
fn newest(path: &Path) -> Option<SystemTime> {
    if !path.is_dir() {
        return changed(path);
    }
    let entries = fs::read_dir(path).ok()?;
    entries.filter_map(|entry| newest(&entry.ok()?.path())).chain(changed(path)).max()
}
