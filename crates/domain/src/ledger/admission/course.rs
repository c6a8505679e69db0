//! The course of an admission: each stage with its earliest and latest day, by rule data.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use super::{AdmissionStep, Applicant, Decision};
use crate::ids::RecordId;
use crate::rules::{AdmissionRules, AdmissionStage, Who};

/// How a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageState {
    /// What it follows is not done.
    Blocked,
    /// Can be recorded, or is asked for.
    Open,
    /// Recorded or decided, but it was refused or did not pass.
    Refused,
    /// Done.
    Done,
}

/// A stage as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Its rule.
    pub code: String,
    /// Branch or committee.
    pub by: Who,
    /// State.
    pub state: StageState,
    /// Day of the last record of it.
    pub done_on: Option<Date>,
    /// Not before this day.
    pub earliest: Option<Date>,
    /// Not after this day.
    pub latest: Option<Date>,
    /// Where circumstances are special.
    pub special: Option<Date>,
    /// Not done and past its latest day.
    pub overdue: bool,
    /// What is missing: the code of the stage before, or `training`, `votes`, `not_passed`, `refused`.
    pub missing: Vec<String>,
    /// Article of the rule.
    pub article: String,
}

fn months(from: Date, months: u32) -> Option<Date> {
    // A span of too many months is none: the number may come from a record that anybody wrote.
    from.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// What was recorded of one stage.
#[derive(Default)]
struct Told {
    last: Option<Date>,
    done: bool,
    missing: Vec<String>,
}

/// A record of the branch for a stage, judged by what the stage demands.
fn told(rules: &AdmissionRules, code: &str, steps: &[&AdmissionStep], decisions: &[&Decision]) -> Told {
    let days = |on: &str| on.parse::<Date>().ok();
    if !decisions.is_empty() {
        // The last word counts; of one day the later entry.
        let last = decisions.iter().max_by_key(|one| (&one.on, &one.recorded_on));
        let Some(last) = last else { return Told::default() };
        let missing = if last.passed { Vec::new() } else { vec!["refused".to_owned()] };
        return Told { last: days(&last.on), done: last.passed, missing };
    }
    let mut out = Told { last: steps.iter().filter_map(|step| days(&step.on)).max(), ..Told::default() };
    if out.last.is_none() {
        return out;
    }
    out.done = true;
    if code == rules.training_stage {
        let sum = |of: fn(&AdmissionStep) -> Option<u32>| steps.iter().filter_map(|step| of(step)).sum::<u32>();
        if sum(|step| step.days) < rules.training_days && sum(|step| step.amount) < rules.training_hours_tenths {
            out.done = false;
            out.missing.push("training".to_owned());
        }
    }
    if rules.votes.iter().any(|vote| vote == code) {
        let last = steps.iter().max_by_key(|step| (&step.on, &step.recorded_on)).and_then(|step| step.votes);
        match last {
            None => out.missing.push("votes".to_owned()),
            Some(votes) if !votes.passed() => out.missing.push("not_passed".to_owned()),
            Some(_) => {}
        }
        out.done = out.missing.is_empty();
    }
    out
}

/// The stages of an admission in the order of the rule data, as they stand on a day.
pub fn course(
    rules: &AdmissionRules,
    applicant: &Applicant,
    steps: &[(RecordId, AdmissionStep)],
    decisions: &[Decision],
    today: Date,
) -> Vec<Stage> {
    let mut done: BTreeMap<&str, Date> = BTreeMap::new();
    let mut out = Vec::new();
    for rule in &rules.stage {
        let of: Vec<&AdmissionStep> =
            steps.iter().map(|(_, step)| step).filter(|step| !step.void && step.code == rule.code).collect();
        let by: Vec<&Decision> = decisions.iter().filter(|decision| decision.code == rule.code).collect();
        let mut told = told(rules, &rule.code, &of, &by);
        if rule.after.is_empty() {
            told = Told { last: applicant.applied.parse().ok(), done: true, missing: Vec::new() };
        }
        let (earliest, latest, special) = window(rules, rule, &done, steps, told.last);
        let optional = rule.optional && told.last.is_none();
        let before = rule.after.is_empty() || done.contains_key(rule.after.as_str());
        let next_due = rule.every_months.and(latest).is_some_and(|latest| latest < today);
        let later_done =
            rule.until.as_deref().is_some_and(|until| steps.iter().any(|(_, s)| !s.void && s.code == until));
        let overdue = !optional
            && match rule.every_months {
                // A repeated stage ends with the one that follows it.
                Some(_) => next_due && !later_done,
                None => !told.done && before && latest.is_some_and(|latest| latest < today),
            };
        let state = match (told.done, before) {
            (true, _) => StageState::Done,
            (false, _) if told.last.is_some() => StageState::Refused,
            (false, true) => StageState::Open,
            (false, false) => StageState::Blocked,
        };
        let mut missing = told.missing;
        if state == StageState::Blocked {
            missing.push(rule.after.clone());
        }
        if let Some(last) = told.last.filter(|_| told.done) {
            done.insert(&rule.code, last);
        }
        out.push(Stage {
            code: rule.code.clone(),
            by: rule.by,
            state,
            done_on: told.last,
            earliest,
            latest,
            special,
            overdue,
            missing,
            article: rule.article.clone(),
        });
    }
    out
}

type Window = (Option<Date>, Option<Date>, Option<Date>);

fn window(
    rules: &AdmissionRules,
    rule: &AdmissionStage,
    done: &BTreeMap<&str, Date>,
    steps: &[(RecordId, AdmissionStep)],
    last: Option<Date>,
) -> Window {
    let Some(from) = done.get(rule.from.as_deref().unwrap_or(&rule.after)).copied() else { return (None, None, None) };
    if let Some(every) = rule.every_months {
        // Every half-year from the last one, or from where it begins.
        return (None, months(last.unwrap_or(from), every), None);
    }
    // An extension of the probation puts off what follows it.
    let extended = (rules.extension_moves == rule.code)
        .then(|| {
            let extensions = steps.iter().map(|(_, step)| step).filter(|step| !step.void && step.code == "extension");
            extensions.filter_map(|step| step.amount).max()
        })
        .flatten()
        .unwrap_or_default();
    let at = |after: Option<u32>| after.and_then(|after| months(from, after.checked_add(extended)?));
    (at(rule.not_before_months), at(rule.within_months), at(rule.special_months))
}

/// Whether a day suits a stage: `too_early` or `too_late`, or nothing.
pub fn timing(stage: &Stage, on: Date) -> Option<&'static str> {
    if stage.state == StageState::Blocked || stage.earliest.is_some_and(|earliest| on < earliest) {
        return Some("too_early");
    }
    stage.special.or(stage.latest).is_some_and(|latest| on > latest).then_some("too_late")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::Votes;
    use super::*;
    use crate::rules::Rules;

    fn step(n: u8, code: &str, on: &str) -> (RecordId, AdmissionStep) {
        let step = AdmissionStep { code: code.to_owned(), on: on.to_owned(), ..AdmissionStep::default() };
        (RecordId([n; 16]), step)
    }

    fn find<'a>(stages: &'a [Stage], code: &str) -> &'a Stage {
        stages.iter().find(|stage| stage.code == code).unwrap_or_else(|| panic!("no stage {code}"))
    }

    fn applicant() -> Applicant {
        Applicant { applied: "2024-01-31".to_owned(), ..Applicant::default() }
    }

    #[test]
    fn a_year_and_a_half_runs_through_its_stages() {
        let rules = Rules::builtin().unwrap().admission;
        let today = date(2026, 3, 20);
        let mut steps = Vec::new();
        let at = |steps: &[(RecordId, AdmissionStep)], decided: &[Decision]| {
            course(&rules, &applicant(), steps, decided, today)
        };
        let stages = at(&steps, &[]);
        let talk = find(&stages, "talk");
        // A month after the last of January is the last of February.
        assert_eq!((talk.state, talk.latest, talk.overdue), (StageState::Open, Some(date(2024, 2, 29)), true));
        assert_eq!(find(&stages, "activist").missing, ["talk"]);
        assert_eq!(timing(find(&stages, "activist"), today), Some("too_early"));
        steps.extend([step(1, "talk", "2024-02-10"), step(2, "activist", "2024-03-01")]);
        let stages = at(&steps, &[]);
        assert_eq!(find(&stages, "development_object").earliest, Some(date(2025, 3, 1)));
        assert_eq!(timing(find(&stages, "development_object"), date(2025, 2, 28)), Some("too_early"));
        assert_eq!(timing(find(&stages, "development_object"), date(2025, 3, 1)), None);
        let review = find(&stages, "review");
        assert_eq!((review.latest, review.overdue), (Some(date(2024, 9, 1)), true));
        steps.extend([step(3, "review", "2024-09-01"), step(4, "review", "2025-02-20")]);
        steps.push(step(5, "development_object", "2025-03-05"));
        assert!(!find(&at(&steps, &[]), "review").overdue, "reviews end with the next stage");

        let mut training = step(6, "training", "2025-04-01");
        training.1.days = Some(2);
        steps.push(training);
        assert_eq!(find(&at(&steps, &[]), "training").missing, ["training"]);
        let mut more = step(7, "training", "2025-04-20");
        more.1.days = Some(1);
        steps.push(more);
        assert_eq!(find(&at(&steps, &[]), "training").state, StageState::Done);
        steps.push(step(8, "ask_pre_examination", "2025-05-01"));
        let mut decided = vec![Decision {
            code: "pre_examination".to_owned(),
            on: "2025-05-10".to_owned(),
            note: "缺政审材料".to_owned(),
            ..Decision::default()
        }];
        assert_eq!(find(&at(&steps, &decided), "pre_examination").missing, ["refused"]);
        decided.push(Decision { on: "2025-06-01".to_owned(), passed: true, ..decided[0].clone() });
        assert_eq!(find(&at(&steps, &decided), "pre_examination").state, StageState::Done);

        let mut vote = step(9, "vote", "2025-06-20");
        vote.1.votes = Some(Votes { due: 10, present: 6, written: 1, in_favour: 5 });
        steps.push(vote);
        let stages = at(&steps, &decided);
        assert_eq!(
            (find(&stages, "vote").state, find(&stages, "vote").missing[0].as_str()),
            (StageState::Refused, "not_passed")
        );
        steps.last_mut().unwrap().1.votes = Some(Votes { due: 10, present: 6, written: 1, in_favour: 6 });
        steps.push(step(10, "ask_approval", "2025-06-25"));
        let stages = at(&steps, &decided);
        let approval = find(&stages, "approval");
        assert_eq!((approval.latest, approval.special), (Some(date(2025, 9, 25)), Some(date(2025, 12, 25))));
        assert!(approval.overdue);
        decided.push(Decision {
            code: "approval".to_owned(),
            on: "2025-09-01".to_owned(),
            passed: true,
            ..Decision::default()
        });
        let stages = at(&steps, &decided);
        // Probation runs from the vote, not from the approval.
        assert_eq!(find(&stages, "full_vote").earliest, Some(date(2026, 6, 20)));
        let mut extension = step(11, "extension", "2026-06-20");
        extension.1.amount = Some(6);
        steps.push(extension);
        assert_eq!(find(&at(&steps, &decided), "full_vote").earliest, Some(date(2026, 12, 20)));
        steps.last_mut().unwrap().1.void = true;
        assert_eq!(find(&at(&steps, &decided), "full_vote").earliest, Some(date(2026, 6, 20)));
    }

    #[test]
    fn a_vote_counts_written_opinions_as_votes_and_not_as_attendance() {
        let votes = |present, written, in_favour| Votes { due: 10, present, written, in_favour };
        assert!(!votes(5, 5, 10).open() && !votes(5, 5, 10).passed());
        assert!(votes(6, 2, 6).passed() && !votes(6, 2, 5).passed());
        assert!(votes(6, 4, 10).sound() && !votes(6, 5, 6).sound() && !votes(6, 0, 7).sound());
    }
}
