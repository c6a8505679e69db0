//! What undoing an action means: which fields go back, which records are marked as deleted, and what stands against it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use ybz_domain::book::{
    BookKey, DELETED, FieldUndo, RecordOp, RecordUndo, Scope, UndoStanding as Standing, Value, is_deleted, plain_type,
    put_back,
};
use ybz_domain::id_number::masked;
use ybz_domain::ids::{BookId, ChangeHash, RecordId};
use ybz_domain::ledger::deletion::{Deletion, field_undone, rule_of};
use ybz_domain::ledger::member::MEMBER_PRIVATE;
use ybz_domain::ledger::visit::HOUSEHOLD;
use ybz_store::Action;

use crate::cases::deleted::{OpenMonths, refusal};
use crate::cases::history::{open, title};
use crate::cases::naming::{closure, missing};
use crate::cx::{Cx, Stored};
use crate::dto::undo::{UndoField, UndoRecord, UndoRefusal};
use crate::error::Answer;
use crate::node::store_error;

/// A field that goes back: book, record, how it stands, and the steps.
type Back = (BookKey, RecordId, FieldUndo, Vec<RecordOp>);

/// What undoing an action means.
#[derive(Default)]
pub(crate) struct Plan {
    pub(crate) records: Vec<UndoRecord>,
    pub(crate) refused: Vec<UndoRefusal>,
    pub(crate) back: Vec<Back>,
    /// Records that the action made and that are marked as deleted, together with the first of them.
    pub(crate) delete: BTreeMap<RecordId, Stored>,
    pub(crate) root: Option<RecordId>,
    /// Others wrote into one of them since.
    pub(crate) written: bool,
    pub(crate) heads: Vec<(BookKey, Vec<ChangeHash>)>,
    /// Records of which something sealed is told; the local log hears of each that is looked at.
    pub(crate) opened: BTreeSet<RecordId>,
}

impl Plan {
    fn refuse(&mut self, code: &str, stored: Option<&Stored>, rtype: &str) {
        let title = stored.map(|one| title(&one.view)).unwrap_or_default();
        let one = UndoRefusal { code: code.to_owned(), record_type: rtype.to_owned(), title };
        if !self.refused.contains(&one) {
            self.refused.push(one);
        }
    }
}

/// What undoing an action means as the books stand now.
pub(crate) fn plan(cx: &Cx<'_>, action: &Action) -> Answer<Plan> {
    let names: BTreeMap<String, String> =
        cx.members()?.into_iter().map(|(id, member)| (id.to_string(), member.name)).collect();
    let mut out = Plan::default();
    let mut made: Vec<(Stored, bool)> = Vec::new();
    let mut restored: BTreeMap<RecordId, Stored> = BTreeMap::new();
    let catalog: BTreeMap<BookId, BookKey> = cx.catalog()?.into_iter().map(|(key, _)| (key.id(), key)).collect();
    let mut looked = look(cx, action)?;
    for change in &action.changes {
        let book = change.book;
        let known = looked.get_mut(&book).and_then(|changes| changes.pop_front()?);
        let (Some((records, heads)), Some(key)) = (known, catalog.get(&book)) else {
            out.refuse("undo_gone", None, "");
            continue;
        };
        if !cx.sees(&key.kind) {
            out.refuse("profile_hides", None, "");
            continue;
        }
        out.heads.push((key.clone(), heads));
        let ids: Vec<RecordId> = records.iter().map(|one| one.id).collect();
        let mut stored = records_in(cx, &book, &ids)?;
        for one in records {
            let Some(stored) = stored.remove(&one.id) else { continue };
            let alone = !one.made && one.fields.iter().all(|field| field_undone(&one.rtype, &field.field));
            if let Some(instead) = rule_of(&one.rtype).instead
                && !alone
                && one.fields.iter().all(|field| field.field != DELETED)
            {
                out.refuse(instead, Some(&stored), &one.rtype);
            } else if one.made {
                if !is_deleted(&stored.view.rtype) {
                    made.push((stored, one.written_since));
                }
            } else {
                fields(cx, &mut out, &names, &stored, one, &mut restored);
            }
        }
    }
    if let Some(gone) = missing(cx, &restored)? {
        out.refuse("restore_missing", Some(&gone), ybz_domain::book::plain_type(&gone.view.rtype));
    }
    unmake(cx, &mut out, made)?;
    Ok(out)
}

/// What each change of an action did, in their order, with the heads of its book, by book.
type Looked = BTreeMap<BookId, VecDeque<Option<(Vec<RecordUndo>, Vec<ChangeHash>)>>>;

/// Each book is loaded once, however many changes an import made of it.
fn look(cx: &Cx<'_>, action: &Action) -> Answer<Looked> {
    let mut of: BTreeMap<BookId, Vec<ChangeHash>> = BTreeMap::new();
    for change in &action.changes {
        of.entry(change.book).or_default().push(change.hash);
    }
    let mut out = Looked::new();
    for (book, changes) in of {
        if let Some(found) = cx.node.store.undo_of(&book, &changes).map_err(store_error)? {
            let heads = found.heads;
            let told = found.changes.into_iter().map(|records| Some((records?, heads.clone())));
            out.insert(book, told.collect());
        }
    }
    Ok(out)
}

/// Records of a book, deleted ones included.
fn records_in(cx: &Cx<'_>, book: &BookId, ids: &[RecordId]) -> Answer<BTreeMap<RecordId, Stored>> {
    let found =
        cx.node.store.read(|reader| ids.iter().map(|id| reader.record(Some(book), id)).collect::<Result<Vec<_>, _>>());
    Ok(found.map_err(store_error)?.into_iter().flatten().map(|one| (one.view.id, Stored::from(one))).collect())
}

fn fields(
    cx: &Cx<'_>,
    out: &mut Plan,
    names: &BTreeMap<String, String>,
    stored: &Stored,
    one: RecordUndo,
    restored: &mut BTreeMap<RecordId, Stored>,
) {
    let mut told = Vec::new();
    let empty = |values: &[Value]| values.iter().all(|value| value.as_str().is_none_or(str::is_empty));
    for field in one.fields.into_iter().filter(|field| field.standing != Standing::Already) {
        if field.field == DELETED && empty(&field.was) && empty(&field.now) {
            continue;
        }
        if field.was.iter().chain(&field.now).any(|value| matches!(value, Value::Bytes(_))) {
            out.opened.insert(one.id);
        }
        told.push(tell(cx, names, stored, &field));
        let mut ops = put_back(one.id, &field);
        if field.field == DELETED && empty(&field.was) {
            // A restore says so, so that it holds against a deletion that did not know of it.
            ops = vec![RecordOp::Set { id: one.id, field: DELETED.to_owned(), value: "".into() }];
            restored.insert(one.id, stored.clone());
        }
        out.back.push((stored.book.clone(), one.id, field, ops));
    }
    if !told.is_empty() {
        out.records.push(UndoRecord {
            record: one.id.to_string(),
            record_type: one.rtype,
            title: title(&stored.view),
            what: "fields".to_owned(),
            fields: told,
        });
    }
}

fn tell(cx: &Cx<'_>, names: &BTreeMap<String, String>, stored: &Stored, field: &FieldUndo) -> UndoField {
    let own = stored.book.kind.scope() == Scope::Own;
    let mut sealed = false;
    let mut text = |value: &Value| match value {
        Value::Str(text) | Value::Text(text) => names.get(text).unwrap_or(text).clone(),
        Value::Int(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Bytes(bytes) if own => {
            let subjects: Vec<RecordId> =
                stored.view.str("subject").parse().into_iter().chain([stored.view.id]).collect();
            let parts = open(cx, &stored.book, &stored.view.id, &field.field, &subjects, bytes);
            sealed |= parts.is_empty();
            // ID numbers and phones are told whole by one call alone, which is not this one.
            let hidden = plain_type(&stored.view.rtype) == MEMBER_PRIVATE;
            let told = parts.into_iter().map(|part| if hidden { masked(&part.value) } else { part.value });
            told.collect::<Vec<_>>().join(" · ")
        }
        Value::Bytes(_) | Value::Unknown => {
            sealed = true;
            String::new()
        }
    };
    let was = field.was.iter().map(&mut text).collect();
    let now = field.now.iter().map(&mut text).collect();
    UndoField {
        field: field.field.clone(),
        subject: field.field.split_once('/').and_then(|(_, member)| names.get(member)).cloned(),
        was,
        now,
        standing: match field.standing {
            Standing::Free | Standing::Already => "free",
            Standing::Merged => "merged",
            Standing::Changed => "changed",
        }
        .to_owned(),
        sealed,
    }
}

/// Records that the action made are marked as deleted, unless others that it did not make name them.
fn unmake(cx: &Cx<'_>, out: &mut Plan, mut made: Vec<(Stored, bool)>) -> Answer<()> {
    made.sort_by_key(|(stored, _)| stored.book.kind.scope() == Scope::Own);
    let Some(root) = made.first().map(|(stored, _)| stored.view.id) else { return Ok(()) };
    let mut open = OpenMonths::default();
    for (stored, _) in &made {
        match rule_of(&stored.view.rtype).deletion {
            Deletion::Along(_) => {}
            _ => {
                if let Some(error) = refusal(cx, stored, &mut open)? {
                    out.refuse(&error.code, Some(stored), &stored.view.rtype);
                }
            }
        }
    }
    let written: BTreeMap<RecordId, bool> = made.iter().map(|(stored, written)| (stored.view.id, *written)).collect();
    let ids: Vec<RecordId> = written.keys().copied().collect();
    let all = closure(cx, made.into_iter().map(|(stored, _)| stored).collect())?;
    let outside: Vec<&Stored> = all.set.values().filter(|one| !ids.contains(&one.view.id)).chain(&all.stops).collect();
    let named: std::collections::BTreeSet<RecordId> =
        outside.iter().flat_map(|one| crate::cases::naming::names(&one.view, true)).collect();
    let mut told = Vec::new();
    for (id, stored) in all.set.iter().filter(|(id, _)| ids.contains(id)) {
        let kept = named.contains(id);
        let shared = kept && stored.view.rtype == HOUSEHOLD;
        if kept && !shared {
            // Of what the profile does not see, no type and no title.
            let seen = outside.iter().filter(|one| cx.sees(&one.book.kind));
            let by = seen.into_iter().find(|one| crate::cases::naming::names(&one.view, true).contains(id));
            out.refuse("deleted_referenced", by.copied(), by.map_or("", |one| one.view.rtype.as_str()));
        }
        let changed = written.get(id).copied().unwrap_or_default();
        out.written |= changed && !kept;
        told.push(UndoRecord {
            record: id.to_string(),
            record_type: stored.view.rtype.clone(),
            title: title(&stored.view),
            what: match (kept, changed) {
                (true, _) => "keep",
                (false, true) => "delete_changed",
                (false, false) => "delete",
            }
            .to_owned(),
            fields: Vec::new(),
        });
        if !kept {
            out.delete.insert(*id, stored.clone());
        }
    }
    out.records.extend(told);
    // What the list of deleted records is to show: the first that the action made, if it goes.
    out.root = out.delete.contains_key(&root).then_some(root).or_else(|| out.delete.keys().next().copied());
    Ok(())
}
