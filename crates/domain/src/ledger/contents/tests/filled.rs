//! Every record type with every field filled, as the ledgers make it.

use super::super::*;
use super::ID;
use crate::ids::ChangeHash;
use crate::ledger::answer::{Answer, AnswerState};
use crate::ledger::cadence::{self, Cadence};
use crate::ledger::care::AID;
use crate::ledger::care::CARE;
use crate::ledger::care::CareFrame;
use crate::ledger::care::PAIRING;
use crate::ledger::checklist::DISPATCHED;
use crate::ledger::checklist::ITEM;
use crate::ledger::checklist::Item;
use crate::ledger::closing::Closing;
use crate::ledger::dues::{Assessment, DuesClass, Payment, Reason, Relief, Remittance, Settlement, Way};
use crate::ledger::matter::{Done, Matter, MatterStep};
use crate::ledger::member::{Member, MemberKind};
use crate::ledger::plan::Planned;
use crate::ledger::rule_pack::RulePack;
use crate::ledger::session::SESSION;
use crate::ledger::session::{Session, SessionKind};
use crate::ledger::submission::DECISION;
use crate::ledger::submission::SUBMISSION_STEP;
use crate::ledger::submission::{self, Ledger, Listed, Part, Submission};
use crate::ledger::talk::{Talk, Trigger};
use crate::ledger::template::{Template, TemplateEntry};
use crate::ledger::training::Training;
use crate::ledger::verdict::after_field;
use crate::ledger::visit::{Concern, Step, Visit, VisitKind};
use crate::ledger::vote::{Choice, Exclusion, Vote, VoteRule};
use crate::trust::ErasureMark;

pub(super) fn word() -> String {
    "字".to_owned()
}

/// Every record type with every field filled, as the ledgers make it, and the kinds of books it goes into.
pub(super) fn filled() -> Vec<(BookKind, RecordOp)> {
    let member = Member {
        name: word(),
        sex: Some(1),
        birth_month: word(),
        kind: MemberKind::Full,
        joined: word(),
        group: word(),
        posts: [word()].into(),
        no_vote_reason: word(),
        left_on: word(),
        merged_into: word(),
        transfer: word(),
        origin: word(),
        away: Vec::new(),
    };
    let session = Session {
        kinds: vec![SessionKind::Lesson],
        date: word(),
        start: word(),
        place: word(),
        chair: word(),
        recorder: word(),
        topic: word(),
        group: word(),
        minutes: word(),
        resolution: word(),
        hours: Some(1),
        closed: true,
        recorded_on: word(),
        talks: Some(1),
        problems: word(),
        measures: word(),
        ..Session::default()
    };
    let mut fields = session.fields(&[(ID, true)]);
    // Written by roll call, field by field.
    fields.extend([
        (format!("mark/{ID}"), word().into()),
        (format!("reason/{ID}"), word().into()),
        (format!("beside/{}", "字"), Value::Bool(true)),
        ("roll_of".to_owned(), word().into()),
        ("closed".to_owned(), Value::Bool(true)),
        // By the appraisal, by merging, by who looked at texts put together.
        (format!("grade/{ID}"), word().into()),
        (format!("standing/{ID}"), word().into()),
        ("merged_into".to_owned(), word().into()),
        (format!("apart/{ID}"), Value::Bool(true)),
        ("seen/minutes".to_owned(), word().into()),
    ]);
    let choice = Choice { name: word(), in_favour: Some(1), against: Some(1), abstain: Some(1) };
    let vote = Vote {
        session: word(),
        date: word(),
        rule: VoteRule::Election,
        subject: word(),
        choices: vec![choice],
        secret: true,
        issued: Some(1),
        returned: Some(1),
        written_for: Some(1),
        written_against: Some(1),
        excluded: [(ID, Exclusion::Abroad)].into(),
        consent: word(),
        approved: true,
        electors: [ID].into(),
        dropped: true,
        recorded_on: word(),
    };
    let planned = Planned {
        kinds: vec![SessionKind::Lesson],
        date: word(),
        topic: word(),
        lead: word(),
        group: word(),
        session: word(),
        dropped: true,
        recorded_on: word(),
    };
    let training = Training {
        date: word(),
        topic: word(),
        hours: 1,
        concentrated: true,
        members: [ID].into(),
        dropped: true,
        recorded_on: word(),
    };
    let done = Done { on: word(), note: word(), present: Some(1), in_favour: Some(1), session: word() };
    let matter = Matter {
        title: word(),
        date: word(),
        steps: [(MatterStep::Proposal, done)].into(),
        dropped: true,
        recorded_on: word(),
    };
    let assessment = Assessment {
        member: word(),
        from_month: word(),
        class: DuesClass::Farmer,
        rate_bp: Some(1),
        monthly_fen: 1,
        decision: word(),
        rules: word(),
        recorded_on: word(),
        over: [ID.to_string()].into(),
    };
    let payment = Payment {
        member: word(),
        month: word(),
        amount_fen: 1,
        on: word(),
        kind: word(),
        handed_by: word(),
        way: Way::Relative,
        consent: true,
        quarterly: true,
        receipt: word(),
        reverses: Some(word()),
        note: word(),
        recorded_on: word(),
    };
    let relief = Relief {
        member: word(),
        from_month: word(),
        to_month: word(),
        monthly_fen: 1,
        decided_on: word(),
        decision: word(),
        approved_on: word(),
        approval: word(),
        withdrawn_on: word(),
        withdrawn_from: word(),
        recorded_on: word(),
    };
    let remittance = Remittance {
        on: word(),
        from_month: word(),
        to_month: word(),
        amount_fen: 1,
        retained_fen: 1,
        centre: true,
        slip: word(),
        reverses: Some(word()),
        note: word(),
        recorded_on: word(),
    };
    let settlement = Settlement { member: word(), payments: vec![word()], note: word(), recorded_on: word() };
    let reason = Reason { member: word(), from_month: word(), to_month: word(), code: word(), recorded_on: word() };
    let pack = RulePack { version: word(), valid_from: word(), text: word(), recorded_on: word() };
    let visit = Visit {
        date: word(),
        kind: VisitKind::Household,
        participants: vec![word()],
        situation: vec![word()],
        situation_text: word(),
        place: word(),
        theme: word(),
        minutes: Some(1),
        public_place: true,
        table: word(),
        start: word(),
        recorder: word(),
        occasion: word(),
        whom: word(),
        unit: word(),
        recorded_on: word(),
    };
    let concern = Concern {
        visit: word(),
        date: word(),
        category: word(),
        text: word(),
        next_step: word(),
        owner: word(),
        deadline: word(),
        unit: word(),
        kept_match: true,
        recorded_on: word(),
    };
    let step = Step { about: word(), on: word(), note: word(), state: word(), person: word(), recorded_on: word() };
    let answer = Answer {
        concern: word(),
        on: word(),
        text: word(),
        state: AnswerState::Answered,
        unit: word(),
        recorded_on: word(),
    };
    let frame = CareFrame { subject: word(), since: word(), ended: word(), state: word(), recorded_on: word() };
    let cared = |rtype: &str| frame.create(ID, rtype, Value::Bytes(vec![1]));
    let talk = Talk { date: word(), trigger: Trigger::Difficulty, recorded_on: word() };
    let item = Item {
        about: word(),
        title: word(),
        origin: word(),
        measure: word(),
        problem: word(),
        leader: word(),
        person: word(),
        deadline: word(),
        template: word(),
        recorded_on: word(),
    };
    let mut task_step = step.create(ID);
    if let RecordOp::Create { fields, .. } = &mut task_step {
        fields.extend(after_field(&[ID]));
    }
    let template = Template {
        name: word(),
        role: word(),
        every: word(),
        entries: vec![TemplateEntry::default()],
        recorded_on: word(),
    };
    let part = Part { count: 1, heads: vec![ChangeHash([1; 32])], listed: Some(Listed::of_one()), ..Part::default() };
    let submission = Submission {
        month: word(),
        on: word(),
        person: word(),
        after: [ID].into(),
        parts: [(Ledger::Visits, part.clone())].into(),
    };
    let said = submission::Word {
        about: word(),
        kind: word(),
        state: word(),
        note: word(),
        on: word(),
        person: word(),
        digest: word(),
        after: [ID].into(),
    };
    let step_said = submission::Word { kind: String::new(), ..said.clone() };
    let closing = Closing {
        period: word(),
        closed: true,
        note: word(),
        on: word(),
        person: word(),
        after: [ID].into(),
        parts: [(Ledger::Visits, part)].into(),
    };
    let mut roster = member.create(ID, "字");
    if let RecordOp::Create { fields, .. } = &mut roster {
        // Written by a person's word on two records.
        fields.push(("merged_into".to_owned(), word().into()));
        fields.push((format!("distinct/{ID}"), Value::Bool(true)));
    }
    let mut all = super::members::filled_members();
    all.extend(vec![
        (BookKind::roster(), roster),
        (BookKind::meetings(), RecordOp::Create { id: ID, rtype: SESSION.to_owned(), fields }),
        (BookKind::meetings(), vote.create(ID)),
        (BookKind::meetings(), planned.create(ID)),
        (BookKind::meetings(), training.create(ID)),
        (BookKind::meetings(), matter.create(ID)),
        (BookKind::dues(), assessment.create(ID)),
        (BookKind::dues(), payment.create(ID)),
        (BookKind::dues(), relief.create(ID)),
        (BookKind::dues(), remittance.create(ID)),
        (BookKind::dues(), settlement.create()),
        (BookKind::dues(), reason.create(ID)),
        (BookKind::tasks(), pack.create(ID)),
        (BookKind::dispatch(), pack.create(ID)),
        (BookKind::visits(), visit.create(ID)),
        (BookKind::visits(), concern.create(ID)),
        (BookKind::visits(), step.create(ID)),
        (BookKind::visits(), ErasureMark::of(&ID).create(&word())),
        (BookKind::tasks(), item.create(ID, ITEM)),
        (BookKind::tasks(), task_step),
        (BookKind::tasks(), template.create(ID)),
        (BookKind::tasks(), submission.create(ID)),
        (BookKind::tasks(), step_said.create(ID, SUBMISSION_STEP)),
        (BookKind::tasks(), closing.create(ID)),
        (BookKind::dispatch(), item.create(ID, DISPATCHED)),
        (BookKind::dispatch(), answer.create(ID)),
        (BookKind::visits(), cadence::set(ID, Cadence::Weekly, "字")),
        (BookKind::meetings(), talk.create(ID)),
        (BookKind::dispatch(), said.create(ID, DECISION)),
        (BookKind::dispatch(), closing.create(ID)),
        (BookKind::private(), cared(PAIRING)),
        (BookKind::private(), cared(AID)),
        (BookKind::private(), cared(CARE)),
    ]);
    all
}
