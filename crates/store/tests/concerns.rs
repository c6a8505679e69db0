//! Where a concern stands, asked in the database, is what the rule says; and nobody speaks for another office.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{OFFICE, TODAY, home, visits};
use ybz_domain::book::{BookKey, BookKind, RecordOp};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::answer::{Answer, AnswerState, Standing, standing};
use ybz_domain::ledger::visit::{Concern, Step};
use ybz_store::{BookEdit, ConcernQuery, SideWrites};

const ABOVE: OfficeId = OfficeId([1; 16]);
const WORDS: [&str; 6] = ["in_progress", "closed", "reopened", "handling", "answered", "declined"];

fn record(number: u32) -> RecordId {
    let mut bytes = [0; 16];
    bytes[12..].copy_from_slice(&number.to_be_bytes());
    RecordId(bytes)
}

/// Every row of up to three steps and answers.
fn rows() -> Vec<Vec<&'static str>> {
    let mut all: Vec<Vec<&str>> = vec![Vec::new()];
    let mut last = all.clone();
    for _ in 0..3 {
        last = last.iter().flat_map(|row| WORDS.map(|word| row.iter().copied().chain([word]).collect())).collect();
        all.extend(last.clone());
    }
    all
}

#[test]
fn the_state_in_the_database_is_the_one_of_the_rule_whatever_was_written_in_which_order() {
    let store = home();
    let dispatch = BookKey::dispatch(OFFICE, ABOVE, 2026);
    let elsewhere = BookKey::new(OfficeId([9; 16]), BookKind::visits(), 2026);
    let mut wanted: BTreeMap<Standing, BTreeSet<RecordId>> = BTreeMap::new();
    let mut next = 0;
    let mut fresh = || {
        next += 1;
        record(next)
    };
    // Days that rise, that are all the same, and that fall while the records are made one after the other.
    for days in
        [["2026-03-01", "2026-03-02", "2026-03-03"], ["2026-03-02"; 3], ["2026-03-03", "2026-03-02", "2026-03-01"]]
    {
        let (mut own, mut down, mut foreign) = (Vec::new(), Vec::new(), Vec::<RecordOp>::new());
        for row in rows() {
            let id = fresh();
            let about = id.to_string();
            own.push(
                Concern { date: "2026-03-01".to_owned(), text: "路灯".to_owned(), ..Concern::default() }.create(id),
            );
            let (mut steps, mut answers) = (Vec::new(), Vec::new());
            for (word, day) in row.iter().zip(days) {
                let (at, on, about) = (fresh(), day.to_owned(), about.clone());
                match AnswerState::from_word(word) {
                    Some(state) => {
                        let answer = Answer { concern: about, on, state, ..Answer::default() };
                        down.push(answer.create(at));
                        answers.push((at, answer));
                    }
                    None => {
                        let step = Step { about, on, state: (*word).to_owned(), ..Step::default() };
                        own.push(step.create(at));
                        steps.push((at, step));
                    }
                }
            }
            // What another office writes about it counts for nothing.
            let step = Step { about, on: "2026-03-09".to_owned(), state: "closed".to_owned(), ..Step::default() };
            foreign.push(step.create(fresh()));
            wanted.entry(standing(&steps, &answers)).or_default().insert(id);
        }
        for (key, ops) in [(visits(), own), (dispatch.clone(), down), (elsewhere.clone(), foreign)] {
            for part in ops.chunks(200) {
                let edit = BookEdit { key: key.clone(), ops: part.to_vec() };
                store.commit(TODAY, vec![edit], SideWrites::default()).unwrap();
            }
        }
    }
    let ask = |state: &str, offset: u32, limit: u32| {
        let query = ConcernQuery {
            offices: vec![OFFICE],
            state: Some(state.to_owned()),
            offset,
            limit,
            ..ConcernQuery::default()
        };
        store.read(|reader| reader.concerns(&query)).unwrap()
    };
    assert_eq!(wanted.len(), 4, "each state is among them");
    for (state, ids) in &wanted {
        let (total, found) = ask(state.as_str(), 0, u32::MAX);
        let found: BTreeSet<RecordId> = found.iter().map(|stored| stored.view.id).collect();
        assert_eq!((total as usize, &found), (ids.len(), ids), "{state:?}");
    }
    let closed = wanted[&Standing::Closed].len();
    let all: usize = wanted.values().map(BTreeSet::len).sum();
    assert_eq!(ask("open", 0, 0).0 as usize, all - closed);
    assert_eq!(ask("", 0, 0).0 as usize, all);
    let (first, second) = (ask("open", 0, 40).1, ask("open", 40, 40).1);
    assert!(first.iter().all(|one| second.iter().all(|other| one.view.id != other.view.id)), "pages do not overlap");
    assert_eq!((first.len(), second.len()), (40, 40));
}
