//! What comes in: batches go to the application, one at a time per book; once all is judged, a receipt goes out.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use ybz_domain::ids::{BookId, ChangeHash};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Receipt, Received};

use crate::catalog::{BookState, Digest, Offer};
use crate::limits::{BLOB_BYTES, MAX_ATTESTATIONS, MAX_CHANGES, MAX_HASHES, MAX_KEY_ROWS, MAX_NEEDS, MAX_REFUSALS};
use crate::machine::{Ask, Pending, Progress, Session, Verdict};
use crate::wire::{Ack, Blob, Changes, Frame, KeyRow, Want};

/// What the receipt for the burst that is coming in is to cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Cover {
    /// The catalog, which is equal on both sides.
    Catalog,
    /// Every book that both sides hold.
    All,
    /// The books of this burst.
    #[default]
    Touched,
}

/// What is coming in.
#[derive(Debug, Default)]
pub(super) struct Incoming {
    /// A burst is coming in.
    pub(super) open: bool,
    /// The peer has sent all of it.
    pub(super) sent: bool,
    pub(super) cover: Cover,
    /// Bytes not judged yet.
    pub(super) backlog: usize,
    /// Books the peer has announced that were not known here.
    pub(super) announced: usize,
    /// A receipt is being signed.
    signing: bool,
    touched: BTreeSet<BookId>,
    queues: BTreeMap<BookId, VecDeque<Changes>>,
    accepting: BTreeSet<BookId>,
    needs: BTreeMap<BookId, Needs>,
    wanted: BTreeMap<Digest, (Offer, u64)>,
    putting: usize,
}

#[derive(Debug, Default)]
struct Needs {
    asked: u32,
    open: bool,
}

impl Incoming {
    /// Nothing is coming in and nothing is left to judge.
    pub(super) fn is_quiet(&self) -> bool {
        !self.open && !self.sent && !self.signing && self.is_judged()
    }

    fn is_judged(&self) -> bool {
        self.accepting.is_empty()
            && self.queues.is_empty()
            && self.putting == 0
            && self.needs.values().all(|needs| !needs.open)
    }
}

fn weight(changes: &Changes) -> usize {
    changes.changes.iter().map(|change| change.len() + 32).sum::<usize>() + changes.attestations.len() * 256 + 64
}

impl Session {
    pub(super) fn on_changes(&mut self, changes: Changes) {
        let id = changes.book;
        let quota = changes.changes.len() <= MAX_CHANGES && changes.attestations.len() <= MAX_ATTESTATIONS;
        if !quota || !self.may_burst() {
            return self.violation("changes above the quota or out of turn".to_owned());
        }
        self.incoming.open = true;
        self.unsettled = true;
        if !changes.more
            && let Some(needs) = self.incoming.needs.get_mut(&id)
        {
            needs.open = false;
        }
        match self.shelf.books.get(&id) {
            Some(book) if book.state != BookState::Dropped => {
                if changes.changes.is_empty() && changes.attestations.is_empty() {
                    return;
                }
                self.incoming.backlog += weight(&changes);
                self.incoming.queues.entry(id).or_default().push_back(changes);
                self.accept_next(id);
            }
            Some(_) => {}
            None if self.shelf.foreign.contains(&id) => {}
            None => self.violation("changes of a book that was not announced".to_owned()),
        }
    }

    fn accept_next(&mut self, id: BookId) {
        if self.incoming.accepting.contains(&id) {
            return;
        }
        let Some(queue) = self.incoming.queues.get_mut(&id) else { return };
        let next = queue.pop_front();
        if queue.is_empty() {
            self.incoming.queues.remove(&id);
        }
        let (Some(changes), Some(book)) = (next, self.shelf.books.get(&id)) else { return };
        self.incoming.accepting.insert(id);
        let pending = Pending::Accept { book: id, weight: weight(&changes), more: changes.more };
        let Changes { changes, attestations, .. } = changes;
        self.ask(pending, Ask::Accept { book: book.key.clone(), changes, attestations });
    }

    pub(super) fn judged(&mut self, id: BookId, weight: usize, more: bool, verdict: Verdict) {
        self.incoming.backlog = self.incoming.backlog.saturating_sub(weight);
        self.incoming.accepting.remove(&id);
        self.incoming.touched.insert(id);
        self.outcome.received += verdict.accepted;
        self.outcome.refused_here += verdict.refused.len() as u64;
        let Verdict { mut heads, mut aside, accepted, mut missing, mut refused } = verdict;
        heads.sort_unstable();
        if let Some(book) = self.shelf.books.get_mut(&id) {
            book.heads.clone_from(&heads);
            book.aside.clone_from(&aside);
        }
        if accepted > 0 {
            self.progress(Progress::Received { book: id, accepted });
        }
        heads.truncate(MAX_HASHES);
        aside.truncate(MAX_HASHES);
        refused.truncate(MAX_REFUSALS);
        self.send(Frame::Ack(Ack { book: id, heads, aside, refused }));
        self.accept_next(id);
        if more || self.incoming.accepting.contains(&id) {
            return;
        }
        if missing.is_empty() {
            self.outgoing.release(&id);
            return;
        }
        let needs = self.incoming.needs.entry(id).or_default();
        if !needs.open && needs.asked < MAX_NEEDS {
            needs.open = true;
            needs.asked += 1;
            missing.truncate(MAX_HASHES);
            self.send(Frame::Need(id, missing));
        }
    }

    /// The peer has sent all of its burst.
    pub(super) fn on_sent(&mut self) {
        if self.incoming.sent || !self.may_burst() {
            return self.violation("two ends of one burst".to_owned());
        }
        self.incoming.open = true;
        self.incoming.sent = true;
        self.outgoing.release_all();
    }

    /// The peer may send changes: not before this side knows what is on the shelf.
    fn may_burst(&self) -> bool {
        self.round.is_settling() || self.round.is_idle() || self.live
    }

    /// Confirms the peer's burst once all of it is judged.
    pub(super) fn confirm(&mut self) {
        if !self.incoming.sent || self.incoming.signing || !self.incoming.is_judged() {
            return;
        }
        let covered = |(id, book): (&BookId, &super::shelf::Book)| (*id, book.heads.clone());
        let touched = &self.incoming.touched;
        let received = match self.incoming.cover {
            Cover::Catalog => Received::Catalog { digest: self.round.digest },
            Cover::All => Received::Books(
                self.shelf.books.iter().filter(|(_, book)| book.theirs.is_some()).map(covered).collect(),
            ),
            Cover::Touched => {
                Received::Books(self.shelf.books.iter().filter(|(id, _)| touched.contains(id)).map(covered).collect())
            }
        };
        self.incoming.signing = true;
        match received {
            Received::Books(books) if books.is_empty() => self.signed_receipt(None),
            received => self.ask(Pending::SignReceipt, Ask::SignReceipt(received)),
        }
    }

    pub(super) fn signed_receipt(&mut self, receipt: Option<Box<Signed<Receipt>>>) {
        if let Some(receipt) = receipt {
            self.send(Frame::Receipt(receipt));
        }
        self.send(Frame::Done);
        self.incoming.signing = false;
        self.incoming.sent = false;
        self.incoming.open = false;
        self.incoming.cover = Cover::Touched;
        self.incoming.touched.clear();
        self.incoming.needs.clear();
        self.incoming.wanted.clear();
    }

    pub(super) fn on_keys(&mut self, rows: Vec<KeyRow>) {
        if !self.confirmed || rows.len() > MAX_KEY_ROWS {
            return self.violation("household keys from a peer that may not send them, or too many".to_owned());
        }
        self.ask(Pending::TakeKeys, Ask::TakeKeys(rows));
    }

    /// Remembers the carriers asked for.
    pub(super) fn expect_blobs(&mut self, offers: &[Offer], wants: &[Want]) {
        for want in wants {
            if let Some(offer) = offers.iter().find(|offer| offer.digest == want.digest) {
                self.incoming.wanted.insert(want.digest, (offer.clone(), want.from));
            }
        }
    }

    pub(super) fn on_blob(&mut self, blob: Blob) {
        if blob.bytes.len() > BLOB_BYTES || !self.may_burst() {
            return self.violation("part of a carrier above the quota or out of turn".to_owned());
        }
        self.incoming.open = true;
        // A carrier given up by this side may still be under way.
        let Some((offer, at)) = self.incoming.wanted.get_mut(&blob.digest) else { return };
        let end = blob.at.saturating_add(blob.bytes.len() as u64);
        if *at != blob.at || end > offer.size || blob.last != (end == offer.size) {
            return self.violation("part of a carrier that does not follow".to_owned());
        }
        *at = end;
        let offer = offer.clone();
        let weight = blob.bytes.len() + 64;
        if blob.last {
            self.incoming.wanted.remove(&blob.digest);
        }
        self.incoming.backlog += weight;
        self.incoming.putting += 1;
        let Blob { digest, at, bytes, last } = blob;
        self.ask(Pending::PutCarrier { digest, weight }, Ask::PutCarrier { offer, at, bytes, last });
    }

    pub(super) fn put(&mut self, digest: Digest, weight: usize, go_on: bool) {
        self.incoming.backlog = self.incoming.backlog.saturating_sub(weight);
        self.incoming.putting = self.incoming.putting.saturating_sub(1);
        if !go_on {
            self.incoming.wanted.remove(&digest);
        }
    }

    /// Checks the form of hashes in a frame.
    pub(super) fn few(hashes: &[ChangeHash]) -> bool {
        hashes.len() <= MAX_HASHES
    }
}
