use jiff::civil::date;

use super::*;
use crate::book::{BookKey, BookKind};
use crate::office::OfficeKind;
use crate::sign::Signed;
use crate::trust::testing::{Issuer, ROOT, TODAY, device, membership, office};
use crate::trust::{Body, Reader, Role, may_have_written, may_read, may_write};

/// The root's log; streets 2 (keeper 2) and 3 (keeper 3); village 4 (keeper 4, clerk 5) and 6 (keeper 6) below street 2.
struct Tree {
    root: Issuer,
    east: Issuer,
    west: Issuer,
    village: Issuer,
}

impl Tree {
    fn new() -> Self {
        let (mut root, mut east) = (Issuer::new(1, ROOT), Issuer::new(2, office(2)));
        root.adopt(2, OfficeKind::Committee, 2);
        root.adopt(3, OfficeKind::Committee, 3);
        east.adopt(4, OfficeKind::Branch, 4);
        east.adopt(6, OfficeKind::Branch, 6);
        let mut village = Issuer::new(4, office(4));
        village.enrol(5, Role::Clerk);
        Self { root, east, west: Issuer::new(3, office(3)), village }
    }

    fn order(&mut self, number: u8, change: Change, from: Date) {
        let logs = self.east.head().map(|(seq, _)| (device(2), seq)).into_iter().collect();
        self.root.issue(Body::Order { office: office(number), change, from, logs });
    }

    fn found(&self) -> Membership {
        membership(&[&self.root.log, &self.east.log, &self.west.log, &self.village.log], &[])
    }
}

fn to(parent: u8) -> Change {
    Change::Move { parent: office(parent), addresses: Vec::new() }
}

fn reads(found: &Membership, of: u8, by: u8, book: &BookKey) -> bool {
    may_read(found, Reader { office: office(of), device: device(by) }, book)
}

#[test]
fn a_moved_village_is_read_by_its_new_street_and_the_old_one_gets_nothing_new() {
    let mut tree = Tree::new();
    let before = tree.found();
    let visits = BookKey::new(office(4), BookKind::visits(), 2026);
    let dispatch = BookKey::dispatch(office(4), office(2), 2026);
    assert!(reads(&before, 2, 2, &visits) && !reads(&before, 3, 3, &visits));
    tree.order(4, to(3), TODAY);
    let after = tree.found();
    assert_eq!((after.parent(&office(4)), after.children(&office(2))), (Some(office(3)), vec![office(6)]));
    assert!(!reads(&after, 2, 2, &visits) && reads(&after, 3, 3, &visits) && reads(&after, 4, 4, &visits));
    assert!(reads(&after, 4, 4, &dispatch) && !reads(&after, 2, 2, &dispatch), "the village keeps what it was sent");
    let old = Reader { office: office(2), device: device(2) };
    assert!(may_have_written(&after, old, &dispatch), "and it stays good");
    assert!(!may_write(&after, old, &dispatch), "but nothing is added");
    let own = BookKey::new(office(4), BookKind::households(), 2026);
    assert!([2, 3].into_iter().all(|street| !reads(&after, street, street, &own)), "no order opens private books");
}

#[test]
fn a_view_of_an_earlier_day_shows_the_tree_of_that_day() {
    let mut tree = Tree::new();
    tree.order(4, to(3), TODAY);
    let found = tree.found();
    let yesterday = TODAY.yesterday().unwrap();
    assert!(found.was_above(&office(2), &office(4), yesterday) && !found.was_above(&office(3), &office(4), yesterday));
    assert!(!found.was_above(&office(2), &office(4), TODAY) && found.was_above(&office(3), &office(4), TODAY));
    assert_eq!(found.children_on(&office(2), yesterday), [office(4), office(6)]);
    assert!(found.was_above(&ROOT, &office(4), yesterday) && found.was_above(&ROOT, &office(4), TODAY));
    // An order that names an earlier day than it was signed on changes nothing that was signed between.
    let mut tree = Tree::new();
    tree.order(4, to(3), date(2026, 1, 1));
    assert!(tree.found().was_above(&office(2), &office(4), yesterday));
}

#[test]
fn only_an_office_above_all_concerned_orders() {
    for (street, change) in [(2, to(3)), (3, to(3)), (3, Change::Dissolve)] {
        let mut tree = Tree::new();
        let by = if street == 2 { &mut tree.east } else { &mut tree.west };
        by.issue(Body::Order { office: office(4), change, from: TODAY, logs: Vec::new() });
        assert_eq!(tree.found().parent(&office(4)), Some(office(2)), "street {street} took what is not below it");
        assert!(!tree.found().is_closed(&office(4)));
    }
    // The village cannot move itself, nor can a clerk of the root's.
    let mut tree = Tree::new();
    tree.village.issue(Body::Order { office: office(4), change: to(3), from: TODAY, logs: Vec::new() });
    tree.root.enrol(7, Role::Clerk);
    let mut clerk = Issuer::new(7, ROOT);
    clerk.issue(Body::Order { office: office(4), change: to(3), from: TODAY, logs: Vec::new() });
    let found = membership(&[&tree.root.log, &tree.east.log, &tree.village.log, &clerk.log], &[]);
    assert_eq!(found.parent(&office(4)), Some(office(2)));
    // Nor does anything hang below itself.
    let mut tree = Tree::new();
    tree.order(2, to(4), TODAY);
    assert_eq!(tree.found().parent(&office(2)), Some(ROOT));
}

#[test]
fn a_former_street_removes_whom_it_removed_before_and_nobody_after() {
    let removed = |found: &Membership| found.certificate(&office(4), &device(4)).unwrap().removed.is_some();
    let mut tree = Tree::new();
    tree.east.remove(4, None);
    tree.order(4, to(3), TODAY);
    assert!(removed(&tree.found()), "what was ended stays ended");
    let mut tree = Tree::new();
    tree.order(4, to(3), TODAY);
    tree.east.remove(4, None);
    assert!(!removed(&tree.found()), "after the order it has no say");
    let last = tree.village.head();
    tree.west.remove(4, last);
    let found = tree.found();
    assert!(removed(&found) && found.certificate(&office(4), &device(5)).unwrap().removed.is_none());
}

#[test]
fn a_merged_village_ends_and_the_one_that_goes_on_reads_its_books() {
    let mut tree = Tree::new();
    tree.order(4, Change::Merge { into: office(6) }, TODAY);
    let found = tree.found();
    assert_eq!((found.heir(&office(4)), found.predecessors(&office(6))), (office(6), vec![office(4)]));
    assert_eq!(found.children(&office(2)), [office(6)]);
    assert_eq!(found.children_on(&office(2), TODAY), [office(4), office(6)], "its figures of the year still count");
    assert_eq!(found.children_on(&office(2), date(2027, 2, 1)), [office(6)]);
    let visits = BookKey::new(office(4), BookKind::visits(), 2026);
    assert!(reads(&found, 6, 6, &visits) && reads(&found, 2, 2, &visits) && reads(&found, 4, 4, &visits));
    let keeper = Reader { office: office(4), device: device(4) };
    assert!(
        !may_write(&found, keeper, &visits) && may_have_written(&found, keeper, &visits),
        "late work still arrives"
    );
    assert!(!reads(&found, 6, 6, &BookKey::new(office(4), BookKind::households(), 2026)));
    // A second order about it, or one that hangs something below it, has no effect.
    tree.order(4, to(3), TODAY);
    assert_eq!(tree.found().offices, found.offices, "what ended does not move");
}

#[test]
fn a_merged_street_hands_its_villages_on_and_one_with_villages_is_not_dissolved() {
    let mut tree = Tree::new();
    tree.order(2, Change::Dissolve, TODAY);
    assert!(!tree.found().is_closed(&office(2)));
    tree.order(2, Change::Merge { into: office(3) }, TODAY);
    let found = tree.found();
    assert_eq!(found.children(&office(3)), [office(4), office(6)]);
    // The order that could not take effect before can now, and is about an office that has ended.
    assert_eq!(found.offices[&office(2)].course.closed, Some(Closed { on: TODAY, into: Some(office(3)) }));
}

#[test]
fn whoever_knows_the_same_orders_derives_the_same_tree() {
    let mut tree = Tree::new();
    tree.order(4, to(3), TODAY);
    tree.order(4, to(2), date(2026, 3, 25));
    tree.order(6, Change::Merge { into: office(4) }, date(2026, 3, 22));
    tree.order(4, to(3), date(2026, 3, 21));
    let expected = tree.found();
    let all: Vec<Signed<Entry>> =
        [&tree.root.log, &tree.east.log, &tree.west.log, &tree.village.log].into_iter().flatten().cloned().collect();
    let mut state = 7u64;
    for _ in 0..50 {
        let mut shuffled = all.clone();
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, usize::try_from(state >> 33).unwrap() % (at + 1));
        }
        assert_eq!(membership(&[&shuffled], &[]), expected);
    }
}

#[test]
fn a_former_street_that_does_not_know_the_new_one_takes_the_word_of_the_office_above_both() {
    let mut tree = Tree::new();
    tree.order(4, to(9), TODAY);
    let found = tree.found();
    assert_eq!(found.parent(&office(4)), Some(office(9)));
    assert!(found.was_parent(&office(2), &office(4)) && !found.joined(&office(4)), "until the new one is known");
}
