//! The one door for local edits.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::sync::{Arc, Mutex};

use common::{OFFICE, TODAY, commit, home, id, options, place, set, visit, visits};
use ybz_domain::book::{BookKey, BookKind, create};
use ybz_domain::ids::{RecordId, Serial};
use ybz_domain::seal::HouseholdKey;
use ybz_store::{BookEdit, Draft, ErasedHousehold, HouseholdKeyRow, RecordQuery, SideWrites, Sort, Store, StoreError};

#[test]
fn one_action_is_one_change_per_book_in_one_commit() {
    let home = home();
    let private = BookKey::new(OFFICE, BookKind::private(), 2026);
    let edits = vec![
        BookEdit { key: visits(), ops: vec![visit(1, "村部")] },
        BookEdit { key: private.clone(), ops: vec![create(id(2), "note", [("ref", id(1).to_string().into())])] },
        BookEdit { key: visits(), ops: vec![visit(3, "祠堂")] },
    ];
    let done = home.commit(TODAY, edits, SideWrites::default()).unwrap();
    assert_eq!(done.books.len(), 2, "two edits of one book are one change");
    assert_eq!(done.kinds.iter().map(String::as_str).collect::<Vec<_>>(), ["own/private", "up/visits"]);
    assert_eq!(done.touched.len(), 3);
    let books = home.read(|r| r.books()).unwrap();
    assert_eq!(books.iter().map(|book| book.changes).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(books[0].heads, done.books[0].1);
}

#[test]
fn an_edit_that_does_not_fit_leaves_nothing_behind_and_the_next_commit_is_sound() {
    let home = home();
    commit(&home, vec![visit(1, "村部")]);
    let draft = Draft { form: "visit".into(), key: "new".into(), json: "{}".into(), saved: TODAY };
    home.put_draft(&draft).unwrap();
    let tasks = BookKey::new(OFFICE, BookKind::tasks(), 2026);
    let edits = vec![
        BookEdit { key: visits(), ops: vec![set(1, "place", "祠堂")] },
        BookEdit { key: tasks.clone(), ops: vec![set(9, "state", "done")] },
    ];
    let side = SideWrites { delete_drafts: vec![("visit".into(), "new".into())], ..SideWrites::default() };
    let error = home.commit(TODAY, edits, side).unwrap_err();
    assert!(matches!(error, StoreError::Edit { book, .. } if book == tasks.id()), "{error}");
    assert_eq!(place(&home, 1), "村部");
    assert_eq!(home.drafts().unwrap(), [draft], "rows beside belong to the commit");
    assert!(home.read(|r| r.book(&tasks.id())).unwrap().is_none(), "no empty book is left");
    commit(&home, vec![set(1, "place", "学校")]);
    assert_eq!(place(&home, 1), "学校");
    let dir = home.dir;
    drop(home.store);
    let store = Store::open(options(dir.path(), 1)).unwrap();
    commit(&store, vec![set(1, "place", "田头")]);
    assert_eq!(place(&store, 1), "田头", "what is on disk makes the same document");
}

#[test]
fn a_household_key_is_written_once_and_an_erased_household_takes_none() {
    let home = home();
    let row = |key: u8| HouseholdKeyRow { household: id(1), key_id: Serial([5; 16]), key: HouseholdKey([key; 32]) };
    let side = SideWrites { household_keys: vec![row(1)], ..SideWrites::default() };
    let edit = || vec![BookEdit { key: visits(), ops: vec![visit(1, "村部")] }];
    home.commit(TODAY, edit(), side).unwrap();
    assert_eq!(home.household_key(&Serial([5; 16])).unwrap(), Some(row(1)));
    let side = SideWrites { household_keys: vec![row(2)], ..SideWrites::default() };
    let edits = vec![BookEdit { key: visits(), ops: vec![set(1, "place", "祠堂")] }];
    assert!(matches!(home.commit(TODAY, edits, side), Err(StoreError::KeyTaken(_))));
    assert_eq!(place(&home, 1), "村部");
    let erased = ErasedHousehold { household: id(1), on: "2026-03-20".to_owned(), order: None };
    let side = SideWrites { erase_households: vec![erased.clone()], ..SideWrites::default() };
    home.commit(TODAY, Vec::new(), side).unwrap();
    assert_eq!(home.put_household_keys(&[row(1)]).unwrap(), 0, "erasure beats every key at any time");
    assert!(home.household_keys().unwrap().is_empty());
    assert_eq!(home.erased_households().unwrap(), [erased]);
}

#[test]
fn lists_filter_sort_and_page() {
    let home = home();
    let other = ybz_domain::ids::OfficeId([8; 16]);
    for (number, day, amount, office) in [
        (1, "2026-03-05", 5, OFFICE),
        (2, "2026-03", 7, OFFICE),
        (3, "2026-04-01", 6, OFFICE),
        (4, "2026-03-31", 1, other),
    ] {
        let fields =
            [("date", day.into()), ("title", "Ａ夜谈".into()), ("amount", ybz_domain::book::Value::Int(amount))];
        let ops = vec![create(id(number), "visit", fields)];
        let key = BookKey::new(office, BookKind::visits(), 2026);
        home.commit(TODAY, vec![BookEdit { key, ops }], SideWrites::default()).unwrap();
    }
    let ids = |query: RecordQuery| -> Vec<RecordId> {
        home.read(|r| r.query(&query)).unwrap().1.into_iter().map(|record| record.view.id).collect()
    };
    let visit = || RecordQuery::of_type("visit");
    assert_eq!(ids(visit()), [id(3), id(4), id(1), id(2)]);
    let march = RecordQuery { from: Some("2026-03".into()), to: Some("2026-03".into()), ..visit() };
    assert_eq!(ids(march), [id(4), id(1), id(2)]);
    let days = RecordQuery { from: Some("2026-03-06".into()), to: Some("2026-04-01".into()), ..visit() };
    assert_eq!(ids(days), [id(3), id(4), id(2)], "a record dated by the month counts when one of its days does");
    let mine = RecordQuery { offices: Some(vec![OFFICE]), sort: Sort::AmountDesc, ..visit() };
    assert_eq!(ids(mine.clone()), [id(2), id(3), id(1)]);
    let page = RecordQuery { offset: 1, limit: 1, ..mine };
    assert_eq!(home.read(|r| r.query(&page)).unwrap().0, 3, "the total does not depend on the page");
    assert_eq!(ids(page), [id(3)]);
    assert_eq!(ids(RecordQuery { year: Some(2025), ..visit() }), []);
    assert_eq!(ids(RecordQuery { text: Some("夜谈".into()), ..visit() }).len(), 4);
    let counts = home.read(|r| r.month_counts("visit", "2026-03", "2026-03")).unwrap();
    let march: u32 = counts.iter().filter(|c| c.office == OFFICE).map(|c| c.count).sum();
    assert_eq!(march, 2);
}

#[test]
fn those_who_listen_hear_what_changed() {
    let home = home();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&heard);
    home.on_change(move |version, tags| ear.lock().unwrap().push((version, tags.clone())));
    commit(&home, vec![visit(1, "村部")]);
    home.put_setting("size", &serde_json::json!("large")).unwrap();
    assert_eq!(heard.lock().unwrap().len(), 2);
    let changed = home.wait(0, std::time::Duration::ZERO);
    assert_eq!(changed.version, 2);
    assert!(changed.tags.unwrap().contains("up/visits"));
    assert_eq!(home.wait(1, std::time::Duration::ZERO).tags.unwrap().into_iter().collect::<Vec<_>>(), ["settings"]);
}
