//! The shape of the database. Durable tables migrate in numbered steps; the read model is dropped and rebuilt.

use rusqlite::Connection;

use crate::error::StoreError;
use crate::table::{
    actions, attestations, books, carriers, change_index, changes, charters, concern_states, damaged, drafts,
    dropped_books, entries, flow_templates, flows, foundings, heads, household_keys, hubs, items, joins, links,
    local_log, local_offices, log_links, mappings, meta, profiles, quarantine, receipts, record_months, records,
    search, settings, shared_heads, snapshots, staged, submitted, text_writes, tickets,
};

/// Step `n` leads from version `n` to `n + 1`. A step that was released is never altered: what changes is a new step.
const STEPS: &[&[&str]] = &[
    &[
        meta::CREATE,
        books::CREATE,
        change_index::CREATE,
        changes::CREATE,
        snapshots::CREATE,
        heads::CREATE,
        attestations::CREATE,
        staged::CREATE,
        quarantine::CREATE,
        shared_heads::CREATE,
        hubs::CREATE,
        receipts::CREATE,
        charters::CREATE,
        foundings::CREATE,
        entries::CREATE,
        local_offices::CREATE,
        tickets::CREATE,
        joins::CREATE,
        household_keys::CREATE,
        drafts::CREATE,
        settings::CREATE,
        mappings::CREATE,
        carriers::CREATE,
        local_log::CREATE,
        links::CREATE,
    ],
    &[staged::ADD_SENDER, log_links::CREATE],
    &[profiles::CREATE, household_keys::ADD_ORDER, damaged::CREATE, dropped_books::CREATE],
    &[actions::CREATE],
];

/// Version of the durable tables that this program writes.
pub const SCHEMA_VERSION: u32 = STEPS.len() as u32;

/// Version of the durable tables in the file; 0 when there are none.
pub(crate) fn version(conn: &Connection) -> rusqlite::Result<u32> {
    conn.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Brings the durable tables up to date, each step in one transaction.
pub(crate) fn migrate(conn: &mut Connection) -> Result<(), StoreError> {
    for (from, step) in (0..).zip(STEPS) {
        if version(conn)? != from {
            continue;
        }
        let tx = conn.transaction()?;
        for statements in *step {
            tx.execute_batch(statements)?;
        }
        tx.pragma_update(None, "user_version", from + 1)?;
        tx.commit()?;
    }
    Ok(())
}

/// Whether the read model is of another version, or its making was cut short.
pub(crate) fn read_model_is_old(conn: &Connection) -> Result<bool, StoreError> {
    Ok(meta::array::<4>(conn, meta::READ_MODEL)?.map(u32::from_le_bytes) != Some(records::VERSION))
}

/// Drops the read model and makes an empty one, marked as unfinished.
pub(crate) fn reset_read_model(conn: &mut Connection) -> Result<(), StoreError> {
    let tx = conn.transaction()?;
    for statements in [
        search::DROP,
        records::DROP,
        record_months::DROP,
        items::DROP,
        flows::DROP,
        submitted::DROP,
        concern_states::DROP,
        text_writes::DROP,
        records::CREATE,
        record_months::CREATE,
        items::CREATE,
        flows::CREATE,
        flow_templates::CREATE,
        submitted::CREATE,
        concern_states::CREATE,
        text_writes::CREATE,
        search::CREATE,
    ] {
        tx.execute_batch(statements)?;
    }
    flow_templates::put_builtin(&tx)?;
    meta::put(&tx, meta::READ_MODEL, &0u32.to_le_bytes())?;
    tx.commit()?;
    Ok(())
}

/// Marks the read model as complete.
pub(crate) fn finish_read_model(conn: &Connection) -> Result<(), StoreError> {
    meta::put(conn, meta::READ_MODEL, &records::VERSION.to_le_bytes())
}
