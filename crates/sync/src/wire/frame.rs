//! Frames: all that can be said between two nodes. Encoded as postcard; a kind of frame is never taken out or moved, new
//! ones come last under a new protocol version.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};
use ybz_domain::accept::{Attestation, Refusal};
use ybz_domain::ids::{
    ActorId, BookId, ChangeHash, DeviceId, Incarnation, OfficeId, RecordId, Serial, TreeId, tagged_hash,
};
use ybz_domain::seal::HouseholdKey;
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Charter, Entry, Founding, LogHead, Receipt, Restored, Withheld};

use crate::catalog::{CatalogEntry, Digest, Offer};
use crate::limits::{NEWEST, OLDEST};

/// Protocol versions that a node speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// Oldest.
    pub oldest: u16,
    /// Newest.
    pub newest: u16,
}

impl Versions {
    /// What this program speaks.
    pub const OURS: Self = Self { oldest: OLDEST, newest: NEWEST };

    /// The newest version that both speak.
    pub fn common(self, other: Self) -> Option<u16> {
        let newest = self.newest.min(other.newest);
        (newest >= self.oldest.max(other.oldest)).then_some(newest)
    }
}

/// Signed statements from which membership is derived.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statements {
    /// The chain of charters.
    pub charters: Vec<Signed<Charter>>,
    /// Foundings of offices.
    pub foundings: Vec<Signed<Founding>>,
    /// Certificates and removals.
    pub entries: Vec<Signed<Entry>>,
    /// The other entries of those logs, as hashes only.
    pub withheld: Vec<Withheld>,
}

impl Statements {
    /// Nothing is stated.
    pub fn is_empty(&self) -> bool {
        let Self { charters, foundings, entries, withheld } = self;
        charters.is_empty() && foundings.is_empty() && entries.is_empty() && withheld.is_empty()
    }
}

/// What a node says of itself. The application fills it, and knows to whom it is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelloData {
    /// The pinned tree.
    pub tree: Option<TreeId>,
    /// What proves the sender's place, and what else the peer lacks.
    pub statements: Statements,
    /// How far those issuance logs are known here of which the peer might tell.
    pub logs: Vec<LogHead>,
    /// The entries that are here of which the peer might tell: the first bytes of their hashes.
    pub entries: Vec<[u8; 8]>,
    /// Where the sender can be called; none when it does not listen.
    pub addresses: Vec<SocketAddr>,
    /// Life of the sender's database.
    pub incarnation: Incarnation,
    /// Receipts signed in it.
    pub counter: u64,
    /// The highest number held here of each of the peer's actors: a cloned disk finds out by it.
    pub seen: Vec<(ActorId, u64)>,
}

/// The first frame of each side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// Protocol versions.
    pub versions: Versions,
    /// Stays open after the first round, if the peer does too.
    pub live: bool,
    /// Digest of the catalog, from the dialer, if it knows what it shares with this peer.
    pub digest: Option<Digest>,
    /// The rest.
    pub data: HelloData,
}

/// A catalog, or the part of it that stands under the offices asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Books.
    pub books: Vec<CatalogEntry>,
    /// Carriers.
    pub carriers: Vec<Offer>,
    /// Digest over household keys.
    pub keys: Option<Digest>,
}

/// A book in a reply to a listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    /// The book as it stands at the replying side.
    pub entry: CatalogEntry,
    /// The replying side holds all that the listing names: nothing need be sent to it.
    pub covers: bool,
    /// Else some of its ancestors, ever further apart, from which the listing side finds what both hold.
    pub samples: Vec<ChangeHash>,
}

/// The reply to a listing: what differs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Books that differ.
    pub books: Vec<Announced>,
    /// Carriers that the listing lacks.
    pub carriers: Vec<Offer>,
    /// Carriers of the listing that are wanted.
    pub wants: Vec<Want>,
    /// Digest over household keys.
    pub keys: Option<Digest>,
}

/// A carrier that is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Want {
    /// Which.
    pub digest: Digest,
    /// From this byte on.
    pub from: u64,
}

/// A batch of changes of one book, dependencies first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// The book.
    pub book: BookId,
    /// Uncompressed change chunks.
    pub changes: Vec<Vec<u8>>,
    /// Attestations that cover them, or will with the batches to come.
    pub attestations: Vec<Signed<Attestation>>,
    /// More of this book follows.
    pub more: bool,
}

/// How a book stands at its receiver after a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ack {
    /// The book.
    pub book: BookId,
    /// Accepted heads.
    pub heads: Vec<ChangeHash>,
    /// Tips of what is kept beyond them.
    pub aside: Vec<ChangeHash>,
    /// What was refused of the batch, and why.
    pub refused: Vec<(ChangeHash, Refusal)>,
}

/// A row of the household keys: write-once, and beaten by an erasure for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyRow {
    /// A household's key.
    Key(RecordId, Serial, HouseholdKey),
    /// The household is erased, by this signed order.
    Erased(RecordId, Vec<u8>),
}

/// Part of a carrier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blob {
    /// Which.
    pub digest: Digest,
    /// Where the bytes belong.
    pub at: u64,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// They are the last.
    pub last: bool,
}

/// A joiner's request. The ticket's secret itself never travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinRequest {
    /// Protocol versions.
    pub versions: Versions,
    /// The ticket's slot.
    pub slot: Serial,
    /// [`join_proof`] over the ticket's secret.
    pub proof: Digest,
    /// [`ybz_domain::trust::join_commitment`] to the nonce that goes into the digits to compare.
    pub commitment: Digest,
    /// The office that joins; none for a further device of the inviting office.
    pub office: Option<OfficeId>,
    /// Its founding and its own certificates.
    pub statements: Statements,
    /// Holder of the device, for people.
    pub holder: Option<String>,
    /// Digits were compared on an existing device of the office; asked for by a further device.
    pub confirm: bool,
    /// What the device whose backup was restored signed of the joiner.
    pub restored: Option<Signed<Restored>>,
}

/// What a joiner gets: all that it needs to say hello.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinGrant {
    /// The tree to pin; none while the inviting office has not joined one.
    pub tree: Option<TreeId>,
    /// Charters, foundings, and the path of certificates down to the joiner.
    pub statements: Statements,
    /// Where devices of the superior can be called; for a further device, which has an invitation of its own office alone.
    pub addresses: Vec<(DeviceId, Vec<SocketAddr>)>,
}

/// Proves the ticket's secret to the inviter alone: both devices go into it, and the transport has proved both.
pub fn join_proof(slot: &Serial, secret: &[u8; 16], inviter: &DeviceId, joiner: &DeviceId) -> Digest {
    tagged_hash("ybz join 1", &[slot.as_bytes(), secret, inviter.as_bytes(), joiner.as_bytes()])
}

/// A frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Frame {
    /// Who I am, and the proof.
    Hello(Box<Hello>),
    /// The one refusal, the same whatever the reason.
    Refused(Versions),
    /// Asks for an invited place.
    Join(Box<JoinRequest>),
    /// The invitation is good; the inviter's nonce for the digits to compare, drawn after the joiner's commitment.
    JoinPending([u8; 32]),
    /// The nonce to which the joiner committed.
    JoinReveal([u8; 32]),
    /// The inviter shows the digits: a person compares.
    JoinWaiting,
    /// The place is given.
    JoinDone(Box<JoinGrant>),
    /// The dialer's catalog, as one digest.
    Summary(Digest),
    /// The acceptor's catalog has this same digest.
    Equal(Digest),
    /// The acceptor's catalog by office, and the digest of what stands beside the books.
    Offices(Vec<(OfficeId, Digest)>, Digest),
    /// The offices that differ.
    Differing(Vec<OfficeId>),
    /// The acceptor's catalog.
    Listing(Box<Listing>),
    /// The dialer's answer to it.
    Reply(Box<Reply>),
    /// The acceptor asks the dialer for another round.
    Poke,
    /// Statements that the peer lacks.
    Statements(Box<Statements>),
    /// Household keys, between confirmed devices of one office.
    Keys(Vec<KeyRow>),
    /// Books that changed after the first round and that the peer has not heard of.
    Announce(Vec<CatalogEntry>),
    /// Changes.
    Changes(Box<Changes>),
    /// These changes, on which others build, are missing.
    Need(BookId, Vec<ChangeHash>),
    /// How a book stands now.
    Ack(Ack),
    /// The carriers wanted from a reply.
    Want(Vec<Want>),
    /// Part of a carrier.
    Blob(Box<Blob>),
    /// All is sent.
    Sent,
    /// A receipt.
    Receipt(Box<Signed<Receipt>>),
    /// All that was sent is dealt with, and what is receipted was receipted before this.
    Done,
}

impl Frame {
    /// Heavy frames are compressed, one stream per direction from the first of a burst to [`Frame::Sent`].
    pub(crate) fn is_bulk(&self) -> bool {
        matches!(self, Self::Changes(_) | Self::Blob(_))
    }

    /// Bytes that the machine counts for it until it is written; small frames count alike.
    pub fn weight(&self) -> usize {
        128 + match self {
            Self::Changes(changes) => {
                changes.changes.iter().map(|change| change.len() + 8).sum::<usize>() + changes.attestations.len() * 200
            }
            Self::Blob(blob) => blob.bytes.len(),
            Self::Keys(rows) => rows.len() * 64,
            Self::Listing(listing) => listing.books.len() * 96,
            Self::Reply(reply) => reply.books.len() * 96,
            Self::Ack(ack) => (ack.heads.len() + ack.aside.len() + ack.refused.len()) * 32,
            _ => 0,
        }
    }

    /// A word for logs; frames themselves are never logged.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Hello(_) => "hello",
            Self::Refused(_) => "refused",
            Self::Join(_) => "join",
            Self::JoinPending(_) => "join pending",
            Self::JoinReveal(_) => "join reveal",
            Self::JoinWaiting => "join waiting",
            Self::JoinDone(_) => "join done",
            Self::Summary(_) => "summary",
            Self::Equal(_) => "equal",
            Self::Offices(..) => "offices",
            Self::Differing(_) => "differing",
            Self::Listing(_) => "listing",
            Self::Reply(_) => "reply",
            Self::Poke => "poke",
            Self::Statements(_) => "statements",
            Self::Keys(_) => "keys",
            Self::Announce(_) => "announce",
            Self::Changes(_) => "changes",
            Self::Need(..) => "need",
            Self::Ack(_) => "ack",
            Self::Want(_) => "want",
            Self::Blob(_) => "blob",
            Self::Sent => "sent",
            Self::Receipt(_) => "receipt",
            Self::Done => "done",
        }
    }
}
