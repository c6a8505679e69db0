//! The day on which nodes of a workload live, and the randomness they draw from: both the same in every run.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::Span;
use jiff::civil::Date;

use super::random::{Random, mix};

const EPOCH: Date = Date::constant(1970, 1, 1);
const DAY_MILLIS: u64 = 86_400_000;

static DAY: AtomicI64 = AtomicI64::new(20_000);
static TICKS: AtomicU64 = AtomicU64::new(0);
static STATE: AtomicU64 = AtomicU64::new(0);

/// Lets all nodes of this process live on a day.
pub fn set_today(date: Date) {
    let days = EPOCH.until(date).map(|span| i64::from(span.get_days())).unwrap_or_default();
    DAY.store(days, Ordering::Relaxed);
}

/// The day on which the nodes of this process live.
pub fn today() -> Date {
    EPOCH.checked_add(Span::new().days(DAY.load(Ordering::Relaxed))).unwrap_or(EPOCH)
}

/// The clock of a node: the day, and milliseconds that never stand still.
pub fn system_clock() -> (Date, u64) {
    let days = u64::try_from(DAY.load(Ordering::Relaxed)).unwrap_or_default();
    (today(), days * DAY_MILLIS + TICKS.fetch_add(1, Ordering::Relaxed) % DAY_MILLIS)
}

/// Lets the nodes of this process draw from a seed. A purpose must not be used twice for the same folders: keys and
/// record ids would come again.
pub fn seed_nodes(seed: u64, purpose: &str) {
    STATE.store(Random::new(seed, purpose).number(), Ordering::Relaxed);
    TICKS.store(0, Ordering::Relaxed);
}

/// The randomness of a node.
pub fn random_bytes(bytes: &mut [u8]) {
    for part in bytes.chunks_mut(8) {
        let word = mix(STATE.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed)).to_le_bytes();
        part.copy_from_slice(&word[..part.len()]);
    }
}
