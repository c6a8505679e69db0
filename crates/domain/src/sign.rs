//! Signatures: a device signs tagged, postcard-encoded statements.

use std::fmt;
use std::marker::PhantomData;

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::ids::{DeviceId, tagged_hash};

/// A statement that can be signed: the tag keeps a signature over one kind from passing as another.
pub trait Statement: Serialize + DeserializeOwned {
    /// Tag with version, such as `ybz receipt 1`.
    const TAG: &'static str;
}

/// A device's signing key.
#[derive(Clone)]
pub struct DeviceKey(SigningKey);

impl DeviceKey {
    /// Takes the 32 secret bytes.
    pub fn from_bytes(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The 32 secret bytes.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public half.
    pub fn id(&self) -> DeviceId {
        DeviceId(self.0.verifying_key().to_bytes())
    }

    /// The secret that this key and another agree on (X25519, over the Montgomery forms of both). None for a key that is no
    /// point, or of small order: everybody agrees with it on the same.
    pub(crate) fn agree(&self, other: &DeviceId) -> Option<Zeroizing<[u8; 32]>> {
        let other = VerifyingKey::from_bytes(other.as_bytes()).ok().filter(|key| !key.is_weak())?;
        let scalar = Zeroizing::new(self.0.to_scalar_bytes());
        Some(Zeroizing::new(other.to_montgomery().mul_clamped(*scalar).to_bytes()))
    }
}

impl fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceKey({:?})", self.id())
    }
}

/// A signature that does not hold, or a body that is not what its tag says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The key or the signature does not verify.
    #[error("the signature of {0} over a `{1}` does not hold")]
    Forged(DeviceId, &'static str),
    /// The body does not decode.
    #[error("the body of a `{0}` does not decode")]
    Garbled(&'static str),
}

/// A statement with its signature. The body stays the signed bytes, so that fields a newer program added are carried.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed<T> {
    /// Who signed.
    pub signer: DeviceId,
    body: Vec<u8>,
    #[serde(with = "signature_bytes")]
    signature: [u8; 64],
    #[serde(skip)]
    kind: PhantomData<fn() -> T>,
}

impl<T> fmt::Debug for Signed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signed({} bytes by {:?})", self.body.len(), self.signer)
    }
}

impl<T: Statement> Signed<T> {
    /// Signs a statement.
    pub fn sign(key: &DeviceKey, statement: &T) -> Self {
        let body = postcard::to_stdvec(statement).unwrap_or_default();
        let signature = key.0.sign(&message(T::TAG, &body)).to_bytes();
        Self { signer: key.id(), body, signature, kind: PhantomData }
    }

    /// Checks the signature and decodes the statement.
    pub fn open(&self) -> Result<T, SignError> {
        let forged = || SignError::Forged(self.signer, T::TAG);
        let key = VerifyingKey::from_bytes(self.signer.as_bytes()).map_err(|_| forged())?;
        let signature = ed25519_dalek::Signature::from_bytes(&self.signature);
        key.verify_strict(&message(T::TAG, &self.body), &signature).map_err(|_| forged())?;
        self.peek()
    }

    /// Decodes without checking, for statements this database has checked before.
    pub fn peek(&self) -> Result<T, SignError> {
        // Trailing bytes are fields of a newer program: they are signed, carried and not read here.
        postcard::take_from_bytes(&self.body).map(|(value, _)| value).map_err(|_| SignError::Garbled(T::TAG))
    }

    /// Hash of signer, body and signature: names this signed statement.
    pub fn hash(&self) -> [u8; 32] {
        tagged_hash(T::TAG, &[self.signer.as_bytes(), &self.body, &self.signature])
    }

    /// Hash of the body alone.
    pub fn body_hash(&self) -> [u8; 32] {
        tagged_hash(T::TAG, &[&self.body])
    }
}

fn message(tag: &str, body: &[u8]) -> [u8; 32] {
    tagged_hash(tag, &[b"sign", body])
}

mod signature_bytes {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8; 64], serializer: S) -> Result<S::Ok, S::Error> {
        let (left, right) = bytes.split_at(32);
        let half = |part: &[u8]| <[u8; 32]>::try_from(part).unwrap_or([0; 32]);
        (half(left), half(right)).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 64], D::Error> {
        let (left, right) = <([u8; 32], [u8; 32])>::deserialize(deserializer)?;
        let mut bytes = [0; 64];
        for (to, from) in bytes.iter_mut().zip(left.into_iter().chain(right)) {
            *to = from;
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Note(u32);
    impl Statement for Note {
        const TAG: &'static str = "test note 1";
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Other(u32);
    impl Statement for Other {
        const TAG: &'static str = "test other 1";
    }

    #[test]
    fn a_signature_holds_for_its_own_kind_only() {
        let key = DeviceKey::from_bytes(&[3; 32]);
        let signed = Signed::sign(&key, &Note(5));
        assert_eq!(signed.open(), Ok(Note(5)));
        let bytes = postcard::to_stdvec(&signed).unwrap();
        let other: Signed<Other> = postcard::from_bytes(&bytes).unwrap();
        assert!(matches!(other.open(), Err(SignError::Forged(..))), "the tag is part of what is signed");
        for at in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[at] ^= 1;
            let altered = postcard::from_bytes::<Signed<Note>>(&altered);
            assert!(altered.is_err() || altered.unwrap().open().is_err(), "byte {at} can be altered unseen");
        }
    }
}
