//! What people did here: one row a commit, kept with it or not at all.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::{OFFICE, TODAY, commit, home, id, place, set, visit, visits};
use ybz_domain::book::{BookKey, BookKind, RecordOp, UndoStanding, put_back};
use ybz_store::{BookEdit, NewAction, SideWrites, Store, StoreError};

fn side(profile: &str, undoes: Option<i64>) -> SideWrites {
    let action = NewAction { office: OFFICE, profile: profile.to_owned(), call: "visit.save".to_owned(), undoes };
    SideWrites { action: Some(action), ..SideWrites::default() }
}

fn act(store: &Store, ops: Vec<RecordOp>, side: SideWrites) -> Result<(), StoreError> {
    store.commit(TODAY, vec![BookEdit { key: visits(), ops }], side).map(|_| ())
}

#[test]
fn an_action_names_its_changes_and_belongs_to_one_profile() {
    let store = home();
    commit(&store, vec![visit(1, "村部")]);
    assert!(store.actions(&OFFICE, "", 10).unwrap().is_empty(), "what the program does is nobody's action");
    act(&store, vec![set(1, "place", "祠堂"), set(1, "theme", "修路")], side("p1", None)).unwrap();
    act(&store, vec![set(1, "place", "祠堂")], side("p1", None)).unwrap();
    assert!(store.actions(&OFFICE, "", 10).unwrap().is_empty());
    let [only] = store.actions(&OFFICE, "p1", 10).unwrap().try_into().unwrap();
    assert_eq!((only.call.as_str(), only.changes.len(), only.changes[0].record), ("visit.save", 1, id(1)));
    assert_eq!(store.action(&OFFICE, only.id).unwrap(), Some(only.clone()));

    let undo = store.undo_of(&visits().id(), &[only.changes[0].hash]).unwrap().unwrap();
    let fields = &undo.changes[0].as_ref().unwrap()[0].fields;
    assert!(fields.iter().all(|field| field.standing == UndoStanding::Free));
    let back: Vec<RecordOp> = fields.iter().flat_map(|field| put_back(id(1), field)).collect();
    act(&store, back, side("p1", Some(only.id))).unwrap();
    assert_eq!(place(&store, 1), "村部");
    assert_eq!(store.actions(&OFFICE, "p1", 1).unwrap()[0].undoes, Some(only.id));
}

#[test]
fn changes_that_are_looked_at_together_are_told_as_one_by_one() {
    let store = home();
    let made = [
        vec![visit(1, "村部"), visit(2, "渠边")],
        vec![set(1, "place", "祠堂")],
        vec![set(2, "theme", "修路"), visit(3, "学校")],
    ];
    let made = made.map(|ops| commit(&store, ops).books[0].1[0]);
    let book = visits().id();
    let asked: Vec<_> = made.into_iter().chain([ybz_domain::ids::ChangeHash([9; 32])]).collect();
    let together = store.undo_of(&book, &asked).unwrap().unwrap();
    assert_eq!(together.heads, store.heads(&book).unwrap());
    let alone: Vec<_> =
        asked.iter().map(|change| store.undo_of(&book, &[*change]).unwrap().unwrap().changes.remove(0)).collect();
    assert_eq!(together.changes, alone);
    let records = |at: usize| together.changes[at].as_ref().map(|records| records.len());
    assert_eq!((records(0), records(1), records(2), records(3)), (Some(2), Some(1), Some(2), None));
    assert_eq!(store.undo_of(&ybz_domain::ids::BookId([1; 32]), &asked).unwrap(), None);
}

#[test]
fn what_was_decided_on_other_heads_is_not_done() {
    let store = home();
    commit(&store, vec![visit(1, "村部")]);
    let seen = store.heads(&visits().id()).unwrap();
    commit(&store, vec![set(1, "place", "祠堂")]);
    let late = SideWrites { unmoved: vec![(visits(), seen)], ..side("", None) };
    let refused = act(&store, vec![set(1, "place", "学校")], late).unwrap_err();
    assert!(matches!(refused, StoreError::Moved(_)), "{refused}");
    assert_eq!(place(&store, 1), "祠堂");
    assert!(store.actions(&OFFICE, "", 10).unwrap().is_empty());
    let now = SideWrites { unmoved: vec![(visits(), store.heads(&visits().id()).unwrap())], ..side("", None) };
    act(&store, vec![set(1, "place", "学校")], now).unwrap();
    assert_eq!(place(&store, 1), "学校");
    // A book that was not there: nobody may have made it meanwhile.
    let other = BookKey::new(OFFICE, BookKind::tasks(), 2026);
    let none = || SideWrites { unmoved: vec![(other.clone(), Vec::new())], ..side("", None) };
    act(&store, vec![set(1, "place", "村部")], none()).unwrap();
    let edit = BookEdit { key: other.clone(), ops: vec![visit(2, "学校")] };
    store.commit(TODAY, vec![edit], SideWrites::default()).unwrap();
    let refused = act(&store, vec![set(1, "place", "祠堂")], none()).unwrap_err();
    assert!(matches!(refused, StoreError::Moved(_)), "{refused}");
}
