//! What can go wrong, each with which, where and why.

use std::path::PathBuf;

use ybz_domain::book::WriteError;
use ybz_domain::ids::{BookId, RecordId, Serial, TreeId};
use ybz_domain::sign::SignError;

/// Why a database does not open. Nothing on disk was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no database in the directory.
    #[error("no database in {}", .dir.display())]
    Missing {
        /// The data directory.
        dir: PathBuf,
    },
    /// A database stands where a new one should be made.
    #[error("a database is already in {}", .dir.display())]
    Exists {
        /// The data directory.
        dir: PathBuf,
    },
    /// Another process has the directory open.
    #[error("{} is in use by another process", .dir.display())]
    InUse {
        /// The data directory.
        dir: PathBuf,
    },
    /// The key is not the one of this database.
    #[error("the key does not open the database in {}", .dir.display())]
    WrongKey {
        /// The data directory.
        dir: PathBuf,
    },
    /// The file is damaged, or no encrypted database at all.
    #[error("{} is not a database of this program, or it is damaged", .file.display())]
    NotADatabase {
        /// The file.
        file: PathBuf,
    },
    /// A newer program wrote it.
    #[error("the database has schema {found}; this program knows up to {known}")]
    NewerSchema {
        /// Version in the file.
        found: u32,
        /// Highest version known.
        known: u32,
    },
    /// No space left.
    #[error("no space left for {}", .dir.display())]
    DiskFull {
        /// The data directory.
        dir: PathBuf,
    },
    /// The system refused a file.
    #[error("cannot {what} {}: {source}", .path.display())]
    Io {
        /// What was tried.
        what: &'static str,
        /// On which path.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// Reading or writing failed once it was open.
    #[error(transparent)]
    Store(StoreError),
}

impl OpenError {
    pub(crate) fn io(what: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull { dir: path },
            _ => Self::Io { what, path, source },
        }
    }
}

/// Why a call failed. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Whoever asked for it called it off; nothing was written.
    #[error("called off")]
    Cancelled,
    /// No space left.
    #[error("no space left on the disk of the database")]
    DiskFull,
    /// The database refused.
    #[error("the database refused: {0}")]
    Database(rusqlite::Error),
    /// An edit does not fit its book.
    #[error("book {book}: {error}")]
    Edit {
        /// The book.
        book: BookId,
        /// Why.
        error: Box<WriteError>,
    },
    /// The parts of a book's name do not fit together.
    #[error("the name of book {0} is not sound")]
    UnsoundBook(BookId),
    /// No such book here.
    #[error("book {0} is not here")]
    NoBook(BookId),
    /// What is kept of a book does not make a document.
    #[error("book {book} cannot be loaded: {why}")]
    Unreadable {
        /// The book.
        book: BookId,
        /// Why.
        why: String,
    },
    /// A local change does not continue this database's chain of attested changes.
    #[error("a change of book {book} has number {found} where {expected} follows")]
    Chain {
        /// The book.
        book: BookId,
        /// As made.
        found: u64,
        /// As the index has it.
        expected: u64,
    },
    /// A row does not decode.
    #[error("a row of `{0}` does not decode")]
    Garbled(&'static str),
    /// A statement whose signature does not hold.
    #[error(transparent)]
    Signature(#[from] SignError),
    /// A household key's id stands for another key already.
    #[error("key id of household {0} stands for another key already")]
    KeyTaken(RecordId),
    /// Another device took the invitation, or it was withdrawn.
    #[error("invitation {0} is not open")]
    TicketTaken(Serial),
    /// This node belongs to another tree.
    #[error("this node belongs to tree {0} already")]
    OtherTree(TreeId),
    /// A book changed after it was decided what is to become of it.
    #[error("book {0} changed meanwhile")]
    Moved(BookId),
    /// The file is damaged, so that no book in it can be repaired.
    #[error("the file is damaged: only a backup helps")]
    FileDamaged,
    /// A file beside the database.
    #[error("a file beside the database: {0}")]
    Io(#[from] std::io::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::DiskFull,
            _ => Self::Database(error),
        }
    }
}
