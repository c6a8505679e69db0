//! 活动经费: what came in and what was spent, in `up/tasks`. Entries are only added; one is taken back by another.

use super::made;
use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;

/// Record type.
pub const FUND: &str = "fund";

/// An entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FundEntry {
    /// ISO date.
    pub on: String,
    /// Fen; negative: spent.
    pub amount_fen: i64,
    /// What for.
    pub title: String,
    /// Entry that this one takes back, or empty.
    pub reverses: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl FundEntry {
    /// Reads an entry; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == FUND).then(|| Self {
            on: record.str("date").to_owned(),
            amount_fen: record.int("amount").unwrap_or_default(),
            title: record.str("title").to_owned(),
            reverses: record.str("reverses").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let texts = [
            ("date", self.on.as_str()),
            ("title", &self.title),
            ("reverses", &self.reverses),
            ("recorded_on", &self.recorded_on),
        ];
        made(id, FUND, texts, [("amount", Value::Int(self.amount_fen))])
    }
}
