//! A book made again without some of its changes, on which none of those that are left builds.

use std::collections::{BTreeMap, BTreeSet};

use automerge::Change;
use rusqlite::{Connection, params};
use ybz_domain::book::{is_genesis, new_document};
use ybz_domain::ids::{ActorId, ChangeHash};

use crate::documents::{load, sound};
use crate::error::StoreError;
use crate::project::all_views;
use crate::table::books::BookRow;
use crate::table::change_index::Entry;
use crate::table::{attestations, books, change_index, changes, heads, receipts, records, shared_heads, snapshots};

/// Makes everything that is kept of the book agree with `left`.
pub(super) fn without(conn: &Connection, row: &BookRow, out: &[Entry], left: &[Entry]) -> Result<(), StoreError> {
    snapshot(conn, row, out)?;
    let numbers = renumber(conn, row, out, left)?;
    refresh_heads(conn, row, left, &numbers)?;
    let actors: BTreeSet<ActorId> = out.iter().map(|entry| entry.actor).collect();
    for actor in actors {
        match change_index::tip(conn, row.id, &actor)? {
            // What was signed for more proves whose actor it is; the cut names how far it counts.
            Some((seq, _)) => attestations::set_seq(conn, row.id, &actor, seq)?,
            None => attestations::delete(conn, row.id, &actor)?,
        }
    }
    let stand_ins = stand_ins(out, left);
    shared_heads::replace(conn, row.id, &stand_ins)?;
    receipts::replace(conn, row.id, &stand_ins)?;
    let doc = load(conn, row)?;
    records::delete_book(conn, row.id)?;
    for view in sound(&row.book, || Ok(all_views(&doc)))? {
        records::project(conn, row.id, view.id, Some(&view))?;
    }
    records::settle(conn)
}

/// A snapshot holds changes by themselves: it is made again from those that are left.
fn snapshot(conn: &Connection, row: &BookRow, out: &[Entry]) -> Result<(), StoreError> {
    if snapshots::get(conn, row.id)?.is_none() {
        return Ok(());
    }
    let whole = load(conn, row)?;
    let gone: BTreeSet<[u8; 32]> = out.iter().map(|entry| entry.hash.0).collect();
    let (bytes, count) = sound(&row.book, || {
        let kept: Vec<Change> = whole
            .get_changes(&[])
            .into_iter()
            .filter(|change| !is_genesis(&ChangeHash(change.hash().0)) && !gone.contains(&change.hash().0))
            .collect();
        let mut doc = new_document(&row.key.kind).map_err(|error| error.to_string())?;
        let count = kept.len();
        doc.apply_changes(kept).map_err(|error| error.to_string())?;
        if doc.get_changes(&[]).iter().filter(|change| !is_genesis(&ChangeHash(change.hash().0))).count() != count {
            return Err("the book does not come out whole without these changes".to_owned());
        }
        Ok((doc.save(), count))
    })?;
    snapshots::put(conn, row.id, u32::try_from(count).unwrap_or(u32::MAX), &bytes)?;
    changes::delete_read_in(conn, row.id)?;
    Ok(())
}

/// Numbers count without a gap; those that are left move down.
fn renumber(conn: &Connection, row: &BookRow, out: &[Entry], left: &[Entry]) -> Result<BTreeMap<u32, u32>, StoreError> {
    for entry in out {
        change_index::delete(conn, row.id, entry.n)?;
        changes::delete(conn, row.id, entry.n)?;
    }
    let mut numbers: BTreeMap<u32, u32> = BTreeMap::from([(0, 0)]);
    for (n, entry) in (1..).zip(left) {
        numbers.insert(entry.n, n);
        if entry.n != n {
            let gone = || StoreError::Unreadable { book: row.book, why: format!("{} would lose its base", entry.hash) };
            let deps: Option<Vec<u32>> = entry.deps.iter().map(|dep| numbers.get(dep).copied()).collect();
            change_index::renumber(conn, row.id, entry.n, n, &deps.ok_or_else(gone)?)?;
            changes::renumber(conn, row.id, entry.n, n)?;
        }
    }
    books::set_changes(conn, row.id, u32::try_from(left.len()).unwrap_or(u32::MAX))?;
    Ok(numbers)
}

fn refresh_heads(
    conn: &Connection,
    row: &BookRow,
    left: &[Entry],
    numbers: &BTreeMap<u32, u32>,
) -> Result<(), StoreError> {
    let below: BTreeSet<u32> = left.iter().flat_map(|entry| entry.deps.iter().copied()).collect();
    conn.execute("DELETE FROM heads WHERE book = ?1", params![row.id])?;
    for entry in left.iter().filter(|entry| !below.contains(&entry.n)) {
        if let Some(n) = numbers.get(&entry.n) {
            heads::insert(conn, row.id, *n, &entry.hash)?;
        }
    }
    Ok(())
}

/// For each change that goes the nearest ones below it that are left: whoever had it has those.
fn stand_ins(out: &[Entry], left: &[Entry]) -> BTreeMap<ChangeHash, BTreeSet<ChangeHash>> {
    let kept: BTreeMap<u32, ChangeHash> = left.iter().map(|entry| (entry.n, entry.hash)).collect();
    let mut found: BTreeMap<u32, BTreeSet<ChangeHash>> = BTreeMap::new();
    let mut all = BTreeMap::new();
    for entry in out {
        let mut below = BTreeSet::new();
        for dep in &entry.deps {
            match kept.get(dep) {
                Some(hash) => below.extend([*hash]),
                None => below.extend(found.get(dep).into_iter().flatten().copied()),
            }
        }
        found.insert(entry.n, below.clone());
        all.insert(entry.hash, below);
    }
    all
}
