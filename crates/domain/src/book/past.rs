//! A book as it was at the end of a day.
//!
//! Days are claims of the devices that wrote. Two things are known beside them: nothing is older than what it builds on, and
//! no clock of a device that runs this program shows less than [`CLOCK_FLOOR`] or more than today.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{Automerge, Change};
use jiff::civil::Date;

use crate::book::history::day_of;
use crate::book::record::{RecordView, read_record, record_ids};
use crate::book::{BookKind, WriteError, new_document};
use crate::date::CLOCK_FLOOR;
use crate::ids::ChangeHash;

/// A book on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// Its records, deleted ones included, by id.
    pub records: Vec<RecordView>,
    /// Changes of the book that came later.
    pub later: usize,
    /// The day of the book's first change; none for an empty book.
    pub first: Option<Date>,
}

/// The day on which a change counts as made: what its device claims, if that can be, but not before what it builds on. None: as
/// old as the book.
fn days(changes: &[Change], today: Date) -> BTreeMap<ChangeHash, Option<Date>> {
    let mut out: BTreeMap<ChangeHash, Option<Date>> = BTreeMap::new();
    for change in changes {
        let claimed = day_of(change).filter(|day| *day >= CLOCK_FLOOR).map(|day| day.min(today));
        let below = change.deps().iter().filter_map(|dep| out.get(&ChangeHash(dep.0)).copied().flatten()).max();
        out.insert(ChangeHash(change.hash().0), claimed.max(below));
    }
    out
}

/// Reads a book as it was at the end of `day`; `today` bounds what devices claim.
pub fn past(doc: &Automerge, kind: &BookKind, day: Date, today: Date) -> Result<Past, WriteError> {
    let changes = doc.get_changes(&[]);
    let days = days(&changes, today);
    let until = |change: &Change| days.get(&ChangeHash(change.hash().0)).copied().flatten().is_none_or(|on| on <= day);
    let before = changes.len();
    let kept: Vec<Change> = changes.into_iter().filter(until).collect();
    let later = before - kept.len();
    let first = days.values().flatten().min().copied();
    let mut then = new_document(kind)?;
    then.apply_changes(kept)?;
    let ids: BTreeSet<_> = record_ids(&then).into_iter().collect();
    Ok(Past { records: ids.into_iter().filter_map(|id| read_record(&then, id)).collect(), later, first })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::book::{RecordOp, apply, create};
    use crate::ids::{ActorId, RecordId};

    const ID: RecordId = RecordId([7; 16]);
    const TODAY: Date = Date::constant(2026, 6, 1);

    fn set(doc: &mut Automerge, actor: u8, on: Date, place: &str) {
        let op = RecordOp::Set { id: ID, field: "place".to_owned(), value: place.into() };
        apply(doc, &ActorId([actor; 16]), on, &[op]).unwrap().unwrap();
    }

    fn place(doc: &Automerge, day: Date) -> Option<String> {
        let past = past(doc, &BookKind::visits(), day, TODAY).unwrap();
        past.records.first().map(|record| record.str("place").to_owned())
    }

    #[test]
    fn a_day_shows_what_was_written_until_its_end() {
        let mut doc = new_document(&BookKind::visits()).unwrap();
        let make = create(ID, "visit", [("place", "村部".into())]);
        apply(&mut doc, &ActorId([1; 16]), date(2026, 3, 5), &[make]).unwrap();
        set(&mut doc, 1, date(2026, 3, 9), "祠堂");
        assert_eq!(place(&doc, date(2026, 3, 4)), None);
        assert_eq!(place(&doc, date(2026, 3, 5)).as_deref(), Some("村部"));
        assert_eq!(place(&doc, date(2026, 3, 8)).as_deref(), Some("村部"));
        assert_eq!(place(&doc, date(2026, 3, 9)).as_deref(), Some("祠堂"));
        let first = past(&doc, &BookKind::visits(), TODAY, TODAY).unwrap().first;
        assert_eq!(first, Some(date(2026, 3, 5)));
    }

    #[test]
    fn a_clock_that_is_wrong_moves_nothing_before_what_it_builds_on_nor_beyond_today() {
        let mut doc = new_document(&BookKind::visits()).unwrap();
        let make = create(ID, "visit", [("place", "村部".into())]);
        apply(&mut doc, &ActorId([1; 16]), date(2026, 3, 5), &[make]).unwrap();
        // One machine believes it is 2001, another that it is 2090.
        set(&mut doc, 2, date(2001, 1, 1), "祠堂");
        set(&mut doc, 3, date(2090, 1, 1), "学校");
        assert_eq!(place(&doc, date(2026, 3, 4)), None);
        assert_eq!(place(&doc, date(2026, 3, 5)).as_deref(), Some("祠堂"), "as early as what it builds on");
        assert_eq!(place(&doc, date(2026, 5, 31)).as_deref(), Some("祠堂"));
        assert_eq!(place(&doc, TODAY).as_deref(), Some("学校"), "today shows what is there today");
    }

    #[test]
    fn what_another_device_wrote_at_the_same_time_stands_beside_it_on_the_day_it_was_written() {
        let mut one = new_document(&BookKind::visits()).unwrap();
        let make = create(ID, "visit", [("place", "村部".into())]);
        apply(&mut one, &ActorId([1; 16]), date(2026, 3, 5), &[make]).unwrap();
        let mut two = one.clone();
        set(&mut one, 1, date(2026, 3, 10), "祠堂");
        set(&mut two, 2, date(2026, 3, 8), "学校");
        one.apply_changes(two.get_changes(&[])).unwrap();
        let at = |day| past(&one, &BookKind::visits(), day, TODAY).unwrap();
        let then = at(date(2026, 3, 8));
        assert_eq!((then.records[0].str("place"), then.later), ("学校", 1));
        assert!(at(date(2026, 3, 10)).records[0].fields["place"].conflicted());
    }
}
