//! A round: both sides find out what differs. One digest first; then, where there are many books, a digest per office;
//! then heads by book.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::ids::OfficeId;

use crate::catalog::{Catalog, Digest, beside_digest, office_digests};
use crate::limits::{LISTING_DIRECT, MAX_BOOKS, MAX_CARRIERS, MAX_OFFICES};
use crate::machine::incoming::Cover;
use crate::machine::outgoing::Burst;
use crate::machine::{Reason, Session};
use crate::wire::{Frame, Listing};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Stage {
    /// None is going on.
    #[default]
    Idle,
    /// Dialer: the answer to its digest is awaited.
    Asked,
    /// Both: offices were sent; what differs, or the listing, is awaited.
    Offices,
    /// Acceptor: the listing was sent.
    Listed,
    /// Both: what differs is known and is on its way.
    Settling,
}

/// The round that is going on.
#[derive(Debug, Default)]
pub(super) struct Round {
    pub(super) stage: Stage,
    /// Digest of the catalog with which it began.
    pub(super) digest: Digest,
    /// Offices to which the listing is limited.
    pub(super) offices: Option<BTreeSet<OfficeId>>,
    /// The dialer's summary, waiting until this side's burst is through.
    waiting: Option<Digest>,
    /// Summaries sent because the catalog changed meanwhile.
    again: u32,
    /// The catalogs were equal.
    equal: bool,
    /// Dialer: the acceptor's done belongs to a round that this side did not join in.
    pub(super) void: bool,
}

impl Round {
    pub(super) fn begin(&mut self) {
        self.stage = Stage::Asked;
        self.offices = None;
    }

    pub(super) fn is_idle(&self) -> bool {
        self.stage == Stage::Idle
    }

    pub(super) fn is_settling(&self) -> bool {
        self.stage == Stage::Settling
    }

    pub(super) fn settle(&mut self) {
        self.stage = Stage::Idle;
        self.equal = false;
    }

    /// The acceptor's summary to answer now.
    pub(super) fn take_waiting(&mut self) -> Option<Digest> {
        self.waiting.take()
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }
}

impl Session {
    /// Puts the catalog on the shelf; false if it is too large to be spoken of.
    pub(super) fn load_catalog(&mut self, catalog: Catalog) -> bool {
        if catalog.books.len() > MAX_BOOKS || catalog.carriers.len() > MAX_CARRIERS {
            self.end(Reason::Failed("a catalog above the quota".to_owned()));
            return false;
        }
        self.round.digest = catalog.digest();
        self.shelf.load(catalog);
        self.unsettled = true;
        true
    }

    /// Acceptor: a summary came after the first round.
    pub(super) fn on_summary(&mut self, digest: Digest) {
        if self.round.is_waiting() || !self.round.is_idle() && !self.round.is_settling() {
            return self.violation("a summary within a round".to_owned());
        }
        if std::mem::take(&mut self.round.equal) {
            // The dialer's catalog is another one by now: it will not confirm the round.
            self.outgoing.burst = Burst::Idle;
        }
        // It is answered as soon as what is under way has settled.
        self.round.waiting = Some(digest);
    }

    /// Acceptor: says whether the catalogs are equal, or what this side has.
    pub(super) fn answer_summary(&mut self, theirs: Option<Digest>) {
        if theirs == Some(self.round.digest) {
            self.send(Frame::Equal(self.round.digest));
            return self.equal();
        }
        if self.shelf.books.len() <= LISTING_DIRECT {
            return self.send_listing(None);
        }
        let offices = self.own_offices();
        let beside = beside_digest(&self.shelf.carriers, self.shelf.keys.as_ref());
        self.round.stage = Stage::Offices;
        self.send(Frame::Offices(offices.into_iter().collect(), beside));
    }

    fn own_offices(&self) -> BTreeMap<OfficeId, Digest> {
        office_digests(self.shelf.books.iter().map(|(id, book)| (book.key.office, *id, book.heads.as_slice())))
    }

    /// Dialer: which offices differ?
    pub(super) fn on_offices(&mut self, theirs: Vec<(OfficeId, Digest)>) {
        if self.round.stage != Stage::Asked || theirs.len() > MAX_OFFICES {
            return self.violation("offices out of turn or above the quota".to_owned());
        }
        let theirs: BTreeSet<_> = theirs.into_iter().collect();
        let ours: BTreeSet<_> = self.own_offices().into_iter().collect();
        // An office that is out of scope here is asked for under its own name only, and its books are compared away.
        let differ: BTreeSet<OfficeId> = theirs.symmetric_difference(&ours).map(|(office, _)| *office).collect();
        self.round.stage = Stage::Offices;
        self.round.offices = Some(differ.clone());
        self.send(Frame::Differing(differ.into_iter().collect()));
    }

    /// Acceptor: lists the offices that differ.
    pub(super) fn on_differing(&mut self, offices: &[OfficeId]) {
        if self.round.stage != Stage::Offices || offices.len() > MAX_OFFICES {
            return self.violation("differing offices out of turn or above the quota".to_owned());
        }
        self.send_listing(Some(offices.iter().copied().collect()));
    }

    fn send_listing(&mut self, offices: Option<BTreeSet<OfficeId>>) {
        let within = |office: &OfficeId| offices.as_ref().is_none_or(|offices| offices.contains(office));
        let books =
            self.shelf.books.values().filter(|book| within(&book.key.office)).map(|book| book.entry()).collect();
        let carriers = self.shelf.carriers.clone();
        let listing = Listing { books, carriers, keys: self.shelf.keys };
        self.round.stage = Stage::Listed;
        self.send(Frame::Listing(Box::new(listing)));
    }

    /// Dialer: the acceptor's catalog has the digest it was told.
    pub(super) fn on_equal(&mut self, digest: Digest) {
        if self.round.stage != Stage::Asked {
            return self.violation("equal out of turn".to_owned());
        }
        if digest == self.round.digest {
            return self.equal();
        }
        // The catalog changed after the digest was said, or hello taught this side more: once more.
        self.round.again += 1;
        if self.round.again > 3 {
            return self.end(Reason::Failed("the catalog does not come to rest".to_owned()));
        }
        self.round.void = true;
        self.send(Frame::Summary(self.round.digest));
    }

    /// Both: nothing differs; receipts, and done.
    fn equal(&mut self) {
        self.outcome.equal += 1;
        self.round.stage = Stage::Settling;
        self.round.equal = true;
        for book in self.shelf.books.values_mut() {
            book.equal();
        }
        self.outgoing.burst = Burst::Closed;
        self.incoming.cover = Cover::Catalog;
        self.incoming.sent = true;
    }
}
