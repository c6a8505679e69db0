//! `ybz.keys.json`, beside the database: where its key is kept, and the key wrapped under a passphrase and under the words
//! of a recovery sheet. Nothing in it opens anything by itself.
//!
//! **Invariant:** while a database gets another key, the file has the wraps of both, and one of the two keys opens it.

use std::fs;
use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::connection::{Purpose, connect};
use crate::error::OpenError;
use crate::key::{DatabaseKey, Header, replace};
use crate::open::{DATABASE, lock};
use crate::store::Store;
use crate::wrap::{Secret, Wrap, WrapError};

const FORMAT: &str = "ybz-keys";
const FILE: &str = "ybz.keys.json";
/// A key file is short; a longer one is none.
const LONGEST: u64 = 64 * 1024;

/// Where the key is found when the books are opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// The system's keychain, or the key file that the command names.
    System,
    /// Nowhere: a person types the passphrase.
    Passphrase,
}

/// One key of the database, under the secrets that open it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeySlot {
    /// Keyed BLAKE3 of the database's id under the key.
    pub(crate) check: String,
    /// Under the passphrase.
    pub passphrase: Option<Wrap>,
    /// Under the words of the recovery sheet.
    pub words: Option<Wrap>,
}

impl KeySlot {
    pub(crate) fn of(key: &DatabaseKey, id: &str) -> Self {
        Self { check: key.check(id), passphrase: None, words: None }
    }

    pub(crate) fn wrap(&self, kind: Secret) -> Option<&Wrap> {
        match kind {
            Secret::Passphrase => self.passphrase.as_ref(),
            Secret::Words => self.words.as_ref(),
        }
    }

    pub(crate) fn put(&mut self, kind: Secret, wrap: Option<Wrap>) {
        match kind {
            Secret::Passphrase => self.passphrase = wrap,
            Secret::Words => self.words = wrap,
        }
    }

    /// The key of this slot, if the secret opens it.
    pub(crate) fn open(&self, kind: Secret, secret: &[u8], id: &str) -> Result<DatabaseKey, KeyError> {
        let key = self.wrap(kind).ok_or(KeyError::NoWrap)?.open(kind, secret, id)?;
        // A wrap of another key than the slot names was put there by somebody.
        if key.check(id) == self.check { Ok(key) } else { Err(KeyError::Wrong) }
    }
}

/// The key file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFile {
    format: String,
    version: u32,
    /// The database's.
    pub(crate) id: String,
    /// Where the key is found.
    pub holder: Holder,
    pub(crate) slots: Vec<KeySlot>,
}

/// Why a key was not found, or a wrap not made. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// No such wrap was made.
    #[error("the key is not kept under such a secret")]
    NoWrap,
    /// The secret is another one.
    #[error("the secret does not open the key")]
    Wrong,
    /// The wrap is not one that this program opens.
    #[error("the wrap of the key is not of a kind that this program opens")]
    Form,
    /// A file beside the database.
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl From<WrapError> for KeyError {
    fn from(error: WrapError) -> Self {
        match error {
            WrapError::Form => Self::Form,
            WrapError::Closed => Self::Wrong,
        }
    }
}

impl KeyFile {
    pub(crate) fn new(id: &str, holder: Holder, slots: Vec<KeySlot>) -> Self {
        Self { format: FORMAT.to_owned(), version: 1, id: id.to_owned(), holder, slots }
    }

    /// The key file of a data directory; none when nothing but the system ever held its key.
    ///
    /// # Errors
    /// A file that is not one, or cannot be read.
    pub fn read(dir: &Path) -> Result<Option<Self>, OpenError> {
        let path = dir.join(FILE);
        let length = match fs::metadata(&path) {
            Ok(found) => found.len(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(OpenError::io("read", path)(error)),
        };
        if length > LONGEST {
            return Err(OpenError::NotADatabase { file: path });
        }
        let bytes = fs::read(&path).map_err(OpenError::io("read", &path))?;
        match serde_json::from_slice::<Self>(&bytes) {
            Ok(file) if file.format == FORMAT && !file.slots.is_empty() => Ok(Some(file)),
            _ => Err(OpenError::NotADatabase { file: path }),
        }
    }

    pub(crate) fn write(&self, dir: &Path) -> Result<(), OpenError> {
        let text = serde_json::to_vec_pretty(self).unwrap_or_default();
        replace(&dir.join(FILE), &text)
    }

    /// The slot in force: the last one.
    pub fn slot(&self) -> Option<&KeySlot> {
        self.slots.last()
    }

    /// The key that a secret opens and that opens the database.
    fn open(&self, dir: &Path, kind: Secret, secret: &[u8]) -> Result<DatabaseKey, KeyError> {
        let mut found = Err(KeyError::NoWrap);
        for slot in self.slots.iter().rev() {
            match slot.open(kind, secret, &self.id) {
                Ok(key) if self.slots.len() == 1 || fits(dir, &key) => return Ok(key),
                Ok(_) => {}
                Err(error) => {
                    if !matches!(found, Err(KeyError::Wrong)) {
                        found = Err(error);
                    }
                }
            }
        }
        found
    }
}

/// Finds the key of a closed database by a secret. Slow by intention.
///
/// # Errors
/// [`KeyError::NoWrap`], [`KeyError::Wrong`], [`KeyError::Form`]; or the key file does not read.
pub fn unlock(dir: &Path, kind: Secret, secret: &[u8]) -> Result<DatabaseKey, KeyError> {
    KeyFile::read(dir)?.ok_or(KeyError::NoWrap)?.open(dir, kind, secret)
}

/// Whether a key opens the database of a directory. Looks into the file: its header may name two keys.
pub fn fits(dir: &Path, key: &DatabaseKey) -> bool {
    connect(&dir.join(DATABASE), key, Purpose::Read).is_ok()
}

/// Keeps the key of a closed database under a passphrase: after its recovery sheet opened it.
///
/// # Errors
/// The directory is in use, or the key file cannot be written.
pub fn keep_under_passphrase(
    dir: &Path,
    key: &DatabaseKey,
    passphrase: &[u8],
    today: Date,
    random: fn(&mut [u8]),
) -> Result<(), KeyError> {
    let _lock = lock(dir)?;
    change(dir, key, Some(Holder::Passphrase), Secret::Passphrase, Some(passphrase), today, random)
}

/// Puts one wrap of the key in force, or takes it away; the other stays.
fn change(
    dir: &Path,
    key: &DatabaseKey,
    holder: Option<Holder>,
    kind: Secret,
    secret: Option<&[u8]>,
    today: Date,
    random: fn(&mut [u8]),
) -> Result<(), KeyError> {
    let header = Header::read(dir)?.ok_or_else(|| OpenError::Missing { dir: dir.to_owned() })?;
    let id = &header.id;
    let known = KeyFile::read(dir)?.filter(|file| file.id == *id);
    let check = key.check(id);
    let mut slot = known
        .as_ref()
        .and_then(|file| file.slots.iter().find(|slot| slot.check == check).cloned())
        .unwrap_or_else(|| KeySlot::of(key, id));
    let wrap = secret.map(|secret| Wrap::seal(kind, secret, key, id, today, random)).transpose()?;
    slot.put(kind, wrap);
    let holder = holder.or(known.map(|file| file.holder)).unwrap_or(Holder::System);
    KeyFile::new(id, holder, vec![slot]).write(dir)?;
    Ok(())
}

impl Store {
    /// The key of this database, for who keeps or wraps it.
    pub fn key(&self) -> DatabaseKey {
        self.0.pool.key()
    }

    /// The database's id, which its backups carry.
    ///
    /// # Errors
    /// The header does not read.
    pub fn database_id(&self) -> Result<String, OpenError> {
        let missing = || OpenError::Missing { dir: self.dir().to_owned() };
        Ok(Header::read(self.dir())?.ok_or_else(missing)?.id)
    }

    /// The key file; none when nothing but the system ever held the key.
    ///
    /// # Errors
    /// It does not read.
    pub fn key_file(&self) -> Result<Option<KeyFile>, OpenError> {
        KeyFile::read(self.dir())
    }

    /// Whether a secret is the one in force. Slow by intention.
    ///
    /// # Errors
    /// [`KeyError::NoWrap`] and [`KeyError::Wrong`], or the key file does not read.
    pub fn check_secret(&self, kind: Secret, secret: &[u8]) -> Result<(), KeyError> {
        self.key_file()?.ok_or(KeyError::NoWrap)?.open(self.dir(), kind, secret).map(|_| ())
    }

    /// Keeps the key under a secret from now on, in the place of the one before of its kind.
    ///
    /// # Errors
    /// The key file cannot be written.
    pub fn keep_under(&self, kind: Secret, secret: &[u8], today: Date) -> Result<(), KeyError> {
        let holder = (kind == Secret::Passphrase).then_some(Holder::Passphrase);
        change(self.dir(), &self.key(), holder, kind, Some(secret), today, self.0.random)
    }

    /// The system holds the key again: the passphrase opens nothing any more.
    ///
    /// # Errors
    /// The key file cannot be written.
    pub fn drop_passphrase(&self, today: Date) -> Result<(), KeyError> {
        change(self.dir(), &self.key(), Some(Holder::System), Secret::Passphrase, None, today, self.0.random)
    }
}
