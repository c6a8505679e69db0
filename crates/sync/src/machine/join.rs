//! Joining: an invitation is taken up, a person at the inviting side compares the code, and the place is given.
//!
//! The joiner commits to a nonce in its request, the inviter answers with one of its own, the joiner reveals. The digits
//! are over both, and are shown when both sides know them.

use ybz_domain::trust::{Nonces, join_commitment};

use crate::machine::{Ask, JoinAnswer, Pending, Phase, Progress, Purpose, Reason, Session, Side};
use crate::wire::{Frame, JoinRequest, Versions};

/// How far joining is.
#[derive(Debug, Default)]
pub(super) struct Joining {
    /// Inviter: what was asked for.
    request: Option<Box<JoinRequest>>,
    /// The inviter's nonce: said, or heard.
    inviter: Option<[u8; 32]>,
    /// Both sides know the digits.
    pub(super) shown: bool,
}

impl Session {
    /// Inviter: someone wants to join.
    pub(super) fn on_join(&mut self, request: Box<JoinRequest>) {
        if Versions::OURS.common(request.versions).is_none() {
            return self.refuse(Reason::Version(request.versions));
        }
        self.phase = Phase::Joining;
        self.joining.request = Some(request.clone());
        self.ask(Pending::Join, Ask::Join { peer: self.peer, request, nonces: None });
    }

    /// Inviter: whether the invitation is good. A bad one gets the uniform refusal.
    pub(super) fn join_checked(&mut self, answer: JoinAnswer) {
        match answer {
            JoinAnswer::Challenge(nonce) => {
                self.joining.inviter = Some(nonce);
                self.send(Frame::JoinPending(nonce));
            }
            answer => self.join_decided(answer),
        }
    }

    /// Inviter: the joiner says its nonce. Another than it committed to gets the uniform refusal.
    fn on_reveal(&mut self, joiner: [u8; 32]) {
        let Some((request, inviter)) = self.joining.request.take().zip(self.joining.inviter) else {
            return self.violation("a join reveal out of turn".to_owned());
        };
        if join_commitment(&request.slot, &self.peer, &joiner) != request.commitment {
            return self.refuse(Reason::NotAdmitted);
        }
        let nonces = Nonces { inviter, joiner };
        self.joining.request = Some(request.clone());
        self.ask(Pending::JoinShow(nonces), Ask::Join { peer: self.peer, request, nonces: Some(nonces) });
    }

    /// Inviter: the digits stand on the screen.
    pub(super) fn join_shown(&mut self, nonces: Nonces, answer: JoinAnswer) {
        match (answer, self.joining.request.take()) {
            (JoinAnswer::Waiting, Some(request)) => {
                self.joining.shown = true;
                self.send(Frame::JoinWaiting);
                self.progress(Progress::JoinPending { nonces, office: request.office });
                self.ask(Pending::JoinDecision, Ask::JoinDecision { peer: self.peer, slot: request.slot, nonces });
            }
            (answer, _) => self.join_decided(answer),
        }
    }

    /// Inviter: the person has decided.
    pub(super) fn join_decided(&mut self, answer: JoinAnswer) {
        match answer {
            JoinAnswer::Granted(grant) => self.send(Frame::JoinDone(grant)),
            JoinAnswer::Refused => self.refuse(Reason::NotAdmitted),
            JoinAnswer::Challenge(_) | JoinAnswer::Waiting => {
                self.end(Reason::Failed("a decision that is none".to_owned()));
            }
        }
    }

    pub(super) fn joining_frame(&mut self, frame: Frame) {
        match (self.side, frame) {
            (Side::Dialer, Frame::JoinPending(nonce)) => self.on_challenge(nonce),
            (Side::Dialer, Frame::JoinWaiting) => self.on_waiting(),
            (Side::Dialer, Frame::JoinDone(grant)) => self.ask(Pending::Joined, Ask::Joined(grant)),
            (Side::Dialer, Frame::Refused(versions)) => self.refused(versions),
            (Side::Acceptor, Frame::JoinReveal(nonce)) if self.asks.is_empty() => self.on_reveal(nonce),
            (Side::Acceptor, Frame::Done) if self.asks.is_empty() => {
                self.outcome.joined = true;
                self.end(Reason::Complete);
            }
            (_, frame) => self.violation(format!("a {} while joining", frame.name())),
        }
    }

    /// Joiner: reveals its nonce to the first one it hears and to no second.
    fn on_challenge(&mut self, inviter: [u8; 32]) {
        match &self.purpose {
            Purpose::Join(_, nonce) if self.joining.inviter.is_none() => {
                let nonce = *nonce;
                self.joining.inviter = Some(inviter);
                self.send(Frame::JoinReveal(nonce));
            }
            _ => self.violation("a second nonce while joining".to_owned()),
        }
    }

    /// Joiner: the inviter shows the digits.
    fn on_waiting(&mut self) {
        match (&self.purpose, self.joining.inviter) {
            (Purpose::Join(request, joiner), Some(inviter)) if !self.joining.shown => {
                let (nonces, office) = (Nonces { inviter, joiner: *joiner }, request.office);
                self.joining.shown = true;
                self.progress(Progress::JoinPending { nonces, office });
            }
            _ => self.violation("digits to compare before their nonces".to_owned()),
        }
    }

    /// Joiner: the grant is checked and kept.
    pub(super) fn joined(&mut self) {
        self.outcome.joined = true;
        self.send(Frame::Done);
        self.end(Reason::Complete);
    }
}
