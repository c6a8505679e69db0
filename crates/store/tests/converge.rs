//! Databases that exchange changes come to the same heads and the same read model, whatever they did in which order.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{TODAY, anyone, assert_sound, changes_of, commit, home, id, records, send, visits};
use proptest::prelude::*;
use ybz_domain::book::{RecordOp, Value, create};

#[derive(Debug, Clone)]
enum Step {
    Edit { at: usize, record: u8, field: usize, value: u8 },
    Text { at: usize, record: u8, value: u8 },
    Clear { at: usize, record: u8, field: usize },
    Send { from: usize, to: usize },
    Compact { at: usize },
    Reload { at: usize },
}

const FIELDS: [&str; 4] = ["place", "state", "kind/a", "date"];

fn step() -> impl Strategy<Value = Step> {
    let at = 0..3usize;
    prop_oneof![
        6 => (at.clone(), 0..4u8, 0..4usize, any::<u8>()).prop_map(|(at, record, field, value)| Step::Edit { at, record, field, value }),
        2 => (at.clone(), 0..4u8, any::<u8>()).prop_map(|(at, record, value)| Step::Text { at, record, value }),
        2 => (at.clone(), 0..4u8, 0..4usize).prop_map(|(at, record, field)| Step::Clear { at, record, field }),
        4 => (at.clone(), at.clone()).prop_map(|(from, to)| Step::Send { from, to }),
        1 => at.clone().prop_map(|at| Step::Compact { at }),
        1 => at.prop_map(|at| Step::Reload { at }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stores_that_exchange_everything_agree(steps in prop::collection::vec(step(), 5..50)) {
        let homes = [home(), home(), home()];
        let all = (0..4).map(|number| create(id(number), "visit", [("text", Value::Text("一".to_owned()))])).collect();
        commit(&homes[0], all);
        for other in &homes[1..] {
            send(&homes[0], other, &visits());
        }
        let book = visits().id();
        for step in steps {
            match step {
                Step::Edit { at, record, field, value } => {
                    let (id, field) = (id(record), FIELDS[field].to_owned());
                    commit(&homes[at], vec![RecordOp::Set { id, field, value: format!("2026-{value:02}").into() }]);
                }
                Step::Text { at, record, value } => {
                    let text = format!("一{value}二");
                    commit(&homes[at], vec![RecordOp::EditText { id: id(record), field: "text".to_owned(), text }]);
                }
                Step::Clear { at, record, field } => {
                    let field = FIELDS[field].to_owned();
                    commit(&homes[at], vec![RecordOp::Clear { id: id(record), field }]);
                }
                Step::Send { from, to } => {
                    send(&homes[from], &homes[to], &visits());
                }
                Step::Compact { at } => {
                    homes[at].compact(&book).unwrap();
                }
                Step::Reload { at } => {
                    let before = records(&homes[at], &visits());
                    homes[at].rebuild_read_model().unwrap();
                    prop_assert_eq!(records(&homes[at], &visits()), before, "a rebuilt read model is the one that grew");
                }
            }
        }
        for (from, to) in [(0, 1), (1, 2), (2, 1), (1, 0)] {
            send(&homes[from], &homes[to], &visits());
        }
        for other in &homes[1..] {
            prop_assert_eq!(other.heads(&book).unwrap(), homes[0].heads(&book).unwrap());
            prop_assert_eq!(records(other, &visits()), records(&homes[0], &visits()));
        }
        for home in &homes {
            assert_sound(home);
        }
        prop_assert_eq!(homes[0].clock_floor().unwrap(), Some(TODAY));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_in_any_order_are_accepted_once_all_are_here(
        keys in prop::collection::vec(any::<u32>(), 40),
        sizes in prop::collection::vec(1..6usize, 40),
    ) {
        let homes = [home(), home()];
        commit(&homes[0], vec![create(id(1), "visit", [("place", "村部".into())])]);
        send(&homes[0], &homes[1], &visits());
        for round in 0..10u8 {
            for home in &homes {
                commit(home, vec![create(id(round * 2 + 2 + u8::from(home.dir.path() == homes[1].dir.path())), "visit", [])]);
            }
            if round % 3 == 2 {
                send(&homes[0], &homes[1], &visits());
                send(&homes[1], &homes[0], &visits());
            }
        }
        let book = visits().id();
        let outgoing = homes[0].missing_for(&book, &[]).unwrap();
        let mut pieces: Vec<_> = changes_of(&outgoing).into_iter().zip(&keys).collect();
        pieces.sort_by_key(|(_, key)| **key);
        let mut pieces = pieces.into_iter().map(|(change, _)| change).peekable();
        let (to, mut attestations) = (home(), outgoing.attestations);
        for size in sizes {
            let batch: Vec<_> = pieces.by_ref().take(size).collect();
            let now = attestations.split_off(attestations.len() - (size % 2).min(attestations.len()));
            to.accept(&visits(), None, batch, now, &anyone).unwrap();
            to.read_in(3).unwrap();
            assert_sound(&to);
        }
        let last = pieces.collect();
        let outcome = to.accept(&visits(), None, last, attestations, &anyone).unwrap();
        prop_assert_eq!((outcome.staged, outcome.missing.len()), (0, 0));
        to.read_in(usize::MAX).unwrap();
        prop_assert_eq!(to.heads(&book).unwrap(), homes[0].heads(&book).unwrap());
        prop_assert_eq!(records(&to, &visits()), records(&homes[0], &visits()));
        assert_sound(&to);
    }
}

#[test]
fn commits_reading_and_reading_in_go_on_beside_each_other() {
    let (from, to) = (home(), home());
    commit(&from, vec![create(id(1), "visit", [("place", "村部".into())])]);
    send(&from, &to, &visits());
    for round in 0..200 {
        commit(&from, vec![RecordOp::Set { id: id(1), field: format!("n{}", round % 9), value: Value::Int(round) }]);
    }
    let outgoing = from.missing_for(&visits().id(), &to.heads(&visits().id()).unwrap()).unwrap();
    to.accept(&visits(), None, changes_of(&outgoing), outgoing.attestations, &anyone).unwrap();
    std::thread::scope(|scope| {
        for writer in 0..3u8 {
            let to = to.store.clone();
            scope.spawn(move || {
                for round in 0..10 {
                    commit(&to, vec![create(id(10 + writer * 10 + round), "visit", [])]);
                }
            });
        }
        for _ in 0..6 {
            let to = to.store.clone();
            scope.spawn(move || {
                for _ in 0..20 {
                    let books = to.read(|r| r.books()).unwrap();
                    assert!(!books.is_empty());
                    to.device();
                }
            });
        }
        let to = to.store.clone();
        scope.spawn(move || while to.read_in(10).unwrap().remaining > 0 {});
    });
    to.read_in(usize::MAX).unwrap();
    assert_eq!(records(&to, &visits()).len(), 31);
    assert_sound(&to);
}
