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
/// The kind of an own item that is a rectification (整改).
pub const RECTIFICATION: &str = "rectification";
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
    /// `open`, `in_progress`, `done` (办结; of an item from above: 已报完成; of a rectification: 待验收), `accepted`
    /// (验收通过) or `returned` (退回).
    pub state: &'static str,
    /// 办结, or accepted by whoever has to. Its acceptance is not due by the deadline of a rectification of the office's own.
    pub finished: bool,
    /// Somebody has written about it: 已签收, for an item from above.
    pub acknowledged: bool,
    /// 责任人, as the latest step that names one says.
    pub person: String,
    /// What was reported and decided, for an item that somebody else has to accept.
    pub outcome: Outcome,
}

impl Progress {
    /// Whether somebody of the office may accept or return a rectification of its own now: it was reported and not taken up
    /// again, or what was said of it disagrees.
    pub fn may_inspect(&self, act: Act) -> bool {
        let reported =
            self.outcome.disputed || self.state == "done" || (act == Act::Return && self.state == "accepted");
        reported && self.outcome.permits(act)
    }
}

/// A rectification of the office's own: another person of the office accepts it.
fn own_rectification(item: &RecordView) -> bool {
    item.rtype == ITEM && item.str("kind") == RECTIFICATION
}

/// 验收 of a rectification of the office's own: a step with the word of somebody who did not carry it out. On other items no
/// step has such a word.
pub fn inspects(item: &RecordView, step: &Step) -> Option<Act> {
    Act::from_word(&step.state).filter(|act| act.from_above() && own_rectification(item))
}

/// Derives where an item stands from the steps about it and the superior's decisions on it.
pub fn progress<'a>(
    item: &RecordView,
    steps: impl IntoIterator<Item = &'a RecordView>,
    decisions: impl IntoIterator<Item = &'a RecordView>,
) -> Progress {
    let (mut read, mut events) = (Vec::new(), Vec::new());
    let judged = item.rtype == DISPATCHED || own_rectification(item);
    for record in steps {
        let Some(step) = Step::read(record) else { continue };
        if let Some(act) = inspects(item, &step) {
            events.push(Event::of(record, act));
            continue;
        }
        if judged && step.state == Act::HandIn.as_str() {
            events.push(Event::of(record, Act::HandIn));
        }
        read.push((record.id, step));
    }
    for record in decisions {
        let word = Word::read(record).filter(|word| word.kind == ON_ITEM && item.rtype == DISPATCHED);
        let act = word.and_then(|word| Act::from_word(&word.state));
        events.extend(act.filter(|act| act.from_above()).map(|act| Event::of(record, act)));
    }
    let word = latest(&read).map_or("", |step| step.state.as_str());
    let outcome = match judged {
        true => outcome(Standing::Open, &events),
        false => Outcome { standing: Standing::Open, disputed: false, tips: BTreeMap::new() },
    };
    let state = match outcome.standing {
        Standing::Accepted => "accepted",
        Standing::Returned | Standing::Withdrawn => "returned",
        // The office takes its own 办结 back by another word; what it reported upward it does not.
        Standing::Pending if item.rtype == DISPATCHED || word == "done" => "done",
        Standing::Open if word == "done" => "done",
        Standing::Open | Standing::Pending if word.is_empty() || word == "open" => "open",
        Standing::Open | Standing::Pending => "in_progress",
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
        let theirs = progress(&own, [&done], [&accept]);
        assert_eq!(told(&theirs), ("done", true, false), "nobody above decides on an own item");
        let other = record(7, DECISION, &[("kind", "submission"), ("state", "accepted"), ("after", &id(2))]);
        assert_eq!(told(&progress(&sent, [&done], [&other])), ("done", false, false), "a word on something else");
    }

    #[test]
    fn a_rectification_of_ones_own_is_accepted_or_returned_by_somebody_of_the_office() {
        let item = record(9, ITEM, &[("kind", RECTIFICATION), ("person", "甲")]);
        let step = |n: u8, state: &str, on: &str, person: &str, after: &[u8]| {
            let after: Vec<String> = after.iter().map(|n| RecordId([*n; 16]).to_string()).collect();
            let after = after.join(" ");
            record(n, STEP, &[("date", on), ("state", state), ("person", person), ("after", &after)])
        };
        let done = step(1, "done", "2026-03-05", "", &[]);
        let now = progress(&item, [&done], []);
        assert_eq!(told(&now), ("done", true, false), "in time by what was done");
        assert!(now.may_inspect(Act::Accept) && now.may_inspect(Act::Return));
        // Kept by an office before it accepted anything: the latest word counts.
        let reopened = step(2, "in_progress", "2026-03-06", "", &[]);
        let now = progress(&item, [&done, &reopened], []);
        assert_eq!(told(&now), ("in_progress", false, false));
        assert!(!now.may_inspect(Act::Accept));

        let back = step(3, "returned", "2026-03-06", "丙", &[1]);
        let now = progress(&item, [&done, &back], []);
        assert_eq!(
            (told(&now), now.person.as_str()),
            (("returned", false, false), "甲"),
            "丙 looked, 甲 carries it out"
        );
        assert!(!now.may_inspect(Act::Accept), "it is reported again first");
        let again = step(4, "done", "2026-03-06", "", &[3]);
        let accepted = step(5, "accepted", "2026-03-06", "丙", &[4]);
        let now = progress(&item, [&done, &back, &again, &accepted], []);
        assert_eq!(told(&now), ("accepted", true, false));
        assert!(now.may_inspect(Act::Return) && !now.may_inspect(Act::Accept));
        let crossed = step(6, "returned", "2026-03-06", "丁", &[4]);
        let now = progress(&item, [&done, &back, &again, &accepted, &crossed], []);
        assert_eq!(told(&now), ("returned", false, true), "a return beats an acceptance");
        assert!(now.may_inspect(Act::Accept) && now.may_inspect(Act::Return), "somebody settles it");

        let plain = record(9, ITEM, &[("kind", "own")]);
        assert_eq!(told(&progress(&plain, [&done, &accepted], [])).0, "in_progress", "nobody accepts a plain item");
    }
}
