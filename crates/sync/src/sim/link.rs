//! The link.

use std::collections::VecDeque;
use std::fmt;

use crate::machine::{Answer, Ask, AskId, Effect, Event, Local, Progress, Reason, Session};
use crate::sim::Rng;
use crate::wire::{Codec, Frame, HEADER, Header};

/// What happens to a link.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Bytes, both directions together, after which it is cut.
    pub cut_after: Option<u64>,
    /// So many of a hundred frames that may come twice do.
    pub twice: u64,
    /// Bytes delivered at a time, at most.
    pub piece: usize,
    /// When it is cut, so many of a hundred open asks are carried out all the same.
    pub carried_out: u64,
}

impl Plan {
    /// Nothing goes wrong.
    pub const SMOOTH: Self = Self { cut_after: None, twice: 0, piece: 1 << 20, carried_out: 100 };

    /// A plan drawn at random; half of them are cut somewhere in the first `bytes`.
    pub fn random(rng: &mut Rng, bytes: u64) -> Self {
        Self {
            cut_after: rng.percent(50).then(|| rng.below(bytes)),
            twice: if rng.percent(30) { rng.below(40) } else { 0 },
            piece: 1 + rng.at(3_000),
            carried_out: rng.below(101),
        }
    }
}

/// What was seen on a link. Index 0 is the first end given, 1 the second.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// Frames in the order in which they were sent.
    pub frames: Vec<(usize, Frame)>,
    /// Bytes sent.
    pub bytes: [u64; 2],
    /// Longest chain of frames, each sent after the one before had come, up to the last that came to this end: 2 at the
    /// end that spoke first is one round trip.
    pub flights: [u32; 2],
    /// How each end's session ended.
    pub reasons: [Option<Reason>; 2],
    /// What each end told its watcher.
    pub progress: [Vec<Progress>; 2],
    /// The most bytes that each end held without having judged them.
    pub backlog: [usize; 2],
}

struct End<'a> {
    session: Session,
    answer: Box<dyn FnMut(Ask) -> Answer + 'a>,
    codec: Codec,
    asks: Vec<(AskId, Ask)>,
    /// Bytes under way to this end.
    wire: VecDeque<u8>,
    /// Bytes that came and were not read.
    inbox: Vec<u8>,
    /// Ends of the frames under way from this end, with weight and flight.
    marks: VecDeque<(u64, usize, u32)>,
    sent: u64,
    came: u64,
    /// Flights of frames that came and were not read.
    flights: VecDeque<u32>,
}

/// Two sessions and what is between them.
pub struct Link<'a> {
    ends: [End<'a>; 2],
    plan: Plan,
    cut: bool,
    trace: Trace,
}

impl fmt::Debug for Link<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").field("plan", &self.plan).field("bytes", &self.trace.bytes).finish_non_exhaustive()
    }
}

enum Action {
    Answer(usize),
    Deliver(usize),
    Read(usize),
    Leave(usize),
}

impl<'a> Link<'a> {
    /// Joins two sessions, each with the closure that answers its asks, and starts both.
    pub fn new(
        first: (Session, Box<dyn FnMut(Ask) -> Answer + 'a>),
        second: (Session, Box<dyn FnMut(Ask) -> Answer + 'a>),
        plan: Plan,
    ) -> Self {
        let end = |(session, answer)| End {
            session,
            answer,
            codec: Codec::default(),
            asks: Vec::new(),
            wire: VecDeque::new(),
            inbox: Vec::new(),
            marks: VecDeque::new(),
            sent: 0,
            came: 0,
            flights: VecDeque::new(),
        };
        let mut link = Self { ends: [end(first), end(second)], plan, cut: false, trace: Trace::default() };
        for at in [0, 1] {
            link.feed(at, Event::Started, &mut Rng::new(0));
        }
        link
    }

    /// Does one thing that can be done, drawn at random; false if there is none.
    pub fn step(&mut self, rng: &mut Rng) -> bool {
        if let Some(cut) = self.plan.cut_after
            && !self.cut
            && self.ends[0].came + self.ends[1].came >= cut
        {
            self.cut(rng);
            return true;
        }
        let mut actions = Vec::new();
        for at in [0, 1] {
            let end = &self.ends[at];
            if !end.asks.is_empty() {
                actions.push(Action::Answer(at));
            }
            if self.trace.reasons[at].is_some() {
                continue;
            }
            if !end.wire.is_empty() {
                actions.push(Action::Deliver(at));
            }
            if end.session.wants_frame() {
                if self.readable(at) {
                    actions.push(Action::Read(at));
                } else if end.wire.is_empty() && self.trace.reasons[1 - at].is_some() {
                    actions.push(Action::Leave(at));
                }
            }
        }
        if actions.is_empty() {
            return false;
        }
        match actions.swap_remove(rng.at(actions.len())) {
            Action::Answer(at) => self.answer(at, rng),
            Action::Deliver(at) => self.deliver(at, rng),
            Action::Read(at) => self.read(at, rng),
            Action::Leave(at) => self.feed(at, Event::Cut, rng),
        }
        true
    }

    /// Goes on until nothing can be done: both ended, or both wait for something to happen.
    pub fn run(&mut self, rng: &mut Rng) {
        while self.step(rng) {}
    }

    /// Tells an end of a change at its side.
    pub fn local(&mut self, at: usize, local: Local, rng: &mut Rng) {
        self.feed(at, Event::Local(local), rng);
    }

    /// Puts raw bytes on the way to an end, as a hostile peer would.
    pub fn inject(&mut self, at: usize, bytes: &[u8]) {
        self.ends[at].wire.extend(bytes);
    }

    /// Cuts the connection now.
    pub fn cut(&mut self, rng: &mut Rng) {
        self.cut = true;
        for at in [0, 1] {
            self.ends[at].wire.clear();
            self.ends[at].inbox.clear();
            self.feed(at, Event::Cut, rng);
            if self.trace.reasons[at].is_none() {
                // All was exchanged: this end waits for its application.
                continue;
            }
            for (_, ask) in std::mem::take(&mut self.ends[at].asks) {
                // The application may have been at it already; its answer goes nowhere.
                if rng.percent(self.plan.carried_out) {
                    (self.ends[at].answer)(ask);
                }
            }
        }
    }

    /// What was seen so far.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// A session.
    pub fn session(&self, at: usize) -> &Session {
        &self.ends[at].session
    }

    fn answer(&mut self, at: usize, rng: &mut Rng) {
        let end = &mut self.ends[at];
        let (id, ask) = end.asks.swap_remove(rng.at(end.asks.len()));
        let answer = (end.answer)(ask);
        self.feed(at, Event::Answer(id, answer), rng);
    }

    fn deliver(&mut self, at: usize, rng: &mut Rng) {
        let end = &mut self.ends[at];
        let count = (1 + rng.at(self.plan.piece)).min(end.wire.len());
        end.inbox.extend(end.wire.drain(..count));
        end.came += count as u64;
        let came = end.came;
        let mut written = 0;
        while let Some((until, weight, flight)) = self.ends[1 - at].marks.front().copied()
            && until <= came
        {
            self.ends[1 - at].marks.pop_front();
            self.ends[at].flights.push_back(flight);
            written += weight;
        }
        if written > 0 {
            self.feed(1 - at, Event::Written(written), rng);
        }
    }

    fn readable(&self, at: usize) -> bool {
        let end = &self.ends[at];
        let Some(header) = end.inbox.first_chunk::<HEADER>() else { return false };
        Header::read(*header, end.session.max_frame()).map_or(true, |header| end.inbox.len() >= HEADER + header.length)
    }

    fn read(&mut self, at: usize, rng: &mut Rng) {
        let end = &mut self.ends[at];
        let Some(header) = end.inbox.first_chunk::<HEADER>() else { return };
        let event = match Header::read(*header, end.session.max_frame()) {
            Err(error) => Event::Garbled(error.to_string()),
            Ok(header) => {
                let body: Vec<u8> = end.inbox.drain(..HEADER + header.length).skip(HEADER).collect();
                match end.codec.decode(header, &body) {
                    Ok(frame) => Event::Frame(frame),
                    Err(error) => Event::Garbled(error.to_string()),
                }
            }
        };
        if let Some(flight) = self.ends[at].flights.pop_front() {
            self.trace.flights[at] = self.trace.flights[at].max(flight);
        }
        self.feed(at, event, rng);
    }

    fn feed(&mut self, at: usize, event: Event, rng: &mut Rng) {
        let effects = self.ends[at].session.handle(event);
        self.trace.backlog[at] = self.trace.backlog[at].max(self.ends[at].session.backlog());
        for effect in effects {
            match effect {
                Effect::Send(frame) => {
                    let may_repeat = matches!(
                        frame,
                        Frame::Changes(_) | Frame::Ack(_) | Frame::Receipt(_) | Frame::Statements(_) | Frame::Keys(_)
                    );
                    let times = if may_repeat && rng.percent(self.plan.twice) { 2 } else { 1 };
                    for _ in 0..times {
                        self.put_on_wire(at, frame.clone());
                    }
                    self.trace.frames.push((at, frame));
                }
                Effect::Ask(id, ask) => self.ends[at].asks.push((id, ask)),
                Effect::Progress(progress) => self.trace.progress[at].push(progress),
                Effect::End(reason) => self.trace.reasons[at] = Some(reason),
            }
        }
    }

    fn put_on_wire(&mut self, at: usize, frame: Frame) {
        let weight = frame.weight();
        let Ok(encoded) = self.ends[at].codec.encode(frame) else {
            self.trace.reasons[at] = Some(Reason::Failed("a frame that does not encode".to_owned()));
            return;
        };
        self.trace.bytes[at] += encoded.bytes.len() as u64;
        self.ends[at].sent += encoded.bytes.len() as u64;
        let (until, flight) = (self.ends[at].sent, self.trace.flights[at] + 1);
        self.ends[at].marks.push_back((until, weight, flight));
        if !self.cut {
            self.ends[1 - at].wire.extend(encoded.bytes);
        }
    }
}
