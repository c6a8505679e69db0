//! 民主评议: grades stand in the session, a scalar for each member, so that two devices that enter them conflict visibly.

use std::collections::BTreeMap;

use crate::book::{RecordView, Value};
use crate::ids::RecordId;
use crate::rules::Rules;

/// A grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// 优秀
    Excellent,
    /// 合格
    Qualified,
    /// 基本合格
    BasicallyQualified,
    /// 不合格
    Unqualified,
}

impl Grade {
    /// All grades, the highest first.
    pub const ALL: [Self; 4] = [Self::Excellent, Self::Qualified, Self::BasicallyQualified, Self::Unqualified];

    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Excellent => "excellent",
            Self::Qualified => "qualified",
            Self::BasicallyQualified => "basically_qualified",
            Self::Unqualified => "unqualified",
        }
    }

    /// Reads the word of a book.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.as_str() == word)
    }
}

/// How a member takes part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Appraised {
    /// A full member when the grades were entered; a probationary member takes part ungraded.
    pub full: bool,
    /// The grade; none while it is open or devices disagree.
    pub grade: Option<Grade>,
    /// Devices entered different grades.
    pub conflict: bool,
}

/// The word under `standing/`.
pub fn standing(full: bool) -> &'static str {
    if full { "full" } else { "probationary" }
}

/// Reads grades and standings of a session.
pub(super) fn read(record: &RecordView) -> BTreeMap<RecordId, Appraised> {
    let mut out: BTreeMap<RecordId, Appraised> = BTreeMap::new();
    for (member, field) in record.below("standing/") {
        if let Ok(id) = member.parse() {
            out.entry(id).or_default().full = field.shown().and_then(Value::as_str) == Some(standing(true));
        }
    }
    for (member, field) in record.below("grade/") {
        if let Ok(id) = member.parse() {
            let entry = out.entry(id).or_default();
            entry.conflict = field.conflicted();
            let word = field.shown().and_then(Value::as_str).unwrap_or_default();
            entry.grade = Grade::from_word(word).filter(|_| !entry.conflict);
        }
    }
    out
}

/// How many may be 优秀, and how many are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excellence {
    /// Full members: those of whom the share is taken.
    pub full: u32,
    /// Graded 优秀.
    pub excellent: u32,
    /// At most so many.
    pub most: u32,
    /// More than that: told, never refused.
    pub over: bool,
}

/// Compares the number of 优秀 with the share of full members that the rules name.
pub fn excellence(rules: &Rules, appraised: impl IntoIterator<Item = Appraised>) -> Excellence {
    let (mut full, mut excellent) = (0u32, 0u32);
    for one in appraised.into_iter().filter(|one| one.full) {
        full += 1;
        excellent += u32::from(one.grade == Some(Grade::Excellent));
    }
    let most = full / rules.appraisal.excellent_one_in.max(1);
    Excellence { full, excellent, most, over: excellent > most }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excellent_is_at_most_a_third_of_full_members() {
        let rules = Rules::builtin().unwrap();
        let of = |full: usize, excellent: usize, probationary: usize| {
            let full = (0..full).map(|n| Appraised {
                full: true,
                grade: Some(if n < excellent { Grade::Excellent } else { Grade::Qualified }),
                conflict: false,
            });
            let found = excellence(&rules, full.chain((0..probationary).map(|_| Appraised::default())));
            (found.most, found.over)
        };
        assert_eq!(of(47, 15, 3), (15, false), "47 full members: at most 15, whatever the probationary are");
        assert_eq!(of(47, 16, 3), (15, true));
        assert_eq!(of(48, 16, 0), (16, false));
        assert_eq!((of(2, 1, 10), of(0, 0, 4)), ((0, true), (0, false)));
    }
}
