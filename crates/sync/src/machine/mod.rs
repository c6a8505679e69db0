//! The session machine: events in, effects out. No IO, no storage, no clock, no heavy work.
//!
//! The dialer starts rounds, the acceptor answers them; what follows a round is the same on both sides. Each side sends
//! its *burst* (changes, then carriers, then [`Frame::Sent`]) and confirms the peer's with [`Frame::Done`] once all of it
//! is judged; a receipt goes before that.

mod ask;
mod compare;
mod event;
mod incoming;
mod join;
mod live;
mod opening;
mod outgoing;
mod round;
mod shelf;

pub use ask::{Admission, Answer, Ask, AskId, Batch, Compared, JoinAnswer, Verdict};
pub use event::{Effect, Event, Local, Outcome, Progress, Reason, Side};

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::ids::{BookId, DeviceId};
use ybz_domain::trust::Nonces;

use crate::catalog::{Digest, Offer};
use crate::limits::{MAX_FIRST_FRAME, MAX_FRAME, SESSION_CREDIT, WRITE_STALL};
use crate::wire::{Frame, HelloData, JoinRequest};
use incoming::Incoming;
use join::Joining;
use outgoing::Outgoing;
pub(crate) use outgoing::pieces;
use round::Round;
use shelf::Shelf;

/// What an open ask is for.
#[derive(Debug, Clone)]
enum Pending {
    /// The dialer's own hello.
    OwnHello,
    /// The acceptor's own hello, in answer.
    AnswerHello {
        digest: Option<Digest>,
    },
    Admit {
        theirs: Box<HelloData>,
        digest: Option<Digest>,
    },
    Recheck(CatalogFor),
    Learn,
    Catalog(CatalogFor),
    CompareListing {
        listing: Box<crate::wire::Listing>,
        unsure: Vec<BookId>,
    },
    CompareReply {
        reply: Box<crate::wire::Reply>,
        foreign: Vec<usize>,
    },
    CompareAnnounce {
        entries: Vec<crate::catalog::CatalogEntry>,
    },
    Changed,
    Missing {
        job: outgoing::Job,
    },
    Accept {
        book: BookId,
        weight: usize,
        more: bool,
    },
    Acked,
    SignReceipt,
    TakeReceipt,
    Keys,
    TakeKeys,
    ReadCarrier {
        offer: Offer,
        from: u64,
    },
    PutCarrier {
        digest: Digest,
        weight: usize,
    },
    Join,
    /// The digits are to be shown.
    JoinShow(Nonces),
    JoinDecision,
    Joined,
}

/// What a catalog is asked for.
#[derive(Debug, Clone)]
enum CatalogFor {
    /// The dialer's first round: hello said its digest, or that it has none yet.
    Opening,
    /// The acceptor's hello, and its answer to the digest in the dialer's.
    Hello(Box<HelloData>, Option<Digest>),
    /// The dialer's summary.
    Summary,
    /// The acceptor's answer to one.
    Answer(Digest),
}

impl Pending {
    /// No frame is read before the answer.
    fn gates(&self) -> bool {
        !matches!(
            self,
            Self::Changed
                | Self::Missing { .. }
                | Self::Accept { .. }
                | Self::Acked
                | Self::SignReceipt
                | Self::Keys
                | Self::ReadCarrier { .. }
                | Self::PutCarrier { .. }
                | Self::JoinDecision
        )
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Not started.
    Fresh,
    /// Hello is being exchanged.
    Opening,
    /// An invitation is being taken up.
    Joining,
    /// Both are admitted.
    Running,
    /// Over.
    Ended,
}

/// What a session is for.
#[derive(Debug, Clone)]
enum Purpose {
    Sync {
        live: bool,
    },
    /// With the nonce to which the request commits.
    Join(Box<JoinRequest>, [u8; 32]),
}

/// One session with one peer. See the module's documentation.
#[derive(Debug)]
pub struct Session {
    side: Side,
    peer: DeviceId,
    purpose: Purpose,
    phase: Phase,
    /// Both sides stay after the first round.
    live: bool,
    /// What is being joined.
    joining: Joining,
    /// Household keys may be exchanged.
    confirmed: bool,
    effects: Vec<Effect>,
    asks: BTreeMap<AskId, Pending>,
    next_ask: u64,
    gates: usize,
    shelf: Shelf,
    round: Round,
    outgoing: Outgoing,
    incoming: Incoming,
    /// Statements said in this session.
    told: BTreeSet<Digest>,
    /// Books that changed here since the last burst.
    dirty: BTreeSet<BookId>,
    /// The peer has left after all was exchanged.
    parted: bool,
    /// Another round is due.
    refresh: bool,
    /// Something happened since the last [`Progress::Settled`].
    unsettled: bool,
    outcome: Outcome,
}

impl Session {
    fn new(side: Side, peer: DeviceId, purpose: Purpose) -> Self {
        Self {
            side,
            peer,
            purpose,
            phase: Phase::Fresh,
            live: false,
            joining: Joining::default(),
            confirmed: false,
            effects: Vec::new(),
            asks: BTreeMap::new(),
            next_ask: 0,
            gates: 0,
            shelf: Shelf::default(),
            round: Round::default(),
            outgoing: Outgoing::default(),
            incoming: Incoming::default(),
            told: BTreeSet::new(),
            dirty: BTreeSet::new(),
            parted: false,
            refresh: false,
            unsettled: true,
            outcome: Outcome::default(),
        }
    }

    /// A session with a node that was dialled; `live` stays open after the first round.
    pub fn dial(peer: DeviceId, live: bool) -> Self {
        Self::new(Side::Dialer, peer, Purpose::Sync { live })
    }

    /// A session with a node that dialled, to sync or to join; it stays open if the dialer wishes.
    pub fn accept(peer: DeviceId) -> Self {
        Self::new(Side::Acceptor, peer, Purpose::Sync { live: true })
    }

    /// Takes up an invitation of the node that was dialled; `nonce` is what the request commits to. The session stays
    /// open until a person has decided.
    pub fn join(inviter: DeviceId, request: JoinRequest, nonce: [u8; 32]) -> Self {
        Self::new(Side::Dialer, inviter, Purpose::Join(Box::new(request), nonce))
    }

    /// The peer.
    pub fn peer(&self) -> DeviceId {
        self.peer
    }

    /// A frame may be fed now: nothing that must be answered first is open, and there is credit.
    pub fn wants_frame(&self) -> bool {
        !matches!(self.phase, Phase::Fresh | Phase::Ended)
            && self.gates == 0
            && !self.parted
            && self.incoming.backlog < SESSION_CREDIT
            && self.outgoing.unwritten < WRITE_STALL
    }

    /// The longest frame that may come now, in bytes.
    pub fn max_frame(&self) -> usize {
        if self.phase == Phase::Running || self.side == Side::Dialer { MAX_FRAME } else { MAX_FIRST_FRAME }
    }

    /// Bytes received that are not judged yet.
    pub fn backlog(&self) -> usize {
        self.incoming.backlog
    }

    /// The peer owes this side something: without any progress the session is to be ended.
    pub fn awaits_peer(&self) -> bool {
        match self.phase {
            Phase::Fresh | Phase::Ended => false,
            Phase::Opening => self.asks.is_empty(),
            Phase::Joining => self.asks.is_empty() && !(self.side == Side::Dialer && self.joining.shown),
            Phase::Running => self.asks.is_empty() && (!self.is_quiet() || !self.live),
        }
    }

    /// What came of the session so far.
    pub fn outcome(&self) -> Outcome {
        let (owed, receipted) = self.shelf.delivery();
        Outcome { owed, receipted, delivered: owed > 0 && owed == receipted, ..self.outcome.clone() }
    }

    /// Takes an event and returns what is to be done, in order.
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        if self.phase == Phase::Ended {
            return Vec::new();
        }
        match event {
            Event::Started => self.start(),
            Event::Frame(frame) if self.wants_frame() => self.frame(frame),
            Event::Frame(frame) => self.violation(format!("a {} out of turn", frame.name())),
            Event::Garbled(what) => self.violation(what),
            Event::Answer(id, answer) => self.answer(id, answer),
            Event::Written(bytes) => self.outgoing.unwritten = self.outgoing.unwritten.saturating_sub(bytes),
            Event::Local(Local::Changed(books)) => self.dirty.extend(books),
            Event::Local(Local::Refresh) => self.refresh = true,
            Event::Local(Local::Stop) => self.end(Reason::Stopped),
            // All was exchanged: what is left is for the application to store.
            Event::Cut if self.phase == Phase::Running && self.is_quiet() => self.parted = true,
            Event::Cut => self.end(Reason::Cut),
        }
        self.advance();
        std::mem::take(&mut self.effects)
    }

    fn frame(&mut self, frame: Frame) {
        match (self.phase, frame) {
            (Phase::Opening, frame) => self.opening_frame(frame),
            (Phase::Joining, frame) => self.joining_frame(frame),
            (Phase::Running, Frame::Summary(digest)) if self.side == Side::Acceptor => self.on_summary(digest),
            (Phase::Running, Frame::Differing(offices)) if self.side == Side::Acceptor => self.on_differing(&offices),
            (Phase::Running, Frame::Reply(reply)) if self.side == Side::Acceptor => self.on_reply(reply),
            (Phase::Running, Frame::Equal(digest)) if self.side == Side::Dialer => self.on_equal(digest),
            (Phase::Running, Frame::Offices(offices, _)) if self.side == Side::Dialer => self.on_offices(offices),
            (Phase::Running, Frame::Listing(listing)) if self.side == Side::Dialer => self.on_listing(listing),
            (Phase::Running, Frame::Poke) if self.side == Side::Dialer => self.refresh = true,
            (Phase::Running, Frame::Statements(statements)) => {
                self.ask(Pending::Learn, Ask::Learn(statements));
            }
            (Phase::Running, Frame::Keys(rows)) => self.on_keys(rows),
            (Phase::Running, Frame::Announce(entries)) => self.on_announce(entries),
            (Phase::Running, Frame::Changes(changes)) => self.on_changes(*changes),
            (Phase::Running, Frame::Blob(blob)) => self.on_blob(*blob),
            (Phase::Running, Frame::Sent) => self.on_sent(),
            (Phase::Running, Frame::Receipt(receipt)) => self.ask(Pending::TakeReceipt, Ask::TakeReceipt(receipt)),
            (Phase::Running, Frame::Need(book, hashes)) => self.on_need(book, hashes),
            (Phase::Running, Frame::Ack(ack)) => self.on_ack(ack),
            (Phase::Running, Frame::Want(wants)) => self.on_want(wants),
            (Phase::Running, Frame::Done) => self.on_done(),
            (_, frame) => self.violation(format!("a {} that may not come now", frame.name())),
        }
    }

    fn answer(&mut self, id: AskId, answer: Answer) {
        let Some(pending) = self.asks.remove(&id) else {
            return self.end(Reason::Failed("an answer without an ask".to_owned()));
        };
        if pending.gates() {
            self.gates = self.gates.saturating_sub(1);
        }
        match (pending, answer) {
            (_, Answer::Failed(why)) => self.end(Reason::Failed(why)),
            (Pending::OwnHello, Answer::Hello { data, digest }) => self.said_hello(*data, digest),
            (Pending::AnswerHello { digest }, Answer::Hello { data, .. }) => self.answered_hello(data, digest),
            (Pending::Admit { theirs, digest }, Answer::Admit(admission)) => self.admitted(theirs, digest, admission),
            (Pending::Recheck(purpose), Answer::Admit(admission)) => self.rechecked(purpose, admission),
            (Pending::Learn | Pending::TakeKeys | Pending::Acked, Answer::Done) => {}
            (Pending::Catalog(purpose), Answer::Catalog(catalog)) => self.catalog_known(purpose, catalog),
            (Pending::CompareListing { listing, unsure }, Answer::Compared { books, wants }) => {
                self.compared_listing(*listing, &unsure, books, wants);
            }
            (Pending::CompareReply { reply, foreign }, Answer::Compared { books, wants }) => {
                self.compared_reply(*reply, &foreign, &books, wants);
            }
            (Pending::CompareAnnounce { entries }, Answer::Compared { books, .. }) => {
                self.compared_announce(entries, &books);
            }
            (Pending::Changed, Answer::Books(holdings)) => self.changed(holdings),
            (Pending::Missing { job }, Answer::Missing(batch)) => self.found_missing(&job, batch),
            (Pending::Accept { book, weight, more }, Answer::Verdict(verdict)) => {
                self.judged(book, weight, more, verdict);
            }
            (Pending::SignReceipt, Answer::Receipt(receipt)) => self.signed_receipt(receipt),
            (Pending::TakeReceipt, Answer::ReceiptTaken(received)) => self.shelf.receipted(received, &self.round),
            (Pending::Keys, Answer::Keys(rows)) => self.send_keys(rows),
            (Pending::ReadCarrier { offer, from }, Answer::Carrier(bytes)) => self.send_blob(offer, from, bytes),
            (Pending::PutCarrier { digest, weight }, Answer::Put(go_on)) => self.put(digest, weight, go_on),
            (Pending::Join, Answer::Join(answer)) => self.join_checked(answer),
            (Pending::JoinShow(nonces), Answer::Join(answer)) => self.join_shown(nonces, answer),
            (Pending::JoinDecision, Answer::Join(answer)) => self.join_decided(answer),
            (Pending::Joined, Answer::Done) => self.joined(),
            (pending, _) => self.end(Reason::Failed(format!("an answer of another kind to {pending:?}"))),
        }
    }

    fn ask(&mut self, pending: Pending, ask: Ask) {
        if self.phase == Phase::Ended {
            return;
        }
        let id = AskId(self.next_ask);
        self.next_ask += 1;
        if pending.gates() {
            self.gates += 1;
        }
        self.asks.insert(id, pending);
        self.effects.push(Effect::Ask(id, ask));
    }

    fn send(&mut self, frame: Frame) {
        if self.phase != Phase::Ended {
            self.outgoing.unwritten += frame.weight();
            self.effects.push(Effect::Send(frame));
        }
    }

    fn progress(&mut self, progress: Progress) {
        if self.phase != Phase::Ended {
            self.effects.push(Effect::Progress(progress));
        }
    }

    fn violation(&mut self, what: String) {
        self.end(Reason::Violation(what));
    }

    fn end(&mut self, reason: Reason) {
        if self.phase != Phase::Ended {
            self.phase = Phase::Ended;
            self.effects.push(Effect::End(reason));
        }
    }
}
