//! Change chunks: parsed and judged without a document, and applied to one if the rules take them.

use std::collections::BTreeMap;

use automerge::Change;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use ybz_domain::accept::{Known, MAX_CHANGE_OPS, MAX_OP, ParsedChange, judge, parse_change};
use ybz_domain::book::{self, BookKind, RecordOp, Value, create};
use ybz_domain::ids::{ActorId, RecordId};

/// A chunk stands for at most 20,000 operations that replace 80,000; automerge makes some 200 bytes of each, and the
/// run-length encoded columns of a chunk are decoded side by side.
pub const BOUND: usize = 96 << 20;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

/// Reads the bytes as chunks one after the other, as they are and with their checksums right.
pub fn run(data: &[u8]) {
    let mut batch: Vec<ParsedChange> = Vec::new();
    for chunk in split(data).iter().take(64) {
        batch.extend(parse_change(chunk));
        batch.extend(sound(chunk).and_then(|chunk| parse_change(&chunk).ok()));
    }
    for ParsedChange { meta, .. } in &batch {
        assert!(meta.max_op <= MAX_OP && meta.max_op + 1 - meta.start_op <= MAX_CHANGE_OPS, "{meta:?}");
    }
    let attested = batch.iter().map(|change| (change.meta.actor, (change.meta.seq, change.meta.hash))).collect();
    let judged = judge(&batch, &Known::default(), &attested);
    let none = judge(&batch, &Known::default(), &BTreeMap::new());
    assert!(none.accept.is_empty(), "nothing is accepted that nobody vouches for");
    let all = judged.accept.len() + judged.known.len() + judged.stage.len() + judged.refuse.len();
    assert_eq!(all, batch.len(), "of each change something becomes");
    let Ok(mut doc) = book::new_document(&BookKind::visits()) else { return };
    for change in judged.accept.iter().filter_map(|index| batch.get(*index)) {
        let Ok(change) = Change::from_bytes(change.bytes.clone()) else { continue };
        // What reads in does the same: a panic holds the change and throws the document away.
        let applied = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| doc.apply_changes([change]).is_ok()));
        if applied.is_err() {
            return;
        }
    }
}

/// The data at each place where a chunk begins; all of it where none does.
fn split(data: &[u8]) -> Vec<&[u8]> {
    let starts: Vec<usize> =
        data.windows(MAGIC.len()).enumerate().filter(|(_, bytes)| *bytes == MAGIC).map(|(at, _)| at).collect();
    if starts.is_empty() {
        return vec![data];
    }
    let ends = starts.iter().skip(1).copied().chain([data.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| data.get(*start..end)).collect()
}

/// The chunk with length and checksum as its body has them: a mutation reaches what lies behind them.
fn sound(chunk: &[u8]) -> Option<Vec<u8>> {
    let (kind, rest) = chunk.get(8..)?.split_first()?;
    let length = rest.iter().position(|byte| byte & 0x80 == 0)?;
    let body = rest.get(length + 1..)?;
    let mut hashed = vec![*kind];
    let mut left = body.len();
    loop {
        let septet = u8::try_from(left & 0x7f).unwrap_or_default();
        left >>= 7;
        hashed.push(if left == 0 { septet } else { septet | 0x80 });
        if left == 0 {
            break;
        }
    }
    hashed.extend_from_slice(body);
    let mut out = MAGIC.to_vec();
    out.extend(Sha256::digest(&hashed).iter().take(4));
    out.extend(hashed);
    Some(out)
}

/// Chains of changes with records, texts and edits.
pub fn seeds() -> Vec<Vec<u8>> {
    let day = Date::constant(2026, 3, 20);
    let Ok(mut doc) = book::new_document(&BookKind::visits()) else { return Vec::new() };
    let mut chunks: Vec<Vec<u8>> = Vec::new();
    for number in 0..6 {
        let id = RecordId([number; 16]);
        let fields = [
            ("date", "2026-03-05".into()),
            ("place", "村部".into()),
            ("count", Value::Int(number.into())),
            ("sealed", Value::Bytes(vec![number; 40])),
            ("minutes", Value::Text("会议记录".repeat(usize::from(number)))),
        ];
        let edits = [
            create(id, "visit", fields),
            RecordOp::EditText { id, field: "minutes".to_owned(), text: "另一份记录".to_owned() },
            RecordOp::Set { id, field: "place".to_owned(), value: "祠堂".into() },
            RecordOp::Clear { id, field: "count".to_owned() },
        ];
        let actor = ActorId([number % 2 + 1; 16]);
        for edit in edits {
            let made = book::apply(&mut doc, &actor, day, &[edit]);
            chunks.extend(made.ok().flatten().map(|change| change.raw_bytes().to_vec()));
        }
    }
    let mut out = vec![chunks.concat()];
    out.extend(chunks.chunks(3).map(<[Vec<u8>]>::concat));
    out.extend(chunks);
    out
}
