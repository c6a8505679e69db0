//! What the machine asks of the application, and what it takes for answers. Each ask is one call on storage and rules.

use ybz_domain::accept::{Attestation, Refusal};
use ybz_domain::book::BookKey;
use ybz_domain::ids::{BookId, ChangeHash, DeviceId, Serial};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Nonces, Receipt, Received};

use crate::catalog::{Catalog, CatalogEntry, Digest, Holding, Offer};
use crate::wire::{Ack, HelloData, JoinGrant, JoinRequest, KeyRow, Statements, Want};

/// Ties an answer to its ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AskId(pub(crate) u64);

/// A question to the application. Several may be open at once; of one book at most one [`Ask::Accept`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// What do I say of myself to this peer? `theirs` is what it said, if it spoke first. → [`Answer::Hello`]
    Hello {
        /// Whom it is said to.
        peer: DeviceId,
        /// The peer's own hello.
        theirs: Option<Box<HelloData>>,
    },
    /// Does the peer prove a certificate of our tree or office? Its statements are taken into membership if they hold.
    /// → [`Answer::Admit`]
    Admit {
        /// Proved by the transport.
        peer: DeviceId,
        /// What it said.
        hello: Box<HelloData>,
    },
    /// The same, later, when membership may have changed. → [`Answer::Admit`]
    Recheck {
        /// Proved by the transport.
        peer: DeviceId,
    },
    /// Statements for membership. → [`Answer::Done`]
    Learn(Box<Statements>),
    /// All within the peer's scope, by `may_read`. → [`Answer::Catalog`]
    Catalog,
    /// The same for some books; those out of scope are left out. → [`Answer::Books`]
    Books(Vec<BookId>),
    /// The peer's entries for books that differ or are unknown here, and its offers. → [`Answer::Compared`]
    Compare {
        /// Books.
        books: Vec<CatalogEntry>,
        /// Carriers that are not held here.
        offers: Vec<Offer>,
    },
    /// Changes that the peer lacks: those wanted and their ancestors, or all if none is named; without `have` and its
    /// ancestors. Hashes not known here are passed over. Shared heads of earlier sessions count as had too, unless
    /// something is wanted. → [`Answer::Missing`]
    Missing {
        /// The book.
        book: BookKey,
        /// All hashes that the peer is known to hold: accepted heads, what it keeps aside, samples.
        have: Vec<ChangeHash>,
        /// Those of them that it keeps aside: attestations that cover them go too, as what is staged waits for them.
        aside: Vec<ChangeHash>,
        /// What it asked for.
        wanted: Vec<ChangeHash>,
    },
    /// Judge, stage and accept a batch, durably. → [`Answer::Verdict`]
    Accept {
        /// The book.
        book: BookKey,
        /// Uncompressed change chunks.
        changes: Vec<Vec<u8>>,
        /// Attestations, not verified yet.
        attestations: Vec<Signed<Attestation>>,
    },
    /// Books as they stand at the peer after this side's changes. Heads that are held here too are shared from now on;
    /// refusals are to be shown. → [`Answer::Done`]
    Acked(Vec<Ack>),
    /// Sign a receipt, if this device may and this office is the addressee; of the books named, for those it is for, and
    /// only for what is durable. → [`Answer::Receipt`]
    SignReceipt(Received),
    /// A receipt. → [`Answer::ReceiptTaken`]
    TakeReceipt(Box<Signed<Receipt>>),
    /// All household keys of the office. → [`Answer::Keys`]
    Keys,
    /// Rows of household keys. → [`Answer::Done`]
    TakeKeys(Vec<KeyRow>),
    /// Part of a carrier. → [`Answer::Carrier`]
    ReadCarrier {
        /// Which.
        offer: Offer,
        /// First byte.
        from: u64,
        /// Bytes at most.
        limit: usize,
    },
    /// Part of a carrier that was wanted; with the last one its digest and signature are checked. → [`Answer::Put`]
    PutCarrier {
        /// Which.
        offer: Offer,
        /// First byte.
        at: u64,
        /// The bytes.
        bytes: Vec<u8>,
        /// They are the last.
        last: bool,
    },
    /// Is the invitation open, and the proof right? → [`Answer::Join`]
    Join {
        /// Proved by the transport.
        peer: DeviceId,
        /// What it asks for.
        request: Box<JoinRequest>,
        /// The joiner has kept its commitment: the digits over these are to be shown. None when it asks first.
        nonces: Option<Nonces>,
    },
    /// Wait for the person at this side. → [`Answer::Join`]
    JoinDecision {
        /// Who joins.
        peer: DeviceId,
        /// The invitation.
        slot: Serial,
        /// The digits that the person sees are over these.
        nonces: Nonces,
    },
    /// This side has joined: check and keep what was granted. → [`Answer::Done`]
    Joined(Box<JoinGrant>),
}

/// An answer of the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// To [`Ask::Hello`].
    Hello {
        /// What is said.
        data: Box<HelloData>,
        /// Digest of the catalog, if the peer is a known one; the dialer sends it at once.
        digest: Option<Digest>,
    },
    /// To [`Ask::Admit`] and [`Ask::Recheck`]; none refuses, always alike.
    Admit(Option<Admission>),
    /// The peer has no place here any more; these show what ended it.
    Farewell(Box<Statements>),
    /// It is done.
    Done,
    /// To [`Ask::Catalog`].
    Catalog(Catalog),
    /// To [`Ask::Books`].
    Books(Vec<Holding>),
    /// To [`Ask::Compare`].
    Compared {
        /// One per entry, in their order.
        books: Vec<Compared>,
        /// The offers wanted.
        wants: Vec<Want>,
    },
    /// To [`Ask::Missing`].
    Missing(Batch),
    /// To [`Ask::Accept`].
    Verdict(Verdict),
    /// To [`Ask::SignReceipt`].
    Receipt(Option<Box<Signed<Receipt>>>),
    /// To [`Ask::TakeReceipt`]: what it holds for, if it holds.
    ReceiptTaken(Option<Received>),
    /// To [`Ask::Keys`].
    Keys(Vec<KeyRow>),
    /// To [`Ask::ReadCarrier`]: fewer bytes than the limit are the last.
    Carrier(Vec<u8>),
    /// To [`Ask::PutCarrier`]: go on.
    Put(bool),
    /// To [`Ask::Join`] and [`Ask::JoinDecision`].
    Join(JoinAnswer),
    /// Storage or rules failed; the session ends.
    Failed(String),
}

/// A peer that proved its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Admission {
    /// What it lacks and may have, beyond what hello said.
    pub statements: Statements,
    /// It is a confirmed device of an office in which this device is confirmed too: household keys may go.
    pub confirmed: bool,
}

/// How an entry of the peer compares with what is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compared {
    /// Out of the scope of the two, or not wanted here: it is not spoken of.
    Foreign,
    /// All its heads are held here.
    Covered,
    /// Some of its heads are not known here.
    Beyond {
        /// Shared heads of earlier sessions, and own ancestors ever further apart (at most 32); only what is held here.
        samples: Vec<ChangeHash>,
    },
}

/// Changes to send, of one book; the machine cuts them into frames.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// Uncompressed change chunks, dependencies first.
    pub changes: Vec<Vec<u8>>,
    /// Attestations of the actors of these changes, and of those aside at the peer.
    pub attestations: Vec<Signed<Attestation>>,
}

/// What became of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Accepted heads now, sorted.
    pub heads: Vec<ChangeHash>,
    /// Tips of what is kept beyond them with all it builds on, staged or refused.
    pub aside: Vec<ChangeHash>,
    /// Changes accepted by it.
    pub accepted: u64,
    /// Changes on which staged ones build and that are not here.
    pub missing: Vec<ChangeHash>,
    /// Refused changes.
    pub refused: Vec<(ChangeHash, Refusal)>,
}

/// What becomes of a joiner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JoinAnswer {
    /// The invitation is good; digits are to be compared, and this fresh nonce goes into them.
    Challenge([u8; 32]),
    /// The person at this side is asked, and sees the digits.
    Waiting,
    /// The place is given.
    Granted(Box<JoinGrant>),
    /// No.
    Refused,
}
