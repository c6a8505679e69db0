//! The account of an office as it was put together last. Five years of payments are some thousand records, and most of what
//! asks for the account comes while nothing in it has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ybz_domain::book::BookKind;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::dues::Account;

use crate::cx::Cx;
use crate::error::Answer;

/// Put together at which turn, out of which merged members.
struct Kept {
    turn: u64,
    merged: BTreeMap<String, String>,
    account: Arc<Account>,
}

/// Accounts by office.
#[derive(Default)]
pub(crate) struct Accounts {
    /// Goes on with every change of what accounts are made of.
    turn: AtomicU64,
    kept: Mutex<BTreeMap<OfficeId, Kept>>,
}

impl Accounts {
    /// The books changed, as the store tells it: by kind of book, or that people or offices changed.
    pub(crate) fn changed(&self, tags: &BTreeSet<String>) {
        if tags.contains(BookKind::dues().to_string().as_str()) || tags.contains("trust") {
            self.turn.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// The account of this office, of all years that are here.
pub(crate) fn account(cx: &Cx<'_>) -> Answer<Arc<Account>> {
    let merged = cx.merged()?;
    let put_together = || -> Answer<Account> {
        let records = cx.of_kind(BookKind::dues())?;
        Ok(Account::of(records.iter().map(|stored| &stored.view), &merged))
    };
    // Whoever does not see dues gets what the query lets through, which is nothing for anybody else.
    if !cx.sees(&BookKind::dues()) {
        return Ok(Arc::new(put_together()?));
    }
    let accounts = &cx.node.accounts;
    // Before the records are read: a change that comes meanwhile makes what is kept an old one.
    let turn = accounts.turn.load(Ordering::SeqCst);
    let kept = accounts.kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(kept) = kept.get(&cx.office).filter(|kept| kept.turn == turn && kept.merged == merged) {
        return Ok(kept.account.clone());
    }
    drop(kept);
    let account = Arc::new(put_together()?);
    let kept = Kept { turn, merged, account: account.clone() };
    accounts.kept.lock().unwrap_or_else(PoisonError::into_inner).insert(cx.office, kept);
    Ok(account)
}
