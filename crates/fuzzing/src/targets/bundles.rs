//! Bundles, as they come by stick: bytes that may be anything, and frames that may be anything under a manifest that holds.

use jiff::civil::Date;
use ybz_domain::ids::{BookId, OfficeId, tagged_hash};
use ybz_domain::sign::{DeviceKey, Signed};
use ybz_sync::bundle::{Manifest, Packer, read};
use ybz_sync::catalog::Digest;
use ybz_sync::machine::Batch;
use ybz_sync::wire::Frame;

/// One frame at a time is unpacked: see [`crate::frames::BOUND`].
pub const BOUND: usize = crate::frames::BOUND;

fn key() -> DeviceKey {
    DeviceKey::from_bytes(&[1; 32])
}

fn manifest(frames: Digest) -> Manifest {
    let (from, to) = (OfficeId([1; 16]), OfficeId([2; 16]));
    Manifest { tree: None, from, to, on: Date::constant(2026, 3, 20), frames }
}

/// Reads the bytes as a bundle, and as what a bundle holds.
pub fn run(data: &[u8]) {
    unpack(data);
    let signed = Signed::sign(&key(), &manifest(tagged_hash("ybz bundle frames 1", &[data])));
    let Ok(signed) = postcard::to_stdvec(&signed) else { return };
    let Ok(length) = u32::try_from(signed.len()) else { return };
    unpack(&[&length.to_be_bytes()[..], &signed, data].concat());
}

fn unpack(bytes: &[u8]) {
    if let Ok((_, _, frames)) = read(bytes) {
        let all: Vec<bool> = frames.map(|frame| matches!(frame, Ok(Frame::Sent))).collect();
        let ends = all.iter().filter(|end| **end).count();
        assert!(ends == 0 || (ends == 1 && all.last() == Some(&true)), "nothing comes behind the end");
    }
}

/// A bundle with a listing and changes, and the frames of it alone.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut packer = Packer::default();
    let batch = Batch { changes: (0..5).map(|number| vec![number; 300]).collect(), attestations: Vec::new() };
    let packed = packer
        .push(Frame::Listing(Box::default()))
        .and_then(|()| packer.push_batch(BookId([1; 32]), batch))
        .and_then(|()| packer.sign(&key(), manifest));
    let Ok(bundle) = packed else { return Vec::new() };
    let manifest = bundle.first_chunk::<4>().map_or(0, |length| u32::from_be_bytes(*length));
    let frames = bundle.get(4 + usize::try_from(manifest).unwrap_or_default()..).unwrap_or_default().to_vec();
    vec![bundle, frames]
}
