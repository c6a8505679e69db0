//! Wraps: the database key, sealed under a passphrase or under the words of a recovery sheet. Both go through argon2id, so
//! that whoever finds the file guesses slowly.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::key::DatabaseKey;

/// Memory that a new wrap takes, in KiB.
const MEMORY_KIB: u32 = 64 * 1024;
/// Passes over it.
const PASSES: u32 = 3;

/// Limits for what a file may ask of this machine. Less would be no protection, more an attack on the reader.
const MEMORY: std::ops::RangeInclusive<u32> = 8 * 1024..=256 * 1024;
const MOST_PASSES: u32 = 16;
const MOST_LANES: u32 = 4;

/// What a wrap opens with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// A passphrase that a person types.
    Passphrase,
    /// The 24 words of a recovery sheet.
    Words,
}

impl Secret {
    fn word(self) -> &'static str {
        match self {
            Self::Passphrase => "passphrase",
            Self::Words => "words",
        }
    }
}

/// The database key under a secret. Everything in it is public, and none of it is believed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrap {
    /// Day on which it was made, for people.
    pub made: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
    nonce: String,
    sealed: String,
}

/// A wrap that does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrapError {
    /// Its parameters are outside what this program accepts, or it is no wrap.
    #[error("the wrap of the key is not of a kind that this program opens")]
    Form,
    /// Another secret, another database, or altered.
    #[error("the secret does not open the key")]
    Closed,
}

impl Wrap {
    /// Wraps a key. `made` is a day, `id` the database's.
    pub(crate) fn seal(
        kind: Secret,
        secret: &[u8],
        key: &DatabaseKey,
        id: &str,
        made: jiff::civil::Date,
        random: fn(&mut [u8]),
    ) -> Result<Self, WrapError> {
        let (mut salt, mut nonce) = ([0; 16], [0; 24]);
        random(&mut salt);
        random(&mut nonce);
        let mut wrap = Self {
            made: made.to_string(),
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            lanes: 1,
            salt: HEXLOWER.encode(&salt),
            nonce: HEXLOWER.encode(&nonce),
            sealed: String::new(),
        };
        let aad = aad(kind, id);
        let payload = Payload { msg: key.as_bytes().as_slice(), aad: &aad };
        let sealed = wrap.cipher(secret)?.encrypt(&XNonce::from(nonce), payload).map_err(|_| WrapError::Form)?;
        wrap.sealed = HEXLOWER.encode(&sealed);
        Ok(wrap)
    }

    /// The key, if the secret is the one.
    pub(crate) fn open(&self, kind: Secret, secret: &[u8], id: &str) -> Result<DatabaseKey, WrapError> {
        let nonce: [u8; 24] = bytes(&self.nonce)?;
        let sealed: [u8; 48] = bytes(&self.sealed)?;
        let aad = aad(kind, id);
        let payload = Payload { msg: sealed.as_slice(), aad: &aad };
        let plain = self.cipher(secret)?.decrypt(&XNonce::from(nonce), payload).map_err(|_| WrapError::Closed)?;
        let plain = Zeroizing::new(plain);
        plain.as_slice().try_into().map(DatabaseKey::from_bytes).map_err(|_| WrapError::Form)
    }

    fn cipher(&self, secret: &[u8]) -> Result<XChaCha20Poly1305, WrapError> {
        let allowed = MEMORY.contains(&self.memory_kib)
            && (1..=MOST_PASSES).contains(&self.passes)
            && (1..=MOST_LANES).contains(&self.lanes);
        if !allowed {
            return Err(WrapError::Form);
        }
        let salt: [u8; 16] = bytes(&self.salt)?;
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(|_| WrapError::Form)?;
        let mut derived = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(secret, &salt, derived.as_mut_slice())
            .map_err(|_| WrapError::Form)?;
        Ok(XChaCha20Poly1305::new(&Key::from(*derived)))
    }
}

/// A wrap opens for its own database and kind of secret alone.
fn aad(kind: Secret, id: &str) -> Vec<u8> {
    [b"ybz wrap 1 ".as_slice(), kind.word().as_bytes(), b" ", id.as_bytes()].concat()
}

fn bytes<const N: usize>(text: &str) -> Result<[u8; N], WrapError> {
    let decoded = HEXLOWER.decode(text.as_bytes()).map_err(|_| WrapError::Form)?;
    decoded.try_into().map_err(|_| WrapError::Form)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random(bytes: &mut [u8]) {
        bytes.fill(9);
    }

    #[test]
    fn a_wrap_opens_with_its_own_secret_for_its_own_database_and_kind_alone() {
        let key = DatabaseKey::from_bytes([7; 32]);
        let made = jiff::civil::Date::constant(2026, 3, 20);
        let wrap = Wrap::seal(Secret::Passphrase, b"open sesame", &key, "ab", made, random).unwrap();
        assert_eq!(wrap.open(Secret::Passphrase, b"open sesame", "ab").unwrap().as_bytes(), key.as_bytes());
        for (kind, secret, id) in [
            (Secret::Passphrase, "open sesam", "ab"),
            (Secret::Words, "open sesame", "ab"),
            (Secret::Passphrase, "open sesame", "ac"),
        ] {
            assert_eq!(wrap.open(kind, secret.as_bytes(), id).unwrap_err(), WrapError::Closed);
        }
    }

    #[test]
    fn a_file_cannot_make_the_reader_work_without_end_or_guess_for_nothing() {
        let key = DatabaseKey::from_bytes([7; 32]);
        let made = jiff::civil::Date::constant(2026, 3, 20);
        let wrap = Wrap::seal(Secret::Passphrase, b"secret", &key, "ab", made, random).unwrap();
        for hostile in [
            Wrap { memory_kib: u32::MAX, ..wrap.clone() },
            Wrap { memory_kib: 8, ..wrap.clone() },
            Wrap { passes: u32::MAX, ..wrap.clone() },
            Wrap { passes: 0, ..wrap.clone() },
            Wrap { lanes: 1 << 20, ..wrap.clone() },
            Wrap { salt: String::new(), ..wrap.clone() },
            Wrap { nonce: "zz".to_owned(), ..wrap.clone() },
            Wrap { sealed: "00".repeat(1 << 20), ..wrap.clone() },
        ] {
            assert_eq!(hostile.open(Secret::Passphrase, b"secret", "ab").unwrap_err(), WrapError::Form);
        }
    }
}
