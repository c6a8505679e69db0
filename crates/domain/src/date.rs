//! Dates as people type them, and the late-entry rule.

use jiff::civil::Date;

/// A date that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Nothing was typed.
    #[error("no date")]
    Empty,
    /// The text has no known form.
    #[error("`{0}` is no date: type 0305, 3.5, 3月5日 or 2026-03-05")]
    Form(String),
    /// Month or day do not exist.
    #[error("`{0}` is not in the calendar")]
    Calendar(String),
}

/// Earliest day on which this program can run; a clock that shows less is plainly wrong.
pub const CLOCK_FLOOR: Date = Date::constant(2026, 1, 1);

/// Whether a clock may be believed enough to pre-fill a date: not before the program was made nor before `floor` (the latest
/// date in receipts and own commits), and not decades ahead.
pub fn clock_plausible(today: Date, floor: Date) -> bool {
    today >= CLOCK_FLOOR.max(floor) && today.year() < CLOCK_FLOOR.year() + 30
}

/// Reads a date as typed: `2026-03-05`, `2026.3.5`, `2026年3月5日`, `20260305`, `0305`, `3.5`, `3月5日`, `5日`, `今天`, `昨天`,
/// `昨晚`, `前天`. Without a year it is the latest such day that is not in the future, since secretaries record what was.
pub fn read_date(text: &str, today: Date) -> Result<Date, DateError> {
    read(text, today, false)
}

/// Reads a deadline: as [`read_date`], but without a year it is the next such day; also `明天`.
pub fn read_deadline(text: &str, today: Date) -> Result<Date, DateError> {
    read(text, today, true)
}

fn read(text: &str, today: Date, ahead: bool) -> Result<Date, DateError> {
    let typed: String = text.trim().chars().map(half_width).collect();
    let days =
        |count: i64| today.checked_add(jiff::Span::new().days(count)).map_err(|_| DateError::Calendar(typed.clone()));
    match typed.as_str() {
        "" => return Err(DateError::Empty),
        "今天" | "今晚" | "今日" | "today" => return Ok(today),
        "昨天" | "昨晚" | "昨日" | "yesterday" => return days(-1),
        "前天" | "前晚" => return days(-2),
        "明天" | "明日" | "tomorrow" => return days(1),
        "后天" => return days(2),
        _ => {}
    }
    let form = || DateError::Form(typed.clone());
    let calendar = || DateError::Calendar(typed.clone());
    let only_digits = typed.chars().all(|c| c.is_ascii_digit());
    let parts: Vec<i32> = if only_digits {
        let cut = |from: usize, to: usize| typed.get(from..to).and_then(|part| part.parse().ok());
        let cuts = match typed.len() {
            8 => [cut(0, 4), cut(4, 6), cut(6, 8)].into_iter().collect::<Option<Vec<_>>>(),
            4 => [cut(0, 2), cut(2, 4)].into_iter().collect(),
            3 => [cut(0, 1), cut(1, 3)].into_iter().collect(),
            1 | 2 => [cut(0, typed.len())].into_iter().collect(),
            _ => None,
        };
        cuts.ok_or_else(form)?
    } else {
        typed
            .split(['-', '.', '/', '年', '月', '日', '号', ' '])
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().map_err(|_| form()))
            .collect::<Result<_, _>>()?
    };
    let small = |number: i32| i8::try_from(number).map_err(|_| calendar());
    let date = match parts.as_slice() {
        [year, month, day] => {
            let year = i16::try_from(if *year < 100 { year + 2000 } else { *year }).map_err(|_| calendar())?;
            return Date::new(year, small(*month)?, small(*day)?).map_err(|_| calendar());
        }
        [month, day] => nearest(today, small(*month)?, small(*day)?, ahead),
        [day] => Date::new(today.year(), today.month(), small(*day)?).ok(),
        _ => return Err(form()),
    };
    date.ok_or_else(calendar)
}

fn nearest(today: Date, month: i8, day: i8, ahead: bool) -> Option<Date> {
    let here = Date::new(today.year(), month, day).ok();
    let other_year = if ahead { today.year() + 1 } else { today.year() - 1 };
    let passed = |date: &Date| if ahead { *date < today } else { *date > today };
    match here {
        Some(date) if !passed(&date) => Some(date),
        // A deadline of the day before yesterday is more likely a late entry than one in a year.
        Some(date) if ahead && date.until(today).is_ok_and(|span| span.get_days() < 60) => Some(date),
        Some(date) => Date::new(other_year, month, day).ok().or(Some(date)),
        None => Date::new(other_year, month, day).ok(),
    }
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        '．' | '。' => '.',
        '－' | '—' | '–' => '-',
        '／' => '/',
        other => other,
    }
}

/// Reads a month: `2026-03`, `2026.3`, `202603`, `2026年3月`, or a whole date, of which the month is taken.
pub fn read_month(text: &str) -> Result<(i16, i8), DateError> {
    let typed: String = text.trim().chars().map(half_width).collect();
    let parts: Vec<&str> = typed.split(['-', '.', '/', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    let (year, month) = match parts.as_slice() {
        [] => return Err(DateError::Empty),
        [both] if both.len() == 6 => both.split_at_checked(4).ok_or_else(|| DateError::Form(typed.clone()))?,
        [both] if both.len() == 8 => (both.get(..4).unwrap_or(""), both.get(4..6).unwrap_or("")),
        [year, month] | [year, month, _] => (*year, *month),
        _ => return Err(DateError::Form(typed)),
    };
    let (Ok(year), Ok(month)) = (year.parse::<i16>(), month.parse::<i8>()) else { return Err(DateError::Form(typed)) };
    if (1900..=2200).contains(&year) && (1..=12).contains(&month) {
        Ok((year, month))
    } else {
        Err(DateError::Calendar(typed))
    }
}

/// A month as text, `2026-03`.
pub fn month_text(year: i16, month: i8) -> String {
    format!("{year:04}-{month:02}")
}

/// Recorded after the event's month: 补录. It is labelled, never punished.
pub fn is_late(date: Date, recorded_on: Date) -> bool {
    (recorded_on.year(), recorded_on.month()) > (date.year(), date.month())
}

/// More than a year from the clock: asks for confirmation.
pub fn is_far(date: Date, today: Date) -> bool {
    date.until(today).is_ok_and(|span| span.get_days().abs() > 366)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_read_as_secretaries_type_them() {
        let today = date(2026, 3, 10);
        for (text, expected) in [
            ("0305", date(2026, 3, 5)),
            ("3.5", date(2026, 3, 5)),
            ("３．５", date(2026, 3, 5)),
            ("3月5日", date(2026, 3, 5)),
            ("2026年3月5日", date(2026, 3, 5)),
            ("20260305", date(2026, 3, 5)),
            ("26.3.5", date(2026, 3, 5)),
            ("5日", date(2026, 3, 5)),
            ("12.31", date(2025, 12, 31)),
            ("昨晚", date(2026, 3, 9)),
            ("今天", today),
        ] {
            assert_eq!(read_date(text, today), Ok(expected), "{text}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_errors_and_not_other_days() {
        let today = date(2026, 3, 10);
        assert_eq!(read_date("2.30", today), Err(DateError::Calendar("2.30".to_owned())));
        assert_eq!(read_date("2026.13", today), Err(DateError::Calendar("2026.13".to_owned())));
        assert!(matches!(read_date("三月", today), Err(DateError::Form(_))));
        assert_eq!(read_month("2026.13"), Err(DateError::Calendar("2026.13".to_owned())));
        assert_eq!(read_month("2026.3"), Ok((2026, 3)));
    }

    #[test]
    fn a_deadline_looks_ahead() {
        assert_eq!(read_deadline("3.5", date(2026, 12, 20)), Ok(date(2027, 3, 5)));
        assert_eq!(read_deadline("12.31", date(2026, 12, 20)), Ok(date(2026, 12, 31)));
    }
}
