//! What goes into the machine and what comes out of it.

use ybz_domain::ids::{BookId, OfficeId};
use ybz_domain::trust::Nonces;

use crate::machine::ask::{Answer, Ask, AskId};
use crate::wire::{Frame, Versions};

/// Which end of the connection this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Called.
    Dialer,
    /// Was called.
    Acceptor,
}

/// Something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The connection stands.
    Started,
    /// A frame came. Only when [`crate::machine::Session::wants_frame`] says so.
    Frame(Frame),
    /// Bytes came that are no frame.
    Garbled(String),
    /// The application answers.
    Answer(AskId, Answer),
    /// As many bytes of frames were written, counted as [`Frame::weight`] counts them.
    Written(usize),
    /// Something changed at this side.
    Local(Local),
    /// The connection broke.
    Cut,
}

/// A change at this side during a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Local {
    /// Books have new heads.
    Changed(Vec<BookId>),
    /// Membership, carriers or household keys changed: another round.
    Refresh,
    /// The session shall end.
    Stop,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send it, in order.
    Send(Frame),
    /// Answer it, in any order.
    Ask(AskId, Ask),
    /// Tell whoever watches.
    Progress(Progress),
    /// Write what is left, then close. Nothing follows.
    End(Reason),
}

/// How far a session is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Both sides know each other.
    Admitted,
    /// Both sides know the digits, and a person at the inviting side is asked.
    JoinPending {
        /// What goes into the digits.
        nonces: Nonces,
        /// The office that joins; none for a further device of the inviting office.
        office: Option<OfficeId>,
    },
    /// Books sent, and to send, in this burst.
    Sending {
        /// Sent.
        done: usize,
        /// In all.
        total: usize,
    },
    /// Changes of a book were accepted here.
    Received {
        /// The book.
        book: BookId,
        /// Changes accepted.
        accepted: u64,
    },
    /// All that was to be exchanged is; a live session stays open.
    Settled(Outcome),
}

/// Why a session ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// All is exchanged.
    Complete,
    /// This side stopped it.
    Stopped,
    /// The peer refused, or an invitation was declined. It gives no reason.
    Refused,
    /// This side refused.
    NotAdmitted,
    /// The two programs share no version of the protocol.
    Version(Versions),
    /// The peer broke the protocol.
    Violation(String),
    /// The application failed to answer.
    Failed(String),
    /// The connection broke, or the peer left before the end.
    Cut,
}

/// What a session brought about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Every book that is ours to deliver to this peer is receipted at its present heads. False if there is none.
    pub delivered: bool,
    /// Books that are ours to deliver to this peer.
    pub owed: usize,
    /// Those of them that are receipted.
    pub receipted: usize,
    /// Changes sent.
    pub sent: u64,
    /// Changes received and accepted here.
    pub received: u64,
    /// Changes of this side refused by the peer.
    pub refused_there: u64,
    /// Changes of the peer refused here.
    pub refused_here: u64,
    /// Rounds in which both catalogs were equal from the start.
    pub equal: u32,
    /// This side has joined.
    pub joined: bool,
}
