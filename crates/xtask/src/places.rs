//! Where things are: the checkout, the build output, the tools kept between checkouts.

use crate::Outcome;
use std::{
    env,
    path::{Path, PathBuf},
};

/// The folders that the commands work with.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    /// The root of the checkout.
    pub(crate) root: PathBuf,
    /// Cargo's target directory.
    pub(crate) target: PathBuf,
    /// Cargo tools installed by us; outside the checkout, so that every checkout finds them.
    pub(crate) tools: PathBuf,
}

impl Places {
    /// Finds them from the environment that cargo gives.
    ///
    /// # Errors
    /// When not started by cargo, or when the user has no home folder.
    pub(crate) fn find() -> Outcome<Self> {
        let package = env::var_os("CARGO_MANIFEST_DIR").ok_or("start this as `cargo xtask`")?;
        let root =
            Path::new(&package).ancestors().nth(2).ok_or("the xtask package lies at crates/xtask")?.to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        let tools = cache()?.join("yibenzhang").join("tools");
        Ok(Self { root, target, tools })
    }

    /// The folder of the user interface's npm package.
    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// The folder of the window test's npm package.
    pub(crate) fn window_test(&self) -> PathBuf {
        self.root.join("src-tauri").join("e2e")
    }

    /// A program of this workspace, as a debug build leaves it.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// Where programs are looked for: among the system's and then among the cargo tools that we installed.
    pub(crate) fn search_path(&self) -> std::ffi::OsString {
        let system = env::var_os("PATH").unwrap_or_default();
        let folders = env::split_paths(&system).chain([self.tools.join("bin")]);
        env::join_paths(folders).unwrap_or(system)
    }

    /// A cargo tool that we installed.
    pub(crate) fn tool(&self, name: &str) -> PathBuf {
        self.tools.join("bin").join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }
}

/// The user's cache folder.
fn cache() -> Outcome<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("XDG_CACHE_HOME")
        .or_else(|| set("LOCALAPPDATA"))
        .or_else(|| set("HOME").map(|home| home.join(".cache")))
        .ok_or_else(|| "neither XDG_CACHE_HOME nor HOME is set: nowhere to keep tools".to_owned())
}
