//! 清单: own items, rectification, items from above; the committee's dispatch.

use ybz_domain::book::{BookKey, BookKind};
use ybz_domain::date::{is_late, read_date, read_deadline};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::checklist::{DISPATCHED, ITEM, Item};
use ybz_domain::ledger::visit::{STEP, Step};

use crate::ErrorDto;
use crate::cases::concern::progress;
use crate::cases::meeting::link;
use crate::cases::upward::Upward;
use crate::cases::visit::{state_word, steps_by_record};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::checklist::{DispatchInput, ItemInput, ItemOrigin, ItemProgressInput, ItemRow, ItemState};
use crate::dto::{IdInput, ListInput, Nothing, Page, Saved};
use crate::error::{Answer, optional, required};

fn deadline(cx: &Cx<'_>, text: &str, confirmed: bool) -> Answer<jiff::civil::Date> {
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
    let mut item = Item {
        about: String::new(),
        title: required("title", &input.title, 200)?,
        origin: origin.to_owned(),
        measure: optional("measure", &input.measure, 1_000)?,
        problem: optional("problem", &input.problem, 1_000)?,
        leader: optional("leader", &input.leader, 40)?,
        person: required("person", &input.person, 40)?,
        deadline: due.to_string(),
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
            item.about = before.about.clone();
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
    edits.finish_draft("checklist", input.id.as_deref().unwrap_or("new"));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: is_late(due, cx.today) })
}

/// `checklist.progress`: a step is added. Progress on an item from above stands in the office's own book; the superior's
/// book is never written from below.
pub(crate) fn add_progress(cx: &Cx<'_>, input: ItemProgressInput) -> Answer<Saved> {
    let item = match cx.own_record(&input.id, ITEM) {
        Ok(item) => item,
        Err(_) => cx.own_record(&input.id, DISPATCHED)?,
    };
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
            ItemState::Done => "done",
        }
        .to_owned(),
        person: optional("person", &input.person, 40)?,
        recorded_on: cx.today_text(),
    };
    let mut upward = Upward::load(cx, input.keep_matches)?;
    upward.check("note", &step.note)?;
    let id = cx.new_id();
    let mut edits = Edits::default();
    upward.log(&mut edits, id);
    let year = item.book.year.unwrap_or_else(|| cx.today.year());
    edits.push(cx.book(BookKind::tasks(), year), step.create(id));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

type Steps = Vec<(RecordId, Step)>;

/// An item with what was done about it; none when the record is no item.
fn row(cx: &Cx<'_>, stored: &Stored, steps: Option<&Steps>) -> Option<ItemRow> {
    let item = Item::read(&stored.view)?;
    let state = match state_word(steps) {
        "done" => ItemState::Done,
        "in_progress" => ItemState::InProgress,
        _ => ItemState::Open,
    };
    let person = steps
        .and_then(|steps| steps.iter().rev().find(|(_, step)| !step.person.is_empty()))
        .map_or(item.person, |(_, step)| step.person.clone());
    Some(ItemRow {
        id: stored.view.id.to_string(),
        office: stored.book.office.to_string(),
        office_name: cx.name_of(&stored.book.office),
        origin: match (stored.view.rtype.as_str(), item.origin.as_str()) {
            (DISPATCHED, _) => ItemOrigin::Superior,
            (_, "rectification") => ItemOrigin::Rectification,
            _ => ItemOrigin::Own,
        },
        overdue: state != ItemState::Done && !item.deadline.is_empty() && item.deadline < cx.today_text(),
        session: link(cx, &item.about).unwrap_or_default(),
        title: item.title,
        measure: item.measure,
        problem: item.problem,
        leader: item.leader,
        person,
        deadline: (!item.deadline.is_empty()).then_some(item.deadline),
        state,
        progress: progress(steps),
        late: false,
        custodian: cx.is_custodian(&stored.view),
        conflict: stored.row.conflict,
    })
}

/// `checklist.get`: one item of whatever year.
pub(crate) fn get(cx: &Cx<'_>, input: IdInput) -> Answer<ItemRow> {
    let stored = cx.own(&input.id)?;
    let steps = steps_by_record(&cx.about(STEP, &stored.view.id.to_string())?);
    row(cx, &stored, steps.get(&stored.view.id.to_string()))
        .ok_or_else(|| ErrorDto::new("not_found").with("id", &input.id))
}

/// `checklist.list`, by deadline. Open items of the year before stay in view until they are done.
pub(crate) fn list(cx: &Cx<'_>, input: ListInput) -> Answer<Page<ItemRow>> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let mut steps = Vec::new();
    let mut items = Vec::new();
    for of in [year - 1, year] {
        steps.extend(cx.records(STEP, Some(of))?);
        items.extend(cx.records(ITEM, Some(of))?);
        items.extend(cx.records(DISPATCHED, Some(of))?);
    }
    let steps = steps_by_record(&steps);
    let wanted = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
    let filter = input.state.as_deref().unwrap_or_default();
    let mut rows: Vec<ItemRow> = items
        .iter()
        .filter_map(|stored| {
            let row = row(cx, stored, steps.get(&stored.view.id.to_string()))?;
            let carried = stored.book.year == Some(year) || row.state != ItemState::Done;
            carried.then_some(row)
        })
        .filter(|row| {
            let origin = match row.origin {
                ItemOrigin::Own => "origin:own",
                ItemOrigin::Rectification => "origin:rectification",
                ItemOrigin::Superior => "origin:superior",
            };
            let state = match row.state {
                ItemState::Open => "open",
                ItemState::InProgress => "in_progress",
                ItemState::Done => "done",
            };
            filter.is_empty() || filter == origin || filter == state
        })
        .filter(|row| {
            wanted.is_empty()
                || row.title.to_lowercase().contains(&wanted)
                || row.measure.to_lowercase().contains(&wanted)
                || crate::pinyin::matches(&row.person, &wanted)
        })
        .collect();
    let done = |row: &ItemRow| row.state == ItemState::Done;
    rows.sort_by(|a, b| (done(a), &a.deadline, &a.id).cmp(&(done(b), &b.deadline, &b.id)));
    Ok(cx.page(rows, &input))
}

/// `dispatch.send`: one item into the `down/` book of each addressee, in one commit.
pub(crate) fn dispatch(cx: &Cx<'_>, input: DispatchInput) -> Answer<Nothing> {
    if input.to.is_empty() {
        return Err(ErrorDto::new("required").at("to"));
    }
    let due = deadline(cx, &input.deadline, true)?;
    let children = cx.membership().children(&cx.office);
    let item = Item {
        title: required("title", &input.title, 200)?,
        measure: optional("measure", &input.measure, 2_000)?,
        deadline: due.to_string(),
        recorded_on: cx.today_text(),
        ..Item::default()
    };
    let mut edits = Edits::default();
    for (index, to) in input.to.iter().enumerate() {
        let office: OfficeId = to
            .parse()
            .ok()
            .filter(|office| children.contains(office))
            .ok_or_else(|| ErrorDto::new("office_unknown").at(&format!("to.{index}")))?;
        let book = BookKey::dispatch(office, cx.office, cx.today.year());
        edits.push(book, item.create(cx.new_id(), DISPATCHED));
    }
    edits.finish_draft("dispatch", "new");
    cx.commit(edits)?;
    Ok(Nothing {})
}
