//! Running deadlines of flows: cases, rectification, lists, projects.

use ybz_domain::book::BookKind;

use super::{Due, Source, Window};
use crate::cx::Cx;
use crate::error::Answer;
use crate::node::store_error;

pub(super) fn due(cx: &Cx<'_>, window: &Window) -> Answer<Vec<Due>> {
    let offices = window.offices(cx);
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    let read = |reader: &ybz_store::Reader<'_>| reader.flow_dues(&offices, window.from, window.to);
    let found = cx.node.store.read(read).map_err(store_error)?;
    let known = cx.known_flows();
    // Papers of the desk are nobody else's, and are left out where the profile at the screen does not see them.
    let seen = cx.sees(&BookKind::desk());
    let mut out = Vec::new();
    for one in found.into_iter().filter(|one| seen || !one.desk) {
        // Where the template is not here, nobody guesses what its deadline is.
        let Some(flow) = known.find(&one.flow, &one.version) else { continue };
        let Some(deadline) = flow.deadline(&one.deadline) else { continue };
        out.push(Due {
            code: format!("{}：{}", flow.name, deadline.name),
            title: one.title,
            record: Some(one.id.to_string()),
            told_after: Some(one.by),
            source: Source::Words(flow.source_of(deadline).to_owned()),
            ..Due::new(one.by, "flow", one.office)
        });
    }
    Ok(out)
}
