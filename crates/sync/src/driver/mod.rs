//! The driver: runs the machine over iroh.
//!
//! Discovery is by the addresses of the ticket, by mDNS if it is on, and by an own relay if one is configured; nothing
//! is looked up on public servers.

mod backoff;
mod connection;
mod network;
#[cfg(feature = "sim")]
mod raw;
mod run;
mod stream;

pub use backoff::Backoff;
pub use connection::{Connection, Traffic};
pub use network::{BindOptions, DialError, Incoming, NetError, Network};
#[cfg(feature = "sim")]
pub use raw::Raw;
pub use run::{DriverError, Report, run_session};
