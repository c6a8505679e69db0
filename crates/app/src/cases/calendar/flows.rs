//! Running deadlines of flows: cases, rectification, lists, projects.

use ybz_domain::book::BookKind;

use super::{Due, Source, Window};
use crate::cx::Cx;
use crate::error::Answer;
use crate::node::store_error;

pub(super) fn due(cx: &Cx<'_>, window: &Window) -> Answer<Vec<Due>> {
    let offices = window.offices(cx);
    let found = cx.node.store.read(|reader| reader.flow_dues(&offices, window.from, window.to)).map_err(store_error)?;
    let known = cx.known_flows();
    let (papers, matters) = (cx.sees(&BookKind::desk()), cx.sees(&BookKind::tasks()));
    let mut out = Vec::new();
    for one in found.into_iter().filter(|one| if one.desk { papers } else { matters }) {
        // Nothing is guessed of an item whose template is not here.
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
