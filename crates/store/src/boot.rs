//! The boot token: rotates at each start and stands outside the data directory, so that a copied or restored database is
//! found out. Its file is named by the data directory, so that a copy beside a running original is found out as well.

use std::fs;
use std::path::{Path, PathBuf};

use ybz_domain::ids::tagged_hash;

use crate::error::OpenError;
use crate::key::replace;

/// The token of one data directory.
#[derive(Debug)]
pub(crate) struct BootFile(PathBuf);

pub(crate) type Token = [u8; 32];

impl BootFile {
    /// Names the file for a data directory and a database id.
    pub(crate) fn of(boot_dir: &Path, data_dir: &Path, id: &str) -> Self {
        let place = fs::canonicalize(data_dir).unwrap_or_else(|_| data_dir.to_owned());
        let name = tagged_hash("ybz boot 1", &[place.as_os_str().as_encoded_bytes(), id.as_bytes()]);
        let name = data_encoding::HEXLOWER.encode(name.get(..16).unwrap_or_default());
        Self(boot_dir.join(format!("{name}.boot")))
    }

    /// The token; none when the file is missing or of another form.
    pub(crate) fn read(&self) -> Option<Token> {
        fs::read(&self.0).ok()?.try_into().ok()
    }

    /// Replaces the token.
    pub(crate) fn write(&self, token: &Token) -> Result<(), OpenError> {
        if let Some(dir) = self.0.parent() {
            fs::create_dir_all(dir).map_err(OpenError::io("make", dir))?;
        }
        replace(&self.0, token)
    }
}
