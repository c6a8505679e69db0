//! Books that never leave the office.

use crate::ledger::care::{AID, CARE, PAIRING};
use crate::ledger::desk::case::CASE_PRIVATE;
use crate::ledger::desk::group::DESK_GROUP;
use crate::ledger::desk::units::UNIT_GROUP;
use crate::ledger::dues::HANDED_IN;
use crate::ledger::member::MEMBER_PRIVATE;
use crate::ledger::talk::TALK_NOTE;
use crate::ledger::visit::{HOUSEHOLD, INCOME_BASE, KEPT_CONCERN, SEALED, VISIT_LINK};

use super::super::{CUSTODIAN, RecordType, open, sealed};
use super::{FLOW_EVENTS, FLOW_ITEMS};

pub(in crate::ledger::contents) const HOUSEHOLDS: &[RecordType] = &[
    sealed(HOUSEHOLD, &[SEALED, "recorded_on", CUSTODIAN], &["name", "door", "phone", "note"]),
    sealed(INCOME_BASE, &["ref", "subject", SEALED, CUSTODIAN], &["base"]),
    sealed(MEMBER_PRIVATE, &["ref", "subject", SEALED, "recorded_on", CUSTODIAN], &["id_number", "phone"]),
];
const CARE_FIELDS: &[&str] = &["subject", "date", "ended", "state", SEALED, "recorded_on", CUSTODIAN];
pub(in crate::ledger::contents) const PRIVATE: &[RecordType] = &[
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
    sealed(HANDED_IN, &["ref", "subject", SEALED, "recorded_on", CUSTODIAN], &["name"]),
];

/// The office's working papers: an overlay over what its subordinates wrote.
pub(in crate::ledger::contents) const DESK: &[RecordType] = &[
    FLOW_ITEMS,
    FLOW_EVENTS,
    open(DESK_GROUP, &["kind", "title", "ref", "part/", "date", "person", "note", "undone", "recorded_on", CUSTODIAN]),
    sealed(CASE_PRIVATE, &["ref", "subject", SEALED, "recorded_on", CUSTODIAN], &["name", "phone", "address", "note"]),
    open(UNIT_GROUP, &["title", "unit/", "recorded_on", CUSTODIAN]),
];
