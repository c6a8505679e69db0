//! `ybz admission`

use ybz_app::ErrorDto;
use ybz_app::dto::admission::{
    AdmissionDecideInput, AdmissionStepInput, AdmissionView, ApplicantInput, ApplicantRow, CaseRow, VotesDto,
};
use ybz_app::dto::{IdInput, Nothing};

use super::Line;
use crate::args::Common;
use crate::args::member::{Admission, AdmissionStep};
use crate::commands::Outcome;
use crate::print::member as shown;

pub(in crate::commands) async fn run(common: &Common, command: Admission) -> Outcome {
    let mut desk = Line::open(common).await?;
    let done = ask(&mut desk, command).await;
    desk.end(done).await
}

async fn ask(desk: &mut Line, command: Admission) -> Result<(), ErrorDto> {
    match command {
        Admission::List => {
            let page = desk.all::<ApplicantRow>("admission.list", "").await?;
            desk.tell(&page, shown::applicants);
        }
        Admission::Show { applicant } => {
            let id = desk.applicant(applicant).await?;
            let view: AdmissionView = desk.ask("admission.get", &IdInput { id }).await?;
            desk.tell(&view, shown::course);
        }
        Admission::Add { name, applied, group, person } => {
            let input = ApplicantInput {
                id: None,
                name,
                sex: None,
                birth_month: String::new(),
                applied,
                group,
                person,
                closed: String::new(),
                keep_matches: false,
            };
            desk.save("admission.save", &input).await?;
        }
        Admission::Step(step) => {
            let applicant = desk.applicant(step.applicant.clone()).await?;
            desk.save("admission.step", &typed(step, applicant)).await?;
        }
        Admission::Enrol { applicant } => {
            let id = desk.applicant(applicant).await?;
            desk.save("admission.enrol", &IdInput { id }).await?;
        }
        Admission::Cases => {
            let cases: Vec<CaseRow> = desk.ask("admission.cases", &Nothing {}).await?;
            desk.tell(&cases, |cases| shown::cases(cases));
        }
        Admission::Decide { step, refuse, note, on } => {
            desk.save("admission.decide", &AdmissionDecideInput { step, passed: !refuse, note, on }).await?;
        }
    }
    Ok(())
}

fn typed(step: AdmissionStep, applicant: String) -> AdmissionStepInput {
    let votes = match *step.votes.as_slice() {
        [due, present, in_favour] => Some(VotesDto { due, present, written: 0, in_favour }),
        [due, present, in_favour, written] => Some(VotesDto { due, present, written, in_favour }),
        _ => None,
    };
    AdmissionStepInput {
        applicant,
        code: step.code,
        on: step.on,
        person: step.person,
        note: step.note,
        reason: step.reason,
        days: step.days,
        amount: None,
        session: String::new(),
        votes,
        keep_matches: false,
    }
}
