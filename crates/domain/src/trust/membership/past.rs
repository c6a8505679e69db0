//! The tree as it was on a day: who stood where, who was there already, and who was there no more.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Membership;
use crate::ids::OfficeId;

/// Levels of a tree at most.
const MAX_DEPTH: usize = 64;

/// An office in a tree of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Which.
    pub office: OfficeId,
    /// Its superior on that day; none for the one from which the tree is looked at.
    pub parent: Option<OfficeId>,
    /// Levels below that one.
    pub depth: usize,
}

impl Membership {
    /// Whether an office was part of the tree on a day: it had come below a superior, and was neither merged nor
    /// dissolved. Strict, unlike [`Self::children_on`], which keeps those that ended in the year because their
    /// figures are of that year.
    pub fn was_there(&self, office: &OfficeId, day: Date) -> bool {
        self.offices.get(office).is_some_and(|view| {
            view.course.since.is_none_or(|since| since <= day)
                && view.course.closed.is_none_or(|closed| day < closed.on)
        })
    }

    /// An office and all below it on a day, each after its superior, units of one superior by name.
    pub fn tree_on(&self, top: &OfficeId, day: Date) -> Vec<Placed> {
        let mut out = Vec::new();
        let mut seen = BTreeSet::new();
        let mut next = vec![Placed { office: *top, parent: None, depth: 0 }];
        while let Some(at) = next.pop() {
            let here = at.parent.is_none() || self.was_there(&at.office, day);
            if !here || at.depth > MAX_DEPTH || !self.offices.contains_key(&at.office) || !seen.insert(at.office) {
                continue;
            }
            let below = self.children_on(&at.office, day);
            let placed = |office| Placed { office, parent: Some(at.office), depth: at.depth + 1 };
            next.extend(below.into_iter().rev().map(placed));
            out.push(at);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::super::{Adoption, Closed, Course, Former, OfficeView};
    use super::*;
    use crate::office::OfficeKind;

    fn id(n: u8) -> OfficeId {
        OfficeId([n; 16])
    }

    fn model() -> Membership {
        let office = |name: &str, parent: Option<u8>, since: Date| OfficeView {
            name: name.to_owned(),
            kind: OfficeKind::Branch,
            adoption: parent.map(|parent| Adoption { parent: id(parent), valid_from: since }),
            devices: BTreeMap::new(),
            course: Course { since: parent.map(|_| since), ..Course::default() },
        };
        let start = date(2025, 1, 1);
        let mut moved = office("丙村", Some(3), date(2026, 4, 1));
        moved.course.since = Some(start);
        moved.course.former = vec![Former { parent: id(2), until: date(2026, 4, 1), logs: BTreeMap::new() }];
        let mut closed = office("丁村", Some(2), start);
        closed.course.closed = Some(Closed { on: date(2026, 3, 1), into: None });
        let offices = [
            (id(1), office("区", None, start)),
            (id(2), office("甲街道", Some(1), start)),
            (id(3), office("乙街道", Some(1), date(2026, 2, 1))),
            (id(4), moved),
            (id(5), closed),
        ];
        Membership { offices: offices.into(), ..Membership::default() }
    }

    #[test]
    fn the_tree_of_a_day_has_who_was_there_and_where() {
        let model = model();
        let at = |day: Date| -> Vec<(u8, usize)> {
            model.tree_on(&id(1), day).into_iter().map(|placed| (placed.office.0[0], placed.depth)).collect()
        };
        assert_eq!(at(date(2024, 12, 31)), [(1, 0)]);
        assert_eq!(
            at(date(2026, 1, 31)),
            [(1, 0), (2, 1), (5, 2), (4, 2)],
            "by name, the second street is not there yet"
        );
        assert_eq!(at(date(2026, 3, 1)), [(1, 0), (3, 1), (2, 1), (4, 2)], "dissolved on that day");
        assert_eq!(at(date(2026, 4, 1)), [(1, 0), (3, 1), (4, 2), (2, 1)], "moved on that day");
        let street: Vec<u8> = model.tree_on(&id(3), date(2026, 4, 1)).iter().map(|one| one.office.0[0]).collect();
        assert_eq!(street, [3, 4]);
        assert_eq!(model.tree_on(&id(3), date(2026, 4, 1))[1].parent, Some(id(3)));
    }
}
