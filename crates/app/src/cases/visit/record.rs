//! 走访记录 as the paper form has it, and how often an office means to hold its round tables.

use ybz_domain::book::BookKind;
use ybz_domain::ledger::cadence::{self, CADENCE, Cadence};
use ybz_domain::ledger::visit::{HOUSEHOLD, VISIT, Visit};
use ybz_store::{RecordQuery, Sort};

use super::rows_of;
use crate::ErrorDto;
use crate::cases::{concern, household};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::concern::ConcernRow;
use crate::dto::visit::{VisitCadence, VisitRecord, VisitRequest, VisitRow};
use crate::dto::{IdInput, ListInput, Nothing, Page};
use crate::error::Answer;

/// `visit.record`: one 走访记录; of a round table with the visits of its evening.
pub(crate) fn record(cx: &Cx<'_>, input: IdInput) -> Answer<VisitRecord> {
    let stored = cx.own_record(&input.id, VISIT)?;
    let mut out = of(cx, &[stored])?.pop().ok_or_else(|| ErrorDto::new("not_found"))?;
    let mut evening = cx.about(VISIT, &input.id)?;
    evening.sort_by_key(|stored| stored.view.id);
    out.visits = of(cx, &evening)?;
    Ok(out)
}

/// `visit.records`: the 走访记录 of a year, newest first, each by itself; `state` keeps a kind.
pub(crate) fn records(cx: &Cx<'_>, input: ListInput) -> Answer<Page<VisitRecord>> {
    let query = RecordQuery {
        rtype: Some(VISIT.to_owned()),
        year: Some(input.year.unwrap_or_else(|| cx.today.year())),
        kind: input.state.filter(|kind| !kind.is_empty()),
        text: input.text,
        offset: input.offset,
        limit: if input.limit == 0 { 50 } else { input.limit.min(500) },
        ..RecordQuery::default()
    };
    let (total, found) = cx.own_page(query)?;
    Ok(Page { total, rows: of(cx, &found)? })
}

/// Some of the 走访记录 of months of a year, the oldest first, with the number of all.
pub(crate) fn of_months(
    cx: &Cx<'_>,
    year: i16,
    (from, to): (String, String),
    offset: u32,
    limit: u32,
) -> Answer<(u32, Vec<VisitRecord>)> {
    let query = RecordQuery {
        rtype: Some(VISIT.to_owned()),
        year: Some(year),
        from: Some(from),
        to: Some(to),
        sort: Sort::DateAsc,
        offset,
        limit,
        ..RecordQuery::default()
    };
    let (total, found) = cx.own_page(query)?;
    Ok((total, of(cx, &found)?))
}

fn of(cx: &Cx<'_>, stored: &[Stored]) -> Answer<Vec<VisitRecord>> {
    // What has no row has no record either: both come of the same reading.
    let readable: Vec<Stored> = stored.iter().filter(|stored| Visit::read(&stored.view).is_some()).cloned().collect();
    let rows = rows_of(cx, &readable)?;
    cx.note_opened(
        readable.iter().zip(&rows).filter(|(_, row)| row.household.is_some()).map(|(stored, _)| stored.view.id),
    )?;
    readable.iter().zip(rows).map(|(stored, row)| one(cx, stored, row)).collect()
}

fn one(cx: &Cx<'_>, stored: &Stored, row: VisitRow) -> Answer<VisitRecord> {
    let visit = Visit::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
    let visited = match row.household {
        Some(name) => format!("{name} {}", door(cx, stored)?).trim().to_owned(),
        None => row.member.unwrap_or_default(),
    };
    Ok(VisitRecord {
        id: row.id,
        date: visit.date,
        start: visit.start,
        kind: row.kind,
        place: visit.place,
        visited,
        visitors: visit.participants,
        unit: visit.unit,
        recorder: visit.recorder,
        difficulty: visit.situation.iter().any(|chip| chip == "difficulty"),
        situation: visit.situation,
        situation_text: visit.situation_text,
        requests: concern::of_visit(cx, &stored.view)?.into_iter().map(request).collect(),
        visits: Vec::new(),
    })
}

fn door(cx: &Cx<'_>, visit: &Stored) -> Answer<String> {
    let Some(link) = cx.find(&super::link_id(&visit.view.id).to_string())? else { return Ok(String::new()) };
    let home = cx.find(link.view.str("household"))?.filter(|home| home.view.rtype == HOUSEHOLD);
    Ok(home.and_then(|home| household::opened(cx, &home)).map(|home| home.identity.door).unwrap_or_default())
}

fn request(concern: ConcernRow) -> VisitRequest {
    // What was done here and what came from above, as one row of days.
    let mut done: Vec<(String, String)> = concern.progress.into_iter().map(|step| (step.on, step.note)).collect();
    done.extend(
        concern.answers.into_iter().map(|answer| (answer.on, format!("{}：{}", answer.office_name, answer.text))),
    );
    done.sort();
    VisitRequest {
        text: concern.text,
        next_step: concern.next_step,
        owner: concern.owner,
        deadline: concern.deadline,
        done: done.into_iter().map(|(on, note)| format!("{on} {note}")).collect(),
        state: concern.state,
    }
}

/// The cadence that holds now.
pub(crate) fn current_cadence(cx: &Cx<'_>) -> Answer<Cadence> {
    let set = cx.records(CADENCE, None)?;
    Ok(cadence::current(set.iter().map(|stored| &stored.view)))
}

/// `visit.cadence`
pub(crate) fn cadence(cx: &Cx<'_>) -> Answer<VisitCadence> {
    Ok(VisitCadence { cadence: current_cadence(cx)?.as_str().to_owned() })
}

/// `visit.set_cadence`: from today on.
pub(crate) fn set_cadence(cx: &Cx<'_>, input: VisitCadence) -> Answer<Nothing> {
    let wanted = Cadence::from_word(&input.cadence)
        .ok_or_else(|| ErrorDto::new("invalid_input").at("cadence").with("value", &input.cadence))?;
    if wanted != current_cadence(cx)? {
        let mut edits = Edits::default();
        let book = cx.book(BookKind::visits(), cx.today.year());
        edits.push(book, cadence::set(cx.new_id(), wanted, &cx.today_text()));
        cx.commit(edits)?;
    }
    Ok(Nothing {})
}
