//! Reading records: a record is a flat map of scalars and merging texts, read whole with every concurrent value.

use std::collections::{BTreeMap, BTreeSet};

use automerge::legacy::{Key, ObjectId};
use automerge::{Automerge, Change, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};
use serde::{Deserialize, Serialize};

use super::write::RecordOp;
use crate::ids::{ActorId, ChangeHash, RecordId};
use crate::ledger::deletion::may_be_marked;

/// Name of the root map that holds the records.
pub(crate) const RECORDS: &str = "records";
/// Field that names a record's type.
pub(crate) const TYPE: &str = "type";
/// Before the name of a field whose choice was taken back: the changes that wrote its values, hashes joined by spaces.
pub(crate) const UNDECIDED: &str = "undecided/";
/// Field that marks a record as deleted: the id of the record that was deleted, which is another's for what went along. Empty:
/// it was restored.
pub const DELETED: &str = "deleted";
/// Before the type of a record that is marked as deleted: nothing that reads, counts or lists a type takes it for one.
const GONE: &str = "deleted/";
/// As many values come back at most.
const MAX_UNDECIDED: usize = 16;

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Value {
    /// A short text; concurrent writes conflict.
    Str(String),
    /// A whole number: fen, minutes, tenths of an hour.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A sealed value.
    Bytes(Vec<u8>),
    /// A merging text (minutes, resolutions).
    Text(String),
    /// Something a newer program wrote, kept but not understood.
    Unknown,
}

impl Value {
    /// The text of a short or merging text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) | Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Str(text.to_owned())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Str(text)
    }
}

/// A value with the change that wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenValue {
    /// The value.
    pub value: Value,
    /// Actor that wrote it.
    pub actor: ActorId,
    /// The change that wrote it.
    pub change: Option<ChangeHash>,
}

/// A field with all its concurrent values; the last one is what automerge shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldView {
    /// At least one value.
    pub values: Vec<SeenValue>,
}

impl FieldView {
    /// The value automerge shows; on a conflict an arbitrary one, the same on every device.
    pub fn shown(&self) -> Option<&Value> {
        self.values.last().map(|seen| &seen.value)
    }

    /// Devices wrote different values without knowing of each other. Equal values are no conflict.
    pub fn conflicted(&self) -> bool {
        self.values.windows(2).any(|pair| matches!(pair, [a, b] if a.value != b.value))
    }
}

/// A record as the book has it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordView {
    /// Its id.
    pub id: RecordId,
    /// Its type, such as `visit`; types this program does not know are kept.
    pub rtype: String,
    /// Its fields, without the type.
    pub fields: BTreeMap<String, FieldView>,
}

impl RecordView {
    /// The shown value of a field.
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.fields.get(field).and_then(FieldView::shown)
    }

    /// The shown text of a field; empty when it is missing.
    pub fn str(&self, field: &str) -> &str {
        self.get(field).and_then(Value::as_str).unwrap_or_default()
    }

    /// The shown whole number of a field.
    pub fn int(&self, field: &str) -> Option<i64> {
        match self.get(field) {
            Some(Value::Int(number)) => Some(*number),
            _ => None,
        }
    }

    /// The shown truth of a field; missing is false.
    pub fn flag(&self, field: &str) -> bool {
        matches!(self.get(field), Some(Value::Bool(true)))
    }

    /// The shown bytes of a field.
    pub fn bytes(&self, field: &str) -> Option<&[u8]> {
        match self.get(field) {
            Some(Value::Bytes(bytes)) => Some(bytes),
            _ => None,
        }
    }

    /// Keys and values below a prefix such as `mark/`; the keys come without it.
    pub fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a FieldView)> {
        self.fields
            .range(prefix.to_owned()..)
            .map_while(move |(key, field)| key.strip_prefix(prefix).map(|rest| (rest, field)))
    }

    /// Fields with differing concurrent values, among which somebody chooses.
    pub fn conflicts(&self) -> impl Iterator<Item = (&str, &FieldView)> {
        self.fields.iter().map(|(name, field)| (name.as_str(), field)).filter(|(name, field)| disputed(name, field))
    }
}

/// What nobody chooses: of a session, for what its roll was made. The value that is shown holds, and where it no longer fits the
/// session itself says that the roll can be made anew.
const FOLLOWS: &[&str] = &["roll_of"];

/// Whether somebody has to choose among the values of a field.
pub(super) fn disputed(name: &str, field: &FieldView) -> bool {
    field.conflicted() && !FOLLOWS.contains(&name)
}

/// The type of a record without the mark of a deleted one.
pub fn plain_type(rtype: &str) -> &str {
    rtype.strip_prefix(GONE).unwrap_or(rtype)
}

/// Whether a type is that of a record that is marked as deleted.
pub fn is_deleted(rtype: &str) -> bool {
    rtype.starts_with(GONE)
}

/// A record is deleted as long as every device says so: a restore that did not know of a deletion holds until somebody settles
/// it, since what is shown can be deleted again and what is hidden is not looked for.
fn marked(fields: &BTreeMap<String, FieldView>) -> bool {
    fields
        .get(DELETED)
        .is_some_and(|field| field.values.iter().all(|seen| seen.value.as_str().is_some_and(|root| !root.is_empty())))
}

/// The `records` map of a document.
pub(crate) fn records_map(doc: &Automerge) -> Option<ObjId> {
    match doc.get(ROOT, RECORDS) {
        Ok(Some((automerge::Value::Object(ObjType::Map), id))) => Some(id),
        _ => None,
    }
}

/// Ids of all records of a document.
pub fn record_ids(doc: &Automerge) -> Vec<RecordId> {
    let Some(records) = records_map(doc) else { return Vec::new() };
    doc.keys(&records).filter_map(|key| key.parse().ok()).collect()
}

/// Reads one record with every concurrent value of every field; none when it is not there or is no map.
pub fn read_record(doc: &Automerge, id: RecordId) -> Option<RecordView> {
    let records = records_map(doc)?;
    let (value, record) = doc.get(&records, id.to_string()).ok()??;
    if !matches!(value, automerge::Value::Object(ObjType::Map)) {
        return None;
    }
    let mut fields = BTreeMap::new();
    let keys: Vec<String> = doc.keys(&record).collect();
    for key in keys {
        let Ok(all) = doc.get_all(&record, key.as_str()) else { continue };
        let values = all.into_iter().map(|(value, op)| seen(doc, &value, &op)).collect::<Vec<_>>();
        if !values.is_empty() {
            fields.insert(key, FieldView { values });
        }
    }
    restore_undecided(doc, &record, &mut fields);
    let mut rtype = fields.remove(TYPE).and_then(|f| f.shown().and_then(Value::as_str).map(str::to_owned))?;
    // Only where the rules allow it: a mark on a payment, a submission or a closing takes nothing out of the books.
    if may_be_marked(&rtype) && marked(&fields) {
        rtype.insert_str(0, GONE);
    }
    Some(RecordView { id, rtype, fields })
}

/// The steps that lay out again what was chosen among, as one more edit: the field goes, and in its place stands which
/// changes wrote the values. They are read where they were written, so nobody can put a value into another's mouth.
/// Whatever is written into the field afterwards, or was meanwhile elsewhere, is the new choice.
pub fn reopen(id: RecordId, field: &str, changes: &[ChangeHash]) -> [RecordOp; 2] {
    let names: Vec<String> = changes.iter().map(ChangeHash::to_string).collect();
    [
        RecordOp::Clear { id, field: field.to_owned() },
        RecordOp::Set { id, field: format!("{UNDECIDED}{field}"), value: names.join(" ").into() },
    ]
}

/// The value that a change wrote into a field; none when it wrote none there, or a merging text.
fn written(doc: &Automerge, record: &ObjId, field: &str, change: &ChangeHash) -> Option<SeenValue> {
    let hash = automerge::ChangeHash(change.0);
    let all = doc.get_all_at(record, field, &[hash]).ok()?;
    let (value, op) = all.into_iter().find(|(_, op)| doc.hash_for_opid(op) == Some(hash))?;
    matches!(value, automerge::Value::Scalar(_)).then(|| seen(doc, &value, &op))
}

fn restore_undecided(doc: &Automerge, record: &ObjId, fields: &mut BTreeMap<String, FieldView>) {
    let kept: Vec<String> = fields
        .range(UNDECIDED.to_owned()..)
        .map(|(key, _)| key.clone())
        .take_while(|k| k.starts_with(UNDECIDED))
        .take(MAX_UNDECIDED)
        .collect();
    for key in kept {
        let (Some(view), Some(field)) = (fields.remove(&key), key.strip_prefix(UNDECIDED)) else { continue };
        if fields.contains_key(field) {
            continue;
        }
        let names = view.shown().and_then(Value::as_str).unwrap_or_default();
        let values: Vec<SeenValue> = names
            .split(' ')
            .take(MAX_UNDECIDED)
            .filter_map(|name| written(doc, record, field, &name.parse().ok()?))
            .collect();
        if !values.is_empty() {
            fields.insert(field.to_owned(), FieldView { values });
        }
    }
}

pub(super) fn seen(doc: &Automerge, value: &automerge::Value<'_>, op: &ObjId) -> SeenValue {
    let value = match value {
        automerge::Value::Object(ObjType::Text) => doc.text(op).map_or(Value::Unknown, Value::Text),
        automerge::Value::Object(_) => Value::Unknown,
        automerge::Value::Scalar(scalar) => match scalar.as_ref() {
            ScalarValue::Str(text) => Value::Str(text.to_string()),
            ScalarValue::Int(number) => Value::Int(*number),
            ScalarValue::Boolean(flag) => Value::Bool(*flag),
            ScalarValue::Bytes(bytes) => Value::Bytes(bytes.clone()),
            _ => Value::Unknown,
        },
    };
    let actor = match op {
        ObjId::Id(_, actor, _) => ActorId::from_slice(actor.to_bytes()).unwrap_or(ActorId([0; 16])),
        ObjId::Root => ActorId([0; 16]),
    };
    SeenValue { value, actor, change: doc.hash_for_opid(op).map(|hash| ChangeHash(hash.0)) }
}

/// The records that the operations of these changes touch, after they were applied to `doc`. Operations and not patches,
/// because a third concurrent value, or the removal of a losing one, makes no patch.
pub fn touched_records<'a>(doc: &Automerge, changes: impl IntoIterator<Item = &'a Change>) -> BTreeSet<RecordId> {
    let mut touched = BTreeSet::new();
    let Some(records) = records_map(doc) else { return touched };
    let mut seen_objects: BTreeMap<String, Option<RecordId>> = BTreeMap::new();
    for change in changes {
        for op in change.decode().operations {
            let ObjectId::Id(object) = &op.obj else { continue };
            let name = format!("{}@{}", object.counter(), object.actor().to_hex_string());
            let found = seen_objects.entry(name).or_insert_with_key(|name| {
                let (object, _) = doc.import(name).ok()?;
                if object == records {
                    return None;
                }
                let parents = doc.parents(&object).ok()?;
                // Counted from the object upwards: the one below `records` names the record.
                parents.filter(|parent| parent.obj == records).find_map(|parent| match parent.prop {
                    automerge::Prop::Map(key) => key.parse().ok(),
                    automerge::Prop::Seq(_) => None,
                })
            });
            if let Some(id) = found {
                touched.insert(*id);
            } else if let Key::Map(key) = &op.key
                && let Ok(id) = key.parse()
            {
                touched.insert(id);
            }
        }
    }
    touched
}
