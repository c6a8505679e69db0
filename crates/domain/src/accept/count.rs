//! Counts what a change chunk holds before automerge reads it. Its columns are run-length encoded, so that a chunk of a
//! hundred bytes can stand for millions of operations, each of which automerge makes in memory while it parses.

use crate::accept::{MAX_CHANGE_OPS, MAX_PREDS, Refusal};

/// Magic (4), checksum (4), chunk type (1), then the length.
const TYPE_AT: usize = 8;
/// Bytes of a change hash.
const HASH: u64 = 32;
/// Columns of operations, by number and type as the format has them: the operations' kinds, one per operation, and how
/// many earlier operations each replaces.
const ACTION: u32 = (4 << 4) | 2;
const PREDECESSORS: u32 = 7 << 4;
/// Set in a column whose bytes are deflated, which no uncompressed chunk has.
const DEFLATED: u32 = 0b1000;

/// Reads on in bytes; all reads fail at the end and on numbers that do not fit.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(count).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    fn septets(&mut self) -> Option<(u128, u32, u8)> {
        let (mut number, mut shift) = (0u128, 0u32);
        loop {
            let [byte] = *self.take(1)? else { return None };
            number |= u128::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                return Some((number, shift, byte));
            }
            if shift >= 70 {
                return None;
            }
        }
    }

    fn unsigned(&mut self) -> Option<u64> {
        u64::try_from(self.septets()?.0).ok()
    }

    fn signed(&mut self) -> Option<i64> {
        let (number, shift, last) = self.septets()?;
        let number = i128::try_from(number).ok()?;
        let number = if last & 0x40 == 0 { number } else { number - (1i128 << shift) };
        i64::try_from(number).ok()
    }
}

/// Refuses a chunk whose columns stand for more than the quotas allow, without making any of it.
pub(super) fn check(chunk: &[u8]) -> Result<(), Refusal> {
    let columns = columns(chunk).ok_or(Refusal::Malformed)?;
    let (mut operations, mut predecessors) = (0u64, 0u64);
    for (spec, data) in columns {
        if spec & DEFLATED != 0 {
            return Err(Refusal::Malformed);
        }
        match spec {
            ACTION => operations = operations.saturating_add(runs(data, MAX_CHANGE_OPS)?.rows),
            PREDECESSORS => predecessors = predecessors.saturating_add(runs(data, MAX_CHANGE_OPS)?.sum),
            _ => {}
        }
    }
    if operations > MAX_CHANGE_OPS {
        return Err(Refusal::Quota("operations of a change".to_owned()));
    }
    if predecessors > MAX_PREDS {
        return Err(Refusal::Quota("predecessors in a change".to_owned()));
    }
    Ok(())
}

/// The columns of a change chunk: their specification, and their bytes.
fn columns(chunk: &[u8]) -> Option<Vec<(u32, &[u8])>> {
    let mut bytes = Bytes(chunk.get(TYPE_AT + 1..)?);
    let length = bytes.unsigned()?;
    if length != bytes.0.len() as u64 {
        return None;
    }
    let deps = bytes.unsigned()?;
    bytes.take(deps.checked_mul(HASH)?)?;
    let actor = bytes.unsigned()?;
    bytes.take(actor)?;
    let (_seq, _start_op, _time) = (bytes.unsigned()?, bytes.unsigned()?, bytes.signed()?);
    let message = bytes.unsigned()?;
    bytes.take(message)?;
    for _ in 0..bytes.unsigned()? {
        let other = bytes.unsigned()?;
        bytes.take(other)?;
    }
    let count = bytes.unsigned()?;
    let mut specs = Vec::new();
    for _ in 0..count {
        specs.push((u32::try_from(bytes.unsigned()?).ok()?, bytes.unsigned()?));
    }
    specs.into_iter().map(|(spec, length)| Some((spec, bytes.take(length)?))).collect()
}

#[derive(Default)]
struct Runs {
    rows: u64,
    sum: u64,
}

/// Rows of a run-length encoded column of numbers, and their sum, as far as the rows stay within `most`.
fn runs(data: &[u8], most: u64) -> Result<Runs, Refusal> {
    let mut bytes = Bytes(data);
    let mut out = Runs::default();
    while !bytes.0.is_empty() && out.rows <= most {
        let run = bytes.signed().ok_or(Refusal::Malformed)?;
        let rows = match run {
            // Nulls.
            0 => bytes.unsigned().ok_or(Refusal::Malformed)?,
            1.. => {
                let value = bytes.unsigned().ok_or(Refusal::Malformed)?;
                out.sum = out.sum.saturating_add(value.saturating_mul(run.unsigned_abs()));
                run.unsigned_abs()
            }
            // Values one by one; there are no more of them than bytes.
            _ => {
                for _ in 0..run.unsigned_abs() {
                    out.sum = out.sum.saturating_add(bytes.unsigned().ok_or(Refusal::Malformed)?);
                }
                run.unsigned_abs()
            }
        };
        out.rows = out.rows.saturating_add(rows);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use automerge::transaction::Transactable;
    use automerge::{ActorId, AutoCommit, Change, ROOT, ScalarValue};
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::accept::{MAX_CHANGE_BYTES, parse_change};

    fn unsigned(out: &mut Vec<u8>, mut number: u64) {
        while number > 0x7f {
            out.push(u8::try_from(number & 0x7f).unwrap() | 0x80);
            number >>= 7;
        }
        out.push(u8::try_from(number).unwrap());
    }

    /// A run of `rows` equal values, as a signed number of rows and the value's bytes.
    fn run(rows: u64, value: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        unsigned(&mut out, rows);
        // A signed number ends below 0x40.
        let last = out.last_mut().unwrap();
        if *last & 0x40 != 0 {
            *last |= 0x80;
            out.push(0);
        }
        out.extend_from_slice(value);
        out
    }

    fn chunk(columns: &[(u32, Vec<u8>)]) -> Vec<u8> {
        let mut body = vec![0, 16];
        body.extend([7; 16]);
        body.extend([1, 3, 0, 0, 0]);
        unsigned(&mut body, columns.len() as u64);
        for (spec, data) in columns {
            unsigned(&mut body, u64::from(*spec));
            unsigned(&mut body, data.len() as u64);
        }
        for (_, data) in columns {
            body.extend_from_slice(data);
        }
        sealed(&body)
    }

    fn sealed(body: &[u8]) -> Vec<u8> {
        let mut hashed = vec![1];
        unsigned(&mut hashed, body.len() as u64);
        hashed.extend_from_slice(body);
        let mut out = vec![0x85, 0x6f, 0x4a, 0x83];
        out.extend_from_slice(&Sha256::digest(&hashed)[..4]);
        out.extend(hashed);
        out
    }

    /// `rows` times "put null under k", each replacing `replaced` operations.
    fn puts(rows: u64, replaced: u64) -> Vec<u8> {
        let mut count = Vec::new();
        unsigned(&mut count, replaced);
        let mut columns = vec![
            (21, run(rows, &[1, b'k'])),
            (52, {
                let mut out = Vec::new();
                unsigned(&mut out, rows);
                out
            }),
            (ACTION, run(rows, &[1])),
            (86, run(rows, &[0])),
            (PREDECESSORS, run(rows, &count)),
        ];
        if replaced > 0 {
            columns.push((113, run(rows * replaced, &[0])));
            columns.push((115, run(rows * replaced, &[1])));
        }
        chunk(&columns)
    }

    #[test]
    fn a_small_chunk_of_millions_of_operations_is_refused_before_it_is_parsed() {
        let sound = puts(10, 0);
        assert_eq!(Change::from_bytes(sound.clone()).unwrap().len(), 10, "the chunk is one that automerge reads");
        assert!(parse_change(&sound).is_ok());
        assert_eq!(Change::from_bytes(puts(2, 3)).unwrap().len(), 2);
        for rows in [MAX_CHANGE_OPS + 1, 5_000_000, u64::from(u32::MAX), 1 << 50] {
            let bomb = puts(rows, 0);
            assert!(bomb.len() < 120, "{}", bomb.len());
            assert_eq!(parse_change(&bomb).unwrap_err(), Refusal::Quota("operations of a change".to_owned()));
        }
        for replaced in [MAX_PREDS + 1, 1 << 40, u64::MAX >> 8] {
            let bomb = puts(1, replaced);
            assert_eq!(parse_change(&bomb).unwrap_err(), Refusal::Quota("predecessors in a change".to_owned()));
        }
        // Nulls and a second column of the same number count too; a deflated column is none of an uncompressed chunk.
        let nulls = chunk(&[(ACTION, [vec![0], run(1 << 30, &[])].concat())]);
        assert!(matches!(parse_change(&nulls), Err(Refusal::Quota(_))));
        let twice = chunk(&[(ACTION, run(2, &[1])), (ACTION, run(1 << 30, &[1]))]);
        assert!(matches!(parse_change(&twice), Err(Refusal::Quota(_))));
        assert_eq!(parse_change(&chunk(&[(ACTION | DEFLATED, run(2, &[1]))])).unwrap_err(), Refusal::Malformed);
    }

    #[test]
    fn numbers_that_end_nowhere_or_do_not_fit_are_malformed() {
        for data in
            [vec![0x80; 30], vec![0xff; 9], vec![0x7f], vec![5], vec![0], [vec![0x80; 9], vec![0x7f, 1]].concat()]
        {
            let refused = parse_change(&chunk(&[(ACTION, data.clone())])).unwrap_err();
            assert!(matches!(refused, Refusal::Malformed | Refusal::Quota(_)), "{data:?}: {refused}");
        }
        let mut long = puts(1, 0);
        long.push(0);
        assert_eq!(parse_change(&long).unwrap_err(), Refusal::Malformed);
        assert!(puts(1, 0).len() < MAX_CHANGE_BYTES);
    }

    /// Whatever honest edits make, the count is the one automerge comes to.
    #[test]
    fn what_honest_edits_make_is_counted_as_automerge_counts_it() {
        for seed in 0..40u64 {
            let mut doc = AutoCommit::new().with_actor(ActorId::from([9; 16]));
            let text = doc.put_object(ROOT, "t", automerge::ObjType::Text).unwrap();
            let mut state = seed;
            for step in 0..1 + seed * 7 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(seed | 1);
                match (state >> 33) % 5 {
                    0 => doc.put(ROOT, format!("k{}", state >> 60), ScalarValue::Int(i64::from(state as i32))).unwrap(),
                    1 => doc.put(ROOT, "same", true).unwrap(),
                    2 => doc.splice_text(&text, 0, 0, &"字".repeat(1 + (state >> 58) as usize)).unwrap(),
                    3 => doc.put(ROOT, "bytes", vec![1u8; (state >> 57) as usize]).unwrap(),
                    _ => drop(doc.delete(ROOT, "same")),
                }
                if step % 11 == 10 {
                    doc.commit();
                }
            }
            for change in doc.get_changes(&[]) {
                let columns = columns(change.raw_bytes()).expect("a sound chunk");
                let action: u64 = columns
                    .iter()
                    .filter(|(spec, _)| *spec == ACTION)
                    .map(|(_, data)| runs(data, MAX_CHANGE_OPS).unwrap().rows)
                    .sum();
                assert_eq!(action, change.len() as u64, "seed {seed}");
                check(change.raw_bytes()).unwrap();
            }
        }
    }
}
