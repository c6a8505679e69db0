//! Undo on documents: what was there comes back, and what others wrote since is never lost.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::book::{BookKind, apply, create, new_document, read_record};
use crate::ids::ActorId;

const ID: RecordId = RecordId([7; 16]);

fn act(doc: &mut Automerge, actor: u8, ops: &[RecordOp]) -> Option<ChangeHash> {
    let change = apply(doc, &ActorId([actor; 16]), date(2026, 3, 5), ops).unwrap();
    change.map(|change| ChangeHash(change.hash().0))
}

fn set(field: &str, value: &str) -> RecordOp {
    RecordOp::Set { id: ID, field: field.to_owned(), value: value.into() }
}

fn clear(field: &str) -> RecordOp {
    RecordOp::Clear { id: ID, field: field.to_owned() }
}

fn edit(text: &str) -> RecordOp {
    RecordOp::EditText { id: ID, field: "minutes".to_owned(), text: text.to_owned() }
}

fn book() -> Automerge {
    let mut doc = new_document(&BookKind::meetings()).unwrap();
    let make = create(ID, "session", [("title", "议题".into()), ("minutes", Value::Text("开会。".to_owned()))]);
    act(&mut doc, 1, &[make]);
    doc
}

/// Puts back every field that nobody wrote since; the rest is left alone.
fn undo(doc: &mut Automerge, change: &ChangeHash) -> Option<ChangeHash> {
    let found = undo_of(doc, change).unwrap();
    let back = found.iter().flat_map(|record| record.fields.iter().map(|field| (record.id, field)));
    let free = back.filter(|(_, field)| matches!(field.standing, Standing::Free | Standing::Merged));
    let ops: Vec<RecordOp> = free.flat_map(|(id, field)| put_back(id, field)).collect();
    act(doc, 1, &ops)
}

fn state(doc: &Automerge) -> Vec<(String, Vec<Value>)> {
    let view = read_record(doc, ID).unwrap();
    let fields = view.fields.into_iter().map(|(name, field)| {
        let mut values: Vec<Value> = field.values.into_iter().map(|seen| seen.value).collect();
        values.sort();
        values.dedup();
        (name, values)
    });
    fields.collect()
}

fn merge(one: &mut Automerge, other: &Automerge) {
    one.apply_changes(other.get_changes(&[])).unwrap();
}

#[test]
fn undoing_brings_back_what_was_there_and_undoing_that_what_came_after() {
    let mut doc = book();
    let before = state(&doc);
    let change = act(&mut doc, 1, &[set("title", "换届"), set("place", "村部"), edit("支部开会。")]).unwrap();
    let after = state(&doc);
    let undone = undo(&mut doc, &change).unwrap();
    assert_eq!(state(&doc), before);
    undo(&mut doc, &undone).unwrap();
    assert_eq!(state(&doc), after);
}

#[test]
fn what_somebody_wrote_since_is_told_with_both_values_and_not_written_over() {
    let mut doc = book();
    let change = act(&mut doc, 1, &[set("title", "换届"), set("place", "村部")]).unwrap();
    act(&mut doc, 2, &[set("title", "选举")]);
    let found = undo_of(&doc, &change).unwrap();
    let told: Vec<_> = found[0].fields.iter().map(|f| (f.field.as_str(), f.standing)).collect();
    assert_eq!(told, [("place", Standing::Free), ("title", Standing::Changed)]);
    let title = &found[0].fields[1];
    assert_eq!((&title.was[0], &title.now[0]), (&"议题".into(), &"选举".into()));
    undo(&mut doc, &change);
    let view = read_record(&doc, ID).unwrap();
    assert_eq!((view.str("title"), view.str("place")), ("选举", ""));
}

#[test]
fn a_concurrent_value_is_a_change_since_and_stays() {
    let mut one = book();
    let mut two = one.clone();
    let change = act(&mut one, 1, &[set("title", "换届")]).unwrap();
    act(&mut two, 2, &[set("title", "选举")]);
    merge(&mut one, &two);
    assert_eq!(undo_of(&one, &change).unwrap()[0].fields[0].standing, Standing::Changed);
    assert_eq!(undo(&mut one, &change), None, "nothing is done without a choice");
    // The person chooses what was there before: it is one value again.
    let field = undo_of(&one, &change).unwrap().remove(0).fields.remove(0);
    act(&mut one, 1, &put_back(ID, &field));
    assert_eq!(state(&one)[1].1, ["议题".into()]);
}

#[test]
fn a_settled_conflict_is_laid_out_again_and_settled_again() {
    let mut one = book();
    let mut two = one.clone();
    act(&mut one, 1, &[set("title", "换届")]);
    act(&mut two, 2, &[set("title", "选举")]);
    merge(&mut one, &two);
    let open = state(&one);
    let settled = act(&mut one, 1, &[set("title", "换届选举")]).unwrap();
    let after = state(&one);
    let undone = undo(&mut one, &settled).unwrap();
    assert_eq!(state(&one), open, "both values stand side by side again");
    undo(&mut one, &undone).unwrap();
    assert_eq!(state(&one), after);
}

#[test]
fn of_a_text_only_what_the_change_did_is_taken_out() {
    let mut doc = book();
    let change = act(&mut doc, 1, &[edit("支部开会。")]).unwrap();
    act(&mut doc, 2, &[edit("支部开会。表决通过。")]);
    let field = undo_of(&doc, &change).unwrap().remove(0).fields.remove(0);
    assert_eq!((field.standing, &field.was[0]), (Standing::Merged, &Value::Text("开会。表决通过。".to_owned())));
    undo(&mut doc, &change);
    assert_eq!(read_record(&doc, ID).unwrap().str("minutes"), "开会。表决通过。");
}

#[test]
fn a_change_that_made_a_record_says_so_and_whether_others_wrote_into_it() {
    let mut doc = new_document(&BookKind::meetings()).unwrap();
    let made = act(&mut doc, 1, &[create(ID, "session", [("minutes", Value::Text("一".to_owned()))])]).unwrap();
    let told = |doc: &Automerge| {
        let found = undo_of(doc, &made).unwrap();
        (found[0].made, found[0].written_since, found[0].fields.len())
    };
    assert_eq!(told(&doc), (true, false, 0));
    let mut other = doc.clone();
    act(&mut doc, 1, &[set("title", "议题")]);
    assert_eq!(told(&doc), (true, true, 0));
    act(&mut other, 2, &[edit("一二")]);
    assert_eq!(told(&other), (true, true, 0));
    assert_eq!(undo_of(&doc, &ChangeHash([9; 32])), None);
}

#[test]
fn two_edits_of_one_text_are_put_together() {
    assert_eq!(three_way("甲乙丙", "乙丙", "甲乙丙丁").unwrap(), "乙丙丁");
    assert_eq!(three_way("", "一", "").unwrap(), "一");
    assert_eq!(three_way("一", "一", "一").unwrap(), "一");
}

/// An edit of one of three fields, or of the text.
fn an_edit() -> impl Strategy<Value = RecordOp> {
    let field = prop_oneof![Just("title"), Just("place"), Just("chair")];
    let value = prop_oneof![Just("甲"), Just("乙"), Just("丙")];
    let text = prop_oneof![Just("开会。"), Just("支部开会。"), Just("开会。学习。"), Just("")];
    prop_oneof![
        3 => (field.clone(), value).prop_map(|(field, value)| set(field, value)),
        1 => field.prop_map(clear),
        2 => text.prop_map(edit),
    ]
}

fn action() -> impl Strategy<Value = Vec<RecordOp>> {
    proptest::collection::vec(an_edit(), 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn undo_then_redo_of_any_action_is_the_same_state(first in action(), second in action()) {
        let mut doc = book();
        act(&mut doc, 1, &first);
        let before = state(&doc);
        let Some(change) = act(&mut doc, 1, &second) else { return Ok(()) };
        let after = state(&doc);
        match undo(&mut doc, &change) {
            Some(undone) => {
                prop_assert_eq!(state(&doc), before);
                undo(&mut doc, &undone);
                prop_assert_eq!(state(&doc), after);
            }
            None => prop_assert_eq!(before, after),
        }
    }

    #[test]
    fn undo_never_loses_what_another_device_wrote(
        mine in action(), before in action(), beside in action(), since in action(),
    ) {
        let mut one = book();
        act(&mut one, 2, &before);
        let mut two = one.clone();
        let Some(change) = act(&mut one, 1, &mine) else { return Ok(()) };
        act(&mut two, 2, &beside);
        merge(&mut one, &two);
        act(&mut one, 2, &since);
        let theirs: Vec<(String, Value)> = {
            let view = read_record(&one, ID).unwrap();
            let values = view.fields.into_iter().flat_map(|(name, field)| {
                field.values.into_iter().map(move |seen| (name.clone(), seen))
            });
            let other = |seen: &SeenValue| seen.actor == ActorId([2; 16]) && !matches!(seen.value, Value::Text(_));
            values.filter(|(_, seen)| other(seen)).map(|(name, seen)| (name, seen.value)).collect()
        };
        undo(&mut one, &change);
        let now = read_record(&one, ID).unwrap();
        for (field, value) in theirs {
            let kept = now.fields.get(&field).is_some_and(|view| view.values.iter().any(|seen| seen.value == value));
            prop_assert!(kept, "{} lost {:?}", field, value);
        }
    }
}

#[test]
fn a_mark_counts_only_where_the_rules_allow_it() {
    let marked = |rtype: &str| {
        let mut doc = new_document(&BookKind::meetings()).unwrap();
        act(&mut doc, 1, &[create(ID, rtype, [("note", "x".into())])]);
        act(&mut doc, 2, &[set("deleted", &ID.to_string())]);
        read_record(&doc, ID).unwrap().rtype
    };
    assert_eq!(marked("session"), "deleted/session");
    for never in ["payment", "submission", "closing", "erasure", "decision", "answer", "something_newer"] {
        assert_eq!(marked(never), never, "nobody takes it out of the books by writing a field into it");
    }
}
