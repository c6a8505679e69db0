//! What people type after `cargo xtask demo`.

use super::story::VILLAGES;
use crate::Outcome;
use std::path::PathBuf;

/// Shown by `--help`.
pub(super) const USAGE: &str = "\
cargo xtask demo [--seed N] [--kill BRANCH] [--dir DIR] [--no-open]
  --seed N        other ledgers and another month [default: 1]
  --kill BRANCH   kill this branch's process before it reconnects (1, 2, 3 or a name such as 示范二村): it is missing then
  --dir DIR       folder of the world, ledgers included [default: .demo in the checkout, and demo/ for the ledgers];
                  a world that is there is made anew
  --no-open       stop when everything is verified, do not open the app";

/// The same, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Options {
    /// Varies ledgers and the month.
    pub(super) seed: u64,
    /// Index among the villages of the one that is killed.
    pub(super) kill: Option<usize>,
    /// Folder of the world.
    pub(super) dir: Option<PathBuf>,
    /// Open the app at the end.
    pub(super) open: bool,
}

impl Options {
    /// Reads them.
    ///
    /// # Errors
    /// What is not understood.
    pub(super) fn read(arguments: &[String]) -> Outcome<Self> {
        let mut options = Self { seed: 1, kill: None, dir: None, open: true };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let (name, given) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (argument.as_str(), None),
            };
            let mut value = || {
                let value = given.clone().or_else(|| rest.next().cloned());
                value.filter(|value| !value.is_empty()).ok_or_else(|| format!("{name} wants a value\n\n{USAGE}"))
            };
            match name {
                "--seed" => {
                    let text = value()?;
                    options.seed = text.parse().map_err(|_| format!("--seed {text}: a number from 0 is expected"))?;
                }
                "--kill" => options.kill = Some(branch(&value()?)?),
                "--dir" => options.dir = Some(value()?.into()),
                "--no-open" if given.is_none() => options.open = false,
                _ => return Err(format!("`{argument}` is not understood\n\n{USAGE}")),
            }
        }
        Ok(options)
    }
}

/// A village by its number or name.
fn branch(text: &str) -> Outcome<usize> {
    let place = |(at, name): (usize, &&str)| {
        (text == (at + 1).to_string() || text.trim_end_matches("党支部") == *name).then_some(at)
    };
    VILLAGES
        .iter()
        .enumerate()
        .find_map(place)
        .ok_or_else(|| format!("--kill {text}: no such branch; it is 1, 2, 3 or one of {}", VILLAGES.join("、")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Outcome<Options> {
        Options::read(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_read_in_both_forms() {
        let expected = Options { seed: 7, kill: Some(1), dir: Some("w".into()), open: false };
        assert_eq!(read("--seed 7 --kill 示范二村党支部 --dir w --no-open").unwrap(), expected);
        assert_eq!(read("--no-open --dir=w --kill=2 --seed=7").unwrap(), expected);
        assert_eq!(read("").unwrap(), Options { seed: 1, kill: None, dir: None, open: true });
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for line in ["--seed", "--seed x", "--kill 4", "--kill 示范四村", "--open", "demo", "--no-open=1"] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
