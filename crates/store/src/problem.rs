//! What the doctor finds, and what helps.

use ybz_domain::ids::{ActorId, BookId, ChangeHash, DeviceId, RecordId};

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// SQLite finds the file damaged.
    #[error("the file is damaged: {0}")]
    File(String),
    /// SQLCipher finds a page altered.
    #[error("a page was altered: {0}")]
    Page(String),
    /// The bytes of a change are not what the index says.
    #[error("book {book}: change {hash} is not what the index says")]
    Change {
        /// The book.
        book: BookId,
        /// The change.
        hash: ChangeHash,
    },
    /// An actor's chain has a hole, or a change does not build on the one before.
    #[error("book {book}: the chain of actor {actor} breaks at {seq}")]
    Chain {
        /// The book.
        book: BookId,
        /// The actor.
        actor: ActorId,
        /// Where.
        seq: u64,
    },
    /// No sound attestation over an actor's last change.
    #[error("book {book}: no attestation holds over the last change of actor {actor}")]
    Attestation {
        /// The book.
        book: BookId,
        /// The actor.
        actor: ActorId,
    },
    /// The attesting device may not write the book, as far as membership is known here.
    #[error("book {book}: device {device} may not write it")]
    NotAuthorised {
        /// The book.
        book: BookId,
        /// The device.
        device: DeviceId,
    },
    /// The heads kept are not those of the index.
    #[error("book {book}: the heads kept are not those of its changes")]
    Heads {
        /// The book.
        book: BookId,
    },
    /// The document cannot be loaded, or has other changes than the index.
    #[error("book {book}: {why}")]
    Document {
        /// The book.
        book: BookId,
        /// Why.
        why: String,
    },
    /// The read model differs from a fresh projection.
    #[error("book {book}: record {record} stands otherwise in the read model")]
    Record {
        /// The book.
        book: BookId,
        /// The record.
        record: RecordId,
    },
    /// The local log is broken.
    #[error("the local log is broken at line {0}")]
    Log(u64),
}

/// What helps against a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Another file in its place: a backup.
    Restore,
    /// A repair of the book; what is gone comes back from others.
    Repair,
    /// A certificate that is missing here, or telling the superior.
    Certificate,
    /// Nothing: it tells that somebody altered it.
    Report,
}

impl Remedy {
    /// Stable word, also used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Restore => "restore",
            Self::Repair => "repair",
            Self::Certificate => "certificate",
            Self::Report => "report",
        }
    }
}

impl Problem {
    /// What helps against it.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::File(_) | Self::Page(_) => Remedy::Restore,
            Self::NotAuthorised { .. } => Remedy::Certificate,
            Self::Log(_) => Remedy::Report,
            _ => Remedy::Repair,
        }
    }

    /// Stable word for what it is, by which screens find their own.
    pub fn code(&self) -> &'static str {
        match self {
            Self::File(_) => "file",
            Self::Page(_) => "page",
            Self::Change { .. } => "change",
            Self::Chain { .. } => "chain",
            Self::Attestation { .. } => "attestation",
            Self::NotAuthorised { .. } => "not_authorised",
            Self::Heads { .. } => "heads",
            Self::Document { .. } => "document",
            Self::Record { .. } => "record",
            Self::Log(_) => "log",
        }
    }

    /// The book it is about.
    pub fn book(&self) -> Option<BookId> {
        match self {
            Self::File(_) | Self::Page(_) | Self::Log(_) => None,
            Self::Change { book, .. }
            | Self::Chain { book, .. }
            | Self::Attestation { book, .. }
            | Self::NotAuthorised { book, .. }
            | Self::Heads { book }
            | Self::Document { book, .. }
            | Self::Record { book, .. } => Some(*book),
        }
    }

    /// The book that a repair helps.
    pub(crate) fn damages(&self) -> Option<BookId> {
        self.book().filter(|_| self.remedy() == Remedy::Repair)
    }

    /// Only what is derived is wrong.
    pub(crate) fn is_derived(&self) -> bool {
        matches!(self, Self::Record { .. })
    }
}
