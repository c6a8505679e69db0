use super::*;
use crate::ledger::flow::testing::{Superior, Unit, event, flow, id, story};
use crate::ledger::flow::{Side, Tally, as_of, course};

fn street() -> OfficeId {
    OfficeId([2; 16])
}

#[test]
fn closure_and_satisfaction_are_counted_as_the_source_counts_them() {
    let flow = flow("case");
    let answered =
        [(Superior, "assign", "2026-03-02"), (Unit, "take_up", "2026-03-03"), (Unit, "answer", "2026-03-09")];
    let rated = |events: &mut Vec<Event>, value: &str| {
        let n = u8::try_from(events.len() + 1).unwrap();
        let mut rating = event(&flow, n, Unit, "rate", "2026-03-12", &[n - 1]);
        value.clone_into(&mut rating.value);
        events.push(rating);
    };
    let mut tally = Tally::default();
    for n in 0..200 {
        // 180 closed, 120 of them rated, 105 of these satisfied; 10 open ones are rated too.
        let mut events = story(&flow, if n < 180 { &answered } else { &answered[..2] });
        if n < 120 {
            rated(&mut events, if n < 105 { "satisfied" } else { "dissatisfied" });
        } else if (180..190).contains(&n) {
            rated(&mut events, "satisfied");
        }
        let case = course(&flow, &events);
        assert!(case.void().is_empty());
        tally.add(&flow, &case.counts());
    }
    let (closure, satisfaction) = (tally.rate("closure", "2026-12-31"), tally.rate("satisfaction", "2026-12-31"));
    assert_eq!((closure.numerator, closure.denominator, closure.tenths()), (180, 200, Some(900)));
    assert_eq!((satisfaction.numerator, satisfaction.denominator, satisfaction.tenths()), (105, 120, Some(875)));
    assert_eq!(closure.as_of, "2026-12-31");
    let mut twice = tally.clone();
    twice.join(&tally);
    assert_eq!(twice.rate("closure", "").denominator, 400);
}

#[test]
fn a_rating_of_an_open_case_counts_once_it_is_closed_and_no_more_once_it_is_opened_again() {
    let flow = flow("case");
    let mut events = story(
        &flow,
        &[(Superior, "assign", "2026-03-02"), (Unit, "take_up", "2026-03-03"), (Unit, "rate", "2026-03-05")],
    );
    let said = |events: &[Event]| -> (u32, u32) {
        let mut tally = Tally::default();
        tally.add(&flow, &course(&flow, events).counts());
        let rate = tally.rate("satisfaction", "2026-03-31");
        (rate.numerator, rate.denominator)
    };
    assert_eq!(said(&events), (0, 0));
    events.push(event(&flow, 4, Unit, "answer", "2026-03-09", &[3]));
    assert_eq!(said(&events), (1, 1));
    events.push(event(&flow, 5, Superior, "reopen", "2026-03-20", &[4]));
    events.push(event(&flow, 6, Unit, "answer", "2026-03-25", &[5]));
    assert_eq!(said(&events), (0, 0), "nobody rated what was done since");
    assert_eq!(said(&as_of(&events, "2026-03-19")), (1, 1), "as it was before it was opened again");
}

#[test]
fn what_is_passed_on_cites_its_source_and_takes_nothing_along_but_what_was_previewed() {
    let case = Item {
        flow: "case".to_owned(),
        version: "2026.1".to_owned(),
        title: "某某反映路灯".to_owned(),
        text: "某某家门口路灯不亮".to_owned(),
        category: "照明".to_owned(),
        form: "表现".to_owned(),
        channel: "hotline".to_owned(),
        on: "2026-03-01".to_owned(),
        due: "2026-03-31".to_owned(),
        leader: "某某".to_owned(),
        person: "某某".to_owned(),
        unit: "某某".to_owned(),
        source: "某某".to_owned(),
        source_office: "某某".to_owned(),
        group: "某某".to_owned(),
        kept_match: true,
        recorded_on: "2026-03-01".to_owned(),
    };
    let words = Redacted { title: "路灯不亮".to_owned(), text: "村东路灯不亮".to_owned(), kept_match: false };
    let sent = linked(&id(7), &street(), &case, words, "2026-03-04", "2026-03-20");
    assert_eq!(
        (sent.source.as_str(), sent.source_office.as_str()),
        (id(7).to_string().as_str(), street().to_string().as_str())
    );
    assert_eq!((sent.category.as_str(), sent.due.as_str()), ("照明", "2026-03-20"));
    let RecordOp::Create { fields, .. } = sent.create(id(8)) else { panic!("records are created") };
    assert!(fields.iter().all(|(_, value)| value.as_str().is_none_or(|text| !text.contains("某某"))), "{fields:?}");
    assert!(!sent.kept_match, "what was let through once is not let through again");
}

/// A case went from the village to the street and on to the county: the answer comes back the same way.
#[test]
fn an_answer_returns_along_the_links_and_once_more_when_it_is_given_anew() {
    let flow = flow("case");
    let pass = |n: u8, to: u8, after: &[u8]| {
        let mut pass = event(&flow, n, Superior, PASS, "2026-03-04", after);
        pass.data.insert("linked".to_owned(), id(to).to_string());
        pass
    };
    let mut here = vec![pass(1, 50, &[])];
    let mut above = story(&flow, &[(Superior, "assign", "2026-03-05"), (Superior, "take_up", "2026-03-06")]);
    let waits = |here: &[Event], above: &[Event]| -> usize {
        let (one, other) = (course(&flow, here), course(&flow, above));
        assert!(one.void().is_empty());
        waiting(&one, [(id(50), &other), (id(51), &other)]).len()
    };
    assert_eq!(course(&flow, &here).state, "passed");
    assert_eq!(waits(&here, &above), 0);
    above.push(event(&flow, 3, Superior, ANSWER, "2026-03-10", &[2]));
    assert_eq!(waits(&here, &above), 1, "the case that was passed on, and no other");
    let mut back = event(&flow, 2, Superior, ANSWER_BACK, "2026-03-11", &[1]);
    back.data.insert("linked".to_owned(), id(3).to_string());
    here.push(back);
    assert_eq!(waits(&here, &above), 0);
    assert_eq!(course(&flow, &here).state, "handling", "it is to be told to whoever asked");
    // Sent back up there and answered anew.
    above.push(event(&flow, 4, Superior, "return", "2026-03-12", &[3]));
    assert_eq!(waits(&here, &above), 0);
    above.push(event(&flow, 5, Superior, ANSWER, "2026-03-20", &[4]));
    assert_eq!(waits(&here, &above), 1);
}

#[test]
fn a_name_goes_down_only_beside_an_event_that_says_why() {
    let flow = flow("case");
    let mut events = story(&flow, &[(Superior, "assign", "2026-03-02")]);
    let told = Told { by: id(2).to_string(), name: "某某".to_owned(), ..Told::default() };
    assert_eq!(told.create(id(9), &course(&flow, &events)), None, "no event");
    let silent = Event { note: String::new(), ..event(&flow, 2, Superior, TOLD, "2026-03-03", &[1]) };
    events.push(silent);
    assert_eq!(told.create(id(9), &course(&flow, &events)), None, "an event without its reason counts nothing");
    events[1].note = "需入户核实".to_owned();
    assert!(told.create(id(9), &course(&flow, &events)).is_some());
    let unit = Event { side: Side::Unit, ..events[1].clone() };
    assert_eq!(
        told.create(id(9), &course(&flow, &[events[0].clone(), unit])),
        None,
        "the branch tells nobody for above"
    );
    assert!(!format!("{told:?}").contains("某某"));
}
