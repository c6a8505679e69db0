//! Resolutions become checklist items, linked both ways by the item's `ref`.

use ybz_domain::book::BookKind;
use ybz_domain::date::{is_late, read_deadline};
use ybz_domain::ledger::checklist::{ITEM, Item};
use ybz_domain::ledger::session::SESSION;

use crate::ErrorDto;
use crate::cases::item_list;
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits};
use crate::dto::checklist::ItemRow;
use crate::dto::twice::ResolveInput;
use crate::dto::{IdInput, Saved};
use crate::error::{Answer, required};

/// Items made at once.
const MOST: usize = 50;

/// `meeting.resolve`: one or more own items out of a session's resolution, as one change.
pub(crate) fn resolve(cx: &Cx<'_>, input: ResolveInput) -> Answer<Vec<Saved>> {
    let session = cx.own_record(&input.session, SESSION)?;
    if input.items.is_empty() || input.items.len() > MOST {
        return Err(ErrorDto::new("invalid_input").at("items").with("value", input.items.len()));
    }
    let mut upward = Upward::load(cx, input.keep_matches)?;
    let mut edits = Edits::default();
    let mut saved = Vec::new();
    for (at, item) in input.items.iter().enumerate() {
        let field = |name: &str| format!("items.{at}.{name}");
        let due = cx.check_far(read_deadline(&item.deadline, cx.today), &field("deadline"), input.confirm_date)?;
        let item = Item {
            about: session.view.id.to_string(),
            title: required(&field("title"), &item.title, 200)?,
            origin: "own".to_owned(),
            person: required(&field("person"), &item.person, 40)?,
            deadline: due.to_string(),
            recorded_on: cx.today_text(),
            ..Item::default()
        };
        upward.check(&field("title"), &item.title)?;
        let id = cx.new_id();
        edits.push(cx.book(BookKind::tasks(), cx.today.year()), item.create(id, ITEM));
        upward.log(&mut edits, id);
        saved.push(Saved { id: id.to_string(), late: is_late(due, cx.today) });
    }
    cx.commit(edits)?;
    Ok(saved)
}

/// `meeting.tasks`: items that carry out a session's resolution, by deadline.
pub(crate) fn tasks(cx: &Cx<'_>, input: IdInput) -> Answer<Vec<ItemRow>> {
    cx.own_record(&input.id, SESSION)?;
    let mut rows = Vec::new();
    for stored in cx.about(ITEM, &input.id)? {
        rows.push(item_list::get(cx, IdInput { id: stored.view.id.to_string() })?);
    }
    rows.sort_by(|a, b| (&a.deadline, &a.id).cmp(&(&b.deadline, &b.id)));
    Ok(rows)
}
