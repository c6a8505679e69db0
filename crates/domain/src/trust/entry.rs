//! Issuance: each keeper's device keeps one hash-linked log of what it certified.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::book::BookKey;
use crate::ids::{ActorId, BookId, ChangeHash, DeviceId, OfficeId, RecordId, Serial, TreeId};
use crate::office::OfficeKind;
use crate::sign::Statement;
use crate::trust::log::LinkHash;

/// Hash of a signed entry.
pub type EntryHash = [u8; 32];

/// Role of a device in its office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads.
    Viewer,
    /// Writes.
    Clerk,
    /// Writes and enrols.
    Keeper,
}

impl Role {
    /// May change books.
    pub fn writes(self) -> bool {
        self >= Self::Clerk
    }

    /// Stable word, also used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Clerk => "clerk",
            Self::Keeper => "keeper",
        }
    }
}

/// An office's own first certificate, made at `ybz init` by its founding device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founding {
    /// The office.
    pub office: OfficeId,
    /// 机构名称
    pub name: String,
    /// Its kind.
    pub kind: OfficeKind,
    /// 12-digit region code.
    pub region: Option<String>,
    /// When.
    pub on: Date,
}

impl Statement for Founding {
    const TAG: &'static str = "ybz founding 1";
}

/// One entry of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The tree; none while the office has not joined one (its own devices only).
    pub tree: Option<TreeId>,
    /// The office for which the signer issues.
    pub office: OfficeId,
    /// Number within the signer's log, from 1.
    pub seq: u64,
    /// Link of the signer's entry before.
    pub previous: Option<LinkHash>,
    /// When, for people; no decision rests on it.
    pub on: Date,
    /// What is issued.
    pub body: Body,
}

impl Statement for Entry {
    const TAG: &'static str = "ybz entry 1";
}

/// What an entry issues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// A device of the issuer's own office.
    Enrol {
        /// Opaque number.
        serial: Serial,
        /// The device.
        device: DeviceId,
        /// Its role.
        role: Role,
        /// Signs receipts for the office.
        hub: bool,
        /// Compared by six digits on an existing device of the office: may have `own/` books.
        confirmed: bool,
        /// Holder's name, for people.
        holder: Option<String>,
    },
    /// An office as direct subordinate, with its first keeper.
    Adopt {
        /// Opaque number.
        serial: Serial,
        /// The subordinate office.
        office: OfficeId,
        /// Its name in the tree.
        name: String,
        /// Its kind.
        kind: OfficeKind,
        /// Its first keeper.
        keeper: DeviceId,
        /// From when it belongs to the tree.
        valid_from: Date,
    },
    /// Ends a certificate for ever.
    Remove {
        /// Which.
        serial: Serial,
        /// Per book the last valid change of the device.
        cut: Vec<(BookId, ActorId, u64, ChangeHash)>,
        /// The device's last valid entry for the office, as number and link; none: whatever it issued is void.
        last: Option<(u64, LinkHash)>,
    },
    /// A book that goes up goes on as a new generation, without some texts. The old one is to be destroyed wherever it is.
    Renew {
        /// The book that ends.
        book: BookKey,
        /// The generation in its place: above that of the book, and otherwise chosen so that no two orders name the same.
        generation: u32,
        /// Its heads as they were copied.
        heads: Vec<ChangeHash>,
        /// Of each actor the last change that was copied.
        covers: Vec<(ActorId, u64)>,
        /// What was left out: records and fields, no text.
        without: Vec<(RecordId, String)>,
    },
}

/// How far a log is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogHead {
    /// The issuing device.
    pub issuer: DeviceId,
    /// The last number up to which nothing is missing.
    pub seq: u64,
    /// Link of that entry.
    pub hash: LinkHash,
}
