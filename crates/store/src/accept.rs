//! Acceptance: changes from elsewhere are taken by the index, without loading a document, in one transaction.
//!
//! **Invariant:** of each (book, actor) the attestation kept here is the one over the actor's last accepted change. What
//! an attestation covers only together with changes that are still missing stays staged.

mod claims;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, TransactionBehavior};
use ybz_domain::accept::{Attestation, ChangeMeta, Judgement, Known, ParsedChange, Refusal, judge, verify_attestation};
use ybz_domain::book::{BookKey, is_genesis};
use ybz_domain::ids::{ActorId, ChangeHash, DeviceId};
use ybz_domain::sign::Signed;
use ybz_domain::trust::Standing;

use claims::{Claim, Claims, Writers, attested, keep_attested, refuse_barred};

use crate::commit::Appender;
use crate::error::StoreError;
use crate::listen::Tags;
use crate::open::new_incarnation;
use crate::outgoing::{hashes, split_known};
use crate::store::{Identity, Notice, Store, Writer};
use crate::table::books::BookRow;
use crate::table::change_index::State;
use crate::table::shared_heads::{self, Peer};
use crate::table::{attestations, books, change_index, dropped_books, quarantine, staged};
use crate::walk;

/// Changes of one book that one neighbour may stage.
const STAGED_ROWS: u64 = 20_000;
/// Bytes of one book that one neighbour may stage.
const STAGED_BYTES: u64 = 16 << 20;
/// Bytes that one neighbour may stage.
const STAGED_SENDER: u64 = 32 << 20;
/// Bytes staged by all; above it the one with the most gives way.
const STAGED_TOTAL: u64 = 512 << 20;
/// Attestations of one book that wait for their changes.
pub(crate) const STAGED_ATTESTATIONS: u32 = 256;
/// Refused changes kept of one book.
const QUARANTINE_ROWS: u32 = 1_000;
/// Bytes of refused changes kept of one book.
const QUARANTINE_BYTES: u64 = 4 << 20;
/// Bytes of refused changes kept of all books.
const QUARANTINE_TOTAL: u64 = 32 << 20;
/// Shared heads are reduced to those below no other when there are more.
const SHARED_HEADS: usize = 64;

/// Whether a device may write a book up to this change of its actor.
pub type Authorised<'a> = &'a dyn Fn(&DeviceId, &ActorId, u64, &ChangeHash) -> bool;

/// What became of a batch. It is on disk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AcceptOutcome {
    /// Changes accepted now, staged ones of earlier batches included.
    pub accepted: usize,
    /// Changes that were here already.
    pub known: usize,
    /// Changes that wait: for dependencies, or for attestations.
    pub staged: usize,
    /// Changes refused, with the reason; they are in quarantine.
    pub refused: Vec<(ChangeHash, Refusal)>,
    /// Dependencies that are neither here nor staged.
    pub missing: Vec<ChangeHash>,
    /// Heads of the book now, sorted.
    pub heads: Vec<ChangeHash>,
}

impl Store {
    /// Judges a batch together with what was staged of the book before, and keeps the verdict in one transaction: accepted
    /// changes with index, heads, attestations and shared heads; what is staged; what is refused. Scope is the caller's to
    /// check. Accepted changes are read in later.
    pub fn accept(
        &self,
        key: &BookKey,
        from: Option<&Peer>,
        batch: Vec<ParsedChange>,
        attestations: Vec<Signed<Attestation>>,
        authorised: Authorised<'_>,
    ) -> Result<AcceptOutcome, StoreError> {
        let book = key.id();
        let membership = self.membership()?;
        // Of a removed or retired device the last change that counts is named by whoever ended it.
        let named = |device: &DeviceId, actor: &ActorId| {
            let certificate = membership.certificate(&key.writer(), device)?;
            match certificate.standing(&book, actor) {
                Standing::UpTo(seq, hash) => Some((seq, hash)),
                Standing::Open | Standing::Closed => None,
            }
        };
        let writers = Writers { authorised, named: &named };
        let mut claims = Claims::default();
        let mut refused = Vec::new();
        // Signatures take longest and need nothing of the database.
        for signed in attestations {
            match verify_attestation(&signed, &book) {
                Ok((actor, (seq, hash))) => claims.add(Claim { actor, seq, hash, signed }, &writers),
                Err(refusal) => refused.extend(signed.peek().ok().map(|attestation| (attestation.hash, refusal))),
            }
        }
        let sender = self.sender(key, from)?;
        let (outcome, overtaken) = {
            let mut guard = self.patient_writer();
            let writer = &mut *guard;
            accept_all(writer, self, key, from, &sender, batch, claims, refused, &writers)?
        };
        if overtaken {
            self.notice(Notice::Overtaken);
        }
        self.0.listeners.tell(Tags::from(["sync".to_owned()]));
        Ok(outcome)
    }

    /// On whose quota what comes from a peer is staged: its office's, however many devices it has, and of several offices
    /// the one whose book it is.
    fn sender(&self, key: &BookKey, from: Option<&Peer>) -> Result<Vec<u8>, StoreError> {
        let Some(Peer::Device(device)) = from else {
            return Ok(from.map(|peer| peer.bytes().to_vec()).unwrap_or_default());
        };
        let membership = self.membership()?;
        let offices = membership.offices_of(device);
        let near = offices.iter().find(|(office, _)| *office == key.writer()).or(offices.first());
        Ok(near.map_or_else(|| device.as_bytes().to_vec(), |(office, _)| office.as_bytes().to_vec()))
    }
}

#[allow(clippy::too_many_arguments)]
fn accept_all(
    writer: &mut Writer,
    store: &Store,
    key: &BookKey,
    from: Option<&Peer>,
    sender: &[u8],
    batch: Vec<ParsedChange>,
    mut claims: Claims,
    refused: Vec<(ChangeHash, Refusal)>,
    writers: &Writers<'_>,
) -> Result<(AcceptOutcome, bool), StoreError> {
    let Writer { conn, identity, .. } = &mut *writer;
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut row = books::find_or_insert(&tx, key)?;
    if let Some(heads) = dropped_books::last_heads(&tx, &row.book)? {
        return Ok((AcceptOutcome { known: batch.len(), heads, ..AcceptOutcome::default() }, false));
    }
    let mut all = batch;
    let sent: BTreeSet<ChangeHash> = all.iter().map(|change| change.meta.hash).collect();
    let waiting = staged::of_book(&tx, row.id)?;
    let staged_before: BTreeSet<ChangeHash> = waiting.iter().map(|change| change.meta.hash).collect();
    all.extend(waiting.into_iter().filter(|change| !sent.contains(&change.meta.hash)));
    for signed in staged::attestations(&tx, row.id)? {
        // Verified before it was staged; whether its device may write is asked again.
        let Ok(attestation) = signed.peek() else { continue };
        let actor = ActorId::bind(&signed.signer, &row.book, &attestation.nonce);
        claims.add(Claim { actor, seq: attestation.seq, hash: attestation.hash, signed }, writers);
    }
    let known = known(&tx, &row, &all)?;
    let mut judged = judge(&all, &known, &attested(&all, &known, &claims));
    keep_attested(&all, &claims, &mut judged);
    refuse_barred(&all, &claims, &mut judged);

    let own = ActorId::bind(&identity.device.id(), &row.book, &identity.incarnation);
    let overtaken = judged.accept.iter().chain(judged.refuse.iter().map(|(index, _)| index));
    let overtaken = overtaken.filter_map(|index| all.get(*index)).any(|change| change.meta.actor == own);

    let mut tips: BTreeMap<ActorId, &ChangeMeta> = BTreeMap::new();
    let mut end = Appender::open(&tx, &row)?;
    for change in judged.accept.iter().filter_map(|index| all.get(*index)) {
        end.append(&change.meta, &change.bytes, State::Unread)?;
        tips.insert(change.meta.actor, &change.meta);
    }
    row.changes = end.close()?;
    for (actor, tip) in &tips {
        if let Some(claim) = claims.of(actor, &tip.hash) {
            attestations::put(&tx, row.id, actor, tip.seq, &claim.signed)?;
        }
        staged::delete_attestations(&tx, row.id, actor, tip.seq)?;
    }
    let settled = judged.accept.iter().chain(&judged.known).chain(judged.refuse.iter().map(|(index, _)| index));
    for change in settled.filter_map(|index| all.get(*index)).filter(|c| staged_before.contains(&c.meta.hash)) {
        staged::delete(&tx, row.id, &change.meta.hash)?;
    }
    stage(&tx, &row, sender, &all, &judged, &claims)?;
    let mut out = AcceptOutcome {
        accepted: judged.accept.len(),
        known: judged.known.len(),
        staged: judged.stage.len(),
        refused,
        missing: judged.missing.iter().copied().collect(),
        heads: Vec::new(),
    };
    for (index, refusal) in &judged.refuse {
        let Some(change) = all.get(*index) else { continue };
        let actor = &change.meta.actor;
        let claim = claims.good.iter().find(|claim| claim.actor == *actor).map(|claim| &claim.signed);
        let proof = claim.or_else(|| claims.barred.get(actor));
        quarantine::insert(&tx, row.id, &change.meta.hash, refusal, &change.bytes, proof)?;
        out.refused.push((change.meta.hash, refusal.clone()));
    }
    if !judged.refuse.is_empty() {
        quarantine::trim(&tx, row.id, QUARANTINE_ROWS, QUARANTINE_BYTES)?;
        quarantine::trim_total(&tx, QUARANTINE_TOTAL)?;
    }
    if let Some(peer) = from {
        share(&tx, &row, peer, &all, &judged)?;
    }
    let next = match overtaken {
        true => Some(new_incarnation(&tx, store.0.random, store.0.today, "overtaken")?),
        false => None,
    };
    out.heads = hashes(&tx, &row)?;
    tx.commit()?;
    if let Some(incarnation) = next {
        let device = identity.device.clone();
        store.become_identity(writer, Identity { device, incarnation });
    }
    Ok((out, overtaken))
}

/// What the index has of the changes' dependencies, actors and numbers.
fn known(conn: &Connection, row: &BookRow, all: &[ParsedChange]) -> Result<Known, StoreError> {
    let mut known = Known::default();
    if row.changes == 0 {
        return Ok(known);
    }
    let sent: BTreeSet<ChangeHash> = all.iter().map(|change| change.meta.hash).collect();
    for change in all {
        let ChangeMeta { actor, seq, deps, .. } = &change.meta;
        if !known.tips.contains_key(actor)
            && let Some(tip) = change_index::tip(conn, row.id, actor)?
        {
            known.tips.insert(*actor, tip);
        }
        let below_tip = known.tips.get(actor).is_some_and(|(tip, _)| seq <= tip);
        if below_tip && let Some(hash) = change_index::at_seq(conn, row.id, actor, *seq)? {
            known.taken.insert((*actor, *seq), hash);
            if hash == change.meta.hash {
                // Known changes of the batch are dependencies of others in it.
                known.deps.insert(hash, ChangeMeta { deps: Vec::new(), ..change.meta.clone() });
            }
        }
        for dep in deps.iter().filter(|dep| !sent.contains(*dep) && !is_genesis(dep)) {
            if known.deps.contains_key(dep) {
                continue;
            }
            if let Some(entry) = change_index::by_hash(conn, row.id, dep)? {
                let meta = ChangeMeta {
                    hash: entry.hash,
                    actor: entry.actor,
                    seq: entry.seq,
                    start_op: 0,
                    max_op: entry.max_op,
                    deps: Vec::new(),
                };
                known.deps.insert(*dep, meta);
            }
        }
    }
    Ok(known)
}

/// Keeps what waits, under the quotas: the neighbour that brings too much loses what it brought first, and no other does.
fn stage(
    conn: &Connection,
    row: &BookRow,
    sender: &[u8],
    all: &[ParsedChange],
    judged: &Judgement,
    claims: &Claims,
) -> Result<(), StoreError> {
    for change in judged.stage.iter().filter_map(|index| all.get(*index)) {
        staged::insert(conn, row.id, sender, change)?;
    }
    for claim in &claims.good {
        if change_index::n_of(conn, row.id, &claim.hash)?.is_none() {
            staged::insert_attestation(conn, row.id, &claim.actor, claim.seq, &claim.signed, STAGED_ATTESTATIONS)?;
        }
    }
    if judged.stage.is_empty() {
        return Ok(());
    }
    trim(conn, row, sender, Quota { rows: STAGED_ROWS, book: STAGED_BYTES, sender: STAGED_SENDER, total: STAGED_TOTAL })
}

/// Bounds on what waits.
#[derive(Clone, Copy)]
struct Quota {
    /// Rows of one book by one neighbour.
    rows: u64,
    /// Bytes of one book by one neighbour.
    book: u64,
    /// Bytes by one neighbour.
    sender: u64,
    /// Bytes by all.
    total: u64,
}

fn trim(conn: &Connection, row: &BookRow, sender: &[u8], quota: Quota) -> Result<(), StoreError> {
    loop {
        let (rows, bytes) = staged::weight(conn, sender, Some(row.id))?;
        let over = rows > quota.rows || bytes > quota.book;
        if !over || staged::drop_oldest(conn, sender, Some(row.id), (rows / 8).max(1))? == 0 {
            break;
        }
    }
    loop {
        let (rows, bytes) = staged::weight(conn, sender, None)?;
        if bytes <= quota.sender || staged::drop_oldest(conn, sender, None, (rows / 8).max(1))? == 0 {
            break;
        }
    }
    while let Some((total, heaviest, rows)) = staged::heaviest(conn)? {
        if total <= quota.total || staged::drop_oldest(conn, &heaviest, None, (rows / 8).max(1))? == 0 {
            break;
        }
    }
    Ok(())
}

/// The peer has what it sent: shared heads advance over it.
fn share(
    conn: &Connection,
    row: &BookRow,
    peer: &Peer,
    all: &[ParsedChange],
    judged: &Judgement,
) -> Result<(), StoreError> {
    let mut shared: BTreeSet<ChangeHash> = shared_heads::get(conn, peer, row.id)?.into_iter().collect();
    let here = || judged.accept.iter().chain(&judged.known).filter_map(|index| all.get(*index));
    shared.extend(here().map(|change| change.meta.hash));
    for dep in here().flat_map(|change| &change.meta.deps) {
        shared.remove(dep);
    }
    let mut shared: Vec<ChangeHash> = shared.into_iter().collect();
    if shared.len() > SHARED_HEADS {
        let (numbers, _) = split_known(conn, row, &shared)?;
        shared = walk::frontier(conn, row.id, &numbers.into_iter().collect())?
            .into_iter()
            .filter_map(|n| change_index::by_n(conn, row.id, n).transpose())
            .map(|entry| entry.map(|entry| entry.hash))
            .collect::<Result<_, _>>()?;
        shared.sort_unstable();
    }
    shared_heads::put(conn, peer, row.id, &shared)
}
