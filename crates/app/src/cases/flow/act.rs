//! `flow.act`: one event, made by somebody who has seen all that is here.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::Scope;
use ybz_domain::date::{is_late, read_date, read_deadline};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::desk::case::PASS;
use ybz_domain::ledger::flow::{Course, Event, Flow, course};

use super::read::{Found, find, side_of};
use super::unmoved::Heads;
use super::view::call_of;
use super::{field_of, refused};
use crate::ErrorDto;
use crate::cases::case;
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits};
use crate::dto::Saved;
use crate::dto::case::CaseAnswerInput;
use crate::dto::flow::FlowActInput;
use crate::error::{Answer, optional};

/// What an event says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    pub(crate) event: String,
    /// As typed; empty: today.
    pub(crate) on: String,
    pub(crate) person: String,
    pub(crate) role: String,
    /// As typed.
    pub(crate) due: String,
    pub(crate) value: String,
    pub(crate) note: String,
    pub(crate) data: BTreeMap<String, String>,
    pub(crate) confirm_date: bool,
}

/// An event that was added to the steps of a commit.
pub(crate) struct Staged {
    pub(crate) id: RecordId,
    pub(crate) event: Event,
}

/// What the screen had seen is what is here.
///
/// # Errors
/// `changed_since`
pub(crate) fn must_be_seen(seen: &[String], now: &Course<'_>, id: RecordId) -> Answer<()> {
    let had: BTreeSet<&str> = seen.iter().map(String::as_str).collect();
    let all: BTreeSet<String> = now.seen().iter().map(RecordId::to_string).collect();
    let same = had.len() == all.len() && all.iter().all(|one| had.contains(one.as_str()));
    if same { Ok(()) } else { Err(ErrorDto::new("changed_since").with("id", id)) }
}

/// The template of an item.
///
/// # Errors
/// `flow_unknown`: the pack that brought it is not here, and nobody guesses another.
pub(crate) fn flow_of<'f>(found: &Found, flows: &'f ybz_domain::ledger::flow::Flows) -> Answer<&'f Flow> {
    let unknown = || ErrorDto::new("flow_unknown").with("flow", &found.item.flow).with("version", &found.item.version);
    found.flow(flows).ok_or_else(unknown)
}

fn read_event(cx: &Cx<'_>, found: &Found, flow: &Flow, given: &Given) -> Answer<Event> {
    let (side, _) = side_of(cx, &found.stored.book).ok_or_else(|| ErrorDto::new("not_allowed"))?;
    let on = match given.on.trim() {
        "" => cx.today,
        text => cx.check_far(read_date(text, cx.today), "on", given.confirm_date)?,
    };
    let due = match given.due.trim() {
        "" => String::new(),
        text => cx.check_far(read_deadline(text, cx.today), "due", given.confirm_date)?.to_string(),
    };
    let mut event = Event::new(cx.new_id(), &given.event, side, &on.to_string());
    event.about = found.id().to_string();
    event.person = optional("person", &given.person, 40)?;
    event.role = optional("role", &given.role, 40)?;
    event.due = due;
    event.value = optional("value", &given.value, 40)?;
    event.note = optional("note", &given.note, 2_000)?;
    event.recorded_on = cx.today_text();
    // What the template has no key for stays here.
    let known: BTreeSet<&str> = flow.event(&given.event).into_iter().flat_map(|kind| kind.keys()).collect();
    for (key, text) in given.data.iter().filter(|(key, _)| known.contains(key.as_str())) {
        let text = optional(&field_of(key), text, 500)?;
        if !text.is_empty() {
            event.data.insert(key.clone(), text);
        }
    }
    Ok(event)
}

/// Whether what stands under a key is the way of a case that was passed on, which nobody types.
fn is_way(event: &str, key: &str, text: &str) -> bool {
    event == PASS && key == "way" && ["up", "down"].contains(&text)
}

/// Adds an event to the steps of a commit: into the book of this office's side, after all that is here. What goes up or down
/// names no household and nobody who asked.
///
/// # Errors
/// `not_allowed` for whoever only reads; what the template does not permit; those of days and texts.
pub(crate) fn stage(
    cx: &Cx<'_>,
    edits: &mut Edits,
    upward: &mut Upward,
    (found, flow, now): (&Found, &Flow, &Course<'_>),
    given: &Given,
) -> Answer<Staged> {
    let (_, book) = side_of(cx, &found.stored.book).ok_or_else(|| ErrorDto::new("not_allowed"))?;
    let mut event = read_event(cx, found, flow, given)?;
    event.after = now.seen();
    now.permits(&event).map_err(|refusal| refused(flow, &refusal, &now.state))?;
    if book.kind.scope() != Scope::Own {
        upward.check("note", &event.note)?;
        upward.check("role", &event.role)?;
        for (key, text) in &event.data {
            // Of a linked record its id, and the way that it went.
            if is_way(&event.kind, key, text) || text.parse::<RecordId>().is_ok() {
                edits.checked.insert(text.clone());
            } else {
                upward.check(&field_of(key), text)?;
            }
        }
        upward.log(edits, event.id);
    }
    edits.push(book, event.create(flow));
    Ok(Staged { id: event.id, event })
}

/// `flow.act`
///
/// # Errors
/// Also `changed_since` when somebody wrote meanwhile, and `flow_own_call` for a step that has a call of its own.
pub(crate) fn act(cx: &Cx<'_>, input: FlowActInput) -> Answer<Saved> {
    let heads = Heads::load(cx)?;
    let found = find(cx, &input.id)?;
    match call_of(&found.item.flow, &input.event) {
        "flow.act" => {}
        // It goes to whoever brought the case, too.
        "case.answer" => {
            let FlowActInput { id, seen, on, person, note, keep_matches, .. } = input;
            let answer = CaseAnswerInput { id, seen, on, person, note, keep_matches, ..CaseAnswerInput::default() };
            return case::answer(cx, answer).map(|answered| Saved { id: answered.event, late: false });
        }
        call => return Err(ErrorDto::new("flow_own_call").at("event").with("call", call)),
    }
    let flows = cx.known_flows();
    let flow = flow_of(&found, &flows)?;
    let now = course(flow, &found.events);
    must_be_seen(&input.seen, &now, found.id())?;
    let draft = format!("{} {}", input.id, input.event);
    let given = Given {
        event: input.event,
        on: input.on,
        person: input.person,
        role: input.role,
        due: input.due,
        value: input.value,
        note: input.note,
        data: input.data,
        confirm_date: input.confirm_date,
    };
    let mut edits = Edits::default();
    let mut upward = Upward::load(cx, input.keep_matches)?;
    let staged = stage(cx, &mut edits, &mut upward, (&found, flow, &now), &given)?;
    edits.finish_draft("flow", &draft);
    heads.hold(&mut edits, &[found.stored.book.office]);
    cx.commit(edits)?;
    let late = staged.event.on.parse().is_ok_and(|on| is_late(on, cx.today));
    Ok(Saved { id: staged.id.to_string(), late })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_way_of_a_case_that_is_passed_on_is_no_text() {
        assert!(is_way(PASS, "way", "up") && is_way(PASS, "way", "down"));
        for (event, key, text) in
            [(PASS, "way", "周丙三"), (PASS, "unit", "up"), ("report", "way", "up"), (PASS, "way", "")]
        {
            assert!(!is_way(event, key, text), "{event} {key} {text}");
        }
    }
}
