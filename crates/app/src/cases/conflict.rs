//! 冲突: fields that devices set differently; all values are kept until a person settles it.

use std::collections::BTreeMap;

use ybz_domain::book::{FieldView, RecordOp, Value, reopen as reopening};
use ybz_domain::ids::{ChangeHash, RecordId};

use crate::ErrorDto;
use crate::cx::{Cx, Edits, Stored};
use crate::dto::Nothing;
use crate::dto::node::{ConflictRow, ConflictValue, ReopenInput, SettleInput, Settled};
use crate::error::Answer;

fn text_of(value: &Value) -> String {
    match value {
        Value::Str(text) | Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        // Sealed values are opened by their own screens; here only that they differ.
        Value::Bytes(_) | Value::Unknown => "🔒".to_owned(),
    }
}

/// `conflict.list`: open conflicts of the office's own books.
pub(crate) fn list(cx: &Cx<'_>) -> Answer<Vec<ConflictRow>> {
    let names: BTreeMap<RecordId, String> = cx.members()?.into_iter().map(|(id, member)| (id, member.name)).collect();
    let mut rows = Vec::new();
    for stored in cx.conflicted()? {
        for (field, view) in stored.view.conflicts() {
            let subject = field.split_once('/').and_then(|(_, key)| key.parse().ok()).and_then(|id| names.get(&id));
            rows.push(ConflictRow {
                book: stored.book.id().to_string(),
                record: stored.view.id.to_string(),
                record_type: stored.view.rtype.clone(),
                title: title(&stored),
                field: field.to_owned(),
                subject: subject.cloned(),
                values: values(cx, &stored, view)?,
            });
        }
    }
    Ok(rows)
}

fn title(stored: &Stored) -> String {
    let name = ["title", "name", "place", "text"].iter().map(|field| stored.view.str(field)).find(|t| !t.is_empty());
    format!("{} {}", stored.row.date, name.unwrap_or_default()).trim().to_owned()
}

fn values(cx: &Cx<'_>, stored: &Stored, view: &FieldView) -> Answer<Vec<ConflictValue>> {
    let mut values = Vec::new();
    for seen in &view.values {
        let (by, on) = cx.author(&stored.book, seen)?;
        values.push(ConflictValue { value: text_of(&seen.value), by, on });
    }
    values.sort_by(|a, b| (&a.on, &a.value).cmp(&(&b.on, &b.value)));
    Ok(values)
}

/// `conflict.settle`: writes one value over all concurrent ones. It must be one of them, or for texts any other.
pub(crate) fn settle(cx: &Cx<'_>, input: SettleInput) -> Answer<Settled> {
    let stored = cx.own(&input.record)?;
    let field = stored
        .view
        .fields
        .get(&input.field)
        .filter(|field| field.conflicted())
        .ok_or_else(|| ErrorDto::new("not_found").at("field"))?;
    let chosen = field.values.iter().map(|seen| &seen.value).find(|value| text_of(value) == input.value);
    let typed = chosen.is_none();
    let value = match (chosen, field.shown()) {
        // Sealed values look alike here: choosing one unseen would lose the other.
        (Some(Value::Bytes(_) | Value::Unknown), _) => return Err(ErrorDto::new("not_allowed").at("value")),
        (Some(value), _) => value.clone(),
        (None, Some(Value::Str(_))) => Value::Str(input.value.clone()),
        (None, Some(Value::Int(_))) => input
            .value
            .parse()
            .map(Value::Int)
            .map_err(|_| ErrorDto::new("invalid_input").at("value").with("value", &input.value))?,
        _ => return Err(ErrorDto::new("invalid_input").at("value")),
    };
    let values: Option<Vec<String>> =
        field.values.iter().map(|seen| seen.change.map(|hash| hash.to_string())).collect();
    let mut edits = Edits::default();
    edits.push(stored.book.clone(), RecordOp::Set { id: stored.view.id, field: input.field.clone(), value });
    // A value that is typed anew is an edit like any other.
    if !typed {
        edits.settle();
    }
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
