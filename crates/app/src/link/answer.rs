//! Answers to what the session machine asks, one call on store and rules each.

use std::sync::{Arc, Mutex, PoisonError};

use ybz_domain::accept::{Attestation, ParsedChange, Refusal, parse_change};
use ybz_domain::book::BookKey;
use ybz_domain::ids::{ActorId, BookId, ChangeHash, DeviceId, OfficeId, RecordId, tagged_hash};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Membership, Reader, Receipt, Received, Withheld, may_write};
use ybz_store::{HubWord, Peer as Party};
use ybz_sync::catalog::{BookState, Catalog, CatalogEntry, Digest, Holding, Offer};
use ybz_sync::machine::{Admission, Answer, Ask, Batch, Compared, Verdict};
use ybz_sync::wire::{Ack, HelloData, KeyRow, Statements};

use super::carriers::{self, Partial};
use super::scope::{Pair, owed_to, pairs, proof, received_from, shared};
use super::{Books, same_heads, seen_setting};
use crate::ErrorDto;
use crate::cases::status::receipt_setting;
use crate::cx::received_setting;
use crate::dto::sync::ReceiptInfo;
use crate::node::{Inner, store_error};

/// One peer during one session.
pub(crate) struct Peer {
    pub(crate) inner: Arc<Inner>,
    pub(crate) device: DeviceId,
    state: Mutex<PeerState>,
}

#[derive(Default)]
struct PeerState {
    pairs: Vec<Pair>,
    partial: Partial,
}

type Done<T> = Result<T, ErrorDto>;

impl Peer {
    pub(crate) fn new(inner: Arc<Inner>, device: DeviceId) -> Self {
        Self { inner, device, state: Mutex::default() }
    }

    fn pairs(&self) -> Vec<Pair> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).pairs.clone()
    }

    /// Everything shared with the peer goes up from it: it is a subordinate and nothing else.
    pub(crate) fn is_subordinate(&self) -> bool {
        let pairs = self.pairs();
        let Ok(membership) = self.membership() else { return false };
        !pairs.is_empty()
            && pairs.iter().all(|pair| pair.mine != pair.theirs && membership.is_above(&pair.mine, &pair.theirs))
    }

    pub(crate) fn membership(&self) -> Done<Arc<Membership>> {
        self.inner.store.membership().map_err(store_error)
    }

    fn me(&self) -> DeviceId {
        self.inner.store.device().id()
    }

    /// Answers anything but joins, which wait for people. Blocks on the disk.
    pub(crate) fn answer(&self, ask: Ask) -> Answer {
        let writes = matches!(ask, Ask::Accept { .. } | Ask::PutCarrier { .. } | Ask::TakeReceipt(_));
        let answered = match ask {
            Ask::Hello { .. } => self.hello(),
            Ask::Admit { hello, .. } => self.admit(&hello),
            Ask::Recheck { .. } => self.recheck(),
            Ask::Learn(statements) => self.learn(&statements).map(|()| Answer::Done),
            Ask::Catalog => self.catalog().map(Answer::Catalog),
            Ask::Books(books) => self.holdings(Some(&books)).map(Answer::Books),
            Ask::Compare { books, offers } => self.compare(&books, &offers),
            Ask::Missing { book, have, aside, wanted } => self.missing(&book, have, &aside, &wanted),
            Ask::Accept { book, changes, attestations } => self.accept(&book, &changes, attestations),
            Ask::Acked(acks) => self.acked(&acks).map(|()| Answer::Done),
            Ask::SignReceipt(received) => self.sign_receipt(received),
            Ask::TakeReceipt(receipt) => self.take_receipt(&receipt).map(Answer::ReceiptTaken),
            Ask::Keys => self.keys().map(Answer::Keys),
            Ask::TakeKeys(rows) => self.take_keys(rows).map(|()| Answer::Done),
            Ask::ReadCarrier { offer, from, limit } => {
                carriers::read(&self.inner, &offer, from, limit).map(Answer::Carrier)
            }
            Ask::PutCarrier { offer, at, bytes, last } => self.put_carrier(&offer, at, &bytes, last),
            Ask::Join { .. } | Ask::JoinDecision { .. } | Ask::Joined(_) => Err(ErrorDto::new("not_allowed")),
        };
        if writes {
            self.inner.link.wrote(&answered);
        }
        answered.unwrap_or_else(|error| Answer::Failed(error.code))
    }

    fn statements(&self, peer_offices: &[OfficeId]) -> Done<Statements> {
        let membership = self.membership()?;
        // Once the peer is known it hears of the offices next to it, not of others on this node.
        let mut local: Vec<OfficeId> = self.pairs().into_iter().map(|pair| pair.mine).collect();
        if local.is_empty() {
            local = self.inner.offices()?;
        }
        let entries = self.inner.store.entries().map_err(store_error)?;
        let links = self.inner.store.log_links().map_err(store_error)?;
        let (entries, withheld) = proof(&membership, &local, peer_offices, &entries, &links);
        let foundings = self.inner.store.foundings().map_err(store_error)?;
        Ok(Statements {
            charters: self.inner.store.charters().map_err(store_error)?,
            // An adopted office is proved by its adoption; the founding says more only to the office's own devices: which
            // of them was there first.
            foundings: foundings
                .into_iter()
                .filter(|signed| {
                    signed.peek().is_ok_and(|founding| {
                        local.contains(&founding.office)
                            && (!membership.joined(&founding.office) || peer_offices.contains(&founding.office))
                    })
                })
                .collect(),
            entries,
            withheld,
        })
    }

    fn hello(&self) -> Done<Answer> {
        let membership = self.membership()?;
        let pairs = pairs(&membership, &self.me(), &self.inner.offices()?, &self.device);
        let peer_offices: Vec<OfficeId> = pairs.iter().map(|pair| pair.theirs).collect();
        let known = !pairs.is_empty();
        let data = HelloData {
            tree: membership.tree,
            statements: self.statements(&peer_offices)?,
            logs: Vec::new(),
            incarnation: self.inner.store.incarnation(),
            counter: self.inner.store.receipt_counter().map_err(store_error)?.1,
            seen: self.inner.store.seen_of(&self.device).map_err(store_error)?,
            held: Vec::new(),
        };
        let digest = if known {
            self.state.lock().unwrap_or_else(PoisonError::into_inner).pairs = pairs;
            Some(self.catalog()?.digest())
        } else {
            None
        };
        Ok(Answer::Hello { data: Box::new(data), digest })
    }

    /// The peer holds higher numbers of this device's actors than this database does: it is an old copy.
    fn notice_clone(&self, theirs: &HelloData) -> Done<()> {
        self.inner.store.notice_seen(self.inner.today(), &theirs.seen).map_err(store_error).map(|_| ())
    }

    fn admit(&self, hello: &HelloData) -> Done<Answer> {
        let membership = self.membership()?;
        if let (Some(ours), Some(theirs)) = (membership.tree, hello.tree)
            && ours != theirs
        {
            return Ok(Answer::Admit(None));
        }
        // First see whether the statements give the peer a place; only then keep what holds.
        let combined = self.combined(&hello.statements)?;
        let found = pairs(&combined, &self.me(), &self.inner.offices()?, &self.device);
        if found.is_empty() || moves_an_office(&membership, &combined) {
            return Ok(Answer::Admit(None));
        }
        self.notice_clone(hello)?;
        self.keep(&hello.statements, &combined)?;
        for pair in &found {
            if combined.is_hub(&pair.theirs, &self.device) {
                self.inner
                    .store
                    .note_hub(&pair.theirs, &self.device, &hello.incarnation, hello.counter)
                    .map_err(store_error)?;
            }
        }
        self.recheck()
    }

    fn combined(&self, statements: &Statements) -> Done<Membership> {
        let mut charters = self.inner.store.charters().map_err(store_error)?;
        if charters.len() < statements.charters.len() {
            charters.clone_from(&statements.charters);
        }
        let mut foundings = self.inner.store.foundings().map_err(store_error)?;
        let mut entries = self.inner.store.entries().map_err(store_error)?;
        foundings.extend(statements.foundings.iter().cloned());
        entries.extend(statements.entries.iter().cloned());
        let mut links = self.inner.store.log_links().map_err(store_error)?;
        links.extend(statements.withheld.iter().flat_map(Withheld::links));
        let tree = self.membership()?.tree;
        Ok(Membership::build(tree, &charters, &foundings, &entries, &links))
    }

    /// Keeps entries that hold; foundings of strangers are not kept.
    fn keep(&self, statements: &Statements, combined: &Membership) -> Done<()> {
        let known: std::collections::BTreeSet<_> =
            self.inner.store.entries().map_err(store_error)?.iter().map(Signed::hash).collect();
        let fresh: Vec<_> = statements
            .entries
            .iter()
            .filter(|signed| !known.contains(&signed.hash()))
            // A fork is kept as well: it is the proof against its issuer.
            .filter(|signed| combined.valid.contains(&signed.hash()) || combined.forked.contains(&signed.signer))
            .cloned()
            .collect();
        let kept = self.inner.store.log_links().map_err(store_error)?;
        let mut log_links: Vec<_> = statements.withheld.iter().flat_map(Withheld::links).collect();
        log_links.retain(|link| {
            combined.links.contains(&link.hash()) && !known.contains(&link.entry) && !kept.contains(link)
        });
        if fresh.is_empty() && log_links.is_empty() {
            return Ok(());
        }
        let side = ybz_store::SideWrites { entries: fresh, log_links, ..ybz_store::SideWrites::default() };
        self.inner.store.commit(self.inner.today(), Vec::new(), side).map_err(store_error)?;
        Ok(())
    }

    fn recheck(&self) -> Done<Answer> {
        let membership = self.membership()?;
        let me = self.me();
        let pairs = pairs(&membership, &me, &self.inner.offices()?, &self.device);
        if pairs.is_empty() {
            return Ok(Answer::Admit(None));
        }
        let peer_offices: Vec<OfficeId> = pairs.iter().map(|pair| pair.theirs).collect();
        self.state.lock().unwrap_or_else(PoisonError::into_inner).pairs = pairs;
        let confirmed = !self.confirmed_offices()?.is_empty();
        let today = serde_json::json!(self.inner.today().to_string());
        let seen = seen_setting(&self.device);
        if self.inner.store.setting(&seen).map_err(store_error)?.as_ref() != Some(&today) {
            self.inner.store.put_setting(&seen, &today).map_err(store_error)?;
        }
        Ok(Answer::Admit(Some(Admission { statements: self.statements(&peer_offices)?, confirmed })))
    }

    fn learn(&self, statements: &Statements) -> Done<()> {
        let combined = self.combined(statements)?;
        let membership = self.membership()?;
        if moves_an_office(&membership, &combined) {
            return Err(ErrorDto::new("not_allowed"));
        }
        self.keep(statements, &combined)?;
        self.recheck().map(|_| ())
    }

    /// Books here that both may read.
    fn books(&self) -> Done<Vec<(BookKey, Vec<ChangeHash>)>> {
        let membership = self.membership()?;
        let (me, pairs) = (self.me(), self.pairs());
        self.inner.store.catalog(&|key| shared(&membership, &me, &self.device, &pairs, key)).map_err(store_error)
    }

    fn holdings(&self, only: Option<&[BookId]>) -> Done<Vec<Holding>> {
        let membership = self.membership()?;
        let pairs = self.pairs();
        let mut out = Vec::new();
        let mut books = self.books()?;
        books.extend(self.staged_only(&membership, &pairs)?);
        for (key, mut heads) in books {
            let id = key.id();
            if only.is_some_and(|only| !only.contains(&id)) {
                continue;
            }
            heads.sort();
            let aside = self.aside(&id)?;
            if heads.is_empty() && aside.is_empty() {
                continue;
            }
            let owed = owed_to(&membership, &pairs, &key).is_some();
            out.push(Holding { entry: CatalogEntry { key, state: BookState::Open, heads, aside }, owed });
        }
        Ok(out)
    }

    /// What need not be sent again of a book: staged changes that are whole, and refused ones.
    fn aside(&self, book: &BookId) -> Done<Vec<ChangeHash>> {
        let mut aside = self.inner.store.aside(book).map_err(store_error)?;
        let refused = self.inner.store.quarantine().map_err(store_error)?;
        aside.extend(refused.into_iter().filter(|row| row.book == *book).map(|row| row.hash));
        aside.sort();
        aside.dedup();
        Ok(aside)
    }

    /// Books of which nothing is accepted yet but something is staged: a cut first delivery goes on from there.
    fn staged_only(&self, membership: &Membership, pairs: &[Pair]) -> Done<Vec<(BookKey, Vec<ChangeHash>)>> {
        let me = self.me();
        let all = self.inner.store.read(|reader| reader.books()).map_err(store_error)?;
        Ok(all
            .into_iter()
            .filter(|info| info.changes == 0 && info.staged > 0)
            .filter(|info| shared(membership, &me, &self.device, pairs, &info.key))
            .map(|info| (info.key, Vec::new()))
            .collect())
    }

    fn catalog(&self) -> Done<Catalog> {
        let membership = self.membership()?;
        let pairs = self.pairs();
        let own = pairs.iter().any(|pair| pair.mine == pair.theirs);
        let keys = if own { Some(keys_digest(&self.keys()?)) } else { None };
        Ok(Catalog { books: self.holdings(None)?, carriers: carriers::offers(&self.inner, &membership, &pairs)?, keys })
    }

    fn compare(&self, entries: &[CatalogEntry], offers: &[Offer]) -> Done<Answer> {
        let membership = self.membership()?;
        let (me, pairs) = (self.me(), self.pairs());
        let mut books = Vec::with_capacity(entries.len());
        for entry in entries {
            if !entry.key.is_sound() || !shared(&membership, &me, &self.device, &pairs, &entry.key) {
                books.push(Compared::Foreign);
                continue;
            }
            let id = entry.key.id();
            let unknown = self.inner.store.unknown(&id, &entry.heads).map_err(store_error)?;
            books.push(if unknown.is_empty() {
                Compared::Covered
            } else {
                let mut samples =
                    self.inner.store.shared_heads(&Party::Device(self.device), &id).map_err(store_error)?;
                samples
                    .extend(self.inner.store.samples(&id, 32usize.saturating_sub(samples.len())).map_err(store_error)?);
                samples.truncate(32);
                Compared::Beyond { samples }
            });
        }
        let wants = carriers::wants(&self.inner, &membership, &pairs, offers)?;
        Ok(Answer::Compared { books, wants })
    }

    fn missing(
        &self,
        key: &BookKey,
        mut have: Vec<ChangeHash>,
        aside: &[ChangeHash],
        wanted: &[ChangeHash],
    ) -> Done<Answer> {
        let membership = self.membership()?;
        if !shared(&membership, &self.me(), &self.device, &self.pairs(), key) {
            return Err(ErrorDto::new("not_allowed"));
        }
        let id = key.id();
        if wanted.is_empty() {
            have.extend(self.inner.store.shared_heads(&Party::Device(self.device), &id).map_err(store_error)?);
        }
        let outgoing = self.inner.store.batch_for(&id, &have, aside, wanted).map_err(store_error)?;
        Ok(Answer::Missing(Batch { changes: outgoing.changes, attestations: outgoing.attestations }))
    }

    fn accept(&self, key: &BookKey, changes: &[Vec<u8>], attestations: Vec<Signed<Attestation>>) -> Done<Answer> {
        let membership = self.membership()?;
        if !key.is_sound() || !shared(&membership, &self.me(), &self.device, &self.pairs(), key) {
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
        let writer = key.writer();
        let authorised = |device: &DeviceId, actor: &ActorId, seq: u64, hash: &ChangeHash| {
            let reader = Reader { office: writer, device: *device };
            // Of a removed device what the cut names stays valid.
            let certificate = membership.certificate(&writer, device);
            certificate.is_some_and(|certificate| certificate.covers(&key.id(), actor, seq, hash))
                && may_write(&membership, reader, key)
        };
        let outcome = self
            .inner
            .store
            .accept(key, Some(&Party::Device(self.device)), parsed, attestations, &authorised)
            .map_err(store_error)?;
        refused.extend(outcome.refused);
        if outcome.accepted > 0 {
            super::service::read_in_later(&self.inner);
        }
        Ok(Answer::Verdict(Verdict {
            heads: outcome.heads,
            aside: self.aside(&key.id())?,
            accepted: u64::try_from(outcome.accepted).unwrap_or(u64::MAX),
            missing: outcome.missing,
            refused,
        }))
    }

    fn acked(&self, acks: &[Ack]) -> Done<()> {
        for ack in acks {
            // Only what this side holds too is shared: the peer may hold more, and must not be taken to lack it.
            let unknown = self.inner.store.unknown(&ack.book, &ack.heads).map_err(store_error)?;
            let heads: Vec<ChangeHash> = ack.heads.iter().filter(|head| !unknown.contains(head)).copied().collect();
            if heads.is_empty() {
                continue;
            }
            self.inner.store.set_shared_heads(&Party::Device(self.device), &ack.book, &heads).map_err(store_error)?;
        }
        Ok(())
    }

    fn sign_receipt(&self, received: Received) -> Done<Answer> {
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
            Received::Books(books) => {
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
        let today = self.inner.today();
        let receipt =
            self.inner.store.sign_receipt(tree, pair.mine, pair.theirs, today, received).map_err(store_error)?;
        let value = serde_json::json!(today.to_string());
        let setting = received_setting(&pair.theirs);
        if self.inner.store.setting(&setting).map_err(store_error)?.as_ref() != Some(&value) {
            self.inner.store.put_setting(&setting, &value).map_err(store_error)?;
        }
        Ok(Answer::Receipt(Some(Box::new(receipt))))
    }

    /// A receipt counts only from a hub of the office to which this node owes the books.
    fn take_receipt(&self, signed: &Signed<Receipt>) -> Done<Option<Received>> {
        let membership = self.membership()?;
        let Ok(receipt) = signed.open() else { return Ok(None) };
        let pairs = self.pairs();
        let fits = membership.tree == Some(receipt.tree)
            && membership.is_hub(&receipt.office, &signed.signer)
            && pairs.iter().any(|pair| pair.mine == receipt.from && pair.theirs == receipt.office);
        if !fits {
            return Ok(None);
        }
        let mut books = Vec::new();
        for (key, heads) in self.books()? {
            let owed = owed_to(&membership, &pairs, &key).is_some_and(|pair| pair.theirs == receipt.office);
            let id = key.id();
            match &receipt.received {
                Received::Catalog { digest } if owed && *digest == self.catalog()?.digest() => books.push((id, heads)),
                Received::Catalog { .. } => {}
                Received::Books(listed) => {
                    if let Some((_, receipted)) = listed.iter().find(|(book, _)| owed && *book == id) {
                        books.push((id, receipted.clone()));
                    }
                }
            }
        }
        let kept = self.inner.store.put_receipt(signed, &books).map_err(store_error)?;
        if kept == HubWord::Stale {
            return Ok(None);
        }
        self.show_receipt(&membership, &receipt)?;
        Ok(Some(receipt.received))
    }

    fn show_receipt(&self, membership: &Membership, receipt: &Receipt) -> Done<()> {
        let (_, millis) = (self.inner.clock)();
        let info = ReceiptInfo {
            on: self.inner.today().to_string(),
            at: local_time(millis),
            by: membership.offices.get(&receipt.office).map(|view| view.name.clone()).unwrap_or_default(),
        };
        if membership.parent(&receipt.from) == Some(receipt.office) {
            let value = serde_json::to_value(&info).map_err(|error| ErrorDto::internal("receipt", &error))?;
            self.inner.store.put_setting(&receipt_setting(&receipt.from), &value).map_err(store_error)?;
        }
        Ok(())
    }

    /// Keys of the offices in which both devices are confirmed, and of no other office on this node.
    fn keys(&self) -> Done<Vec<KeyRow>> {
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

    fn confirmed_offices(&self) -> Done<Vec<OfficeId>> {
        let membership = self.membership()?;
        let me = self.me();
        let both = |office: &OfficeId| {
            [&me, &self.device].into_iter().all(|device| {
                membership
                    .certificate(office, device)
                    .is_some_and(|c| c.confirmed && c.role.writes() && c.removed.is_none())
            })
        };
        let pairs = self.pairs();
        Ok(pairs.iter().filter(|pair| pair.mine == pair.theirs && both(&pair.mine)).map(|pair| pair.mine).collect())
    }

    fn take_keys(&self, rows: Vec<KeyRow>) -> Done<()> {
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

    fn put_carrier(&self, offer: &Offer, at: u64, bytes: &[u8], last: bool) -> Done<Answer> {
        let membership = self.membership()?;
        let whole = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.partial.add(offer, at, bytes, last)
        };
        match whole {
            carriers::Added::Refused => Ok(Answer::Put(false)),
            carriers::Added::More => Ok(Answer::Put(true)),
            carriers::Added::Whole(bytes) => {
                carriers::keep(&self.inner, &membership, &self.pairs(), offer, bytes).map(Answer::Put)
            }
        }
    }
}

/// An office known here would hang below another superior: no peer brings that about by what it says of itself.
fn moves_an_office(before: &Membership, after: &Membership) -> bool {
    before.offices.keys().any(|office| {
        let parent = before.parent(office);
        parent.is_some() && parent != after.parent(office)
    })
}

fn keys_digest(rows: &[KeyRow]) -> Digest {
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

/// Local time of day, for people.
fn local_time(millis: u64) -> String {
    let millis = i64::try_from(millis).unwrap_or_default();
    let Ok(now) = jiff::Timestamp::from_millisecond(millis) else { return String::new() };
    let zoned = now.to_zoned(jiff::tz::TimeZone::system());
    format!("{:02}:{:02}", zoned.hour(), zoned.minute())
}
