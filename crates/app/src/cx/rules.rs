//! The rules of this office: the built-in data, and over them what its superior set, or what it set itself while it has none.

use std::sync::Arc;

use ybz_domain::book::BookKind;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::rule_pack::{RULE_PACK, RulePack};
use ybz_domain::rules::{Pack, PackError, Rules};
use ybz_store::{RecordQuery as Query, Sort};

use super::{Cx, Stored};
use crate::ErrorDto;
use crate::dto::meeting::RuleRef;
use crate::error::Answer;

/// A pack that was set for this office, understood or not.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    pub(crate) id: RecordId,
    pub(crate) from: OfficeId,
    pub(crate) kept: RulePack,
    pub(crate) read: Result<(Pack, Rules), PackError>,
}

/// Every pack for an office, from the one that holds first to the one that holds last.
#[derive(Debug, Default)]
pub(crate) struct Layers(pub(crate) Vec<Layer>);

impl Layers {
    /// The newest one that is understood and holds on a day (ISO): the latest first day, then the one sent last.
    pub(crate) fn on(&self, day: &str) -> Option<&Layer> {
        self.0.iter().rev().find(|layer| layer.read.is_ok() && layer.kept.valid_from.as_str() <= day)
    }

    fn rules_on(&self, day: &str) -> Option<&Rules> {
        self.on(day).and_then(|layer| layer.read.as_ref().ok()).map(|(_, rules)| rules)
    }
}

impl Cx<'_> {
    /// The packs for this office. What does not parse as a whole is kept to be shown and never applied.
    pub(crate) fn layers(&self) -> Answer<&Layers> {
        if self.layers.get().is_none() {
            let layers = Arc::new(self.layers_of(&self.office)?);
            let _ = self.layers.set(layers);
        }
        self.layers.get().map(Arc::as_ref).ok_or_else(|| ErrorDto::internal("rules", &"not read"))
    }

    /// The packs for this office, or for one right below it.
    pub(crate) fn layers_of(&self, office: &OfficeId) -> Answer<Layers> {
        let superior = self.membership().parent(office);
        let query = Query {
            rtype: Some(RULE_PACK.to_owned()),
            offices: Some(vec![*office]),
            sort: Sort::Id,
            ..Query::default()
        };
        let set = |stored: &Stored| match superior {
            Some(superior) => stored.book.kind == BookKind::dispatch() && stored.book.writer() == superior,
            None => stored.book.writer() == *office,
        };
        let mut layers: Vec<Layer> = Vec::new();
        for stored in self.query(&query)?.1.into_iter().filter(set) {
            let Some(mut kept) = RulePack::read(&stored.view) else { continue };
            let read = Pack::apply(&kept.text, &self.node.rules);
            if let Ok((pack, _)) = &read {
                // The text alone counts.
                (kept.version, kept.valid_from) = (pack.version.clone(), pack.valid_from.clone());
            }
            layers.push(Layer { id: stored.view.id, from: stored.book.writer(), kept, read });
        }
        layers.sort_by(|a, b| {
            (&a.kept.valid_from, &a.kept.recorded_on, a.id).cmp(&(&b.kept.valid_from, &b.kept.recorded_on, b.id))
        });
        Ok(Layers(layers))
    }

    /// The rules that hold on a day (ISO).
    pub(crate) fn rules_on(&self, day: &str) -> Answer<&Rules> {
        Ok(self.layers()?.rules_on(day).unwrap_or(&self.node.rules))
    }

    /// The rules that hold today. Where the packs cannot be read, the built-in ones, whose version every verdict shows.
    pub(crate) fn rules(&self) -> &Rules {
        self.rules_on(&self.today_text()).unwrap_or(&self.node.rules)
    }

    /// The rules of a version; none when it is not known here.
    pub(crate) fn rules_of(&self, version: &str) -> Answer<Option<&Rules>> {
        if self.node.rules.version == version {
            return Ok(Some(&self.node.rules));
        }
        let layers = self.layers()?.0.iter().rev().filter_map(|layer| layer.read.as_ref().ok());
        Ok(layers.map(|(_, rules)| rules).find(|rules| rules.version == version))
    }

    /// A rule as verdicts of today show it.
    pub(crate) fn rule(&self, article: &str) -> Answer<RuleRef> {
        rule_in(self.rules(), article)
    }
}

/// An article of rules, with their version.
pub(crate) fn rule_in(rules: &Rules, article: &str) -> Answer<RuleRef> {
    let found = rules.article(article).ok_or_else(|| ErrorDto::internal("rules", &article))?;
    Ok(RuleRef {
        id: found.id.clone(),
        version: rules.version.clone(),
        citation: found.citation.clone(),
        text: found.text.clone(),
    })
}
