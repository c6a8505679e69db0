//! Household keys: they go between devices of one office that were both compared, and nowhere else.

use ybz_domain::ids::{OfficeId, RecordId, tagged_hash};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Certificate, EraseRight, Erasure};
use ybz_store::ErasedHousehold;
use ybz_sync::catalog::Digest;
use ybz_sync::wire::KeyRow;

use super::{Done, Peer};
use crate::ErrorDto;
use crate::cases::erase;
use crate::cx::{Cx, Edits};
use crate::node::store_error;

impl Peer {
    /// Keys of the offices in which both devices are confirmed, and of no other office on this node.
    pub(super) fn keys(&self) -> Done<Vec<KeyRow>> {
        let membership = self.membership()?;
        let mut shared = self.confirmed_offices()?;
        shared.retain(|office| !self.has_retired(&membership, office));
        let mut out = Vec::new();
        // What is erased comes first: no key is taken that goes again.
        for erased in self.inner.store.erased_households().map_err(store_error)? {
            let Some(order) = erased.order.filter(|order| office_of(order).is_some_and(|of| shared.contains(&of)))
            else {
                continue;
            };
            let bytes = postcard::to_stdvec(&order).map_err(|error| ErrorDto::internal("erasure", &error))?;
            out.push(KeyRow::Erased(erased.household, bytes));
        }
        let rows = self.inner.store.household_keys().map_err(store_error)?;
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

    /// All is exchanged with the superior or a confirmed device of the office: what was erased elsewhere is erased here, and
    /// private records that waited for it since a restore open.
    pub(crate) fn open_private(&self) -> Done<()> {
        let waits = |office: &OfficeId| self.inner.store.private_locked(office).map_err(store_error);
        let mut waiting = Vec::new();
        for pair in self.pairs() {
            if waits(&pair.mine)? {
                waiting.push(pair);
            }
        }
        if waiting.is_empty() {
            return Ok(());
        }
        // Marks that came are carried out before anything opens.
        crate::forget::after_session(&self.inner)?;
        let membership = self.membership()?;
        let compared =
            |office: &OfficeId| membership.certificate(office, &self.device).is_some_and(|known| known.confirmed);
        for pair in waiting {
            let colleague = pair.mine == pair.theirs && compared(&pair.theirs);
            if colleague || membership.parent(&pair.mine) == Some(pair.theirs) {
                self.inner.store.open_private(&pair.mine).map_err(store_error)?;
            }
        }
        Ok(())
    }

    pub(super) fn take_keys(&self, rows: Vec<KeyRow>) -> Done<()> {
        let shared = self.confirmed_offices()?;
        let mut keys = Vec::new();
        for row in rows {
            match row {
                KeyRow::Key(household, key_id, key) => keys.push((household, key_id, key)),
                KeyRow::Erased(household, bytes) => self.take_erasure(&shared, &household, &bytes)?,
            }
        }
        let mut household_keys = Vec::new();
        for (household, key_id, key) in keys {
            // A key may come before its record; one for a household of another office is not taken, nor one whose mark
            // stands in the office's books.
            if self.office_of(&household)?.is_none_or(|office| shared.contains(&office))
                && !self.is_marked(&shared, &household)?
            {
                household_keys.push(ybz_store::HouseholdKeyRow { household, key_id, key });
            }
        }
        if household_keys.is_empty() {
            return Ok(());
        }
        let side = ybz_store::SideWrites { household_keys, ..ybz_store::SideWrites::default() };
        self.inner.store.commit(self.inner.today(), Vec::new(), side).map_err(store_error)?;
        Ok(())
    }
}

impl Peer {
    fn is_marked(&self, offices: &[OfficeId], household: &RecordId) -> Done<bool> {
        for office in offices {
            if erase::is_marked(&Cx::of(&self.inner, *office)?, household)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Carries out an order to erase. One that does not hold is left alone: it may be forged, or early.
    fn take_erasure(&self, shared: &[OfficeId], household: &RecordId, bytes: &[u8]) -> Done<()> {
        let Ok(order) = postcard::from_bytes::<Signed<Erasure>>(bytes) else { return Ok(()) };
        let Ok(erasure) = order.open() else { return Ok(()) };
        let of_another = self.office_of(household)?.is_some_and(|office| office != erasure.office);
        if erasure.household != *household || of_another || !shared.contains(&erasure.office) {
            return Ok(());
        }
        let cx = Cx::of(&self.inner, erasure.office)?;
        let holds = match erasure.right(cx.membership(), &order.signer) {
            EraseRight::Holds => true,
            EraseRight::IfMarked => erase::is_marked(&cx, household)?,
            EraseRight::Void => false,
        };
        let known = self.inner.store.erased_households().map_err(store_error)?;
        if !holds || known.iter().any(|known| known.household == *household && known.order.is_some()) {
            return Ok(());
        }
        let mut edits = Edits::default();
        let erased = ErasedHousehold { household: *household, on: erasure.on.to_string(), order: Some(order) };
        erase::forget(&cx, &mut edits, erased)?;
        cx.commit_beside(edits)
    }
}

fn office_of(order: &Signed<Erasure>) -> Option<OfficeId> {
    order.peek().ok().map(|erasure| erasure.office)
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
