//! Opens many sealed records at once: their keys are read together.

use std::collections::HashMap;

use serde::de::DeserializeOwned;
use ybz_domain::book::RecordView;
use ybz_domain::ids::{RecordId, Serial};
use ybz_domain::ledger::visit::SEALED;
use ybz_domain::seal::{self, HouseholdKey, Place};
use zeroize::Zeroize;

use crate::cx::{Cx, Stored};
use crate::error::Answer;
use crate::node::store_error;

/// Every key that is on this device; none where private records wait since a restore.
pub(crate) struct Opener(HashMap<(RecordId, Serial), HouseholdKey>);

impl Opener {
    /// Reads the keys.
    pub(crate) fn new(cx: &Cx<'_>) -> Answer<Self> {
        if cx.must_open_private().is_err() {
            return Ok(Self(HashMap::new()));
        }
        let rows = cx.node.store.household_keys().map_err(store_error)?;
        Ok(Self(rows.into_iter().map(|row| ((row.household, row.key_id), row.key)).collect()))
    }

    /// What a record seals under a subject's key; none when it is not on this device, or was destroyed.
    pub(crate) fn open<T: DeserializeOwned>(&self, stored: &Stored, subject: &RecordId) -> Option<T> {
        let RecordView { id, .. } = &stored.view;
        let sealed = stored.view.bytes(SEALED)?;
        let key = self.0.get(&(*subject, seal::key_id(sealed).ok()?))?;
        let book = stored.book.id();
        let mut plain = seal::open(key, Place { book: &book, record: id, field: SEALED, subject }, sealed).ok()?;
        let read = serde_json::from_slice(&plain).ok();
        plain.zeroize();
        read
    }

    /// The same of a record that names its subject.
    pub(crate) fn open_own<T: DeserializeOwned>(&self, stored: &Stored) -> Option<T> {
        self.open(stored, &stored.view.str("subject").parse().ok()?)
    }
}
