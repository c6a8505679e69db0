//! 撤销: takes back what a person did on this computer with one press of a button, by a new action that puts fields back. What
//! somebody wrote into the same field since is shown, and the person chooses.

mod plan;

use std::collections::BTreeSet;

use ybz_domain::book::{BookKey, Scope, UndoStanding as Standing, plain_type};
use ybz_domain::ids::{BookId, RecordId, tagged_hash};
use ybz_store::Action;

use crate::ErrorDto;
use crate::cases::deleted;
use crate::cases::history::title;
use crate::cx::{Cx, Edits};
use crate::dto::undo::{
    ActionRow, Actions, UndoApplyInput, UndoInput, UndoListInput, UndoPreview, UndoRecord, UndoRefusal, Undone,
};
use crate::error::Answer;
use crate::node::store_error;

pub(crate) use plan::{Plan, plan};

/// Actions that are looked at for what was undone.
const LOOKED: u32 = 200;

/// What this profile did here, the newest first, as far as it sees the books.
pub(crate) fn actions(cx: &Cx<'_>) -> Answer<Vec<Action>> {
    let profile = cx.who.profile.clone().unwrap_or_default();
    cx.node.store.actions(&cx.office, &profile, LOOKED).map_err(store_error)
}

/// Those of them that were undone, and that stands.
fn undone(all: &[Action]) -> BTreeSet<i64> {
    let mut out = BTreeSet::new();
    // The newest first: whether an undoing was itself undone is known before what it undid.
    for one in all {
        if let Some(of) = one.undoes.filter(|_| !out.contains(&one.id)) {
            out.insert(of);
        }
    }
    out
}

fn row(cx: &Cx<'_>, action: &Action, undone: &BTreeSet<i64>) -> Answer<Option<ActionRow>> {
    let mut main: Option<ybz_store::StoredRecord> = None;
    for change in &action.changes {
        let book = change.book;
        let record = change.record;
        let stored = cx.node.store.read(|reader| reader.record(Some(&book), &record)).map_err(store_error)?;
        let Some(stored) = stored else { continue };
        if !cx.sees(&stored.key.kind) {
            return Ok(None);
        }
        // What is known above names the action rather than what is kept beside it.
        let own = |one: &ybz_store::StoredRecord| one.key.kind.scope() == Scope::Own;
        if main.as_ref().is_none_or(|known| own(known) && !own(&stored)) {
            main = Some(stored);
        }
    }
    let records = action.changes.iter().fold(0u32, |sum, change| sum.saturating_add(change.records));
    Ok(Some(ActionRow {
        id: action.id,
        on: action.on.to_string(),
        call: action.call.clone(),
        record_type: main.as_ref().map(|one| plain_type(&one.view.rtype).to_owned()).unwrap_or_default(),
        record: main.as_ref().map(|one| one.view.id.to_string()).unwrap_or_default(),
        title: main.as_ref().map(|one| title(&one.view)).unwrap_or_default(),
        records,
        undoes: action.undoes,
        undone: undone.contains(&action.id),
    }))
}

/// `undo.list`
pub(crate) fn list(cx: &Cx<'_>, input: UndoListInput) -> Answer<Actions> {
    let all = actions(cx)?;
    let undone = undone(&all);
    let limit = if input.limit == 0 { 20 } else { usize::try_from(input.limit).unwrap_or(usize::MAX) };
    let mut rows = Vec::new();
    for action in &all {
        if rows.len() >= limit {
            break;
        }
        rows.extend(row(cx, action, &undone)?);
    }
    // What cannot be reached any more does not stand before what can.
    let books = reachable(cx)?;
    let within = |action: &&Action| action.changes.iter().all(|change| books.contains(&change.book));
    let open = |action: &&Action| !undone.contains(&action.id) && within(action);
    let next_undo = all.iter().filter(open).find(|one| one.undoes.is_none()).map(|one| one.id);
    let newest = all.iter().filter(|one| one.undoes.is_none()).map(|one| one.id).max().unwrap_or_default();
    let first = |of: Option<i64>| all.iter().any(|one| Some(one.id) == of && one.undoes.is_none());
    let next_redo = all.iter().filter(open).find(|one| one.id > newest && first(one.undoes)).map(|one| one.id);
    Ok(Actions { rows, next_undo, next_redo })
}

/// Books that stand, in the generation that holds now, and that this profile sees.
fn reachable(cx: &Cx<'_>) -> Answer<BTreeSet<BookId>> {
    let stands = |key: &BookKey| cx.sees(&key.kind) && cx.membership().current(key.clone()) == *key;
    Ok(cx.catalog()?.into_iter().filter(|(key, _)| stands(key)).map(|(key, _)| key.id()).collect())
}

/// An action of this profile.
fn action(cx: &Cx<'_>, id: i64) -> Answer<(Action, BTreeSet<i64>)> {
    let all = actions(cx)?;
    let undone = undone(&all);
    let found = all.into_iter().find(|one| one.id == id);
    Ok((found.ok_or_else(|| ErrorDto::new("undo_gone"))?, undone))
}

/// `undo.preview`
pub(crate) fn preview(cx: &Cx<'_>, input: UndoInput) -> Answer<UndoPreview> {
    let (action, undone) = action(cx, input.id)?;
    let row = row(cx, &action, &undone)?.ok_or_else(|| ErrorDto::new("undo_gone"))?;
    if undone.contains(&action.id) {
        let done = "undo_done".to_owned();
        let refused = vec![UndoRefusal { code: done, record_type: String::new(), title: String::new() }];
        return Ok(UndoPreview { action: row, records: Vec::new(), refused, seen: String::new() });
    }
    let Plan { records, refused, opened, .. } = plan(cx, &action)?;
    cx.note_opened(opened)?;
    let seen = seen(&records, &refused)?;
    Ok(UndoPreview { action: row, records, refused, seen })
}

/// Names what was looked at.
pub(crate) fn seen(records: &[UndoRecord], refused: &[UndoRefusal]) -> Answer<String> {
    let told = serde_json::to_vec(&(records, refused)).map_err(|error| ErrorDto::internal("undo", &error))?;
    Ok(data_encoding::HEXLOWER.encode(&tagged_hash("ybz undo 1", &[&told])))
}

/// `undo.apply`: a new action that puts back what this one did. It is undone like any other, which is 重做.
///
/// # Errors
/// What the preview tells as refused; `undo_choose` at the field when somebody wrote into it since and the person has not
/// chosen; `changed_since` when it is not what was looked at.
pub(crate) fn apply(cx: &Cx<'_>, input: UndoApplyInput) -> Answer<Undone> {
    let (action, undone) = action(cx, input.id)?;
    if undone.contains(&action.id) {
        return Err(ErrorDto::new("undo_done"));
    }
    let plan = plan(cx, &action)?;
    if let Some(first) = plan.refused.first() {
        return Err(ErrorDto::new(&first.code).with("type", &first.record_type).with("title", &first.title));
    }
    if let Some(looked_at) = &input.seen
        && *looked_at != seen(&plan.records, &plan.refused)?
    {
        return Err(ErrorDto::new("changed_since"));
    }
    let chosen = |record: &RecordId, field: &str| {
        let choice = input.choices.iter().find(|one| one.record == record.to_string() && one.field == field);
        choice.map(|one| one.back)
    };
    let mut edits = Edits::default();
    for (key, id, field, ops) in plan.back {
        let back = match field.standing {
            Standing::Already => false,
            Standing::Free | Standing::Merged => true,
            Standing::Changed => {
                chosen(&id, &field.field).ok_or_else(|| ErrorDto::new("undo_choose").at(&field.field))?
            }
        };
        if back {
            ops.into_iter().for_each(|op| edits.push(key.clone(), op));
        }
    }
    if let Some(root) = plan.root {
        if plan.written && chosen(&root, "") != Some(true) {
            return Err(ErrorDto::new("undo_choose"));
        }
        deleted::mark(&mut edits, &plan.delete, &root);
    }
    plan.heads.into_iter().for_each(|(key, heads)| edits.unmoved(key, heads));
    edits.undo(action.id);
    cx.commit(edits)?;
    let last = actions(cx)?.into_iter().next().filter(|one| one.undoes == Some(action.id));
    Ok(Undone { id: last.map(|one| one.id) })
}
