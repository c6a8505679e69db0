//! What attestations vouch for, and what of a judged batch they let in.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::accept::{Attestation, ChangeMeta, Judgement, Known, ParsedChange, Refusal};
use ybz_domain::ids::{ActorId, ChangeHash, DeviceId};
use ybz_domain::sign::Signed;

use super::Authorised;

/// The last change of a device's actor that counts, when not all do.
type Named<'a> = &'a dyn Fn(&DeviceId, &ActorId) -> Option<(u64, ChangeHash)>;

/// Who may write the book, and how far.
pub(super) struct Writers<'a> {
    pub(super) authorised: Authorised<'a>,
    pub(super) named: Named<'a>,
}

/// A verified attestation.
pub(super) struct Claim {
    pub(super) actor: ActorId,
    pub(super) seq: u64,
    pub(super) hash: ChangeHash,
    pub(super) signed: Signed<Attestation>,
}

#[derive(Default)]
pub(super) struct Claims {
    /// By devices that may write the book.
    pub(super) good: Vec<Claim>,
    /// By devices that may not.
    pub(super) barred: BTreeMap<ActorId, Signed<Attestation>>,
}

impl Claims {
    /// What was signed for more than counts proves whose actor it is. The change that is named in its place counts as if
    /// it were signed for.
    pub(super) fn add(&mut self, claim: Claim, writers: &Writers<'_>) {
        let device = claim.signed.signer;
        if (writers.authorised)(&device, &claim.actor, claim.seq, &claim.hash) {
            self.good.push(claim);
            return;
        }
        if let Some((seq, hash)) = (writers.named)(&device, &claim.actor)
            && (writers.authorised)(&device, &claim.actor, seq, &hash)
        {
            self.good.push(Claim { actor: claim.actor, seq, hash, signed: claim.signed.clone() });
        }
        self.barred.insert(claim.actor, claim.signed);
    }

    pub(super) fn of(&self, actor: &ActorId, hash: &ChangeHash) -> Option<&Claim> {
        self.good.iter().find(|claim| claim.actor == *actor && claim.hash == *hash)
    }
}

/// Of each actor the highest claim whose change is at hand with everything before it in the actor's chain, with the number
/// that the change itself has; where no chain is whole, the highest whose change is at hand.
pub(super) fn attested(all: &[ParsedChange], known: &Known, claims: &Claims) -> BTreeMap<ActorId, (u64, ChangeHash)> {
    let at_hand: BTreeMap<ChangeHash, &ChangeMeta> =
        all.iter().map(|change| (change.meta.hash, &change.meta)).collect();
    let mut attested: BTreeMap<ActorId, (bool, u64, ChangeHash)> = BTreeMap::new();
    for claim in &claims.good {
        let Some(meta) = at_hand.get(&claim.hash) else { continue };
        if meta.actor != claim.actor || meta.seq != claim.seq {
            continue;
        }
        let found = (is_whole(meta, known, &at_hand), claim.seq, claim.hash);
        let highest = attested.entry(claim.actor).or_insert(found);
        if (highest.0, highest.1) < (found.0, found.1) {
            *highest = found;
        }
    }
    attested.into_iter().map(|(actor, (_, seq, hash))| (actor, (seq, hash))).collect()
}

/// Whether the actor's chain is at hand from its last accepted change up to this one.
fn is_whole(last: &ChangeMeta, known: &Known, at_hand: &BTreeMap<ChangeHash, &ChangeMeta>) -> bool {
    let accepted = known.tips.get(&last.actor).map_or(0, |(seq, _)| *seq);
    let mut at = last;
    while at.seq > accepted + 1 {
        let mut before = at.deps.iter().filter_map(|dep| at_hand.get(dep));
        match before.find(|before| before.actor == at.actor && before.seq + 1 == at.seq) {
            Some(before) => at = before,
            None => return false,
        }
    }
    true
}

/// Takes back from what is accepted everything above the last change of an actor that an attestation names, and what
/// builds on it: else a chain would stand here without an attestation over its end.
pub(super) fn keep_attested(all: &[ParsedChange], claims: &Claims, judged: &mut Judgement) {
    loop {
        let mut named: BTreeMap<ActorId, u64> = BTreeMap::new();
        for change in judged.accept.iter().filter_map(|index| all.get(*index)) {
            let last = named.entry(change.meta.actor).or_default();
            if claims.of(&change.meta.actor, &change.meta.hash).is_some() {
                *last = (*last).max(change.meta.seq);
            }
        }
        let mut gone: BTreeSet<ChangeHash> = BTreeSet::new();
        let mut kept = Vec::with_capacity(judged.accept.len());
        for index in std::mem::take(&mut judged.accept) {
            let Some(change) = all.get(index) else { continue };
            let meta = &change.meta;
            let above = named.get(&meta.actor).is_none_or(|last| meta.seq > *last);
            if above || meta.deps.iter().any(|dep| gone.contains(dep)) {
                gone.insert(meta.hash);
                judged.stage.push(index);
            } else {
                kept.push(index);
            }
        }
        judged.accept = kept;
        if gone.is_empty() {
            return;
        }
    }
}

/// What nobody authorised vouches for, but a device that may not write does, is refused and not staged.
pub(super) fn refuse_barred(all: &[ParsedChange], claims: &Claims, judged: &mut Judgement) {
    let Judgement { stage, refuse, .. } = judged;
    stage.retain(|index| {
        let Some(change) = all.get(*index) else { return false };
        let actor = &change.meta.actor;
        let vouched = claims.good.iter().any(|claim| claim.actor == *actor && claim.seq >= change.meta.seq);
        match claims.barred.get(actor) {
            Some(signed) if !vouched => {
                refuse.push((*index, Refusal::NotAuthorised(signed.signer)));
                false
            }
            _ => true,
        }
    });
}
