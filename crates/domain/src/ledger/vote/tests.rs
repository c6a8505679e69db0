//! The rules of votes against numbers counted by hand.

use super::*;

fn id(n: usize) -> RecordId {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&u64::try_from(n).unwrap().to_be_bytes());
    RecordId(bytes)
}

/// `due` people with a vote, of whom the first `present` are here, and three without a vote who are here as well.
fn roll(due: usize, present: usize) -> BTreeMap<RecordId, RollEntry> {
    let mark = |here: bool| if here { Mark::Present } else { Mark::Excused };
    let voters =
        (0..due).map(|n| (n, RollEntry { due: true, votes: true, mark: mark(n < present), ..RollEntry::default() }));
    let others = (900..903).map(|n| (n, RollEntry { due: true, mark: Mark::Present, ..RollEntry::default() }));
    voters.chain(others).map(|(n, entry)| (id(n), entry)).collect()
}

fn vote(rule: VoteRule, in_favour: Option<u32>) -> Vote {
    let choices = vec![Choice { name: "候选人".to_owned(), in_favour, ..Choice::default() }];
    Vote { rule, choices, ..Vote::default() }
}

fn seen(rules: &Rules, vote: &Vote, due: usize, present: usize) -> (Light, u32, u32, Verdict) {
    let light = light(rules, vote, &roll(due, present));
    let verdict = verdicts(vote, &light)[0].0;
    (light.light, light.needed_to_open, light.needed_to_pass, verdict)
}

#[test]
fn each_rule_opens_and_passes_with_its_own_numbers() {
    use Light::{Green, Red, Yellow};
    use Verdict::{NoQuorum, NotPassed, Passed};
    let rules = Rules::builtin().unwrap();
    for (rule, due, present, in_favour, wanted) in [
        // Half of 48 opens, 25 pass: with 24 here even all votes do not.
        (VoteRule::Ordinary, 48, 31, 25, (Green, 24, 25, Passed)),
        (VoteRule::Ordinary, 48, 31, 24, (Green, 24, 25, NotPassed)),
        (VoteRule::Ordinary, 48, 24, 24, (Yellow, 24, 25, NotPassed)),
        (VoteRule::Ordinary, 48, 23, 23, (Red, 24, 25, NoQuorum)),
        (VoteRule::Ordinary, 47, 24, 24, (Green, 24, 24, Passed)),
        (VoteRule::Committee, 5, 3, 3, (Green, 3, 3, Passed)),
        (VoteRule::Committee, 4, 2, 2, (Yellow, 2, 3, NotPassed)),
        // More than half must be there.
        (VoteRule::Admission, 48, 24, 24, (Red, 25, 25, NoQuorum)),
        (VoteRule::Admission, 48, 25, 25, (Green, 25, 25, Passed)),
        // Four fifths of 48 are 38.4.
        (VoteRule::Election, 48, 38, 38, (Red, 39, 25, NoQuorum)),
        (VoteRule::Election, 48, 39, 25, (Green, 39, 25, Passed)),
        (VoteRule::Election, 48, 39, 24, (Green, 39, 25, NotPassed)),
        (VoteRule::Election, 45, 36, 23, (Green, 36, 23, Passed)),
    ] {
        assert_eq!(
            seen(&rules, &vote(rule, Some(in_favour)), due, present),
            wanted,
            "{rule:?} {present}/{due} {in_favour}"
        );
    }
}

#[test]
fn settings_change_what_opens_an_ordinary_vote_and_of_whom_an_election_takes_its_majority() {
    let mut rules = Rules::builtin().unwrap();
    rules.vote.half_opens = false;
    rules.election.majority_of = MajorityOf::Present;
    assert_eq!(seen(&rules, &vote(VoteRule::Ordinary, None), 48, 24), (Light::Red, 25, 25, Verdict::Open));
    // 40 of 48 here: more than half of 40 are 21.
    assert_eq!(seen(&rules, &vote(VoteRule::Election, Some(21)), 48, 40), (Light::Green, 39, 21, Verdict::Passed));
    assert_eq!(seen(&rules, &vote(VoteRule::Election, Some(20)), 48, 40).3, Verdict::NotPassed);
}

#[test]
fn written_opinions_are_votes_and_no_attendance() {
    let rules = Rules::builtin().unwrap();
    let written = |in_favour, written_for, written_against| Vote {
        written_for: Some(written_for),
        written_against: Some(written_against),
        ..vote(VoteRule::Admission, Some(in_favour))
    };
    // 26 here, 20 in favour and 5 in writing: 25 of 48.
    assert_eq!(seen(&rules, &written(20, 5, 0), 48, 26).3, Verdict::Passed);
    assert_eq!(seen(&rules, &written(20, 4, 1), 48, 26).3, Verdict::NotPassed);
    assert_eq!(seen(&rules, &written(24, 20, 0), 48, 24).3, Verdict::NoQuorum, "nobody is here in writing");
    assert_eq!(seen(&rules, &written(20, 20, 3), 48, 26).3, Verdict::Unclear, "22 are absent, 23 wrote");
    let ordinary = Vote { rule: VoteRule::Ordinary, ..written(20, 5, 0) };
    assert_eq!(seen(&rules, &ordinary, 48, 26).3, Verdict::NotPassed, "in no other vote");
}

#[test]
fn exclusions_count_at_elections_with_consent_and_approval_and_not_for_who_comes() {
    let rules = Rules::builtin().unwrap();
    // 48 due, 36 here; members 36 to 38 are left out, and so is number 0, who came.
    let excluded =
        [(36, Exclusion::Bedridden), (37, Exclusion::Abroad), (38, Exclusion::ServingSentence), (0, Exclusion::Abroad)];
    let mut vote = Vote {
        excluded: excluded.into_iter().map(|(n, reason)| (id(n), reason)).collect(),
        ..vote(VoteRule::Election, Some(23))
    };
    let before = light(&rules, &vote, &roll(48, 36));
    assert_eq!((before.light, before.due, before.needed_to_open), (Light::Red, 48, 39));
    assert_eq!((before.excluded.len(), before.not_excluded_yet.len(), before.missing.len()), (0, 3, 12));
    vote.consent = "街道党工委 3月1日".to_owned();
    assert_eq!(light(&rules, &vote, &roll(48, 36)).due, 48, "the meeting has not approved");
    vote.approved = true;
    let after = light(&rules, &vote, &roll(48, 36));
    // 45 due: four fifths are 36, more than half are 23.
    assert_eq!((after.light, after.due, after.needed_to_open, after.needed_to_pass), (Light::Green, 45, 36, 23));
    assert_eq!(
        after.excluded,
        [(id(36), Exclusion::Bedridden), (id(37), Exclusion::Abroad), (id(38), Exclusion::ServingSentence)]
    );
    assert_eq!((after.missing.len(), verdicts(&vote, &after)[0].0), (9, Verdict::Passed));
    vote.rule = VoteRule::Ordinary;
    assert_eq!(light(&rules, &vote, &roll(48, 36)).due, 48, "nobody is left out of another vote");
}

#[test]
fn numbers_that_do_not_fit_decide_nothing() {
    let rules = Rules::builtin().unwrap();
    let with = |issued, returned, in_favour, against| {
        let mut vote = Vote { issued, returned, ..vote(VoteRule::Election, Some(in_favour)) };
        vote.choices[0].against = Some(against);
        seen(&rules, &vote, 48, 40).3
    };
    assert_eq!(with(Some(40), Some(40), 30, 10), Verdict::Passed);
    assert_eq!(with(Some(40), Some(41), 30, 10), Verdict::Void);
    assert_eq!(with(Some(40), Some(39), 30, 10), Verdict::Unclear, "40 votes on 39 ballots");
    assert_eq!(with(None, None, 30, 11), Verdict::Unclear, "41 votes of 40 people");
    assert_eq!(seen(&rules, &vote(VoteRule::Ordinary, Some(0)), 0, 0).0, Light::Red, "nobody due never opens");
}

#[test]
fn only_electors_count_where_they_are_named() {
    let rules = Rules::builtin().unwrap();
    let committee = Vote { electors: (0..5).map(id).collect(), ..vote(VoteRule::Committee, Some(3)) };
    assert_eq!(seen(&rules, &committee, 48, 3), (Light::Green, 3, 3, Verdict::Passed));
    assert_eq!(seen(&rules, &committee, 48, 2).3, Verdict::NoQuorum);
}

/// The rules said again in another form: fractions compared crosswise, nothing divided.
#[test]
fn the_light_agrees_with_the_rules_said_crosswise() {
    let rules = Rules::builtin().unwrap();
    for due in 1..=60u32 {
        for present in 0..=due {
            for rule in VoteRule::ALL {
                let opens = match rule {
                    VoteRule::Ordinary | VoteRule::Committee => 2 * present >= due,
                    VoteRule::Admission => 2 * present > due,
                    VoteRule::Election => 5 * present >= 4 * due,
                };
                let can_pass = 2 * present > due;
                let wanted = if !opens {
                    Light::Red
                } else if can_pass {
                    Light::Green
                } else {
                    Light::Yellow
                };
                let found = light(&rules, &vote(rule, None), &roll(due as usize, present as usize));
                assert_eq!(found.light, wanted, "{rule:?} {present} of {due}");
            }
        }
    }
}
