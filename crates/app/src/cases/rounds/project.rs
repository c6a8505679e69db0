//! 项目: what each said when. Third-party review, half-yearly report and quarterly exchange are steps of the template.

use ybz_domain::ledger::flow::{Event, Side, course};

use super::template as template_of;
use super::told::{Told, narrowed, query, rows};
use crate::cases::flow;
use crate::cx::Cx;
use crate::dto::project::{InStep, ProjectInput, ProjectList, ProjectNote, ProjectRow};
use crate::error::Answer;

const PROJECT: &str = "project";
/// What is kept in step, by the keys of the template.
const IN_STEP: [&str; 3] = ["education", "style", "integrity"];

fn note(event: &Event) -> ProjectNote {
    let month = event.on.get(5..7).and_then(|month| month.parse::<u8>().ok()).unwrap_or(1);
    ProjectNote {
        on: event.on.clone(),
        quarter: (month.max(1) - 1) / 3 + 1,
        person: event.person.clone(),
        role: event.role.clone(),
        note: event.note.clone(),
        comment_by: event.says("comment_by").to_owned(),
        by_superior: event.side == Side::Superior,
    }
}

fn row(cx: &Cx<'_>, told: &Told, year: i16) -> ProjectRow {
    let Some(template) = told.flow() else {
        return ProjectRow {
            item: told.row.clone(),
            lead: String::new(),
            executor: String::new(),
            measure: String::new(),
            deadlines: Vec::new(),
            reports: Vec::new(),
            exchanges: Vec::new(),
            in_step: Vec::new(),
            reviews: Vec::new(),
        };
    };
    let course = course(template, &told.events);
    let events = course.events();
    let of = |kind: &str| events.iter().filter(|event| event.kind == kind).map(|event| note(event)).collect();
    let said = |key: &str| {
        let found = events.iter().rev().find(|event| !event.says(key).is_empty());
        found.map(|event| event.says(key).to_owned()).unwrap_or_default()
    };
    let mark = format!("{year:04}-");
    let mut exchanges: Vec<ProjectNote> = of("exchange");
    exchanges.retain(|one| one.on.starts_with(&mark));
    let step = |key: &str| {
        let found = events.iter().rev().find(|event| !event.says(key).is_empty())?;
        Some(InStep { key: key.to_owned(), on: found.on.clone(), note: found.says(key).to_owned() })
    };
    ProjectRow {
        lead: said("lead"),
        executor: said("executor"),
        measure: said("measure"),
        deadlines: course
            .deadlines(&told.item.on, &told.item.due)
            .iter()
            .map(|due| flow::due(cx, template, due, false))
            .collect(),
        reports: of("report"),
        exchanges,
        in_step: IN_STEP.iter().filter_map(|key| step(key)).collect(),
        reviews: of("review"),
        item: told.row.clone(),
    }
}

/// `project.list`
pub(crate) fn list(cx: &Cx<'_>, input: ProjectInput) -> Answer<ProjectList> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let mut asked = narrowed(query(cx, !input.below, &[PROJECT]), input.part)?;
    asked.since = jiff::civil::Date::new(year, 1, 1).ok();
    asked.to = jiff::civil::Date::new(year, 12, 31).ok();
    let (total, found) = rows(cx, &asked)?;
    let template = &template_of(cx, PROJECT, !input.below)?;
    Ok(ProjectList {
        year,
        citation: template.citation.clone(),
        in_step: template.words.get("in_step").cloned().unwrap_or_default(),
        total,
        rows: found.iter().map(|told| row(cx, told, year)).collect(),
    })
}
