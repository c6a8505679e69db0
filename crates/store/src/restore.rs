//! Restoring a backup into an empty directory: a new life and a new device. The old device's key is destroyed; before, it
//! signs which device comes after it.
//!
//! **Invariant:** a database with the old device's key never stands where it would be opened.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rusqlite::Connection;
use ybz_domain::ids::{DeviceId, OfficeId, Serial, TreeId};
use ybz_domain::sign::{DeviceKey, Signed};
use ybz_domain::trust::{Membership, Restored, charter_chain, succession};

use crate::backup::{BackupError, BackupHeader, take_out};
use crate::boot::BootFile;
use crate::connection::{Purpose, connect};
use crate::error::{OpenError, StoreError};
use crate::key::{DatabaseKey, Header, sync_dir};
use crate::keys::{Holder, KeyFile};
use crate::open::{DATABASE, Turn, classify, lock, make_private_dir, new_incarnation, turn_boot_token};
use crate::schema;
use crate::store::Store;
use crate::table::{charters, entries, foundings, local_log, local_offices, log_links, meta, settings};
use crate::wrap::{Secret, Wrap};

/// What a restore needs.
pub struct Restore<'a> {
    /// The backup.
    pub file: &'a Path,
    /// An empty directory, or one that is made.
    pub dir: PathBuf,
    /// The key that opens the backup.
    pub key: DatabaseKey,
    /// Where the key is found from now on.
    pub holder: Holder,
    /// Keeps the key under this passphrase instead of the one of the backup.
    pub passphrase: Option<&'a [u8]>,
    /// Where the boot token stands.
    pub boot_dir: &'a Path,
    /// The day.
    pub today: Date,
    /// Fills a slice with random bytes.
    pub random: fn(&mut [u8]),
}

/// Files that may stand in a directory that counts as empty.
const HARMLESS: [&str; 2] = ["ybz.lock", "window"];
/// The copy that becomes the database at the very end. As long as it stands, a restore is under way or was cut short.
const COPY: &str = "ybz.db.new";
/// What else a restore leaves that is cut short.
const LEFT: [&str; 8] = [
    "ybz.db.new-journal",
    "ybz.db.new-wal",
    "ybz.db.new-shm",
    "ybz.json",
    "ybz.new",
    "ybz.keys.json",
    "ybz.keys.new",
    "ybz.copy",
];

/// Restores a backup. The books then wait for a certificate of the new device, and private records are locked where
/// somebody may know of erasures that the backup does not.
///
/// # Errors
/// What is wrong with the backup or the directory; nothing is left there then.
pub fn restore(restore: &Restore<'_>) -> Result<BackupHeader, BackupError> {
    let dir = &restore.dir;
    make_private_dir(dir).map_err(OpenError::io("make", dir))?;
    must_be_empty(dir)?;
    let _lock = lock(dir)?;
    // Whoever had it meanwhile may have put a database there.
    must_be_empty(dir)?;
    clear(dir);
    let beside = dir.join(COPY);
    let restored = take_out(restore.file, &restore.key, &beside)
        .and_then(|header| become_new(restore, &beside, &header).map(|()| header));
    if restored.is_err() {
        clear(dir);
    }
    restored
}

/// Nothing stands there but what does no harm, or what a restore left that was cut short before there was a database.
fn must_be_empty(dir: &Path) -> Result<(), BackupError> {
    let cut_short = !dir.join(DATABASE).exists() && dir.join(COPY).exists();
    let entries = fs::read_dir(dir).map_err(OpenError::io("read", dir))?;
    let harmless = |name: &std::ffi::OsStr| {
        let is = |known: &&str| name == std::ffi::OsStr::new(known);
        HARMLESS.iter().any(is) || (cut_short && LEFT.iter().chain([&COPY]).any(is))
    };
    if entries.into_iter().any(|entry| entry.is_ok_and(|entry| !harmless(&entry.file_name()))) {
        return Err(BackupError::NotEmpty(dir.to_owned()));
    }
    Ok(())
}

/// Takes away what a restore leaves that fails or is cut short; the copy last, by which the rest is known.
fn clear(dir: &Path) {
    if !dir.join(DATABASE).exists() {
        for name in LEFT.iter().chain([&COPY]) {
            let _ = fs::remove_file(dir.join(name));
        }
    }
}

fn become_new(restore: &Restore<'_>, beside: &Path, header: &BackupHeader) -> Result<(), BackupError> {
    let Restore { dir, key, today, random, .. } = restore;
    let failed = |error: StoreError| classify(error, dir, beside);
    let damaged = |_| BackupError::Damaged(restore.file.to_owned());
    let mut conn = connect(beside, key, Purpose::Write).map_err(damaged)?;
    let found = schema::version(&conn).map_err(damaged)?;
    if found > schema::SCHEMA_VERSION {
        return Err(OpenError::NewerSchema { found, known: schema::SCHEMA_VERSION }.into());
    }
    schema::migrate(&mut conn).map_err(failed)?;
    another_device(&mut conn, *today, *random).map_err(failed)?;
    let boot = BootFile::of(restore.boot_dir, dir, &header.id);
    turn_boot_token(&conn, &boot, *random, true).map_err(|error| match error {
        Turn::Store(error) => failed(error),
        Turn::File(error) => error,
    })?;
    conn.close().map_err(|(_, error)| failed(error.into()))?;
    File::open(beside).and_then(|file| file.sync_all()).map_err(OpenError::io("sync", beside))?;
    let mut slot = header.slot.clone();
    if let Some(passphrase) = restore.passphrase {
        let wrap = Wrap::seal(Secret::Passphrase, passphrase, key, &header.id, *today, *random);
        slot.put(Secret::Passphrase, Some(wrap.map_err(crate::keys::KeyError::from)?));
    } else if restore.holder == Holder::System {
        slot.put(Secret::Passphrase, None);
    }
    Header::of(header.id.clone(), key).write(dir)?;
    KeyFile::new(&header.id, restore.holder, vec![slot]).write(dir)?;
    let file = dir.join(DATABASE);
    fs::rename(beside, &file).map_err(OpenError::io("rename", beside))?;
    sync_dir(dir).map_err(OpenError::io("sync", dir))?;
    Ok(())
}

/// Makes a new device key in the place of the old one, which signs the statements of what comes after it.
fn another_device(conn: &mut Connection, today: Date, random: fn(&mut [u8])) -> Result<(), StoreError> {
    let old = meta::array(conn, meta::DEVICE)?.map(zeroize::Zeroizing::new).ok_or(StoreError::Garbled("meta"))?;
    let old = DeviceKey::from_bytes(&old);
    let mut secret = zeroize::Zeroizing::new([0; 32]);
    random(secret.as_mut_slice());
    let new = DeviceKey::from_bytes(&secret).id();
    let tree = meta::array(conn, meta::TREE)?.map(TreeId);
    let (all, known) = (charters::all(conn)?, entries::all(conn)?);
    let chain = tree.map(|tree| charter_chain(&all, &tree)).unwrap_or_default();
    let membership = Membership::build(tree, &chain, &foundings::all(conn)?, &known, &log_links::all(conn)?);
    let local = local_offices::all(conn)?;
    let tx = conn.transaction()?;
    let mut made = known;
    for office in local.into_iter().map(|local| local.office) {
        let signed = Signed::sign(&old, &Restored { office, old: old.id(), new, on: today });
        settings::put(&tx, &restored_setting(&office), &text_of(&signed)?)?;
        let others = others_are_active(&membership, &office, &old.id());
        if others || membership.parent(&office).is_some() {
            // Somebody may know of erasures that the backup does not.
            settings::put(&tx, &locked_setting(&office), &serde_json::json!(today.to_string()))?;
        }
        // Nobody else could let it in. A device that holds later entries of the old one sees a fork of its log.
        if membership.stands_alone(&office, &old.id()) {
            let mut serial = [0; 16];
            random(&mut serial);
            let entry = succession(&old, office, new, Serial(serial), &made, today);
            entries::put(&tx, &entry)?;
            made.push(entry);
        }
    }
    meta::put(&tx, meta::DEVICE, secret.as_slice())?;
    new_incarnation(&tx, random, today, "restored")?;
    let params = [("old", old.id().to_string()), ("new", new.to_string())];
    let params = params.map(|(name, value)| (name.to_owned(), value)).into();
    local_log::append(&tx, &local_log::LogEntry { on: today, code: "restored".to_owned(), params })?;
    tx.commit()?;
    Ok(())
}

/// Whether the office has another device that was neither removed nor handed over.
fn others_are_active(membership: &Membership, office: &OfficeId, old: &DeviceId) -> bool {
    membership
        .offices
        .get(office)
        .is_some_and(|view| view.devices.iter().any(|(device, certificate)| device != old && certificate.is_active()))
}

fn text_of(signed: &Signed<Restored>) -> Result<serde_json::Value, StoreError> {
    let bytes = postcard::to_stdvec(signed).map_err(|_| StoreError::Garbled("settings"))?;
    Ok(serde_json::json!(data_encoding::HEXLOWER.encode(&bytes)))
}

/// Setting that keeps what the old device signed of the new one.
fn restored_setting(office: &OfficeId) -> String {
    format!("restored/{office}")
}

/// Setting that locks an office's private records: the day of the restore.
fn locked_setting(office: &OfficeId) -> String {
    format!("private_locked/{office}")
}

impl Store {
    /// What the device whose backup this was signed of this one.
    pub fn restored(&self, office: &OfficeId) -> Result<Option<Signed<Restored>>, StoreError> {
        let kept = self.setting(&restored_setting(office))?;
        let Some(text) = kept.as_ref().and_then(|kept| kept.as_str()) else { return Ok(None) };
        let garbled = || StoreError::Garbled("settings");
        let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).map_err(|_| garbled())?;
        postcard::from_bytes(&bytes).map(Some).map_err(|_| garbled())
    }

    /// Whether an office's private records wait, since a restore, for a session with somebody who knows what was erased.
    pub fn private_locked(&self, office: &OfficeId) -> Result<bool, StoreError> {
        Ok(self.setting(&locked_setting(office))?.is_some_and(|day| day.is_string()))
    }

    /// Somebody who knows what was erased has been met.
    pub fn open_private(&self, office: &OfficeId) -> Result<(), StoreError> {
        if self.private_locked(office)? {
            self.put_setting(&locked_setting(office), &serde_json::Value::Null)?;
        }
        Ok(())
    }
}
