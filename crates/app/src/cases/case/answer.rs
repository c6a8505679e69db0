//! `case.answer` (反馈办结) and `case.answer_back` (收到答复): the answer goes to every source of a case, along the links by which it
//! came.

use ybz_domain::book::{BookKey, BookKind};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::answer::{Answer as FromAbove, AnswerState};
use ybz_domain::ledger::desk::case::{ANSWER, ANSWER_BACK, answer as given_answer, waiting};
use ybz_domain::ledger::flow::{Flows, course};

use super::links::{concern, sources_of};
use super::must_be_case;
use crate::ErrorDto;
use crate::cases::flow::{Given, Heads, find, flow_of, merges, must_be_seen, stage};
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits};
use crate::dto::Saved;
use crate::dto::case::{CaseAnswerBackInput, CaseAnswerInput, CaseAnswered, CaseAnsweredTo};
use crate::error::{Answer, optional, required};

/// Adds the answer at a source; false where it cannot be given there.
fn tell(
    cx: &Cx<'_>,
    edits: &mut Edits,
    upward: &mut Upward,
    flows: &Flows,
    (office, source): &(OfficeId, String),
    answer: &FromAbove,
) -> Answer<bool> {
    if cx.membership().parent(office) != Some(cx.office) {
        return Ok(false);
    }
    if let Some((at, _)) = concern(cx, source)?
        && at == *office
    {
        let told = FromAbove { concern: source.clone(), ..answer.clone() };
        edits.push(BookKey::dispatch(*office, cx.office, cx.today.year()), told.create(cx.new_id()));
        return Ok(true);
    }
    let Ok(case) = find(cx, source) else { return Ok(false) };
    let Some(flow) = case.flow(flows).filter(|_| case.stored.book.kind == BookKind::tasks()) else { return Ok(false) };
    let now = course(flow, &case.events);
    let given = Given {
        event: ANSWER.to_owned(),
        on: answer.on.clone(),
        note: answer.text.clone(),
        confirm_date: true,
        ..Given::default()
    };
    match stage(cx, edits, upward, (&case, flow, &now), &given) {
        Ok(_) => Ok(true),
        // Answered there meanwhile, or taken back.
        Err(error) if error.code == "flow_not_now" => Ok(false),
        Err(error) => Err(error),
    }
}

/// `case.answer`
///
/// # Errors
/// `changed_since`, what the template does not permit, those of days and texts.
pub(crate) fn answer(cx: &Cx<'_>, input: CaseAnswerInput) -> Answer<CaseAnswered> {
    let heads = Heads::load(cx)?;
    let found = must_be_case(find(cx, &input.id)?)?;
    let flows = cx.known_flows();
    let flow = flow_of(&found, &flows)?;
    let now = course(flow, &found.events);
    must_be_seen(&input.seen, &now, found.id())?;
    let sources = sources_of(cx, &found, &merges(cx)?)?;
    let mut upward = Upward::load(cx, input.keep_matches)?;
    let note = required("note", &input.note, 2_000)?;
    let unit = optional("unit", &input.unit, 60)?;
    if !sources.is_empty() {
        upward.check("note", &note)?;
        upward.check("unit", &unit)?;
    }
    let mut edits = Edits::default();
    let given = Given {
        event: ANSWER.to_owned(),
        on: input.on.clone(),
        person: input.person.clone(),
        note: note.clone(),
        ..Given::default()
    };
    let staged = stage(cx, &mut edits, &mut upward, (&found, flow, &now), &given)?;
    let answer = FromAbove {
        concern: String::new(),
        on: staged.event.on.clone(),
        text: note,
        state: if input.declined { AnswerState::Declined } else { AnswerState::Answered },
        unit,
        recorded_on: cx.today_text(),
    };
    let mut out = CaseAnswered { event: staged.id.to_string(), told: Vec::new(), missed: Vec::new() };
    for source in &sources {
        let to = CaseAnsweredTo {
            office: source.0.to_string(),
            office_name: cx.name_of(&source.0),
            record: source.1.clone(),
        };
        match tell(cx, &mut edits, &mut upward, &flows, source, &answer)? {
            true => out.told.push(to),
            false => out.missed.push(to),
        }
    }
    if !sources.is_empty() {
        upward.log(&mut edits, staged.id);
    }
    edits.finish_draft("case_answer", &input.id);
    let offices: Vec<OfficeId> = sources.iter().map(|(office, _)| *office).chain([found.stored.book.office]).collect();
    heads.hold(&mut edits, &offices);
    cx.commit(edits)?;
    Ok(out)
}

/// `case.answer_back`
///
/// # Errors
/// `case_no_answer` where no answer of that linked case waits; `changed_since`; what the template does not permit.
pub(crate) fn answer_back(cx: &Cx<'_>, input: CaseAnswerBackInput) -> Answer<Saved> {
    let heads = Heads::load(cx)?;
    let found = must_be_case(find(cx, &input.id)?)?;
    let flows = cx.known_flows();
    let flow = flow_of(&found, &flows)?;
    let now = course(flow, &found.events);
    must_be_seen(&input.seen, &now, found.id())?;
    let none = || ErrorDto::new("case_no_answer").at("linked").with("id", &input.linked);
    let linked = find(cx, &input.linked).map_err(|_| none())?;
    let there = course(flow_of(&linked, &flows)?, &linked.events);
    let open: Vec<RecordId> = waiting(&now, [(linked.id(), &there)]);
    let came = given_answer(&there).filter(|_| open.contains(&linked.id())).ok_or_else(none)?;
    let note = if input.note.trim().is_empty() { came.note.clone() } else { input.note.clone() };
    let mut edits = Edits::default();
    let mut upward = Upward::load(cx, input.keep_matches)?;
    let given = Given {
        event: ANSWER_BACK.to_owned(),
        on: input.on,
        person: input.person,
        note,
        data: [("linked".to_owned(), came.id.to_string())].into(),
        ..Given::default()
    };
    let staged = stage(cx, &mut edits, &mut upward, (&found, flow, &now), &given)?;
    heads.hold(&mut edits, &[found.stored.book.office, linked.stored.book.office]);
    cx.commit(edits)?;
    Ok(Saved { id: staged.id.to_string(), late: false })
}
