//! Between rounds: a session that stays open sends what changes here at once, and otherwise costs keep-alives only.

use ybz_domain::ids::BookId;

use crate::catalog::{BookState, CatalogEntry, Digest, Holding};
use crate::machine::outgoing::{Burst, Job};
use crate::machine::shelf::Theirs;
use crate::machine::{Admission, Ask, CatalogFor, Compared, Pending, Phase, Progress, Reason, Session, Side};
use crate::wire::Frame;

impl Session {
    /// Nothing is under way in either direction.
    pub(super) fn is_quiet(&self) -> bool {
        self.outgoing.is_quiet()
            && self.incoming.is_quiet()
            && (self.round.is_idle() || self.round.is_settling())
            && !self.round.is_waiting()
    }

    /// Goes on as far as possible after each event.
    pub(super) fn advance(&mut self) {
        if self.phase != Phase::Running {
            return;
        }
        if self.parted {
            if self.asks.is_empty() {
                self.progress_settled();
                self.end(Reason::Complete);
            }
            return;
        }
        self.send_next();
        self.confirm();
        let under_way = !self.asks.is_empty() || !self.outgoing.is_quiet() || !self.incoming.is_quiet();
        if under_way || !(self.round.is_idle() || self.round.is_settling()) {
            return;
        }
        self.round.settle();
        if let Some(digest) = self.round.take_waiting() {
            self.unsettled = true;
            return self.ask_again(CatalogFor::Answer(digest));
        }
        if self.refresh {
            return self.start_round();
        }
        self.progress_settled();
        if !self.live {
            return self.end(Reason::Complete);
        }
        if !self.dirty.is_empty() {
            let books = std::mem::take(&mut self.dirty).into_iter().collect();
            self.ask(Pending::Changed, Ask::Books(books));
        }
    }

    fn progress_settled(&mut self) {
        if std::mem::take(&mut self.unsettled) {
            self.progress(Progress::Settled(self.outcome()));
        }
    }

    fn start_round(&mut self) {
        self.refresh = false;
        self.unsettled = true;
        match self.side {
            Side::Dialer => {
                self.round.begin();
                self.ask_again(CatalogFor::Summary);
            }
            // Only dialers start rounds.
            Side::Acceptor if self.live => self.send(Frame::Poke),
            Side::Acceptor => {}
        }
    }

    /// Membership may have changed: the peer is looked at again before anything is said.
    fn ask_again(&mut self, purpose: CatalogFor) {
        self.ask(Pending::Recheck(purpose), Ask::Recheck { peer: self.peer });
    }

    pub(super) fn rechecked(&mut self, purpose: CatalogFor, admission: Option<Admission>) {
        let Some(admission) = admission else { return self.end(Reason::NotAdmitted) };
        self.confirmed = admission.confirmed;
        self.tell(admission.statements);
        self.ask(Pending::Catalog(purpose), Ask::Catalog);
    }

    /// Books that changed here, as far as the peer may have them.
    pub(super) fn changed(&mut self, holdings: Vec<Holding>) {
        let mut announce = Vec::new();
        let mut jobs = Vec::new();
        for holding in holdings {
            let id = self.shelf.update(holding);
            let Some(book) = self.shelf.books.get_mut(&id) else { continue };
            if book.state == BookState::Dropped || book.is_equal() {
                continue;
            }
            if book.theirs.is_none() {
                book.theirs = Some(Theirs::default());
                announce.push(book.entry());
            }
            jobs.push(Job::of(id));
        }
        if jobs.is_empty() {
            return;
        }
        self.unsettled = true;
        if !announce.is_empty() {
            self.outgoing.burst = Burst::Open;
            self.send(Frame::Announce(announce));
        }
        for job in jobs {
            self.outgoing.push(job);
        }
        self.outgoing.count();
    }

    /// The peer has new books.
    pub(super) fn on_announce(&mut self, entries: Vec<CatalogEntry>) {
        if !self.live || !self.announced(&entries) {
            return self.violation("an announcement out of turn or above the quota".to_owned());
        }
        self.incoming.open = true;
        let (known, new): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|entry| self.shelf.books.contains_key(&entry.key.id()));
        for entry in known {
            self.seen(entry);
        }
        if !new.is_empty() {
            let ask = Ask::Compare { books: new.clone(), offers: Vec::new() };
            self.ask(Pending::CompareAnnounce { entries: new }, ask);
        }
    }

    pub(super) fn compared_announce(&mut self, entries: Vec<CatalogEntry>, compared: &[Compared]) {
        for (entry, compared) in entries.into_iter().zip(compared) {
            let id: BookId = entry.key.id();
            if *compared == Compared::Foreign {
                self.shelf.foreign.insert(id);
            } else {
                self.shelf.admit(entry.key.clone());
                self.seen(entry);
            }
        }
    }

    fn seen(&mut self, entry: CatalogEntry) {
        if let Some(book) = self.shelf.books.get_mut(&entry.key.id()) {
            book.theirs = Some(Theirs { accepted: entry.heads, aside: entry.aside, samples: Vec::new() });
        }
    }

    /// The digest of the catalog with which the last round began.
    pub fn digest(&self) -> Digest {
        self.round.digest
    }
}
