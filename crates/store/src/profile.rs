//! Profiles: each call one transaction, with its line of the local log.

use rusqlite::Connection;

use crate::error::StoreError;
use crate::store::Store;
use crate::table::drafts::{self, Draft};
use crate::table::local_log::{self, LogEntry};
use crate::table::profiles::{self, Profile};

/// Whose a draft is from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftOwner {
    /// The draft.
    pub draft: Draft,
    /// The form under which it is kept from now on; none: it is thrown away.
    pub form: Option<String>,
}

impl DraftOwner {
    fn give(&self, conn: &Connection) -> Result<(), StoreError> {
        drafts::delete(conn, &self.draft.form, &self.draft.key)?;
        let Some(form) = &self.form else { return Ok(()) };
        drafts::put(conn, &Draft { form: form.clone(), ..self.draft.clone() })
    }
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

    /// Keeps a profile, and a line of the local log where something is to be told; `drafts` get other owners with it.
    pub fn put_profile(
        &self,
        profile: &Profile,
        log: Option<&LogEntry>,
        drafts: &[DraftOwner],
    ) -> Result<(), StoreError> {
        self.write("profiles", |conn| {
            log.map_or(Ok(()), |entry| local_log::append(conn, entry))?;
            drafts.iter().try_for_each(|draft| draft.give(conn))?;
            profiles::put(conn, profile)
        })
    }

    /// Forgets a profile; what it declared in changes stays, and its `drafts` go where they are given.
    pub fn delete_profile(&self, id: &str, log: &LogEntry, drafts: &[DraftOwner]) -> Result<(), StoreError> {
        self.write("profiles", |conn| {
            local_log::append(conn, log)?;
            drafts.iter().try_for_each(|draft| draft.give(conn))?;
            profiles::delete(conn, id)
        })
    }
}
