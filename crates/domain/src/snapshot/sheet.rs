//! Fact sheets and snapshots as they are signed.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{BookId, Incarnation, OfficeId, TreeId, tagged_hash};
use crate::sign::{Signed, Statement};
use crate::trust::{Charter, Entry, Withheld};

/// A published figure. Sorted by metric and month.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FactRow {
    /// Metric code.
    pub metric: String,
    /// 1–12; none: the whole year.
    pub month: Option<u8>,
    /// None: hidden.
    pub numerator: Option<i64>,
    /// None: a count, or hidden with its numerator.
    pub denominator: Option<i64>,
}

/// One branch's figures, signed by a device of it that writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactSheet {
    /// The tree.
    pub tree: TreeId,
    /// The branch.
    pub office: OfficeId,
    /// Year of the figures.
    pub year: i16,
    /// As-of day, for people; which of two sheets counts does not rest on it.
    pub as_of: Date,
    /// Version of the rule data.
    pub rules: String,
    /// Life of the signing device's database.
    pub incarnation: Incarnation,
    /// Sheets that it signed for the branch and year in this life.
    pub counter: u64,
    /// Changes in the books that the figures were computed from.
    pub changes: u64,
    /// Books and a digest of their heads that the figures were computed from, sorted.
    pub heads: Vec<(BookId, [u8; 32])>,
    /// Figures, sorted.
    pub rows: Vec<FactRow>,
}

impl Statement for FactSheet {
    const TAG: &'static str = "ybz fact sheet 1";
}

impl FactSheet {
    /// One digest over all heads, for lists.
    pub fn heads_digest(&self) -> [u8; 32] {
        let bytes = postcard::to_stdvec(&self.heads).unwrap_or_default();
        tagged_hash("ybz heads 1", &[&bytes])
    }
}

/// Whether a sheet takes the place of another of the same branch and year. No clock says so: of one life of one device the
/// one signed later counts, else the one that knows more changes; the hash settles what is left, everywhere alike.
pub fn supersedes(sheet: &Signed<FactSheet>, kept: &Signed<FactSheet>) -> bool {
    let (Ok(new), Ok(old)) = (sheet.peek(), kept.peek()) else { return sheet.peek().is_ok() };
    if sheet.signer == kept.signer && new.incarnation == old.incarnation {
        return (new.counter, sheet.hash()) > (old.counter, kept.hash());
    }
    (new.changes, sheet.hash()) > (old.changes, kept.hash())
}

/// Why a branch is missing. Missing is not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Invited, never joined.
    NeverJoined,
    /// Joined, but nothing has come.
    NeverSynced,
    /// Nothing for this year has come since the day of `last`.
    Stale,
}

/// A branch's place in a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Input {
    /// Its sheet is carried and counted.
    Included {
        /// Name in the tree.
        name: String,
        /// The sheet.
        sheet: Signed<FactSheet>,
    },
    /// It is missing.
    Missing {
        /// Name in the tree or on the invitation.
        name: String,
        /// Office, once joined.
        office: Option<OfficeId>,
        /// Why.
        cause: Cause,
        /// Day of its last delivery.
        last: Option<Date>,
    },
}

/// A committee's snapshot: everything needed to check it offline with only the tree id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The tree.
    pub tree: TreeId,
    /// The committee.
    pub office: OfficeId,
    /// Its name.
    pub name: String,
    /// Year of the figures.
    pub year: i16,
    /// Day of signing.
    pub made_on: Date,
    /// Version of the rule data.
    pub rules: String,
    /// Every branch: included or missing, by name.
    pub inputs: Vec<Input>,
    /// Sums of published figures, sorted.
    pub rows: Vec<FactRow>,
    /// [`digest`] over the facts.
    pub digest: [u8; 32],
    /// Charters of the tree.
    pub charters: Vec<Signed<Charter>>,
    /// Entries that certify the committee and the branches.
    pub entries: Vec<Signed<Entry>>,
    /// The other entries of those logs, as hashes only.
    pub withheld: Vec<Withheld>,
}

impl Statement for Snapshot {
    const TAG: &'static str = "ybz snapshot 1";
}

/// Adds up published figures: a hidden cell adds nothing, and a sum in which everything is hidden is hidden.
pub fn totals<'a>(sheets: impl IntoIterator<Item = &'a FactSheet>) -> Vec<FactRow> {
    type Sum = (Option<i64>, Option<i64>);
    let mut sums: BTreeMap<(String, Option<u8>), Sum> = BTreeMap::new();
    for row in sheets.into_iter().flat_map(|sheet| &sheet.rows) {
        let sum = sums.entry((row.metric.clone(), row.month)).or_default();
        let add = |total: Option<i64>, part: Option<i64>| match (total, part) {
            (Some(total), Some(part)) => Some(total.saturating_add(part)),
            (total, part) => total.or(part),
        };
        *sum = (add(sum.0, row.numerator), add(sum.1, row.denominator));
    }
    sums.into_iter()
        .map(|((metric, month), (numerator, denominator))| FactRow { metric, month, numerator, denominator })
        .collect()
}

/// Digest over sorted, fixed-encoded facts: office, metric, month, numerator, denominator of every included branch, then
/// the names and causes of the missing ones.
pub fn digest(tree: &TreeId, office: &OfficeId, year: i16, sheets: &[FactSheet], inputs: &[Input]) -> [u8; 32] {
    let mut lines: Vec<String> = Vec::new();
    let cell = |value: Option<i64>| value.map_or("-".to_owned(), |value| value.to_string());
    for sheet in sheets {
        lines.push(format!("sheet {} {} {}", sheet.office, sheet.year, sheet.as_of));
        for row in &sheet.rows {
            let month = row.month.unwrap_or(0);
            lines.push(format!(
                "fact {} {} {month:02} {} {}",
                sheet.office,
                row.metric,
                cell(row.numerator),
                cell(row.denominator)
            ));
        }
    }
    for input in inputs {
        if let Input::Missing { name, office, cause, last } = input {
            let office = office.map_or("-".to_owned(), |office| office.to_string());
            let last = last.map_or("-".to_owned(), |last| last.to_string());
            lines.push(format!("missing {office} {cause:?} {last} {name}"));
        }
    }
    lines.sort();
    let text = lines.join("\n");
    tagged_hash("ybz facts 1", &[tree.as_bytes(), office.as_bytes(), &year.to_le_bytes(), text.as_bytes()])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::sign::DeviceKey;

    fn sheet(key: u8, life: u8, counter: u64, changes: u64, as_of: Date) -> Signed<FactSheet> {
        let content = FactSheet {
            tree: TreeId([1; 32]),
            office: OfficeId([2; 16]),
            year: 2026,
            as_of,
            rules: "1".to_owned(),
            incarnation: Incarnation([life; 16]),
            counter,
            changes,
            heads: Vec::new(),
            rows: Vec::new(),
        };
        Signed::sign(&DeviceKey::from_bytes(&[key; 32]), &content)
    }

    #[test]
    fn a_sheet_dated_far_ahead_does_not_count_for_ever() {
        let today = date(2026, 3, 20);
        let wrong_clock = sheet(1, 1, 4, 90, date(2099, 1, 1));
        let next = sheet(1, 1, 5, 90, today);
        assert!(supersedes(&next, &wrong_clock) && !supersedes(&wrong_clock, &next));
        // Another device, and the same one after a restore, whose counter begins anew: who knows more changes counts.
        for other in [sheet(2, 7, 1, 91, today), sheet(1, 2, 1, 91, today)] {
            assert!(supersedes(&other, &wrong_clock) && !supersedes(&wrong_clock, &other));
        }
        let restored_and_behind = sheet(1, 2, 1, 60, date(2100, 1, 1));
        assert!(!supersedes(&restored_and_behind, &next));
        let (a, b) = (sheet(1, 1, 5, 90, today), sheet(2, 1, 9, 90, today));
        assert!(supersedes(&a, &b) != supersedes(&b, &a), "every side settles it alike");
        assert!(!supersedes(&a, &a));
    }
}
