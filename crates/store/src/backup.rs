//! Backups: one file with a consistent copy of the encrypted database, and beside it only what says how it opens.
//!
//! ```text
//! 16 bytes  magic
//!  4 bytes  version, little-endian
//!  4 bytes  length of the header
//!           header: JSON, see [`BackupHeader`]
//!           the database, encrypted under its key
//! 32 bytes  keyed BLAKE3 over all before, under a key made from the database's
//! ```
//!
//! **Invariant:** nothing of a backup is used before the keyed hash over the whole file holds: not one page of another
//! backup, and not a file that ends early.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::connection::{Purpose, connect};
use crate::error::{OpenError, StoreError};
use crate::key::{DatabaseKey, create_private, sync_dir};
use crate::keys::{KeyError, KeyFile, KeySlot};
use crate::rekey::copy;
use crate::schema;
use crate::store::Store;
use crate::wrap::Secret;

const MAGIC: &[u8; 16] = b"YBZ BACKUP FILE\n";
const VERSION: u32 = 1;
const MAC: &str = "yibenzhang 2026 backup authentication 1";
const MAC_BYTES: u64 = 32;
/// A header is short.
const LONGEST_HEADER: u32 = 64 * 1024;
const BLOCK: usize = 256 * 1024;

/// One backup at a time: the copy beside the database has one name.
static TURN: Mutex<()> = Mutex::new(());

/// What stands unencrypted in a backup: nothing of the books.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupHeader {
    /// The database's id: the same in all its backups.
    pub id: String,
    /// Day on which it was made, by a clock that may be wrong.
    pub made: String,
    /// Higher than that of every backup of this database that lay in the folder; 0 where it was not counted yet.
    #[serde(default)]
    pub number: u64,
    /// Version of the database's tables.
    pub schema: u32,
    /// Bytes of the database.
    pub bytes: u64,
    /// The key under the passphrase and the words of that day.
    pub slot: KeySlot,
}

/// A backup that was written, read again and opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupMade {
    /// Where it lies.
    pub file: PathBuf,
    /// Its size.
    pub bytes: u64,
}

/// Why a backup was not made, or is not usable. Nothing was overwritten.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The folder is not there: the stick is not in.
    #[error("the folder {} is not there", .0.display())]
    NoFolder(PathBuf),
    /// No file of this kind.
    #[error("{} is not a backup", .0.display())]
    NotABackup(PathBuf),
    /// A newer program wrote it.
    #[error("the backup has version {found}; this program knows up to {known}")]
    Newer {
        /// As written.
        found: u32,
        /// Highest known.
        known: u32,
    },
    /// It ends early, or something in it is not as it was written.
    #[error("the backup {} is cut short or altered", .0.display())]
    Damaged(PathBuf),
    /// The key is not the one of this backup.
    #[error("the key does not open the backup {}", .0.display())]
    WrongKey(PathBuf),
    /// There are files already where it should be restored.
    #[error("{} is not empty", .0.display())]
    NotEmpty(PathBuf),
    /// A secret that does not open it.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A file or the database.
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        Self::Open(OpenError::Store(error))
    }
}

fn failed(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.to_owned();
    move |error| BackupError::Open(OpenError::io(what, path)(error))
}

impl Store {
    /// Writes a backup into a folder, under a name of its own, and reads it again. Others go on reading and writing
    /// meanwhile. A folder that is missing is not made: it may be a stick that is not in.
    ///
    /// # Errors
    /// [`BackupError::NoFolder`], a full disk, a file that cannot be written; then no backup is left there.
    pub fn back_up(&self, folder: &Path, today: Date) -> Result<BackupMade, BackupError> {
        if !folder.is_dir() {
            return Err(BackupError::NoFolder(folder.to_owned()));
        }
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let (key, id) = (self.key(), self.database_id()?);
        let beside = self.dir().join("ybz.copy");
        let _gone = Scratch(&beside);
        let _ = fs::remove_file(&beside);
        let conn = connect(&self.dir().join(crate::open::DATABASE), &key, Purpose::Read).map_err(StoreError::from)?;
        copy(&conn, &beside)?;
        let schema = schema::version(&conn).map_err(StoreError::from)?;
        drop(conn);
        let bytes = fs::metadata(&beside).map_err(failed("read", &beside))?.len();
        let check = key.check(&id);
        let known = KeyFile::read(self.dir())?.filter(|file| file.id == id);
        let slot = known.and_then(|file| file.slots.into_iter().find(|slot| slot.check == check));
        let slot = slot.unwrap_or_else(|| KeySlot::of(&key, &id));
        let before = headers_in(folder, &id)?.into_iter().map(|(header, _)| header.number).max().unwrap_or_default();
        let number = before.saturating_add(1);
        let header = BackupHeader { id, made: today.to_string(), number, schema, bytes, slot };
        let file = free_name(folder, &header);
        let part = file.with_extension("part");
        let written = write(&part, &header, &beside, &key).and_then(|bytes| {
            // What was written is read from where it lies, not from what it was made of.
            check_file(&part, &key, &beside)?;
            fs::rename(&part, &file).map_err(failed("rename", &part))?;
            let _ = sync_dir(folder);
            Ok(bytes)
        });
        match written {
            Ok(bytes) => Ok(BackupMade { file, bytes }),
            Err(error) => {
                let _ = fs::remove_file(&part);
                Err(error)
            }
        }
    }

    /// Backups of this database in a folder, the oldest first, in the order in which they were made whatever the clock
    /// said. Files of other databases, files that are none, and files that end early are left out.
    ///
    /// # Errors
    /// [`BackupError::NoFolder`].
    pub fn backups_in(&self, folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
        let id = self.database_id()?;
        let mut found = headers_in(folder, &id)?;
        found.retain(|(_, path)| is_whole(path));
        found.sort_by_cached_key(|(header, path)| (header.number, header.made.clone(), numbered(path), path.clone()));
        Ok(found.into_iter().map(|(_, path)| path).collect())
    }
}

/// Files in a folder that begin as backups of a database do.
fn headers_in(folder: &Path, id: &str) -> Result<Vec<(BackupHeader, PathBuf)>, BackupError> {
    let entries = fs::read_dir(folder).map_err(|_| BackupError::NoFolder(folder.to_owned()))?;
    let found = entries.filter_map(|entry| {
        let path = entry.ok()?.path();
        let header = path.extension().is_some_and(|end| end == BACKUP_ENDING).then(|| read_backup_header(&path));
        header?.ok().filter(|header| header.id == id).map(|header| (header, path))
    });
    Ok(found.collect())
}

/// Whether a file has the length that its header says.
fn is_whole(file: &Path) -> bool {
    let Ok(mut from) = File::open(file) else { return false };
    let Ok((header, start)) = head(file, &mut from) else { return false };
    let length = (start.len() as u64).saturating_add(header.bytes).saturating_add(MAC_BYTES);
    from.metadata().is_ok_and(|found| found.len() == length)
}

/// Ending of the name of a backup.
pub const BACKUP_ENDING: &str = "ybzbackup";

/// A name that is not taken. It tells the day and the database, by random digits, and nobody's name.
fn free_name(folder: &Path, header: &BackupHeader) -> PathBuf {
    let id = header.id.get(..8).unwrap_or_default();
    let name = |n: u32| folder.join(format!("ybz-{}-{id}-{n}.{BACKUP_ENDING}", header.made));
    (1..).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(0))
}

/// The number at the end of such a name.
fn numbered(path: &Path) -> u32 {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    stem.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// Takes a file away when the work ends, however it ends.
struct Scratch<'a>(&'a Path);

impl Drop for Scratch<'_> {
    fn drop(&mut self) {
        let _ = fs::remove_file(self.0);
        let _ = fs::remove_file(self.0.with_extension("copy-journal"));
    }
}

fn hasher(key: &DatabaseKey) -> blake3::Hasher {
    blake3::Hasher::new_keyed(&blake3::derive_key(MAC, key.as_bytes()))
}

fn write(part: &Path, header: &BackupHeader, body: &Path, key: &DatabaseKey) -> Result<u64, BackupError> {
    let json = serde_json::to_vec(header).unwrap_or_default();
    let length = u32::try_from(json.len()).unwrap_or(u32::MAX);
    let head = [MAGIC.as_slice(), &VERSION.to_le_bytes(), &length.to_le_bytes(), &json].concat();
    let mut hasher = hasher(key);
    let mut done = || -> io::Result<u64> {
        let mut out = create_private(part)?;
        let mut from = File::open(body)?;
        hasher.update(&head);
        out.write_all(&head)?;
        let mut block = vec![0; BLOCK];
        loop {
            let read = from.read(&mut block)?;
            let Some(read) = block.get(..read).filter(|read| !read.is_empty()) else { break };
            hasher.update(read);
            out.write_all(read)?;
        }
        out.write_all(hasher.finalize().as_bytes())?;
        out.sync_all()?;
        out.metadata().map(|written| written.len())
    };
    done().map_err(failed("write", part))
}

/// Reads what stands unencrypted at the start.
///
/// # Errors
/// [`BackupError::NotABackup`], [`BackupError::Newer`], [`BackupError::Damaged`].
pub fn read_backup_header(file: &Path) -> Result<BackupHeader, BackupError> {
    let mut from = File::open(file).map_err(failed("read", file))?;
    head(file, &mut from).map(|(header, _)| header)
}

/// The header, and the bytes that it was read from.
fn head(file: &Path, from: &mut impl Read) -> Result<(BackupHeader, Vec<u8>), BackupError> {
    let none = |_| BackupError::NotABackup(file.to_owned());
    let damaged = || BackupError::Damaged(file.to_owned());
    let (mut magic, mut version, mut length) = ([0; 16], [0; 4], [0; 4]);
    from.read_exact(&mut magic).map_err(none)?;
    if magic != *MAGIC {
        return Err(BackupError::NotABackup(file.to_owned()));
    }
    from.read_exact(&mut version).map_err(|_| damaged())?;
    let found = u32::from_le_bytes(version);
    if found != VERSION {
        return Err(BackupError::Newer { found, known: VERSION });
    }
    from.read_exact(&mut length).map_err(|_| damaged())?;
    let size = u32::from_le_bytes(length);
    if size > LONGEST_HEADER {
        return Err(damaged());
    }
    let mut json = vec![0; usize::try_from(size).unwrap_or_default()];
    from.read_exact(&mut json).map_err(|_| damaged())?;
    let header: BackupHeader = serde_json::from_slice(&json).map_err(|_| damaged())?;
    let sound = header.id.len() == 32 && header.id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !sound {
        return Err(damaged());
    }
    Ok((header, [magic.as_slice(), &version, &length, &json].concat()))
}

/// The key of a backup by a secret of the day on which it was made. Slow by intention.
///
/// # Errors
/// [`KeyError::NoWrap`], [`KeyError::Wrong`], or no backup.
pub fn unlock_backup(file: &Path, kind: Secret, secret: &[u8]) -> Result<DatabaseKey, BackupError> {
    let header = read_backup_header(file)?;
    Ok(header.slot.open(kind, secret, &header.id)?)
}

/// Reads a backup to its end and opens its database, in a file of `scratch` that goes again.
///
/// # Errors
/// What is wrong with it.
pub fn verify_backup(file: &Path, key: &DatabaseKey, scratch: &Path) -> Result<BackupHeader, BackupError> {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let beside = scratch.join("ybz.copy");
    let _gone = Scratch(&beside);
    check_file(file, key, &beside)
}

fn check_file(file: &Path, key: &DatabaseKey, beside: &Path) -> Result<BackupHeader, BackupError> {
    let header = take_out(file, key, beside)?;
    let damaged = || BackupError::Damaged(file.to_owned());
    let conn = connect(beside, key, Purpose::Read).map_err(|_| damaged())?;
    let found = schema::version(&conn).map_err(|_| damaged())?;
    if found > schema::SCHEMA_VERSION {
        return Err(OpenError::NewerSchema { found, known: schema::SCHEMA_VERSION }.into());
    }
    let said: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(|_| damaged())?;
    if said == "ok" { Ok(header) } else { Err(damaged()) }
}

/// Writes the database of a backup into a new file; nothing is left when the backup does not hold.
pub(crate) fn take_out(file: &Path, key: &DatabaseKey, to: &Path) -> Result<BackupHeader, BackupError> {
    let from = File::open(file).map_err(failed("read", file))?;
    let mut from = BufReader::with_capacity(BLOCK, from);
    let (header, head) = head(file, &mut from)?;
    if header.slot.check != key.check(&header.id) {
        return Err(BackupError::WrongKey(file.to_owned()));
    }
    let mut hasher = hasher(key);
    hasher.update(&head);
    let damaged = || BackupError::Damaged(file.to_owned());
    let done = (|| {
        let mut out = create_private(to).map_err(failed("write", to))?;
        let (mut left, mut block) = (header.bytes, vec![0; BLOCK]);
        while left > 0 {
            let next = usize::try_from(left).unwrap_or(usize::MAX).min(BLOCK);
            let next = block.get_mut(..next).ok_or_else(damaged)?;
            from.read_exact(next).map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => damaged(),
                _ => failed("read", file)(error),
            })?;
            hasher.update(next);
            out.write_all(next).map_err(failed("write", to))?;
            left = left.saturating_sub(next.len() as u64);
        }
        let mut mac = [0; 32];
        from.read_exact(&mut mac).map_err(|_| damaged())?;
        // Compared in constant time.
        if blake3::Hash::from(mac) != hasher.finalize() || from.read(&mut [0]).map_err(failed("read", file))? > 0 {
            return Err(damaged());
        }
        out.sync_all().map_err(failed("write", to))
    })();
    if done.is_err() {
        let _ = fs::remove_file(to);
    }
    done.map(|()| header)
}
