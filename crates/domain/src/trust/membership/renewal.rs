//! Generations: which book stands in the place of which, by whose order.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Membership;
use crate::book::{BookKey, Scope};
use crate::ids::{ActorId, BookId, ChangeHash, DeviceId, RecordId};
use crate::trust::entry::{Body, Entry, EntryHash};

/// Generations that are followed; more than any book has.
const MAX_GENERATIONS: usize = 4_096;
/// Low bits of a generation that are drawn; above them it counts.
const GENERATION_DRAWN: u32 = 20;

/// A book goes on as another one, and is to be destroyed wherever it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// The signed order.
    pub order: EntryHash,
    /// Who gave it.
    pub by: DeviceId,
    /// When, for people.
    pub on: Date,
    /// The book that ends.
    pub from: BookKey,
    /// The book in its place.
    pub to: BookKey,
    /// Its heads as they were copied.
    pub heads: Vec<ChangeHash>,
    /// Of each actor the last change that was copied.
    pub covers: Vec<(ActorId, u64)>,
    /// What was left out.
    pub without: Vec<(RecordId, String)>,
}

impl Renewal {
    /// Whether a change was copied.
    pub fn covers(&self, actor: &ActorId, seq: u64) -> bool {
        self.covers.iter().any(|(of, last)| of == actor && seq <= *last)
    }
}

impl Membership {
    /// The book that stands in place of this one, through however many orders: one way goes on from its first generation,
    /// and every other generation was replaced on it or overruled.
    pub fn current(&self, book: BookKey) -> BookKey {
        let mut at = BookKey { generation: 0, ..book };
        if self.renewals.is_empty() {
            return at;
        }
        for _ in 0..MAX_GENERATIONS {
            match self.renewals.get(&at.id()) {
                Some(renewal) => at = renewal.to.clone(),
                None => break,
            }
        }
        at
    }

    /// Whether no other book stands in place of this one. A later generation is a book only by the order that made it.
    pub fn is_current(&self, book: &BookKey) -> bool {
        if self.renewals.is_empty() {
            return book.generation == 0;
        }
        self.current(book.clone()) == *book
    }

    /// Every order on the way from a book to the one that stands in its place now.
    pub fn renewals_from(&self, book: &BookKey) -> Vec<&Renewal> {
        let mut out = Vec::new();
        let mut at = self.renewals.get(&book.id());
        while let Some(renewal) = at.filter(|_| out.len() < MAX_GENERATIONS) {
            out.push(renewal);
            at = self.renewals.get(&renewal.to.id());
        }
        out
    }

    /// Every order for any generation of a book that does not stand: one that was overruled, and whatever was ordered for a
    /// generation that only such an order made. Beside each the order that stands where they parted.
    pub fn void_renewals(&self, book: &BookKey) -> Vec<(&Renewal, &Renewal)> {
        let mut out = Vec::new();
        if self.overruled.is_empty() {
            return out;
        }
        let standing = self.renewals_from(&BookKey { generation: 0, ..book.clone() });
        let stands: BTreeSet<BookId> = standing.iter().map(|renewal| renewal.to.id()).collect();
        let mut seen: BTreeSet<EntryHash> = standing.iter().map(|renewal| renewal.order).collect();
        for fork in standing {
            let mut open: Vec<&Renewal> = self.overruled.iter().filter(|order| order.from == fork.from).collect();
            while let Some(order) = open.pop() {
                if !seen.insert(order.order) {
                    continue;
                }
                out.push((order, fork));
                if !stands.contains(&order.to.id()) {
                    open.extend(self.renewals.get(&order.to.id()));
                    open.extend(self.overruled.iter().filter(|next| next.from == order.to));
                }
            }
        }
        out
    }

    /// A keeper renews the books that its office writes for its superior. An order goes one step up and leaves room for the
    /// next one.
    pub(super) fn may_renew(entry: &Entry, book: &BookKey, generation: u32) -> bool {
        let step = |generation: u32| generation >> GENERATION_DRAWN;
        book.kind.scope() == Scope::Up
            && book.writer() == entry.office
            && book.is_sound()
            && generation > book.generation
            && step(generation) <= step(book.generation).saturating_add(1)
            && step(generation) < step(u32::MAX)
    }

    /// Of concurrent orders the one with the lowest hash holds; the others are kept, since what they left out must be left
    /// out again.
    pub(super) fn renew(&mut self, order: EntryHash, by: DeviceId, entry: &Entry) {
        let Body::Renew { book, generation, heads, covers, without } = &entry.body else { return };
        let renewal = Renewal {
            order,
            by,
            on: entry.on,
            from: book.clone(),
            to: BookKey { generation: *generation, ..book.clone() },
            heads: heads.clone(),
            covers: covers.clone(),
            without: without.clone(),
        };
        match self.renewals.get_mut(&book.id()) {
            Some(known) if known.order <= order => self.overruled.push(renewal),
            Some(known) => self.overruled.push(std::mem::replace(known, renewal)),
            None => {
                self.renewals.insert(book.id(), renewal);
            }
        }
    }
}
