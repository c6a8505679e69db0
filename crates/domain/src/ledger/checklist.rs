//! 清单: own items and rectification in `up/tasks`; items from above in `down/dispatch`, with progress on them in
//! `up/tasks`.

use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;

/// An own item, in `up/tasks`.
pub const ITEM: &str = "item";
/// An item sent down, in `down/dispatch`.
pub const DISPATCHED: &str = "dispatched_item";

/// An item of a checklist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// The session whose resolution it carries out, or empty.
    pub about: String,
    /// 事项
    pub title: String,
    /// `own` or `rectification`; for a dispatched item empty.
    pub origin: String,
    /// 措施, for a dispatched item 要求.
    pub measure: String,
    /// 问题
    pub problem: String,
    /// 责任领导
    pub leader: String,
    /// 责任人
    pub person: String,
    /// 时限, ISO.
    pub deadline: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl Item {
    /// Reads an own or dispatched item; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == ITEM || record.rtype == DISPATCHED).then(|| Self {
            about: record.str("ref").to_owned(),
            title: record.str("title").to_owned(),
            origin: record.str("kind").to_owned(),
            measure: record.str("text").to_owned(),
            problem: record.str("problem").to_owned(),
            leader: record.str("leader").to_owned(),
            person: record.str("person").to_owned(),
            deadline: record.str("date").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    fn fields(&self) -> Vec<(String, Value)> {
        [
            ("ref", &self.about),
            ("title", &self.title),
            ("kind", &self.origin),
            ("text", &self.measure),
            ("problem", &self.problem),
            ("leader", &self.leader),
            ("person", &self.person),
            ("date", &self.deadline),
        ]
        .into_iter()
        .map(|(name, word)| (name.to_owned(), word.as_str().into()))
        .collect()
    }

    /// The step that makes a new record of a type.
    pub fn create(&self, id: RecordId, rtype: &str) -> RecordOp {
        let mut fields = self.fields();
        fields.retain(|(_, value)| *value != Value::Str(String::new()));
        fields.push(("recorded_on".to_owned(), self.recorded_on.as_str().into()));
        RecordOp::Create { id, rtype: rtype.to_owned(), fields }
    }

    /// Steps that change only what differs from `before`.
    pub fn update(&self, id: RecordId, before: &Self) -> Vec<RecordOp> {
        let old = before.fields();
        self.fields()
            .into_iter()
            .filter(|field| !old.contains(field))
            .map(|(field, value)| RecordOp::Set { id, field, value })
            .collect()
    }
}
