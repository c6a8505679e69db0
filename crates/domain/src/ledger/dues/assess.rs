//! What the rules make of a class and a base.

use super::{Assessment, DuesClass, MAX_AMOUNT_FEN};
use crate::money::yuan;
use crate::rules::{DuesRules, Rules, Tier};

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
///
/// # Errors
/// A base or amount that is missing or out of range.
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
        let rate = DuesRules::tier(tiers, base).map_or(0, |tier| tier.rate_bp);
        let product = i128::from(base) * i128::from(rate);
        let monthly = rules.dues.rounding.divide(product, 10_000).unwrap_or_default();
        Ok(Assessed {
            monthly_fen: monthly,
            rate_bp: Some(rate),
            arithmetic: on_base(base, rate, monthly),
            capped: monthly > rules.dues.cap_fen,
        })
    };
    let fixed = |amount: i64| Assessed { monthly_fen: amount, rate_bp: None, arithmetic: yuan(amount), capped: false };
    match class {
        DuesClass::Salaried | DuesClass::SelfEmployed | DuesClass::AnnualSalary => by_tier(&rules.dues.salaried),
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

/// `4,500.00 × 1% = 45.00`
fn on_base(base_fen: i64, rate_bp: u32, monthly_fen: i64) -> String {
    format!("{} × {}% = {}", yuan(base_fen), percent(rate_bp), yuan(monthly_fen))
}

/// How a recorded assessment came to its amount: `4,500.00 × 1% = 45.00`; without the base, which never travels, `1% → 45.00`.
pub fn arithmetic(assessment: &Assessment, base_fen: Option<i64>) -> String {
    match (assessment.rate_bp, base_fen) {
        (Some(rate), Some(base)) => on_base(base, rate, assessment.monthly_fen),
        (Some(rate), None) => format!("{}% → {}", percent(rate), yuan(assessment.monthly_fen)),
        (None, _) => yuan(assessment.monthly_fen),
    }
}

/// The mean month of a quarter's net income, to the fen by the rule; none when out of range.
pub fn mean_of_quarter(rules: &Rules, quarter_fen: i64) -> Option<i64> {
    let mean = rules.dues.rounding.divide(quarter_fen.into(), 3)?;
    (mean <= MAX_AMOUNT_FEN).then_some(mean)
}

/// `1.5` of 150 hundredths of a percent.
fn percent(rate_bp: u32) -> String {
    let text = format!("{}.{:02}", rate_bp / 100, rate_bp % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
