//! Bundles: what one side of a session would say, in a file. A bundle is a signed manifest and, packed as in a burst, the
//! frames
//!
//! ```text
//! Hello (statements), Listing (what the sender holds), Changes…, Blob…, Keys…, Receipt, Sent
//! ```
//! The receiver answers with a bundle of its own. Who may read the file is the envelope's affair
//! (`ybz_domain::envelope`); this module bounds what is in it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ybz_domain::ids::{BookId, OfficeId, TreeId, tagged_hash};
use ybz_domain::sign::{DeviceKey, SignError, Signed, Statement};

use crate::catalog::Digest;
use crate::limits::MAX_FRAME;
use crate::machine::{Batch, pieces};
use crate::wire::{Codec, Frame, HEADER, Header, WireError};

/// Bytes of a bundle.
pub const MAX_BUNDLE: usize = 40 * 1024 * 1024;
/// Frames in one.
const MAX_FRAMES: usize = 8_192;
/// Bytes of its manifest with the signature.
const MAX_MANIFEST: usize = 1_024;

/// Who says this to whom. The signature over it covers the frames.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The tree of both.
    pub tree: Option<TreeId>,
    /// The office that speaks; the signing device has, or had, its place there.
    pub from: OfficeId,
    /// The office that is spoken to.
    pub to: OfficeId,
    /// The sender's date, shown to people.
    pub on: Date,
    /// Tagged BLAKE3 of the packed frames.
    pub frames: Digest,
}

impl Statement for Manifest {
    const TAG: &'static str = "ybz bundle 1";
}

/// Why bytes are no bundle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// The signature does not hold.
    #[error(transparent)]
    Signature(#[from] SignError),
    /// A frame does not decode or does not fit.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// Something is missing, is too much, or does not belong together.
    #[error("no sound bundle: {0}")]
    Form(&'static str),
}

/// Packs frames.
#[derive(Debug, Default)]
pub struct Packer {
    codec: Codec,
    bytes: Vec<u8>,
    frames: usize,
}

impl Packer {
    /// Adds a frame.
    ///
    /// # Errors
    /// What does not fit.
    pub fn push(&mut self, frame: Frame) -> Result<(), BundleError> {
        self.bytes.extend(self.codec.encode(frame)?.bytes);
        self.frames += 1;
        if self.frames > MAX_FRAMES || self.bytes.len() > MAX_BUNDLE - MAX_MANIFEST {
            return Err(BundleError::Form("too large"));
        }
        Ok(())
    }

    /// Adds what the receiver lacks of a book.
    ///
    /// # Errors
    /// What does not fit.
    pub fn push_batch(&mut self, book: BookId, batch: Batch) -> Result<(), BundleError> {
        pieces(book, batch).into_iter().try_for_each(|piece| self.push(Frame::Changes(Box::new(piece))))
    }

    /// Signs all of it. `said` fills in the manifest from the digest of the frames.
    ///
    /// # Errors
    /// What does not fit.
    pub fn sign(mut self, key: &DeviceKey, said: impl FnOnce(Digest) -> Manifest) -> Result<Vec<u8>, BundleError> {
        self.push(Frame::Sent)?;
        let manifest = Signed::sign(key, &said(digest(&self.bytes)));
        let unfit = BundleError::Form("the manifest does not encode");
        let manifest = postcard::to_stdvec(&manifest).map_err(|_| unfit.clone())?;
        let length = u32::try_from(manifest.len()).map_err(|_| unfit)?;
        let mut out = Vec::with_capacity(4 + manifest.len() + self.bytes.len());
        out.extend_from_slice(&length.to_be_bytes());
        out.extend_from_slice(&manifest);
        out.extend_from_slice(&self.bytes);
        Ok(out)
    }
}

fn digest(frames: &[u8]) -> Digest {
    tagged_hash("ybz bundle frames 1", &[frames])
}

/// The manifest of a bundle, checked, and its frames, still packed.
///
/// # Errors
/// A signature that does not hold, frames that are others than were signed.
pub fn read(bytes: &[u8]) -> Result<(Signed<Manifest>, Manifest, Frames<'_>), BundleError> {
    let form = BundleError::Form;
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or(form("no manifest"))?;
    let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
    if length > MAX_MANIFEST || bytes.len() > MAX_BUNDLE {
        return Err(form("too large"));
    }
    let (signed, frames) = rest.split_at_checked(length).ok_or(form("no manifest"))?;
    let signed: Signed<Manifest> = postcard::from_bytes(signed).map_err(|_| form("no manifest"))?;
    let manifest = signed.open()?;
    if digest(frames) != manifest.frames {
        return Err(form("other frames than were signed"));
    }
    Ok((signed, manifest, Frames { codec: Codec::default(), rest: frames, read: 0, ended: false }))
}

/// The frames of a bundle, unpacked one at a time. An error is the last of them; without one the last is `Sent`.
#[derive(Debug)]
pub struct Frames<'a> {
    codec: Codec,
    rest: &'a [u8],
    read: usize,
    ended: bool,
}

impl Frames<'_> {
    fn next_frame(&mut self) -> Result<Frame, BundleError> {
        self.read += 1;
        if self.read > MAX_FRAMES {
            return Err(BundleError::Form("too many frames"));
        }
        let (header, rest) = self.rest.split_first_chunk::<HEADER>().ok_or(BundleError::Form("no end"))?;
        let header = Header::read(*header, MAX_FRAME)?;
        let (body, rest) = rest.split_at_checked(header.length).ok_or(BundleError::Form("no end"))?;
        self.rest = rest;
        let frame = self.codec.decode(header, body)?;
        self.ended = matches!(frame, Frame::Sent);
        if self.ended && !rest.is_empty() {
            return Err(BundleError::Form("something behind the end"));
        }
        Ok(frame)
    }
}

impl Iterator for Frames<'_> {
    type Item = Result<Frame, BundleError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = self.next_frame();
        self.ended |= next.is_err();
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Blob, KeyRow};

    fn blob(byte: u8, length: usize) -> Frame {
        Frame::Blob(Box::new(Blob { digest: [byte; 32], at: 0, bytes: vec![byte; length], last: true }))
    }

    fn packed(frames: impl IntoIterator<Item = Frame>) -> Result<Vec<u8>, BundleError> {
        let mut packer = Packer::default();
        frames.into_iter().try_for_each(|frame| packer.push(frame))?;
        packer.sign(&DeviceKey::from_bytes(&[5; 32]), |frames| Manifest {
            tree: Some(TreeId([1; 32])),
            from: OfficeId([2; 16]),
            to: OfficeId([3; 16]),
            on: Date::constant(2026, 3, 20),
            frames,
        })
    }

    #[test]
    fn what_is_packed_is_read_and_its_form_is_frozen() {
        let bytes =
            packed([blob(7, 3_000), Frame::Keys(vec![KeyRow::Erased(ybz_domain::ids::RecordId([4; 16]), vec![1])])]);
        let bytes = bytes.unwrap();
        let (signed, manifest, frames) = read(&bytes).unwrap();
        assert_eq!((signed.signer, manifest.from), (DeviceKey::from_bytes(&[5; 32]).id(), OfficeId([2; 16])));
        let frames: Vec<Frame> = frames.map(Result::unwrap).collect();
        assert_eq!(frames.first(), Some(&blob(7, 3_000)));
        assert_eq!((frames.len(), frames.last()), (3, Some(&Frame::Sent)));
        // The compressor may change its mind; a bundle without bulk stays as it is.
        let fixed = packed([]).unwrap();
        assert_eq!(BookId(digest(&fixed)).to_string(), GOLDEN, "version 1 is read for ever");
    }

    const GOLDEN: &str = "a0e7e4986bca662334e68bb03348429211c364e0809f57b9d39098969bcd9dc2";

    #[test]
    fn no_byte_of_it_is_altered_and_nothing_is_left_out_or_added() {
        let bytes = packed([blob(7, 300)]).unwrap();
        for at in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[at] ^= 0x41;
            assert!(read(&altered).is_err(), "byte {at}");
            assert!(read(&bytes[..at]).is_err(), "cut at {at}");
        }
        let mut more = bytes;
        more.push(0);
        assert!(read(&more).is_err());
    }

    #[test]
    fn frames_end_with_sent_and_only_there() {
        // Signed by somebody who does not keep to the form.
        let mut packer = Packer::default();
        packer.push(Frame::Sent).unwrap();
        packer.push(blob(1, 10)).unwrap();
        let say = |frames| Manifest {
            tree: None,
            from: OfficeId([2; 16]),
            to: OfficeId([3; 16]),
            on: Date::constant(2026, 3, 20),
            frames,
        };
        let bytes = packer.sign(&DeviceKey::from_bytes(&[5; 32]), say).unwrap();
        let (_, _, mut frames) = read(&bytes).unwrap();
        assert!(frames.next().unwrap().is_err());
        assert!(frames.next().is_none());
        let mut bare = Packer::default();
        bare.push(blob(1, 10)).unwrap();
        let signed = Signed::sign(&DeviceKey::from_bytes(&[5; 32]), &say(digest(&bare.bytes)));
        let signed = postcard::to_stdvec(&signed).unwrap();
        let mut bytes = u32::try_from(signed.len()).unwrap().to_be_bytes().to_vec();
        bytes.extend(signed);
        bytes.extend(&bare.bytes);
        let (_, _, frames) = read(&bytes).unwrap();
        let frames: Vec<bool> = frames.map(|frame| frame.is_ok()).collect();
        assert_eq!(frames, [true, false], "a missing end shows");
    }

    #[test]
    fn sizes_are_looked_at_before_anything_is_unpacked() {
        let mut claims = vec![0xff; 4];
        claims.extend([0; 100]);
        assert_eq!(read(&claims).unwrap_err(), BundleError::Form("too large"));
        let many = packed((0..MAX_FRAMES).map(|_| Frame::Poke));
        assert_eq!(many.unwrap_err(), BundleError::Form("too large"));
    }
}
