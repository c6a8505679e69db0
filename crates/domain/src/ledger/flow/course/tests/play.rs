//! Two devices of each side act offline on what they know, and now and then learn what another has.

use proptest::prelude::*;

use super::*;
use crate::ledger::flow::Flows;
use crate::ledger::flow::testing::fill;

const IDS: [&str; 7] = ["case", "interview", "letter", "listed", "project", "rectification", "weak"];
/// Side, person and role at each device.
const DEVICES: [(Side, &str, &str); 4] =
    [(Superior, "甲", "组织科"), (Superior, "乙", "纪工委"), (Unit, "丙", "书记"), (Unit, "丁", "纪检委员")];

fn made_by(n: usize, device: usize, kind: &Kind, pick: u8) -> Event {
    let (side, person, role) = DEVICES[device];
    let mut event = Event::new(id(u8::try_from(n + 1).unwrap()), &kind.id, side, "2026-03-02");
    fill(&mut event, kind);
    (event.person, event.role) = (person.to_owned(), role.to_owned());
    if !kind.values.is_empty() {
        event.value.clone_from(&kind.values[usize::from(pick) % kind.values.len()].id);
    }
    event
}

fn known(events: &BTreeMap<RecordId, Event>) -> Vec<Event> {
    events.values().cloned().collect()
}

fn play(flow: &Flow, steps: &[(u8, u8, u8)]) -> Vec<BTreeMap<RecordId, Event>> {
    let mut devices: Vec<BTreeMap<RecordId, Event>> = vec![BTreeMap::new(); 4];
    for (n, (who, what, whom)) in steps.iter().enumerate() {
        let (who, whom) = (usize::from(who % 4), usize::from(whom % 4));
        if what % 3 == 0 {
            let learned = devices[whom].clone();
            devices[who].extend(learned);
            continue;
        }
        let here = known(&devices[who]);
        let now = course(flow, &here);
        let may: Vec<Event> = now
            .open_to(DEVICES[who].0)
            .into_iter()
            .map(|kind| made_by(n, who, kind, u8::try_from(whom).unwrap()))
            .filter(|event| now.permits(event).is_ok())
            .collect();
        if may.is_empty() {
            continue;
        }
        let mut event = may[usize::from(what / 3) % may.len()].clone();
        event.after = now.seen();
        let amounts = now.permits(&event).unwrap();
        let then = [here.clone(), vec![event.clone()]].concat();
        let after = course(flow, &then);
        if amounts.moves {
            assert_eq!((&after.state, after.disputed), (&amounts.state, false), "whoever has seen all settles it");
        } else {
            assert_eq!((&after.state, after.disputed), (&now.state, now.disputed), "a note moves and settles nothing");
        }
        devices[who].insert(event.id, event);
    }
    devices
}

/// Each counted event rests on something that it had seen: a state that the template lets it leave, or, where it settles a
/// dispute, an event that led to the same state.
fn rests_on_the_template(flow: &Flow, end: &Course<'_>) {
    for event in end.events() {
        let made = end.made(&event.id).unwrap();
        let kind = flow.event(&made.kind).unwrap();
        assert!(kind.by.contains(&event.side), "{} is not for that side", kind.id);
        let before: Vec<&Made> = end
            .events()
            .iter()
            .filter(|one| end.causal.saw(&event.id, &one.id))
            .filter_map(|one| end.made(&one.id))
            .collect();
        let from = |state: &str| {
            (state == flow.start && before.iter().all(|one| !one.moves))
                || before.iter().any(|one| one.state == state && one.moves)
        };
        let step = kind.yields_to.is_empty() && kind.moves.iter().any(|(state, to)| *to == made.state && from(state));
        let settles =
            before.iter().any(|one| one.state == made.state && (one.kind == made.kind || one.kind == kind.yields_to));
        assert!(step || settles, "{} led to {} from nowhere", kind.id, made.state);
        for apart in &kind.apart_from {
            let events = end.events();
            let last = events.iter().rfind(|one| one.kind == *apart && end.causal.saw(&event.id, &one.id));
            assert!(
                last.is_none_or(|one| one.side != event.side || one.role != event.role),
                "{} in the role of who made {apart}",
                kind.id
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn under_any_interleaving_of_offline_edits_everybody_ends_with_what_the_template_states(
        which in 0usize..7,
        steps in prop::collection::vec((any::<u8>(), any::<u8>(), any::<u8>()), 0..48),
        turn in any::<u16>(),
    ) {
        let flow = Flows::builtin().unwrap().current(IDS[which]).unwrap().clone();
        let devices = play(&flow, &steps);
        let mut all = known(&devices.iter().flat_map(|one| one.clone()).collect());
        let len = all.len().max(1);
        all.rotate_left(usize::from(turn) % len);
        let turned = all.iter().rev().cloned().collect::<Vec<_>>();
        let (end, other) = (course(&flow, &all), course(&flow, &turned));
        prop_assert_eq!((&end.state, end.disputed, &end.tips, &end.marks, &end.made),
            (&other.state, other.disputed, &other.tips, &other.marks, &other.made), "the order of arrival says nothing");
        prop_assert_eq!(end.deadlines("2026-01-31", "2026-03-01"), other.deadlines("2026-01-31", "2026-03-01"));
        prop_assert!(end.void().is_empty(), "what was permitted to somebody counts: {:?}", end.void());
        rests_on_the_template(&flow, &end);
        // The stated winner among what nobody else had seen, worked out anew.
        let moves: Vec<&Event> = all.iter().filter(|one| end.made(&one.id).unwrap().moves).collect();
        let open: Vec<&&Event> =
            moves.iter().filter(|one| !moves.iter().any(|other| end.causal.saw(&other.id, &one.id))).collect();
        let states: BTreeSet<&str> = open.iter().map(|one| end.made(&one.id).unwrap().state.as_str()).collect();
        let strongest = flow.wins.iter().find_map(|kind| open.iter().find(|one| one.kind == *kind));
        let stated = strongest.map_or(flow.start.as_str(), |one| end.made(&one.id).unwrap().state.as_str());
        prop_assert_eq!(&end.state, stated);
        prop_assert_eq!(end.disputed, states.len() > 1, "both sides see the flag, and only then");
        // Whatever crossed, there is a way out.
        if end.disputed {
            let out = DEVICES.iter().enumerate().flat_map(|(device, (side, ..))| {
                end.open_to(*side).into_iter().map(move |kind| (device, kind))
            });
            let settled = out.filter(|(device, kind)| {
                end.permits(&made_by(200, *device, kind, 0)).is_ok_and(|made| made.moves)
            });
            prop_assert!(settled.count() > 0, "nobody can settle {:?}", end.tips);
        }
        // A device that learns all of it tells the same, whatever it knew before.
        for mut device in devices {
            device.extend(all.iter().map(|one| (one.id, one.clone())));
            let knows = known(&device);
            let there = course(&flow, &knows);
            prop_assert_eq!((&there.state, there.disputed), (&end.state, end.disputed));
        }
    }

    #[test]
    fn no_set_of_events_leads_where_the_template_does_not_allow(
        which in 0usize..7,
        raw in prop::collection::vec(
            (0u8..14, any::<u8>(), 0usize..4, prop::collection::btree_set(0u8..14, 0..5), any::<bool>()), 0..14),
    ) {
        let flow = Flows::builtin().unwrap().current(IDS[which]).unwrap().clone();
        let mut events: Vec<Event> = raw.into_iter().map(|(n, kind, device, after, whole)| {
            let kind = &flow.events[usize::from(kind) % flow.events.len()];
            let mut event = made_by(usize::from(n), device, kind, n);
            event.after = after.into_iter().map(|n| id(n + 1)).collect();
            if !whole {
                event.note.clear();
            }
            event
        }).collect();
        events.sort_by_key(|event| event.id);
        events.dedup_by_key(|event| event.id);
        let end = course(&flow, &events);
        rests_on_the_template(&flow, &end);
        prop_assert!(flow.state(&end.state).is_some());
        for event in end.events() {
            let kind = flow.event(&event.kind).unwrap();
            prop_assert!(!kind.needs.contains("note") || !event.note.is_empty(), "what was not said counts nothing");
        }
        let reversed: Vec<Event> = events.iter().rev().cloned().collect();
        let other = course(&flow, &reversed);
        prop_assert_eq!((&end.state, end.disputed, &end.tips), (&other.state, other.disputed, &other.tips));
    }
}
