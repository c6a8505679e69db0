//! Delivery: batches in, receipts both ways, carriers in.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use ybz_domain::accept::{Attestation, ParsedChange, Refusal, parse_change};
use ybz_domain::book::BookKey;
use ybz_domain::ids::{ActorId, ChangeHash, DeviceId, tagged_hash};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Membership, Receipt, Received};
use ybz_store::{HubWord, Peer as Party, Setting};
use ybz_sync::catalog::Offer;
use ybz_sync::machine::{Answer, Verdict};
use ybz_sync::wire::Ack;

use super::{Done, Peer, Way};
use crate::ErrorDto;
use crate::cases::status::receipt_setting;
use crate::cx::received_setting;
use crate::dto::sync::ReceiptInfo;
use crate::link::held::{but_held, note_held_above};
use crate::link::scope::{Pair, owed_to, received_from};
use crate::link::settle::{counts, settle};
use crate::link::{Books, carriers, same_heads, service};
use crate::node::store_error;

impl Peer {
    pub(super) fn accept(
        &self,
        key: &BookKey,
        changes: &[Vec<u8>],
        attestations: Vec<Signed<Attestation>>,
    ) -> Done<Answer> {
        let membership = self.membership()?;
        if !key.is_sound() || !self.in_scope(&membership, key) {
            return Err(ErrorDto::new("not_allowed"));
        }
        let mut refused: Vec<(ChangeHash, Refusal)> = Vec::new();
        let mut parsed: Vec<ParsedChange> = Vec::with_capacity(changes.len());
        for bytes in changes {
            match parse_change(bytes) {
                Ok(change) => parsed.push(change),
                // A chunk without a sound hash is named by the hash of its bytes.
                Err(refusal) => refused.push((ChangeHash(tagged_hash("ybz refused chunk 1", &[bytes])), refusal)),
            }
        }
        let authorised = |device: &DeviceId, actor: &ActorId, seq: u64, hash: &ChangeHash| {
            counts(&membership, key, device, actor, seq, hash)
        };
        let outcome = self
            .inner
            .store
            .accept(key, Some(&Party::Device(self.device)), parsed, attestations, &authorised)
            .map_err(store_error)?;
        refused.extend(outcome.refused);
        // A removal that became known meanwhile found these changes not here yet.
        if !Arc::ptr_eq(&membership, &self.membership()?) {
            settle(&self.inner);
        }
        if outcome.accepted > 0 {
            self.inner.link.accepted.fetch_add(1, Ordering::Relaxed);
            service::read_in_later(&self.inner);
        }
        Ok(Answer::Verdict(Verdict {
            heads: outcome.heads,
            aside: self.inner.store.aside(&key.id()).map_err(store_error)?,
            accepted: u64::try_from(outcome.accepted).unwrap_or(u64::MAX),
            missing: outcome.missing,
            refused,
        }))
    }

    pub(super) fn acked(&self, acks: Vec<Ack>) -> Done<()> {
        let said: Vec<_> = acks.into_iter().map(|ack| (ack.book, ack.heads)).collect();
        self.inner.store.share_heads(&Party::Device(self.device), &said).map_err(store_error)
    }

    pub(super) fn sign_receipt(&self, received: Received) -> Done<Answer> {
        let membership = self.membership()?;
        let pairs = self.pairs();
        let Some(tree) = membership.tree else { return Ok(Answer::Receipt(None)) };
        let here: Books = self.books()?.into_iter().map(|(key, _)| (key.id(), key)).collect();
        let mut pair = None;
        let received = match received {
            Received::Catalog { digest } => {
                let above = |pair: &&Pair| membership.parent(&pair.theirs) == Some(pair.mine);
                pair = pairs
                    .iter()
                    .find(above)
                    .copied()
                    .or_else(|| here.values().find_map(|key| received_from(&membership, &pairs, key)));
                Received::Catalog { digest }
            }
            Received::Books(books) | Received::Held { sound: books, .. } => {
                let mut kept = Vec::new();
                for (id, heads) in books {
                    let Some(from) = here.get(&id).and_then(|key| received_from(&membership, &pairs, key)) else {
                        continue;
                    };
                    let now = self.inner.store.heads(&id).map_err(store_error)?;
                    if pair.is_none_or(|known| known == from) && same_heads(&now, &heads) {
                        pair = Some(from);
                        kept.push((id, heads));
                    }
                }
                if kept.is_empty() {
                    return Ok(Answer::Receipt(None));
                }
                Received::Books(kept)
            }
        };
        let Some(pair) = pair.filter(|pair| membership.is_hub(&pair.mine, &self.me())) else {
            return Ok(Answer::Receipt(None));
        };
        let owed = here.values().filter(|key| received_from(&membership, &pairs, key) == Some(pair));
        let received = but_held(&self.inner.store, owed.map(BookKey::id), received)?;
        let today = self.inner.today();
        let beside = (received_setting(&pair.theirs), serde_json::json!(today.to_string()));
        let store = &self.inner.store;
        // A file tells what is here; that somebody delivered today it does not.
        let beside = (self.way == Way::Session).then_some(&beside);
        let receipt = store.sign_receipt(tree, pair.mine, pair.theirs, today, received, beside);
        Ok(Answer::Receipt(Some(Box::new(receipt.map_err(store_error)?))))
    }

    /// A receipt counts only from a hub of the office to which this node owes the books.
    pub(super) fn take_receipt(&self, signed: &Signed<Receipt>) -> Done<Option<Received>> {
        let membership = self.membership()?;
        let Ok(receipt) = signed.open() else { return Ok(None) };
        let pairs = self.pairs();
        let fits = membership.tree == Some(receipt.tree)
            && membership.is_hub(&receipt.office, &signed.signer)
            && pairs.iter().any(|pair| pair.mine == receipt.from && pair.theirs == receipt.office);
        if !fits {
            return Ok(None);
        }
        // Books first: what is committed between the two makes another digest, and nothing of it turns green.
        let held = self.books()?;
        let now = match &receipt.received {
            Received::Catalog { .. } => Some(self.catalog()?.digest()),
            Received::Books(_) | Received::Held { .. } => None,
        };
        let mut books = Vec::new();
        for (key, heads) in held {
            let owed = owed_to(&membership, &pairs, &key).is_some_and(|pair| pair.theirs == receipt.office);
            let id = key.id();
            match &receipt.received {
                Received::Catalog { digest } if owed && Some(*digest) == now => books.push((id, heads)),
                Received::Catalog { .. } => {}
                Received::Books(listed) | Received::Held { sound: listed, .. } => {
                    if let Some((_, receipted)) = listed.iter().find(|(book, _)| owed && *book == id) {
                        books.push((id, receipted.clone()));
                    }
                }
            }
        }
        let shown = self.shown(&membership, &receipt)?;
        match self.inner.store.put_receipt(signed, &books, shown.as_ref()).map_err(store_error)? {
            HubWord::Stale => Ok(None),
            HubWord::Follows | HubWord::Voided => {
                if membership.parent(&receipt.from) == Some(receipt.office) {
                    note_held_above(&self.inner.store, &receipt.from, &receipt.received)?;
                }
                Ok(Some(receipt.received))
            }
        }
    }

    /// What people see of a receipt of their superior.
    fn shown(&self, membership: &Membership, receipt: &Receipt) -> Done<Option<Setting>> {
        if membership.parent(&receipt.from) != Some(receipt.office) {
            return Ok(None);
        }
        let (_, millis) = (self.inner.clock)();
        let info = ReceiptInfo {
            on: self.inner.today().to_string(),
            at: local_time(millis),
            by: membership.offices.get(&receipt.office).map(|view| view.name.clone()).unwrap_or_default(),
        };
        let value = serde_json::to_value(&info).map_err(|error| ErrorDto::internal("receipt", &error))?;
        Ok(Some((receipt_setting(&receipt.from), value)))
    }

    pub(super) fn put_carrier(&self, offer: &Offer, at: u64, bytes: &[u8], last: bool) -> Done<Answer> {
        let membership = self.membership()?;
        let whole = { self.state().partial.add(offer, at, bytes, last) };
        match whole {
            carriers::Added::Refused => Ok(Answer::Put(false)),
            carriers::Added::More => Ok(Answer::Put(true)),
            carriers::Added::Whole(bytes) => {
                carriers::keep(&self.inner, &membership, &self.pairs(), offer, bytes).map(Answer::Put)
            }
        }
    }
}

/// Local time of day, for people.
pub(in crate::link) fn local_time(millis: u64) -> String {
    let millis = i64::try_from(millis).unwrap_or_default();
    let Ok(now) = jiff::Timestamp::from_millisecond(millis) else { return String::new() };
    let zoned = now.to_zoned(jiff::tz::TimeZone::system());
    format!("{:02}:{:02}", zoned.hour(), zoned.minute())
}
