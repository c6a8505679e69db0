//! Joining: an invitation is taken up, a person at the inviting side compares the code, and the place is given.

use crate::machine::{Ask, JoinAnswer, Pending, Phase, Progress, Reason, Session, Side};
use crate::wire::{Frame, JoinRequest, Versions};

impl Session {
    /// Inviter: someone wants to join.
    pub(super) fn on_join(&mut self, request: Box<JoinRequest>) {
        if Versions::OURS.common(request.versions).is_none() {
            return self.refuse(Reason::Version(request.versions));
        }
        self.phase = Phase::Joining;
        self.slot = Some(request.slot);
        self.ask(Pending::Join, Ask::Join { peer: self.peer, request });
    }

    /// Inviter: whether the invitation is good. A bad one gets the uniform refusal.
    pub(super) fn join_checked(&mut self, answer: JoinAnswer) {
        match (answer, self.slot) {
            (JoinAnswer::Pending, Some(slot)) => {
                self.send(Frame::JoinPending);
                self.progress(Progress::JoinPending);
                self.ask(Pending::JoinDecision, Ask::JoinDecision { peer: self.peer, slot });
            }
            (answer, _) => self.join_decided(answer),
        }
    }

    /// Inviter: the person has decided.
    pub(super) fn join_decided(&mut self, answer: JoinAnswer) {
        match answer {
            JoinAnswer::Granted(grant) => self.send(Frame::JoinDone(grant)),
            JoinAnswer::Refused => self.refuse(Reason::NotAdmitted),
            JoinAnswer::Pending => self.end(Reason::Failed("a decision that is none".to_owned())),
        }
    }

    pub(super) fn joining_frame(&mut self, frame: Frame) {
        match (self.side, frame) {
            (Side::Dialer, Frame::JoinPending) => self.progress(Progress::JoinPending),
            (Side::Dialer, Frame::JoinDone(grant)) => self.ask(Pending::Joined, Ask::Joined(grant)),
            (Side::Dialer, Frame::Refused(versions)) => self.refused(versions),
            (Side::Acceptor, Frame::Done) if self.asks.is_empty() => {
                self.outcome.joined = true;
                self.end(Reason::Complete);
            }
            (_, frame) => self.violation(format!("a {} while joining", frame.name())),
        }
    }

    /// Joiner: the grant is checked and kept.
    pub(super) fn joined(&mut self) {
        self.outcome.joined = true;
        self.send(Frame::Done);
        self.end(Reason::Complete);
    }
}
