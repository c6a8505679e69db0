//! The database key and the header beside the database, by which a wrong key is told from a file that is no database.

use std::fs;
use std::io::Write;
use std::path::Path;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::error::OpenError;

/// The random key that encrypts the database. It is used as it is, without derivation.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DatabaseKey([u8; 32]);

impl std::fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DatabaseKey(…)")
    }
}

impl DatabaseKey {
    /// Takes 32 random bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, to be kept in the keychain or wrapped by a passphrase.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The statement that gives SQLCipher the raw key.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let hex = Zeroizing::new(HEXLOWER.encode(&self.0));
        Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", hex.as_str()))
    }

    /// The statement that gives an open database another key.
    pub(crate) fn rekey_pragma(&self) -> Zeroizing<String> {
        let hex = Zeroizing::new(HEXLOWER.encode(&self.0));
        Zeroizing::new(format!("PRAGMA rekey = \"x'{}'\"", hex.as_str()))
    }

    pub(crate) fn check(&self, id: &str) -> String {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(b"ybz database check 1");
        hasher.update(id.as_bytes());
        hasher.finalize().to_hex().to_string()
    }
}

const FORMAT: &str = "ybz-database";
const FILE: &str = "ybz.json";

/// The plain header: nothing in it tells what the database holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    format: String,
    version: u32,
    /// Random, in hexadecimal.
    pub(crate) id: String,
    /// Keyed BLAKE3 of the id under the database key.
    check: String,
    /// The same under the key that the database is being given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl Header {
    pub(crate) fn new(id: [u8; 16], key: &DatabaseKey) -> Self {
        Self::of(HEXLOWER.encode(&id), key)
    }

    /// For a database that has its id: one that is restored.
    pub(crate) fn of(id: String, key: &DatabaseKey) -> Self {
        Self { format: FORMAT.to_owned(), version: 1, check: key.check(&id), id, next: None }
    }

    pub(crate) fn opens_with(&self, key: &DatabaseKey) -> bool {
        let check = key.check(&self.id);
        check == self.check || self.next.as_ref() == Some(&check)
    }

    /// Another key is on its way: either may open the database from here on.
    pub(crate) fn expect(&mut self, key: &DatabaseKey) {
        self.next = Some(key.check(&self.id));
    }

    /// It is not clear which of two keys opens the database.
    pub(crate) fn is_open(&self) -> bool {
        self.next.is_some()
    }

    /// This key opened it.
    pub(crate) fn settle(&mut self, key: &DatabaseKey) {
        (self.check, self.next) = (key.check(&self.id), None);
    }

    /// Reads the header; none when there is none.
    pub(crate) fn read(dir: &Path) -> Result<Option<Self>, OpenError> {
        let file = dir.join(FILE);
        let bytes = match fs::read(&file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(OpenError::io("read", file)(error)),
        };
        match serde_json::from_slice::<Self>(&bytes) {
            Ok(header) if header.format == FORMAT => Ok(Some(header)),
            _ => Err(OpenError::NotADatabase { file }),
        }
    }

    /// Writes the header so that it is there whole or not at all.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), OpenError> {
        let text = serde_json::to_vec_pretty(self).unwrap_or_default();
        replace(&dir.join(FILE), &text)
    }

    pub(crate) fn remove(dir: &Path) {
        let _ = fs::remove_file(dir.join(FILE));
    }
}

/// Writes a file beside and renames it over.
pub(crate) fn replace(path: &Path, content: &[u8]) -> Result<(), OpenError> {
    replace_private(path, content).map_err(OpenError::io("write", path))
}

/// Writes a file that its user alone reads beside `path` and renames it over, so that it is never half replaced.
///
/// # Errors
/// What the system says; what was there stays then.
pub fn replace_private(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    let write = || -> std::io::Result<()> {
        let mut file = create_private(&beside)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&beside, path)?;
        sync_dir(path.parent().unwrap_or(Path::new(".")))
    };
    write().inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
}

/// Makes or empties a file that its user alone reads.
pub(crate) fn create_private(path: &Path) -> std::io::Result<fs::File> {
    private(fs::OpenOptions::new().read(true).create(true).truncate(true)).open(path)
}

/// Writes a new file that its user alone reads, whole and durable or not at all.
///
/// # Errors
/// What the system says; `AlreadyExists` when there is one, which stays as it is.
pub fn write_new_private(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut file = private(fs::OpenOptions::new().create_new(true)).open(path)?;
    file.write_all(content).and_then(|()| file.sync_all()).inspect_err(|_| {
        // Half a file is none.
        let _ = fs::remove_file(path);
    })
}

fn private(options: &mut fs::OpenOptions) -> &mut fs::OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.write(true)
}

/// Makes the names in a directory durable; where the system cannot, its own journal has to do.
pub(crate) fn sync_dir(dir: &Path) -> std::io::Result<()> {
    if cfg!(unix) { fs::File::open(dir)?.sync_all() } else { Ok(()) }
}
