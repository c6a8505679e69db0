//! A simulated link between two sessions, for tests here and above: seeded, with bytes that come in pieces, answers that
//! come in any order, frames that come twice, and cuts at any byte. What is stored is the caller's: it answers the asks.

#[allow(clippy::indexing_slicing)] // The two ends are 0 and 1.
mod link;
mod rng;

pub use link::{Link, Plan, Trace};
pub use rng::Rng;
