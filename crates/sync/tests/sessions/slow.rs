//! A peer that takes nothing of what it asked for.

use std::collections::VecDeque;

use ybz_domain::book::BookKind;
use ybz_sync::Session;
use ybz_sync::limits::{BATCH_BYTES, WRITE_AHEAD};
use ybz_sync::machine::{Effect, Event};
use ybz_sync::sim::Rng;
use ybz_sync::wire::Frame;

use crate::node::Shared;
use crate::{committee, up};

/// Lets a session go on with its application; what it sends is returned and never written.
fn go_on(session: &mut Session, node: &Shared, peer: &Shared, event: Event) -> Vec<Frame> {
    let mut effects: VecDeque<Effect> = session.handle(event).into();
    let mut sent = Vec::new();
    while let Some(effect) = effects.pop_front() {
        match effect {
            Effect::Send(frame) => sent.push(frame),
            Effect::Ask(id, ask) => {
                let answer = node.borrow_mut().answer(&peer.borrow().id(), ask);
                effects.extend(session.handle(Event::Answer(id, answer)));
            }
            Effect::Progress(_) | Effect::End(_) => {}
        }
    }
    sent
}

#[test]
fn to_a_reader_that_takes_nothing_no_more_is_handed_than_the_writer_may_hold() {
    let rng = &mut Rng::new(7);
    let (hub, villages) = committee(1);
    let village = &villages[0];
    for kind in [BookKind::visits(), BookKind::dues(), BookKind::meetings(), BookKind::tasks()] {
        village.borrow_mut().edit(&up(1, kind), 100, 10_000, rng);
    }
    let (mut giving, mut taking) = (Session::dial(hub.borrow().id(), false), Session::accept(village.borrow().id()));
    let mut to_hub: VecDeque<Frame> = go_on(&mut giving, village, &hub, Event::Started).into();
    go_on(&mut taking, &hub, village, Event::Started);
    let mut unwritten: usize = to_hub.iter().map(Frame::weight).sum();
    // The hub answers the opening; from the first batch on it is silent.
    while let Some(frame) = to_hub.pop_front() {
        if matches!(frame, Frame::Changes(_)) {
            break;
        }
        for answer in go_on(&mut taking, &hub, village, Event::Frame(frame)) {
            let more = go_on(&mut giving, village, &hub, Event::Frame(answer));
            unwritten += more.iter().map(Frame::weight).sum::<usize>();
            to_hub.extend(more);
        }
    }
    let due: usize = village.borrow().books.values().map(|book| book.order.len()).sum();
    assert!(due == 400 && unwritten > WRITE_AHEAD, "there is more to give than may wait: {unwritten} bytes wait");
    assert!(unwritten < WRITE_AHEAD + 2 * BATCH_BYTES, "{unwritten} bytes wait for a reader that takes nothing");
    let more = go_on(&mut giving, village, &hub, Event::Written(unwritten));
    assert!(more.iter().any(|frame| matches!(frame, Frame::Changes(_))), "once it takes them, the next ones come");
}
