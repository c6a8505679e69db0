//! Rows that are kept in the same transaction as an edit of books.

use automerge::Automerge;
use rusqlite::Connection;
use ybz_domain::book::{BookKey, FieldView, read_record};
use ybz_domain::ids::{ChangeHash, DeviceId, OfficeId, RecordId, Serial, TreeId};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Charter, Entry, Founding, Link as LogLink};

use crate::error::StoreError;
use crate::listen::Tags;
use crate::outgoing::hashes;
use crate::store::TRUST;
use crate::table::actions::NewAction;
use crate::table::household_keys::{ErasedHousehold, HouseholdKeyRow};
use crate::table::links::Link;
use crate::table::local_log::LogEntry;
use crate::table::local_offices::LocalOffice;
use crate::table::{
    books, charters, drafts, dropped_books, entries, foundings, household_keys, joins, links, local_log, local_offices,
    log_links, meta, settings, tickets,
};

/// A book to destroy by order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropBook {
    /// The book.
    pub key: BookKey,
    /// Its heads as the order names them: what is remembered of it.
    pub heads: Vec<ChangeHash>,
    /// Its heads as they were seen when this was decided. If they are others by now, the commit fails.
    pub seen: Vec<ChangeHash>,
    /// ISO date.
    pub on: String,
}

/// A field of a record as it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenField {
    /// The book.
    pub key: BookKey,
    /// The record.
    pub record: RecordId,
    /// The field.
    pub field: String,
    /// Its values.
    pub view: FieldView,
}

impl SeenField {
    /// The same values by the same actors stand there.
    pub(crate) fn stands(&self, doc: &Automerge) -> bool {
        let said =
            |view: &FieldView| view.values.iter().map(|seen| (seen.actor, seen.value.clone())).collect::<Vec<_>>();
        let record = read_record(doc, self.record);
        let now = record.as_ref().and_then(|record| record.fields.get(&self.field)).map(said);
        now.is_some_and(|now| now == said(&self.view))
    }
}

/// Durable rows beside the books. All of them are kept, or nothing of the whole commit is.
#[derive(Debug, Clone, Default)]
pub struct SideWrites {
    /// Keys of sealed values, write-once.
    pub household_keys: Vec<HouseholdKeyRow>,
    /// Households whose keys are destroyed for ever.
    pub erase_households: Vec<ErasedHousehold>,
    /// Books that are destroyed here.
    pub drop_books: Vec<DropBook>,
    /// Drafts (form, key) that were saved now and go.
    pub delete_drafts: Vec<(String, String)>,
    /// Settings to put.
    pub settings: Vec<(String, serde_json::Value)>,
    /// Links to put.
    pub links: Vec<Link>,
    /// Links to remove.
    pub unlink: Vec<Link>,
    /// Lines of the local log.
    pub log: Vec<LogEntry>,
    /// The tree to pin. A node pins one tree for ever.
    pub tree: Option<TreeId>,
    /// Charters.
    pub charters: Vec<Signed<Charter>>,
    /// Foundings.
    pub foundings: Vec<Signed<Founding>>,
    /// Entries of issuance logs.
    pub entries: Vec<Signed<Entry>>,
    /// Places in logs whose entries are not told here.
    pub log_links: Vec<LogLink>,
    /// Offices kept on this node from now on.
    pub local_offices: Vec<LocalOffice>,
    /// Offices kept on this node no more. Their books stay until they are dropped.
    pub left_offices: Vec<OfficeId>,
    /// Households and members whose keys go from here alone: whoever else has them keeps them.
    pub forget_keys: Vec<RecordId>,
    /// What a person did with this commit, so that it can be undone.
    pub action: Option<NewAction>,
    /// Heads of books as they were seen when this was decided; if they are others by now, the commit fails.
    pub unmoved: Vec<(BookKey, Vec<ChangeHash>)>,
    /// Fields that this commit writes, as they were seen; if other values stand there by now, it fails.
    pub unwritten: Vec<SeenField>,
    /// The invitation that a device takes with this commit; its join waits no longer. Fails when another device took it.
    pub admits: Option<(Serial, DeviceId)>,
}

impl SideWrites {
    /// Whether membership may differ afterwards.
    pub(crate) fn touches_trust(&self) -> bool {
        let Self { tree, charters, foundings, entries, log_links, local_offices, left_offices, .. } = self;
        tree.is_some()
            || !(charters.is_empty() && foundings.is_empty() && entries.is_empty())
            || !(log_links.is_empty() && local_offices.is_empty() && left_offices.is_empty())
    }

    /// The tags of what is written.
    pub(crate) fn tags(&self) -> Tags {
        let all = [
            ("keys", !self.household_keys.is_empty() || !self.erase_households.is_empty()),
            ("drafts", !self.delete_drafts.is_empty()),
            ("settings", !self.settings.is_empty()),
            ("links", !self.links.is_empty() || !self.unlink.is_empty()),
            ("log", !self.log.is_empty()),
            ("joins", self.admits.is_some()),
            (TRUST, self.touches_trust()),
        ];
        let books = self.drop_books.iter().map(|dropped| dropped.key.kind.to_string());
        all.into_iter().filter(|(_, touched)| *touched).map(|(tag, _)| tag.to_owned()).chain(books).collect()
    }

    /// Something is destroyed: where it stood is to be overwritten.
    pub(crate) fn destroys(&self) -> bool {
        !(self.erase_households.is_empty() && self.drop_books.is_empty() && self.forget_keys.is_empty())
    }

    /// Writes the rows.
    pub(crate) fn write(&self, conn: &Connection) -> Result<(), StoreError> {
        for erased in &self.erase_households {
            household_keys::erase(conn, erased)?;
        }
        for DropBook { key, heads, seen, on } in &self.drop_books {
            if let Some(row) = books::find(conn, &key.id())?
                && hashes(conn, &row)? != *seen
            {
                return Err(StoreError::Moved(row.book));
            }
            dropped_books::drop_book(conn, key, heads, on)?;
        }
        for subject in &self.forget_keys {
            household_keys::forget(conn, subject)?;
        }
        for row in &self.household_keys {
            household_keys::put(conn, row)?;
        }
        for (form, key) in &self.delete_drafts {
            drafts::delete(conn, form, key)?;
        }
        for (name, value) in &self.settings {
            settings::put(conn, name, value)?;
        }
        for link in &self.links {
            links::put(conn, link)?;
        }
        for link in &self.unlink {
            links::delete(conn, link)?;
        }
        for entry in &self.log {
            local_log::append(conn, entry)?;
        }
        if let Some(tree) = &self.tree {
            pin(conn, tree)?;
        }
        for signed in &self.charters {
            charters::put(conn, signed)?;
        }
        for signed in &self.foundings {
            foundings::put(conn, signed)?;
        }
        for signed in &self.entries {
            entries::put(conn, signed)?;
        }
        for link in &self.log_links {
            log_links::put(conn, link)?;
        }
        for local in &self.local_offices {
            local_offices::put(conn, local)?;
        }
        for office in &self.left_offices {
            local_offices::delete(conn, office)?;
        }
        if let Some((slot, device)) = &self.admits {
            tickets::take(conn, slot, device)?;
            joins::end(conn, slot)?;
        }
        Ok(())
    }
}

/// Pins the tree; another one than is pinned already is refused.
pub(crate) fn pin(conn: &Connection, tree: &TreeId) -> Result<(), StoreError> {
    match meta::array(conn, meta::TREE)? {
        Some(pinned) if pinned != tree.0 => Err(StoreError::OtherTree(TreeId(pinned))),
        Some(_) => Ok(()),
        None => meta::put(conn, meta::TREE, &tree.0),
    }
}
