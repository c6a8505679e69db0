//! Back-off: how long to wait before dialling again. Each wait is drawn from the whole span, so that branches whose hub
//! restarted do not come back together.

use std::time::Duration;

/// Waits that grow, with full jitter.
#[derive(Debug, Clone)]
pub struct Backoff {
    state: u64,
    failures: u32,
    first: Duration,
    longest: Duration,
}

impl Backoff {
    /// From a second to five minutes; `seed` tells nodes apart.
    pub fn new(seed: u64) -> Self {
        Self { state: seed, failures: 0, first: Duration::from_secs(1), longest: Duration::from_secs(300) }
    }

    /// With other bounds.
    pub fn between(seed: u64, first: Duration, longest: Duration) -> Self {
        Self { first, longest, ..Self::new(seed) }
    }

    /// With a seed from the operating system.
    pub fn random() -> Self {
        let mut seed = [0; 8];
        // Without randomness nodes are merely not told apart.
        let _ = getrandom::fill(&mut seed);
        Self::new(u64::from_le_bytes(seed))
    }

    /// The next wait, after a failure.
    pub fn wait(&mut self) -> Duration {
        let span = self.first.saturating_mul(1 << self.failures.min(16)).min(self.longest);
        self.failures = self.failures.saturating_add(1);
        span.mul_f64(self.fraction())
    }

    /// A session went well.
    pub fn reset(&mut self) {
        self.failures = 0;
    }

    /// splitmix64, as a number from 0 to 1.
    fn fraction(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        f64::from(u32::try_from(z >> 32).unwrap_or_default()) / f64::from(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_the_longest_and_differ_between_nodes() {
        let mut backoff = Backoff::between(1, Duration::from_secs(1), Duration::from_secs(60));
        let waits: Vec<_> = (0..40).map(|_| backoff.wait()).collect();
        assert!(waits[0] <= Duration::from_secs(1));
        assert!(waits.iter().all(|wait| *wait <= Duration::from_secs(60)));
        assert!(waits.iter().any(|wait| *wait > Duration::from_secs(30)));
        backoff.reset();
        assert!(backoff.wait() <= Duration::from_secs(1));
    }

    #[test]
    fn three_hundred_branches_spread_over_the_span() {
        let mut buckets = [0; 10];
        for seed in 0..300 {
            let mut backoff = Backoff::new(seed * 7_919);
            for _ in 0..5 {
                backoff.wait();
            }
            let at = backoff.wait().as_secs_f64() / 32.0 * 10.0;
            buckets[(at as usize).min(9)] += 1;
        }
        assert!(buckets.iter().all(|count| (10..=60).contains(count)), "{buckets:?}");
    }
}
