//! History: every value that was ever written into a record, from the changes of its document.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use automerge::legacy::{Key, ObjectId, OpId, OpType};
use automerge::{Automerge, Change, ObjId, ObjType, ReadDoc, ScalarValue};
use jiff::civil::Date;

use crate::book::declared;
use crate::book::record::{TYPE, UNDECIDED, Value, records_map};
use crate::ids::{ActorId, ChangeHash, RecordId};

/// Versions of one merging text that are told; each is the whole text.
const TEXTS: usize = 20;

/// What became of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It is what the record says now.
    Stands,
    /// It stands beside others that devices wrote without knowing of it.
    Conflict,
    /// A version of a text whose words were put together with those of another writer.
    Merged,
    /// Somebody wrote over it.
    Replaced,
    /// No value: a choice among others was taken back, and they stand side by side again.
    Reopened,
}

/// One value, as one change wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Field.
    pub field: String,
    /// The value; of a text, the whole text as its writer had it. None: the field was emptied.
    pub value: Option<Value>,
    /// Who wrote it.
    pub actor: ActorId,
    /// The change.
    pub change: ChangeHash,
    /// Number of the change among its actor's.
    pub seq: u64,
    /// Day of the change, as the writing device had it.
    pub on: Option<Date>,
    /// Who the person said to be; proves nothing.
    pub declared: Option<String>,
    /// What became of it.
    pub standing: Standing,
}

/// What was written into one record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordHistory {
    /// In the order of the changes: each after those that it builds on.
    pub values: Vec<Written>,
    /// Values left out because there are too many: the oldest of those that stand no more.
    pub omitted: usize,
}

/// A value with what it takes to tell its standing.
struct Found {
    written: Written,
    /// The object it was written into.
    object: OpId,
    /// What names it when it is written over; none for a text's version and for an emptied field.
    op: Option<OpId>,
    text: bool,
}

/// Walks the changes that touch a record; of more than `limit` values the oldest replaced ones are left out. None when
/// the record is not in the document.
pub fn record_history(doc: &Automerge, id: RecordId, limit: usize) -> Option<RecordHistory> {
    let records = records_map(doc)?;
    let shown = doc.get(&records, id.to_string()).ok().flatten().and_then(|(_, object)| op_of(&object))?;
    // Two devices may have made one record under a natural id: automerge shows one of the maps and keeps both.
    let mut objects: HashSet<OpId> = HashSet::new();
    for (value, object) in doc.get_all(&records, id.to_string()).ok()? {
        if matches!(value, automerge::Value::Object(ObjType::Map)) {
            objects.extend(op_of(&object));
        }
    }
    let changes = doc.get_changes(&[]);
    let mut walk = Walk { objects, ..Walk::default() };
    for change in &changes {
        walk.change(change);
    }
    for one in walk.found.iter_mut().filter(|one| !one.text && one.op.is_none()) {
        chosen(doc, one);
    }
    let mut values = walk.settle(&shown, &changes);
    let omitted = trim(&mut values, limit);
    let values = values.into_iter().map(|found| with_text(doc, found)).collect();
    Some(RecordHistory { values, omitted })
}

/// The day of a change's time, which is a date only.
pub fn day_of(change: &Change) -> Option<Date> {
    let days = i32::try_from(change.timestamp() / 86_400).ok().filter(|days| *days != 0)?;
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

#[derive(Default)]
struct Walk {
    objects: HashSet<OpId>,
    /// Texts of the record, by the operation that made them.
    texts: BTreeMap<(u64, Vec<u8>), String>,
    found: Vec<Found>,
    overwritten: HashSet<OpId>,
    reopened: Vec<Reopened>,
}

/// A choice that was taken back.
struct Reopened {
    field: String,
    /// What lays the values out; it ends when it is written over, or when the field is written.
    op: OpId,
    by: ChangeHash,
    /// The changes that wrote the values, as text.
    values: String,
}

impl Walk {
    /// Whether a change can hold an operation on the record: it must name the device that made it. Cheap, because a change
    /// lists its actors; most changes of a book end here.
    fn may_touch(&self, change: &Change) -> bool {
        self.objects.iter().any(|OpId(counter, actor)| {
            change.max_op() >= *counter && (change.actor_id() == actor || change.other_actor_ids().contains(actor))
        })
    }

    fn change(&mut self, change: &Change) {
        if !self.may_touch(change) {
            return;
        }
        let first = self.found.len();
        for (number, op) in (change.start_op().get()..).zip(change.decode().operations) {
            let ObjectId::Id(object) = &op.obj else { continue };
            let made = OpId(number, change.actor_id().clone());
            if let Some(field) = self.texts.get(&(object.0, object.1.to_bytes().to_vec())).cloned() {
                let known = |found: &Found| found.text && found.object == *object;
                if !self.found.iter().skip(first).any(known) {
                    self.add(change, field, None, object.clone(), None, true);
                }
                continue;
            }
            let Key::Map(field) = &op.key else { continue };
            if !self.objects.contains(object) {
                continue;
            }
            self.overwritten.extend(op.pred.iter().cloned());
            if field == TYPE {
                continue;
            }
            if let Some(field) = field.strip_prefix(UNDECIDED) {
                if let OpType::Put(ScalarValue::Str(values)) = op.action {
                    let (field, by) = (field.to_owned(), ChangeHash(change.hash().0));
                    self.reopened.push(Reopened { field, op: made, by, values: values.to_string() });
                }
                continue;
            }
            // A field written twice in one action was written once, as far as people are concerned.
            let before = self.found.iter().skip(first);
            let twice = before.into_iter().position(|f| f.written.field == field.as_str() && f.object == *object);
            if let Some(at) = twice {
                self.found.remove(first + at);
            }
            let field = field.to_string();
            match op.action {
                OpType::Make(ObjType::Text) => {
                    self.texts.insert((made.0, made.1.to_bytes().to_vec()), field.clone());
                    self.add(change, field, None, made, None, true);
                }
                OpType::Make(_) => self.add(change, field, Some(Value::Unknown), object.clone(), Some(made), false),
                OpType::Put(value) => {
                    self.add(change, field, Some(value_of(&value)), object.clone(), Some(made), false);
                }
                OpType::Delete => self.add(change, field, None, object.clone(), None, false),
                OpType::Increment(_) | OpType::MarkBegin(..) | OpType::MarkEnd(_) => {}
            }
        }
    }

    fn add(
        &mut self,
        change: &Change,
        field: String,
        value: Option<Value>,
        object: OpId,
        op: Option<OpId>,
        text: bool,
    ) {
        let written = Written {
            field,
            value,
            actor: ActorId::from_slice(change.actor_id().to_bytes()).unwrap_or(ActorId([0; 16])),
            change: ChangeHash(change.hash().0),
            seq: change.seq(),
            on: day_of(change),
            declared: change.message().and_then(|name| declared(name)).map(str::to_owned),
            standing: Standing::Replaced,
        };
        self.found.push(Found { written, object, op, text });
    }

    /// Tells of each value what became of it.
    fn settle(self, shown: &OpId, changes: &[Change]) -> Vec<Found> {
        let Self { mut found, overwritten, texts, reopened, .. } = self;
        let mut live: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, one) in found.iter().enumerate() {
            let stands = one.op.as_ref().is_some_and(|op| !overwritten.contains(op));
            if stands && one.object == *shown {
                live.entry(one.written.field.clone()).or_default().push(at);
            }
        }
        for places in live.values() {
            let values: BTreeSet<_> = places.iter().filter_map(|at| found.get(*at)?.written.value.as_ref()).collect();
            let standing = if values.len() > 1 { Standing::Conflict } else { Standing::Stands };
            for at in places {
                if let Some(one) = found.get_mut(*at) {
                    one.written.standing = standing;
                }
            }
        }
        let fields: BTreeSet<String> = found.iter().map(|one| one.written.field.clone()).collect();
        for field in fields.iter().filter(|field| !live.contains_key(*field)) {
            let last = found.iter_mut().rev().find(|one| one.written.field == *field && !one.text);
            if let Some(emptied) = last.filter(|one| one.written.value.is_none() && one.object == *shown) {
                emptied.written.standing = Standing::Stands;
            }
        }
        for again in reopened {
            let open = !overwritten.contains(&again.op) && !live.contains_key(&again.field);
            for one in found.iter_mut().filter(|one| one.written.field == again.field && one.object == *shown) {
                let change = one.written.change;
                if change == again.by && one.written.value.is_none() {
                    one.written.standing = Standing::Reopened;
                } else if open && again.values.split(' ').any(|name| name == change.to_string()) {
                    one.written.standing = Standing::Conflict;
                }
            }
        }
        for (counter, actor) in texts.keys() {
            let text = OpId(*counter, automerge::ActorId::from(actor.as_slice()));
            let newest = newest(&found, &text, changes);
            let standing = if newest.len() > 1 { Standing::Merged } else { Standing::Stands };
            for one in found.iter_mut().filter(|one| one.text && one.object == text) {
                if newest.contains(&one.written.change) {
                    one.written.standing = standing;
                }
            }
        }
        found
    }
}

/// Choosing the value that automerge shows anyway removes the others and writes nothing: who chose stands behind it too.
fn chosen(doc: &Automerge, found: &mut Found) {
    let name = format!("{}@{}", found.object.0, found.object.1.to_hex_string());
    let heads = [automerge::ChangeHash(found.written.change.0)];
    let Ok((record, _)) = doc.import(&name) else { return };
    if let Ok(Some((automerge::Value::Scalar(left), op))) = doc.get_at(&record, found.written.field.as_str(), &heads) {
        found.written.value = Some(value_of(&left));
        found.op = op_of(&op);
    }
}

/// Versions of a text on which no other version builds.
fn newest(found: &[Found], text: &OpId, changes: &[Change]) -> HashSet<ChangeHash> {
    let versions: HashSet<ChangeHash> =
        found.iter().filter(|one| one.text && one.object == *text).map(|one| one.written.change).collect();
    let mut below: HashSet<ChangeHash> = HashSet::new();
    let mut newest = HashSet::new();
    // From the last change down: whoever is met before being named as a dependency has nothing above it.
    for change in changes.iter().rev() {
        let hash = ChangeHash(change.hash().0);
        let covered = below.remove(&hash);
        if versions.contains(&hash) && !covered {
            newest.insert(hash);
        }
        if covered || versions.contains(&hash) {
            below.extend(change.deps().iter().map(|dep| ChangeHash(dep.0)));
        }
    }
    newest
}

/// Leaves out what is too much, the oldest first and never what stands. Returns how many.
fn trim(values: &mut Vec<Found>, limit: usize) -> usize {
    let before = values.len();
    let mut over = before.saturating_sub(limit);
    let mut texts: BTreeMap<String, usize> = BTreeMap::new();
    for one in values.iter().filter(|one| one.text) {
        *texts.entry(one.written.field.clone()).or_default() += 1;
    }
    values.retain(|one| {
        if one.written.standing != Standing::Replaced {
            return true;
        }
        let many = one.text.then(|| texts.get_mut(&one.written.field)).flatten().filter(|count| **count > TEXTS);
        if let Some(count) = many {
            *count -= 1;
            over = over.saturating_sub(1);
            return false;
        }
        let keep = over == 0;
        over = over.saturating_sub(1);
        keep
    });
    before - values.len()
}

/// Reads a text as its writer had it.
fn with_text(doc: &Automerge, found: Found) -> Written {
    let Found { mut written, object, text, .. } = found;
    if text {
        let name = format!("{}@{}", object.0, object.1.to_hex_string());
        let heads = [automerge::ChangeHash(written.change.0)];
        let read = doc.import(&name).ok().and_then(|(object, _)| doc.text_at(&object, &heads).ok());
        written.value = Some(read.map_or(Value::Unknown, Value::Text));
    }
    written
}

fn op_of(object: &ObjId) -> Option<OpId> {
    match object {
        ObjId::Id(counter, actor, _) => Some(OpId(*counter, actor.clone())),
        ObjId::Root => None,
    }
}

fn value_of(scalar: &ScalarValue) -> Value {
    match scalar {
        ScalarValue::Str(text) => Value::Str(text.to_string()),
        ScalarValue::Int(number) => Value::Int(*number),
        ScalarValue::Boolean(flag) => Value::Bool(*flag),
        ScalarValue::Bytes(bytes) => Value::Bytes(bytes.clone()),
        _ => Value::Unknown,
    }
}

#[cfg(test)]
mod tests;
