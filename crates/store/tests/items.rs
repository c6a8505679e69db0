//! Where checklist items stand, derived in whatever order records come, and the same after a rebuild.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{OFFICE, TODAY, home, id};
use ybz_domain::book::{BookKey, BookKind, RecordOp, create};
use ybz_domain::ids::OfficeId;
use ybz_store::{BookEdit, ItemQuery, ItemSort, SideWrites, Store};

const ABOVE: OfficeId = OfficeId([8; 16]);
const SIBLING: OfficeId = OfficeId([9; 16]);

fn tasks(office: OfficeId, year: i16) -> BookKey {
    BookKey::new(office, BookKind::tasks(), year)
}

fn dispatch() -> BookKey {
    BookKey::dispatch(OFFICE, ABOVE, 2026)
}

fn put(store: &Store, key: BookKey, ops: Vec<RecordOp>) {
    store.commit(TODAY, vec![BookEdit { key, ops }], SideWrites::default()).unwrap();
}

fn item(number: u8, rtype: &str, title: &str, deadline: &str) -> RecordOp {
    create(id(number), rtype, [("title", title.into()), ("date", deadline.into()), ("person", "张某".into())])
}

fn step(number: u8, about: u8, state: &str) -> RecordOp {
    let fields = [("ref", id(about).to_string().into()), ("date", "2026-03-05".into()), ("state", state.into())];
    create(id(number), "step", fields)
}

fn decision(number: u8, about: u8, state: &str, after: u8) -> RecordOp {
    let fields = [
        ("ref", id(about).to_string().into()),
        ("kind", "item".into()),
        ("state", state.into()),
        ("after", id(after).to_string().into()),
    ];
    create(id(number), "decision", fields)
}

fn all() -> ItemQuery {
    ItemQuery { offices: vec![OFFICE], sort: ItemSort::Deadline, limit: 50, ..ItemQuery::default() }
}

/// Number of each item found, with how many records are about it.
fn found(store: &Store, query: &ItemQuery) -> Vec<(u8, usize)> {
    let (total, found) = store.read(|reader| reader.items(query)).unwrap();
    assert_eq!(usize::try_from(total).unwrap(), found.len());
    assert_eq!(store.read(|reader| reader.count_items(query)).unwrap(), total);
    found.iter().map(|one| (one.item.view.id.0[0], one.about.len())).collect()
}

fn in_state(store: &Store, state: &str) -> Vec<u8> {
    let query = ItemQuery { states: vec![state.to_owned()], ..all() };
    found(store, &query).into_iter().map(|(number, _)| number).collect()
}

#[test]
fn an_item_stands_as_its_steps_and_decisions_say_in_whatever_order_they_come() {
    let home = home();
    put(&home, tasks(OFFICE, 2025), vec![item(1, "item", "修路", "2025-12-20")]);
    put(&home, tasks(OFFICE, 2026), vec![item(2, "item", "清渠", "2026-03-10"), step(20, 2, "done")]);
    // Its step is here before the item from above is.
    put(&home, tasks(OFFICE, 2026), vec![step(30, 3, "done")]);
    put(&home, dispatch(), vec![item(3, "dispatched_item", "防汛", "2026-04-10"), decision(31, 3, "returned", 30)]);
    let expected = [(1, 0), (2, 1), (3, 2)];
    assert_eq!(found(&home, &all()), expected);
    // A step in another office's book, an item of the wrong type for its book, a decision from below: none of it counts.
    put(&home, tasks(SIBLING, 2026), vec![step(40, 1, "done")]);
    put(&home, dispatch(), vec![item(5, "item", "假", "2026-01-01"), step(41, 1, "done")]);
    put(&home, tasks(OFFICE, 2026), vec![decision(42, 3, "accepted", 30)]);
    let check = |when: &str| {
        assert_eq!(found(&home, &all()), expected, "{when}");
        assert_eq!(in_state(&home, "open"), [1], "{when}");
        assert_eq!(in_state(&home, "done"), [2], "{when}");
        assert_eq!(in_state(&home, "returned"), [3], "{when}");
        let of_2026 = ItemQuery { year: Some(2026), ..all() };
        assert_eq!(found(&home, &of_2026).len(), 3, "what 2025 left open is in view: {when}");
        let unfinished = ItemQuery { finished: Some(false), only_year: Some(2026), ..all() };
        assert_eq!(found(&home, &unfinished), [(3, 2)], "{when}");
    };
    check("as it came");
    home.rebuild_read_model().unwrap();
    check("rebuilt");
    put(&home, tasks(OFFICE, 2026), vec![step(10, 1, "done")]);
    assert_eq!(in_state(&home, "done"), [1, 2], "a step of the next year's book counts too");
    let of_2026 = ItemQuery { year: Some(2026), ..all() };
    assert_eq!(found(&home, &of_2026).len(), 2, "and the item leaves the next year's view");
}
