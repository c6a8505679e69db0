//! 办结率, 满意率: counts of items by what they count as. A rate is never shown without its numerator, its denominator and
//! the day as of which it holds.

use std::collections::{BTreeMap, BTreeSet};

use super::spec::{Flow, RateSpec};

/// A rate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rate {
    /// Items that count.
    pub numerator: u32,
    /// Items of which.
    pub denominator: u32,
    /// As of which day, ISO.
    pub as_of: String,
}

impl Rate {
    /// Tenths of a percent, rounded half up: 900 is 90.0 %. None where there is nothing to divide by.
    pub fn tenths(&self) -> Option<u32> {
        let (of, all) = (u64::from(self.numerator), u64::from(self.denominator));
        let rounded = (of * 2000 + all).checked_div(all * 2)?;
        u32::try_from(rounded).ok()
    }
}

impl RateSpec {
    /// Whether an item that counts as these is in the numerator; none where it is not even in the denominator.
    pub fn counts(&self, counts: &BTreeSet<&str>) -> Option<bool> {
        let all = |words: &BTreeSet<String>| words.iter().all(|word| counts.contains(word.as_str()));
        all(&self.of).then(|| all(&self.with))
    }
}

/// Counts for each rate of a template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    counted: BTreeMap<String, (u32, u32)>,
}

impl Tally {
    /// Adds an item by what it counts as.
    pub fn add(&mut self, flow: &Flow, counts: &BTreeSet<&str>) {
        for rate in &flow.rates {
            let Some(with) = rate.counts(counts) else { continue };
            self.put(&rate.id, u32::from(with), 1);
        }
    }

    /// Adds numbers of items that were counted elsewhere.
    pub fn put(&mut self, rate: &str, numerator: u32, denominator: u32) {
        match self.counted.get_mut(rate) {
            Some((with, all)) => {
                *with = with.saturating_add(numerator);
                *all = all.saturating_add(denominator);
            }
            None => drop(self.counted.insert(rate.to_owned(), (numerator, denominator))),
        }
    }

    /// Adds what was counted elsewhere, of other items.
    pub fn join(&mut self, other: &Self) {
        for (rate, (numerator, denominator)) in &other.counted {
            self.put(rate, *numerator, *denominator);
        }
    }

    /// A rate of the template; of none of its items it is 0 of 0.
    pub fn rate(&self, id: &str, as_of: &str) -> Rate {
        let (numerator, denominator) = self.counted.get(id).copied().unwrap_or_default();
        Rate { numerator, denominator, as_of: as_of.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_of_a_percent_are_rounded_half_up_and_nothing_is_divided_by_nothing() {
        let rate = |numerator, denominator| Rate { numerator, denominator, as_of: String::new() }.tenths();
        assert_eq!(rate(180, 200), Some(900));
        assert_eq!(rate(105, 120), Some(875));
        assert_eq!(rate(55, 56), Some(982), "98.21 %");
        assert_eq!(rate(1, 16), Some(63), "6.25 % is half up");
        assert_eq!(rate(1, 2000), Some(1), "0.05 % is half up");
        assert_eq!(rate(0, 5), Some(0));
        assert_eq!(rate(0, 0), None);
        assert_eq!(rate(u32::MAX, u32::MAX), Some(1000));
    }
}
