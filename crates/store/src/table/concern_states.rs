//! `concern_states`: where each handed-in concern stands, derived from it, the steps about it and the answers from above. Part of
//! the read model: what a record touches is noted while records are projected and derived anew once they all are.

use rusqlite::{Connection, params};
use ybz_domain::book::{Scope, plain_type};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::answer::{ANSWER, Answer, standing, waits};
use ybz_domain::ledger::visit::{CONCERN, STEP, Step};

use crate::error::StoreError;
use crate::table::books::{self, BookRow};
use crate::table::records::{self, Stored};

pub(crate) const DROP: &str = "DROP TABLE IF EXISTS concern_states; DROP TABLE IF EXISTS concerns_stale;";

pub(crate) const CREATE: &str = "
CREATE TABLE concern_states (
    id       BLOB NOT NULL CHECK (length(id) = 16),
    book     INTEGER NOT NULL,
    standing TEXT NOT NULL,
    waits    INTEGER NOT NULL, -- for a word from above
    day      TEXT NOT NULL,    -- the concern's own
    recorded TEXT NOT NULL,    -- when it was handed in
    PRIMARY KEY (id, book)
) STRICT, WITHOUT ROWID;
CREATE INDEX concerns_waiting ON concern_states (book, day, id) WHERE waits = 1;
CREATE INDEX concerns_day ON concern_states (day, book);
CREATE INDEX concerns_recorded ON concern_states (recorded, book);
CREATE TABLE concerns_stale (id TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;";

/// Notes that a record was written or removed: the concern that it is, or is about, is derived anew.
pub(crate) fn touch(conn: &Connection, rtype: &str, id: &RecordId, about: &str) -> Result<(), StoreError> {
    let concern = match plain_type(rtype) {
        CONCERN => id.to_string(),
        STEP | ANSWER if !about.is_empty() => about.to_owned(),
        _ => return Ok(()),
    };
    conn.prepare_cached("INSERT OR IGNORE INTO concerns_stale (id) VALUES (?1)")?.execute(params![concern])?;
    Ok(())
}

/// Notes every concern that a book has or speaks of, before its records go.
pub(crate) fn touch_book(conn: &Connection, book: i64) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT OR IGNORE INTO concerns_stale (id)
         SELECT CASE rtype WHEN ?2 THEN lower(hex(id)) ELSE about END FROM records
         WHERE book = ?1 AND rtype IN (?2, ?3, ?4)",
    )?
    .execute(params![book, CONCERN, STEP, ANSWER])?;
    Ok(())
}

/// Derives anew what was noted.
pub(crate) fn settle(conn: &Connection) -> Result<(), StoreError> {
    let stale: Vec<String> = {
        let mut statement = conn.prepare_cached("SELECT id FROM concerns_stale")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    if stale.is_empty() {
        return Ok(());
    }
    for id in stale.iter().filter_map(|id| id.parse::<RecordId>().ok()) {
        conn.prepare_cached("DELETE FROM concern_states WHERE id = ?1")?.execute(params![id.0])?;
        for stored in records::all_of(conn, &id)?.iter().filter(|stored| stored.view.rtype == CONCERN) {
            if let Some(book) = books::by_row(conn, stored.book)? {
                derive(conn, &book, stored)?;
            }
        }
    }
    conn.execute("DELETE FROM concerns_stale", [])?;
    Ok(())
}

/// A step counts in a book of the same office, an answer in a dispatch book to it, so that nobody speaks for another.
fn derive(conn: &Connection, book: &BookRow, concern: &Stored) -> Result<(), StoreError> {
    let id = concern.view.id;
    let (mut steps, mut answers) = (Vec::new(), Vec::new());
    for stored in records::about(conn, &id.to_string())? {
        let Some(of) = books::by_row(conn, stored.book)?.filter(|of| of.key.office == book.key.office) else {
            continue;
        };
        match of.key.kind.scope() {
            Scope::Up => steps.extend(Step::read(&stored.view).map(|step| (stored.view.id, step))),
            Scope::Down => answers.extend(Answer::read(&stored.view).map(|answer| (stored.view.id, answer))),
            Scope::Own => {}
        }
    }
    conn.prepare_cached(
        "INSERT INTO concern_states (id, book, standing, waits, day, recorded) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        id.0,
        book.id,
        standing(&steps, &answers).as_str(),
        waits(&steps, &answers),
        concern.row.date,
        concern.view.str("recorded_on")
    ])?;
    Ok(())
}
