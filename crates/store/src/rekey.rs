//! Another key for a closed database: a copy under the new key is made beside and renamed over.
//!
//! **Invariant:** at any cut either the old or the new key opens the database, and its header knows both until it is clear
//! which one.

use std::fs::{self, File};
use std::path::Path;

use jiff::civil::Date;
use rusqlite::Connection;

use crate::connection::{Purpose, connect};
use crate::error::{OpenError, StoreError};
use crate::key::{DatabaseKey, Header, sync_dir};
use crate::keys::{Holder, KeyError, KeyFile, KeySlot};
use crate::open::{DATABASE, classify, lock};
use crate::wrap::{Secret, Wrap};

/// What opens the database after it got another key.
pub struct NewKey<'a> {
    /// The new key.
    pub key: DatabaseKey,
    /// The passphrase that goes on opening it; none when the system holds the key.
    pub passphrase: Option<&'a [u8]>,
    /// Entropy of the words of the new recovery sheet; the one before opens nothing any more.
    pub words: Option<&'a [u8]>,
    /// Day of the change.
    pub today: Date,
    /// Fills a slice with random bytes.
    pub random: fn(&mut [u8]),
}

/// Gives a closed database another key.
///
/// # Errors
/// The directory is in use, the old key does not fit, the disk is full; then the old key still opens it.
pub fn rekey(dir: &Path, old: &DatabaseKey, new: &NewKey<'_>) -> Result<(), KeyError> {
    let _lock = lock(dir)?;
    let mut header = Header::read(dir)?.ok_or_else(|| OpenError::Missing { dir: dir.to_owned() })?;
    if !header.opens_with(old) {
        return Err(OpenError::WrongKey { dir: dir.to_owned() }.into());
    }
    let id = header.id.clone();
    let known = KeyFile::read(dir)?.filter(|file| file.id == id);
    let holder = if new.passphrase.is_some() { Holder::Passphrase } else { Holder::System };
    let mut slot = KeySlot::of(&new.key, &id);
    for (kind, secret) in [(Secret::Passphrase, new.passphrase), (Secret::Words, new.words)] {
        let wrap = secret.map(|secret| Wrap::seal(kind, secret, &new.key, &id, new.today, new.random)).transpose()?;
        slot.put(kind, wrap);
    }
    let check = old.check(&id);
    let before = known.iter().flat_map(|file| &file.slots).find(|slot| slot.check == check).cloned();
    let before = before.unwrap_or_else(|| KeySlot::of(old, &id));
    // The header comes first: as long as the key file has two slots, whoever opens the database settles which one stays.
    header.expect(&new.key);
    header.write(dir)?;
    KeyFile::new(&id, holder, vec![before, slot]).write(dir)?;
    let (file, beside) = (dir.join(DATABASE), dir.join("ybz.db.new"));
    copy_under(&file, old, &beside, &new.key).map_err(|error| {
        remove(&beside);
        classify(error, dir, &beside)
    })?;
    fs::rename(&beside, &file).map_err(OpenError::io("rename", &beside))?;
    // The new key opens it from here on. What cannot be settled now is settled by whoever opens it next.
    if sync_dir(dir).is_ok() {
        let _ = settle(dir, &mut header, &new.key);
    }
    Ok(())
}

/// A copy of a database under another key, whole on disk. Its write-ahead log is empty afterwards and gone.
fn copy_under(file: &Path, old: &DatabaseKey, beside: &Path, new: &DatabaseKey) -> Result<(), StoreError> {
    remove(beside);
    let conn = connect(file, old, Purpose::Write)?;
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    copy(&conn, beside)?;
    conn.close().map_err(|(_, error)| error)?;
    let wal = file.with_extension("db-wal");
    if fs::metadata(&wal).is_ok_and(|left| left.len() > 0) {
        // What it holds belongs to the old file and would be read into the new one.
        return Err(StoreError::Garbled("write-ahead log"));
    }
    let _ = fs::remove_file(&wal);
    let _ = fs::remove_file(file.with_extension("db-shm"));
    let copied = connect(beside, old, Purpose::Write)?;
    copied.execute_batch("PRAGMA journal_mode = DELETE")?;
    copied.execute_batch(&new.rekey_pragma())?;
    copied.close().map_err(|(_, error)| error)?;
    // The new key has to open it before the old file goes.
    connect(beside, new, Purpose::Read)?.close().map_err(|(_, error)| error)?;
    File::open(beside)?.sync_all()?;
    Ok(())
}

/// Writes a consistent copy under the same key, while others may go on reading and writing.
pub(crate) fn copy(conn: &Connection, beside: &Path) -> Result<(), StoreError> {
    let name = beside.to_str().ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidFilename))?;
    conn.execute("VACUUM INTO ?1", [name])?;
    Ok(())
}

/// The key that opened the database is the only one from now on.
pub(crate) fn settle(dir: &Path, header: &mut Header, key: &DatabaseKey) -> Result<(), OpenError> {
    remove(&dir.join("ybz.db.new"));
    if let Some(mut file) = KeyFile::read(dir)?.filter(|file| file.slots.len() > 1) {
        let check = key.check(&file.id);
        file.slots.retain(|slot| slot.check == check);
        if let Some(slot) = file.slots.last() {
            file.holder = if slot.passphrase.is_some() { Holder::Passphrase } else { Holder::System };
            file.write(dir)?;
        }
    }
    header.settle(key);
    header.write(dir)
}

/// Takes away a copy that is in nobody's use, with its journals.
fn remove(file: &Path) {
    for end in ["new", "new-journal", "new-wal", "new-shm"] {
        let _ = fs::remove_file(file.with_extension(end));
    }
}
