//! What goes upward (上缴), and two words of a person: that payments which look double are right, and why months are unpaid.

use super::{REASON, REMITTANCE, SETTLEMENT};
use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;

fn filled(words: &[(&str, &str)]) -> Vec<(String, Value)> {
    words.iter().filter(|(_, word)| !word.is_empty()).map(|(name, word)| ((*name).to_owned(), (*word).into())).collect()
}

/// A remittance upward, or the reversal of one (negative amounts with `reverses`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remittance {
    /// Day, ISO.
    pub on: String,
    /// First month of collection that it covers, `2026-01`.
    pub from_month: String,
    /// Last month of collection, included.
    pub to_month: String,
    /// Fen remitted.
    pub amount_fen: i64,
    /// Fen of the same collection that stay here.
    pub retained_fen: i64,
    /// Of the extras for the centre, which are remitted whole.
    pub centre: bool,
    /// Number of the slip.
    pub slip: String,
    /// The remittance it reverses.
    pub reverses: Option<String>,
    /// Reason or note.
    pub note: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl Remittance {
    /// Reads a remittance; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        let reverses = record.str("reverses");
        (record.rtype == REMITTANCE).then(|| Self {
            on: record.str("date").to_owned(),
            from_month: record.str("month").to_owned(),
            to_month: record.str("to_month").to_owned(),
            amount_fen: record.int("amount").unwrap_or_default(),
            retained_fen: record.int("retained").unwrap_or_default(),
            centre: record.str("kind") == super::EXTRA_CENTRE,
            slip: record.str("slip").to_owned(),
            reverses: (!reverses.is_empty()).then(|| reverses.to_owned()),
            note: record.str("note").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let mut fields = filled(&[
            ("date", &self.on),
            ("month", &self.from_month),
            ("to_month", &self.to_month),
            ("kind", if self.centre { super::EXTRA_CENTRE } else { "" }),
            ("slip", &self.slip),
            ("reverses", self.reverses.as_deref().unwrap_or_default()),
            ("note", &self.note),
            ("recorded_on", &self.recorded_on),
        ]);
        fields.push(("amount".to_owned(), Value::Int(self.amount_fen)));
        fields.push(("retained".to_owned(), Value::Int(self.retained_fen)));
        RecordOp::Create { id, rtype: REMITTANCE.to_owned(), fields }
    }
}

/// 都是对的: payments of one member that look double are each right.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settlement {
    /// Member's record id.
    pub member: String,
    /// Ids of the payments, in order.
    pub payments: Vec<String>,
    /// Why.
    pub note: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl Settlement {
    /// Reads a settlement; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == SETTLEMENT).then(|| Self {
            member: record.str("ref").to_owned(),
            payments: record.str("payments").split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect(),
            note: record.str("note").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// Its id follows from the payments, so that two devices that say the same say it once.
    pub fn id(&self) -> RecordId {
        RecordId::natural("ybz dues settlement 1", &[self.payments.join(",").as_bytes()])
    }

    /// The step that records it.
    pub fn create(&self) -> RecordOp {
        let fields = filled(&[
            ("ref", &self.member),
            ("payments", &self.payments.join(",")),
            ("note", &self.note),
            ("recorded_on", &self.recorded_on),
        ]);
        RecordOp::Create { id: self.id(), rtype: SETTLEMENT.to_owned(), fields }
    }
}

/// Why months are unpaid: a person's word, which keeps the rule of six months from being shown for them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reason {
    /// Member's record id.
    pub member: String,
    /// First month, `2026-01`.
    pub from_month: String,
    /// Last month, included.
    pub to_month: String,
    /// One of [`Reason::CODES`]. No free words: what befalls a member is not told upward.
    pub code: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl Reason {
    /// 外出 · 组织关系转接中 · 经支部同意缓交 · 其他
    pub const CODES: [&str; 4] = ["away", "transferring", "deferred", "other"];

    /// Reads a reason; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == REASON).then(|| Self {
            member: record.str("ref").to_owned(),
            from_month: record.str("date").to_owned(),
            to_month: record.str("to_month").to_owned(),
            code: record.str("kind").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// Speaks of a month.
    pub fn covers(&self, month: &str) -> bool {
        self.from_month.as_str() <= month && month <= self.to_month.as_str()
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let fields = filled(&[
            ("ref", &self.member),
            ("date", &self.from_month),
            ("to_month", &self.to_month),
            ("kind", &self.code),
            ("recorded_on", &self.recorded_on),
        ]);
        RecordOp::Create { id, rtype: REASON.to_owned(), fields }
    }
}
