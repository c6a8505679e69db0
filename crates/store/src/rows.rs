//! Durable rows beside the books, each call one transaction.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ybz_domain::ids::{BookId, ChangeHash, DeviceId, OfficeId, RecordId, Serial};

use crate::error::StoreError;
use crate::store::Store;
use crate::table::carriers::{self, Carrier, CarrierEntry};
use crate::table::drafts::{self, Draft};
use crate::table::household_keys::{self, ErasedHousehold, HouseholdKeyRow};
use crate::table::joins::{self, PendingJoin};
use crate::table::links::{self, Link};
use crate::table::local_log::{self, LogEntry, LogLine};
use crate::table::tickets::{self, TicketSlot, TicketUse};
use crate::table::{dropped_books, mappings, settings};

/// Tickets and joins.
impl Store {
    /// Keeps an invitation that this node hands out.
    pub fn put_ticket(&self, slot: &TicketSlot) -> Result<(), StoreError> {
        self.write("joins", |conn| tickets::put(conn, slot))
    }

    /// One invitation handed out here.
    pub fn ticket(&self, slot: &Serial) -> Result<Option<TicketSlot>, StoreError> {
        self.0.pool.with(|conn| tickets::get(conn, slot))
    }

    /// Every invitation handed out here, the first to expire first.
    pub fn tickets(&self) -> Result<Vec<TicketSlot>, StoreError> {
        self.0.pool.with(tickets::all)
    }

    /// Whether an invitation is open to a device; the same device may ask again. It is taken by the commit that gives the
    /// place ([`crate::SideWrites::admits`]).
    pub fn check_ticket(
        &self,
        slot: &Serial,
        secret: &[u8; 16],
        device: &DeviceId,
        today: Date,
    ) -> Result<TicketUse, StoreError> {
        self.0.pool.with(|conn| tickets::check(conn, slot, secret, device, today))
    }

    /// Withdraws an invitation; tells whether there was one.
    pub fn delete_ticket(&self, slot: &Serial) -> Result<bool, StoreError> {
        self.write("joins", |conn| tickets::delete(conn, slot))
    }

    /// Keeps a join that waits for approval in place of the same device's earlier one, unless `limit` other devices wait
    /// with the same invitation; tells whether it is kept.
    pub fn put_join(&self, join: &PendingJoin, limit: u32) -> Result<bool, StoreError> {
        self.write("joins", |conn| joins::put(conn, join, limit))
    }

    /// Joins that wait, the oldest first.
    pub fn joins(&self) -> Result<Vec<PendingJoin>, StoreError> {
        self.0.pool.with(joins::all)
    }

    /// Ends a join that waits; tells whether there was one.
    pub fn delete_join(&self, slot: &Serial, device: &DeviceId) -> Result<bool, StoreError> {
        self.write("joins", |conn| joins::delete(conn, slot, device))
    }
}

/// Household keys.
impl Store {
    /// Keeps keys, write-once; returns how many are new. Keys of erased households are not kept.
    pub fn put_household_keys(&self, rows: &[HouseholdKeyRow]) -> Result<usize, StoreError> {
        self.write("keys", |conn| {
            let mut new = 0;
            for row in rows {
                new += usize::from(household_keys::put(conn, row)?);
            }
            Ok(new)
        })
    }

    /// The key that a sealed value names.
    pub fn household_key(&self, key_id: &Serial) -> Result<Option<HouseholdKeyRow>, StoreError> {
        self.0.pool.with(|conn| household_keys::get(conn, key_id))
    }

    /// The keys of one household.
    pub fn keys_of_household(&self, household: &RecordId) -> Result<Vec<HouseholdKeyRow>, StoreError> {
        self.0.pool.with(|conn| household_keys::of_household(conn, household))
    }

    /// Every key.
    pub fn household_keys(&self) -> Result<Vec<HouseholdKeyRow>, StoreError> {
        self.0.pool.with(household_keys::all)
    }

    /// Households whose keys were destroyed ([`crate::SideWrites::erase_households`]).
    pub fn erased_households(&self) -> Result<Vec<ErasedHousehold>, StoreError> {
        self.0.pool.with(household_keys::erased)
    }

    /// Whether the keys of a household were destroyed.
    pub fn is_erased(&self, household: &RecordId) -> Result<bool, StoreError> {
        self.0.pool.with(|conn| household_keys::is_erased(conn, household))
    }
}

/// Books destroyed by order.
impl Store {
    /// The heads that a destroyed book had at last; none for a book that was not destroyed.
    pub fn dropped(&self, book: &BookId) -> Result<Option<Vec<ChangeHash>>, StoreError> {
        self.0.pool.with(|conn| dropped_books::last_heads(conn, book))
    }
}

/// Drafts, settings, mappings, links.
impl Store {
    /// Keeps a draft.
    pub fn put_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        self.write("drafts", |conn| drafts::put(conn, draft))
    }

    /// One draft.
    pub fn draft(&self, form: &str, key: &str) -> Result<Option<Draft>, StoreError> {
        self.0.pool.with(|conn| drafts::get(conn, form, key))
    }

    /// Every draft, the newest first.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        self.0.pool.with(drafts::all)
    }

    /// Throws a draft away; tells whether there was one.
    pub fn delete_draft(&self, form: &str, key: &str) -> Result<bool, StoreError> {
        self.write("drafts", |conn| drafts::delete(conn, form, key))
    }

    /// Puts a setting.
    pub fn put_setting(&self, name: &str, value: &serde_json::Value) -> Result<(), StoreError> {
        self.write("settings", |conn| settings::put(conn, name, value))
    }

    /// A setting.
    pub fn setting(&self, name: &str) -> Result<Option<serde_json::Value>, StoreError> {
        self.0.pool.with(|conn| settings::get(conn, name))
    }

    /// Every setting.
    pub fn settings(&self) -> Result<BTreeMap<String, serde_json::Value>, StoreError> {
        self.0.pool.with(settings::all)
    }

    /// Settings whose names begin so, by the rest of their names.
    pub fn settings_under(&self, prefix: &str) -> Result<BTreeMap<String, serde_json::Value>, StoreError> {
        self.0.pool.with(|conn| settings::under(conn, prefix))
    }

    /// Remembers how the columns of a sheet are read.
    pub fn put_mapping(&self, fingerprint: &str, json: &str) -> Result<(), StoreError> {
        self.write("settings", |conn| mappings::put(conn, fingerprint, json))
    }

    /// Keeps several under their names, and removes others, in one transaction.
    pub fn put_mappings(&self, put: &[(String, String)], gone: &[String]) -> Result<(), StoreError> {
        self.write("settings", |conn| {
            gone.iter().try_for_each(|name| mappings::drop_one(conn, name))?;
            put.iter().try_for_each(|(name, json)| mappings::put(conn, name, json))
        })
    }

    /// What is kept under names that begin so, in their order.
    pub fn mappings_under(&self, prefix: &str) -> Result<Vec<(String, String)>, StoreError> {
        self.0.pool.with(|conn| mappings::under(conn, prefix))
    }

    /// How the columns of a sheet were read last time.
    pub fn mapping(&self, fingerprint: &str) -> Result<Option<String>, StoreError> {
        self.0.pool.with(|conn| mappings::get(conn, fingerprint))
    }

    /// Links of a kind that start or end at a record.
    pub fn links(&self, kind: &str, record: &RecordId) -> Result<Vec<Link>, StoreError> {
        self.0.pool.with(|conn| links::of_record(conn, kind, record))
    }
}

/// Carriers and the local log.
impl Store {
    /// Keeps a carrier; tells whether it is new.
    pub fn put_carrier(&self, carrier: &Carrier) -> Result<bool, StoreError> {
        self.write("carriers", |conn| carriers::put(conn, carrier))
    }

    /// Carriers of a kind without their bytes, of one office or (none) of all, the newest first.
    pub fn carriers(&self, kind: &str, office: Option<&OfficeId>) -> Result<Vec<Carrier>, StoreError> {
        self.0.pool.with(|conn| carriers::list(conn, kind, office))
    }

    /// Carriers of a kind that an office signed for a period, with their bytes, the newest first.
    pub fn carriers_for(&self, kind: &str, office: &OfficeId, period: &str) -> Result<Vec<Carrier>, StoreError> {
        self.0.pool.with(|conn| carriers::get(conn, kind, office, period))
    }

    /// The newest carrier of a kind of an office for each period, by period, without their bytes.
    pub fn current_carriers(&self, kind: &str, office: &OfficeId) -> Result<Vec<CarrierEntry>, StoreError> {
        self.0.pool.with(|conn| carriers::current(conn, kind, office))
    }

    /// Whether a carrier is here.
    pub fn holds_carrier(
        &self,
        kind: &str,
        office: &OfficeId,
        period: &str,
        digest: &[u8; 32],
    ) -> Result<bool, StoreError> {
        self.0.pool.with(|conn| carriers::holds(conn, kind, office, period, digest))
    }

    /// Appends a line to the local log.
    pub fn log(&self, entry: &LogEntry) -> Result<(), StoreError> {
        self.write("log", |conn| local_log::append(conn, entry))
    }

    /// Lines of the local log from the newest back.
    pub fn log_lines(&self, offset: u64, limit: u64) -> Result<Vec<LogLine>, StoreError> {
        self.0.pool.with(|conn| local_log::list(conn, offset, limit))
    }

    /// Number of lines of the local log.
    pub fn log_count(&self) -> Result<u64, StoreError> {
        self.0.pool.with(local_log::count)
    }

    /// Number of the first line of the local log that was altered, or after which lines are missing that a receipt knew.
    pub fn log_broken(&self) -> Result<Option<u64>, StoreError> {
        self.0.pool.with(local_log::broken_at)
    }

    /// Number and hash of the line that the last receipt signed here names.
    pub fn log_anchored(&self) -> Result<Option<(u64, [u8; 32])>, StoreError> {
        self.0.pool.with(local_log::anchored)
    }

    /// Hash of the last line, to be anchored in receipts.
    pub fn log_head(&self) -> Result<Option<[u8; 32]>, StoreError> {
        Ok(self.0.pool.with(local_log::head)?.map(|(_, hash)| hash))
    }
}
