//! What is kept: an encrypted SQLite database with the changes of all books, the read model derived from them, and the
//! rows beside. The only crate that names rusqlite.
//!
//! Terms: a change is *committed* when it is made here, *accepted* when it came from elsewhere and its structure and
//! attestation hold, *read in* once it is applied and projected, *held* if it cannot be, *staged* while something is
//! missing, *quarantined* when it was refused.
//!
//! **Invariant:** what a call acknowledged is on disk; what failed left nothing.
//!
//! **Invariant:** nothing in the data directory but the header `ybz.json` can be read without the key.
//!
//! **Invariant:** one writer. Everything here blocks; an async caller hands it to a thread made for that.

mod accept;
mod backup;
mod boot;
mod commit;
mod compact;
mod concerns;
mod connection;
mod cut;
mod doctor;
mod documents;
mod error;
mod exit;
#[cfg(test)]
mod faults;
mod flows;
mod history;
mod items;
mod key;
mod keys;
mod ledgers;
mod life;
mod lines;
mod listen;
mod open;
mod outgoing;
mod past;
mod pool;
mod problem;
mod profile;
mod project;
mod query;
mod read_in;
mod reader;
mod rebuild;
mod receipt;
mod refused;
mod rekey;
mod renewal;
mod repair;
mod restore;
mod rows;
mod schema;
mod search;
mod side;
mod store;
mod table;
#[cfg(test)]
mod tampered;
mod texts;
mod travel;
mod troubles;
mod trust;
mod untaken;
mod walk;
mod wrap;

pub use accept::{AcceptOutcome, Authorised};
pub use backup::{
    BACKUP_ENDING, BackupError, BackupHeader, BackupMade, read_backup_header, unlock_backup, verify_backup,
};
pub use commit::{BookEdit, Committed};
pub use compact::Compacted;
pub use concerns::ConcernQuery;
pub use cut::{Beyond, Standings, Work};
pub use doctor::DoctorReport;
pub use error::{OpenError, StoreError};
pub use exit::end_process;
pub use flows::{FlowBrief, FlowDue, FlowGroup, FlowQuery, FlowRow, FlowSort, FlowTally, FoundFlow, TallyQuery};
pub use history::{AuthoredHistory, AuthoredValue, Check};
pub use items::{FoundItem, ItemQuery, ItemSort};
pub use key::{DatabaseKey, replace_private, write_new_private};
pub use keys::{Holder, KeyError, KeyFile, KeySlot, fits, keep_under_passphrase, unlock};
pub use ledgers::{GroupBy, LedgerGroup};
pub use lines::{ItemLine, KindCount, LineQuery};
pub use listen::{Changed, Tags};
pub use open::{DEFAULT_CACHE, Options};
pub use outgoing::Outgoing;
pub use past::Undoing;
pub use problem::{Problem, Remedy};
pub use profile::{DraftFate, DraftFates};
pub use query::{Marked, RecordQuery, RowHash, Sort};
pub use read_in::ReadIn;
pub use reader::{BookInfo, MonthCount, Reader, StoredRecord};
pub use receipt::{BookReceipt, HubWord, LogAnchor};
pub use rekey::{NewKey, rekey};
pub use renewal::OwnWork;
pub use repair::Repaired;
pub use restore::{Restore, restore};
pub use schema::SCHEMA_VERSION;
pub use search::SearchQuery;
pub use side::{DropBook, SeenField, SideWrites};
pub use store::{Notice, Store};
pub use table::actions::{Action, ActionChange, NewAction};
pub use table::carriers::{Carrier, CarrierEntry};
pub use table::damaged::DamagedBook;
pub use table::drafts::Draft;
pub use table::household_keys::{ErasedHousehold, HouseholdKeyRow};
pub use table::joins::PendingJoin;
pub use table::links::Link;
pub use table::local_log::{LogEntry, LogLine, broken_chain};
pub use table::local_offices::LocalOffice;
pub use table::profiles::Profile;
pub use table::quarantine::Quarantined;
pub use table::settings::Setting;
pub use table::shared_heads::Peer;
pub use table::tickets::{TicketSlot, TicketUse};
pub use texts::{MergedText, MergedTexts};
pub use travel::{Author, Batch};
pub use troubles::{Trouble, TroubleCause};
pub use trust::Kept;
pub use untaken::{ConcernDay, UntakenQuery};
pub use wrap::{Secret, Wrap};
