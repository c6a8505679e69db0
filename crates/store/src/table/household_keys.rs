//! `household_keys`, `erased_households`: keys of sealed values, write-once, and the households whose erasure beats every
//! key at any time.

use rusqlite::{Connection, OptionalExtension, params};
use ybz_domain::ids::{RecordId, Serial};
use ybz_domain::seal::HouseholdKey;
use ybz_domain::sign::Signed;
use ybz_domain::trust::Erasure;

use crate::error::StoreError;
use crate::table::{decode, encode};

pub(crate) const CREATE: &str = "
CREATE TABLE household_keys (
    household BLOB NOT NULL CHECK (length(household) = 16),
    key_id    BLOB NOT NULL CHECK (length(key_id) = 16),
    key       BLOB NOT NULL CHECK (length(key) = 32),
    PRIMARY KEY (household, key_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX household_keys_id ON household_keys (key_id);
CREATE TABLE erased_households (
    household BLOB NOT NULL PRIMARY KEY CHECK (length(household) = 16)
) STRICT, WITHOUT ROWID;";

/// From version 3: on which day it was erased, and by whose order.
pub(crate) const ADD_ORDER: &str = "
ALTER TABLE erased_households ADD COLUMN made TEXT NOT NULL DEFAULT ''; -- ISO 8601; empty: not known
ALTER TABLE erased_households ADD COLUMN signed BLOB NOT NULL DEFAULT x''; -- empty: learned from a mark";

/// A household whose keys were destroyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasedHousehold {
    /// The household (or member).
    pub household: RecordId,
    /// ISO date; empty when it is not known.
    pub on: String,
    /// The order; none when only its mark was seen.
    pub order: Option<Signed<Erasure>>,
}

/// A household's key with its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseholdKeyRow {
    /// The household (or member) it is about.
    pub household: RecordId,
    /// Names the key in each ciphertext.
    pub key_id: Serial,
    /// The key.
    pub key: HouseholdKey,
}

/// Keeps a key; tells whether it is new. A key of an erased household is not kept.
pub(crate) fn put(conn: &Connection, row: &HouseholdKeyRow) -> Result<bool, StoreError> {
    if is_erased(conn, &row.household)? {
        return Ok(false);
    }
    let mut find = conn.prepare_cached("SELECT key FROM household_keys WHERE household = ?1 AND key_id = ?2")?;
    let known: Option<[u8; 32]> =
        find.query_row(params![row.household.0, row.key_id.0], |row| row.get(0)).optional()?;
    match known {
        Some(key) if key == row.key.0 => Ok(false),
        Some(_) => Err(StoreError::KeyTaken(row.household)),
        None => {
            let mut insert =
                conn.prepare_cached("INSERT INTO household_keys (household, key_id, key) VALUES (?1, ?2, ?3)")?;
            insert.execute(params![row.household.0, row.key_id.0, row.key.0])?;
            Ok(true)
        }
    }
}

pub(crate) fn get(conn: &Connection, key_id: &Serial) -> Result<Option<HouseholdKeyRow>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT household, key_id, key FROM household_keys WHERE key_id = ?1 LIMIT 1")?;
    Ok(statement.query_row(params![key_id.0], read).optional()?)
}

pub(crate) fn all(conn: &Connection) -> Result<Vec<HouseholdKeyRow>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT household, key_id, key FROM household_keys ORDER BY household, key_id")?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn of_household(conn: &Connection, household: &RecordId) -> Result<Vec<HouseholdKeyRow>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT household, key_id, key FROM household_keys WHERE household = ?1 ORDER BY key_id")?;
    let rows = statement.query_map(params![household.0], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<HouseholdKeyRow> {
    Ok(HouseholdKeyRow {
        household: RecordId(row.get(0)?),
        key_id: Serial(row.get(1)?),
        key: HouseholdKey(row.get(2)?),
    })
}

/// Destroys every key of a household and refuses them from now on. The first order that is known stays.
pub(crate) fn erase(conn: &Connection, erased: &ErasedHousehold) -> Result<(), StoreError> {
    let household = erased.household.0;
    conn.prepare_cached("DELETE FROM household_keys WHERE household = ?1")?.execute(params![household])?;
    let signed = erased.order.as_ref().map(|order| encode(order, "erased_households")).transpose()?;
    let mut statement = conn.prepare_cached(
        "INSERT INTO erased_households (household, made, signed) VALUES (?1, ?2, ?3)
         ON CONFLICT (household) DO UPDATE SET
             made = CASE WHEN made = '' THEN excluded.made ELSE made END,
             signed = CASE WHEN length(signed) = 0 THEN excluded.signed ELSE signed END",
    )?;
    statement.execute(params![household, erased.on, signed.unwrap_or_default()])?;
    Ok(())
}

/// Takes away every key of a household that is kept here. It is not erased: the same keys may come again.
pub(crate) fn forget(conn: &Connection, household: &RecordId) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM household_keys WHERE household = ?1")?.execute(params![household.0])?;
    Ok(())
}

pub(crate) fn is_erased(conn: &Connection, household: &RecordId) -> Result<bool, StoreError> {
    let mut statement = conn.prepare_cached("SELECT count(*) FROM erased_households WHERE household = ?1")?;
    Ok(statement.query_row(params![household.0], |row| row.get::<_, i64>(0))? > 0)
}

pub(crate) fn erased(conn: &Connection) -> Result<Vec<ErasedHousehold>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT household, made, signed FROM erased_households ORDER BY household")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?)))?;
    rows.map(|row| {
        let (household, on, signed) = row?;
        let order = (!signed.is_empty()).then(|| decode(&signed, "erased_households")).transpose()?;
        Ok(ErasedHousehold { household: RecordId(household), on, order })
    })
    .collect()
}
