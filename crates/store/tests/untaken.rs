//! Concerns that wait for the office above: until it says a word or a case of its own handles them, and each merged one once.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::collections::BTreeMap;

use common::{OFFICE, TODAY, home};
use ybz_domain::book::{BookKey, BookKind, RecordOp};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::answer::{Answer, AnswerState, REOPENED};
use ybz_domain::ledger::flow::{Event, Flows, Item, Side};
use ybz_domain::ledger::visit::{Concern, Step};
use ybz_store::{BookEdit, ConcernDay, SideWrites, Store, UntakenQuery};

const ABOVE: OfficeId = OfficeId([1; 16]);
const SIBLING: OfficeId = OfficeId([9; 16]);

fn record(number: u32) -> RecordId {
    let mut bytes = [0; 16];
    bytes[12..].copy_from_slice(&number.to_be_bytes());
    RecordId(bytes)
}

fn number(id: &RecordId) -> u32 {
    u32::from_be_bytes(id.0[12..].try_into().unwrap())
}

fn put(store: &Store, key: BookKey, ops: Vec<RecordOp>) {
    store.commit(TODAY, vec![BookEdit { key, ops }], SideWrites::default()).unwrap();
}

fn visits(office: OfficeId, year: i16) -> BookKey {
    BookKey::new(office, BookKind::visits(), year)
}

fn concern(number: u32, day: &str, handed_in: &str) -> RecordOp {
    let (date, recorded_on) = (day.to_owned(), handed_in.to_owned());
    Concern { date, recorded_on, text: "路灯".to_owned(), ..Concern::default() }.create(record(number))
}

fn answer(at: u32, of: u32, on: &str, state: AnswerState) -> RecordOp {
    let (concern, on) = (record(of).to_string(), on.to_owned());
    Answer { concern, on, state, text: "已答".to_owned(), ..Answer::default() }.create(record(at))
}

fn step(at: u32, of: u32, on: &str, state: &str) -> RecordOp {
    let (about, on, state) = (record(of).to_string(), on.to_owned(), state.to_owned());
    Step { about, on, state, note: "说明".to_owned(), ..Step::default() }.create(record(at))
}

fn case(number: u32, of: u32) -> RecordOp {
    let flow = Flows::builtin().unwrap().current("case").unwrap().clone();
    let (flow, version) = (flow.id, flow.version);
    Item { flow, version, source: record(of).to_string(), on: "2026-03-05".to_owned(), ..Item::default() }
        .create(record(number))
}

/// 反馈办结, after 交办.
fn closed(at: u32, of: u32) -> Vec<RecordOp> {
    let flow = Flows::builtin().unwrap().current("case").unwrap().clone();
    let said = |at: u32, kind: &str, after: Vec<RecordId>| {
        let mut event = Event::new(record(at), kind, Side::Superior, "2026-03-06");
        event.about = record(of).to_string();
        (event.person, event.due, event.note) = ("乙".to_owned(), "2026-04-01".to_owned(), "已办".to_owned());
        event.after = after.into_iter().collect();
        event.create(&flow)
    };
    vec![said(at, "assign", Vec::new()), said(at + 1, "answer", vec![record(at)])]
}

fn query(merged: &[(u32, u32)]) -> UntakenQuery {
    UntakenQuery {
        offices: vec![OFFICE, SIBLING],
        above: ABOVE,
        merged: merged.iter().map(|(id, main)| (record(*id), record(*main))).collect(),
        offset: 0,
        limit: 100,
    }
}

fn waiting(store: &Store, query: &UntakenQuery) -> Vec<u32> {
    let (total, found) = store.read(|reader| reader.untaken(query)).unwrap();
    assert!(total as usize >= found.len());
    found.iter().map(|stored| number(&stored.view.id)).collect()
}

#[test]
fn a_concern_waits_until_a_word_or_a_case_and_again_when_it_is_opened_after_them() {
    let store = home();
    let all = || waiting(&store, &query(&[]));
    put(
        &store,
        visits(OFFICE, 2026),
        vec![concern(1, "2026-03-02", "2026-03-03"), concern(2, "2026-03-01", "2026-03-03")],
    );
    put(&store, visits(SIBLING, 2025), vec![concern(3, "2025-12-30", "2026-01-02")]);
    assert_eq!(all(), [3, 2, 1], "the oldest first, of whatever year");
    put(
        &store,
        visits(OFFICE, 2026),
        vec![step(10, 1, "2026-03-03", "in_progress"), step(11, 2, "2026-03-03", "closed")],
    );
    assert_eq!(all(), [3, 1], "what the branch closed waits for nobody");
    let dispatch = |office| BookKey::dispatch(office, ABOVE, 2026);
    put(&store, dispatch(SIBLING), vec![answer(12, 3, "2026-03-04", AnswerState::Handling)]);
    assert_eq!(all(), [1]);
    // What another office writes about it, or an office of its own papers, is no word and no case.
    put(&store, dispatch(OFFICE), vec![answer(13, 3, "2026-03-09", AnswerState::Answered)]);
    put(&store, BookKey::new(OFFICE, BookKind::desk(), 2026), vec![case(20, 1)]);
    assert_eq!(all(), [1]);
    let desk = || BookKey::new(ABOVE, BookKind::desk(), 2026);
    put(&store, desk(), vec![case(21, 1)]);
    assert_eq!(all(), [] as [u32; 0], "a case handles it");
    // Closed without an answer that reached it, it waits again.
    put(&store, desk(), closed(22, 21));
    assert_eq!(all(), [1]);
    put(&store, dispatch(OFFICE), vec![answer(24, 1, "2026-03-06", AnswerState::Answered)]);
    assert_eq!(all(), [] as [u32; 0]);
    put(&store, visits(OFFICE, 2026), vec![step(25, 1, "2026-03-07", REOPENED)]);
    assert_eq!(all(), [1], "opened again after the answer");
    store.rebuild_read_model().unwrap();
    assert_eq!(all(), [1]);
    let none = UntakenQuery { offices: vec![ABOVE], ..query(&[]) };
    assert_eq!(waiting(&store, &none), [] as [u32; 0]);
}

#[test]
fn of_merged_concerns_one_waits_and_none_once_a_case_handles_any_of_them() {
    let store = home();
    let concerns = (1..=5).map(|n| concern(n, &format!("2026-03-0{n}"), "2026-03-08")).collect();
    put(&store, visits(OFFICE, 2026), concerns);
    let all = |merged: &[(u32, u32)]| waiting(&store, &query(merged));
    // 4 stands for 2 and 4; 9 is not here and stands for 3 and 5.
    let merged = [(2, 4), (4, 4), (3, 9), (5, 9), (9, 9)];
    assert_eq!(all(&merged), [1, 3, 4]);
    assert_eq!(all(&[]), [1, 2, 3, 4, 5]);
    let page = |offset: u32, limit: u32| {
        let asked = UntakenQuery { offset, limit, ..query(&merged) };
        store.read(|reader| reader.untaken(&asked)).unwrap()
    };
    assert_eq!((page(0, 0).0, page(0, 0).1.len()), (3, 0), "only the number");
    assert_eq!(page(1, 1).1.iter().map(|stored| number(&stored.view.id)).collect::<Vec<_>>(), [3]);
    assert_eq!(page(3, 1).1.len(), 0);
    // The one that stands for both was answered; the other, which was not, waits.
    put(&store, BookKey::dispatch(OFFICE, ABOVE, 2026), vec![answer(20, 4, "2026-03-08", AnswerState::Answered)]);
    assert_eq!(all(&merged), [1, 2, 3]);
    let desk = || BookKey::new(ABOVE, BookKind::desk(), 2026);
    put(&store, desk(), vec![case(30, 5)]);
    assert_eq!(all(&merged), [1, 2], "the case of 5 handles 3 as well");
    // The case was merged into another, and that one was closed: nothing handles 3 and 5 any more.
    put(&store, desk(), vec![case(31, 1)]);
    let merged = [&merged[..], &[(30, 31), (31, 31)]].concat();
    assert_eq!(all(&merged), [2]);
    put(&store, desk(), closed(32, 31));
    assert_eq!(all(&merged), [1, 2, 3]);
}

#[test]
fn concerns_are_counted_by_day_without_being_read() {
    let store = home();
    put(
        &store,
        visits(OFFICE, 2026),
        vec![
            concern(1, "2026-02-27", "2026-03-02"),
            concern(2, "2026-03-02", "2026-03-09"),
            concern(3, "2026-03-09", "2026-03-09"),
        ],
    );
    put(&store, visits(SIBLING, 2025), vec![concern(4, "2025-12-30", "2026-03-02")]);
    put(&store, visits(OFFICE, 2026), vec![step(10, 3, "2026-03-09", "closed")]);
    let ids = |offices: &[OfficeId], by: ConcernDay, from: &str, to: &str| {
        let found = store.read(|reader| reader.concern_ids(offices, by, from, to)).unwrap();
        found.iter().map(number).collect::<Vec<_>>()
    };
    let both = [OFFICE, SIBLING];
    assert_eq!(ids(&both, ConcernDay::HandedIn, "2026-03-02", "2026-03-09"), [1, 2, 3, 4], "closed ones too");
    assert_eq!(ids(&both, ConcernDay::HandedIn, "2026-03-03", "2026-03-09"), [2, 3]);
    assert_eq!(ids(&both, ConcernDay::HandedIn, "2026-03-02", "2026-03-08"), [1, 4]);
    assert_eq!(ids(&[OFFICE], ConcernDay::Raised, "2026-", "2026-"), [1, 2, 3]);
    assert_eq!(ids(&both, ConcernDay::Raised, "2025-", "2025-"), [4]);
    assert_eq!(ids(&[ABOVE], ConcernDay::Raised, "2025-", "2026-"), [] as [u32; 0]);
    let none = UntakenQuery { merged: BTreeMap::new(), limit: 0, ..query(&[]) };
    assert_eq!(store.read(|reader| reader.untaken(&none)).unwrap().0, 3);
}
