//! Databases that exchange changes come to the same heads and the same read model, whatever they did in which order.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{TODAY, assert_sound, commit, home, id, records, send, visits};
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
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

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
