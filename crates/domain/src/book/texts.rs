//! Merging texts that several writers edited without knowing of each other. Automerge puts their words together; what each of
//! them wrote is found again here, so that a person can look at it.

use std::collections::{BTreeMap, BTreeSet};

use automerge::legacy::ObjectId;
use automerge::{Automerge, Change, ObjId, ObjType, ReadDoc};

use crate::book::declared;
use crate::book::history::{Standing, Written, day_of};
use crate::book::record::{TYPE, Value, record_ids, records_map};
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

/// A text with its place, and the changes that wrote into it.
struct Text {
    record: RecordId,
    field: String,
    object: ObjId,
    versions: Vec<usize>,
}

/// Texts whose newest versions know nothing of each other. An edit made after they came together settles them.
pub fn merged_texts(doc: &Automerge) -> Vec<MergedText> {
    let mut texts = find(doc);
    if texts.is_empty() {
        return Vec::new();
    }
    let changes = doc.get_changes(&[]);
    for (at, change) in changes.iter().enumerate() {
        for op in change.decode().operations {
            let ObjectId::Id(object) = &op.obj else { continue };
            if let Some(text) = texts.get_mut(&(object.0, object.1.to_bytes().to_vec()))
                && text.versions.last() != Some(&at)
            {
                text.versions.push(at);
            }
        }
    }
    let order = Order::new(&changes);
    let told = texts.into_values().filter_map(|text| told(doc, &changes, &order, &text));
    let mut out: Vec<MergedText> = told.collect();
    out.sort_by(|a, b| (a.record, &a.field).cmp(&(b.record, &b.field)));
    out
}

fn find(doc: &Automerge) -> BTreeMap<(u64, Vec<u8>), Text> {
    let mut out = BTreeMap::new();
    let Some(records) = records_map(doc) else { return out };
    for id in record_ids(doc) {
        let Ok(Some((automerge::Value::Object(ObjType::Map), record))) = doc.get(&records, id.to_string()) else {
            continue;
        };
        for field in doc.keys(&record).filter(|field| field != TYPE) {
            let Ok(Some((automerge::Value::Object(ObjType::Text), object))) = doc.get(&record, field.as_str()) else {
                continue;
            };
            if let ObjId::Id(counter, actor, _) = &object {
                let key = (*counter, actor.to_bytes().to_vec());
                out.insert(key, Text { record: id, field, object, versions: Vec::new() });
            }
        }
    }
    out
}

/// Which change builds on which, by their places in the order of the book: each after those that it builds on.
struct Order {
    below: Vec<Vec<usize>>,
}

impl Order {
    fn new(changes: &[Change]) -> Self {
        let place: BTreeMap<ChangeHash, usize> =
            changes.iter().enumerate().map(|(at, change)| (ChangeHash(change.hash().0), at)).collect();
        let below = |change: &Change| {
            change.deps().iter().filter_map(|dep| place.get(&ChangeHash(dep.0)).copied()).collect::<Vec<_>>()
        };
        Self { below: changes.iter().map(below).collect() }
    }

    /// What a change builds on, itself included.
    fn known(&self, at: usize) -> BTreeSet<usize> {
        let mut known = BTreeSet::from([at]);
        let mut next = vec![at];
        while let Some(at) = next.pop() {
            next.extend(self.below.get(at).into_iter().flatten().copied().filter(|below| known.insert(*below)));
        }
        known
    }

    /// Those of a set on which no other of it builds.
    fn heads(&self, set: &BTreeSet<usize>) -> Vec<usize> {
        let covered: BTreeSet<usize> = set.iter().filter_map(|at| self.below.get(*at)).flatten().copied().collect();
        set.difference(&covered).copied().collect()
    }
}

fn told(doc: &Automerge, changes: &[Change], order: &Order, text: &Text) -> Option<MergedText> {
    let actor = |at: &usize| changes.get(*at).map(|change| change.actor_id().clone());
    let writers: BTreeSet<_> = text.versions.iter().filter_map(actor).collect();
    if writers.len() < 2 {
        return None;
    }
    // From the last version down: what a newer one knows is not among the newest.
    let mut newest: Vec<(usize, BTreeSet<usize>)> = Vec::new();
    for at in text.versions.iter().rev() {
        if newest.len() < VERSIONS && newest.iter().all(|(_, known)| !known.contains(at)) {
            newest.push((*at, order.known(*at)));
        }
    }
    newest.reverse();
    let (_, first) = newest.first()?;
    if newest.len() < 2 {
        return None;
    }
    let shared =
        newest.iter().skip(1).fold(first.clone(), |shared, (_, known)| shared.intersection(known).copied().collect());
    let hash = |at: usize| changes.get(at).map(Change::hash);
    let heads: Vec<_> = order.heads(&shared).into_iter().filter_map(hash).collect();
    // Made by one of them alone: there was nothing before.
    let before = doc.text_at(&text.object, &heads).unwrap_or_default();
    let version = |at: usize| {
        let change = changes.get(at)?;
        Some(Written {
            field: text.field.clone(),
            value: Some(Value::Text(doc.text_at(&text.object, &[change.hash()]).ok()?)),
            actor: ActorId::from_slice(change.actor_id().to_bytes()).ok()?,
            change: ChangeHash(change.hash().0),
            seq: change.seq(),
            on: day_of(change),
            declared: change.message().and_then(|name| declared(name)).map(str::to_owned),
            standing: Standing::Merged,
        })
    };
    let mut versions: Vec<Written> = newest.iter().filter_map(|(at, _)| version(*at)).collect();
    // The same on every device, whatever came first there.
    versions.sort_by_key(|one| one.change);
    let now = doc.text(&text.object).ok()?;
    (versions.len() > 1).then(|| MergedText { record: text.record, field: text.field.clone(), before, now, versions })
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
