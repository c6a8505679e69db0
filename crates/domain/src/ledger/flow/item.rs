//! 事项: what a flow is about. The same record type serves every template; `kind` is the template's word.

use crate::book::{RecordOp, RecordView};
use crate::ids::RecordId;

/// Record type: in `up/tasks` an office's own items and what it passes up, in `down/dispatch` what is sent down, in `own/desk`
/// the working papers of a committee.
pub const FLOW_ITEM: &str = "flow_item";

/// An item. In a book that leaves the office nothing in it names a resident.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// Template.
    pub flow: String,
    /// Version of the template that it was opened under.
    pub version: String,
    /// 事项
    pub title: String,
    /// 内容, 问题: previewed before it leaves.
    pub text: String,
    /// 类别: category of a concern, class of a problem.
    pub category: String,
    /// 表现: the manifestation within the class.
    pub form: String,
    /// 来源渠道: visit, walk-in, hotline, inspection.
    pub channel: String,
    /// Its own day, ISO: taken in, found, held.
    pub on: String,
    /// The day that it sets as its end, ISO.
    pub due: String,
    /// 责任领导, 牵头
    pub leader: String,
    /// 责任人
    pub person: String,
    /// 承办单位
    pub unit: String,
    /// The record that it comes from.
    pub source: String,
    /// The office in whose book that record stands.
    pub source_office: String,
    /// What it belongs to: a round of interviews, a common problem, a year's lists.
    pub group: String,
    /// A person let a private match through.
    pub kept_match: bool,
    /// Day of entry.
    pub recorded_on: String,
}

impl Item {
    /// Reads an item; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == FLOW_ITEM).then(|| Self {
            flow: record.str("kind").to_owned(),
            version: record.str("version").to_owned(),
            title: record.str("title").to_owned(),
            text: record.str("text").to_owned(),
            category: record.str("category").to_owned(),
            form: record.str("form").to_owned(),
            channel: record.str("channel").to_owned(),
            on: record.str("date").to_owned(),
            due: record.str("due").to_owned(),
            leader: record.str("leader").to_owned(),
            person: record.str("person").to_owned(),
            unit: record.str("unit").to_owned(),
            source: record.str("ref").to_owned(),
            source_office: record.str("office").to_owned(),
            group: record.str("group").to_owned(),
            kept_match: record.flag("kept_match"),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that makes it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let words = [
            ("kind", self.flow.as_str()),
            ("version", &self.version),
            ("title", &self.title),
            ("text", &self.text),
            ("category", &self.category),
            ("form", &self.form),
            ("channel", &self.channel),
            ("date", &self.on),
            ("due", &self.due),
            ("leader", &self.leader),
            ("person", &self.person),
            ("unit", &self.unit),
            ("ref", &self.source),
            ("office", &self.source_office),
            ("group", &self.group),
            ("recorded_on", &self.recorded_on),
        ];
        crate::ledger::made(id, FLOW_ITEM, words, self.kept_match.then_some(("kept_match", true.into())))
    }
}
