//! Issuance: each keeper's device keeps one hash-linked log of what it certified.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::book::BookKey;
use crate::ids::{ActorId, BookId, ChangeHash, DeviceId, OfficeId, RecordId, Serial, TreeId};
use crate::office::OfficeKind;
use crate::sign::{Signed, Statement};
use crate::trust::log::LinkHash;
use crate::trust::restored::Restored;

/// Hash of a signed entry.
pub type EntryHash = [u8; 32];

/// Role of a device in its office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads.
    Viewer,
    /// Writes.
    Clerk,
    /// Writes and enrols.
    Keeper,
    /// 代管: writes as a clerk does, for an office whose people have no computer; what it records is marked 代录.
    Custodian,
}

impl Role {
    /// Every role, the one that may least first.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Clerk, Self::Custodian, Self::Keeper];

    /// May change books.
    pub fn writes(self) -> bool {
        match self {
            Self::Clerk | Self::Keeper | Self::Custodian => true,
            Self::Viewer => false,
        }
    }

    /// May issue certificates.
    pub fn issues(self) -> bool {
        match self {
            Self::Keeper => true,
            Self::Viewer | Self::Clerk | Self::Custodian => false,
        }
    }

    /// The role of this word, if there is one.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// Stable word, also used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Clerk => "clerk",
            Self::Keeper => "keeper",
            Self::Custodian => "custodian",
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
    /// Moves an office to another superior, merges it into another, or dissolves it: by an office above all concerned.
    Order {
        /// The office.
        office: OfficeId,
        /// What becomes of it.
        change: Change,
        /// From when. Views of an earlier day still show the tree as it was.
        from: Date,
        /// Keepers of the former superior with the last of their entries that counts for the office.
        logs: Vec<(DeviceId, u64)>,
    },
    /// Lets a device of the office that was compared read `own/` books, though it is no keeper's.
    Grant {
        /// Number of its certificate.
        serial: Serial,
    },
    /// The signer, a keeper, keeps the office's books in the place of its people (代管). It says so of itself alone, when it
    /// founds the office.
    Custody,
    /// Another keeper of the issuer's own office may issue no more. Its changes go on to count.
    Suspend {
        /// Who.
        device: DeviceId,
        /// Its last entry that stands, as number and link; none: whatever it issued is void.
        last: Option<(u64, LinkHash)>,
    },
    /// The signer hands over: after this entry it writes and issues nothing for the office.
    Retire {
        /// Per book the last change of each of its actors, those included that nobody else has yet. All up to them stays
        /// valid, whenever it arrives.
        cut: Vec<Mark>,
    },
    /// A further keeper of a direct subordinate. It is not confirmed: an existing device of that office confirms it.
    Install {
        /// Opaque number.
        serial: Serial,
        /// The subordinate office.
        office: OfficeId,
        /// The device.
        device: DeviceId,
        /// Holder's name, for people.
        holder: Option<String>,
        /// It goes on from a backup of a device of that office, which signed it: where that one was compared, this one counts
        /// as compared.
        after: Option<Signed<Restored>>,
    },
    /// Adopts changes of a removed device: its cut grows to them. Said by its office or by the direct superior of that.
    Vouch {
        /// The office for which the device was certified.
        office: OfficeId,
        /// The removed device.
        device: DeviceId,
        /// Per book and actor the last change adopted.
        changes: Vec<Mark>,
    },
    /// What a removed device made beyond its cut is not wanted: nobody is asked about it any more. A later adoption still
    /// lets the cut grow.
    Discard {
        /// The office for which the device was certified.
        office: OfficeId,
        /// The removed device.
        device: DeviceId,
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

/// What an order makes of an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Another superior.
    Move {
        /// Which.
        parent: OfficeId,
        /// Its devices, and where they listen as `ip:port`, so that the office finds it.
        addresses: Vec<(DeviceId, Vec<String>)>,
    },
    /// It becomes part of another office, which goes on and reads its books.
    Merge {
        /// Which.
        into: OfficeId,
    },
    /// It ends. Its superior keeps what it has.
    Dissolve,
}

/// A change of an actor in a book, named by number and hash: it stands for the whole chain up to it.
pub type Mark = (BookId, ActorId, u64, ChangeHash);

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
