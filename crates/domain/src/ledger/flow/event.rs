//! An event of a flow: one record, only ever added. Which side it is from is told by the book in which it stands.

use std::collections::{BTreeMap, BTreeSet};

use super::spec::{Flow, Side};
use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;
use crate::ledger::verdict::{after_field, seen};

/// Record type, in `up/tasks`, `down/dispatch` and `own/desk`.
pub const FLOW_EVENT: &str = "flow_event";
/// Before the name of a key that the template asks for.
const DATA: &str = "data/";
/// Keys of one event that are read.
const MAX_DATA: usize = 20;

/// What somebody does, or wants to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its record.
    pub id: RecordId,
    /// The item that it is about.
    pub about: String,
    /// What it does: the word of the template.
    pub kind: String,
    /// Whose hand it is from.
    pub side: Side,
    /// Day, ISO. An event without a day of the calendar counts nothing.
    pub on: String,
    /// Who, as far as it was said.
    pub person: String,
    /// In which role.
    pub role: String,
    /// A day that it sets, ISO.
    pub due: String,
    /// One of the template's values, such as how satisfied somebody was.
    pub value: String,
    /// In words; nothing that names a resident.
    pub note: String,
    /// What else the template asks for.
    pub data: BTreeMap<String, String>,
    /// Events that its maker had seen.
    pub after: BTreeSet<RecordId>,
    /// Day of entry.
    pub recorded_on: String,
}

impl Event {
    /// An event without words.
    pub fn new(id: RecordId, kind: &str, side: Side, on: &str) -> Self {
        Self {
            id,
            about: String::new(),
            kind: kind.to_owned(),
            side,
            on: on.to_owned(),
            person: String::new(),
            role: String::new(),
            due: String::new(),
            value: String::new(),
            note: String::new(),
            data: BTreeMap::new(),
            after: BTreeSet::new(),
            recorded_on: on.to_owned(),
        }
    }

    /// Reads an event out of a book of one side; none when the record is of another type.
    pub fn read(record: &RecordView, side: Side) -> Option<Self> {
        (record.rtype == FLOW_EVENT).then(|| Self {
            id: record.id,
            about: record.str("ref").to_owned(),
            kind: record.str("kind").to_owned(),
            side,
            on: record.str("date").to_owned(),
            person: record.str("person").to_owned(),
            role: record.str("role").to_owned(),
            due: record.str("due").to_owned(),
            value: record.str("value").to_owned(),
            note: record.str("note").to_owned(),
            data: record
                .below(DATA)
                .take(MAX_DATA)
                .filter_map(|(key, field)| Some((key.to_owned(), field.shown()?.as_str()?.to_owned())))
                .collect(),
            after: seen(record),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that records it. Keys that the template does not know are left out, so that nothing travels in them.
    pub fn create(&self, flow: &Flow) -> RecordOp {
        let words = [
            ("ref", &self.about),
            ("kind", &self.kind),
            ("date", &self.on),
            ("person", &self.person),
            ("role", &self.role),
            ("due", &self.due),
            ("value", &self.value),
            ("note", &self.note),
            ("recorded_on", &self.recorded_on),
        ];
        let mut fields = crate::ledger::words(words.map(|(name, word)| (name, word.as_str())));
        let known: BTreeSet<&str> = flow.event(&self.kind).into_iter().flat_map(|kind| kind.keys()).collect();
        let said = self.data.iter().filter(|(key, word)| known.contains(key.as_str()) && !word.is_empty());
        fields.extend(said.map(|(key, word)| (format!("{DATA}{key}"), Value::from(word.as_str()))));
        fields.extend(after_field(&self.after));
        RecordOp::Create { id: self.id, rtype: FLOW_EVENT.to_owned(), fields }
    }

    /// What it says under a key.
    pub fn says(&self, key: &str) -> &str {
        match key {
            "person" => &self.person,
            "role" => &self.role,
            "due" => &self.due,
            "value" => &self.value,
            "note" => &self.note,
            other => self.data.get(other).map(String::as_str).unwrap_or_default(),
        }
    }
}

/// The events that had happened by a day (ISO): figures as of a past day are made of these.
pub fn as_of(events: &[Event], day: &str) -> Vec<Event> {
    events.iter().filter(|event| event.on.as_str() <= day).cloned().collect()
}
