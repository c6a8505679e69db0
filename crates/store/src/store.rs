//! The open database: one writer, several readers.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use jiff::civil::Date;
use rusqlite::{Connection, TransactionBehavior};
use ybz_domain::ids::Incarnation;
use ybz_domain::sign::DeviceKey;

use crate::connection::BUSY;
use crate::documents::Documents;
use crate::error::StoreError;
use crate::listen::{Changed, Listeners, Tags};
use crate::pool::Pool;
use crate::reader::{KeptBooks, Reader};
use crate::trust::Kept;

/// How often patient work lets others go first before it takes its turn.
const PATIENCE: u32 = 10;

/// A database, open. Clones share it; the last one to go closes it.
#[derive(Clone)]
pub struct Store(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) dir: PathBuf,
    pub(crate) writer: Mutex<Writer>,
    /// Local commits that wait for the writer: reading in lets them go first.
    pub(crate) waiting: AtomicUsize,
    /// What the writer signs with, for those who must not wait for it.
    pub(crate) identity: RwLock<Identity>,
    pub(crate) pool: Pool,
    pub(crate) listeners: Listeners,
    pub(crate) kept: Mutex<Option<Arc<Kept>>>,
    pub(crate) books: KeptBooks,
    pub(crate) notices: Mutex<Vec<Notice>>,
    /// Something was destroyed, and the write-ahead log, where it may still stand, is not truncated yet.
    pub(crate) truncate_due: AtomicBool,
    pub(crate) random: fn(&mut [u8]),
    /// When it was opened.
    pub(crate) today: Date,
    /// Held as long as the database is open.
    pub(crate) _lock: File,
}

/// The connection that writes, with what only it may touch.
pub(crate) struct Writer {
    pub(crate) conn: Connection,
    pub(crate) documents: Documents,
    pub(crate) identity: Identity,
}

/// Who makes changes here: device and book and incarnation make the actor.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) device: DeviceKey,
    pub(crate) incarnation: Incarnation,
}

/// Something a person should know about this database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The database was copied, moved or restored: it goes on as a new incarnation with new actors.
    Copied,
    /// A peer knows changes of this database that this database does not: it goes on as a new incarnation.
    Overtaken,
    /// The read model was of another version and was rebuilt from the books.
    Rebuilt,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.0.dir.display())
    }
}

impl Store {
    /// The data directory.
    pub fn dir(&self) -> &Path {
        &self.0.dir
    }

    /// This device's signing key. Never waits for the writer.
    pub fn device(&self) -> DeviceKey {
        self.identity().device
    }

    /// This life of the database. Never waits for the writer.
    pub fn incarnation(&self) -> Incarnation {
        self.identity().incarnation
    }

    /// What a person should know since the database was opened.
    pub fn notices(&self) -> Vec<Notice> {
        self.0.notices.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Latest date in verified receipts and own commits.
    pub fn clock_floor(&self) -> Result<Option<Date>, StoreError> {
        self.0.pool.with(crate::table::meta::clock_floor)
    }

    /// Reads within one transaction, beside the writer.
    pub fn read<T>(&self, work: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.0.pool.with(|conn| work(&Reader::new(conn, &self.0.books)))
    }

    /// Calls `listener` with the version and the tags after each change, on the thread that made it.
    pub fn on_change(&self, listener: impl Fn(u64, &Tags) + Send + Sync + 'static) {
        self.0.listeners.add(Arc::new(listener));
    }

    /// Number of changes since the database was opened.
    pub fn version(&self) -> u64 {
        self.0.listeners.version()
    }

    /// Waits until something changed after version `since`, or for `timeout`.
    pub fn wait(&self, since: u64, timeout: Duration) -> Changed {
        self.0.listeners.wait(since, timeout)
    }

    /// Moves what stands in the write-ahead log into the database and truncates it. Tells whether it could: not while
    /// somebody reads.
    pub fn checkpoint(&self) -> Result<bool, StoreError> {
        let writer = self.writer();
        // Commits would wait as long for whoever reads.
        writer.conn.busy_timeout(Duration::from_millis(200))?;
        let busy = writer.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0));
        writer.conn.busy_timeout(BUSY)?;
        let truncated = !busy?;
        if truncated {
            self.0.truncate_due.store(false, Ordering::SeqCst);
        }
        Ok(truncated)
    }

    /// Truncates the write-ahead log when something that was destroyed may stand in it. While somebody reads, the next
    /// commit does it, and at the latest the end of the program.
    pub(crate) fn truncate_if_due(&self) {
        if self.0.truncate_due.load(Ordering::SeqCst)
            && let Err(error) = self.checkpoint()
        {
            tracing::warn!(%error, "what was destroyed may still stand in the write-ahead log");
        }
    }

    /// Number of loaded documents and their estimated bytes.
    pub fn loaded(&self) -> (usize, usize) {
        self.writer().documents.size()
    }

    fn identity(&self) -> Identity {
        self.0.identity.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Goes on as somebody else, once that is on disk.
    pub(crate) fn become_identity(&self, writer: &mut Writer, identity: Identity) {
        writer.identity = identity.clone();
        *self.0.identity.write().unwrap_or_else(PoisonError::into_inner) = identity;
    }

    /// The writer, for a local commit.
    pub(crate) fn writer(&self) -> MutexGuard<'_, Writer> {
        self.0.waiting.fetch_add(1, Ordering::Relaxed);
        let guard = self.lock();
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
        guard
    }

    /// The writer, for work that lets local commits go first.
    pub(crate) fn patient_writer(&self) -> MutexGuard<'_, Writer> {
        // Patience is bounded: under a storm of deliveries somebody always waits.
        for _ in 0..PATIENCE {
            if self.0.waiting.load(Ordering::Relaxed) == 0 {
                break;
            }
            std::thread::sleep(Duration::from_micros(200));
        }
        self.lock()
    }

    fn lock(&self) -> MutexGuard<'_, Writer> {
        self.0.writer.lock().unwrap_or_else(|poisoned| {
            // Whoever panicked may have left a document half edited; its transaction was rolled back.
            let mut guard = poisoned.into_inner();
            guard.documents.clear();
            self.0.writer.clear_poison();
            guard
        })
    }

    /// Writes rows that are no books, in one transaction, and tells who listens.
    pub(crate) fn write<T>(
        &self,
        tag: &str,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.write_tagged(Tags::from([tag.to_owned()]), work)
    }

    /// The same with several tags.
    pub(crate) fn write_tagged<T>(
        &self,
        tags: Tags,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let result = {
            let mut writer = self.lock();
            let tx = writer.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let result = work(&tx)?;
            tx.commit()?;
            result
        };
        if tags.contains(TRUST) {
            self.forget_membership();
        }
        self.0.listeners.tell(tags);
        Ok(result)
    }

    pub(crate) fn forget_membership(&self) {
        *self.0.kept.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub(crate) fn notice(&self, notice: Notice) {
        let mut notices = self.0.notices.lock().unwrap_or_else(PoisonError::into_inner);
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }
}

/// Tag of charters, foundings, entries and local offices.
pub(crate) const TRUST: &str = "trust";
