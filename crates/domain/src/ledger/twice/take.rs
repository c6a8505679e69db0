//! What only one of two sessions of one meeting has, and the steps by which the other takes it over. Nothing that stands in
//! the one that stays is written over.

use std::collections::BTreeMap;

use crate::book::{RecordOp, Value};
use crate::ids::RecordId;
use crate::ledger::appraisal;
use crate::ledger::session::{Mark, RollEntry, Session, SessionKind};

/// What is taken over of one sort: a word for it, how many, and the steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// `kinds`, `marks`, `beside`, `grades`, or the field: `minutes`, `resolution`, `hours`, `talks`, `start`, `place`, `chair`,
    /// `recorder`, `title`, `problems`, `measures`.
    pub what: &'static str,
    /// Of people and kinds how many; of a field 1.
    pub count: usize,
    /// The steps in the record that stays.
    pub ops: Vec<RecordOp>,
}

/// What `from` has and `keep`, whose id is `id`, has not.
pub fn only_there(id: RecordId, keep: &Session, from: &Session) -> Vec<Taken> {
    let set = |field: String, value: Value| RecordOp::Set { id, field, value };
    let mut out = Vec::new();
    let mut add = |what, count, ops: Vec<RecordOp>| {
        if !ops.is_empty() {
            out.push(Taken { what, count, ops });
        }
    };
    let kinds: Vec<&SessionKind> = from.kinds.iter().filter(|kind| !keep.kinds.contains(kind)).collect();
    let mut ops: Vec<RecordOp> =
        kinds.iter().map(|kind| set(format!("kind/{}", kind.as_str()), Value::Bool(true))).collect();
    // A group's meeting comes with its group: what stands there where no group met says nothing.
    if kinds.contains(&&SessionKind::GroupMeeting) && keep.group != from.group {
        ops.push(set("group".to_owned(), from.group.as_str().into()));
    }
    // Who is due at one of the kinds that come in.
    let due_there = |member: &RecordId| from.roll.get(member).is_some_and(|entry| entry.due);
    let due_here = |member: &RecordId| keep.roll.get(member).is_some_and(|entry| entry.due);
    let comes = |member: &RecordId| !kinds.is_empty() && due_there(member) && !due_here(member);
    for (member, entry) in from.roll.iter().filter(|(member, _)| comes(member)) {
        ops.push(set(format!("due/{member}"), if entry.votes { "votes" } else { "no_vote" }.into()));
    }
    add("kinds", kinds.len(), ops);

    let open = RollEntry::default();
    let mut marks = Vec::new();
    let mut count = 0;
    for (member, entry) in &from.roll {
        let kept = keep.roll.get(member).unwrap_or(&open);
        let due = due_here(member) || comes(member);
        let says = if due {
            entry.due && !matches!(entry.mark, Mark::Unconfirmed | Mark::NonVoting)
        } else {
            !entry.due && entry.mark == Mark::NonVoting
        };
        if !says || kept.conflict || kept.mark != Mark::Unconfirmed {
            continue;
        }
        count += 1;
        marks.push(set(format!("mark/{member}"), entry.mark.as_str().into()));
        if !entry.reason.is_empty() {
            marks.push(set(format!("reason/{member}"), entry.reason.as_str().into()));
        }
    }
    add("marks", count, marks);
    let beside: Vec<&String> = from.beside.difference(&keep.beside).collect();
    add("beside", beside.len(), beside.iter().map(|name| set(format!("beside/{name}"), Value::Bool(true))).collect());

    let mut grades = Vec::new();
    let mut count = 0;
    for (member, there) in &from.appraisal {
        let here = keep.appraisal.get(member);
        let Some(grade) = there.grade.filter(|_| here.is_none_or(|one| one.grade.is_none() && !one.conflict)) else {
            continue;
        };
        count += 1;
        grades.push(set(format!("grade/{member}"), grade.as_str().into()));
        grades.push(set(format!("standing/{member}"), appraisal::standing(there.full).into()));
    }
    add("grades", count, grades);

    for (what, here, there) in
        [("minutes", &keep.minutes, &from.minutes), ("resolution", &keep.resolution, &from.resolution)]
    {
        if let Some(text) = joined(here, there) {
            add(what, 1, vec![RecordOp::EditText { id, field: what.to_owned(), text }]);
        }
    }
    for (what, here, there) in [("hours", keep.hours, from.hours), ("talks", keep.talks, from.talks)] {
        let op = there.filter(|_| here.is_none()).map(|number| set(what.to_owned(), Value::Int(number.into())));
        add(what, 1, op.into_iter().collect());
    }
    for (what, here, there) in [
        ("start", &keep.start, &from.start),
        ("place", &keep.place, &from.place),
        ("chair", &keep.chair, &from.chair),
        ("recorder", &keep.recorder, &from.recorder),
        ("title", &keep.topic, &from.topic),
        ("problems", &keep.problems, &from.problems),
        ("measures", &keep.measures, &from.measures),
    ] {
        if here.is_empty() && !there.is_empty() {
            add(what, 1, vec![set(what.to_owned(), there.as_str().into())]);
        }
    }
    out
}

/// Both are meetings of groups, and not of the same one. A session has one group: merged, the other group's meeting would count
/// nowhere any more.
pub fn groups_apart(one: &Session, other: &Session) -> bool {
    let met = |session: &Session| session.kinds.contains(&SessionKind::GroupMeeting);
    met(one) && met(other) && one.group != other.group
}

/// A text with what another adds; none when it adds nothing.
fn joined(here: &str, there: &str) -> Option<String> {
    let (one, other) = (here.trim(), there.trim());
    if other.is_empty() || one.contains(other) {
        return None;
    }
    // What stands here is a part of what stands there: then that is all of it.
    Some(if other.contains(one) { other.to_owned() } else { format!("{one}\n{other}") })
}

/// How many of each sort.
pub fn counted(taken: &[Taken]) -> BTreeMap<&'static str, usize> {
    taken.iter().map(|one| (one.what, one.count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    fn due(votes: bool, mark: Mark) -> RollEntry {
        RollEntry { due: true, votes, mark, ..RollEntry::default() }
    }

    #[test]
    fn a_meeting_of_a_group_comes_with_its_group_and_two_groups_stay_two() {
        let keep = Session { kinds: vec![SessionKind::MembersMeeting], ..Session::default() };
        let kinds = vec![SessionKind::MembersMeeting, SessionKind::GroupMeeting];
        let from = Session { kinds, group: "一组".to_owned(), ..Session::default() };
        let set = |field: &str, value: Value| RecordOp::Set { id: id(9), field: field.to_owned(), value };
        let taken = only_there(id(9), &keep, &from);
        assert_eq!(taken[0].ops, [set("kind/group_meeting", Value::Bool(true)), set("group", "一组".into())]);
        let untold = Session { group: "二组".to_owned(), ..keep };
        assert_eq!(only_there(id(9), &untold, &from), taken, "where no group met, none is written over");
        assert!(!groups_apart(&untold, &from));
        let other = Session { kinds: from.kinds.clone(), ..untold };
        assert!(groups_apart(&other, &from) && groups_apart(&from, &other) && !groups_apart(&from, &from));
    }

    #[test]
    fn what_only_the_other_has_comes_over_and_nothing_is_written_over() {
        let keep = Session {
            kinds: vec![SessionKind::MembersMeeting],
            minutes: "甲说了话。".to_owned(),
            place: "村部".to_owned(),
            roll: [(id(1), due(true, Mark::Absent)), (id(2), due(true, Mark::Unconfirmed))].into(),
            ..Session::default()
        };
        let from = Session {
            minutes: "乙说了话。".to_owned(),
            resolution: "同意。".to_owned(),
            place: "广场".to_owned(),
            hours: Some(20),
            roll: [
                (id(1), due(true, Mark::Present)),
                (id(2), due(true, Mark::Present)),
                (id(3), RollEntry { mark: Mark::NonVoting, ..RollEntry::default() }),
            ]
            .into(),
            beside: ["驻村干部".to_owned()].into(),
            ..keep.clone()
        };
        let taken = only_there(id(9), &keep, &from);
        let expected = [("beside", 1), ("hours", 1), ("marks", 2), ("minutes", 1), ("resolution", 1)];
        assert_eq!(counted(&taken).into_iter().collect::<Vec<_>>(), expected);
        let text = |text: &str| RecordOp::EditText { id: id(9), field: "minutes".to_owned(), text: text.to_owned() };
        assert!(taken.iter().any(|one| one.ops == [text("甲说了话。\n乙说了话。")]));
        let marked: Vec<String> = taken
            .iter()
            .filter(|one| one.what == "marks")
            .flat_map(|one| &one.ops)
            .map(|op| match op {
                RecordOp::Set { field, value, .. } => format!("{field} {}", value.as_str().unwrap_or_default()),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(marked, [format!("mark/{} present", id(2)), format!("mark/{} non_voting", id(3))]);
        assert!(only_there(id(9), &from, &from).is_empty());
    }

    #[test]
    fn a_kind_that_comes_in_brings_those_who_were_due_for_it() {
        let keep = Session {
            kinds: vec![SessionKind::CommitteeMeeting],
            roll: [(id(1), due(true, Mark::Present))].into(),
            ..Session::default()
        };
        let from = Session {
            kinds: vec![SessionKind::CommitteeMeeting, SessionKind::MembersMeeting],
            roll: [(id(1), due(true, Mark::Present)), (id(2), due(false, Mark::Present))].into(),
            ..Session::default()
        };
        let taken = only_there(id(9), &keep, &from);
        assert_eq!(counted(&taken).into_iter().collect::<Vec<_>>(), [("kinds", 1), ("marks", 1)]);
        let first = taken.first().unwrap();
        let fields: Vec<&str> = first
            .ops
            .iter()
            .map(|op| match op {
                RecordOp::Set { field, .. } => field.as_str(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(fields, ["kind/members_meeting", &format!("due/{}", id(2))]);
    }
}
