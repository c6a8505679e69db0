use jiff::civil::{Date, date};

use super::*;
use crate::book::{BookKind, RecordOp, apply, create, new_document, read_record, reopen};

const A: ActorId = ActorId([1; 16]);
const B: ActorId = ActorId([2; 16]);
const R: RecordId = RecordId([9; 16]);
const OTHER: RecordId = RecordId([8; 16]);

fn day(number: i8) -> Date {
    date(2026, 3, number)
}

fn book() -> Automerge {
    let mut doc = new_document(&BookKind::visits()).unwrap();
    let fields = [("place", "村部".into()), ("minutes", Value::Text("一".to_owned()))];
    apply(&mut doc, &A, day(1), &[create(R, "visit", fields)]).unwrap();
    apply(&mut doc, &A, day(1), &[create(OTHER, "visit", [("place", "别处".into())])]).unwrap();
    doc
}

fn set(id: RecordId, field: &str, value: &str) -> RecordOp {
    RecordOp::Set { id, field: field.to_owned(), value: value.into() }
}

fn edit(text: &str) -> RecordOp {
    RecordOp::EditText { id: R, field: "minutes".to_owned(), text: text.to_owned() }
}

/// A change of another writer that does not know what happened meanwhile.
fn beside(doc: &mut Automerge, from: &Automerge, ops: &[RecordOp], on: Date) {
    let mut theirs = from.clone();
    let change = apply(&mut theirs, &B, on, ops).unwrap().unwrap();
    doc.apply_changes([change]).unwrap();
}

/// (value, writer, day, standing) of a field, in order.
fn of(history: &RecordHistory, field: &str) -> Vec<(String, ActorId, i8, Standing)> {
    let values = history.values.iter().filter(|one| one.field == field);
    let word = |value: &Option<Value>| value.as_ref().and_then(Value::as_str).unwrap_or("─").to_owned();
    values.map(|one| (word(&one.value), one.actor, one.on.unwrap().day(), one.standing)).collect()
}

#[test]
fn each_value_has_its_writer_its_day_and_what_became_of_it() {
    let mut doc = book();
    apply(&mut doc, &A, day(2), &[set(R, "place", "祠堂"), set(OTHER, "place", "田头")]).unwrap();
    apply(&mut doc, &B, day(3), &[set(R, "place", "学校")]).unwrap();
    let history = record_history(&doc, R, 100).unwrap();
    assert_eq!(
        of(&history, "place"),
        [
            ("村部".to_owned(), A, 1, Standing::Replaced),
            ("祠堂".to_owned(), A, 2, Standing::Replaced),
            ("学校".to_owned(), B, 3, Standing::Stands),
        ],
        "and nothing of another record"
    );
    assert!(record_history(&doc, RecordId([7; 16]), 100).is_none());
}

#[test]
fn values_that_stand_are_those_of_the_record() {
    let mut doc = book();
    let before = doc.clone();
    apply(&mut doc, &A, day(2), &[set(R, "place", "祠堂")]).unwrap();
    beside(&mut doc, &before, &[set(R, "place", "学校")], day(3));
    let history = record_history(&doc, R, 100).unwrap();
    let record = read_record(&doc, R).unwrap();
    assert!(record.fields["place"].conflicted());
    let mut stand: Vec<_> = history.values.iter().filter(|one| one.standing == Standing::Conflict).collect();
    stand.sort_by_key(|one| one.change);
    let mut seen: Vec<_> = record.fields["place"].values.iter().collect();
    seen.sort_by_key(|one| one.change);
    assert_eq!(stand.len(), 2);
    for (one, other) in stand.iter().zip(seen) {
        assert_eq!((one.value.as_ref(), Some(one.change)), (Some(&other.value), other.change));
    }
    // Choosing one ends it, whichever of the two automerge shows.
    for (chosen, also) in [("学校", Some(B)), ("祠堂", Some(A)), ("另填", None)] {
        let mut doc = doc.clone();
        apply(&mut doc, &A, day(4), &[set(R, "place", chosen)]).unwrap();
        let ended = of(&record_history(&doc, R, 100).unwrap(), "place");
        let stand: Vec<_> = ended.iter().filter(|one| one.3 == Standing::Stands).collect();
        assert_eq!(stand.last().unwrap(), &&(chosen.to_owned(), A, 4, Standing::Stands), "who chose is named");
        assert!(stand.iter().all(|one| one.0 == chosen && (one.2 == 4 || Some(one.1) == also)), "{ended:?}");
        assert!(ended.iter().all(|one| one.3 != Standing::Conflict));
    }
}

#[test]
fn a_choice_that_was_taken_back_says_so_and_the_values_stand_side_by_side_again() {
    let mut doc = book();
    let before = doc.clone();
    apply(&mut doc, &A, day(2), &[set(R, "place", "祠堂")]).unwrap();
    beside(&mut doc, &before, &[set(R, "place", "学校")], day(3));
    let changes: Vec<ChangeHash> =
        read_record(&doc, R).unwrap().fields["place"].values.iter().filter_map(|seen| seen.change).collect();
    apply(&mut doc, &A, day(4), &[set(R, "place", "另填")]).unwrap();
    apply(&mut doc, &B, day(5), &reopen(R, "place", &changes)).unwrap();
    let again = record_history(&doc, R, 100).unwrap();
    let mut open: Vec<_> = of(&again, "place").into_iter().filter(|one| one.3 == Standing::Conflict).collect();
    open.sort();
    assert_eq!(open.iter().map(|one| one.0.as_str()).collect::<Vec<_>>(), ["学校", "祠堂"]);
    assert_eq!(of(&again, "place").last().unwrap(), &("─".to_owned(), B, 5, Standing::Reopened));
    assert!(again.values.iter().all(|one| one.field == "place" || one.field == "minutes"), "the mark is no field");
    apply(&mut doc, &A, day(6), &[set(R, "place", "学校")]).unwrap();
    let ended = of(&record_history(&doc, R, 100).unwrap(), "place");
    assert!(ended.iter().all(|one| one.3 != Standing::Conflict), "{ended:?}");
}

#[test]
fn equal_values_of_two_writers_both_stand() {
    let mut doc = book();
    let before = doc.clone();
    apply(&mut doc, &A, day(2), &[set(R, "place", "学校")]).unwrap();
    beside(&mut doc, &before, &[set(R, "place", "学校")], day(3));
    let place = of(&record_history(&doc, R, 100).unwrap(), "place");
    assert_eq!(place.iter().filter(|one| one.3 == Standing::Stands).count(), 2);
}

#[test]
fn an_emptied_field_says_so_until_it_is_written_again() {
    let mut doc = book();
    apply(&mut doc, &B, day(2), &[RecordOp::Clear { id: R, field: "place".to_owned() }]).unwrap();
    let emptied = of(&record_history(&doc, R, 100).unwrap(), "place");
    assert_eq!(emptied[1], ("─".to_owned(), B, 2, Standing::Stands));
    apply(&mut doc, &A, day(3), &[set(R, "place", "祠堂")]).unwrap();
    let again = of(&record_history(&doc, R, 100).unwrap(), "place");
    assert_eq!(again[1].3, Standing::Replaced);
    assert_eq!(again[2].3, Standing::Stands);
}

#[test]
fn a_text_is_told_as_each_writer_had_it_and_merged_where_two_wrote_at_once() {
    let mut doc = book();
    apply(&mut doc, &A, day(2), &[edit("一二")]).unwrap();
    let history = record_history(&doc, R, 100).unwrap();
    assert_eq!(
        of(&history, "minutes"),
        [("一".to_owned(), A, 1, Standing::Replaced), ("一二".to_owned(), A, 2, Standing::Stands)]
    );
    let before = doc.clone();
    apply(&mut doc, &A, day(3), &[edit("一二三")]).unwrap();
    beside(&mut doc, &before, &[edit("零一二")], day(3));
    let merged = of(&record_history(&doc, R, 100).unwrap(), "minutes");
    let newest: Vec<_> = merged.iter().filter(|one| one.3 == Standing::Merged).map(|one| one.0.as_str()).collect();
    assert_eq!(newest, ["一二三", "零一二"]);
    apply(&mut doc, &A, day(4), &[edit("零一二三四")]).unwrap();
    let last = of(&record_history(&doc, R, 100).unwrap(), "minutes");
    assert_eq!(last.last().unwrap(), &("零一二三四".to_owned(), A, 4, Standing::Stands));
    assert!(last.iter().rev().skip(1).all(|one| one.3 == Standing::Replaced));
}

#[test]
fn of_a_record_made_twice_the_one_shown_stands() {
    let base = new_document(&BookKind::dues()).unwrap();
    let mut doc = base.clone();
    apply(&mut doc, &A, day(2), &[create(R, "dues_payment", [("note", "甲".into())])]).unwrap();
    beside(&mut doc, &base, &[create(R, "dues_payment", [("note", "乙".into())])], day(3));
    let history = record_history(&doc, R, 100).unwrap();
    let shown = read_record(&doc, R).unwrap().str("note").to_owned();
    let stand: Vec<_> = of(&history, "note").into_iter().filter(|one| one.3 == Standing::Stands).collect();
    assert_eq!(history.values.len(), 2, "both are told");
    assert_eq!(stand.iter().map(|one| one.0.as_str()).collect::<Vec<_>>(), [shown.as_str()]);
}

#[test]
fn too_many_values_lose_the_oldest_and_never_what_stands() {
    let mut doc = book();
    for number in 0..30 {
        apply(&mut doc, &A, day(2), &[set(R, "place", &number.to_string())]).unwrap();
    }
    let history = record_history(&doc, R, 10).unwrap();
    assert_eq!((history.values.len(), history.omitted), (10, 22));
    assert_eq!(of(&history, "minutes").len(), 1, "an old value that stands is kept");
    assert_eq!(of(&history, "place").last().unwrap().0, "29");
    for number in 0..30 {
        apply(&mut doc, &A, day(3), &[edit(&"字".repeat(number + 2))]).unwrap();
    }
    assert_eq!(of(&record_history(&doc, R, 1_000).unwrap(), "minutes").len(), TEXTS);
}
