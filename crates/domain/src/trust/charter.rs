//! Charters: the root of a tree, signed by an offline recovery key.

use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};

use crate::ids::{DeviceId, OfficeId, TreeId, tagged_hash};
use crate::sign::{DeviceKey, Signed, Statement};

/// Names the root office and its keepers' devices. The next charter is signed by the same recovery key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// Checks a chain of charters against the pinned tree and returns the last one, which is in force.
pub fn check_charters(charters: &[Signed<Charter>], tree: &TreeId) -> Result<Charter, ChartersError> {
    let first = charters.first().ok_or(ChartersError::Empty)?;
    if tree_id(first) != *tree {
        return Err(ChartersError::OtherTree);
    }
    let mut previous: Option<(&Signed<Charter>, Charter)> = None;
    for (number, signed) in (1..).zip(charters) {
        let charter = signed.open().map_err(|_| ChartersError::Broken(number))?;
        let follows = charter.version == number
            && match &previous {
                None => charter.previous.is_none(),
                Some((before, content)) => {
                    charter.previous == Some(before.hash())
                        && before.signer == signed.signer
                        && content.office == charter.office
                }
            };
        if !follows {
            return Err(ChartersError::Broken(number));
        }
        previous = Some((signed, charter));
    }
    previous.map(|(_, charter)| charter).ok_or(ChartersError::Empty)
}
