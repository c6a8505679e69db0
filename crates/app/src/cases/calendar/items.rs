//! Items of checklists: own ones, rectification, and what was sent down.

use ybz_store::LineQuery;

use super::{Due, Window};
use crate::cx::Cx;
use crate::error::Answer;
use crate::node::store_error;

pub(super) fn due(cx: &Cx<'_>, window: &Window) -> Answer<Vec<Due>> {
    let offices = window.offices(cx);
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    let query = LineQuery {
        offices,
        finished: Some(false),
        from: Some(window.from.to_string()),
        to: Some(window.to.to_string()),
        ..LineQuery::default()
    };
    let lines = cx.node.store.read(|reader| reader.item_lines(&query)).map_err(store_error)?;
    // What was reported as done waits for the one who accepts it, and no longer for the one who did it.
    let open = lines.into_iter().filter(|line| !(line.origin == "superior" && line.state == "done"));
    Ok(open
        .filter_map(|line| {
            let day = line.deadline.parse().ok()?;
            let kind = match line.origin.as_str() {
                "superior" => "dispatched",
                "rectification" => "rectification",
                _ => "item",
            };
            Some(Due {
                title: line.title,
                record: Some(line.id.to_string()),
                told_after: Some(day),
                ..Due::new(day, kind, line.office)
            })
        })
        .collect())
}
