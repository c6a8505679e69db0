//! `submitted`: where each month of each office stands that was submitted, derived from what was handed in and said on it. Part of
//! the read model: what a record touches is noted while records are projected and derived anew once they all are.

use rusqlite::{Connection, params};
use ybz_domain::book::{BookKind, RecordView, plain_type};
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::submission::{DECISION, SUBMISSION, SUBMISSION_STEP, months};
use ybz_domain::ledger::verdict::Standing;

use crate::error::StoreError;
use crate::table::decode;

pub(crate) const DROP: &str = "DROP TABLE IF EXISTS submitted; DROP TABLE IF EXISTS submitted_stale;";

pub(crate) const CREATE: &str = "
CREATE TABLE submitted (
    year     INTEGER NOT NULL, -- of the books
    office   BLOB NOT NULL,
    month    TEXT NOT NULL,
    standing TEXT NOT NULL,
    PRIMARY KEY (year, office, month)
) STRICT, WITHOUT ROWID;
CREATE TABLE submitted_stale (office BLOB NOT NULL, year INTEGER NOT NULL, PRIMARY KEY (office, year))
STRICT, WITHOUT ROWID;";

/// Notes that a record was written or removed: the months of its book's office and year are derived anew.
pub(crate) fn touch(conn: &Connection, rtype: &str, book: i64) -> Result<(), StoreError> {
    if [SUBMISSION, SUBMISSION_STEP, DECISION].contains(&plain_type(rtype)) {
        touch_book(conn, book)?;
    }
    Ok(())
}

/// The same, whatever the book holds.
pub(crate) fn touch_book(conn: &Connection, book: i64) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT OR IGNORE INTO submitted_stale (office, year)
         SELECT office, year FROM books WHERE id = ?1 AND kind IN ('up/tasks', 'down/dispatch')",
    )?
    .execute(params![book])?;
    Ok(())
}

/// Derives anew what was noted.
pub(crate) fn settle(conn: &Connection) -> Result<(), StoreError> {
    let stale: Vec<(OfficeId, i16)> = {
        let mut statement = conn.prepare_cached("SELECT office, year FROM submitted_stale")?;
        let rows = statement.query_map([], |row| Ok((OfficeId(row.get(0)?), row.get(1)?)))?;
        rows.collect::<Result<_, _>>()?
    };
    if stale.is_empty() {
        return Ok(());
    }
    for (office, year) in &stale {
        conn.prepare_cached("DELETE FROM submitted WHERE year = ?1 AND office = ?2")?
            .execute(params![year, office.0])?;
        let own = views(conn, office, *year, &BookKind::tasks())?;
        let sent_down = views(conn, office, *year, &BookKind::dispatch())?;
        for (month, standing) in months(office, &own, &sent_down) {
            conn.prepare_cached("INSERT INTO submitted (year, office, month, standing) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![year, office.0, month, standing.as_str()])?;
        }
    }
    conn.execute("DELETE FROM submitted_stale", [])?;
    Ok(())
}

/// What an office's books of a year and kind hold about submitting.
fn views(conn: &Connection, office: &OfficeId, year: i16, kind: &BookKind) -> Result<Vec<RecordView>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT view FROM records INDEXED BY records_book
         WHERE book IN (SELECT id FROM books b WHERE b.office = ?1 AND b.kind = ?2 AND b.year = ?3)
             AND rtype IN (?4, ?5, ?6) ORDER BY id, book",
    )?;
    let values = params![office.0, kind.to_string(), year, SUBMISSION, SUBMISSION_STEP, DECISION];
    let rows = statement.query_map(values, |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|view| decode(&view?, "records")).collect()
}

/// Office, month and standing of every month that was submitted in books of a year.
pub(crate) fn of_year(conn: &Connection, year: i16) -> Result<Vec<(OfficeId, String, Standing)>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT office, month, standing FROM submitted WHERE year = ?1")?;
    let rows = statement.query_map(params![year], |row| {
        Ok((OfficeId(row.get(0)?), row.get::<_, String>(1)?, row.get::<_, String>(2)?))
    })?;
    let read = |row: rusqlite::Result<(OfficeId, String, String)>| {
        let (office, month, standing) = row?;
        let standing = Standing::from_word(&standing).ok_or(StoreError::Garbled("submitted"))?;
        Ok((office, month, standing))
    };
    rows.map(read).collect()
}
