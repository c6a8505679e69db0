//! Who asked: sealed among this office's papers, and told to the one branch that handles the case by 随单告知 alone.

use ybz_domain::book::{BookKey, BookKind, RecordOp};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::desk::case::{CASE_PRIVATE, CASE_TOLD, Caller, PASS, TOLD, Told};
use ybz_domain::ledger::flow::{Event, course};
use ybz_domain::ledger::visit::SEALED;

use super::must_be_case;
use crate::ErrorDto;
use crate::cases::flow::{Found, Given, Heads, find, flow_of, must_be_seen, place_of, stage};
use crate::cases::household::{open_sealed, plain_of, seal_for};
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits, Stored};
use crate::dto::case::{CaseCaller, CasePrivate, CaseTellInput, CaseTold};
use crate::dto::flow::FlowPlace;
use crate::dto::{IdInput, Saved};
use crate::error::{Answer, optional, required};

/// Seals who asked beside the case; nothing where nobody was named.
pub(super) fn seal(cx: &Cx<'_>, edits: &mut Edits, book: &BookKey, case: RecordId, caller: &CaseCaller) -> Answer<()> {
    let sealed = Caller {
        name: optional("caller.name", &caller.name, 50)?,
        phone: optional("caller.phone", &caller.phone, 40)?,
        address: optional("caller.address", &caller.address, 200)?,
        note: optional("caller.note", &caller.note, 500)?,
    };
    if sealed == Caller::default() {
        return Ok(());
    }
    let id = cx.new_id();
    let value = seal_for(cx, edits, book, id, case, &plain_of(&sealed)?)?;
    let about = case.to_string();
    let fields = vec![
        ("ref".to_owned(), about.as_str().into()),
        ("subject".to_owned(), about.as_str().into()),
        (SEALED.to_owned(), value),
        ("recorded_on".to_owned(), cx.today_text().into()),
    ];
    edits.push(book.clone(), RecordOp::Create { id, rtype: CASE_PRIVATE.to_owned(), fields });
    Ok(())
}

fn opened(cx: &Cx<'_>, stored: &Stored) -> Option<Caller> {
    let subject = stored.view.str("subject").parse().ok()?;
    open_sealed(cx, &stored.book, &stored.view, &subject)
}

/// Names and phones of everybody who asked, as far as they are known here: sealed, and as they were told to this office.
/// What does not open here is told by `None`.
pub(crate) fn callers(cx: &Cx<'_>) -> Answer<Vec<Option<(String, String)>>> {
    let mut out = Vec::new();
    for stored in cx.records(CASE_PRIVATE, None)? {
        out.push(opened(cx, &stored).map(|caller| (caller.name, caller.phone)));
    }
    let told = cx.records(CASE_TOLD, None)?;
    out.extend(told.iter().filter_map(|stored| Told::read(&stored.view)).map(|told| Some((told.name, told.contact))));
    Ok(out)
}

/// Who asked, as it was told to the office whose case it is.
fn told_about(cx: &Cx<'_>, case: &Found) -> Answer<Vec<CaseTold>> {
    let office = case.stored.book.office;
    let mut all = cx.about_in(CASE_TOLD, office, &case.id().to_string())?;
    all.retain(|stored| stored.book.kind == BookKind::dispatch());
    let reason = |event: &str| {
        let event = case.events.iter().find(|one| one.id.to_string() == event);
        event.map(|event| event.note.clone()).unwrap_or_default()
    };
    let told = all.iter().filter_map(|stored| Told::read(&stored.view));
    Ok(told
        .map(|told| CaseTold {
            reason: reason(&told.by),
            case: told.case,
            office: office.to_string(),
            office_name: cx.name_of(&office),
            name: told.name,
            contact: told.contact,
            on: told.on,
        })
        .collect())
}

fn sealed_of(cx: &Cx<'_>, case: &Found) -> Answer<Vec<Stored>> {
    match place_of(&case.stored.book) {
        Some(FlowPlace::Desk) => cx.about(CASE_PRIVATE, &case.id().to_string()),
        _ => Ok(Vec::new()),
    }
}

/// Whether who asked is kept here, or was told to this office.
pub(crate) fn has_caller(cx: &Cx<'_>, case: &Found) -> Answer<bool> {
    Ok(cx.sees(&BookKind::desk()) && (!sealed_of(cx, case)?.is_empty() || !told_about(cx, case)?.is_empty()))
}

/// `case.private`: the local log has the case.
pub(crate) fn private(cx: &Cx<'_>, input: IdInput) -> Answer<CasePrivate> {
    cx.must_open_private()?;
    let case = must_be_case(find(cx, &input.id)?)?;
    let sealed = sealed_of(cx, &case)?;
    // Two devices may each have entered somebody: the one entered last is shown.
    let caller = sealed.iter().rev().find_map(|stored| opened(cx, stored)).map(|caller| CaseCaller {
        name: caller.name,
        phone: caller.phone,
        address: caller.address,
        note: caller.note,
    });
    let mut told = told_about(cx, &case)?;
    for event in case.events.iter().filter(|event| event.kind == PASS) {
        if let Ok(linked) = find(cx, event.says("linked")) {
            told.extend(told_about(cx, &linked)?);
        }
    }
    if caller.is_some() || !told.is_empty() {
        cx.note_opened([case.id()])?;
    }
    Ok(CasePrivate { closed: caller.is_none() && !sealed.is_empty(), caller, told })
}

/// Who asked, by the case of this office's papers from which a linked one was made.
fn asked(cx: &Cx<'_>, linked: &Found) -> Answer<Caller> {
    let missing = || ErrorDto::new("case_no_caller").with("id", linked.id());
    if linked.item.source_office != cx.office.to_string() {
        return Err(missing());
    }
    let source = find(cx, &linked.item.source).map_err(|_| missing())?;
    sealed_of(cx, &source)?.iter().rev().find_map(|stored| opened(cx, stored)).ok_or_else(missing)
}

/// `case.tell` (随单告知): an event with its reason, and beside it the name, in the dispatch book of the one branch.
///
/// # Errors
/// `case_no_caller` where nobody is known here who asked; `confirm_needed` until a person has said yes to what is told and to
/// whom; what the template does not permit.
pub(crate) fn tell(cx: &Cx<'_>, input: CaseTellInput) -> Answer<Saved> {
    cx.must_open_private()?;
    let heads = Heads::load(cx)?;
    let case = must_be_case(find(cx, &input.id)?)?;
    let branch = case.stored.book.office;
    let sent = case.stored.book.kind == BookKind::dispatch() && case.stored.book.writer() == cx.office;
    if !sent || branch == cx.office {
        return Err(ErrorDto::new("not_allowed"));
    }
    let caller = asked(cx, &case)?;
    let given = Given {
        event: TOLD.to_owned(),
        on: input.on,
        person: required("person", &input.person, 40)?,
        note: required("note", &input.note, 500)?,
        ..Given::default()
    };
    if !input.confirmed {
        return Err(ErrorDto::new("confirm_needed").at("confirmed").with("office", cx.name_of(&branch)));
    }
    let flows = cx.known_flows();
    let flow = flow_of(&case, &flows)?;
    let mut edits = Edits::default();
    let now = course(flow, &case.events);
    must_be_seen(&input.seen, &now, case.id())?;
    // The reason itself names nobody: the name stands in its own record.
    let mut upward = Upward::load(cx, false)?;
    let staged = stage(cx, &mut edits, &mut upward, (&case, flow, &now), &given)?;
    let contact = [(input.phone, &caller.phone), (input.address, &caller.address)];
    let contact: Vec<&str> =
        contact.iter().filter(|(wanted, text)| *wanted && !text.is_empty()).map(|(_, text)| text.as_str()).collect();
    let told = Told {
        case: case.id().to_string(),
        by: staged.id.to_string(),
        name: caller.name,
        contact: contact.join("，"),
        on: staged.event.on.clone(),
        recorded_on: cx.today_text(),
    };
    let events: Vec<Event> = case.events.iter().cloned().chain([staged.event]).collect();
    let after = course(flow, &events);
    let step = told.create(cx.new_id(), &after).ok_or_else(|| ErrorDto::internal("case", &"nothing says why"))?;
    let year = case.stored.book.year.unwrap_or_else(|| cx.today.year());
    edits.push(BookKey::dispatch(branch, cx.office, year), step);
    edits.log("case_told", &[("record", case.id().to_string()), ("office", branch.to_string())]);
    heads.hold(&mut edits, &[branch]);
    cx.commit(edits)?;
    Ok(Saved { id: staged.id.to_string(), late: false })
}
