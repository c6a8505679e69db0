//! Where items of flows stand, asked in the database, is what their template and the events say, in whatever order they come.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../common/mod.rs"]
mod common;
mod groups;
mod lists;

use std::collections::{BTreeMap, BTreeSet};

use common::{OFFICE, TODAY, home};
use proptest::prelude::*;
use ybz_domain::book::{BookKey, BookKind, RecordOp};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::flow::{Event, Flow, FlowPatch, Flows, Item, Side, course};
use ybz_store::{BookEdit, FlowQuery, FlowSort, FlowTally, FoundFlow, SideWrites, Store, TallyQuery};

const ABOVE: OfficeId = OfficeId([8; 16]);
const SIBLING: OfficeId = OfficeId([9; 16]);

fn record(number: u32) -> RecordId {
    let mut bytes = [0; 16];
    bytes[12..].copy_from_slice(&number.to_be_bytes());
    RecordId(bytes)
}

fn number(id: &RecordId) -> u32 {
    u32::from_be_bytes(id.0[12..].try_into().unwrap())
}

fn tasks(office: OfficeId, year: i16) -> BookKey {
    BookKey::new(office, BookKind::tasks(), year)
}

fn dispatch(year: i16) -> BookKey {
    BookKey::dispatch(OFFICE, ABOVE, year)
}

fn desk(office: OfficeId, year: i16) -> BookKey {
    BookKey::new(office, BookKind::desk(), year)
}

fn put(store: &Store, edits: Vec<(BookKey, Vec<RecordOp>)>) {
    let edits = edits.into_iter().map(|(key, ops)| BookEdit { key, ops }).collect();
    store.commit_each(TODAY, None, edits, SideWrites::default()).unwrap();
}

fn builtin(id: &str) -> Flow {
    Flows::builtin().unwrap().current(id).unwrap().clone()
}

/// An item of a template; what is not said here is set by whoever needs it.
fn item(flow: &str, title: &str, on: &str) -> Item {
    let version = builtin(flow).version;
    Item { flow: flow.to_owned(), version, title: title.to_owned(), on: on.to_owned(), ..Item::default() }
}

/// An event that says all that its template asks for.
fn event(flow: &Flow, at: u32, about: u32, (side, kind, on): (Side, &str, &str), after: &[u32]) -> Event {
    let mut out = Event::new(record(at), kind, side, on);
    let wanted = flow.event(kind).unwrap();
    let (person, role) = if side == Side::Unit { ("甲", "书记") } else { ("乙", "街道") };
    out.about = record(about).to_string();
    (out.person, out.role, out.note) = (person.to_owned(), role.to_owned(), "说明".to_owned());
    if wanted.needs.contains("due") {
        out.due = format!("2026-06-{:02}", at % 28 + 1);
    }
    out.value =
        wanted.values.get(at as usize % wanted.values.len().max(1)).map(|one| one.id.clone()).unwrap_or_default();
    out.data = wanted.keys().map(|key| (key.to_owned(), format!("{key}{}", at % 3))).collect();
    out.after = after.iter().map(|at| record(*at)).collect();
    out
}

fn of(offices: &[OfficeId]) -> FlowQuery {
    FlowQuery { offices: offices.to_vec(), limit: 1000, ..FlowQuery::default() }
}

fn found(store: &Store, query: &FlowQuery) -> Vec<FoundFlow> {
    let (total, found) = store.read(|reader| reader.flows(query)).unwrap();
    assert!(usize::try_from(total).unwrap() >= found.len());
    found
}

fn numbers(store: &Store, query: &FlowQuery) -> Vec<u32> {
    found(store, query).iter().map(|one| number(&one.item.view.id)).collect()
}

/// The row is what the domain says about these events, of which only those in `counts` are from a book that speaks.
fn assert_row(one: &FoundFlow, flow: &Flow, events: &[Event]) {
    let item = Item::read(&one.item.view).unwrap();
    let here: BTreeSet<RecordId> = one.events.iter().map(|event| event.view.id).collect();
    assert_eq!(here, events.iter().map(|event| event.id).collect());
    let now = course(flow, events);
    let due = now.running(&item.on, &item.due);
    assert!(one.row.known);
    assert_eq!((&one.row.state, one.row.disputed), (&now.state, now.disputed));
    assert_eq!(one.row.counts.iter().map(String::as_str).collect::<BTreeSet<_>>(), now.counts());
    assert_eq!(one.row.due, due.as_ref().map(|due| (due.deadline.clone(), due.by)));
    assert_eq!(one.row.met_on, due.and_then(|due| due.met_on));
    assert_eq!(one.row.charge, now.charge(&item));
}

#[derive(Debug, Clone)]
struct Drawn {
    about: usize,
    kind: prop::sample::Index,
    above: bool,
    day: u8,
    after: Vec<prop::sample::Index>,
    /// Whose book it is put into: mostly the right one.
    astray: u8,
    next_year: bool,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let after = prop::collection::vec(any::<prop::sample::Index>(), 0..4);
    (0..4usize, any::<prop::sample::Index>(), any::<bool>(), 1..28u8, after, 0..12u8, any::<bool>()).prop_map(
        |(about, kind, above, day, after, astray, next_year)| Drawn {
            about,
            kind,
            above,
            day,
            after,
            astray,
            next_year,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_table_is_what_the_domain_says_of_any_events_in_any_order(
        drawn in prop::collection::vec(drawn(), 1..40),
        order in any::<u64>(),
        items_last in any::<bool>(),
    ) {
        // One of the unit's own, one that was sent down, a working paper above, one of another template.
        let flows = ["case", "rectification", "case", "listed"];
        let places = [tasks(OFFICE, 2026), dispatch(2026), desk(ABOVE, 2026), dispatch(2026)];
        let made = |at: usize| (places[at].clone(), vec![item(flows[at], "修路", "2026-03-01").create(record(at as u32 + 1))]);
        let items: Vec<_> = (0..4).map(made).collect();
        let mut counts: BTreeMap<usize, Vec<Event>> = (0..4).map(|at| (at, Vec::new())).collect();
        let mut writes = Vec::new();
        for (n, one) in (100u32..).zip(&drawn) {
            let flow = builtin(flows[one.about]);
            let kind = one.kind.get(&flow.events);
            let own = one.about == 2;
            let side = if own || one.above { Side::Superior } else { Side::Unit };
            let earlier: Vec<u32> = (100..n).filter(|at| drawn[(at - 100) as usize].about == one.about).collect();
            let mut after: Vec<u32> = if earlier.is_empty() { vec![] } else { one.after.iter().map(|at| *at.get(&earlier)).collect() };
            after.extend(earlier.last().filter(|_| n % 3 != 0));
            let day = format!("2026-04-{:02}", one.day);
            let event = event(&flow, n, one.about as u32 + 1, (side, &kind.id, &day), &after);
            let year = if one.next_year { 2027 } else { 2026 };
            let right = match (own, side) {
                (true, _) => desk(ABOVE, year),
                (_, Side::Unit) => tasks(OFFICE, year),
                (_, Side::Superior) => dispatch(year),
            };
            let key = match one.astray {
                0 => tasks(SIBLING, year),
                1 => desk(OFFICE, year),
                2 => BookKey::new(OFFICE, BookKind::visits(), year),
                _ => right,
            };
            if one.astray > 2 {
                counts.entry(one.about).or_default().push(event.clone());
            }
            writes.push((key, vec![event.create(&flow)]));
        }
        // As the seed says, in chunks.
        let mut state = order | 1;
        writes.sort_by_cached_key(|_| { state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1); state >> 33 });
        let store = home();
        if !items_last {
            put(&store, items.clone());
        }
        for chunk in writes.chunks(5) {
            put(&store, chunk.to_vec());
        }
        if items_last {
            put(&store, items);
        }
        for rebuilt in [false, true] {
            if rebuilt {
                store.rebuild_read_model().unwrap();
            }
            let all = found(&store, &of(&[OFFICE, ABOVE]));
            prop_assert_eq!(all.len(), 4);
            for one in &all {
                let at = number(&one.item.view.id) as usize - 1;
                assert_row(one, &builtin(flows[at]), &counts[&at]);
                let again = store.read(|reader| reader.flow(&[OFFICE, ABOVE], &one.item.view.id)).unwrap();
                prop_assert_eq!(again.as_ref(), Some(one));
            }
        }
        prop_assert!(store.read(|reader| reader.flow(&[SIBLING], &record(1))).unwrap().is_none());
    }
}

fn tally(offices: &[OfficeId], merged: &[(u32, u32)]) -> TallyQuery {
    let merged = merged.iter().map(|(id, main)| (record(*id), record(*main))).collect();
    TallyQuery { flow: "case".to_owned(), offices: offices.to_vec(), merged, ..TallyQuery::default() }
}

fn rate(rows: &[FlowTally], rate: &str) -> (u32, u32) {
    let of = rows.iter().filter(|row| row.rate == rate);
    of.fold((0, 0), |sum, row| (sum.0 + row.numerator, sum.1 + row.denominator))
}

/// 200 accepted, 180 closed, 120 of them rated, 105 satisfied, 10 open ones rated: 90.0 % and 87.5 %.
#[test]
fn what_stands_in_the_wrong_book_is_no_item_and_no_event() {
    let store = home();
    let case = builtin("case");
    let closed = |at, about, side| event(&case, at, about, (side, "assign", "2026-03-02"), &[]).create(&case);
    put(
        &store,
        vec![
            (tasks(OFFICE, 2026), vec![item("case", "甲", "2026-03-01").create(record(1))]),
            (BookKey::new(OFFICE, BookKind::visits(), 2026), vec![item("case", "乙", "2026-03-01").create(record(2))]),
            (
                desk(ABOVE, 2026),
                vec![item("case", "丙", "2026-03-01").create(record(3)), closed(10, 1, Side::Superior)],
            ),
            (dispatch(2026), vec![closed(11, 3, Side::Superior)]),
            (tasks(SIBLING, 2026), vec![closed(12, 1, Side::Unit)]),
        ],
    );
    let all = found(&store, &of(&[OFFICE, ABOVE, SIBLING]));
    let told: Vec<_> =
        all.iter().map(|one| (number(&one.item.view.id), one.events.len(), one.row.state.as_str())).collect();
    assert_eq!(told, [(1, 0, "accepted"), (3, 0, "accepted")]);
}

#[test]
fn an_item_of_an_unknown_version_waits_for_its_template() {
    let store = home();
    let flows = Flows::builtin().unwrap();
    let patch = FlowPatch { id: "case".to_owned(), citation: "镇里的规定".to_owned(), ..FlowPatch::default() };
    let later = flows.laid_over("2026.7", &[], &[patch]).unwrap();
    let case = later.current("case").unwrap();
    let of_pack = Item {
        version: "2026.7".to_owned(),
        person: "丙".to_owned(),
        due: "2026-05-01".to_owned(),
        ..item("case", "渠", "2026-03-01")
    };
    put(
        &store,
        vec![
            (tasks(OFFICE, 2026), vec![of_pack.create(record(1)), item("case", "路", "2026-03-01").create(record(2))]),
            (dispatch(2026), vec![event(case, 10, 1, (Side::Superior, "assign", "2026-03-02"), &[]).create(case)]),
        ],
    );
    let unknown = FlowQuery { known: Some(false), ..of(&[OFFICE]) };
    let check = |known: bool| {
        let one = store.read(|reader| reader.flow(&[OFFICE], &record(1))).unwrap().unwrap();
        assert_eq!((one.row.known, one.events.len()), (known, 1));
        assert_eq!(one.row.state, if known { "assigned" } else { "" });
        assert_eq!(
            one.row.charge.person,
            if known { "乙" } else { "丙" },
            "what the item itself says is told either way"
        );
        assert_eq!(numbers(&store, &unknown), if known { vec![] } else { vec![1] });
        let rates = store.read(|reader| reader.flow_tallies(&tally(&[OFFICE], &[]))).unwrap();
        assert_eq!(rate(&rates, "closure"), (0, if known { 2 } else { 1 }), "nothing is guessed about it");
    };
    check(false);
    store.set_flows(&later).unwrap();
    check(true);
    let before = store.version();
    store.set_flows(&later).unwrap();
    assert_eq!(store.version(), before, "where nothing changed nobody is told");
    store.set_flows(&flows).unwrap();
    check(false);
    store.set_flows(&later).unwrap();
    // What an office says for its own items serves nobody else's.
    for (office, known) in [(SIBLING, false), (OFFICE, true)] {
        let mut own = flows.clone();
        own.remember_for(office, &later);
        store.set_flows(&own).unwrap();
        check(known);
    }
    // What was given once stays when the model is made anew.
    store.rebuild_read_model().unwrap();
    check(true);
}
