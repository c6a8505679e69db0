//! `case.accept` (受理): a branch's concern, a case that was passed up, or what came to this office by itself becomes a case among
//! this office's papers.

use ybz_domain::book::{BookKey, BookKind};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::desk::case::PASS;
use ybz_domain::ledger::flow::{Item, course};

use super::caller::seal;
use super::links::concern;
use super::title_of;
use crate::ErrorDto;
use crate::cases::alike::Overlay;
use crate::cases::flow::{CASE, FlowQuery, Found, Given, Heads, end, find, flow_of, flows, stage, start};
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits};
use crate::dto::Saved;
use crate::dto::case::CaseAcceptInput;
use crate::error::{Answer, optional, required};

/// What comes in: from which office, with its words and its category; and the case, where it is one that was passed up.
struct Source {
    office: OfficeId,
    text: String,
    title: String,
    category: String,
    case: Option<Found>,
}

fn source(cx: &Cx<'_>, id: &str) -> Answer<Option<Source>> {
    if id.is_empty() {
        return Ok(None);
    }
    let found = match concern(cx, id)? {
        Some((office, concern)) => {
            Source { office, text: concern.text, title: String::new(), category: concern.category, case: None }
        }
        None => {
            let case = super::must_be_case(find(cx, id).map_err(|error| error.at("source"))?)?;
            let Item { title, text, category, .. } = case.item.clone();
            let passed_up = case.stored.book.kind == BookKind::tasks();
            if !passed_up {
                return Err(ErrorDto::new("not_found").at("source").with("id", id));
            }
            Source { office: case.stored.book.office, text, title, category, case: Some(case) }
        }
    };
    // Only the superior of an office takes in what it brings.
    if cx.membership().parent(&found.office) != Some(cx.office) {
        return Err(ErrorDto::new("not_allowed").at("source"));
    }
    Ok(Some(found))
}

/// The case among this office's papers that stands for a source, or for anything that was merged with it.
pub(crate) fn taken_in(cx: &Cx<'_>, overlay: &Overlay, source: &RecordId) -> Answer<Option<RecordId>> {
    for one in overlay.with(source) {
        let query = FlowQuery {
            offices: vec![cx.office],
            desk: Some(true),
            flows: vec![CASE.to_owned()],
            source: Some(one.to_string()),
            limit: 1,
            ..FlowQuery::default()
        };
        if let Some(case) = flows(&cx.unlimited(), &query)?.1.first() {
            return Ok(Some(overlay.main_of(&case.id())));
        }
    }
    Ok(None)
}

/// `case.accept`
///
/// # Errors
/// `case_taken_in` with the case where the source, or what was merged with it, was taken in before; `not_allowed` where it comes from an office that is not
/// right below; those of days and texts.
pub(crate) fn accept(cx: &Cx<'_>, input: CaseAcceptInput) -> Answer<Saved> {
    let heads = Heads::load(cx)?;
    let from = source(cx, &input.source)?;
    if let Ok(source) = input.source.trim().parse()
        && let Some(case) = taken_in(cx, &Overlay::load(cx)?, &source)?
    {
        return Err(ErrorDto::new("case_taken_in").at("source").with("id", case));
    }
    // Of its own on each device: of two that take the same in offline nothing is lost, and both are proposed as one.
    let id = cx.new_id();
    let given = |typed: &str, there: Option<&String>| match typed.trim() {
        "" => there.cloned().unwrap_or_default(),
        typed => typed.to_owned(),
    };
    let text = given(&input.text, from.as_ref().map(|from| &from.text));
    let title = title_of(&given(&input.title, from.as_ref().map(|from| &from.title)), &text);
    let flow = cx.flow_for(CASE, &cx.office, true)?;
    let item = Item {
        flow: flow.id,
        version: flow.version,
        title: required("title", &title, 200)?,
        text: optional("text", &text, 2_000)?,
        category: optional("category", &given(&input.category, from.as_ref().map(|from| &from.category)), 60)?,
        channel: optional("channel", &input.channel, 40)?,
        on: start(cx, "on", &input.on, input.confirm_date, false)?,
        due: end(cx, "due", &required("due", &input.due, 40)?, input.confirm_date)?,
        leader: optional("leader", &input.leader, 40)?,
        person: optional("person", &input.person, 40)?,
        unit: optional("unit", &input.unit, 60)?,
        source: input.source.trim().to_owned(),
        source_office: from.as_ref().map(|from| from.office.to_string()).unwrap_or_default(),
        recorded_on: cx.today_text(),
        ..Item::default()
    };
    let mut edits = Edits::default();
    let book: BookKey = cx.book(BookKind::desk(), cx.today.year());
    seal(cx, &mut edits, &book, id, &input.caller)?;
    // Whoever passed it up sees that it was taken in.
    if let Some(case) = from.as_ref().and_then(|from| from.case.as_ref()) {
        let flows = cx.known_flows();
        let flow = flow_of(case, &flows)?;
        let now = course(flow, &case.events);
        let data = [("way", "up".to_owned()), ("linked", id.to_string())];
        let data = data.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        let event = Given { event: PASS.to_owned(), on: input.on.clone(), data, ..Given::default() };
        let mut upward = Upward::load(cx, input.keep_matches)?;
        stage(cx, &mut edits, &mut upward, (case, flow, &now), &event)?;
    }
    edits.push(book, item.create(id));
    edits.finish_draft("case_accept", if input.source.is_empty() { "new" } else { &input.source });
    let offices: Vec<OfficeId> = from.iter().map(|from| from.office).chain([cx.office]).collect();
    heads.hold(&mut edits, &offices);
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}
