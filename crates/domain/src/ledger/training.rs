//! 学时: training apart from sessions, and the hours of a year. In `up/meetings`.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;
use crate::ledger::session::{Mark, Session};
use crate::rules::Rules;

/// Record type.
pub const TRAINING: &str = "training";

/// Training that was no session of the branch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Training {
    /// ISO date.
    pub date: String,
    /// 内容
    pub topic: String,
    /// 学时 in tenths of an hour.
    pub hours: u32,
    /// 集中培训
    pub concentrated: bool,
    /// Members who took part.
    pub members: BTreeSet<RecordId>,
    /// 作废
    pub dropped: bool,
    /// Day of entry.
    pub recorded_on: String,
}

impl Training {
    /// Reads an entry; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == TRAINING).then(|| Self {
            date: record.str("date").to_owned(),
            topic: record.str("title").to_owned(),
            hours: super::count(record, "hours").unwrap_or_default(),
            concentrated: record.flag("concentrated"),
            members: super::flags(record, "with/"),
            dropped: record.flag("dropped"),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that makes a new record.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let mut fields = self.fields();
        fields.push(("recorded_on".to_owned(), self.recorded_on.as_str().into()));
        RecordOp::Create { id, rtype: TRAINING.to_owned(), fields }
    }

    /// Steps that change only what differs from `before`.
    pub fn update(&self, id: RecordId, before: &Self) -> Vec<RecordOp> {
        super::changed(id, &before.fields(), self.fields())
    }

    fn fields(&self) -> Vec<(String, Value)> {
        let mut fields = super::words([("date", &self.date), ("title", &self.topic)]);
        fields.push(("hours".to_owned(), Value::Int(self.hours.into())));
        for (name, flag) in [("concentrated", self.concentrated), ("dropped", self.dropped)] {
            fields.extend(flag.then(|| (name.to_owned(), Value::Bool(true))));
        }
        fields.extend(self.members.iter().map(|member| (format!("with/{member}"), Value::Bool(true))));
        fields
    }
}

/// A member's hours of a year, in tenths of an hour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hours {
    /// From sessions at which the member was present.
    pub sessions: u32,
    /// From training apart from sessions.
    pub training: u32,
    /// How often of it concentrated.
    pub concentrated: u32,
}

impl Training {
    /// The same for who stands for whom: a record of a member that another stands for is that one.
    pub fn with_people(&self, stood: &BTreeMap<RecordId, RecordId>) -> Self {
        let members = self.members.iter().map(|id| stood.get(id).copied().unwrap_or(*id)).collect();
        Self { members, ..self.clone() }
    }
}

impl Hours {
    /// All of them.
    pub fn total(self) -> u32 {
        self.sessions.saturating_add(self.training)
    }
}

/// What a year asks of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Tenths of an hour.
    pub hours: u32,
    /// Concentrated trainings.
    pub concentrated: u32,
}

/// What the rules ask of a member, or of one who leads (secretary and committee).
pub fn wanted(rules: &Rules, leads: bool) -> Wanted {
    let rules = &rules.hours;
    if leads {
        Wanted { hours: rules.leader, concentrated: rules.leader_concentrated }
    } else {
        Wanted { hours: rules.member, concentrated: 0 }
    }
}

/// Adds up hours by member, of sessions that count and entries that stand, within a year (`2026`).
pub fn hours<'a>(
    sessions: impl IntoIterator<Item = &'a Session>,
    trainings: impl IntoIterator<Item = &'a Training>,
    year: i16,
) -> BTreeMap<RecordId, Hours> {
    let within = |date: &str| date.get(..4) == Some(format!("{year:04}").as_str());
    let mut out: BTreeMap<RecordId, Hours> = BTreeMap::new();
    for session in sessions.into_iter().filter(|session| within(&session.date)) {
        let Some(hours) = session.hours else { continue };
        for (member, _) in session.roll.iter().filter(|(_, entry)| entry.due && entry.mark == Mark::Present) {
            let sum = out.entry(*member).or_default();
            sum.sessions = sum.sessions.saturating_add(hours);
        }
    }
    for training in trainings.into_iter().filter(|one| !one.dropped && within(&one.date)) {
        for member in &training.members {
            let sum = out.entry(*member).or_default();
            sum.training = sum.training.saturating_add(training.hours);
            sum.concentrated += u32::from(training.concentrated);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::session::RollEntry;

    #[test]
    fn hours_are_those_of_sessions_attended_and_of_training_of_the_year() {
        let id = |n: u8| RecordId([n; 16]);
        let session = |date: &str, hours: Option<u32>, marks: &[(u8, Mark)]| Session {
            date: date.to_owned(),
            hours,
            roll: marks
                .iter()
                .map(|(n, mark)| (id(*n), RollEntry { due: true, mark: *mark, ..RollEntry::default() }))
                .collect(),
            ..Session::default()
        };
        let sessions = [
            session("2026-01-23", Some(20), &[(1, Mark::Present), (2, Mark::Excused)]),
            session("2026-02-23", Some(15), &[(1, Mark::Present), (2, Mark::Present)]),
            session("2026-02-24", None, &[(1, Mark::Present)]),
            session("2025-12-23", Some(90), &[(1, Mark::Present)]),
        ];
        let training = |hours, concentrated, dropped| Training {
            date: "2026-05-11".to_owned(),
            hours,
            concentrated,
            dropped,
            members: [id(1)].into(),
            ..Training::default()
        };
        let trainings = [training(240, true, false), training(80, false, false), training(999, true, true)];
        let found = hours(&sessions, &trainings, 2026);
        assert_eq!(found[&id(1)], Hours { sessions: 35, training: 320, concentrated: 1 });
        assert_eq!(found[&id(2)].total(), 15);
        let rules = Rules::builtin().unwrap();
        assert_eq!(wanted(&rules, false), Wanted { hours: 320, concentrated: 0 });
        assert_eq!(wanted(&rules, true), Wanted { hours: 560, concentrated: 1 });
    }
}
