//! Packed files (`.xlsx`, `.ods`): unpacked within limits, then handed on in a plain, stored form.
//!
//! **Invariant:** the spreadsheet reader sees only parts that were unpacked here, so a declared size that lies and a
//! second hidden directory have no effect.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::Crc;
use flate2::read::DeflateDecoder;

use super::error::ImportError;
use super::limits;

pub(crate) fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let slice = bytes.get(at..at.checked_add(length)?)?;
    slice.iter().rev().try_fold(0usize, |sum, byte| Some(sum.checked_mul(256)? + usize::from(*byte)))
}

fn bomb() -> ImportError {
    ImportError::new("file_unpacks_too_large", "open_and_save_again")
        .with("max_mib", limits::UNPACKED_BYTES / (1024 * 1024))
}

/// Whether the reader needs the part; pictures and embedded objects stay packed.
fn wanted(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower == "mimetype" || [".xml", ".rels"].iter().any(|ending| lower.ends_with(ending))
}

/// The parts of a packed file by name, and the names of those left packed.
pub(super) struct Parts {
    /// Unpacked parts.
    pub(super) parts: BTreeMap<String, Vec<u8>>,
    /// All names in the directory.
    pub(super) names: Vec<String>,
}

/// Unpacks the parts that a spreadsheet reader needs.
///
/// # Errors
/// `file_damaged`, `file_protected`, `file_unpacks_too_large`, each with what to do.
pub(super) fn unpack(bytes: &[u8]) -> Result<Parts, ImportError> {
    let damaged = ImportError::damaged;
    let tail = bytes.len().saturating_sub(65_557);
    let end = (tail..bytes.len().saturating_sub(21))
        .rev()
        .find(|at| bytes.get(*at..at + 4) == Some(b"PK\x05\x06".as_slice()))
        .ok_or_else(damaged)?;
    let count = number(bytes, end + 10, 2).ok_or_else(damaged)?;
    let mut at = number(bytes, end + 16, 4).ok_or_else(damaged)?;
    if count > limits::PARTS {
        return Err(bomb());
    }
    let mut headers = Vec::new();
    let mut declared = 0usize;
    for _ in 0..count {
        if bytes.get(at..at.saturating_add(4)) != Some(b"PK\x01\x02".as_slice()) {
            return Err(damaged());
        }
        let field = |offset, length| number(bytes, at + offset, length).ok_or_else(damaged);
        let (flags, method) = (field(8, 2)?, field(10, 2)?);
        let (sum, packed, plain) = (field(16, 4)?, field(20, 4)?, field(24, 4)?);
        let (name, extra, comment, start) = (field(28, 2)?, field(30, 2)?, field(32, 2)?, field(42, 4)?);
        let name_bytes = bytes.get(at + 46..at + 46 + name).ok_or_else(damaged)?;
        let name_text = String::from_utf8_lossy(name_bytes).replace('\\', "/");
        declared = declared.saturating_add(plain);
        headers.push((name_text, flags, method, sum, packed, plain, start));
        at = at.saturating_add(46 + name + extra + comment);
    }
    if declared > limits::UNPACKED_BYTES {
        return Err(bomb());
    }
    let mut parts = BTreeMap::new();
    let mut left = limits::UNPACKED_BYTES;
    let names = headers.iter().map(|header| header.0.clone()).collect();
    for (name, flags, method, sum, packed, plain, start) in headers {
        if !wanted(&name) || parts.contains_key(&name) {
            continue;
        }
        if flags & 1 != 0 {
            return Err(ImportError::new("file_protected", "remove_password"));
        }
        if bytes.get(start..start.saturating_add(4)) != Some(b"PK\x03\x04".as_slice()) {
            return Err(damaged());
        }
        let skip = number(bytes, start + 26, 2).zip(number(bytes, start + 28, 2)).ok_or_else(damaged)?;
        let from = start + 30 + skip.0 + skip.1;
        let data = bytes.get(from..from.saturating_add(packed)).ok_or_else(damaged)?;
        let part = match method {
            0 if data.len() <= left => data.to_vec(),
            8 => inflate(data, plain.min(left), sum)?,
            0 => return Err(bomb()),
            _ => return Err(damaged()),
        };
        left = left.saturating_sub(part.len());
        parts.insert(name, part);
    }
    Ok(Parts { parts, names })
}

/// Unpacks a part of at most `limit` bytes. The checksum tells a part that was cut off, which ends without an error.
pub(crate) fn inflate(data: &[u8], limit: usize, sum: usize) -> Result<Vec<u8>, ImportError> {
    let bound = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut part = Vec::new();
    DeflateDecoder::new(data).take(bound).read_to_end(&mut part).map_err(|_| ImportError::damaged())?;
    if part.len() > limit {
        return Err(bomb());
    }
    if usize::try_from(checksum(&part)) != Ok(sum) {
        return Err(ImportError::damaged());
    }
    Ok(part)
}

/// CRC-32 as packed files have it.
pub(crate) fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// Packs parts without compression.
pub(crate) fn pack(parts: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (name, part) in parts {
        let start = small(out.len());
        let mut fields = Vec::new();
        fields.extend_from_slice(&[20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0]);
        fields.extend_from_slice(&checksum(part).to_le_bytes());
        fields.extend_from_slice(&small(part.len()).to_le_bytes());
        fields.extend_from_slice(&small(part.len()).to_le_bytes());
        fields.extend_from_slice(&u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
        fields.extend_from_slice(&[0, 0]);
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&fields);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(part);
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&fields);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&start.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let count = u16::try_from(parts.len()).unwrap_or(u16::MAX).to_le_bytes();
    let start = small(out.len());
    out.extend_from_slice(&directory);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&count);
    out.extend_from_slice(&count);
    out.extend_from_slice(&small(directory.len()).to_le_bytes());
    out.extend_from_slice(&start.to_le_bytes());
    out.extend_from_slice(&[0, 0]);
    out
}

/// Sizes here are bounded by [`limits::UNPACKED_BYTES`].
fn small(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}
