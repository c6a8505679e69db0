//! Lists, rates, deadlines and groups of 0, 1, 50 and 50,000 items, whose rows are written as they would be derived.

use jiff::civil::date;
use rusqlite::params;
use ybz_domain::book::BookKey;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::flow::Item;

use crate::table::{books, encode, records};
use crate::{BookEdit, DatabaseKey, FlowGroup, FlowQuery, FlowSort, Options, SideWrites, Store, TallyQuery};

const OFFICE: OfficeId = OfficeId([7; 16]);
const ABOVE: OfficeId = OfficeId([8; 16]);
const ITEMS: u32 = 50_000;

/// Numbers as the statement below makes rows of them.
const NUMBERS: &str = "WITH RECURSIVE c (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c WHERE n < ?1)";

fn day(n: u32) -> String {
    format!("2026-{:02}-{:02}", 1 + n % 12, 1 + n % 28)
}

fn title(n: u32) -> String {
    format!("{}{n}", ["修路", "清渠"][n as usize % 2])
}

/// Line `n` of a list is closed where 5 divides `n`, in the first state where 4 does.
fn home(items: u32) -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let options = Options {
        dir: dir.path().join("data"),
        key: DatabaseKey::from_bytes([1; 32]),
        boot_dir: dir.path().join("boot"),
        today: date(2026, 3, 9),
        random: |bytes| bytes.fill(3),
        cache_bytes: 1 << 20,
    };
    let store = Store::create(options).unwrap();
    let item = Item { flow: "case".to_owned(), version: "2026.1".to_owned(), ..Item::default() };
    let key = BookKey::dispatch(OFFICE, ABOVE, 2026);
    let edit = BookEdit { key: key.clone(), ops: vec![item.create(RecordId([9; 16]))] };
    store.commit(date(2026, 3, 9), vec![edit], SideWrites::default()).unwrap();
    {
        let writer = store.writer();
        let book = books::find(&writer.conn, &key.id()).unwrap().unwrap().id;
        let view = records::get(&writer.conn, book, &RecordId([9; 16])).unwrap().unwrap().view;
        let view = encode(&view, "records").unwrap();
        writer.conn.execute_batch("DELETE FROM flows; DELETE FROM flow_words; BEGIN").unwrap();
        if items == 0 {
            writer.conn.execute_batch("COMMIT").unwrap();
            drop(writer);
            return (dir, store);
        }
        let write = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
            assert_eq!(writer.conn.execute(&format!("{NUMBERS} {sql}"), values).unwrap(), items as usize);
        };
        write(
            "INSERT INTO flows SELECT ?2, unhex(printf('%032x', n)), 'case', '2026.1', 1, iif(n % 5 = 0, 'closed', 'accepted'),
                 n % 4, 0, 0, iif(n % 5 = 0, ',accepted,closed,', ',accepted,open,'), 'closure:0', 'whole',
                 printf('2026-%02d-%02d', 1 + n / 7 % 12, 1 + n / 7 % 28), '',
                 printf('2026-%02d-%02d', 1 + n % 12, 1 + n % 28), printf('2026-%02d', 1 + n % 12),
                 iif(n % 2 = 0, '修路', '清渠') || n, '', '', '', '', '服务清单/' || printf('%02d', n % 40), '', n,
                 '第' || (n % 300) || '村' FROM c",
            params![items, book],
        );
        write(
            "INSERT INTO flow_words SELECT unhex(printf('%032x', n)), ?2, iif(n % 2 = 0, '修路', '清渠') || n FROM c",
            params![items, book],
        );
        write(
            "INSERT INTO records (book, id, rtype, date, kind, state, about, amount, text, late, conflict, hash, view)
             SELECT ?2, unhex(printf('%032x', n)), 'flow_item', '', '', '', '', 0, '', 0, 0, zeroblob(32), ?3 FROM c",
            params![items, book, view],
        );
        writer.conn.execute_batch("COMMIT").unwrap();
    }
    (dir, store)
}

/// The items of a page, by the person that stands for the number.
fn page(store: &Store, query: FlowQuery) -> (u32, Vec<u32>) {
    let query = FlowQuery { offices: vec![OFFICE], limit: 50, ..query };
    let (total, found) = store.read(|reader| reader.flows(&query)).unwrap();
    (total, found.iter().map(|one| one.row.charge.person.parse().unwrap()).collect())
}

#[test]
fn fifty_thousand_items_are_listed_page_by_page_and_counted() {
    let (_dir, store) = home(ITEMS);
    let mut all: Vec<u32> = (1..=ITEMS).collect();
    all.sort_by_key(|n| (day(*n), day(*n / 7), *n));
    let on = FlowQuery { offset: 20_000, sort: FlowSort::On, ..FlowQuery::default() };
    assert_eq!(page(&store, on), (ITEMS, all[20_000..20_050].to_vec()));
    all.sort_by_key(|n| (title(*n), day(*n / 7), *n));
    let titles = FlowQuery { offset: 49_990, sort: FlowSort::Title, ..FlowQuery::default() };
    assert_eq!(page(&store, titles), (ITEMS, all[49_990..].to_vec()));
    all.sort_by_key(|n| (day(*n / 7), *n));
    assert_eq!(page(&store, FlowQuery { sort: FlowSort::Office, ..FlowQuery::default() }), (ITEMS, all[..50].to_vec()));
    let text = |n: &&u32| title(**n).contains("清渠123");
    let some = FlowQuery { text: Some("清渠123".to_owned()), ..FlowQuery::default() };
    let wanted: Vec<u32> = all.iter().filter(text).copied().collect();
    assert_eq!(page(&store, some), (wanted.len() as u32, wanted[..50].to_vec()));
    let query = TallyQuery { flow: "case".to_owned(), offices: vec![OFFICE], ..TallyQuery::default() };
    let rates = store.read(|reader| reader.flow_tallies(&query)).unwrap();
    assert_eq!(rates.iter().map(|row| row.denominator).sum::<u32>(), ITEMS);
    assert_eq!(rates.len(), 300, "each unit's items are of one month: 12 divides 300");
    let after = |query: &TallyQuery, day| store.read(|reader| reader.flows_dated_after(query, day)).unwrap();
    assert!(after(&query, date(2026, 12, 27)) && !after(&query, date(2026, 12, 28)), "nothing is of a later day");
    let until = TallyQuery { to_month: Some("2026-11".to_owned()), ..query.clone() };
    assert!(after(&until, date(2026, 11, 26)) && !after(&until, date(2026, 11, 27)));
    assert!(!after(&TallyQuery { flow: "finding".to_owned(), ..query.clone() }, date(2026, 1, 1)));
    assert!(!after(&TallyQuery { offices: vec![OfficeId([1; 16])], ..query }, date(2026, 1, 1)));
    let dues = store.read(|reader| reader.flow_dues(&[OFFICE], date(2026, 3, 1), date(2026, 3, 31))).unwrap();
    assert_eq!(dues.len(), all.iter().filter(|n| day(**n / 7).starts_with("2026-03")).count());
    assert!(dues.is_sorted_by_key(|due| due.by));
}

#[test]
fn lists_of_any_length_are_filtered_sorted_counted_and_cut() {
    for items in [0, 1, 50, ITEMS] {
        let (_dir, store) = home(items);
        let all: Vec<u32> = (1..=items).collect();
        let sorted = |by: &dyn Fn(u32) -> String| {
            let mut out = all.clone();
            out.sort_by_cached_key(|n| (by(*n), day(*n / 7), *n));
            out
        };
        let orders: [(FlowSort, &dyn Fn(u32) -> String); 5] = [
            (FlowSort::Due, &|_| String::new()),
            (FlowSort::On, &day),
            (FlowSort::Title, &title),
            (FlowSort::State, &|n| format!("{}{}", n % 4, if n % 5 == 0 { "closed" } else { "accepted" })),
            (FlowSort::Person, &|n| n.to_string()),
        ];
        for (sort, by) in orders {
            let whole = sorted(by);
            for offset in [0, items.saturating_sub(50), items] {
                let cut = whole.iter().skip(offset as usize).take(50).copied().collect::<Vec<_>>();
                let asked = FlowQuery { sort, offset, ..FlowQuery::default() };
                assert_eq!(page(&store, asked), (items, cut), "{items} by {sort:?} from {offset}");
            }
            let last = whole.iter().rev().take(50).copied().collect::<Vec<_>>();
            let back = FlowQuery { sort, descending: true, ..FlowQuery::default() };
            assert_eq!(page(&store, back), (items, last), "{items} by {sort:?}, the other way round");
        }
        let some = |holds: &dyn Fn(u32) -> bool| {
            let found: Vec<u32> = sorted(&|_| String::new()).into_iter().filter(|n| holds(*n)).collect();
            (found.len() as u32, found.into_iter().take(50).collect::<Vec<u32>>())
        };
        let closed = FlowQuery { counts: vec!["closed".to_owned()], ..FlowQuery::default() };
        assert_eq!(page(&store, closed), some(&|n| n % 5 == 0));
        let group = FlowQuery { group: Some("服务清单/07".to_owned()), ..FlowQuery::default() };
        assert_eq!(page(&store, group), some(&|n| n % 40 == 7));
        let march = FlowQuery { from: Some(date(2026, 3, 1)), to: Some(date(2026, 3, 31)), ..FlowQuery::default() };
        assert_eq!(page(&store, march), some(&|n| day(n).starts_with("2026-03")));
        let briefs = store.read(|reader| reader.flow_briefs(&[OFFICE], "case")).unwrap();
        assert!(briefs.iter().zip(&all).all(|(brief, n)| brief.closed == (n % 5 == 0) && brief.office == OFFICE));
        assert_eq!(briefs.len(), items as usize);
        let asked = FlowQuery { offices: vec![OFFICE], ..FlowQuery::default() };
        let on = date(2026, 6, 15);
        let groups = store.read(|reader| reader.flow_groups(&asked, on)).unwrap();
        let wanted = (0..40u32).filter_map(|group| {
            let of: Vec<u32> = all.iter().copied().filter(|n| n % 40 == group).collect();
            let count = |holds: &dyn Fn(u32) -> bool| of.iter().filter(|n| holds(**n)).count() as u32;
            (!of.is_empty()).then(|| FlowGroup {
                group: format!("服务清单/{group:02}"),
                office: OFFICE,
                items: of.len() as u32,
                at_start: count(&|n| n % 4 == 0),
                closed: count(&|n| n % 5 == 0),
                overdue: count(&|n| day(n / 7) < on.to_string()),
            })
        });
        assert_eq!(groups, wanted.collect::<Vec<_>>(), "{items}");
    }
}
