//! Templates of flows: every version that is known to this node, and those under which an office opens items today.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

use ybz_domain::book::is_deleted;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::flow::{Flow, Flows};
use ybz_domain::ledger::rule_pack::{RULE_PACK, RulePack};
use ybz_domain::rules::{Pack, Rules};
use ybz_domain::trust::Membership;
use ybz_store::{RecordQuery, Sort, Store};

use super::turns::Turns;
use super::{Cx, Layers, Stored};
use crate::ErrorDto;
use crate::error::Answer;
use crate::node::{Inner, store_error};

/// What templates were made of: the packs that are here, each with the office in whose book it stands and the one that wrote
/// it, and who speaks for everybody, with how far from the top each stands.
type Made = (BTreeSet<(OfficeId, OfficeId, RecordId)>, BTreeMap<OfficeId, usize>);

/// Templates of this node with what they were made of.
#[derive(Default)]
pub(crate) struct KnownFlows {
    known: RwLock<(Made, Arc<Flows>)>,
    turns: Turns,
}

impl KnownFlows {
    fn get(&self) -> Arc<Flows> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).1.clone()
    }
}

/// Whether a change may have brought a rule pack, or told who sets rules for whom.
pub(crate) fn may_bring_packs(tags: &BTreeSet<String>) -> bool {
    ["down/dispatch", "up/tasks", "trust"].iter().any(|tag| tags.contains(*tag))
}

/// A pack with the office in whose book it stands and the one that wrote it.
struct Set {
    office: OfficeId,
    writer: OfficeId,
    pack: Pack,
}

/// Records of packs: whose book, who wrote it, which.
type Written = BTreeSet<(OfficeId, OfficeId, RecordId)>;

fn says_flows(pack: &Pack) -> bool {
    !pack.flows.is_empty() || !pack.flow_patches.is_empty()
}

fn pack_on(layers: &Layers, day: &str) -> Option<Pack> {
    Some(layers.on(day)?.read.as_ref().ok()?.0.clone())
}

/// Reads the packs of every office in these books, whoever set them: what an item names is looked for here, and the version
/// says which pack it came with. A pack that is not understood as a whole brings nothing.
fn read(store: &Store, rules: &Rules) -> Answer<(Written, Vec<Set>)> {
    let query = RecordQuery { sort: Sort::Id, ..RecordQuery::of_type(RULE_PACK) };
    let (_, found) = store.read(|reader| reader.query(&query)).map_err(store_error)?;
    let packs = found
        .iter()
        .filter_map(|stored| Some((stored, RulePack::read(&stored.view)?)))
        .filter_map(|(stored, kept)| {
            let pack = Pack::apply(&kept.text, rules).ok()?.0;
            Some(Set { office: stored.key.office, writer: stored.key.writer(), pack })
        })
        .filter(|set| says_flows(&set.pack))
        .collect();
    Ok((found.iter().map(|stored| (stored.key.office, stored.key.writer(), stored.view.id)).collect(), packs))
}

/// Who speaks for everybody on a node that keeps these offices: those of them that stand below no other, and all above them;
/// the one at the top first. What an office below sets is for itself.
fn authorities(membership: &Membership, kept: &[OfficeId]) -> BTreeMap<OfficeId, usize> {
    let above = |office: &OfficeId| {
        let mut line = Vec::new();
        let mut next = membership.parent(office);
        while let Some(one) = next.filter(|one| one != office && !line.contains(one)) {
            line.push(one);
            next = membership.parent(&one);
        }
        line
    };
    let mut out = BTreeMap::new();
    for office in kept {
        let line = above(office);
        if line.iter().any(|one| kept.contains(one)) {
            continue;
        }
        for one in line.iter().chain([office]) {
            out.insert(*one, above(one).len());
        }
    }
    out
}

/// What is known by these packs: of two that give a version of one name the higher office's counts, then the earlier one. What
/// an office without a word for all has set is known for its own items alone, and hides nothing.
fn lay(base: &Flows, mut packs: Vec<Set>, authorities: &BTreeMap<OfficeId, usize>) -> Flows {
    let rank = |set: &Set| authorities.get(&set.writer).copied().unwrap_or(usize::MAX);
    packs.sort_by_cached_key(|set| (rank(set), set.pack.valid_from.clone(), set.pack.version.clone()));
    let mut all = base.clone();
    for set in packs {
        let Ok(laid) = set.pack.flows_over(base) else { continue };
        if authorities.contains_key(&set.writer) {
            all.remember(&laid);
        } else {
            all.remember_for(set.office, &laid);
        }
    }
    all
}

/// Brings the templates that are known in line with the packs that are here: one after the other, so that what was read before
/// never replaces what was read after.
pub(crate) fn learn_flows(inner: &Inner) -> Answer<()> {
    inner.flows.turns.take(|| learn(inner))
}

fn learn(inner: &Inner) -> Answer<()> {
    let (packs_here, packs) = read(&inner.store, &inner.rules)?;
    let membership = inner.store.membership().map_err(store_error)?;
    let made: Made = (packs_here, authorities(&membership, &inner.offices()?));
    let known = inner.flows.known.read().unwrap_or_else(PoisonError::into_inner);
    if known.0 == made && known.1.all().next().is_some() {
        return Ok(());
    }
    drop(known);
    let base = Flows::builtin().map_err(|error| ErrorDto::internal("flows", &error))?;
    let all = Arc::new(lay(&base, packs, &made.1));
    // Whoever is told of it asks for what is known.
    *inner.flows.known.write().unwrap_or_else(PoisonError::into_inner) = (made, Arc::clone(&all));
    inner.store.set_flows(&all).map_err(|error| {
        // Tried again with the next change.
        inner.flows.known.write().unwrap_or_else(PoisonError::into_inner).0 = Made::default();
        store_error(error)
    })
}

impl Cx<'_> {
    /// A record by its id in a book that an office below writes, or that is written for it.
    pub(crate) fn below_item(&self, id: &RecordId) -> Answer<Option<Stored>> {
        let below = self.offices_below();
        let stands = |stored: &Stored| below.contains(&stored.book.office) && !is_deleted(&stored.view.rtype);
        let found = self.node.store.read(|reader| reader.record(None, id)).map_err(store_error)?;
        if let Some(stored) = found.map(Stored::from).filter(stands) {
            return Ok(Some(stored));
        }
        // Another book may hold a record of the same id: it must not hide the one that is meant.
        for (key, _) in self.catalog()?.iter().filter(|(key, _)| below.contains(&key.office)) {
            let book = key.id();
            let found = self.node.store.read(|reader| reader.record(Some(&book), id)).map_err(store_error)?;
            if let Some(stored) = found.map(Stored::from).filter(stands) {
                return Ok(Some(stored));
            }
        }
        Ok(None)
    }

    /// Every version of a template that is known to this node.
    pub(crate) fn known_flows(&self) -> Arc<Flows> {
        self.node.flows.get()
    }

    /// The templates under which items of an office right below, or of this one, are opened today: those of the pack that
    /// holds for it. For its own papers (`desk`) an office holds to what it set below, where that says something of flows.
    pub(crate) fn flows_for(&self, office: &OfficeId, desk: bool) -> Answer<Arc<Flows>> {
        let known = self.known_flows();
        let today = self.today_text();
        let set_below = if desk { self.set_below(&today)? } else { None };
        let holding = match set_below {
            Some(pack) => Some(pack),
            None if *office == self.office => pack_on(self.layers()?, &today),
            None => pack_on(&self.layers_of(office)?, &today),
        };
        match holding {
            Some(pack) => pack.flows_over(&known).map(Arc::new).map_err(|error| ErrorDto::internal("flows", &error)),
            None => Ok(known),
        }
    }

    /// The newest pack with flows that this office set for those below it and that holds on a day.
    fn set_below(&self, day: &str) -> Answer<Option<Pack>> {
        let sent = self.below(RULE_PACK, None)?;
        let sent =
            sent.iter().filter(|stored| stored.book.writer() == self.office && stored.book.office != self.office);
        let mut packs: Vec<RulePack> = sent.filter_map(|stored| RulePack::read(&stored.view)).collect();
        packs.retain(|pack| pack.valid_from.as_str() <= day);
        packs.sort_by(|a, b| (&b.valid_from, &b.recorded_on, &b.text).cmp(&(&a.valid_from, &a.recorded_on, &a.text)));
        packs.dedup_by(|a, b| a.text == b.text);
        let mut read = packs.iter().filter_map(|kept| Some(Pack::apply(&kept.text, &self.node.rules).ok()?.0));
        Ok(read.find(says_flows))
    }

    /// The template under which an item is opened today.
    ///
    /// # Errors
    /// `flow_unknown`
    pub(crate) fn flow_for(&self, flow: &str, office: &OfficeId, desk: bool) -> Answer<Flow> {
        let flows = self.flows_for(office, desk)?;
        flows.current(flow).cloned().ok_or_else(|| ErrorDto::new("flow_unknown").at("flow").with("flow", flow))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_office_below_sets_never_takes_the_place_of_what_is_set_from_above() {
        let rules = Rules::builtin().unwrap();
        let pack = |from: &str, months: u32| {
            let text = format!(
                "version = \"一\"\nvalid_from = \"{from}\"\ncitation = \"示范\"\n[[flow_patch]]\nid = \"rectification\"\n\
                 citation = \"示范\"\n[[flow_patch.deadline]]\nid = \"two_months\"\nmonths = {months}\n"
            );
            Pack::apply(&text, &rules).unwrap().0
        };
        let [department, street, village, other] = [1, 2, 3, 4].map(|n| OfficeId([n; 16]));
        let packs = || {
            vec![
                Set { office: village, writer: village, pack: pack("2025-01-01", 7) },
                Set { office: village, writer: street, pack: pack("2026-03-01", 3) },
                Set { office: street, writer: department, pack: pack("2026-05-01", 5) },
            ]
        };
        let base = Flows::builtin().unwrap();
        let months = |known: &Flows, office: &OfficeId| {
            let flow = known.find_for(office, "rectification", "一")?;
            flow.deadlines.iter().find(|one| one.id == "two_months")?.months
        };
        let above = BTreeMap::from([(department, 0), (street, 1)]);
        let known = lay(&base, packs(), &above);
        assert_eq!([&street, &village, &other].map(|office| months(&known, office)), [Some(5); 3]);
        let known = lay(&base, packs().into_iter().take(2).collect(), &above);
        assert_eq!([&street, &village].map(|office| months(&known, office)), [Some(3); 2], "though it holds later");
        let known = lay(&base, packs().into_iter().take(1).collect(), &above);
        assert_eq!([&street, &village, &other].map(|office| months(&known, office)), [None, Some(7), None]);
    }
}
