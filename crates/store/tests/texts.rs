//! Texts that were put together: found by what is new in a book, and opened only where two wrote at the same time.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::{commit, home, id, send, set, visit, visits};
use ybz_domain::book::RecordOp;
use ybz_store::{MergedTexts, Store};

fn write(store: &Store, number: u8, text: &str) {
    let edit = RecordOp::EditText { id: id(number), field: "minutes".to_owned(), text: text.to_owned() };
    commit(store, vec![edit]);
}

fn found(store: &Store) -> MergedTexts {
    store.merged_texts(&visits().id()).unwrap()
}

/// (texts, changes looked through, texts opened)
fn cost(store: &Store) -> (usize, usize, usize) {
    let MergedTexts { texts, looked, opened } = found(store);
    (texts.len(), looked, opened)
}

#[test]
fn each_change_is_looked_through_once_and_only_texts_with_two_heads_are_opened() {
    let (one, two) = (home(), home());
    for number in 1..=20 {
        commit(&one, vec![visit(number, "村部")]);
    }
    send(&one, &two, &visits());
    assert_eq!(cost(&one), (0, 20, 0));
    assert_eq!(cost(&one), (0, 0, 0), "nothing is new");

    // One after the other in the first text, at the same time in the second.
    write(&one, 1, "甲。");
    send(&one, &two, &visits());
    write(&two, 1, "甲。乙。");
    write(&two, 2, "丙。");
    write(&one, 2, "丁。");
    for place in ["甲", "乙", "丙"] {
        commit(&one, vec![set(3, "place", place)]);
    }
    send(&two, &one, &visits());
    let first = found(&one);
    assert_eq!((first.looked, first.opened, first.texts.len()), (7, 1, 1));
    assert_eq!((first.texts[0].record, first.texts[0].versions.len()), (id(2), 2));
    assert_eq!(cost(&one), (1, 0, 1), "still open, and nothing is looked through again");

    send(&one, &two, &visits());
    assert_eq!(found(&two).texts.len(), 1, "the other device sees the same");
    write(&one, 2, "丙丁。");
    assert_eq!(cost(&one), (0, 1, 0), "whoever wrote on saw both");
}

#[test]
fn a_book_that_was_compacted_or_projected_anew_tells_the_same() {
    let (one, two) = (home(), home());
    commit(&one, vec![visit(1, "村部")]);
    send(&one, &two, &visits());
    write(&one, 1, "甲。");
    write(&two, 1, "乙。");
    send(&two, &one, &visits());
    one.compact(&visits().id()).unwrap();
    let texts = found(&one).texts;
    assert_eq!(texts.len(), 1);
    one.rebuild_read_model().unwrap();
    let again = found(&one);
    assert_eq!((again.texts, again.looked), (texts, 3));
}
