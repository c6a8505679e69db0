//! Connections that read: made when they are needed, kept for the next, never more than a few.

use std::path::PathBuf;
use std::sync::{Condvar, Mutex, PoisonError};

use rusqlite::Connection;

use crate::connection::{Purpose, connect, settle};
use crate::error::StoreError;
use crate::key::DatabaseKey;

/// Readers at once; each has a page cache of its own.
const MOST: usize = 4;

pub(crate) struct Pool {
    file: PathBuf,
    key: DatabaseKey,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Connection>,
    out: usize,
}

impl Pool {
    pub(crate) fn new(file: PathBuf, key: DatabaseKey) -> Self {
        Self { file, key, state: Mutex::default(), freed: Condvar::new() }
    }

    pub(crate) fn key(&self) -> DatabaseKey {
        self.key.clone()
    }

    /// Lends a connection within one read transaction, so that all that is read fits together.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut lent = Lent { conn: Some(self.take()?), pool: self };
        let Some(conn) = lent.conn.as_mut() else { return Err(StoreError::Garbled("pool")) };
        let result = conn.transaction().map_err(StoreError::from).and_then(|tx| {
            let result = work(&tx)?;
            tx.finish()?;
            Ok(result)
        });
        if matches!(result, Err(StoreError::Database(_))) {
            // Once SQLCipher found a page altered, the connection answers nothing any more.
            lent.conn = None;
        }
        result
    }

    /// A connection of its own for checks of the whole file: FTS5 checks itself by what a connection saw of the index last,
    /// which on a kept connection may be older than the file.
    pub(crate) fn with_fresh<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let conn = connect(&self.file, &self.key, Purpose::Read)?;
        settle(&conn, Purpose::Read)?;
        work(&conn)
    }

    fn take(&self) -> Result<Connection, StoreError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.idle.is_empty() && state.out >= MOST {
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.out += 1;
        if let Some(conn) = state.idle.pop() {
            return Ok(conn);
        }
        drop(state);
        let fresh =
            connect(&self.file, &self.key, Purpose::Read).and_then(|conn| settle(&conn, Purpose::Read).map(|()| conn));
        fresh.map_err(|error| {
            self.give(None);
            error.into()
        })
    }

    fn give(&self, conn: Option<Connection>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.out = state.out.saturating_sub(1);
        state.idle.extend(conn);
        drop(state);
        self.freed.notify_one();
    }
}

/// Gives the connection back however the work ends.
struct Lent<'a> {
    conn: Option<Connection>,
    pool: &'a Pool,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        // A transaction cut short by a panic was rolled back as it was dropped.
        self.pool.give(self.conn.take());
    }
}
