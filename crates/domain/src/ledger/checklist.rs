//! 清单: own items and rectification in `up/tasks`; items from above in `down/dispatch`, with progress on them in
//! `up/tasks`, and the superior's word on them in `down/dispatch`.

use std::collections::BTreeMap;

use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;
use crate::ledger::submission::{ON_ITEM, Word};
use crate::ledger::verdict::{Act, Event, Outcome, Standing, outcome};
use crate::ledger::visit::{Step, latest};

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
    /// The template and period that it was made from, such as `secretary-month/2026-03`; empty: typed.
    pub template: String,
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
            template: record.str("template").to_owned(),
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
            ("template", &self.template),
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

/// Where an item stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// `open`, `in_progress`, `done` (办结; of an item from above: 已报完成), `accepted` (验收通过) or `returned` (退回).
    pub state: &'static str,
    /// 办结, or accepted by the superior.
    pub finished: bool,
    /// Somebody has written about it: 已签收, for an item from above.
    pub acknowledged: bool,
    /// 责任人, as the latest step that names one says.
    pub person: String,
    /// What was reported and decided, for an item from above.
    pub outcome: Outcome,
}

/// Derives where an item stands from the steps about it and the superior's decisions on it.
pub fn progress<'a>(
    item: &RecordView,
    steps: impl IntoIterator<Item = &'a RecordView>,
    decisions: impl IntoIterator<Item = &'a RecordView>,
) -> Progress {
    let (mut read, mut events) = (Vec::new(), Vec::new());
    for record in steps {
        let Some(step) = Step::read(record) else { continue };
        if item.rtype == DISPATCHED && step.state == Act::HandIn.as_str() {
            events.push(Event::of(record, Act::HandIn));
        }
        read.push((record.id, step));
    }
    for record in decisions {
        let act = Word::read(record).filter(|word| word.kind == ON_ITEM).and_then(|word| Act::from_word(&word.state));
        events.extend(act.filter(|act| act.from_above()).map(|act| Event::of(record, act)));
    }
    let word = latest(&read).map_or("", |step| step.state.as_str());
    let outcome = match item.rtype == DISPATCHED {
        true => outcome(Standing::Open, &events),
        false => Outcome { standing: Standing::Open, disputed: false, tips: BTreeMap::new() },
    };
    let state = match outcome.standing {
        Standing::Accepted => "accepted",
        Standing::Returned | Standing::Withdrawn => "returned",
        Standing::Pending => "done",
        Standing::Open if word == "done" => "done",
        Standing::Open if word.is_empty() || word == "open" => "open",
        Standing::Open => "in_progress",
    };
    let named = read.iter().filter(|(_, step)| !step.person.is_empty());
    let person = latest(named).map_or_else(|| item.str("person"), |step| step.person.as_str()).to_owned();
    Progress {
        state,
        finished: state == "accepted" || (state == "done" && item.rtype != DISPATCHED),
        acknowledged: !read.is_empty(),
        person,
        outcome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{FieldView, SeenValue};
    use crate::ids::ActorId;
    use crate::ledger::submission::DECISION;
    use crate::ledger::visit::STEP;

    fn record(n: u8, rtype: &str, fields: &[(&str, &str)]) -> RecordView {
        let seen = |text: &str| SeenValue { value: text.into(), actor: ActorId([0; 16]), change: None };
        let fields = fields.iter().map(|(name, text)| ((*name).to_owned(), FieldView { values: vec![seen(text)] }));
        RecordView { id: RecordId([n; 16]), rtype: rtype.to_owned(), fields: fields.collect() }
    }

    fn told(progress: &Progress) -> (&str, bool, bool) {
        (progress.state, progress.finished, progress.outcome.disputed)
    }

    #[test]
    fn an_item_from_above_is_finished_by_the_superiors_word_and_an_own_one_by_the_office() {
        let own = record(9, ITEM, &[("person", "甲")]);
        let sent = record(9, DISPATCHED, &[]);
        let started = record(1, STEP, &[("date", "2026-03-01"), ("state", "in_progress"), ("person", "乙")]);
        let done = record(2, STEP, &[("date", "2026-03-05"), ("state", "done")]);
        let id = |n: u8| RecordId([n; 16]).to_string();
        assert_eq!(told(&progress(&own, [], [])), ("open", false, false));
        let now = progress(&own, [&started, &done], []);
        assert_eq!((told(&now), now.person.as_str()), (("done", true, false), "乙"));
        let now = progress(&sent, [&started], []);
        assert_eq!((told(&now), now.acknowledged), (("in_progress", false, false), true));
        assert_eq!(told(&progress(&sent, [&started, &done], [])), ("done", false, false), "it waits for the superior");
        let back = record(3, DECISION, &[("kind", ON_ITEM), ("state", "returned"), ("after", &id(2))]);
        assert_eq!(told(&progress(&sent, [&done], [&back])), ("returned", false, false));
        let again =
            record(4, STEP, &[("date", "2026-03-09"), ("state", "done"), ("after", &format!("{} {}", id(2), id(3)))]);
        assert_eq!(told(&progress(&sent, [&done, &again], [&back])), ("done", false, false));
        let accept = record(5, DECISION, &[("kind", ON_ITEM), ("state", "accepted"), ("after", &id(4))]);
        assert_eq!(told(&progress(&sent, [&done, &again], [&back, &accept])), ("accepted", true, false));
        let crossed = record(6, DECISION, &[("kind", ON_ITEM), ("state", "returned"), ("after", &id(4))]);
        let all = progress(&sent, [&done, &again], [&back, &accept, &crossed]);
        assert_eq!(told(&all), ("returned", false, true), "a return beats an acceptance");
        let other = record(7, DECISION, &[("kind", "submission"), ("state", "accepted"), ("after", &id(2))]);
        assert_eq!(told(&progress(&sent, [&done], [&other])), ("done", false, false), "a word on something else");
    }
}
