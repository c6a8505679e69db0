//! Items of flows with what happened to them, as the calls of rounds and lists look at them.

use std::sync::Arc;

use ybz_domain::book::BookKey;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::flow::{Event, Flow, Flows, Item, course};

use crate::ErrorDto;
use crate::cases::flow::{self, FlowQuery, FlowSort, Found};
use crate::cx::Cx;
use crate::dto::flow::{FlowPart, FlowRow};
use crate::error::Answer;

/// An item with its events and where it stands.
pub(crate) struct Told {
    pub(super) id: RecordId,
    /// The office whose item it is.
    pub(super) office: OfficeId,
    pub(super) book: BookKey,
    pub(super) item: Item,
    pub(super) events: Vec<Event>,
    pub(super) row: FlowRow,
    /// This office sent it down.
    pub(super) sent_by_us: bool,
    flows: Arc<Flows>,
}

impl Told {
    /// The template under which it was opened; none where the pack that brought it is not here.
    pub(super) fn flow(&self) -> Option<&Flow> {
        self.flows.find_for(&self.book.office, &self.item.flow, &self.item.version)
    }

    fn counts(&self, word: &str) -> bool {
        self.row.counts.iter().any(|known| known == word)
    }

    /// What a deadline asks for was done.
    pub(super) fn met(&self, deadline: &str) -> bool {
        let Some(flow) = self.flow() else { return false };
        let all = course(flow, &self.events).deadlines(&self.item.on, &self.item.due);
        all.iter().any(|due| due.deadline == deadline && due.met_on.is_some())
    }

    /// It is closed.
    pub(super) fn closed(&self) -> bool {
        self.counts("closed")
    }
}

/// Items of templates in books of units below, in the order of the tree, or in this office's own.
pub(super) fn query(cx: &Cx<'_>, own: bool, flows: &[&str]) -> FlowQuery {
    FlowQuery {
        offices: if own { vec![cx.office] } else { in_order(cx) },
        desk: Some(false),
        flows: flows.iter().map(|&flow| flow.to_owned()).collect(),
        limit: u32::MAX,
        ..FlowQuery::default()
    }
}

/// The same as far as this office sent them down, or as they were sent to it.
pub(super) fn sent(cx: &Cx<'_>, own: bool, flows: &[&str]) -> FlowQuery {
    let (writer, not_writer) = if own { (None, Some(cx.office)) } else { (Some(cx.office), None) };
    FlowQuery { writer, not_writer, ..query(cx, own, flows) }
}

/// Offices below as they stand in the tree; those that are gone come last.
fn in_order(cx: &Cx<'_>) -> Vec<OfficeId> {
    let places = super::places(cx);
    let mut all = cx.offices_below();
    all.sort_by_key(|office| (places.get(office).copied().unwrap_or(usize::MAX), *office));
    all
}

/// Lays what was asked for over a query: where, which state, with which text, in which order, which page.
///
/// # Errors
/// `office_unknown`, `invalid_input` for the order.
pub(super) fn narrowed(mut query: FlowQuery, part: FlowPart) -> Answer<FlowQuery> {
    if let Some(office) = part.office.as_deref().filter(|office| !office.is_empty()) {
        let office = office.parse().ok().filter(|office| query.offices.contains(office));
        query.offices = vec![office.ok_or_else(|| ErrorDto::new("office_unknown").at("office"))?];
    }
    query.states.extend(part.state.filter(|state| !state.is_empty()));
    query.text = part.text.filter(|text| !text.trim().is_empty());
    (query.sort, query.descending) = match part.sort.as_deref().unwrap_or_default() {
        "" => (FlowSort::Office, false),
        sort => flow::sort_of(sort)?,
    };
    query.offset = part.offset;
    query.limit = if part.limit == 0 { 50 } else { part.limit.min(500) };
    Ok(query)
}

fn told_of(cx: &Cx<'_>, found: Vec<Found>) -> Answer<Vec<Told>> {
    let (flows, into) = (cx.known_flows(), flow::merges(cx)?);
    let told = |found: Found| Told {
        row: flow::row(cx, &flows, &into, &found),
        id: found.id(),
        office: found.stored.book.office,
        sent_by_us: found.stored.book.office != cx.office && found.stored.book.writer() == cx.office,
        book: found.stored.book,
        item: found.item,
        events: found.events,
        flows: flows.clone(),
    };
    Ok(found.into_iter().map(told).collect())
}

/// A page of items with the number of all, whoever brought them up.
pub(super) fn rows(cx: &Cx<'_>, query: &FlowQuery) -> Answer<(u32, Vec<Told>)> {
    if query.offices.is_empty() {
        return Ok((0, Vec::new()));
    }
    let (total, found) = flow::flows(cx, query)?;
    Ok((total, told_of(cx, found)?))
}

/// An item of this office or of one below it.
pub(super) fn find(cx: &Cx<'_>, id: &str) -> Answer<Told> {
    let found = flow::find(cx, id)?;
    let mut all = told_of(cx, vec![found])?;
    all.pop().ok_or_else(|| crate::ErrorDto::new("not_found").with("id", id))
}
