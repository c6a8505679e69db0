//! What travels between two nodes: one session per connection, a [`machine`] without IO that says what to send, store and
//! judge, and the [`driver`] that runs it over iroh. This crate knows neither the store nor the application: what the
//! machine [`Ask`]s, the application answers.
//!
//! **Invariant:** only this crate names iroh. **Invariant:** a book outside the scope of the two is neither sent nor
//! named. **Invariant:** nothing that a peer says makes this side allocate by a length it claims, or hold more than
//! [`limits`] says.
//!
//! Outcomes of the protocol
//! 1. A peer that proves no certificate and no invitation gets [`wire::Frame::Refused`], always the same, and learns
//!    nothing; not even which books exist.
//! 2. Two programs without a common version end with [`Reason::Version`] and exchange nothing.
//! 3. Equal catalogs cost one round trip: hello with a digest; hello, equal, receipt and done.
//! 4. What differs is found by digest, by office, by heads; a sender sends exactly what the receiver's heads, accepted
//!    and set aside, do not cover. What is missing all the same is asked for by hash.
//! 5. A batch is staged or accepted durably before it is acknowledged; a receipt goes out after the last one of a burst.
//!    So a session cut at any byte repeats nothing that was staged.
//! 6. Carriers follow the records. Household keys go between confirmed devices of one office only.
//! 7. A live session sends a change as soon as it is told of it, and otherwise costs keep-alives only.
//! 8. A frame that is garbled, too long, or out of turn ends the session: [`Reason::Violation`].
//! 9. [`Outcome::delivered`] is true only if every book owed to the peer is receipted at its present heads.
//!
//! Terms: a *burst* is what one side sends until [`wire::Frame::Sent`]; a *round* finds out what differs; *aside* is what
//! a node keeps of a book beyond its accepted heads, staged or refused.

pub mod bundle;
pub mod catalog;
pub mod driver;
pub mod limits;
pub mod machine;
#[cfg(feature = "sim")]
pub mod sim;
pub mod wire;

pub use catalog::{BookState, CarrierKind, Catalog, CatalogEntry, Digest, Holding, Offer};
pub use driver::{
    Backoff, BindOptions, Connection, DialError, DriverError, Incoming, NetError, Network, Report, Traffic, run_session,
};
pub use machine::{
    Admission, Answer, Ask, Batch, Compared, Effect, Event, JoinAnswer, Local, Outcome, Progress, Reason, Session,
    Side, Verdict,
};
