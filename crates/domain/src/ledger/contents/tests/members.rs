//! The same of what is about members.

use super::super::*;
use crate::ledger::admission::{AdmissionStep, Applicant, Decision, Votes};
use crate::ledger::fund::FundEntry;
use crate::ledger::mobile::{Contact, Mobile};
use crate::ledger::standing::{Change, Event};
use crate::ledger::term::{PostHeld, Term};
use crate::ledger::transfer::{Transfer, Traveller, Word};

use super::ID;
use super::filled::word;

pub(super) fn filled_members() -> Vec<(BookKind, RecordOp)> {
    let change = Change {
        member: word(),
        on: word(),
        event: Some(Event::Full),
        until: word(),
        note: word(),
        void: true,
        recorded_on: word(),
    };
    let stay = Mobile {
        member: word(),
        since: word(),
        until: word(),
        region: word(),
        place: word(),
        fixed: true,
        person: word(),
        recorded_on: word(),
    };
    let contact = Contact { stay: word(), on: word(), note: word(), recorded_on: word() };
    let who = Traveller { name: word(), sex: Some(1), birth_month: word(), kind: word(), joined: word() };
    let transfer = Transfer {
        id: word(),
        member: word(),
        who,
        on: word(),
        office: word(),
        place: word(),
        letter: word(),
        withdrawn: true,
        recorded_on: word(),
    };
    let told = Word { transfer: word(), pass: word(), state: word(), on: word(), note: word(), recorded_on: word() };
    let term = Term {
        start: word(),
        years: 5,
        shift: 1,
        decision: word(),
        size: Some(3),
        trained: word(),
        recorded_on: word(),
    };
    let post = PostHeld { member: word(), post: word(), from: word(), until: word(), recorded_on: word() };
    let applicant = Applicant {
        name: word(),
        sex: Some(1),
        birth_month: word(),
        applied: word(),
        group: word(),
        person: word(),
        member: word(),
        closed: word(),
        recorded_on: word(),
    };
    let step = AdmissionStep {
        applicant: word(),
        code: word(),
        on: word(),
        person: word(),
        note: word(),
        reason: word(),
        days: Some(1),
        amount: Some(1),
        session: word(),
        votes: Some(Votes::default()),
        void: true,
        recorded_on: word(),
    };
    let decision = Decision {
        applicant: word(),
        step: word(),
        code: word(),
        on: word(),
        passed: true,
        note: word(),
        recorded_on: word(),
    };
    let fund = FundEntry { on: word(), amount_fen: 1, title: word(), reverses: word(), recorded_on: word() };
    vec![
        (BookKind::roster(), change.create(ID)),
        (BookKind::roster(), stay.create(ID)),
        (BookKind::roster(), contact.create(ID)),
        (BookKind::roster(), transfer.write_out(ID)),
        (BookKind::roster(), term.create(ID)),
        (BookKind::roster(), post.create(ID)),
        (BookKind::tasks(), applicant.create(ID)),
        (BookKind::tasks(), step.create(ID)),
        (BookKind::tasks(), fund.create(ID)),
        (BookKind::dispatch(), decision.create(ID)),
        (BookKind::dispatch(), transfer.pass_on(ID)),
        (BookKind::dispatch(), told.create(ID)),
    ]
}
