//! 党费: assessments, payments and reversals, in `up/dues`. Entries are only ever added; the income base stands sealed in
//! `own/households`.

use serde::{Deserialize, Serialize};

use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;
use crate::money::{rate_half_up, yuan};
use crate::rules::{Rules, Tier};

/// Record type of an assessment (核定).
pub const ASSESSMENT: &str = "dues_assessment";
/// Record type of a payment or its reversal (缴纳, 冲正).
pub const PAYMENT: &str = "dues_payment";
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
    /// 困难减免
    Hardship,
}

impl DuesClass {
    /// All classes.
    pub const ALL: [Self; 6] =
        [Self::Salaried, Self::Retired, Self::SelfEmployed, Self::Farmer, Self::Student, Self::Hardship];

    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Salaried => "salaried",
            Self::Retired => "retired",
            Self::SelfEmployed => "self_employed",
            Self::Farmer => "farmer",
            Self::Student => "student",
            Self::Hardship => "hardship",
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
        }
    }
}

/// What a rule makes of a class and base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessed {
    /// Monthly due in fen.
    pub monthly_fen: i64,
    /// Rate, where one applies.
    pub rate_bp: Option<u32>,
    /// `4,500.00 × 1% = 45.00`
    pub arithmetic: String,
    /// Above the normal cap, which is shown and not applied.
    pub capped: bool,
}

/// An assessment that the rules do not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssessError {
    /// The class needs a base.
    #[error("this class is assessed on a base")]
    BaseMissing,
    /// The class needs a fixed monthly amount.
    #[error("this class pays a fixed amount, which is missing")]
    FixedMissing,
    /// Negative, or above what one entry may hold.
    #[error("amount out of range: {from} to {to} fen")]
    OutOfRange {
        /// Least.
        from: i64,
        /// Most.
        to: i64,
    },
}

/// Computes a monthly due. The rate of the tier applies to the whole base.
pub fn assess(
    rules: &Rules,
    class: DuesClass,
    base_fen: Option<i64>,
    fixed_fen: Option<i64>,
) -> Result<Assessed, AssessError> {
    let range = |amount: i64, from: i64, to: i64| {
        if (from..=to).contains(&amount) { Ok(amount) } else { Err(AssessError::OutOfRange { from, to }) }
    };
    let by_tier = |tiers: &[Tier]| {
        let base = range(base_fen.ok_or(AssessError::BaseMissing)?, 0, MAX_AMOUNT_FEN)?;
        let tier = tiers.iter().find(|tier| tier.up_to_fen.is_none_or(|limit| base <= limit));
        let rate = tier.map_or(0, |tier| tier.rate_bp);
        let monthly = rate_half_up(base, rate).unwrap_or_default();
        Ok(Assessed {
            monthly_fen: monthly,
            rate_bp: Some(rate),
            arithmetic: format!("{} × {}% = {}", yuan(base), percent(rate), yuan(monthly)),
            capped: monthly > rules.dues.cap_fen,
        })
    };
    let fixed = |amount: i64| Assessed { monthly_fen: amount, rate_bp: None, arithmetic: yuan(amount), capped: false };
    match class {
        DuesClass::Salaried | DuesClass::SelfEmployed => by_tier(&rules.dues.salaried),
        DuesClass::Retired => by_tier(&rules.dues.retired),
        DuesClass::Farmer => {
            let amount = fixed_fen.ok_or(AssessError::FixedMissing)?;
            Ok(fixed(range(amount, rules.dues.farmer_min_fen, rules.dues.farmer_max_fen)?))
        }
        DuesClass::Student => Ok(fixed(rules.dues.relief_fen)),
        DuesClass::Hardship => {
            let amount = fixed_fen.ok_or(AssessError::FixedMissing)?;
            Ok(fixed(range(amount, 0, MAX_AMOUNT_FEN)?))
        }
    }
}

fn percent(rate_bp: u32) -> String {
    let text = format!("{}.{:02}", rate_bp / 100, rate_bp % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
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
}

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
        RecordOp::Create { id, rtype: ASSESSMENT.to_owned(), fields }
    }
}

/// The assessment in force for a month (`2026-03`): the one with the latest start not after it; of several with one start,
/// the one entered last, then the one with the higher record id, so that every device picks the same.
pub fn in_force<'a>(
    assessments: impl IntoIterator<Item = &'a (RecordId, Assessment)>,
    month: &str,
) -> Option<&'a Assessment> {
    assessments
        .into_iter()
        .filter(|(_, assessment)| assessment.from_month.as_str() <= month)
        .max_by_key(|(id, assessment)| (&assessment.from_month, &assessment.recorded_on, *id))
        .map(|(_, assessment)| assessment)
}

/// A payment, or the reversal of one (a negative amount with `reverses`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Member's record id.
    pub member: String,
    /// The month owed, `2026-03`.
    pub month: String,
    /// Fen; negative for a reversal.
    pub amount_fen: i64,
    /// Day of payment, ISO.
    pub on: String,
    /// Who handed it in, when not the member.
    pub handed_by: String,
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
            amount_fen: record.int("amount").unwrap_or_default(),
            on: record.str("date").to_owned(),
            handed_by: record.str("handed_by").to_owned(),
            reverses: (!reverses.is_empty()).then(|| reverses.to_owned()),
            note: record.str("note").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let mut fields: Vec<(String, Value)> = vec![
            ("ref".to_owned(), self.member.as_str().into()),
            ("month".to_owned(), self.month.as_str().into()),
            ("amount".to_owned(), Value::Int(self.amount_fen)),
            ("date".to_owned(), self.on.as_str().into()),
            ("recorded_on".to_owned(), self.recorded_on.as_str().into()),
        ];
        let words =
            [("handed_by", Some(&self.handed_by)), ("reverses", self.reverses.as_ref()), ("note", Some(&self.note))];
        for (name, word) in words {
            if let Some(word) = word.filter(|word| !word.is_empty()) {
                fields.push((name.to_owned(), word.as_str().into()));
            }
        }
        RecordOp::Create { id, rtype: PAYMENT.to_owned(), fields }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_applies_to_the_whole_base() {
        let rules = Rules::builtin().unwrap();
        let due = |base| assess(&rules, DuesClass::Salaried, Some(base), None).unwrap();
        assert_eq!(due(450_000).monthly_fen, 4_500, "4,500 → 45.00");
        assert_eq!(due(450_000).arithmetic, "4,500.00 × 1% = 45.00");
        assert_eq!(due(300_000).monthly_fen, 1_500, "3,000 is still in the first tier");
        assert_eq!(due(300_001).rate_bp, Some(100));
        assert_eq!(due(500_100).monthly_fen, 7_502, "5,001 × 1.5% rounds half up");
        assert!(due(6_000_000).capped, "1,200 a month is above the normal cap, which is shown");
        assert_eq!(assess(&rules, DuesClass::Retired, Some(500_000), None).unwrap().monthly_fen, 2_500);
        assert_eq!(assess(&rules, DuesClass::Student, None, None).unwrap().monthly_fen, 20);
        assert_eq!(assess(&rules, DuesClass::Salaried, None, None), Err(AssessError::BaseMissing));
        assert_eq!(
            assess(&rules, DuesClass::Farmer, None, Some(500)),
            Err(AssessError::OutOfRange { from: 20, to: 100 })
        );
    }
}
