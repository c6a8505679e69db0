//! 删除和撤销: which records may be marked as deleted, what goes along with them, and what is undone in another way.
//!
//! A mark takes a record out of every list, count, sheet and search; the record stays in its book and can be restored. What is
//! append-only by rule is never deleted and never undone: another entry takes it back, and this table says which.

use crate::ledger::admission::{ADMISSION_DECISION, ADMISSION_STEP, APPLICANT};
use crate::ledger::answer::ANSWER;
use crate::ledger::cadence::CADENCE;
use crate::ledger::care::{AID, CARE, PAIRING};
use crate::ledger::checklist::{DISPATCHED, ITEM};
use crate::ledger::closing::CLOSING;
use crate::ledger::desk::body::{BODY, BODY_CHANGE};
use crate::ledger::desk::case::{CASE_PRIVATE, CASE_TOLD};
use crate::ledger::desk::group::DESK_GROUP;
use crate::ledger::desk::units::UNIT_GROUP;
use crate::ledger::dues::{ASSESSMENT, HANDED_IN, PAYMENT, REASON, RELIEF, REMITTANCE, SETTLEMENT};
use crate::ledger::flow::{FLOW_EVENT, FLOW_ITEM};
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
use crate::ledger::visit::{CONCERN, HOUSEHOLD, INCOME_BASE, KEPT_CONCERN, STEP, VISIT, VISIT_LINK};
use crate::ledger::vote::VOTE;
use crate::trust::ERASURE;

/// How records of a type are taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// By a mark, or not.
    pub deletion: Deletion,
    /// What takes an entry of the type back, where undo does not: the code of an advice. None: undo does.
    pub instead: Option<&'static str>,
}

/// Whether records of a type may be marked as deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deletion {
    /// By themselves. Records of these types that are about the deleted one go along; any other that names it stops it.
    Whole(&'static [&'static str]),
    /// With what they are about, and not by themselves; records of these types that are about them go along too.
    Along(&'static [&'static str]),
    /// Never.
    Never,
}

const fn rule(deletion: Deletion) -> Rule {
    Rule { deletion, instead: None }
}

/// The rule of a type. A type that is not listed is neither deleted nor undone.
pub fn rule_of(rtype: &str) -> Rule {
    use Deletion::{Along, Never, Whole};
    let never = |instead| Rule { deletion: Never, instead: Some(instead) };
    let along = |instead| Rule { deletion: Along(&[]), instead: Some(instead) };
    match rtype {
        // A concern that was handed in stops it: it would leave the lists and rates of the superior without a word.
        VISIT => rule(Whole(&[VISIT_LINK, KEPT_CONCERN])),
        KEPT_CONCERN => rule(Whole(&[])),
        SESSION => rule(Whole(&[VOTE, ITEM])),
        ITEM => rule(Whole(&[STEP])),
        TALK => rule(Whole(&[TALK_NOTE])),
        MEMBER => rule(Whole(&[MEMBER_PRIVATE, INCOME_BASE, MEMBER_CHANGE, ASSESSMENT, REASON, MOBILE, OFFICE_POST])),
        MOBILE => rule(Whole(&[CONTACT])),
        APPLICANT => rule(Whole(&[ADMISSION_STEP])),
        VOTE | PLANNED | TRAINING | MATTER | CONTACT | TERM | OFFICE_POST | TEMPLATE | PAIRING | AID | CARE
        | HOUSEHOLD | UNIT_GROUP => rule(Whole(&[])),
        VISIT_LINK | TALK_NOTE | MEMBER_PRIVATE | INCOME_BASE | HANDED_IN | ASSESSMENT | REASON => rule(Along(&[])),
        CONCERN => never("undo_concern"),
        STEP => along("undo_step"),
        MEMBER_CHANGE => along("undo_member_change"),
        ADMISSION_STEP => along("undo_admission_step"),
        PAYMENT => never("undo_payment"),
        REMITTANCE => never("undo_remittance"),
        SETTLEMENT => never("undo_settlement"),
        RELIEF => never("undo_relief"),
        FUND => never("undo_fund"),
        SUBMISSION | SUBMISSION_STEP => never("undo_submission"),
        CLOSING => never("undo_closing"),
        DECISION | ADMISSION_DECISION | ANSWER => never("undo_decision"),
        TRANSFER_OUT | TRANSFER_PASS | TRANSFER_WORD => never("undo_transfer"),
        DISPATCHED => never("undo_dispatched"),
        RULE_PACK => never("undo_rules"),
        CADENCE => never("undo_cadence"),
        ERASURE => never("undo_erasure"),
        BODY | BODY_CHANGE => never("undo_body"),
        FLOW_ITEM | FLOW_EVENT | DESK_GROUP | CASE_PRIVATE | CASE_TOLD => never("undo_flow"),
        _ => never("undo_unknown"),
    }
}

impl Deletion {
    /// Types of records that go along.
    pub fn along(self) -> &'static [&'static str] {
        match self {
            Self::Whole(along) | Self::Along(along) => along,
            Self::Never => &[],
        }
    }
}

/// Whether the field that marks a record as deleted may stand in records of a type.
pub fn may_be_marked(rtype: &str) -> bool {
    rule_of(rtype).deletion != Deletion::Never
}

/// Whether undo takes back what was written into a field of a record that is otherwise taken back by another entry: the withdrawal
/// of a relief is a person's word about months to come, and not money.
pub fn field_undone(rtype: &str, field: &str) -> bool {
    matches!((rtype, field), (RELIEF, "withdrawn_on" | "withdrawn_from"))
}

/// Fields in which a record names another without depending on it: where something came from, or what it led to. They do not
/// stop the other from being deleted.
pub fn loose(rtype: &str, field: &str) -> bool {
    matches!((rtype, field), (PLANNED, "ref") | (ITEM, "template") | (ASSESSMENT, "rules"))
        || field.starts_with("distinct/")
        || field.starts_with("apart/")
        || field.starts_with("over/")
        || field.starts_with("undecided/")
        || field == crate::book::DELETED
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::BookKind;
    use crate::ledger::contents::contents;

    #[test]
    fn every_type_of_record_has_its_rule_and_what_goes_along_may_be_marked() {
        for one in BookKind::known().iter().flat_map(contents) {
            let rule = rule_of(one.name);
            assert_ne!(rule.instead, Some("undo_unknown"), "{}: say how it is taken back", one.name);
            if let Deletion::Whole(along) | Deletion::Along(along) = rule.deletion {
                assert!(along.iter().all(|other| may_be_marked(other)), "{}", one.name);
            }
            if matches!(rule.deletion, Deletion::Whole(_)) {
                assert_eq!(rule.instead, None, "{}: what may be deleted is undone so", one.name);
            }
        }
        assert!(!may_be_marked("something_new"));
    }

    #[test]
    fn money_submissions_and_decisions_are_never_marked() {
        for never in [PAYMENT, REMITTANCE, FUND, SUBMISSION, DECISION, CLOSING, ANSWER, ADMISSION_DECISION] {
            assert!(!may_be_marked(never) && rule_of(never).instead.is_some(), "{never}");
        }
    }
}
