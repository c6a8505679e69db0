//! What everything comes to once each row has been read.

use ybz_domain::ids::OfficeId;
use ybz_domain::office::OfficeKind;

use super::super::place::{Above, Placed, circles};
use super::super::read::{Kind, Row};
use super::{Action, Host, Planned, Reading};
use crate::cases::bulk::list::key;

impl Reading<'_> {
    /// What everything comes to, from above down: where a body is written, what is there already, what goes with what is left
    /// out.
    pub(super) fn settle(&mut self, placed: &Placed) {
        for at in circles(&placed.above) {
            if let Some(row) = self.list.rows.get(at) {
                self.fault(&row.sheet, &row.above, "circle");
            }
            if let Some(planned) = self.plan.rows.get_mut(at) {
                planned.action = Action::Fault;
            }
        }
        for at in self.order(placed) {
            self.one(at);
        }
    }

    /// Rows, each after what it stands below; those in a circle, and those below one, come last.
    fn order(&self, placed: &Placed) -> Vec<usize> {
        let depth = |start: usize| {
            let (mut at, mut steps) = (start, 0usize);
            while let Some(Above::Row(next)) = placed.above.get(at) {
                steps += 1;
                at = *next;
                if steps > placed.above.len() {
                    break;
                }
            }
            steps
        };
        let mut order: Vec<usize> = (0..placed.above.len()).collect();
        order.sort_by_cached_key(|at| (depth(*at), *at));
        order
    }

    fn one(&mut self, at: usize) {
        let (Some(planned), Some(row)) = (self.plan.rows.get(at).cloned(), self.list.rows.get(at)) else { return };
        let parent = match planned.above {
            Above::Row(parent) => self.plan.rows.get(parent).cloned().map(|known| (parent, known)),
            _ => None,
        };
        let depth = parent.as_ref().map_or(1, |(_, known)| known.depth.saturating_add(1));
        let mut action = planned.action.clone();
        // What stands below something that is left out, or is asked about, goes with it.
        if let Some((_, known)) = &parent
            && !matches!(action, Action::Skipped | Action::Fault)
        {
            match known.action {
                Action::Fault | Action::Skipped => {
                    self.fault(&row.sheet, &row.above, "above_left_out");
                    action = Action::Fault;
                }
                Action::Asked => action = Action::Asked,
                _ => {}
            }
        }
        if !matches!(action, Action::Skipped | Action::Fault | Action::Asked | Action::Itself) {
            action = match planned.kind {
                Some(Kind::Office(kind)) => self.office_action(row, kind, &planned, parent.as_ref(), action),
                Some(Kind::Body(_)) => self.body_action(&planned, parent.as_ref()),
                None => Action::Asked,
            };
        }
        if let Some(known) = self.plan.rows.get_mut(at) {
            known.depth = if action == Action::Itself { 0 } else { depth };
            known.action = action;
        }
    }

    fn office_action(
        &mut self,
        row: &Row,
        kind: OfficeKind,
        planned: &Planned,
        parent: Option<&(usize, Planned)>,
        action: Action,
    ) -> Action {
        let over = match (planned.above, parent.map(|(_, known)| known.kind)) {
            (Above::Known(office), _) => self.known.kinds.get(&office).copied(),
            (_, Some(Some(Kind::Office(kind)))) => Some(kind),
            (_, Some(_)) => None,
            _ => Some(self.known.kind),
        };
        if !over.is_some_and(|over| over.may_adopt(kind)) {
            self.fault(&row.sheet, &row.kind, "kind_not_below");
            return Action::Fault;
        }
        let name = key(&row.name.text);
        match planned.above {
            Above::Own if self.known.children.contains_key(&name) => Action::There,
            // Who is invited already is not taken into custody behind his back.
            Above::Own if self.known.open.contains(&name) => Action::Open,
            Above::Own => action,
            _ if self.known.below.contains_key(&name) => Action::There,
            _ => Action::NotHere,
        }
    }

    fn body_action(&self, planned: &Planned, parent: Option<&(usize, Planned)>) -> Action {
        match (planned.above, parent) {
            (Above::Own, _) => Action::Body(Host::Own),
            (Above::Known(office), _) => self.in_custody(office),
            (_, Some((at, known))) => match (&known.kind, &known.action) {
                (Some(Kind::Body(_)), Action::Body(host)) => Action::Body(host.clone()),
                (_, Action::Itself) => Action::Body(Host::Own),
                (_, Action::Custody) => Action::Body(Host::Row(*at)),
                (Some(Kind::Office(_)), Action::There) => {
                    let name = self.list.rows.get(*at).map(|row| key(&row.name.text)).unwrap_or_default();
                    self.known.children.get(&name).map_or(Action::NotHere, |(office, _)| self.in_custody(*office))
                }
                _ => Action::NotHere,
            },
            _ => Action::NotHere,
        }
    }

    fn in_custody(&self, office: OfficeId) -> Action {
        let here = self.known.children.values().any(|(known, custody)| *known == office && *custody);
        if here { Action::Body(Host::Known(office)) } else { Action::NotHere }
    }
}
