//! Undoing one change: what it did to each field, how that stands now, and the steps that put back what was there before. They
//! are a new change like any other; nothing is removed from a book.

use std::collections::BTreeSet;

use automerge::transaction::Transactable;
use automerge::{Automerge, ChangeHash as Hash, ObjId, ObjType, ROOT, ReadDoc};

use super::record::{DELETED, SeenValue, TYPE, UNDECIDED, Value, records_map, seen};
use super::touched::touched_fields;
use super::write::RecordOp;
use super::{WriteError, reopen};
use crate::ids::{ChangeHash, RecordId};

/// Values of an earlier conflict that are laid out again at most.
const VALUES: usize = 16;

/// How a field that the change wrote stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// As the change left it: putting back loses nothing.
    Free,
    /// As it was before the change already.
    Already,
    /// Somebody wrote into it since, or at the same time: a person has to choose.
    Changed,
    /// A text that was written on since: what the change did is taken out, and the rest stays.
    Merged,
}

/// What stood in a field before the change.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Before {
    Nothing,
    One(Value),
    /// A conflict, by the changes that wrote its values.
    Several(Vec<ChangeHash>),
    /// A merging text, as it is to read.
    Text(String),
}

/// One field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldUndo {
    /// Its name.
    pub field: String,
    /// Values before the change; none: it was empty.
    pub was: Vec<Value>,
    /// Values now; none: it is empty.
    pub now: Vec<Value>,
    /// How it stands.
    pub standing: Standing,
    before: Before,
}

/// What a change did to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordUndo {
    /// The record.
    pub id: RecordId,
    /// Its type, without the mark of a deleted record.
    pub rtype: String,
    /// The change made the record: undoing marks it as deleted.
    pub made: bool,
    /// Others wrote into the record since it was made.
    pub written_since: bool,
    /// Fields that the change wrote; none when it made the record.
    pub fields: Vec<FieldUndo>,
}

/// What a change did, record by record, and how that stands now. None when the change is not in the document.
pub fn undo_of(doc: &Automerge, change: &ChangeHash) -> Option<Vec<RecordUndo>> {
    let hash = Hash(change.0);
    let made = doc.get_change_by_hash(&hash)?;
    let records = records_map(doc)?;
    let deps: Vec<Hash> = made.deps().to_vec();
    let mut out = Vec::new();
    for (id, keys) in touched_fields(doc, [&made]) {
        let Ok(Some((automerge::Value::Object(ObjType::Map), record))) = doc.get(&records, id.to_string()) else {
            continue;
        };
        let rtype = match doc.get(&record, TYPE) {
            Ok(Some((automerge::Value::Scalar(name), _))) => name.as_str().unwrap_or_default().to_owned(),
            _ => continue,
        };
        let was_there = matches!(doc.get_at(&records, id.to_string(), &deps), Ok(Some(_)));
        let place = Place { doc, record: &record, hash, deps: &deps };
        let mut fields: Vec<FieldUndo> = Vec::new();
        if was_there {
            for key in &keys {
                let field = key.strip_prefix(UNDECIDED).unwrap_or(key);
                if key != TYPE && fields.iter().all(|known| known.field != field) {
                    fields.push(place.field(field));
                }
            }
        }
        let written_since = !was_there && place.written_since();
        out.push(RecordUndo { id, rtype, made: !was_there, written_since, fields });
    }
    Some(out)
}

/// A record in a document, with the change that is looked at and what it builds on.
struct Place<'a> {
    doc: &'a Automerge,
    record: &'a ObjId,
    hash: Hash,
    deps: &'a [Hash],
}

impl Place<'_> {
    fn at(&self, key: &str, heads: Option<&[Hash]>) -> Vec<(automerge::Value<'_>, ObjId)> {
        let read = match heads {
            None => self.doc.get_all(self.record, key),
            Some(heads) => self.doc.get_all_at(self.record, key, heads),
        };
        read.unwrap_or_default()
    }

    fn text(&self, key: &str, heads: Option<&[Hash]>) -> Option<String> {
        let (value, object) = self.at(key, heads).pop()?;
        if !matches!(value, automerge::Value::Object(ObjType::Text)) {
            return None;
        }
        match heads {
            None => self.doc.text(&object).ok(),
            Some(heads) => self.doc.text_at(&object, heads).ok(),
        }
    }

    /// Changes named under `undecided/<field>` at some heads, as long as the field itself is empty there.
    fn undecided(&self, field: &str, heads: Option<&[Hash]>) -> Vec<ChangeHash> {
        let kept = self.at(&format!("{UNDECIDED}{field}"), heads).pop();
        let Some((automerge::Value::Scalar(names), _)) = kept else { return Vec::new() };
        names.as_str().unwrap_or_default().split(' ').take(VALUES).filter_map(|name| name.parse().ok()).collect()
    }

    /// A value that a change wrote into a field.
    fn written(&self, field: &str, change: &ChangeHash) -> Option<Value> {
        let hash = Hash(change.0);
        let all = self.at(field, Some(&[hash]));
        let (value, op) = all.into_iter().find(|(_, op)| self.doc.hash_for_opid(op) == Some(hash))?;
        Some(seen(self.doc, &value, &op).value)
    }

    fn field(&self, field: &str) -> FieldUndo {
        let here = [self.hash];
        if let (Some(after), Some(now)) = (self.text(field, Some(&here)), self.text(field, None)) {
            let was = self.text(field, Some(self.deps)).unwrap_or_default();
            return text_undo(field, was, after, now);
        }
        let view = |heads: Option<&[Hash]>| -> Vec<SeenValue> {
            self.at(field, heads).iter().map(|(value, op)| seen(self.doc, value, op)).collect()
        };
        let (was, now) = (view(Some(self.deps)), view(None));
        let before = match was.as_slice() {
            [] => match self.undecided(field, Some(self.deps)) {
                open if open.is_empty() => Before::Nothing,
                open => Before::Several(open),
            },
            [first, rest @ ..] if rest.iter().all(|other| other.value == first.value) => {
                Before::One(first.value.clone())
            }
            several => Before::Several(several.iter().filter_map(|one| one.change).collect()),
        };
        let told = |view: &[SeenValue], open: Vec<ChangeHash>| -> Vec<Value> {
            let mut values: Vec<Value> = match view {
                [] => open.iter().filter_map(|change| self.written(field, change)).collect(),
                some => some.iter().map(|one| one.value.clone()).collect(),
            };
            values.sort();
            values.dedup();
            values
        };
        let told_was = told(&was, self.undecided(field, Some(self.deps)));
        let told_now = told(&now, self.undecided(field, None));
        // What this change wrote: a value, or that there is none and others are laid out in its place.
        let mine = match now.as_slice() {
            [] => {
                let laid_out = self.at(&format!("{UNDECIDED}{field}"), None);
                let emptied = self.at(field, Some(&here)).is_empty();
                let open = laid_out.is_empty()
                    || told_now.is_empty()
                    || laid_out.iter().all(|(_, op)| self.doc.hash_for_opid(op) == Some(self.hash));
                emptied && open
            }
            [only] => only.change == Some(ChangeHash(self.hash.0)),
            _ => false,
        };
        let standing = match (told_was == told_now && now.len() < 2, mine) {
            (true, _) => Standing::Already,
            (false, true) => Standing::Free,
            (false, false) => Standing::Changed,
        };
        FieldUndo { field: field.to_owned(), was: told_was, now: told_now, standing, before }
    }

    /// Whether the record reads otherwise than the change left it; the mark of a deleted record does not count.
    fn written_since(&self) -> bool {
        let here = [self.hash];
        let values = |key: &str, heads: Option<&[Hash]>| -> Vec<Value> {
            match self.text(key, heads) {
                Some(text) => vec![Value::Text(text)],
                None => self.at(key, heads).iter().map(|(value, op)| seen(self.doc, value, op).value).collect(),
            }
        };
        let keys: BTreeSet<String> = self.doc.keys(self.record).chain(self.doc.keys_at(self.record, &here)).collect();
        keys.iter().filter(|key| *key != DELETED).any(|key| values(key, None) != values(key, Some(&here)))
    }
}

fn text_undo(field: &str, was: String, after: String, now: String) -> FieldUndo {
    let standing = match () {
        () if now == was => Standing::Already,
        () if now == after => Standing::Free,
        () => Standing::Merged,
    };
    let back = match standing {
        Standing::Merged => three_way(&after, &was, &now).unwrap_or_else(|_| now.clone()),
        _ => was.clone(),
    };
    FieldUndo {
        field: field.to_owned(),
        was: vec![Value::Text(back.clone())],
        now: vec![Value::Text(now)],
        standing,
        before: Before::Text(back),
    }
}

/// Puts together what two made of one text: every word that either wrote is there, and what either took out is not.
pub fn three_way(base: &str, ours: &str, theirs: &str) -> Result<String, WriteError> {
    let mut doc = Automerge::new().with_actor(automerge::ActorId::from([0u8; 16].as_slice()));
    let mut tx = doc.transaction();
    let text = tx.put_object(ROOT, "t", ObjType::Text)?;
    tx.splice_text(&text, 0, 0, base)?;
    tx.commit();
    let edited = |actor: u8, to: &str| -> Result<Automerge, WriteError> {
        let mut side = doc.fork().with_actor(automerge::ActorId::from([actor; 16].as_slice()));
        let mut tx = side.transaction();
        tx.update_text(&text, to)?;
        tx.commit();
        Ok(side)
    };
    let (mut one, mut other) = (edited(1, ours)?, edited(2, theirs)?);
    one.merge(&mut other)?;
    Ok(one.text(&text)?)
}

/// The steps that put a field of a record back to what it was before the change.
pub fn put_back(id: RecordId, undo: &FieldUndo) -> Vec<RecordOp> {
    let field = undo.field.clone();
    match &undo.before {
        Before::Nothing => {
            let laid_out = RecordOp::Clear { id, field: format!("{UNDECIDED}{field}") };
            vec![RecordOp::Clear { id, field }, laid_out]
        }
        Before::One(value) => vec![RecordOp::Set { id, field, value: value.clone() }],
        Before::Several(changes) => reopen(id, &field, changes).to_vec(),
        Before::Text(text) => vec![RecordOp::EditText { id, field, text: text.clone() }],
    }
}

#[cfg(test)]
mod tests;
