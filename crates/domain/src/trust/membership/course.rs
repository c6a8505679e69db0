//! The course of an office through the tree: moves, mergers and dissolutions by order of an office above all concerned.
//!
//! Orders take effect one after the other, by day, then by issuer and number, each as soon as it can: whoever knows the same
//! orders derives the same tree. What an office was part of before stays known, so that a view of an earlier day, a snapshot
//! made then and a removal by the former superior still mean what they meant.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Membership, OfficeView};
use crate::ids::{DeviceId, OfficeId};
use crate::trust::entry::{Body, Change, Entry};

/// Steps up a tree at most.
const MAX_DEPTH: usize = 64;

/// Where an office stood before, and how it ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Course {
    /// The day on which it first came below a superior.
    pub since: Option<Date>,
    /// Superiors that it had before, oldest first.
    pub former: Vec<Former>,
    /// It was merged or dissolved.
    pub closed: Option<Closed>,
}

/// A superior that an office had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// Which.
    pub parent: OfficeId,
    /// The day on which it was that no more.
    pub until: Date,
    /// Its keepers, each with the last entry that counts for the office.
    pub(super) logs: BTreeMap<DeviceId, u64>,
}

/// The end of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed {
    /// The day.
    pub on: Date,
    /// The office that goes on in its place, if one does.
    pub into: Option<OfficeId>,
}

/// An order that holds and may still wait for what it is about.
#[derive(Debug, Clone)]
pub(super) struct Ordered {
    pub(super) signer: DeviceId,
    pub(super) hash: [u8; 32],
    pub(super) entry: Entry,
}

impl Membership {
    /// Lets the next order take effect that can; false when none can.
    pub(super) fn follow_order(&mut self, waiting: &mut Vec<Ordered>) -> bool {
        waiting.sort_by_key(|order| {
            let from = match &order.entry.body {
                Body::Order { from, .. } => Some(*from),
                _ => None,
            };
            (from, order.signer, order.entry.seq, order.hash)
        });
        let next = (0..waiting.len()).find(|at| waiting.get(*at).is_some_and(|order| self.apply(&order.entry)));
        if let Some(at) = next {
            let order = waiting.remove(at);
            self.valid.push(order.hash);
        }
        next.is_some()
    }

    /// Whether the order can take effect now; then it has.
    fn apply(&mut self, entry: &Entry) -> bool {
        let Body::Order { office, change, from, logs } = &entry.body else { return false };
        let by = entry.office;
        // What was signed on a later day does not make false what was signed before.
        let from = &(*from).max(entry.on);
        let Some(view) = self.offices.get(office) else { return false };
        let Some(adoption) = view.adoption.clone() else { return false };
        let kind = view.kind;
        if by == *office || !self.is_above(&by, office) || view.course.closed.is_some() {
            return false;
        }
        // A former superior is not told of the new one: then the word of the office above both is enough.
        let under = |other: &OfficeId| !self.offices.contains_key(other) || self.is_above(&by, other);
        let open = |other: &OfficeId| self.offices.get(other).is_none_or(|view| view.course.closed.is_none());
        match change {
            Change::Move { parent, .. } => {
                let fits = self.offices.get(parent).is_none_or(|view| view.kind.may_adopt(kind));
                let circle = self.is_above(office, parent);
                if !under(parent) || !open(parent) || !fits || circle || *parent == adoption.parent {
                    return false;
                }
                self.hang(office, *parent, *from, logs);
            }
            Change::Merge { into } => {
                let fits = self.offices.get(into).is_none_or(|view| view.kind == kind);
                if !under(into) || !open(into) || !fits || self.is_above(office, into) {
                    return false;
                }
                for child in self.children(office) {
                    self.hang(&child, *into, *from, &[]);
                }
                self.close(office, Closed { on: *from, into: Some(*into) });
            }
            Change::Dissolve => {
                if !self.children(office).is_empty() {
                    return false;
                }
                self.close(office, Closed { on: *from, into: None });
            }
        }
        true
    }

    fn hang(&mut self, office: &OfficeId, parent: OfficeId, from: Date, logs: &[(DeviceId, u64)]) {
        let Some(OfficeView { adoption: Some(adoption), course, .. }) = self.offices.get_mut(office) else { return };
        course.former.push(Former { parent: adoption.parent, until: from, logs: logs.iter().copied().collect() });
        adoption.parent = parent;
        adoption.valid_from = from;
    }

    fn close(&mut self, office: &OfficeId, closed: Closed) {
        if let Some(view) = self.offices.get_mut(office) {
            view.course.closed = Some(closed);
        }
    }

    /// The office that goes on in the place of one that was merged; the office itself as long as it was not.
    pub fn heir(&self, office: &OfficeId) -> OfficeId {
        let mut at = *office;
        for _ in 0..MAX_DEPTH {
            match self.offices.get(&at).and_then(|view| view.course.closed).and_then(|closed| closed.into) {
                Some(into) => at = into,
                None => break,
            }
        }
        at
    }

    /// Offices that were merged into one, directly or by several mergers.
    pub fn predecessors(&self, office: &OfficeId) -> Vec<OfficeId> {
        self.offices.keys().filter(|known| *known != office && self.heir(known) == *office).copied().collect()
    }

    /// The office was merged or dissolved: nothing new is written for it.
    pub fn is_closed(&self, office: &OfficeId) -> bool {
        self.offices.get(office).is_some_and(|view| view.course.closed.is_some())
    }

    /// Whether an office was the superior of another and is it no more.
    pub fn was_parent(&self, above: &OfficeId, office: &OfficeId) -> bool {
        self.offices.get(office).is_some_and(|view| {
            view.course.former.iter().any(|former| former.parent == *above)
                || (view.course.closed.is_some_and(|closed| closed.into.is_some())
                    && view.adoption.as_ref().is_some_and(|adoption| adoption.parent == *above))
        })
    }

    /// Whether an entry of a former superior's keeper still counts for the office.
    pub(super) fn counted_before(&self, office: &OfficeId, by: &OfficeId, signer: &DeviceId, seq: u64) -> bool {
        let former = self.offices.get(office).map(|view| view.course.former.as_slice()).unwrap_or_default();
        former.iter().any(|former| former.parent == *by && former.logs.get(signer).is_some_and(|last| seq <= *last))
    }

    /// The superior that an office had on a day; the first one also for days before.
    pub fn parent_on(&self, office: &OfficeId, day: Date) -> Option<OfficeId> {
        let view = self.offices.get(office)?;
        let former = view.course.former.iter().find(|former| day < former.until).map(|former| former.parent);
        former.or_else(|| view.adoption.as_ref().map(|adoption| adoption.parent))
    }

    /// Whether an office stood above another on a day, mergers and dissolutions aside.
    pub fn was_above(&self, above: &OfficeId, office: &OfficeId, day: Date) -> bool {
        let mut at = *office;
        for _ in 0..MAX_DEPTH {
            if at == *above {
                return true;
            }
            match self.parent_on(&at, day) {
                Some(parent) => at = parent,
                None => return false,
            }
        }
        false
    }

    /// Direct subordinates on a day, with those that ended in its year: their figures are of that year.
    pub fn children_on(&self, office: &OfficeId, day: Date) -> Vec<OfficeId> {
        let counts = |view: &OfficeView| view.course.closed.is_none_or(|closed| closed.on.year() >= day.year());
        let below = self.offices.iter().filter(|(id, view)| self.parent_on(id, day) == Some(*office) && counts(view));
        let mut below: Vec<(&OfficeId, &OfficeView)> = below.collect();
        below.sort_by(|a, b| a.1.name.cmp(&b.1.name).then(a.0.cmp(b.0)));
        below.into_iter().map(|(id, _)| *id).collect()
    }

    /// An office with all that certified it on its way: what stands above it, what did, and what goes on in its place.
    pub fn lineage(&self, offices: impl IntoIterator<Item = OfficeId>) -> BTreeSet<OfficeId> {
        let mut seen = BTreeSet::new();
        let mut open: Vec<OfficeId> = offices.into_iter().collect();
        while let Some(office) = open.pop() {
            let Some(view) = self.offices.get(&office).filter(|_| seen.insert(office)) else { continue };
            open.extend(view.adoption.as_ref().map(|adoption| adoption.parent));
            open.extend(view.course.former.iter().map(|former| former.parent));
            open.extend(view.course.closed.and_then(|closed| closed.into));
        }
        seen
    }
}
