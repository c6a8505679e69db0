//! Orders for new generations: which holds, who may give them.

use crate::book::{BookKey, BookKind};
use crate::ids::RecordId;
use crate::office::OfficeKind;
use crate::trust::testing::{Issuer, ROOT, device, membership, office};
use crate::trust::{Body, Reader, Role, may_read, may_write};

fn visits(generation: u32) -> BookKey {
    BookKey { generation, ..BookKey::new(office(3), BookKind::visits(), 2026) }
}

fn renew(by: &mut Issuer, from: u32, to: u32) {
    let without = vec![(RecordId([1; 16]), "text".to_owned())];
    by.issue(Body::Renew { book: visits(from), generation: to, heads: Vec::new(), covers: Vec::new(), without });
}

/// A street (2) with a branch (3), whose keepers are 3 and 4; 5 is its clerk.
fn branch() -> (Issuer, Issuer, Issuer, Issuer) {
    let (mut root, mut street) = (Issuer::new(1, ROOT), Issuer::new(2, office(2)));
    root.adopt(2, OfficeKind::Committee, 2);
    street.adopt(3, OfficeKind::Branch, 3);
    let mut first = Issuer::new(3, office(3));
    first.enrol(4, Role::Keeper);
    first.enrol(5, Role::Clerk);
    (root, street, first, Issuer::new(4, office(3)))
}

#[test]
fn a_keeper_renews_a_book_and_only_the_new_one_is_read_and_written() {
    let (root, street, mut first, _) = branch();
    renew(&mut first, 0, 7);
    let known = membership(&[&root.log, &street.log, &first.log], &[]);
    assert_eq!(known.current(visits(0)), visits(7));
    assert!(known.is_current(&visits(7)) && !known.is_current(&visits(0)) && !known.is_current(&visits(8)));
    let other = BookKey::new(office(3), BookKind::visits(), 2025);
    assert_eq!(known.current(other.clone()), other, "of one year alone");
    let (own, above) =
        (Reader { office: office(3), device: device(3) }, Reader { office: office(2), device: device(2) });
    assert!(may_write(&known, own, &visits(7)) && may_read(&known, above, &visits(7)));
    assert!(!may_write(&known, own, &visits(0)) && !may_read(&known, above, &visits(0)));
    renew(&mut first, 7, 9);
    let known = membership(&[&root.log, &street.log, &first.log], &[]);
    assert_eq!(known.current(visits(0)), visits(9));
    assert_eq!(known.renewals_from(&visits(0)).len(), 2);
}

#[test]
fn clerks_superiors_and_strangers_renew_nothing_and_no_book_but_those_for_above_is_renewed() {
    let (root, mut street, mut first, _) = branch();
    let mut clerk = Issuer::new(5, office(3));
    renew(&mut clerk, 0, 7);
    renew(&mut street, 0, 8);
    let private = BookKey::new(office(3), BookKind::private(), 2026);
    first.issue(Body::Renew {
        book: private.clone(),
        generation: 1,
        heads: Vec::new(),
        covers: Vec::new(),
        without: Vec::new(),
    });
    let known = membership(&[&root.log, &street.log, &first.log, &clerk.log], &[]);
    assert!(known.renewals.is_empty());
    assert!(known.is_current(&visits(0)) && known.is_current(&private));
}

#[test]
fn of_orders_at_the_same_time_the_lowest_hash_holds_whoever_is_read_first() {
    let (root, street, mut first, mut second) = branch();
    renew(&mut first, 0, 7);
    renew(&mut second, 0, 8);
    let orders = [first.log.last().unwrap().hash(), second.log[0].hash()];
    let winner = if orders[0] < orders[1] { 7 } else { 8 };
    for logs in [[&first.log, &second.log], [&second.log, &first.log]] {
        let known = membership(&[&root.log, &street.log, logs[0], logs[1]], &[]);
        assert_eq!(known.current(visits(0)), visits(winner));
        assert!(!known.is_current(&visits(15 - winner)), "what the other order made is no book");
        assert_eq!(known.overruled.len(), 1);
        assert_eq!(known.overruled[0].to, visits(15 - winner));
    }
}
