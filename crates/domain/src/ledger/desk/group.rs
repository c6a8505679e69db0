//! 并案, 归并: records of several branches laid together, in `own/desk`. It is an overlay: the records laid together stay as they
//! are in their own books, each gets the answer, and taking it back leaves no trace in them.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;
use crate::ledger::flow::Item;

/// Record type, in `own/desk`.
pub const DESK_GROUP: &str = "desk_group";
/// Records in one group at most.
pub const MAX_PARTS: usize = 500;

/// What laying together means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupKind {
    /// 并案: one matter that several brought; counts once.
    #[default]
    Merge,
    /// 共性问题: problems of one kind; each still counts.
    Common,
    /// 不是同一个: records that look like one and are not, as a person said; they are proposed no more.
    Apart,
}

impl GroupKind {
    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Common => "common",
            Self::Apart => "apart",
        }
    }

    /// Reads the word of a book.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Merge, Self::Common, Self::Apart].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Records laid together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// Kind; none: a newer program wrote it, and it lays nothing together here.
    pub kind: Option<GroupKind>,
    /// What it is called.
    pub title: String,
    /// Of a merge, the record that stands for all.
    pub main: String,
    /// What is laid together.
    pub parts: BTreeSet<RecordId>,
    /// Day, ISO.
    pub on: String,
    /// Who, as far as it was said.
    pub person: String,
    /// Why.
    pub note: String,
    /// Taken back.
    pub undone: bool,
    /// Day of entry.
    pub recorded_on: String,
}

impl Group {
    /// Reads a group; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == DESK_GROUP).then(|| Self {
            kind: GroupKind::from_word(record.str("kind")),
            title: record.str("title").to_owned(),
            main: record.str("ref").to_owned(),
            parts: crate::ledger::flags(record, "part/").into_iter().take(MAX_PARTS).collect(),
            on: record.str("date").to_owned(),
            person: record.str("person").to_owned(),
            note: record.str("note").to_owned(),
            undone: record.flag("undone"),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let words = [
            ("kind", self.kind.map_or("", GroupKind::as_str)),
            ("title", &self.title),
            ("ref", &self.main),
            ("date", &self.on),
            ("person", &self.person),
            ("note", &self.note),
            ("recorded_on", &self.recorded_on),
        ];
        let mut op = crate::ledger::made(id, DESK_GROUP, words, self.undone.then_some(("undone", Value::Bool(true))));
        if let RecordOp::Create { fields, .. } = &mut op {
            fields.extend(self.parts.iter().map(|part| (format!("part/{part}"), Value::Bool(true))));
        }
        op
    }

    /// The step that takes it back. Another laying together afterwards is another record.
    pub fn undo(id: RecordId) -> RecordOp {
        RecordOp::Set { id, field: "undone".to_owned(), value: Value::Bool(true) }
    }

    /// The step that takes one record out or puts it in.
    pub fn set_part(id: RecordId, part: &RecordId, inside: bool) -> RecordOp {
        RecordOp::Set { id, field: format!("part/{part}"), value: Value::Bool(inside) }
    }

    fn stands_as(&self, kind: GroupKind) -> bool {
        self.kind == Some(kind) && !self.undone
    }
}

/// Which record stands for each that is merged, itself included. Merges that share a record are one; where several records
/// would stand for all, the lowest that is not merged into another does, on every device.
pub fn merged<'a>(groups: impl IntoIterator<Item = &'a Group>) -> BTreeMap<RecordId, RecordId> {
    let standing: Vec<(RecordId, &BTreeSet<RecordId>)> = groups
        .into_iter()
        .filter(|group| group.stands_as(GroupKind::Merge))
        .filter_map(|group| Some((group.main.parse().ok()?, &group.parts)))
        .collect();
    let mut roots: BTreeMap<RecordId, RecordId> = BTreeMap::new();
    for (main, parts) in &standing {
        for part in *parts {
            let (one, other) = (root(&roots, *main), root(&roots, *part));
            roots.insert(one.max(other), one.min(other));
            roots.entry(one.min(other)).or_insert(one.min(other));
        }
    }
    let into: BTreeSet<RecordId> =
        standing.iter().flat_map(|(main, parts)| parts.iter().filter(move |part| *part != main)).copied().collect();
    let mut chosen: BTreeMap<RecordId, RecordId> = BTreeMap::new();
    for (main, _) in standing.iter().filter(|(main, _)| roots.contains_key(main)) {
        let of = root(&roots, *main);
        let best = chosen.entry(of).or_insert(*main);
        *best = [*best, *main].into_iter().min_by_key(|id| (into.contains(id), *id)).unwrap_or(*main);
    }
    roots.keys().filter_map(|id| Some((*id, *chosen.get(&root(&roots, *id))?))).collect()
}

fn root(roots: &BTreeMap<RecordId, RecordId>, of: RecordId) -> RecordId {
    let mut at = of;
    // Each step leads to a lower id, so there is an end.
    while let Some(next) = roots.get(&at).filter(|next| **next != at) {
        at = *next;
    }
    at
}

/// Pairs of which a person said that they are two, the lower id first, each by the records that stand for them: whoever is not
/// the one is not what was merged with the one either.
pub fn apart<'a>(
    groups: impl IntoIterator<Item = &'a Group>,
    into: &BTreeMap<RecordId, RecordId>,
) -> BTreeSet<(RecordId, RecordId)> {
    let mut out = BTreeSet::new();
    for group in groups.into_iter().filter(|group| group.stands_as(GroupKind::Apart)) {
        let parts: BTreeSet<RecordId> =
            group.parts.iter().map(|part| into.get(part).copied().unwrap_or(*part)).collect();
        for one in &parts {
            out.extend(parts.range(*one..).skip(1).map(|other| (*one, *other)));
        }
    }
    out
}

/// What merging would do, told before it is done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// The record that would stand for all.
    pub main: Option<RecordId>,
    /// Everything that it would stand for, what was merged before included.
    pub together: BTreeSet<RecordId>,
    /// Cases counted here before and after. What the branches count does not change.
    pub counted: (usize, usize),
    /// Each source that gets the answer: office and record.
    pub answers_to: Vec<(String, String)>,
    /// Categories that would lie together, where there is more than one.
    pub categories: BTreeSet<String>,
    /// Some are merged already.
    pub again: bool,
}

/// Tells what a merge would do to the items that are here.
pub fn preview(items: &BTreeMap<RecordId, Item>, groups: &[Group], merge: &Group) -> Preview {
    let before = merged(groups);
    let after = merged(groups.iter().chain([merge]));
    let main = merge.parts.iter().find_map(|part| after.get(part)).copied();
    let together: BTreeSet<RecordId> =
        after.iter().filter(|(_, into)| Some(**into) == main).map(|(id, _)| *id).collect();
    let categories: BTreeSet<String> =
        together.iter().filter_map(|id| items.get(id)).map(|item| item.category.clone()).collect();
    Preview {
        counted: (counted(items, &before).len(), counted(items, &after).len()),
        answers_to: main.map(|main| answers_to(items, &after, &main)).unwrap_or_default(),
        again: merge.parts.iter().any(|part| before.contains_key(part)),
        categories: if categories.len() > 1 { categories } else { BTreeSet::new() },
        main,
        together,
    }
}

/// The items that count here: a merged case once, also where the record that stands for it is not here.
pub fn counted(items: &BTreeMap<RecordId, Item>, into: &BTreeMap<RecordId, RecordId>) -> BTreeSet<RecordId> {
    once(&items.keys().copied().collect(), into)
}

/// Of records those that count here, merged ones once: the one that stands for all where it is among them, else the lowest.
pub fn once(all: &BTreeSet<RecordId>, into: &BTreeMap<RecordId, RecordId>) -> BTreeSet<RecordId> {
    let mut first: BTreeMap<RecordId, RecordId> = BTreeMap::new();
    for id in all {
        let main = into.get(id).copied().unwrap_or(*id);
        first.entry(main).or_insert(if all.contains(&main) { main } else { *id });
    }
    first.into_values().collect()
}

/// Every source that gets the answer to a case: its own, and those of all that it stands for. Office and record, each once.
pub fn answers_to(
    items: &BTreeMap<RecordId, Item>,
    into: &BTreeMap<RecordId, RecordId>,
    case: &RecordId,
) -> Vec<(String, String)> {
    let of = into.iter().filter(|(_, main)| *main == case).map(|(id, _)| id).chain([case]);
    let sources: BTreeSet<(String, String)> = of
        .filter_map(|id| items.get(id))
        .filter(|item| !item.source.is_empty())
        .map(|item| (item.source_office.clone(), item.source.clone()))
        .collect();
    sources.into_iter().collect()
}

#[cfg(test)]
mod tests;
