//! What goes out: the records of book after book, then carriers, then the word that all is sent. A batch is fetched only
//! while little waits to be written.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use ybz_domain::accept::MAX_CHANGE_BYTES;
use ybz_domain::ids::{BookId, ChangeHash};

use crate::catalog::{BookState, Offer};
use crate::limits::{
    BATCH_BYTES, BLOB_BYTES, MAX_ATTESTATIONS, MAX_CARRIERS, MAX_CHANGES, MAX_KEY_ROWS, MAX_NEEDS, MAX_REFUSALS,
    WRITE_AHEAD,
};
use crate::machine::{Ask, Batch, Pending, Progress, Reason, Session};
use crate::wire::{Ack, Blob, Changes, Frame, KeyRow, Want};

/// This side's burst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Burst {
    /// None.
    #[default]
    Idle,
    /// Being sent.
    Open,
    /// Sent; the peer's word that it has dealt with it is awaited.
    Closed,
}

/// A book to send from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Job {
    book: BookId,
    /// What it asked for; none for the rest of the book.
    wanted: Vec<ChangeHash>,
}

impl Job {
    pub(super) fn of(book: BookId) -> Self {
        Self { book, wanted: Vec::new() }
    }
}

/// A batch as frames of which none is too full.
pub(crate) fn pieces(book: BookId, Batch { changes, attestations }: Batch) -> Vec<Changes> {
    let (mut out, mut bytes) = (Vec::new(), 0);
    let mut piece = Changes { book, changes: Vec::new(), attestations: Vec::new(), more: true };
    for change in changes {
        if bytes + change.len() > BATCH_BYTES && bytes > 0 || piece.changes.len() == MAX_CHANGES {
            out.push(Changes { changes: std::mem::take(&mut piece.changes), ..piece.clone() });
            bytes = 0;
        }
        bytes += change.len();
        piece.changes.push(change);
    }
    // Attestations go with the last: they vouch for whole chains.
    out.push(Changes { attestations, more: false, ..piece });
    out
}

/// See the module's documentation.
#[derive(Debug, Default)]
pub(super) struct Outgoing {
    pub(super) burst: Burst,
    /// Bytes handed over and not written yet.
    pub(super) unwritten: usize,
    /// The peer will say which of the carriers offered it wants.
    pub(super) awaiting_want: bool,
    books: VecDeque<Job>,
    /// Books of which the peer holds what is not known here: first its changes, then ours.
    deferred: BTreeSet<BookId>,
    /// Frames of the book fetched last.
    pieces: VecDeque<Changes>,
    blobs: VecDeque<Want>,
    fetching: bool,
    needs: BTreeMap<BookId, u32>,
    acks: BTreeMap<BookId, Ack>,
    done: usize,
    total: usize,
}

impl Outgoing {
    pub(super) fn push(&mut self, job: Job) {
        if !self.books.contains(&job) {
            self.books.push_back(job);
        }
    }

    pub(super) fn defer(&mut self, book: BookId) {
        self.deferred.insert(book);
    }

    /// The peer's changes of a deferred book are in.
    pub(super) fn release(&mut self, book: &BookId) {
        if self.deferred.remove(book) {
            self.push(Job::of(*book));
        }
    }

    /// Nothing more comes: what is deferred goes by what is known.
    pub(super) fn release_all(&mut self) {
        for book in std::mem::take(&mut self.deferred) {
            self.push(Job::of(book));
        }
    }

    /// Takes the number of books of a burst that begins.
    pub(super) fn count(&mut self) {
        self.done = 0;
        self.total = self.books.len() + self.deferred.len();
    }

    fn is_empty(&self) -> bool {
        self.books.is_empty() && self.pieces.is_empty() && self.blobs.is_empty() && !self.fetching
    }

    /// Nothing is being sent or to be sent.
    pub(super) fn is_quiet(&self) -> bool {
        self.burst == Burst::Idle && self.is_empty()
    }
}

impl Session {
    /// Fetches what goes out next, or says that all is sent.
    pub(super) fn send_next(&mut self) {
        while !self.outgoing.fetching && self.outgoing.unwritten < WRITE_AHEAD {
            if let Some(piece) = self.outgoing.pieces.pop_front() {
                self.send_piece(piece);
            } else if let Some(job) = self.outgoing.books.pop_front() {
                self.fetch(job);
            } else if let Some(want) = self.outgoing.blobs.pop_front() {
                self.read_blob(&want);
            } else {
                break;
            }
        }
        let keys = self.asks.values().any(|pending| matches!(pending, Pending::Keys));
        let out = &self.outgoing;
        if out.burst == Burst::Open && out.is_empty() && out.deferred.is_empty() && !out.awaiting_want && !keys {
            self.outgoing.burst = Burst::Closed;
            self.send(Frame::Sent);
        }
    }

    fn fetch(&mut self, job: Job) {
        let open = self.shelf.books.get(&job.book).filter(|book| book.state != BookState::Dropped);
        let Some((book, theirs)) = open.and_then(|book| book.theirs.as_ref().map(|theirs| (book, theirs))) else {
            self.outgoing.fetching = true;
            return self.found_missing(&job, Batch::default());
        };
        let ask = Ask::Missing {
            book: book.key.clone(),
            have: theirs.have(),
            aside: theirs.aside.clone(),
            wanted: job.wanted.clone(),
        };
        self.outgoing.fetching = true;
        self.ask(Pending::Missing { job }, ask);
    }

    pub(super) fn found_missing(&mut self, job: &Job, batch: Batch) {
        self.outgoing.fetching = false;
        let Batch { changes, attestations } = batch;
        // A need is answered even if there is nothing to answer it with.
        if job.wanted.is_empty() && changes.is_empty() && attestations.is_empty() {
            return self.sent_book();
        }
        if self.outgoing.burst == Burst::Idle {
            self.outgoing.burst = Burst::Open;
        }
        if attestations.len() > MAX_ATTESTATIONS || changes.iter().any(|change| change.len() > MAX_CHANGE_BYTES) {
            return self.end(Reason::Failed("a batch above the quota".to_owned()));
        }
        self.outgoing.pieces.extend(pieces(job.book, Batch { changes, attestations }));
    }

    fn send_piece(&mut self, piece: Changes) {
        let last = !piece.more;
        self.outcome.sent += piece.changes.len() as u64;
        self.send(Frame::Changes(Box::new(piece)));
        if last {
            self.sent_book();
        }
    }

    fn sent_book(&mut self) {
        self.outgoing.done += 1;
        let (done, total) = (self.outgoing.done, self.outgoing.total.max(self.outgoing.done));
        self.progress(Progress::Sending { done, total });
    }

    /// The peer lacks what changes of this side build on.
    pub(super) fn on_need(&mut self, book: BookId, wanted: Vec<ChangeHash>) {
        let asked = self.outgoing.needs.entry(book).or_default();
        *asked += 1;
        let often = *asked > MAX_NEEDS;
        if often || wanted.is_empty() || !Self::few(&wanted) || self.outgoing.burst == Burst::Idle {
            return self.violation("a need above the quota or out of turn".to_owned());
        }
        if self.shelf.books.get(&book).is_none_or(|book| book.theirs.is_none()) {
            return self.violation("a need of a book that was not announced".to_owned());
        }
        self.outgoing.push(Job { wanted, ..Job::of(book) });
    }

    pub(super) fn on_ack(&mut self, ack: Ack) {
        let sound = Self::few(&ack.heads) && Self::few(&ack.aside) && ack.refused.len() <= MAX_REFUSALS;
        if !sound || self.outgoing.burst == Burst::Idle {
            return self.violation("an acknowledgement above the quota or out of turn".to_owned());
        }
        let Some(book) = self.shelf.books.get_mut(&ack.book) else { return };
        let Some(theirs) = &mut book.theirs else { return };
        theirs.accepted.clone_from(&ack.heads);
        theirs.aside.clone_from(&ack.aside);
        theirs.samples.clear();
        self.outcome.refused_there += ack.refused.len() as u64;
        let kept = self.outgoing.acks.entry(ack.book).or_insert_with(|| Ack { refused: Vec::new(), ..ack.clone() });
        let mut refused = std::mem::take(&mut kept.refused);
        refused.extend(ack.refused.iter().take(MAX_REFUSALS.saturating_sub(refused.len())).cloned());
        *kept = Ack { refused, ..ack };
    }

    /// The peer has dealt with this side's burst.
    pub(super) fn on_done(&mut self) {
        if std::mem::take(&mut self.round.void) {
            return;
        }
        if self.outgoing.burst != Burst::Closed {
            return self.violation("done with a burst that was not sent".to_owned());
        }
        self.outgoing.burst = Burst::Idle;
        self.outgoing.needs.clear();
        let acks: Vec<_> = std::mem::take(&mut self.outgoing.acks).into_values().collect();
        if !acks.is_empty() {
            self.ask(Pending::Acked, Ask::Acked(acks));
        }
    }

    pub(super) fn on_want(&mut self, wants: Vec<Want>) {
        if !self.outgoing.awaiting_want || wants.len() > MAX_CARRIERS {
            return self.violation("wants out of turn or above the quota".to_owned());
        }
        self.outgoing.awaiting_want = false;
        self.queue_blobs(&wants);
    }

    /// Only carriers on this side's shelf are served.
    pub(super) fn queue_blobs(&mut self, wants: &[Want]) {
        let held = |want: &&Want| self.shelf.carriers.iter().any(|offer| offer.digest == want.digest);
        let wants: Vec<_> = wants.iter().filter(held).cloned().collect();
        self.outgoing.blobs.extend(wants);
    }

    fn read_blob(&mut self, want: &Want) {
        let Some(offer) = self.shelf.carriers.iter().find(|offer| offer.digest == want.digest) else { return };
        let (offer, from) = (offer.clone(), want.from);
        self.outgoing.fetching = true;
        let ask = Ask::ReadCarrier { offer: offer.clone(), from, limit: BLOB_BYTES };
        self.ask(Pending::ReadCarrier { offer, from }, ask);
    }

    pub(super) fn send_blob(&mut self, offer: Offer, at: u64, bytes: Vec<u8>) {
        self.outgoing.fetching = false;
        let end = at.saturating_add(bytes.len() as u64);
        if bytes.is_empty() || bytes.len() > BLOB_BYTES || end > offer.size {
            return self.end(Reason::Failed("a carrier that is not as it was offered".to_owned()));
        }
        let last = end == offer.size;
        if !last {
            self.outgoing.blobs.push_front(Want { digest: offer.digest, from: end });
        }
        self.send(Frame::Blob(Box::new(Blob { digest: offer.digest, at, bytes, last })));
    }

    pub(super) fn send_keys(&mut self, rows: Vec<KeyRow>) {
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            self.send(Frame::Keys(rows.by_ref().take(MAX_KEY_ROWS).collect()));
        }
    }
}
