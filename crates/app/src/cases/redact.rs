//! 撤除已上报文字: a text that reached the superior is taken out by a new generation of its book.
//!
//! The records are copied without the text, each with where it came from, and a signed order tells whoever has the old
//! generation to destroy it. What was printed, exported or copied into another file is not reached.

use std::collections::BTreeSet;

use ybz_domain::book::{BookKey, Copied, RecordOp, RecordView, Scope, Value, copy_ops, copy_record};
use ybz_domain::ids::{BookId, RecordId};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Body, Entry, Membership, Reader, may_write};
use ybz_store::{BookEdit, DropBook, Marked, RecordQuery, StoreError};

use crate::ErrorDto;
use crate::cases::adoption;
use crate::cases::conflict;
use crate::cases::erase::drafts_with;
use crate::cases::issue::{issue, turn};
use crate::cases::org::must_keep;
use crate::cx::{Cx, Edits};
use crate::dto::redact::{RedactField, RedactInput, RedactPreview, Redacted};
use crate::error::Answer;
use crate::node::store_error;

/// How often it is begun again when others deliver meanwhile.
const TRIES: u32 = 5;
/// Fields that are no free text: a record without them is none.
const STRUCTURE: [&str; 4] = ["ref", "date", "kind", "recorded_on"];

/// `record.redact_preview`: the texts of a record that may be taken out, and who has them.
pub(crate) fn preview(cx: &Cx<'_>, input: RedactInput) -> Answer<RedactPreview> {
    let (key, view) = target(cx, &input)?;
    let conflicts = conflicts(cx, &key)?;
    Ok(RedactPreview {
        record: input.record,
        book: key.id().to_string(),
        fields: texts(&view),
        superior: cx.superior_name(),
        keeper: must_keep(cx).is_ok(),
        conflicts: u32::try_from(conflicts).unwrap_or(u32::MAX),
    })
}

/// `record.redact`
///
/// # Errors
/// `not_found`, `not_allowed` and the like (only keepers order it), `redact_nothing` when none of the fields holds a text,
/// `redact_conflicts_open` while concurrent values of the book are not settled, `redact_waits` while work of a removed
/// device waits in it for a decision, `redact_newer_data` when the book holds values of a newer program.
pub(crate) fn redact(cx: &Cx<'_>, input: RedactInput) -> Answer<Redacted> {
    must_keep(cx)?;
    let _turn = turn(cx.node);
    let cx = cx.anew()?;
    let (key, view) = target(&cx, &input)?;
    let known = texts(&view);
    let without: Vec<(RecordId, String)> = input
        .fields
        .iter()
        .filter(|field| known.iter().any(|text| text.field == **field))
        .map(|field| (view.id, field.clone()))
        .collect();
    if without.is_empty() {
        return Err(ErrorDto::new("redact_nothing").at("fields"));
    }
    let words: Vec<String> =
        known.into_iter().filter(|text| input.fields.contains(&text.field)).map(|text| text.text).collect();
    let generation = renew(&cx, &key, &without, &words)?;
    Ok(Redacted { book: BookKey { generation, ..key }.id().to_string(), on: cx.today_text() })
}

/// Orders a new generation and makes it. The caller has the turn to issue.
pub(crate) fn renew(cx: &Cx<'_>, key: &BookKey, without: &[(RecordId, String)], words: &[String]) -> Answer<u32> {
    must_keep(cx)?;
    // The old book goes with all that is kept of it, and nobody would be asked any more.
    if adoption::undecided(cx)?.iter().any(|one| one.book == *key) {
        return Err(ErrorDto::new("redact_waits").with("what", "quarantine"));
    }
    for _ in 0..TRIES {
        while cx.node.store.read_in(1024).map_err(store_error)?.remaining > 0 {}
        match once(cx, key, without, words) {
            Err(Refused::Moved) => {}
            Err(Refused::Other(error)) => return Err(error),
            Ok(generation) => return Ok(generation),
        }
    }
    Err(ErrorDto::new("changed_since"))
}

enum Refused {
    Moved,
    Other(ErrorDto),
}

impl From<ErrorDto> for Refused {
    fn from(error: ErrorDto) -> Self {
        Self::Other(error)
    }
}

fn once(cx: &Cx<'_>, key: &BookKey, left_out: &[(RecordId, String)], words: &[String]) -> Result<u32, Refused> {
    let book = key.id();
    let store = &cx.node.store;
    let query = RecordQuery { book: Some(book), marked: Marked::Either, ..RecordQuery::default() };
    // Both within one look: what is copied is what the heads stand for.
    let found = store.read(|reader| Ok((reader.book(&book)?, reader.query(&query)?.1))).map_err(store_error)?;
    let (Some(info), records) = found else { return Err(ErrorDto::new("not_found").into()) };
    if info.unread > 0 {
        return Err(Refused::Moved);
    }
    let covers = store.tips(&book).map_err(store_error)?;
    let mut ops: Vec<RecordOp> = Vec::with_capacity(records.len());
    for stored in &records {
        let conflict = stored.view.conflicts().any(|(field, _)| !leaves(left_out, &stored.view.id, field));
        if conflict {
            return Err(ErrorDto::new("redact_conflicts_open").into());
        }
        let from = first_written(cx, &book, &stored.view)?;
        let op = copy_record(&stored.view, left_out, from).ok_or_else(|| ErrorDto::new("redact_newer_data"))?;
        ops.push(op);
    }
    let above = || ErrorDto::internal("generation", &format!("none is above {}", key.generation));
    let generation = next_generation(key, cx.random()).ok_or_else(above)?;
    let next = BookKey { generation, ..key.clone() };
    let mut edits = Edits::default();
    let without = left_out.to_vec();
    let order = Body::Renew { book: key.clone(), generation, heads: info.heads.clone(), covers, without };
    let order = signed(cx, order)?;
    // Nothing is destroyed by an order that nobody would follow.
    if !with_order(cx, &order)?.is_current(&next) {
        return Err(ErrorDto::new("not_allowed").with("need", "keeper").into());
    }
    for entry in order {
        edits.entry(entry);
    }
    edits.drop_book(DropBook { key: key.clone(), heads: info.heads.clone(), seen: info.heads, on: cx.today_text() });
    for (form, key) in drafts_with(cx, words)? {
        edits.discard_draft(form, key);
    }
    let records: BTreeSet<String> = left_out.iter().map(|(id, _)| id.to_string()).collect();
    let records: Vec<String> = records.into_iter().collect();
    edits.log("text_redacted", &[("book", key.kind.to_string()), ("record", records.join(" "))]);
    let changes = copy_ops(ops).into_iter().map(|ops| BookEdit { key: next.clone(), ops }).collect();
    match cx.commit_renewal(edits, changes) {
        Ok(()) => Ok(generation),
        Err(StoreError::Moved(_)) => Err(Refused::Moved),
        Err(error) => Err(Refused::Other(store_error(error))),
    }
}

/// The next entry of this device's log.
fn signed(cx: &Cx<'_>, body: Body) -> Answer<Vec<Signed<Entry>>> {
    let mut edits = Edits::default();
    issue(cx, &mut edits, body)?;
    Ok(edits.into_side(cx.today).entries)
}

/// What membership will be once the order is kept.
fn with_order(cx: &Cx<'_>, order: &[Signed<Entry>]) -> Answer<Membership> {
    let kept = cx.node.store.kept().map_err(store_error)?;
    let mut entries = kept.entries.clone();
    entries.extend(order.iter().cloned());
    Ok(Membership::build(kept.membership.tree, &kept.charters, &kept.foundings, &entries, &kept.links))
}

/// Above every earlier one; the low bits are drawn, so that two orders at the same time name two books. None when there is
/// none above.
fn next_generation(key: &BookKey, random: [u8; 4]) -> Option<u32> {
    const DRAWN: u32 = 20;
    let count = (key.generation >> DRAWN).checked_add(1)?;
    let next = count.checked_mul(1 << DRAWN)? | (u32::from_le_bytes(random) >> (32 - DRAWN));
    (next > key.generation).then_some(next)
}

fn leaves(without: &[(RecordId, String)], id: &RecordId, field: &str) -> bool {
    without.iter().any(|(record, left_out)| record == id && left_out == field)
}

/// The device that wrote a record first, as far as can be told, and the day.
fn first_written(cx: &Cx<'_>, book: &BookId, view: &RecordView) -> Answer<Copied> {
    let first = view.fields.get("recorded_on").or_else(|| view.fields.values().next());
    let Some(seen) = first.and_then(|field| field.values.last()) else { return Ok(Copied::default()) };
    let written = cx.node.store.author(book, &seen.actor, seen.change.as_ref()).map_err(store_error)?;
    let (device, on) = written.map_or((None, None), |author| (Some(author.device), author.on));
    let on = on.map_or_else(|| view.str("recorded_on").to_owned(), |on| on.to_string());
    Ok(Copied { device, on, without: Vec::new() })
}

/// The record meant, in a book of this office that goes up.
fn target(cx: &Cx<'_>, input: &RedactInput) -> Answer<(BookKey, RecordView)> {
    let missing = || ErrorDto::new("not_found").with("id", &input.record);
    // Also one that is marked as deleted: the mark hides its text and takes it back from nobody.
    let stored = cx.find_any(&input.record)?.ok_or_else(missing)?;
    let named = input.book.as_deref().is_none_or(|book| {
        let kind = stored.book.kind.to_string();
        let dated = stored.book.year.map(|year| format!("{kind}/{year}"));
        book == stored.book.id().to_string() || book == kind || dated.as_deref() == Some(book)
    });
    let me = Reader { office: cx.office, device: cx.device().id() };
    let ours = stored.book.kind.scope() == Scope::Up && may_write(cx.membership(), me, &stored.book);
    if named && ours { Ok((stored.book, stored.view)) } else { Err(missing()) }
}

fn texts(view: &RecordView) -> Vec<RedactField> {
    let free = |name: &str| !STRUCTURE.contains(&name) && !name.starts_with("copied/");
    view.fields
        .iter()
        .filter(|(name, _)| free(name))
        .filter_map(|(name, field)| {
            let text = field.values.iter().find_map(|seen| match &seen.value {
                Value::Str(text) | Value::Text(text) if !text.is_empty() => Some(text.clone()),
                _ => None,
            })?;
            Some(RedactField { field: name.clone(), text })
        })
        .collect()
}

fn conflicts(cx: &Cx<'_>, key: &BookKey) -> Answer<usize> {
    // A copy has one writer: two assessments that wait for a choice would not be told apart any more.
    let fields = cx.conflicted()?.iter().filter(|stored| stored.book == *key).count();
    Ok(fields + conflict::dues::count_in(cx, key)?)
}

#[cfg(test)]
mod tests {
    use ybz_domain::book::BookKind;
    use ybz_domain::ids::OfficeId;

    use super::*;

    #[test]
    fn a_later_generation_is_above_every_earlier_one_whatever_is_drawn() {
        let mut key = BookKey::new(OfficeId([1; 16]), BookKind::visits(), 2026);
        for drawn in [[255; 4], [0; 4], [7; 4]] {
            let next = next_generation(&key, drawn).unwrap();
            assert!(next > key.generation);
            key.generation = next;
        }
        let one = next_generation(&key, [1, 2, 3, 4]);
        assert_ne!(one, next_generation(&key, [5, 6, 7, 8]), "two orders at the same time name two books");
        key.generation = u32::MAX;
        assert_eq!(next_generation(&key, [7; 4]), None, "it does not begin again from below");
    }
}
