//! Running deadlines of flows: cases, rectification, lists, projects.

use super::{Due, Source, Window};
use crate::cases::flow;
use crate::cx::Cx;
use crate::dto::flow::{FlowListInput, FlowRow};
use crate::error::Answer;

/// Rows asked for at once.
const CHUNK: u32 = 500;

pub(super) fn due(cx: &Cx<'_>, window: &Window) -> Answer<Vec<Due>> {
    let asked = |below: bool, office: Option<String>| FlowListInput {
        below,
        office,
        due_from: Some(window.from.to_string()),
        due_to: Some(window.to.to_string()),
        limit: CHUNK,
        ..FlowListInput::default()
    };
    let mut out = Vec::new();
    if window.here {
        all(cx, &asked(false, None), &mut out)?;
    }
    match window.below.as_slice() {
        [] => {}
        [one] if window.one => all(cx, &asked(true, Some(one.to_string())), &mut out)?,
        _ => all(cx, &asked(true, None), &mut out)?,
    }
    Ok(out)
}

fn all(cx: &Cx<'_>, input: &FlowListInput, out: &mut Vec<Due>) -> Answer<()> {
    let mut offset = 0;
    loop {
        let page = flow::list(cx, FlowListInput { offset, ..input.clone() })?;
        let count = u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
        out.extend(page.rows.into_iter().filter_map(of));
        offset = offset.saturating_add(count);
        if count == 0 || offset >= page.total {
            return Ok(());
        }
    }
}

fn of(row: FlowRow) -> Option<Due> {
    let deadline = row.deadline?;
    let day = deadline.by.parse().ok().filter(|_| deadline.met_on.is_none())?;
    Some(Due {
        code: format!("{}：{}", row.flow_name, deadline.name),
        title: row.title,
        record: Some(row.id),
        told_after: Some(day),
        source: Source::Words(deadline.citation),
        ..Due::new(day, "flow", row.office.parse().ok()?)
    })
}
