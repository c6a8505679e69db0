//! The record types of each kind of book.

mod own;

use crate::ledger::admission::{ADMISSION_DECISION, ADMISSION_STEP, APPLICANT};
use crate::ledger::answer::ANSWER;
use crate::ledger::cadence::CADENCE;
use crate::ledger::checklist::{DISPATCHED, ITEM};
use crate::ledger::closing::CLOSING;
use crate::ledger::desk::body::{BODY, BODY_CHANGE};
use crate::ledger::desk::case::CASE_TOLD;
use crate::ledger::dues::{ASSESSMENT, PAYMENT, REASON, RELIEF, REMITTANCE, SETTLEMENT};
use crate::ledger::flow::{FLOW_EVENT, FLOW_ITEM};
use crate::ledger::fund::FUND;
use crate::ledger::matter::MATTER;
use crate::ledger::member::MEMBER;
use crate::ledger::mobile::{CONTACT, MOBILE};
use crate::ledger::plan::PLANNED;
use crate::ledger::rule_pack::RULE_PACK;
use crate::ledger::session::SESSION;
use crate::ledger::standing::MEMBER_CHANGE;
use crate::ledger::submission::{DECISION, SUBMISSION, SUBMISSION_STEP};
use crate::ledger::talk::TALK;
use crate::ledger::template::TEMPLATE;
use crate::ledger::term::{OFFICE_POST, TERM};
use crate::ledger::training::TRAINING;
use crate::ledger::transfer::{TRANSFER_OUT, TRANSFER_PASS, TRANSFER_WORD};
use crate::ledger::visit::{CONCERN, STEP, VISIT};
use crate::ledger::vote::VOTE;
use crate::trust::ERASURE;

pub(super) use own::{DESK, HOUSEHOLDS, PRIVATE};

use super::{CUSTODIAN, RecordType, SEEN_TEXT, open};

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
/// From above, and from the target to it.
const TRANSFER_WORDS: RecordType =
    open(TRANSFER_WORD, &["transfer", "ref", "state", "date", "note", "recorded_on", CUSTODIAN]);
pub(super) const ROSTER: &[RecordType] = &[
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
    TRANSFER_WORDS,
    open(TERM, &["date", "years", "shift", "decision", "size", "trained", "recorded_on", CUSTODIAN]),
    open(OFFICE_POST, &["ref", "kind", "date", "until", "recorded_on", CUSTODIAN]),
    open(
        BODY,
        &["name", "kind", "basis", "ref", "office", "unit/", "date", "until", "decision", "recorded_on", CUSTODIAN],
    ),
    open(BODY_CHANGE, &["ref", "date", "kind", "to", "note", "void", "recorded_on", CUSTODIAN]),
];
/// Items of flows, in books of every scope: nothing in them names a resident.
const FLOW_ITEMS: RecordType = open(
    FLOW_ITEM,
    &[
        "kind",
        "version",
        "title",
        "text",
        "category",
        "form",
        "channel",
        "date",
        "due",
        "leader",
        "person",
        "unit",
        "ref",
        "office",
        "group",
        "kept_match",
        "recorded_on",
        CUSTODIAN,
    ],
);
const FLOW_EVENTS: RecordType = open(
    FLOW_EVENT,
    &["ref", "kind", "date", "person", "role", "due", "value", "note", "data/", "after", "recorded_on", CUSTODIAN],
);
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
        "beside/",
        "roll_of",
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
        "date",
        "recorded_on",
        CUSTODIAN,
    ],
);
pub(super) const MEETINGS: &[RecordType] = &[
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
pub(super) const DUES: &[RecordType] = &[
    open(
        ASSESSMENT,
        &["ref", "date", "kind", "rate_bp", "amount", "decision", "rules", "recorded_on", "over/", CUSTODIAN],
    ),
    open(
        PAYMENT,
        &[
            "ref",
            "month",
            "kind",
            "amount",
            "date",
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
            "withdrawn_from",
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
pub(super) const VISITS: &[RecordType] = &[
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
pub(super) const TASKS: &[RecordType] = &[
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
    FLOW_ITEMS,
    FLOW_EVENTS,
];
pub(super) const DISPATCH: &[RecordType] = &[
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
    TRANSFER_WORDS,
    ANSWERS,
    PACK,
    open(DECISION, &["ref", "kind", "state", "note", "date", "person", "digest", "after", "recorded_on", CUSTODIAN]),
    CLOSINGS,
    FLOW_ITEMS,
    FLOW_EVENTS,
    // 随单告知: the one place where a resident's name travels, made by itself beside an event that says why.
    open(CASE_TOLD, &["ref", "event", "name", "contact", "date", "recorded_on", CUSTODIAN]),
];
