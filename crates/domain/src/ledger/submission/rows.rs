//! Rows, their hashes, and how those of now differ from those that were listed.

use std::collections::{BTreeMap, BTreeSet};

use super::{DECISION, Ledger, MAX_ROWS, SUBMISSION, SUBMISSION_STEP};
use crate::book::{COPIED, RecordView, Value, is_deleted};
use crate::ids::{OfficeId, RecordId, tagged_hash};
use crate::ledger::closing::CLOSING;

/// Whether records of a type are rows of a ledger: what is about submitting and closing itself is none, nor what is deleted.
pub fn is_row(rtype: &str) -> bool {
    !is_deleted(rtype) && ![SUBMISSION, SUBMISSION_STEP, DECISION, CLOSING].contains(&rtype)
}

/// The hash of a row, in encoding 1.
pub fn row_hash(record: &RecordView) -> [u8; 32] {
    let mut parts: Vec<Vec<u8>> = vec![record.id.0.to_vec(), record.rtype.as_bytes().to_vec()];
    for (name, field) in record.fields.iter().filter(|(name, _)| !COPIED.contains(&name.as_str())) {
        let values: BTreeSet<Vec<u8>> = field.values.iter().filter_map(|seen| encoded(&seen.value)).collect();
        if values.is_empty() {
            continue;
        }
        parts.push(name.as_bytes().to_vec());
        parts.push(u32::try_from(values.len()).unwrap_or(u32::MAX).to_le_bytes().to_vec());
        parts.extend(values);
    }
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    tagged_hash("ybz row 1", &parts)
}

fn encoded(value: &Value) -> Option<Vec<u8>> {
    let (kind, bytes): (u8, Vec<u8>) = match value {
        Value::Str(text) | Value::Text(text) if text.is_empty() => return None,
        Value::Bool(false) => return None,
        Value::Str(text) => (b's', text.as_bytes().to_vec()),
        Value::Text(text) => (b't', text.as_bytes().to_vec()),
        Value::Int(number) => (b'i', number.to_le_bytes().to_vec()),
        Value::Bool(true) => (b'b', vec![1]),
        Value::Bytes(bytes) => (b'x', bytes.clone()),
        Value::Unknown => (b'?', Vec::new()),
    };
    Some([vec![kind], bytes].concat())
}

/// The rows of one ledger and month, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows(pub(super) BTreeMap<RecordId, [u8; 32]>);

impl Rows {
    /// Rows of records that are all of the ledger and month.
    pub fn of<'a>(records: impl IntoIterator<Item = &'a RecordView>) -> Self {
        Self(records.into_iter().filter(|record| is_row(&record.rtype)).map(|one| (one.id, row_hash(one))).collect())
    }

    /// Rows whose hashes are known, of records that are rows.
    pub fn known(rows: impl IntoIterator<Item = (RecordId, [u8; 32])>) -> Self {
        Self(rows.into_iter().collect())
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// None at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ledger's digest.
    pub fn digest(&self, office: &OfficeId, month: &str, ledger: Ledger) -> [u8; 32] {
        let mut parts: Vec<&[u8]> = vec![office.as_bytes(), month.as_bytes(), ledger.as_str().as_bytes()];
        for (id, hash) in &self.0 {
            parts.push(&id.0);
            parts.push(hash);
        }
        tagged_hash("ybz month 1", &parts)
    }

    /// 16 bytes a row, ascending: the last 8 of the id, the first 8 of the hash. None when there are too many.
    pub(super) fn short(&self) -> Option<String> {
        let mut rows: Vec<[u8; 16]> = self.0.iter().map(|(id, hash)| brief(id, hash)).collect();
        rows.sort_unstable();
        (rows.len() <= MAX_ROWS).then(|| data_encoding::BASE64_NOPAD.encode(&rows.concat()))
    }
}

fn brief(id: &RecordId, hash: &[u8; 32]) -> [u8; 16] {
    let mut out = [0; 16];
    for (to, from) in out.iter_mut().zip(id.0.iter().skip(8).chain(hash.iter().take(8))) {
        *to = *from;
    }
    out
}

/// Rows as a submission lists them: the end of each id with the beginning of the hash.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed(pub(super) BTreeMap<[u8; 8], [u8; 8]>);

impl Listed {
    #[cfg(test)]
    pub(crate) fn of_one() -> Self {
        Self([([1; 8], [2; 8])].into())
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let bytes = data_encoding::BASE64_NOPAD.decode(text.as_bytes()).ok()?;
        let (rows, rest) = bytes.as_chunks::<16>();
        if !rest.is_empty() || rows.len() > MAX_ROWS {
            return None;
        }
        let halves = rows.iter().map(|row| {
            let (id, hash) = row.split_at(8);
            Some((id.try_into().ok()?, hash.try_into().ok()?))
        });
        halves.collect::<Option<BTreeMap<_, _>>>().map(Self)
    }
}

/// Rows that differ from those that were listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// There now and not then.
    pub added: Vec<RecordId>,
    /// There now as then, with another content.
    pub changed: Vec<RecordId>,
    /// There then: the ends of their ids.
    pub removed: Vec<[u8; 8]>,
}

impl Difference {
    /// How many rows.
    pub fn len(&self) -> usize {
        self.added.len() + self.changed.len() + self.removed.len()
    }

    /// None at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The end of an id, as removed rows are told by.
pub fn id_end(id: &RecordId) -> [u8; 8] {
    let mut out = [0; 8];
    for (to, from) in out.iter_mut().zip(id.0.iter().skip(8)) {
        *to = *from;
    }
    out
}
