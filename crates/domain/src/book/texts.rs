//! Merging texts that several writers edited without knowing of each other. Automerge puts their words together; what each of
//! them wrote is found again here, so that a person can look at it.

use std::collections::{BTreeMap, BTreeSet};

use automerge::legacy::{Key, ObjectId, OpType};
use automerge::{Automerge, Change, ObjType, ReadDoc};

use crate::book::declared;
use crate::book::history::{Standing, Written, day_of};
use crate::book::record::{Value, records_map};
use crate::ids::{ActorId, ChangeHash, RecordId};

/// Versions of one text that are told at most.
const VERSIONS: usize = 8;

/// A text that was put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedText {
    /// Its record.
    pub record: RecordId,
    /// Its field.
    pub field: String,
    /// As all writers had it before.
    pub before: String,
    /// As it reads now.
    pub now: String,
    /// What each writer made of it, by the hashes of their changes.
    pub versions: Vec<Written>,
}

/// A change wrote into a merging text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextWrite {
    /// The text, by the operation that made it.
    pub object: String,
    /// The record and field, when the change made the text together with its record.
    pub made: Option<(RecordId, String)>,
}

/// The merging texts that a change wrote into, each once. A text is made with its record, in one change, and nowhere else.
pub fn text_writes(change: &Change) -> Vec<TextWrite> {
    let actor = change.actor_id().to_hex_string();
    let mut records: BTreeMap<String, RecordId> = BTreeMap::new();
    let mut out: Vec<TextWrite> = Vec::new();
    // Each letter is an operation: which texts are in `out` is not to be looked through for each.
    let mut told: BTreeSet<String> = BTreeSet::new();
    for (number, op) in (change.start_op().get()..).zip(change.decode().operations) {
        let ObjectId::Id(object) = &op.obj else { continue };
        let within = format!("{}@{}", object.counter(), object.actor().to_hex_string());
        let made = format!("{number}@{actor}");
        match (&op.key, &op.action) {
            (Key::Map(key), OpType::Make(ObjType::Map)) => {
                if let Ok(id) = key.parse() {
                    records.insert(made, id);
                }
            }
            (Key::Map(key), OpType::Make(ObjType::Text)) => {
                if let Some(id) = records.get(&within) {
                    told.insert(made.clone());
                    out.push(TextWrite { object: made, made: Some((*id, key.to_string())) });
                }
            }
            (Key::Seq(_), _) if !told.contains(&within) => {
                told.insert(within.clone());
                out.push(TextWrite { object: within, made: None });
            }
            _ => {}
        }
    }
    out
}

/// Which change builds on which, by numbers that rise from dependencies to dependents; genesis has none.
pub struct Order {
    below: BTreeMap<u32, Vec<u32>>,
}

impl Order {
    /// Of changes with what each builds on.
    pub fn new(changes: impl IntoIterator<Item = (u32, Vec<u32>)>) -> Self {
        Self { below: changes.into_iter().collect() }
    }

    /// What a change builds on, itself included.
    fn known(&self, n: u32) -> BTreeSet<u32> {
        let mut known = BTreeSet::from([n]);
        let mut next = vec![n];
        while let Some(n) = next.pop() {
            let below = self.below.get(&n).into_iter().flatten().copied().filter(|n| *n != 0);
            next.extend(below.filter(|below| known.insert(*below)));
        }
        known
    }

    /// Those of a set on which no other of it builds.
    fn heads(&self, set: &BTreeSet<u32>) -> Vec<u32> {
        let covered: BTreeSet<u32> = set.iter().filter_map(|n| self.below.get(n)).flatten().copied().collect();
        set.difference(&covered).copied().collect()
    }
}

/// A text whose newest versions, of those that wrote into it, know nothing of each other; none when one of them knows all. An edit
/// made after they came together settles them.
pub fn merged_text(
    doc: &Automerge,
    (record, field): (RecordId, &str),
    writes: &[u32],
    order: &Order,
    hash_of: &dyn Fn(u32) -> Option<ChangeHash>,
) -> Option<MergedText> {
    let records = records_map(doc)?;
    let Ok(Some((automerge::Value::Object(ObjType::Map), map))) = doc.get(&records, record.to_string()) else {
        return None;
    };
    let Ok(Some((automerge::Value::Object(ObjType::Text), object))) = doc.get(&map, field) else { return None };
    // From the last version down: what a newer one knows is not among the newest.
    let mut newest: Vec<(u32, BTreeSet<u32>)> = Vec::new();
    for n in writes.iter().rev() {
        if newest.len() < VERSIONS && newest.iter().all(|(_, known)| !known.contains(n)) {
            newest.push((*n, order.known(*n)));
        }
    }
    let (_, first) = newest.first()?;
    if newest.len() < 2 {
        return None;
    }
    let shared =
        newest.iter().skip(1).fold(first.clone(), |shared, (_, known)| shared.intersection(known).copied().collect());
    let hash = |n: u32| hash_of(n).map(|hash| automerge::ChangeHash(hash.0));
    let heads: Vec<_> = order.heads(&shared).into_iter().filter_map(hash).collect();
    // Made by one of them alone: there was nothing before.
    let before = if heads.is_empty() { String::new() } else { doc.text_at(&object, &heads).unwrap_or_default() };
    let version = |n: u32| {
        let change = doc.get_change_by_hash(&hash(n)?)?;
        Some(Written {
            field: field.to_owned(),
            value: Some(Value::Text(doc.text_at(&object, &[change.hash()]).ok()?)),
            actor: ActorId::from_slice(change.actor_id().to_bytes()).ok()?,
            change: ChangeHash(change.hash().0),
            seq: change.seq(),
            on: day_of(&change),
            declared: change.message().and_then(|name| declared(name)).map(str::to_owned),
            standing: Standing::Merged,
        })
    };
    let mut versions: Vec<Written> = newest.iter().filter_map(|(n, _)| version(*n)).collect();
    // The same on every device, whatever came first there.
    versions.sort_by_key(|one| one.change);
    let now = doc.text(&object).ok()?;
    (versions.len() > 1).then(|| MergedText { record, field: field.to_owned(), before, now, versions })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::book::{BookKind, RecordOp, apply, create, new_document};

    const ID: RecordId = RecordId([7; 16]);

    fn write(doc: &mut Automerge, actor: u8, text: &str) {
        let op = RecordOp::EditText { id: ID, field: "minutes".to_owned(), text: text.to_owned() };
        apply(doc, &ActorId([actor; 16]), date(2026, 3, 5), &[op]).unwrap().unwrap();
    }

    /// As the store finds them, out of all changes of a document.
    fn merged_texts(doc: &Automerge) -> Vec<MergedText> {
        let changes = doc.get_changes(&[]);
        let n_of: BTreeMap<_, u32> = changes.iter().map(Change::hash).zip(1u32..).collect();
        let deps = |change: &Change| change.deps().iter().filter_map(|dep| n_of.get(dep).copied()).collect();
        let order = Order::new(changes.iter().map(|change| (n_of[&change.hash()], deps(change))));
        let mut texts: BTreeMap<String, (RecordId, String, Vec<u32>)> = BTreeMap::new();
        for change in &changes {
            for TextWrite { object, made } in text_writes(change) {
                if let Some((record, field)) = made {
                    texts.insert(object.clone(), (record, field, Vec::new()));
                }
                texts.get_mut(&object).unwrap().2.push(n_of[&change.hash()]);
            }
        }
        let hash = |n: u32| changes.get(n as usize - 1).map(|change| ChangeHash(change.hash().0));
        texts.values().filter_map(|(id, field, writes)| merged_text(doc, (*id, field), writes, &order, &hash)).collect()
    }

    fn merge(one: &mut Automerge, other: &Automerge) {
        one.apply_changes(other.get_changes(&[])).unwrap();
    }

    #[test]
    fn what_each_of_two_writers_made_of_a_text_is_told_until_somebody_writes_on() {
        let mut one = new_document(&BookKind::meetings()).unwrap();
        let make = create(ID, "session", [("minutes", Value::Text("开会。".to_owned())), ("title", "议题".into())]);
        apply(&mut one, &ActorId([1; 16]), date(2026, 3, 5), &[make]).unwrap().unwrap();
        write(&mut one, 1, "开会。学习。");
        assert!(merged_texts(&one).is_empty(), "one writer");
        let mut two = one.clone();
        write(&mut two, 2, "开会。学习。表决。");
        write(&mut two, 2, "开会。学习。表决通过。");
        write(&mut one, 1, "支部开会。学习。");
        assert!(merged_texts(&two).is_empty(), "one after the other");
        merge(&mut one, &two);
        merge(&mut two, &one);
        let found = merged_texts(&one);
        assert_eq!(found, merged_texts(&two));
        let [text] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((text.record, text.field.as_str()), (ID, "minutes"));
        assert_eq!((text.before.as_str(), text.now.as_str()), ("开会。学习。", "支部开会。学习。表决通过。"));
        let mut versions: Vec<_> = text.versions.iter().map(|one| (one.actor.0[0], one.value.clone())).collect();
        versions.sort();
        let as_text = |text: &str| Some(Value::Text(text.to_owned()));
        assert_eq!(versions, [(1, as_text("支部开会。学习。")), (2, as_text("开会。学习。表决通过。"))]);
        write(&mut one, 1, "支部开会。学习。表决通过了。");
        assert!(merged_texts(&one).is_empty(), "whoever wrote on saw both");
    }

    #[test]
    fn a_third_writer_who_knew_of_neither_is_told_too() {
        let mut one = new_document(&BookKind::meetings()).unwrap();
        let make = create(ID, "session", [("minutes", Value::Text(String::new()))]);
        apply(&mut one, &ActorId([1; 16]), date(2026, 3, 5), &[make]).unwrap().unwrap();
        let (mut two, mut three) = (one.clone(), one.clone());
        write(&mut one, 1, "甲。");
        write(&mut two, 2, "乙。");
        write(&mut three, 3, "丙。");
        merge(&mut one, &two);
        assert_eq!(merged_texts(&one)[0].versions.len(), 2);
        merge(&mut one, &three);
        let found = merged_texts(&one);
        assert_eq!((found[0].versions.len(), found[0].before.as_str()), (3, ""));
        assert!(["甲。", "乙。", "丙。"].iter().all(|part| found[0].now.contains(part)));
    }
}
