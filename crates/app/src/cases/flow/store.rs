//! Items as the read model lists them.

pub(crate) use ybz_store::{FlowQuery, FlowSort};

use super::read::{Found, as_found};
use crate::cx::{Cx, Stored};
use crate::error::Answer;
use crate::node::store_error;

/// One page of items, with the number of all. Books that the profile at the screen does not see hold none.
pub(crate) fn flows(cx: &Cx<'_>, query: &FlowQuery) -> Answer<(u32, Vec<Found>)> {
    let (total, found) = cx.node.store.read(|reader| reader.flows(query)).map_err(store_error)?;
    let seen = found.into_iter().filter(|one| cx.sees(&one.item.key.kind));
    let found = seen.filter_map(|one| as_found(one.item.into(), one.events.into_iter().map(Stored::from).collect()));
    Ok((total, found.collect()))
}
