//! What is added up as records are written is what counting them anew would give.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::collections::BTreeMap;

use common::{OFFICE, TODAY, home, id};
use proptest::prelude::*;
use ybz_domain::book::{BookKey, BookKind, DELETED, RecordOp, Value, create};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::submission::{DECISION, ON_SUBMISSION, SUBMISSION_STEP, Submission, Word, months};
use ybz_domain::ledger::verdict::Standing;
use ybz_store::{BookEdit, RecordQuery, SideWrites, Store};

const ABOVE: OfficeId = OfficeId([8; 16]);
const DAYS: [&str; 5] = ["2026-01-05", "2026-01-31", "2026-02-01", "2025-12-31", ""];

fn book(at: usize) -> BookKey {
    let kinds = [BookKind::visits(), BookKind::tasks(), BookKind::meetings()];
    BookKey::new(OFFICE, kinds[at % 3].clone(), 2026)
}

fn put(store: &Store, key: BookKey, ops: Vec<RecordOp>) {
    store.commit(TODAY, vec![BookEdit { key, ops }], SideWrites::default()).unwrap();
}

#[derive(Debug, Clone)]
enum Write {
    Make { at: usize, record: u8, day: usize, kind: bool, custodian: bool },
    Set { at: usize, record: u8, field: usize, day: usize },
    Delete { at: usize, record: u8 },
    Rebuild,
}

fn write() -> impl Strategy<Value = Write> {
    let at = (0..3usize, 0..5u8);
    prop_oneof![
        4 => (at.clone(), 0..5usize, any::<bool>(), any::<bool>()).prop_map(|((at, record), day, kind, custodian)| Write::Make { at, record, day, kind, custodian }),
        4 => (at.clone(), 0..3usize, 0..5usize).prop_map(|((at, record), field, day)| Write::Set { at, record, field, day }),
        2 => at.prop_map(|(at, record)| Write::Delete { at, record }),
        1 => Just(Write::Rebuild),
    ]
}

/// Numbers of records of a type that stand, by month, state and mark.
type Counts = BTreeMap<(String, String, bool), u32>;

fn added_up(store: &Store, rtype: &str) -> Counts {
    let found = store.read(|reader| reader.month_counts(rtype, "2025-01", "2026-12")).unwrap();
    let mut out = Counts::new();
    for one in found {
        assert_eq!(one.office, OFFICE);
        *out.entry((one.month, one.state, one.custodian)).or_default() += one.count;
    }
    out
}

fn counted_anew(store: &Store, rtype: &str) -> Counts {
    let mut out = Counts::new();
    for stored in store.read(|reader| reader.query(&RecordQuery::of_type(rtype))).unwrap().1 {
        if let Some(month) = stored.row.date.get(..7) {
            *out.entry((month.to_owned(), stored.row.state, stored.view.flag("custodian"))).or_default() += 1;
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn months_are_added_up_as_records_come_change_and_go(writes in prop::collection::vec(write(), 1..40)) {
        let store = home();
        let mut made = std::collections::BTreeSet::new();
        for write in writes {
            match write {
                Write::Make { at, record, day, kind, custodian } => {
                    if made.insert((at, record)) {
                        let rtype = if kind { "visit" } else { "item" };
                        let mut fields: Vec<(String, Value)> =
                            vec![("date".to_owned(), DAYS[day].into()), ("state".to_owned(), "open".into())];
                        fields.extend(custodian.then(|| ("custodian".to_owned(), true.into())));
                        let made = RecordOp::Create { id: id(record + 1), rtype: rtype.to_owned(), fields };
                        put(&store, book(at), vec![made]);
                    }
                }
                Write::Set { at, record, field, day } => {
                    if made.contains(&(at, record)) {
                        let (field, value): (&str, Value) = match field {
                            0 => ("date", DAYS[day].into()),
                            1 => ("state", DAYS[day].into()),
                            _ => ("custodian", day.is_multiple_of(2).into()),
                        };
                        put(&store, book(at), vec![RecordOp::Set { id: id(record + 1), field: field.to_owned(), value }]);
                    }
                }
                Write::Delete { at, record } => {
                    if made.contains(&(at, record)) {
                        let (field, value) = (DELETED.to_owned(), id(record + 1).to_string().into());
                        put(&store, book(at), vec![RecordOp::Set { id: id(record + 1), field, value }]);
                    }
                }
                Write::Rebuild => store.rebuild_read_model().unwrap(),
            }
            for rtype in ["visit", "item"] {
                prop_assert_eq!(added_up(&store, rtype), counted_anew(&store, rtype));
            }
        }
    }
}

fn said(about: u8, state: &str, digest: &str, after: &[u8]) -> Word {
    Word {
        about: id(about).to_string(),
        kind: ON_SUBMISSION.to_owned(),
        state: state.to_owned(),
        on: "2026-03-01".to_owned(),
        digest: digest.to_owned(),
        after: after.iter().map(|at| id(*at)).collect(),
        ..Word::default()
    }
}

fn submission(month: &str, after: &[u8]) -> Submission {
    let after = after.iter().map(|at| id(*at)).collect();
    Submission { month: month.to_owned(), on: "2026-02-28".to_owned(), after, ..Submission::default() }
}

#[test]
fn a_month_stands_as_what_was_said_on_its_last_submission_in_whatever_order_it_comes() {
    let [january, february] = [submission("2026-01", &[]), submission("2026-02", &[])];
    let digest = data_encoding::HEXLOWER.encode(&january.digest(&OFFICE));
    let tasks = || BookKey::new(OFFICE, BookKind::tasks(), 2026);
    let dispatch = || BookKey::dispatch(OFFICE, ABOVE, 2026);
    let writes = [
        (tasks(), january.create(id(1))),
        (tasks(), february.create(id(2))),
        (dispatch(), said(1, "accepted", &digest, &[]).create(id(10), DECISION)),
        // About another state of the rows, from a stranger's book, and a word that is not this side's: nothing counts.
        (dispatch(), said(2, "accepted", &digest, &[]).create(id(11), DECISION)),
        (BookKey::new(ABOVE, BookKind::tasks(), 2026), said(2, "withdrawn", "", &[]).create(id(12), SUBMISSION_STEP)),
        (tasks(), said(2, "accepted", &digest, &[]).create(id(13), SUBMISSION_STEP)),
        (tasks(), said(2, "withdrawn", "", &[]).create(id(14), SUBMISSION_STEP)),
        (tasks(), submission("2026-02", &[2]).create(id(3))),
    ];
    let told = |store: &Store| -> BTreeMap<String, Standing> {
        let found = store.read(|reader| reader.submitted(2026)).unwrap();
        found
            .into_iter()
            .filter(|(office, ..)| *office == OFFICE)
            .map(|(_, month, standing)| (month, standing))
            .collect()
    };
    let views = |store: &Store, key: &BookKey| -> Vec<_> {
        common::records(store, key).into_iter().map(|stored| stored.view).collect()
    };
    for turned in [false, true] {
        let store = home();
        let mut order: Vec<_> = writes.to_vec();
        if turned {
            order.reverse();
        }
        for (key, op) in order {
            put(&store, key, vec![op]);
            assert_eq!(told(&store), months(&OFFICE, &views(&store, &tasks()), &views(&store, &dispatch())));
        }
        for rebuilt in [false, true] {
            if rebuilt {
                store.rebuild_read_model().unwrap();
            }
            let expected = [("2026-01", Standing::Accepted), ("2026-02", Standing::Pending)];
            assert_eq!(told(&store), expected.map(|(month, standing)| (month.to_owned(), standing)).into());
        }
        assert!(store.read(|reader| reader.submitted(2025)).unwrap().is_empty());
    }
}

#[test]
fn what_a_book_is_called_is_known_as_soon_as_it_is_there() {
    let store = home();
    let visit = |record: u8, year: i16| {
        put(
            &store,
            BookKey::new(OFFICE, BookKind::visits(), year),
            vec![create(id(record), "visit", [("date", DAYS[0].into())])],
        );
    };
    let years = || -> Vec<(RecordId, Option<i16>)> {
        let query =
            RecordQuery { offices: Some(vec![OFFICE]), sort: ybz_store::Sort::Id, ..RecordQuery::of_type("visit") };
        let found = store.read(|reader| reader.query(&query)).unwrap().1;
        found.into_iter().map(|stored| (stored.view.id, stored.key.year)).collect()
    };
    assert_eq!(years(), []);
    visit(1, 2025);
    assert_eq!(years(), [(id(1), Some(2025))]);
    visit(2, 2026);
    assert_eq!(years(), [(id(1), Some(2025)), (id(2), Some(2026))]);
    for (name, value) in [("received/a", 1), ("received/b", 2), ("receives", 3), ("reced", 4)] {
        store.put_setting(name, &value.into()).unwrap();
    }
    let under = store.settings_under("received/").unwrap();
    assert_eq!(under, [("a".to_owned(), 1.into()), ("b".to_owned(), 2.into())].into());
}
