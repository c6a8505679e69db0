//! Logs under attack: gaps, forks, and issuers that go on after their removal.

use crate::ids::{ActorId, BookId, ChangeHash};
use crate::office::OfficeKind;
use crate::sign::Signed;
use crate::trust::testing::{Issuer, ROOT, charter, device, founding, membership, office, serial};
use crate::trust::{Body, Entry, Link, Membership, Role, Withheld, withhold};

/// The root's log and a street's: the street (2) has keepers 2 and 3; 3 enrols clerks 4 and 5, and would enrol 6.
fn street() -> (Issuer, Issuer, Issuer) {
    let (mut root, mut first, mut second) =
        (Issuer::new(1, ROOT), Issuer::new(2, office(2)), Issuer::new(3, office(2)));
    root.adopt(2, OfficeKind::Committee, 2);
    first.enrol(3, Role::Keeper);
    second.enrol(4, Role::Clerk);
    second.enrol(5, Role::Clerk);
    (root, first, second)
}

fn certified(membership: &Membership, number: u8) -> bool {
    membership.certificate(&office(2), &device(number)).is_some_and(|certificate| certificate.removed.is_none())
}

#[test]
fn a_removed_keeper_goes_on_issuing_and_nothing_comes_of_it() {
    let (mut root, first, mut second) = street();
    root.remove(3, second.head());
    second.enrol(6, Role::Keeper);
    let found = membership(&[&root.log, &first.log, &second.log], &[]);
    assert!(!certified(&found, 3));
    assert!(certified(&found, 4) && certified(&found, 5), "what stood before it stands");
    assert!(!certified(&found, 6), "what it issued after its end is void");
    // It goes back in its log: of two entries with one number the one on the way to its last counts.
    let mut back = second.fork(1);
    back.enrol(7, Role::Keeper);
    for entries in [[back.log.clone(), second.log.clone()], [second.log.clone(), back.log.clone()]] {
        let found = membership(&[&root.log, &first.log, &entries[0], &entries[1]], &[]);
        assert!(certified(&found, 4) && certified(&found, 5) && !certified(&found, 7) && !certified(&found, 6));
    }
    // Whoever knows only the forged branch cannot see that it leads to the last, so takes nothing of it above what does.
    let found = membership(&[&root.log, &first.log, &back.log], &[]);
    assert!(!certified(&found, 7) && !certified(&found, 4), "until the way to its last entry is known");
}

#[test]
fn a_removal_without_a_last_entry_voids_all_and_the_furthest_of_several_counts() {
    let (mut root, first, second) = street();
    root.remove(3, None);
    let logs: [&[Signed<Entry>]; 2] = [&first.log, &second.log];
    let found = membership(&[&root.log, logs[0], logs[1]], &[]);
    assert!(!certified(&found, 4) && !certified(&found, 5));
    root.remove(3, second.fork(1).head());
    let found = membership(&[&root.log, logs[0], logs[1]], &[]);
    assert!(certified(&found, 4) && !certified(&found, 5));
    root.remove(3, second.head());
    let found = membership(&[&root.log, logs[0], logs[1]], &[]);
    assert!(certified(&found, 4) && certified(&found, 5), "what is void only gets less");
}

#[test]
fn keepers_do_not_remove_each_other_and_a_removed_one_removes_nobody() {
    let (mut root, mut first, mut second) = street();
    first.remove(3, None);
    assert!(certified(&membership(&[&root.log, &first.log, &second.log], &[]), 3));
    root.remove(3, second.head());
    second.remove(4, None);
    let found = membership(&[&root.log, &first.log, &second.log], &[]);
    assert!(certified(&found, 4), "its removal comes after its own end");
}

#[test]
fn a_number_borrowed_from_above_removes_only_its_own_clerk() {
    let (root, mut first, second) = street();
    first.adopt(7, OfficeKind::Branch, 8);
    let mut village = Issuer::new(8, office(7));
    let clerk = Body::Enrol {
        serial: serial(3),
        device: device(9),
        role: Role::Clerk,
        hub: false,
        confirmed: true,
        holder: None,
    };
    village.issue(clerk);
    village.remove(3, None);
    let found = membership(&[&root.log, &first.log, &second.log, &village.log], &[]);
    assert!(found.certificate(&office(7), &device(9)).unwrap().removed.is_some());
    assert!(certified(&found, 3), "the street's keeper of the same number stays");
    assert!(certified(&found, 4) && certified(&found, 5), "and what it issued stands");
}

#[test]
fn what_follows_a_gap_waits_until_the_gap_is_filled() {
    let (root, first, mut second) = street();
    second.enrol(6, Role::Clerk);
    let gap = [second.log[0].clone(), second.log[2].clone()];
    let found = membership(&[&root.log, &first.log, &gap], &[]);
    assert!(certified(&found, 4) && !certified(&found, 6));
    let filling = Link::of(&second.log[1], &second.log[1].peek().unwrap());
    let found = membership(&[&root.log, &first.log, &gap], std::slice::from_ref(&filling));
    assert!(certified(&found, 6) && !certified(&found, 5), "a place is filled without saying by whom");
    // Another filling, of another log, or beside it, does not fit.
    for wrong in [
        Link { entry: [9; 32], ..filling.clone() },
        Link { seq: 3, ..filling.clone() },
        Link { issuer: device(2), ..filling.clone() },
        Link { previous: None, ..filling },
    ] {
        let found = membership(&[&root.log, &first.log, &gap], &[wrong]);
        assert!(!certified(&found, 6) && certified(&found, 4) && found.forked.is_empty());
    }
}

#[test]
fn a_wrong_previous_holds_back_what_follows_and_a_fork_suspends_its_issuer_alone() {
    let (root, first, second) = street();
    let mut other = second.fork(0);
    other.enrol(7, Role::Clerk);
    other.enrol(8, Role::Clerk);
    // Its second entry follows another first one than is known here.
    let found = membership(&[&root.log, &first.log, &second.log[..1], &other.log[1..]], &[]);
    assert!(certified(&found, 4) && !certified(&found, 8) && found.forked.is_empty());
    // A place alone shows the fork as well as the entry itself.
    let shown = Link::of(&other.log[0], &other.log[0].peek().unwrap());
    let found = membership(&[&root.log, &first.log, &second.log, &other.log[1..]], &[shown]);
    assert_eq!(found.forked, [device(3)].into());
    assert!(!certified(&found, 4) && !certified(&found, 8) && certified(&found, 3) && certified(&found, 2));
    // A place for which nobody signed proves nothing against anybody.
    let invented = Link { issuer: device(3), seq: 1, previous: None, entry: [9; 32] };
    let found = membership(&[&root.log, &first.log, &second.log], &[invented]);
    assert!(found.forked.is_empty() && certified(&found, 5));
    // A stranger's forks are nobody's concern.
    let mut stranger = Issuer::new(9, office(2));
    let mut twin = stranger.fork(0);
    stranger.enrol(7, Role::Keeper);
    twin.enrol(8, Role::Keeper);
    let found = membership(&[&root.log, &first.log, &stranger.log, &twin.log], &[]);
    assert!(found.forked.is_empty());
    let kept = [&stranger.log[0], &twin.log[0]].map(|signed| Link::of(signed, &signed.peek().unwrap()).hash());
    assert!(kept.iter().all(|link| !found.links.contains(link)), "nor is anything of them kept");
}

#[test]
fn entries_without_a_tree_hold_of_those_who_were_there_before_it_and_of_nobody_later() {
    let (tree, charter) = charter();
    let (mut root, mut street, mut own) =
        (Issuer::new(1, ROOT), Issuer::new(2, office(2)), Issuer::treeless(3, office(3)));
    own.enrol(4, Role::Clerk);
    own.enrol(5, Role::Keeper);
    let mut own_keeper = Issuer::treeless(5, office(3));
    own_keeper.enrol(6, Role::Clerk);
    root.adopt(2, OfficeKind::Committee, 2);
    street.adopt(3, OfficeKind::Branch, 3);
    let of = |entries: &[&[Signed<Entry>]]| {
        Membership::build(Some(tree), std::slice::from_ref(&charter), &[founding(3, 3)], &entries.concat(), &[])
    };
    let has = |found: &Membership, number: u8| found.certificate(&office(3), &device(number)).is_some();
    let found = of(&[&root.log, &street.log, &own.log, &own_keeper.log]);
    assert!(has(&found, 4) && has(&found, 6), "its own devices come along");
    // A keeper enrolled within the tree has no authority outside of it.
    own.join();
    own.enrol(7, Role::Keeper);
    let mut late = Issuer::treeless(7, office(3));
    late.enrol(8, Role::Clerk);
    assert!(!has(&of(&[&root.log, &street.log, &own.log, &late.log]), 8));
    // Nor does one that issued within it go back.
    let mut back = Issuer { log: own.log.clone(), ..Issuer::treeless(3, office(3)) };
    back.enrol(9, Role::Clerk);
    assert!(!has(&of(&[&root.log, &street.log, &back.log]), 9));
    // Nobody adopts without a tree.
    let mut adopting = Issuer::treeless(2, office(2));
    adopting.adopt(4, OfficeKind::Branch, 10);
    assert!(of(&[&root.log, &adopting.log]).parent(&office(4)).is_none());
}

#[test]
fn a_choice_of_entries_travels_with_the_places_of_the_others() {
    let (mut root, first, mut second) = street();
    for number in 20..60 {
        second.enrol(number, Role::Clerk);
    }
    root.remove(3, second.head());
    let all = [root.log.clone(), first.log.clone(), second.log.clone()].concat();
    let ended = membership(&[&all], &[]);
    for chosen in [vec![1, 17], vec![41], vec![0], (0..42).collect()] {
        let kept: Vec<Signed<Entry>> = root
            .log
            .iter()
            .chain(&first.log)
            .chain(chosen.iter().map(|at: &usize| &second.log[*at]))
            .cloned()
            .collect();
        let withheld = withhold(&kept, &all, &[], |issuer| ended.ended_at(issuer));
        assert!(withheld.len() <= chosen.len() + 1, "runs are told as runs");
        let links: Vec<Link> = withheld.iter().flat_map(Withheld::links).collect();
        let found = membership(&[&kept], &links);
        let told = found.offices[&office(2)].devices.len();
        assert_eq!(told, 2 + chosen.len(), "{chosen:?}");
        // Told on by somebody who knows no more.
        let again = withhold(&kept, &kept, &links, |issuer| found.ended_at(issuer));
        assert_eq!(again, withheld);
        assert!(links.iter().all(|link| found.links.contains(&link.hash())));
    }
}

#[test]
fn the_cut_names_a_change_and_not_its_number_alone() {
    let (book, actor, last) = (BookId([1; 32]), ActorId([2; 16]), ChangeHash([3; 32]));
    let (root, mut first, second) = street();
    first.issue(Body::Remove { serial: serial(4), cut: vec![(book, actor, 5, last)], last: None });
    let found = membership(&[&root.log, &first.log, &second.log], &[]);
    let removed = found.certificate(&office(2), &device(4)).unwrap();
    assert!(removed.covers(&book, &actor, 5, &last));
    assert!(removed.covers(&book, &actor, 4, &ChangeHash([9; 32])), "what leads to it");
    assert!(!removed.covers(&book, &actor, 5, &ChangeHash([9; 32])), "another change of that number");
    assert!(!removed.covers(&book, &actor, 6, &last));
    assert!(!removed.covers(&BookId([9; 32]), &actor, 1, &last));
    let active = found.certificate(&office(2), &device(5)).unwrap();
    assert!(active.covers(&book, &actor, 6, &last));
}

/// An entry by which a keeper certifies a device, with its own number.
fn enrol(by: &mut Issuer, number: u8, role: Role, serial_of: u8, confirmed: bool) {
    let device = device(number);
    by.issue(Body::Enrol { serial: serial(serial_of), device, role, hub: false, confirmed, holder: None });
}

/// The tree in which the street founded itself with this device, which is therefore confirmed.
fn founded(keeper: u8, logs: &[&[Signed<Entry>]]) -> Membership {
    let (tree, charter) = charter();
    Membership::build(Some(tree), &[charter], &[founding(2, keeper)], &logs.concat(), &[])
}

#[test]
fn a_device_that_was_let_in_unseen_is_confirmed_later_and_nothing_else_of_it_changes() {
    let (root, mut first, _) = street();
    let of = |log: &[Signed<Entry>]| founded(2, &[&root.log, log]);
    enrol(&mut first, 7, Role::Clerk, 7, false);
    let found = of(&first.log);
    let before = found.certificate(&office(2), &device(7)).unwrap().clone();
    assert!(!before.confirmed);
    enrol(&mut first, 7, Role::Keeper, 8, true);
    let found = of(&first.log);
    let after = found.certificate(&office(2), &device(7)).unwrap();
    assert_eq!(*after, crate::trust::Certificate { confirmed: true, ..before }, "role and number stay");
    // What says that nobody compared takes nothing back, and a removal by the first number ends it.
    enrol(&mut first, 7, Role::Clerk, 9, false);
    assert!(of(&first.log).certificate(&office(2), &device(7)).unwrap().confirmed);
    first.remove(7, None);
    enrol(&mut first, 7, Role::Clerk, 10, true);
    assert!(!certified(&of(&first.log), 7), "nothing brings it back");
}

#[test]
fn who_was_not_compared_confirms_nobody_until_it_is_confirmed_itself_whichever_entry_is_read_first() {
    // Whatever the order of the devices' ids: each of three keepers stands in each place once.
    for [a, b, c] in [[2, 3, 4], [2, 4, 3], [3, 2, 4], [3, 4, 2], [4, 2, 3], [4, 3, 2]] {
        let mut root = Issuer::new(1, ROOT);
        // The street has founded itself with device `a`.
        root.adopt(2, OfficeKind::Committee, a);
        let (mut one, mut two, mut three) =
            (Issuer::new(a, office(2)), Issuer::new(b, office(2)), Issuer::new(c, office(2)));
        let of = |logs: &[&[Signed<Entry>]]| founded(a, logs);
        let confirmed = |found: &Membership, number: u8| {
            found.certificate(&office(2), &device(number)).is_some_and(|known| known.confirmed)
        };
        enrol(&mut one, b, Role::Keeper, b, false);
        enrol(&mut one, c, Role::Keeper, c, true);
        enrol(&mut two, 9, Role::Clerk, 9, true);
        let found = of(&[&root.log, &one.log, &two.log]);
        assert!(confirmed(&found, a) && confirmed(&found, c) && !confirmed(&found, b) && !confirmed(&found, 9));
        enrol(&mut three, b, Role::Keeper, b, true);
        let found = of(&[&root.log, &one.log, &two.log, &three.log]);
        assert!(confirmed(&found, b) && confirmed(&found, 9), "{a} {b} {c}");
        // Nobody vouches for itself.
        enrol(&mut two, b, Role::Keeper, b, true);
        assert!(!confirmed(&of(&[&root.log, &one.log, &two.log]), b), "{a} {b} {c}");
    }
}
