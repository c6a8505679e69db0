//! Two sides take steps on items of several templates without a network, and meet now and then: whatever they do in between, both
//! end with the same, in a state that the template allows, with the stated outcome where both moved, and with a way out.
//!
//! The plans are drawn from a fixed stream, so that each run plays the same; a plan that fails is made smaller before it is shown.
//! `PROPTEST_CASES` asks for more of them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tokio::runtime::Handle;
use ybz_domain::ledger::flow::{Flow, Flows, Side};

use super::*;

/// Plans that are played unless more are asked for.
const CASES: u32 = 8;
/// Templates, each as often as there is in it that may cross.
const FLOWS: [(u32, &str); 5] = [(4, "case"), (4, "rectification"), (2, "listed"), (1, "letter"), (1, "project")];

/// What one side does at a time: whether it goes on where it can, which of the steps that it may take, with which of its values.
type Step = (bool, u8, u8);
/// What both sides do before they meet: the unit, the superior.
type Round = (Vec<Step>, Vec<Step>);

/// One item from its beginning on.
#[derive(Debug, Clone)]
struct Plan {
    flow: &'static str,
    /// The unit opened it; otherwise it was sent down.
    own: bool,
    rounds: Vec<Round>,
}

fn plans() -> impl Strategy<Value = Vec<Plan>> {
    let step = || (prop::bool::weighted(0.8), any::<u8>(), any::<u8>());
    let steps = move || prop::collection::vec(step(), 0..3);
    let rounds = prop::collection::vec((steps(), steps()), 1..6);
    let flow = prop::strategy::Union::new_weighted(FLOWS.map(|(weight, flow)| (weight, Just(flow))).to_vec());
    let plan = (flow, any::<bool>(), rounds).prop_map(|(flow, own, rounds)| Plan { flow, own, rounds });
    prop::collection::vec(plan, 1..8)
}

/// What a step was made on: the events that its maker had.
type Seen = BTreeMap<String, BTreeSet<String>>;

/// An item that is played.
struct Played<'p> {
    plan: &'p Plan,
    flow: &'p Flow,
    id: Value,
    seen: Seen,
}

fn written(view: &Value) -> BTreeSet<String> {
    view["events"].as_array().unwrap().iter().map(|event| event["id"].as_str().unwrap().to_owned()).collect()
}

impl Played<'_> {
    /// A step that the screen would offer; nothing where it offers none, or where whoever reported would accept.
    async fn take(&mut self, device: &Device, (onward, which, value): Step, who: &str) {
        let view = seen(device, &self.id).await;
        // What needs another record beside the item is left out.
        let plain = |may: &&Value| may["call"] == "flow.act" || may["call"] == "case.answer";
        let mut may: Vec<&Value> = view["may"].as_array().unwrap().iter().filter(plain).collect();
        if onward && may.iter().any(|one| one["leadsTo"] != view["row"]["state"]) {
            may.retain(|one| one["leadsTo"] != view["row"]["state"]);
        }
        let Some(chosen) = may.get(usize::from(which) % may.len().max(1)) else { return };
        let event = chosen["event"].as_str().unwrap();
        let mut input = json!({"id": self.id, "event": event, "seen": view["seen"], "person": who,
                               "role": format!("{who}的身份"), "note": "说明", "due": "2026-04-30", "data": {}});
        if let Some(values) = chosen["values"].as_array().filter(|values| !values.is_empty()) {
            input["value"] = values[usize::from(value) % values.len()]["id"].clone();
        }
        for key in chosen["needs"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()) {
            if !["person", "role", "due", "value", "note"].contains(&key) {
                input["data"][key] = json!("一");
            }
        }
        if let Err(error) = device.call("flow.act", input).await {
            assert_eq!(error.code, "flow_same_role", "{event} was offered in {view}");
            return;
        }
        let (before, after) = (written(&view), seen(device, &self.id).await);
        let made = written(&after).difference(&before).next().unwrap().clone();
        let told = after["events"].as_array().unwrap().iter().find(|one| one["id"] == made.as_str()).unwrap();
        // Where nothing is disputed the template alone says where a step leads.
        let state = |view: &Value| view["row"]["state"].as_str().unwrap().to_owned();
        if view["row"]["disputed"] == false {
            let kind = self.flow.event(event).unwrap();
            assert_eq!(kind.moves.get(&state(&view)), Some(&state(&after)), "{event} from {view}");
        }
        if told["moves"] == true {
            assert_eq!(after["row"]["disputed"], false, "whoever has seen all settles it: {after}");
        }
        self.seen.insert(made, before);
    }

    /// Each event that counts is one that the template gives to its side, and leads where the template says.
    fn permitted(&self, view: &Value) {
        assert!(self.flow.state(view["row"]["state"].as_str().unwrap()).is_some(), "{view}");
        for event in view["events"].as_array().unwrap() {
            assert_eq!(event["counted"], true, "what was permitted to its maker counts: {event}");
            let kind = self.flow.event(event["event"].as_str().unwrap()).unwrap();
            let side = if event["side"] == "unit" { Side::Unit } else { Side::Superior };
            assert!(kind.by.contains(&side), "{event}");
            let to = event["state"].as_str().unwrap();
            assert!(kind.moves.values().any(|state| state == to) || event["moves"] == true, "{event}");
        }
    }

    /// The outcome as docs/desk.md states it, out of who had seen what: of the moves that no other had seen the strongest counts, and
    /// it is disputed where they lead to different states. The ids of these moves with it.
    fn stated(&self, view: &Value) -> (String, bool, BTreeSet<String>) {
        let events = view["events"].as_array().unwrap();
        let word = |event: &Value, key: &str| event[key].as_str().unwrap().to_owned();
        let moves: Vec<&Value> = events.iter().filter(|event| event["moves"] == true).collect();
        let had = |other: &&Value, one: &Value| self.seen[&word(other, "id")].contains(&word(one, "id"));
        let tips: Vec<&Value> =
            moves.iter().filter(|one| !moves.iter().any(|other| had(other, one))).copied().collect();
        let alike = |state: String| {
            self.flow.alike.iter().find(|[one, _]| *one == state).map_or(state, |[_, other]| other.clone())
        };
        let states: BTreeSet<String> = tips.iter().map(|tip| alike(word(tip, "state"))).collect();
        let place = |tip: &Value| {
            let strength = self.flow.wins.iter().position(|kind| tip["event"] == kind.as_str()).unwrap_or(usize::MAX);
            (strength, self.flow.states.iter().position(|state| tip["state"] == state.id.as_str()))
        };
        let strongest = tips.iter().min_by_key(|tip| place(tip));
        let state = strongest.map_or_else(|| self.flow.start.clone(), |tip| word(tip, "state"));
        (state, states.len() > 1, tips.iter().map(|tip| word(tip, "id")).collect())
    }

    /// Looks at an item on both sides after they met; whether both had moved it differently.
    async fn agreed(&self, street: &Device, village: &Device) -> bool {
        // What both sides have together is what either had.
        let all = |view: &Value| self.seen.len() == written(view).len();
        let here = street.until("flow.get", json!({"id": self.id}), all).await;
        let there = village.until("flow.get", json!({"id": self.id}), all).await;
        assert_eq!(told(&here), told(&there), "both sides tell the same");
        self.permitted(&here);
        let (state, disputed, tips) = self.stated(&here);
        for (device, view, below) in [(street, &here, true), (village, &there, false)] {
            let row = &view["row"];
            assert_eq!((&row["state"], &row["disputed"]), (&json!(state), &json!(disputed)), "{view}");
            let listed = json!({"below": below, "disputed": true, "limit": 500});
            let listed = device.ok("flow.list", listed).await;
            let flagged = listed["rows"].as_array().unwrap().iter().any(|row| row["id"] == self.id);
            assert_eq!(flagged, disputed, "the list says it too");
            if disputed {
                let crossed = |id: &String| {
                    view["events"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .any(|one| one["id"] == id.as_str() && one["crossed"] == true)
                };
                assert!(tips.iter().all(crossed), "each of {tips:?} is marked in {view}");
            }
        }
        let out = |view: &Value| view["may"].as_array().unwrap().iter().any(|may| may["settles"] == true);
        assert!(!disputed || out(&here) || out(&there), "nobody can settle {here}");
        disputed
    }
}

fn told(view: &Value) -> Value {
    let mut events: Vec<Value> = view["events"].as_array().unwrap().clone();
    events.sort_by_key(|event| event["id"].to_string());
    let row = &view["row"];
    json!([
        row["state"],
        row["disputed"],
        row["counts"],
        row["deadline"],
        view["deadlines"],
        view["marks"],
        view["seen"],
        events
    ])
}

/// What came of some plans: steps that were taken, meetings after which an item was disputed.
#[derive(Default)]
struct Came {
    taken: usize,
    disputed: usize,
}

async fn play(street: &Device, village: &Device, plans: &[Plan], flows: &Flows) -> Came {
    let below = village.office_id().await;
    let mut items = Vec::new();
    for plan in plans {
        let flow = plan.flow;
        let (device, input) = match plan.own {
            true => (village, json!({"flow": flow, "title": "本村", "due": "2026-05-01"})),
            false => (street, json!({"flow": flow, "to": [below], "title": "交办", "due": "2026-05-01"})),
        };
        let id = device.ok("flow.open", input).await["items"][0]["id"].clone();
        items.push(Played { plan, flow: flows.current(flow).unwrap(), id, seen: Seen::new() });
    }
    village.sync().await;
    for one in &items {
        here(street, &one.id).await;
        here(village, &one.id).await;
    }
    let mut came = Came::default();
    for round in 0..plans.iter().map(|plan| plan.rounds.len()).max().unwrap_or_default() {
        for one in &mut items {
            let Some((unit, superior)) = one.plan.rounds.get(round) else { continue };
            for step in unit {
                one.take(village, *step, "甲").await;
            }
            for step in superior {
                one.take(street, *step, "乙").await;
            }
        }
        village.sync().await;
        for one in items.iter().filter(|one| round < one.plan.rounds.len()) {
            came.disputed += usize::from(one.agreed(street, village).await);
        }
    }
    came.taken = items.iter().map(|one| one.seen.len()).sum();
    came
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_crosses_both_sides_end_with_the_stated_outcome_and_with_a_way_out() {
    let (Line { street, village, .. }, _) = line().await;
    let flows = Flows::builtin().unwrap();
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    let config = Config { cases, max_shrink_iters: 60, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[20; 32]));
    let sum = RefCell::new(Came::default());
    // Items do not know of one another: all plans are played on the same two nodes.
    let played = tokio::task::block_in_place(|| {
        runner.run(&plans(), |plans| {
            let came = Handle::current().block_on(play(&street, &village, &plans, &flows));
            let mut sum = sum.borrow_mut();
            sum.taken += came.taken;
            sum.disputed += came.disputed;
            Ok(())
        })
    });
    played.unwrap_or_else(|failed| panic!("{failed}"));
    let Came { taken, disputed } = sum.into_inner();
    assert!(taken > 40 && disputed > 2, "{taken} steps were taken, {disputed} meetings left a dispute");
}
