//! 党建约谈: a month's round of interviews, its agenda, and the list of rectification that comes of it.

use std::collections::BTreeMap;

use super::{Off, off};
use crate::ids::{OfficeId, RecordId};
use crate::ledger::flow::{Event, Flow, Item};

/// The event at which the interview is held.
pub const HOLD: &str = "hold";
/// The event that points out a problem.
pub const FIND: &str = "find";

/// The event by which a unit is told of its interview.
pub const NOTIFY: &str = "notify";
/// The event that sends the list.
pub const ISSUE_LIST: &str = "issue_list";

/// The interview of a unit in a month's round. Put in twice it is the same record.
pub fn planned(
    interview: &Flow,
    between: (&OfficeId, &OfficeId),
    unit: &str,
    month: &str,
    days: (&str, &str),
) -> (RecordId, Item) {
    let (by, of) = between;
    let (on, today) = days;
    let id = RecordId::natural("ybz interview 1", &[&by.0, &of.0, month.as_bytes()]);
    let item = Item {
        flow: interview.id.clone(),
        version: interview.version.clone(),
        title: interview.name.clone(),
        on: today.to_owned(),
        due: on.to_owned(),
        unit: unit.to_owned(),
        group: month.to_owned(),
        recorded_on: today.to_owned(),
        ..Item::default()
    };
    (id, item)
}

/// Whether a round has as many units as the template says. A unit that was put in twice counts once.
pub fn check_round<'a>(flow: &Flow, units: impl IntoIterator<Item = &'a str>) -> Vec<Off> {
    let units: std::collections::BTreeSet<&str> = units.into_iter().collect();
    let count = u32::try_from(units.len()).unwrap_or(u32::MAX);
    let found = [
        off(flow, "units_min", count, |has, says| has >= says),
        off(flow, "units_max", count, |has, says| has <= says),
    ];
    found.into_iter().flatten().collect()
}

/// Whether an interview gave report and questions the minutes that the template says.
pub fn check_agenda(flow: &Flow, held: &Event) -> Vec<Off> {
    let minutes = |figure: &str| held.says(figure).parse::<u32>().unwrap_or_default();
    let of = ["report_minutes", "question_minutes"];
    of.into_iter().filter_map(|figure| off(flow, figure, minutes(figure), |has, says| has == says)).collect()
}

/// Rounds by month, out of items of interviews and their days, with how many months of a year had none.
pub fn months_without(year: i16, held_on: impl IntoIterator<Item = String>) -> Vec<u8> {
    let mut found: BTreeMap<u8, u32> = (1..=12).map(|month| (month, 0)).collect();
    for day in held_on {
        let Ok(day) = day.parse::<jiff::civil::Date>() else { continue };
        if let Some(count) =
            found.get_mut(&u8::try_from(day.month()).unwrap_or_default()).filter(|_| day.year() == year)
        {
            *count += 1;
        }
    }
    found.into_iter().filter(|(_, count)| *count == 0).map(|(month, _)| month).collect()
}

/// The item of rectification that a problem becomes: of the day of the interview, from which its time is counted. Two devices
/// that make it make one record.
pub fn to_rectify(
    interview: (&RecordId, &Item),
    held: &Event,
    found: &Event,
    rectification: &Flow,
) -> (RecordId, Item) {
    let id = RecordId::natural("ybz interview finding 1", &[&interview.0.0, &found.id.0]);
    let item = Item {
        flow: rectification.id.clone(),
        version: rectification.version.clone(),
        title: found.note.clone(),
        category: found.says("topic").to_owned(),
        channel: "interview".to_owned(),
        on: held.on.clone(),
        unit: interview.1.unit.clone(),
        source: found.id.to_string(),
        group: interview.0.to_string(),
        recorded_on: found.recorded_on.clone(),
        ..Item::default()
    };
    (id, item)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::ledger::flow::testing::{Superior, Unit, event, flow, id, story};
    use crate::ledger::flow::{DueState, course};

    #[test]
    fn a_round_has_three_or_four_units_and_twenty_and_forty_minutes() {
        let flow = flow("interview");
        let figures = |units: &[&str]| -> Vec<String> {
            check_round(&flow, units.iter().copied()).into_iter().map(|off| off.figure).collect()
        };
        assert_eq!(figures(&["甲", "乙"]), ["units_min"]);
        assert_eq!(figures(&["甲", "乙", "甲"]), ["units_min"], "one unit twice is one");
        assert!(figures(&["甲", "乙", "丙"]).is_empty() && figures(&["甲", "乙", "丙", "丁"]).is_empty());
        assert_eq!(figures(&["甲", "乙", "丙", "丁", "戊"]), ["units_max"]);
        let mut held = event(&flow, 1, Superior, HOLD, "2026-12-31", &[]);
        held.data = [("report_minutes", "20"), ("question_minutes", "40")]
            .map(|(key, word)| (key.to_owned(), word.to_owned()))
            .into();
        assert!(check_agenda(&flow, &held).is_empty());
        held.data.insert("question_minutes".to_owned(), "30".to_owned());
        let off = &check_agenda(&flow, &held)[0];
        assert_eq!((off.figure.as_str(), off.has, off.says), ("question_minutes", 30, 40));
        let days = ["2026-01-15", "2026-03-31", "2025-02-01", "x"].map(str::to_owned);
        assert_eq!(months_without(2026, days), [2, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    }

    /// The source's story across a year's end: interviewed on 31 December, rectified and reported by the end of February.
    #[test]
    fn what_an_interview_found_becomes_a_list_with_the_interviews_day() {
        let (interview, rectification) = (flow("interview"), flow("rectification"));
        let told =
            [(Superior, "notify", "2026-12-20"), (Unit, "hand_in", "2026-12-28"), (Superior, HOLD, "2026-12-31")];
        let mut events = story(&interview, &told);
        for n in [4, 5] {
            let mut found = event(&interview, n, Superior, FIND, "2026-12-31", &[3]);
            found.data.insert("topic".to_owned(), "支部建设".to_owned());
            events.push(found);
        }
        let item = Item { unit: "示范街道".to_owned(), on: "2026-12-31".to_owned(), ..Item::default() };
        let made: Vec<(RecordId, Item)> =
            events[3..].iter().map(|found| to_rectify((&id(9), &item), &events[2], found, &rectification)).collect();
        assert_ne!(made[0].0, made[1].0);
        assert_eq!(made[0], to_rectify((&id(9), &item), &events[2], &events[3], &rectification), "made twice is one");
        let one = &made[0].1;
        assert_eq!((one.on.as_str(), one.category.as_str(), one.unit.as_str()), ("2026-12-31", "支部建设", "示范街道"));
        let due = course(&rectification, &[]).running(&one.on, "").unwrap();
        assert_eq!((due.by, due.on(date(2027, 3, 1))), (date(2027, 2, 28), DueState::Overdue(1)));
        // The interview itself is over once all is rectified and reported.
        events.push(event(&interview, 6, Superior, "issue_list", "2026-12-31", &[4, 5]));
        let running = course(&interview, &events).running("2026-12-31", "").unwrap();
        assert_eq!((running.deadline.as_str(), running.by), ("two_months", date(2027, 2, 28)));
    }
}
