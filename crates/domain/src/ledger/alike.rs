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

/// Best first, equal ones by id; without those of which a person said that they are two.
fn sorted(mut pairs: Vec<Pair>, apart: &BTreeSet<(RecordId, RecordId)>) -> Vec<Pair> {
    pairs.retain(|pair| !apart.contains(&(pair.one, pair.other)));
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.points), pair.one, pair.other));
    pairs
}
