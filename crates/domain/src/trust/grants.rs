//! Grants and custody, as membership derives them.

use crate::book::{BookKey, BookKind};
use crate::office::OfficeKind;
use crate::sign::Signed;
use crate::trust::testing::{Issuer, ROOT, charter, device, founding, office, serial};
use crate::trust::{Body, Entry, Membership, Reader, Role, may_have_written, may_read, may_write};

/// The street 2 of device 2, which founded it, in the tree of device 1.
fn street(logs: &[&[Signed<Entry>]]) -> Membership {
    let (tree, charter) = charter();
    let mut root = Issuer::new(1, ROOT);
    root.adopt(2, OfficeKind::Committee, 2);
    let entries = [root.log.as_slice(), &logs.concat()].concat();
    Membership::build(Some(tree), &[charter], &[founding(2, 2)], &entries, &[])
}

fn reads_own(found: &Membership, number: u8) -> bool {
    let key = BookKey::new(office(2), BookKind::households(), 2026);
    let reader = Reader { office: office(2), device: device(number) };
    let certificate = found.certificate(&reader.office, &reader.device);
    if certificate.is_some_and(|known| known.removed.is_none()) {
        assert_eq!(may_read(found, reader, &key), may_write(found, reader, &key));
    }
    may_read(found, reader, &key)
}

#[test]
fn a_clerk_reads_own_books_once_a_keeper_says_so() {
    let mut keeper = Issuer::new(2, office(2));
    for (number, role) in [(3, Role::Clerk), (4, Role::Custodian), (5, Role::Viewer), (6, Role::Keeper)] {
        keeper.enrol(number, role);
    }
    let before = street(&[&keeper.log]);
    assert_eq!([2, 3, 4, 5, 6].map(|number| reads_own(&before, number)), [true, false, false, false, true]);
    for number in [3, 4, 5] {
        keeper.issue(Body::Grant { serial: serial(number) });
    }
    let after = street(&[&keeper.log]);
    assert_eq!([2, 3, 4, 5, 6].map(|number| reads_own(&after, number)), [true, true, true, false, true]);
    assert!(after.certificate(&office(2), &device(4)).unwrap().custody);
}

#[test]
fn nobody_grants_but_a_compared_keeper_of_the_same_office() {
    let mut keeper = Issuer::new(2, office(2));
    keeper.enrol(3, Role::Clerk);
    keeper.issue(Body::Enrol {
        serial: serial(4),
        device: device(4),
        role: Role::Keeper,
        hub: false,
        confirmed: false,
        holder: None,
    });
    let grant = |mut by: Issuer| {
        by.issue(Body::Grant { serial: serial(3) });
        by.log
    };
    let logs = [grant(Issuer::new(3, office(2))), grant(Issuer::new(4, office(2))), grant(Issuer::new(1, ROOT))];
    for log in &logs {
        assert!(!reads_own(&street(&[&keeper.log, log]), 3));
    }
    let unknown = keeper.issue(Body::Grant { serial: serial(99) });
    assert!(!street(&[&keeper.log]).valid.contains(&unknown.hash()));
}

#[test]
fn a_grant_ends_with_the_certificate_and_with_a_removed_issuers_last_word() {
    let mut keeper = Issuer::new(2, office(2));
    keeper.enrol(3, Role::Clerk);
    keeper.issue(Body::Grant { serial: serial(3) });
    let mut removed = Issuer { log: keeper.log.clone(), ..Issuer::new(2, office(2)) };
    removed.remove(3, None);
    let gone = street(&[&removed.log]);
    assert!(!reads_own(&gone, 3));
    let key = BookKey::new(office(2), BookKind::households(), 2026);
    let writer = Reader { office: office(2), device: device(3) };
    assert!(may_have_written(&gone, writer, &key), "what it wrote before its cut stays good");
    // The superior removes the keeper up to the entry before the grant.
    let enrolled = keeper.fork(1).head();
    let mut root = Issuer::new(1, ROOT);
    root.adopt(2, OfficeKind::Committee, 2);
    root.remove(2, enrolled);
    let (tree, charter) = charter();
    let entries = [root.log, keeper.log].concat();
    let found = Membership::build(Some(tree), &[charter], &[founding(2, 2)], &entries, &[]);
    assert!(found.certificate(&office(2), &device(3)).is_some(), "its enrolment stands");
    assert!(!reads_own(&found, 3));
}

#[test]
fn who_founds_in_custody_says_it_of_itself_alone_and_stays_so_when_the_office_is_adopted() {
    let mut founder = Issuer::treeless(2, office(2));
    founder.issue(Body::Custody);
    let mut clerk = Issuer::treeless(7, office(2));
    clerk.issue(Body::Custody);
    let found = street(&[&founder.log, &clerk.log]);
    let certificate = found.certificate(&office(2), &device(2)).unwrap();
    assert!(certificate.custody && certificate.role == Role::Keeper && certificate.confirmed);
    assert!(found.certificate(&office(2), &device(7)).is_none());
}
