//! The same of flows, the desk and bodies.

use super::super::*;
use super::ID;
use super::filled::word;
use crate::ids::{OfficeId, RecordId};
use crate::ledger::desk::body::{Body, BodyChange, BodyKind};
use crate::ledger::desk::case::{TOLD, Told};
use crate::ledger::desk::group::{Group, GroupKind};
use crate::ledger::desk::units::UnitGroup;
use crate::ledger::flow::testing::{Superior, event, flow};
use crate::ledger::flow::{Event, FLOW_EVENT, FLOW_ITEM, Item, course};

pub(super) fn filled_desk() -> Vec<(BookKind, RecordOp)> {
    let item = Item {
        flow: word(),
        version: word(),
        title: word(),
        text: word(),
        category: word(),
        form: word(),
        channel: word(),
        on: word(),
        due: word(),
        leader: word(),
        person: word(),
        unit: word(),
        source: word(),
        source_office: word(),
        group: word(),
        kept_match: true,
        recorded_on: word(),
    };
    let case = flow("case");
    let told_by = event(&case, 2, Superior, TOLD, "2026-03-02", &[1]);
    let step =
        Event { about: word(), due: word(), value: word(), ..event(&case, 3, Superior, "pass", "2026-03-02", &[1]) };
    let group = Group {
        kind: Some(GroupKind::Merge),
        title: word(),
        main: word(),
        parts: [ID].into(),
        on: word(),
        person: word(),
        note: word(),
        undone: true,
        recorded_on: word(),
    };
    let told = Told {
        case: word(),
        by: told_by.id.to_string(),
        name: word(),
        contact: word(),
        on: word(),
        recorded_on: word(),
    };
    let events = [event(&case, 1, Superior, "assign", "2026-03-01", &[]), told_by];
    let body = Body {
        name: word(),
        kind: Some(BodyKind::Alliance),
        basis: word(),
        above: word(),
        office: word(),
        units: [word()].into(),
        from: word(),
        until: word(),
        decision: word(),
        recorded_on: word(),
    };
    let change = BodyChange {
        body: word(),
        on: word(),
        kind: word(),
        to: word(),
        note: word(),
        void: true,
        recorded_on: word(),
    };
    let units = UnitGroup { title: word(), units: [OfficeId([1; 16])].into(), recorded_on: word() };
    let mut out = vec![
        (BookKind::desk(), units.create(ID)),
        (BookKind::desk(), group.create(ID)),
        (BookKind::dispatch(), told.create(ID, &course(&case, &events)).unwrap()),
        (BookKind::roster(), body.create(ID)),
        (BookKind::roster(), change.create(ID)),
    ];
    for kind in [BookKind::tasks(), BookKind::dispatch(), BookKind::desk()] {
        out.push((kind.clone(), item.create(ID)));
        out.push((kind, step.create(&case)));
    }
    out
}

#[test]
fn what_flows_write_into_books_that_leave_has_no_place_for_a_resident() {
    const NEVER: [&str; 8] = ["name", "phone", "contact", "door", "household", "address", "private_note", SEALED];
    for kind in BookKind::known().iter().filter(|kind| kind.scope() != Scope::Own) {
        for one in contents(kind).iter().filter(|one| [FLOW_ITEM, FLOW_EVENT].contains(&one.name)) {
            assert!(NEVER.iter().all(|field| !one.has(field)), "{kind} {}", one.name);
        }
    }
    let told = |kind: &BookKind| contents(kind).iter().any(|one| one.name == crate::ledger::desk::case::CASE_TOLD);
    let with: Vec<String> = BookKind::known().iter().filter(|kind| told(kind)).map(ToString::to_string).collect();
    assert_eq!(with, ["down/dispatch"], "who asked is told to the branch that handles it and to nobody else");
    let private = RecordOp::Create {
        id: RecordId([1; 16]),
        rtype: crate::ledger::desk::case::CASE_PRIVATE.to_owned(),
        fields: vec![(SEALED.to_owned(), "某某".into())],
    };
    assert_eq!(misplaced(&BookKind::desk(), &private).as_deref(), Some(SEALED), "never open, also on the desk");
}
