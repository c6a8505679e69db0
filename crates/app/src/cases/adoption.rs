//! Work of a removed device beyond its cut: kept aside or in its place until a keeper adopts or discards it.

use std::collections::BTreeMap;

use ybz_domain::accept::{Refusal, parse_change};
use ybz_domain::book::BookKey;
use ybz_domain::ids::{ActorId, BookId, ChangeHash, DeviceId, OfficeId};
use ybz_domain::trust::{Body, Mark, Reader, Role, may_read};
use ybz_store::Beyond;

use super::device::{count, place};
use super::issue::{issue, turn};
use super::org::must_keep;
use crate::ErrorDto;
use crate::cx::{Cx, Edits};
use crate::dto::device::{Decided, DeviceInput};
use crate::error::Answer;
use crate::link::settle::{ended, standing};
use crate::node::store_error;

/// A change of a removed or retired device that waits for a decision.
pub(super) struct Undecided {
    pub(super) book: BookKey,
    pub(super) device: DeviceId,
    mark: Mark,
    /// It is accepted here, so it is in the books; else it is in quarantine.
    pub(super) accepted: Option<Beyond>,
}

/// All that waits in the books which this office may read.
pub(super) fn undecided(cx: &Cx<'_>) -> Answer<Vec<Undecided>> {
    let membership = cx.membership();
    let me = cx.device().id();
    let ended = ended(membership, &me);
    if ended.is_empty() {
        return Ok(Vec::new());
    }
    let store = &cx.node.store;
    let reads = |key: &BookKey| may_read(membership, Reader { office: cx.office, device: me }, key);
    let limit = |key: &BookKey, device: &DeviceId, actor: &ActorId| standing(membership, key, device, actor);
    let mut out = Vec::new();
    for beyond in store.beyond(&ended, &limit).map_err(store_error)?.into_iter().filter(|one| reads(&one.book)) {
        let mark = (beyond.book.id(), beyond.actor, beyond.seq, beyond.hash);
        out.push(Undecided { book: beyond.book.clone(), device: beyond.device, mark, accepted: Some(beyond) });
    }
    let books = store.read(|reader| reader.books()).map_err(store_error)?;
    let keys: BTreeMap<BookId, BookKey> = books.into_iter().map(|info| (info.id, info.key)).collect();
    for found in store.quarantine().map_err(store_error)? {
        let (Refusal::NotAuthorised(device), Some(key)) = (&found.reason, keys.get(&found.book)) else { continue };
        let certificate = membership.certificate(&key.writer(), device);
        let ended = certificate.is_some_and(|known| !known.is_active() && !known.discarded);
        if let Ok(change) = parse_change(&found.bytes)
            && ended
            && reads(key)
        {
            let mark = (found.book, change.meta.actor, change.meta.seq, found.hash);
            out.push(Undecided { book: key.clone(), device: *device, mark, accepted: None });
        }
    }
    Ok(out)
}

/// Whether this device may decide about the work of devices of an office.
pub(super) fn may_decide(cx: &Cx<'_>, office: &OfficeId) -> bool {
    must_keep(cx).is_ok() && (*office == cx.office || cx.membership().parent(office) == Some(cx.office))
}

/// What waits of one device, once this device may decide about it and it was removed.
fn waiting(cx: &Cx<'_>, input: &DeviceInput) -> Answer<(OfficeId, DeviceId, Vec<Undecided>)> {
    let place = place(cx, input.office.as_deref(), &input.device)?;
    if !may_decide(cx, &place.office) {
        return Err(ErrorDto::new("not_allowed").with("need", Role::Keeper.as_str()));
    }
    if place.certificate.is_active() {
        return Err(ErrorDto::new("device_not_removed"));
    }
    let mut all = undecided(cx)?;
    all.retain(|one| one.device == place.device && one.book.writer() == place.office);
    Ok((place.office, place.device, all))
}

/// `device.adopt`: all of a removed device's work that is here counts from now on, for everybody.
pub(crate) fn adopt(cx: &Cx<'_>, input: DeviceInput) -> Answer<Decided> {
    let changes = {
        let _turn = turn(cx.node);
        let cx = &cx.anew()?;
        let (office, device, waiting) = waiting(cx, &input)?;
        if waiting.is_empty() {
            return Err(ErrorDto::new("nothing_to_decide"));
        }
        let mut furthest: BTreeMap<(BookId, ActorId), (u64, ChangeHash)> = BTreeMap::new();
        for (book, actor, seq, hash) in waiting.iter().map(|one| one.mark) {
            let known = furthest.entry((book, actor)).or_insert((seq, hash));
            *known = (*known).max((seq, hash));
        }
        let changes = furthest.into_iter().map(|((book, actor), (seq, hash))| (book, actor, seq, hash)).collect();
        let mut edits = Edits::default();
        issue(cx, &mut edits, Body::Vouch { office, device, changes })?;
        edits.log("changes_adopted", &[("device", device.to_string()), ("count", waiting.len().to_string())]);
        cx.commit(edits)?;
        waiting.len()
    };
    decided(cx, &input, changes)
}

/// `device.discard`: nobody wants what is beyond the cut. Not possible while accepted work of others builds on it.
pub(crate) fn discard(cx: &Cx<'_>, input: DeviceInput) -> Answer<Decided> {
    let changes = {
        let _turn = turn(cx.node);
        let cx = &cx.anew()?;
        let (office, device, waiting) = waiting(cx, &input)?;
        if waiting.is_empty() {
            return Err(ErrorDto::new("nothing_to_decide"));
        }
        if waiting.iter().any(|one| one.accepted.as_ref().is_some_and(|beyond| beyond.built_on)) {
            return Err(ErrorDto::new("others_built_on_it"));
        }
        let mut edits = Edits::default();
        issue(cx, &mut edits, Body::Discard { office, device })?;
        edits.log("changes_discarded", &[("device", device.to_string()), ("count", waiting.len().to_string())]);
        cx.commit(edits)?;
        waiting.len()
    };
    decided(cx, &input, changes)
}

fn decided(cx: &Cx<'_>, input: &DeviceInput, changes: usize) -> Answer<Decided> {
    let cx = &cx.anew()?;
    let (.., left) = waiting(cx, input)?;
    Ok(Decided { changes: count(changes), left: count(left.len()) })
}
