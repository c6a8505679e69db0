//! What was refused or cannot be read in: listed with reason and remedy, and tried again.

use std::collections::BTreeMap;

use ybz_domain::accept::Refusal;
use ybz_domain::book::BookKey;
use ybz_domain::ids::{ActorId, BookId, ChangeHash, DeviceId};
use ybz_domain::trust::{Reader, may_have_written, may_read};
use ybz_store::{Trouble, TroubleCause};

use crate::cx::Cx;
use crate::dto::troubles::{RetryOutcome, TroubleRow};
use crate::error::Answer;
use crate::node::store_error;

/// Reason and remedy of a cause.
fn codes(cause: &TroubleCause) -> (&'static str, &'static str) {
    let TroubleCause::Refused(refusal) = cause else { return ("held", "update") };
    match refusal {
        Refusal::NotAuthorised(_) => ("not_authorised", "certify"),
        Refusal::Quota(_) => ("quota", "update"),
        Refusal::Malformed => ("malformed", "resend"),
        Refusal::Actor => ("actor", "resend"),
        Refusal::Chain { .. } => ("chain", "resend"),
        Refusal::StartOp { .. } => ("start_op", "resend"),
        Refusal::Attestation => ("attestation", "report"),
        Refusal::NotBound => ("not_bound", "report"),
        Refusal::Equivocation { .. } => ("equivocation", "report"),
    }
}

/// Whether judging again can come out otherwise: a certificate came late, or the program was updated. What proves
/// something against somebody stays where it is.
fn may_come_right(cause: &TroubleCause) -> bool {
    matches!(cause, TroubleCause::Refused(Refusal::NotAuthorised(_) | Refusal::Quota(_)))
}

/// Changes without effect in the books that this office may read.
fn found(cx: &Cx<'_>) -> Answer<Vec<Trouble>> {
    let me = Reader { office: cx.office, device: cx.device().id() };
    cx.node.store.troubles(&|key| may_read(cx.membership(), me, key)).map_err(store_error)
}

/// `sync.troubles`: one row for each book, device and reason.
pub(crate) fn list(cx: &Cx<'_>) -> Answer<Vec<TroubleRow>> {
    let mut rows: BTreeMap<(BookKey, Option<DeviceId>, &str), TroubleRow> = BTreeMap::new();
    for trouble in found(cx)? {
        let (reason, remedy) = codes(&trouble.cause);
        let writer = trouble.book.writer();
        let certificate = trouble.device.and_then(|device| cx.membership().certificate(&writer, &device));
        let on = trouble.on.map(|on| on.to_string());
        let row = rows.entry((trouble.book.clone(), trouble.device, reason)).or_insert_with(|| TroubleRow {
            book: trouble.book.id().to_string(),
            kind: trouble.book.kind.to_string(),
            year: trouble.book.year,
            office: cx.name_of(&writer),
            device: trouble.device.map(|device| device.to_string()),
            holder: certificate.and_then(|certificate| certificate.holder.clone()),
            first_on: on.clone(),
            last_on: on.clone(),
            reason: reason.to_owned(),
            remedy: remedy.to_owned(),
            count: 0,
        });
        row.count = row.count.saturating_add(1);
        if on.is_some() {
            row.first_on = row.first_on.clone().into_iter().chain(on.clone()).min();
            row.last_on = row.last_on.clone().into_iter().chain(on).max();
        }
    }
    let mut rows: Vec<TroubleRow> = rows.into_values().collect();
    rows.sort_by(|a, b| (&a.office, &a.kind, a.year, &a.reason).cmp(&(&b.office, &b.kind, b.year, &b.reason)));
    Ok(rows)
}

/// `sync.retry_troubles`: judges again what was refused for want of a certificate or by a limit of this program, and reads
/// in again what is held.
pub(crate) fn retry(cx: &Cx<'_>) -> Answer<RetryOutcome> {
    let store = &cx.node.store;
    let before = found(cx)?;
    let mut tried = before.iter().filter(|trouble| trouble.cause == TroubleCause::Held).count();
    let mut books: BTreeMap<BookId, &BookKey> = BTreeMap::new();
    for trouble in before.iter().filter(|trouble| may_come_right(&trouble.cause)) {
        let book = trouble.book.id();
        if store.stage_again(&book, &trouble.hash).map_err(store_error)? {
            tried += 1;
            books.insert(book, &trouble.book);
        }
    }
    let mut accepted = 0;
    for (id, key) in books {
        let writer = key.writer();
        let authorised = |device: &DeviceId, actor: &ActorId, seq: u64, hash: &ChangeHash| {
            // Of a removed device what the cut names stays valid.
            let certificate = cx.membership().certificate(&writer, device);
            certificate.is_some_and(|certificate| certificate.covers(&id, actor, seq, hash))
                && may_have_written(cx.membership(), Reader { office: writer, device: *device }, key)
        };
        let outcome = store.accept(key, None, Vec::new(), Vec::new(), &authorised).map_err(store_error)?;
        accepted += outcome.accepted;
    }
    store.release_held().map_err(store_error)?;
    let mut read_in = 0;
    loop {
        let done = store.read_in(4096).map_err(store_error)?;
        read_in += done.applied;
        if done.remaining == 0 {
            break;
        }
    }
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(RetryOutcome {
        tried: count(tried),
        accepted: count(accepted),
        read_in: count(read_in),
        left: count(found(cx)?.len()),
    })
}
