use proptest::prelude::*;

use super::*;

fn id(n: u8) -> RecordId {
    RecordId([n; 16])
}

fn event(n: u8, act: Act, after: &[u8]) -> Event {
    Event { id: id(n), act, after: after.iter().map(|n| id(*n)).collect() }
}

fn said(events: &[Event]) -> (Standing, bool) {
    let outcome = outcome(Standing::Pending, events);
    (outcome.standing, outcome.disputed)
}

#[test]
fn one_word_after_another_is_no_dispute() {
    let accept = event(1, Act::Accept, &[]);
    let back = event(2, Act::Return, &[1]);
    assert_eq!(said(&[]), (Standing::Pending, false));
    assert_eq!(said(std::slice::from_ref(&accept)), (Standing::Accepted, false));
    assert_eq!(said(&[back.clone(), accept.clone()]), (Standing::Returned, false), "in whatever order they come");
    assert_eq!(said(&[accept, back, event(3, Act::Accept, &[2])]), (Standing::Accepted, false), "a change of mind");
}

#[test]
fn a_return_beats_an_acceptance_at_the_same_time_until_a_person_settles_it() {
    let both = [event(1, Act::Accept, &[]), event(2, Act::Return, &[])];
    assert_eq!(said(&both), (Standing::Returned, true));
    for (act, standing) in [(Act::Accept, Standing::Accepted), (Act::Return, Standing::Returned)] {
        let mut settled = both.to_vec();
        settled.push(event(3, act, &[1, 2]));
        assert_eq!(said(&settled), (standing, false));
    }
    let twice = [event(1, Act::Accept, &[]), event(2, Act::Accept, &[])];
    assert_eq!(said(&twice), (Standing::Accepted, false), "two that say the same do not disagree");
}

#[test]
fn a_withdrawal_beats_an_acceptance_at_the_same_time_until_either_side_gives_way() {
    let both = [event(1, Act::Accept, &[]), event(2, Act::Withdraw, &[])];
    assert_eq!(said(&both), (Standing::Withdrawn, true));
    let now = outcome(Standing::Pending, &both);
    assert!(now.permits(Act::Stand) && now.permits(Act::Return) && !now.permits(Act::Accept));
    for (act, standing) in [(Act::Stand, Standing::Accepted), (Act::Return, Standing::Returned)] {
        assert_eq!(said(&[both.to_vec(), vec![event(3, act, &[1, 2])]].concat()), (standing, false));
    }
    // The superior returned it meanwhile on another device: with the office below either way.
    let three = [both.to_vec(), vec![event(3, Act::Return, &[])]].concat();
    assert_eq!(said(&three), (Standing::Returned, true));
    assert!(!outcome(Standing::Pending, &three).permits(Act::Stand), "nobody below overrules a return");
    assert_eq!(said(&[event(1, Act::Return, &[]), event(2, Act::Withdraw, &[])]), (Standing::Returned, false));
}

#[test]
fn what_was_not_permitted_counts_nothing() {
    let accept = event(1, Act::Accept, &[]);
    assert_eq!(said(&[accept.clone(), event(2, Act::Withdraw, &[1])]), (Standing::Accepted, false), "too late");
    let withdraw = event(1, Act::Withdraw, &[]);
    assert_eq!(said(&[withdraw, event(2, Act::Accept, &[1])]), (Standing::Withdrawn, false), "nothing is there");
    assert_eq!(said(&[accept, event(2, Act::Stand, &[1])]), (Standing::Accepted, false));
    assert_eq!(said(&[event(1, Act::Stand, &[])]), (Standing::Pending, false));
    let circle = [event(1, Act::Accept, &[2]), event(2, Act::Return, &[1])];
    assert_eq!(said(&circle), (Standing::Pending, false), "nobody has seen what came later");
    assert_eq!(said(&[event(1, Act::Return, &[1])]), (Standing::Pending, false));
}

#[test]
fn a_withdrawal_that_crossed_another_report_is_no_acceptance() {
    let returned = [event(1, Act::Return, &[]), event(2, Act::HandIn, &[1]), event(3, Act::Withdraw, &[])];
    let crossed = outcome(Standing::Pending, &returned);
    assert_eq!((crossed.standing, crossed.disputed), (Standing::Withdrawn, true));
    assert!(!crossed.permits(Act::Stand) && crossed.permits(Act::Return));
    let claimed = [&returned[..], &[event(4, Act::Stand, &[2, 3])]].concat();
    assert_eq!(outcome(Standing::Pending, &claimed), crossed, "nobody below accepts for the superior");
}

#[test]
fn an_item_is_accepted_only_once_it_was_handed_in() {
    let said = |events: &[Event]| {
        let outcome = outcome(Standing::Open, events);
        (outcome.standing, outcome.disputed)
    };
    assert_eq!(said(&[event(1, Act::Accept, &[])]), (Standing::Open, false));
    let first = [event(1, Act::HandIn, &[]), event(2, Act::Return, &[1])];
    assert_eq!(said(&first), (Standing::Returned, false));
    let again = [first.to_vec(), vec![event(3, Act::HandIn, &[1, 2])]].concat();
    assert_eq!(said(&again), (Standing::Pending, false));
    // Another device of the superior accepted the first report meanwhile.
    let crossed = [again.clone(), vec![event(4, Act::Accept, &[1])]].concat();
    assert_eq!(said(&crossed), (Standing::Pending, true));
    assert_eq!(said(&[crossed, vec![event(5, Act::Accept, &[3, 4])]].concat()), (Standing::Accepted, false));
}

const ACTS: [Act; 5] = [Act::HandIn, Act::Withdraw, Act::Stand, Act::Accept, Act::Return];

/// Two devices of each side: each acts on what it knows, and sometimes learns what another has.
fn play(steps: &[(u8, u8, u8)]) -> Vec<BTreeMap<RecordId, Event>> {
    let mut devices: Vec<BTreeMap<RecordId, Event>> = vec![BTreeMap::new(); 4];
    for (n, (who, what, whom)) in steps.iter().enumerate() {
        let (who, whom) = (usize::from(who % 4), usize::from(whom % 4));
        if what % 2 == 0 {
            let learned = devices[whom].clone();
            devices[who].extend(learned);
            continue;
        }
        let here: Vec<Event> = devices[who].values().cloned().collect();
        let now = outcome(Standing::Pending, &here);
        let above = who < 2;
        let may: Vec<Act> = ACTS.into_iter().filter(|act| act.from_above() == above && now.permits(*act)).collect();
        if may.is_empty() {
            continue;
        }
        let act = may[usize::from(what / 2) % may.len()];
        let made = Event { id: id(u8::try_from(n + 1).unwrap()), act, after: now.tips.keys().copied().collect() };
        assert_eq!(
            outcome(Standing::Pending, &[here, vec![made.clone()]].concat()),
            Outcome { standing: act.leads_to(), disputed: false, tips: [(made.id, act)].into() },
            "whoever has seen all settles it"
        );
        devices[who].insert(made.id, made);
    }
    devices
}

proptest! {
    #[test]
    fn whatever_crosses_everybody_ends_with_the_same_and_with_what_is_stated(
        steps in prop::collection::vec((any::<u8>(), any::<u8>(), any::<u8>()), 0..40),
        turn in any::<u64>(),
    ) {
        let devices = play(&steps);
        let mut all: Vec<Event> = devices.iter().flat_map(|known| known.values().cloned()).collect();
        let len = all.len().max(1);
        all.rotate_left(usize::try_from(turn).unwrap_or(0) % len);
        let end = outcome(Standing::Pending, &all);
        all.reverse();
        prop_assert_eq!(&end, &outcome(Standing::Pending, &all), "the order of arrival says nothing");
        // Honest events all count: an event that nobody had seen is a tip.
        let known: BTreeMap<RecordId, Event> = all.into_iter().map(|event| (event.id, event)).collect();
        let named: BTreeSet<RecordId> = known.values().flat_map(|event| event.after.iter().copied()).collect();
        let open: BTreeMap<RecordId, Act> =
            known.values().filter(|event| !named.contains(&event.id)).map(|event| (event.id, event.act)).collect();
        prop_assert_eq!(&end.tips, &open);
        let mut said: BTreeSet<Standing> = open.values().map(|act| act.leads_to()).collect();
        let stated = [Standing::Returned, Standing::Withdrawn, Standing::Pending, Standing::Accepted]
            .into_iter()
            .find(|standing| said.contains(standing))
            .unwrap_or(Standing::Pending);
        prop_assert_eq!(end.standing, stated);
        if said.remove(&Standing::Withdrawn) {
            said.insert(Standing::Returned);
        }
        prop_assert_eq!(end.disputed, said.len() > 1);
        prop_assert!(!end.disputed || end.permits(Act::Return), "there is always a way out");
    }

    #[test]
    fn no_set_of_events_leads_where_nobody_may_go(
        raw in prop::collection::vec((0u8..12, 0usize..5, prop::collection::btree_set(0u8..12, 0..4)), 0..14),
    ) {
        let mut events: Vec<Event> = raw.into_iter().map(|(n, act, after)| {
            Event { id: id(n), act: ACTS[act], after: after.into_iter().map(id).collect() }
        }).collect();
        events.sort_by_key(|event| event.id);
        events.dedup_by_key(|event| event.id);
        let end = outcome(Standing::Pending, &events);
        let again = events.clone();
        events.reverse();
        prop_assert_eq!(&end, &outcome(Standing::Pending, &events));
        if end.standing == Standing::Accepted && !end.disputed {
            prop_assert!(again.iter().any(|event| event.act == Act::Accept), "nobody below accepts for the superior");
        }
        for act in ACTS.into_iter().filter(|act| end.permits(*act)) {
            let next = Event { id: id(99), act, after: end.tips.keys().copied().collect() };
            let settled = outcome(Standing::Pending, &[again.clone(), vec![next]].concat());
            // Void events that name what comes later may not undo it.
            prop_assert_eq!((settled.standing, settled.disputed), (act.leads_to(), false));
        }
    }
}
