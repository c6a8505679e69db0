//! Compaction keeps heads, index and records, and what was compacted still travels.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{assert_sound, changes_of, commit, home, options, place, records, send, set, visit, visits};
use ybz_store::{Store, StoreError};

#[test]
fn what_was_compacted_is_derived_again_with_the_same_hashes() {
    let (a, b, c) = (home(), home(), home());
    commit(&a, vec![visit(1, "村部")]);
    send(&a, &b, &visits());
    for number in 2..30 {
        commit(&a, vec![visit(number, "村部"), set(1, "place", &format!("第{number}"))]);
        commit(&b, vec![set(1, "place", &format!("又{number}"))]);
        if number % 7 == 0 {
            send(&a, &b, &visits());
            send(&b, &a, &visits());
        }
    }
    send(&b, &a, &visits());
    let book = visits().id();
    let (heads, shown) = (a.heads(&book).unwrap(), records(&a, &visits()));
    let before = a.missing_for(&book, &[]).unwrap();
    let done = a.compact(&book).unwrap();
    assert_eq!(done.changes, before.changes.len());
    assert!(done.bytes < before.changes.iter().map(Vec::len).sum::<usize>(), "a snapshot is smaller than its changes");
    assert_eq!(a.missing_for(&book, &[]).unwrap(), before, "byte for byte what was received");
    assert_eq!(a.heads(&book).unwrap(), heads);
    let dir = a.dir;
    drop(a.store);
    let a = Store::open(options(dir.path(), 1)).unwrap();
    assert_eq!(records(&a, &visits()), shown);
    commit(&a, vec![set(1, "place", "终")]);
    assert_eq!(send(&a, &c, &visits()).accepted, before.changes.len() + 1);
    assert_eq!(place(&c, 1), "终");
    assert_eq!(a.compact(&book).unwrap().changes, 1, "compacting again takes only what is new");
    assert_sound(&a);
    assert_sound(&c);
    a.rebuild_read_model().unwrap();
    assert_eq!(records(&a, &visits()), records(&c, &visits()));
}

#[test]
fn what_waits_to_be_read_in_keeps_its_bytes() {
    let (a, b) = (home(), home());
    commit(&a, vec![visit(1, "村部")]);
    send(&a, &b, &visits());
    commit(&a, vec![set(1, "place", "祠堂")]);
    let book = visits().id();
    let outgoing = a.missing_for(&book, &b.heads(&book).unwrap()).unwrap();
    b.accept(&visits(), None, changes_of(&outgoing), outgoing.attestations, &common::anyone).unwrap();
    assert_eq!(b.compact(&book).unwrap().changes, 1);
    assert_eq!(b.read_in(9).unwrap().applied, 1);
    assert_eq!(place(&b, 1), "祠堂");
    assert_sound(&b);
    assert!(b.compact_due().unwrap().is_empty());
    let nowhere = ybz_domain::ids::BookId([0; 32]);
    assert!(matches!(b.compact(&nowhere), Err(StoreError::NoBook(_))));
}
