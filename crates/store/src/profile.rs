//! Profiles: each call one transaction, with its line of the local log.

use crate::error::StoreError;
use crate::store::Store;
use crate::table::local_log::{self, LogEntry};
use crate::table::profiles::{self, Profile};

impl Store {
    /// The people who share this computer, by name.
    pub fn profiles(&self) -> Result<Vec<Profile>, StoreError> {
        self.0.pool.with(profiles::all)
    }

    /// One of them.
    pub fn profile(&self, id: &str) -> Result<Option<Profile>, StoreError> {
        self.0.pool.with(|conn| profiles::get(conn, id))
    }

    /// Keeps a profile, and a line of the local log where something is to be told.
    pub fn put_profile(&self, profile: &Profile, log: Option<&LogEntry>) -> Result<(), StoreError> {
        self.write("profiles", |conn| {
            log.map_or(Ok(()), |entry| local_log::append(conn, entry))?;
            profiles::put(conn, profile)
        })
    }

    /// Forgets a profile; what it declared in changes stays.
    pub fn delete_profile(&self, id: &str, log: &LogEntry) -> Result<(), StoreError> {
        self.write("profiles", |conn| {
            local_log::append(conn, log)?;
            profiles::delete(conn, id)
        })
    }
}
