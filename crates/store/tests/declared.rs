//! The declared name of whoever made a change.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{TODAY, anyone, changes_of, home, id, visit, visits};
use ybz_store::{BookEdit, SideWrites};

#[test]
fn a_declared_name_travels_in_the_change_and_is_told_in_its_history() {
    let (a, b) = (home(), home());
    let edit = |ops| vec![BookEdit { key: visits(), ops }];
    a.commit_as(TODAY, Some("王甲一"), edit(vec![visit(1, "村部")]), SideWrites::default()).unwrap();
    a.commit_as(TODAY, None, edit(vec![common::set(1, "place", "祠堂")]), SideWrites::default()).unwrap();
    let odd = "长".repeat(22);
    a.commit_as(TODAY, Some(&odd), edit(vec![common::set(1, "place", "学校")]), SideWrites::default()).unwrap();
    let outgoing = a.missing_for(&visits().id(), &[]).unwrap();
    b.accept(&visits(), None, changes_of(&outgoing), outgoing.attestations.clone(), &anyone).unwrap();
    b.read_in(100).unwrap();
    a.compact(&visits().id()).unwrap();
    for store in [&a, &b] {
        let found = store.history(&visits().id(), &id(1), 99).unwrap().unwrap();
        let of_place = found.values.iter().filter(|one| one.written.field == "place");
        let told: Vec<_> = of_place.map(|one| one.written.declared.as_deref()).collect();
        assert_eq!(told, [Some("王甲一"), None, None], "66 bytes are too many to declare");
    }
}
