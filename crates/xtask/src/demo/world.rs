//! The folder of a demo world. It is made anew each run, and nothing that is not such a world is ever deleted.

use super::{node::Node, options::Options, story::VILLAGES};
use crate::{Outcome, places::Places};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::Write,
    path::{Path, PathBuf},
};

/// Says that a folder is a demo world; held locked while a demo uses it.
const MARK: &str = "demo-world.json";

/// The folder, ours alone as long as this value lives.
#[derive(Debug)]
pub(super) struct World {
    /// Where it is.
    pub(super) dir: PathBuf,
    /// The villages' ledgers: in the checkout's `demo/`, for people to look at, or in a folder that was named.
    pub(super) ledgers: PathBuf,
    ybz: PathBuf,
    _mark: File,
}

impl World {
    /// Makes it, empty.
    ///
    /// # Errors
    /// When the folder holds something else, or another demo uses it.
    pub(super) fn new(places: &Places, options: &Options) -> Outcome<Self> {
        let dir = match &options.dir {
            Some(dir) => std::path::absolute(dir).map_err(|error| format!("{}: {error}", dir.display()))?,
            None => places.root.join(".demo"),
        };
        let failed = |error: std::io::Error| format!("{}: {error}", dir.display());
        fs::create_dir_all(&dir).map_err(failed)?;
        let mark = dir.join(MARK);
        let others = fs::read_dir(&dir).map_err(failed)?.next().is_some();
        if others && !mark.is_file() {
            return Err(format!(
                "{} 不是演示文件夹,没有动它。请用 --dir 指定一个空文件夹。\n\
                 It holds something else and stays as it is; name an empty folder with --dir.",
                dir.display()
            ));
        }
        let mut file = OpenOptions::new().create(true).append(true).open(&mark).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(format!(
                    "{} 正被另一个演示使用。请先结束它,或用 --dir 换一个文件夹。\n\
                     Another demo uses this folder; end it, or name another one with --dir.",
                    dir.display()
                ));
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        for entry in fs::read_dir(&dir).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.ends_with(MARK) {
                continue;
            }
            let removed =
                if path.is_dir() && !path.is_symlink() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(|error| format!("{}: {error}", path.display()))?;
        }
        file.set_len(0)
            .and_then(|()| writeln!(file, "{}", serde_json::json!({ "demo": "yibenzhang", "seed": options.seed })))
            .map_err(failed)?;
        let ledgers = match &options.dir {
            Some(_) => dir.join("ledgers"),
            None => places.root.join("demo"),
        };
        empty_of_villages(&ledgers)?;
        let world = Self { dir, ledgers, ybz: places.program("ybz"), _mark: file };
        for folder in ["nodes", "tickets", "snapshots", "logs"] {
            let folder = world.dir.join(folder);
            fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        Ok(world)
    }

    /// A node of this world: a data directory, and its key beside it.
    pub(super) fn node(&self, folder: &str, name: &str) -> Node {
        let place = self.dir.join("nodes").join(folder);
        Node {
            name: name.to_owned(),
            data: place.join("books"),
            key: place.join("key"),
            boot: self.dir.join("boot"),
            log: self.dir.join("logs").join(format!("{folder}.log")),
            ybz: self.ybz.clone(),
            root: self.dir.clone(),
        }
    }

    /// The program `ybz`.
    pub(super) fn ybz(&self) -> &Path {
        &self.ybz
    }
}

/// Makes the folder of the ledgers, and takes away those of another run: folders named as the generator names villages.
fn empty_of_villages(ledgers: &Path) -> Outcome {
    fs::create_dir_all(ledgers).map_err(|error| format!("{}: {error}", ledgers.display()))?;
    for village in VILLAGES {
        let folder = ledgers.join(village);
        if folder.is_dir() && !folder.is_symlink() {
            fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(root: &Path) -> Places {
        Places { root: root.to_path_buf(), target: root.join("target"), tools: root.join("tools") }
    }

    fn options(dir: &Path) -> Options {
        Options { seed: 1, kill: None, dir: Some(dir.to_path_buf()), open: false }
    }

    fn scratch(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("ybz-demo-world-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        dir
    }

    #[test]
    fn only_a_demo_world_is_emptied() {
        let dir = scratch("other");
        fs::create_dir_all(&dir).unwrap();
        fs::write(dir.join("letter.txt"), "mine").unwrap();
        let error = World::new(&places(&dir), &options(&dir)).unwrap_err();
        assert!(error.contains("--dir"), "{error}");
        assert_eq!(fs::read_to_string(dir.join("letter.txt")).unwrap(), "mine");
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn ledgers_of_the_usual_world_stand_in_the_checkout_and_only_villages_are_replaced() {
        let dir = scratch("ledgers");
        let (readme, old) = (dir.join("demo").join("README.md"), dir.join("demo").join(VILLAGES[0]).join("old.xlsx"));
        fs::create_dir_all(old.parent().unwrap()).unwrap();
        fs::write(&readme, "how").unwrap();
        fs::write(&old, "old").unwrap();
        let world = World::new(&places(&dir), &Options { dir: None, ..options(&dir) }).unwrap();
        assert_eq!(world.ledgers, dir.join("demo"));
        assert!(readme.exists() && !old.exists());
        assert!(!world.dir.join("ledgers").exists(), "databases are kept elsewhere");
        drop(world);
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn a_world_is_made_anew_and_is_used_once_at_a_time() {
        let dir = scratch("anew");
        let first = World::new(&places(&dir), &options(&dir)).unwrap();
        fs::write(dir.join("nodes").join("old"), "old").unwrap();
        let error = World::new(&places(&dir), &options(&dir)).unwrap_err();
        assert!(error.contains("Another demo"), "{error}");
        assert!(dir.join("nodes").join("old").exists(), "the one in use stays");
        drop(first);
        let again = World::new(&places(&dir), &options(&dir)).unwrap();
        assert!(!dir.join("nodes").join("old").exists() && dir.join("nodes").is_dir());
        drop(again);
        fs::remove_dir_all(&dir).unwrap();
    }
}
