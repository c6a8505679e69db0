//! Visits by whom they were to. The links between them are looked through by what lists filter by, and only those visits are read
//! that are wanted.

use std::collections::BTreeMap;

use ybz_domain::book::BookKind;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::visit::{VISIT, VISIT_LINK};
use ybz_store::RecordQuery;

use crate::cx::{Cx, Stored};
use crate::error::Answer;

/// Visits by the id of the household or member.
pub(crate) struct Visits {
    visits: BTreeMap<RecordId, Stored>,
    of: BTreeMap<String, Vec<RecordId>>,
}

impl Visits {
    /// Visits to one.
    pub(crate) fn to(&self, subject: &str) -> impl Iterator<Item = &Stored> {
        self.of.get(subject).into_iter().flatten().filter_map(|visit| self.visits.get(visit))
    }
}

/// The visits that were linked to households or members: of one book year, or of all.
pub(crate) fn linked(cx: &Cx<'_>, subjects: Vec<String>, year: Option<i16>) -> Answer<Vec<(String, RecordId)>> {
    if subjects.is_empty() {
        return Ok(Vec::new());
    }
    // A link names whom a visit was to as its kind.
    let query = RecordQuery { year, kind_in: Some(subjects), ..RecordQuery::of_type(VISIT_LINK) };
    let links = cx.rows(BookKind::private(), query)?;
    Ok(links.into_iter().filter_map(|(_, link)| Some((link.kind, link.about.parse().ok()?))).collect())
}

/// The visits to households or members, read: those in books of a year, or all.
pub(crate) fn visits(cx: &Cx<'_>, subjects: Vec<String>, year: Option<i16>) -> Answer<Visits> {
    let links = linked(cx, subjects, year)?;
    let ids: Vec<RecordId> = links.iter().map(|(_, visit)| *visit).collect();
    let mut visits = cx.find_each(&ids)?;
    visits.retain(|_, visit| visit.view.rtype == VISIT && (year.is_none() || visit.book.year == year));
    let mut of: BTreeMap<String, Vec<RecordId>> = BTreeMap::new();
    for (subject, visit) in links {
        of.entry(subject).or_default().push(visit);
    }
    Ok(Visits { visits, of })
}
