//! Copying a book's state into a new generation: every record as it stands, with where it came from, and without the
//! texts that are to be forgotten.

use super::record::disputed;
use super::{RecordOp, RecordView, Value, plain_type};
use crate::ids::{DeviceId, RecordId};

const DEVICE: &str = "copied/device";
const ON: &str = "copied/on";
const WITHOUT: &str = "copied/without";
/// Fields of a record that was copied: the device that wrote it first, on which day, and which texts were left out.
pub const COPIED: [&str; 3] = [DEVICE, ON, WITHOUT];

/// Bytes and fields of one change of copies: well below what one change may weigh.
const BYTES: usize = 96 * 1024;
const FIELDS: usize = 4_000;

/// Where a record was before it was copied (誊录自).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Copied {
    /// The device that wrote it first; none when that was not known.
    pub device: Option<DeviceId>,
    /// ISO date; empty when it was not known.
    pub on: String,
    /// Fields that were left out.
    pub without: Vec<String>,
}

impl Copied {
    /// Reads where a record came from; none for one that was made where it stands.
    pub fn read(record: &RecordView) -> Option<Self> {
        record.fields.contains_key(DEVICE).then(|| Self {
            device: record.str(DEVICE).parse().ok(),
            on: record.str(ON).to_owned(),
            without: record.str(WITHOUT).split_whitespace().map(str::to_owned).collect(),
        })
    }

    fn fields(&self) -> [(String, Value); 3] {
        let device = self.device.map(|device| device.to_string()).unwrap_or_default();
        [(DEVICE, device), (ON, self.on.clone()), (WITHOUT, self.without.join(" "))]
            .map(|(name, text)| (name.to_owned(), text.into()))
    }
}

/// The step that copies a record, without some of its fields. None when a field's value is not understood, so that it could
/// not be carried, or when concurrent values of a field were not settled.
pub fn copy_record(record: &RecordView, without: &[(RecordId, String)], from: Copied) -> Option<RecordOp> {
    let mut from = Copied::read(record).unwrap_or(from);
    let mut fields = Vec::with_capacity(record.fields.len() + COPIED.len());
    for (name, field) in record.fields.iter().filter(|(name, _)| !COPIED.contains(&name.as_str())) {
        if without.iter().any(|(id, left_out)| *id == record.id && left_out == name) {
            from.without.push(name.clone());
            continue;
        }
        if disputed(name, field) || field.values.iter().any(|seen| seen.value == Value::Unknown) {
            return None;
        }
        fields.push((name.clone(), field.shown()?.clone()));
    }
    fields.extend(from.fields());
    Some(RecordOp::Create { id: record.id, rtype: plain_type(&record.rtype).to_owned(), fields })
}

/// Steps in groups that each make one change within what a change may weigh.
pub fn copy_ops(ops: Vec<RecordOp>) -> Vec<Vec<RecordOp>> {
    let mut out: Vec<Vec<RecordOp>> = Vec::new();
    let (mut bytes, mut fields) = (0, 0);
    for op in ops {
        let (more_bytes, more_fields) = weight(&op);
        if out.is_empty() || bytes + more_bytes > BYTES || fields + more_fields > FIELDS {
            (bytes, fields) = (0, 0);
            out.push(Vec::new());
        }
        bytes += more_bytes;
        fields += more_fields;
        if let Some(last) = out.last_mut() {
            last.push(op);
        }
    }
    out
}

fn weight(op: &RecordOp) -> (usize, usize) {
    let RecordOp::Create { fields, .. } = op else { return (256, 1) };
    let mut count = 0;
    let mut bytes = 64;
    for (name, value) in fields {
        let (size, ops) = match value {
            Value::Str(text) => (text.len(), 1),
            // Each character of a merging text is an operation.
            Value::Text(text) => (text.len() * 2, text.chars().count() + 1),
            Value::Bytes(sealed) => (sealed.len(), 1),
            Value::Int(_) | Value::Bool(_) | Value::Unknown => (8, 1),
        };
        bytes += name.len() + size + 16;
        count += ops;
    }
    (bytes, count + 1)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::book::{BookKind, apply, create, new_document, read_record};
    use crate::ids::ActorId;

    const ID: RecordId = RecordId([9; 16]);

    fn record(text: &str) -> RecordView {
        let mut doc = new_document(&BookKind::visits()).unwrap();
        let fields = [("text", text.into()), ("minutes", Value::Text("一二".to_owned())), ("late", Value::Bool(true))];
        apply(&mut doc, &ActorId([1; 16]), date(2026, 3, 5), &[create(ID, "visit", fields)]).unwrap();
        read_record(&doc, ID).unwrap()
    }

    fn copied(record: &RecordView, without: &[(RecordId, String)], from: Copied) -> RecordView {
        let mut doc = new_document(&BookKind::visits()).unwrap();
        let op = copy_record(record, without, from).unwrap();
        apply(&mut doc, &ActorId([2; 16]), date(2026, 3, 6), &[op]).unwrap();
        read_record(&doc, ID).unwrap()
    }

    #[test]
    fn a_copy_is_the_record_without_what_was_left_out_and_says_where_it_was() {
        let from = Copied { device: Some(DeviceId([7; 32])), on: "2026-03-05".to_owned(), without: Vec::new() };
        let copy = copied(&record("周丙三"), &[(ID, "text".to_owned())], from.clone());
        assert_eq!((copy.str("text"), copy.str("minutes"), copy.flag("late")), ("", "一二", true));
        let read = Copied::read(&copy).unwrap();
        assert_eq!(read, Copied { without: vec!["text".to_owned()], ..from.clone() });
        let again = copied(&copy, &[], Copied::default());
        assert_eq!(Copied::read(&again), Some(read), "a copy of a copy names the first");
        assert!(Copied::read(&record("x")).is_none());
    }

    #[test]
    fn many_records_make_several_changes_and_a_small_book_one() {
        let ops = |count: u8, text: &str| -> Vec<RecordOp> {
            (0..count).map(|n| create(RecordId([n; 16]), "visit", [("text", text.into())])).collect()
        };
        assert_eq!(copy_ops(ops(3, "短")).len(), 1);
        let groups = copy_ops(ops(200, &"长".repeat(500)));
        assert!(groups.len() > 2 && groups.iter().all(|group| !group.is_empty()));
        assert_eq!(groups.concat().len(), 200);
        let mut doc = new_document(&BookKind::visits()).unwrap();
        for group in groups {
            let change = apply(&mut doc, &ActorId([1; 16]), date(2026, 3, 5), &group).unwrap().unwrap();
            assert!(change.raw_bytes().len() < crate::accept::MAX_CHANGE_BYTES);
        }
        assert!(copy_ops(Vec::new()).is_empty());
    }
}
