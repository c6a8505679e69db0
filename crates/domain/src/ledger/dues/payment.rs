//! A payment, or the reversal of one.

use serde::{Deserialize, Serialize};

use super::PAYMENT;
use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;

/// Kind of a voluntary extra (自愿多交).
pub const EXTRA: &str = "extra";
/// Kind of a voluntary extra that goes wholly to the centre.
pub const EXTRA_CENTRE: &str = "extra_centre";

/// Who hands a payment in. The organization may neither advance nor deduct it, so there is no word for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Way {
    /// 本人
    #[default]
    Own,
    /// 亲属
    Relative,
    /// 其他党员
    Member,
}

impl Way {
    /// Stable word in books; of the member's own hand none is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "",
            Self::Relative => "relative",
            Self::Member => "member",
        }
    }

    /// Reads the word of a book.
    pub fn from_word(word: &str) -> Self {
        match word {
            "relative" => Self::Relative,
            "member" => Self::Member,
            _ => Self::Own,
        }
    }
}

/// A payment, or the reversal of one (a negative amount with `reverses`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Payment {
    /// Member's record id.
    pub member: String,
    /// The month owed, `2026-03`; empty for an extra.
    pub month: String,
    /// Empty, or one of [`EXTRA`] and [`EXTRA_CENTRE`], as the rule of the day of payment had it.
    pub kind: String,
    /// Fen; negative for a reversal.
    pub amount_fen: i64,
    /// Day of payment, ISO.
    pub on: String,
    /// Who handed it in, as ledgers of before have it. It is read and never written: it may be the name of a resident, and
    /// dues go up. See [`HandedIn`].
    pub handed_by: String,
    /// Who that is to the member.
    pub way: Way,
    /// The member consents that another hands it in.
    pub consent: bool,
    /// Paid by the quarter, with the branch's consent.
    pub quarterly: bool,
    /// Number of the receipt, shared by what one member pays at once; empty when none was kept.
    pub receipt: String,
    /// The payment it reverses.
    pub reverses: Option<String>,
    /// Reason or note.
    pub note: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl Payment {
    /// Reads a payment; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        let reverses = record.str("reverses");
        (record.rtype == PAYMENT).then(|| Self {
            member: record.str("ref").to_owned(),
            month: record.str("month").to_owned(),
            kind: record.str("kind").to_owned(),
            amount_fen: record.int("amount").unwrap_or_default(),
            on: record.str("date").to_owned(),
            handed_by: record.str("handed_by").to_owned(),
            way: Way::from_word(record.str("way")),
            consent: record.flag("consent"),
            quarterly: record.flag("quarterly"),
            receipt: record.str("receipt").to_owned(),
            reverses: (!reverses.is_empty()).then(|| reverses.to_owned()),
            note: record.str("note").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let mut fields: Vec<(String, Value)> = vec![
            ("ref".to_owned(), self.member.as_str().into()),
            ("amount".to_owned(), Value::Int(self.amount_fen)),
            ("date".to_owned(), self.on.as_str().into()),
            ("recorded_on".to_owned(), self.recorded_on.as_str().into()),
        ];
        let words = [
            ("month", Some(&self.month)),
            ("kind", Some(&self.kind)),
            ("way", Some(&self.way.as_str().to_owned())),
            ("receipt", Some(&self.receipt)),
            ("reverses", self.reverses.as_ref()),
            ("note", Some(&self.note)),
        ]
        .map(|(name, word)| (name, word.cloned().unwrap_or_default()));
        fields.extend(
            words
                .into_iter()
                .filter(|(_, word)| !word.is_empty())
                .map(|(name, word)| (name.to_owned(), word.as_str().into())),
        );
        let flags = [("consent", self.consent), ("quarterly", self.quarterly)];
        fields.extend(flags.iter().filter(|(_, set)| *set).map(|(name, _)| ((*name).to_owned(), Value::Bool(true))));
        RecordOp::Create { id, rtype: PAYMENT.to_owned(), fields }
    }

    /// A voluntary extra, whether or not it goes to the centre.
    pub fn is_extra(&self) -> bool {
        self.kind == EXTRA || self.kind == EXTRA_CENTRE
    }

    /// Whole months from the month owed to the month of payment; negative when paid ahead, none when a date is not read.
    pub fn months_late(&self) -> Option<i32> {
        Some(month_number(&self.on)? - month_number(&self.month)?)
    }
}

/// Who handed a payment in, when not the member: sealed in `own/private` under the key of the member who owed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HandedIn {
    /// As it was typed.
    pub name: String,
}

impl HandedIn {
    /// The record beside a payment.
    pub fn id(payment: &RecordId) -> RecordId {
        RecordId::natural("ybz dues handed in 1", &[payment.as_bytes()])
    }
}

/// The months from one (`2025-11`) to another, both included; none when one is not read, or there are more than `most`.
pub fn months_between(from: &str, to: &str, most: u32) -> Option<Vec<String>> {
    let (from, to) = (month_number(from)?, month_number(to)?);
    let count = u32::try_from(to - from + 1).ok().filter(|count| (1..=most).contains(count));
    count.map(|_| (from..=to).map(month_of).collect())
}

/// Months since year 0 of a date or month.
pub(super) fn month_number(text: &str) -> Option<i32> {
    let (year, rest) = text.split_once('-')?;
    let (year, month): (i32, i32) = (year.parse().ok()?, rest.get(..2)?.parse().ok()?);
    ((0..=9_999).contains(&year) && (1..=12).contains(&month)).then_some(year * 12 + month - 1)
}

/// The month of a number, `2026-03`.
pub(super) fn month_of(number: i32) -> String {
    format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1)
}
