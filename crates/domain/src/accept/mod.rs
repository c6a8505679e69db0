//! Acceptance: the structural rules by which changes from elsewhere are taken, without loading a document.
//!
//! **Invariant:** these rules look at structure only and are frozen per book version, so that two programs never disagree
//! on what a book contains. Business rules flag in the read model; they refuse nothing here.

mod count;

use std::collections::{BTreeMap, BTreeSet};

use automerge::Change;
use serde::{Deserialize, Serialize};

use crate::book::is_genesis;
use crate::ids::{ActorId, BookId, ChangeHash, DeviceId, Incarnation};
use crate::sign::{Signed, Statement};

/// A change chunk may weigh this many bytes.
pub const MAX_CHANGE_BYTES: usize = 256 * 1024;
/// Operations of one change.
pub const MAX_CHANGE_OPS: u64 = 20_000;
/// Operations that the operations of one change replace, in all.
pub const MAX_PREDS: u64 = 80_000;
/// `start_op` of any change: far above what a book of many years reaches, far below overflow.
pub const MAX_OP: u64 = 1 << 30;
/// Dependencies of one change.
pub const MAX_DEPS: usize = 256;

/// A device vouches for an actor's latest change, and by the chain of hashes for all before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attestation {
    /// The book.
    pub book: BookId,
    /// Incarnation of the database: with device and book it makes the actor.
    pub nonce: Incarnation,
    /// Sequence number of the actor's latest change.
    pub seq: u64,
    /// Hash of it.
    pub hash: ChangeHash,
}

impl Statement for Attestation {
    const TAG: &'static str = "ybz attestation 1";
}

/// What the index knows of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeMeta {
    /// Its hash.
    pub hash: ChangeHash,
    /// Its actor.
    pub actor: ActorId,
    /// Number within the actor's chain, from 1.
    pub seq: u64,
    /// First operation number.
    pub start_op: u64,
    /// Last operation number.
    pub max_op: u64,
    /// Changes it builds on.
    pub deps: Vec<ChangeHash>,
}

/// A parsed change with its bytes.
#[derive(Debug, Clone)]
pub struct ParsedChange {
    /// Its index entry.
    pub meta: ChangeMeta,
    /// The uncompressed change chunk.
    pub bytes: Vec<u8>,
}

/// Why a change or a batch is refused. Refused is for ever; what may still come right is staged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// No uncompressed change chunk, or its checksum is wrong.
    #[error("no sound uncompressed change chunk")]
    Malformed,
    /// A quota on bytes, operations, dependencies or operation numbers.
    #[error("above the quota on {0}")]
    Quota(String),
    /// The actor's length is not 16 bytes.
    #[error("actor of another form")]
    Actor,
    /// The attestation does not verify.
    #[error("the attestation does not hold")]
    Attestation,
    /// The attesting device may not write this book.
    #[error("device {0} may not write this book")]
    NotAuthorised(DeviceId),
    /// The actor is not the one bound to device, book and nonce.
    #[error("the actor is not bound to the attesting device and this book")]
    NotBound,
    /// Two changes with one (actor, seq): proof against whoever signed both.
    #[error("two changes with sequence number {seq} of one actor")]
    Equivocation {
        /// The number used twice.
        seq: u64,
    },
    /// The chain has a hole, or the actor's previous change is not among the dependencies.
    #[error("the actor's chain is broken at {seq}")]
    Chain {
        /// Where.
        seq: u64,
    },
    /// `start_op` is not one above the dependencies' highest.
    #[error("start_op {found} where {expected} follows")]
    StartOp {
        /// As sent.
        found: u64,
        /// As computed.
        expected: u64,
    },
}

/// Parses one uncompressed change chunk under the quotas. Automerge's own inflate has no bound, hence no compressed chunk.
pub fn parse_change(bytes: &[u8]) -> Result<ParsedChange, Refusal> {
    if bytes.len() > MAX_CHANGE_BYTES {
        return Err(Refusal::Quota("bytes of a change".to_owned()));
    }
    // Magic (4), checksum (4), chunk type (1): 1 is an uncompressed change.
    if bytes.first_chunk::<4>() != Some(&[0x85, 0x6f, 0x4a, 0x83]) || bytes.get(8) != Some(&1) {
        return Err(Refusal::Malformed);
    }
    count::check(bytes)?;
    let owned = bytes.to_vec();
    let change = std::panic::catch_unwind(move || Change::from_bytes(owned))
        .map_err(|_| Refusal::Malformed)?
        .map_err(|_| Refusal::Malformed)?;
    if change.raw_bytes() != bytes {
        return Err(Refusal::Malformed);
    }
    let meta = meta(&change)?;
    Ok(ParsedChange { meta, bytes: bytes.to_vec() })
}

/// The index entry of a change; an empty change counts its `start_op` less one as its last operation.
pub fn meta(change: &Change) -> Result<ChangeMeta, Refusal> {
    if change.len() as u64 > MAX_CHANGE_OPS {
        return Err(Refusal::Quota("operations of a change".to_owned()));
    }
    if change.deps().len() > MAX_DEPS {
        return Err(Refusal::Quota("dependencies of a change".to_owned()));
    }
    let start_op = change.start_op().get();
    let max_op = start_op.checked_add(change.len() as u64).and_then(|end| end.checked_sub(1));
    let max_op = max_op.filter(|max| *max <= MAX_OP).ok_or_else(|| Refusal::Quota("operation numbers".to_owned()))?;
    Ok(ChangeMeta {
        hash: ChangeHash(change.hash().0),
        actor: ActorId::from_slice(change.actor_id().to_bytes()).map_err(|_| Refusal::Actor)?,
        seq: change.seq(),
        start_op,
        max_op,
        deps: change.deps().iter().map(|hash| ChangeHash(hash.0)).collect(),
    })
}

/// What this side already knows of the book, as far as a batch refers to it.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Index entries of known dependencies of the batch.
    pub deps: BTreeMap<ChangeHash, ChangeMeta>,
    /// Latest accepted (seq, hash) of each actor of the batch.
    pub tips: BTreeMap<ActorId, (u64, ChangeHash)>,
    /// Hash that an actor's number stands for already, for numbers of the batch at or below its tip.
    pub taken: BTreeMap<(ActorId, u64), ChangeHash>,
}

/// What becomes of a batch.
#[derive(Debug, Clone, Default)]
pub struct Judgement {
    /// Indices of the changes to accept, dependencies first.
    pub accept: Vec<usize>,
    /// Indices of changes already known.
    pub known: Vec<usize>,
    /// Indices of changes to stage: unknown dependencies, or no attestation that covers them.
    pub stage: Vec<usize>,
    /// Indices of changes to refuse, with the reason; their descendants are staged.
    pub refuse: Vec<(usize, Refusal)>,
    /// Dependencies that neither the batch nor the index has.
    pub missing: BTreeSet<ChangeHash>,
}

/// Judges a batch of one book: `attested` are the verified attestations by actor (see [`verify_attestation`]). Only what is
/// causally closed and covered by attestations is accepted.
pub fn judge(batch: &[ParsedChange], known: &Known, attested: &BTreeMap<ActorId, (u64, ChangeHash)>) -> Judgement {
    let mut out = Judgement::default();
    let mut metas: BTreeMap<ChangeHash, &ChangeMeta> = known.deps.iter().map(|(hash, meta)| (*hash, meta)).collect();
    let mut tips = known.tips.clone();
    let mut waiting: BTreeMap<ChangeHash, usize> = BTreeMap::new();
    for (index, change) in batch.iter().enumerate() {
        let meta = &change.meta;
        match known.taken.get(&(meta.actor, meta.seq)) {
            Some(hash) if *hash == meta.hash => out.known.push(index),
            Some(_) => out.refuse.push((index, Refusal::Equivocation { seq: meta.seq })),
            None => {
                if waiting.insert(meta.hash, index).is_some() {
                    out.known.push(index);
                }
            }
        }
    }
    let covered = covered(batch, &waiting, attested);
    // Kahn's order: each change waits for as many dependencies as stand in the batch and are not accepted yet.
    let mut blocked: BTreeMap<ChangeHash, usize> = BTreeMap::new();
    let mut dependents: BTreeMap<ChangeHash, Vec<ChangeHash>> = BTreeMap::new();
    let mut ready = std::collections::VecDeque::new();
    for (hash, index) in waiting.iter().filter(|(hash, _)| covered.contains(*hash)) {
        let Some(change) = batch.get(*index) else { continue };
        let open: Vec<_> =
            change.meta.deps.iter().filter(|dep| !is_genesis(dep) && !metas.contains_key(*dep)).copied().collect();
        if open.is_empty() {
            ready.push_back(*hash);
        }
        blocked.insert(*hash, open.len());
        for dep in open {
            dependents.entry(dep).or_default().push(*hash);
        }
    }
    while let Some(hash) = ready.pop_front() {
        let Some(index) = waiting.remove(&hash) else { continue };
        let Some(change) = batch.get(index) else { continue };
        match structure(&change.meta, &metas, tips.get(&change.meta.actor)) {
            Ok(()) => {
                tips.insert(change.meta.actor, (change.meta.seq, hash));
                metas.insert(hash, &change.meta);
                out.accept.push(index);
                for dependent in dependents.remove(&hash).unwrap_or_default() {
                    let Some(open) = blocked.get_mut(&dependent) else { continue };
                    *open = open.saturating_sub(1);
                    if *open == 0 {
                        ready.push_back(dependent);
                    }
                }
            }
            Err(refusal) => out.refuse.push((index, refusal)),
        }
    }
    let sent: BTreeSet<ChangeHash> = batch.iter().map(|change| change.meta.hash).collect();
    for (_, index) in waiting {
        out.stage.push(index);
        for dep in batch.get(index).map(|change| change.meta.deps.as_slice()).unwrap_or_default() {
            if !sent.contains(dep) && !is_genesis(dep) && !metas.contains_key(dep) {
                out.missing.insert(*dep);
            }
        }
    }
    out
}

/// Hashes of the batch that an attested tip of their own actor vouches for: the tip itself and, through each change's
/// dependency on the actor's previous one, all before it.
fn covered(
    batch: &[ParsedChange],
    waiting: &BTreeMap<ChangeHash, usize>,
    attested: &BTreeMap<ActorId, (u64, ChangeHash)>,
) -> BTreeSet<ChangeHash> {
    let mut covered = BTreeSet::new();
    let mut next: Vec<ChangeHash> = attested.values().map(|(_, hash)| *hash).collect();
    while let Some(hash) = next.pop() {
        let Some(change) = waiting.get(&hash).and_then(|index| batch.get(*index)) else { continue };
        if !attested.contains_key(&change.meta.actor) || !covered.insert(hash) {
            continue;
        }
        // Only the same actor's previous change is vouched for by this chain.
        next.extend(change.meta.deps.iter().filter(|dep| {
            waiting.get(*dep).and_then(|index| batch.get(*index)).is_some_and(|previous| {
                previous.meta.actor == change.meta.actor && previous.meta.seq + 1 == change.meta.seq
            })
        }));
    }
    covered
}

fn structure(
    meta: &ChangeMeta,
    metas: &BTreeMap<ChangeHash, &ChangeMeta>,
    tip: Option<&(u64, ChangeHash)>,
) -> Result<(), Refusal> {
    let (last, previous) = tip.map_or((0, None), |(seq, hash)| (*seq, Some(*hash)));
    if meta.seq <= last {
        return Err(Refusal::Equivocation { seq: meta.seq });
    }
    if meta.seq != last + 1 || previous.is_some_and(|hash| !meta.deps.contains(&hash)) {
        return Err(Refusal::Chain { seq: meta.seq });
    }
    // Genesis ends at operation 2: `version` and `records`.
    let highest = meta.deps.iter().map(|dep| metas.get(dep).map_or(GENESIS_MAX_OP, |dep| dep.max_op)).max();
    let expected = highest.map_or(1, |highest| highest + 1);
    // A change without a dependency would float beside genesis and see no `records` map.
    if meta.deps.is_empty() || meta.start_op != expected {
        return Err(Refusal::StartOp { found: meta.start_op, expected });
    }
    Ok(())
}

/// Last operation of genesis.
pub const GENESIS_MAX_OP: u64 = 2;

/// Verifies an attestation for a book and returns the actor it vouches for, with (seq, hash).
pub fn verify_attestation(
    signed: &Signed<Attestation>,
    book: &BookId,
) -> Result<(ActorId, (u64, ChangeHash)), Refusal> {
    let attestation = signed.open().map_err(|_| Refusal::Attestation)?;
    if attestation.book != *book {
        return Err(Refusal::NotBound);
    }
    Ok((ActorId::bind(&signed.signer, book, &attestation.nonce), (attestation.seq, attestation.hash)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{self, BookKind, Value, create};
    use crate::ids::RecordId;
    use jiff::civil::date;

    const A: ActorId = ActorId([1; 16]);

    fn chain(count: u8) -> Vec<ParsedChange> {
        let mut doc = book::new_document(&BookKind::visits()).unwrap();
        (0..count)
            .map(|number| {
                let ops = [create(RecordId([number; 16]), "visit", [("n", Value::Int(number.into()))])];
                let change = book::apply(&mut doc, &A, date(2026, 3, 5), &ops).unwrap().unwrap();
                parse_change(change.raw_bytes()).unwrap()
            })
            .collect()
    }

    fn attest(change: &ParsedChange) -> BTreeMap<ActorId, (u64, ChangeHash)> {
        [(change.meta.actor, (change.meta.seq, change.meta.hash))].into()
    }

    #[test]
    fn a_covered_chain_is_accepted_in_order_however_it_arrives() {
        let mut batch = chain(4);
        let attested = attest(&batch[3]);
        batch.reverse();
        let judged = judge(&batch, &Known::default(), &attested);
        assert_eq!(judged.accept, [3, 2, 1, 0]);
        assert!(judged.stage.is_empty() && judged.refuse.is_empty());
    }

    #[test]
    fn what_no_attestation_covers_is_staged() {
        let batch = chain(4);
        let judged = judge(&batch, &Known::default(), &attest(&batch[1]));
        assert_eq!(judged.accept, [0, 1]);
        assert_eq!(judged.stage.len(), 2);
    }

    #[test]
    fn a_hole_in_the_batch_asks_for_what_is_missing() {
        let mut batch = chain(3);
        let attested = attest(&batch[2]);
        let gone = batch.remove(1);
        let judged = judge(&batch, &Known::default(), &attested);
        assert_eq!(judged.missing, [gone.meta.hash].into());
    }

    #[test]
    fn a_second_change_with_the_same_number_is_equivocation() {
        let batch = chain(1);
        let known = Known { taken: [((A, 1), ChangeHash([7; 32]))].into(), ..Known::default() };
        let judged = judge(&batch, &known, &attest(&batch[0]));
        assert_eq!(judged.refuse, [(0, Refusal::Equivocation { seq: 1 })]);
    }

    #[test]
    fn operation_numbers_must_follow_the_dependencies() {
        let mut batch = chain(2);
        batch[1].meta.start_op += 1;
        let attested = attest(&batch[1]);
        let judged = judge(&batch, &Known::default(), &attested);
        assert!(matches!(judged.refuse.as_slice(), [(1, Refusal::StartOp { .. })]));
    }

    #[test]
    fn a_compressed_chunk_and_garbage_are_malformed() {
        assert_eq!(parse_change(b"garbage").unwrap_err(), Refusal::Malformed);
        let mut bytes = chain(1)[0].bytes.clone();
        bytes[8] = 2;
        assert_eq!(parse_change(&bytes).unwrap_err(), Refusal::Malformed);
    }
}
