//! Ids: newtypes over bytes, shown as lowercase hexadecimal.

use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER_PERMISSIVE;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Text that is not the hexadecimal form of an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} needs {bytes} bytes in hexadecimal")]
pub struct IdError {
    what: &'static str,
    bytes: usize,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// The bytes.
            pub fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }

            /// Reads the id from bytes of exactly its length.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, IdError> {
                bytes.try_into().map(Self).map_err(|_| IdError { what: stringify!($name), bytes: $len })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let hex = data_encoding::HEXLOWER.encode(&self.0);
                write!(f, "{}({})", stringify!($name), hex.get(..8).unwrap_or(&hex))
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let error = || IdError { what: stringify!($name), bytes: $len };
                let bytes = HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).map_err(|_| error())?;
                Self::from_slice(&bytes)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    self.0.serialize(serializer)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    let text = String::deserialize(deserializer)?;
                    text.parse().map_err(serde::de::Error::custom)
                } else {
                    <[u8; $len]>::deserialize(deserializer).map(Self)
                }
            }
        }
    };
}

id!(
    /// An office (机构): 128 random bits made when it starts, before it has joined anything.
    OfficeId, 16
);
id!(
    /// A tree of offices: BLAKE3 of its first charter.
    TreeId, 32
);
id!(
    /// A device: its ed25519 public key, which is also its network endpoint id.
    DeviceId, 32
);
id!(
    /// A book: see [`crate::book::BookKey::id`].
    BookId, 32
);
id!(
    /// A record within a book: a UUIDv7.
    RecordId, 16
);
id!(
    /// The automerge hash of a change.
    ChangeHash, 32
);
id!(
    /// An automerge actor, bound to device, book and nonce: see [`ActorId::bind`].
    ActorId, 16
);
id!(
    /// One life of a database (化身): random, new after a copy or a restore.
    Incarnation, 16
);
id!(
    /// Opaque number of a certificate or of an invitation.
    Serial, 16
);

impl ActorId {
    /// Derives the only actor that `device` may use in `book` during one incarnation.
    pub fn bind(device: &DeviceId, book: &BookId, nonce: &Incarnation) -> Self {
        let hash = tagged_hash("ybz actor 1", &[device.as_bytes(), book.as_bytes(), nonce.as_bytes()]);
        let mut actor = [0; 16];
        actor.copy_from_slice(hash.get(..16).unwrap_or(&[0; 16]));
        Self(actor)
    }
}

impl RecordId {
    /// Makes a UUIDv7 from milliseconds since 1970 and 10 random bytes.
    pub fn new(millis: u64, random: [u8; 10]) -> Self {
        Self(*uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().as_bytes())
    }

    /// Derives an id from a natural key, so that two devices that make the same record make it once.
    pub fn natural(tag: &str, parts: &[&[u8]]) -> Self {
        let hash = tagged_hash(tag, parts);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(hash.get(..16).unwrap_or(&[0; 16]));
        Self(*uuid::Builder::from_custom_bytes(bytes).into_uuid().as_bytes())
    }
}

/// BLAKE3 over a tag and parts, each preceded by its length, so that no two lists of parts hash alike.
pub fn tagged_hash(tag: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for part in std::iter::once(tag.as_bytes()).chain(parts.iter().copied()) {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_from_its_text_and_refuses_other_lengths() {
        let id = OfficeId([7; 16]);
        assert_eq!(id.to_string().parse::<OfficeId>(), Ok(id));
        assert!("07".parse::<OfficeId>().is_err(), "a shorter text is no office id");
    }

    #[test]
    fn parts_are_length_prefixed() {
        assert_ne!(
            tagged_hash("t", &[b"ab", b"c"]),
            tagged_hash("t", &[b"a", b"bc"]),
            "moving a byte between parts must change the hash"
        );
    }
}
