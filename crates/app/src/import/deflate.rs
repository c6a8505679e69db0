//! DEFLATE (RFC 1951) with an end: stops at a size instead of filling the memory.
//!
//! The spreadsheet reader trusts the sizes that a packed file declares about itself; this one trusts none.

/// Why data was not unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Not DEFLATE, or cut off.
    Damaged,
    /// More than the limit.
    TooLarge,
}

use Refusal::{Damaged, TooLarge};

const MAX_BITS: usize = 15;
const LENGTH_BASE: [u16; 29] =
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_EXTRA: [u8; 29] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE: [u16; 30] = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12289, 16385, 24577,
];
const DISTANCE_EXTRA: [u8; 30] =
    [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const CODE_ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    held: u32,
    count: u32,
}

impl Bits<'_> {
    fn take(&mut self, wanted: u32) -> Result<u32, Refusal> {
        while self.count < wanted {
            let byte = self.data.get(self.at).ok_or(Damaged)?;
            self.held |= u32::from(*byte) << self.count;
            self.at += 1;
            self.count += 8;
        }
        let value = self.held & ((1u32 << wanted) - 1);
        self.held >>= wanted;
        self.count -= wanted;
        Ok(value)
    }
}

/// Canonical Huffman code: how many codes of each length, and the symbols in code order.
struct Code {
    counts: [u16; MAX_BITS + 1],
    symbols: Vec<u16>,
}

impl Code {
    fn new(lengths: &[u8]) -> Result<Self, Refusal> {
        let mut counts = [0u16; MAX_BITS + 1];
        for length in lengths {
            *counts.get_mut(usize::from(*length)).ok_or(Damaged)? += 1;
        }
        let mut left = 1i32;
        for count in counts.iter().skip(1) {
            left = (left << 1) - i32::from(*count);
            if left < 0 {
                return Err(Damaged);
            }
        }
        let mut symbols = Vec::with_capacity(lengths.len());
        for wanted in 1..=MAX_BITS {
            for (symbol, length) in lengths.iter().enumerate() {
                if usize::from(*length) == wanted {
                    symbols.push(u16::try_from(symbol).map_err(|_| Damaged)?);
                }
            }
        }
        Ok(Self { counts, symbols })
    }

    fn read(&self, bits: &mut Bits<'_>) -> Result<u16, Refusal> {
        let (mut code, mut first, mut index) = (0i32, 0i32, 0i32);
        for count in self.counts.iter().skip(1) {
            code |= i32::try_from(bits.take(1)?).map_err(|_| Damaged)?;
            let count = i32::from(*count);
            if code - count < first {
                let place = usize::try_from(index + (code - first)).map_err(|_| Damaged)?;
                return self.symbols.get(place).copied().ok_or(Damaged);
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        Err(Damaged)
    }
}

/// Unpacks raw DEFLATE data of at most `limit` bytes.
pub(super) fn inflate(data: &[u8], limit: usize) -> Result<Vec<u8>, Refusal> {
    let mut bits = Bits { data, at: 0, held: 0, count: 0 };
    let mut out = Vec::new();
    loop {
        let last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => stored(&mut bits, &mut out, limit)?,
            1 => {
                let mut lengths = [8u8; 288];
                for (symbol, length) in lengths.iter_mut().enumerate() {
                    *length = match symbol {
                        144..=255 => 9,
                        256..=279 => 7,
                        _ => 8,
                    };
                }
                packed(&mut bits, &mut out, limit, &Code::new(&lengths)?, &Code::new(&[5u8; 30])?)?;
            }
            2 => {
                let (literals, distances) = codes(&mut bits)?;
                packed(&mut bits, &mut out, limit, &literals, &distances)?;
            }
            _ => return Err(Damaged),
        }
        if last {
            return Ok(out);
        }
    }
}

fn stored(bits: &mut Bits<'_>, out: &mut Vec<u8>, limit: usize) -> Result<(), Refusal> {
    bits.held = 0;
    bits.count = 0;
    let length = bits.take(16)?;
    if bits.take(16)? != !length & 0xffff {
        return Err(Damaged);
    }
    let length = usize::try_from(length).map_err(|_| Damaged)?;
    let end = bits.at.checked_add(length).ok_or(Damaged)?;
    let chunk = bits.data.get(bits.at..end).ok_or(Damaged)?;
    if out.len() + chunk.len() > limit {
        return Err(TooLarge);
    }
    out.extend_from_slice(chunk);
    bits.at = end;
    Ok(())
}

fn codes(bits: &mut Bits<'_>) -> Result<(Code, Code), Refusal> {
    let literals = usize::try_from(bits.take(5)?).map_err(|_| Damaged)? + 257;
    let distances = usize::try_from(bits.take(5)?).map_err(|_| Damaged)? + 1;
    let given = usize::try_from(bits.take(4)?).map_err(|_| Damaged)? + 4;
    let mut lengths = [0u8; 19];
    for place in CODE_ORDER.iter().take(given) {
        let length = u8::try_from(bits.take(3)?).map_err(|_| Damaged)?;
        *lengths.get_mut(*place).ok_or(Damaged)? = length;
    }
    let code = Code::new(&lengths)?;
    let mut all: Vec<u8> = Vec::with_capacity(literals + distances);
    while all.len() < literals + distances {
        let (value, times) = match code.read(bits)? {
            16 => (*all.last().ok_or(Damaged)?, 3 + bits.take(2)?),
            17 => (0, 3 + bits.take(3)?),
            18 => (0, 11 + bits.take(7)?),
            length => (u8::try_from(length).map_err(|_| Damaged)?, 1),
        };
        for _ in 0..times {
            all.push(value);
        }
    }
    if all.len() > literals + distances {
        return Err(Damaged);
    }
    let (first, second) = all.split_at_checked(literals).ok_or(Damaged)?;
    Ok((Code::new(first)?, Code::new(second)?))
}

fn packed(
    bits: &mut Bits<'_>,
    out: &mut Vec<u8>,
    limit: usize,
    literals: &Code,
    distances: &Code,
) -> Result<(), Refusal> {
    loop {
        let symbol = literals.read(bits)?;
        if let Ok(byte) = u8::try_from(symbol) {
            if out.len() >= limit {
                return Err(TooLarge);
            }
            out.push(byte);
            continue;
        }
        if symbol == 256 {
            return Ok(());
        }
        let length = extended(bits, usize::from(symbol - 257), &LENGTH_BASE, &LENGTH_EXTRA)?;
        let place = usize::from(distances.read(bits)?);
        let distance = extended(bits, place, &DISTANCE_BASE, &DISTANCE_EXTRA)?;
        let from = out.len().checked_sub(distance).ok_or(Damaged)?;
        if out.len() + length > limit {
            return Err(TooLarge);
        }
        for place in from..from + length {
            let byte = *out.get(place).ok_or(Damaged)?;
            out.push(byte);
        }
    }
}

fn extended(bits: &mut Bits<'_>, place: usize, base: &[u16], extra: &[u8]) -> Result<usize, Refusal> {
    let base = usize::from(*base.get(place).ok_or(Damaged)?);
    let extra = bits.take(u32::from(*extra.get(place).ok_or(Damaged)?))?;
    Ok(base + usize::try_from(extra).map_err(|_| Damaged)?)
}
