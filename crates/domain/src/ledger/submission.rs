//! 提交: what a branch hands in for a month, as a record in `up/tasks`; what was changed since; the superior's word on it.
//!
//! # What is submitted
//!
//! The rows of a month are the records of one kind of book ([`Ledger::book`], of whatever year) whose `date` lies in it.
//! Records that are about submitting itself do not count ([`is_row`]). A row's hash is, in encoding 1,
//! `BLAKE3("ybz row 1", parts)` as [`tagged_hash`] puts parts together: the record's id, its type, and for each field in the
//! order of names its name, the number of its values (4 bytes, little-endian) and the values, each different one once,
//! in ascending order of their bytes. A value is one byte that tells its kind and then: `s` a short text, `t` a merging text, in
//! UTF-8; `i` a number, 8 bytes, little-endian; `b` and one byte for yes; `x` bytes; `?` what this encoding does not know. A
//! field that reads as nothing (an empty text, no) is left out, and so is what says where a record was copied from.
//!
//! A ledger's digest is `BLAKE3("ybz month 1", [office, month, ledger, then id and row hash of each row by id])`, the
//! submission's `BLAKE3("ybz submission 1", [office, month, then the four digests in the order of Ledger::ALL])`. Beside the
//! digests stand 8 bytes of each row's id and of its hash, so that the superior can tell which rows differ later.

mod months;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{BookKind, RecordOp, RecordView, Value};
use crate::ids::{ChangeHash, OfficeId, RecordId, tagged_hash};
use crate::ledger::verdict::{after_field, seen};

pub use months::{Counting, counting, judged, months};
pub use rows::{Difference, Listed, Rows, id_end, is_row, row_hash};

/// 提交, in `up/tasks`.
pub const SUBMISSION: &str = "submission";
/// 撤回, 按接收算, 说明: the branch's later words on a submission, in `up/tasks`.
pub const SUBMISSION_STEP: &str = "submission_step";
/// The superior's word on a submission or an item, in `down/dispatch`.
pub const DECISION: &str = "decision";
/// State of a [`SUBMISSION_STEP`] that says why rows differ from what was accepted.
pub const EXPLAINED: &str = "explained";
/// `kind` of a [`DECISION`] on a submission.
pub const ON_SUBMISSION: &str = "submission";
/// `kind` of a [`DECISION`] on an item.
pub const ON_ITEM: &str = "item";
/// Rows of one ledger and month that are listed; of more the digest alone tells.
pub const MAX_ROWS: usize = 2_048;

/// One of the four ledgers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ledger {
    /// 三会一课
    Meetings,
    /// 党费
    Dues,
    /// 夜谈走访
    Visits,
    /// 清单
    Checklists,
}

impl Ledger {
    /// All of them, in the order in which they are hashed.
    pub const ALL: [Self; 4] = [Self::Meetings, Self::Dues, Self::Visits, Self::Checklists];

    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Meetings => "meetings",
            Self::Dues => "dues",
            Self::Visits => "visits",
            Self::Checklists => "checklists",
        }
    }

    /// The books it stands in.
    pub fn book(self) -> BookKind {
        match self {
            Self::Meetings => BookKind::meetings(),
            Self::Dues => BookKind::dues(),
            Self::Visits => BookKind::visits(),
            Self::Checklists => BookKind::tasks(),
        }
    }

    /// The ledger that stands in a kind of book.
    pub fn of_book(kind: &BookKind) -> Option<Self> {
        Self::ALL.into_iter().find(|ledger| ledger.book() == *kind)
    }
}

/// What a submission says of one ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// Rows.
    pub count: u32,
    /// Their digest.
    pub digest: [u8; 32],
    /// Heads of the books, sorted.
    pub heads: Vec<ChangeHash>,
    /// The rows; none when they were too many, or what stands there is not understood.
    pub listed: Option<Listed>,
}

impl Part {
    /// How the rows of now differ; none when they do and nobody can say which.
    pub fn difference(&self, office: &OfficeId, month: &str, ledger: Ledger, now: &Rows) -> Option<Difference> {
        let mut out = Difference::default();
        if now.digest(office, month, ledger) == self.digest {
            return Some(out);
        }
        let mut left = self.listed.as_ref()?.0.clone();
        for (id, hash) in &now.0 {
            match left.remove(&id_end(id)) {
                None => out.added.push(*id),
                Some(then) if hash.starts_with(&then) => {}
                Some(_) => out.changed.push(*id),
            }
        }
        out.removed = left.into_keys().collect();
        (!out.is_empty()).then_some(out)
    }
}

/// What a record says of the four ledgers.
pub(crate) fn read_parts(record: &RecordView) -> BTreeMap<Ledger, Part> {
    let read = |ledger: Ledger| {
        let of = |name: &str| format!("{name}/{}", ledger.as_str());
        let digest = data_encoding::HEXLOWER.decode(record.str(&of("digest")).as_bytes()).ok();
        let count = record.int(&of("count")).and_then(|count| u32::try_from(count).ok()).unwrap_or_default();
        // No rows at all are an empty list, and no field; so are too many, of which the digest alone tells.
        let complete = |listed: &Listed| u32::try_from(listed.0.len()) == Ok(count);
        let part = Part {
            count,
            digest: digest.and_then(|bytes| bytes.try_into().ok()).unwrap_or_default(),
            heads: record.str(&of("heads")).split(' ').take(64).filter_map(|hash| hash.parse().ok()).collect(),
            listed: Listed::read(record.str(&of("rows"))).filter(complete),
        };
        (ledger, part)
    };
    Ledger::ALL.into_iter().map(read).collect()
}

/// The fields that say it.
pub(crate) fn part_fields(parts: &BTreeMap<Ledger, Part>) -> Vec<(String, Value)> {
    let mut fields = Vec::new();
    for (ledger, part) in parts {
        let of = |name: &str| format!("{name}/{}", ledger.as_str());
        fields.push((of("count"), Value::Int(part.count.into())));
        fields.push((of("digest"), data_encoding::HEXLOWER.encode(&part.digest).into()));
        let heads: Vec<String> = part.heads.iter().map(ChangeHash::to_string).collect();
        if !heads.is_empty() {
            fields.push((of("heads"), heads.join(" ").into()));
        }
        if let Some(Listed(rows)) = &part.listed {
            let bytes: Vec<u8> = rows.iter().flat_map(|(id, hash)| [*id, *hash].concat()).collect();
            if !bytes.is_empty() {
                fields.push((of("rows"), data_encoding::BASE64_NOPAD.encode(&bytes).into()));
            }
        }
    }
    fields
}

/// A submission.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Submission {
    /// `2026-03`
    pub month: String,
    /// Day, ISO.
    pub on: String,
    /// Who submitted it, as far as it was said.
    pub person: String,
    /// Earlier submissions of the month that its maker had seen.
    pub after: BTreeSet<RecordId>,
    /// By ledger: all four.
    pub parts: BTreeMap<Ledger, Part>,
}

impl Submission {
    /// The part of one ledger, from its rows.
    pub fn part(office: &OfficeId, month: &str, ledger: Ledger, rows: &Rows, mut heads: Vec<ChangeHash>) -> Part {
        heads.sort_unstable();
        let listed = rows.short().as_deref().and_then(Listed::read);
        Part {
            count: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            digest: rows.digest(office, month, ledger),
            heads,
            listed,
        }
    }

    /// What a decision names: the digest of all four.
    pub fn digest(&self, office: &OfficeId) -> [u8; 32] {
        let mut parts: Vec<&[u8]> = vec![office.as_bytes(), self.month.as_bytes()];
        let none = [0; 32];
        for ledger in Ledger::ALL {
            parts.push(self.parts.get(&ledger).map_or(&none, |part| &part.digest));
        }
        tagged_hash("ybz submission 1", &parts)
    }

    /// Reads a submission; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        if record.rtype != SUBMISSION {
            return None;
        }
        Some(Self {
            month: record.str("month").to_owned(),
            on: record.str("date").to_owned(),
            person: record.str("person").to_owned(),
            after: seen(record),
            parts: read_parts(record),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let mut fields: Vec<(String, Value)> = vec![
            ("month".to_owned(), self.month.as_str().into()),
            ("date".to_owned(), self.on.as_str().into()),
            ("recorded_on".to_owned(), self.on.as_str().into()),
            ("encoding".to_owned(), Value::Int(1)),
        ];
        if !self.person.is_empty() {
            fields.push(("person".to_owned(), self.person.as_str().into()));
        }
        fields.extend(after_field(&self.after));
        fields.extend(part_fields(&self.parts));
        RecordOp::Create { id, rtype: SUBMISSION.to_owned(), fields }
    }
}

/// A word on a submission or an item: a [`SUBMISSION_STEP`] or a [`DECISION`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// What it is about.
    pub about: String,
    /// [`ON_SUBMISSION`] or [`ON_ITEM`]; for a branch's step empty.
    pub kind: String,
    /// [`crate::ledger::verdict::Act`], or [`EXPLAINED`].
    pub state: String,
    /// 意见, 原因
    pub note: String,
    /// Day, ISO.
    pub on: String,
    /// Who, as far as it was said.
    pub person: String,
    /// Digest of the submission that it is about, or of the rows that are explained; hexadecimal.
    pub digest: String,
    /// Events that its maker had seen.
    pub after: BTreeSet<RecordId>,
}

impl Word {
    /// Reads a step or decision; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        [SUBMISSION_STEP, DECISION].contains(&record.rtype.as_str()).then(|| Self {
            about: record.str("ref").to_owned(),
            kind: record.str("kind").to_owned(),
            state: record.str("state").to_owned(),
            note: record.str("note").to_owned(),
            on: record.str("date").to_owned(),
            person: record.str("person").to_owned(),
            digest: record.str("digest").to_owned(),
            after: seen(record),
        })
    }

    /// The step that records it as one of a type.
    pub fn create(&self, id: RecordId, rtype: &str) -> RecordOp {
        let words = [
            ("ref", &self.about),
            ("kind", &self.kind),
            ("state", &self.state),
            ("note", &self.note),
            ("date", &self.on),
            ("recorded_on", &self.on),
            ("person", &self.person),
            ("digest", &self.digest),
        ];
        let mut fields: Vec<(String, Value)> = words
            .into_iter()
            .filter(|(_, word)| !word.is_empty())
            .map(|(name, word)| (name.to_owned(), word.as_str().into()))
            .collect();
        fields.extend(after_field(&self.after));
        RecordOp::Create { id, rtype: rtype.to_owned(), fields }
    }
}

#[cfg(test)]
mod tests;
