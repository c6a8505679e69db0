//! A book as a node of the model keeps it: in memory, by the rules of `domain`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use ybz_domain::accept::{Attestation, Known, ParsedChange, judge, parse_change, verify_attestation};
use ybz_domain::book::{self, BookKey, Value, create, is_genesis};
use ybz_domain::ids::{ActorId, ChangeHash, DeviceId, Incarnation, RecordId};
use ybz_domain::sign::{DeviceKey, Signed};
use ybz_sync::sim::Rng;
use ybz_sync::{Batch, Verdict};

pub struct Book {
    pub key: BookKey,
    doc: automerge::Automerge,
    /// Accepted, in order.
    pub order: Vec<ChangeHash>,
    pub accepted: BTreeMap<ChangeHash, ParsedChange>,
    pub staged: BTreeMap<ChangeHash, ParsedChange>,
    refused: BTreeSet<ChangeHash>,
    attestations: BTreeMap<ActorId, Signed<Attestation>>,
    waiting: Vec<Signed<Attestation>>,
}

impl Book {
    pub fn new(key: BookKey) -> Self {
        let doc = book::new_document(&key.kind).unwrap();
        Self {
            key,
            doc,
            order: Vec::new(),
            accepted: BTreeMap::new(),
            staged: BTreeMap::new(),
            refused: BTreeSet::new(),
            attestations: BTreeMap::new(),
            waiting: Vec::new(),
        }
    }

    /// One user action of the device, attested.
    pub fn edit(&mut self, device: &DeviceKey, size: usize, rng: &mut Rng) {
        let (id, nonce) = (self.key.id(), Incarnation([1; 16]));
        let actor = ActorId::bind(&device.id(), &id, &nonce);
        let text: String = (0..size).map(|_| char::from(b'a' + rng.bytes::<1>()[0] % 26)).collect();
        let ops = [create(RecordId(rng.bytes()), "visit", [("title", Value::Str(text))])];
        let change = book::apply(&mut self.doc, &actor, date(2026, 3, 5), &ops).unwrap().unwrap();
        let parsed = parse_change(change.raw_bytes()).unwrap();
        let (seq, hash) = (parsed.meta.seq, parsed.meta.hash);
        self.order.push(hash);
        self.accepted.insert(hash, parsed);
        self.attestations.insert(actor, Signed::sign(device, &Attestation { book: id, nonce, seq, hash }));
    }

    pub fn heads(&self) -> Vec<ChangeHash> {
        tips(&self.accepted)
    }

    /// Tips of what is staged with all it builds on, and of what was refused.
    pub fn aside(&self) -> Vec<ChangeHash> {
        let mut closed = BTreeMap::new();
        loop {
            let next = self.staged.iter().find(|(hash, change)| {
                let held =
                    |dep: &ChangeHash| is_genesis(dep) || self.accepted.contains_key(dep) || closed.contains_key(dep);
                !closed.contains_key(*hash) && change.meta.deps.iter().all(held)
            });
            let Some((hash, change)) = next else { break };
            closed.insert(*hash, change.clone());
        }
        let mut tips = tips(&closed);
        tips.extend(&self.refused);
        tips
    }

    pub fn holds(&self, hash: &ChangeHash) -> bool {
        self.accepted.contains_key(hash) || self.staged.contains_key(hash)
    }

    fn ancestors(&self, of: &[ChangeHash]) -> BTreeSet<ChangeHash> {
        let mut found = BTreeSet::new();
        let mut next: Vec<_> = of.to_vec();
        while let Some(hash) = next.pop() {
            if let Some(change) = self.accepted.get(&hash)
                && found.insert(hash)
            {
                next.extend(&change.meta.deps);
            }
        }
        found
    }

    pub fn samples(&self) -> Vec<ChangeHash> {
        let distances = (0..20).map(|power| 1usize << power);
        distances.map_while(|back| self.order.len().checked_sub(back).map(|at| self.order[at])).collect()
    }

    pub fn missing(&self, have: &[ChangeHash], aside: &[ChangeHash], wanted: &[ChangeHash]) -> Batch {
        let had = self.ancestors(have);
        let asked = if wanted.is_empty() { self.accepted.keys().copied().collect() } else { self.ancestors(wanted) };
        let changes: Vec<_> = self.order.iter().filter(|hash| asked.contains(hash) && !had.contains(hash)).collect();
        let aside = self.ancestors(aside);
        let beyond = |signed: &&Signed<Attestation>| {
            let hash = signed.peek().unwrap().hash;
            changes.contains(&&hash) || aside.contains(&hash)
        };
        let attestations = self.attestations.values().filter(beyond).cloned().collect();
        Batch { changes: changes.iter().map(|hash| self.accepted[hash].bytes.clone()).collect(), attestations }
    }

    /// As the store does it: what was staged is judged again with the batch.
    pub fn accept(
        &mut self,
        changes: &[Vec<u8>],
        attestations: Vec<Signed<Attestation>>,
        may_write: impl Fn(&DeviceId) -> bool,
    ) -> Verdict {
        let mut verdict = Verdict::default();
        for bytes in changes {
            match parse_change(bytes) {
                Ok(change) => drop(self.staged.insert(change.meta.hash, change)),
                Err(refusal) => verdict.refused.push((ChangeHash([0; 32]), refusal)),
            }
        }
        self.waiting.extend(attestations);
        let id = self.key.id();
        // Of several attestations of one actor the highest counts whose change is here.
        let mut attested: BTreeMap<ActorId, (u64, ChangeHash)> = BTreeMap::new();
        for signed in self.waiting.iter().filter(|signed| may_write(&signed.signer)) {
            let Ok((actor, claim)) = verify_attestation(signed, &id) else { continue };
            if self.staged.contains_key(&claim.1) {
                let known = attested.entry(actor).or_insert(claim);
                *known = (*known).max(claim);
            }
        }
        let batch: Vec<_> = std::mem::take(&mut self.staged).into_values().collect();
        let mut known = Known::default();
        for change in self.accepted.values() {
            known.deps.insert(change.meta.hash, change.meta.clone());
            known.taken.insert((change.meta.actor, change.meta.seq), change.meta.hash);
            let tip = known.tips.entry(change.meta.actor).or_insert((0, change.meta.hash));
            *tip = (*tip).max((change.meta.seq, change.meta.hash));
        }
        let judged = judge(&batch, &known, &attested);
        for at in &judged.accept {
            let change = batch[*at].clone();
            self.doc.apply_changes([automerge::Change::from_bytes(change.bytes.clone()).unwrap()]).unwrap();
            self.order.push(change.meta.hash);
            self.accepted.insert(change.meta.hash, change);
        }
        for at in judged.stage {
            self.staged.insert(batch[at].meta.hash, batch[at].clone());
        }
        for (at, refusal) in judged.refuse {
            self.refused.insert(batch[at].meta.hash);
            verdict.refused.push((batch[at].meta.hash, refusal));
        }
        for signed in std::mem::take(&mut self.waiting) {
            let Ok((actor, (seq, hash))) = verify_attestation(&signed, &id) else { continue };
            if !self.accepted.contains_key(&hash) {
                self.waiting.push(signed);
            } else if self.attestations.get(&actor).is_none_or(|known| known.peek().unwrap().seq < seq) {
                self.attestations.insert(actor, signed);
            }
        }
        verdict.accepted = judged.accept.len() as u64;
        verdict.heads = self.heads();
        verdict.aside = self.aside();
        verdict.missing = judged.missing.into_iter().collect();
        verdict
    }
}

fn tips(changes: &BTreeMap<ChangeHash, ParsedChange>) -> Vec<ChangeHash> {
    let deps: BTreeSet<_> = changes.values().flat_map(|change| &change.meta.deps).collect();
    changes.keys().filter(|hash| !deps.contains(hash)).copied().collect()
}
