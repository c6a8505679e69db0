//! Who wrote what, and what cannot be checked is said to be so.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::{OFFICE, TODAY, anyone, changes_of, commit, home, id, send, set, visit, visits};
use ybz_domain::accept::Attestation;
use ybz_domain::book::{Standing, Value};
use ybz_domain::ids::{ActorId, ChangeHash, DeviceId, Incarnation, RecordId, Serial};
use ybz_domain::office::OfficeKind;
use ybz_domain::sign::{DeviceKey, Signed};
use ybz_domain::trust::{Body, Entry, Founding, Link, Role};
use ybz_store::{AuthoredHistory, Check, Store, TroubleCause};

/// Makes the store's device the founding device of the office whose books the tests write.
fn found(store: &Store) -> Signed<Founding> {
    let founding =
        Founding { office: OFFICE, name: "某村".to_owned(), kind: OfficeKind::Branch, region: None, on: TODAY };
    let signed = Signed::sign(&store.device(), &founding);
    keep(store, &signed, &[]);
    signed
}

fn keep(store: &Store, founding: &Signed<Founding>, entries: &[Signed<Entry>]) {
    store.put_statements(&[], std::slice::from_ref(founding), entries).unwrap();
}

fn enrol(by: &DeviceKey, seq: u64, previous: Option<[u8; 32]>, device: DeviceId, role: Role) -> Signed<Entry> {
    let serial = Serial([u8::try_from(seq).unwrap(); 16]);
    let body = Body::Enrol { serial, device, role, hub: false, confirmed: false, holder: Some("李某".to_owned()) };
    Signed::sign(by, &Entry { tree: None, office: OFFICE, seq, previous, on: TODAY, body })
}

fn history(store: &Store, record: RecordId) -> AuthoredHistory {
    store.history(&visits().id(), &record, 1_000).unwrap().unwrap()
}

/// (value, device, check, standing) of the place.
fn places(store: &Store) -> Vec<(String, Option<DeviceId>, Check, Standing)> {
    let of = history(store, id(1)).values.into_iter().filter(|one| one.written.field == "place");
    of.map(|one| {
        let Some(Value::Str(text)) = one.written.value else { panic!("a place is a word") };
        (text, one.device, one.check, one.written.standing)
    })
    .collect()
}

#[test]
fn a_value_is_told_with_its_device_and_day_also_after_compaction() {
    let a = home();
    found(&a);
    commit(&a, vec![visit(1, "村部")]);
    commit(&a, vec![set(1, "place", "祠堂")]);
    let me = Some(a.device().id());
    let expected = [
        ("村部".to_owned(), me, Check::Sound, Standing::Replaced),
        ("祠堂".to_owned(), me, Check::Sound, Standing::Stands),
    ];
    assert_eq!(places(&a), expected);
    assert!(history(&a, id(1)).values.iter().all(|one| one.written.on == Some(TODAY)));
    a.compact(&visits().id()).unwrap();
    assert_eq!(places(&a), expected, "a snapshot keeps the changes");
    assert_eq!(a.history(&visits().id(), &id(2), 10).unwrap(), None);
    assert_eq!(a.history(&ybz_domain::ids::BookId([1; 32]), &id(1), 10).unwrap(), None);
}

#[test]
fn each_device_is_judged_by_its_own_certificate() {
    let (a, clerk, viewer, stranger) = (home(), home(), home(), home());
    let founding = found(&a);
    let first = enrol(&a.device(), 1, None, clerk.device().id(), Role::Clerk);
    let second = enrol(
        &a.device(),
        2,
        Some(Link::of(&first, &first.open().unwrap()).hash()),
        viewer.device().id(),
        Role::Viewer,
    );
    keep(&a, &founding, &[first.clone(), second]);
    commit(&a, vec![visit(1, "村部")]);
    for (number, other) in [&clerk, &viewer, &stranger].into_iter().enumerate() {
        send(&a, other, &visits());
        commit(other, vec![set(1, "place", &format!("地点{number}"))]);
        send(other, &a, &visits());
    }
    let checks: Vec<_> = places(&a).into_iter().map(|(text, device, check, _)| (text, device, check)).collect();
    let device = |store: &Store| Some(store.device().id());
    assert_eq!(
        checks,
        [
            ("村部".to_owned(), device(&a), Check::Sound),
            ("地点0".to_owned(), device(&clerk), Check::Sound),
            ("地点1".to_owned(), device(&viewer), Check::NotAuthorised),
            ("地点2".to_owned(), device(&stranger), Check::UnknownDevice),
        ]
    );
}

#[test]
fn refused_changes_are_troubles_with_their_device_and_day_and_are_judged_again() {
    let (a, b) = (home(), home());
    commit(&a, vec![visit(1, "村部")]);
    let outgoing = a.missing_for(&visits().id(), &[]).unwrap();
    let nobody = |_: &DeviceId, _: &ActorId, _: u64, _: &ChangeHash| false;
    b.accept(&visits(), None, changes_of(&outgoing), outgoing.attestations.clone(), &nobody).unwrap();
    let troubles = b.troubles(&|_| true).unwrap();
    assert_eq!(troubles.len(), 1);
    assert_eq!((troubles[0].device, troubles[0].on), (Some(a.device().id()), Some(TODAY)));
    assert!(matches!(troubles[0].cause, TroubleCause::Refused(_)));
    assert_eq!(b.troubles(&|_| false).unwrap(), []);
    assert!(b.stage_again(&visits().id(), &troubles[0].hash).unwrap());
    assert!(!b.stage_again(&visits().id(), &troubles[0].hash).unwrap(), "it is there once");
    let again = b.accept(&visits(), None, Vec::new(), Vec::new(), &anyone).unwrap();
    assert_eq!(again.accepted, 1);
    assert_eq!(b.troubles(&|_| true).unwrap(), []);
}

#[test]
fn a_signature_of_another_device_vouches_for_nothing() {
    let (a, b) = (home(), home());
    commit(&a, vec![visit(1, "村部")]);
    let outgoing = a.missing_for(&visits().id(), &[]).unwrap();
    let change = &changes_of(&outgoing)[0];
    let forger = DeviceKey::from_bytes(&[66; 32]);
    let claim = Attestation { book: visits().id(), nonce: Incarnation([3; 16]), seq: 1, hash: change.meta.hash };
    let forged = Signed::sign(&forger, &claim);
    let outcome = b.accept(&visits(), None, changes_of(&outgoing), vec![forged], &anyone).unwrap();
    assert_eq!(outcome.accepted, 0, "nothing unattested gets into a book by itself");
    assert_eq!(b.history(&visits().id(), &id(1), 10).unwrap(), None);
}
