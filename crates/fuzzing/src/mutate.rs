//! Mutations of bytes.

use crate::Random;

/// Inputs grow to this many bytes at most.
const LONGEST: usize = 512 * 1024;
/// Numbers at which something may overflow, as a variable-length number has them.
const NUMBERS: &[&[u8]] = &[
    &[0],
    &[0x7f],
    &[0x80, 0x01],
    &[0xff, 0x7f],
    &[0xff, 0xff, 0x03],
    &[0xff, 0xff, 0xff, 0xff, 0x0f],
    &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
];

/// One of the seeds with some of its bytes altered, moved, doubled, cut off or mixed with another seed's.
pub fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let pick = |random: &mut Random| seeds.get(random.below(seeds.len())).cloned().unwrap_or_default();
    let mut bytes = pick(random);
    // Most errors hide behind one altered byte; some behind many.
    let many = random.below(4) == 0;
    let times = 1 + random.below(if many { 24 } else { 4 });
    for _ in 0..times {
        let other = if random.below(8) == 0 { pick(random) } else { Vec::new() };
        step(&mut bytes, &other, random);
        bytes.truncate(LONGEST);
    }
    bytes
}

fn step(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let long = random.below(4) == 0;
    let length = 1 + random.below(if long { 4096 } else { 16 });
    let end = (at + length).min(bytes.len());
    match random.below(9) {
        0 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << random.below(8)),
        1 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = random.byte()),
        2 => bytes.iter_mut().skip(at).take(length).for_each(|byte| *byte = random.byte()),
        3 => bytes.truncate(at),
        4 => _ = bytes.drain(at..end),
        5 => {
            let again: Vec<u8> = bytes.iter().skip(at).take(length).copied().collect();
            bytes.splice(at..at, again);
        }
        6 => {
            let number = NUMBERS.get(random.below(NUMBERS.len())).copied().unwrap_or_default();
            let end = if random.below(2) == 0 { at } else { (at + 1).min(bytes.len()) };
            bytes.splice(at..end, number.iter().copied());
        }
        7 => {
            let part: Vec<u8> = other.iter().skip(random.below(other.len())).take(length * 4).copied().collect();
            bytes.splice(at..at, part);
        }
        _ => {
            let fresh: Vec<u8> = (0..length).map(|_| random.byte()).collect();
            bytes.splice(at..at, fresh);
        }
    }
}
