//! What a session asks of the index beside heads: which hashes are known, a batch within a budget, who wrote a value.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::Connection;
use ybz_domain::accept::Attestation;
use ybz_domain::book::{BookKey, declared};
use ybz_domain::ids::{ActorId, BookId, ChangeHash, DeviceId};
use ybz_domain::sign::Signed;

use crate::error::StoreError;
use crate::outgoing::{bytes_of, split_known};
use crate::store::Store;
use crate::table::books::BookRow;
use crate::table::{attestations, books, change_index, changes, heads, quarantine, staged};
use crate::walk;

/// What a peer lacks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// Uncompressed change chunks, dependencies first.
    pub changes: Vec<Vec<u8>>,
    /// Attestations of every actor of these changes, and of those the peer holds without.
    pub attestations: Vec<Signed<Attestation>>,
}

impl Store {
    /// Those of the hashes that are not in the index of a book. All of them for a book that is not here.
    pub fn unknown(&self, book: &BookId, hashes: &[ChangeHash]) -> Result<Vec<ChangeHash>, StoreError> {
        self.0.pool.with(|conn| match books::find(conn, book)? {
            Some(row) => Ok(split_known(conn, &row, hashes)?.1),
            None => Ok(hashes.iter().filter(|hash| !ybz_domain::book::is_genesis(hash)).copied().collect()),
        })
    }

    /// Hashes of a book ever further back from its latest change, at most `limit`.
    pub fn samples(&self, book: &BookId, limit: usize) -> Result<Vec<ChangeHash>, StoreError> {
        self.0.pool.with(|conn| {
            let Some(row) = books::find(conn, book)? else { return Ok(Vec::new()) };
            let (mut out, mut back) = (Vec::new(), 0u32);
            while out.len() < limit && back < row.changes {
                if let Some(entry) = change_index::by_n(conn, row.id, row.changes - back)? {
                    out.push(entry.hash);
                }
                back = back.saturating_mul(2).max(back + 1);
            }
            Ok(out)
        })
    }

    /// What need not be sent again of a book: tips of its staged changes that are here with all they build on, and what
    /// was refused. Sorted.
    pub fn aside(&self, book: &BookId) -> Result<Vec<ChangeHash>, StoreError> {
        self.0.pool.with(|conn| {
            let Some(row) = books::find(conn, book)? else { return Ok(Vec::new()) };
            let mut aside: BTreeSet<ChangeHash> = quarantine::hashes(conn, row.id)?.into_iter().collect();
            let waiting: BTreeMap<ChangeHash, Vec<ChangeHash>> =
                staged::of_book(conn, row.id)?.into_iter().map(|change| (change.meta.hash, change.meta.deps)).collect();
            let mut whole: BTreeSet<ChangeHash> = waiting.keys().copied().collect();
            loop {
                let mut broken = Vec::new();
                for hash in &whole {
                    let deps = waiting.get(hash).map(Vec::as_slice).unwrap_or_default();
                    let open: Vec<ChangeHash> = deps.iter().filter(|dep| !whole.contains(*dep)).copied().collect();
                    if !split_known(conn, &row, &open)?.1.is_empty() {
                        broken.push(*hash);
                    }
                }
                if broken.is_empty() {
                    break;
                }
                for hash in broken {
                    whole.remove(&hash);
                }
            }
            let below: BTreeSet<ChangeHash> = whole.iter().filter_map(|h| waiting.get(h)).flatten().copied().collect();
            aside.extend(whole.into_iter().filter(|hash| !below.contains(hash)));
            Ok(aside.into_iter().collect())
        })
    }

    /// Books of which nothing is accepted yet but something is staged.
    pub fn books_staged_only(&self) -> Result<Vec<BookKey>, StoreError> {
        self.0.pool.with(|conn| {
            let mut out = Vec::new();
            for id in staged::books(conn)? {
                out.extend(books::by_row(conn, id)?.filter(|row| row.changes == 0).map(|row| row.key));
            }
            Ok(out)
        })
    }

    /// Changes that a peer lacks which holds `have`: those wanted and their ancestors, or all. What it keeps `aside` of
    /// them may only lack its attestations, so these go too.
    pub fn batch_for(
        &self,
        book: &BookId,
        have: &[ChangeHash],
        aside: &[ChangeHash],
        wanted: &[ChangeHash],
    ) -> Result<Batch, StoreError> {
        self.0.pool.with(|conn| match books::find(conn, book)? {
            Some(row) => batch(conn, &row, have, aside, wanted),
            None => Ok(Batch::default()),
        })
    }

    /// Highest number held of each actor of a device.
    pub fn seen_of(&self, device: &DeviceId) -> Result<Vec<(ActorId, u64)>, StoreError> {
        Ok(self.actors_of(device)?.into_iter().map(|(_, actor, seq)| (actor, seq)).collect())
    }

    /// The last accepted change of each actor of a device: what a cut of its work names.
    pub fn tips_of(&self, device: &DeviceId) -> Result<Vec<(BookId, ActorId, u64, ChangeHash)>, StoreError> {
        let actors = self.actors_of(device)?;
        self.0.pool.with(|conn| {
            let mut out = Vec::with_capacity(actors.len());
            for (book, actor, _) in actors {
                let Some(row) = books::find(conn, &book)? else { continue };
                if let Some((seq, hash)) = change_index::tip(conn, row.id, &actor)? {
                    out.push((book, actor, seq, hash));
                }
            }
            Ok(out)
        })
    }

    /// Goes on as a new incarnation when a peer has seen higher numbers of this database's present actors than it has made:
    /// then this is an old copy. Tells whether it was.
    pub fn notice_seen(&self, today: Date, seen: &[(ActorId, u64)]) -> Result<bool, StoreError> {
        let (device, nonce) = (self.device().id(), self.incarnation());
        let seen: BTreeMap<ActorId, u64> = seen.iter().copied().collect();
        let overtaken = self.0.pool.with(|conn| {
            if seen.is_empty() {
                return Ok(false);
            }
            for row in books::all(conn)? {
                let actor = ActorId::bind(&device, &row.book, &nonce);
                let Some(seq) = seen.get(&actor) else { continue };
                if change_index::tip(conn, row.id, &actor)?.is_none_or(|(made, _)| *seq > made) {
                    return Ok(true);
                }
            }
            Ok(false)
        })?;
        if overtaken {
            self.begin_new_incarnation(today)?;
        }
        Ok(overtaken)
    }

    /// The device that made an actor's changes; of one of them the day and the declared name, while its bytes are kept.
    pub fn author(
        &self,
        book: &BookId,
        actor: &ActorId,
        change: Option<&ChangeHash>,
    ) -> Result<Option<Author>, StoreError> {
        self.0.pool.with(|conn| {
            let Some(row) = books::find(conn, book)? else { return Ok(None) };
            let Some(device) = attestations::device_of(conn, row.id, actor)? else { return Ok(None) };
            let n = match change {
                Some(hash) => change_index::n_of(conn, row.id, hash)?,
                None => None,
            };
            let bytes = match n {
                Some(n) => changes::get(conn, row.id, n)?,
                None => None,
            };
            let change = bytes.and_then(|bytes| automerge::Change::from_bytes(bytes).ok());
            let by = change.as_ref().and_then(|change| change.message()).and_then(|name| declared(name));
            let on = change.as_ref().and_then(|change| day(change.timestamp()));
            Ok(Some(Author { device, on, declared: by.map(str::to_owned) }))
        })
    }
}

/// Who stands behind a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The device that attested the actor's changes.
    pub device: DeviceId,
    /// The day of the change; none once its bytes are compacted.
    pub on: Option<Date>,
    /// Who the person said to be; proves nothing.
    pub declared: Option<String>,
}

/// The day of a change's time, which is a date only.
fn day(timestamp: i64) -> Option<Date> {
    let days = i32::try_from(timestamp / 86_400).ok()?;
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

fn batch(
    conn: &Connection,
    row: &BookRow,
    have: &[ChangeHash],
    aside: &[ChangeHash],
    wanted: &[ChangeHash],
) -> Result<Batch, StoreError> {
    let (known, _) = split_known(conn, row, have)?;
    let (mut from, _) = split_known(conn, row, wanted)?;
    if from.is_empty() {
        from = heads::of_book(conn, row.id)?.into_iter().map(|(n, _)| n).collect();
    }
    let numbers = walk::beyond(conn, row.id, &from, &known)?;
    let mut out = Batch::default();
    let mut actors: BTreeSet<ActorId> = BTreeSet::new();
    let mut doc = None;
    for n in numbers {
        let (entry, bytes) = bytes_of(conn, row, n, &mut doc)?;
        actors.insert(entry.actor);
        out.changes.push(bytes);
    }
    let accepted: Vec<ChangeHash> = have.iter().filter(|hash| !aside.contains(hash)).copied().collect();
    let (accepted, _) = split_known(conn, row, &accepted)?;
    let (staged, _) = split_known(conn, row, aside)?;
    for n in walk::beyond(conn, row.id, &staged, &accepted)? {
        if let Some(entry) = change_index::by_n(conn, row.id, n)? {
            actors.insert(entry.actor);
        }
    }
    for actor in actors {
        out.attestations.extend(attestations::get(conn, row.id, &actor)?);
    }
    Ok(out)
}
