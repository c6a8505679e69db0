//! 疑似重复: members and concerns of different branches that may be one, proposed with reasons. Nothing is merged but by a person.
//!
//! What is compared is what the committee holds: names as they sound, months of birth and of joining, the words of texts handed
//! in. Pairs are looked for among records that share a key, and each record is compared with a bounded number of
//! neighbours, so that the cost grows with the records and not with their pairs. The same records give the same pairs.

mod concerns;
mod members;
#[cfg(test)]
mod testing;

use std::collections::{BTreeMap, BTreeSet};

pub use concerns::{Concern, concerns};
pub use members::{Person, members};

use crate::ids::RecordId;

/// Neighbours under one key with which a record is compared.
const NEIGHBOURS: usize = 40;

/// Why two records may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The same name.
    Name,
    /// Names that sound alike.
    Sound,
    /// Names that differ by one character.
    NearName,
    /// The same month of birth.
    BirthMonth,
    /// Months of birth of one year, or that differ by one digit.
    NearBirthMonth,
    /// The same day or month of joining.
    Joined,
    /// Texts that say the same.
    Text,
    /// The same category.
    Category,
    /// The same record from which both were made.
    Source,
}

impl Why {
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Sound => "sound",
            Self::NearName => "near_name",
            Self::BirthMonth => "birth_month",
            Self::NearBirthMonth => "near_birth_month",
            Self::Joined => "joined",
            Self::Text => "text",
            Self::Category => "category",
            Self::Source => "source",
        }
    }
}

/// Two records that may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The one with the lower id.
    pub one: RecordId,
    /// The other.
    pub other: RecordId,
    /// Why.
    pub why: BTreeSet<Why>,
    /// How much speaks for it, in points; those with more come first.
    pub points: i32,
}

/// Pairs of places that share a key and stand near one another under it. `blocks` hold places in an order in which
/// those that are alike stand together.
fn near(blocks: &BTreeMap<String, Vec<usize>>) -> BTreeSet<(usize, usize)> {
    let mut out = BTreeSet::new();
    for places in blocks.values() {
        for (at, one) in places.iter().enumerate() {
            let next = places.iter().skip(at + 1).take(NEIGHBOURS);
            out.extend(next.map(|other| (*one.min(other), *one.max(other))).filter(|(one, other)| one != other));
        }
    }
    out
}

/// Points of a pair that was made of one and the same record: before all that merely look alike.
const ONE_SOURCE: i32 = 10_000;

/// Adds the pairs that come from one source, as when two devices took it in without knowing of each other.
pub fn with_sources(pairs: Vec<Pair>, sources: &BTreeMap<RecordId, String>) -> Vec<Pair> {
    let mut all: BTreeMap<(RecordId, RecordId), Pair> =
        pairs.into_iter().map(|pair| ((pair.one, pair.other), pair)).collect();
    let mut last: BTreeMap<&str, RecordId> = BTreeMap::new();
    // By id: the one before has the lower one.
    for (other, source) in sources.iter().filter(|(_, source)| !source.is_empty()) {
        if let Some(one) = last.insert(source, *other) {
            let new = || Pair { one, other: *other, why: BTreeSet::new(), points: 0 };
            let pair = all.entry((one, *other)).or_insert_with(new);
            pair.why.insert(Why::Source);
            pair.points += ONE_SOURCE;
        }
    }
    sorted(all.into_values().collect(), &BTreeSet::new())
}

/// Best first, equal ones by id; without those of which a person said that they are two.
fn sorted(mut pairs: Vec<Pair>, apart: &BTreeSet<(RecordId, RecordId)>) -> Vec<Pair> {
    pairs.retain(|pair| !apart.contains(&(pair.one, pair.other)));
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.points), pair.one, pair.other));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_of_one_record_is_a_pair_whatever_it_says() {
        let id = |n: u8| RecordId([n; 16]);
        let text = Pair { one: id(1), other: id(2), why: [Why::Text].into(), points: 900 };
        let sources = [(id(1), "a"), (id(2), "b"), (id(3), "a"), (id(4), ""), (id(5), ""), (id(6), "a")];
        let sources = sources.map(|(id, source)| (id, source.to_owned())).into();
        let pairs = with_sources(vec![text.clone()], &sources);
        let told: Vec<_> = pairs.iter().map(|pair| (pair.one, pair.other, pair.why.clone())).collect();
        let one = BTreeSet::from([Why::Source]);
        assert_eq!(told, [(id(1), id(3), one.clone()), (id(3), id(6), one), (id(1), id(2), [Why::Text].into())]);
        let same = [(id(1), "a".to_owned()), (id(2), "a".to_owned())].into();
        assert_eq!(with_sources(vec![text], &same)[0].why, [Why::Text, Why::Source].into());
    }
}
