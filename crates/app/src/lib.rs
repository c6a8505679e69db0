//! What can be asked: the use cases of 一本账 behind one RPC table, over `store` and `sync`, which it joins.
//!
//! Hosts (the window, the command line, the loopback bridge) open a [`Node`] and forward `{name, office, input}` to
//! [`Node::call`]; they hold no logic. Failures are coded errors ([`dto::ErrorDto`]) that the screen translates.

mod area;
mod backups;
mod cases;
mod cx;
mod doctor;
pub mod dto;
mod error;
mod export;
mod feed;
mod fill;
mod forget;
mod gate;
pub mod host;
mod import;
mod join_start;
mod keys;
mod link;
mod measure;
mod natural;
mod node;
mod sample;
mod seat;
mod sheet;
mod sync_now;
mod table;

pub(crate) use ybz_domain::pinyin;

pub use cases::log::verify_log_file;
pub use cases::roles::{roles, roles_table};
pub use doctor::verify_snapshot_offline;
pub use dto::ErrorDto;
pub use fill::try_template;
pub use gate::{Gate, GateOptions};
pub use import::inspect_file;
pub use link::ServeOptions;
pub use measure::{Line, Round};
pub use node::{Node, OpenOptions};
pub use table::{Entry, Kind, TABLE, write_types};
pub use ybz_domain::money::yuan;
pub use ybz_store::DatabaseKey;
