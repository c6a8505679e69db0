//! The ways in which something is kept: every commit of the program passes here.

use std::sync::PoisonError;

use ybz_domain::book::{BookKey, RecordOp, Scope};
use ybz_domain::ledger::contents::misplaced;
use ybz_domain::ledger::visit::SEALED;
use ybz_domain::trust::{Reader, may_write};
use ybz_store::{BookEdit, Committed, LogEntry, StoreError};

use super::{Cx, Edits};
use crate::ErrorDto;
use crate::area::Area;
use crate::error::Answer;
use crate::node::store_error;

impl Cx<'_> {
    /// The one door for changes: everything in one transaction, or nothing.
    pub(crate) fn commit(&self, edits: Edits) -> Answer<()> {
        self.through_the_door(edits, |edits| {
            let Edits { books, side, .. } = edits;
            self.node.store.commit_as(self.today, self.who.name.as_deref(), books, side)
        })
    }

    /// The same for steps that are too many for one change of a book: several changes, still all of them or nothing.
    /// `goes_on` is asked before each.
    ///
    /// # Errors
    /// Also `import_cancelled` when it is not to go on.
    pub(crate) fn commit_parts(&self, edits: Edits, goes_on: &mut dyn FnMut() -> bool) -> Answer<()> {
        self.through_the_door(edits, |edits| {
            let Edits { mut books, side, .. } = edits;
            books.retain(|edit| !edit.ops.is_empty());
            self.node.store.commit_watched(self.today, self.who.name.as_deref(), books, side, goes_on)
        })
    }

    fn through_the_door(
        &self,
        mut edits: Edits,
        write: impl FnOnce(Edits) -> Result<Committed, StoreError>,
    ) -> Answer<()> {
        self.must_write()?;
        // Who retires names its last changes: none may slip in behind them.
        let _writes = match edits.books.is_empty() {
            true => None,
            false => {
                let writes = self.node.writing.read().unwrap_or_else(PoisonError::into_inner);
                Self::of(self.node, self.office)?.must_write()?;
                Some(writes)
            }
        };
        for edit in &edits.books {
            self.may_edit(&edit.key)?;
            // What no table lists is not written: the page of what leaves this machine is made from the same table.
            if let Some(field) = edit.ops.iter().find_map(|op| misplaced(&edit.key.kind, op)) {
                return Err(ErrorDto::internal("book", &format!("{field} does not belong into {}", edit.key.kind)));
            }
        }
        if !edits.settles && edits.undoes.is_none() {
            for (_, op) in edits.steps() {
                if let RecordOp::Set { id, field, .. } = op
                    && field == SEALED
                {
                    crate::cases::conflict::must_be_settled(self, id)?;
                }
            }
        }
        if !edits.settles {
            crate::cases::period::must_be_open(self, &edits.books)?;
        }
        crate::cases::upward::check_all(self, &mut edits)?;
        // Before: what is made again after it was deleted is no making any more.
        if self.in_custody() {
            edits.mark_custodian();
        }
        self.revive(&mut edits)?;
        edits.side.action = self.action(edits.undoes);
        self.beside(&mut edits);
        write(edits).map_err(store_error)?;
        Ok(())
    }

    /// Makes a new generation of a book and destroys the old one, in one transaction; each group of steps is one change. The
    /// order that allows it is part of the commit.
    pub(crate) fn commit_renewal(&self, mut edits: Edits, changes: Vec<BookEdit>) -> Result<(), StoreError> {
        self.beside(&mut edits);
        self.node.store.commit_each(self.today, self.who.name.as_deref(), changes, edits.side).map(|_| ())
    }

    /// Carries work over into a new generation and destroys the old one. Nothing is new in it, so nothing is asked again.
    pub(crate) fn commit_carried(&self, mut edits: Edits) -> Result<(), StoreError> {
        self.beside(&mut edits);
        self.node.store.commit(self.today, edits.books, edits.side).map(|_| ())
    }

    /// Keeps the rows of a commit that stand beside the books, and nothing else: this needs no right to write.
    pub(crate) fn commit_beside(&self, mut edits: Edits) -> Answer<()> {
        self.beside(&mut edits);
        self.node.store.commit(self.today, Vec::new(), edits.side).map_err(store_error)?;
        Ok(())
    }

    /// Keeps what stands beside the books in the form in which it is stored.
    fn beside(&self, edits: &mut Edits) {
        if let Some(profile) = &self.who.profile {
            for (_, params) in &mut edits.log {
                params.insert("profile".to_owned(), profile.clone());
            }
        }
        let drafts = std::mem::take(&mut edits.drafts);
        let log = std::mem::take(&mut edits.log);
        edits.side.delete_drafts.extend(drafts.into_iter().map(|(form, key)| (self.draft_form(&form), key)));
        edits.side.log.extend(log.into_iter().map(|(code, params)| LogEntry { on: self.today, code, params }));
    }

    /// This device may change a book of the kind, and the profile at the screen sees it.
    pub(super) fn may_edit(&self, key: &BookKey) -> Answer<()> {
        let device = self.device().id();
        if !may_write(&self.membership, Reader { office: self.office, device }, key) {
            let compared = self.membership.certificate(&self.office, &device).is_some_and(|known| known.confirmed);
            let code = if key.kind.scope() == Scope::Own && compared { "grant_needed" } else { "not_allowed" };
            return Err(ErrorDto::new(code).with("book", &key.kind));
        }
        if !self.sees(&key.kind) {
            let area = if key.kind.scope() == Scope::Own { Area::Households } else { Area::Dues };
            return Err(ErrorDto::new("profile_hides").with("area", area.as_str()));
        }
        Ok(())
    }
}
