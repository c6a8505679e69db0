//! 锁定: a month or a year is closed and opened again by recorded decisions, of the office itself (`up/tasks`) or of its
//! superior (`down/dispatch`). Each side opens what it closed. Closing stops commits at this office's own devices; what arrives
//! anyway is shown as an amendment.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;
use crate::ledger::submission::{Ledger, Part, part_fields, read_parts};
use crate::ledger::verdict::{after_field, seen};

/// Record type.
pub const CLOSING: &str = "closing";

/// One decision on a period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closing {
    /// `2026-03` or `2026`.
    pub period: String,
    /// Closed from here on, or open again.
    pub closed: bool,
    /// Why.
    pub note: String,
    /// Day, ISO.
    pub on: String,
    /// Who, as far as it was said.
    pub person: String,
    /// Decisions on the period that its maker had seen.
    pub after: BTreeSet<RecordId>,
    /// The rows of the period as they were when it was closed, so that what arrives later is told apart; empty when it was
    /// opened again.
    pub parts: BTreeMap<Ledger, Part>,
}

impl Closing {
    /// Reads a decision; none when the record is of another type or names no period.
    pub fn read(record: &RecordView) -> Option<Self> {
        if record.rtype != CLOSING || !is_period(record.str("month")) {
            return None;
        }
        Some(Self {
            period: record.str("month").to_owned(),
            closed: record.str("state") == "closed",
            note: record.str("note").to_owned(),
            on: record.str("date").to_owned(),
            person: record.str("person").to_owned(),
            after: seen(record),
            parts: read_parts(record),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let state = if self.closed { "closed" } else { "reopened" };
        let words = [
            ("month", self.period.as_str()),
            ("state", state),
            ("note", &self.note),
            ("date", &self.on),
            ("recorded_on", &self.on),
            ("person", &self.person),
        ];
        let mut fields: Vec<(String, Value)> = words
            .into_iter()
            .filter(|(_, word)| !word.is_empty())
            .map(|(name, word)| (name.to_owned(), word.into()))
            .collect();
        fields.extend(after_field(&self.after));
        if self.closed {
            fields.extend(part_fields(&self.parts));
        }
        RecordOp::Create { id, rtype: CLOSING.to_owned(), fields }
    }
}

/// A year (`2026`) or a month (`2026-03`).
pub fn is_period(text: &str) -> bool {
    let digits = |text: &str, len: usize| text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('-') {
        None => digits(text, 4),
        Some((year, month)) => digits(year, 4) && digits(month, 2) && ("01"..="12").contains(&month),
    }
}

/// The decisions on one period by one side that nobody had seen when the others were made.
pub fn tips<'a>(decisions: &'a BTreeMap<RecordId, Closing>, period: &str) -> BTreeMap<RecordId, &'a Closing> {
    let of: BTreeMap<RecordId, &Closing> =
        decisions.iter().filter(|(_, one)| one.period == period).map(|(id, one)| (*id, one)).collect();
    let named: BTreeSet<RecordId> =
        of.iter().flat_map(|(id, one)| one.after.iter().filter(move |o| *o != id)).copied().collect();
    of.into_iter().filter(|(id, _)| !named.contains(id)).collect()
}

/// Periods that one side has closed. Of decisions at the same time closing counts.
pub fn closed(decisions: &BTreeMap<RecordId, Closing>) -> BTreeSet<String> {
    let periods: BTreeSet<&str> = decisions.values().map(|one| one.period.as_str()).collect();
    let is_closed = |period: &&str| tips(decisions, period).values().any(|one| one.closed);
    periods.into_iter().filter(is_closed).map(str::to_owned).collect()
}

/// The periods that a date (`2026-03-05` or `2026-03`) lies in: its month and its year.
pub fn periods_of(date: &str) -> impl Iterator<Item = &str> {
    [date.get(..7), date.get(..4)].into_iter().flatten().filter(|period| is_period(period))
}

/// The closed period that a date lies in.
pub fn covering<'a>(closed: &'a BTreeSet<String>, date: &str) -> Option<&'a str> {
    periods_of(date).find_map(|period| closed.get(period)).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decisions(all: &[(u8, &str, bool, &[u8])]) -> BTreeMap<RecordId, Closing> {
        let of = |n: u8| RecordId([n; 16]);
        all.iter()
            .map(|(n, period, closed, after)| {
                let after = after.iter().map(|n| of(*n)).collect();
                (of(*n), Closing { period: (*period).to_owned(), closed: *closed, after, ..Closing::default() })
            })
            .collect()
    }

    #[test]
    fn a_period_is_closed_until_a_decision_that_knows_of_it_opens_it() {
        let mut all = vec![(1, "2026-03", true, &[][..])];
        let march = closed(&decisions(&all));
        assert_eq!(march, BTreeSet::from(["2026-03".to_owned()]));
        all.push((2, "2026-03", false, &[1]));
        assert!(closed(&decisions(&all)).is_empty());
        all.push((3, "2026-03", true, &[1]));
        assert_eq!(closed(&decisions(&all)).len(), 1, "closed elsewhere at the same time: closing counts");
        all.push((4, "2026-03", false, &[2, 3]));
        assert!(closed(&decisions(&all)).is_empty());
    }

    #[test]
    fn a_date_lies_in_its_month_and_its_year() {
        let of = |date: &str| periods_of(date).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(of("2026-03-05"), ["2026-03", "2026"]);
        assert_eq!((of("2026-03"), of("2026")), (of("2026-03-31"), vec!["2026".to_owned()]));
        assert_eq!((of(""), of("三月")), (Vec::new(), Vec::new()));
    }

    #[test]
    fn periods_are_years_and_months() {
        assert!(["2026", "2026-01", "2026-12"].iter().all(|period| is_period(period)));
        assert!(!["", "26", "2026-00", "2026-13", "2026-1", "2026-01-01", "二〇二六"].iter().any(|one| is_period(one)));
    }
}
