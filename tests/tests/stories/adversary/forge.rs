//! Changes as no honest node makes them.

use std::num::NonZeroU64;

use automerge::{Automerge, Change, ChangeHash as Hash, ExpandedChange};
use ybz_domain::accept::{ParsedChange, parse_change};
use ybz_domain::book::{self, BookKind, RecordOp, create};
use ybz_domain::ids::{ActorId, ChangeHash, RecordId};

use super::puppet::TODAY;

/// One who writes visits under an actor.
pub struct Writer {
    doc: Automerge,
    actor: ActorId,
    count: u8,
}

impl Writer {
    pub fn new(actor: ActorId) -> Self {
        Self { doc: book::new_document(&BookKind::visits()).unwrap(), actor, count: 0 }
    }

    fn id(&self, number: u8) -> RecordId {
        let mut id = self.actor.0;
        id[15] = number;
        RecordId(id)
    }

    /// A visit.
    pub fn visit(&mut self, place: &str) -> ParsedChange {
        self.count += 1;
        let fields = [
            ("date", "2026-03-05".into()),
            ("kind", "round_table".into()),
            ("place", place.into()),
            ("situation_text", "情况".repeat(200).as_str().into()),
        ];
        let op = create(self.id(self.count), "visit", fields);
        self.apply(op)
    }

    /// Another place for the last visit.
    pub fn moved(&mut self, place: &str) -> ParsedChange {
        let id = self.id(self.count);
        self.apply(RecordOp::Set { id, field: "place".to_owned(), value: place.into() })
    }

    fn apply(&mut self, op: RecordOp) -> ParsedChange {
        let change = book::apply(&mut self.doc, &self.actor, TODAY, &[op]).unwrap().unwrap();
        parse_change(change.raw_bytes()).unwrap()
    }
}

/// A change with its content altered and its hash right again.
pub fn altered(change: &ParsedChange, alter: impl FnOnce(&mut ExpandedChange)) -> ParsedChange {
    let mut expanded = Change::from_bytes(change.bytes.clone()).unwrap().decode();
    alter(&mut expanded);
    expanded.hash = None;
    let change = Change::from(expanded);
    let mut meta = parse_change(&raw(&change)).map_or_else(|_| meta_of(&change), |parsed| parsed.meta);
    meta.hash = ChangeHash(change.hash().0);
    ParsedChange { meta, bytes: raw(&change) }
}

fn raw(change: &Change) -> Vec<u8> {
    change.raw_bytes().to_vec()
}

/// What a change says of itself, where the rules do not take it.
fn meta_of(change: &Change) -> ybz_domain::accept::ChangeMeta {
    ybz_domain::accept::ChangeMeta {
        hash: ChangeHash(change.hash().0),
        actor: ActorId::from_slice(change.actor_id().to_bytes()).unwrap_or(ActorId([0; 16])),
        seq: change.seq(),
        start_op: change.start_op().get(),
        max_op: change.start_op().get(),
        deps: Vec::new(),
    }
}

pub fn start_op(number: u64) -> NonZeroU64 {
    NonZeroU64::new(number).unwrap()
}

pub fn dep(hash: ChangeHash) -> Hash {
    Hash(hash.0)
}

/// The same change as automerge compresses it.
pub fn compressed(change: &ParsedChange) -> Vec<u8> {
    let bytes = Change::from_bytes(change.bytes.clone()).unwrap().bytes().into_owned();
    assert_eq!(bytes[8], 2, "long enough to be compressed");
    bytes
}
