//! Sealed values: what identifies a household or is private stands in a book only under a key that can be destroyed.
//!
//! **Invariant:** the plain text of a household identity or a private note never enters an automerge document.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::ids::{BookId, RecordId, Serial};

/// A household's key. Write-once under (household, key id).
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop, Serialize, Deserialize)]
pub struct HouseholdKey(pub [u8; 32]);

impl std::fmt::Debug for HouseholdKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HouseholdKey(…)")
    }
}

/// Where a sealed value stands; it opens nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The book.
    pub book: &'a BookId,
    /// The record.
    pub record: &'a RecordId,
    /// The field.
    pub field: &'a str,
    /// The household (or member) it is about: the owner of the key.
    pub subject: &'a RecordId,
}

/// A value that does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Not a sealed value of this version.
    #[error("not a sealed value of a known version")]
    Form,
    /// Altered, moved from elsewhere, or another key.
    #[error("the sealed value does not open here with this key")]
    Closed,
}

const VERSION: u8 = 1;
const HEAD: usize = 1 + 16 + 24;

/// Seals a value: version, key id, nonce, ciphertext. `nonce` is 24 random bytes.
pub fn seal(
    key_id: &Serial,
    key: &HouseholdKey,
    nonce: [u8; 24],
    place: Place<'_>,
    plain: &[u8],
) -> Result<Vec<u8>, SealError> {
    let cipher = XChaCha20Poly1305::new(&Key::from(key.0));
    let payload = Payload { msg: plain, aad: &aad(place) };
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::Closed)?;
    let mut out = Vec::with_capacity(HEAD + sealed.len());
    out.push(VERSION);
    out.extend_from_slice(key_id.as_bytes());
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&sealed);
    Ok(out)
}

/// The id of the key that a sealed value needs.
pub fn key_id(sealed: &[u8]) -> Result<Serial, SealError> {
    match sealed {
        [VERSION, rest @ ..] => rest.get(..16).and_then(|id| Serial::from_slice(id).ok()).ok_or(SealError::Form),
        _ => Err(SealError::Form),
    }
}

/// Opens a sealed value.
pub fn open(key: &HouseholdKey, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    key_id(sealed)?;
    let nonce: [u8; 24] = sealed.get(17..HEAD).and_then(|n| n.try_into().ok()).ok_or(SealError::Form)?;
    let body = sealed.get(HEAD..).ok_or(SealError::Form)?;
    let cipher = XChaCha20Poly1305::new(&Key::from(key.0));
    let payload = Payload { msg: body, aad: &aad(place) };
    cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::Closed)
}

fn aad(place: Place<'_>) -> Vec<u8> {
    let mut aad = Vec::with_capacity(64 + place.field.len());
    aad.extend_from_slice(place.book.as_bytes());
    aad.extend_from_slice(place.record.as_bytes());
    aad.extend_from_slice(place.subject.as_bytes());
    aad.extend_from_slice(place.field.as_bytes());
    aad
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_only_in_its_own_place() {
        let (book, record, subject) = (BookId([1; 32]), RecordId([2; 16]), RecordId([3; 16]));
        let place = Place { book: &book, record: &record, field: "note", subject: &subject };
        let key = HouseholdKey([4; 32]);
        let sealed = seal(&Serial([5; 16]), &key, [6; 24], place, "户主".as_bytes()).unwrap();
        assert_eq!(key_id(&sealed), Ok(Serial([5; 16])));
        assert_eq!(open(&key, place, &sealed).unwrap(), "户主".as_bytes());
        assert_eq!(open(&key, Place { field: "name", ..place }, &sealed), Err(SealError::Closed));
        assert_eq!(open(&HouseholdKey([0; 32]), place, &sealed), Err(SealError::Closed));
        assert_eq!(open(&key, place, &sealed[..20]), Err(SealError::Form));
    }
}
