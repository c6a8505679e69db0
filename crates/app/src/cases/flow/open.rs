//! `flow.open`: an item of this office, or the same item once for each office right below that gets it.

use ybz_domain::book::{BookKey, BookKind, Scope};
use ybz_domain::date::{read_date, read_deadline};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::flow::{Flow, Item};

use crate::ErrorDto;
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits};
use crate::dto::flow::{FlowOpenInput, FlowOpened, FlowOpenedItem};
use crate::error::{Answer, optional, required};

/// An office right below, by its id.
///
/// # Errors
/// `office_unknown` at the field.
pub(crate) fn child(cx: &Cx<'_>, id: &str, field: &str) -> Answer<OfficeId> {
    let below = |office: &OfficeId| cx.membership().parent(office) == Some(cx.office);
    id.parse().ok().filter(below).ok_or_else(|| ErrorDto::new("office_unknown").at(field))
}

/// A day as typed; empty: none.
pub(crate) fn end(cx: &Cx<'_>, field: &str, text: &str, confirmed: bool) -> Answer<String> {
    match text.trim() {
        "" => Ok(String::new()),
        text => Ok(cx.check_far(read_deadline(text, cx.today), field, confirmed)?.to_string()),
    }
}

/// A day as typed; empty: today. One that is to come only where it is planned for (`ahead`): what counts in a rate would count
/// before it has happened.
///
/// # Errors
/// `date_in_future` at the field, and those of days.
pub(crate) fn start(cx: &Cx<'_>, field: &str, text: &str, confirmed: bool, ahead: bool) -> Answer<String> {
    match text.trim() {
        "" => Ok(cx.today_text()),
        text => {
            let day = read_date(text, cx.today);
            if let Some(day) = day.as_ref().ok().filter(|day| !ahead && **day > cx.today) {
                return Err(ErrorDto::new("date_in_future").at(field).with("date", day));
            }
            Ok(cx.check_far(day, field, confirmed)?.to_string())
        }
    }
}

/// Looks through what of an item goes up or down.
pub(crate) fn check_item(upward: &mut Upward, item: &Item) -> Answer<()> {
    for (field, text) in [
        ("title", &item.title),
        ("text", &item.text),
        ("category", &item.category),
        ("form", &item.form),
        ("unit", &item.unit),
        ("channel", &item.channel),
    ] {
        upward.check(field, text)?;
    }
    // What it belongs to is a record, or a word that somebody typed.
    if is_id(&item.group) {
        upward.names_a_record(&item.group)
    } else {
        upward.check("group", &item.group)?
    }
    Ok(())
}

fn is_id(text: &str) -> bool {
    text.parse::<RecordId>().is_ok() || text.parse::<OfficeId>().is_ok()
}

fn id_of(field: &str, text: &str) -> Answer<String> {
    let text = text.trim();
    if text.is_empty() || is_id(text) {
        return Ok(text.to_owned());
    }
    Err(ErrorDto::new("invalid_input").at(field).with("value", text))
}

/// `flow.open`
///
/// # Errors
/// `flow_unknown`, `office_unknown` at the addressee, those of days and texts.
pub(crate) fn open(cx: &Cx<'_>, input: FlowOpenInput) -> Answer<FlowOpened> {
    let ahead = cx.known_flows().current(&input.flow).is_none_or(Flow::plans_ahead);
    let item = Item {
        title: required("title", &input.title, 200)?,
        text: optional("text", &input.text, 2_000)?,
        category: optional("category", &input.category, 60)?,
        form: optional("form", &input.form, 200)?,
        channel: optional("channel", &input.channel, 40)?,
        on: start(cx, "on", &input.on, input.confirm_date, ahead)?,
        due: end(cx, "due", &input.due, input.confirm_date)?,
        leader: optional("leader", &input.leader, 40)?,
        person: optional("person", &input.person, 40)?,
        unit: optional("unit", &input.unit, 60)?,
        source: id_of("source", &input.source)?,
        source_office: id_of("sourceOffice", &input.source_office)?,
        group: optional("group", &input.group, 200)?,
        recorded_on: cx.today_text(),
        ..Item::default()
    };
    let year = cx.today.year();
    let books: Vec<BookKey> = match input.to.is_empty() {
        true => vec![cx.book(if input.desk { BookKind::desk() } else { BookKind::tasks() }, year)],
        false => {
            let to = input.to.iter().enumerate().map(|(index, id)| child(cx, id, &format!("to.{index}")));
            to.map(|to| Ok(BookKey::dispatch(to?, cx.office, year))).collect::<Answer<_>>()?
        }
    };
    let mut upward = Upward::load(cx, input.keep_matches)?;
    if books.iter().any(|book| book.kind.scope() != Scope::Own) {
        check_item(&mut upward, &item)?;
    }
    let mut edits = Edits::default();
    let mut items = Vec::with_capacity(books.len());
    for book in books {
        let desk = book.kind.scope() == Scope::Own;
        let flow = cx.flow_for(&input.flow, &book.office, desk)?;
        let id = cx.new_id();
        let item = Item { flow: flow.id, version: flow.version, kept_match: upward.kept(), ..item.clone() };
        items.push(FlowOpenedItem { id: id.to_string(), office: book.office.to_string() });
        if !desk {
            upward.log(&mut edits, id);
        }
        edits.push(book, item.create(id));
    }
    edits.finish_draft("flow_open", &input.flow);
    cx.commit(edits)?;
    Ok(FlowOpened { items })
}
