//! Walks over the index of one book. Numbers rise from dependencies to dependents, so going down from the highest number
//! meets every change after all that build on it, and a walk ends as soon as nothing it looks for can lie below.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::error::StoreError;
use crate::table::change_index;

/// Changes at or below `from` that are neither in `known` nor below it, in ascending order.
pub(crate) fn beyond(conn: &Connection, book: i64, from: &[u32], known: &[u32]) -> Result<Vec<u32>, StoreError> {
    let mut pending: BTreeMap<u32, bool> = from.iter().map(|n| (*n, false)).collect();
    for n in known {
        pending.insert(*n, true);
    }
    let mut open = pending.values().filter(|known| !**known).count();
    let mut found = Vec::new();
    while open > 0 {
        let Some((n, known)) = pending.pop_last() else { break };
        if !known {
            open -= 1;
            found.push(n);
        }
        for dep in change_index::deps_of(conn, book, n)?.into_iter().filter(|dep| *dep != 0) {
            match pending.get_mut(&dep) {
                Some(mark) if known && !*mark => {
                    *mark = true;
                    open -= 1;
                }
                Some(_) => {}
                None => {
                    pending.insert(dep, known);
                    open += usize::from(!known);
                }
            }
        }
    }
    found.reverse();
    Ok(found)
}

/// Of these changes, those below none of the others.
pub(crate) fn frontier(conn: &Connection, book: i64, set: &BTreeSet<u32>) -> Result<Vec<u32>, StoreError> {
    let Some(lowest) = set.first() else { return Ok(Vec::new()) };
    let mut pending: BTreeMap<u32, bool> = set.iter().map(|n| (*n, false)).collect();
    let mut found = Vec::new();
    while let Some((n, below)) = pending.pop_last() {
        if !below {
            found.push(n);
        }
        for dep in change_index::deps_of(conn, book, n)? {
            if dep >= *lowest && dep != 0 {
                pending.insert(dep, true);
            }
        }
    }
    found.reverse();
    Ok(found)
}
