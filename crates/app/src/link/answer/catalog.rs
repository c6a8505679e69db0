//! What both sides may hold: catalogs, comparison, and what the peer lacks.

use ybz_domain::book::BookKey;
use ybz_domain::ids::{BookId, ChangeHash};
use ybz_store::Peer as Party;
use ybz_sync::catalog::{BookState, Catalog, CatalogEntry, Holding, Offer};
use ybz_sync::machine::{Answer, Batch, Compared};

use super::keys::keys_digest;
use super::{Done, Peer};
use crate::ErrorDto;
use crate::link::carriers;
use crate::link::scope::owed_to;
use crate::node::store_error;

impl Peer {
    /// Books here that both may read.
    pub(super) fn books(&self) -> Done<Vec<(BookKey, Vec<ChangeHash>)>> {
        let membership = self.membership()?;
        self.inner.store.catalog(&|key| self.in_scope(&membership, key)).map_err(store_error)
    }

    pub(super) fn holdings(&self, only: Option<&[BookId]>) -> Done<Vec<Holding>> {
        let membership = self.membership()?;
        let pairs = self.pairs();
        let mut books = self.books()?;
        // Of these nothing is accepted yet: a cut first delivery goes on from what is staged.
        let staged = self.inner.store.books_staged_only().map_err(store_error)?;
        let staged = staged.into_iter().filter(|key| self.in_scope(&membership, key));
        books.extend(staged.map(|key| (key, Vec::new())));
        let mut out = Vec::new();
        for (key, mut heads) in books {
            let id = key.id();
            if only.is_some_and(|only| !only.contains(&id)) {
                continue;
            }
            heads.sort();
            let aside = self.inner.store.aside(&id).map_err(store_error)?;
            if heads.is_empty() && aside.is_empty() {
                continue;
            }
            let owed = owed_to(&membership, &pairs, &key).is_some();
            out.push(Holding { entry: CatalogEntry { key, state: BookState::Open, heads, aside }, owed });
        }
        Ok(out)
    }

    pub(super) fn catalog(&self) -> Done<Catalog> {
        let membership = self.membership()?;
        let pairs = self.pairs();
        let own = pairs.iter().any(|pair| pair.mine == pair.theirs);
        let keys = if own { Some(keys_digest(&self.keys()?)) } else { None };
        Ok(Catalog { books: self.holdings(None)?, carriers: carriers::offers(&self.inner, &membership, &pairs)?, keys })
    }

    pub(super) fn compare(&self, entries: &[CatalogEntry], offers: &[Offer]) -> Done<Answer> {
        let membership = self.membership()?;
        let pairs = self.pairs();
        let mut books = Vec::with_capacity(entries.len());
        for entry in entries {
            if !entry.key.is_sound() || !self.in_scope(&membership, &entry.key) {
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

    pub(super) fn missing(
        &self,
        key: &BookKey,
        mut have: Vec<ChangeHash>,
        aside: &[ChangeHash],
        wanted: &[ChangeHash],
    ) -> Done<Answer> {
        let membership = self.membership()?;
        if !self.in_scope(&membership, key) {
            return Err(ErrorDto::new("not_allowed"));
        }
        let id = key.id();
        if wanted.is_empty() {
            have.extend(self.inner.store.shared_heads(&Party::Device(self.device), &id).map_err(store_error)?);
        }
        let outgoing = self.inner.store.batch_for(&id, &have, aside, wanted).map_err(store_error)?;
        Ok(Answer::Missing(Batch { changes: outgoing.changes, attestations: outgoing.attestations }))
    }
}
