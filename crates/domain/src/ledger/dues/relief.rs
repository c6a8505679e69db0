//! Relief from dues: reduced or waived once the branch has decided it and the next higher committee has approved it.

use super::RELIEF;
use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;

/// A relief for some months. The reasons of a hardship are not kept: a decision is a day and a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relief {
    /// Member's record id.
    pub member: String,
    /// First month, `2026-01`.
    pub from_month: String,
    /// Last month, included.
    pub to_month: String,
    /// Fen a month instead of the full due; 0: waived.
    pub monthly_fen: i64,
    /// Day of the branch's decision, ISO; empty: not yet.
    pub decided_on: String,
    /// Number or occasion of the branch's decision.
    pub decision: String,
    /// Day of the committee's approval, ISO; empty: not yet.
    pub approved_on: String,
    /// Number of the committee's approval.
    pub approval: String,
    /// Day on which it was withdrawn; empty: it stands.
    pub withdrawn_on: String,
    /// The first month for which it holds no more; empty beside a day: it was withdrawn from the beginning, as ledgers of
    /// before have it.
    pub withdrawn_from: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl Relief {
    /// Reads a relief; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == RELIEF).then(|| Self {
            member: record.str("ref").to_owned(),
            from_month: record.str("date").to_owned(),
            to_month: record.str("to_month").to_owned(),
            monthly_fen: record.int("amount").unwrap_or_default(),
            decided_on: record.str("decided_on").to_owned(),
            decision: record.str("decision").to_owned(),
            approved_on: record.str("approved_on").to_owned(),
            approval: record.str("approval").to_owned(),
            withdrawn_on: record.str("withdrawn_on").to_owned(),
            withdrawn_from: record.str("withdrawn_from").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// Both decisions are there. Until then the full due stands.
    pub fn complete(&self) -> bool {
        !self.decided_on.is_empty() && !self.approved_on.is_empty()
    }

    /// Covers a month (`2026-03`). A withdrawal ends it from its month on: the months before had both decisions.
    pub fn covers(&self, month: &str) -> bool {
        let stands = self.withdrawn_on.is_empty() || month < self.withdrawn_from.as_str();
        stands && self.from_month.as_str() <= month && month <= self.to_month.as_str()
    }

    fn fields(&self) -> Vec<(String, Value)> {
        let words = [
            ("ref", &self.member),
            ("date", &self.from_month),
            ("to_month", &self.to_month),
            ("decided_on", &self.decided_on),
            ("decision", &self.decision),
            ("approved_on", &self.approved_on),
            ("approval", &self.approval),
            ("withdrawn_on", &self.withdrawn_on),
            ("withdrawn_from", &self.withdrawn_from),
        ];
        let mut fields: Vec<(String, Value)> =
            words.into_iter().map(|(name, word)| (name.to_owned(), word.as_str().into())).collect();
        fields.push(("amount".to_owned(), Value::Int(self.monthly_fen)));
        fields
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let mut fields = self.fields();
        fields.retain(|(_, value)| *value != Value::Str(String::new()));
        fields.push(("recorded_on".to_owned(), self.recorded_on.as_str().into()));
        RecordOp::Create { id, rtype: RELIEF.to_owned(), fields }
    }

    /// Steps that change only what differs from `before`: a decision that came later, or a withdrawal.
    pub fn update(&self, id: RecordId, before: &Self) -> Vec<RecordOp> {
        let old = before.fields();
        let differs = self.fields().into_iter().filter(|field| !old.contains(field));
        differs.map(|(field, value)| RecordOp::Set { id, field, value }).collect()
    }
}
