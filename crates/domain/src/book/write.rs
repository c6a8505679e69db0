//! Writing records: surgical edits, one user action one change.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{Automerge, Change, ObjId, ObjType, ReadDoc, ScalarValue};
use jiff::civil::Date;

use crate::book::record::{TYPE, Value, records_map};
use crate::book::{BookKind, genesis};
use crate::ids::{ActorId, RecordId};

/// One step of an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordOp {
    /// Makes a record with its first fields; merging texts are made here and only here.
    Create {
        /// New id.
        id: RecordId,
        /// Type such as `visit`.
        rtype: String,
        /// First fields.
        fields: Vec<(String, Value)>,
    },
    /// Writes one scalar field over all its concurrent values.
    Set {
        /// Record.
        id: RecordId,
        /// Field.
        field: String,
        /// Any value but a text.
        value: Value,
    },
    /// Removes a field.
    Clear {
        /// Record.
        id: RecordId,
        /// Field.
        field: String,
    },
    /// Makes a merging text read so, by the smallest splice; what another writer adds meanwhile stays.
    EditText {
        /// Record.
        id: RecordId,
        /// Field.
        field: String,
        /// The whole new text.
        text: String,
    },
}

impl RecordOp {
    /// The record that the step makes or changes.
    pub fn record(&self) -> RecordId {
        match self {
            Self::Create { id, .. } | Self::Set { id, .. } | Self::Clear { id, .. } | Self::EditText { id, .. } => *id,
        }
    }
}

/// An edit that does not fit the book.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The record to change is not in the book.
    #[error("record {0} is not in this book")]
    NoRecord(RecordId),
    /// The id is taken.
    #[error("record {0} is already in this book")]
    Exists(RecordId),
    /// The field is no merging text, or the value is no scalar.
    #[error("field `{0}` does not take such a value")]
    WrongShape(String),
    /// The document refused.
    #[error("the book refused the edit: {0}")]
    Book(#[from] automerge::AutomergeError),
    /// The document has no `records` map.
    #[error("the book has no records map: it does not start from genesis")]
    NoGenesis,
}

/// A document that holds genesis only.
pub fn new_document(kind: &BookKind) -> Result<Automerge, WriteError> {
    let change = Change::from_bytes(genesis(kind).to_vec()).map_err(|_| WriteError::NoGenesis)?;
    let mut doc = Automerge::new();
    doc.apply_changes([change])?;
    Ok(doc)
}

/// A step that makes a record.
pub fn create<const N: usize>(id: RecordId, rtype: &str, fields: [(&str, Value); N]) -> RecordOp {
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    RecordOp::Create { id, rtype: rtype.to_owned(), fields }
}

/// Applies one user action as one change by `actor`, dated `on` (the date only). Returns the change; none when nothing
/// was to do. After an error the document must be thrown away and reloaded.
pub fn apply(doc: &mut Automerge, actor: &ActorId, on: Date, ops: &[RecordOp]) -> Result<Option<Change>, WriteError> {
    apply_as(doc, actor, on, None, ops)
}

/// Bytes of a declared name; a longer one is neither written nor told.
pub const MAX_DECLARED: usize = 64;

/// The name as it may stand in a change: one line of at most [`MAX_DECLARED`] bytes.
pub fn declared(name: &str) -> Option<&str> {
    let plain = !name.is_empty() && name.len() <= MAX_DECLARED && !name.chars().any(char::is_control);
    plain.then_some(name)
}

/// [`apply`], with the name of who says to have made it. It stands in the change's message: whoever has the book reads it,
/// and it proves nothing.
pub fn apply_as(
    doc: &mut Automerge,
    actor: &ActorId,
    on: Date,
    by: Option<&str>,
    ops: &[RecordOp],
) -> Result<Option<Change>, WriteError> {
    let records = records_map(doc).ok_or(WriteError::NoGenesis)?;
    doc.set_actor(automerge::ActorId::from(actor.as_bytes().as_slice()));
    let days = on.since(Date::constant(1970, 1, 1)).map_or(0, |span| i64::from(span.get_days()));
    let mut tx = doc.transaction();
    for op in ops {
        if let Err(error) = step(&mut tx, &records, op) {
            tx.rollback();
            return Err(error);
        }
    }
    let mut options = CommitOptions::default().with_time(days * 86_400);
    if let Some(name) = by.and_then(declared) {
        options = options.with_message(name);
    }
    let (hash, _) = tx.commit_with(options);
    Ok(hash.and_then(|hash| doc.get_change_by_hash(&hash)))
}

fn step(tx: &mut automerge::transaction::Transaction<'_>, records: &ObjId, op: &RecordOp) -> Result<(), WriteError> {
    let record_of =
        |tx: &automerge::transaction::Transaction<'_>, id: &RecordId| match tx.get(records, id.to_string())? {
            Some((automerge::Value::Object(ObjType::Map), object)) => Ok(object),
            _ => Err(WriteError::NoRecord(*id)),
        };
    match op {
        RecordOp::Create { id, rtype, fields } => {
            if tx.get(records, id.to_string())?.is_some() {
                return Err(WriteError::Exists(*id));
            }
            let record = tx.put_object(records, id.to_string(), ObjType::Map)?;
            tx.put(&record, TYPE, rtype.as_str())?;
            for (field, value) in fields {
                if let Value::Text(text) = value {
                    let object = tx.put_object(&record, field.as_str(), ObjType::Text)?;
                    tx.splice_text(&object, 0, 0, text)?;
                } else {
                    tx.put(&record, field.as_str(), scalar(field, value)?)?;
                }
            }
        }
        RecordOp::Set { id, field, value } => {
            let record = record_of(tx, id)?;
            let value = scalar(field, value)?;
            let all = tx.get_all(&record, field.as_str())?;
            let same = matches!(all.as_slice(), [(automerge::Value::Scalar(now), _)] if *now.as_ref() == value);
            if !same {
                tx.put(&record, field.as_str(), value)?;
            }
        }
        RecordOp::Clear { id, field } => {
            let record = record_of(tx, id)?;
            if tx.get(&record, field.as_str())?.is_some() {
                tx.delete(&record, field.as_str())?;
            }
        }
        RecordOp::EditText { id, field, text } => {
            let record = record_of(tx, id)?;
            match tx.get(&record, field.as_str())? {
                Some((automerge::Value::Object(ObjType::Text), object)) => tx.update_text(&object, text)?,
                _ => return Err(WriteError::WrongShape(field.clone())),
            }
        }
    }
    Ok(())
}

fn scalar(field: &str, value: &Value) -> Result<ScalarValue, WriteError> {
    Ok(match value {
        Value::Str(text) => ScalarValue::Str(text.as_str().into()),
        Value::Int(number) => ScalarValue::Int(*number),
        Value::Bool(flag) => ScalarValue::Boolean(*flag),
        Value::Bytes(bytes) => ScalarValue::Bytes(bytes.clone()),
        Value::Text(_) | Value::Unknown => return Err(WriteError::WrongShape(field.to_owned())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::record::{read_record, reopen, touched_records};
    use jiff::civil::date;

    const A: ActorId = ActorId([1; 16]);
    const B: ActorId = ActorId([2; 16]);
    const R: RecordId = RecordId([9; 16]);

    fn book() -> Automerge {
        let mut doc = new_document(&BookKind::visits()).unwrap();
        let fields = [("place", "村部".into()), ("minutes", Value::Text("一".to_owned()))];
        apply(&mut doc, &A, date(2026, 3, 5), &[create(R, "visit", fields)]).unwrap();
        doc
    }

    fn set(value: &str) -> RecordOp {
        RecordOp::Set { id: R, field: "place".to_owned(), value: value.into() }
    }

    #[test]
    fn two_writers_of_one_field_are_a_conflict_that_keeps_both_and_names_them() {
        let mut a = book();
        let mut b = a.fork();
        apply(&mut a, &A, date(2026, 3, 6), &[set("甲")]).unwrap();
        let change = apply(&mut b, &B, date(2026, 3, 7), &[set("乙")]).unwrap().unwrap();
        a.apply_changes([change.clone()]).unwrap();
        assert_eq!(touched_records(&a, [&change]), [R].into(), "the touched record is found from the operations");
        let record = read_record(&a, R).unwrap();
        let field = &record.fields["place"];
        assert!(field.conflicted());
        let actors: Vec<_> = field.values.iter().map(|seen| seen.actor).collect();
        assert!(actors.contains(&A) && actors.contains(&B), "both writers are named");
        apply(&mut a, &A, date(2026, 3, 8), &[set("乙")]).unwrap();
        assert!(!read_record(&a, R).unwrap().fields["place"].conflicted(), "settling writes over all values");
    }

    #[test]
    fn a_choice_that_was_taken_back_shows_both_values_again_until_the_next_one() {
        let mut a = book();
        let mut b = a.fork();
        apply(&mut a, &A, date(2026, 3, 6), &[set("甲")]).unwrap();
        let change = apply(&mut b, &B, date(2026, 3, 7), &[set("乙")]).unwrap().unwrap();
        a.apply_changes([change]).unwrap();
        let before = read_record(&a, R).unwrap().fields["place"].clone();
        let changes: Vec<_> = before.values.iter().filter_map(|seen| seen.change).collect();
        assert_eq!(changes.len(), 2);
        for chosen in ["甲", "乙"] {
            apply(&mut a, &A, date(2026, 3, 8), &[set(chosen)]).unwrap().unwrap();
            let record = read_record(&a, R).unwrap();
            assert_eq!((record.str("place"), record.fields["place"].conflicted()), (chosen, false));
            apply(&mut a, &A, date(2026, 3, 8), &reopen(R, "place", &changes)).unwrap().unwrap();
            let record = read_record(&a, R).unwrap();
            assert_eq!(record.fields["place"], before, "the same values by the same writers");
            assert!(!record.fields.keys().any(|key| key.starts_with("undecided")), "no field of its own");
        }
        let again = Automerge::load(&a.save()).unwrap();
        assert_eq!(read_record(&again, R).unwrap().fields["place"], before, "also after it was written and loaded");

        let mut c = a.fork();
        let change = apply(&mut c, &B, date(2026, 3, 9), &[set("丙")]).unwrap().unwrap();
        assert_eq!(touched_records(&c, [&change]), [R].into());
        assert_eq!(
            read_record(&c, R).unwrap().fields["place"].values.len(),
            1,
            "whatever is written next is the choice"
        );
        assert_eq!(read_record(&c, R).unwrap().str("place"), "丙");
    }

    #[test]
    fn taking_a_choice_back_brings_no_value_that_nobody_wrote_there() {
        let mut doc = book();
        let other = apply(&mut doc, &A, date(2026, 3, 6), &[set("甲")]).unwrap().unwrap();
        let mut hashes: Vec<crate::ids::ChangeHash> = (0..40).map(|n| crate::ids::ChangeHash([n; 32])).collect();
        hashes.insert(0, crate::ids::ChangeHash(other.hash().0));
        apply(&mut doc, &A, date(2026, 3, 7), &reopen(R, "topic", &hashes)).unwrap();
        assert!(!read_record(&doc, R).unwrap().fields.contains_key("topic"), "the change wrote another field");
        apply(&mut doc, &A, date(2026, 3, 7), &reopen(R, "place", &hashes)).unwrap();
        let record = read_record(&doc, R).unwrap();
        assert_eq!(
            (record.str("place"), record.fields["place"].conflicted()),
            ("甲", false),
            "unknown changes say nothing"
        );
    }

    #[test]
    fn minutes_of_two_writers_merge() {
        let mut a = book();
        let mut b = a.fork();
        let edit = |text: &str| RecordOp::EditText { id: R, field: "minutes".to_owned(), text: text.to_owned() };
        apply(&mut a, &A, date(2026, 3, 6), &[edit("零一")]).unwrap();
        let change = apply(&mut b, &B, date(2026, 3, 6), &[edit("一二")]).unwrap().unwrap();
        a.apply_changes([change.clone()]).unwrap();
        assert_eq!(read_record(&a, R).unwrap().str("minutes"), "零一二");
        assert_eq!(touched_records(&a, [&change]), [R].into(), "an edit inside a text touches its record");
    }

    #[test]
    fn writing_what_stands_there_makes_no_change() {
        let mut doc = book();
        assert!(apply(&mut doc, &A, date(2026, 3, 6), &[set("村部")]).unwrap().is_none());
    }

    #[test]
    fn a_change_is_dated_by_the_day_only() {
        let mut doc = book();
        let change = apply(&mut doc, &A, date(2026, 3, 6), &[set("甲")]).unwrap().unwrap();
        assert_eq!(change.timestamp() % 86_400, 0);
        assert_eq!(change.timestamp() / 86_400, 20_518);
    }
}
