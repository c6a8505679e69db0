//! How often an office means to hold its round tables: its own setting, shown as a sentence and never counted against
//! anyone. Each change is a record of its own in `up/visits`; the latest counts, whichever year's book it stands in.

use jiff::civil::Date;

use crate::book::{RecordOp, RecordView};
use crate::ids::RecordId;

/// A cadence, in `up/visits`.
pub const CADENCE: &str = "visit_cadence";

/// How often.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cadence {
    /// No cadence.
    #[default]
    None,
    /// 每周
    Weekly,
    /// 每半月
    HalfMonthly,
    /// 每月
    Monthly,
}

impl Cadence {
    /// All, in the order of the choice.
    pub const ALL: [Self; 4] = [Self::None, Self::Weekly, Self::HalfMonthly, Self::Monthly];

    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Weekly => "weekly",
            Self::HalfMonthly => "half_monthly",
            Self::Monthly => "monthly",
        }
    }

    /// Reads the word of a book.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cadence| cadence.as_str() == word)
    }

    /// First and last day of the period that a day lies in: weeks from Monday, half months from the 1st and 16th.
    pub fn period(self, day: Date) -> Option<(Date, Date)> {
        let (first, last) = (day.first_of_month(), day.last_of_month());
        match self {
            Self::None => None,
            Self::Weekly => {
                let since = i64::from(day.weekday().to_monday_zero_offset());
                let monday = day.checked_sub(jiff::Span::new().days(since)).ok()?;
                Some((monday, monday.checked_add(jiff::Span::new().days(6)).ok()?))
            }
            Self::HalfMonthly if day.day() <= 15 => Some((first, Date::new(day.year(), day.month(), 15).ok()?)),
            Self::HalfMonthly => Some((Date::new(day.year(), day.month(), 16).ok()?, last)),
            Self::Monthly => Some((first, last)),
        }
    }
}

/// The step that sets a cadence from a day on.
pub fn set(id: RecordId, cadence: Cadence, on: &str) -> RecordOp {
    let fields = vec![
        ("date".to_owned(), on.into()),
        ("kind".to_owned(), cadence.as_str().into()),
        ("recorded_on".to_owned(), on.into()),
    ];
    RecordOp::Create { id, rtype: CADENCE.to_owned(), fields }
}

/// The cadence that holds: the latest by date, then by id.
pub fn current<'a>(records: impl IntoIterator<Item = &'a RecordView>) -> Cadence {
    let set = records.into_iter().filter(|record| record.rtype == CADENCE);
    let latest = set.max_by_key(|record| (record.str("date").to_owned(), record.id));
    latest.and_then(|record| Cadence::from_word(record.str("kind"))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_period_holds_its_day_and_no_day_is_between_two() {
        let mut day = date(2026, 1, 1);
        while day < date(2027, 1, 5) {
            let next = day.tomorrow().unwrap();
            for cadence in [Cadence::Weekly, Cadence::HalfMonthly, Cadence::Monthly] {
                let (from, to) = cadence.period(day).unwrap();
                assert!(from <= day && day <= to, "{cadence:?} {day}");
                let (after, _) = cadence.period(next).unwrap();
                assert!(after == from || after == to.tomorrow().unwrap(), "{cadence:?} {day}");
            }
            day = next;
        }
        assert_eq!(Cadence::HalfMonthly.period(date(2026, 2, 16)), Some((date(2026, 2, 16), date(2026, 2, 28))));
        assert_eq!(Cadence::Weekly.period(date(2026, 3, 20)), Some((date(2026, 3, 16), date(2026, 3, 22))));
        assert_eq!(Cadence::None.period(date(2026, 3, 20)), None);
    }
}
