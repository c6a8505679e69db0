//! Sessions entered twice: which look alike, and which count where they were merged into. Nothing is merged but by a person.

mod take;

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::RecordId;
use crate::ledger::session::{Session, SessionKind};

pub use take::{Taken, counted, groups_apart, only_there};

/// State of a merged session in the read model.
pub const MERGED: &str = "merged";

/// Why two sessions look like one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alike {
    /// Of the same day, and kinds overlap.
    DayAndKind,
    /// 议题
    Topic,
    /// Time
    Start,
    /// 地点
    Place,
    /// The same people were marked present.
    Present,
}

impl Alike {
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DayAndKind => "day_and_kind",
            Self::Topic => "topic",
            Self::Start => "start",
            Self::Place => "place",
            Self::Present => "present",
        }
    }
}

/// Why two sessions look like one; empty: they do not. A person's word that they are two holds.
pub fn alike(one: (RecordId, &Session), other: (RecordId, &Session)) -> Vec<Alike> {
    let ((one_id, one), (other_id, other)) = (one, other);
    let said = one.apart.contains(&other_id) || other.apart.contains(&one_id);
    // Group meetings of two groups are two.
    let same = |kind: &SessionKind| *kind != SessionKind::GroupMeeting || one.group == other.group;
    let kinds = one.kinds.iter().any(|kind| other.kinds.contains(kind) && same(kind));
    if said || one.date != other.date || !kinds {
        return Vec::new();
    }
    let both = |one: &str, other: &str| !one.is_empty() && one == other;
    let mut why = vec![Alike::DayAndKind];
    for (found, reason) in [
        (both(&one.topic, &other.topic), Alike::Topic),
        (both(&one.start, &other.start), Alike::Start),
        (both(&one.place, &other.place), Alike::Place),
    ] {
        why.extend(found.then_some(reason));
    }
    let (here, there) = (one.present(), other.present());
    why.extend((!here.is_empty() && here == there).then_some(Alike::Present));
    why
}

/// Sessions that count elsewhere. Where two devices merged two sessions into each other, the one with the lowest id stays, on
/// every device; a session whose target is not here stays as well.
pub fn merged_away(into: &BTreeMap<RecordId, Option<RecordId>>) -> BTreeSet<RecordId> {
    into.keys().copied().filter(|id| !stays(into, *id)).collect()
}

fn stays(into: &BTreeMap<RecordId, Option<RecordId>>, id: RecordId) -> bool {
    let next = |id: &RecordId| into.get(id).copied().flatten().filter(|target| into.contains_key(target));
    let mut round = Vec::new();
    let mut at = id;
    loop {
        if let Some(start) = round.iter().position(|seen| *seen == at) {
            return round.get(start..).is_some_and(|ring| ring.iter().min() == Some(&id));
        }
        round.push(at);
        match next(&at) {
            Some(target) => at = target,
            None => return at == id,
        }
    }
}

/// [`merged_away`] of sessions as they are read.
pub fn merged_of<'a>(sessions: impl IntoIterator<Item = (RecordId, &'a Session)>) -> BTreeSet<RecordId> {
    merged_away(&sessions.into_iter().map(|(id, session)| (id, session.merged_into)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    fn session(kinds: &[SessionKind], group: &str) -> Session {
        let (kinds, date) = (kinds.to_vec(), "2026-03-05".to_owned());
        Session { kinds, date, group: group.to_owned(), topic: "学习".to_owned(), ..Session::default() }
    }

    #[test]
    fn sessions_of_one_day_with_a_kind_in_common_look_alike_unless_groups_differ_or_a_person_says_so() {
        let lesson = session(&[SessionKind::Lesson, SessionKind::MembersMeeting], "");
        let meeting = session(&[SessionKind::MembersMeeting], "");
        assert_eq!(alike((id(1), &lesson), (id(2), &meeting)), [Alike::DayAndKind, Alike::Topic]);
        let other_day = Session { date: "2026-03-06".to_owned(), ..meeting.clone() };
        assert!(alike((id(1), &lesson), (id(2), &other_day)).is_empty());
        let (one, two) = (session(&[SessionKind::GroupMeeting], "一组"), session(&[SessionKind::GroupMeeting], "二组"));
        assert!(alike((id(1), &one), (id(2), &two)).is_empty());
        assert!(!alike((id(1), &one), (id(2), &one)).is_empty());
        let apart = Session { apart: [id(1)].into(), ..meeting };
        assert!(alike((id(1), &lesson), (id(2), &apart)).is_empty());
    }

    #[test]
    fn a_chain_counts_at_its_end_and_of_a_ring_the_lowest_stays() {
        let away = |pairs: &[(u8, u8)]| -> Vec<u8> {
            let into = (1..=5)
                .map(|n| (id(n), pairs.iter().find(|(from, _)| *from == n).map(|(_, to)| id(*to))))
                .collect::<BTreeMap<_, _>>();
            merged_away(&into).into_iter().map(|id| id.0[0]).collect()
        };
        assert_eq!(away(&[]), [0u8; 0]);
        assert_eq!(away(&[(1, 2), (2, 3)]), [1, 2]);
        assert_eq!(away(&[(1, 2), (2, 1)]), [2], "merged into each other: one of them stays");
        assert_eq!(away(&[(3, 4), (4, 5), (5, 3), (1, 4)]), [1, 4, 5]);
        assert_eq!(away(&[(2, 9)]), [0u8; 0], "the target is not here");
        assert_eq!(away(&[(2, 2)]), [0u8; 0], "into itself");
    }
}
