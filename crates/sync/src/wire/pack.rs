//! Packing of change chunks: what the receiver can work out is left out.
//!
//! A change names its dependencies by hash, and most of them went just before it in the same stream: they become a
//! distance. Its checksum is part of its hash and is left out too. **Invariant:** a chunk that would not come back
//! byte for byte goes as it is; so a peer's slip changes a hash and is refused by the rules of acceptance.

use std::collections::{HashMap, VecDeque};

use sha2::{Digest as _, Sha256};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const PLAIN: u8 = 0;
const PACKED: u8 = 1;
/// Changes that a distance reaches back.
const REACH: usize = 8_192;
/// Dependencies of a packed change.
const MAX_DEPS: u64 = 256;

type Hash = [u8; 32];

/// A packed change that makes no chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Garbled;

/// The hashes of the changes that went through the stream last.
#[derive(Debug, Default)]
pub(super) struct History {
    hashes: VecDeque<Hash>,
    places: HashMap<Hash, u64>,
    count: u64,
}

impl History {
    fn push(&mut self, hash: Hash) {
        if self.hashes.len() == REACH
            && let Some(oldest) = self.hashes.pop_front()
            && self.places.get(&oldest).is_some_and(|place| *place + REACH as u64 == self.count)
        {
            self.places.remove(&oldest);
        }
        self.hashes.push_back(hash);
        self.places.insert(hash, self.count);
        self.count += 1;
    }

    /// 1 is the change just before.
    fn distance(&self, hash: &Hash) -> Option<u64> {
        self.places.get(hash).map(|place| self.count - place)
    }

    fn back(&self, distance: u64) -> Option<Hash> {
        let distance = usize::try_from(distance).ok()?;
        self.hashes.len().checked_sub(distance).and_then(|at| self.hashes.get(at)).copied()
    }

    /// Packs a chunk.
    pub(super) fn pack(&mut self, chunk: &[u8]) -> Vec<u8> {
        if let Some((hash, packed)) = self.try_pack(chunk) {
            self.push(hash);
            return packed;
        }
        let mut out = Vec::with_capacity(chunk.len() + 1);
        out.push(PLAIN);
        out.extend_from_slice(chunk);
        out
    }

    fn try_pack(&self, chunk: &[u8]) -> Option<(Hash, Vec<u8>)> {
        let after_magic = chunk.strip_prefix(&MAGIC)?;
        let (_, after_checksum) = after_magic.split_first_chunk::<4>()?;
        let mut body = after_checksum.strip_prefix(&[1])?;
        let length = number(&mut body)?;
        if length != body.len() as u64 {
            return None;
        }
        let (whole, mut rest) = (body, body);
        let deps = number(&mut rest).filter(|deps| *deps <= MAX_DEPS)?;
        let mut out = vec![PACKED];
        put_number(&mut out, deps);
        for _ in 0..deps {
            let (dep, after) = rest.split_first_chunk::<32>()?;
            match self.distance(dep) {
                Some(distance) => put_number(&mut out, distance),
                None => {
                    out.push(0);
                    out.extend_from_slice(dep);
                }
            }
            rest = after;
        }
        out.extend_from_slice(rest);
        let (hash, again) = frame_body(whole);
        // Numbers may be written longer than they need be, and a checksum may be wrong.
        let minimal = {
            let mut head = Vec::new();
            put_number(&mut head, deps);
            whole.starts_with(&head)
        };
        (minimal && again == chunk).then_some((hash, out))
    }

    /// Unpacks a chunk.
    pub(super) fn unpack(&mut self, packed: &[u8]) -> Result<Vec<u8>, Garbled> {
        match packed.split_first() {
            Some((&PLAIN, chunk)) => Ok(chunk.to_vec()),
            Some((&PACKED, rest)) => {
                let (hash, chunk) = self.try_unpack(rest).ok_or(Garbled)?;
                self.push(hash);
                Ok(chunk)
            }
            _ => Err(Garbled),
        }
    }

    fn try_unpack(&self, mut rest: &[u8]) -> Option<(Hash, Vec<u8>)> {
        let deps = number(&mut rest).filter(|deps| *deps <= MAX_DEPS)?;
        let mut body = Vec::with_capacity(rest.len() + 34);
        put_number(&mut body, deps);
        for _ in 0..deps {
            match number(&mut rest)? {
                0 => {
                    let (dep, after) = rest.split_first_chunk::<32>()?;
                    body.extend_from_slice(dep);
                    rest = after;
                }
                distance => body.extend_from_slice(&self.back(distance)?),
            }
        }
        body.extend_from_slice(rest);
        Some(frame_body(&body))
    }
}

/// Makes the chunk of a body, and its hash.
fn frame_body(body: &[u8]) -> (Hash, Vec<u8>) {
    let mut head = vec![1];
    put_number(&mut head, body.len() as u64);
    let hash: Hash = Sha256::new().chain_update(&head).chain_update(body).finalize().into();
    let mut chunk = Vec::with_capacity(8 + head.len() + body.len());
    chunk.extend_from_slice(&MAGIC);
    chunk.extend(hash.iter().take(4));
    chunk.extend_from_slice(&head);
    chunk.extend_from_slice(body);
    (hash, chunk)
}

/// Reads an unsigned LEB128 number.
fn number(bytes: &mut &[u8]) -> Option<u64> {
    let mut out = 0u64;
    for shift in (0..63).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        out |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(out);
        }
    }
    None
}

fn put_number(out: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use ybz_domain::book::{self, BookKind, Value, create};
    use ybz_domain::ids::{ActorId, RecordId};

    #[test]
    fn a_chain_of_changes_comes_back_byte_for_byte_and_names_its_dependencies_by_distance() {
        let mut doc = book::new_document(&BookKind::visits()).unwrap();
        let (mut here, mut there) = (History::default(), History::default());
        let (mut raw, mut packed_bytes) = (0, 0);
        for number in 0..20u8 {
            let ops = [create(RecordId([number; 16]), "visit", [("n", Value::Int(number.into()))])];
            let change = book::apply(&mut doc, &ActorId([1; 16]), date(2026, 3, 5), &ops).unwrap().unwrap();
            let packed = here.pack(change.raw_bytes());
            raw += change.raw_bytes().len();
            packed_bytes += packed.len();
            assert_eq!(there.unpack(&packed).unwrap(), change.raw_bytes());
        }
        assert!(packed_bytes + 19 * 36 < raw, "a hash and a checksum are left out of nearly every change");
    }

    #[test]
    fn anything_else_goes_as_it_is() {
        for bytes in [&b""[..], b"garbage", &[0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1, 2, 0, 0]] {
            let packed = History::default().pack(bytes);
            assert_eq!(packed.first(), Some(&PLAIN));
            assert_eq!(History::default().unpack(&packed).as_deref(), Ok(bytes));
        }
    }

    #[test]
    fn garbage_does_not_unpack() {
        for bytes in [&b""[..], &[2], &[PACKED], &[PACKED, 1, 5], &[PACKED, 0xff, 0xff, 0xff], &[PACKED, 1, 0, 7]] {
            assert_eq!(History::default().unpack(bytes), Err(Garbled), "{bytes:?}");
        }
    }

    #[test]
    fn what_lies_beyond_reach_is_forgotten_on_both_sides_alike() {
        let mut history = History::default();
        for count in 0..u32::try_from(REACH).unwrap() + 10 {
            let mut hash = [0; 32];
            hash[..4].copy_from_slice(&count.to_le_bytes());
            history.push(hash);
        }
        assert_eq!(history.distance(&[0; 32]), None);
        assert_eq!(history.places.len(), REACH);
        assert_eq!(history.back(1), history.hashes.back().copied());
        assert_eq!(history.back(0), None);
        assert_eq!(history.back(REACH as u64 + 1), None);
    }
}
