//! What a session's roll comes to: its numbers, what it was made for, and how it differs from a roster.

use std::collections::BTreeMap;

use super::{Mark, RollCount, RollEntry, Session, SessionKind};
use crate::book::{RecordOp, Value};
use crate::ids::RecordId;

/// How a roll differs from who is due by a roster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollDiff {
    /// Due by the roster and not on the roll.
    pub added: Vec<RecordId>,
    /// On the roll and not due by the roster.
    pub gone: Vec<RecordId>,
    /// On both, with a vote in one and without in the other.
    pub votes: Vec<RecordId>,
}

impl RollDiff {
    /// The roll is that of the roster.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.gone.is_empty() && self.votes.is_empty()
    }
}

impl Session {
    /// Counts the roll. Who is not due counts nowhere but in 列席; a mark of 列席 on somebody who is due says nothing about
    /// attendance, so that such a one is not confirmed.
    pub fn count(&self) -> RollCount {
        let mut count = RollCount::default();
        for entry in self.roll.values() {
            if !entry.due {
                count.beside += u32::from(entry.mark == Mark::NonVoting);
                continue;
            }
            count.due += 1;
            count.voters_due += u32::from(entry.votes);
            match entry.mark {
                Mark::Present => {
                    count.present += 1;
                    count.voters_present += u32::from(entry.votes);
                }
                Mark::Excused => count.excused += 1,
                Mark::Absent => count.absent += 1,
                Mark::Unconfirmed | Mark::NonVoting => count.unconfirmed += 1,
            }
        }
        count.beside = count.beside.saturating_add(u32::try_from(self.beside.len()).unwrap_or(u32::MAX));
        count
    }

    /// The same for who stands for whom: where two records of one person are on the roll, the person was due if either was,
    /// and was there if either was; of two other marks the one that says more counts.
    #[must_use]
    pub fn with_people(&self, stood: &BTreeMap<RecordId, RecordId>) -> Self {
        let mut roll: BTreeMap<RecordId, RollEntry> = BTreeMap::new();
        for (id, entry) in &self.roll {
            let person = stood.get(id).copied().unwrap_or(*id);
            let Some(known) = roll.get_mut(&person) else {
                roll.insert(person, entry.clone());
                continue;
            };
            let says = |one: &RollEntry| match (one.due, one.mark) {
                (true, Mark::Present) => 4,
                (true, Mark::Excused) => 3,
                (true, Mark::Absent) => 2,
                (true, _) => 1,
                (false, _) => 0,
            };
            let (due, votes) = (known.due || entry.due, known.votes || entry.votes);
            if says(entry) > says(known) {
                *known = entry.clone();
            }
            (known.due, known.votes) = (due, votes);
        }
        Self { roll, ..self.clone() }
    }

    /// On what the roll of such a session depends: kinds, day, and the group where it is a group's.
    pub fn roll_word(&self) -> String {
        let kinds: Vec<&str> =
            SessionKind::ALL.iter().filter(|kind| self.kinds.contains(kind)).map(|kind| kind.as_str()).collect();
        let group = if self.kinds.contains(&SessionKind::GroupMeeting) { self.group.as_str() } else { "" };
        format!("{} {} {group}", kinds.join(","), self.date).trim_end().to_owned()
    }

    /// The roll was made for a session of another kind, day or group.
    pub fn roll_of_other(&self) -> bool {
        !self.roll_of.is_empty() && self.roll_of != self.roll_word()
    }

    /// Compares the roll with who is due, each with whether it votes.
    pub fn roll_diff(&self, due: &[(RecordId, bool)]) -> RollDiff {
        let due: BTreeMap<RecordId, bool> = due.iter().copied().collect();
        let then: BTreeMap<RecordId, bool> =
            self.roll.iter().filter(|(_, entry)| entry.due).map(|(id, entry)| (*id, entry.votes)).collect();
        RollDiff {
            added: due.keys().filter(|id| !then.contains_key(*id)).copied().collect(),
            gone: then.keys().filter(|id| !due.contains_key(*id)).copied().collect(),
            votes: due
                .iter()
                .filter(|(id, votes)| then.get(*id).is_some_and(|before| before != *votes))
                .map(|(id, _)| *id)
                .collect(),
        }
    }

    /// Steps that make the roll that of a roster: who is due, and who votes. Marks stay as they are, those of people who are
    /// no longer due as well: they count again once these are due again.
    pub fn reroll(&self, id: RecordId, due: &[(RecordId, bool)]) -> Vec<RecordOp> {
        let diff = self.roll_diff(due);
        let votes = |member: &RecordId| due.iter().any(|(other, votes)| other == member && *votes);
        let set =
            |member: &RecordId| RecordOp::Set { id, field: format!("due/{member}"), value: due_word(votes(member)) };
        let mut ops: Vec<RecordOp> = diff.added.iter().chain(&diff.votes).map(set).collect();
        ops.extend(diff.gone.iter().map(|member| RecordOp::Clear { id, field: format!("due/{member}") }));
        if self.roll_of_other() {
            ops.push(RecordOp::Set { id, field: "roll_of".to_owned(), value: self.roll_word().into() });
        }
        ops
    }
}

/// What stands in `due/<member>`.
pub(super) fn due_word(votes: bool) -> Value {
    if votes { "votes" } else { "no_vote" }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    fn entry(due: bool, votes: bool, mark: Mark) -> RollEntry {
        RollEntry { due, votes, mark, ..RollEntry::default() }
    }

    #[test]
    fn beside_counts_who_is_not_due_and_a_mark_of_it_on_who_is_due_confirms_nothing() {
        let session = Session {
            roll: [
                (id(1), entry(true, true, Mark::Present)),
                (id(2), entry(true, true, Mark::NonVoting)),
                (id(3), entry(false, false, Mark::NonVoting)),
                (id(4), entry(false, false, Mark::Present)),
            ]
            .into(),
            beside: ["驻村干部".to_owned()].into(),
            ..Session::default()
        };
        let expected = RollCount {
            due: 2,
            present: 1,
            unconfirmed: 1,
            voters_due: 2,
            voters_present: 1,
            beside: 2,
            ..RollCount::default()
        };
        assert_eq!(session.count(), expected);
    }

    #[test]
    fn a_person_with_two_records_sits_in_a_session_once() {
        let roll = [
            (id(1), entry(true, true, Mark::Unconfirmed)),
            (id(2), entry(true, false, Mark::Present)),
            (id(3), entry(true, true, Mark::Absent)),
        ];
        let session = Session { roll: roll.into(), ..Session::default() };
        let one = session.with_people(&[(id(2), id(1))].into());
        let expected = [(id(1), entry(true, true, Mark::Present)), (id(3), entry(true, true, Mark::Absent))];
        assert_eq!(one.roll, expected.into());
        assert_eq!(session.with_people(&BTreeMap::new()), session);
    }

    #[test]
    fn a_roll_is_made_anew_for_what_the_session_is_now_and_keeps_its_marks() {
        let mut session = Session {
            kinds: vec![SessionKind::CommitteeMeeting],
            date: "2026-03-05".to_owned(),
            group: "一组".to_owned(),
            roll: [(id(1), entry(true, true, Mark::Present)), (id(2), entry(true, false, Mark::Absent))].into(),
            ..Session::default()
        };
        assert_eq!(session.roll_word(), "committee_meeting 2026-03-05", "the group of no group meeting says nothing");
        assert!(!session.roll_of_other(), "nothing was changed");
        session.roll_of = session.roll_word();
        session.kinds = vec![SessionKind::MembersMeeting];
        assert!(session.roll_of_other());
        let due = [(id(1), true), (id(2), true), (id(3), false)];
        let diff = session.roll_diff(&due);
        assert_eq!((diff.added.as_slice(), diff.gone.len(), diff.votes.as_slice()), (&[id(3)][..], 0, &[id(2)][..]));
        let ops = session.reroll(id(9), &due[1..]);
        let said: Vec<(&str, Option<&str>)> = ops
            .iter()
            .map(|op| match op {
                RecordOp::Set { field, value, .. } => (field.as_str(), value.as_str()),
                RecordOp::Clear { field, .. } => (field.as_str(), None),
                other => panic!("{other:?}"),
            })
            .collect();
        let (one, two, three) = (format!("due/{}", id(1)), format!("due/{}", id(2)), format!("due/{}", id(3)));
        let expected = [
            (three.as_str(), Some("no_vote")),
            (&two, Some("votes")),
            (&one, None),
            ("roll_of", Some("members_meeting 2026-03-05")),
        ];
        assert_eq!(said, expected);
        session.roll_of = session.roll_word();
        assert!(session.reroll(id(9), &[(id(1), true), (id(2), false)]).is_empty());
    }
}
