//! Concerns that branches handed in, to which nobody here has said a word and which no case of this office handles.

use ybz_domain::book::BookKind;
use ybz_domain::ledger::visit::Concern;
use ybz_store::UntakenQuery;

use super::{matters, rows};
use crate::cases::alike::Overlay;
use crate::cases::case::taken_in;
use crate::cases::flow::merges;
use crate::cases::upward::reads_own_books;
use crate::cx::{Cx, Stored};
use crate::dto::decide::DecideRow;
use crate::error::Answer;
use crate::node::store_error;

/// What is asked for; none where nobody can tell: without its own papers a computer does not know what was taken in.
pub(super) fn untaken(cx: &Cx<'_>) -> Answer<Option<UntakenQuery>> {
    let offices = matters::deciding(cx);
    let sees = cx.sees(&BookKind::visits()) && cx.sees(&BookKind::desk());
    if offices.is_empty() || !sees || !reads_own_books(cx) {
        return Ok(None);
    }
    Ok(Some(UntakenQuery { offices, above: cx.office, merged: merges(cx)?, offset: 0, limit: 0 }))
}

pub(super) fn count(cx: &Cx<'_>, query: &UntakenQuery) -> Answer<u32> {
    let query = UntakenQuery { limit: 0, ..query.clone() };
    Ok(cx.node.store.read(|reader| reader.untaken(&query)).map_err(store_error)?.0)
}

pub(super) fn page(cx: &Cx<'_>, query: &UntakenQuery) -> Answer<Vec<DecideRow>> {
    let (_, found) = cx.node.store.read(|reader| reader.untaken(query)).map_err(store_error)?;
    let overlay = Overlay::load(cx)?;
    let mut out = Vec::with_capacity(found.len());
    for stored in found.into_iter().map(Stored::from) {
        let Some(concern) = Concern::read(&stored.view) else { continue };
        // A case is made once: what was opened again after it is answered.
        let again = taken_in(cx, &overlay, &stored.view.id)?.is_some();
        out.push(rows::of_concern(cx, &stored, &concern, again));
    }
    Ok(out)
}
