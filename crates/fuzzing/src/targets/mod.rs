//! The targets, one module each.

pub mod batches;
pub mod bundles;
pub mod certificates;
pub mod frames;
pub mod imports;
pub mod parcels;
pub mod snapshots;
pub mod submissions;
pub mod templates;
pub mod tickets;
