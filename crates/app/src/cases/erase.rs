//! 删除住户: every key of a household is destroyed here and on every device of the office, for ever.

use std::collections::BTreeSet;

use ybz_domain::book::{BookKind, RecordView, Scope, Value, plain_type};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::care::{AID, CARE, PAIRING};
use ybz_domain::ledger::contents::contents;
use ybz_domain::ledger::talk::TALK_NOTE;
use ybz_domain::ledger::visit::{HOUSEHOLD, HouseholdIdentity, KEPT_CONCERN, VISIT_LINK};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Erasure, ErasureMark};
use ybz_store::ErasedHousehold;

use crate::ErrorDto;
use crate::cases::household::open_sealed;
use crate::cases::upward::{Private, reads_own_books};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::IdInput;
use crate::dto::erase::{ErasePreview, Erased, UpwardText};
use crate::error::Answer;
use crate::node::store_error;

/// Types whose texts reach the superior: all that stand open in its books, by the table that commits are held to.
fn upward_types() -> BTreeSet<&'static str> {
    let up = BookKind::known().into_iter().filter(|kind| kind.scope() == Scope::Up);
    up.flat_map(|kind| contents(&kind)).map(|one| one.name).collect()
}

/// `household.erase_preview`: what will be unreadable, where, and what this program cannot reach.
pub(crate) fn preview(cx: &Cx<'_>, input: IdInput) -> Answer<ErasePreview> {
    let (id, stored) = household(cx, &input.id)?;
    let identity: HouseholdIdentity = open_sealed(cx, &stored.book, &stored.view, &id).unwrap_or_default();
    let visits = cx.records(VISIT_LINK, None)?.iter().filter(|link| link.view.str("household") == input.id).count();
    let kept = cx.records(KEPT_CONCERN, None)?.iter().filter(|kept| kept.view.str("subject") == input.id).count();
    let mut others = 0;
    for rtype in [PAIRING, AID, CARE, TALK_NOTE] {
        others += crate::cases::care::of_subject(cx, rtype, &id)?.len();
    }
    let words = Private::of_one(&identity.name, &identity.phone);
    let mut devices = Vec::new();
    if let Some(view) = cx.membership().offices.get(&cx.office) {
        for (device, held) in &view.devices {
            if held.reads_own() && held.removed.is_none() && *device != cx.device().id() {
                devices.push(held.holder.clone().unwrap_or_else(|| device.to_string().chars().take(8).collect()));
            }
        }
    }
    Ok(ErasePreview {
        id: input.id.clone(),
        upward: upward_texts(cx, &words)?,
        drafts: count(mentions(cx, &words, &input.id)?.len()),
        name: identity.name,
        door: identity.door,
        visits: count(visits),
        kept: count(kept),
        others: count(others),
        devices,
        superior: cx.superior_name(),
    })
}

/// `household.erase`
///
/// # Errors
/// `not_found`, `household_erased` when it is already, `not_allowed` on a device without the private books.
pub(crate) fn erase(cx: &Cx<'_>, input: IdInput) -> Answer<Erased> {
    if !reads_own_books(cx) {
        return Err(ErrorDto::new("not_allowed").with("book", BookKind::households()));
    }
    let (id, _) = household(cx, &input.id)?;
    let mut subjects = vec![id];
    // A talk that was noted by a name alone had a key of its own before it was linked: its first version opens with that.
    let notes = cx.with_deleted(TALK_NOTE)?.into_iter().filter(|note| note_of(note) == input.id);
    subjects.extend(notes.map(|note| note.view.id).filter(|note| cx.household_key(note).is_some()));
    let mut edits = Edits::default();
    for subject in subjects {
        let order = Signed::sign(&cx.device(), &Erasure { office: cx.office, household: subject, on: cx.today });
        forget(cx, &mut edits, ErasedHousehold { household: subject, on: cx.today_text(), order: Some(order) })?;
        let mark = ErasureMark::of(&subject);
        if cx.find(&mark.record().to_string())?.is_none() {
            edits.push(cx.book(BookKind::visits(), cx.today.year()), mark.create(&cx.today_text()));
        }
    }
    cx.commit(edits)?;
    Ok(Erased { on: cx.today_text() })
}

fn household(cx: &Cx<'_>, id: &str) -> Answer<(RecordId, Stored)> {
    // One that is marked as deleted too: the mark hides it and destroys nothing.
    let missing = || ErrorDto::new("not_found").with("id", id).with("type", HOUSEHOLD);
    let stored = cx.find_any(id)?.filter(is_household).ok_or_else(missing)?;
    let id = stored.view.id;
    match cx.erased()?.get(&id) {
        Some(on) => Err(ErrorDto::new("household_erased").with("on", on)),
        None => Ok((id, stored)),
    }
}

/// Whom a talk is about, as the row of the read model tells it of a note that stands.
fn note_of(note: &Stored) -> &str {
    let words = ["kind", "subject", "household", "member"].map(|field| note.view.str(field));
    words.into_iter().find(|word| !word.is_empty()).unwrap_or_default()
}

fn is_household(stored: &Stored) -> bool {
    plain_type(&stored.view.rtype) == HOUSEHOLD
}

/// Adds to a commit everything that this device must destroy with a household: its keys, drafts and settings that name it.
pub(crate) fn forget(cx: &Cx<'_>, edits: &mut Edits, erased: ErasedHousehold) -> Answer<()> {
    let id = erased.household.to_string();
    let mut words = Private::of_one("", "");
    let mut name = String::new();
    if let Some(stored) = cx.find_any(&id)?.filter(is_household) {
        for identity in identities(cx, &stored, &erased.household) {
            words.add(&identity.name, &identity.phone);
            name = identity.name;
        }
    }
    for (form, key) in mentions(cx, &words, &id)? {
        edits.discard_draft(form, key);
    }
    let (mut participants, kind) = cx.last_participants();
    let before = participants.len();
    participants.retain(|one| *one != name && words.matches(one).is_empty());
    if participants.len() < before {
        cx.remember_participants(edits, &participants, &kind);
    }
    edits.log("household_erased", &[("record", id)]);
    edits.erase(erased);
    Ok(())
}

/// A household as each of its concurrent values names it.
fn identities(cx: &Cx<'_>, stored: &Stored, id: &RecordId) -> Vec<HouseholdIdentity> {
    let Some(field) = stored.view.fields.get(ybz_domain::ledger::visit::SEALED) else { return Vec::new() };
    field
        .values
        .iter()
        .filter_map(|seen| {
            let mut view = stored.view.clone();
            let field = ybz_domain::book::FieldView { values: vec![seen.clone()] };
            view.fields.insert(ybz_domain::ledger::visit::SEALED.to_owned(), field);
            open_sealed(cx, &stored.book, &view, id)
        })
        .collect()
}

/// Drafts, as (form, key), that name a household or its id.
fn mentions(cx: &Cx<'_>, words: &Private, id: &str) -> Answer<Vec<(String, String)>> {
    // Of every profile: what is forgotten is forgotten by all.
    let prefix = cx.office.to_string();
    let all = cx.node.store.drafts().map_err(store_error)?;
    let names = |draft: &ybz_store::Draft| {
        let Ok(value) = serde_json::from_str::<serde_json::Value>(&draft.json) else { return false };
        any_text(&value, &|text| text.contains(id) || !words.matches(text).is_empty()) || draft.key == id
    };
    let found = all.into_iter().filter(|draft| draft.form.starts_with(&prefix) && names(draft));
    Ok(found.map(|draft| (draft.form, draft.key)).collect())
}

/// Drafts, as (form, key), that hold one of these texts.
pub(crate) fn drafts_with(cx: &Cx<'_>, words: &[String]) -> Answer<Vec<(String, String)>> {
    // Of every profile: what is forgotten is forgotten by all.
    let prefix = cx.office.to_string();
    let holds = |draft: &ybz_store::Draft| {
        let Ok(value) = serde_json::from_str::<serde_json::Value>(&draft.json) else { return false };
        any_text(&value, &|text| words.iter().any(|word| text.contains(word.as_str())))
    };
    let all = cx.node.store.drafts().map_err(store_error)?;
    let found = all.into_iter().filter(|draft| draft.form.starts_with(&prefix) && holds(draft));
    Ok(found.map(|draft| (draft.form, draft.key)).collect())
}

fn any_text(value: &serde_json::Value, wanted: &dyn Fn(&str) -> bool) -> bool {
    match value {
        serde_json::Value::String(text) => wanted(text),
        serde_json::Value::Array(all) => all.iter().any(|one| any_text(one, wanted)),
        serde_json::Value::Object(all) => all.iter().any(|(name, one)| wanted(name) || any_text(one, wanted)),
        _ => false,
    }
}

/// Texts of this office that the superior has and that name the household.
fn upward_texts(cx: &Cx<'_>, words: &Private) -> Answer<Vec<UpwardText>> {
    let mut out = Vec::new();
    for rtype in upward_types() {
        // Deleting hides a text here; the superior has its bytes until they are taken back.
        for stored in cx.with_deleted(rtype)?.iter().filter(|stored| stored.book.kind.scope() == Scope::Up) {
            for (field, text) in texts(&stored.view).filter(|(_, text)| !words.matches(text).is_empty()) {
                out.push(UpwardText {
                    record: stored.view.id.to_string(),
                    book: stored.book.id().to_string(),
                    record_type: rtype.to_owned(),
                    field: field.to_owned(),
                    date: stored.row.date.clone(),
                    text: text.to_owned(),
                });
            }
        }
    }
    Ok(out)
}

fn texts(view: &RecordView) -> impl Iterator<Item = (&str, &str)> {
    view.fields.iter().filter_map(|(name, field)| match field.shown() {
        Some(Value::Str(text) | Value::Text(text)) => Some((name.as_str(), text.as_str())),
        _ => None,
    })
}

/// Takes up the marks that stand in this office's own books: what they name is erased here too. Returns how many
/// households that were.
pub(crate) fn learn(cx: &Cx<'_>) -> Answer<usize> {
    let marks: std::collections::BTreeMap<ErasureMark, String> = cx
        .records(ybz_domain::trust::ERASURE, None)?
        .iter()
        .filter_map(|stored| ErasureMark::read(&stored.view))
        .collect();
    if marks.is_empty() {
        return Ok(0);
    }
    let (mut edits, erased) = (Edits::default(), cx.erased()?);
    let mut found = 0;
    let keys = cx.node.store.household_keys().map_err(store_error)?;
    let held: BTreeSet<RecordId> = keys.iter().map(|row| row.household).collect();
    for household in held.into_iter().filter(|household| !erased.contains_key(household)) {
        if let Some(on) = marks.get(&ErasureMark::of(&household)) {
            forget(cx, &mut edits, ErasedHousehold { household, on: on.clone(), order: None })?;
            found += 1;
        }
    }
    if found > 0 {
        cx.commit_beside(edits)?;
    }
    Ok(found)
}

/// Whether a household's mark stands in this office's books.
pub(crate) fn is_marked(cx: &Cx<'_>, household: &RecordId) -> Answer<bool> {
    let mark = ErasureMark::of(household);
    let found = cx.find(&mark.record().to_string())?;
    Ok(found.and_then(|stored| ErasureMark::read(&stored.view)).is_some_and(|(read, _)| read == mark))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
