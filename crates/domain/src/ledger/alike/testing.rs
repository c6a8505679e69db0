//! Seeded chance, and how good proposals are.

use std::collections::BTreeSet;

use super::Pair;
use crate::ids::RecordId;

/// Numbers that are the same in every run (xorshift).
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn below(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from((self.0 >> 11) % u64::from(end)).unwrap()
    }

    pub(super) fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share
    }

    pub(super) fn of(&mut self, text: &str) -> char {
        let count = u32::try_from(text.chars().count()).unwrap();
        text.chars().nth(usize::try_from(self.below(count)).unwrap()).unwrap()
    }

    pub(super) fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[usize::try_from(self.below(u32::try_from(words.len()).unwrap())).unwrap()]
    }
}

/// Recall and precision, of 1,000.
pub(super) fn measure(pairs: &[Pair], wanted: &BTreeSet<(RecordId, RecordId)>) -> (usize, usize) {
    let right = pairs.iter().filter(|pair| wanted.contains(&(pair.one, pair.other))).count();
    (right * 1000 / wanted.len().max(1), right * 1000 / pairs.len().max(1))
}
