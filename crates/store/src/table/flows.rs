//! `flows`: items of flows with where they stand, derived from each item, its template and the events about it. Part of the
//! read model: what a record touches is noted while records are projected and derived anew once they all are.
//!
//! An item of a version whose template is not known ([`super::flow_templates`]) has a row that says so.

use rusqlite::{Connection, params};
use ybz_domain::book::{BookKey, BookKind, plain_type};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::flow::{Charge, Due, Event, FLOW_EVENT, FLOW_ITEM, Flow, Item, Side, course};

use crate::error::StoreError;
use crate::table::books::{self, BookRow};
use crate::table::flow_templates::Templates;
use crate::table::records::{self, Stored};

pub(crate) const DROP: &str = "
DROP TABLE IF EXISTS flows; DROP TABLE IF EXISTS flow_words; DROP TABLE IF EXISTS flows_stale;";

/// Rows stand by book, so that a list of some offices reads what is theirs and a list of all reads once through. What searches
/// look into stands apart: lists without a text need not read it.
pub(crate) const CREATE: &str = "
CREATE TABLE flows (
    book     INTEGER NOT NULL,
    id       BLOB NOT NULL CHECK (length(id) = 16),
    flow     TEXT NOT NULL,
    version  TEXT NOT NULL,
    known    INTEGER NOT NULL, -- the template is
    state    TEXT NOT NULL,
    place    INTEGER NOT NULL, -- of the state in the template
    disputed INTEGER NOT NULL,
    awaits   INTEGER NOT NULL, -- goes on by the word of the office above alone
    counts   TEXT NOT NULL,    -- words, each between commas
    rates    TEXT NOT NULL,    -- of which it is in the denominator: `closure:1`, 1 where in the numerator too, by blanks
    deadline TEXT NOT NULL,    -- the running one
    due      TEXT NOT NULL,    -- its day
    met      TEXT NOT NULL,    -- the day on which it was met
    day      TEXT NOT NULL,    -- the item's own
    month    TEXT NOT NULL,
    title    TEXT NOT NULL,
    category TEXT NOT NULL,
    form     TEXT NOT NULL,
    channel  TEXT NOT NULL,
    source   TEXT NOT NULL,
    part_of  TEXT NOT NULL,
    leader   TEXT NOT NULL,    -- who has it in hand now, as the next two
    person   TEXT NOT NULL,
    unit     TEXT NOT NULL,
    PRIMARY KEY (book, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX flows_id ON flows (id);
CREATE INDEX flows_tally ON flows (flow, book, month, rates, unit);
CREATE INDEX flows_day ON flows (day, flow);
CREATE INDEX flows_due ON flows (due) WHERE due <> '';
CREATE INDEX flows_source ON flows (source) WHERE source <> '';
CREATE INDEX flows_part ON flows (part_of) WHERE part_of <> '';
CREATE TABLE flow_words (
    id    BLOB NOT NULL,
    book  INTEGER NOT NULL,
    words TEXT NOT NULL,       -- lowercase
    PRIMARY KEY (id, book)
) STRICT, WITHOUT ROWID;
CREATE TABLE flows_stale (id TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;";

/// Notes that a record was written or removed: the item that it is, or is about, is derived anew.
pub(crate) fn touch(conn: &Connection, rtype: &str, id: &RecordId, about: &str) -> Result<(), StoreError> {
    let item = match plain_type(rtype) {
        FLOW_ITEM => id.to_string(),
        FLOW_EVENT if !about.is_empty() => about.to_owned(),
        _ => return Ok(()),
    };
    conn.prepare_cached("INSERT OR IGNORE INTO flows_stale (id) VALUES (?1)")?.execute(params![item])?;
    Ok(())
}

/// Notes every item that a book has or speaks of, before its records go.
pub(crate) fn touch_book(conn: &Connection, book: i64) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT OR IGNORE INTO flows_stale (id)
         SELECT CASE rtype WHEN 'flow_event' THEN about ELSE lower(hex(id)) END FROM records
         WHERE book = ?1 AND rtype IN ('flow_item', 'flow_event')",
    )?
    .execute(params![book])?;
    Ok(())
}

/// Notes every item that names a version of a template.
pub(crate) fn touch_version(conn: &Connection, flow: &str, version: &str) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT OR IGNORE INTO flows_stale (id) SELECT lower(hex(id)) FROM flows WHERE flow = ?1 AND version = ?2",
    )?
    .execute(params![flow, version])?;
    Ok(())
}

/// Derives anew what was noted.
pub(crate) fn settle(conn: &Connection) -> Result<(), StoreError> {
    let stale: Vec<String> = {
        let mut statement = conn.prepare_cached("SELECT id FROM flows_stale")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    if stale.is_empty() {
        return Ok(());
    }
    let mut templates = Templates::default();
    for id in stale.iter().filter_map(|id| id.parse::<RecordId>().ok()) {
        conn.prepare_cached("DELETE FROM flows WHERE id = ?1")?.execute(params![id.0])?;
        conn.prepare_cached("DELETE FROM flow_words WHERE id = ?1")?.execute(params![id.0])?;
        for stored in records::all_of(conn, &id)? {
            let Some(item) = Item::read(&stored.view) else { continue };
            if let Some(book) = books::by_row(conn, stored.book)? {
                derive(conn, &mut templates, &book, (id, &item))?;
            }
        }
    }
    conn.execute("DELETE FROM flows_stale", [])?;
    Ok(())
}

/// Events about an item in the books of its office that speak about it, each with whose hand it is from. What stands elsewhere
/// under the same id says nothing.
pub(crate) fn events(conn: &Connection, key: &BookKey, id: &RecordId) -> Result<Vec<(Stored, Side)>, StoreError> {
    let mut out = Vec::new();
    for kind in [BookKind::tasks(), BookKind::dispatch(), BookKind::desk()] {
        let Some(side) = Side::of_book(&kind).filter(|_| Side::speaks(&kind, &key.kind)) else { continue };
        let found = records::about_in(conn, id, FLOW_EVENT, &key.office, &kind)?;
        out.extend(found.into_iter().map(|stored| (stored, side)));
    }
    Ok(out)
}

/// What the columns beside the item's own words hold.
#[derive(Default)]
struct Derived {
    known: bool,
    state: String,
    place: i64,
    disputed: bool,
    awaits: bool,
    counts: String,
    rates: String,
    due: Option<Due>,
    charge: Charge,
}

impl Derived {
    fn of(flow: &Flow, item: &Item, events: &[Event]) -> Self {
        let course = course(flow, events);
        let counts = course.counts();
        let rates = flow.rates.iter().filter_map(|rate| Some((&rate.id, rate.counts(&counts)?)));
        let rates: Vec<String> = rates.map(|(rate, with)| format!("{rate}:{}", u8::from(with))).collect();
        let words: Vec<&str> = counts.iter().copied().collect();
        Self {
            known: true,
            place: flow
                .states
                .iter()
                .zip(0..)
                .find(|(state, _)| state.id == course.state)
                .map_or(0, |(_, place)| place),
            disputed: course.disputed,
            awaits: flow.awaits(&course.state).is_some(),
            counts: if words.is_empty() { String::new() } else { format!(",{},", words.join(",")) },
            rates: rates.join(" "),
            due: course.running(&item.on, &item.due),
            charge: course.charge(item),
            state: course.state,
        }
    }

    /// Of an item whose template is not here nothing is guessed.
    fn unknown(item: &Item) -> Self {
        let (leader, person, unit) = (item.leader.clone(), item.person.clone(), item.unit.clone());
        Self { charge: Charge { leader, person, unit }, ..Self::default() }
    }
}

fn derive(
    conn: &Connection,
    templates: &mut Templates,
    book: &BookRow,
    (id, item): (RecordId, &Item),
) -> Result<(), StoreError> {
    if Side::of_book(&book.key.kind).is_none() {
        return Ok(());
    }
    let now = match templates.find(conn, &book.key.office, &item.flow, &item.version)? {
        None => Derived::unknown(item),
        Some(flow) => {
            let stored = events(conn, &book.key, &id)?;
            let events: Vec<Event> =
                stored.iter().filter_map(|(stored, side)| Event::read(&stored.view, *side)).collect();
            Derived::of(flow, item, &events)
        }
    };
    let words = [&item.title, &item.text, &now.charge.leader, &now.charge.person, &now.charge.unit];
    let words = words.map(|word| word.to_lowercase()).join("\n");
    conn.prepare_cached("INSERT INTO flow_words (id, book, words) VALUES (?1, ?2, ?3)")?
        .execute(params![id.0, book.id, words])?;
    let by = now.due.as_ref().map(|due| due.by.to_string()).unwrap_or_default();
    let met = now.due.as_ref().and_then(|due| due.met_on).map(|day| day.to_string()).unwrap_or_default();
    conn.prepare_cached(
        "INSERT INTO flows (book, id, flow, version, known, state, place, disputed, counts, rates, deadline, due, met, day,
             month, title, category, form, channel, source, part_of, leader, person, unit, awaits)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, substr(?14, 1, 7), ?15, ?16, ?17, ?18, ?19,
             ?20, ?21, ?22, ?23, ?24)",
    )?
    .execute(params![
        book.id,
        id.0,
        item.flow,
        item.version,
        now.known,
        now.state,
        now.place,
        now.disputed,
        now.counts,
        now.rates,
        now.due.map(|due| due.deadline).unwrap_or_default(),
        by,
        met,
        item.on,
        item.title,
        item.category,
        item.form,
        item.channel,
        item.source,
        item.group,
        now.charge.leader,
        now.charge.person,
        now.charge.unit,
        now.awaits,
    ])?;
    Ok(())
}
