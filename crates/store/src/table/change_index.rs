//! `change_index`: what is known of each accepted change. It survives compaction and answers for heads, catalogs, chains
//! and receipts without a document.
//!
//! Within a book, `n` counts changes in the order in which they were accepted: dependencies first. Genesis is 0 and has no
//! row.

use rusqlite::{Connection, OptionalExtension, Row, params};
use ybz_domain::accept::ChangeMeta;
use ybz_domain::ids::{ActorId, ChangeHash};

use crate::error::StoreError;
use crate::table::{int, uint};

pub(crate) const CREATE: &str = "
CREATE TABLE change_index (
    book     INTEGER NOT NULL REFERENCES books (id),
    n        INTEGER NOT NULL,
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    actor    BLOB NOT NULL CHECK (length(actor) = 16),
    seq      INTEGER NOT NULL,
    start_op INTEGER NOT NULL,
    max_op   INTEGER NOT NULL,
    deps     BLOB NOT NULL, -- n of each, 4 bytes little-endian
    state    INTEGER NOT NULL, -- 0 unread, 1 read in, 2 held
    PRIMARY KEY (book, n)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX change_index_hash ON change_index (book, hash);
CREATE UNIQUE INDEX change_index_actor ON change_index (book, actor, seq);
CREATE INDEX change_index_open ON change_index (book, n, state) WHERE state <> 1;";

/// How far a change has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Accepted.
    Unread = 0,
    /// Applied and projected.
    Read = 1,
    /// Cannot be applied, or descends from one that cannot.
    Held = 2,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) n: u32,
    pub(crate) hash: ChangeHash,
    pub(crate) actor: ActorId,
    pub(crate) seq: u64,
    pub(crate) max_op: u64,
    pub(crate) deps: Vec<u32>,
    pub(crate) state: State,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let state: i64 = row.get("state")?;
    Ok(Entry {
        n: row.get("n")?,
        hash: ChangeHash(row.get("hash")?),
        actor: ActorId(row.get("actor")?),
        seq: uint(row, "seq")?,
        max_op: uint(row, "max_op")?,
        deps: split(row.get_ref("deps")?.as_blob()?),
        state: match state {
            0 => State::Unread,
            1 => State::Read,
            _ => State::Held,
        },
    })
}

fn split(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|n| u32::from_le_bytes(*n)).collect()
}

pub(crate) fn insert(
    conn: &Connection,
    book: i64,
    n: u32,
    meta: &ChangeMeta,
    deps: &[u32],
    state: State,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO change_index (book, n, hash, actor, seq, start_op, max_op, deps, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let deps: Vec<u8> = deps.iter().flat_map(|n| n.to_le_bytes()).collect();
    statement.execute(params![
        book,
        n,
        meta.hash.0,
        meta.actor.0,
        int(meta.seq),
        int(meta.start_op),
        int(meta.max_op),
        deps,
        state as i64
    ])?;
    Ok(())
}

pub(crate) fn by_hash(conn: &Connection, book: i64, hash: &ChangeHash) -> Result<Option<Entry>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT n, hash, actor, seq, max_op, deps, state FROM change_index WHERE book = ?1 AND hash = ?2",
    )?;
    Ok(statement.query_row(params![book, hash.0], read).optional()?)
}

pub(crate) fn by_n(conn: &Connection, book: i64, n: u32) -> Result<Option<Entry>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT n, hash, actor, seq, max_op, deps, state FROM change_index WHERE book = ?1 AND n = ?2",
    )?;
    Ok(statement.query_row(params![book, n], read).optional()?)
}

/// Every row of a book in order.
pub(crate) fn of_book(conn: &Connection, book: i64) -> Result<Vec<Entry>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT n, hash, actor, seq, max_op, deps, state FROM change_index WHERE book = ?1 ORDER BY n",
    )?;
    let rows = statement.query_map(params![book], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Rows above a number, in order.
pub(crate) fn after(conn: &Connection, book: i64, n: u32) -> Result<Vec<Entry>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT n, hash, actor, seq, max_op, deps, state FROM change_index WHERE book = ?1 AND n > ?2 ORDER BY n",
    )?;
    let rows = statement.query_map(params![book, n], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The number that a hash has here.
pub(crate) fn n_of(conn: &Connection, book: i64, hash: &ChangeHash) -> Result<Option<u32>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT n FROM change_index WHERE book = ?1 AND hash = ?2")?;
    Ok(statement.query_row(params![book, hash.0], |row| row.get(0)).optional()?)
}

pub(crate) fn deps_of(conn: &Connection, book: i64, n: u32) -> Result<Vec<u32>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT deps FROM change_index WHERE book = ?1 AND n = ?2")?;
    let deps = statement.query_row(params![book, n], |row| Ok(split(row.get_ref(0)?.as_blob()?))).optional()?;
    Ok(deps.unwrap_or_default())
}

/// Latest (seq, hash) of an actor.
pub(crate) fn tip(conn: &Connection, book: i64, actor: &ActorId) -> Result<Option<(u64, ChangeHash)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT seq, hash FROM change_index WHERE book = ?1 AND actor = ?2 ORDER BY seq DESC LIMIT 1",
    )?;
    let read = |row: &Row<'_>| Ok((uint(row, 0)?, ChangeHash(row.get(1)?)));
    Ok(statement.query_row(params![book, actor.0], read).optional()?)
}

/// The hash that an actor's number stands for.
pub(crate) fn at_seq(
    conn: &Connection,
    book: i64,
    actor: &ActorId,
    seq: u64,
) -> Result<Option<ChangeHash>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT hash FROM change_index WHERE book = ?1 AND actor = ?2 AND seq = ?3")?;
    let read = |row: &Row<'_>| row.get(0).map(ChangeHash);
    Ok(statement.query_row(params![book, actor.0, int(seq)], read).optional()?)
}

/// Number here, number of the actor and hash of each of an actor's changes, in order.
pub(crate) fn of_actor(
    conn: &Connection,
    book: i64,
    actor: &ActorId,
) -> Result<Vec<(u32, u64, ChangeHash)>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT n, seq, hash FROM change_index WHERE book = ?1 AND actor = ?2 ORDER BY seq")?;
    let rows =
        statement.query_map(params![book, actor.0], |row| Ok((row.get(0)?, uint(row, 1)?, ChangeHash(row.get(2)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn delete(conn: &Connection, book: i64, n: u32) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM change_index WHERE book = ?1 AND n = ?2")?.execute(params![book, n])?;
    Ok(())
}

/// Moves a change to a number that is free.
pub(crate) fn renumber(conn: &Connection, book: i64, from: u32, to: u32, deps: &[u32]) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("UPDATE change_index SET n = ?3, deps = ?4 WHERE book = ?1 AND n = ?2")?;
    let deps: Vec<u8> = deps.iter().flat_map(|n| n.to_le_bytes()).collect();
    statement.execute(params![book, from, to, deps])?;
    Ok(())
}

/// Changes that are not read in yet, in order.
pub(crate) fn unread(conn: &Connection, book: i64, limit: u32) -> Result<Vec<Entry>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT n, hash, actor, seq, max_op, deps, state FROM change_index
         WHERE book = ?1 AND state = 0 AND state <> 1 ORDER BY n LIMIT ?2",
    )?;
    let rows = statement.query_map(params![book, limit], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Number of changes that are (not read in, held).
pub(crate) fn open(conn: &Connection, book: i64) -> Result<(u32, u32), StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT coalesce(sum(state = 0), 0), coalesce(sum(state = 2), 0) FROM change_index
         WHERE book = ?1 AND state <> 1",
    )?;
    Ok(statement.query_row(params![book], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Books that have changes to read in.
pub(crate) fn books_with_unread(conn: &Connection) -> Result<Vec<i64>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT DISTINCT book FROM change_index WHERE state <> 1 AND state = 0 ORDER BY book")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn set_state(conn: &Connection, book: i64, n: u32, state: State) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("UPDATE change_index SET state = ?3 WHERE book = ?1 AND n = ?2")?;
    statement.execute(params![book, n, state as i64])?;
    Ok(())
}

/// Gives everything held another try.
pub(crate) fn release_held(conn: &Connection) -> Result<usize, StoreError> {
    let mut statement = conn.prepare_cached("UPDATE change_index SET state = 0 WHERE state = 2 AND state <> 1")?;
    Ok(statement.execute([])?)
}

/// Numbers of the held changes of a book.
pub(crate) fn held(conn: &Connection, book: i64) -> Result<std::collections::BTreeSet<u32>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT n FROM change_index WHERE book = ?1 AND state <> 1 AND state = 2")?;
    let rows = statement.query_map(params![book], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
