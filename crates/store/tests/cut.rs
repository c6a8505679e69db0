//! What a device made beyond its cut goes out of a book, and everything that is kept of the book agrees afterwards.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used)]

mod common;

use std::collections::BTreeSet;

use common::{anyone, changes_of, commit, home, records, send, set, visit, visits};
use ybz_domain::accept::Refusal;
use ybz_domain::book::BookKey;
use ybz_domain::ids::{ActorId, ChangeHash, DeviceId};
use ybz_domain::trust::Standing;
use ybz_store::{Peer, Problem, Store};

/// The device counts up to its change of that number.
fn upto(store: &Store, device: DeviceId, seq: u64) -> impl Fn(&BookKey, &DeviceId, &ActorId) -> Standing {
    let work = store.work_of(&device).unwrap();
    move |_: &BookKey, who: &DeviceId, actor: &ActorId| {
        let found = work.iter().find(|work| work.actor == *actor && *who == device);
        let named = found.and_then(|work| work.changes.iter().find(|(number, ..)| *number == seq));
        named.map_or(Standing::Closed, |(seq, hash, _)| Standing::UpTo(*seq, *hash))
    }
}

fn nowhere(_: &BookKey, _: &DeviceId) -> bool {
    false
}

fn heads(store: &Store) -> Vec<ChangeHash> {
    store.heads(&visits().id()).unwrap()
}

/// All agrees but that nothing here names the cut, so that what was signed for more stands over it.
fn assert_agrees(store: &Store) {
    let mut report = store.check().unwrap();
    report.problems.retain(|found| !matches!(found, Problem::NotAuthorised { .. } | Problem::Attestation { .. }));
    assert_eq!(report.problems, []);
}

#[test]
fn what_nobody_built_on_goes_and_the_rest_is_as_if_it_had_never_come() {
    for compacted in [false, true] {
        let (mine, lost) = (home(), home());
        commit(&mine, vec![visit(1, "一")]);
        send(&mine, &lost, &visits());
        commit(&lost, vec![visit(2, "二")]);
        send(&lost, &mine, &visits());
        let before = (heads(&mine), records(&mine, &visits()));
        commit(&lost, vec![set(1, "place", "改")]);
        commit(&lost, vec![visit(3, "三")]);
        send(&lost, &mine, &visits());
        assert_ne!(before.0, heads(&mine));
        let shared = |store: &Store| store.shared_heads(&Peer::Device(lost.device().id()), &visits().id()).unwrap();
        assert_eq!(shared(&mine), heads(&mine));
        if compacted {
            mine.compact(&visits().id()).unwrap();
        }
        let device = lost.device().id();
        let devices = BTreeSet::from([device]);
        let limit = upto(&mine, device, 1);
        let found = mine.beyond(&devices, &limit).unwrap();
        assert_eq!(found.iter().map(|one| (one.seq, one.built_on)).collect::<Vec<_>>(), [(2, false), (3, false)]);
        assert_eq!(mine.take_out(&devices, &limit, &|_, _| true).unwrap(), 0, "what is to stay stays");
        assert_eq!(mine.take_out(&devices, &limit, &nowhere).unwrap(), 2);
        assert_eq!((heads(&mine), records(&mine, &visits())), before);
        assert_eq!(shared(&mine), before.0, "whoever had what went has what is below it");
        assert_agrees(&mine);
        let kept = mine.quarantine().unwrap();
        assert_eq!(kept.len(), 2);
        assert!(kept.iter().all(|one| one.reason == Refusal::NotAuthorised(device) && one.attestation.is_some()));
        assert_eq!(mine.take_out(&devices, &limit, &nowhere).unwrap(), 0, "once is enough");
        // It is written on, and comes back whole when it counts after all.
        commit(&mine, vec![visit(4, "四")]);
        for one in kept {
            mine.stage_again(&one.book, &one.hash).unwrap();
        }
        let outcome = mine.accept(&visits(), None, Vec::new(), Vec::new(), &anyone).unwrap();
        assert_eq!((outcome.accepted, outcome.refused.len()), (2, 0));
        mine.read_in(usize::MAX).unwrap();
        assert_eq!(records(&mine, &visits()).len(), 4);
        assert_agrees(&mine);
        assert_eq!(
            mine.check().unwrap().problems.iter().filter(|p| matches!(p, Problem::Attestation { .. })).count(),
            0
        );
    }
}

#[test]
fn what_somebody_else_built_on_stays_with_all_below_it_and_what_is_beside_it_goes() {
    let (mine, lost) = (home(), home());
    for number in 1..=3 {
        commit(&lost, vec![visit(number, "一")]);
    }
    send(&lost, &mine, &visits());
    commit(&mine, vec![visit(9, "接着")]);
    for number in 4..=5 {
        commit(&lost, vec![visit(number, "后来")]);
    }
    send(&lost, &mine, &visits());
    let device = lost.device().id();
    let limit = upto(&mine, device, 1);
    let devices = BTreeSet::from([device]);
    let built: Vec<(u64, bool)> =
        mine.beyond(&devices, &limit).unwrap().iter().map(|one| (one.seq, one.built_on)).collect();
    assert_eq!(built, [(2, true), (3, true), (4, false), (5, false)]);
    assert_eq!(mine.take_out(&devices, &limit, &nowhere).unwrap(), 2);
    assert_eq!(records(&mine, &visits()).len(), 4);
    assert_agrees(&mine);
    // A change in the middle of the order goes: what follows it is numbered anew, and travels.
    let other = home();
    send(&mine, &other, &visits());
    assert!(other.heads(&visits().id()).unwrap().is_empty(), "nothing signed covers the lost device's chain here");
    let outgoing = mine.missing_for(&visits().id(), &[]).unwrap();
    assert_eq!(changes_of(&outgoing).len(), 4);
    mine.rebuild_read_model().unwrap();
    assert_eq!(records(&mine, &visits()).len(), 4);
}
