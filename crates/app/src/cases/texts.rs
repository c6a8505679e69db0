//! Minutes and resolutions that several devices edited at the same time: automerge has put their words together, and here a
//! person sees what each wrote.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use ybz_domain::book::{BookKey, BookKind, RecordOp, RecordView, Value};
use ybz_domain::diff::diff;
use ybz_domain::ids::{BookId, ChangeHash};
use ybz_domain::ledger::contents::SEEN_TEXT;
use ybz_store::{AuthoredValue, MergedText};

use crate::ErrorDto;
use crate::cx::{Cx, Edits, Stored};
use crate::dto::Nothing;
use crate::dto::twice::{TextMerge, TextPart, TextSeenInput, TextSide};
use crate::error::Answer;
use crate::node::store_error;

/// Texts of books as they were at some heads.
pub(crate) type Found = BTreeMap<BookId, (Vec<ChangeHash>, Arc<Vec<MergedText>>)>;

fn found(cx: &Cx<'_>, book: BookId, heads: Vec<ChangeHash>) -> Answer<Arc<Vec<MergedText>>> {
    let kept = cx.node.texts.lock().unwrap_or_else(PoisonError::into_inner).get(&book).cloned();
    if let Some((_, texts)) = kept.filter(|(at, _)| *at == heads) {
        return Ok(texts);
    }
    let texts = Arc::new(cx.node.store.merged_texts(&book).map_err(store_error)?.texts);
    let mut all = cx.node.texts.lock().unwrap_or_else(PoisonError::into_inner);
    all.insert(book, (heads, texts.clone()));
    Ok(texts)
}

/// Merged texts of this office's own sessions that nobody has marked as seen.
fn open(cx: &Cx<'_>) -> Answer<Vec<(BookKey, Stored, MergedText)>> {
    let mut out = Vec::new();
    for (key, heads) in cx.catalog()? {
        if key.office != cx.office || key.kind != BookKind::meetings() {
            continue;
        }
        for text in found(cx, key.id(), heads)?.iter() {
            let Some(stored) = cx.find(&text.record.to_string())?.filter(|stored| stored.book == key) else { continue };
            if stored.view.str(&seen_field(&text.field)) != versions(text) {
                out.push((key.clone(), stored, text.clone()));
            }
        }
    }
    Ok(out)
}

fn seen_field(field: &str) -> String {
    format!("{SEEN_TEXT}{field}")
}

/// Names the versions of a text, the same on every device.
fn versions(text: &MergedText) -> String {
    let mut hashes: Vec<String> = text.versions.iter().map(|one| one.written.change.to_string()).collect();
    hashes.sort();
    hashes.join(" ")
}

/// `conflict.texts`
pub(crate) fn list(cx: &Cx<'_>) -> Answer<Vec<TextMerge>> {
    let mut rows: Vec<TextMerge> = open(cx)?
        .into_iter()
        .map(|(key, stored, text)| TextMerge {
            record: text.record.to_string(),
            record_type: stored.view.rtype.clone(),
            title: title(&stored.view),
            versions: versions(&text),
            sides: text.versions.iter().map(|one| side(cx, &key, &text.before, one)).collect(),
            field: text.field,
            now: text.now,
        })
        .collect();
    rows.sort_by(|a, b| (&b.title, &a.record, &a.field).cmp(&(&a.title, &b.record, &b.field)));
    Ok(rows)
}

fn title(view: &RecordView) -> String {
    format!("{} {}", view.str("date"), view.str("title")).trim().to_owned()
}

fn side(cx: &Cx<'_>, key: &BookKey, before: &str, one: &AuthoredValue) -> TextSide {
    let holder = one.device.and_then(|device| cx.membership().certificate(&key.writer(), &device));
    let holder = holder.and_then(|certificate| certificate.holder.clone());
    let short = || one.device.map(|device| device.to_string().chars().take(8).collect());
    let text = match &one.written.value {
        Some(Value::Text(text)) => text.as_str(),
        _ => "",
    };
    TextSide {
        by: holder.or_else(short).unwrap_or_default(),
        here: one.device == Some(cx.device().id()),
        profile: one.written.declared.clone().filter(|_| one.device.is_some()),
        on: one.written.on.map(|on| on.to_string()).unwrap_or_default(),
        check: one.check.as_str().to_owned(),
        parts: diff(before, text)
            .into_iter()
            .map(|(part, text)| TextPart { part: part.as_str().to_owned(), text })
            .collect(),
    }
}

/// `conflict.text_seen`: nobody of this office is shown these versions again. The text stays as it is.
///
/// # Errors
/// `changed_since` when another version has come since then.
pub(crate) fn seen(cx: &Cx<'_>, input: TextSeenInput) -> Answer<Nothing> {
    let of = |(_, stored, text): &(BookKey, Stored, MergedText)| {
        stored.view.id.to_string() == input.record && text.field == input.field
    };
    let (key, stored, text) =
        open(cx)?.into_iter().find(of).ok_or_else(|| ErrorDto::new("not_found").with("id", &input.record))?;
    if versions(&text) != input.versions {
        return Err(ErrorDto::new("changed_since").at("versions"));
    }
    let mut edits = Edits::default();
    let (id, field) = (stored.view.id, seen_field(&text.field));
    edits.push(key, RecordOp::Set { id, field, value: input.versions.into() });
    cx.commit(edits)?;
    Ok(Nothing {})
}
