//! Days of the month that is recorded.

/// Year and month of `2026-11`.
fn parts(month: &str) -> (usize, usize) {
    let mut parts = month.split('-').map(|part| part.parse().unwrap_or(1));
    (parts.next().unwrap_or(1), parts.next().unwrap_or(1))
}

/// The 28th of the month after `2026-11`.
pub(super) fn in_next_month(month: &str) -> String {
    match parts(month) {
        (year, 12..) => format!("{}-01-28", year + 1),
        (year, month) => format!("{year}-{:02}-28", month + 1),
    }
}

/// How many days `2026-11` has.
pub(super) fn last_day(month: &str) -> usize {
    match parts(month) {
        (year, 2) if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        (_, 2) => 28,
        (_, 4 | 6 | 9 | 11) => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_days_that_exist() {
        assert_eq!(in_next_month("2026-11"), "2026-12-28");
        assert_eq!(in_next_month("2026-12"), "2027-01-28");
        assert_eq!(["2026-11", "2026-12", "2026-02", "2028-02", "2100-02"].map(last_day), [30, 31, 28, 29, 28]);
    }
}
