//! The package of a workbook: parts are unpacked one by one within limits, and written again as they stood.
//!
//! **Invariant:** a part that is not replaced is written with the very bytes that stood in the package, packed as they were.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::ops::Range;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::error::{damaged, too_much};
use super::limits;
use crate::ErrorDto;
use crate::error::Answer;
use crate::import::archive::{checksum, inflate, number};

/// One part as the directory tells it.
#[derive(Debug, Clone)]
struct Entry {
    name: String,
    raw_name: Vec<u8>,
    flags: u16,
    method: u16,
    /// Time and date as they stand.
    stamp: [u8; 4],
    sum: usize,
    plain: usize,
    data: Range<usize>,
    /// Internal and external attributes as they stand.
    attributes: [u8; 6],
}

/// A packed file and its directory.
#[derive(Debug, Clone)]
pub(super) struct Package {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
}

impl Package {
    /// Reads the directory.
    ///
    /// # Errors
    /// `template_not_xlsx`, `template_protected`, `template_damaged`, `template_too_large`.
    pub(super) fn open(bytes: Vec<u8>) -> Answer<Self> {
        if bytes.len() > limits::FILE_BYTES {
            return Err(too_much("bytes", limits::FILE_BYTES));
        }
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            // An old .xls, or a workbook under a password: both are saved anew by the person.
            return Err(ErrorDto::new("template_not_xlsx").at("file"));
        }
        if !bytes.starts_with(b"PK") {
            return Err(ErrorDto::new("template_not_xlsx").at("file"));
        }
        let entries = directory(&bytes)?;
        Ok(Self { bytes, entries })
    }

    /// Names in the order of the directory.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// Unpacks a part, taking its size from `left`.
    ///
    /// # Errors
    /// `template_damaged`, `template_too_large`.
    pub(super) fn part(&self, name: &str, left: &mut usize) -> Answer<Option<Vec<u8>>> {
        let Some(entry) = self.entry(name) else { return Ok(None) };
        let limit = (*left).min(limits::PART_BYTES);
        if entry.plain > limit {
            return Err(too_much("unpacked", limits::UNPACKED_BYTES));
        }
        let data = self.bytes.get(entry.data.clone()).ok_or_else(damaged)?;
        let part = match entry.method {
            0 if data.len() <= limit => data.to_vec(),
            8 => inflate(data, entry.plain, entry.sum).map_err(|_| damaged())?,
            _ => return Err(damaged()),
        };
        *left = left.saturating_sub(part.len());
        Ok(Some(part))
    }

    /// The package with some parts replaced; all others as they stand.
    ///
    /// # Errors
    /// `internal` when packing fails, `template_too_large` when the sizes do not fit into a package.
    pub(super) fn write(&self, replaced: &BTreeMap<String, Vec<u8>>) -> Answer<Vec<u8>> {
        let mut out = Vec::with_capacity(self.bytes.len() + self.bytes.len() / 8);
        let mut directory = Vec::new();
        for entry in &self.entries {
            let mut entry = entry.clone();
            let kept = self.bytes.get(entry.data.clone()).ok_or_else(damaged)?;
            let packed;
            let data = match replaced.get(&entry.name) {
                None => kept,
                Some(part) => {
                    packed = deflate(part)?;
                    (entry.method, entry.plain) = (8, part.len());
                    entry.sum = usize::try_from(checksum(part)).map_err(|_| damaged())?;
                    &packed
                }
            };
            let start = small(out.len())?;
            let fields = fields(&entry, data.len())?;
            out.extend_from_slice(b"PK\x03\x04");
            out.extend_from_slice(&fields);
            out.extend_from_slice(&entry.raw_name);
            out.extend_from_slice(data);
            directory.extend_from_slice(b"PK\x01\x02\x14\x00");
            directory.extend_from_slice(&fields);
            directory.extend_from_slice(&[0, 0, 0, 0]);
            directory.extend_from_slice(&entry.attributes);
            directory.extend_from_slice(&start);
            directory.extend_from_slice(&entry.raw_name);
        }
        let count = u16::try_from(self.entries.len()).map_err(|_| damaged())?.to_le_bytes();
        let start = small(out.len())?;
        out.extend_from_slice(&directory);
        out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        out.extend_from_slice(&count);
        out.extend_from_slice(&count);
        out.extend_from_slice(&small(directory.len())?);
        out.extend_from_slice(&start);
        out.extend_from_slice(&[0, 0]);
        Ok(out)
    }
}

fn directory(bytes: &[u8]) -> Answer<Vec<Entry>> {
    let tail = bytes.len().saturating_sub(65_557);
    let end = (tail..bytes.len().saturating_sub(21))
        .rev()
        .find(|at| bytes.get(*at..at + 4) == Some(b"PK\x05\x06".as_slice()))
        .ok_or_else(damaged)?;
    let count = number(bytes, end + 10, 2).ok_or_else(damaged)?;
    let mut at = number(bytes, end + 16, 4).ok_or_else(damaged)?;
    if count > limits::PARTS {
        return Err(too_much("parts", limits::PARTS));
    }
    let (mut entries, mut seen, mut packed_all) = (Vec::new(), BTreeSet::new(), 0usize);
    for _ in 0..count {
        if bytes.get(at..at.saturating_add(4)) != Some(b"PK\x01\x02".as_slice()) {
            return Err(damaged());
        }
        let field = |offset: usize, length: usize| number(bytes, at + offset, length).ok_or_else(damaged);
        let word = |offset: usize| field(offset, 2).and_then(|value| u16::try_from(value).map_err(|_| damaged()));
        let (name, extra, comment, start) = (field(28, 2)?, field(30, 2)?, field(32, 2)?, field(42, 4)?);
        let (packed, plain) = (field(20, 4)?, field(24, 4)?);
        let raw_name = bytes.get(at + 46..at + 46 + name).ok_or_else(damaged)?.to_vec();
        let flags = word(8)?;
        if flags & 1 != 0 {
            return Err(ErrorDto::new("template_protected").at("file"));
        }
        if bytes.get(start..start.saturating_add(4)) != Some(b"PK\x03\x04".as_slice()) {
            return Err(damaged());
        }
        let skip = number(bytes, start + 26, 2).zip(number(bytes, start + 28, 2)).ok_or_else(damaged)?;
        let from = start + 30 + skip.0 + skip.1;
        let to = from.checked_add(packed).filter(|to| *to <= bytes.len()).ok_or_else(damaged)?;
        let text = String::from_utf8_lossy(&raw_name).replace('\\', "/");
        // Two parts of one name: readers would not agree on which is meant.
        if !seen.insert(text.to_ascii_lowercase()) {
            return Err(damaged());
        }
        // Parts that share their bytes would make a large file of a small one.
        packed_all = packed_all.saturating_add(packed);
        if packed_all > bytes.len() {
            return Err(damaged());
        }
        entries.push(Entry {
            name: text,
            raw_name,
            flags,
            method: word(10)?,
            stamp: fixed(bytes, at + 12)?,
            sum: field(16, 4)?,
            plain,
            data: from..to,
            attributes: fixed(bytes, at + 36)?,
        });
        at = at.saturating_add(46 + name + extra + comment);
    }
    Ok(entries)
}

fn fixed<const N: usize>(bytes: &[u8], at: usize) -> Answer<[u8; N]> {
    bytes.get(at..at.saturating_add(N)).and_then(|slice| slice.try_into().ok()).ok_or_else(damaged)
}

/// What the header of a part and its line in the directory have in common, from the version needed to the length of the
/// extra field.
fn fields(entry: &Entry, packed: usize) -> Answer<Vec<u8>> {
    let mut out = vec![20, 0];
    // Sizes stand in the header here, so that none follow the data.
    out.extend_from_slice(&(entry.flags & !0x08).to_le_bytes());
    out.extend_from_slice(&entry.method.to_le_bytes());
    out.extend_from_slice(&entry.stamp);
    out.extend_from_slice(&small(entry.sum)?);
    out.extend_from_slice(&small(packed)?);
    out.extend_from_slice(&small(entry.plain)?);
    out.extend_from_slice(&u16::try_from(entry.raw_name.len()).map_err(|_| damaged())?.to_le_bytes());
    out.extend_from_slice(&[0, 0]);
    Ok(out)
}

fn small(size: usize) -> Answer<[u8; 4]> {
    u32::try_from(size).map(u32::to_le_bytes).map_err(|_| damaged())
}

fn deflate(part: &[u8]) -> Answer<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(part).and_then(|()| encoder.finish()).map_err(|error| ErrorDto::internal("template", &error))
}
