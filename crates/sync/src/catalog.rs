//! Catalogs: what both sides hold within the scope of the two, first as one digest, then by office, then by book.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ybz_domain::book::BookKey;
use ybz_domain::ids::{BookId, ChangeHash, OfficeId, tagged_hash};

/// A BLAKE3 digest.
pub type Digest = [u8; 32];

/// What became of a book. Heads alone are compared, so that a dropped or held book equals an open one with its heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BookState {
    /// Open for more.
    Open,
    /// Dropped by order; the heads are the final ones and nothing more is wanted.
    Dropped,
    /// Accepted, but something in it could not be read in.
    Held,
}

/// A book as one side announces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogEntry {
    /// The book.
    pub key: BookKey,
    /// What became of it.
    pub state: BookState,
    /// Accepted heads, sorted.
    pub heads: Vec<ChangeHash>,
    /// Tips of what is kept beyond them with all it builds on, staged or refused: it need not be sent again.
    pub aside: Vec<ChangeHash>,
}

/// A book of this side within the peer's scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// As announced to the peer.
    pub entry: CatalogEntry,
    /// This peer owes a receipt for it: it is ours to deliver to the peer's office.
    pub owed: bool,
}

/// What a carrier is: a signed blob beside the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CarrierKind(pub u8);

impl CarrierKind {
    /// Fact sheet, which a child offers its parent.
    pub const FACT_SHEET: Self = Self(1);
    /// Snapshot, which a committee offers its superior.
    pub const SNAPSHOT: Self = Self(2);
}

/// A carrier as it is offered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Offer {
    /// What it is.
    pub kind: CarrierKind,
    /// Whose.
    pub office: OfficeId,
    /// Of when, such as `2026-03`.
    pub period: String,
    /// BLAKE3 of its bytes.
    pub digest: Digest,
    /// Its bytes.
    pub size: u64,
}

/// All that this side holds within the peer's scope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalog {
    /// Books.
    pub books: Vec<Holding>,
    /// Carriers between the two offices: the current one per kind, office and period.
    pub carriers: Vec<Offer>,
    /// Digest over the household keys, for confirmed devices of one office.
    pub keys: Option<Digest>,
}

impl Catalog {
    /// One digest over everything.
    pub fn digest(&self) -> Digest {
        let entries = self.books.iter().map(|holding| &holding.entry);
        let offices = office_digests(entries.map(|entry| (entry.key.office, entry.key.id(), entry.heads.as_slice())));
        let beside = beside_digest(&self.carriers, self.keys.as_ref());
        total_digest(&offices, &beside)
    }
}

/// A digest for each office over its books' ids and heads.
pub(crate) fn office_digests<'a>(
    books: impl Iterator<Item = (OfficeId, BookId, &'a [ChangeHash])>,
) -> BTreeMap<OfficeId, Digest> {
    let mut offices: BTreeMap<OfficeId, BTreeMap<BookId, Vec<u8>>> = BTreeMap::new();
    for (office, book, heads) in books {
        let mut sorted = heads.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let bytes = sorted.iter().flat_map(|head| head.0).collect();
        offices.entry(office).or_default().insert(book, bytes);
    }
    offices
        .into_iter()
        .map(|(office, books)| {
            let parts: Vec<&[u8]> =
                books.iter().flat_map(|(book, heads)| [book.as_bytes().as_slice(), heads.as_slice()]).collect();
            (office, tagged_hash("ybz catalog office 1", &parts))
        })
        .collect()
}

/// A digest over carriers and household keys.
pub(crate) fn beside_digest(carriers: &[Offer], keys: Option<&Digest>) -> Digest {
    let mut digests: Vec<&Digest> = carriers.iter().map(|offer| &offer.digest).collect();
    digests.sort_unstable();
    digests.dedup();
    let carriers: Vec<u8> = digests.into_iter().flatten().copied().collect();
    tagged_hash("ybz catalog beside 1", &[&carriers, keys.map_or(&[], Digest::as_slice)])
}

/// The digest of digests. Offices without a book count as absent on both sides.
pub(crate) fn total_digest(offices: &BTreeMap<OfficeId, Digest>, beside: &Digest) -> Digest {
    let mut parts: Vec<&[u8]> = vec![beside];
    parts.extend(offices.iter().flat_map(|(office, digest)| [office.as_bytes().as_slice(), digest.as_slice()]));
    tagged_hash("ybz catalog 1", &parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ybz_domain::book::BookKind;

    fn holding(office: u8, kind: BookKind, heads: &[u8], state: BookState) -> Holding {
        let key = BookKey::new(OfficeId([office; 16]), kind, 2026);
        let heads = heads.iter().map(|byte| ChangeHash([*byte; 32])).collect();
        Holding { entry: CatalogEntry { key, state, heads, aside: Vec::new() }, owed: false }
    }

    #[test]
    fn a_digest_looks_at_heads_in_any_order_and_not_at_the_state() {
        let catalog = |books| Catalog { books, ..Catalog::default() }.digest();
        let (a, b) = (
            holding(1, BookKind::visits(), &[1, 2], BookState::Open),
            holding(2, BookKind::dues(), &[3], BookState::Open),
        );
        let a_dropped = holding(1, BookKind::visits(), &[2, 1], BookState::Dropped);
        assert_eq!(catalog(vec![a.clone(), b.clone()]), catalog(vec![b.clone(), a_dropped]));
        let a_more = holding(1, BookKind::visits(), &[1, 2, 4], BookState::Open);
        assert_ne!(catalog(vec![a.clone(), b]), catalog(vec![a_more]), "other heads are another digest");
        let keys = Catalog { books: vec![a.clone()], keys: Some([1; 32]), ..Catalog::default() };
        assert_ne!(keys.digest(), catalog(vec![a]), "household keys are part of it");
    }
}
