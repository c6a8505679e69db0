//! Projection: the read model brought up to date from the records that operations touch, each reread whole.

use std::collections::BTreeSet;

use automerge::{Automerge, Change};
use rusqlite::Connection;
use ybz_domain::book::{RecordView, read_record, record_ids, touched_records};
use ybz_domain::ids::RecordId;

use crate::error::StoreError;
use crate::table::records;

/// Records as a document has them: none for one that is gone.
pub(crate) type Views = Vec<(RecordId, Option<RecordView>)>;

/// The records that these changes touch, as the document has them after the changes.
pub(crate) fn touched_views(doc: &Automerge, changes: &[Change]) -> Views {
    touched_records(doc, changes).into_iter().map(|id| (id, read_record(doc, id))).collect()
}

/// Every record of a document.
pub(crate) fn all_views(doc: &Automerge) -> Vec<RecordView> {
    let ids: BTreeSet<RecordId> = record_ids(doc).into_iter().collect();
    ids.into_iter().filter_map(|id| read_record(doc, id)).collect()
}

/// Writes records into the read model.
pub(crate) fn write(conn: &Connection, book: i64, views: &Views) -> Result<(), StoreError> {
    for (id, view) in views {
        records::project(conn, book, *id, view.as_ref())?;
    }
    records::settle(conn)
}
