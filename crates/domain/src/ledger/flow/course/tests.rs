mod play;

use super::*;
use crate::ledger::flow::testing::{Superior, Unit, event, flow, id, story};

fn said(flow: &Flow, events: &[Event]) -> (String, bool) {
    let course = course(flow, events);
    (course.state.clone(), course.disputed)
}

const RECTIFIED: [(Side, &str, &str); 4] = [
    (Superior, "list", "2026-03-02"),
    (Unit, "begin", "2026-03-05"),
    (Unit, "rectify", "2026-04-01"),
    (Unit, "report", "2026-04-03"),
];

#[test]
fn one_event_after_another_leads_through_the_template() {
    let flow = flow("rectification");
    let mut events = story(&flow, &RECTIFIED);
    assert_eq!(said(&flow, &[]), ("found".to_owned(), false));
    assert_eq!(said(&flow, &events[..2]), ("rectifying".to_owned(), false));
    assert_eq!(said(&flow, &events), ("reported".to_owned(), false));
    for (n, side, kind, state) in [
        (5, Superior, "accept", "accepted"),
        (6, Superior, "close", "closed"),
        (7, Superior, "look_back", "closed"),
        (8, Superior, "reopen", "reopened"),
        (9, Unit, "list", "listed"),
    ] {
        events.push(event(&flow, n, side, kind, "2026-05-01", &[n - 1]));
        assert_eq!(said(&flow, &events), (state.to_owned(), false), "{kind}");
    }
    let now = course(&flow, &events);
    assert!(now.void().is_empty() && now.events().len() == 9);
    assert!(!now.marks.contains_key("look_back"), "what was looked back upon was opened again");
    events.reverse();
    assert_eq!(said(&flow, &events), ("listed".to_owned(), false), "in whatever order they come");
}

#[test]
fn who_reported_does_not_accept() {
    let flow = flow("rectification");
    let reported = story(&flow, &RECTIFIED);
    let now = course(&flow, &reported);
    let mut accept = event(&flow, 5, Unit, "accept", "2026-04-10", &[4]);
    assert_eq!(now.permits(&accept), Err(Refusal::SameRole("rectify".to_owned())), "the secretary again");
    accept.role = "纪检委员".to_owned();
    assert_eq!(now.permits(&accept), Err(Refusal::SameRole("rectify".to_owned())), "another role, the same person");
    accept.person = "丙".to_owned();
    assert_eq!(now.permits(&accept).map(|made| made.state), Ok("accepted".to_owned()));
    accept.role.clear();
    assert_eq!(
        now.permits(&accept),
        Err(Refusal::Missing("role".to_owned())).or(Err(Refusal::SameRole("rectify".to_owned())))
    );
    // Whoever writes it all the same moves nothing.
    accept.role = "书记".to_owned();
    let forced = [reported, vec![accept.clone()]].concat();
    assert_eq!(said(&flow, &forced), ("reported".to_owned(), false));
    assert_eq!(course(&flow, &forced).void(), [accept.id]);
}

#[test]
fn what_is_not_said_or_not_ones_own_is_refused_with_the_reason() {
    let flow = flow("rectification");
    let found = course(&flow, &[]);
    let list = event(&flow, 1, Superior, "list", "2026-03-02", &[]);
    assert!(found.permits(&list).is_ok());
    for (without, key) in [
        (Event { person: String::new(), ..list.clone() }, "person"),
        (Event { due: "三月底".to_owned(), ..list.clone() }, "due"),
        (Event { data: BTreeMap::new(), ..list.clone() }, "measure"),
        (Event { on: "2026-02-30".to_owned(), ..list.clone() }, "on"),
    ] {
        assert_eq!(found.permits(&without), Err(Refusal::Missing(key.to_owned())), "{key}");
    }
    let other = |side, kind: &str| found.permits(&event(&flow, 1, side, kind, "2026-03-02", &[])).unwrap_err();
    assert_eq!(other(Unit, "reopen"), Refusal::NotYours("reopen".to_owned()));
    assert_eq!(other(Unit, "report"), Refusal::NotNow("report".to_owned()));
    let magic = Event { kind: "magic".to_owned(), ..list };
    assert_eq!(found.permits(&magic), Err(Refusal::Unknown("magic".to_owned())));
    let open: Vec<&str> = found.open_to(Superior).iter().map(|kind| kind.id.as_str()).collect();
    assert_eq!(open, ["list", "supervise"]);
}

#[test]
fn a_return_that_crossed_an_acceptance_counts_until_somebody_who_saw_both_settles_it() {
    let flow = flow("rectification");
    let reported = story(&flow, &RECTIFIED);
    let both = [
        reported,
        vec![
            event(&flow, 5, Superior, "accept", "2026-04-10", &[4]),
            event(&flow, 6, Superior, "return", "2026-04-10", &[4]),
        ],
    ]
    .concat();
    assert_eq!(said(&flow, &both), ("returned".to_owned(), true));
    for (kind, state) in [("accept", "accepted"), ("return", "returned")] {
        let settled = [both.clone(), vec![event(&flow, 7, Superior, kind, "2026-04-11", &[5, 6])]].concat();
        assert_eq!(said(&flow, &settled), (state.to_owned(), false), "the same office says which");
    }
    let goes_on = [both, vec![event(&flow, 7, Unit, "rectify", "2026-04-20", &[5, 6])]].concat();
    assert_eq!(said(&flow, &goes_on), ("rectified".to_owned(), false));
}

#[test]
fn a_withdrawal_that_crossed_the_acceptance_counts_until_the_unit_lets_it_stand() {
    let flow = flow("rectification");
    let reported = story(&flow, &RECTIFIED);
    let mut both = reported;
    both.push(event(&flow, 5, Superior, "accept", "2026-04-10", &[4]));
    both.push(event(&flow, 6, Unit, "withdraw", "2026-04-10", &[4]));
    assert_eq!(said(&flow, &both), ("rectifying".to_owned(), true));
    let again = event(&flow, 7, Superior, "accept", "2026-04-11", &[5, 6]);
    let now = course(&flow, &both);
    assert_eq!(now.permits(&again), Err(Refusal::NotNow("accept".to_owned())), "nobody accepts what was taken back");
    both.push(event(&flow, 7, Unit, "stand", "2026-04-12", &[5, 6]));
    assert_eq!(said(&flow, &both), ("accepted".to_owned(), false));
    let early = [story(&flow, &RECTIFIED[..2]), vec![event(&flow, 9, Unit, "stand", "2026-04-12", &[2])]].concat();
    assert_eq!(said(&flow, &early), ("rectifying".to_owned(), false), "there is nothing to give way to");
}

#[test]
fn a_note_beside_a_step_is_no_dispute_and_settles_none() {
    let flow = flow("rectification");
    let mut events = story(&flow, &RECTIFIED[..2]);
    events.push(event(&flow, 3, Unit, "progress", "2026-03-20", &[2]));
    events.push(event(&flow, 4, Unit, "rectify", "2026-04-01", &[2]));
    events.push(event(&flow, 5, Superior, "supervise", "2026-03-20", &[2]));
    assert_eq!(said(&flow, &events), ("rectified".to_owned(), false));
    let now = course(&flow, &events);
    assert_eq!(now.tips.keys().copied().collect::<Vec<_>>(), [id(4)]);
    assert_eq!(now.seen(), [id(3), id(4), id(5)].into(), "the next event names the notes too");
}

#[test]
fn of_two_ratings_that_crossed_the_worse_counts_and_both_see_it() {
    let flow = flow("case");
    let mut events = story(
        &flow,
        &[(Superior, "assign", "2026-03-02"), (Unit, "take_up", "2026-03-03"), (Unit, "answer", "2026-03-09")],
    );
    events.push(event(&flow, 4, Unit, "rate", "2026-03-10", &[3]));
    let mut worse = event(&flow, 5, Superior, "rate", "2026-03-10", &[3]);
    worse.value = "dissatisfied".to_owned();
    assert!(course(&flow, &events).counts().contains("satisfied"));
    events.push(worse);
    let now = course(&flow, &events);
    let mark = now.marks.get("rate").unwrap();
    assert_eq!((mark.value.as_str(), mark.by, mark.disputed), ("dissatisfied", id(5), true));
    assert_eq!(now.counts(), ["accepted", "closed", "rated"].into());
    events.push(event(&flow, 6, Superior, "rate", "2026-03-12", &[4, 5]));
    let now = course(&flow, &events);
    assert_eq!(now.counts(), ["accepted", "closed", "rated", "satisfied"].into());
    assert!(!now.marks["rate"].disputed);
}

#[test]
fn what_leads_where_and_why_something_does_not_count_can_be_told() {
    let flow = flow("case");
    let assign = event(&flow, 1, Superior, "assign", "2026-03-02", &[]);
    let now = course(&flow, std::slice::from_ref(&assign));
    let to = |kind: &str, side| now.leads_to(flow.event(kind).unwrap(), side);
    assert_eq!(to("answer", Unit), Some(("answered".to_owned(), true)));
    assert_eq!(to("progress", Unit), Some(("assigned".to_owned(), false)));
    assert_eq!((to("hand_back", Superior), to("return", Superior)), (None, None));
    for kind in now.open_to(Unit) {
        assert!(now.leads_to(kind, Unit).is_some(), "{}", kind.id);
    }
    // One whose maker had not seen the assignment, one that is for the other side, one that says too little, two in a circle.
    let blind = event(&flow, 2, Unit, "take_up", "2026-03-03", &[]);
    let other = event(&flow, 3, Superior, "hand_back", "2026-03-03", &[1]);
    let silent = Event { note: String::new(), ..event(&flow, 4, Unit, "answer", "2026-03-03", &[1]) };
    let circle = [event(&flow, 5, Unit, "rate", "2026-03-03", &[6]), event(&flow, 6, Unit, "rate", "2026-03-03", &[5])];
    let all = [vec![assign, blind, other, silent], circle.to_vec()].concat();
    let now = course(&flow, &all);
    let why: Vec<Option<Refusal>> = (1..=6).map(|n| now.refused(&id(n))).collect();
    let said = |text: &str| text.to_owned();
    assert_eq!(
        why,
        [
            None,
            Some(Refusal::NotNow(said("take_up"))),
            Some(Refusal::NotYours(said("hand_back"))),
            Some(Refusal::Missing(said("note"))),
            None,
            None
        ]
    );
    assert_eq!(now.void(), [2, 3, 4, 5, 6].map(id));
}

#[test]
fn an_event_reads_back_from_its_record_and_carries_no_key_that_the_template_lacks() {
    use crate::book::{BookKind, apply, new_document, read_record};
    let flow = flow("rectification");
    let mut list = event(&flow, 1, Superior, "list", "2026-03-02", &[8, 9]);
    list.about = id(7).to_string();
    let mut sent = list.clone();
    sent.data.insert("phone".to_owned(), "一".to_owned());
    let mut doc = new_document(&BookKind::dispatch()).unwrap();
    let day = jiff::civil::date(2026, 3, 2);
    apply(&mut doc, &crate::ids::ActorId([1; 16]), day, &[sent.create(&flow)]).unwrap();
    let record = read_record(&doc, id(1)).unwrap();
    assert_eq!(Event::read(&record, Superior), Some(list));
}
