//! Connections: one that writes, several that read, all with the same settings.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::key::DatabaseKey;

/// How long a connection waits for another one.
pub(crate) const BUSY: Duration = Duration::from_secs(10);

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Makes a new file.
    Create,
    /// The one that writes.
    Write,
    /// One of those that read.
    Read,
}

/// Serialises keying, and holds one keyed connection for good: SQLCipher sets up its provider with the first codec of a
/// process and tears it down with the last, and a thread that keys a connection meanwhile is refused now and then.
static KEYING: Mutex<Option<Connection>> = Mutex::new(None);

fn give_key(conn: &Connection, key: &DatabaseKey) -> rusqlite::Result<()> {
    let mut anchor = KEYING.lock().unwrap_or_else(PoisonError::into_inner);
    if anchor.is_none() {
        let held = Connection::open_in_memory()?;
        held.execute_batch("PRAGMA cipher_log_level = NONE; PRAGMA key = 'anchor'")?;
        *anchor = Some(held);
    }
    conn.execute_batch(&key.pragma())
}

/// Opens the file with its key and checks that it is a database. SQLCipher's defaults of version 4 hold.
pub(crate) fn connect(file: &Path, key: &DatabaseKey, purpose: Purpose) -> rusqlite::Result<Connection> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if purpose == Purpose::Create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    crate::exit::begin();
    let conn = Connection::open_with_flags(file, flags)?;
    crate::exit::pass_over_handlers();
    conn.busy_timeout(BUSY)?;
    // Failures come back as errors; SQLCipher need not print them as well.
    conn.execute_batch("PRAGMA cipher_log_level = NONE")?;
    give_key(&conn, key)?;
    // The first read tells whether the key fits.
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    conn.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;",
    )?;
    conn.set_prepared_statement_cache_capacity(96);
    #[cfg(test)]
    if let Some(pages) = LIMIT.get() {
        conn.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
    }
    Ok(conn)
}

#[cfg(test)]
thread_local! {
    static LIMIT: std::cell::Cell<Option<u32>> = const { std::cell::Cell::new(None) };
}

/// Lets connections that this thread opens find the disk full beyond so many pages.
#[cfg(test)]
pub(crate) fn limit_pages(pages: Option<u32>) {
    LIMIT.set(pages);
}

/// Settings of a connection on a database whose schema is known.
pub(crate) fn settle(conn: &Connection, purpose: Purpose) -> rusqlite::Result<()> {
    match purpose {
        Purpose::Create => Ok(()),
        Purpose::Write => conn.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -4096;
             PRAGMA journal_size_limit = 4194304;",
        ),
        // A list of 20,000 items fits: each page that is read again is decrypted and authenticated again.
        Purpose::Read => conn.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -8192;"),
    }
}
