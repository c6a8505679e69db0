//! Templates of flows: every version that is known to this node, and those under which an office opens items today.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use ybz_domain::book::is_deleted;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::flow::{Flow, Flows};
use ybz_domain::ledger::rule_pack::{RULE_PACK, RulePack};
use ybz_domain::rules::{Pack, Rules};
use ybz_store::{RecordQuery, Sort, Store};

use super::{Cx, Layers, Stored};
use crate::ErrorDto;
use crate::error::Answer;
use crate::node::{Inner, store_error};

/// Templates of this node with the packs that they were made of.
#[derive(Default)]
pub(crate) struct KnownFlows(RwLock<(BTreeSet<RecordId>, Arc<Flows>)>);

impl KnownFlows {
    fn get(&self) -> Arc<Flows> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).1.clone()
    }
}

/// Whether a change may have brought a rule pack.
pub(crate) fn may_bring_packs(tags: &BTreeSet<String>) -> bool {
    tags.contains("down/dispatch") || tags.contains("up/tasks")
}

fn says_flows(pack: &Pack) -> bool {
    !pack.flows.is_empty() || !pack.flow_patches.is_empty()
}

fn pack_on(layers: &Layers, day: &str) -> Option<Pack> {
    Some(layers.on(day)?.read.as_ref().ok()?.0.clone())
}

/// Reads the packs of every office in these books, whoever set them: what an item names is looked for here, and the version
/// says which pack it came with. A pack that is not understood as a whole brings nothing.
fn read(store: &Store, rules: &Rules) -> Answer<(BTreeSet<RecordId>, Vec<Pack>)> {
    let query = RecordQuery { sort: Sort::Id, ..RecordQuery::of_type(RULE_PACK) };
    let (_, found) = store.read(|reader| reader.query(&query)).map_err(store_error)?;
    let mut packs: Vec<Pack> = found
        .iter()
        .filter_map(|stored| RulePack::read(&stored.view))
        .filter_map(|kept| Some(Pack::apply(&kept.text, rules).ok()?.0))
        .filter(says_flows)
        .collect();
    packs.sort_by(|a, b| (&a.valid_from, &a.version).cmp(&(&b.valid_from, &b.version)));
    Ok((found.iter().map(|stored| stored.view.id).collect(), packs))
}

/// Brings the templates that are known in line with the packs that are here.
pub(crate) fn learn_flows(inner: &Inner) -> Answer<()> {
    let (ids, packs) = read(&inner.store, &inner.rules)?;
    let mut known = inner.flows.0.write().unwrap_or_else(PoisonError::into_inner);
    if known.0 == ids && known.1.all().next().is_some() {
        return Ok(());
    }
    let base = Flows::builtin().map_err(|error| ErrorDto::internal("flows", &error))?;
    let mut all = base.clone();
    for laid in packs.iter().filter_map(|pack| pack.flows_over(&base).ok()) {
        all.remember(&laid);
    }
    let all = Arc::new(all);
    *known = (ids, Arc::clone(&all));
    // Whoever is told of it asks for what is known.
    drop(known);
    inner.store.set_flows(&all).map_err(store_error)
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
