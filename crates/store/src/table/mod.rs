//! The tables, one file each: its shape and the statements on it.

pub(crate) mod actions;
pub(crate) mod attestations;
pub(crate) mod books;
pub(crate) mod carriers;
pub(crate) mod change_index;
pub(crate) mod changes;
pub(crate) mod charters;
pub(crate) mod concern_states;
pub(crate) mod damaged;
pub(crate) mod drafts;
pub(crate) mod dropped_books;
pub(crate) mod entries;
pub(crate) mod flow_templates;
pub(crate) mod flows;
pub(crate) mod foundings;
pub(crate) mod heads;
pub(crate) mod household_keys;
pub(crate) mod hubs;
pub(crate) mod items;
pub(crate) mod joins;
pub(crate) mod links;
pub(crate) mod local_log;
pub(crate) mod local_offices;
pub(crate) mod log_links;
pub(crate) mod mappings;
pub(crate) mod meta;
pub(crate) mod profiles;
pub(crate) mod quarantine;
pub(crate) mod receipts;
pub(crate) mod record_months;
pub(crate) mod records;
pub(crate) mod search;
pub(crate) mod settings;
pub(crate) mod shared_heads;
pub(crate) mod snapshots;
pub(crate) mod staged;
pub(crate) mod submitted;
pub(crate) mod text_writes;
pub(crate) mod tickets;

use jiff::civil::Date;
use rusqlite::{Row, RowIndex};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::StoreError;

/// A count as SQLite keeps it.
pub(crate) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Reads a count.
pub(crate) fn uint(row: &Row<'_>, at: impl RowIndex) -> rusqlite::Result<u64> {
    row.get::<_, i64>(at).map(|number| u64::try_from(number).unwrap_or_default())
}

/// Encodes a value for a BLOB column.
pub(crate) fn encode<T: Serialize>(value: &T, table: &'static str) -> Result<Vec<u8>, StoreError> {
    postcard::to_stdvec(value).map_err(|_| StoreError::Garbled(table))
}

/// Decodes a BLOB column.
pub(crate) fn decode<T: DeserializeOwned>(bytes: &[u8], table: &'static str) -> Result<T, StoreError> {
    postcard::from_bytes(bytes).map_err(|_| StoreError::Garbled(table))
}

/// Reads a date column.
pub(crate) fn date(text: &str, table: &'static str) -> Result<Date, StoreError> {
    text.parse().map_err(|_| StoreError::Garbled(table))
}

/// Hashes side by side in one BLOB.
pub(crate) fn join_hashes(hashes: &[ybz_domain::ids::ChangeHash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

/// Puts others in the place of some hashes; none when none of these is among them.
pub(crate) fn put_in_place(
    bytes: &[u8],
    others: &std::collections::BTreeMap<
        ybz_domain::ids::ChangeHash,
        std::collections::BTreeSet<ybz_domain::ids::ChangeHash>,
    >,
) -> Option<Vec<u8>> {
    let hashes = split_hashes(bytes);
    if !hashes.iter().any(|hash| others.contains_key(hash)) {
        return None;
    }
    let mut now = std::collections::BTreeSet::new();
    for hash in hashes {
        match others.get(&hash) {
            Some(others) => now.extend(others.iter().copied()),
            None => now.extend([hash]),
        }
    }
    Some(join_hashes(&now.into_iter().collect::<Vec<_>>()))
}

/// Takes such a BLOB apart.
pub(crate) fn split_hashes(bytes: &[u8]) -> Vec<ybz_domain::ids::ChangeHash> {
    bytes.as_chunks::<32>().0.iter().map(|hash| ybz_domain::ids::ChangeHash(*hash)).collect()
}
