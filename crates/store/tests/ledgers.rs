//! Ledgers of several offices in numbers and in the order of their offices; items as lines.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{TODAY, home, id};
use ybz_domain::book::{BookKey, BookKind, RecordOp, create};
use ybz_domain::ids::OfficeId;
use ybz_store::{BookEdit, GroupBy, LineQuery, RecordQuery, SideWrites, Sort, Store};

const ONE: OfficeId = OfficeId([1; 16]);
const TWO: OfficeId = OfficeId([2; 16]);
const ABOVE: OfficeId = OfficeId([8; 16]);

fn put(store: &Store, key: BookKey, ops: Vec<RecordOp>) {
    store.commit(TODAY, vec![BookEdit { key, ops }], SideWrites::default()).unwrap();
}

fn concern(number: u8, date: &str, category: &str) -> RecordOp {
    create(id(number), "concern", [("date", date.into()), ("category", category.into()), ("kind", category.into())])
}

fn step(number: u8, about: u8, state: &str) -> RecordOp {
    let fields = [("ref", id(about).to_string().into()), ("date", "2026-03-05".into()), ("state", state.into())];
    create(id(number), "step", fields)
}

fn visits(office: OfficeId) -> BookKey {
    BookKey::new(office, BookKind::visits(), 2026)
}

fn concerns(offices: &[OfficeId]) -> RecordQuery {
    RecordQuery { rtype: Some("concern".to_owned()), offices: Some(offices.to_vec()), ..RecordQuery::default() }
}

fn filled() -> common::Home {
    let home = home();
    put(&home, visits(ONE), vec![concern(1, "2026-02-01", "roads"), concern(2, "2026-03-01", "water")]);
    put(&home, visits(ONE), vec![step(11, 1, "closed")]);
    put(&home, visits(TWO), vec![concern(3, "2026-03-09", "roads")]);
    home
}

/// Words and counts of the groups.
fn groups(store: &Store, query: &RecordQuery, by: GroupBy) -> Vec<(String, u32)> {
    let found = store.read(|reader| reader.ledger_groups(query, by)).unwrap();
    found.into_iter().map(|one| (one.word, one.count)).collect()
}

#[test]
fn a_ledger_is_counted_by_month_kind_state_and_office() {
    let home = filled();
    let of = |word: &str, count: u32| (word.to_owned(), count);
    let all = concerns(&[ONE, TWO]);
    assert_eq!(groups(&home, &all, GroupBy::Month), [of("2026-02", 1), of("2026-03", 2)]);
    assert_eq!(groups(&home, &all, GroupBy::Kind), [of("roads", 2), of("water", 1)]);
    assert_eq!(groups(&home, &all, GroupBy::State), [of("closed", 1), of("handed_in", 2)]);
    assert_eq!(groups(&home, &concerns(&[TWO]), GroupBy::Nothing), [of("", 1)]);
    let by_office = home.read(|reader| reader.ledger_groups(&all, GroupBy::Office)).unwrap();
    let counts: Vec<_> = by_office.iter().map(|one| (one.office, one.count)).collect();
    assert_eq!(counts, [(Some(ONE), 2), (Some(TWO), 1)]);
    let closed = RecordQuery { stands: Some("closed".to_owned()), ..all.clone() };
    assert_eq!(groups(&home, &closed, GroupBy::Kind), [of("roads", 1)]);
    let (total, found) = home.read(|reader| reader.query(&RecordQuery { limit: 10, ..closed })).unwrap();
    assert_eq!((total, found[0].view.id), (1, id(1)), "the list has what the numbers count");
    let stands = home.read(|reader| reader.stands("concern", &[id(1), id(2)])).unwrap();
    assert_eq!((stands[&(id(1), ONE)].as_str(), stands[&(id(2), ONE)].as_str()), ("closed", "handed_in"));
    let kinds = home.read(|reader| reader.kind_counts(&all)).unwrap();
    assert_eq!(kinds.len(), 3);
    assert_eq!(groups(&home, &concerns(&[ABOVE]), GroupBy::Month), []);
}

#[test]
fn records_stand_in_the_order_in_which_offices_are_named() {
    let home = filled();
    let listed = |offices: &[OfficeId], limit: u32, offset: u32| -> Vec<u8> {
        let query = RecordQuery { sort: Sort::Office, limit, offset, ..concerns(offices) };
        let (_, found) = home.read(|reader| reader.query(&query)).unwrap();
        found.iter().map(|one| one.view.id.0[0]).collect()
    };
    assert_eq!(listed(&[TWO, ONE], 50, 0), [3, 2, 1], "within an office the newest first");
    assert_eq!(listed(&[ONE, TWO], 50, 0), [2, 1, 3]);
    assert_eq!(listed(&[ONE, TWO], 1, 1), [1], "page by page");
}

#[test]
fn what_was_sent_at_once_is_found_by_what_it_has_in_common() {
    let home = home();
    let sent = |number: u8, batch: u8| {
        let fields = [("ref", id(batch).to_string().into()), ("title", "防汛".into()), ("date", "2026-04-10".into())];
        create(id(number), "dispatched_item", fields)
    };
    let dispatch = |office| BookKey::dispatch(office, ABOVE, 2026);
    put(&home, dispatch(ONE), vec![sent(1, 90), sent(2, 91)]);
    put(&home, dispatch(TWO), vec![sent(3, 90)]);
    put(&home, BookKey::new(ONE, BookKind::tasks(), 2026), vec![step(21, 1, "done")]);
    let lines = |query: LineQuery| {
        let query = LineQuery { offices: vec![ONE, TWO], ..query };
        let found = home.read(|reader| reader.item_lines(&query)).unwrap();
        found.into_iter().map(|line| (line.id.0[0], line.state, line.acknowledged)).collect::<Vec<_>>()
    };
    let batch = LineQuery { about: Some(id(90).to_string()), ..LineQuery::default() };
    assert_eq!(lines(batch), [(1, "done".to_owned(), true), (3, "open".to_owned(), false)]);
    let days = |from: &str, to: &str| LineQuery {
        from: Some(from.to_owned()),
        to: Some(to.to_owned()),
        finished: Some(false),
        ..LineQuery::default()
    };
    assert_eq!(lines(days("2026-04-01", "2026-04-30")).len(), 3);
    assert_eq!(lines(days("2026-05-01", "2026-05-30")).len(), 0);
}
