//! Each ledger writes what the table lists, and nothing else.

mod desk;
mod filled;
mod members;

use std::collections::BTreeSet;

use filled::filled;

use super::*;
use crate::ids::RecordId;
use crate::ledger::care::AID;
use crate::ledger::care::CARE;
use crate::ledger::care::PAIRING;
use crate::ledger::care::{Aid, Care, Pairing};
use crate::ledger::desk::case::{CASE_PRIVATE, Caller};
use crate::ledger::dues::{HANDED_IN, HandedIn};
use crate::ledger::member::MEMBER_PRIVATE;
use crate::ledger::member::MemberPrivate;
use crate::ledger::talk::TalkNote;
use crate::ledger::talk::{TALK, TALK_NOTE};
use crate::ledger::visit::HOUSEHOLD;
use crate::ledger::visit::KEPT_CONCERN;
use crate::ledger::visit::VISIT;
use crate::ledger::visit::{HouseholdIdentity, KeptConcern};

const ID: RecordId = RecordId([1; 16]);

#[test]
fn the_table_names_exactly_the_fields_that_the_ledgers_write() {
    for (kind, op) in filled().into_iter().chain(desk::filled_desk()) {
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
fn every_kind_of_book_has_its_record_types() {
    for kind in BookKind::known() {
        assert!(!contents(&kind).is_empty(), "{kind}: name its record types here");
    }
    let listed: BTreeSet<&str> = BookKind::known().iter().flat_map(|kind| contents(kind)).map(|one| one.name).collect();
    assert_eq!(listed.len(), 57, "a new record type needs its own line in the test of fields: {listed:?}");
}

#[test]
fn what_is_sealed_is_named_as_the_plain_values_are() {
    let keys = |value: serde_json::Value| -> BTreeSet<String> { value.as_object().unwrap().keys().cloned().collect() };
    let named = |name: &str| -> BTreeSet<String> {
        let one = HOUSEHOLDS.iter().chain(PRIVATE).chain(DESK).find(|one| one.name == name).unwrap();
        one.sealed.iter().map(|name| (*name).to_owned()).collect()
    };
    assert_eq!(keys(serde_json::to_value(HouseholdIdentity::default()).unwrap()), named(HOUSEHOLD));
    assert_eq!(keys(serde_json::to_value(KeptConcern::default()).unwrap()), named(KEPT_CONCERN));
    assert_eq!(keys(serde_json::to_value(Pairing::default()).unwrap()), named(PAIRING));
    assert_eq!(keys(serde_json::to_value(Aid::default()).unwrap()), named(AID));
    assert_eq!(keys(serde_json::to_value(Care::default()).unwrap()), named(CARE));
    assert_eq!(keys(serde_json::to_value(TalkNote::default()).unwrap()), named(TALK_NOTE));
    assert_eq!(keys(serde_json::to_value(MemberPrivate::default()).unwrap()), named(MEMBER_PRIVATE));
    assert_eq!(keys(serde_json::to_value(HandedIn::default()).unwrap()), named(HANDED_IN));
    assert_eq!(keys(serde_json::to_value(Caller::default()).unwrap()), named(CASE_PRIVATE));
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
