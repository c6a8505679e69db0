//! Money: integer fen (分), shown as yuan (元).

/// Shows fen as yuan with two decimals and thousands separators: `450000` → `4,500.00`.
pub fn yuan(fen: i64) -> String {
    let digits = (fen.unsigned_abs() / 100).to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{out}.{:02}", fen.unsigned_abs() % 100)
}

/// Multiplies by a rate in hundredths of a percent and rounds half up to the fen; none on overflow or a negative amount.
pub fn rate_half_up(fen: i64, rate_bp: u32) -> Option<i64> {
    let product = i128::from(fen).checked_mul(i128::from(rate_bp))?;
    if product < 0 {
        return None;
    }
    i64::try_from((product + 5_000) / 10_000).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_fen_rounds_up() {
        assert_eq!(rate_half_up(500_100, 150), Some(7502), "5,001 × 1.5% = 75.015 → 75.02");
        assert_eq!(rate_half_up(450_000, 100), Some(4500), "4,500 × 1% = 45.00");
        assert_eq!(yuan(450_000), "4,500.00");
        assert_eq!(yuan(-5), "-0.05");
        assert_eq!(yuan(123_456_789), "1,234,567.89");
    }
}
