//! 任期与换届: the branch's term and who holds which post from when to when, in `up/roster`.

use jiff::Span;
use jiff::civil::Date;

use super::made;
use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;
use crate::rules::TermRules;

/// A term, in `up/roster`.
pub const TERM: &str = "term";
/// A post held, in `up/roster`.
pub const OFFICE_POST: &str = "office_post";

/// A term of the branch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Term {
    /// First day, ISO.
    pub start: String,
    /// Years.
    pub years: u32,
    /// Months by which the end was shifted; negative: earlier.
    pub shift: i32,
    /// The approval of the shift, or empty.
    pub decision: String,
    /// Members of the committee that was elected; none: no committee.
    pub size: Option<u32>,
    /// Day on which the newly elected had been trained, or empty.
    pub trained: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl Term {
    /// Reads a term; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        let number = |field: &str| record.int(field).and_then(|number| i32::try_from(number).ok());
        (record.rtype == TERM).then(|| Self {
            start: record.str("date").to_owned(),
            years: number("years").and_then(|years| u32::try_from(years).ok()).unwrap_or_default(),
            shift: number("shift").unwrap_or_default(),
            decision: record.str("decision").to_owned(),
            size: number("size").and_then(|size| u32::try_from(size).ok()),
            trained: record.str("trained").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    fn fields(&self) -> Vec<(String, Value)> {
        let texts = [("date", &self.start), ("decision", &self.decision), ("trained", &self.trained)];
        let numbers = [
            ("years", Some(i64::from(self.years))),
            ("shift", Some(i64::from(self.shift))),
            ("size", self.size.map(i64::from)),
        ];
        let numbers = numbers.into_iter().filter_map(|(name, number)| Some((name.to_owned(), Value::Int(number?))));
        texts.into_iter().map(|(name, text)| (name.to_owned(), text.as_str().into())).chain(numbers).collect()
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let mut fields = self.fields();
        fields.retain(|(_, value)| *value != Value::Str(String::new()));
        fields.push(("recorded_on".to_owned(), self.recorded_on.as_str().into()));
        RecordOp::Create { id, rtype: TERM.to_owned(), fields }
    }

    /// Steps that change only what differs from `before`.
    pub fn update(&self, id: RecordId, before: &Self) -> Vec<RecordOp> {
        let old = before.fields();
        let differ = self.fields().into_iter().filter(|field| !old.contains(field));
        differ.map(|(field, value)| RecordOp::Set { id, field, value }).collect()
    }

    /// The day on which it ends; none when its start does not read.
    pub fn end(&self) -> Option<Date> {
        let start: Date = self.start.parse().ok()?;
        let years = Span::new().years(i64::from(self.years.min(100)));
        start.checked_add(years).ok()?.checked_add(Span::new().months(i64::from(self.shift.clamp(-1200, 1200)))).ok()
    }
}

/// What the rules say of a term on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermVerdict {
    /// Its end.
    pub end: Date,
    /// Days until then; negative: it is over.
    pub days: i32,
    /// Near enough to be mentioned.
    pub remind: bool,
    /// Shifted by more than approval may, or without naming an approval.
    pub shift_beyond: bool,
    /// See above.
    pub shift_unapproved: bool,
}

/// Asks the rules about a term.
pub fn verdict(rules: &TermRules, term: &Term, today: Date) -> Option<TermVerdict> {
    let end = term.end()?;
    let days = today.until(end).ok()?.get_days();
    Some(TermVerdict {
        end,
        days,
        remind: days <= i32::try_from(rules.remind_days).unwrap_or(i32::MAX),
        shift_beyond: term.shift.unsigned_abs() > rules.shift_months,
        shift_unapproved: term.shift != 0 && term.decision.is_empty(),
    })
}

/// What the size of a committee has against the rules: `committee_needed`, `no_committee`, `too_small`, `above_normal`,
/// `too_large`; none: nothing.
pub fn size_verdict(rules: &TermRules, full_members: u32, size: Option<u32>) -> Option<&'static str> {
    match size.filter(|size| *size > 0) {
        None => (full_members >= rules.committee_from).then_some("committee_needed"),
        Some(_) if full_members < rules.committee_from => Some("no_committee"),
        Some(size) if size < rules.committee_min => Some("too_small"),
        Some(size) if size > rules.committee_max => Some("too_large"),
        Some(size) => (size > rules.committee_normal_max).then_some("above_normal"),
    }
}

/// A post held by a member.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostHeld {
    /// The member's record.
    pub member: String,
    /// Code of the post.
    pub post: String,
    /// From, ISO.
    pub from: String,
    /// Until, or empty.
    pub until: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl PostHeld {
    /// Reads it; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == OFFICE_POST).then(|| Self {
            member: record.str("ref").to_owned(),
            post: record.str("kind").to_owned(),
            from: record.str("date").to_owned(),
            until: record.str("until").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let texts = [
            ("ref", self.member.as_str()),
            ("kind", &self.post),
            ("date", &self.from),
            ("until", &self.until),
            ("recorded_on", &self.recorded_on),
        ];
        made(id, OFFICE_POST, texts, None)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::rules::Rules;

    #[test]
    fn a_term_ends_after_its_years_and_is_mentioned_before() {
        let rules = Rules::builtin().unwrap().term;
        let term = Term { start: "2021-05-01".to_owned(), years: rules.village_years, ..Term::default() };
        let at = |term: &Term, day| verdict(&rules, term, day).unwrap();
        let early = at(&term, date(2026, 1, 30));
        assert_eq!((early.end, early.days, early.remind), (date(2026, 5, 1), 91, false));
        assert!(at(&term, date(2026, 1, 31)).remind);
        assert_eq!(at(&term, date(2026, 5, 3)).days, -2);
        let shifted = Term { shift: 12, ..term.clone() };
        let verdict = at(&shifted, date(2026, 5, 3));
        assert_eq!((verdict.end, verdict.shift_beyond, verdict.shift_unapproved), (date(2027, 5, 1), false, true));
        assert!(at(&Term { shift: -13, ..term }, date(2026, 5, 3)).shift_beyond);
    }

    #[test]
    fn a_committee_has_three_to_five_and_at_most_seven_from_seven_full_members_on() {
        let rules = Rules::builtin().unwrap().term;
        for (full, size, expected) in [
            (6, None, None),
            (6, Some(3), Some("no_committee")),
            (7, None, Some("committee_needed")),
            (7, Some(0), Some("committee_needed")),
            (7, Some(2), Some("too_small")),
            (7, Some(3), None),
            (60, Some(5), None),
            (60, Some(7), Some("above_normal")),
            (60, Some(8), Some("too_large")),
        ] {
            assert_eq!(size_verdict(&rules, full, size), expected, "{full} {size:?}");
        }
    }
}
