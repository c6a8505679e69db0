//! Books that ended by order: what this device wrote into them and nobody copied is carried over under its own name, and
//! then they are destroyed here.

use std::collections::BTreeSet;
use std::sync::Arc;

use ybz_domain::book::{BookKey, RecordOp, RecordView, Value};
use ybz_domain::ids::{ActorId, RecordId};
use ybz_domain::trust::{Membership, Reader, Renewal, may_write};
use ybz_store::{DropBook, OwnWork, StoreError};

use crate::cases::redact;
use crate::cx::{Cx, Edits};
use crate::error::Answer;
use crate::node::{Inner, store_error};

/// Carries out every order for a new generation that is known and not done yet.
pub(crate) fn settle(inner: &Arc<Inner>) -> Answer<()> {
    let membership = inner.store.membership().map_err(store_error)?;
    if membership.renewals.is_empty() {
        return Ok(());
    }
    let books = inner.store.read(|reader| reader.books()).map_err(store_error)?;
    for info in books.into_iter().filter(|info| !membership.is_current(&info.key)) {
        if inner.store.dropped(&info.id).map_err(store_error)?.is_none() {
            end(inner, &membership, &info.key)?;
        }
    }
    repeat(inner, &membership)
}

/// The order that ended a book: one that replaced it, or one that overruled the order by which it was made.
fn ended_by<'m>(membership: &'m Membership, key: &BookKey) -> Option<(&'m Renewal, bool)> {
    let replaced = membership.renewals.get(&key.id()).map(|renewal| (renewal, false));
    replaced.or_else(|| {
        let overruled = membership.overruled.iter().find(|overruled| overruled.to == *key)?;
        Some((membership.renewals.get(&overruled.from.id())?, true))
    })
}

fn end(inner: &Arc<Inner>, membership: &Membership, key: &BookKey) -> Answer<()> {
    let Some((renewal, overruled)) = ended_by(membership, key) else { return Ok(()) };
    let cx = Cx::of(inner, key.office)?;
    let target = membership.current(renewal.to.clone());
    let me = Reader { office: key.writer(), device: cx.device().id() };
    let mine = inner.offices()?.contains(&key.office) && may_write(membership, me, &target);
    let none = |_: &ActorId, _: u64| false;
    let covered = |actor: &ActorId, seq: u64| renewal.covers(actor, seq);
    let copied: &dyn Fn(&ActorId, u64) -> bool = if overruled { &none } else { &covered };
    let work = if mine {
        inner.store.own_work(&key.id(), copied).map_err(store_error)?
    } else {
        // Somebody else's book: the order says destroy, and the new one comes from whoever writes it.
        let heads = inner.store.heads(&key.id()).map_err(store_error)?;
        Some(OwnWork { heads, whole: true, ..OwnWork::default() })
    };
    let Some(work) = work else { return Ok(()) };
    let mut edits = Edits::default();
    if mine {
        if !work.whole || !is_here(inner, &target)? {
            return Ok(());
        }
        let left_out: BTreeSet<(RecordId, String)> =
            membership.renewals_from(&renewal.from).into_iter().flat_map(|one| one.without.iter().cloned()).collect();
        let mut dropped = 0;
        for (view, fields) in work.records.iter().filter(|(view, _)| !(overruled && is_copy(view))) {
            dropped += carry(&cx, &mut edits, &target, view, fields, &work.actors, &left_out)?;
        }
        if dropped > 0 {
            edits.log("redacted_edits_dropped", &[("book", key.kind.to_string()), ("count", dropped.to_string())]);
        }
    }
    let last = if overruled { work.heads.clone() } else { renewal.heads.clone() };
    edits.drop_book(DropBook { key: key.clone(), heads: last, seen: work.heads, on: cx.today_text() });
    match cx.commit_carried(edits) {
        // It is looked at again after the change that came between.
        Ok(()) | Err(StoreError::Moved(_)) => Ok(()),
        Err(error) => Err(store_error(error)),
    }
}

/// A record that an overruled order copied and nobody wrote since is in the other generation as well.
fn is_copy(view: &RecordView) -> bool {
    let Some(copy) = view.fields.get("copied/on").and_then(|field| field.values.last()) else { return false };
    view.fields.values().flat_map(|field| &field.values).all(|seen| seen.change == copy.change)
}

/// The new generation is here and read in.
fn is_here(inner: &Arc<Inner>, target: &BookKey) -> Answer<bool> {
    let info = inner.store.read(|reader| reader.book(&target.id())).map_err(store_error)?;
    Ok(info.is_some_and(|info| info.changes > 0 && info.unread == 0))
}

/// Adds the steps that bring this device's values of a record into the new generation. Returns how many were left out
/// because their field is the one that was taken out.
fn carry(
    cx: &Cx<'_>,
    edits: &mut Edits,
    target: &BookKey,
    view: &RecordView,
    fields: &BTreeSet<String>,
    actors: &BTreeSet<ActorId>,
    left_out: &BTreeSet<(RecordId, String)>,
) -> Answer<u32> {
    let id = view.id;
    let there = cx.node.store.read(|reader| reader.record(Some(&target.id()), &id)).map_err(store_error)?;
    let Some(there) = there else {
        let kept = view.fields.iter().filter(|(name, _)| !left_out.contains(&(id, (*name).clone())));
        let fields = kept.filter_map(|(name, _)| Some((name.clone(), mine(view, name, actors)?))).collect();
        edits.push(target.clone(), RecordOp::Create { id, rtype: view.rtype.clone(), fields });
        return Ok(0);
    };
    let mut dropped = 0;
    for field in fields.iter().filter(|field| *field != "type" && !field.starts_with("undecided/")) {
        if left_out.contains(&(id, field.clone())) {
            dropped += 1;
            continue;
        }
        let field = field.clone();
        let merging = matches!(there.view.get(&field), Some(Value::Text(_)));
        edits.push(
            target.clone(),
            match mine(view, &field, actors) {
                Some(Value::Text(text)) if merging => RecordOp::EditText { id, field, text },
                // Merging texts are made with their record and nowhere else.
                Some(Value::Text(_)) => continue,
                Some(value) => RecordOp::Set { id, field, value },
                None if there.view.fields.contains_key(&field) => RecordOp::Clear { id, field },
                None => continue,
            },
        );
    }
    Ok(dropped)
}

/// The value of a field that this device wrote; where none of the values is its own, the one that is shown.
fn mine(view: &RecordView, field: &str, actors: &BTreeSet<ActorId>) -> Option<Value> {
    let values = &view.fields.get(field)?.values;
    let own = values.iter().rev().find(|seen| actors.contains(&seen.actor)).or(values.last())?;
    (own.value != Value::Unknown).then(|| own.value.clone())
}

/// What an overruled order of this device left out stands in the generation that holds: it is left out once more.
fn repeat(inner: &Arc<Inner>, membership: &Membership) -> Answer<()> {
    let me = inner.store.device().id();
    for overruled in membership.overruled.iter().filter(|overruled| overruled.by == me) {
        let target = membership.current(overruled.from.clone());
        if !inner.offices()?.contains(&target.office) || !is_here(inner, &target)? {
            continue;
        }
        let mut again = Vec::new();
        let mut words = Vec::new();
        for (id, field) in &overruled.without {
            let there = inner.store.read(|reader| reader.record(Some(&target.id()), id)).map_err(store_error)?;
            if let Some(text) = there.and_then(|there| there.view.get(field)?.as_str().map(str::to_owned)) {
                again.push((*id, field.clone()));
                words.push(text);
            }
        }
        // Whoever has the turn commits, and this is looked at again then.
        let Ok(_turn) = inner.issuing.try_lock() else { return Ok(()) };
        if !again.is_empty() {
            redact::renew(&Cx::of(inner, target.office)?, &target, &again, &words)?;
        }
    }
    Ok(())
}
