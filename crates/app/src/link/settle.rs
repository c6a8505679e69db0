//! What follows in the books when statements about devices change: what was made after a removal goes out of them, and what
//! counts by now comes in.
//!
//! It runs on the thread that kept the statements, before anybody compares catalogs by them, and again at each start: what
//! a crash cut short is done then.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

use ybz_domain::accept::{Refusal, parse_change};
use ybz_domain::book::{BookKey, Scope};
use ybz_domain::ids::{ActorId, BookId, ChangeHash, DeviceId};
use ybz_domain::trust::{Membership, Reader, Standing, may_have_written};

use super::service::read_in_later;
use crate::error::Answer;
use crate::node::{Inner, store_error};

/// Whether a change counts: its device may write the book, and did not make it after its end.
pub(crate) fn counts(
    membership: &Membership,
    key: &BookKey,
    device: &DeviceId,
    actor: &ActorId,
    seq: u64,
    hash: &ChangeHash,
) -> bool {
    let writer = key.writer();
    // Of a removed device what the cut names stays valid.
    let certificate = membership.certificate(&writer, device);
    certificate.is_some_and(|certificate| certificate.covers(&key.id(), actor, seq, hash))
        && may_have_written(membership, Reader { office: writer, device: *device }, key)
}

/// How far an actor of a device counts. Of one that is not certified here nothing is taken back: its certificate may be
/// what is missing.
pub(crate) fn standing(membership: &Membership, key: &BookKey, device: &DeviceId, actor: &ActorId) -> Standing {
    let certificate = membership.certificate(&key.writer(), device);
    certificate.map_or(Standing::Open, |certificate| certificate.standing(&key.id(), actor))
}

/// Devices that were removed or have retired, but for this one: what it has stays readable here.
pub(crate) fn ended(membership: &Membership, me: &DeviceId) -> BTreeSet<DeviceId> {
    let all = membership.offices.values().flat_map(|view| &view.devices);
    all.filter(|(device, certificate)| !certificate.is_active() && *device != me).map(|(device, _)| *device).collect()
}

/// Whether work beyond the cut waits in its place for a keeper's word: who removes a keeper from above does not know the
/// `own/` books and can name nothing in them.
fn stays(membership: &Membership, key: &BookKey, device: &DeviceId) -> bool {
    let certificate = membership.certificate(&key.writer(), device);
    key.kind.scope() == Scope::Own
        && certificate.is_some_and(|certificate| certificate.removed_above && !certificate.discarded)
}

/// Brings the books in line with what is known of the devices now.
pub(crate) fn settle(inner: &Arc<Inner>) {
    let _turn = inner.settling.lock().unwrap_or_else(PoisonError::into_inner);
    if let Err(error) = try_settle(inner) {
        tracing::error!(code = %error.code, "books are not in line with a removal yet");
    }
}

fn try_settle(inner: &Arc<Inner>) -> Answer<()> {
    let store = &inner.store;
    let membership = store.membership().map_err(store_error)?;
    let ended = ended(&membership, &store.device().id());
    if !ended.is_empty() {
        let limit = |key: &BookKey, device: &DeviceId, actor: &ActorId| standing(&membership, key, device, actor);
        let waits = |key: &BookKey, device: &DeviceId| stays(&membership, key, device);
        store.take_out(&ended, &limit, &waits).map_err(store_error)?;
    }
    judge_again(inner, &membership)
}

/// What was refused for want of a right and counts by now is taken; what nobody wants goes for good.
fn judge_again(inner: &Arc<Inner>, membership: &Membership) -> Answer<()> {
    let store = &inner.store;
    let refused = store.quarantine().map_err(store_error)?;
    if refused.is_empty() {
        return Ok(());
    }
    let books = store.read(|reader| reader.books()).map_err(store_error)?;
    let keys: BTreeMap<BookId, BookKey> = books.into_iter().map(|info| (info.id, info.key)).collect();
    let mut again: BTreeSet<BookId> = BTreeSet::new();
    for found in refused {
        let (Refusal::NotAuthorised(device), Some(key)) = (&found.reason, keys.get(&found.book)) else { continue };
        let Ok(change) = parse_change(&found.bytes) else { continue };
        let certificate = membership.certificate(&key.writer(), device);
        // A certificate that came late is for a person to act on; a keeper's word on the removed is one already.
        if certificate.is_none_or(|certificate| certificate.is_active()) {
            continue;
        }
        if counts(membership, key, device, &change.meta.actor, change.meta.seq, &found.hash) {
            store.stage_again(&found.book, &found.hash).map_err(store_error)?;
            again.insert(found.book);
        } else if certificate.is_some_and(|certificate| certificate.discarded) {
            store.discard_quarantined(&found.book, &found.hash).map_err(store_error)?;
        }
    }
    for key in again.iter().filter_map(|book| keys.get(book)) {
        let authorised = |device: &DeviceId, actor: &ActorId, seq: u64, hash: &ChangeHash| {
            counts(membership, key, device, actor, seq, hash)
        };
        if store.accept(key, None, Vec::new(), Vec::new(), &authorised).map_err(store_error)?.accepted > 0 {
            read_in_later(inner);
        }
    }
    Ok(())
}
