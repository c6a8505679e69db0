//! Profiles: each call one transaction, with its line of the local log.

use rusqlite::Connection;

use crate::error::StoreError;
use crate::store::Store;
use crate::table::drafts::{self, Draft};
use crate::table::local_log::{self, LogEntry};
use crate::table::profiles::{self, Profile};

/// What becomes of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftFate {
    /// It is kept under another form, unless a newer one stands there.
    Under(String),
    /// It is thrown away.
    Gone,
}

/// Says what becomes of each draft; none: it stays as it is.
pub type DraftFates<'a> = &'a dyn Fn(&Draft) -> Option<DraftFate>;

fn deal(conn: &Connection, fates: DraftFates<'_>) -> Result<(), StoreError> {
    for draft in drafts::all(conn)? {
        let Some(fate) = fates(&draft) else { continue };
        drafts::delete(conn, &draft.form, &draft.key)?;
        if let DraftFate::Under(form) = fate {
            let there = drafts::get(conn, &form, &draft.key)?;
            if there.is_none_or(|there| there.saved <= draft.saved) {
                drafts::put(conn, &Draft { form, ..draft })?;
            }
        }
    }
    Ok(())
}

impl Store {
    /// The people who share this computer, by name.
    pub fn profiles(&self) -> Result<Vec<Profile>, StoreError> {
        self.0.pool.with(profiles::all)
    }

    /// One of them.
    pub fn profile(&self, id: &str) -> Result<Option<Profile>, StoreError> {
        self.0.pool.with(|conn| profiles::get(conn, id))
    }

    /// Keeps a profile, and a line of the local log where something is to be told. Of the first one, `first` says which
    /// drafts become its own.
    pub fn put_profile(
        &self,
        profile: &Profile,
        log: Option<&LogEntry>,
        first: DraftFates<'_>,
    ) -> Result<(), StoreError> {
        self.write("profiles", |conn| {
            log.map_or(Ok(()), |entry| local_log::append(conn, entry))?;
            if profiles::all(conn)?.is_empty() {
                deal(conn, first)?;
            }
            profiles::put(conn, profile)
        })
    }

    /// Forgets a profile; what it declared in changes stays. `fates` is asked with whether it was the last one.
    pub fn delete_profile(
        &self,
        id: &str,
        log: &LogEntry,
        fates: &dyn Fn(bool, &Draft) -> Option<DraftFate>,
    ) -> Result<(), StoreError> {
        self.write("profiles", |conn| {
            local_log::append(conn, log)?;
            let last = profiles::all(conn)?.iter().all(|profile| profile.id == id);
            deal(conn, &|draft| fates(last, draft))?;
            profiles::delete(conn, id)
        })
    }
}
