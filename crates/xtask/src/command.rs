//! Runs other programs: shows what they say as they say it, and keeps it for those who count.

use crate::Outcome;
use std::{
    env, io,
    io::{Read, Write},
    path::Path,
    process::{Command, Stdio},
};

/// A command in a folder, without the variables that `cargo run` set for this program and that would make a cargo
/// started below believe that something changed.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>, args: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(folder).stdin(Stdio::null());
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Cargo, the one that started us.
pub(crate) fn cargo(args: &[&str], folder: &Path) -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), args, folder)
}

/// Runs it and lets it speak to the terminal itself.
///
/// # Errors
/// When it does not start or ends with a failure.
pub(crate) fn run(mut command: Command) -> Outcome {
    let status = command.status().map_err(|error| not_started(&command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", line(&command))) }
}

/// Runs it, passes on what it says as it says it, and returns that as text.
///
/// # Errors
/// When it does not start or ends with a failure.
pub(crate) fn tee(mut command: Command) -> Outcome<String> {
    let shown = line(&command);
    let pipe = |error: io::Error| format!("no pipe for {shown}: {error}");
    let (mut reader, writer) = io::pipe().map_err(pipe)?;
    command.stdout(writer.try_clone().map_err(pipe)?).stderr(writer);
    let mut child = command.spawn().map_err(|error| not_started(&command, &error))?;
    drop(command); // It holds the writing end: reading would never end.
    let mut said = Vec::new();
    let mut block = [0; 8192];
    loop {
        let length = reader.read(&mut block).map_err(pipe)?;
        let Some(part) = block.get(..length).filter(|part| !part.is_empty()) else {
            break;
        };
        said.extend_from_slice(part);
        // A closed terminal is no reason to stop the child halfway.
        let _ = io::stdout().write_all(part).and_then(|()| io::stdout().flush());
    }
    let status = child.wait().map_err(pipe)?;
    if status.success() {
        Ok(String::from_utf8_lossy(&said).into_owned())
    } else {
        Err(format!("{shown} ended with {status}"))
    }
}

/// What it prints, when it succeeds; nothing is shown.
pub(crate) fn output(mut command: Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn not_started(command: &Command, error: &io::Error) -> String {
    format!("{} does not start: {error}", line(command))
}

/// The command as a person would type it.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program()).to_string_lossy();
    let args = command.get_args().map(|arg| arg.to_string_lossy().into_owned());
    std::iter::once(name.into_owned()).chain(args).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_says_on_both_channels_is_kept() {
        let said = tee(command("sh", &["-c", "echo one; echo two >&2"], Path::new("/"))).unwrap();
        assert_eq!(said.lines().collect::<Vec<_>>(), ["one", "two"]);
    }

    #[test]
    fn a_failing_program_is_named_as_typed() {
        let error = tee(command("sh", &["-c", "exit 3"], Path::new("/"))).unwrap_err();
        assert!(error.starts_with("sh -c exit 3 ended with"), "{error}");
    }
}
