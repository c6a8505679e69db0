//! `items`: checklist items with where they stand, derived from each item, the steps about it and the superior's decisions.
//! Part of the read model. What a record touches is noted while records are projected and derived anew once they all are.

use rusqlite::{Connection, params};
use ybz_domain::book::{BookKey, BookKind, plain_type};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::checklist::{DISPATCHED, ITEM, Item, progress};
use ybz_domain::ledger::submission::DECISION;
use ybz_domain::ledger::visit::STEP;

use crate::error::StoreError;
use crate::table::books::{self, BookRow};
use crate::table::records::{self, Stored};

pub(crate) const DROP: &str = "DROP TABLE IF EXISTS items; DROP TABLE IF EXISTS items_stale;";

pub(crate) const CREATE: &str = "
CREATE TABLE items (
    id           BLOB NOT NULL CHECK (length(id) = 16),
    book         INTEGER NOT NULL,
    office       BLOB NOT NULL,
    year         INTEGER NOT NULL,
    origin       TEXT NOT NULL,    -- own, rectification, superior
    state        TEXT NOT NULL,
    finished     INTEGER NOT NULL,
    acknowledged INTEGER NOT NULL,
    disputed     INTEGER NOT NULL,
    deadline     TEXT NOT NULL,
    title        TEXT NOT NULL,
    leader       TEXT NOT NULL,
    person       TEXT NOT NULL,
    about        TEXT NOT NULL,    -- what it belongs to: of items sent down together the same
    words        TEXT NOT NULL,    -- lowercase, what searches look into
    PRIMARY KEY (id, book)
) STRICT;
CREATE INDEX items_due ON items (finished, deadline, id);
-- All that lists filter and sort by without a text, so that they need not read what searches look into.
CREATE INDEX items_list ON items (office, year, finished, state, deadline, title, leader, person, origin, acknowledged,
    disputed, id, book, about);
CREATE INDEX items_about ON items (about) WHERE about <> '';
CREATE INDEX items_leader ON items (office, leader);
CREATE INDEX items_person ON items (office, person);
CREATE TABLE items_stale (id TEXT NOT NULL PRIMARY KEY) STRICT;";

/// Notes that a record was written or removed: the item that it is, or is about, is derived anew.
pub(crate) fn touch(conn: &Connection, rtype: &str, id: &RecordId, about: &str) -> Result<(), StoreError> {
    let item = match plain_type(rtype) {
        ITEM | DISPATCHED => id.to_string(),
        STEP | DECISION if !about.is_empty() => about.to_owned(),
        _ => return Ok(()),
    };
    conn.prepare_cached("INSERT OR IGNORE INTO items_stale (id) VALUES (?1)")?.execute(params![item])?;
    Ok(())
}

/// Notes every item that a book has or speaks of, before its records go.
pub(crate) fn touch_book(conn: &Connection, book: i64) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT OR IGNORE INTO items_stale (id)
         SELECT CASE WHEN rtype IN ('step', 'decision') THEN about ELSE lower(hex(id)) END FROM records
         WHERE book = ?1 AND rtype IN ('item', 'dispatched_item', 'step', 'decision')",
    )?
    .execute(params![book])?;
    Ok(())
}

/// Derives anew what was noted.
pub(crate) fn settle(conn: &Connection) -> Result<(), StoreError> {
    let stale: Vec<String> = {
        let mut statement = conn.prepare_cached("SELECT id FROM items_stale")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    if stale.is_empty() {
        return Ok(());
    }
    for id in stale.iter().filter_map(|id| id.parse::<RecordId>().ok()) {
        conn.prepare_cached("DELETE FROM items WHERE id = ?1")?.execute(params![id.0])?;
        for stored in records::all_of(conn, &id)? {
            if let Some(book) = books::by_row(conn, stored.book)? {
                derive(conn, &book, &stored)?;
            }
        }
    }
    conn.execute("DELETE FROM items_stale", [])?;
    Ok(())
}

/// Steps about an item in its office's own books, and decisions on it in those that were sent down to the office. What
/// stands elsewhere under the same id says nothing.
pub(crate) fn about(conn: &Connection, key: &BookKey, id: &RecordId) -> Result<Vec<Stored>, StoreError> {
    let mut out = Vec::new();
    for stored in records::about(conn, &id.to_string())? {
        let Some(book) = books::by_row(conn, stored.book)? else { continue };
        let kind = match stored.view.rtype.as_str() {
            STEP => BookKind::tasks(),
            DECISION => BookKind::dispatch(),
            _ => continue,
        };
        if book.key.office == key.office && book.key.kind == kind {
            out.push(stored);
        }
    }
    Ok(out)
}

fn derive(conn: &Connection, book: &BookRow, stored: &Stored) -> Result<(), StoreError> {
    let origin = match (stored.view.rtype.as_str(), &book.key.kind) {
        (ITEM, kind) if *kind == BookKind::tasks() => "own",
        (DISPATCHED, kind) if *kind == BookKind::dispatch() => "superior",
        _ => return Ok(()),
    };
    let Some(item) = Item::read(&stored.view) else { return Ok(()) };
    let origin = if origin == "own" && item.origin == "rectification" { "rectification" } else { origin };
    let about = about(conn, &book.key, &stored.view.id)?;
    let of = |rtype: &'static str| about.iter().map(|one| &one.view).filter(move |view| view.rtype == rtype);
    let now = progress(&stored.view, of(STEP), of(DECISION));
    let words = [item.title.as_str(), &item.measure, &item.problem].join("\n").to_lowercase();
    conn.prepare_cached(
        "INSERT INTO items (id, book, office, year, origin, state, finished, acknowledged, disputed, deadline, title,
             leader, person, about, words)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        stored.view.id.0,
        book.id,
        book.key.office.0,
        book.key.year.unwrap_or_default(),
        origin,
        now.state,
        now.finished,
        now.acknowledged,
        now.outcome.disputed,
        item.deadline,
        item.title,
        item.leader,
        now.person,
        stored.row.about,
        words,
    ])?;
    Ok(())
}
