//! What a sheet covers: a year, months of it, or the day on which it is made.

use jiff::civil::Date;

use crate::ErrorDto;
use crate::dto::sheet::{SheetInput, SheetPeriod};
use crate::error::Answer;

/// Months of a year; none: the day on which a sheet is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) year: i16,
    pub(super) from: u8,
    pub(super) to: u8,
    today: Option<Date>,
}

impl Period {
    pub(super) fn read(input: &SheetInput, today: Date, kind: SheetPeriod) -> Answer<Self> {
        let wrong = |field: &str, value: i64| ErrorDto::new("invalid_input").at(field).with("value", value);
        let year = match input.year {
            None => today.year(),
            Some(year) => i16::try_from(year)
                .ok()
                .filter(|year| (1921..=9998).contains(year))
                .ok_or_else(|| wrong("year", year.into()))?,
        };
        if kind != SheetPeriod::Months {
            let today = (kind == SheetPeriod::Today).then_some(today);
            return Ok(Self { year: today.map_or(year, Date::year), from: 1, to: 12, today });
        }
        let month = |field: &str, given: Option<u8>, otherwise: u8| match given {
            Some(month) if !(1..=12).contains(&month) => Err(wrong(field, month.into())),
            given => Ok(given.unwrap_or(otherwise)),
        };
        let from = month("fromMonth", input.from_month, 1)?;
        let to = month("toMonth", input.to_month, 12)?;
        if from > to {
            return Err(ErrorDto::new("months_reversed").at("toMonth"));
        }
        Ok(Self { year, from, to, today: None })
    }

    /// First month, `2026-01`.
    pub(super) fn first(&self) -> String {
        format!("{:04}-{:02}", self.year, self.from)
    }

    /// Last month.
    pub(super) fn last(&self) -> String {
        format!("{:04}-{:02}", self.year, self.to)
    }

    /// Whether a day or a month lies in it.
    pub(super) fn has(&self, on: &str) -> bool {
        on.get(..7).is_some_and(|month| (self.first().as_str()..=self.last().as_str()).contains(&month))
    }

    /// What titles begin with.
    pub(super) fn text(&self) -> String {
        match (self.from, self.to) {
            _ if self.today.is_some() => String::new(),
            (1, 12) => format!("{}年", self.year),
            (from, to) if from == to => format!("{}年{from}月", self.year),
            (from, to) => format!("{}年{from}—{to}月", self.year),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(year: Option<i32>, from_month: Option<u8>, to_month: Option<u8>, kind: SheetPeriod) -> Answer<Period> {
        let input = SheetInput { year, from_month, to_month, ..SheetInput::default() };
        Period::read(&input, Date::constant(2026, 3, 5), kind)
    }

    #[test]
    fn a_period_says_what_it_covers() {
        let said = |from, to| read(Some(2025), from, to, SheetPeriod::Months).unwrap().text();
        assert_eq!(said(None, None), "2025年");
        assert_eq!(said(Some(3), Some(3)), "2025年3月");
        assert_eq!(said(Some(1), Some(3)), "2025年1—3月");
        let quarter = read(None, Some(1), Some(3), SheetPeriod::Months).unwrap();
        let days = ["2026-01-01", "2026-03-31", "2026-04-01", "2025-12-31", "2026-02", ""];
        assert_eq!(days.map(|on| quarter.has(on)), [true, true, false, false, true, false]);
        let day = read(Some(2020), Some(9), Some(2), SheetPeriod::Today).unwrap();
        assert_eq!((day.year, day.text()), (2026, String::new()), "a sheet of the day has no months");
    }

    #[test]
    fn months_that_are_none_and_reversed_ones_are_refused() {
        let code = |from, to| read(Some(2025), from, to, SheetPeriod::Months).unwrap_err();
        assert_eq!(code(Some(0), None).field.as_deref(), Some("fromMonth"));
        assert_eq!(code(None, Some(13)).code, "invalid_input");
        assert_eq!(code(Some(4), Some(3)).code, "months_reversed");
        assert_eq!(read(Some(70_000), None, None, SheetPeriod::Year).unwrap_err().field.as_deref(), Some("year"));
    }
}
