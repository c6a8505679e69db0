//! Targets for hostile bytes: for everything that reads what a peer, a stick or a person hands over, one function that
//! must neither panic nor hold more than its bound, whatever the bytes are.
//!
//! The same functions run in two ways: `cargo xtask fuzz` mutates inputs that the product itself made, seeded, on the
//! stable toolchain; `fuzz/` is the layout of cargo-fuzz, where libFuzzer looks for what nobody thought of.
//!
//! To add a target: a module in `targets/` with `run` and `seeds`, a line in [`TARGETS`], a file in `fuzz/fuzz_targets`.

mod mutate;
mod random;
mod targets;

pub use mutate::mutated;
pub use random::Random;
pub use targets::{
    batches, bundles, certificates, frames, imports, parcels, snapshots, submissions, templates, tickets,
};

/// Something that reads bytes of others.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// As it is asked for.
    pub name: &'static str,
    /// Reads. May not panic.
    pub run: fn(&[u8]),
    /// Inputs as the product makes them.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Bytes that one run may hold at once, beyond its input. Why as many is said where the target is.
    pub bound: usize,
}

/// All targets.
pub const TARGETS: &[Target] = &[
    Target { name: "frames", run: frames::run, seeds: frames::seeds, bound: frames::BOUND },
    Target { name: "batches", run: batches::run, seeds: batches::seeds, bound: batches::BOUND },
    Target { name: "bundles", run: bundles::run, seeds: bundles::seeds, bound: bundles::BOUND },
    Target { name: "certificates", run: certificates::run, seeds: certificates::seeds, bound: certificates::BOUND },
    Target { name: "parcels", run: parcels::run, seeds: parcels::seeds, bound: parcels::BOUND },
    Target { name: "tickets", run: tickets::run, seeds: tickets::seeds, bound: tickets::BOUND },
    Target { name: "imports", run: imports::run, seeds: imports::seeds, bound: imports::BOUND },
    Target { name: "templates", run: templates::run, seeds: templates::seeds, bound: templates::BOUND },
    Target { name: "snapshots", run: snapshots::run, seeds: snapshots::seeds, bound: snapshots::BOUND },
    Target { name: "submissions", run: submissions::run, seeds: submissions::seeds, bound: submissions::BOUND },
];
