//! Making and opening a database. Each thing that can be wrong is its own error, and then nothing was changed.

use std::fs::{self, File, TryLockError};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, RwLock};

use jiff::civil::Date;
use rusqlite::{Connection, ErrorCode};
use ybz_domain::ids::Incarnation;
use ybz_domain::sign::DeviceKey;

use crate::boot::{BootFile, Token};
use crate::connection::{Purpose, connect, settle};
use crate::documents::Documents;
use crate::error::{OpenError, StoreError};
use crate::key::{DatabaseKey, Header, sync_dir};
use crate::listen::Listeners;
use crate::pool::Pool;
use crate::reader::KeptBooks;
use crate::schema;
use crate::store::{Identity, Inner, Notice, Store, Writer};
use crate::table::{local_log, meta};

/// What a database needs to open.
pub struct Options {
    /// The data directory.
    pub dir: PathBuf,
    /// Encrypts the database.
    pub key: DatabaseKey,
    /// Where the boot token stands: outside the data directory, on the same machine.
    pub boot_dir: PathBuf,
    /// Dates lines of the local log.
    pub today: Date,
    /// Fills a slice with random bytes.
    pub random: fn(&mut [u8]),
    /// Bytes that loaded documents may take: [`DEFAULT_CACHE`] unless there is a reason.
    pub cache_bytes: usize,
}

/// 32 MiB of loaded documents.
pub const DEFAULT_CACHE: usize = 32 << 20;

pub(crate) const DATABASE: &str = "ybz.db";
const LOCK: &str = "ybz.lock";

impl Store {
    /// Makes a database with a new device key and opens it.
    pub fn create(options: Options) -> Result<Self, OpenError> {
        let dir = &options.dir;
        make_private_dir(dir).map_err(OpenError::io("make", dir))?;
        let lock = lock(dir)?;
        let file = dir.join(DATABASE);
        if file.exists() {
            return Err(OpenError::Exists { dir: dir.clone() });
        }
        let beside = dir.join("ybz.db.new");
        let mut id = [0; 16];
        (options.random)(&mut id);
        let header = Header::new(id, &options.key);
        let made = make(&beside, &options)
            .map_err(|error| classify(error, dir, &beside))
            .and_then(|()| header.write(dir))
            .and_then(|()| fs::rename(&beside, &file).map_err(OpenError::io("rename", &beside)))
            .and_then(|()| sync_dir(dir).map_err(OpenError::io("sync", dir)));
        if let Err(error) = made {
            let _ = fs::remove_file(&beside);
            let _ = fs::remove_file(dir.join("ybz.db.new-journal"));
            Header::remove(dir);
            return Err(error);
        }
        let (dir, file) = (dir.clone(), file.clone());
        Self::finish(options, lock, &header, true).inspect_err(|_| {
            // What cannot be opened now is not left behind half made.
            let _ = fs::remove_file(&file);
            Header::remove(&dir);
        })
    }

    /// Opens a database.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        let dir = &options.dir;
        let file = dir.join(DATABASE);
        if !file.is_file() {
            return Err(OpenError::Missing { dir: dir.clone() });
        }
        let lock = lock(dir)?;
        let not_ours = || OpenError::NotADatabase { file: file.clone() };
        let mut start = [0; 16];
        File::open(&file).and_then(|mut file| file.read_exact(&mut start)).map_err(|error| match error.kind() {
            std::io::ErrorKind::UnexpectedEof => not_ours(),
            _ => OpenError::io("read", &file)(error),
        })?;
        if start.starts_with(b"SQLite format 3\0") {
            return Err(not_ours());
        }
        let header = Header::read(dir)?;
        if header.as_ref().is_some_and(|header| !header.opens_with(&options.key)) {
            return Err(OpenError::WrongKey { dir: dir.clone() });
        }
        let header = match header {
            Some(mut header) => {
                if header.is_open() {
                    // The change of keys was cut short: whichever key opens the file is the one.
                    let wrong = |_| OpenError::WrongKey { dir: dir.clone() };
                    connect(&file, &options.key, Purpose::Write).map_err(wrong)?;
                    crate::rekey::settle(dir, &mut header, &options.key)?;
                }
                header
            }
            None => {
                // Without its header a wrong key and a damaged file look alike; a key is the likelier mistake.
                let wrong = |_| OpenError::WrongKey { dir: dir.clone() };
                connect(&file, &options.key, Purpose::Write).map_err(wrong)?;
                let mut id = [0; 16];
                (options.random)(&mut id);
                let header = Header::new(id, &options.key);
                header.write(dir)?;
                header
            }
        };
        Self::finish(options, lock, &header, false)
    }

    fn finish(options: Options, lock: File, header: &Header, new: bool) -> Result<Self, OpenError> {
        let Options { dir, key, boot_dir, today, random, cache_bytes } = options;
        let file = dir.join(DATABASE);
        let failed = |error: StoreError| classify(error, &dir, &file);
        let mut conn = connect(&file, &key, Purpose::Write).map_err(|error| failed(error.into()))?;
        let found = schema::version(&conn).map_err(|error| failed(error.into()))?;
        if found > schema::SCHEMA_VERSION {
            return Err(OpenError::NewerSchema { found, known: schema::SCHEMA_VERSION });
        }
        settle(&conn, Purpose::Write).map_err(|error| failed(error.into()))?;
        schema::migrate(&mut conn).map_err(failed)?;
        let secret = meta::array(&conn, meta::DEVICE).map_err(failed)?;
        let device = DeviceKey::from_bytes(&secret.ok_or_else(|| failed(StoreError::Garbled("meta")))?);
        let boot = BootFile::of(&boot_dir, &dir, &header.id);
        let copied = !turn_boot_token(&conn, &boot, random, new).map_err(|error| match error {
            Turn::Store(error) => failed(error),
            Turn::File(error) => error,
        })?;
        let stored = meta::array(&conn, meta::INCARNATION).map_err(failed)?.map(Incarnation);
        let mut incarnation = stored.ok_or_else(|| failed(StoreError::Garbled("meta")))?;
        if copied {
            let tx = conn.transaction().map_err(|error| failed(error.into()))?;
            incarnation = new_incarnation(&tx, random, today, "copied").map_err(failed)?;
            tx.commit().map_err(|error| failed(error.into()))?;
        }
        let identity = Identity { device, incarnation };
        let writer = Writer { conn, documents: Documents::new(cache_bytes), identity: identity.clone() };
        let store = Self(Arc::new(Inner {
            pool: Pool::new(file.clone(), key),
            identity: RwLock::new(identity),
            writer: Mutex::new(writer),
            waiting: Default::default(),
            listeners: Listeners::default(),
            kept: Mutex::new(None),
            books: KeptBooks::default(),
            notices: Mutex::new(Vec::new()),
            truncate_due: AtomicBool::new(false),
            random,
            today,
            dir: dir.clone(),
            _lock: lock,
        }));
        if copied {
            store.notice(Notice::Copied);
        }
        if schema::read_model_is_old(&store.writer().conn).map_err(failed)? {
            store.rebuild_read_model().map_err(failed)?;
            if !new {
                store.notice(Notice::Rebuilt);
            }
        }
        Ok(store)
    }
}

/// Makes the data directory for its user alone; one that is there already keeps its permissions.
pub(crate) fn make_private_dir(dir: &Path) -> std::io::Result<()> {
    if let Some(parent) = dir.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    match builder.create(dir) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

pub(crate) fn lock(dir: &Path) -> Result<File, OpenError> {
    let path = dir.join(LOCK);
    let file =
        File::options().create(true).truncate(false).write(true).open(&path).map_err(OpenError::io("open", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse { dir: dir.to_owned() }),
        Err(TryLockError::Error(error)) => Err(OpenError::io("lock", path)(error)),
    }
}

/// Makes the whole file beside, so that it is there complete or not at all.
fn make(file: &Path, options: &Options) -> Result<(), StoreError> {
    if file.exists() {
        fs::remove_file(file)?;
    }
    let mut conn = connect(file, &options.key, Purpose::Create)?;
    settle(&conn, Purpose::Create)?;
    schema::migrate(&mut conn)?;
    schema::reset_read_model(&mut conn)?;
    let tx = conn.transaction()?;
    let mut secret = zeroize::Zeroizing::new([0; 32]);
    (options.random)(secret.as_mut_slice());
    meta::put(&tx, meta::DEVICE, secret.as_slice())?;
    let mut incarnation = [0; 16];
    (options.random)(&mut incarnation);
    meta::put(&tx, meta::INCARNATION, &incarnation)?;
    schema::finish_read_model(&tx)?;
    tx.commit()?;
    conn.close().map_err(|(_, error)| error)?;
    File::open(file)?.sync_all()?;
    Ok(())
}

/// Starts a new life: new actors, receipts counted from the start.
pub(crate) fn new_incarnation(
    conn: &Connection,
    random: fn(&mut [u8]),
    today: Date,
    why: &str,
) -> Result<Incarnation, StoreError> {
    let mut incarnation = [0; 16];
    random(&mut incarnation);
    meta::put_incarnation(conn, &incarnation)?;
    meta::put(conn, meta::COUNTER, &0u64.to_le_bytes())?;
    let params = [("why".to_owned(), why.to_owned())].into();
    local_log::append(conn, &local_log::LogEntry { on: today, code: "incarnation".to_owned(), params })?;
    Ok(Incarnation(incarnation))
}

pub(crate) enum Turn {
    Store(StoreError),
    File(OpenError),
}

impl From<StoreError> for Turn {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Checks the boot token and puts the next one in its place; false when this database is a copy.
pub(crate) fn turn_boot_token(
    conn: &Connection,
    boot: &BootFile,
    random: fn(&mut [u8]),
    new: bool,
) -> Result<bool, Turn> {
    let expected: [Option<Token>; 2] = [meta::array(conn, meta::BOOT)?, meta::array(conn, meta::NEXT_BOOT)?];
    let found = boot.read();
    let known = new || found.is_some_and(|token| expected.contains(&Some(token)));
    let mut token: Token = [0; 32];
    random(&mut token);
    if let (true, Some(found)) = (known, found) {
        meta::put(conn, meta::BOOT, &found)?;
    }
    // Either token is good until the file is known to hold the new one, so that a cut here is no copy.
    meta::put(conn, meta::NEXT_BOOT, &token)?;
    boot.write(&token).map_err(Turn::File)?;
    meta::put(conn, meta::BOOT, &token)?;
    Ok(known)
}

pub(crate) fn classify(error: StoreError, dir: &Path, file: &Path) -> OpenError {
    match error {
        StoreError::DiskFull => OpenError::DiskFull { dir: dir.to_owned() },
        StoreError::Io(error) => OpenError::io("write", file)(error),
        StoreError::Database(error) => match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                OpenError::NotADatabase { file: file.to_owned() }
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => OpenError::InUse { dir: dir.to_owned() },
            _ => OpenError::Store(StoreError::Database(error)),
        },
        error => OpenError::Store(error),
    }
}
