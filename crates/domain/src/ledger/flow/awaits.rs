//! Where an item waits for the superior: told by the template alone, so that a template that a pack brings needs no list here.

use super::spec::{Flow, Kind, Side};

impl Flow {
    /// What the superior has to do before an item in this state goes on. None where it may end, and where the unit has anything left to
    /// do but to take back what it did: whatever is open to both waits for the unit, except what only another role may do.
    pub fn awaits(&self, state: &str) -> Option<&Kind> {
        if self.state(state)?.end {
            return None;
        }
        let there = |kind: &&Kind| kind.moves.contains_key(state) && !kind.again;
        let leads =
            |kind: &&Kind| kind.by.contains(&Side::Superior) && kind.moves.get(state).is_some_and(|to| to != state);
        let another_role = |kind: &&Kind| leads(kind) && !kind.apart_from.is_empty();
        let of_unit = |kind: &&Kind| kind.by.contains(&Side::Unit) && kind.yields_to.is_empty();
        let kinds = || self.events.iter().filter(there);
        if kinds().any(|kind| of_unit(&kind) && !another_role(&kind)) {
            return None;
        }
        kinds().find(leads)
    }
}

#[cfg(test)]
mod tests {
    use crate::ledger::flow::Flows;

    #[test]
    fn what_was_reported_waits_for_the_superior_and_what_the_unit_works_on_does_not() {
        let flows = Flows::builtin().unwrap();
        let mut waits = Vec::new();
        for flow in flows.all() {
            for state in &flow.states {
                if let Some(kind) = flow.awaits(&state.id) {
                    waits.push(format!("{} {} {}", flow.id, state.id, kind.id));
                }
            }
        }
        let expected = [
            "interview planned notify",
            "interview held issue_list",
            "interview listed conclude",
            "letter chosen sign",
            "listed reported accept",
            "project reviewed close",
            "rectification reported accept",
            "weak listed support",
            "weak reported accept",
        ];
        assert_eq!(waits, expected);
        assert!(flows.current("weak").unwrap().awaits("no such state").is_none());
    }
}
