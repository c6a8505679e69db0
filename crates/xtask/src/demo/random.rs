//! splitmix64: small, and the same everywhere.

/// A sequence of numbers that only hangs on its seed.
#[derive(Debug)]
pub(super) struct Random(u64);

impl Random {
    /// The sequence of one village.
    pub(super) fn new(seed: u64, village: usize) -> Self {
        let village = u64::try_from(village).unwrap_or_default() + 1;
        Self(seed.wrapping_mul(0xd6e8_feb8_6659_fd93) ^ village.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 for a bound of 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % bound).unwrap_or_default()
    }

    /// Whether a chance of one in `times` comes up.
    pub(super) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of several.
    pub(super) fn pick<T: Copy + Default>(&mut self, from: &[T]) -> T {
        from.get(self.below(from.len())).copied().unwrap_or_default()
    }

    /// `count` different numbers from 1 to `last`, ascending, `last` among them.
    pub(super) fn days(&mut self, count: usize, last: usize) -> Vec<usize> {
        let mut days = vec![last];
        while days.len() < count.min(last) {
            let day = 1 + self.below(last);
            if !days.contains(&day) {
                days.push(day);
            }
        }
        days.sort_unstable();
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_different_ascending_and_end_today() {
        for (count, last) in [(6, 30), (6, 6), (6, 2), (1, 1), (3, 31)] {
            let days = Random::new(7, 0).days(count, last);
            assert_eq!(days.len(), count.min(last));
            assert!(days.is_sorted_by(|a, b| a < b), "{days:?}");
            assert_eq!(days.last(), Some(&last));
        }
    }

    #[test]
    fn a_seed_and_a_village_give_one_sequence() {
        let take = |seed, village| Random::new(seed, village).days(8, 31);
        assert_eq!(take(7, 0), take(7, 0));
        assert_ne!(take(7, 0), take(7, 1));
        assert_ne!(take(7, 0), take(8, 0));
    }
}
