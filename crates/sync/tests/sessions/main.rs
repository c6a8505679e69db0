//! Two and more machines over a simulated link and over loopback, with nodes in memory that judge by the rules of
//! `domain`.
//!
//! Random tests print their seed; `YBZ_SEED=<n>` replays one, `YBZ_SEEDS=<n>` runs more.

#![allow(missing_docs, unreachable_pub)]
// Tests may stop where a fact they rest on fails; outside of `#[test]` functions clippy has to be told.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod book;
mod loopback;
mod node;
mod properties;
mod rounds;
mod slow;
mod strangers;

use std::rc::Rc;

use ybz_domain::book::{BookKey, BookKind};
use ybz_domain::ids::OfficeId;
use ybz_sync::sim::{Link, Plan, Rng, Trace};
use ybz_sync::{Answer, Ask, Session};

use node::{Node, Shared, World};

pub const HUB: u8 = 100;

/// A hub's device, and villages with one device each, office numbers from 1.
pub fn committee(villages: u8) -> (Shared, Vec<Shared>) {
    let hub = Node::new(HUB, HUB);
    let below: Vec<_> = (1..=villages).map(|number| Node::new(number, number)).collect();
    introduce(&hub, &below);
    (hub, below)
}

/// Tells all nodes who is who: every office but the hub's stands below the hub's.
pub fn introduce(hub: &Shared, others: &[Shared]) {
    let mut world = World::default();
    let top = hub.borrow().office;
    for node in others.iter().chain([hub]) {
        world.add(&node.borrow(), top);
    }
    for node in others.iter().chain([hub]) {
        node.borrow_mut().world = world.clone();
    }
}

pub fn up(office: u8, kind: BookKind) -> BookKey {
    BookKey::new(OfficeId([office; 16]), kind, 2026)
}

pub fn down(office: u8) -> BookKey {
    BookKey::dispatch(OfficeId([office; 16]), OfficeId([HUB; 16]), 2026)
}

pub fn backend<'a>(node: &Shared, peer: &Shared) -> Box<dyn FnMut(Ask) -> Answer + 'a> {
    let (node, peer) = (Rc::clone(node), peer.borrow().id());
    Box::new(move |ask| node.borrow_mut().answer(&peer, ask))
}

pub fn link<'a>(dialer: &Shared, acceptor: &Shared, live: bool, plan: Plan) -> Link<'a> {
    let sessions = (Session::dial(acceptor.borrow().id(), live), Session::accept(dialer.borrow().id()));
    Link::new((sessions.0, backend(dialer, acceptor)), (sessions.1, backend(acceptor, dialer)), plan)
}

/// One session to its end.
pub fn sync(dialer: &Shared, acceptor: &Shared, plan: Plan, rng: &mut Rng) -> Trace {
    let mut link = link(dialer, acceptor, false, plan);
    link.run(rng);
    link.trace().clone()
}

/// Runs a property for many seeds and names the one that fails.
pub fn for_seeds(count: u64, property: impl Fn(&mut Rng)) {
    let number = |name| std::env::var(name).ok().and_then(|text: String| text.parse::<u64>().ok());
    let seeds = match number("YBZ_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("YBZ_SEEDS").unwrap_or(count),
    };
    for seed in seeds {
        let named = Named(seed);
        property(&mut Rng::new(seed));
        std::mem::forget(named);
    }
}

struct Named(u64);
impl Drop for Named {
    fn drop(&mut self) {
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "replay with YBZ_SEED={}", self.0);
    }
}
