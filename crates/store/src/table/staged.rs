//! `staged`, `staged_attestations`: changes received and not yet covered by attestations or by their dependencies.

use rusqlite::{Connection, OptionalExtension, params};
use ybz_domain::accept::{Attestation, ChangeMeta, ParsedChange};
use ybz_domain::ids::{ActorId, ChangeHash};
use ybz_domain::sign::Signed;

use crate::error::StoreError;
use crate::table::{decode, encode, int, join_hashes, split_hashes, uint};

pub(crate) const CREATE: &str = "
CREATE TABLE staged (
    id       INTEGER NOT NULL PRIMARY KEY,
    book     INTEGER NOT NULL REFERENCES books (id),
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    actor    BLOB NOT NULL CHECK (length(actor) = 16),
    seq      INTEGER NOT NULL,
    start_op INTEGER NOT NULL,
    max_op   INTEGER NOT NULL,
    deps     BLOB NOT NULL, -- hashes
    bytes    BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX staged_hash ON staged (book, hash);
CREATE TABLE staged_attestations (
    id     INTEGER NOT NULL PRIMARY KEY,
    book   INTEGER NOT NULL REFERENCES books (id),
    actor  BLOB NOT NULL CHECK (length(actor) = 16),
    seq    INTEGER NOT NULL,
    signed BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX staged_attestations_actor ON staged_attestations (book, actor, seq);";

/// From version 2: who sent it.
pub(crate) const ADD_SENDER: &str = "
ALTER TABLE staged ADD COLUMN sender BLOB NOT NULL DEFAULT x''; -- office, else device; empty: nobody
CREATE INDEX staged_sender ON staged (sender, id);";

pub(crate) fn of_book(conn: &Connection, book: i64) -> Result<Vec<ParsedChange>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT hash, actor, seq, start_op, max_op, deps, bytes FROM staged WHERE book = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map(params![book], |row| {
        let meta = ChangeMeta {
            hash: ChangeHash(row.get(0)?),
            actor: ActorId(row.get(1)?),
            seq: uint(row, 2)?,
            start_op: uint(row, 3)?,
            max_op: uint(row, 4)?,
            deps: split_hashes(row.get_ref(5)?.as_blob()?),
        };
        Ok(ParsedChange { meta, bytes: row.get(6)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Stages a change; one that is staged already stays as it is, and stays its first sender's.
pub(crate) fn insert(conn: &Connection, book: i64, sender: &[u8], change: &ParsedChange) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO staged (book, hash, actor, seq, start_op, max_op, deps, bytes, sender)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (book, hash) DO NOTHING",
    )?;
    let meta = &change.meta;
    statement.execute(params![
        book,
        meta.hash.0,
        meta.actor.0,
        int(meta.seq),
        int(meta.start_op),
        int(meta.max_op),
        join_hashes(&meta.deps),
        change.bytes,
        sender
    ])?;
    Ok(())
}

pub(crate) fn delete(conn: &Connection, book: i64, hash: &ChangeHash) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("DELETE FROM staged WHERE book = ?1 AND hash = ?2")?;
    statement.execute(params![book, hash.0])?;
    Ok(())
}

/// Row ids of books of which something is staged.
pub(crate) fn books(conn: &Connection) -> Result<Vec<i64>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT DISTINCT book FROM staged ORDER BY book")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Rows staged of a book.
pub(crate) fn count(conn: &Connection, book: i64) -> Result<u64, StoreError> {
    let mut statement = conn.prepare_cached("SELECT count(*) FROM staged WHERE book = ?1")?;
    Ok(statement.query_row(params![book], |row| uint(row, 0))?)
}

/// Rows and bytes staged by one sender, of one book or (none) of all.
pub(crate) fn weight(conn: &Connection, sender: &[u8], book: Option<i64>) -> Result<(u64, u64), StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT count(*), coalesce(sum(length(bytes) + length(deps) + 100), 0) FROM staged
         WHERE sender = ?1 AND (?2 IS NULL OR book = ?2)",
    )?;
    Ok(statement.query_row(params![sender, book], |row| Ok((uint(row, 0)?, uint(row, 1)?)))?)
}

/// Bytes staged in all, and the sender with the most of them, with its rows.
pub(crate) fn heaviest(conn: &Connection) -> Result<Option<(u64, Vec<u8>, u64)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT sum(bytes) OVER (), sender, rows FROM
         (SELECT sender, count(*) AS rows, sum(length(bytes) + length(deps) + 100) AS bytes FROM staged GROUP BY sender)
         ORDER BY bytes DESC, sender LIMIT 1",
    )?;
    Ok(statement.query_row([], |row| Ok((uint(row, 0)?, row.get(1)?, uint(row, 2)?))).optional()?)
}

/// Drops the rows of a sender that came first, of one book or (none) of all: it has them, and nothing acknowledged them.
pub(crate) fn drop_oldest(conn: &Connection, sender: &[u8], book: Option<i64>, rows: u64) -> Result<usize, StoreError> {
    let mut statement = conn.prepare_cached(
        "DELETE FROM staged WHERE id IN
         (SELECT id FROM staged WHERE sender = ?1 AND (?2 IS NULL OR book = ?2) ORDER BY id LIMIT ?3)",
    )?;
    Ok(statement.execute(params![sender, book, int(rows)])?)
}

pub(crate) fn attestations(conn: &Connection, book: i64) -> Result<Vec<Signed<Attestation>>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT signed FROM staged_attestations WHERE book = ?1 ORDER BY id")?;
    let rows = statement.query_map(params![book], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|bytes| decode(&bytes?, "staged_attestations")).collect()
}

/// Keeps an attestation whose change is not here yet; of each book at most `limit`, the newest.
pub(crate) fn insert_attestation(
    conn: &Connection,
    book: i64,
    actor: &ActorId,
    seq: u64,
    signed: &Signed<Attestation>,
    limit: u32,
) -> Result<(), StoreError> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO staged_attestations (book, actor, seq, signed) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (book, actor, seq) DO UPDATE SET signed = excluded.signed",
    )?;
    insert.execute(params![book, actor.0, int(seq), encode(signed, "staged_attestations")?])?;
    let mut trim = conn.prepare_cached(
        "DELETE FROM staged_attestations WHERE book = ?1 AND id NOT IN
         (SELECT id FROM staged_attestations WHERE book = ?1 ORDER BY id DESC LIMIT ?2)",
    )?;
    trim.execute(params![book, limit])?;
    Ok(())
}

/// Drops attestations that an accepted change of the actor has overtaken.
pub(crate) fn delete_attestations(conn: &Connection, book: i64, actor: &ActorId, upto: u64) -> Result<(), StoreError> {
    let mut statement =
        conn.prepare_cached("DELETE FROM staged_attestations WHERE book = ?1 AND actor = ?2 AND seq <= ?3")?;
    statement.execute(params![book, actor.0, int(upto)])?;
    Ok(())
}
