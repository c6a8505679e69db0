//! Envelopes: files that a few devices open and nobody else, whoever carries them.
//!
//! ```text
//! "ybz" kind, version | ephemeral key | n, n sealed content keys | check | pieces
//! ```
//! The content is cut into pieces of 64 KiB, each under XChaCha20-Poly1305 with its number and whether it is the last in the
//! nonce, so that no piece can be altered, moved, repeated or left out unseen. The content key is drawn for each envelope and
//! sealed to each device under a key that X25519 agrees on, between a key pair of this envelope alone and the device's own
//! key in its Montgomery form; both public keys go into the derivation. The check over the head tells a damaged file from
//! one that is for others; it proves nothing. Who wrote the content, and to whom, is signed inside.
//!
//! **Invariant:** nothing outside the pieces names a device, an office or a tree.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::ids::{DeviceId, tagged_hash};
use crate::sign::DeviceKey;

/// What an envelope holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnvelopeKind {
    /// A delivery.
    Bundle,
    /// A request to join.
    Request,
    /// The answer to one.
    Grant,
}

impl EnvelopeKind {
    fn magic(self) -> [u8; 5] {
        match self {
            Self::Bundle => *b"ybzb\x01",
            Self::Request => *b"ybzq\x01",
            Self::Grant => *b"ybzc\x01",
        }
    }
}

/// Devices that one envelope is for, at most.
pub const MAX_DEVICES: usize = 64;

/// Bytes of content in a piece.
const PIECE: usize = 64 * 1024;
const TAG: usize = 16;
/// A sealed content key.
const SLOT: usize = 32 + TAG;
const MAGIC: usize = 5;
/// Before the sealed keys: magic, ephemeral key, their number.
const HEAD: usize = MAGIC + 32 + 1;
const CHECK: usize = 32;

/// Why an envelope does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Not an envelope of this kind.
    #[error("the file is not one of these")]
    Form,
    /// Of a newer program.
    #[error("the file is of a newer version")]
    Newer,
    /// Bytes differ from what was written.
    #[error("the file is damaged or altered")]
    Altered,
    /// Its end is missing.
    #[error("the end of the file is missing")]
    Truncated,
    /// This device is not one of those it was made for.
    #[error("the file is for other devices")]
    Foreign,
    /// For no device, for too many, or for something that is no device.
    #[error("an envelope for {0} devices cannot be made")]
    Devices(usize),
    /// More content than fits.
    #[error("the content is too large")]
    TooLarge,
}

type Result<T> = std::result::Result<T, EnvelopeError>;

/// What must be drawn anew for each envelope and never used again.
pub struct EnvelopeSeed {
    /// The ephemeral secret.
    pub ephemeral: [u8; 32],
    /// The content key.
    pub content: [u8; 32],
}

/// Closes `content` for these devices.
///
/// # Errors
/// [`EnvelopeError::Devices`], [`EnvelopeError::TooLarge`].
pub fn close(kind: EnvelopeKind, devices: &[DeviceId], seed: EnvelopeSeed, content: &[u8]) -> Result<Vec<u8>> {
    let number = u8::try_from(devices.len()).ok().filter(|number| (1..=MAX_DEVICES).contains(&usize::from(*number)));
    let number = number.ok_or(EnvelopeError::Devices(devices.len()))?;
    let (ephemeral, key) = (DeviceKey::from_bytes(&seed.ephemeral), Zeroizing::new(seed.content));
    let mut out = Vec::with_capacity(HEAD + devices.len() * SLOT + CHECK + content.len() + content.len() / 1024 + TAG);
    out.extend_from_slice(&kind.magic());
    out.extend_from_slice(ephemeral.id().as_bytes());
    out.push(number);
    for device in devices {
        let shared = ephemeral.agree(device).ok_or(EnvelopeError::Devices(devices.len()))?;
        let cipher = slot_cipher(&ephemeral.id(), device, &shared);
        let payload = Payload { msg: key.as_slice(), aad: &kind.magic() };
        out.extend(cipher.encrypt(&XNonce::from([0; 24]), payload).map_err(|_| EnvelopeError::TooLarge)?);
    }
    let check = check(&out);
    out.extend_from_slice(&check);
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let mut pieces = content.chunks(PIECE).peekable();
    let mut number = 0u32;
    loop {
        let piece = pieces.next().unwrap_or_default();
        let last = pieces.peek().is_none();
        let payload = Payload { msg: piece, aad: &check };
        out.extend(cipher.encrypt(&nonce(number, last), payload).map_err(|_| EnvelopeError::TooLarge)?);
        if last {
            return Ok(out);
        }
        number = number.checked_add(1).ok_or(EnvelopeError::TooLarge)?;
    }
}

/// Opens an envelope with this device's key. Allocates no more than the file's own length.
///
/// # Errors
/// Every [`EnvelopeError`] but [`EnvelopeError::Devices`].
pub fn open(kind: EnvelopeKind, device: &DeviceKey, bytes: &[u8]) -> Result<Vec<u8>> {
    let magic = kind.magic();
    let (name, version) = magic.split_at(MAGIC - 1);
    match bytes.split_at_checked(MAGIC) {
        Some((found, _)) if found == magic => {}
        Some((found, _)) if found.starts_with(name) && found.get(MAGIC - 1) > version.first() => {
            return Err(EnvelopeError::Newer);
        }
        Some(_) => return Err(EnvelopeError::Form),
        None => return Err(if magic.starts_with(bytes) { EnvelopeError::Truncated } else { EnvelopeError::Form }),
    }
    let number = usize::from(*bytes.get(HEAD - 1).ok_or(EnvelopeError::Truncated)?);
    if number == 0 || number > MAX_DEVICES {
        return Err(EnvelopeError::Altered);
    }
    let slots_end = HEAD + number * SLOT;
    let (head, rest) = bytes.split_at_checked(slots_end).ok_or(EnvelopeError::Truncated)?;
    let (said, pieces) = rest.split_at_checked(CHECK).ok_or(EnvelopeError::Truncated)?;
    let check = check(head);
    if said != check {
        return Err(EnvelopeError::Altered);
    }
    let key = content_key(kind, device, head).ok_or(EnvelopeError::Foreign)?;
    open_pieces(&XChaCha20Poly1305::new(&Key::from(*key)), &check, pieces)
}

fn content_key(kind: EnvelopeKind, device: &DeviceKey, head: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let ephemeral = DeviceId::from_slice(head.get(MAGIC..MAGIC + 32)?).ok()?;
    let shared = device.agree(&ephemeral)?;
    let cipher = slot_cipher(&ephemeral, &device.id(), &shared);
    head.get(HEAD..)?.chunks_exact(SLOT).find_map(|slot| {
        let payload = Payload { msg: slot, aad: &kind.magic() };
        let key = Zeroizing::new(cipher.decrypt(&XNonce::from([0; 24]), payload).ok()?);
        Some(Zeroizing::new(key.as_slice().try_into().ok()?))
    })
}

fn open_pieces(cipher: &XChaCha20Poly1305, check: &[u8; 32], pieces: &[u8]) -> Result<Vec<u8>> {
    if pieces.len() < TAG {
        return Err(EnvelopeError::Truncated);
    }
    let mut out = Vec::with_capacity(pieces.len());
    let mut pieces = pieces.chunks(PIECE + TAG).peekable();
    let mut number = 0u32;
    while let Some(piece) = pieces.next() {
        let last = pieces.peek().is_none();
        let opened = |last| cipher.decrypt(&nonce(number, last), Payload { msg: piece, aad: check });
        match opened(last) {
            Ok(content) => out.extend(content),
            // Cut where a piece ends it is sound, and not the last; cut elsewhere its mark is lost.
            Err(_) if last && (opened(false).is_ok() || piece.len() < TAG) => return Err(EnvelopeError::Truncated),
            Err(_) => return Err(EnvelopeError::Altered),
        }
        number = number.checked_add(1).ok_or(EnvelopeError::TooLarge)?;
    }
    Ok(out)
}

fn nonce(number: u32, last: bool) -> XNonce {
    let mut nonce = [0; 24];
    for (to, from) in nonce.iter_mut().skip(19).zip(number.to_be_bytes().into_iter().chain([u8::from(last)])) {
        *to = from;
    }
    XNonce::from(nonce)
}

fn check(head: &[u8]) -> [u8; CHECK] {
    tagged_hash("ybz envelope head 1", &[head])
}

/// The key of one slot: used once, so its nonce is nothing.
fn slot_cipher(ephemeral: &DeviceId, device: &DeviceId, shared: &[u8; 32]) -> XChaCha20Poly1305 {
    let mut material = Zeroizing::new(Vec::with_capacity(96));
    for part in [ephemeral.as_bytes(), device.as_bytes(), shared] {
        material.extend_from_slice(part);
    }
    let key = Zeroizing::new(blake3::derive_key("ybz 2026 envelope slot 1", &material));
    XChaCha20Poly1305::new(&Key::from(*key))
}

#[cfg(test)]
#[path = "envelope_tests.rs"]
mod tests;
