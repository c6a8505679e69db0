//! What this office laid over its subordinates' records: which record stands for which, and which are two.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::ids::RecordId;
use ybz_domain::ledger::alike::Pair;
use ybz_domain::ledger::desk::group::{DESK_GROUP, Group, GroupKind, apart, merged, once};

use crate::cx::{Cx, Stored};
use crate::error::Answer;

/// The desk's groups as they stand.
pub(crate) struct Overlay {
    /// Each with the record it is read from.
    pub(super) groups: Vec<(Stored, Group)>,
    /// Which record stands for each that is merged, itself included.
    pub(crate) into: BTreeMap<RecordId, RecordId>,
    /// Pairs that are two, by the records that stand for them.
    apart: BTreeSet<(RecordId, RecordId)>,
    /// Records that one stands for, itself included.
    together: BTreeMap<RecordId, BTreeSet<RecordId>>,
}

impl Overlay {
    /// Reads the desk, whoever is at the screen: what counts does not depend on it.
    pub(crate) fn load(cx: &Cx<'_>) -> Answer<Self> {
        let records = cx.unlimited().records(DESK_GROUP, None)?;
        let read = |stored: Stored| Some((Group::read(&stored.view)?, stored)).map(|(group, stored)| (stored, group));
        let groups: Vec<(Stored, Group)> = records.into_iter().filter_map(read).collect();
        let all = || groups.iter().map(|(_, group)| group);
        let into = merged(all());
        let mut together: BTreeMap<RecordId, BTreeSet<RecordId>> = BTreeMap::new();
        for (id, main) in &into {
            together.entry(*main).or_default().insert(*id);
        }
        Ok(Self { apart: apart(all(), &into), groups, into, together })
    }

    /// The record that stands for this one.
    pub(crate) fn main_of(&self, id: &RecordId) -> RecordId {
        self.into.get(id).copied().unwrap_or(*id)
    }

    /// Everything that lies together with this record, itself included.
    pub(crate) fn with(&self, id: &RecordId) -> BTreeSet<RecordId> {
        self.together.get(&self.main_of(id)).cloned().unwrap_or_else(|| BTreeSet::from([*id]))
    }

    /// Of these records those that count here.
    pub(crate) fn once(&self, all: &BTreeSet<RecordId>) -> BTreeSet<RecordId> {
        once(all, &self.into)
    }

    /// Whether two are said to be two.
    pub(super) fn are_two(&self, one: &RecordId, other: &RecordId) -> bool {
        let (one, other) = (self.main_of(one), self.main_of(other));
        self.apart.contains(&(one.min(other), one.max(other)))
    }

    /// The records that stand for a pair, the lower id first; none when there is nothing left to say of it.
    pub(super) fn open(&self, pair: &Pair) -> Option<(RecordId, RecordId)> {
        let (one, other) = (self.main_of(&pair.one), self.main_of(&pair.other));
        let roots = (one.min(other), one.max(other));
        (one != other && !self.apart.contains(&roots)).then_some(roots)
    }

    /// Groups of a kind that stand.
    pub(super) fn standing(&self, kind: GroupKind) -> impl Iterator<Item = &(Stored, Group)> {
        self.groups.iter().filter(move |(_, group)| group.kind == Some(kind) && !group.undone)
    }
}
