//! Rates and lists out of the read model.

use super::*;

#[test]
fn rates_are_those_of_the_source_and_a_merged_case_counts_once() {
    let store = home();
    let case = builtin("case");
    let mut ops = Vec::new();
    let mut at = 1000;
    for n in 1..=200u32 {
        let month = 1 + n % 4;
        let unit = ["水利站", "民政办"][n as usize % 2];
        ops.push(
            Item { unit: unit.to_owned(), ..item("case", "事", &format!("2026-{month:02}-10")) }.create(record(n)),
        );
        let mut said = |kind: &str, value: &str, after: &[u32]| {
            at += 1;
            let mut event = event(&case, at, n, (Side::Superior, kind, "2026-05-01"), after);
            if !value.is_empty() {
                value.clone_into(&mut event.value);
            }
            event.data.remove("unit");
            ops.push(event.create(&case));
            at
        };
        let assigned = said("assign", "", &[]);
        let last = if n <= 180 { said("answer", "", &[assigned]) } else { assigned };
        match n {
            1..=105 | 181..=190 => drop(said("rate", "satisfied", &[last])),
            106..=120 => drop(said("rate", "dissatisfied", &[last])),
            _ => {}
        }
    }
    put(&store, ops.chunks(100).map(|ops| (desk(OFFICE, 2026), ops.to_vec())).collect());
    let rows = |query: &TallyQuery| store.read(|reader| reader.flow_tallies(query)).unwrap();
    let all = rows(&tally(&[OFFICE], &[]));
    assert_eq!((rate(&all, "closure"), rate(&all, "satisfaction")), ((180, 200), (105, 120)));
    assert!(all.is_sorted(), "by office, unit, month, rate");
    let march: Vec<&FlowTally> = all.iter().filter(|row| row.month == "2026-03" && row.rate == "closure").collect();
    assert_eq!(march.len(), 1, "cases of March are all of even numbers");
    assert_eq!((march[0].unit.as_str(), march[0].numerator, march[0].denominator), ("水利站", 45, 50));
    // 1, 3 and 185 are one case; where the month of the one that stands for all is not asked for, none of them counts.
    let merged = tally(&[OFFICE], &[(1, 1), (3, 1), (185, 1)]);
    let counted = rows(&merged);
    assert_eq!((rate(&counted, "closure"), rate(&counted, "satisfaction")), ((179, 198), (104, 119)));
    // Without their units: a row of each month, and the same sums.
    let months = rows(&TallyQuery { any_unit: true, ..merged.clone() });
    assert_eq!((rate(&months, "closure"), rate(&months, "satisfaction")), ((179, 198), (104, 119)));
    assert!(months.is_sorted() && months.iter().all(|row| row.unit.is_empty()));
    let cells: BTreeSet<_> = months.iter().map(|row| (&row.month, &row.rate)).collect();
    assert_eq!(cells.len(), months.len());
    let april = TallyQuery { from_month: Some("2026-04".to_owned()), to_month: Some("2026-04".to_owned()), ..merged };
    assert_eq!(rate(&rows(&april), "closure").1, 49, "3 is of April, 1 is of February");
    // The one that stands for all is not here: the lowest that is does.
    let elsewhere = tally(&[OFFICE], &[(7, 999), (8, 999)]);
    assert_eq!(rate(&rows(&elsewhere), "closure"), (179, 199));
    assert_eq!(rows(&TallyQuery { desk: Some(false), ..tally(&[OFFICE], &[]) }), []);
    assert_eq!(rows(&tally(&[SIBLING], &[])), []);
    assert_eq!(rows(&tally(&[], &[])), []);
}

#[test]
fn lists_filter_sort_and_page_as_asked() {
    let store = home();
    let case = builtin("case");
    let with = |number: u32, item: Item| item.create(record(number));
    let base = |title: &str, on: &str, due: &str| Item { due: due.to_owned(), ..item("case", title, on) };
    put(
        &store,
        vec![
            (
                tasks(OFFICE, 2026),
                vec![
                    with(
                        1,
                        Item {
                            category: "水".to_owned(),
                            person: "张某".to_owned(),
                            ..base("清渠", "2026-01-05", "2026-03-01")
                        },
                    ),
                    with(
                        2,
                        Item {
                            category: "路".to_owned(),
                            channel: "hotline".to_owned(),
                            ..base("修路 ABC", "2026-02-05", "2026-02-01")
                        },
                    ),
                    with(3, Item { group: record(77).to_string(), ..base("路灯", "2026-03-05", "") }),
                ],
            ),
            (
                desk(ABOVE, 2026),
                vec![with(4, Item { source: record(1).to_string(), ..base("转来", "2026-03-06", "2026-04-01") })],
            ),
            (dispatch(2025), vec![with(5, Item { text: "渠首".to_owned(), ..item("listed", "清单", "2025-12-01") })]),
            (
                dispatch(2026),
                vec![
                    event(&case, 20, 2, (Side::Superior, "assign", "2026-02-06"), &[]).create(&case),
                    event(&case, 21, 2, (Side::Superior, "answer", "2026-02-07"), &[20]).create(&case),
                ],
            ),
        ],
    );
    let all = || of(&[OFFICE, ABOVE]);
    let day = |text: &str| Some(text.parse().unwrap());
    let word = |text: &str| Some(text.to_owned());
    let asks: [(FlowQuery, &[u32]); 24] = [
        (all(), &[1, 4, 2, 3, 5]),
        (FlowQuery { desk: Some(true), ..all() }, &[4]),
        (FlowQuery { desk: Some(false), year: Some(2025), ..all() }, &[5]),
        (FlowQuery { flows: vec!["listed".to_owned(), "weak".to_owned()], ..all() }, &[5]),
        (FlowQuery { states: vec!["answered".to_owned()], ..all() }, &[2]),
        (FlowQuery { counts: vec!["accepted".to_owned(), "closed".to_owned()], ..all() }, &[2]),
        (FlowQuery { not_counts: vec!["closed".to_owned()], flows: vec!["case".to_owned()], ..all() }, &[1, 4, 3]),
        (FlowQuery { category: word("水"), ..all() }, &[1]),
        (FlowQuery { channel: word("hotline"), ..all() }, &[2]),
        (FlowQuery { group: word(&record(77).to_string()), ..all() }, &[3]),
        (FlowQuery { source: word(&record(1).to_string()), ..all() }, &[4]),
        (FlowQuery { source: word(&record(1).to_string()), sort: FlowSort::Office, ..of(&[OFFICE]) }, &[]),
        (FlowQuery { person: word("张某"), ..all() }, &[1]),
        (FlowQuery { person: word("乙"), unit: word("unit2"), ..all() }, &[2]),
        (FlowQuery { from: day("2026-02-05"), to: day("2026-03-05"), sort: FlowSort::On, ..all() }, &[2, 3]),
        (FlowQuery { due_from: day("2026-03-01"), due_to: day("2026-03-31"), ..all() }, &[1]),
        (FlowQuery { overdue_on: day("2026-03-02"), ..all() }, &[1]),
        (FlowQuery { overdue_on: day("2026-03-01"), ..all() }, &[]),
        (FlowQuery { text: word("渠"), sort: FlowSort::On, ..all() }, &[5, 1]),
        (FlowQuery { text: word(" abc "), ..all() }, &[2]),
        (FlowQuery { sort: FlowSort::Office, ..of(&[ABOVE, OFFICE]) }, &[4, 1, 2, 3, 5]),
        (FlowQuery { sort: FlowSort::Office, descending: true, ..of(&[ABOVE, OFFICE]) }, &[5, 3, 2, 1, 4]),
        (FlowQuery { sort: FlowSort::State, ..all() }, &[1, 4, 3, 2, 5]),
        (FlowQuery { sort: FlowSort::On, descending: true, offset: 1, limit: 2, ..all() }, &[3, 2]),
    ];
    for (query, wanted) in asks {
        assert_eq!(numbers(&store, &query), wanted, "{query:?}");
        let (total, _) =
            store.read(|reader| reader.flows(&FlowQuery { offset: 0, limit: 0, ..query.clone() })).unwrap();
        let whole = numbers(&store, &FlowQuery { offset: 0, limit: 1000, ..query });
        assert_eq!(usize::try_from(total).unwrap(), whole.len());
    }
    for sort in [
        FlowSort::Due,
        FlowSort::On,
        FlowSort::Title,
        FlowSort::State,
        FlowSort::Office,
        FlowSort::Category,
        FlowSort::Person,
    ] {
        let whole = numbers(&store, &FlowQuery { sort, ..all() });
        let pages = (0..5).flat_map(|offset| numbers(&store, &FlowQuery { sort, offset, limit: 1, ..all() }));
        assert_eq!(pages.collect::<Vec<_>>(), whole, "pages neither repeat nor lose an item: {sort:?}");
        let back = numbers(&store, &FlowQuery { sort, descending: true, ..all() });
        assert_eq!(back.into_iter().rev().collect::<Vec<_>>(), whole, "{sort:?}");
    }
    let dues = |from: &str, to: &str| {
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        let found = store.read(|reader| reader.flow_dues(&[OFFICE, ABOVE], from, to)).unwrap();
        found.into_iter().map(|due| (number(&due.id), due.by.to_string(), due.desk)).collect::<Vec<_>>()
    };
    let expected = [(1, "2026-03-01".to_owned(), false), (4, "2026-04-01".to_owned(), true)];
    assert_eq!(dues("2026-01-01", "2026-12-31"), expected, "what was answered is due no more");
    assert_eq!(dues("2026-03-02", "2026-04-01"), expected[1..]);
}
