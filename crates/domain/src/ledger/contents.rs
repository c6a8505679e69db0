//! What each kind of book may hold: record types and their fields. Local commits are held to this table, and the page
//! 哪些内容会离开本机 is made from it, so that what is shown there is what can be written.

use crate::book::{BookKind, COPIED, RecordOp, Scope, UNDECIDED, Value};
use crate::ledger::admission::{ADMISSION_DECISION, ADMISSION_STEP, APPLICANT};
use crate::ledger::answer::ANSWER;
use crate::ledger::cadence::CADENCE;
use crate::ledger::care::{AID, CARE, PAIRING};
use crate::ledger::checklist::{DISPATCHED, ITEM};
use crate::ledger::closing::CLOSING;
use crate::ledger::dues::{ASSESSMENT, PAYMENT, REASON, RELIEF, REMITTANCE, SETTLEMENT};
use crate::ledger::fund::FUND;
use crate::ledger::matter::MATTER;
use crate::ledger::member::{MEMBER, MEMBER_PRIVATE};
use crate::ledger::mobile::{CONTACT, MOBILE};
use crate::ledger::plan::PLANNED;
use crate::ledger::rule_pack::RULE_PACK;
use crate::ledger::session::SESSION;
use crate::ledger::standing::MEMBER_CHANGE;
use crate::ledger::submission::{DECISION, SUBMISSION, SUBMISSION_STEP};
use crate::ledger::talk::{TALK, TALK_NOTE};
use crate::ledger::template::TEMPLATE;
use crate::ledger::term::{OFFICE_POST, TERM};
use crate::ledger::training::TRAINING;
use crate::ledger::transfer::{TRANSFER_OUT, TRANSFER_PASS, TRANSFER_WORD};
use crate::ledger::visit::{CONCERN, HOUSEHOLD, INCOME_BASE, KEPT_CONCERN, SEALED, STEP, VISIT, VISIT_LINK};
use crate::ledger::vote::VOTE;
use crate::trust::ERASURE;

/// 代录: the record was made by a device that keeps the books in custody. Every type has it; the commit sets it.
pub const CUSTODIAN: &str = "custodian";

/// 看过: versions of a merging text, by the hashes of their changes, that a person has looked at side by side.
pub const SEEN_TEXT: &str = "seen/";

/// A record type with its fields. A name that ends in `/` stands for one key each, such as `mark/` for `mark/<member>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordType {
    /// Its name in books.
    pub name: &'static str,
    /// Its fields.
    pub fields: &'static [&'static str],
    /// What the sealed field holds, by the names that people know; empty: nothing is sealed.
    pub sealed: &'static [&'static str],
}

impl RecordType {
    /// Whether a field of this name may be written.
    pub fn has(&self, field: &str) -> bool {
        self.fields.iter().any(|name| match name.strip_suffix('/') {
            Some(prefix) => field.strip_prefix(prefix).is_some_and(|rest| rest.len() > 1 && rest.starts_with('/')),
            None => *name == field,
        })
    }

    fn admits(&self, field: &str, value: Option<&Value>) -> bool {
        // What is sealed is never written open, and nothing else is written as bytes.
        let sealed = field == SEALED;
        self.has(field) && value.is_none_or(|value| matches!(value, Value::Bytes(_)) == sealed)
    }
}

const fn open(name: &'static str, fields: &'static [&'static str]) -> RecordType {
    RecordType { name, fields, sealed: &[] }
}

const fn sealed(name: &'static str, fields: &'static [&'static str], sealed: &'static [&'static str]) -> RecordType {
    RecordType { name, fields, sealed }
}

const ITEM_FIELDS: &[&str] =
    &["ref", "title", "kind", "problem", "text", "leader", "person", "date", "template", "recorded_on", CUSTODIAN];

const TRAVELLER: [&str; 13] = [
    "ref",
    "name",
    "sex",
    "birth_month",
    "kind",
    "joined",
    "date",
    "office",
    "place",
    "letter",
    "withdrawn",
    "recorded_on",
    CUSTODIAN,
];
const ROSTER: &[RecordType] = &[
    open(
        MEMBER,
        &[
            "name",
            "sex",
            "birth_month",
            "kind",
            "joined",
            "group",
            "post/",
            "no_vote_reason",
            "left_on",
            "merged_into",
            "distinct/",
            "transfer",
            "origin",
            "recorded_on",
            CUSTODIAN,
        ],
    ),
    open(MEMBER_CHANGE, &["ref", "date", "kind", "until", "note", "void", "recorded_on", CUSTODIAN]),
    open(MOBILE, &["ref", "date", "until", "region", "place", "fixed", "person", "recorded_on", CUSTODIAN]),
    open(CONTACT, &["ref", "date", "note", "recorded_on", CUSTODIAN]),
    open(TRANSFER_OUT, &TRAVELLER),
    open(TERM, &["date", "years", "shift", "decision", "size", "trained", "recorded_on", CUSTODIAN]),
    open(OFFICE_POST, &["ref", "kind", "date", "until", "recorded_on", CUSTODIAN]),
];
const TALKS: RecordType = open(TALK, &["date", "kind", "recorded_on", CUSTODIAN]);
const SESSIONS: RecordType = open(
    SESSION,
    &[
        "kind/",
        "date",
        "start",
        "place",
        "chair",
        "recorder",
        "title",
        "group",
        "hours",
        "minutes",
        "resolution",
        "due/",
        "mark/",
        "reason/",
        "closed",
        "talks",
        "problems",
        "measures",
        "grade/",
        "standing/",
        "merged_into",
        "apart/",
        SEEN_TEXT,
        "recorded_on",
        CUSTODIAN,
    ],
);
const VOTES: RecordType = open(
    VOTE,
    &[
        "ref",
        "kind",
        "title",
        "choice/",
        "for/",
        "against/",
        "abstain/",
        "secret",
        "issued",
        "returned",
        "written_for",
        "written_against",
        "excluded/",
        "consent",
        "approved",
        "elector/",
        "dropped",
        "recorded_on",
        CUSTODIAN,
    ],
);
const MEETINGS: &[RecordType] = &[
    SESSIONS,
    VOTES,
    open(PLANNED, &["kind/", "date", "title", "person", "group", "ref", "dropped", "recorded_on", CUSTODIAN]),
    open(TRAINING, &["date", "title", "hours", "concentrated", "with/", "dropped", "recorded_on", CUSTODIAN]),
    open(
        MATTER,
        &["title", "date", "on/", "note/", "present/", "for/", "session/", "dropped", "recorded_on", CUSTODIAN],
    ),
    TALKS,
];
const DUES: &[RecordType] = &[
    open(ASSESSMENT, &["ref", "date", "kind", "rate_bp", "amount", "decision", "rules", "recorded_on", CUSTODIAN]),
    open(
        PAYMENT,
        &[
            "ref",
            "month",
            "kind",
            "amount",
            "date",
            "handed_by",
            "way",
            "consent",
            "quarterly",
            "receipt",
            "reverses",
            "note",
            "recorded_on",
            CUSTODIAN,
        ],
    ),
    open(
        RELIEF,
        &[
            "ref",
            "date",
            "to_month",
            "amount",
            "decided_on",
            "decision",
            "approved_on",
            "approval",
            "withdrawn_on",
            "recorded_on",
            CUSTODIAN,
        ],
    ),
    open(
        REMITTANCE,
        &[
            "date",
            "month",
            "to_month",
            "kind",
            "amount",
            "retained",
            "slip",
            "reverses",
            "note",
            "recorded_on",
            CUSTODIAN,
        ],
    ),
    open(SETTLEMENT, &["ref", "payments", "note", "recorded_on", CUSTODIAN]),
    open(REASON, &["ref", "date", "to_month", "kind", "recorded_on", CUSTODIAN]),
];
const PACK: RecordType = open(RULE_PACK, &["title", "date", "text", "recorded_on", CUSTODIAN]);
const STEPS: RecordType = open(STEP, &["ref", "date", "note", "state", "person", "recorded_on", CUSTODIAN]);
const VISITS: &[RecordType] = &[
    open(
        VISIT,
        &[
            "date",
            "kind",
            "with/",
            "situation/",
            "text",
            "place",
            "theme",
            "minutes",
            "public_place",
            "ref",
            "start",
            "recorder",
            "occasion",
            "whom",
            "unit",
            "recorded_on",
            CUSTODIAN,
        ],
    ),
    open(
        CONCERN,
        &[
            "ref",
            "date",
            "kind",
            "text",
            "next_step",
            "owner",
            "deadline",
            "unit",
            "kept_match",
            "recorded_on",
            CUSTODIAN,
        ],
    ),
    STEPS,
    open(CADENCE, &["date", "kind", "recorded_on", CUSTODIAN]),
    open(ERASURE, &["erased_mark", "recorded_on", CUSTODIAN]),
];
const ANSWERS: RecordType = open(ANSWER, &["ref", "date", "text", "state", "unit", "recorded_on", CUSTODIAN]);
/// Steps on items from above name what was seen before 报完成.
const TASK_STEPS: RecordType =
    open(STEP, &["ref", "date", "note", "state", "person", "after", "recorded_on", CUSTODIAN]);
const CLOSINGS: RecordType = open(
    CLOSING,
    &[
        "month",
        "state",
        "note",
        "date",
        "person",
        "after",
        "count/",
        "digest/",
        "heads/",
        "rows/",
        "recorded_on",
        CUSTODIAN,
    ],
);
const TASKS: &[RecordType] = &[
    open(ITEM, ITEM_FIELDS),
    TASK_STEPS,
    open(
        APPLICANT,
        &["name", "sex", "birth_month", "date", "group", "person", "member", "closed_reason", "recorded_on", CUSTODIAN],
    ),
    open(
        ADMISSION_STEP,
        &[
            "ref",
            "kind",
            "date",
            "person",
            "note",
            "reason",
            "days",
            "hours",
            "session",
            "votes_due",
            "votes_present",
            "votes_written",
            "votes_for",
            "void",
            "recorded_on",
            CUSTODIAN,
        ],
    ),
    open(TEMPLATE, &["title", "kind", "every", "entry/", "recorded_on", CUSTODIAN]),
    open(
        SUBMISSION,
        &[
            "month",
            "date",
            "person",
            "after",
            "encoding",
            "count/",
            "digest/",
            "heads/",
            "rows/",
            "recorded_on",
            CUSTODIAN,
        ],
    ),
    open(FUND, &["date", "amount", "title", "reverses", "recorded_on", CUSTODIAN]),
    PACK,
    open(SUBMISSION_STEP, &["ref", "state", "note", "date", "person", "digest", "after", "recorded_on", CUSTODIAN]),
    CLOSINGS,
];
const DISPATCH: &[RecordType] = &[
    open(DISPATCHED, ITEM_FIELDS),
    open(ADMISSION_DECISION, &["ref", "step", "kind", "date", "state", "note", "recorded_on", CUSTODIAN]),
    open(
        TRANSFER_PASS,
        &[
            "transfer",
            "ref",
            "name",
            "sex",
            "birth_month",
            "kind",
            "joined",
            "date",
            "office",
            "place",
            "letter",
            "recorded_on",
            CUSTODIAN,
        ],
    ),
    open(TRANSFER_WORD, &["transfer", "state", "date", "note", "recorded_on", CUSTODIAN]),
    ANSWERS,
    PACK,
    open(DECISION, &["ref", "kind", "state", "note", "date", "person", "digest", "after", "recorded_on", CUSTODIAN]),
    CLOSINGS,
];
const HOUSEHOLDS: &[RecordType] = &[
    sealed(HOUSEHOLD, &[SEALED, "recorded_on", CUSTODIAN], &["name", "door", "phone", "note"]),
    sealed(INCOME_BASE, &["ref", "subject", SEALED, CUSTODIAN], &["base"]),
    sealed(MEMBER_PRIVATE, &["ref", "subject", SEALED, "recorded_on", CUSTODIAN], &["id_number", "phone"]),
];
const CARE_FIELDS: &[&str] = &["subject", "date", "ended", "state", SEALED, "recorded_on", CUSTODIAN];
const PRIVATE: &[RecordType] = &[
    open(VISIT_LINK, &["ref", "household", "member", CUSTODIAN]),
    sealed(
        KEPT_CONCERN,
        &["ref", "subject", SEALED, "recorded_on", CUSTODIAN],
        &["category", "text", "private_note", "next_step", "owner", "deadline", "unit"],
    ),
    sealed(PAIRING, CARE_FIELDS, &["cadre", "note"]),
    sealed(AID, CARE_FIELDS, &["reason", "asked_fen", "granted_fen", "decision"]),
    sealed(CARE, CARE_FIELDS, &["whom", "reason"]),
    sealed(
        TALK_NOTE,
        &["ref", "subject", SEALED, "recorded_on", CUSTODIAN],
        &["member", "household", "name", "by", "place", "text", "follow_up"],
    ),
];

/// The record types of a kind; none for a kind that this program does not know, into which it writes nothing.
pub fn contents(kind: &BookKind) -> &'static [RecordType] {
    match kind.to_string().as_str() {
        "up/roster" => ROSTER,
        "up/meetings" => MEETINGS,
        "up/dues" => DUES,
        "up/visits" => VISITS,
        "up/tasks" => TASKS,
        "down/dispatch" => DISPATCH,
        "own/households" => HOUSEHOLDS,
        "own/private" => PRIVATE,
        _ => &[],
    }
}

/// The first field of a step that does not belong into books of a kind; none when all of it does.
pub fn misplaced(kind: &BookKind, op: &RecordOp) -> Option<String> {
    let types = contents(kind);
    let any = |field: &str, value: Option<&Value>| types.iter().any(|one| one.admits(field, value));
    // A record that is carried into a new generation says where it was first.
    let copied =
        |field: &str, value: &Value| kind.scope() == Scope::Up && COPIED.contains(&field) && value.as_str().is_some();
    match op {
        RecordOp::Create { rtype, fields, .. } => match types.iter().find(|one| one.name == rtype) {
            None => Some(rtype.clone()),
            Some(one) => fields
                .iter()
                .find(|(name, value)| !one.admits(name, Some(value)) && !copied(name, value))
                .map(|(name, _)| name.clone()),
        },
        // These name a record and not its type: some type of the book must have the field.
        RecordOp::Set { field, value, .. } => {
            // A choice taken back names the changes that wrote the values, for a field of the table.
            let undecided = field.strip_prefix(UNDECIDED).is_some_and(|of| any(of, None) && value.as_str().is_some());
            (!undecided && !any(field, Some(value))).then(|| field.clone())
        }
        RecordOp::Clear { field, .. } | RecordOp::EditText { field, .. } => (!any(field, None)).then(|| field.clone()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::ids::{ChangeHash, RecordId};
    use crate::ledger::admission::{AdmissionStep, Applicant, Decision, Votes};
    use crate::ledger::answer::{Answer, AnswerState};
    use crate::ledger::cadence::{self, Cadence};
    use crate::ledger::care::{Aid, Care, CareFrame, Pairing};
    use crate::ledger::checklist::Item;
    use crate::ledger::closing::Closing;
    use crate::ledger::dues::{Assessment, DuesClass, Payment, Reason, Relief, Remittance, Settlement, Way};
    use crate::ledger::fund::FundEntry;
    use crate::ledger::matter::{Done, Matter, MatterStep};
    use crate::ledger::member::{Member, MemberKind, MemberPrivate};
    use crate::ledger::mobile::{Contact, Mobile};
    use crate::ledger::plan::Planned;
    use crate::ledger::rule_pack::RulePack;
    use crate::ledger::session::{Session, SessionKind};
    use crate::ledger::standing::{Change, Event};
    use crate::ledger::submission::{self, Ledger, Listed, Part, Submission};
    use crate::ledger::talk::{Talk, TalkNote, Trigger};
    use crate::ledger::template::{Template, TemplateEntry};
    use crate::ledger::term::{PostHeld, Term};
    use crate::ledger::training::Training;
    use crate::ledger::transfer::{Transfer, Traveller, Word};
    use crate::ledger::verdict::after_field;
    use crate::ledger::visit::{Concern, HouseholdIdentity, KeptConcern, Step, Visit, VisitKind};
    use crate::ledger::vote::{Choice, Exclusion, Vote, VoteRule};
    use crate::trust::ErasureMark;

    const ID: RecordId = RecordId([1; 16]);

    fn word() -> String {
        "字".to_owned()
    }

    /// Every record type with every field filled, as the ledgers make it, and the kinds of books it goes into.
    fn filled() -> Vec<(BookKind, RecordOp)> {
        let member = Member {
            name: word(),
            sex: Some(1),
            birth_month: word(),
            kind: MemberKind::Full,
            joined: word(),
            group: word(),
            posts: [word()].into(),
            no_vote_reason: word(),
            left_on: word(),
            merged_into: word(),
            transfer: word(),
            origin: word(),
        };
        let session = Session {
            kinds: vec![SessionKind::Lesson],
            date: word(),
            start: word(),
            place: word(),
            chair: word(),
            recorder: word(),
            topic: word(),
            group: word(),
            minutes: word(),
            resolution: word(),
            hours: Some(1),
            closed: true,
            recorded_on: word(),
            talks: Some(1),
            problems: word(),
            measures: word(),
            ..Session::default()
        };
        let mut fields = session.fields(&[(ID, true)]);
        // Written by roll call, field by field.
        fields.extend([
            (format!("mark/{ID}"), word().into()),
            (format!("reason/{ID}"), word().into()),
            ("closed".to_owned(), Value::Bool(true)),
            // By the appraisal, by merging, by who looked at texts put together.
            (format!("grade/{ID}"), word().into()),
            (format!("standing/{ID}"), word().into()),
            ("merged_into".to_owned(), word().into()),
            (format!("apart/{ID}"), Value::Bool(true)),
            ("seen/minutes".to_owned(), word().into()),
        ]);
        let choice = Choice { name: word(), in_favour: Some(1), against: Some(1), abstain: Some(1) };
        let vote = Vote {
            session: word(),
            rule: VoteRule::Election,
            subject: word(),
            choices: vec![choice],
            secret: true,
            issued: Some(1),
            returned: Some(1),
            written_for: Some(1),
            written_against: Some(1),
            excluded: [(ID, Exclusion::Abroad)].into(),
            consent: word(),
            approved: true,
            electors: [ID].into(),
            dropped: true,
            recorded_on: word(),
        };
        let planned = Planned {
            kinds: vec![SessionKind::Lesson],
            date: word(),
            topic: word(),
            lead: word(),
            group: word(),
            session: word(),
            dropped: true,
            recorded_on: word(),
        };
        let training = Training {
            date: word(),
            topic: word(),
            hours: 1,
            concentrated: true,
            members: [ID].into(),
            dropped: true,
            recorded_on: word(),
        };
        let done = Done { on: word(), note: word(), present: Some(1), in_favour: Some(1), session: word() };
        let matter = Matter {
            title: word(),
            date: word(),
            steps: [(MatterStep::Proposal, done)].into(),
            dropped: true,
            recorded_on: word(),
        };
        let assessment = Assessment {
            member: word(),
            from_month: word(),
            class: DuesClass::Farmer,
            rate_bp: Some(1),
            monthly_fen: 1,
            decision: word(),
            rules: word(),
            recorded_on: word(),
        };
        let payment = Payment {
            member: word(),
            month: word(),
            amount_fen: 1,
            on: word(),
            kind: word(),
            handed_by: word(),
            way: Way::Relative,
            consent: true,
            quarterly: true,
            receipt: word(),
            reverses: Some(word()),
            note: word(),
            recorded_on: word(),
        };
        let relief = Relief {
            member: word(),
            from_month: word(),
            to_month: word(),
            monthly_fen: 1,
            decided_on: word(),
            decision: word(),
            approved_on: word(),
            approval: word(),
            withdrawn_on: word(),
            recorded_on: word(),
        };
        let remittance = Remittance {
            on: word(),
            from_month: word(),
            to_month: word(),
            amount_fen: 1,
            retained_fen: 1,
            centre: true,
            slip: word(),
            reverses: Some(word()),
            note: word(),
            recorded_on: word(),
        };
        let settlement = Settlement { member: word(), payments: vec![word()], note: word(), recorded_on: word() };
        let reason = Reason { member: word(), from_month: word(), to_month: word(), code: word(), recorded_on: word() };
        let pack = RulePack { version: word(), valid_from: word(), text: word(), recorded_on: word() };
        let visit = Visit {
            date: word(),
            kind: VisitKind::Household,
            participants: vec![word()],
            situation: vec![word()],
            situation_text: word(),
            place: word(),
            theme: word(),
            minutes: Some(1),
            public_place: true,
            table: word(),
            start: word(),
            recorder: word(),
            occasion: word(),
            whom: word(),
            unit: word(),
            recorded_on: word(),
        };
        let concern = Concern {
            visit: word(),
            date: word(),
            category: word(),
            text: word(),
            next_step: word(),
            owner: word(),
            deadline: word(),
            unit: word(),
            kept_match: true,
            recorded_on: word(),
        };
        let step = Step { about: word(), on: word(), note: word(), state: word(), person: word(), recorded_on: word() };
        let answer = Answer {
            concern: word(),
            on: word(),
            text: word(),
            state: AnswerState::Answered,
            unit: word(),
            recorded_on: word(),
        };
        let frame = CareFrame { subject: word(), since: word(), ended: word(), state: word(), recorded_on: word() };
        let cared = |rtype: &str| frame.create(ID, rtype, Value::Bytes(vec![1]));
        let talk = Talk { date: word(), trigger: Trigger::Difficulty, recorded_on: word() };
        let item = Item {
            about: word(),
            title: word(),
            origin: word(),
            measure: word(),
            problem: word(),
            leader: word(),
            person: word(),
            deadline: word(),
            template: word(),
            recorded_on: word(),
        };
        let mut task_step = step.create(ID);
        if let RecordOp::Create { fields, .. } = &mut task_step {
            fields.extend(after_field(&[ID]));
        }
        let template = Template {
            name: word(),
            role: word(),
            every: word(),
            entries: vec![TemplateEntry::default()],
            recorded_on: word(),
        };
        let part =
            Part { count: 1, heads: vec![ChangeHash([1; 32])], listed: Some(Listed::of_one()), ..Part::default() };
        let submission = Submission {
            month: word(),
            on: word(),
            person: word(),
            after: [ID].into(),
            parts: [(Ledger::Visits, part.clone())].into(),
        };
        let said = submission::Word {
            about: word(),
            kind: word(),
            state: word(),
            note: word(),
            on: word(),
            person: word(),
            digest: word(),
            after: [ID].into(),
        };
        let step_said = submission::Word { kind: String::new(), ..said.clone() };
        let closing = Closing {
            period: word(),
            closed: true,
            note: word(),
            on: word(),
            person: word(),
            after: [ID].into(),
            parts: [(Ledger::Visits, part)].into(),
        };
        let mut roster = member.create(ID, "字");
        if let RecordOp::Create { fields, .. } = &mut roster {
            // Written by a person's word on two records.
            fields.push(("merged_into".to_owned(), word().into()));
            fields.push((format!("distinct/{ID}"), Value::Bool(true)));
        }
        let mut all = filled_members();
        all.extend(vec![
            (BookKind::roster(), roster),
            (BookKind::meetings(), RecordOp::Create { id: ID, rtype: SESSION.to_owned(), fields }),
            (BookKind::meetings(), vote.create(ID)),
            (BookKind::meetings(), planned.create(ID)),
            (BookKind::meetings(), training.create(ID)),
            (BookKind::meetings(), matter.create(ID)),
            (BookKind::dues(), assessment.create(ID)),
            (BookKind::dues(), payment.create(ID)),
            (BookKind::dues(), relief.create(ID)),
            (BookKind::dues(), remittance.create(ID)),
            (BookKind::dues(), settlement.create()),
            (BookKind::dues(), reason.create(ID)),
            (BookKind::tasks(), pack.create(ID)),
            (BookKind::dispatch(), pack.create(ID)),
            (BookKind::visits(), visit.create(ID)),
            (BookKind::visits(), concern.create(ID)),
            (BookKind::visits(), step.create(ID)),
            (BookKind::visits(), ErasureMark::of(&ID).create(&word())),
            (BookKind::tasks(), item.create(ID, ITEM)),
            (BookKind::tasks(), task_step),
            (BookKind::tasks(), template.create(ID)),
            (BookKind::tasks(), submission.create(ID)),
            (BookKind::tasks(), step_said.create(ID, SUBMISSION_STEP)),
            (BookKind::tasks(), closing.create(ID)),
            (BookKind::dispatch(), item.create(ID, DISPATCHED)),
            (BookKind::dispatch(), answer.create(ID)),
            (BookKind::visits(), cadence::set(ID, Cadence::Weekly, "字")),
            (BookKind::meetings(), talk.create(ID)),
            (BookKind::dispatch(), said.create(ID, DECISION)),
            (BookKind::dispatch(), closing.create(ID)),
            (BookKind::private(), cared(PAIRING)),
            (BookKind::private(), cared(AID)),
            (BookKind::private(), cared(CARE)),
        ]);
        all
    }

    /// The same of what is about members.
    fn filled_members() -> Vec<(BookKind, RecordOp)> {
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
        let told = Word { transfer: word(), state: word(), on: word(), note: word(), recorded_on: word() };
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

    #[test]
    fn the_table_names_exactly_the_fields_that_the_ledgers_write() {
        for (kind, op) in filled() {
            assert_eq!(misplaced(&kind, &op), None, "{kind} {op:?}");
            let RecordOp::Create { rtype, fields, .. } = op else { panic!("records are created") };
            let listed = contents(&kind).iter().find(|one| one.name == rtype).unwrap();
            let written: BTreeSet<String> = fields
                .iter()
                .map(|(name, _)| name.split_once('/').map_or(name.clone(), |(prefix, _)| format!("{prefix}/")))
                .collect();
            let named = listed.fields.iter().filter(|name| **name != CUSTODIAN);
            let named: BTreeSet<String> = named.map(|name| (*name).to_owned()).collect();
            assert!(listed.fields.contains(&CUSTODIAN), "{rtype} may be entered in custody");
            assert_eq!(written, named, "{kind} {rtype}");
        }
    }

    #[test]
    fn every_kind_of_book_but_the_desk_has_its_record_types() {
        for kind in BookKind::known() {
            assert_eq!(contents(&kind).is_empty(), kind == BookKind::desk(), "{kind}: name its record types here");
        }
        let listed: BTreeSet<&str> =
            BookKind::known().iter().flat_map(|kind| contents(kind)).map(|one| one.name).collect();
        assert_eq!(listed.len(), 18, "a new record type needs its own line in the test of fields: {listed:?}");
    }

    #[test]
    fn what_is_sealed_is_named_as_the_plain_values_are() {
        let keys =
            |value: serde_json::Value| -> BTreeSet<String> { value.as_object().unwrap().keys().cloned().collect() };
        let named = |name: &str| -> BTreeSet<String> {
            let one = HOUSEHOLDS.iter().chain(PRIVATE).find(|one| one.name == name).unwrap();
            one.sealed.iter().map(|name| (*name).to_owned()).collect()
        };
        assert_eq!(keys(serde_json::to_value(HouseholdIdentity::default()).unwrap()), named(HOUSEHOLD));
        assert_eq!(keys(serde_json::to_value(KeptConcern::default()).unwrap()), named(KEPT_CONCERN));
        assert_eq!(keys(serde_json::to_value(Pairing::default()).unwrap()), named(PAIRING));
        assert_eq!(keys(serde_json::to_value(Aid::default()).unwrap()), named(AID));
        assert_eq!(keys(serde_json::to_value(Care::default()).unwrap()), named(CARE));
        assert_eq!(keys(serde_json::to_value(TalkNote::default()).unwrap()), named(TALK_NOTE));
        assert_eq!(keys(serde_json::to_value(MemberPrivate::default()).unwrap()), named(MEMBER_PRIVATE));
    }

    #[test]
    fn nothing_private_is_written_open_or_into_a_book_that_leaves() {
        let create = |rtype: &str, field: &str, value: Value| RecordOp::Create {
            id: ID,
            rtype: rtype.to_owned(),
            fields: vec![(field.to_owned(), value)],
        };
        let open = create(HOUSEHOLD, SEALED, "户主".into());
        assert_eq!(misplaced(&BookKind::households(), &open).as_deref(), Some(SEALED));
        let bytes = || Value::Bytes(vec![1]);
        assert_eq!(misplaced(&BookKind::households(), &create(HOUSEHOLD, SEALED, bytes())), None);
        assert!(misplaced(&BookKind::visits(), &create(HOUSEHOLD, SEALED, bytes())).is_some());
        assert!(misplaced(&BookKind::visits(), &create(VISIT, "household", "x".into())).is_some());
        assert!(misplaced(&BookKind::meetings(), &create(TALK, "member", "x".into())).is_some());
        let set = |field: &str| RecordOp::Set { id: ID, field: field.to_owned(), value: "x".into() };
        assert!(misplaced(&BookKind::visits(), &set("household")).is_some());
        assert_eq!(misplaced(&BookKind::visits(), &set("with/王某")), None);
        assert!(
            misplaced(&BookKind::visits(), &set("with/")).is_some()
                && misplaced(&BookKind::visits(), &set("with")).is_some()
        );
        assert_eq!(misplaced(&BookKind::visits(), &set(&format!("{UNDECIDED}place"))), None);
        assert!(misplaced(&BookKind::visits(), &set(&format!("{UNDECIDED}household"))).is_some());
        let unknown = BookKind::try_from("up/something-new".to_owned()).unwrap();
        assert!(misplaced(&unknown, &set("text")).is_some());
    }
}
