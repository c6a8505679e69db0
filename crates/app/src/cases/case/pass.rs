//! `case.pass` (上交, 下交): the case waits, and a linked case of its own goes up or down with what was previewed.

use ybz_domain::book::{BookKey, BookKind, Scope};
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::desk::case::{PASS, Redacted, linked};
use ybz_domain::ledger::flow::{Event, Side, course};

use super::must_be_case;
use crate::ErrorDto;
use crate::cases::flow::{
    CASE, Given, Heads, check_item, child, end, find, flow_of, must_be_seen, refused, stage, start,
};
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits};
use crate::dto::case::{CasePassInput, CasePassed};
use crate::error::{Answer, optional, required};

/// Where the linked case goes: the office whose case it will be, and its book.
fn place(cx: &Cx<'_>, input: &CasePassInput) -> Answer<(OfficeId, BookKey)> {
    let year = cx.today.year();
    match input.way.as_str() {
        "up" => {
            cx.superior().ok_or_else(|| ErrorDto::new("no_superior").at("way"))?;
            Ok((cx.office, cx.book(BookKind::tasks(), year)))
        }
        "down" => {
            let to = child(cx, &input.to, "to")?;
            Ok((to, BookKey::dispatch(to, cx.office, year)))
        }
        way => Err(ErrorDto::new("invalid_input").at("way").with("value", way)),
    }
}

/// `case.pass`
///
/// # Errors
/// `no_superior`, `office_unknown` at the addressee, `case_take_in_first` for a case of another office that is not among this
/// one's papers, `changed_since`, what the template does not permit, those of days and texts.
pub(crate) fn pass(cx: &Cx<'_>, input: CasePassInput) -> Answer<CasePassed> {
    let heads = Heads::load(cx)?;
    let found = must_be_case(find(cx, &input.id)?)?;
    // A case of a branch is taken in first: what goes on cites this office's papers, and names no other branch.
    if found.stored.book.office != cx.office {
        return Err(ErrorDto::new("case_take_in_first").with("id", found.id()));
    }
    let (office, book) = place(cx, &input)?;
    // What was passed up is with the superior already.
    if input.way == "up" && found.stored.book.kind == BookKind::tasks() {
        return Err(ErrorDto::new("case_is_above").with("id", found.id()));
    }
    let flows = cx.known_flows();
    let flow = flow_of(&found, &flows)?;
    let now = course(flow, &found.events);
    must_be_seen(&input.seen, &now, found.id())?;
    let on = start(cx, "on", &input.on, input.confirm_date, false)?;
    let due = end(cx, "due", &input.due, input.confirm_date)?;
    let down = input.way == "down";
    if down && due.is_empty() {
        return Err(ErrorDto::new("required").at("due"));
    }
    let mut upward = Upward::load(cx, input.keep_matches)?;
    let words = Redacted {
        title: required("title", &input.title, 200)?,
        text: optional("text", &input.text, 2_000)?,
        kept_match: false,
    };
    let mut item = linked(&found.id(), &cx.office, &found.item, words, &on, &due);
    check_item(&mut upward, &item)?;
    item.kept_match = upward.kept();
    item.recorded_on = cx.today_text();
    // Opened under what holds there: the other side has to know the template.
    let there = cx.flow_for(CASE, &office, false)?;
    (item.flow, item.version) = (there.id.clone(), there.version.clone());
    let (id, mut edits) = (cx.new_id(), Edits::default());
    let data = [("way", input.way.clone()), ("linked", id.to_string())];
    let given = Given {
        event: PASS.to_owned(),
        on: input.on.clone(),
        data: data.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
        confirm_date: input.confirm_date,
        ..Given::default()
    };
    let staged = stage(cx, &mut edits, &mut upward, (&found, flow, &now), &given)?;
    edits.push(book.clone(), item.create(id));
    if book.kind.scope() != Scope::Own {
        upward.log(&mut edits, id);
    }
    let person = optional("person", &input.person, 40)?;
    if down && !person.is_empty() {
        let mut assign = Event::new(cx.new_id(), "assign", Side::Superior, &on);
        let unit = optional("unit", &input.unit, 60)?;
        upward.check("unit", &unit)?;
        (assign.about, assign.person, assign.due) = (id.to_string(), person, due);
        assign.data.insert("unit".to_owned(), unit);
        assign.recorded_on = cx.today_text();
        course(&there, &[]).permits(&assign).map_err(|refusal| refused(&there, &refusal, &there.start))?;
        edits.push(book, assign.create(&there));
    }
    edits.finish_draft("case_pass", &input.id);
    heads.hold(&mut edits, &[found.stored.book.office]);
    cx.commit(edits)?;
    Ok(CasePassed { id: id.to_string(), office: office.to_string(), event: staged.id.to_string() })
}
