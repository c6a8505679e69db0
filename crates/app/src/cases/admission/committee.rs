//! 发展党员 at the committee: what branches asked for, to be passed or refused with a comment.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use ybz_domain::book::BookKey;
use ybz_domain::ledger::admission::{ADMISSION_DECISION, ADMISSION_STEP, APPLICANT, AdmissionStep, Decision};
use ybz_domain::rules::{AdmissionStage, Who};

use crate::ErrorDto;
use crate::cases::member::past_day;
use crate::cx::{Cx, Edits, Stored};
use crate::dto::Saved;
use crate::dto::admission::{AdmissionDecideInput, CaseRow, CaseStep, VotesDto};
use crate::error::{Answer, optional};

/// The decision that a step of the branch asks for.
fn asked<'a>(cx: &'a Cx<'_>, code: &str) -> Option<&'a AdmissionStage> {
    cx.rules().admission.stage.iter().find(|stage| stage.by == Who::Committee && stage.after == code)
}

/// Steps below that ask and were not answered.
fn open(cx: &Cx<'_>) -> Answer<Vec<(Stored, AdmissionStep)>> {
    let answered: BTreeSet<String> =
        cx.below(ADMISSION_DECISION, None)?.iter().map(|stored| stored.view.str("step").to_owned()).collect();
    let all = cx.below(ADMISSION_STEP, None)?.into_iter();
    let read = all.filter_map(|stored| AdmissionStep::read(&stored.view).map(|step| (stored, step)));
    let asks = |(stored, step): &(Stored, AdmissionStep)| {
        !step.void && asked(cx, &step.code).is_some() && !answered.contains(&stored.view.id.to_string())
    };
    Ok(read.filter(asks).collect())
}

/// `admission.cases`, the longest asked first.
pub(crate) fn cases(cx: &Cx<'_>) -> Answer<Vec<CaseRow>> {
    let open = open(cx)?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let names: BTreeMap<String, String> = cx
        .below(APPLICANT, None)?
        .iter()
        .map(|stored| (stored.view.id.to_string(), stored.view.str("name").to_owned()))
        .collect();
    let mut before: BTreeMap<String, Vec<AdmissionStep>> = BTreeMap::new();
    for step in cx.below(ADMISSION_STEP, None)?.iter().filter_map(|stored| AdmissionStep::read(&stored.view)) {
        before.entry(step.applicant.clone()).or_default().push(step);
    }
    let mut rows = Vec::new();
    for (stored, step) in open {
        let Some(stage) = asked(cx, &step.code) else { continue };
        let months = |count: Option<u32>| {
            let from: Date = step.on.parse().ok()?;
            from.checked_add(jiff::Span::new().months(i64::from(count?))).ok()
        };
        let (latest, special) = (months(stage.within_months), months(stage.special_months));
        let mut told = before.get(&step.applicant).cloned().unwrap_or_default();
        told.retain(|one| !one.void);
        told.sort_by(|a, b| a.on.cmp(&b.on));
        rows.push(CaseRow {
            step: stored.view.id.to_string(),
            code: stage.code.clone(),
            office: stored.book.office.to_string(),
            office_name: cx.name_of(&stored.book.office),
            name: names.get(&step.applicant).cloned().unwrap_or_default(),
            asked: step.on.clone(),
            latest: latest.map(|day| day.to_string()),
            special: special.map(|day| day.to_string()),
            overdue: latest.is_some_and(|day| day < cx.today),
            before: told
                .into_iter()
                .map(|one| CaseStep {
                    votes: one.votes.map(VotesDto::from),
                    code: one.code,
                    on: one.on,
                    reason: one.reason,
                })
                .collect(),
            rule: cx.rule(&stage.article)?,
        });
    }
    rows.sort_by(|a, b| (&a.asked, &a.step).cmp(&(&b.asked, &b.step)));
    Ok(rows)
}

/// `admission.decide`: a record of its own in the branch's dispatch book; a refusal says why.
pub(crate) fn decide(cx: &Cx<'_>, input: AdmissionDecideInput) -> Answer<Saved> {
    let found = open(cx)?.into_iter().find(|(stored, _)| stored.view.id.to_string() == input.step);
    let (stored, step) = found.ok_or_else(|| ErrorDto::new("not_found").with("id", &input.step))?;
    let stage = asked(cx, &step.code).ok_or_else(|| ErrorDto::new("not_found").at("step"))?;
    let on = past_day(cx, "on", &input.on)?;
    let note = optional("note", &input.note, 500)?;
    if !input.passed && note.is_empty() {
        return Err(ErrorDto::new("required").at("note"));
    }
    let decision = Decision {
        applicant: step.applicant,
        step: stored.view.id.to_string(),
        code: stage.code.clone(),
        on: on.to_string(),
        passed: input.passed,
        note,
        recorded_on: cx.today_text(),
    };
    let id = cx.new_id();
    let mut edits = Edits::default();
    edits.push(BookKey::dispatch(stored.book.office, cx.office, cx.today.year()), decision.create(id));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}
