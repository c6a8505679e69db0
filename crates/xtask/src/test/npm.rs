//! npm packages: installed exactly as locked, and only when the lock file changed.

use crate::{
    Outcome,
    command::{command, run, tee},
};
use std::{fs, path::Path, process::Command};

/// Runs a script of the npm package in `folder`, whose dependencies it first brings up to date.
///
/// # Errors
/// When the installation or the script fails.
pub(crate) fn script(folder: &Path, name: &str) -> Outcome<String> {
    install(folder)?;
    tee(npm(folder, &["run", "--silent", name]))
}

/// The same with variables in its environment.
///
/// # Errors
/// When the installation or the script fails.
pub(super) fn script_with(folder: &Path, name: &str, variables: &[(&str, &Path)]) -> Outcome<String> {
    install(folder)?;
    let mut command = npm(folder, &["run", "--silent", name]);
    command.envs(variables.iter().copied());
    tee(command)
}

/// Installs what the lock file of `folder` names. A copy of the lock file lies beside what was installed from it: when
/// the two are equal there is nothing to do.
fn install(folder: &Path) -> Outcome {
    let wanted = fs::read(folder.join("package-lock.json"))
        .map_err(|error| format!("{}/package-lock.json: {error}", folder.display()))?;
    let installed = folder.join("node_modules").join(".installed-lock.json");
    if fs::read(&installed).is_ok_and(|lock| lock == wanted) {
        return Ok(());
    }
    run(npm(folder, &["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&installed, wanted).map_err(|error| format!("{}: {error}", installed.display()))
}

fn npm(folder: &Path, args: &[&str]) -> Command {
    let mut command = command(if cfg!(windows) { "npm.cmd" } else { "npm" }, args, folder);
    // Browsers come from the system; no package downloads one of its own.
    command.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").env("PUPPETEER_SKIP_DOWNLOAD", "1");
    command
}
