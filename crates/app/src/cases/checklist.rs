//! 清单: own items, rectification, items from above; the committee's dispatch.

use std::collections::BTreeSet;

use ybz_domain::book::{BookKey, BookKind, RecordOp};
use ybz_domain::date::{is_late, read_date, read_deadline};
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::checklist::{DISPATCHED, ITEM, Item, RECTIFICATION, inspects};
use ybz_domain::ledger::submission::{DECISION, ON_ITEM, Word};
use ybz_domain::ledger::verdict::{Act, Outcome, Standing, after_field};
use ybz_domain::ledger::visit::Step;

use crate::ErrorDto;
use crate::cases::item_list::{find, progress_of};
use crate::cases::member::past_day;
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits, Stored};
use crate::dto::Saved;
use crate::dto::checklist::{DispatchInput, ItemAcceptInput, ItemInput, ItemOrigin, ItemProgressInput, ItemState};
use crate::dto::month::DecideInput;
use crate::error::{Answer, optional, required};

pub(crate) fn deadline(cx: &Cx<'_>, text: &str, confirmed: bool) -> Answer<jiff::civil::Date> {
    cx.check_far(read_deadline(text, cx.today), "deadline", confirmed)
}

/// `checklist.save`
pub(crate) fn save(cx: &Cx<'_>, input: ItemInput) -> Answer<Saved> {
    let origin = match input.origin {
        ItemOrigin::Own => "own",
        ItemOrigin::Rectification => "rectification",
        ItemOrigin::Superior => return Err(ErrorDto::new("not_allowed").at("origin")),
    };
    let due = deadline(cx, &input.deadline, input.confirm_date)?;
    let item = Item {
        about: String::new(),
        title: required("title", &input.title, 200)?,
        origin: origin.to_owned(),
        measure: optional("measure", &input.measure, 1_000)?,
        problem: optional("problem", &input.problem, 1_000)?,
        leader: optional("leader", &input.leader, 40)?,
        person: required("person", &input.person, 40)?,
        deadline: due.to_string(),
        template: String::new(),
        recorded_on: cx.today_text(),
    };
    let mut upward = Upward::load(cx, input.keep_matches)?;
    for (field, text) in [("title", &item.title), ("measure", &item.measure), ("problem", &item.problem)] {
        upward.check(field, text)?;
    }
    let mut edits = Edits::default();
    let id = match &input.id {
        Some(id) => {
            let stored = cx.own_record(id, ITEM)?;
            let before = Item::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
            // What was accepted or returned was a rectification; of another item these words would mean nothing.
            if before.origin != item.origin && before.origin == RECTIFICATION && inspected(cx, id)? {
                return Err(ErrorDto::new("item_inspected").at("origin"));
            }
            let item = Item { about: before.about.clone(), template: before.template.clone(), ..item };
            for op in item.update(stored.view.id, &before) {
                edits.push(stored.book.clone(), op);
            }
            stored.view.id
        }
        None => {
            let id = cx.new_id();
            edits.push(cx.book(BookKind::tasks(), cx.today.year()), item.create(id, ITEM));
            id
        }
    };
    upward.log(&mut edits, id);
    edits.finish_draft("item", input.id.as_deref().unwrap_or("new"));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: is_late(due, cx.today) })
}

/// Whether somebody accepted or returned a rectification of the office's own.
fn inspected(cx: &Cx<'_>, id: &str) -> Answer<bool> {
    let found = find(cx, id)?;
    Ok(found
        .about
        .iter()
        .filter_map(|one| Step::read(&one.view))
        .any(|step| inspects(&found.item.view, &step).is_some()))
}

/// Whether somebody is among those whom a text names, however they are written one after the other.
fn names_among(text: &str, person: &str) -> bool {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let person = bare(person);
    text.split(['、', ',', '，', ';', '；', '/'])
        .any(|part| bare(part) == person || part.split_whitespace().any(|word| word == person))
}

/// `checklist.progress`: a step is added. Progress on an item from above stands in the office's own book; the superior's
/// book is never written from below.
pub(crate) fn add_progress(cx: &Cx<'_>, input: ItemProgressInput) -> Answer<Saved> {
    let item = match cx.own_record(&input.id, ITEM) {
        Ok(item) => item,
        Err(_) => cx.own_record(&input.id, DISPATCHED)?,
    };
    let sent_down = item.view.rtype == DISPATCHED;
    let judged = sent_down || item.view.str("kind") == RECTIFICATION;
    let stands = if judged { Some(progress_of(&find(cx, &input.id)?)) } else { None };
    let reports = stands.as_ref().filter(|_| input.state == ItemState::Done).map(|now| &now.outcome);
    let accepted = stands.as_ref().is_some_and(|now| now.outcome.standing == Standing::Accepted);
    // Of its own 办结 the office may speak again; what was accepted stands until it is returned.
    if accepted && !sent_down {
        return Err(ErrorDto::new("item_accepted").at("state"));
    }
    if let Some(outcome) = reports
        && sent_down
        && !outcome.permits(Act::HandIn)
    {
        let code = if outcome.standing == Standing::Accepted { "item_accepted" } else { "item_handed_in" };
        return Err(ErrorDto::new(code).at("state"));
    }
    let on = if input.on.trim().is_empty() {
        cx.today
    } else {
        read_date(&input.on, cx.today)
            .map_err(|_| ErrorDto::new("date_not_understood").at("on").with("text", &input.on))?
    };
    let step = Step {
        about: input.id.clone(),
        on: on.to_string(),
        note: required("note", &input.note, 500)?,
        state: match input.state {
            ItemState::Open => "open",
            ItemState::InProgress => "in_progress",
            ItemState::Done => Act::HandIn.as_str(),
            // The superior's words.
            ItemState::Accepted | ItemState::Returned => return Err(ErrorDto::new("not_allowed").at("state")),
        }
        .to_owned(),
        person: optional("person", &input.person, 40)?,
        recorded_on: cx.today_text(),
    };
    put_step(cx, &item, &step, reports, input.keep_matches)
}

/// Adds a step to an item in the year's own book. One that speaks of what was reported or decided names what it has seen of that.
fn put_step(cx: &Cx<'_>, item: &Stored, step: &Step, seen: Option<&Outcome>, keep_matches: bool) -> Answer<Saved> {
    let mut upward = Upward::load(cx, keep_matches)?;
    upward.check("note", &step.note)?;
    let id = cx.new_id();
    let mut edits = Edits::default();
    upward.log(&mut edits, id);
    let year = item.book.year.unwrap_or_else(|| cx.today.year());
    let mut op = step.create(id);
    if let (RecordOp::Create { fields, .. }, Some(outcome)) = (&mut op, seen) {
        fields.extend(after_field(outcome.tips.keys()));
    }
    edits.push(cx.book(BookKind::tasks(), year), op);
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// `checklist.accept`: 验收 of a rectification of the office's own. Who carried it out does not accept it; the day is not
/// before that on which it was done. Errors: `item_not_done`, `accepts_own`, `accepted_before_done`, and those of days.
pub(crate) fn accept(cx: &Cx<'_>, input: ItemAcceptInput) -> Answer<Saved> {
    let item = cx.own_record(&input.id, ITEM)?;
    if item.view.str("kind") != RECTIFICATION {
        return Err(ErrorDto::new("not_allowed").at("id"));
    }
    let found = find(cx, &input.id)?;
    let now = progress_of(&found);
    let act = if input.accept { Act::Accept } else { Act::Return };
    if !now.may_inspect(act) {
        return Err(ErrorDto::new("item_not_done"));
    }
    let person = required("person", &input.person, 40)?;
    let named = found.about.iter().filter_map(|one| Step::read(&one.view));
    let carried_out = named.filter(|step| inspects(&item.view, step).is_none()).map(|step| step.person);
    let carried_out: Vec<String> =
        carried_out.chain([item.view.str("person").to_owned(), now.person.clone()]).collect();
    if carried_out.iter().any(|text| names_among(text, &person)) {
        return Err(ErrorDto::new("accepts_own").at("person"));
    }
    let on = past_day(cx, "on", &input.on)?.to_string();
    let steps = found.about.iter().filter_map(|one| Step::read(&one.view));
    let done = steps.filter(|step| step.state == Act::HandIn.as_str()).map(|step| step.on).max().unwrap_or_default();
    if on < done {
        return Err(ErrorDto::new("accepted_before_done").at("on").with("date", done));
    }
    let note = match act {
        Act::Return => required("note", &input.note, 500)?,
        _ => optional("note", &input.note, 500)?,
    };
    let step = Step {
        about: input.id.clone(),
        on,
        note,
        state: act.as_str().to_owned(),
        person,
        recorded_on: cx.today_text(),
    };
    put_step(cx, &item, &step, Some(&now.outcome), input.keep_matches)
}

/// `dispatch.send`: one item into the `down/` book of each addressee, in one commit. What is sent at once has one id in common.
pub(crate) fn dispatch(cx: &Cx<'_>, input: DispatchInput) -> Answer<Saved> {
    if input.to.is_empty() {
        return Err(ErrorDto::new("required").at("to"));
    }
    let due = deadline(cx, &input.deadline, input.confirm_date)?;
    let children = cx.membership().children(&cx.office);
    let batch = cx.new_id();
    let item = Item {
        about: batch.to_string(),
        title: required("title", &input.title, 200)?,
        measure: optional("measure", &input.measure, 2_000)?,
        deadline: due.to_string(),
        recorded_on: cx.today_text(),
        ..Item::default()
    };
    let mut upward = Upward::load(cx, input.keep_matches)?;
    upward.check("title", &item.title)?;
    upward.check("measure", &item.measure)?;
    let mut edits = Edits::default();
    let mut sent = BTreeSet::new();
    for (index, to) in input.to.iter().enumerate() {
        let office: OfficeId = to
            .parse()
            .ok()
            .filter(|office| children.contains(office))
            .ok_or_else(|| ErrorDto::new("office_unknown").at(&format!("to.{index}")))?;
        // Somebody who stands in two groups gets it once.
        if sent.insert(office) {
            let book = BookKey::dispatch(office, cx.office, cx.today.year());
            let id = cx.new_id();
            upward.log(&mut edits, id);
            edits.push(book, item.create(id, DISPATCHED));
        }
    }
    edits.finish_draft("dispatch", "new");
    cx.commit(edits)?;
    Ok(Saved { id: batch.to_string(), late: false })
}

/// `dispatch.decide`: 验收通过 or 退回, in the `down/` book of the office that reported.
pub(crate) fn decide(cx: &Cx<'_>, input: DecideInput) -> Answer<Saved> {
    let found = find(cx, &input.id)?;
    let office = found.item.office;
    if found.item.view.rtype != DISPATCHED || office == cx.office {
        return Err(ErrorDto::new("not_found").with("id", &input.id));
    }
    let act = if input.accept { Act::Accept } else { Act::Return };
    let outcome = progress_of(&found).outcome;
    if !outcome.permits(act) {
        return Err(ErrorDto::new("decision_late").with("state", outcome.standing.as_str()));
    }
    let note = match act {
        Act::Return => required("note", &input.note, 500)?,
        _ => optional("note", &input.note, 500)?,
    };
    let word = Word {
        about: input.id.clone(),
        kind: ON_ITEM.to_owned(),
        state: act.as_str().to_owned(),
        note,
        on: cx.today_text(),
        person: cx.who.name.clone().unwrap_or_default(),
        digest: String::new(),
        after: outcome.tips.keys().copied().collect(),
    };
    let id = cx.new_id();
    let year = found.item.key.year.unwrap_or_else(|| cx.today.year());
    let mut edits = Edits::default();
    edits.push(BookKey::dispatch(office, cx.office, year), word.create(id, DECISION));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}
