//! What goes over the wire in the usual sessions.

use ybz_domain::book::BookKind;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::seal::HouseholdKey;
use ybz_sync::sim::{Plan, Rng};
use ybz_sync::wire::Frame;
use ybz_sync::{BookState, CatalogEntry, Local, Progress, Reason};

use crate::{HUB, committee, down, introduce, link, node::Node, sync, up};

fn names(trace: &ybz_sync::sim::Trace, end: usize) -> Vec<&'static str> {
    trace.frames.iter().filter(|(from, _)| *from == end).map(|(_, frame)| frame.name()).collect()
}

const BOTH_COMPLETE: [Option<Reason>; 2] = [Some(Reason::Complete), Some(Reason::Complete)];

#[test]
fn a_first_session_delivers_every_book_and_a_second_costs_one_round_trip() {
    let rng = &mut Rng::new(1);
    let (hub, villages) = committee(1);
    let village = &villages[0];
    for kind in [BookKind::roster(), BookKind::meetings(), BookKind::dues(), BookKind::visits(), BookKind::tasks()] {
        village.borrow_mut().edit(&up(1, kind), 4, 20, rng);
    }
    hub.borrow_mut().edit(&down(1), 3, 20, rng);
    let mut first = link(village, &hub, false, Plan::SMOOTH);
    first.run(rng);
    assert_eq!(first.trace().reasons, BOTH_COMPLETE);
    let outcome = first.session(0).outcome();
    assert!(outcome.delivered, "all is receipted: {outcome:?}");
    assert_eq!((outcome.sent, outcome.received, outcome.owed), (20, 3, 5));
    assert!(first.session(1).outcome().delivered, "the hub's dispatch is receipted too");

    let mut second = link(village, &hub, false, Plan::SMOOTH);
    second.run(rng);
    let trace = second.trace();
    assert_eq!(trace.reasons, BOTH_COMPLETE);
    assert_eq!(names(trace, 0), ["hello", "receipt", "done"]);
    assert_eq!(names(trace, 1), ["hello", "equal", "receipt", "done"]);
    assert_eq!(trace.flights[0], 2, "the dialer has its receipt after one round trip");
    assert!(second.session(0).outcome().delivered, "equal catalogs are receipted");
    let bytes: u64 = trace.bytes.iter().sum();
    assert!(bytes < 1_200, "{bytes} bytes");
}

#[test]
fn only_what_is_missing_is_sent() {
    let rng = &mut Rng::new(2);
    let (hub, villages) = committee(1);
    let village = &villages[0];
    village.borrow_mut().edit(&up(1, BookKind::visits()), 50, 20, rng);
    village.borrow_mut().edit(&up(1, BookKind::dues()), 50, 20, rng);
    sync(village, &hub, Plan::SMOOTH, rng);
    village.borrow_mut().edit(&up(1, BookKind::visits()), 2, 20, rng);
    let trace = sync(village, &hub, Plan::SMOOTH, rng);
    assert_eq!(names(&trace, 0), ["hello", "reply", "changes", "sent", "done"]);
    let mut answered = names(&trace, 1);
    answered.sort_unstable();
    assert_eq!(answered, ["ack", "done", "hello", "listing", "receipt", "sent"]);
    assert_eq!(hub.borrow().repeats, 0);
    assert!(trace.bytes.iter().sum::<u64>() < 2_500, "{:?}", trace.bytes);
}

#[test]
fn a_change_in_a_live_session_is_receipted_and_nothing_else_is_said() {
    let rng = &mut Rng::new(3);
    let (hub, villages) = committee(1);
    let village = &villages[0];
    let visits = up(1, BookKind::visits());
    village.borrow_mut().edit(&visits, 3, 20, rng);
    let mut live = link(village, &hub, true, Plan::SMOOTH);
    live.run(rng);
    assert_eq!(live.trace().reasons, [None, None], "the session stays open");
    let before = live.trace().frames.len();
    village.borrow_mut().edit(&visits, 1, 20, rng);
    live.local(0, Local::Changed(vec![visits.id()]), rng);
    live.run(rng);
    let said: Vec<_> = live.trace().frames[before..].iter().map(|(end, frame)| (*end, frame.name())).collect();
    assert_eq!(said, [(0, "changes"), (0, "sent"), (1, "ack"), (1, "receipt"), (1, "done")]);
    assert!(live.session(0).outcome().delivered);
    // The hub tells its sessions of what it accepted: the one it came from has nothing to send.
    let before = live.trace().frames.len();
    live.local(1, Local::Changed(vec![visits.id()]), rng);
    live.run(rng);
    assert_eq!(live.trace().frames.len(), before, "no echo");
    // A book that begins during the session is announced first.
    village.borrow_mut().edit(&up(1, BookKind::dues()), 2, 20, rng);
    live.local(0, Local::Changed(vec![up(1, BookKind::dues()).id()]), rng);
    live.run(rng);
    assert!(live.session(0).outcome().delivered);
    assert_eq!(hub.borrow().books.len(), 2);
    live.cut(rng);
    assert_eq!(live.trace().reasons, BOTH_COMPLETE, "a peer that leaves between bursts has not failed");
}

#[test]
fn a_book_out_of_scope_is_neither_named_nor_sent_when_it_changes() {
    let rng = &mut Rng::new(4);
    let (hub, villages) = committee(1);
    let village = &villages[0];
    village.borrow_mut().edit(&up(1, BookKind::visits()), 1, 20, rng);
    let mut live = link(village, &hub, true, Plan::SMOOTH);
    live.run(rng);
    let before = live.trace().frames.len();
    village.borrow_mut().edit(&up(1, BookKind::private()), 5, 20, rng);
    live.local(0, Local::Changed(vec![up(1, BookKind::private()).id()]), rng);
    live.run(rng);
    assert_eq!(live.trace().frames.len(), before);
}

#[test]
fn two_devices_of_an_office_exchange_own_books_and_household_keys() {
    let rng = &mut Rng::new(5);
    let hub = Node::new(HUB, HUB);
    let (one, two) = (Node::new(1, 1), Node::new(2, 1));
    introduce(&hub, &[one.clone(), two.clone()]);
    one.borrow_mut().edit(&up(1, BookKind::private()), 3, 20, rng);
    two.borrow_mut().edit(&up(1, BookKind::private()), 4, 20, rng);
    one.borrow_mut().keys.insert(RecordId([1; 16]), HouseholdKey([1; 32]));
    two.borrow_mut().keys.insert(RecordId([2; 16]), HouseholdKey([2; 32]));
    let trace = sync(&one, &two, Plan::SMOOTH, rng);
    assert_eq!(trace.reasons, BOTH_COMPLETE);
    assert_eq!(one.borrow().keys, two.borrow().keys);
    assert_eq!(one.borrow().keys.len(), 2);
    let again = sync(&one, &two, Plan::SMOOTH, rng);
    assert!(names(&again, 1).contains(&"equal"));
    // To the hub neither goes.
    let up = sync(&one, &hub, Plan::SMOOTH, rng);
    assert!(!up.frames.iter().any(|(_, frame)| matches!(frame, Frame::Keys(_) | Frame::Changes(_))));
    assert!(hub.borrow().books.is_empty());
}

#[test]
fn carriers_follow_the_records_and_only_new_ones_travel() {
    let rng = &mut Rng::new(6);
    let (hub, villages) = committee(1);
    let village = &villages[0];
    village.borrow_mut().edit(&up(1, BookKind::visits()), 3, 20, rng);
    let large: Vec<u8> =
        (0..1_300_000u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).take(1_300_000).collect();
    village.borrow_mut().offer("2026-02", b"small".to_vec());
    village.borrow_mut().offer("2026-03", large.clone());
    let trace = sync(village, &hub, Plan::SMOOTH, rng);
    assert_eq!(trace.reasons, BOTH_COMPLETE);
    let sent = names(&trace, 0);
    assert!(sent.iter().position(|n| *n == "changes") < sent.iter().position(|n| *n == "blob"), "records go first");
    assert_eq!(sent.iter().filter(|name| **name == "blob").count(), 4);
    assert!(hub.borrow().carriers == village.borrow().carriers);
    village.borrow_mut().offer("2026-03", b"corrected".to_vec());
    let trace = sync(village, &hub, Plan::SMOOTH, rng);
    assert_eq!(names(&trace, 0).iter().filter(|name| **name == "blob").count(), 1);
    assert!(hub.borrow().carriers == village.borrow().carriers);
    assert!(names(&sync(village, &hub, Plan::SMOOTH, rng), 1).contains(&"equal"));
}

#[test]
fn a_dropped_book_is_not_sent_again() {
    let rng = &mut Rng::new(7);
    let (hub, villages) = committee(1);
    let village = &villages[0];
    let visits = up(1, BookKind::visits());
    village.borrow_mut().edit(&visits, 5, 20, rng);
    sync(village, &hub, Plan::SMOOTH, rng);
    let book = hub.borrow_mut().books.remove(&visits.id()).unwrap();
    let entry = CatalogEntry { key: visits.clone(), state: BookState::Dropped, heads: book.heads(), aside: Vec::new() };
    hub.borrow_mut().dropped.insert(visits.id(), entry);
    assert!(names(&sync(village, &hub, Plan::SMOOTH, rng), 1).contains(&"equal"), "dropped and open compare equal");
    village.borrow_mut().edit(&visits, 1, 20, rng);
    let trace = sync(village, &hub, Plan::SMOOTH, rng);
    assert_eq!(trace.reasons, BOTH_COMPLETE);
    assert!(!names(&trace, 0).contains(&"changes"));
}

#[test]
fn many_offices_are_compared_by_digest_first() {
    let rng = &mut Rng::new(8);
    let hub = Node::new(HUB, HUB);
    let second = Node::new(101, HUB);
    let villages: Vec<_> = (1..=40).map(|number| Node::new(number, number)).collect();
    let mut all = villages.clone();
    all.push(second.clone());
    introduce(&hub, &all);
    for village in 1..=40 {
        let node = &villages[usize::from(village) - 1];
        node.borrow_mut().edit(&up(village, BookKind::visits()), 1, 10, rng);
        node.borrow_mut().edit(&up(village, BookKind::dues()), 1, 10, rng);
        sync(node, &hub, Plan::SMOOTH, rng);
    }
    sync(&second, &hub, Plan::SMOOTH, rng);
    villages[6].borrow_mut().edit(&up(7, BookKind::visits()), 1, 10, rng);
    sync(&villages[6], &hub, Plan::SMOOTH, rng);
    let trace = sync(&second, &hub, Plan::SMOOTH, rng);
    let listed: Vec<_> = trace
        .frames
        .iter()
        .filter_map(|(_, frame)| match frame {
            Frame::Listing(listing) => Some(listing.books.iter().map(|entry| entry.key.office).collect::<Vec<_>>()),
            _ => None,
        })
        .collect();
    assert_eq!(listed, [vec![OfficeId([7; 16]); 2]], "only the office that differs is listed");
    assert_eq!(second.borrow().catalog(&hub.borrow().id()), hub.borrow().catalog(&second.borrow().id()));
}

#[test]
fn a_year_is_cut_into_frames_and_little_is_held() {
    let rng = &mut Rng::new(9);
    let (hub, villages) = committee(1);
    villages[0].borrow_mut().edit(&up(1, BookKind::visits()), 60, 30_000, rng);
    let trace = sync(&villages[0], &hub, Plan { piece: 20_000, ..Plan::SMOOTH }, rng);
    assert_eq!(trace.reasons, BOTH_COMPLETE);
    let frames: Vec<usize> = trace
        .frames
        .iter()
        .filter_map(|(_, frame)| match frame {
            Frame::Changes(changes) => Some(changes.changes.iter().map(Vec::len).sum()),
            _ => None,
        })
        .collect();
    assert!(frames.len() > 4 && frames.iter().all(|bytes| *bytes <= 256 * 1024), "{frames:?}");
    assert!(trace.backlog[1] < 1_400_000, "{}", trace.backlog[1]);
    let progress = &trace.progress[0];
    assert!(matches!(progress.last(), Some(Progress::Settled(outcome)) if outcome.delivered));
}
