//! `actions`: what people did on this device, one row a commit, so that it can be undone as a whole. Local rows: ids and hashes
//! alone, no content. A change that is not here any more (its book was made anew) cannot be undone.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, params};
use ybz_domain::ids::{BookId, ChangeHash, OfficeId, RecordId};

use crate::error::StoreError;
use crate::table::{date, decode, encode};

/// Actions of an office that are kept; the oldest go.
const KEPT: i64 = 500;

pub(crate) const CREATE: &str = "
CREATE TABLE actions (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    office  BLOB NOT NULL,
    made    TEXT NOT NULL, -- ISO 8601
    profile TEXT NOT NULL, -- empty: nobody's
    call    TEXT NOT NULL,
    undoes  INTEGER,
    changes BLOB NOT NULL
) STRICT;
CREATE INDEX actions_office ON actions (office, profile, id);";

/// An action that a commit is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAction {
    /// The office for which it was done.
    pub office: OfficeId,
    /// The profile at the screen; empty: nobody's.
    pub profile: String,
    /// The call that did it, such as `visit.save`.
    pub call: String,
    /// The action that it undoes.
    pub undoes: Option<i64>,
}

/// One change of an action, with the record that it is first about.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ActionChange {
    /// The book.
    pub book: BookId,
    /// The change.
    pub hash: ChangeHash,
    /// The first record that its steps name.
    pub record: RecordId,
    /// How many records it touched.
    pub records: u32,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its number; later ones are higher.
    pub id: i64,
    /// The day.
    pub on: Date,
    /// The profile at the screen; empty: nobody's.
    pub profile: String,
    /// The call that did it.
    pub call: String,
    /// The action that it undid.
    pub undoes: Option<i64>,
    /// One change for each book, in the order of the call.
    pub changes: Vec<ActionChange>,
}

pub(crate) fn put(conn: &Connection, on: Date, new: &NewAction, changes: &[ActionChange]) -> Result<(), StoreError> {
    if changes.is_empty() {
        return Ok(());
    }
    conn.prepare_cached(
        "INSERT INTO actions (office, made, profile, call, undoes, changes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        new.office.0,
        on.to_string(),
        new.profile,
        new.call,
        new.undoes,
        encode(&changes.to_vec(), "actions")?
    ])?;
    conn.prepare_cached(
        "DELETE FROM actions WHERE office = ?1 AND id <= (SELECT max(id) FROM actions WHERE office = ?1) - ?2",
    )?
    .execute(params![new.office.0, KEPT])?;
    Ok(())
}

type Raw = (i64, String, String, String, Option<i64>, Vec<u8>);

fn read(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
}

fn action((id, made, profile, call, undoes, changes): Raw) -> Result<Action, StoreError> {
    Ok(Action { id, on: date(&made, "actions")?, profile, call, undoes, changes: decode(&changes, "actions")? })
}

/// Actions of an office and profile, the newest first.
pub(crate) fn list(conn: &Connection, office: &OfficeId, profile: &str, limit: u32) -> Result<Vec<Action>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, made, profile, call, undoes, changes FROM actions WHERE office = ?1 AND profile = ?2
         ORDER BY id DESC LIMIT ?3",
    )?;
    let rows = statement.query_map(params![office.0, profile, limit], read)?;
    rows.map(|row| action(row?)).collect()
}

/// One action of an office.
pub(crate) fn get(conn: &Connection, office: &OfficeId, id: i64) -> Result<Option<Action>, StoreError> {
    let mut statement = conn
        .prepare_cached("SELECT id, made, profile, call, undoes, changes FROM actions WHERE office = ?1 AND id = ?2")?;
    statement.query_row(params![office.0, id], read).optional()?.map(action).transpose()
}
