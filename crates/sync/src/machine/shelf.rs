//! The shelf: the books this side has admitted into the session, and what is known of them at the peer.
//!
//! **Invariant:** a book that is not on the shelf is neither sent nor named nor asked for.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::BookKey;
use ybz_domain::ids::{BookId, ChangeHash};
use ybz_domain::trust::Received;

use crate::catalog::{BookState, Catalog, CatalogEntry, Digest, Holding, Offer};
use crate::machine::round::Round;

/// A book as the peer has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Theirs {
    /// Accepted heads.
    pub(super) accepted: Vec<ChangeHash>,
    /// Tips of what it keeps beyond.
    pub(super) aside: Vec<ChangeHash>,
    /// Ancestors it named.
    pub(super) samples: Vec<ChangeHash>,
}

impl Theirs {
    /// All hashes the peer is known to hold.
    pub(super) fn have(&self) -> Vec<ChangeHash> {
        let all: BTreeSet<_> = self.accepted.iter().chain(&self.aside).chain(&self.samples).copied().collect();
        all.into_iter().collect()
    }
}

/// A book on the shelf.
#[derive(Debug, Clone)]
pub(super) struct Book {
    pub(super) key: BookKey,
    pub(super) state: BookState,
    /// Accepted heads here, sorted.
    pub(super) heads: Vec<ChangeHash>,
    pub(super) aside: Vec<ChangeHash>,
    pub(super) owed: bool,
    /// None: the peer has not heard of it in this session.
    pub(super) theirs: Option<Theirs>,
    /// Heads for which the peer gave a receipt in this session.
    receipted: Option<Vec<ChangeHash>>,
}

impl Book {
    pub(super) fn entry(&self) -> CatalogEntry {
        CatalogEntry { key: self.key.clone(), state: self.state, heads: self.heads.clone(), aside: self.aside.clone() }
    }

    /// Both sides hold the same, as far as is known.
    pub(super) fn is_equal(&self) -> bool {
        self.theirs.as_ref().is_some_and(|theirs| theirs.accepted == self.heads)
    }

    /// The peer holds what is held here.
    pub(super) fn equal(&mut self) {
        self.theirs = Some(Theirs { accepted: self.heads.clone(), ..Theirs::default() });
    }
}

/// See the module's documentation.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    pub(super) books: BTreeMap<BookId, Book>,
    pub(super) carriers: Vec<Offer>,
    pub(super) keys: Option<Digest>,
    /// Books the peer named that are out of scope: what comes of them is dropped unread.
    pub(super) foreign: BTreeSet<BookId>,
}

impl Shelf {
    /// Replaces the shelf by a catalog; what the peer was seen to have stays known.
    pub(super) fn load(&mut self, catalog: Catalog) {
        let mut before = std::mem::take(&mut self.books);
        self.carriers = catalog.carriers;
        self.carriers.sort();
        self.keys = catalog.keys;
        for holding in catalog.books {
            let id = holding.entry.key.id();
            let known = before.remove(&id);
            self.put(id, holding, known);
        }
    }

    /// Puts a book on the shelf or brings it up to date, and returns its id.
    pub(super) fn update(&mut self, holding: Holding) -> BookId {
        let id = holding.entry.key.id();
        let known = self.books.remove(&id);
        self.put(id, holding, known);
        id
    }

    /// Puts a book on the shelf of which nothing is held here yet.
    pub(super) fn admit(&mut self, key: BookKey) -> BookId {
        let entry = CatalogEntry { key, state: BookState::Open, heads: Vec::new(), aside: Vec::new() };
        self.update(Holding { entry, owed: false })
    }

    fn put(&mut self, id: BookId, holding: Holding, known: Option<Book>) {
        let Holding { entry: CatalogEntry { key, state, mut heads, aside }, owed } = holding;
        heads.sort_unstable();
        heads.dedup();
        let (theirs, receipted) = known.map(|book| (book.theirs, book.receipted)).unwrap_or_default();
        self.foreign.remove(&id);
        self.books.insert(id, Book { key, state, heads, aside, owed, theirs, receipted });
    }

    /// Takes note of a receipt that holds.
    pub(super) fn receipted(&mut self, received: Option<Received>, round: &Round) {
        match received {
            None => {}
            Some(Received::Catalog { digest }) if digest == round.digest => {
                for book in self.books.values_mut() {
                    book.receipted = Some(book.heads.clone());
                }
            }
            Some(Received::Catalog { .. }) => {}
            Some(Received::Books(books) | Received::Held { sound: books, .. }) => {
                for (id, mut heads) in books {
                    heads.sort_unstable();
                    if let Some(book) = self.books.get_mut(&id) {
                        book.receipted = Some(heads);
                    }
                }
            }
        }
    }

    /// Books that the peer is owed, and those of them that are receipted at their present heads.
    pub(super) fn delivery(&self) -> (usize, usize) {
        let owed = self.books.values().filter(|book| book.owed);
        let receipted = owed.clone().filter(|book| book.receipted.as_ref() == Some(&book.heads));
        (owed.count(), receipted.count())
    }
}
