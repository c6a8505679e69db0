//! 共性问题: problems of several units grouped by a person; each group becomes a yearly task for all. Problems counted by class and
//! manifestation.

use std::collections::{BTreeMap, BTreeSet};

use super::group::{Group, GroupKind};
use crate::ids::{OfficeId, RecordId};
use crate::ledger::flow::{Flow, Item};

/// A common problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Common {
    /// Its group.
    pub group: RecordId,
    /// What it is called.
    pub title: String,
    /// Problems in it that are here.
    pub problems: BTreeSet<RecordId>,
    /// Units that have it.
    pub units: BTreeSet<OfficeId>,
}

/// Common problems in the order of their groups' ids, and the problems that are in none. Where a problem was put into
/// two groups, by two devices, it is in both.
pub fn common(
    problems: &BTreeMap<RecordId, OfficeId>,
    groups: &[(RecordId, Group)],
) -> (Vec<Common>, BTreeSet<RecordId>) {
    let mut left: BTreeSet<RecordId> = problems.keys().copied().collect();
    let mut out: Vec<Common> = Vec::new();
    for (id, group) in groups.iter().filter(|(_, group)| group.kind == Some(GroupKind::Common) && !group.undone) {
        let inside: BTreeSet<RecordId> =
            group.parts.iter().filter(|part| problems.contains_key(part)).copied().collect();
        left.retain(|problem| !inside.contains(problem));
        let units = inside.iter().filter_map(|problem| problems.get(problem)).copied().collect();
        out.push(Common { group: *id, title: group.title.clone(), problems: inside, units });
    }
    out.sort_by_key(|one| one.group);
    (out, left)
}

/// The year's tasks that a common problem becomes: one for every unit, whether it reported the problem or not. Sent twice it is
/// the same record.
pub fn yearly_tasks(
    problem: &Common,
    task: &Flow,
    units: impl IntoIterator<Item = OfficeId>,
    year: i16,
    on: &str,
) -> Vec<(OfficeId, RecordId, Item)> {
    let item = Item {
        flow: task.id.clone(),
        version: task.version.clone(),
        title: problem.title.clone(),
        on: on.to_owned(),
        due: format!("{year:04}-12-31"),
        source: problem.group.to_string(),
        group: problem.group.to_string(),
        recorded_on: on.to_owned(),
        ..Item::default()
    };
    let id =
        |unit: &OfficeId| RecordId::natural("ybz yearly task 1", &[&problem.group.0, &unit.0, &year.to_le_bytes()]);
    units.into_iter().map(|unit| (unit, id(&unit), item.clone())).collect()
}

/// How many bodies are to be rectified in a year; a part of one counts as one. Which ones is people's decision: nobody is
/// ranked here.
pub fn weakest(weak: &Flow, bodies: u32) -> u32 {
    let share = u64::from(bodies) * u64::from(weak.figure("weakest_percent"));
    u32::try_from(share.div_ceil(100)).unwrap_or(u32::MAX)
}

/// A body that is to be rectified in a year: one item, also where it was put on the list twice.
pub fn weak(
    flow: &Flow,
    between: (&OfficeId, &OfficeId),
    unit: &str,
    year: i16,
    why: &str,
    on: &str,
) -> (RecordId, Item) {
    let (by, of) = between;
    let id = RecordId::natural("ybz weak body 1", &[&by.0, &of.0, &year.to_le_bytes()]);
    let item = Item {
        flow: flow.id.clone(),
        version: flow.version.clone(),
        title: flow.name.clone(),
        text: why.to_owned(),
        on: on.to_owned(),
        unit: unit.to_owned(),
        group: format!("{year:04}"),
        recorded_on: on.to_owned(),
        ..Item::default()
    };
    (id, item)
}

/// Problems by class and manifestation.
pub fn by_class<'a>(problems: impl IntoIterator<Item = &'a Item>) -> BTreeMap<(String, String), u32> {
    let mut out = BTreeMap::new();
    for problem in problems {
        *out.entry((problem.category.clone(), problem.form.clone())).or_default() += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::flow::testing::flow;

    fn id(n: usize) -> RecordId {
        let mut bytes = [0; 16];
        bytes[14..].copy_from_slice(&u16::try_from(n).unwrap().to_be_bytes());
        RecordId(bytes)
    }

    fn unit(n: usize) -> OfficeId {
        OfficeId([u8::try_from(n).unwrap(); 16])
    }

    /// The source's story: 40 reports, 11 common problems, and each of them a task of the year for all.
    #[test]
    fn eleven_common_problems_out_of_forty_reports_are_the_years_tasks_of_all_units() {
        // Each report names three problems; those whose numbers fall alike are of one kind, and nine are nobody else's.
        let problems: BTreeMap<RecordId, OfficeId> = (0..120).map(|n| (id(n), unit(n / 3))).collect();
        let of = |kind: usize| (0..111).filter(move |n| n % 11 == kind).map(id).collect::<BTreeSet<_>>();
        let mut groups: Vec<(RecordId, Group)> = (0..11)
            .map(|kind| {
                let title = format!("共性问题{kind}");
                (id(1000 + kind), Group { kind: Some(GroupKind::Common), title, parts: of(kind), ..Group::default() })
            })
            .collect();
        let (found, left) = common(&problems, &groups);
        assert_eq!((found.len(), left.len()), (11, 9));
        assert_eq!(found.iter().map(|one| one.problems.len()).sum::<usize>(), 111);
        assert_eq!(found[0].problems.len(), 11, "0, 11, … 110");
        assert_eq!(found[0].units.len(), 11);
        let task = flow("listed");
        let units: Vec<OfficeId> = (0..40).map(unit).collect();
        let tasks: Vec<_> =
            found.iter().flat_map(|one| yearly_tasks(one, &task, units.iter().copied(), 2026, "2026-01-20")).collect();
        assert_eq!(tasks.len(), 440, "11 for each of 40");
        let ids: BTreeSet<RecordId> = tasks.iter().map(|(_, id, _)| *id).collect();
        assert_eq!(ids.len(), 440);
        assert!(tasks.iter().all(|(_, _, item)| item.due == "2026-12-31" && item.text.is_empty()));
        assert_eq!(yearly_tasks(&found[3], &task, [unit(7)], 2026, "2026-02-01")[0].1, {
            let sent = tasks.iter().find(|(to, _, item)| *to == unit(7) && item.title == "共性问题3");
            sent.unwrap().1
        });
        groups[4].1.undone = true;
        let (found, left) = common(&problems, &groups);
        assert_eq!((found.len(), left.len()), (10, 19), "taken back, its ten problems are by themselves again");
    }

    #[test]
    fn a_tenth_of_the_bodies_is_rectified_each_year() {
        let weak = flow("weak");
        for (bodies, expected) in [(0, 0), (1, 1), (10, 1), (11, 2), (40, 4), (300, 30), (305, 31)] {
            assert_eq!(weakest(&weak, bodies), expected, "{bodies}");
        }
    }

    #[test]
    fn problems_are_counted_by_class_and_manifestation() {
        // 36 manifestations across 5 classes, 256 problems found.
        let problems: Vec<Item> = (0..256)
            .map(|n| {
                let form = n % 36;
                Item { category: format!("类{}", form % 5), form: format!("表现{form}"), ..Item::default() }
            })
            .collect();
        let found = by_class(&problems);
        assert_eq!((found.len(), found.values().sum::<u32>()), (36, 256));
        assert_eq!(found[&("类0".to_owned(), "表现0".to_owned())], 8, "0, 36, … 252");
        let classes: BTreeSet<&str> = found.keys().map(|(class, _)| class.as_str()).collect();
        assert_eq!(classes.len(), 5);
    }
}
