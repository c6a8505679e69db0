//! Receipts: those this node signs as a hub, and those that make its own books green.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rusqlite::Connection;
use ybz_domain::ids::{BookId, ChangeHash, DeviceId, Incarnation, OfficeId, TreeId};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Receipt, Received};

use crate::error::StoreError;
use crate::outgoing::split_known;
use crate::store::Store;
use crate::table::books::BookRow;
use crate::table::settings::{self, Setting};
use crate::table::shared_heads::{self, Peer};
use crate::table::{books, change_index, heads, hubs, local_log, meta, receipts};
use crate::walk;

/// What a word of a hub about itself did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HubWord {
    /// It goes on from what was known.
    Follows,
    /// The hub lost what it held: everything it signed for before was voided.
    Voided,
    /// It is of a life of the hub that is over, and was not taken.
    Stale,
}

/// What is shown of a receipt kept for a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookReceipt {
    /// The office that received.
    pub office: OfficeId,
    /// The device that signed.
    pub device: DeviceId,
    /// The hub's date.
    pub on: Date,
}

/// A line of another device's local log that must be there: a receipt named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogAnchor {
    /// Whose log.
    pub device: DeviceId,
    /// For which office it signed.
    pub office: OfficeId,
    /// The day of the receipt.
    pub on: Date,
    /// Hash of the last line then.
    pub head: [u8; 32],
}

impl Store {
    /// Counts one more receipt in this life of the database and signs it, with a setting beside it. Call it after
    /// acceptance is on disk.
    pub fn sign_receipt(
        &self,
        tree: TreeId,
        office: OfficeId,
        from: OfficeId,
        on: Date,
        received: Received,
        beside: Option<&Setting>,
    ) -> Result<Signed<Receipt>, StoreError> {
        let device = self.device();
        self.write("sync", |conn| {
            put_beside(conn, beside)?;
            let incarnation = meta::array(conn, meta::INCARNATION)?.ok_or(StoreError::Garbled("meta"))?;
            let counter = next_counter(conn)?;
            let log_head = local_log::anchor(conn)?;
            let incarnation = Incarnation(incarnation);
            let receipt = Receipt { tree, office, from, incarnation, counter, on, log_head, received };
            Ok(Signed::sign(&device, &receipt))
        })
    }

    /// Receipts signed in this life of the database, with its id: what a hub says of itself in a greeting.
    pub fn receipt_counter(&self) -> Result<(Incarnation, u64), StoreError> {
        self.0.pool.with(|conn| {
            let incarnation = meta::array(conn, meta::INCARNATION)?.ok_or(StoreError::Garbled("meta"))?;
            Ok((Incarnation(incarnation), meta::number(conn, meta::COUNTER)?))
        })
    }

    /// Takes what a hub says of itself in a greeting. A new incarnation or a fallen counter voids what it signed for and
    /// the heads shared with its office and with the device.
    pub fn note_hub(
        &self,
        office: &OfficeId,
        device: &DeviceId,
        life: &Incarnation,
        counter: u64,
    ) -> Result<HubWord, StoreError> {
        self.write("sync", |conn| note(conn, office, device, life, counter, Word::Greeting))
    }

    /// Keeps a receipt whose signer the caller found to be a hub of the office. For equal catalogs `catalog` names the
    /// books and heads that were equal. A setting is put beside it, unless the receipt is stale.
    pub fn put_receipt(
        &self,
        signed: &Signed<Receipt>,
        catalog: &[(BookId, Vec<ChangeHash>)],
        beside: Option<&Setting>,
    ) -> Result<HubWord, StoreError> {
        let receipt = signed.open()?;
        self.write("sync", |conn| {
            let Receipt { office, incarnation, counter, .. } = &receipt;
            let word = note(conn, office, &signed.signer, incarnation, *counter, Word::Receipt)?;
            if word == HubWord::Stale {
                return Ok(word);
            }
            let covered = match &receipt.received {
                Received::Catalog { .. } => catalog,
                Received::Books(books) | Received::Held { sound: books, .. } => books.as_slice(),
            };
            for (book, hashes) in covered {
                let Some(row) = books::find(conn, book)? else { continue };
                let before = receipts::of_hub(conn, row.id, office, &signed.signer)?;
                let hashes = union(conn, &row, before, hashes)?;
                receipts::put(conn, row.id, office, &hashes, signed)?;
            }
            put_beside(conn, beside)?;
            meta::raise_clock_floor(conn, receipt.on)?;
            Ok(word)
        })
    }

    /// Accepted changes of a book that cannot be read in here.
    pub fn held_changes(&self, book: &BookId) -> Result<Vec<ChangeHash>, StoreError> {
        self.0.pool.with(|conn| {
            let Some(row) = books::find(conn, book)? else { return Ok(Vec::new()) };
            let numbers = change_index::held(conn, row.id)?.into_iter();
            let hashes = numbers.filter_map(|n| change_index::by_n(conn, row.id, n).transpose());
            hashes.map(|entry| entry.map(|entry| entry.hash)).collect()
        })
    }

    /// The receipts kept for a book.
    pub fn receipts(&self, book: &BookId) -> Result<Vec<BookReceipt>, StoreError> {
        self.0.pool.with(|conn| {
            let Some(row) = books::find(conn, book)? else { return Ok(Vec::new()) };
            let all = receipts::of_book(conn, row.id)?;
            all.into_iter()
                .map(|signed| {
                    let receipt = signed.peek()?;
                    Ok(BookReceipt { office: receipt.office, device: signed.signer, on: receipt.on })
                })
                .collect()
        })
    }

    /// Heads of other devices' local logs, as the receipts kept here name them: (device, office, day, head).
    pub fn log_anchors(&self) -> Result<Vec<LogAnchor>, StoreError> {
        self.0.pool.with(|conn| {
            let mut out = Vec::new();
            for signed in receipts::all(conn)? {
                // It was checked when it was taken; whoever checks a log with it checks it again.
                let Ok(receipt) = signed.open() else { continue };
                if let Some(head) = receipt.log_head {
                    out.push(LogAnchor { device: signed.signer, office: receipt.office, on: receipt.on, head });
                }
            }
            out.sort_by_key(|anchor| (anchor.office, anchor.device, anchor.on, anchor.head));
            out.dedup();
            Ok(out)
        })
    }

    /// Heads of a book that an office, or (none) any office, signed for.
    pub fn receipted_heads(&self, book: &BookId, by: Option<&OfficeId>) -> Result<Vec<ChangeHash>, StoreError> {
        self.0.pool.with(|conn| match books::find(conn, book)? {
            Some(row) => receipts::heads(conn, row.id, by),
            None => Ok(Vec::new()),
        })
    }

    /// Number of accepted changes of a book that no receipt of the office, or (none) of any office, covers.
    pub fn unsent(&self, book: &BookId, by: Option<&OfficeId>) -> Result<u32, StoreError> {
        self.0.pool.with(|conn| {
            let Some(row) = books::find(conn, book)? else { return Ok(0) };
            let (known, _) = split_known(conn, &row, &receipts::heads(conn, row.id, by)?)?;
            if known.is_empty() {
                return Ok(row.changes);
            }
            let ours: Vec<u32> = heads::of_book(conn, row.id)?.into_iter().map(|(n, _)| n).collect();
            let beyond = walk::beyond(conn, row.id, &ours, &known)?;
            Ok(u32::try_from(beyond.len()).unwrap_or(u32::MAX))
        })
    }
}

/// Puts a setting that is not so already.
fn put_beside(conn: &Connection, beside: Option<&Setting>) -> Result<(), StoreError> {
    match beside {
        Some((name, value)) if settings::get(conn, name)?.as_ref() != Some(value) => settings::put(conn, name, value),
        _ => Ok(()),
    }
}

fn next_counter(conn: &Connection) -> Result<u64, StoreError> {
    let counter = meta::number(conn, meta::COUNTER)? + 1;
    meta::put(conn, meta::COUNTER, &counter.to_le_bytes())?;
    Ok(counter)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// Says how things stand now: a lower counter means that the hub went back in time.
    Greeting,
    /// Says how things stood when it was signed: it may have travelled long, so a lower counter means nothing.
    Receipt,
}

fn note(
    conn: &Connection,
    office: &OfficeId,
    device: &DeviceId,
    life: &Incarnation,
    counter: u64,
    word: Word,
) -> Result<HubWord, StoreError> {
    let back = match hubs::current(conn, device)? {
        None => false,
        Some((current, highest)) if current == *life => {
            if counter < highest && word == Word::Receipt {
                return Ok(HubWord::Follows);
            }
            counter < highest
        }
        Some(_) if hubs::is_over(conn, device, life)? => return Ok(HubWord::Stale),
        Some(_) => true,
    };
    if back {
        receipts::void(conn, device)?;
        shared_heads::void(conn, &Peer::Office(*office))?;
        shared_heads::void(conn, &Peer::Device(*device))?;
    }
    hubs::set(conn, device, life, counter)?;
    Ok(if back { HubWord::Voided } else { HubWord::Follows })
}

/// Heads over both sets; those not known here are kept as they are.
fn union(
    conn: &Connection,
    row: &BookRow,
    before: Vec<ChangeHash>,
    more: &[ChangeHash],
) -> Result<Vec<ChangeHash>, StoreError> {
    let all: BTreeSet<ChangeHash> = before.into_iter().chain(more.iter().copied()).collect();
    let all: Vec<ChangeHash> = all.into_iter().collect();
    let (known, mut out) = split_known(conn, row, &all)?;
    for n in walk::frontier(conn, row.id, &known.into_iter().collect())? {
        out.extend(change_index::by_n(conn, row.id, n)?.map(|entry| entry.hash));
    }
    out.sort_unstable();
    Ok(out)
}
