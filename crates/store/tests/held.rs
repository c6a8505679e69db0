//! What passes the structural rules and still cannot be applied is held with its descendants; everything else goes on.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{anyone, assert_sound, changes_of, commit, home, options, place, records, send, set, visit, visits};
use ybz_domain::accept::{Attestation, ParsedChange, parse_change};
use ybz_domain::book::genesis_hash;
use ybz_domain::ids::{ActorId, ChangeHash, Incarnation};
use ybz_domain::sign::{DeviceKey, Signed};
use ybz_store::Store;

/// A change of a hostile device: it writes into an object that no change before it has made.
fn hostile(device: &DeviceKey) -> (ParsedChange, Signed<Attestation>) {
    let template = home();
    commit(&template, vec![visit(9, "村部")]);
    commit(&template, vec![set(9, "place", "祠堂")]);
    let outgoing = template.missing_for(&visits().id(), &[]).unwrap();
    let change = automerge::Change::from_bytes(outgoing.changes[1].clone()).unwrap();
    let nonce = Incarnation([3; 16]);
    let actor = ActorId::bind(&device.id(), &visits().id(), &nonce);
    let mut expanded = change.decode();
    expanded.actor_id = automerge::ActorId::from(actor.as_bytes().as_slice());
    expanded.seq = 1;
    expanded.start_op = 3.try_into().unwrap();
    expanded.deps = vec![automerge::ChangeHash(genesis_hash(&visits().kind).0)];
    // What it overwrites is absent as well; without that only the object is.
    for op in &mut expanded.operations {
        op.pred = automerge::legacy::SortedVec::new();
    }
    let change = automerge::Change::from(expanded);
    let parsed = parse_change(change.raw_bytes()).unwrap();
    let attestation = Attestation { book: visits().id(), nonce, seq: 1, hash: parsed.meta.hash };
    (parsed, Signed::sign(device, &attestation))
}

/// A sound change of another device that builds on a given one as well.
fn descendant(store: &Store, on: ChangeHash, max_op: u64) -> (ParsedChange, Signed<Attestation>) {
    let outgoing = store.missing_for(&visits().id(), &[]).unwrap();
    let change = automerge::Change::from_bytes(outgoing.changes.last().unwrap().clone()).unwrap();
    let device = DeviceKey::from_bytes(&[77; 32]);
    let nonce = Incarnation([4; 16]);
    let actor = ActorId::bind(&device.id(), &visits().id(), &nonce);
    let mut expanded = change.decode();
    expanded.actor_id = automerge::ActorId::from(actor.as_bytes().as_slice());
    expanded.seq = 1;
    expanded.start_op = (change.max_op().max(max_op) + 1).try_into().unwrap();
    expanded.deps = vec![change.hash(), automerge::ChangeHash(on.0)];
    expanded.deps.sort_unstable();
    let change = automerge::Change::from(expanded);
    let parsed = parse_change(change.raw_bytes()).unwrap();
    let attestation = Attestation { book: visits().id(), nonce, seq: 1, hash: parsed.meta.hash };
    (parsed, Signed::sign(&device, &attestation))
}

#[test]
fn a_change_that_cannot_be_applied_is_held_and_everything_else_goes_on() {
    let (a, b) = (home(), home());
    commit(&a, vec![visit(1, "村部")]);
    commit(&a, vec![set(1, "place", "祠堂")]);
    let device = DeviceKey::from_bytes(&[66; 32]);
    let (bad, bad_attestation) = hostile(&device);
    let (child, child_attestation) = descendant(&a, bad.meta.hash, bad.meta.max_op);
    let outgoing = a.missing_for(&visits().id(), &[]).unwrap();
    let mut batch = vec![bad.clone(), child];
    batch.extend(changes_of(&outgoing));
    let mut attestations = outgoing.attestations;
    attestations.extend([bad_attestation, child_attestation]);
    let outcome = b.accept(&visits(), None, batch, attestations, &anyone).unwrap();
    assert_eq!((outcome.accepted, outcome.refused.len()), (4, 0), "the structure is sound: {:?}", outcome.refused);
    let read = b.read_in(usize::MAX).unwrap();
    assert_eq!((read.applied, read.held), (2, 2), "the bad one and its descendant are held");
    assert_eq!(place(&b, 1), "祠堂");
    commit(&b, vec![set(1, "place", "学校")]);
    let info = b.read(|r| r.book(&visits().id())).unwrap().unwrap();
    assert_eq!((info.held, info.unread, info.changes), (2, 0, 5));
    assert_eq!(b.check().unwrap().held, 2);
    assert_sound(&b);

    let dir = b.dir;
    drop(b.store);
    let b = Store::open(options(dir.path(), 1)).unwrap();
    assert_eq!(b.read_in(usize::MAX).unwrap().held, 0, "what is held is not tried again at every start");
    commit(&b, vec![set(1, "place", "田头")]);
    assert_eq!(place(&b, 1), "田头");
    assert_eq!(b.release_held().unwrap(), 2);
    assert_eq!(b.read_in(usize::MAX).unwrap().held, 2, "a new program may try again");
    assert_eq!(b.compact(&visits().id()).unwrap().changes, 4, "held changes keep their bytes");
    assert_sound(&b);

    let c = home();
    assert_eq!(send(&b, &c, &visits()).accepted, 6, "held changes travel like others: each side judges for itself");
    assert_eq!(records(&c, &visits()), records(&b, &visits()));
    assert_sound(&c);
}
