//! Items with their events, and whose hand it is that may add one.

use std::collections::BTreeMap;

use ybz_domain::book::{BookKey, BookKind, Scope};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::flow::{Event, FLOW_EVENT, FLOW_ITEM, Flow, Flows, Item, Side};

use crate::ErrorDto;
use crate::cases::alike::Overlay;
use crate::cx::{Cx, Stored};
use crate::dto::flow::FlowPlace;
use crate::error::Answer;

/// An item as it stands in the books.
pub(crate) struct Found {
    pub(crate) stored: Stored,
    pub(crate) item: Item,
    /// In the order of their ids, with the book that each stands in.
    pub(crate) written: Vec<(Stored, Event)>,
    /// What counts as said about it, for the template.
    pub(crate) events: Vec<Event>,
}

impl Found {
    pub(crate) fn id(&self) -> RecordId {
        self.stored.view.id
    }

    /// The template under which it was opened; none where the pack that brought it is not here.
    pub(crate) fn flow<'f>(&self, flows: &'f Flows) -> Option<&'f Flow> {
        flows.find_for(&self.stored.book.office, &self.item.flow, &self.item.version)
    }
}

/// Where an item stands; none for a book that holds no items.
pub(crate) fn place_of(book: &BookKey) -> Option<FlowPlace> {
    [(BookKind::desk(), FlowPlace::Desk), (BookKind::dispatch(), FlowPlace::Sent), (BookKind::tasks(), FlowPlace::Own)]
        .into_iter()
        .find(|(kind, _)| *kind == book.kind)
        .map(|(_, place)| place)
}

/// Whose hand an event in a book is from.
fn hand(book: &BookKey) -> Side {
    if book.kind == BookKind::tasks() { Side::Unit } else { Side::Superior }
}

/// Puts an item together with what was found about it. What stands in papers of a desk is about papers of a desk alone.
pub(crate) fn as_found(stored: Stored, about: Vec<Stored>) -> Option<Found> {
    let item = Item::read(&stored.view).filter(|_| place_of(&stored.book).is_some())?;
    let desk = stored.book.kind.scope() == Scope::Own;
    let mut written: Vec<(Stored, Event)> = about
        .into_iter()
        .filter(|one| one.book.office == stored.book.office && place_of(&one.book).is_some())
        .filter(|one| (one.book.kind.scope() == Scope::Own) == desk)
        .filter_map(|one| Event::read(&one.view, hand(&one.book)).map(|event| (one, event)))
        .collect();
    written.sort_by_key(|(_, event)| event.id);
    let events = written.iter().map(|(_, event)| event.clone()).collect();
    Some(Found { stored, item, written, events })
}

/// Events about an item.
pub(crate) fn events_of(cx: &Cx<'_>, stored: &Stored) -> Answer<Vec<Stored>> {
    cx.about_in(FLOW_EVENT, stored.book.office, &stored.view.id.to_string())
}

/// An item of this office or of one below it.
pub(crate) fn find(cx: &Cx<'_>, id: &str) -> Answer<Found> {
    let missing = || ErrorDto::new("not_found").with("id", id);
    let record = id.parse::<RecordId>().map_err(|_| missing())?;
    let is_item = |stored: &Stored| stored.view.rtype == FLOW_ITEM && cx.sees(&stored.book.kind);
    let stored = match cx.find(id)?.filter(is_item) {
        Some(own) => own,
        None => cx.below_item(&record)?.filter(is_item).ok_or_else(missing)?,
    };
    let about = events_of(cx, &stored)?;
    as_found(stored, about).ok_or_else(missing)
}

/// On which side this office stands, and the book into which it writes its events; none: it only reads.
pub(crate) fn side_of(cx: &Cx<'_>, book: &BookKey) -> Option<(Side, BookKey)> {
    let year = book.year.unwrap_or_else(|| cx.today.year());
    if book.office == cx.office {
        return match place_of(book)? {
            FlowPlace::Desk => Some((Side::Superior, cx.book(BookKind::desk(), year))),
            FlowPlace::Sent | FlowPlace::Own => Some((Side::Unit, cx.book(BookKind::tasks(), year))),
        };
    }
    let below = cx.membership().parent(&book.office) == Some(cx.office) && book.kind.scope() != Scope::Own;
    below.then(|| (Side::Superior, BookKey::dispatch(book.office, cx.office, year)))
}

/// Which record stands for each that this office merged.
pub(crate) fn merges(cx: &Cx<'_>) -> Answer<BTreeMap<RecordId, RecordId>> {
    Ok(Overlay::load(cx)?.into)
}
