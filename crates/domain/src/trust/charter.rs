//! Charters: the root of a tree, signed by an offline recovery key.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use ed25519_dalek::SigningKey;
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::ser::SerializeTuple;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ids::{ActorId, BookId, ChangeHash, DeviceId, OfficeId, TreeId, tagged_hash};
use crate::sign::{DeviceKey, Signed, Statement};
use crate::trust::log::LinkHash;

/// Charters of one tree that are looked at.
const MAX_CHARTERS: u32 = 64;

/// Names the root office and its keepers' devices. The next charter is signed by the same recovery key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charter {
    /// From 1.
    pub version: u32,
    /// Hash of the charter before; none for the first.
    pub previous: Option<[u8; 32]>,
    /// The root office.
    pub office: OfficeId,
    /// Its name.
    pub name: String,
    /// Devices that are keepers of the root.
    pub keepers: Vec<DeviceId>,
    /// Keepers of the root that are shut out: lost, or in wrong hands. The first charter shuts out nobody and has no place for
    /// the list, so that trees founded before there was one keep their id. A device of an earlier charter that is neither here
    /// nor among the keepers is shut out as well, with all that it issued.
    pub ended: Vec<Ended>,
}

/// A keeper of the root that a charter shuts out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Its device.
    pub device: DeviceId,
    /// Its last valid entry, as number and link; none: whatever it issued is void. Of several charters the furthest counts.
    pub last: Option<(u64, LinkHash)>,
    /// Per book its last valid change.
    pub cut: Vec<(BookId, ActorId, u64, ChangeHash)>,
}

impl Serialize for Charter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { version, previous, office, name, keepers, ended } = self;
        let mut fields = serializer.serialize_tuple(if *version == 1 { 5 } else { 6 })?;
        fields.serialize_element(version)?;
        fields.serialize_element(previous)?;
        fields.serialize_element(office)?;
        fields.serialize_element(name)?;
        fields.serialize_element(keepers)?;
        if *version != 1 {
            fields.serialize_element(ended)?;
        }
        fields.end()
    }
}

impl<'de> Deserialize<'de> for Charter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        fn next<'de, A: SeqAccess<'de>, T: Deserialize<'de>>(fields: &mut A) -> Result<T, A::Error> {
            fields.next_element()?.ok_or_else(|| A::Error::custom("a charter is too short"))
        }

        impl<'de> Visitor<'de> for Fields {
            type Value = Charter;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a charter")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Charter, A::Error> {
                let (version, previous, office) = (next(&mut fields)?, next(&mut fields)?, next(&mut fields)?);
                let (name, keepers) = (next(&mut fields)?, next(&mut fields)?);
                let ended = if version == 1 { Vec::new() } else { next(&mut fields)? };
                Ok(Charter { version, previous, office, name, keepers, ended })
            }
        }

        deserializer.deserialize_tuple(6, Fields)
    }
}

impl Statement for Charter {
    const TAG: &'static str = "ybz charter 1";
}

/// The offline key that signs charters. It exists as 24 printed words and, for a moment, in memory.
#[derive(Debug, Clone)]
pub struct RecoveryKey(DeviceKey);

impl RecoveryKey {
    /// Derives the key from 32 bytes of entropy (the content of the 24 words).
    pub fn from_entropy(entropy: &[u8; 32]) -> Self {
        let secret = tagged_hash("ybz recovery key 1", &[entropy]);
        Self(DeviceKey::from_bytes(&SigningKey::from_bytes(&secret).to_bytes()))
    }

    /// Whether this key signed a charter.
    pub fn signed(&self, charter: &Signed<Charter>) -> bool {
        self.0.id() == charter.signer
    }

    /// Signs a charter.
    pub fn sign(&self, charter: &Charter) -> Signed<Charter> {
        Signed::sign(&self.0, charter)
    }
}

/// Charters that do not make a chain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChartersError {
    /// No charter.
    #[error("no charter")]
    Empty,
    /// The first charter is not the one that names the tree.
    #[error("the first charter names another tree")]
    OtherTree,
    /// A link is broken, forged, or by another recovery key.
    #[error("charter {0} does not follow from the one before")]
    Broken(u32),
}

/// The id of the tree that this first charter founds.
pub fn tree_id(first: &Signed<Charter>) -> TreeId {
    TreeId(first.hash())
}

/// Charters of one version by hash, each with the one before.
type Level<'a> = BTreeMap<[u8; 32], (&'a Signed<Charter>, [u8; 32])>;

/// The chain of charters that is in force: from the first, which names the tree, as far as each names the one before and is
/// signed by the same recovery key. Of charters that follow the same one the chain that goes further counts, of equally long
/// ones that whose last has the lowest hash; so everybody who knows them agrees.
pub fn charter_chain(known: &[Signed<Charter>], tree: &TreeId) -> Vec<Signed<Charter>> {
    let Some(first) = known.iter().find(|signed| tree_id(signed) == *tree) else { return Vec::new() };
    let Some(founded) = first.open().ok().filter(|c| c.version == 1 && c.previous.is_none()) else { return Vec::new() };
    let mut after: BTreeMap<[u8; 32], Vec<(&Signed<Charter>, u32)>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for signed in known.iter().filter(|signed| signed.signer == first.signer && seen.insert(signed.hash())) {
        let Ok(charter) = signed.open() else { continue };
        if let Some(previous) = charter.previous.filter(|_| charter.office == founded.office) {
            after.entry(previous).or_default().push((signed, charter.version));
        }
    }
    // Level by level, each charter with the one through which it was reached.
    let mut levels: Vec<Level<'_>> = vec![BTreeMap::from([(first.hash(), (first, [0; 32]))])];
    for version in 2..=MAX_CHARTERS {
        let reached = levels.last().into_iter().flat_map(BTreeMap::keys);
        let next: Level<'_> = reached
            .flat_map(|before| {
                after.get(before).into_iter().flatten().map(move |(signed, number)| (before, signed, number))
            })
            .filter(|(_, _, number)| **number == version)
            .map(|(before, signed, _)| (signed.hash(), (*signed, *before)))
            .collect();
        if next.is_empty() {
            break;
        }
        levels.push(next);
    }
    let mut out = Vec::with_capacity(levels.len());
    let mut at = levels.last().and_then(|last| last.keys().next().copied());
    for level in levels.iter().rev() {
        let Some((signed, before)) = at.and_then(|hash| level.get(&hash)) else { return Vec::new() };
        out.push((*signed).clone());
        at = Some(*before);
    }
    out.reverse();
    out
}

/// Checks a chain of charters against the pinned tree and returns the last one, which is in force.
pub fn check_charters(charters: &[Signed<Charter>], tree: &TreeId) -> Result<Charter, ChartersError> {
    let first = charters.first().ok_or(ChartersError::Empty)?;
    if tree_id(first) != *tree {
        return Err(ChartersError::OtherTree);
    }
    let chain = charter_chain(charters, tree);
    let broken = || ChartersError::Broken(u32::try_from(chain.len() + 1).unwrap_or(u32::MAX));
    if chain.len() != charters.len() {
        return Err(broken());
    }
    chain.last().and_then(|signed| signed.open().ok()).ok_or_else(broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: OfficeId = OfficeId([1; 16]);

    fn recovery() -> RecoveryKey {
        RecoveryKey::from_entropy(&[1; 32])
    }

    fn device(number: u8) -> DeviceId {
        DeviceKey::from_bytes(&[number; 32]).id()
    }

    fn after(before: Option<&Signed<Charter>>, keeper: u8) -> Charter {
        Charter {
            version: before.map_or(1, |signed| signed.open().unwrap().version + 1),
            previous: before.map(Signed::hash),
            office: OFFICE,
            name: "县委组织部".to_owned(),
            keepers: vec![device(keeper)],
            ended: Vec::new(),
        }
    }

    #[test]
    fn the_first_charter_keeps_the_bytes_it_always_had_and_a_later_one_carries_whom_it_shuts_out() {
        #[derive(Serialize)]
        struct Before(u32, Option<[u8; 32]>, OfficeId, String, Vec<DeviceId>);
        let first = after(None, 1);
        let was = Before(1, None, OFFICE, first.name.clone(), first.keepers.clone());
        assert_eq!(postcard::to_stdvec(&first).unwrap(), postcard::to_stdvec(&was).unwrap(), "tree ids hang on it");
        let signed = recovery().sign(&first);
        let ended = Ended { device: device(1), last: Some((3, [7; 32])), cut: Vec::new() };
        let second = Charter { ended: vec![ended], ..after(Some(&signed), 2) };
        assert_eq!(recovery().sign(&second).open().unwrap(), second);
    }

    #[test]
    fn the_longer_chain_counts_and_of_equal_ones_the_lower_hash_in_whatever_order_they_are_known() {
        let first = recovery().sign(&after(None, 1));
        let tree = tree_id(&first);
        let (a, b) = (recovery().sign(&after(Some(&first), 2)), recovery().sign(&after(Some(&first), 3)));
        let (low, high) = if a.hash() < b.hash() { (a, b) } else { (b, a) };
        for known in [[first.clone(), low.clone(), high.clone()], [high.clone(), low.clone(), first.clone()]] {
            assert_eq!(charter_chain(&known, &tree), [first.clone(), low.clone()]);
        }
        let third = recovery().sign(&after(Some(&high), 4));
        let known = [third.clone(), low, high.clone(), first.clone()];
        assert_eq!(charter_chain(&known, &tree), [first.clone(), high, third]);
        let stranger = RecoveryKey::from_entropy(&[2; 32]).sign(&after(Some(&first), 9));
        let known = [first.clone(), stranger];
        assert_eq!(charter_chain(&known, &tree), std::slice::from_ref(&first), "another recovery key");
        assert_eq!(check_charters(&known, &tree), Err(ChartersError::Broken(2)));
        assert_eq!(check_charters(&[first], &TreeId([0; 32])), Err(ChartersError::OtherTree));
    }
}
