//! 共性问题: what units reported and what was found at them, grouped by a person; each group becomes a task of the year for all.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::desk::common::{Common, common, yearly_tasks};
use ybz_domain::ledger::desk::group::{DESK_GROUP, Group, GroupKind};
use ybz_store::FlowBrief;

use super::interview::RECTIFICATION;
use super::told::{query, rows};
use super::{Once, dispatch, places, template, units};
use crate::ErrorDto;
use crate::cases::flow::FlowSort;
use crate::cx::{Cx, Stored};
use crate::dto::common_problem::{
    CommonInput, CommonList, CommonRow, CommonTasksInput, ProblemPage, ProblemRow, ProblemsInput,
};
use crate::dto::interview::MadeOnce;
use crate::error::{Answer, optional};
use crate::node::store_error;

/// Template of the year's tasks.
pub(super) const LISTED: &str = "listed";
/// Asks for what is in no group.
const NONE: &str = "none";

/// Common problems of this office that were not taken back, the first made first.
pub(super) fn groups(cx: &Cx<'_>) -> Answer<Vec<(Stored, Group)>> {
    let all = cx.records(DESK_GROUP, None)?.into_iter().filter_map(|stored| {
        let group = Group::read(&stored.view)?;
        Some((stored, group))
    });
    let mut out: Vec<(Stored, Group)> =
        all.filter(|(_, group)| group.kind == Some(GroupKind::Common) && !group.undone).collect();
    out.sort_by(|(a, one), (b, other)| (&one.on, a.view.id).cmp(&(&other.on, b.view.id)));
    Ok(out)
}

/// Items of a template below this office, by id.
pub(super) fn marks(cx: &Cx<'_>, flow: &str) -> Answer<BTreeMap<RecordId, FlowBrief>> {
    let offices = cx.offices_below();
    let found = cx.node.store.read(|reader| reader.flow_briefs(&offices, flow)).map_err(store_error)?;
    Ok(found.into_iter().map(|mark| (mark.id, mark)).collect())
}

/// Problems below this office with whose they are.
pub(super) fn problems(cx: &Cx<'_>) -> Answer<BTreeMap<RecordId, OfficeId>> {
    Ok(marks(cx, RECTIFICATION)?.into_iter().map(|(id, mark)| (id, mark.office)).collect())
}

fn read(groups: &[(Stored, Group)]) -> Vec<(RecordId, Group)> {
    groups.iter().map(|(stored, group)| (stored.view.id, group.clone())).collect()
}

/// `common.list`
pub(crate) fn list(cx: &Cx<'_>, input: CommonInput) -> Answer<CommonList> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let problems = problems(cx)?;
    let groups = groups(cx)?;
    let (found, left) = common(&problems, &read(&groups));
    let by_id: BTreeMap<RecordId, Common> = found.into_iter().map(|one| (one.group, one)).collect();
    let task = &template(cx, LISTED, false)?;
    let (sent, children, places) = (marks(cx, LISTED)?, cx.children(&cx.office), places(cx));
    let mut out = Vec::new();
    for (stored, group) in groups {
        let Some(one) = by_id.get(&stored.view.id) else { continue };
        let tasks = yearly_tasks(one, task, children.iter().copied(), year, "");
        let of: Vec<&FlowBrief> = tasks.iter().filter_map(|(_, id, _)| sent.get(id)).collect();
        let mut units: Vec<&OfficeId> = one.units.iter().collect();
        units.sort_by_key(|unit| (places.get(unit).copied().unwrap_or(usize::MAX), **unit));
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        out.push(CommonRow {
            id: one.group.to_string(),
            title: one.title.clone(),
            note: group.note,
            on: group.on,
            problems: count(one.problems.len()),
            units: units.into_iter().map(|unit| cx.name_of(unit)).collect(),
            tasks: count(of.len()),
            tasks_closed: count(of.iter().filter(|mark| mark.closed).count()),
            tasks_missing: count(children.len() - of.len()),
        });
    }
    let units: BTreeSet<&OfficeId> = problems.values().collect();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(CommonList {
        year,
        groups: out,
        problems: count(problems.len()),
        left: count(left.len()),
        units: count(units.len()),
    })
}

/// `common.problems`: a page of them, by unit and day.
pub(crate) fn page(cx: &Cx<'_>, input: ProblemsInput) -> Answer<ProblemPage> {
    let groups = groups(cx)?;
    let mut asked = query(cx, false, &[RECTIFICATION]);
    if asked.offices.is_empty() {
        return Ok(ProblemPage { total: 0, rows: Vec::new() });
    }
    if let Some(office) = input.office.as_deref().filter(|office| !office.is_empty()) {
        let office = office.parse().ok().filter(|office| asked.offices.contains(office));
        asked.offices = vec![office.ok_or_else(|| ErrorDto::new("office_unknown").at("office"))?];
    }
    match input.group.as_deref().filter(|group| !group.is_empty()) {
        None => {}
        Some(NONE) => asked.not_ids = groups.iter().flat_map(|(_, group)| group.parts.iter().copied()).collect(),
        Some(id) => {
            let of = groups.iter().find(|(stored, _)| stored.view.id.to_string() == id);
            let (_, group) = of.ok_or_else(|| ErrorDto::new("not_found").with("id", id))?;
            asked.ids = Some(group.parts.clone());
        }
    }
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    (asked.text, asked.category) = (filled(input.text), filled(input.category));
    (asked.sort, asked.offset) = (FlowSort::Office, input.offset);
    asked.limit = if input.limit == 0 { 50 } else { input.limit };
    let (total, found) = rows(cx, &asked)?;
    let row = |told: super::told::Told| ProblemRow {
        id: told.id.to_string(),
        groups: groups
            .iter()
            .filter(|(_, group)| group.parts.contains(&told.id))
            .map(|(_, group)| group.title.clone())
            .collect(),
        item: told.row,
    };
    Ok(ProblemPage { total, rows: found.into_iter().map(row).collect() })
}

/// `common.tasks`: the year's task of each group for every unit, whether it has the problem or not. Sent twice it is one.
///
/// # Errors
/// `required` where there is no group or nobody to send to, `not_found`, `office_unknown`.
pub(crate) fn tasks(cx: &Cx<'_>, input: CommonTasksInput) -> Answer<MadeOnce> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    if !(cx.today.year() - 1..=cx.today.year() + 1).contains(&year) {
        return Err(ErrorDto::new("invalid_input").at("year").with("value", year));
    }
    let leader = optional("leader", &input.leader, 40)?;
    let units = units(cx, &input.to, "to")?;
    let (mut found, _) = common(&problems(cx)?, &read(&groups(cx)?));
    if !input.groups.is_empty() {
        let known: BTreeSet<String> = found.iter().map(|one| one.group.to_string()).collect();
        if let Some(unknown) = input.groups.iter().find(|id| !known.contains(*id)) {
            return Err(ErrorDto::new("not_found").at("groups").with("id", unknown));
        }
        found.retain(|one| input.groups.contains(&one.group.to_string()));
    }
    if found.is_empty() {
        return Err(ErrorDto::new("required").at("groups"));
    }
    let mut once = Once::typed(cx, input.keep_matches)?;
    for unit in units {
        let task = cx.flow_for(LISTED, &unit, false)?;
        for one in &found {
            for (unit, id, mut item) in yearly_tasks(one, &task, [unit], year, &cx.today_text()) {
                item.leader.clone_from(&leader);
                once.put(cx, dispatch(cx, unit, year), id, &item)?;
            }
        }
    }
    once.commit(cx)
}
