//! Items of flows with what happened to them, as the calls of rounds and lists look at them.

use std::sync::Arc;

use ybz_domain::book::BookKey;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::flow::{Event, Flow, Flows, Item, course};

use crate::cases::flow::{self, FlowQuery, Found};
use crate::cx::Cx;
use crate::dto::flow::FlowRow;
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

    /// Nobody has closed it.
    pub(super) fn open(&self) -> bool {
        self.counts("open")
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

/// Items of templates sent to units below, or to this office.
pub(super) fn query(cx: &Cx<'_>, own: bool, flows: &[&str]) -> FlowQuery {
    FlowQuery {
        offices: if own { vec![cx.office] } else { cx.offices_below() },
        desk: Some(false),
        flows: flows.iter().map(|&flow| flow.to_owned()).collect(),
        limit: u32::MAX,
        ..FlowQuery::default()
    }
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

/// Items that this office sent down, or that were sent to it.
pub(super) fn told(cx: &Cx<'_>, query: &FlowQuery) -> Answer<Vec<Told>> {
    let (_, mut all) = rows(cx, query)?;
    let own = query.offices == [cx.office];
    all.retain(|told| if own { told.book.writer() != cx.office } else { told.sent_by_us });
    Ok(all)
}

/// An item of this office or of one below it.
pub(super) fn find(cx: &Cx<'_>, id: &str) -> Answer<Told> {
    let found = flow::find(cx, id)?;
    let mut all = told_of(cx, vec![found])?;
    all.pop().ok_or_else(|| crate::ErrorDto::new("not_found").with("id", id))
}
