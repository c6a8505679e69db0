//! Household keys: they go between devices of one office that were both compared, and nowhere else.

use ybz_domain::ids::{OfficeId, RecordId, tagged_hash};
use ybz_domain::trust::Certificate;
use ybz_sync::catalog::Digest;
use ybz_sync::wire::KeyRow;

use super::{Done, Peer};
use crate::node::store_error;

impl Peer {
    /// Keys of the offices in which both devices are confirmed, and of no other office on this node.
    pub(super) fn keys(&self) -> Done<Vec<KeyRow>> {
        let shared = self.confirmed_offices()?;
        let rows = self.inner.store.household_keys().map_err(store_error)?;
        let mut out = Vec::new();
        for row in rows {
            if self.office_of(&row.household)?.is_some_and(|office| shared.contains(&office)) {
                out.push(KeyRow::Key(row.household, row.key_id, row.key));
            }
        }
        Ok(out)
    }

    /// The office whose household or member a key is about, as far as its record is here.
    fn office_of(&self, subject: &RecordId) -> Done<Option<OfficeId>> {
        let found = self.inner.store.read(|reader| reader.record(None, subject)).map_err(store_error)?;
        Ok(found.map(|stored| stored.office))
    }

    pub(super) fn confirmed_offices(&self) -> Done<Vec<OfficeId>> {
        let membership = self.membership()?;
        let me = self.me();
        let both = |office: &OfficeId| {
            [&me, &self.device]
                .into_iter()
                .all(|device| membership.certificate(office, device).is_some_and(Certificate::reads_own))
        };
        let pairs = self.pairs();
        Ok(pairs.iter().filter(|pair| pair.mine == pair.theirs && both(&pair.mine)).map(|pair| pair.mine).collect())
    }

    pub(super) fn take_keys(&self, rows: Vec<KeyRow>) -> Done<()> {
        let shared = self.confirmed_offices()?;
        let mut household_keys = Vec::new();
        for row in rows {
            let KeyRow::Key(household, key_id, key) = row else { continue };
            // A key may come before its record; one for a household of another office is not taken.
            if self.office_of(&household)?.is_none_or(|office| shared.contains(&office)) {
                household_keys.push(ybz_store::HouseholdKeyRow { household, key_id, key });
            }
        }
        let side = ybz_store::SideWrites { household_keys, ..ybz_store::SideWrites::default() };
        self.inner.store.commit(self.inner.today(), Vec::new(), side).map_err(store_error)?;
        Ok(())
    }
}

pub(super) fn keys_digest(rows: &[KeyRow]) -> Digest {
    let mut parts: Vec<[u8; 32]> = rows
        .iter()
        .map(|row| match row {
            KeyRow::Key(household, key_id, _) => {
                tagged_hash("ybz key row 1", &[household.as_bytes(), key_id.as_bytes()])
            }
            KeyRow::Erased(household, _) => tagged_hash("ybz erased row 1", &[household.as_bytes()]),
        })
        .collect();
    parts.sort_unstable();
    let all: Vec<&[u8]> = parts.iter().map(<[u8; 32]>::as_slice).collect();
    tagged_hash("ybz keys 1", &all)
}
