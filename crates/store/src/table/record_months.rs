//! `record_months`: how many records of each type a book has in each month. Part of the read model, kept up as records are
//! written, so that the matrix counts no records.

use rusqlite::{Connection, params};
use ybz_domain::book::RecordView;
use ybz_domain::ledger::IndexRow;
use ybz_domain::ledger::contents::CUSTODIAN;

use crate::error::StoreError;

pub(crate) const DROP: &str = "DROP TABLE IF EXISTS record_months;";

pub(crate) const CREATE: &str = "
CREATE TABLE record_months (
    rtype     TEXT NOT NULL,
    month     TEXT NOT NULL,    -- 2026-03
    book      INTEGER NOT NULL,
    state     TEXT NOT NULL,
    custodian INTEGER NOT NULL, -- entered under a custodian's certificate
    count     INTEGER NOT NULL,
    PRIMARY KEY (rtype, month, book, state, custodian)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_months_book ON record_months (book);";

/// Records that are counted together.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    rtype: String,
    month: String,
    state: String,
    custodian: bool,
}

impl Cell {
    /// Where a record counts; none for one without a date.
    pub(crate) fn of(view: &RecordView, row: &IndexRow) -> Option<Self> {
        let month: String = row.date.chars().take(7).collect();
        let custodian = view.flag(CUSTODIAN);
        (!month.is_empty()).then(|| Self { rtype: view.rtype.clone(), month, state: row.state.clone(), custodian })
    }
}

/// A record counts elsewhere than before; none: nowhere.
pub(crate) fn moved(conn: &Connection, book: i64, before: Option<&Cell>, now: Option<&Cell>) -> Result<(), StoreError> {
    if before == now {
        return Ok(());
    }
    for (cell, by) in [(before, -1), (now, 1)] {
        let Some(Cell { rtype, month, state, custodian }) = cell else { continue };
        conn.prepare_cached(
            "INSERT INTO record_months (rtype, month, book, state, custodian, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET count = count + excluded.count",
        )?
        .execute(params![rtype, month, book, state, custodian, by])?;
    }
    Ok(())
}

/// Forgets a book.
pub(crate) fn delete_book(conn: &Connection, book: i64) -> Result<(), StoreError> {
    conn.execute("DELETE FROM record_months WHERE book = ?1", params![book])?;
    Ok(())
}

/// A row.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) book: i64,
    pub(crate) month: String,
    pub(crate) state: String,
    pub(crate) custodian: bool,
    pub(crate) count: u32,
}

/// Numbers of records of a type in some months.
pub(crate) fn of_type(conn: &Connection, rtype: &str, from: &str, to: &str) -> Result<Vec<Row>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT book, month, state, custodian, count FROM record_months
         WHERE rtype = ?1 AND month >= ?2 AND month <= ?3 AND count > 0",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        let (book, month, state) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Row { book, month, state, custodian: row.get(3)?, count: row.get(4)? })
    };
    Ok(statement.query_map(params![rtype, from, to], read)?.collect::<Result<_, _>>()?)
}
