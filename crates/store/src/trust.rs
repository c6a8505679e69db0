//! Charters, foundings and entries, and the membership that they amount to.

use std::sync::{Arc, PoisonError};

use ybz_domain::ids::TreeId;
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Charter, Entry, Founding, Link, LogHead, Membership, charter_chain, log_heads};

use crate::error::StoreError;
use crate::side::{SideWrites, pin};
use crate::store::{Store, TRUST};
use crate::table::local_offices::{self, LocalOffice};
use crate::table::{charters, entries, foundings, log_links, meta};

/// Statements kept, and what they amount to together.
#[derive(Debug)]
pub struct Kept {
    /// Derived from all of them.
    pub membership: Arc<Membership>,
    /// The chain of charters.
    pub charters: Vec<Signed<Charter>>,
    /// Foundings, in the order in which they became known.
    pub foundings: Vec<Signed<Founding>>,
    /// Every entry of every log known here.
    pub entries: Vec<Signed<Entry>>,
    /// Places in logs whose entries are not told here.
    pub links: Vec<Link>,
    /// How far each log is known without a gap.
    pub heads: Vec<LogHead>,
}

impl Store {
    /// Membership as the statements kept here make it.
    pub fn membership(&self) -> Result<Arc<Membership>, StoreError> {
        Ok(Arc::clone(&self.kept()?.membership))
    }

    /// The statements kept here and what they amount to; read and derived once, and again when a statement was added.
    pub fn kept(&self) -> Result<Arc<Kept>, StoreError> {
        // Held while it is derived, so that what is derived from older rows never overwrites what is from newer.
        let mut cached = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = cached.as_ref() {
            return Ok(Arc::clone(known));
        }
        let kept = self.0.pool.with(|conn| {
            let tree = meta::array(conn, meta::TREE)?.map(TreeId);
            let (charters, foundings, entries) = (charters::all(conn)?, foundings::all(conn)?, entries::all(conn)?);
            let links = log_links::all(conn)?;
            let charters = tree.map(|tree| charter_chain(&charters, &tree)).unwrap_or_default();
            let membership = Arc::new(Membership::build(tree, &charters, &foundings, &entries, &links));
            let heads = log_heads(&entries, &links, &membership.links);
            Ok(Kept { membership, charters, foundings, entries, links, heads })
        })?;
        let kept = Arc::new(kept);
        *cached = Some(Arc::clone(&kept));
        Ok(kept)
    }

    /// Keeps statements whose signatures hold, all or none. What they mean, and whether they hold in the tree, is for
    /// membership to say. Books are not touched.
    pub fn put_statements(
        &self,
        charters: &[Signed<Charter>],
        foundings: &[Signed<Founding>],
        entries: &[Signed<Entry>],
    ) -> Result<usize, StoreError> {
        self.write(TRUST, |conn| {
            let mut new = 0;
            for signed in charters {
                new += usize::from(charters::put(conn, signed)?);
            }
            for signed in foundings {
                new += usize::from(foundings::put(conn, signed)?);
            }
            for signed in entries {
                new += usize::from(entries::put(conn, signed)?);
            }
            Ok(new)
        })
    }

    /// Writes rows beside the books in one transaction, without an edit of a book.
    pub fn put_side(&self, side: &SideWrites) -> Result<(), StoreError> {
        self.write_tagged(side.tags(), |conn| side.write(conn))
    }

    /// Pins the tree; another one than is pinned already is refused.
    pub fn pin_tree(&self, tree: &TreeId) -> Result<(), StoreError> {
        self.write(TRUST, |conn| pin(conn, tree))
    }

    /// The pinned tree.
    pub fn tree(&self) -> Result<Option<TreeId>, StoreError> {
        Ok(self.0.pool.with(|conn| meta::array(conn, meta::TREE))?.map(TreeId))
    }

    /// The charters kept, in force or not.
    pub fn charters(&self) -> Result<Vec<Signed<Charter>>, StoreError> {
        self.0.pool.with(charters::all)
    }

    /// Foundings, in the order in which they became known.
    pub fn foundings(&self) -> Result<Vec<Signed<Founding>>, StoreError> {
        self.0.pool.with(foundings::all)
    }

    /// Every entry of every log known here.
    pub fn entries(&self) -> Result<Vec<Signed<Entry>>, StoreError> {
        self.0.pool.with(entries::all)
    }

    /// Places in logs whose entries are not told here.
    pub fn log_links(&self) -> Result<Vec<Link>, StoreError> {
        self.0.pool.with(log_links::all)
    }

    /// Offices that this node keeps.
    pub fn local_offices(&self) -> Result<Vec<LocalOffice>, StoreError> {
        self.0.pool.with(local_offices::all)
    }

    /// Enters an office that this node keeps from now on.
    pub fn put_local_office(&self, local: &LocalOffice) -> Result<(), StoreError> {
        self.write(TRUST, |conn| local_offices::put(conn, local))
    }
}
