//! What a case is linked to: where it comes from, as what it was passed on, with what it was merged; and who gets its answer.

use std::collections::BTreeMap;

use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::desk::case::{PASS, answer, waiting};
use ybz_domain::ledger::desk::group::answers_to;
use ybz_domain::ledger::flow::{Course, FLOW_ITEM, Flows, Item, course};
use ybz_domain::ledger::visit::{CONCERN, Concern};

use super::{called, title_of};
use crate::cases::flow::{CASE, Found, find, place_of};
use crate::cx::Cx;
use crate::dto::flow::{FlowAnswer, FlowLink, FlowPlace};
use crate::error::Answer;

/// A record of this office or of one below it that somebody handed in.
pub(super) fn concern(cx: &Cx<'_>, id: &str) -> Answer<Option<(OfficeId, Concern)>> {
    let Ok(record) = id.parse::<RecordId>() else { return Ok(None) };
    let stored = match cx.find(id)? {
        Some(own) => Some(own),
        None => cx.below_record(&record)?,
    };
    let stored = stored.filter(|stored| stored.view.rtype == CONCERN);
    Ok(stored.and_then(|stored| Some((stored.book.office, Concern::read(&stored.view)?))))
}

fn empty(cx: &Cx<'_>, kind: &str, id: &str, office: Option<OfficeId>) -> FlowLink {
    FlowLink {
        kind: kind.to_owned(),
        rtype: String::new(),
        id: id.to_owned(),
        office: office.map(|office| office.to_string()).unwrap_or_default(),
        office_name: office.map(|office| cx.name_of(&office)).unwrap_or_default(),
        here: false,
        title: String::new(),
        state_name: String::new(),
        way: String::new(),
        answer: None,
    }
}

fn to_item(cx: &Cx<'_>, flows: &Flows, kind: &str, linked: &Found) -> FlowLink {
    let now = linked.flow(flows).map(|flow| (flow, course(flow, &linked.events)));
    let state = now.as_ref().and_then(|(flow, now)| flow.state(&now.state));
    let given = now.as_ref().and_then(|(_, now)| answer(now));
    FlowLink {
        rtype: FLOW_ITEM.to_owned(),
        here: true,
        title: called(&linked.item),
        state_name: state.map(|state| state.name.clone()).unwrap_or_default(),
        answer: given.map(|event| FlowAnswer {
            id: event.id.to_string(),
            on: event.on.clone(),
            note: event.note.clone(),
            waiting: false,
        }),
        ..empty(cx, kind, &linked.id().to_string(), Some(linked.stored.book.office))
    }
}

fn source(cx: &Cx<'_>, flows: &Flows, item: &Item) -> Answer<Option<FlowLink>> {
    if item.source.is_empty() {
        return Ok(None);
    }
    if let Ok(linked) = find(cx, &item.source) {
        return Ok(Some(FlowLink { answer: None, ..to_item(cx, flows, "source", &linked) }));
    }
    let office = item.source_office.parse().ok();
    let out = empty(cx, "source", &item.source, office);
    Ok(Some(match concern(cx, &item.source)? {
        Some((_, concern)) => {
            FlowLink { rtype: CONCERN.to_owned(), here: true, title: title_of("", &concern.text), ..out }
        }
        None => out,
    }))
}

/// Everything that an item is linked to.
pub(crate) fn links(
    cx: &Cx<'_>,
    flows: &Flows,
    into: &BTreeMap<RecordId, RecordId>,
    found: &Found,
    now: Option<&Course<'_>>,
) -> Answer<Vec<FlowLink>> {
    let mut out: Vec<FlowLink> = source(cx, flows, &found.item)?.into_iter().collect();
    let id = found.id();
    let mut passed: Vec<(Found, String)> = Vec::new();
    for event in now.iter().flat_map(|now| now.events()).filter(|event| event.kind == PASS) {
        let linked = event.says("linked");
        match find(cx, linked) {
            Ok(other) if other.id() != id => passed.push((other, event.says("way").to_owned())),
            Ok(_) => {}
            Err(_) if linked.is_empty() => {}
            Err(_) => out.push(FlowLink { way: event.says("way").to_owned(), ..empty(cx, "passed", linked, None) }),
        }
    }
    let courses: Vec<(RecordId, Course<'_>)> =
        passed.iter().filter_map(|(one, _)| Some((one.id(), course(one.flow(flows)?, &one.events)))).collect();
    let open = now.map(|now| waiting(now, courses.iter().map(|(id, course)| (*id, course)))).unwrap_or_default();
    for (one, way) in &passed {
        let mut link = FlowLink { way: way.clone(), ..to_item(cx, flows, "passed", one) };
        if let Some(answer) = &mut link.answer {
            answer.waiting = open.contains(&one.id());
        }
        out.push(link);
    }
    for (part, main) in into.iter().filter(|(part, main)| part != main && (**part == id || **main == id)) {
        let (kind, other) = if *part == id { ("merged_into", main) } else { ("merged", part) };
        out.push(match find(cx, &other.to_string()) {
            Ok(linked) => FlowLink { answer: None, ..to_item(cx, flows, kind, &linked) },
            Err(_) => empty(cx, kind, &other.to_string(), Some(cx.office)),
        });
    }
    Ok(out)
}

/// Every source that gets the answer to a case among this office's papers: its own, and those of all that it stands for. A
/// source of this office is nobody else's to be told.
pub(crate) fn sources_of(
    cx: &Cx<'_>,
    found: &Found,
    into: &BTreeMap<RecordId, RecordId>,
) -> Answer<Vec<(OfficeId, String)>> {
    if found.item.flow != CASE || place_of(&found.stored.book) != Some(FlowPlace::Desk) {
        return Ok(Vec::new());
    }
    let id = found.id();
    let mut items = BTreeMap::from([(id, found.item.clone())]);
    for (part, _) in into.iter().filter(|(part, main)| **main == id && **part != id) {
        if let Ok(other) = find(cx, &part.to_string()) {
            items.insert(*part, other.item);
        }
    }
    let all = answers_to(&items, into, &id).into_iter();
    let mut out: Vec<(OfficeId, String)> = all.filter_map(|(office, id)| Some((office.parse().ok()?, id))).collect();
    // A source that was merged itself brings along what it was merged with.
    for (_, record) in out.clone() {
        let main = record.parse::<RecordId>().ok().and_then(|record| into.get(&record).copied());
        for part in into.iter().filter(|(_, of)| Some(**of) == main).map(|(part, _)| part.to_string()) {
            if let Some((office, _)) = concern(cx, &part)?
                && !out.contains(&(office, part.clone()))
            {
                out.push((office, part));
            }
        }
    }
    out.retain(|(office, _)| *office != cx.office);
    Ok(out)
}
