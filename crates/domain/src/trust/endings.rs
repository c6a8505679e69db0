//! How a device's place ends, in whatever order it becomes known.

use proptest::prelude::*;

use crate::ids::{ActorId, BookId, ChangeHash};
use crate::office::OfficeKind;
use crate::sign::Signed;
use crate::trust::testing::{Issuer, ROOT, TODAY, charter, device, founding, key, membership, office, serial};
use crate::trust::{Body, Certificate, Entry, Mark, Membership, Restored, Role, Standing};

const BOOK: BookId = BookId([1; 32]);
const ACTOR: ActorId = ActorId([2; 16]);

fn mark(seq: u64) -> Mark {
    (BOOK, ACTOR, seq, ChangeHash([u8::try_from(seq % 250).unwrap(); 32]))
}

fn of(membership: &Membership, place: u8, number: u8) -> Certificate {
    membership.certificate(&office(place), &device(number)).expect("it has a certificate").clone()
}

/// Root (1), a street (2) with keepers 2 and 3 and clerk 4, a village (7) below it with keepers 8 and 9.
struct Tree {
    root: Issuer,
    first: Issuer,
    second: Issuer,
    village: Issuer,
    beside: Issuer,
}

impl Tree {
    fn new() -> Self {
        let mut tree = Self {
            root: Issuer::new(1, ROOT),
            first: Issuer::new(2, office(2)),
            second: Issuer::new(3, office(2)),
            village: Issuer::new(8, office(7)),
            beside: Issuer::new(9, office(7)),
        };
        tree.root.adopt(2, OfficeKind::Committee, 2);
        tree.first.enrol(3, Role::Keeper);
        tree.first.enrol(4, Role::Clerk);
        tree.first.adopt(7, OfficeKind::Branch, 8);
        tree.village.enrol(9, Role::Keeper);
        tree
    }

    fn logs(&self) -> [&[Signed<Entry>]; 5] {
        [&self.root.log, &self.first.log, &self.second.log, &self.village.log, &self.beside.log]
    }

    fn found(&self) -> Membership {
        membership(&self.logs(), &[])
    }
}

#[test]
fn a_suspended_keeper_registers_nobody_more_and_what_it_writes_counts() {
    let mut tree = Tree::new();
    tree.second.enrol(5, Role::Clerk);
    let last = tree.second.head();
    tree.second.enrol(6, Role::Clerk);
    tree.first.issue(Body::Suspend { device: device(3), last });
    let found = tree.found();
    assert!(found.certificate(&office(2), &device(5)).is_some(), "what stood before stands");
    assert!(found.certificate(&office(2), &device(6)).is_none());
    let second = of(&found, 2, 3);
    assert!(second.suspended && second.is_active());
    assert_eq!(second.standing(&BOOK, &ACTOR), Standing::Open);
    // It cannot free itself by suspending back: both are suspended, and the superior decides.
    tree.second.issue(Body::Suspend { device: device(2), last: tree.first.head() });
    let found = tree.found();
    assert!(of(&found, 2, 2).suspended && of(&found, 2, 3).suspended);
    tree.root.remove(3, last);
    let found = tree.found();
    assert!(!of(&found, 2, 2).suspended, "what it said after its last entry is void");
    assert!(found.certificate(&office(2), &device(5)).is_some());
    // A clerk and a keeper of another office suspend nobody.
    let mut stranger = Issuer::new(4, office(2));
    stranger.issue(Body::Suspend { device: device(2), last: None });
    tree.village.issue(Body::Suspend { device: device(2), last: None });
    let found = membership(&[&tree.logs().concat(), &stranger.log], &[]);
    assert!(!of(&found, 2, 2).suspended);
}

#[test]
fn who_retires_keeps_its_work_and_issues_nothing_after_it() {
    let mut tree = Tree::new();
    tree.village.issue(Body::Retire { cut: vec![mark(14)] });
    tree.village.issue(Body::Retire { cut: vec![mark(99)] });
    tree.village.enrol(10, Role::Clerk);
    let found = tree.found();
    let retired = of(&found, 7, 8);
    assert!(!retired.is_active() && retired.removed.is_none() && retired.hub && !found.is_hub(&office(7), &device(8)));
    assert!(retired.covers(&BOOK, &ACTOR, 14, &mark(14).3), "also what nobody has yet");
    assert!(!retired.covers(&BOOK, &ACTOR, 15, &mark(15).3), "its first word about this is its last");
    assert!(found.certificate(&office(7), &device(10)).is_none());
    assert!(of(&found, 7, 9).is_active(), "whom it enrolled before stays");
    // A colleague may remove what has retired, and only then; what it named stands all the same.
    let last = tree.village.fork(2).head();
    tree.beside.remove(8, last);
    assert!(of(&tree.found(), 7, 8).removed.is_some());
    assert!(of(&tree.found(), 7, 8).covers(&BOOK, &ACTOR, 14, &mark(14).3));
    let mut early = Tree::new();
    early.beside.remove(8, early.village.head());
    early.village.issue(Body::Retire { cut: vec![mark(14)] });
    let found = early.found();
    assert!(of(&found, 7, 8).removed.is_none(), "a removal that would undo the retirement does not hold");
    assert!(of(&found, 7, 8).retired.is_some());
}

#[test]
fn a_removed_device_retires_no_more_and_lets_nobody_adopt_its_work_in_its_name() {
    let mut tree = Tree::new();
    tree.first.remove(8, tree.village.head());
    tree.village.issue(Body::Retire { cut: vec![mark(50)] });
    tree.village.issue(Body::Vouch { office: office(7), device: device(8), changes: vec![mark(50)] });
    let found = tree.found();
    assert!(of(&found, 7, 8).retired.is_none());
    assert_eq!(of(&found, 7, 8).standing(&BOOK, &ACTOR), Standing::Closed);
    assert!(of(&found, 7, 8).removed_above);
    // Its colleague and its superior may adopt; the office above that and a sibling may not.
    tree.root.issue(Body::Vouch { office: office(7), device: device(8), changes: vec![mark(40)] });
    assert_eq!(of(&tree.found(), 7, 8).standing(&BOOK, &ACTOR), Standing::Closed);
    tree.beside.issue(Body::Vouch { office: office(7), device: device(8), changes: vec![mark(3)] });
    assert_eq!(of(&tree.found(), 7, 8).standing(&BOOK, &ACTOR), Standing::UpTo(3, mark(3).3));
    tree.second.issue(Body::Vouch { office: office(7), device: device(8), changes: vec![mark(2)] });
    assert_eq!(of(&tree.found(), 7, 8).standing(&BOOK, &ACTOR), Standing::UpTo(3, mark(3).3));
    tree.second.issue(Body::Discard { office: office(7), device: device(8) });
    let found = tree.found();
    assert!(of(&found, 7, 8).discarded && of(&found, 7, 8).covers(&BOOK, &ACTOR, 2, &mark(9).3));
}

#[test]
fn what_goes_on_from_a_backup_stays_confirmed_when_the_broken_device_is_removed_by_who_knew_of_both() {
    let (tree_id, charter) = charter();
    let found = |tree: &Tree| {
        let all = tree.logs().concat();
        Membership::build(Some(tree_id), std::slice::from_ref(&charter), &[founding(7, 8)], &all, &[])
    };
    let install = |by: &mut Issuer| {
        let said = Restored { office: office(7), old: device(8), new: device(20), on: TODAY };
        let after = Some(Signed::sign(&key(8), &said));
        by.issue(Body::Install { serial: serial(20), office: office(7), device: device(20), holder: None, after });
    };
    let restored = || {
        let mut tree = Tree::new();
        install(&mut tree.first);
        tree
    };
    assert!(of(&found(&restored()), 7, 20).confirmed, "the old device was compared");
    let mut tree = restored();
    tree.first.remove(8, None);
    let after = found(&tree);
    assert!(of(&after, 7, 8).removed.is_some() && of(&after, 7, 20).confirmed);
    // A colleague at the superior did not know of the other's decision: the laptop may have been lost, and its backup with it.
    let mut tree = restored();
    tree.second.remove(8, None);
    assert!(!of(&found(&tree), 7, 20).confirmed);
    let mut tree = Tree::new();
    tree.second.remove(8, None);
    install(&mut tree.first);
    assert!(!of(&found(&tree), 7, 20).confirmed);
    let mut tree = Tree::new();
    tree.first.remove(8, None);
    install(&mut tree.first);
    assert!(!of(&found(&tree), 7, 20).confirmed, "what is removed hands on nothing");
    let mut tree = restored();
    tree.first.remove(8, None);
    tree.second.remove(8, None);
    assert!(!of(&found(&tree), 7, 20).confirmed);
    let mut tree = restored();
    tree.village.issue(Body::Retire { cut: Vec::new() });
    assert!(!of(&found(&tree), 7, 20).confirmed, "who handed over gave the place to somebody else");
}

#[test]
fn a_keeper_from_above_is_a_further_one_and_is_confirmed_by_a_device_of_the_office_alone() {
    let install = |by: &mut Issuer| {
        let holder = Some("李乙二".to_owned());
        by.issue(Body::Install { serial: serial(20), office: office(7), device: device(20), holder, after: None });
    };
    let (tree_id, charter) = charter();
    let of_all = |tree: &Tree, more: &[Signed<Entry>]| {
        let all = [&tree.logs().concat(), more].concat();
        Membership::build(Some(tree_id), std::slice::from_ref(&charter), &[founding(7, 8)], &all, &[])
    };
    let mut tree = Tree::new();
    install(&mut tree.first);
    let found = of_all(&tree, &[]);
    let new = of(&found, 7, 20);
    assert!(
        new.installed && new.hub && !new.confirmed && new.role == Role::Keeper && found.is_hub(&office(7), &device(20))
    );
    assert!(of(&found, 7, 8).is_active(), "nobody is replaced");
    // Itself, and one that is not confirmed, confirm nobody.
    let mut own = Issuer::new(20, office(7));
    own.enrol(20, Role::Keeper);
    own.enrol(21, Role::Keeper);
    let found = of_all(&tree, &own.log);
    assert!(!of(&found, 7, 20).confirmed && !of(&found, 7, 21).confirmed);
    tree.village.enrol(20, Role::Keeper);
    let found = of_all(&tree, &own.log);
    assert!(of(&found, 7, 20).confirmed && of(&found, 7, 21).confirmed && of(&found, 7, 20).installed);
    // Whichever of the two entries is read first.
    let swapped = {
        let mut tree = Tree::new();
        tree.village = Issuer::new(8, office(7));
        tree.village.enrol(20, Role::Keeper);
        install(&mut tree.first);
        of(&of_all(&tree, &[]), 7, 20)
    };
    assert!(swapped.installed && swapped.confirmed);
    // Nobody but the direct superior does it.
    let mut other = Tree::new();
    install(&mut other.root);
    install(&mut other.beside);
    assert!(of_all(&other, &[]).certificate(&office(7), &device(20)).is_none());
}

/// One step of somebody's log.
fn step(tree: &mut Tree, by: u8, what: u8, whom: u8, seq: u64) {
    let heads = |tree: &Tree, number: u8| match number {
        2 => tree.first.head(),
        3 => tree.second.head(),
        8 => tree.village.head(),
        9 => tree.beside.head(),
        _ => None,
    };
    let number = [2, 3, 4, 8, 9, 20, 21][usize::from(whom % 7)];
    let last = heads(tree, number).filter(|_| !seq.is_multiple_of(3));
    let place = if number < 8 { 2 } else { 7 };
    let issuer = match by % 5 {
        0 => &mut tree.root,
        1 => &mut tree.first,
        2 => &mut tree.second,
        3 => &mut tree.village,
        _ => &mut tree.beside,
    };
    match what % 8 {
        0 => issuer.enrol(number, if seq.is_multiple_of(2) { Role::Keeper } else { Role::Clerk }),
        1 => issuer.issue(Body::Remove { serial: serial(number), cut: vec![mark(seq)], last }),
        2 => issuer.issue(Body::Suspend { device: device(number), last }),
        3 if seq.is_multiple_of(4) => issuer.issue(Body::Retire { cut: vec![mark(seq)] }),
        4 => {
            let (serial, device) = (serial(number), device(number));
            issuer.issue(Body::Install { serial, office: office(place), device, holder: None, after: None })
        }
        5 => issuer.issue(Body::Discard { office: office(place), device: device(number) }),
        _ => issuer.issue(Body::Vouch { office: office(place), device: device(number), changes: vec![mark(seq)] }),
    };
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_entries_gives_the_same_membership(
        steps in prop::collection::vec((0u8..5, 0u8..8, 0u8..7, 1u64..30), 0..14),
        seed in any::<u64>(),
    ) {
        let mut tree = Tree::new();
        for (by, what, whom, seq) in steps {
            step(&mut tree, by, what, whom, seq);
        }
        let mut all = tree.logs().concat();
        let found = membership(&[&all], &[]);
        let mut state = seed | 1;
        for at in (1..all.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            all.swap(at, usize::try_from(state >> 33).unwrap() % (at + 1));
        }
        all.extend(all.clone().into_iter().take(3));
        prop_assert_eq!(&membership(&[&all], &[]), &found);
    }

    #[test]
    fn a_cut_only_grows(steps in prop::collection::vec((any::<bool>(), 1u64..40), 1..12)) {
        let mut tree = Tree::new();
        tree.first.issue(Body::Remove { serial: serial(8), cut: vec![mark(5)], last: tree.village.head() });
        let mut highest = 5;
        for (above, seq) in steps {
            let (office, device) = (office(7), device(8));
            let by = if above { &mut tree.second } else { &mut tree.beside };
            by.issue(Body::Vouch { office, device, changes: vec![mark(seq)] });
            tree.second.issue(Body::Remove { serial: serial(8), cut: vec![mark(seq / 2)], last: None });
            highest = highest.max(seq);
            prop_assert_eq!(of(&tree.found(), 7, 8).standing(&BOOK, &ACTOR), Standing::UpTo(highest, mark(highest).3));
        }
    }
}
