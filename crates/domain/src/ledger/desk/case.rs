//! 群众诉求 as a case: passed up or down it becomes a linked case of its own, redacted, that cites its source; the answer
//! returns along the same links.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::book::{RecordOp, RecordView};
use crate::ids::{OfficeId, RecordId};
use crate::ledger::flow::{Course, Event, Item, Made};

/// Who asked, where the committee took the case in itself; in `own/desk`, sealed under the case's own key.
pub const CASE_PRIVATE: &str = "case_private";
/// 随单告知: who asked, told to the one branch that handles the case; in its `down/dispatch`.
pub const CASE_TOLD: &str = "case_told";
/// The event of the template that goes with [`CASE_TOLD`] and gives the reason.
pub const TOLD: &str = "told";
/// The event that makes a linked case.
pub const PASS: &str = "pass";
/// The event by which an answer that came back is taken over.
pub const ANSWER_BACK: &str = "answer_back";
/// The event that answers.
pub const ANSWER: &str = "answer";

/// What [`CASE_PRIVATE`] seals.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// 姓名
    pub name: String,
    /// 电话
    pub phone: String,
    /// 住址
    pub address: String,
    /// 备注
    pub note: String,
}

impl std::fmt::Debug for Caller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Caller(…)")
    }
}

/// Who asked, as it was told to a branch. The only record of a book that travels in which a resident's name may stand: it is
/// made by itself, never copied along, and only beside an event that says why.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The case, as it was sent down.
    pub case: String,
    /// The event that says who told it and why.
    pub by: String,
    /// 姓名
    pub name: String,
    /// 联系方式
    pub contact: String,
    /// Day, ISO.
    pub on: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl std::fmt::Debug for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Told({}, …)", self.case)
    }
}

impl Told {
    /// Reads a record; none when it is of another type, or names no event that says why.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == CASE_TOLD && !record.str("event").is_empty()).then(|| Self {
            case: record.str("ref").to_owned(),
            by: record.str("event").to_owned(),
            name: record.str("name").to_owned(),
            contact: record.str("contact").to_owned(),
            on: record.str("date").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that tells it; none without a counted event of the case that says why.
    pub fn create(&self, id: RecordId, case: &Course<'_>) -> Option<RecordOp> {
        let by: RecordId = self.by.parse().ok()?;
        case.made(&by).filter(|made| made.kind == TOLD)?;
        let words = [
            ("ref", self.case.as_str()),
            ("event", &self.by),
            ("name", &self.name),
            ("contact", &self.contact),
            ("date", &self.on),
            ("recorded_on", &self.recorded_on),
        ];
        Some(crate::ledger::made(id, CASE_TOLD, words, None))
    }
}

/// What a person previewed and chose to pass on; it was looked through for names and phones before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Redacted {
    /// 事项
    pub title: String,
    /// 内容
    pub text: String,
    /// A person let a private match through.
    pub kept_match: bool,
}

/// The linked case: what was previewed, the category and the days. Nothing else of the source goes along, whoever it names;
/// it cites the record that it comes from and the office in whose book that stands.
pub fn linked(source: &RecordId, office: &OfficeId, case: &Item, words: Redacted, on: &str, due: &str) -> Item {
    Item {
        flow: case.flow.clone(),
        version: case.version.clone(),
        title: words.title,
        text: words.text,
        kept_match: words.kept_match,
        category: case.category.clone(),
        on: on.to_owned(),
        due: due.to_owned(),
        source: source.to_string(),
        source_office: office.to_string(),
        recorded_on: on.to_owned(),
        ..Item::default()
    }
}

/// The answer to a case, as far as nobody sent it back or opened the case again. Of several that crossed the latest by its
/// day, then by id, is told.
pub fn answer<'a>(case: &Course<'a>) -> Option<&'a Event> {
    let closed = case.counts().contains("closed");
    let given = |event: &&Event| case.made(&event.id).is_some_and(|made: &Made| made.kind == ANSWER);
    let events = case.events().into_iter().filter(given);
    events.filter(|_| closed).max_by_key(|event| (event.on.as_str(), event.id))
}

/// Linked cases whose answers wait to be taken over: those that are answered, by an answer that no event of the source names.
/// An answer that was given anew waits again.
pub fn waiting<'l>(source: &Course<'_>, linked: impl IntoIterator<Item = (RecordId, &'l Course<'l>)>) -> Vec<RecordId> {
    let taken: BTreeSet<&str> = source
        .events()
        .into_iter()
        .filter(|event| event.kind == ANSWER_BACK)
        .map(|event| event.says("linked"))
        .collect();
    let named: BTreeSet<String> = source
        .events()
        .into_iter()
        .filter(|event| event.kind == PASS)
        .map(|event| event.says("linked").to_owned())
        .collect();
    linked
        .into_iter()
        .filter(|(id, _)| named.contains(&id.to_string()))
        .filter(|(_, case)| answer(case).is_some_and(|answer| !taken.contains(answer.id.to_string().as_str())))
        .map(|(id, _)| id)
        .collect()
}

#[cfg(test)]
mod tests;
