//! What holds whatever happens, for many seeds.

use std::collections::BTreeSet;

use ybz_domain::book::{BookKey, BookKind, Scope};
use ybz_domain::ids::BookId;
use ybz_sync::sim::{Link, Plan, Rng, Trace};
use ybz_sync::wire::Frame;
use ybz_sync::{Local, Reason};

use crate::node::{Node, Shared};
use crate::{HUB, committee, down, for_seeds, introduce, link, sync, up};

fn kinds() -> [BookKind; 5] {
    [BookKind::visits(), BookKind::dues(), BookKind::roster(), BookKind::private(), BookKind::desk()]
}

fn edit_some(node: &Shared, office: u8, rng: &mut Rng) {
    for _ in 0..rng.below(4) {
        let kind = kinds()[rng.at(5)].clone();
        let (count, size) = (1 + rng.at(6), 1 + rng.at(400));
        node.borrow_mut().edit(&up(office, kind), count, size, rng);
    }
}

fn equal(a: &Shared, b: &Shared) -> bool {
    let (a, b) = (a.borrow(), b.borrow());
    a.catalog(&b.id()).digest() == b.catalog(&a.id()).digest()
}

fn difference(a: &Shared, b: &Shared, trace: &Trace) -> String {
    let frames: Vec<_> = trace.frames.iter().map(|(end, frame)| (*end, frame.name())).collect();
    let mut out = format!("{frames:?}");
    let (a, b) = (a.borrow(), b.borrow());
    for (node, peer) in [(&a, &b), (&b, &a)] {
        for book in node.books.values().filter(|book| node.in_scope(&peer.id(), &book.key)) {
            let counts = (book.order.len(), book.staged.len());
            out += &format!(
                "\n{} {} heads {:?} aside {:?} {counts:?}",
                node.id(),
                book.key.kind,
                book.heads(),
                book.aside()
            );
        }
    }
    out
}

/// All books named in any frame of a trace.
fn named(trace: &Trace) -> (BTreeSet<BookId>, Vec<BookKey>) {
    let (mut ids, mut keys) = (BTreeSet::new(), Vec::new());
    for (_, frame) in &trace.frames {
        match frame {
            Frame::Listing(listing) => keys.extend(listing.books.iter().map(|entry| entry.key.clone())),
            Frame::Reply(reply) => keys.extend(reply.books.iter().map(|book| book.entry.key.clone())),
            Frame::Announce(entries) => keys.extend(entries.iter().map(|entry| entry.key.clone())),
            Frame::Changes(changes) => drop(ids.insert(changes.book)),
            Frame::Need(book, _) => drop(ids.insert(*book)),
            Frame::Ack(ack) => drop(ids.insert(ack.book)),
            _ => {}
        }
    }
    (ids, keys)
}

fn assert_in_scope(a: &Shared, b: &Shared, trace: &Trace) {
    let (ids, keys) = named(trace);
    let (a, b) = (a.borrow(), b.borrow());
    for key in &keys {
        assert!(a.in_scope(&b.id(), key) && b.in_scope(&a.id(), key), "{key:?} is out of scope and was named");
        assert!(a.office == b.office || key.kind.scope() != Scope::Own);
    }
    for id in ids {
        let key = a.books.get(&id).or(b.books.get(&id)).map(|book| book.key.clone());
        assert!(key.is_some_and(|key| a.in_scope(&b.id(), &key)), "{id:?} is out of scope and was sent");
    }
}

/// Sessions until one runs through; each may be cut.
fn sync_through(a: &Shared, b: &Shared, twice: bool, rng: &mut Rng) {
    for _ in 0..60 {
        let mut plan = Plan::random(rng, 6_000);
        plan.twice *= u64::from(twice);
        let trace = if rng.percent(50) { sync(a, b, plan, rng) } else { sync(b, a, plan, rng) };
        assert_in_scope(a, b, &trace);
        assert!(
            trace.reasons.iter().all(|reason| matches!(reason, Some(Reason::Complete | Reason::Cut))),
            "{:?}",
            trace.reasons
        );
        if trace.reasons == [Some(Reason::Complete), Some(Reason::Complete)] {
            assert!(equal(a, b), "a session that ran through leaves equal catalogs: {}", difference(a, b, &trace));
            return;
        }
    }
    let trace = sync(a, b, Plan::SMOOTH, rng);
    assert_eq!(trace.reasons, [Some(Reason::Complete), Some(Reason::Complete)]);
}

#[test]
fn any_two_nodes_come_to_equal_catalogs_and_repeat_nothing() {
    for_seeds(150, |rng| {
        let (hub, villages) = committee(1);
        let village = &villages[0];
        for _ in 0..3 {
            edit_some(village, 1, rng);
            if rng.percent(50) {
                let count = 1 + rng.at(4);
                hub.borrow_mut().edit(&down(1), count, 30, rng);
            }
            sync_through(village, &hub, false, rng);
        }
        assert_eq!(hub.borrow().repeats + village.borrow().repeats, 0, "what was staged or accepted came again");
    });
}

#[test]
fn two_devices_and_their_hub_converge_in_any_order() {
    for_seeds(100, |rng| {
        let hub = Node::new(HUB, HUB);
        let (one, two) = (Node::new(1, 1), Node::new(2, 1));
        introduce(&hub, &[one.clone(), two.clone()]);
        let all = [one.clone(), two.clone(), hub.clone()];
        for _ in 0..6 {
            edit_some(&one, 1, rng);
            edit_some(&two, 1, rng);
            let (a, b) = (rng.at(3), rng.at(3));
            if a != b {
                sync(&all[a], &all[b], Plan::random(rng, 8_000), rng);
            }
        }
        for _ in 0..2 {
            sync_through(&one, &hub, true, rng);
            sync_through(&two, &hub, true, rng);
            sync_through(&one, &two, true, rng);
        }
        assert!(equal(&one, &hub) && equal(&two, &hub) && equal(&one, &two));
    });
}

#[test]
fn equal_catalogs_cost_one_round_trip_for_every_seed() {
    for_seeds(60, |rng| {
        let (hub, villages) = committee(1);
        edit_some(&villages[0], 1, rng);
        sync_through(&villages[0], &hub, true, rng);
        let trace = sync(&villages[0], &hub, Plan { piece: 1 + rng.at(2_000), ..Plan::SMOOTH }, rng);
        // Each side says who it is and, the catalogs being equal, gives a receipt: no word is awaited beyond that.
        let said =
            |end| trace.frames.iter().filter(|(from, _)| *from == end).map(|(_, f)| f.name()).collect::<Vec<_>>();
        assert!(matches!(said(0).as_slice(), ["hello", "done"] | ["hello", "receipt", "done"]), "{:?}", said(0));
        let answer = said(1);
        assert!(
            matches!(answer.as_slice(), ["hello", "equal", "done"] | ["hello", "equal", "receipt", "done"]),
            "{answer:?}"
        );
    });
}

#[test]
fn changes_during_sessions_reach_everyone_who_is_connected() {
    for_seeds(60, |rng| {
        let (hub, villages) = committee(3);
        let plan = |rng: &mut Rng| Plan { piece: 1 + rng.at(2_000), twice: rng.below(20), ..Plan::SMOOTH };
        let mut links: Vec<Link<'_>> = villages.iter().map(|village| link(village, &hub, true, plan(rng))).collect();
        for _ in 0..400 {
            let at = rng.at(3);
            let office = u8::try_from(at).unwrap() + 1;
            if rng.percent(3) {
                let key = up(office, kinds()[rng.at(5)].clone());
                villages[at].borrow_mut().edit(&key, 1, 50, rng);
                links[at].local(0, Local::Changed(vec![key.id()]), rng);
            }
            if rng.percent(3) {
                hub.borrow_mut().edit(&down(office), 1, 50, rng);
                // The hub tells all its sessions.
                for link in &mut links {
                    link.local(1, Local::Changed(vec![down(office).id()]), rng);
                }
            }
            if rng.percent(2) {
                links[at].local(rng.at(2), Local::Refresh, rng);
            }
            links[at].step(rng);
        }
        for (village, link) in villages.iter().zip(&mut links) {
            link.run(rng);
            assert_eq!(link.trace().reasons, [None, None], "{:?}", link.trace().reasons);
            assert!(equal(village, &hub));
            assert_in_scope(village, &hub, link.trace());
            let outcome = link.session(0).outcome();
            assert!(outcome.owed == outcome.receipted, "{outcome:?}");
        }
    });
}
