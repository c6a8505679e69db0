//! Orders to forget that came from elsewhere, carried out as soon as they are known: whatever changes here, this looks
//! whether something is to be destroyed.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ybz_domain::book::{BookKind, Scope};

use crate::cases::{custody, erase, renew};
use crate::cx::Cx;
use crate::error::Answer;
use crate::node::{Inner, store_error};

/// One pass at a time; what comes meanwhile gets another one.
#[derive(Default)]
pub(crate) struct Forgetting {
    busy: AtomicBool,
    again: AtomicBool,
}

/// Called with the tags of every change.
pub(crate) fn changed(inner: &Arc<Inner>, tags: &BTreeSet<String>) {
    let up = |tag: &String| BookKind::try_from(tag.clone()).is_ok_and(|kind| kind.scope() == Scope::Up);
    if tags.iter().any(|tag| tag == "keys" || tag == "trust" || up(tag)) {
        settle(inner);
    }
}

/// Carries out whatever is known and not done. Commits of its own make another pass, which finds nothing.
pub(crate) fn settle(inner: &Arc<Inner>) {
    let Forgetting { busy, again } = &inner.forgetting;
    again.store(true, Ordering::SeqCst);
    while again.load(Ordering::SeqCst) && !busy.swap(true, Ordering::SeqCst) {
        let _busy = Busy(busy);
        while again.swap(false, Ordering::SeqCst) {
            if let Err(error) = pass(inner) {
                tracing::error!(code = %error.code, "an order to forget waits");
            }
        }
    }
}

/// Ends the pass also when it panicked.
struct Busy<'a>(&'a AtomicBool);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

fn pass(inner: &Arc<Inner>) -> Answer<()> {
    for office in inner.offices()? {
        erase::learn(&Cx::of(inner, office)?)?;
    }
    // One that waits keeps no other from being carried out.
    let handed = custody::settle(inner);
    renew::settle(inner).and(handed)
}

/// After a session with somebody who may have brought orders: what was accepted is read in before the session counts as
/// over, so that nothing is opened here that was erased elsewhere.
pub(crate) fn after_session(inner: &Arc<Inner>) -> Answer<()> {
    while inner.store.read_in(1024).map_err(store_error)?.remaining > 0 {}
    settle(inner);
    Ok(())
}
