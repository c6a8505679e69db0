//! 慰问 and talks: occasions with their dates, and how long before or after something is mentioned.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Occasions and talks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitRules {
    /// Days before an occasion from which it is mentioned.
    pub occasion_days: i32,
    /// Days for which somebody who took a post is on the list of talks.
    pub talk_days: i32,
    /// Talks with each member in a year, at least.
    pub talks_a_year: u32,
    /// Years of membership from which somebody is proposed as an old member.
    pub old_member_years: i16,
    /// Source of the occasions.
    pub article: String,
    /// Source of the talks.
    pub talk_article: String,
    /// First days of lunar years.
    pub spring_festival: Vec<Date>,
}

/// 元旦, 春节 or 七一.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    /// 元旦
    NewYear,
    /// 春节
    SpringFestival,
    /// 七一
    JulyFirst,
}

impl Occasion {
    /// All, in the order of the year.
    pub const ALL: [Self; 3] = [Self::NewYear, Self::SpringFestival, Self::JulyFirst];

    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NewYear => "new_year",
            Self::SpringFestival => "spring_festival",
            Self::JulyFirst => "july_first",
        }
    }

    /// Reads the word of a book.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|occasion| occasion.as_str() == word)
    }
}

impl VisitRules {
    /// The day of an occasion in a year; none for a lunar year that the table does not have.
    pub fn day(&self, occasion: Occasion, year: i16) -> Option<Date> {
        match occasion {
            Occasion::NewYear => Date::new(year, 1, 1).ok(),
            Occasion::SpringFestival => self.spring_festival.iter().copied().find(|day| day.year() == year),
            Occasion::JulyFirst => Date::new(year, 7, 1).ok(),
        }
    }

    /// The next occasion from a day on, itself included.
    pub fn next(&self, today: Date) -> Option<(Occasion, Date)> {
        let years = [today.year(), today.year() + 1];
        let days = years.into_iter().flat_map(|year| {
            Occasion::ALL.into_iter().filter_map(move |occasion| Some((occasion, self.day(occasion, year)?)))
        });
        days.filter(|(_, day)| *day >= today).min_by_key(|(_, day)| *day)
    }

    pub(super) fn is_sound(&self) -> bool {
        self.spring_festival.windows(2).all(|pair| matches!(pair, [a, b] if a < b))
            && self.spring_festival.iter().all(|day| matches!((day.month(), day.day()), (1, 21..) | (2, ..=20)))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::rules::Rules;

    #[test]
    fn the_table_of_spring_festivals_has_the_days_that_are_known_and_a_lunar_year_between_each_two() {
        let rules = Rules::builtin().unwrap().visits;
        // As announced, and for later years as the Purple Mountain Observatory's and Hong Kong Observatory's tables have them.
        for known in [
            date(2024, 2, 10),
            date(2025, 1, 29),
            date(2026, 2, 17),
            date(2027, 2, 6),
            date(2028, 1, 26),
            date(2029, 2, 13),
            date(2030, 2, 3),
            date(2033, 1, 31),
            date(2034, 2, 19),
            date(2050, 1, 23),
        ] {
            assert_eq!(rules.day(Occasion::SpringFestival, known.year()), Some(known));
        }
        let years: Vec<i16> = rules.spring_festival.iter().map(|day| day.year()).collect();
        assert_eq!(years, (2024..=2060).collect::<Vec<_>>(), "one for each year");
        for pair in rules.spring_festival.windows(2) {
            let days = pair[0].until(pair[1]).unwrap().get_days();
            // Twelve or thirteen months of 29 or 30 days.
            assert!((353..=355).contains(&days) || (383..=385).contains(&days), "{pair:?} {days}");
        }
    }

    #[test]
    fn the_next_occasion_may_lie_in_the_next_year() {
        let rules = Rules::builtin().unwrap().visits;
        assert_eq!(rules.next(date(2026, 2, 17)), Some((Occasion::SpringFestival, date(2026, 2, 17))));
        assert_eq!(rules.next(date(2026, 2, 18)), Some((Occasion::JulyFirst, date(2026, 7, 1))));
        assert_eq!(rules.next(date(2026, 7, 2)), Some((Occasion::NewYear, date(2027, 1, 1))));
        assert_eq!(rules.next(date(2061, 1, 2)), Some((Occasion::JulyFirst, date(2061, 7, 1))), "past the table's end");
    }
}
