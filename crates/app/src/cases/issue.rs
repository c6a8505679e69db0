//! Issuing: the next entry of this device's log, one at a time.

use std::sync::{MutexGuard, PoisonError};

use ybz_domain::sign::Signed;
use ybz_domain::trust::{Body, Entry, Link};

use crate::cx::{Cx, Edits};
use crate::error::Answer;
use crate::node::{Inner, store_error};

/// The turn to issue. Two entries with one number would suspend this issuer for ever: whoever issues takes the turn first,
/// reads what is known then ([`Cx::of`]), and commits before it lets go.
pub(crate) fn turn(node: &Inner) -> MutexGuard<'_, ()> {
    node.issuing.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Signs the next entry of this device's log for the office and adds it to a commit. The caller has the [`turn`].
pub(crate) fn issue(cx: &Cx<'_>, edits: &mut Edits, body: Body) -> Answer<()> {
    let key = cx.device();
    let mut last: Option<(u64, [u8; 32])> = edits.last_entry();
    for signed in cx.node.store.entries().map_err(store_error)?.iter().filter(|signed| signed.signer == key.id()) {
        if let Ok(entry) = signed.peek()
            && last.is_none_or(|(seq, _)| seq < entry.seq)
        {
            last = Some((entry.seq, Link::of(signed, &entry).hash()));
        }
    }
    let entry = Entry {
        tree: cx.membership().tree,
        office: cx.office,
        seq: last.map_or(1, |(seq, _)| seq + 1),
        previous: last.map(|(_, hash)| hash),
        on: cx.today,
        body,
    };
    edits.entry(Signed::sign(&key, &entry));
    Ok(())
}
