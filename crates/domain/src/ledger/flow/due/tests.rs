use jiff::civil::date;

use super::*;
use crate::ledger::flow::testing::{Superior, Unit, event, flow, story};
use crate::ledger::flow::{Event, Flows, course};

#[test]
fn a_day_that_does_not_exist_becomes_the_months_last() {
    assert_eq!(months_after(date(2026, 12, 31), 2), Some(date(2027, 2, 28)));
    assert_eq!(months_after(date(2027, 12, 31), 2), Some(date(2028, 2, 29)), "a leap year");
    assert_eq!(months_after(date(2026, 8, 31), 1), Some(date(2026, 9, 30)));
    assert_eq!(months_after(date(2026, 1, 15), 2), Some(date(2026, 3, 15)));
    assert_eq!(months_after(date(9999, 12, 31), 2), None);
    assert_eq!(days_after(date(2026, 2, 27), 2), Some(date(2026, 3, 1)));
}

#[test]
fn two_months_after_an_interview_at_the_years_end_it_is_rectified_and_reported() {
    let flow = flow("rectification");
    let mut events = story(&flow, &[(Superior, "list", "2027-01-04"), (Unit, "rectify", "2027-02-26")]);
    let due = |events: &[Event]| course(&flow, events).deadlines("2026-12-31", "")[0].clone();
    let one = due(&events);
    assert_eq!((one.deadline.as_str(), one.by), ("two_months", date(2027, 2, 28)));
    assert_eq!(one.met_on, None, "rectified, and nobody reported");
    assert_eq!(one.on(date(2027, 2, 28)), DueState::Ahead(0));
    assert_eq!(one.on(date(2027, 3, 1)), DueState::Overdue(1));
    events.push(event(&flow, 3, Unit, "report", "2027-02-28", &[2]));
    assert_eq!(due(&events).on(date(2027, 6, 1)), DueState::Met, "on the last day");
    events[2].on = "2027-03-05".to_owned();
    assert_eq!(due(&events).on(date(2027, 6, 1)), DueState::Late(5));
    // Entered afterwards: what counts is when it was.
    events[2].on = "2027-02-20".to_owned();
    events[2].recorded_on = "2027-05-01".to_owned();
    assert_eq!(due(&events).on(date(2027, 6, 1)), DueState::Met);
}

#[test]
fn a_report_that_was_returned_meets_nothing_until_it_is_made_again() {
    let flow = flow("rectification");
    let mut events = story(
        &flow,
        &[
            (Superior, "list", "2026-03-02"),
            (Unit, "rectify", "2026-04-01"),
            (Unit, "report", "2026-04-02"),
            (Superior, "return", "2026-04-10"),
        ],
    );
    let met = |events: &[Event]| course(&flow, events).deadlines("2026-03-01", "")[0].met_on;
    assert_eq!(met(&events[..3]), Some(date(2026, 4, 2)));
    assert_eq!(met(&events), None);
    events.push(event(&flow, 5, Unit, "rectify", "2026-04-20", &[4]));
    events.push(event(&flow, 6, Unit, "report", "2026-04-21", &[5]));
    assert_eq!(met(&events), Some(date(2026, 4, 21)));
}

#[test]
fn where_it_begins_is_a_setting() {
    let patch = "version = \"街道 1\"\nvalid_from = \"2026-07-01\"\ncitation = \"x\"\n[[flow_patch]]\n\
        id = \"rectification\"\ncitation = \"x\"\n[[flow_patch.deadline]]\nid = \"two_months\"\nfrom = \"list\"\n";
    let (pack, _) = crate::rules::Pack::apply(patch, &crate::rules::Rules::builtin().unwrap()).unwrap();
    let flows = pack.flows_over(&Flows::builtin().unwrap()).unwrap();
    let own = flows.current("rectification").unwrap();
    let events = story(own, &[(Superior, "list", "2026-08-31")]);
    assert!(course(own, &[]).deadlines("2026-06-01", "").is_empty(), "nothing begins before the list");
    assert_eq!(course(own, &events).deadlines("2026-06-01", "")[0].by, date(2026, 10, 31));
}

#[test]
fn a_day_that_is_given_or_moved_counts_and_of_two_moves_that_crossed_the_earlier_one() {
    let flow = flow("rectification");
    let mut events = story(&flow, &[(Superior, "list", "2026-03-02"), (Unit, "begin", "2026-03-03")]);
    let own = |events: &[Event]| course(&flow, events).running("2026-01-01", "").unwrap();
    assert_eq!((own(&events).deadline.as_str(), own(&events).by), ("own", date(2026, 6, 30)));
    for (n, day) in [(3, "2026-07-31"), (4, "2026-07-15")] {
        let moved = event(&flow, n, Superior, "extend", "2026-06-20", &[2]);
        events.push(Event { due: day.to_owned(), ..moved });
    }
    assert_eq!((own(&events).by, own(&events).disputed), (date(2026, 7, 15), true));
    let settled = event(&flow, 5, Superior, "extend", "2026-06-21", &[3, 4]);
    events.push(Event { due: "2026-07-31".to_owned(), ..settled });
    assert_eq!((own(&events).by, own(&events).disputed), (date(2026, 7, 31), false));
    // A case takes the day that it was taken in with.
    let case = crate::ledger::flow::testing::flow("case");
    let whole = course(&case, &[]).running("2026-03-01", "2026-03-15").unwrap();
    assert_eq!((whole.by, whole.on(date(2026, 3, 16))), (date(2026, 3, 15), DueState::Overdue(1)));
    assert_eq!(course(&case, &[]).running("2026-03-01", ""), None, "nobody gave a day");
}

#[test]
fn what_comes_each_half_year_is_counted_from_the_same_day() {
    let flow = flow("project");
    let mut events = story(&flow, &[(Unit, "begin", "2026-08-31")]);
    let next = |events: &[Event]| {
        let all = course(&flow, events).deadlines("2026-08-01", "");
        let of = |id: &str| all.iter().find(|due| due.deadline == id).unwrap().by;
        (of("half_yearly"), of("quarterly"), of("year"))
    };
    assert_eq!(next(&events), (date(2027, 2, 28), date(2026, 11, 30), date(2027, 8, 1)));
    events.push(event(&flow, 2, Unit, "report", "2027-02-20", &[1]));
    events.push(event(&flow, 3, Unit, "exchange", "2026-11-20", &[1]));
    assert_eq!(next(&events), (date(2027, 8, 31), date(2027, 2, 28), date(2027, 8, 1)), "no day is lost on the way");
}
