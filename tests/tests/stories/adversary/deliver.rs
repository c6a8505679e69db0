//! A delivery by a puppet: what it claims, what it sends, and what the victim makes of it.

use ybz_domain::accept::{Attestation, Refusal};
use ybz_domain::book::BookKey;
use ybz_domain::ids::{BookId, ChangeHash};
use ybz_domain::sign::Signed;
use ybz_domain::trust::Received;
use ybz_sync::catalog::{BookState, CatalogEntry};
use ybz_sync::wire::{Ack, Announced, Changes, Frame, Listing, Reply};

use super::puppet::{Puppet, Told, Victim};

/// Changes and the words that vouch for them.
pub type Batch = (Vec<Vec<u8>>, Vec<Signed<Attestation>>);

/// A reply that claims to hold more of some books than the victim does.
pub fn claims(books: impl IntoIterator<Item = BookKey>) -> Frame {
    let entry = |key| CatalogEntry { key, state: BookState::Open, heads: vec![ChangeHash([7; 32])], aside: Vec::new() };
    let announced = |key| Announced { entry: entry(key), covers: true, samples: Vec::new() };
    Frame::Reply(Box::new(Reply { books: books.into_iter().map(announced).collect(), ..Reply::default() }))
}

impl Puppet {
    /// One session in which this batch is sent.
    pub async fn deliver(&self, victim: &Victim, key: &BookKey, batch: Batch) -> Told {
        self.deliver_all(victim, key, vec![batch]).await
    }

    /// One session in which these batches are sent, one after the other.
    pub async fn deliver_all(&self, victim: &Victim, key: &BookKey, batches: Vec<Batch>) -> Told {
        let book = key.id();
        let mut call = self.call(victim).await;
        if !call.until(|frame| matches!(frame, Frame::Listing(_) | Frame::Refused(_))).await || call.told.refused() {
            return call.told;
        }
        call.raw.say(claims([key.clone()])).await;
        let mut left = batches.len();
        for (changes, attestations) in batches {
            left -= 1;
            call.raw.say(Frame::Changes(Box::new(Changes { book, changes, attestations, more: left > 0 }))).await;
        }
        call.raw.say(Frame::Sent).await;
        let (mut dealt_with, mut heard_all) = (false, false);
        while !(dealt_with && heard_all) {
            if !call.until(|frame| matches!(frame, Frame::Need(..) | Frame::Sent | Frame::Done)).await {
                return call.told;
            }
            match call.told.frames.last() {
                Some(Frame::Need(book, _)) => {
                    let nothing = Changes { book: *book, changes: Vec::new(), attestations: Vec::new(), more: false };
                    call.raw.say(Frame::Changes(Box::new(nothing))).await;
                }
                Some(Frame::Sent) => {
                    call.raw.say(Frame::Done).await;
                    heard_all = true;
                }
                _ => dealt_with = true,
            }
        }
        call.raw.finish();
        call.ended().await
    }
}

impl Told {
    /// The one refusal, before anything was said.
    pub fn refused(&self) -> bool {
        matches!(self.frames[..], [Frame::Refused(_)])
    }

    /// What it says it holds.
    pub fn listing(&self) -> Option<&Listing> {
        self.frames.iter().find_map(|frame| match frame {
            Frame::Listing(listing) => Some(&**listing),
            _ => None,
        })
    }

    /// How a book stood after the last batch.
    pub fn ack(&self, key: &BookKey) -> Option<&Ack> {
        let acks = self.frames.iter().rev().filter_map(|frame| match frame {
            Frame::Ack(ack) => Some(ack),
            _ => None,
        });
        acks.into_iter().find(|ack| ack.book == key.id())
    }

    /// Why changes were refused, in the order in which they were.
    pub fn reasons(&self) -> Vec<Refusal> {
        let acks = self.frames.iter().filter_map(|frame| match frame {
            Frame::Ack(ack) => Some(ack),
            _ => None,
        });
        acks.flat_map(|ack| ack.refused.iter().map(|(_, refusal)| refusal.clone())).collect()
    }

    /// What it asked for.
    pub fn needs(&self) -> Vec<ChangeHash> {
        let needs = self.frames.iter().filter_map(|frame| match frame {
            Frame::Need(_, hashes) => Some(hashes.clone()),
            _ => None,
        });
        needs.flatten().collect()
    }

    /// Changes that it sent, of all books.
    pub fn changes(&self) -> Vec<(BookId, Vec<Vec<u8>>)> {
        let sent = self.frames.iter().filter_map(|frame| match frame {
            Frame::Changes(changes) if !changes.changes.is_empty() => Some((changes.book, changes.changes.clone())),
            _ => None,
        });
        sent.collect()
    }

    /// Heads that it receipted.
    pub fn receipted(&self) -> Vec<ChangeHash> {
        let books = self.frames.iter().filter_map(|frame| match frame {
            Frame::Receipt(receipt) => match receipt.open().unwrap().received {
                Received::Books(books) => Some(books),
                Received::Catalog { .. } | Received::Held { .. } => None,
            },
            _ => None,
        });
        books.flatten().flat_map(|(_, heads)| heads).collect()
    }
}
