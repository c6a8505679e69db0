//! Rule data for dues, in fen and hundredths of a percent.

use serde::{Deserialize, Serialize};

/// Most that rule data may name as an amount: a typing error above it.
const MAX_FEN: i64 = 100_000_000;
/// Most tiers of one class.
const MAX_TIERS: usize = 20;

/// Dues, in fen and hundredths of a percent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuesRules {
    /// Normal cap a month, which is shown and not applied.
    pub cap_fen: i64,
    /// Least a farmer pays.
    pub farmer_min_fen: i64,
    /// Most a farmer pays.
    pub farmer_max_fen: i64,
    /// Students, laid-off, relief.
    pub relief_fen: i64,
    /// Months unpaid after which the rule is shown; a status never changes by itself.
    pub arrears_months: u32,
    /// Months after which a back-payment is beyond what is normal.
    pub back_pay_months: u32,
    /// A voluntary extra of at least this at once goes wholly to the centre.
    pub centre_extra_fen: i64,
    /// How a rate on a base comes to whole fen.
    pub rounding: Rounding,
    /// Tiers for salaried members.
    pub salaried: Vec<Tier>,
    /// Tiers for retired members.
    pub retired: Vec<Tier>,
}

/// A tier: its rate applies to the whole base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Bases up to this, inclusive; none: all above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub up_to_fen: Option<i64>,
    /// Rate.
    pub rate_bp: u32,
}

/// Rounding to the fen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// 四舍五入
    #[default]
    HalfUp,
    /// 四舍六入五成双
    HalfEven,
    /// 进一
    Up,
    /// 去尾
    Down,
}

impl Rounding {
    /// Stable word, as in rule data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HalfUp => "half_up",
            Self::HalfEven => "half_even",
            Self::Up => "up",
            Self::Down => "down",
        }
    }

    /// `numerator / denominator` in whole numbers; none for a negative numerator, a denominator below 1, or on overflow.
    pub fn divide(self, numerator: i128, denominator: i128) -> Option<i64> {
        if numerator < 0 || denominator < 1 {
            return None;
        }
        let (whole, rest) = (numerator / denominator, numerator % denominator);
        let twice = rest.checked_mul(2)?;
        let up = match self {
            Self::HalfUp => twice >= denominator,
            Self::HalfEven => twice > denominator || (twice == denominator && whole % 2 == 1),
            Self::Up => rest > 0,
            Self::Down => false,
        };
        i64::try_from(whole + i128::from(up)).ok()
    }
}

impl DuesRules {
    /// The tier of a base.
    pub fn tier(tiers: &[Tier], base_fen: i64) -> Option<&Tier> {
        tiers.iter().find(|tier| tier.up_to_fen.is_none_or(|limit| base_fen <= limit))
    }

    /// Says what is not sound.
    pub(super) fn check(&self) -> Result<(), String> {
        for tiers in [&self.salaried, &self.retired] {
            let rising = tiers
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if a.up_to_fen.is_some_and(|a| b.up_to_fen.is_none_or(|b| a < b))));
            if !rising || tiers.len() > MAX_TIERS || tiers.last().is_none_or(|tier| tier.up_to_fen.is_some()) {
                return Err("dues tiers must rise and end without a limit".to_owned());
            }
            if tiers.iter().any(|tier| tier.rate_bp > 10_000 || tier.up_to_fen.is_some_and(|limit| limit < 0)) {
                return Err("a rate is above 100 %, or a limit is negative".to_owned());
            }
        }
        let amounts = [self.cap_fen, self.farmer_min_fen, self.farmer_max_fen, self.relief_fen, self.centre_extra_fen];
        if amounts.iter().any(|amount| !(0..=MAX_FEN).contains(amount)) || self.farmer_min_fen > self.farmer_max_fen {
            return Err("an amount is out of range".to_owned());
        }
        if !(1..=120).contains(&self.arrears_months) || !(1..=120).contains(&self.back_pay_months) {
            return Err("a number of months is out of range".to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_fen_goes_where_the_rule_says() {
        // 75.015 yuan, 75.005 yuan and a whole amount, in hundredths of a percent of fen.
        for (rounding, expected) in [
            (Rounding::HalfUp, [7_502, 7_501, 7_500]),
            (Rounding::HalfEven, [7_502, 7_500, 7_500]),
            (Rounding::Up, [7_502, 7_501, 7_500]),
            (Rounding::Down, [7_501, 7_500, 7_500]),
        ] {
            let got = [75_015_000, 75_005_000, 75_000_000].map(|product| rounding.divide(product, 10_000).unwrap());
            assert_eq!(got, expected, "{rounding:?}");
        }
        assert_eq!(Rounding::HalfUp.divide(-1, 10), None);
        assert_eq!(Rounding::HalfUp.divide(1, 0), None);
    }
}
