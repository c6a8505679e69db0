//! A household with everything that is known of it here: visits, concerns, notes, answers, pairings, aid, talks. Private.

use ybz_domain::ids::RecordId;
use ybz_domain::ledger::care::{AID, PAIRING};
use ybz_domain::ledger::talk::{TALK, TALK_NOTE, Talk};
use ybz_domain::ledger::visit::{HOUSEHOLD, KEPT_CONCERN, Visit, VisitKind};

use crate::ErrorDto;
use crate::cases::concern::{self, by_id};
use crate::cases::{care, household, talk};
use crate::cx::Cx;
use crate::dto::IdInput;
use crate::dto::care::{HouseholdEvent, HouseholdView};
use crate::dto::concern::ConcernState;
use crate::dto::visit::HouseholdRow;
use crate::error::Answer;

fn event(date: &str, kind: &str, text: String, state: &str, record: &str) -> HouseholdEvent {
    HouseholdEvent {
        date: date.to_owned(),
        kind: kind.to_owned(),
        text,
        state: state.to_owned(),
        record: record.to_owned(),
    }
}

fn words(parts: &[&str]) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// `household.get`: the local log tells that it was opened.
pub(crate) fn get(cx: &Cx<'_>, input: IdInput) -> Answer<HouseholdView> {
    cx.must_open_private()?;
    let stored = cx.own_record(&input.id, HOUSEHOLD)?;
    let id = stored.view.id;
    if let Some(on) = cx.erased()?.get(&id) {
        return Err(ErrorDto::new("household_erased").with("on", on));
    }
    let home = household::opened(cx, &stored).ok_or_else(|| ErrorDto::new("not_found").with("id", &input.id))?;
    cx.note_opened([id])?;
    let mut events = Vec::new();
    let visits = care::visits_to(cx, &id)?;
    for visit in &visits {
        visit_event(&mut events, &visit.view.id, Visit::read(&visit.view).unwrap_or_default());
    }
    for kept in care::of_subject(cx, KEPT_CONCERN, &id)? {
        concern_events(cx, &mut events, &kept.view.id)?;
    }
    let mut pairings = Vec::new();
    for stored in care::of_subject(cx, PAIRING, &id)? {
        if let Some(row) = care::pairing(cx, &stored)? {
            events.push(event(&row.since, "pairing", words(&[&row.cadre, &row.note]), "since", &row.id));
            if let Some(ended) = &row.ended {
                events.push(event(ended, "pairing", row.cadre.clone(), "ended", &row.id));
            }
            pairings.push(row);
        }
    }
    pairings.sort_by(|a, b| a.ended.is_some().cmp(&b.ended.is_some()).then(b.since.cmp(&a.since)));
    for stored in care::of_subject(cx, AID, &id)? {
        if let Some(row) = care::aid(cx, &stored)? {
            events.push(event(&row.on, "aid", row.reason.clone(), "asked", &row.id));
            if let Some(on) = &row.decided_on {
                let amount =
                    row.granted_fen.map(|fen| format!("{}.{:02} 元", fen / 100, fen % 100)).unwrap_or_default();
                events.push(event(on, "aid", words(&[&amount, &row.decision]), &row.state, &row.id));
            }
        }
    }
    for note in care::of_subject(cx, TALK_NOTE, &id)? {
        let held = cx.find(note.view.str("ref"))?.filter(|talk| talk.view.rtype == TALK);
        if let (Some(held), Some(content)) =
            (held.as_ref().and_then(|one| Talk::read(&one.view)), talk::opened(cx, &note))
        {
            let text = words(&[&content.text, &content.follow_up]);
            events.push(event(&held.date, "talk", text, held.trigger.as_str(), &held_id(&note)));
        }
    }
    events.sort_by(|a, b| b.date.cmp(&a.date).then(b.record.cmp(&a.record)));
    let last = visits.iter().map(|visit| visit.row.date.clone()).max();
    Ok(HouseholdView {
        row: HouseholdRow {
            id: input.id,
            name: home.identity.name,
            door: home.identity.door,
            phone: home.identity.phone,
            note: home.identity.note,
            visits: u32::try_from(visits.len()).unwrap_or(u32::MAX),
            last_visit: last,
        },
        events,
        pairings,
    })
}

fn held_id(note: &crate::cx::Stored) -> String {
    note.view.str("ref").to_owned()
}

fn visit_event(events: &mut Vec<HouseholdEvent>, id: &RecordId, visit: Visit) {
    let kind = if visit.kind == VisitKind::Consolation { "consolation" } else { "visit" };
    let who = visit.participants.join("、");
    events.push(event(
        &visit.date,
        kind,
        words(&[&who, &visit.place, &visit.situation_text]),
        &visit.occasion,
        &id.to_string(),
    ));
}

fn concern_events(cx: &Cx<'_>, events: &mut Vec<HouseholdEvent>, kept: &RecordId) -> Answer<()> {
    let Ok(row) = by_id(cx, &kept.to_string()) else { return Ok(()) };
    let state = match row.state {
        ConcernState::Kept => "kept",
        ConcernState::HandedIn => "handed_in",
        ConcernState::InProgress => "in_progress",
        ConcernState::Answered => "answered",
        ConcernState::Closed => "closed",
    };
    let date = match row.date.is_empty() {
        true => cx.find(&row.visit)?.map(|visit| visit.row.date).unwrap_or_default(),
        false => row.date.clone(),
    };
    events.push(event(&date, "concern", row.text, state, &row.id));
    // Of a concern that was handed in the note stands with what is kept.
    let note = match row.private_note.is_empty() {
        false => row.private_note,
        true => match cx.find(&kept.to_string())? {
            Some(stored) => concern::opened(cx, &stored).map(|kept| kept.private_note).unwrap_or_default(),
            None => String::new(),
        },
    };
    if !note.is_empty() {
        events.push(event(&date, "note", note, "", &row.id));
    }
    for step in row.progress {
        events.push(event(&step.on, "progress", step.note, &step.state, &row.id));
    }
    for answer in row.answers {
        events.push(event(&answer.on, "answer", words(&[&answer.office_name, &answer.text]), &answer.state, &row.id));
    }
    Ok(())
}
