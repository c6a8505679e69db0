//! A session in a file: what this side would say to an office goes into it, and what another says is taken out of it. Scope,
//! acceptance and receipts are those of a session.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use ybz_domain::book::{BookKey, Scope};
use ybz_domain::ids::{BookId, ChangeHash, DeviceId, OfficeId};
use ybz_domain::trust::{Reader, Received};
use ybz_store::Peer as Party;
use ybz_sync::bundle::{BundleError, Frames, Packer};
use ybz_sync::catalog::{CatalogEntry, Offer};
use ybz_sync::limits::{BLOB_BYTES, MAX_ATTESTATIONS, MAX_BOOKS, MAX_CARRIERS, MAX_CHANGES, MAX_HASHES, MAX_KEY_ROWS};
use ybz_sync::machine::{Answer, Batch};
use ybz_sync::wire::{Blob, Frame, Hello, HelloData, Listing, Versions};

use super::admission::moves_an_office;
use super::{Done, Peer, PeerState, Way};
use crate::ErrorDto;
use crate::cx::received_setting;
use crate::link::carriers;
use crate::link::proof::Part;
use crate::link::scope::{Pair, may_carry, received_from};
use crate::node::{Inner, store_error};

/// What went into a file.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Packed {
    /// Books of which something is in it.
    pub(crate) books: u32,
    /// Changes in it.
    pub(crate) changes: u32,
    /// It holds a receipt.
    pub(crate) receipt: bool,
}

/// What a file brought.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Unpacked {
    /// Changes accepted.
    pub(crate) accepted: u64,
    /// Changes refused; they are in quarantine.
    pub(crate) refused: u64,
    /// Books whose changes build on some that are not here.
    pub(crate) waiting: u32,
    /// It held a receipt that counts.
    pub(crate) receipt: bool,
    /// Books that this side receives as their addressee were in it.
    pub(crate) delivered: bool,
}

fn unfit(error: BundleError) -> ErrorDto {
    match error {
        BundleError::Form("too large") => ErrorDto::new("bundle_too_large"),
        other => ErrorDto::internal("bundle", &other),
    }
}

/// A file whose frames were signed by a known device and are not what they should be.
fn unsound(detail: impl ToString) -> ErrorDto {
    ErrorDto::new("bundle_altered").with("detail", detail)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Peer {
    /// A peer that is met through a file, over one pair of offices.
    pub(crate) fn by_file(inner: Arc<Inner>, device: DeviceId, pair: Pair, way: Way) -> Self {
        let state = PeerState { pairs: vec![pair], ..PeerState::default() };
        Self { inner, device, way, state: Mutex::new(state) }
    }

    fn pair(&self) -> Done<Pair> {
        self.pairs().first().copied().ok_or_else(|| ErrorDto::new("not_allowed"))
    }

    /// Says everything that these devices of the peer's office lack, as far as it is known: all of them read the same. With
    /// `whole` also what they were told before.
    pub(crate) fn pack(&self, devices: &[DeviceId], whole: bool) -> Done<(Packer, Packed)> {
        let pair = self.pair()?;
        let mut packer = Packer::default();
        packer.push(self.greeting(pair, devices)?).map_err(unfit)?;
        let catalog = self.catalog()?;
        let mut entries: Vec<CatalogEntry> = catalog.books.into_iter().map(|holding| holding.entry).collect();
        // Whoever handed over is given nothing more of `own/` books, in a file as in a session.
        let membership = self.membership()?;
        entries
            .retain(|entry| entry.key.kind.scope() != Scope::Own || !self.has_retired(&membership, &entry.key.office));
        let mut offers = catalog.carriers;
        // What the addressee made itself it has.
        offers.retain(|offer| offer.office != pair.theirs || pair.mine == pair.theirs);
        if entries.len() > MAX_BOOKS || offers.len() > MAX_CARRIERS {
            return Err(ErrorDto::new("bundle_too_large"));
        }
        let listing = Listing { books: entries.clone(), carriers: offers.clone(), keys: None };
        packer.push(Frame::Listing(Box::new(listing))).map_err(unfit)?;
        let mut packed = Packed::default();
        for entry in &entries {
            let id = entry.key.id();
            let have = if whole { Vec::new() } else { self.told(pair, &entry.key, devices)? };
            let batch = self.inner.store.batch_for(&id, &have, &[], &[]).map_err(store_error)?;
            if batch.changes.is_empty() {
                continue;
            }
            packed.books = packed.books.saturating_add(1);
            packed.changes = packed.changes.saturating_add(count(batch.changes.len()));
            let batch = Batch { changes: batch.changes, attestations: batch.attestations };
            packer.push_batch(id, batch).map_err(unfit)?;
        }
        for offer in &offers {
            self.pack_carrier(&mut packer, offer)?;
        }
        if !self.confirmed_offices()?.is_empty() {
            let mut rows = self.keys()?.into_iter().peekable();
            while rows.peek().is_some() {
                packer.push(Frame::Keys(rows.by_ref().take(MAX_KEY_ROWS).collect())).map_err(unfit)?;
            }
        }
        let held = entries.into_iter().map(|entry| (entry.key.id(), entry.heads)).collect();
        if let Answer::Receipt(Some(receipt)) = self.sign_receipt(Received::Books(held))? {
            packed.receipt = true;
            packer.push(Frame::Receipt(receipt)).map_err(unfit)?;
        }
        Ok((packer, packed))
    }

    fn greeting(&self, pair: Pair, devices: &[DeviceId]) -> Done<Frame> {
        let store = &self.inner.store;
        let mut seen = Vec::new();
        for device in devices {
            seen.extend(store.seen_of(device).map_err(store_error)?);
        }
        let data = HelloData {
            tree: self.membership()?.tree,
            statements: self.statements(&[pair.theirs], Part::All)?,
            logs: Vec::new(),
            entries: Vec::new(),
            addresses: Vec::new(),
            incarnation: store.incarnation(),
            counter: store.receipt_counter().map_err(store_error)?.1,
            seen,
        };
        Ok(Frame::Hello(Box::new(Hello { versions: Versions::OURS, live: false, digest: None, data })))
    }

    /// Heads of a book that need not be told again: what the office signed for, and what each of the devices is known to
    /// hold. Of what the office wrote itself it is enough that one of them has it.
    fn told(&self, pair: Pair, key: &BookKey, devices: &[DeviceId]) -> Done<Vec<ChangeHash>> {
        let (store, id) = (&self.inner.store, key.id());
        let mut told = store.receipted_heads(&id, Some(&pair.theirs)).map_err(store_error)?;
        let mut held = Vec::new();
        for device in devices {
            held.push(store.shared_heads(&Party::Device(*device), &id).map_err(store_error)?);
        }
        let theirs = key.writer() == pair.theirs;
        for head in held.iter().flatten() {
            if theirs || held.iter().all(|heads| heads.contains(head)) {
                told.push(*head);
            }
        }
        told.sort_unstable();
        told.dedup();
        Ok(told)
    }

    fn pack_carrier(&self, packer: &mut Packer, offer: &Offer) -> Done<()> {
        let mut at = 0;
        while at < offer.size {
            let bytes = carriers::read(&self.inner, offer, at, BLOB_BYTES)?;
            let end = at.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
            if bytes.is_empty() || end > offer.size {
                return Err(ErrorDto::internal("bundle", &"a carrier is not as it was offered"));
            }
            let blob = Blob { digest: offer.digest, at, bytes, last: end == offer.size };
            packer.push(Frame::Blob(Box::new(blob))).map_err(unfit)?;
            at = end;
        }
        Ok(())
    }

    /// Takes what a file says, as a session would. What was taken before is known and changes nothing; a file that breaks
    /// off here goes on the next time.
    ///
    /// # Errors
    /// `bundle_newer`, `bundle_sender_unknown`, `bundle_altered`, `not_allowed`.
    pub(crate) fn unpack(&self, frames: Frames<'_>, on: Date) -> Done<Unpacked> {
        let mut frames = frames.map(|frame| frame.map_err(unsound));
        let Some(Frame::Hello(hello)) = frames.next().transpose()? else { return Err(unsound("hello")) };
        self.meet(&hello)?;
        let Some(Frame::Listing(listing)) = frames.next().transpose()? else { return Err(unsound("listing")) };
        let mut taking = self.take_listing(*listing)?;
        for frame in frames {
            self.take(&mut taking, frame?)?;
        }
        let pair = self.pair()?;
        let held: Vec<(BookId, Vec<ChangeHash>)> =
            taking.books.into_iter().map(|(id, entry)| (id, entry.heads)).collect();
        self.inner.store.share_heads(&Party::Device(self.device), &held).map_err(store_error)?;
        if taking.from_below {
            self.note_received(&pair.theirs, on)?;
        }
        Ok(taking.done)
    }

    /// Keeps the day of a delivery: that of the file, which may have lain about, and never an earlier one than is known.
    fn note_received(&self, office: &OfficeId, on: Date) -> Done<()> {
        let (store, name, today) = (&self.inner.store, received_setting(office), self.inner.today());
        let on = on.min(today);
        let kept = store.setting(&name).map_err(store_error)?;
        let kept: Option<Date> = kept.and_then(|value| value.as_str().and_then(|text| text.parse().ok()));
        if kept.is_some_and(|kept| kept >= on) {
            return Ok(());
        }
        store.put_setting(&name, &serde_json::json!(on.to_string())).map_err(store_error)
    }

    /// Membership first: nothing is kept before the sender has a place, or had one.
    fn meet(&self, hello: &Hello) -> Done<()> {
        if Versions::OURS.common(hello.versions).is_none() {
            return Err(ErrorDto::new("bundle_newer"));
        }
        let pair = self.pair()?;
        let statements = &hello.data.statements;
        let combined = self.combined(statements)?;
        let from = Reader { office: pair.theirs, device: self.device };
        let to = Reader { office: pair.mine, device: self.me() };
        if hello.data.tree != combined.tree || !may_carry(&combined, from, to) {
            return Err(ErrorDto::new("bundle_sender_unknown"));
        }
        if moves_an_office(&*self.membership()?, &combined) {
            return Err(ErrorDto::new("not_allowed"));
        }
        // What a file says of its sender's own life may be old: only receipts speak of that.
        self.notice_clone(&hello.data)?;
        self.keep(statements, &combined)
    }

    fn take_listing(&self, listing: Listing) -> Done<Taking> {
        let few = |entry: &CatalogEntry| entry.heads.len() <= MAX_HASHES && entry.aside.len() <= MAX_HASHES;
        if listing.books.len() > MAX_BOOKS || listing.carriers.len() > MAX_CARRIERS || !listing.books.iter().all(few) {
            return Err(unsound("listing"));
        }
        let membership = self.membership()?;
        let wants = carriers::wants(&self.inner, &membership, &self.pairs(), &listing.carriers)?;
        let wanted = |offer: &Offer| wants.iter().any(|want| want.digest == offer.digest);
        let books =
            listing.books.into_iter().filter(|entry| entry.key.is_sound() && self.in_scope(&membership, &entry.key));
        Ok(Taking {
            books: books.map(|entry| (entry.key.id(), entry)).collect(),
            offers: listing.carriers.into_iter().filter(wanted).collect(),
            from_below: false,
            done: Unpacked::default(),
        })
    }

    fn take(&self, taking: &mut Taking, frame: Frame) -> Done<()> {
        match frame {
            Frame::Changes(changes) => {
                if changes.changes.len() > MAX_CHANGES || changes.attestations.len() > MAX_ATTESTATIONS {
                    return Err(unsound("changes"));
                }
                // Out of scope, or never announced: not for this side.
                let Some(entry) = taking.books.get(&changes.book) else { return Ok(()) };
                let answer = self.accept(&entry.key, &changes.changes, changes.attestations)?;
                let Answer::Verdict(verdict) = answer else { return Err(unsound("verdict")) };
                let (membership, done) = (self.membership()?, &mut taking.done);
                done.accepted = done.accepted.saturating_add(verdict.accepted);
                done.refused = done.refused.saturating_add(u64::try_from(verdict.refused.len()).unwrap_or(u64::MAX));
                if !changes.more && !verdict.missing.is_empty() {
                    done.waiting = done.waiting.saturating_add(1);
                }
                let received = received_from(&membership, &self.pairs(), &entry.key).is_some();
                done.delivered |= received;
                // What was refused throughout is no delivery.
                let counts = verdict.accepted > 0 || verdict.refused.is_empty();
                taking.from_below |= received && counts && entry.key.kind.scope() == Scope::Up;
            }
            Frame::Blob(blob) => {
                let Some(offer) = taking.offers.iter().find(|offer| offer.digest == blob.digest) else {
                    return Ok(());
                };
                self.put_carrier(&offer.clone(), blob.at, &blob.bytes, blob.last)?;
            }
            Frame::Keys(rows) => {
                if rows.len() > MAX_KEY_ROWS {
                    return Err(unsound("keys"));
                }
                // A stranger to the office's own books brings none of its keys.
                if !self.confirmed_offices()?.is_empty() {
                    self.take_keys(rows)?;
                }
            }
            Frame::Receipt(receipt) => taking.done.receipt |= self.take_receipt(&receipt)?.is_some(),
            Frame::Sent => {}
            other => return Err(unsound(other.name())),
        }
        Ok(())
    }
}

/// What is being taken out of a file.
struct Taking {
    books: BTreeMap<BookId, CatalogEntry>,
    offers: Vec<Offer>,
    /// Books that the sender's own office delivers to its superior were in it.
    from_below: bool,
    done: Unpacked,
}
