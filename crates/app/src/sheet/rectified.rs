//! Problems of the flow 整改 as lines of the 整改台账: what was listed, done and accepted, by whom and in which role.

use ybz_domain::ledger::flow::{Course, Event, Flow, course};

use super::build::{day, number, text};
use crate::cases::flow::{FlowQuery, FlowSort, Found, flows};
use crate::cx::Cx;
use crate::dto::sheet::SheetCell;
use crate::error::Answer;

/// The flow whose matters are problems to be rectified.
const FLOW: &str = "rectification";
/// Matters read at once.
const CHUNK: u32 = 500;

/// This office's problems of a year, with what earlier years left open, after `before` lines; of working papers none.
pub(super) fn rows(cx: &Cx<'_>, year: i16, before: usize) -> Answer<Vec<Vec<SheetCell>>> {
    let known = cx.known_flows();
    let mut query = FlowQuery {
        offices: vec![cx.office],
        desk: Some(false),
        flows: vec![FLOW.to_owned()],
        to: jiff::civil::Date::new(year, 12, 31).ok(),
        sort: FlowSort::On,
        limit: CHUNK,
        ..FlowQuery::default()
    };
    let mut out: Vec<Vec<SheetCell>> = Vec::new();
    loop {
        let (total, found) = flows(cx, &query)?;
        for one in &found {
            let Some(flow) = one.flow(&known) else { continue };
            let now = course(flow, &one.events);
            if belongs(one, &now, year) {
                let no = u32::try_from(before.saturating_add(out.len()).saturating_add(1)).unwrap_or(u32::MAX);
                out.push(line(no, one, flow, &now));
            }
        }
        query.offset = query.offset.saturating_add(CHUNK);
        if query.offset >= total {
            return Ok(out);
        }
    }
}

/// Found in the year, or closed in it or not at all.
fn belongs(one: &Found, now: &Course<'_>, year: i16) -> bool {
    let of_year = |on: &str| on.starts_with(&format!("{year:04}-"));
    let closed = last(now, &["close"]).filter(|_| now.counts().contains("closed"));
    // Closed otherwise, such as by a newer template, it is not open either.
    of_year(&one.item.on) || closed.map_or(!now.counts().contains("closed"), |event| of_year(&event.on))
}

/// The newest event of some kinds that counts.
fn last<'e>(now: &Course<'e>, kinds: &[&str]) -> Option<&'e Event> {
    now.events().into_iter().rfind(|event| kinds.contains(&event.kind.as_str()))
}

fn line(no: u32, one: &Found, flow: &Flow, now: &Course<'_>) -> Vec<SheetCell> {
    let (item, charge) = (&one.item, now.charge(&one.item));
    let listed = last(now, &["list"]);
    let said = |event: &Event, word: &str| {
        let who = [event.role.as_str(), event.person.as_str()].concat();
        let note = if event.note.is_empty() { String::new() } else { format!(":{}", event.note) };
        format!("{} {word}{}{who}{note}", event.on, if who.is_empty() { "" } else { " " })
    };
    let word = |event: &Event| flow.event(&event.kind).map(|kind| kind.name.clone()).unwrap_or_default();
    let accepted = last(now, &["accept", "return"]).map(|event| said(event, &word(event)));
    let tells =
        |event: &&Event| ["progress", "rectify", "report"].contains(&event.kind.as_str()) && !event.note.is_empty();
    let done = now.events().into_iter().filter(tells).map(|event| format!("{} {}", event.on, event.note));
    let done: Vec<String> = done.collect();
    let due = listed.map(|event| event.due.as_str()).filter(|due| !due.is_empty()).unwrap_or(&item.due);
    let closed = last(now, &["close"]).filter(|_| now.counts().contains("closed"));
    vec![
        number(no),
        text(item.title.as_str()),
        text(item.text.as_str()),
        text(listed.map(|event| event.says("measure")).unwrap_or_default()),
        text(charge.leader),
        text(charge.person),
        day(due),
        text(flow.state(&now.state).map(|state| state.name.clone()).unwrap_or_default()),
        text(done.join("\n")),
        text(accepted.unwrap_or_default()),
        day(closed.map(|event| event.on.as_str()).unwrap_or_default()),
    ]
}
