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

#[test]
fn what_follows_an_overruled_order_does_not_stand_either_and_goes_on_where_the_other_does() {
    let (root, street, mut first, mut second) = branch();
    renew(&mut first, 0, 7);
    renew(&mut second, 0, 8);
    let second_lost = first.log.last().unwrap().hash() < second.log[0].hash();
    let (loser, won, lost) = if second_lost { (&mut second, 7, 8) } else { (&mut first, 8, 7) };
    renew(loser, lost, 20);
    renew(loser, 20, 30);
    let known = membership(&[&root.log, &street.log, &first.log, &second.log], &[]);
    let void: Vec<u32> = known.void_renewals(&visits(30)).iter().map(|(order, _)| order.to.generation).collect();
    assert_eq!(void, [lost, 20, 30], "the whole way");
    assert!(known.void_renewals(&visits(0)).iter().all(|(_, stands)| stands.to == visits(won)));
    for generation in [0, lost, 20, 30, won] {
        assert_eq!(known.current(visits(generation)), visits(won), "from {generation}");
        assert_eq!(known.is_current(&visits(generation)), generation == won);
    }
    assert!(known.void_renewals(&BookKey::new(office(3), BookKind::visits(), 2025)).is_empty(), "of one year alone");
}

#[test]
fn an_order_goes_one_step_up_and_what_a_device_orders_after_its_end_is_void() {
    let (root, mut street, first, mut second) = branch();
    renew(&mut second, 0, u32::MAX);
    renew(&mut second, 0, 2 << 20);
    let known = membership(&[&root.log, &street.log, &first.log, &second.log], &[]);
    assert!(known.renewals.is_empty(), "it would leave no room above");
    renew(&mut second, 0, (1 << 20) | 5);
    renew(&mut second, (1 << 20) | 5, 2 << 20);
    let known = membership(&[&root.log, &street.log, &first.log, &second.log], &[]);
    assert_eq!(known.current(visits(0)), visits(2 << 20));
    street.remove(4, second.head());
    renew(&mut second, 2 << 20, 3 << 20);
    let known = membership(&[&root.log, &street.log, &first.log, &second.log], &[]);
    assert!(known.is_current(&visits(2 << 20)) && !known.is_current(&visits(3 << 20)));
}
