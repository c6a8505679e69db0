//! Rule data about sessions: votes, hours, appraisal, decisions of the village, periods of a year.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Every, Rules};

/// Votes on who becomes a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdmissionVoteRules {
    /// Source.
    pub article: String,
}

/// Of whom a majority is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MajorityOf {
    /// Those due with a vote.
    Due,
    /// Those present with a vote.
    Present,
}

/// Elections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElectionRules {
    /// So many …
    pub attendance: u32,
    /// … of so many due must be here.
    pub attendance_of: u32,
    /// Of whom more than half elect.
    pub majority_of: MajorityOf,
    /// Source.
    pub article: String,
}

/// Training, in tenths of an hour a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursRules {
    /// A member.
    pub member: u32,
    /// The secretary and the branch committee.
    pub leader: u32,
    /// Concentrated trainings of theirs.
    pub leader_concentrated: u32,
    /// Source.
    pub article: String,
}

/// Democratic appraisal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppraisalRules {
    /// 优秀: at most one in so many full members.
    pub excellent_one_in: u32,
    /// Source.
    pub article: String,
}

/// Decisions of the village: the share of those present that carries one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterRules {
    /// So many …
    pub share: u32,
    /// … of so many.
    pub of: u32,
    /// Source.
    pub article: String,
}

impl Rules {
    /// The sources that rules about sessions name.
    pub(super) fn meeting_articles(&self) -> [&str; 5] {
        [
            &self.admission_vote.article,
            &self.election.article,
            &self.hours.article,
            &self.appraisal.article,
            &self.matter.article,
        ]
    }
}

/// A period of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// `2026-03`, `2026-Q1` or `2026`.
    pub label: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Every {
    /// The periods of a year, in order.
    pub fn periods(self, year: i16) -> Vec<Period> {
        let length = match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        };
        let firsts = (1..=12i8).step_by(length);
        firsts.enumerate().filter_map(|(at, first)| period(self, year, at + 1, first, length)).collect()
    }
}

fn period(every: Every, year: i16, number: usize, first: i8, length: usize) -> Option<Period> {
    let last = first + i8::try_from(length).ok()? - 1;
    let label = match every {
        Every::Month => format!("{year:04}-{first:02}"),
        Every::Quarter => format!("{year:04}-Q{number}"),
        Every::Year => format!("{year:04}"),
    };
    let (from, to) = (Date::new(year, first, 1).ok()?, Date::new(year, last, 1).ok()?.last_of_month());
    Some(Period { label, from, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_has_twelve_months_four_quarters_and_itself() {
        let told = |every: Every| -> Vec<String> {
            every.periods(2026).iter().map(|one| format!("{} {} {}", one.label, one.from, one.to)).collect()
        };
        assert_eq!(told(Every::Month).len(), 12);
        assert_eq!(told(Every::Month)[1], "2026-02 2026-02-01 2026-02-28");
        assert_eq!(told(Every::Quarter)[3], "2026-Q4 2026-10-01 2026-12-31");
        assert_eq!(told(Every::Quarter).len(), 4);
        assert_eq!(told(Every::Year), ["2026 2026-01-01 2026-12-31"]);
    }
}
