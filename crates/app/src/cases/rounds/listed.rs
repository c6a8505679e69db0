//! 三个清单: lists sent to units line by line, and how each stands.

use std::collections::BTreeMap;

use ybz_domain::date::read_deadline;
use ybz_domain::ledger::closing::is_period;
use ybz_domain::ledger::desk::lists::{Heading, Line, check_length, sent};
use ybz_domain::ledger::flow::Item;

use super::common::LISTED;
use super::told::query;
use super::{Once, dispatch, offs, template, units};
use crate::ErrorDto;
use crate::cases::flow::FlowQuery;
use crate::cx::Cx;
use crate::dto::interview::MadeOnce;
use crate::dto::listed::{ListRow, ListedInput, ListedSendInput, Lists};
use crate::error::{Answer, optional, required};
use crate::node::store_error;

/// Lines of one list at most.
const MAX_LINES: usize = 100;

/// `listed.send`: every line to every unit, in one commit. A line that a unit has already stays as it is.
///
/// # Errors
/// `required`, `office_unknown`, `invalid_input` for the period, those of texts, names in them and dates at the line, `too_many`.
pub(crate) fn send(cx: &Cx<'_>, input: ListedSendInput) -> Answer<MadeOnce> {
    let name = required("name", &input.name, 40)?;
    let role = optional("role", &input.role, 20)?;
    if let Some((field, _)) = [("name", &name), ("role", &role)].iter().find(|(_, text)| text.contains('/')) {
        return Err(ErrorDto::new("invalid_input").at(field).with("value", "/"));
    }
    let period = input.period.trim().to_owned();
    if !is_period(&period) {
        return Err(ErrorDto::new("invalid_input").at("period").with("value", period));
    }
    if input.to.is_empty() {
        return Err(ErrorDto::new("required").at("to"));
    }
    let units = units(cx, &input.to, "to")?;
    if input.lines.is_empty() {
        return Err(ErrorDto::new("required").at("lines"));
    }
    if input.lines.len() > MAX_LINES {
        return Err(ErrorDto::new("too_many").at("lines").with("max", MAX_LINES));
    }
    let year: i16 = period.get(..4).and_then(|year| year.parse().ok()).unwrap_or_else(|| cx.today.year());
    let mut lines = Vec::new();
    for (n, line) in input.lines.iter().enumerate() {
        let at = |name: &str| format!("lines.{n}.{name}");
        lines.push(Line {
            title: required(&at("title"), &line.title, 200)?,
            measure: optional(&at("measure"), &line.measure, 1_000)?,
            leader: optional(&at("leader"), &line.leader, 40)?,
            person: optional(&at("person"), &line.person, 40)?,
            due: cx.check_far(read_deadline(&line.due, cx.today), &at("due"), input.confirm_date)?.to_string(),
        });
    }
    let mut once = Once::typed(cx, input.keep_matches)?;
    once.check("name", &name)?;
    once.check("role", &role)?;
    for (n, line) in lines.iter().enumerate() {
        once.check(&format!("lines.{n}.title"), &line.title)?;
        once.check(&format!("lines.{n}.measure"), &line.measure)?;
    }
    let list = Heading { name, role, period };
    for unit in units {
        let flow = cx.flow_for(LISTED, &unit, false)?;
        for line in &lines {
            let (id, item) = sent(&flow, (&cx.office, &unit), &list, line, &cx.today_text());
            once.put(cx, dispatch(cx, unit, year), id, &item)?;
        }
    }
    once.edits.finish_draft("listed", "new");
    once.commit(cx)
}

/// `listed.lists`: lists of a year and its months, each with how far its lines are over all units.
pub(crate) fn lists(cx: &Cx<'_>, input: ListedInput) -> Answer<Lists> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let mark = format!("{year:04}");
    let flow = &template(cx, LISTED, input.own)?;
    let asked = FlowQuery { group_part: Some(format!("/{mark}")), ..query(cx, input.own, &[LISTED]) };
    let read = |reader: &ybz_store::Reader<'_>| reader.flow_groups(&asked, cx.today);
    let found = cx.node.store.read(read).map_err(store_error)?;
    let mut rows: BTreeMap<(usize, String), ListRow> = BTreeMap::new();
    let known = flow.words.get("lists").cloned().unwrap_or_default();
    for one in found {
        let Some(list) = Heading::of(&Item { group: one.group.clone(), ..Item::default() }) else { continue };
        if !list.period.starts_with(&mark) {
            continue;
        }
        let place = known.iter().position(|name| *name == list.name).unwrap_or(known.len());
        let row = rows.entry((place, one.group.clone())).or_insert_with(|| ListRow {
            group: one.group.clone(),
            name: list.name,
            role: list.role,
            period: list.period,
            lines: 0,
            units: 0,
            total: 0,
            begun: 0,
            closed: 0,
            overdue: 0,
            off: None,
        });
        row.lines = row.lines.max(one.items);
        row.units += 1;
        row.total += one.items;
        row.begun += one.items.saturating_sub(one.at_start);
        row.closed += one.closed;
        row.overdue += one.overdue;
    }
    let mut rows: Vec<ListRow> = rows.into_values().collect();
    for row in &mut rows {
        row.off = offs(check_length(flow, &row.name, row.lines)).pop();
    }
    Ok(Lists {
        names: known,
        roles: flow.words.get("roles").cloned().unwrap_or_default(),
        citation: flow.citation.clone(),
        rows,
    })
}
