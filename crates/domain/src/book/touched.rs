//! Which fields of which records changes wrote.

use std::collections::{BTreeMap, BTreeSet};

use automerge::legacy::{Key, ObjectId};
use automerge::{Automerge, Change, ReadDoc};

use super::record::records_map;
use crate::ids::RecordId;

/// The fields that the operations of these changes touch, after they were applied to `doc`. A record that was made has its
/// type among them.
pub fn touched_fields<'a>(
    doc: &Automerge,
    changes: impl IntoIterator<Item = &'a Change>,
) -> BTreeMap<RecordId, BTreeSet<String>> {
    let mut touched: BTreeMap<RecordId, BTreeSet<String>> = BTreeMap::new();
    let Some(records) = records_map(doc) else { return touched };
    for change in changes {
        for op in change.decode().operations {
            let ObjectId::Id(object) = &op.obj else { continue };
            let name = format!("{}@{}", object.counter(), object.actor().to_hex_string());
            let Ok((object, _)) = doc.import(&name) else { continue };
            if object == records {
                continue;
            }
            // From the object upwards: the last key before `records` names the record, the one below it the field.
            let mut keys: Vec<String> = match &op.key {
                Key::Map(key) => vec![key.to_string()],
                Key::Seq(_) => Vec::new(),
            };
            let Ok(parents) = doc.parents(&object) else { continue };
            for parent in parents {
                if let automerge::Prop::Map(key) = parent.prop {
                    keys.push(key);
                }
                if parent.obj == records {
                    break;
                }
            }
            let Some(id) = keys.pop().and_then(|key| key.parse().ok()) else { continue };
            touched.entry(id).or_default().extend(keys.pop());
        }
    }
    touched
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::book::{BookKind, RecordOp, Value, apply, create, new_document};
    use crate::ids::ActorId;

    #[test]
    fn fields_are_found_whether_set_cleared_or_edited_inside_a_text() {
        let (actor, id, other) = (ActorId([1; 16]), RecordId([9; 16]), RecordId([8; 16]));
        let mut doc = new_document(&BookKind::visits()).unwrap();
        let day = date(2026, 3, 5);
        let fields = [("place", "村部".into()), ("minutes", Value::Text("一".to_owned()))];
        let made = apply(&mut doc, &actor, day, &[create(id, "visit", fields)]).unwrap().unwrap();
        apply(&mut doc, &actor, day, &[create(other, "visit", [("place", "渠边".into())])]).unwrap();
        let set = RecordOp::Set { id, field: "theme".to_owned(), value: "修路".into() };
        let edit = RecordOp::EditText { id, field: "minutes".to_owned(), text: "一二".to_owned() };
        let clear = RecordOp::Clear { id: other, field: "place".to_owned() };
        let changed = apply(&mut doc, &actor, day, &[set, edit, clear]).unwrap().unwrap();
        let names = |fields: &BTreeSet<String>| fields.iter().cloned().collect::<Vec<_>>();
        let found = touched_fields(&doc, [&changed]);
        assert_eq!(names(&found[&id]), ["minutes", "theme"]);
        assert_eq!(names(&found[&other]), ["place"]);
        let found = touched_fields(&doc, [&made]);
        assert_eq!(names(&found[&id]), ["minutes", "place", "type"]);
    }
}
