//! 冲突: fields that devices set differently; all values are kept until a person settles it.

pub(crate) mod dues;
mod entry;
mod sealed;

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::{FieldView, RecordOp, SeenValue, Value, reopen as reopening};
use ybz_domain::ids::{ChangeHash, RecordId, tagged_hash};
use ybz_domain::ledger::session::SESSION;
use ybz_domain::ledger::visit::{HOUSEHOLD, SEALED};
use ybz_store::Author;

use crate::ErrorDto;
use crate::cases::{care, history, vote};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::Nothing;
use crate::dto::conflict::{ConflictRow, ConflictValue, ReopenInput, SettleInput, Settled};
use crate::error::Answer;
use entry::Entry;

fn text_of(value: &Value) -> String {
    match value {
        Value::Str(text) | Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Bytes(_) | Value::Unknown => "?".to_owned(),
    }
}

/// Fields of a record that wait for somebody. Whom a sealed record is about is chosen with what it says.
fn waiting<'a>(cx: &Cx<'_>, stored: &'a Stored) -> Answer<Vec<(&'a str, &'a FieldView)>> {
    let sealed = sealed::waits(cx, stored)?;
    let together = stored.view.fields.get(SEALED).is_some_and(FieldView::conflicted);
    let waits = |field: &str| match field {
        SEALED => sealed,
        "subject" => !together,
        _ => true,
    };
    Ok(stored.view.conflicts().filter(|(field, _)| waits(field)).collect())
}

/// Whether a record has anything to choose between: the mark of a list.
pub(crate) fn waits(cx: &Cx<'_>, stored: &Stored) -> Answer<bool> {
    Ok(stored.row.conflict && !waiting(cx, stored)?.is_empty())
}

/// A sealed value is not written over others that nobody has seen.
pub(crate) fn must_be_settled(cx: &Cx<'_>, record: &RecordId) -> Answer<()> {
    let Some(stored) = cx.find(&record.to_string())? else { return Ok(()) };
    if stored.row.conflict && sealed::waits(cx, &stored)? {
        return Err(ErrorDto::new("sealed_conflict"));
    }
    Ok(())
}

/// How many fields wait.
pub(crate) fn count(cx: &Cx<'_>) -> Answer<usize> {
    let mut count = 0;
    for stored in cx.conflicted()? {
        count += waiting(cx, &stored)?.len();
    }
    Ok(count + dues::count(cx)?)
}

/// `conflict.list`: open conflicts of the office's own books, sealed values opened. The local log tells that they were.
pub(crate) fn list(cx: &Cx<'_>) -> Answer<Vec<ConflictRow>> {
    let rows = rows(cx, true)?;
    let opened = rows.iter().flat_map(|row| {
        let values = row.values.iter().filter(|value| !value.opened.is_empty());
        // Each assessment is a record of its own; of a field all values are one record's.
        values.map(|value| if dues::is_one(&row.field) { &value.value } else { &row.record })
    });
    let opened: BTreeSet<RecordId> = opened.filter_map(|id| id.parse().ok()).collect();
    cx.note_opened(opened)?;
    Ok(rows)
}

/// The same without opening what is sealed, for lists that only name it.
pub(crate) fn named(cx: &Cx<'_>) -> Answer<Vec<ConflictRow>> {
    rows(cx, false)
}

fn rows(cx: &Cx<'_>, open: bool) -> Answer<Vec<ConflictRow>> {
    let names: BTreeMap<RecordId, String> = cx.members()?.into_iter().map(|(id, member)| (id, member.name)).collect();
    let mut rows = Vec::new();
    for stored in cx.conflicted()? {
        for (field, view) in waiting(cx, &stored)? {
            let sealed = field == SEALED;
            let about = field.split_once('/').and_then(|(_, key)| key.parse().ok()).and_then(|id| names.get(&id));
            let mut row = ConflictRow {
                book: stored.book.id().to_string(),
                record: stored.view.id.to_string(),
                record_type: stored.view.rtype.clone(),
                title: title(&stored),
                field: field.to_owned(),
                subject: about.cloned(),
                sealed,
                entry: Entry::of(field, view).map(|entry| entry.as_str().to_owned()),
                values: Vec::new(),
                seen: seen_of(view),
            };
            if sealed {
                fill_sealed(cx, &stored, view, open, &mut row)?;
            } else {
                for seen in &view.values {
                    let value = text_of(&seen.value);
                    let name = name_of(cx, &names, &value, open)?;
                    row.values.push(ConflictValue { value, name, ..written(cx, &stored, seen)? });
                }
            }
            row.values.sort_by(|a, b| (&a.on, &a.value).cmp(&(&b.on, &b.value)));
            rows.push(row);
        }
    }
    rows.extend(dues::rows(cx, &names, open)?);
    Ok(rows)
}

fn fill_sealed(cx: &Cx<'_>, stored: &Stored, view: &FieldView, open: bool, row: &mut ConflictRow) -> Answer<()> {
    let sides = sealed::sides(cx, stored, view)?;
    let mut told = if open { sealed::told(cx, stored, &sides)? } else { Vec::new() }.into_iter();
    if open && let Some((subject, _)) = sides.iter().find_map(|side| side.opened.as_ref()) {
        row.subject = care::subject(cx, &subject.to_string())?.map(|about| about.name);
    }
    for side in &sides {
        row.values.push(ConflictValue {
            value: side.token.clone(),
            opened: told.next().unwrap_or_default(),
            closed: side.opened.is_none(),
            ..written(cx, stored, side.seen)?
        });
    }
    Ok(())
}

fn title(stored: &Stored) -> String {
    let name = ["title", "name", "place", "text"].iter().map(|field| stored.view.str(field)).find(|t| !t.is_empty());
    format!("{} {}", stored.row.date, name.unwrap_or_default()).trim().to_owned()
}

/// What the id of a record stands for; a household is named only where it may be read.
fn name_of(cx: &Cx<'_>, members: &BTreeMap<RecordId, String>, value: &str, open: bool) -> Answer<Option<String>> {
    let Ok(id) = value.parse::<RecordId>() else { return Ok(None) };
    if let Some(name) = members.get(&id) {
        return Ok(Some(name.clone()));
    }
    let Some(stored) = cx.find(value)?.filter(|stored| cx.sees(&stored.book.kind)) else { return Ok(None) };
    let name = match stored.view.rtype.as_str() {
        HOUSEHOLD if open => care::subject(cx, value)?.map(|about| about.name),
        HOUSEHOLD => None,
        _ => Some(history::title(&stored.view)),
    };
    Ok(name.filter(|name| !name.is_empty()))
}

/// Who wrote a value: holder and role by the certificate, the device, the name that was declared, the day.
fn written(cx: &Cx<'_>, stored: &Stored, seen: &SeenValue) -> Answer<ConflictValue> {
    let mut value = ConflictValue {
        value: String::new(),
        name: None,
        opened: Vec::new(),
        closed: false,
        holder: None,
        device: None,
        here: false,
        role: None,
        profile: None,
        on: String::new(),
    };
    let Some(Author { device, on, declared }) = cx.writer(&stored.book, seen)? else { return Ok(value) };
    let certificate = cx.membership().certificate(&stored.book.writer(), &device);
    value.holder = certificate.and_then(|certificate| certificate.holder.clone());
    value.role = certificate.map(history::role_word);
    value.here = device == cx.device().id();
    value.device = Some(device.to_string());
    value.profile = declared;
    value.on = on.map(|on| on.to_string()).unwrap_or_default();
    Ok(value)
}

/// Names the values of a field. Each stands for itself by who wrote it with which change; what it says is in it for those whose
/// change is not known.
fn seen_of(view: &FieldView) -> String {
    let one = |seen: &SeenValue| {
        let change = seen.change.map(|change| change.0).unwrap_or_default();
        let said = match &seen.value {
            Value::Bytes(bytes) => blake3::hash(bytes).as_bytes().to_vec(),
            value => text_of(value).into_bytes(),
        };
        tagged_hash("ybz conflict value 1", &[&seen.actor.0, &change, &said])
    };
    let mut all: Vec<[u8; 32]> = view.values.iter().map(one).collect();
    all.sort_unstable();
    let parts: Vec<&[u8]> = all.iter().map(<[u8; 32]>::as_slice).collect();
    data_encoding::HEXLOWER.encode(&tagged_hash("ybz conflict seen 1", &parts))
}

/// `conflict.settle`: writes one value over all concurrent ones: one of them, or another as the field's form reads it. Of sealed
/// values the chosen ciphertext is written, and whom it is about with it.
///
/// # Errors
/// `changed_since` when other values stand there than were shown; nothing is chosen then. `private_closed` while a sealed value does
/// not open here, unless the person said to choose without it. `date_far` until confirmed.
pub(crate) fn settle(cx: &Cx<'_>, input: SettleInput) -> Answer<Settled> {
    if dues::is_one(&input.field) {
        return dues::settle(cx, &input);
    }
    let stored = cx.own(&input.record)?;
    let changed = || ErrorDto::new("changed_since").at("field");
    let waiting = waiting(cx, &stored)?;
    let Some((name, field)) = waiting.into_iter().find(|(name, _)| *name == input.field) else {
        // Chosen elsewhere meanwhile, or written anew.
        let there = stored.view.fields.contains_key(&input.field);
        return Err(if there { changed() } else { ErrorDto::new("not_found").at("field") });
    };
    if seen_of(field) != input.seen {
        return Err(changed());
    }
    let id = stored.view.id;
    let set = |field: &str, value: Value| RecordOp::Set { id, field: field.to_owned(), value };
    let mut edits = Edits::default();
    if name == SEALED {
        let (steps, unread) = chosen_sealed(cx, &stored, field, &input)?;
        for (field, value) in steps {
            edits.push(stored.book.clone(), set(field, value));
        }
        if unread > 0 {
            let params = [("record", id.to_string()), ("count", unread.to_string())];
            edits.log("conflict_unread", &params);
        }
        edits.settle();
    } else {
        let unknown = || ErrorDto::new("invalid_input").at("value");
        let chosen = field.values.iter().map(|seen| &seen.value).find(|value| text_of(value) == input.value);
        let value = match chosen {
            Some(Value::Bytes(_) | Value::Unknown) => return Err(ErrorDto::new("not_allowed").at("value")),
            Some(value) => value.clone(),
            None => Entry::of(name, field).ok_or_else(unknown)?.read(cx, name, &input.value, input.confirm_date)?,
        };
        if let (SESSION, "date", Value::Str(date)) = (stored.view.rtype.as_str(), name, &value) {
            vote::move_with(cx, &mut edits, &stored, date)?;
        }
        edits.push(stored.book.clone(), set(name, value));
        // A value that is typed anew is an edit like any other.
        if chosen.is_some() {
            edits.settle();
        }
    }
    let values: Option<Vec<String>> =
        field.values.iter().map(|seen| seen.change.map(|hash| hash.to_string())).collect();
    edits.unwritten(stored.book.clone(), id, name, field.clone());
    cx.commit(edits)?;
    let settled = written_by(&cx.own(&input.record)?, &input.field);
    let undo = settled.zip(values).map(|(settled, values)| ReopenInput {
        record: input.record,
        field: input.field,
        settled: settled.to_string(),
        values,
    });
    Ok(Settled { undo })
}

/// Fields with what is to be written into them.
type Steps = Vec<(&'static str, Value)>;

/// The chosen ciphertext, with the subject under whose key it opens where the record names another, or several; and how many of the
/// others the person has chosen without, since they do not open here.
fn chosen_sealed(cx: &Cx<'_>, stored: &Stored, field: &FieldView, input: &SettleInput) -> Answer<(Steps, usize)> {
    cx.must_open_private()?;
    let sides = sealed::sides(cx, stored, field)?;
    let unread = sides.iter().filter(|side| side.opened.is_none()).count();
    if unread > 0 && !input.unread {
        return Err(ErrorDto::new("private_closed").at("value"));
    }
    // What nobody here can read is never chosen itself.
    let chosen = sides.iter().find(|side| side.token == input.value);
    let (seen, subject) = chosen
        .and_then(|side| Some((side.seen, side.opened.as_ref()?.0)))
        .ok_or_else(|| ErrorDto::new("invalid_input").at("value"))?;
    let mut steps = vec![(SEALED, seen.value.clone())];
    if let Some(named) = stored.view.fields.get("subject") {
        let subject = Value::Str(subject.to_string());
        if named.conflicted() || named.shown() != Some(&subject) {
            steps.push(("subject", subject));
        }
    }
    Ok((steps, unread))
}

/// The change that wrote the only value of a field.
fn written_by(stored: &Stored, field: &str) -> Option<ChangeHash> {
    match stored.view.fields.get(field)?.values.as_slice() {
        [only] => only.change,
        _ => None,
    }
}

/// `conflict.reopen`: takes a choice back. Nothing is erased: the choice stays in the book's history, and an edit after it
/// lays out the values again, with who wrote them and when. A field that was written since then is left alone.
pub(crate) fn reopen(cx: &Cx<'_>, input: ReopenInput) -> Answer<Nothing> {
    let stored = cx.own(&input.record)?;
    if written_by(&stored, &input.field).is_none_or(|change| change.to_string() != input.settled) {
        return Err(ErrorDto::new("changed_since").at("field"));
    }
    let values: Vec<ChangeHash> = input
        .values
        .iter()
        .map(|hash| hash.parse().map_err(|_| ErrorDto::new("invalid_input").at("values").with("value", hash)))
        .collect::<Answer<_>>()?;
    if values.len() < 2 {
        return Err(ErrorDto::new("invalid_input").at("values"));
    }
    let mut edits = Edits::default();
    for op in reopening(stored.view.id, &input.field, &values) {
        edits.push(stored.book.clone(), op);
    }
    cx.commit(edits)?;
    Ok(Nothing {})
}
