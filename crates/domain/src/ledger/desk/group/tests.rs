use proptest::prelude::*;

use super::*;
use crate::ledger::flow::testing::id;

fn merge(main: u8, parts: &[u8]) -> Group {
    Group {
        kind: Some(GroupKind::Merge),
        main: id(main).to_string(),
        parts: parts.iter().map(|n| id(*n)).collect(),
        ..Group::default()
    }
}

fn items(villages: &[(u8, &str)]) -> BTreeMap<RecordId, Item> {
    let item = |(n, category): &(u8, &str)| Item {
        category: (*category).to_owned(),
        source: format!("诉求{n}"),
        source_office: format!("村{n}"),
        ..Item::default()
    };
    villages.iter().map(|one| (id(one.0), item(one))).collect()
}

#[test]
fn a_merged_case_counts_once_here_and_each_source_gets_the_answer() {
    let cases = items(&[(1, "道路"), (2, "道路"), (3, "水利"), (4, "道路")]);
    let merge_two = merge(2, &[1, 2]);
    let told = preview(&cases, &[], &merge_two);
    assert_eq!((told.main, told.counted), (Some(id(2)), (4, 3)));
    assert_eq!(told.answers_to, [("村1".to_owned(), "诉求1".to_owned()), ("村2".to_owned(), "诉求2".to_owned())]);
    assert!(told.categories.is_empty() && !told.again);
    // A third one joins what is merged already, of another category: both are said before it is done.
    let more = preview(&cases, std::slice::from_ref(&merge_two), &merge(2, &[2, 3]));
    assert_eq!((more.together.len(), more.counted, more.again), (3, (3, 2), true));
    assert_eq!(more.categories, ["水利".to_owned(), "道路".to_owned()].into());
    let into = merged([&merge_two]);
    assert_eq!(counted(&cases, &into), [id(2), id(3), id(4)].into());
    // Each village goes on counting its own: nothing of them was touched.
    assert_eq!(cases.len(), 4);
    assert_eq!(answers_to(&cases, &into, &id(4)), [("村4".to_owned(), "诉求4".to_owned())], "what is not merged");
}

#[test]
fn merges_taken_back_are_as_if_they_had_not_been() {
    let cases = items(&[(1, "道路"), (2, "道路"), (3, "道路")]);
    let (first, second) = (merge(1, &[1, 2]), merge(3, &[2, 3]));
    let both = merged([&first, &second]);
    assert_eq!(counted(&cases, &both), [id(1)].into(), "two that share a case are one, and the lowest stands for it");
    let back = Group { undone: true, ..first };
    assert_eq!(merged([&back, &second]), merged([&second]));
    assert_eq!(counted(&cases, &merged([&back, &Group { undone: true, ..second }])).len(), 3);
}

#[test]
fn what_was_merged_into_each_other_or_into_what_is_not_here_still_counts_once() {
    let cases = items(&[(1, ""), (2, "")]);
    let ring = merged([&merge(1, &[1, 2]), &merge(2, &[1, 2])]);
    assert_eq!(counted(&cases, &ring), [id(1)].into());
    let away = merged([&merge(9, &[1, 2, 9])]);
    assert_eq!(counted(&cases, &away), [id(1)].into(), "the record that stands for both is not here");
    assert!(merged([&merge(1, &[1])]).values().all(|into| *into == id(1)));
    let unknown = Group { kind: None, ..merge(1, &[1, 2]) };
    assert!(merged([&unknown]).is_empty() && merged([&Group { main: String::new(), ..merge(1, &[2]) }]).is_empty());
}

#[test]
fn what_is_two_stays_two_also_for_what_was_merged_with_it() {
    let said =
        |parts: &[u8], undone| Group { kind: Some(GroupKind::Apart), main: String::new(), undone, ..merge(0, parts) };
    let both = |groups: &[Group]| apart(groups, &merged(groups));
    let two = said(&[3, 1], false);
    assert_eq!(both(std::slice::from_ref(&two)), [(id(1), id(3))].into(), "the lower id first");
    assert_eq!(both(&[two.clone(), merge(2, &[2, 3])]), [(id(1), id(2))].into(), "2 stands for 3");
    assert!(merged([&two]).is_empty(), "it lays nothing together");
    assert!(both(&[said(&[1, 3], true)]).is_empty(), "taken back");
    assert!(both(&[two.clone(), merge(1, &[1, 3])]).is_empty(), "merged later all the same: the merge holds");
    assert_eq!(both(&[said(&[1, 2, 3], false)]).len(), 3, "of three each pair");
    assert_eq!(GroupKind::from_word(GroupKind::Apart.as_str()), Some(GroupKind::Apart));
}

proptest! {
    /// Whatever was merged and taken back on whichever device: the order says nothing, merges that stand lay together what
    /// they name and nothing else, and undoing all of them leaves every case by itself.
    #[test]
    fn merges_and_their_undoing_leave_what_stands_and_nothing_else(
        made in prop::collection::vec((1u8..8, prop::collection::btree_set(1u8..8, 1..4), any::<bool>()), 0..8),
        turn in any::<u8>(),
    ) {
        let mut groups: Vec<Group> = made.iter().map(|(main, parts, undone)| {
            let mut parts: Vec<u8> = parts.iter().copied().collect();
            parts.push(*main);
            Group { undone: *undone, ..merge(*main, &parts) }
        }).collect();
        let cases = items(&(1..8).map(|n| (n, "")).collect::<Vec<_>>());
        let into = merged(&groups);
        let of = usize::from(turn) % groups.len().max(1);
        groups.rotate_left(of);
        prop_assert_eq!(&into, &merged(&groups), "the order of arrival says nothing");
        // Two lie together exactly when standing merges lead from one to the other.
        let linked = |one: RecordId| -> BTreeSet<RecordId> {
            let mut seen = BTreeSet::from([one]);
            loop {
                let before = seen.len();
                for group in groups.iter().filter(|group| !group.undone) {
                    if group.parts.iter().any(|part| seen.contains(part)) {
                        seen.extend(&group.parts);
                    }
                }
                if seen.len() == before {
                    return seen;
                }
            }
        };
        let stands = |case: &RecordId| into.get(case).copied().unwrap_or(*case);
        for case in cases.keys() {
            let together: BTreeSet<RecordId> = cases.keys().filter(|other| stands(other) == stands(case)).copied().collect();
            prop_assert_eq!(together, linked(*case));
            prop_assert_eq!(stands(&stands(case)), stands(case), "what stands for others stands for itself");
        }
        let parts: BTreeSet<BTreeSet<RecordId>> = cases.keys().map(|case| linked(*case)).collect();
        prop_assert_eq!(counted(&cases, &into).len(), parts.len());
        // Each source gets the answer once, from the one case that counts.
        let answered: Vec<(String, String)> =
            counted(&cases, &into).iter().flat_map(|case| answers_to(&cases, &into, case)).collect();
        prop_assert_eq!(answered.len(), cases.len());
        for group in &mut groups {
            group.undone = true;
        }
        prop_assert!(merged(&groups).is_empty());
    }
}
