//! Who has which item and what belongs together; and whose word an item waits for, where offices name templates alike.

use jiff::civil::date;
use ybz_store::{FlowBrief, FlowGroup};

use super::*;

const LIST: &str = "服务清单/2026-03";

/// Lines of lists at two offices: what is sent down, what a unit opened by itself, and a paper of the desk.
fn lists(store: &Store) {
    let listed = builtin("listed");
    let line = |number: u32, group: &str, due: &str| {
        let item =
            Item { group: group.to_owned(), due: due.to_owned(), ..item("listed", "入户走访", "2026-03-01") };
        item.create(record(number))
    };
    let said = |at: u32, about: u32, side: Side, kind: &str, after: &[u32]| {
        event(&listed, at, about, (side, kind, "2026-03-05"), after).create(&listed)
    };
    let siblings = BookKey::dispatch(SIBLING, ABOVE, 2026);
    put(
        store,
        vec![
            (
                dispatch(2026),
                vec![
                    line(1, LIST, "2026-03-10"),
                    line(2, LIST, "2026-03-31"),
                    line(3, LIST, ""),
                    line(4, "", "2026-03-01"),
                ],
            ),
            (dispatch(2025), vec![line(5, LIST, "2025-12-31"), line(6, "工作清单/2025", "2025-12-31")]),
            (siblings, vec![line(7, LIST, "2026-03-10")]),
            (tasks(OFFICE, 2026), vec![line(8, LIST, "2026-03-10")]),
            (desk(OFFICE, 2026), vec![line(9, LIST, "2026-03-10")]),
        ],
    );
    // The first was taken up and reported in time, the second taken up, the fifth done and accepted.
    put(
        store,
        vec![(
            tasks(OFFICE, 2026),
            vec![
                said(20, 1, Side::Unit, "begin", &[]),
                said(21, 1, Side::Unit, "report", &[20]),
                said(22, 2, Side::Unit, "begin", &[]),
                said(23, 5, Side::Unit, "begin", &[]),
                said(24, 5, Side::Unit, "report", &[23]),
            ],
        )],
    );
    put(store, vec![(dispatch(2026), vec![said(25, 5, Side::Superior, "accept", &[24])])]);
}

fn groups(store: &Store, query: &FlowQuery, on: (i16, i8, i8)) -> Vec<(String, OfficeId, [u32; 4])> {
    let found = store.read(|reader| reader.flow_groups(query, date(on.0, on.1, on.2))).unwrap();
    let told = |one: FlowGroup| (one.group, one.office, [one.items, one.at_start, one.closed, one.overdue]);
    found.into_iter().map(told).collect()
}

#[test]
fn what_belongs_together_is_counted_for_each_office_as_the_query_says() {
    let store = home();
    lists(&store);
    let asked = |offices: &[OfficeId]| FlowQuery { desk: Some(false), flows: vec!["listed".to_owned()], ..of(offices) };
    let list = |office: OfficeId, numbers: [u32; 4]| (LIST.to_owned(), office, numbers);
    let older = ("工作清单/2025".to_owned(), OFFICE, [1, 1, 0, 1]);
    // 1 is reported, 2 begun, 3 and 8 new, 5 of the older book accepted; of these 8 alone is overdue on the 20th.
    let all = groups(&store, &asked(&[OFFICE, SIBLING]), (2026, 3, 20));
    assert_eq!(all, [older.clone(), list(OFFICE, [5, 2, 1, 1]), list(SIBLING, [1, 1, 0, 1])]);
    assert_eq!(
        groups(&store, &asked(&[SIBLING]), (2026, 3, 10)),
        [list(SIBLING, [1, 1, 0, 0])],
        "its own day is not over"
    );
    let sent = FlowQuery { writer: Some(ABOVE), ..asked(&[OFFICE]) };
    assert_eq!(groups(&store, &sent, (2026, 3, 20)), [older.clone(), list(OFFICE, [4, 1, 1, 0])]);
    let own = FlowQuery { writer: Some(OFFICE), ..asked(&[OFFICE]) };
    assert_eq!(groups(&store, &own, (2026, 3, 20)), [list(OFFICE, [1, 1, 0, 1])]);
    let named = FlowQuery { group_part: Some("/2025".to_owned()), ..asked(&[OFFICE]) };
    assert_eq!(groups(&store, &named, (2026, 3, 20)), [older]);
    let year = FlowQuery { year: Some(2026), desk: None, ..asked(&[OFFICE]) };
    assert_eq!(groups(&store, &year, (2026, 3, 20)), [list(OFFICE, [5, 3, 0, 2])], "with the paper of the desk");
    assert_eq!(groups(&store, &FlowQuery { flows: vec!["case".to_owned()], ..asked(&[OFFICE]) }, (2026, 3, 20)), []);
    assert_eq!(groups(&store, &asked(&[]), (2026, 3, 20)), []);
}

#[test]
fn briefs_tell_whose_an_item_is_and_whether_it_is_closed() {
    let store = home();
    lists(&store);
    let briefs = |offices: &[OfficeId], flow: &str| {
        let found = store.read(|reader| reader.flow_briefs(offices, flow)).unwrap();
        let told = |one: FlowBrief| (number(&one.id), one.office, one.closed);
        found.into_iter().map(told).collect::<Vec<_>>()
    };
    let of_office = |numbers: &[u32]| numbers.iter().map(|n| (*n, OFFICE, *n == 5)).collect::<Vec<_>>();
    assert_eq!(briefs(&[OFFICE], "listed"), of_office(&[1, 2, 3, 4, 5, 6, 8]));
    assert_eq!(briefs(&[SIBLING], "listed"), [(7, SIBLING, false)]);
    assert_eq!(briefs(&[OFFICE, SIBLING], "listed").len(), 8, "in the order of their ids, whose ever they are");
    assert_eq!((briefs(&[OFFICE], "case"), briefs(&[ABOVE], "listed")), (vec![], vec![]));
}

#[test]
fn what_was_sent_what_is_open_and_what_cites_one_of_several_is_found() {
    let store = home();
    lists(&store);
    let cites = |number: u32, of: u32| {
        let item = Item { source: record(of).to_string(), ..item("rectification", "整改", "2026-03-02") };
        item.create(record(number))
    };
    put(&store, vec![(dispatch(2026), vec![cites(40, 90), cites(41, 91), cites(42, 92)])]);
    let all = || FlowQuery { flows: vec!["listed".to_owned()], sort: FlowSort::On, ..of(&[OFFICE]) };
    let sorted = |query: FlowQuery| {
        let mut found = numbers(&store, &query);
        found.sort_unstable();
        found
    };
    assert_eq!(sorted(FlowQuery { writer: Some(ABOVE), ..all() }), [1, 2, 3, 4, 5, 6]);
    assert_eq!(sorted(FlowQuery { not_writer: Some(OFFICE), ..all() }), [1, 2, 3, 4, 5, 6]);
    assert_eq!(sorted(FlowQuery { writer: Some(OFFICE), ..all() }), [8, 9]);
    let day = |text: &str| Some(text.parse().unwrap());
    assert_eq!(
        sorted(FlowQuery { since: day("2026-03-02"), ..all() }),
        [1, 2, 3, 4, 6, 8, 9],
        "5 is closed, and earlier"
    );
    assert_eq!(sorted(FlowQuery { since: day("2026-03-01"), ..all() }).len(), 8);
    let of_sources =
        |sources: &[u32]| FlowQuery { sources: Some(sources.iter().map(|n| record(*n)).collect()), ..of(&[OFFICE]) };
    assert_eq!(sorted(of_sources(&[90, 92, 93])), [40, 42]);
    assert_eq!(sorted(of_sources(&[])), [] as [u32; 0]);
}

/// Two offices below set templates of one name and version for themselves, in which the same state is whose turn it is otherwise.
#[test]
fn whose_word_an_item_waits_for_follows_from_the_template_of_its_own_office() {
    let store = home();
    let builtin = Flows::builtin().unwrap();
    let named = |from: &str| Flow {
        id: "patrol".to_owned(),
        version: "村 1".to_owned(),
        ..builtin.current(from).unwrap().clone()
    };
    // Of a list the state `reported` waits for the superior; here the same word is where the unit goes on.
    let waits = named("listed");
    let mut goes_on = named("listed");
    for kind in goes_on.events.iter_mut().filter(|kind| kind.moves.contains_key("reported")) {
        kind.by = [Side::Unit, Side::Superior].into();
        kind.apart_from.clear();
        kind.yields_to.clear();
    }
    assert!(waits.awaits("reported").is_some() && goes_on.awaits("reported").is_none());
    let mut flows = builtin.clone();
    for (office, flow) in [(OFFICE, &waits), (SIBLING, &goes_on)] {
        let laid = builtin.laid_over("村 1", std::slice::from_ref(flow), &[]).unwrap();
        flows.remember_for(office, &laid);
    }
    store.set_flows(&flows).unwrap();
    let open = |number: u32| {
        Item { flow: "patrol".to_owned(), version: "村 1".to_owned(), ..item("listed", "巡查", "2026-03-01") }
            .create(record(number))
    };
    let said = |at: u32, about: u32, kind: &str, after: &[u32]| {
        event(&waits, at, about, (Side::Unit, kind, "2026-03-05"), after).create(&waits)
    };
    for (office, at, number) in [(OFFICE, 10, 1), (SIBLING, 20, 2)] {
        let steps = vec![open(number), said(at, number, "begin", &[]), said(at + 1, number, "report", &[at])];
        put(&store, vec![(tasks(office, 2026), steps)]);
    }
    for rebuilt in [false, true] {
        if rebuilt {
            store.rebuild_read_model().unwrap();
        }
        let both = || of(&[OFFICE, SIBLING]);
        let reported = FlowQuery { states: vec!["reported".to_owned()], ..both() };
        assert_eq!(numbers(&store, &reported).len(), 2, "both stand at the same word");
        assert_eq!(numbers(&store, &FlowQuery { awaits: Some(true), ..both() }), [1]);
        assert_eq!(numbers(&store, &FlowQuery { awaits: Some(false), ..both() }), [2]);
    }
}
