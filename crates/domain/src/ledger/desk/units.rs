//! 常用分组: offices below that are often addressed together, in `own/desk`. Each office stands under its own key, so that two
//! devices that add different ones both have it.

use std::collections::BTreeSet;

use crate::book::{RecordOp, RecordView, Value};
use crate::ids::{OfficeId, RecordId};

/// Record type, in `own/desk`.
pub const UNIT_GROUP: &str = "unit_group";
/// Offices in one group at most.
pub const MAX_UNITS: usize = 2_000;

/// A saved group of offices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitGroup {
    /// What it is called.
    pub title: String,
    /// The offices in it.
    pub units: BTreeSet<OfficeId>,
    /// Day of entry.
    pub recorded_on: String,
}

fn key(unit: &OfficeId) -> String {
    format!("unit/{unit}")
}

impl UnitGroup {
    /// Reads a group; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        let set = record.below("unit/").filter(|(_, field)| field.shown() == Some(&Value::Bool(true)));
        (record.rtype == UNIT_GROUP).then(|| Self {
            title: record.str("title").to_owned(),
            units: set.filter_map(|(id, _)| id.parse().ok()).take(MAX_UNITS).collect(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let words = [("title", self.title.as_str()), ("recorded_on", &self.recorded_on)];
        let mut op = crate::ledger::made(id, UNIT_GROUP, words, None);
        if let RecordOp::Create { fields, .. } = &mut op {
            fields.extend(self.units.iter().map(|unit| (key(unit), Value::Bool(true))));
        }
        op
    }

    /// Steps that change only what differs from `before`.
    pub fn update(&self, id: RecordId, before: &Self) -> Vec<RecordOp> {
        let set = |field: String, value: Value| RecordOp::Set { id, field, value };
        let title = (self.title != before.title).then(|| set("title".to_owned(), Value::Str(self.title.clone())));
        let into = self.units.difference(&before.units).map(|unit| set(key(unit), Value::Bool(true)));
        let out = before.units.difference(&self.units).map(|unit| set(key(unit), Value::Bool(false)));
        title.into_iter().chain(into).chain(out).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{FieldView, SeenValue};
    use crate::ids::ActorId;

    const ID: RecordId = RecordId([7; 16]);

    fn unit(n: u8) -> OfficeId {
        OfficeId([n; 16])
    }

    fn group(title: &str, units: &[u8]) -> UnitGroup {
        let units = units.iter().map(|n| unit(*n)).collect();
        UnitGroup { title: title.to_owned(), units, recorded_on: "2026-03-01".to_owned() }
    }

    fn view_of(ops: impl IntoIterator<Item = RecordOp>) -> RecordView {
        let mut view = RecordView { id: ID, rtype: String::new(), fields: Default::default() };
        let seen = |value| FieldView { values: vec![SeenValue { value, actor: ActorId([1; 16]), change: None }] };
        for op in ops {
            match op {
                RecordOp::Create { rtype, fields, .. } => {
                    view.rtype = rtype;
                    view.fields.extend(fields.into_iter().map(|(name, value)| (name, seen(value))));
                }
                RecordOp::Set { field, value, .. } => drop(view.fields.insert(field, seen(value))),
                other => panic!("{other:?}"),
            }
        }
        view
    }

    #[test]
    fn a_group_reads_as_it_was_written_and_only_differences_are_written_again() {
        let first = group("沿河各村", &[1, 2, 3]);
        assert_eq!(UnitGroup::read(&view_of([first.create(ID)])), Some(first.clone()));
        let second = group("沿河三村", &[2, 3, 4]);
        let steps = second.update(ID, &first);
        assert_eq!(steps.len(), 3, "the name, one in, one out: {steps:?}");
        let both = view_of([first.create(ID)].into_iter().chain(steps));
        assert_eq!(UnitGroup::read(&both), Some(second.clone()));
        assert!(second.update(ID, &second).is_empty());
    }
}
