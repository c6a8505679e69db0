//! What differs, book by book: the acceptor lists, the dialer compares and replies; then both know what to send.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::ids::{BookId, OfficeId};

use crate::catalog::{BookState, CatalogEntry, Digest, Offer};
use crate::limits::{MAX_BOOKS, MAX_CARRIERS, MAX_HASHES};
use crate::machine::incoming::Cover;
use crate::machine::outgoing::{Burst, Job};
use crate::machine::round::Stage;
use crate::machine::shelf::Theirs;
use crate::machine::{Ask, Compared, Pending, Reason, Session};
use crate::wire::{Announced, Frame, Listing, Reply, Want};

impl Session {
    /// Dialer: compares the listing with the shelf. What is not known here, or differs, the application looks at.
    pub(super) fn on_listing(&mut self, listing: Box<Listing>) {
        if !matches!(self.round.stage, Stage::Asked | Stage::Offices) {
            return self.violation("a listing out of turn".to_owned());
        }
        if !self.announced(&listing.books) || listing.carriers.len() > MAX_CARRIERS {
            return self.violation("a listing above the quota".to_owned());
        }
        let mut unsure = Vec::new();
        let mut ask = Vec::new();
        for entry in &listing.books {
            let id = entry.key.id();
            if self.shelf.books.get(&id).is_none_or(|book| book.heads != entry.heads) {
                unsure.push(id);
                ask.push(entry.clone());
            }
        }
        let offers: Vec<_> = listing.carriers.iter().filter(|offer| !self.holds(offer)).cloned().collect();
        if ask.is_empty() && offers.is_empty() {
            return self.compared_listing(*listing, &[], Vec::new(), Vec::new());
        }
        self.ask(Pending::CompareListing { listing, unsure }, Ask::Compare { books: ask, offers });
    }

    fn holds(&self, offer: &Offer) -> bool {
        self.shelf.carriers.iter().any(|own| own.digest == offer.digest)
    }

    /// Counts what the peer announces, and checks its form.
    pub(super) fn announced(&mut self, entries: &[CatalogEntry]) -> bool {
        let new = entries.iter().filter(|entry| {
            let id = entry.key.id();
            !self.shelf.books.contains_key(&id) && !self.shelf.foreign.contains(&id)
        });
        self.incoming.announced += new.count();
        let sound = |entry: &CatalogEntry| {
            entry.key.is_sound() && entry.heads.len() <= MAX_HASHES && entry.aside.len() <= MAX_HASHES
        };
        entries.len() <= MAX_BOOKS && self.incoming.announced <= MAX_BOOKS && entries.iter().all(sound)
    }

    pub(super) fn compared_listing(
        &mut self,
        listing: Listing,
        unsure: &[BookId],
        compared: Vec<Compared>,
        wants: Vec<Want>,
    ) {
        if unsure.len() != compared.len() {
            return self.end(Reason::Failed("as many comparisons as entries are needed".to_owned()));
        }
        self.assume_equal();
        let mut reply = Reply { keys: listing.keys.and(self.shelf.keys), ..Reply::default() };
        let offices = self.round.offices.take();
        let listed: BTreeSet<BookId> = listing.books.iter().map(|entry| entry.key.id()).collect();
        let known = unsure.iter().copied().zip(compared).collect::<BTreeMap<_, _>>();
        for entry in listing.books {
            if let Some(compared) = known.get(&entry.key.id()) {
                reply.books.extend(self.compare(entry, compared));
            }
        }
        // What the listing does not name, the peer does not have.
        let within = |office: &OfficeId| offices.as_ref().is_none_or(|offices| offices.contains(office));
        let unlisted: Vec<BookId> = self
            .shelf
            .books
            .iter()
            .filter(|(id, book)| !listed.contains(id) && within(&book.key.office))
            .filter(|(_, book)| book.state != BookState::Dropped && !book.heads.is_empty())
            .map(|(id, _)| *id)
            .collect();
        for id in unlisted {
            let Some(book) = self.shelf.books.get_mut(&id) else { continue };
            book.theirs = Some(Theirs::default());
            reply.books.push(Announced { entry: book.entry(), covers: true, samples: Vec::new() });
            self.outgoing.push(Job::of(id));
        }
        reply.carriers = self
            .shelf
            .carriers
            .iter()
            .filter(|own| !listing.carriers.iter().any(|o| o.digest == own.digest))
            .cloned()
            .collect();
        self.expect_blobs(&listing.carriers, &wants);
        reply.wants = wants;
        self.outgoing.awaiting_want = !reply.carriers.is_empty();
        let keys = listing.keys;
        self.send(Frame::Reply(Box::new(reply)));
        self.settle_differences(keys);
    }

    /// Dialer: one entry that differs; what goes into the reply about it.
    fn compare(&mut self, entry: CatalogEntry, compared: &Compared) -> Option<Announced> {
        let id = entry.key.id();
        if *compared == Compared::Foreign {
            if !self.shelf.books.contains_key(&id) {
                self.shelf.foreign.insert(id);
            }
            return None;
        }
        if !self.shelf.books.contains_key(&id) {
            self.shelf.admit(entry.key.clone());
        }
        let book = self.shelf.books.get_mut(&id)?;
        if book.state == BookState::Dropped || entry.state == BookState::Dropped {
            return None;
        }
        book.theirs = Some(Theirs { accepted: entry.heads, aside: entry.aside, samples: Vec::new() });
        let announced = |covers, samples| Announced { entry: book.entry(), covers, samples };
        let out = match compared {
            Compared::Covered | Compared::Foreign => announced(true, Vec::new()),
            Compared::Beyond { samples } => announced(false, samples.iter().take(MAX_HASHES).copied().collect()),
        };
        if !book.heads.is_empty() {
            match compared {
                // What the peer has beyond is not known yet; with it, what it lacks can be told exactly.
                Compared::Beyond { .. } => self.outgoing.defer(id),
                _ => self.outgoing.push(Job::of(id)),
            }
        }
        Some(out)
    }

    /// Acceptor: the dialer says what differs.
    pub(super) fn on_reply(&mut self, reply: Box<Reply>) {
        if self.round.stage != Stage::Listed {
            return self.violation("a reply out of turn".to_owned());
        }
        let entries: Vec<_> = reply.books.iter().map(|book| book.entry.clone()).collect();
        let quota = self.announced(&entries)
            && reply.books.iter().all(|book| book.samples.len() <= MAX_HASHES)
            && reply.carriers.len() <= MAX_CARRIERS
            && reply.wants.len() <= MAX_CARRIERS;
        if !quota {
            return self.violation("a reply above the quota".to_owned());
        }
        let mut foreign = Vec::new();
        let mut books = Vec::new();
        for (at, entry) in entries.into_iter().enumerate() {
            if !self.shelf.books.contains_key(&entry.key.id()) {
                foreign.push(at);
                books.push(entry);
            }
        }
        let offers: Vec<_> = reply.carriers.iter().filter(|offer| !self.holds(offer)).cloned().collect();
        if books.is_empty() && offers.is_empty() {
            return self.compared_reply(*reply, &[], &[], Vec::new());
        }
        self.ask(Pending::CompareReply { reply, foreign }, Ask::Compare { books, offers });
    }

    pub(super) fn compared_reply(&mut self, reply: Reply, asked: &[usize], compared: &[Compared], wants: Vec<Want>) {
        if asked.len() != compared.len() {
            return self.end(Reason::Failed("as many comparisons as entries are needed".to_owned()));
        }
        self.assume_equal();
        for (at, compared) in asked.iter().zip(compared) {
            let Some(book) = reply.books.get(*at) else { continue };
            match compared {
                Compared::Foreign => self.shelf.foreign.insert(book.entry.key.id()),
                Compared::Covered | Compared::Beyond { .. } => {
                    self.shelf.admit(book.entry.key.clone());
                    false
                }
            };
        }
        for announced in reply.books {
            let id = announced.entry.key.id();
            let Some(book) = self.shelf.books.get_mut(&id) else { continue };
            let CatalogEntry { state, heads, aside, .. } = announced.entry;
            book.theirs = Some(Theirs { accepted: heads, aside, samples: announced.samples });
            if !announced.covers && book.state != BookState::Dropped && state != BookState::Dropped {
                self.outgoing.push(Job::of(id));
            }
        }
        if !reply.carriers.is_empty() {
            self.expect_blobs(&reply.carriers, &wants);
            self.send(Frame::Want(wants));
        }
        self.queue_blobs(&reply.wants);
        self.settle_differences(reply.keys);
    }

    /// What neither listing nor reply names is the same on both sides.
    fn assume_equal(&mut self) {
        for book in self.shelf.books.values_mut() {
            book.equal();
        }
    }

    fn settle_differences(&mut self, their_keys: Option<Digest>) {
        self.round.stage = Stage::Settling;
        self.outgoing.burst = Burst::Open;
        self.outgoing.count();
        self.incoming.cover = Cover::All;
        self.incoming.open = true;
        if self.confirmed && self.shelf.keys.is_some() && their_keys.is_some() && self.shelf.keys != their_keys {
            self.ask(Pending::Keys, Ask::Keys);
        }
    }
}
