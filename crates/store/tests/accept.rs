//! Changes from elsewhere: accepted by the index, read in later, staged while something is missing, refused with a reason.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::path::Path;

use common::{anyone, assert_sound, changes_of, commit, home, id, options, place, records, send, set, visit, visits};
use ybz_domain::accept::{Attestation, Refusal};
use ybz_domain::ids::{ActorId, ChangeHash, DeviceId, Incarnation};
use ybz_domain::sign::{DeviceKey, Signed};
use ybz_store::{Notice, Peer, Store};

fn book() -> ybz_domain::ids::BookId {
    visits().id()
}

#[test]
fn what_is_accepted_is_there_before_it_is_read_in_and_survives_reopening() {
    let (a, b) = (home(), home());
    commit(&a, vec![visit(1, "村部")]);
    let done = commit(&a, vec![set(1, "place", "祠堂")]);
    let outgoing = a.missing_for(&book(), &[]).unwrap();
    assert_eq!((outgoing.changes.len(), outgoing.attestations.len()), (2, 1), "one attestation covers the chain");
    let peer = Peer::Device(a.device().id());
    let outcome =
        b.accept(&visits(), Some(&peer), changes_of(&outgoing), outgoing.attestations.clone(), &anyone).unwrap();
    assert_eq!((outcome.accepted, outcome.staged, outcome.refused.len()), (2, 0, 0));
    assert_eq!(outcome.heads, done.books[0].1);
    assert_eq!(b.shared_heads(&peer, &book()).unwrap(), outcome.heads, "shared heads advance in the same transaction");
    assert_eq!(b.loaded().0, 0, "acceptance loads no document");
    let dir = b.dir;
    drop(b.store);
    let b = Store::open(options(dir.path(), 1)).unwrap();
    assert_eq!(b.read(|r| r.book(&book())).unwrap().unwrap().unread, 2);
    let read = b.read_in(1).unwrap();
    assert_eq!((read.applied, read.remaining), (1, 1));
    assert_eq!(place(&b, 1), "村部");
    b.read_in(usize::MAX).unwrap();
    assert_eq!(place(&b, 1), "祠堂");
    let again = b.accept(&visits(), None, changes_of(&outgoing), outgoing.attestations, &anyone).unwrap();
    assert_eq!((again.accepted, again.known), (0, 2), "what comes twice is known");
    assert_sound(&b);
}

#[test]
fn a_local_edit_first_reads_in_what_waits() {
    let (a, b) = (home(), home());
    commit(&a, vec![visit(1, "村部")]);
    let outgoing = a.missing_for(&book(), &[]).unwrap();
    b.accept(&visits(), None, changes_of(&outgoing), outgoing.attestations, &anyone).unwrap();
    commit(&b, vec![set(1, "place", "祠堂")]);
    assert_eq!(b.heads(&book()).unwrap().len(), 1, "the edit builds on what was accepted");
    let outcome = send(&b, &a, &visits());
    assert_eq!(outcome.accepted, 1);
    assert_eq!(place(&a, 1), "祠堂");
}

#[test]
fn batches_in_any_order_come_out_the_same() {
    let (a, b) = (home(), home());
    commit(&a, vec![visit(1, "村部")]);
    for number in 2..12 {
        commit(&a, vec![visit(number, "村部")]);
        if number % 3 == 0 {
            send(&a, &b, &visits());
            commit(&b, vec![set(1, "place", &number.to_string())]);
            send(&b, &a, &visits());
        }
    }
    let outgoing = a.missing_for(&book(), &[]).unwrap();
    let batch = changes_of(&outgoing);
    let c = home();
    for (round, change) in batch.iter().rev().enumerate() {
        let attestations = if round == 3 { outgoing.attestations.clone() } else { Vec::new() };
        let outcome = c.accept(&visits(), None, vec![change.clone()], attestations, &anyone).unwrap();
        assert!(outcome.refused.is_empty());
        if round + 1 < batch.len() {
            assert_eq!((outcome.accepted, outcome.staged), (0, round + 1), "the first change is still missing");
            assert!(!outcome.missing.is_empty());
        } else {
            assert_eq!((outcome.accepted, outcome.staged), (batch.len(), 0), "the last piece lets all of it in");
        }
    }
    c.read_in(usize::MAX).unwrap();
    assert_eq!(c.heads(&book()).unwrap(), a.heads(&book()).unwrap());
    assert_eq!(records(&c, &visits()), records(&a, &visits()));
    assert_sound(&c);
}

#[test]
fn what_no_attestation_covers_waits_across_a_restart() {
    let (a, b) = (home(), home());
    commit(&a, vec![visit(1, "村部")]);
    let first = a.missing_for(&book(), &[]).unwrap();
    commit(&a, vec![visit(2, "村部")]);
    let both = a.missing_for(&book(), &[]).unwrap();
    let outcome = b.accept(&visits(), None, changes_of(&both), first.attestations, &anyone).unwrap();
    assert_eq!((outcome.accepted, outcome.staged), (1, 1), "the older attestation covers the first change only");
    let dir = b.dir;
    drop(b.store);
    let b = Store::open(options(dir.path(), 1)).unwrap();
    let outcome = b.accept(&visits(), None, Vec::new(), both.attestations, &anyone).unwrap();
    assert_eq!((outcome.accepted, outcome.staged), (1, 0));
    b.read_in(usize::MAX).unwrap();
    assert_sound(&b);
}

#[test]
fn a_chain_is_never_cut_where_no_attestation_stands() {
    let (a, b, c) = (home(), home(), home());
    commit(&a, vec![visit(1, "村部")]);
    send(&a, &b, &visits());
    commit(&b, vec![visit(2, "村部")]);
    send(&b, &a, &visits());
    commit(&a, vec![visit(3, "村部")]);
    let all = a.missing_for(&book(), &[]).unwrap();
    let own: Vec<_> = changes_of(&all).into_iter().filter(|change| change.meta.max_op != 0).collect();
    let without_b: Vec<_> = own.iter().filter(|change| change.meta.actor == own[0].meta.actor).cloned().collect();
    let outcome = c.accept(&visits(), None, without_b, all.attestations.clone(), &anyone).unwrap();
    assert_eq!((outcome.accepted, outcome.staged), (0, 2), "the first change alone would stand without an attestation");
    assert_eq!(outcome.missing, [own[1].meta.hash]);
    let outcome = c.accept(&visits(), None, vec![own[1].clone()], Vec::new(), &anyone).unwrap();
    assert_eq!(outcome.accepted, 3, "attestations that came early are kept");
    assert_sound(&c);
}

#[test]
fn a_device_that_may_not_write_is_refused_and_its_changes_are_kept_aside() {
    let (a, b) = (home(), home());
    commit(&a, vec![visit(1, "村部")]);
    let stranger = a.device().id();
    let outgoing = a.missing_for(&book(), &[]).unwrap();
    let nobody = |_: &DeviceId, _: &ActorId, _: u64, _: &ChangeHash| false;
    let outcome = b.accept(&visits(), None, changes_of(&outgoing), outgoing.attestations, &nobody).unwrap();
    let hash = changes_of(&a.missing_for(&book(), &[]).unwrap())[0].meta.hash;
    assert_eq!(outcome.refused, [(hash, Refusal::NotAuthorised(stranger))]);
    let kept = b.quarantine().unwrap();
    assert_eq!((kept.len(), kept[0].hash), (1, hash));
    assert!(kept[0].attestation.is_some(), "the attestation is proof of who signed");
    assert!(b.heads(&book()).unwrap().is_empty());
    assert!(b.stage_again(&book(), &hash).unwrap(), "a certificate that comes late is the remedy");
    let outcome = b.accept(&visits(), None, Vec::new(), Vec::new(), &anyone).unwrap();
    assert_eq!(outcome.accepted, 1);
    assert!(b.quarantine().unwrap().is_empty());
}

#[test]
fn a_forged_attestation_lets_nothing_in() {
    let (a, b) = (home(), home());
    commit(&a, vec![visit(1, "村部")]);
    let outgoing = a.missing_for(&book(), &[]).unwrap();
    let batch = changes_of(&outgoing);
    let meta = &batch[0].meta;
    let other = DeviceKey::from_bytes(&[9; 32]);
    let nonce = Incarnation([1; 16]);
    let lie = Attestation { book: book(), nonce, seq: meta.seq, hash: meta.hash };
    let outcome = b.accept(&visits(), None, batch.clone(), vec![Signed::sign(&other, &lie)], &anyone).unwrap();
    assert_eq!((outcome.accepted, outcome.staged), (0, 1), "nobody attests what another device made");
    let elsewhere = Attestation { book: ybz_domain::ids::BookId([1; 32]), nonce, seq: 1, hash: meta.hash };
    let outcome = b.accept(&visits(), None, Vec::new(), vec![Signed::sign(&other, &elsewhere)], &anyone).unwrap();
    assert_eq!(outcome.refused, [(meta.hash, Refusal::NotBound)]);
    let outcome = b.accept(&visits(), None, Vec::new(), outgoing.attestations, &anyone).unwrap();
    assert_eq!(outcome.accepted, 1, "the lie does not stand in the way of the truth");
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &to) } else { assert!(std::fs::copy(&path, &to).is_ok()) }
    }
}

#[test]
fn a_machine_set_back_with_its_boot_token_is_refused_and_finds_out() {
    let (a, b) = (home(), home());
    commit(&a, vec![visit(1, "村部")]);
    send(&a, &b, &visits());
    let dir = a.dir;
    drop(a.store);
    let aside = tempfile::tempdir().unwrap();
    copy(dir.path(), aside.path());
    let a = Store::open(options(dir.path(), 1)).unwrap();
    commit(&a, vec![visit(2, "甲")]);
    send(&a, &b, &visits());
    drop(a);
    std::fs::remove_dir_all(dir.path().join("data")).unwrap();
    std::fs::remove_dir_all(dir.path().join("boot")).unwrap();
    copy(aside.path(), dir.path());
    let a = Store::open(options(dir.path(), 1)).unwrap();
    assert!(a.notices().is_empty(), "nothing on this machine tells that it was set back");
    commit(&a, vec![visit(3, "乙")]);
    let outcome = send(&a, &b, &visits());
    assert!(matches!(outcome.refused.as_slice(), [(_, Refusal::Equivocation { seq: 2 })]), "{:?}", outcome.refused);
    assert_eq!(b.quarantine().unwrap().len(), 1, "the second use of the number is kept as proof");
    let before = a.incarnation();
    let outcome = send(&b, &a, &visits());
    assert!(matches!(outcome.refused.as_slice(), [(_, Refusal::Equivocation { seq: 2 })]));
    assert_eq!(a.notices(), [Notice::Overtaken], "it finds out and stops using the actor");
    assert_ne!(a.incarnation(), before);
    commit(&a, vec![visit(4, "丙")]);
    assert_sound(&a);
    assert_sound(&b);
}

#[test]
fn a_database_that_meets_its_own_later_changes_takes_them_and_goes_on_as_a_new_actor() {
    let (a, b) = (home(), home());
    commit(&a, vec![visit(1, "村部")]);
    let dir = a.dir;
    drop(a.store);
    let aside = tempfile::tempdir().unwrap();
    copy(dir.path(), aside.path());
    let a = Store::open(options(dir.path(), 1)).unwrap();
    commit(&a, vec![visit(2, "甲")]);
    send(&a, &b, &visits());
    drop(a);
    std::fs::remove_dir_all(dir.path().join("data")).unwrap();
    std::fs::remove_dir_all(dir.path().join("boot")).unwrap();
    copy(aside.path(), dir.path());
    let a = Store::open(options(dir.path(), 1)).unwrap();
    assert_eq!(send(&b, &a, &visits()).accepted, 1);
    assert_eq!(a.notices(), [Notice::Overtaken]);
    commit(&a, vec![set(2, "place", "乙")]);
    assert_eq!(send(&a, &b, &visits()).accepted, 1);
    assert_eq!(place(&b, 2), "乙");
}

#[test]
fn missing_changes_are_found_from_the_heads_of_the_peer() {
    let (a, b) = (home(), home());
    commit(&a, vec![visit(1, "村部")]);
    send(&a, &b, &visits());
    commit(&a, vec![set(1, "place", "甲")]);
    commit(&b, vec![set(1, "place", "乙")]);
    let unknown = b.heads(&book()).unwrap();
    let outgoing = a.missing_for(&book(), &unknown).unwrap();
    assert_eq!(outgoing.unknown, unknown);
    send(&a, &b, &visits());
    let conflicts = b.read(|r| r.conflicts()).unwrap();
    assert_eq!(conflicts.len(), 1, "both values are kept and shown");
    assert_eq!(b.heads(&book()).unwrap().len(), 2);
    let outgoing = b.missing_for(&book(), &a.heads(&book()).unwrap()).unwrap();
    assert_eq!(outgoing.changes.len(), 1, "only what the peer lacks travels");
    assert_eq!(outgoing.attestations.len(), 1);
    assert!(b.missing_for(&book(), &b.heads(&book()).unwrap()).unwrap().changes.is_empty());
    let nowhere = ChangeHash([3; 32]);
    assert_eq!(a.missing_for(&book(), &[nowhere]).unwrap().changes.len(), 2, "an unknown head proves nothing");
    commit(&b, vec![set(1, "place", "丙")]);
    assert!(b.read(|r| r.conflicts()).unwrap().is_empty(), "settling writes over all values");
    let seqs = b.actors_of(&a.device().id()).unwrap();
    assert_eq!(seqs.len(), 1);
    assert_eq!(seqs[0].2, 2);
    assert_eq!(id(1).to_string().len(), 32);
}

#[test]
fn a_third_value_and_the_removal_of_a_losing_one_are_projected() {
    let homes = [home(), home(), home(), home()];
    let [a, b, c, d] = &homes;
    commit(a, vec![visit(1, "村部")]);
    for other in [b, c, d] {
        send(a, other, &visits());
    }
    for (store, value) in [(a, "甲"), (b, "乙"), (c, "丙")] {
        commit(store, vec![set(1, "place", value)]);
    }
    for (count, store) in [a, b, c].into_iter().enumerate() {
        send(store, d, &visits());
        let record = &records(d, &visits())[0];
        assert_eq!(record.view.fields["place"].values.len(), count + 1, "every concurrent value is kept");
        assert_eq!(record.row.conflict, count > 0);
    }
    // A writer that saw only two of the three values settles them: the third stands beside it.
    send(a, b, &visits());
    commit(b, vec![set(1, "place", "丁")]);
    send(b, d, &visits());
    let record = &records(d, &visits())[0];
    assert_eq!(record.view.fields["place"].values.len(), 2);
    assert_sound(d);
    let before = records(d, &visits());
    d.rebuild_read_model().unwrap();
    assert_eq!(records(d, &visits()), before, "a rebuilt read model is the one that grew");
}
