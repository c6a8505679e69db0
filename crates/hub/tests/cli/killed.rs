//! Processes killed in the middle of their work: what was acknowledged is there, and all of it is sound.

use std::collections::BTreeSet;
use std::thread;

use serde_json::json;

use crate::machine::Machine;

fn visit(number: usize) -> String {
    json!({"date": "2026-03-05", "confirmDate": true, "kind": "round_table", "publicPlace": true,
           "participants": ["赵甲一"], "place": number.to_string(), "situationText": "字".repeat(200)})
    .to_string()
}

fn visits(machine: &Machine, who: &str) -> BTreeSet<String> {
    let page = machine.ybz(who, &["rpc", "visit.list", r#"{"year": 2026, "limit": 10000}"#]).done();
    page["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_visit_that_was_acknowledged_before_a_kill_is_there_after_it() {
    let machine = Machine::new();
    machine.init("village", "示范一村", "branch");
    for round in 0..3 {
        let mut node = machine.serve("village", &[]);
        // Several people save at once; the node dies under them after a number of answers that differs by round.
        let acknowledged: BTreeSet<String> = thread::scope(|scope| {
            let saving: Vec<_> = (0..3)
                .map(|person| {
                    let machine = &machine;
                    scope.spawn(move || {
                        let mut ids = Vec::new();
                        for number in 0..40 {
                            let ended = machine.ybz("village", &["rpc", "visit.save", &visit(person * 100 + number)]);
                            match ended.code {
                                0 => ids.push(ended.json()["id"].as_str().unwrap().to_owned()),
                                _ => break,
                            }
                            if person == 0 && number == 4 + round * 3 {
                                break;
                            }
                        }
                        ids
                    })
                })
                .collect();
            let mut ids = BTreeSet::new();
            let mut saving = saving.into_iter();
            // The first has saved its share: now the node dies while the others are saving.
            ids.extend(saving.next().unwrap().join().unwrap());
            node.signal("-KILL");
            for one in saving {
                ids.extend(one.join().unwrap());
            }
            ids
        });
        assert!(!acknowledged.is_empty());
        let there = visits(&machine, "village");
        let lost: Vec<_> = acknowledged.difference(&there).collect();
        assert!(lost.is_empty(), "round {round}: acknowledged and lost: {lost:?}");
        assert_eq!(machine.ybz("village", &["doctor", "--json"]).done()["sound"], true, "round {round}");
    }
}

#[test]
fn a_street_killed_while_it_accepts_has_what_it_receipted_and_gets_the_rest() {
    let machine = Machine::new();
    machine.init("department", "县委组织部", "organization-department");
    let _department = machine.serve("department", &[]);
    let ticket = |who: &str, name: &str, kind: &str| -> String {
        let args = ["invite", "--office", name, "--kind", kind, "--auto-approve", "--json"];
        machine.ybz(who, &args).done()["text"].as_str().unwrap().to_owned()
    };
    machine.init("street", "河东街道", "committee");
    let invitation = ticket("department", "河东街道", "committee");
    machine.ybz("street", &["join", &invitation, "--json"]).done();
    let mut street = machine.serve("street", &[]);
    machine.init("village", "示范一村", "branch");
    let invitation = ticket("street", "示范一村", "branch");
    machine.ybz("village", &["join", &invitation, "--json"]).done();
    let mut saved = 0;
    for round in 0..3 {
        for _ in 0..30 {
            machine.ybz("village", &["rpc", "visit.save", &visit(saved)]).done();
            saved += 1;
        }
        thread::scope(|scope| {
            let machine = &machine;
            let syncing = scope.spawn(move || machine.ybz("village", &["sync", "--timeout", "1", "--json"]));
            street.signal("-KILL");
            // It was receipted or it was not; either is honest.
            let _ = syncing.join().unwrap();
        });
        let status = machine.ybz("village", &["status", "--json"]).done();
        let unsent = status["offices"][0]["sync"]["unsent"].as_u64().unwrap();
        // It listens where it did before, so that the village's ticket stays good.
        street = machine.serve("street", &[]);
        let held = merged(&machine);
        assert!(held + unsent >= saved_of(saved), "round {round}: {held} held and {unsent} unsent of {saved}");
    }
    let outcome = machine.ybz("village", &["sync", "--timeout", "60", "--json"]).done();
    assert_eq!(outcome["delivered"], true, "{outcome}");
    assert_eq!(merged(&machine), saved_of(saved), "everything arrived once");
    assert_eq!(machine.ybz("street", &["doctor", "--json"]).done()["sound"], true);
}

fn saved_of(saved: usize) -> u64 {
    u64::try_from(saved).unwrap()
}

/// Visits at the street, once all that was accepted is read in.
fn merged(machine: &Machine) -> u64 {
    loop {
        let status = machine.ybz("street", &["rpc", "sync.status", "{}"]).done();
        let page = machine.ybz("street", &["rpc", "merged.list", r#"{"ledger": "visits", "year": 2026}"#]).done();
        if status["reading"] == 0 {
            return page["total"].as_u64().unwrap();
        }
    }
}
