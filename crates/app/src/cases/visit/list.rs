//! Visits on lists and one by one: filtered and paged in the read model; what is sealed is opened for a page alone.

use std::collections::BTreeMap;

use ybz_domain::book::BookKind;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::member::{MEMBER, Member};
use ybz_domain::ledger::visit::{HOUSEHOLD, HouseholdIdentity, VISIT, VISIT_LINK, Visit};
use ybz_store::RecordQuery;

use super::link_id;
use crate::ErrorDto;
use crate::cases::unsealed::links;
use crate::cases::{concern, household};
use crate::cx::{Cx, Stored};
use crate::dto::visit::{VisitRow, VisitView};
use crate::dto::{IdInput, ListInput, Page};
use crate::error::Answer;

/// Whom a visit was to.
#[derive(Default)]
struct Visited {
    household: Option<(RecordId, HouseholdIdentity)>,
    erased: Option<String>,
    member: Option<(RecordId, String)>,
}

fn visited(cx: &Cx<'_>, visit: &RecordId, erased: &BTreeMap<RecordId, String>) -> Answer<Visited> {
    let mut out = Visited::default();
    // A link found by its id is found whoever asks: a profile that does not see residents learns of none.
    if !cx.sees(&BookKind::private()) {
        return Ok(out);
    }
    let link = cx.find(&link_id(visit).to_string())?.filter(|link| link.view.rtype == VISIT_LINK);
    let Some(link) = link else { return Ok(out) };
    if let Ok(id) = link.view.str("household").parse::<RecordId>() {
        out.erased = erased.get(&id).cloned();
        if let Some(home) = cx.find(&id.to_string())?.filter(|home| home.view.rtype == HOUSEHOLD) {
            out.household = household::open_sealed(cx, &home.book, &home.view, &id).map(|identity| (id, identity));
        }
    }
    if let Ok(id) = link.view.str("member").parse::<RecordId>() {
        let member = cx.find(&id.to_string())?.filter(|member| member.view.rtype == MEMBER);
        out.member = member.and_then(|member| Some((id, Member::read(&member.view)?.name)));
    }
    Ok(out)
}

fn row(cx: &Cx<'_>, stored: &Stored, visit: Visit, visited: &Visited) -> Answer<VisitRow> {
    let id = stored.view.id;
    let (concerns, state) = concern::states_of_visit(cx, &id)?;
    let evening =
        RecordQuery { rtype: Some(VISIT.to_owned()), about: Some(id.to_string()), limit: 0, ..RecordQuery::default() };
    Ok(VisitRow {
        id: id.to_string(),
        office: stored.book.office.to_string(),
        date: visit.date,
        kind: visit.kind.into(),
        household: visited.household.as_ref().map(|(_, identity)| identity.name.clone()),
        household_erased: visited.erased.clone(),
        place: visit.place,
        participants: visit.participants,
        situation: visit.situation,
        situation_text: visit.situation_text,
        table: (!visit.table.is_empty()).then_some(visit.table),
        visits: cx.own_page(evening)?.0,
        occasion: visit.occasion,
        whom: visit.whom,
        member: visited.member.as_ref().map(|(_, name)| name.clone()),
        unit: visit.unit,
        concerns,
        concern: state,
        late: stored.row.late,
        custodian: cx.is_custodian(&stored.view),
        conflict: stored.row.conflict,
    })
}

/// Rows of visits, in their order.
pub(crate) fn rows_of(cx: &Cx<'_>, visits: &[Stored]) -> Answer<Vec<VisitRow>> {
    let erased = cx.erased()?;
    let mut rows = Vec::with_capacity(visits.len());
    for stored in visits {
        if let Some(visit) = Visit::read(&stored.view) {
            rows.push(row(cx, stored, visit, &visited(cx, &stored.view.id, &erased)?)?);
        }
    }
    Ok(rows)
}

/// Visits of a year to households and members whose names are looked for.
fn by_name(cx: &Cx<'_>, year: i16, wanted: &str) -> Answer<Vec<RecordId>> {
    let homes = household::homes(cx)?;
    let members = cx.members()?.into_iter().filter(|(_, member)| crate::pinyin::matches(&member.name, wanted));
    let named = homes.named(wanted).map(|home| home.id).chain(members.map(|(id, _)| id));
    let links = links::linked(cx, named.map(|id| id.to_string()).collect(), Some(year))?;
    Ok(links.into_iter().map(|(_, visit)| visit).collect())
}

/// `visit.list`, newest first; `text` also finds names of households and visited members.
pub(crate) fn list(cx: &Cx<'_>, input: ListInput) -> Answer<Page<VisitRow>> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let text = input.text.as_deref().map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
    let query = RecordQuery {
        rtype: Some(VISIT.to_owned()),
        year: Some(year),
        kind: input.state.filter(|kind| !kind.is_empty()),
        or_ids: match &text {
            Some(text) => by_name(cx, year, text)?,
            None => Vec::new(),
        },
        text,
        offset: input.offset,
        limit: if input.limit == 0 { 50 } else { input.limit },
        ..RecordQuery::default()
    };
    let (total, found) = cx.own_page(query)?;
    Ok(Page { total, rows: rows_of(cx, &found)? })
}

/// `visit.get`
pub(crate) fn get(cx: &Cx<'_>, input: IdInput) -> Answer<VisitView> {
    let stored = cx.own_record(&input.id, VISIT)?;
    let visit = Visit::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
    let visited = visited(cx, &stored.view.id, &cx.erased()?)?;
    let concerns = concern::of_visit(cx, &stored.view)?;
    if concerns.iter().any(|concern| !concern.private_note.is_empty()) {
        cx.note_opened([stored.view.id])?;
    }
    let evening = match cx.find(&visit.table)?.filter(|table| table.view.rtype == VISIT) {
        Some(table) => rows_of(cx, &[table])?.into_iter().next(),
        None => None,
    };
    let mut of_evening = cx.about(VISIT, &input.id)?;
    of_evening.sort_by_key(|stored| stored.view.id);
    Ok(VisitView {
        theme: visit.theme.clone(),
        minutes: visit.minutes,
        start: visit.start.clone(),
        recorder: visit.recorder.clone(),
        household_id: visited.household.as_ref().map(|(id, _)| id.to_string()),
        member_id: visited.member.as_ref().map(|(id, _)| id.to_string()),
        concern: concerns.first().cloned(),
        concerns,
        evening,
        visits: rows_of(cx, &of_evening)?,
        row: row(cx, &stored, visit, &visited)?,
    })
}
