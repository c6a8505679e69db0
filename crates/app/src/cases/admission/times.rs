//! Stages that are open and have a latest day: of this office, and of those below as far as their books tell.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::admission::{
    ADMISSION_DECISION, ADMISSION_STEP, APPLICANT, AdmissionStep, Applicant, Decision, Stage, StageState,
};
use ybz_domain::rules::Who;
use ybz_store::RecordQuery;

use super::{Told, told};
use crate::cx::{Cx, Stored};
use crate::error::Answer;

/// A stage that waits.
pub(crate) struct OpenStage {
    pub(crate) office: OfficeId,
    /// The applicant's record.
    pub(crate) applicant: String,
    /// The applicant's name.
    pub(crate) name: String,
    pub(crate) code: String,
    pub(crate) by: Who,
    pub(crate) latest: Date,
    pub(crate) article: String,
}

/// Open stages of this office, where it is asked for, and of offices below.
pub(crate) fn open_stages(cx: &Cx<'_>, here: bool, below: &[OfficeId]) -> Answer<Vec<OpenStage>> {
    let mut out = Vec::new();
    if here {
        collect(cx, cx.records(APPLICANT, None)?, &told(cx)?, &mut out);
    }
    let applicants = if below.is_empty() { Vec::new() } else { of(cx, below, APPLICANT)? };
    if !applicants.is_empty() {
        collect(cx, applicants, &told_below(cx, below)?, &mut out);
    }
    Ok(out)
}

fn of(cx: &Cx<'_>, offices: &[OfficeId], rtype: &str) -> Answer<Vec<Stored>> {
    let query =
        RecordQuery { rtype: Some(rtype.to_owned()), offices: Some(offices.to_vec()), ..RecordQuery::default() };
    Ok(cx.query(&query)?.1)
}

fn told_below(cx: &Cx<'_>, offices: &[OfficeId]) -> Answer<Told> {
    let mut out = Told { steps: BTreeMap::new(), decisions: BTreeMap::new() };
    let mut steps: Vec<_> = of(cx, offices, ADMISSION_STEP)?
        .into_iter()
        .filter(|stored| stored.book.writer() == stored.book.office)
        .filter_map(|stored| Some((stored.view.id, AdmissionStep::read(&stored.view)?)))
        .collect();
    steps.sort_by(|(a_id, a), (b_id, b)| (&a.on, a_id).cmp(&(&b.on, b_id)));
    for (id, step) in steps {
        out.steps.entry(step.applicant.clone()).or_default().push((id, step));
    }
    let mut decisions: Vec<_> = of(cx, offices, ADMISSION_DECISION)?
        .into_iter()
        .filter(|stored| stored.book.writer() != stored.book.office)
        .filter_map(|stored| Some((stored.view.id, Decision::read(&stored.view)?)))
        .collect();
    decisions.sort_by(|(a_id, a), (b_id, b)| (&a.on, a_id).cmp(&(&b.on, b_id)));
    for (id, decision) in decisions {
        out.decisions.entry(decision.applicant.clone()).or_default().push((id, decision));
    }
    Ok(out)
}

fn collect(cx: &Cx<'_>, applicants: Vec<Stored>, told: &Told, out: &mut Vec<OpenStage>) {
    for stored in applicants {
        let Some(applicant) = Applicant::read(&stored.view) else { continue };
        // Who is on the roster already, or whose course was closed, waits for nothing that is counted here.
        if !applicant.closed.is_empty() {
            continue;
        }
        let id = stored.view.id.to_string();
        let stages = told.stages(cx, &id, &applicant);
        for stage in stages.iter().filter(|stage| waits(cx, stage, &stages)) {
            let Some(latest) = stage.latest else { continue };
            out.push(OpenStage {
                office: stored.book.office,
                applicant: id.clone(),
                name: applicant.name.clone(),
                code: stage.code.clone(),
                by: stage.by,
                latest,
                article: stage.article.clone(),
            });
        }
    }
}

/// Open or refused; one that comes again and again, until the stage that ends it is done.
fn waits(cx: &Cx<'_>, stage: &Stage, all: &[Stage]) -> bool {
    let rule = cx.rules().admission.stage.iter().find(|rule| rule.code == stage.code);
    let repeats = rule.and_then(|rule| rule.every_months.and(rule.until.as_deref()));
    match repeats {
        Some(until) => !all.iter().any(|other| other.code == until && other.done_on.is_some()),
        None => {
            !rule.is_some_and(|rule| rule.optional) && matches!(stage.state, StageState::Open | StageState::Refused)
        }
    }
}
