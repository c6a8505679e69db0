//! 党费: assessments, relief, payments, reversals and remittances, in `up/dues`. Entries are only ever added; the income base
//! stands sealed in `own/households`, and who handed a payment in for another in `own/private`.

mod account;
mod assess;
mod payment;
mod relief;
mod remittance;
mod report;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;

pub use account::{Account, Cash, Due, Slot, owes};
pub use assess::{AssessError, Assessed, arithmetic, assess, mean_of_quarter};
pub use payment::{EXTRA, EXTRA_CENTRE, HandedIn, Payment, Way, months_between};
pub use relief::Relief;
pub use remittance::{Reason, Remittance, Settlement};
pub use report::{Balance, Ledger, LedgerRow, Notice, NoticeRow, balance, ledger, notice};

/// Record type of an assessment (核定).
pub const ASSESSMENT: &str = "dues_assessment";
/// Record type of a payment or its reversal (缴纳, 冲正).
pub const PAYMENT: &str = "dues_payment";
/// Record type of who handed a payment in, sealed in `own/private`.
pub const HANDED_IN: &str = "dues_handed_in";
/// Record type of a hardship relief with its two decisions (困难减免).
pub const RELIEF: &str = "dues_relief";
/// Record type of a remittance upward or its reversal (上缴).
pub const REMITTANCE: &str = "dues_remittance";
/// Record type of the word that payments which look double are all right.
pub const SETTLEMENT: &str = "dues_settlement";
/// Record type of a reason for months unpaid.
pub const REASON: &str = "dues_reason";
/// Largest amount of one entry: a typing error above it.
pub const MAX_AMOUNT_FEN: i64 = 100_000_000;

/// Who pays by which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DuesClass {
    /// 按月领工资
    Salaried,
    /// 离退休
    Retired,
    /// 个体经营
    SelfEmployed,
    /// 农民
    Farmer,
    /// 学生、下岗、抚恤救济、低保
    Student,
    /// 困难减免, as ledgers of before have it: a class without the full due beside it. New relief is a [`Relief`].
    Hardship,
    /// 年薪制
    AnnualSalary,
}

impl DuesClass {
    /// All classes.
    pub const ALL: [Self; 7] = [
        Self::Salaried,
        Self::Retired,
        Self::SelfEmployed,
        Self::Farmer,
        Self::Student,
        Self::Hardship,
        Self::AnnualSalary,
    ];

    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Salaried => "salaried",
            Self::Retired => "retired",
            Self::SelfEmployed => "self_employed",
            Self::Farmer => "farmer",
            Self::Student => "student",
            Self::Hardship => "hardship",
            Self::AnnualSalary => "annual_salary",
        }
    }

    /// Reads the word of a book.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == word)
    }

    /// Article of the rules that governs it.
    pub fn article(self) -> &'static str {
        match self {
            Self::Salaried => "dues_salaried",
            Self::Retired => "dues_retired",
            Self::SelfEmployed => "dues_self_employed",
            Self::Farmer => "dues_farmer",
            Self::Student => "dues_relief",
            Self::Hardship => "dues_hardship",
            Self::AnnualSalary => "dues_annual_salary",
        }
    }
}

/// A recorded assessment: class, rate and due go up, the base does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Member's record id.
    pub member: String,
    /// From this month on, `2026-01`.
    pub from_month: String,
    /// Class.
    pub class: DuesClass,
    /// Rate.
    pub rate_bp: Option<u32>,
    /// Monthly due.
    pub monthly_fen: i64,
    /// The decisions behind a hardship.
    pub decision: String,
    /// Version of the rule data it was computed by.
    pub rules: String,
    /// Day of entry.
    pub recorded_on: String,
    /// Ids of those for the same member and month that were known when it was entered: it is meant instead of them.
    pub over: BTreeSet<String>,
}

/// One key for each assessment that another is meant instead of.
const OVER: &str = "over/";

impl Assessment {
    /// Reads an assessment; none when the record is of another type or class.
    pub fn read(record: &RecordView) -> Option<Self> {
        if record.rtype != ASSESSMENT {
            return None;
        }
        Some(Self {
            member: record.str("ref").to_owned(),
            from_month: record.str("date").to_owned(),
            class: DuesClass::from_word(record.str("kind"))?,
            rate_bp: record.int("rate_bp").and_then(|rate| u32::try_from(rate).ok()),
            monthly_fen: record.int("amount").unwrap_or_default(),
            decision: record.str("decision").to_owned(),
            rules: record.str("rules").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
            over: record.fields.keys().filter_map(|field| field.strip_prefix(OVER)).map(str::to_owned).collect(),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let mut fields: Vec<(String, Value)> = vec![
            ("ref".to_owned(), self.member.as_str().into()),
            ("date".to_owned(), self.from_month.as_str().into()),
            ("kind".to_owned(), self.class.as_str().into()),
            ("amount".to_owned(), Value::Int(self.monthly_fen)),
            ("rules".to_owned(), self.rules.as_str().into()),
            ("recorded_on".to_owned(), self.recorded_on.as_str().into()),
        ];
        fields.extend(self.rate_bp.map(|rate| ("rate_bp".to_owned(), Value::Int(rate.into()))));
        if !self.decision.is_empty() {
            fields.push(("decision".to_owned(), self.decision.as_str().into()));
        }
        fields.extend(self.over.iter().map(|other| (format!("{OVER}{other}"), true.into())));
        RecordOp::Create { id, rtype: ASSESSMENT.to_owned(), fields }
    }
}

/// The assessment in force for a month (`2026-03`): the one with the latest start not after it; of several with one start,
/// one that no other is meant instead of, whatever day the clocks of the devices said; of several of those the one entered last,
/// then the one with the higher record id, so that every device picks the same.
pub fn in_force<'a>(
    assessments: impl IntoIterator<Item = &'a (RecordId, Assessment)>,
    month: &str,
) -> Option<&'a Assessment> {
    let mut same: Vec<&(RecordId, Assessment)> = Vec::new();
    for one in assessments.into_iter().filter(|(_, one)| one.from_month.as_str() <= month) {
        match same.first().map_or(Ordering::Greater, |(_, first)| one.1.from_month.cmp(&first.from_month)) {
            Ordering::Greater => same = vec![one],
            Ordering::Equal => same.push(one),
            Ordering::Less => {}
        }
    }
    if same.len() > 1 {
        let named: BTreeSet<&str> = same.iter().flat_map(|(_, one)| &one.over).map(String::as_str).collect();
        let stand = |(id, _): &&(RecordId, Assessment)| !named.contains(id.to_string().as_str());
        // Of some that name each other in a circle, which nothing honest writes, all are looked at.
        if same.iter().copied().any(|one| stand(&one)) {
            same.retain(stand);
        }
    }
    same.into_iter().max_by_key(|(id, one)| (&one.recorded_on, *id)).map(|(_, one)| one)
}
