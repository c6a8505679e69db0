//! Folders of devices: made once, kept as templates, and put in place anew for each measurement.
//!
//! A database knows the folder it stands in (a copy elsewhere goes on as another), so a template is always put back to
//! where it was made.

use std::fs;
use std::path::{Path, PathBuf};

use super::Outcome;

/// Counts the forms of the workloads and of the scenes; templates of another form are made anew.
const VERSION: u32 = 3;
/// A file that stands in a template when it is complete.
const COMPLETE: &str = "complete";

/// Where devices live.
#[derive(Debug, Clone)]
pub struct Folders {
    root: PathBuf,
    /// What all words and numbers hang on.
    pub seed: u64,
}

impl Folders {
    /// The folders of a seed, below `root`.
    pub fn new(root: &Path, seed: u64) -> Self {
        Self { root: root.join(format!("v{VERSION}-{seed}")), seed }
    }

    /// Where a device lives.
    pub fn live(&self, device: &str) -> PathBuf {
        self.root.join("live").join(device)
    }

    fn template(&self, scene: &str) -> PathBuf {
        self.root.join("kept").join(scene)
    }

    /// Whether a template is complete.
    pub fn has(&self, scene: &str) -> bool {
        self.template(scene).join(COMPLETE).exists()
    }

    /// Takes away everybody who lives here.
    ///
    /// # Errors
    /// What the disk says.
    pub fn clear(&self) -> Outcome {
        remove(&self.root.join("live"))
    }

    /// Keeps everybody who lives here as a template. Their nodes must be closed.
    ///
    /// # Errors
    /// What the disk says.
    pub fn keep(&self, scene: &str) -> Outcome {
        let template = self.template(scene);
        remove(&template)?;
        copy(&self.root.join("live"), &template)?;
        fs::write(template.join(COMPLETE), b"").map_err(|error| failed(&template, &error))
    }

    /// Puts a template in place; nobody else lives here then.
    ///
    /// # Errors
    /// What the disk says.
    pub fn place(&self, scene: &str) -> Outcome {
        self.clear()?;
        copy(&self.template(scene), &self.root.join("live"))
    }
}

fn failed(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

fn remove(folder: &Path) -> Outcome {
    match fs::remove_dir_all(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(failed(folder, &error)),
    }
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to).map_err(|error| failed(to, &error))?;
    for entry in fs::read_dir(from).map_err(|error| failed(from, &error))? {
        let entry = entry.map_err(|error| failed(from, &error))?;
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else if !name.to_string_lossy().ends_with("-shm") {
            fs::copy(&path, to.join(name)).map_err(|error| failed(&path, &error))?;
        }
    }
    Ok(())
}
