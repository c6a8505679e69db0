//! 发展党员 at the branch: applicants, steps in their time, what a person carries into the roster. Nothing is done by itself.

pub(crate) mod committee;
pub(crate) mod times;

use std::collections::BTreeMap;

use jiff::civil::Date;
use ybz_domain::book::{BookKind, RecordOp, Value};
use ybz_domain::date::read_month;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::admission::{
    ADMISSION_DECISION, ADMISSION_STEP, APPLICANT, AdmissionStep, Applicant, Decision, Stage, StageState, Votes,
    course, timing,
};
use ybz_domain::ledger::member::{Member, MemberKind};
use ybz_domain::ledger::session::SESSION;
use ybz_domain::ledger::standing::{Change, Event};
use ybz_domain::rules::Who;

use crate::cases::member::{changes, past_day, same_name};
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits, Stored};
use crate::dto::admission::{
    AdmissionRecord, AdmissionStepInput, AdmissionView, ApplicantInput, ApplicantRow, StageRow, VotesDto,
};
use crate::dto::{IdInput, ListInput, Nothing, Page, Saved};
use crate::error::{Answer, optional, required, within};
use crate::{ErrorDto, pinyin};

type Steps = Vec<(RecordId, AdmissionStep)>;
type Decisions = Vec<(RecordId, Decision)>;

impl From<Votes> for VotesDto {
    fn from(votes: Votes) -> Self {
        let Votes { due, present, written, in_favour } = votes;
        Self { due, present, written, in_favour }
    }
}

impl From<VotesDto> for Votes {
    fn from(votes: VotesDto) -> Self {
        let VotesDto { due, present, written, in_favour } = votes;
        Self { due, present, written, in_favour }
    }
}

/// Everything about admissions of this office, by applicant.
struct Told {
    steps: BTreeMap<String, Steps>,
    decisions: BTreeMap<String, Decisions>,
}

fn told(cx: &Cx<'_>) -> Answer<Told> {
    let mut out = Told { steps: BTreeMap::new(), decisions: BTreeMap::new() };
    for stored in cx.records(ADMISSION_STEP, None)? {
        if let Some(step) = AdmissionStep::read(&stored.view) {
            out.steps.entry(step.applicant.clone()).or_default().push((stored.view.id, step));
        }
    }
    for stored in cx.records(ADMISSION_DECISION, None)? {
        if let Some(decision) = Decision::read(&stored.view) {
            out.decisions.entry(decision.applicant.clone()).or_default().push((stored.view.id, decision));
        }
    }
    for steps in out.steps.values_mut() {
        steps.sort_by(|(a_id, a), (b_id, b)| (&a.on, a_id).cmp(&(&b.on, b_id)));
    }
    for decisions in out.decisions.values_mut() {
        decisions.sort_by(|(a_id, a), (b_id, b)| (&a.on, a_id).cmp(&(&b.on, b_id)));
    }
    Ok(out)
}

impl Told {
    fn steps(&self, applicant: &str) -> &[(RecordId, AdmissionStep)] {
        self.steps.get(applicant).map(Vec::as_slice).unwrap_or_default()
    }

    fn decisions(&self, applicant: &str) -> &[(RecordId, Decision)] {
        self.decisions.get(applicant).map(Vec::as_slice).unwrap_or_default()
    }

    fn stages(&self, cx: &Cx<'_>, id: &str, applicant: &Applicant) -> Vec<Stage> {
        let steps = self.steps(id);
        let decisions: Vec<Decision> = self.decisions(id).iter().map(|(_, decision)| decision.clone()).collect();
        course(&cx.rules().admission, applicant, steps, &decisions, cx.today)
    }
}

fn read(cx: &Cx<'_>, id: &str) -> Answer<(Stored, Applicant)> {
    let stored = cx.own_record(id, APPLICANT)?;
    let applicant = Applicant::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found").with("id", id))?;
    Ok((stored, applicant))
}

/// `admission.save`
pub(crate) fn save(cx: &Cx<'_>, input: ApplicantInput) -> Answer<Saved> {
    if input.applied.trim().is_empty() {
        return Err(ErrorDto::new("required").at("applied"));
    }
    let birth = input.birth_month.trim();
    let applicant = Applicant {
        name: required("name", &input.name, 40)?,
        sex: input.sex.filter(|sex| (1..=2).contains(sex)),
        birth_month: match birth {
            "" => String::new(),
            text => read_month(text)
                .map(|(year, month)| ybz_domain::date::month_text(year, month))
                .map_err(|_| ErrorDto::new("date_not_understood").at("birthMonth").with("text", text))?,
        },
        applied: past_day(cx, "applied", &input.applied)?.to_string(),
        group: optional("group", &input.group, 40)?,
        person: optional("person", &input.person, 80)?,
        member: String::new(),
        closed: optional("closed", &input.closed, 200)?,
        recorded_on: cx.today_text(),
    };
    let mut upward = Upward::load(cx, input.keep_matches)?;
    upward.check("closed", &applicant.closed)?;
    let mut edits = Edits::default();
    let id = match &input.id {
        Some(id) => {
            let (stored, before) = read(cx, id)?;
            let applicant = Applicant { member: before.member.clone(), ..applicant };
            for op in applicant.update(stored.view.id, &before) {
                edits.push(stored.book.clone(), op);
            }
            stored.view.id
        }
        None => {
            let id = cx.new_id();
            edits.push(cx.book(BookKind::tasks(), cx.today.year()), applicant.create(id));
            id
        }
    };
    upward.log(&mut edits, id);
    edits.finish_draft("applicant", input.id.as_deref().unwrap_or("new"));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// A step before or after its time shows the rule and needs a reason.
fn in_time(cx: &Cx<'_>, stage: &Stage, on: Date, reason: &str) -> Answer<()> {
    let Some(code) = timing(stage, on).filter(|_| reason.is_empty()) else { return Ok(()) };
    let day = if code == "too_early" { stage.earliest } else { stage.special.or(stage.latest) };
    let rule = cx.rule(&stage.article)?;
    let error = ErrorDto::new(&format!("admission_{code}")).at("reason").with("citation", rule.citation);
    let day = day.map(|day| day.to_string()).unwrap_or_default();
    Err(error.with("date", day).with("after", stage.missing.first().map_or("", String::as_str)))
}

/// `admission.step`
pub(crate) fn step(cx: &Cx<'_>, input: AdmissionStepInput) -> Answer<Saved> {
    let (stored, applicant) = read(cx, &input.applicant)?;
    let id = stored.view.id.to_string();
    let stages = told(cx)?.stages(cx, &id, &applicant);
    let stage = stages.iter().find(|stage| stage.code == input.code && stage.by == Who::Branch);
    let stage = stage.ok_or_else(|| ErrorDto::new("invalid_input").at("code").with("value", &input.code))?;
    if stage.code == "application" {
        return Err(ErrorDto::new("invalid_input").at("code").with("value", &input.code));
    }
    let on = past_day(cx, "on", &input.on)?;
    let rules = &cx.rules().admission;
    let reason = optional("reason", &input.reason, 200)?;
    in_time(cx, stage, on, &reason)?;
    let votes = input.votes.map(Votes::from);
    if rules.votes.contains(&input.code) {
        match votes {
            None => return Err(ErrorDto::new("required").at("votes")),
            Some(votes) if !votes.sound() => return Err(ErrorDto::new("votes_unsound").at("votes")),
            Some(_) => {}
        }
    }
    if input.code == rules.training_stage && input.days.is_none() && input.amount.is_none() {
        return Err(ErrorDto::new("required").at("days"));
    }
    if input.code == "extension" {
        let fits = |months: u32| (rules.extension_min_months..=rules.extension_max_months).contains(&months);
        if !input.amount.is_some_and(fits) {
            let (from, to) = (rules.extension_min_months, rules.extension_max_months);
            let error = ErrorDto::new("extension_length").at("amount").with("from", from).with("to", to);
            return Err(error.with("rule", cx.rule("extension")?.citation));
        }
    }
    let session = match input.session.trim() {
        "" => String::new(),
        id => cx.own_record(id, SESSION).map_err(|error| error.at("session"))?.view.id.to_string(),
    };
    let step = AdmissionStep {
        applicant: id,
        code: input.code.clone(),
        on: on.to_string(),
        person: optional("person", &input.person, 80)?,
        note: optional("note", &input.note, 500)?,
        reason,
        days: input.days.map(|days| within("days", days, 0, 366)).transpose()?,
        amount: input.amount.map(|amount| within("amount", amount, 0, 10_000)).transpose()?,
        session,
        votes,
        void: false,
        recorded_on: cx.today_text(),
    };
    let mut upward = Upward::load(cx, input.keep_matches)?;
    upward.check("note", &step.note)?;
    upward.check("reason", &step.reason)?;
    let id = cx.new_id();
    let mut edits = Edits::default();
    upward.log(&mut edits, id);
    // What is about an applicant stays in the book of the year in which the flow was opened.
    edits.push(stored.book, step.create(id));
    edits.finish_draft("admission", &format!("{} {}", input.applicant, input.code));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: ybz_domain::date::is_late(on, cx.today) })
}

/// `admission.void`: a step that was entered by mistake counts no more, and is kept.
pub(crate) fn void(cx: &Cx<'_>, input: IdInput) -> Answer<Nothing> {
    let stored = cx.own_record(&input.id, ADMISSION_STEP)?;
    let id = stored.view.id;
    let mut edits = Edits::default();
    edits.push(stored.book, RecordOp::Set { id, field: "void".to_owned(), value: Value::Bool(true) });
    cx.commit(edits)?;
    Ok(Nothing {})
}

fn row(stored: &Stored, applicant: Applicant, stages: &[Stage]) -> ApplicantRow {
    let some = |text: String| (!text.is_empty()).then_some(text);
    let open = applicant.closed.is_empty();
    // Repeated and optional stages lie beside the way, not on it.
    let beside = |stage: &&Stage| !matches!(stage.code.as_str(), "review" | "extension");
    let next = stages.iter().filter(beside).find(|stage| stage.state != StageState::Done).filter(|_| open);
    ApplicantRow {
        id: stored.view.id.to_string(),
        next: next.map(|stage| stage.code.clone()),
        with_committee: next.is_some_and(|stage| stage.by == Who::Committee && stage.state == StageState::Open),
        overdue: open && stages.iter().any(|stage| stage.overdue),
        conflict: stored.row.conflict,
        name: applicant.name,
        sex: applicant.sex,
        birth_month: some(applicant.birth_month),
        applied: applicant.applied,
        group: some(applicant.group),
        person: applicant.person,
        member: some(applicant.member),
        closed: applicant.closed,
    }
}

/// `admission.list`: those who go on first, by the day of the application.
pub(crate) fn list(cx: &Cx<'_>, input: ListInput) -> Answer<Page<ApplicantRow>> {
    let told = told(cx)?;
    let wanted = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
    let with_closed = input.state.as_deref() == Some("closed");
    let mut rows = Vec::new();
    for stored in cx.records(APPLICANT, None)? {
        let Some(applicant) = Applicant::read(&stored.view) else { continue };
        let matches = wanted.is_empty() || pinyin::matches(&applicant.name, &wanted);
        if matches && (with_closed || applicant.closed.is_empty()) {
            let stages = told.stages(cx, &stored.view.id.to_string(), &applicant);
            rows.push(row(&stored, applicant, &stages));
        }
    }
    rows.sort_by(|a, b| (a.next.is_none(), &a.applied, &a.id).cmp(&(b.next.is_none(), &b.applied, &b.id)));
    Ok(cx.page(rows, &input))
}

fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// `admission.get`
pub(crate) fn get(cx: &Cx<'_>, input: IdInput) -> Answer<AdmissionView> {
    let (stored, applicant) = read(cx, &input.id)?;
    let id = stored.view.id.to_string();
    let told = told(cx)?;
    let stages = told.stages(cx, &id, &applicant);
    let roster = to_roster(cx, &applicant, &stages)?;
    let (steps, decisions) = (told.steps(&id), told.decisions(&id));
    let rows = stages.iter().map(|stage| stage_row(cx, stage, steps, decisions)).collect::<Answer<_>>()?;
    Ok(AdmissionView { row: row(&stored, applicant, &stages), stages: rows, roster: roster.map(str::to_owned) })
}

fn stage_row(
    cx: &Cx<'_>,
    stage: &Stage,
    steps: &[(RecordId, AdmissionStep)],
    told: &[(RecordId, Decision)],
) -> Answer<StageRow> {
    let own = steps.iter().filter(|(_, step)| step.code == stage.code).map(|(id, step)| AdmissionRecord {
        id: id.to_string(),
        on: step.on.clone(),
        person: step.person.clone(),
        note: step.note.clone(),
        reason: step.reason.clone(),
        days: step.days,
        amount: step.amount,
        session: step.session.clone(),
        votes: step.votes.map(VotesDto::from),
        passed: None,
        void: step.void,
    });
    let decided = told.iter().filter(|(_, one)| one.code == stage.code).map(|(id, one)| AdmissionRecord {
        id: id.to_string(),
        on: one.on.clone(),
        person: String::new(),
        note: one.note.clone(),
        reason: String::new(),
        days: None,
        amount: None,
        session: String::new(),
        votes: None,
        passed: Some(one.passed),
        void: false,
    });
    Ok(StageRow {
        code: stage.code.clone(),
        by: if stage.by == Who::Branch { "branch" } else { "committee" }.to_owned(),
        state: match stage.state {
            StageState::Blocked => "blocked",
            StageState::Open => "open",
            StageState::Refused => "refused",
            StageState::Done => "done",
        }
        .to_owned(),
        done_on: day(stage.done_on),
        earliest: day(stage.earliest),
        latest: day(stage.latest),
        special: day(stage.special),
        overdue: stage.overdue,
        missing: stage.missing.clone(),
        rule: cx.rule(&stage.article)?,
        records: own.chain(decided).collect(),
    })
}

fn done_on(stages: &[Stage], code: &str) -> Option<Date> {
    stages.iter().find(|stage| stage.code == code && stage.state == StageState::Done).and_then(|stage| stage.done_on)
}

/// What a person may now carry into the roster.
fn to_roster(cx: &Cx<'_>, applicant: &Applicant, stages: &[Stage]) -> Answer<Option<&'static str>> {
    if applicant.member.is_empty() {
        return Ok(done_on(stages, "approval").map(|_| "enrol"));
    }
    let member = cx.members()?.into_iter().find(|(id, _)| id.to_string() == applicant.member);
    let probationary = member.is_some_and(|(_, member)| member.kind == MemberKind::Probationary);
    Ok(done_on(stages, "full_approval").filter(|_| probationary).map(|_| "full"))
}

/// `admission.enrol`: onto the roster as a probationary member from the day of the vote; or, once approved, as a full one.
pub(crate) fn enrol(cx: &Cx<'_>, input: IdInput) -> Answer<Saved> {
    let (stored, applicant) = read(cx, &input.id)?;
    let stages = told(cx)?.stages(cx, &stored.view.id.to_string(), &applicant);
    let (event, code) = match to_roster(cx, &applicant, &stages)? {
        Some("enrol") => (Event::Probationary, "vote"),
        Some(_) => (Event::Full, "full_vote"),
        None => return Err(ErrorDto::new("admission_not_approved")),
    };
    let on = done_on(&stages, code).unwrap_or(cx.today).to_string();
    let mut edits = Edits::default();
    let change = |member: RecordId| Change {
        member: member.to_string(),
        on: on.clone(),
        event: Some(event),
        recorded_on: cx.today_text(),
        ..Change::default()
    };
    let member = if event == Event::Probationary {
        if cx.members()?.iter().any(|(_, one)| {
            same_name(&one.name, &applicant.name)
                && one.birth_month == applicant.birth_month
                && one.belongs_on(&cx.today_text())
        }) {
            return Err(ErrorDto::new("member_duplicate").at("name").with("name", &applicant.name));
        }
        let id = cx.new_id();
        let member = Member {
            name: applicant.name.clone(),
            sex: applicant.sex,
            birth_month: applicant.birth_month.clone(),
            kind: MemberKind::Probationary,
            joined: on.clone(),
            group: applicant.group.clone(),
            ..Member::default()
        };
        let roster = cx.book(BookKind::roster(), cx.today.year());
        edits.push(roster.clone(), member.create(id, &cx.today_text()));
        edits.push(roster, change(id).create(cx.new_id()));
        let field = "member".to_owned();
        edits.push(stored.book, RecordOp::Set { id: stored.view.id, field, value: id.to_string().into() });
        id
    } else {
        let id: RecordId = applicant.member.parse().map_err(|_| ErrorDto::new("not_found").at("member"))?;
        changes::stage(cx, &mut edits, id, &change(id))?;
        id
    };
    cx.commit(edits)?;
    Ok(Saved { id: member.to_string(), late: false })
}
