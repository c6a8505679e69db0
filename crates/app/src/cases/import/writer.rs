//! A plan as records: members and households first, then what is about them, all in one commit.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::{BookKind, RecordOp, Value};
use ybz_domain::date::read_month;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::dues::{Account, Assessment, DuesClass as Class, Payment, assess};
use ybz_domain::ledger::member::{MEMBER, Member, MemberPrivate};
use ybz_domain::ledger::session::{Mark, SESSION, Session, SessionKind as Kind};
use ybz_domain::ledger::visit::{HouseholdIdentity, KeptConcern, Visit};

use super::batch::{Batch, Weight};
use super::progress::Watched;
use crate::ErrorDto;
use crate::cases::member::private;
use crate::cases::member::roster::Roster;
use crate::cases::{dues, household, meeting, member, visit};
use crate::cx::Cx;
use crate::dto::import::ImportStage;
use crate::dto::visit::HouseholdInput;
use crate::error::Answer;
use crate::import::plan::{
    HouseholdCompletion, HouseholdRef, MemberCompletion, NewAssessment, NewHousehold, NewMember, NewPayment,
    NewSession, NewVisit, PersonRef, Plan, PlannedMark, SessionCompletion,
};
use crate::import::rows::Concern;

/// Writes a plan without open questions: everything, or nothing when it was called off.
pub(super) fn write(cx: &Cx<'_>, plan: &Plan, watched: &Watched) -> Answer<()> {
    let mut members = cx.members()?;
    let people = ids(cx, plan.members.len());
    let mut writer = Writer { cx, batch: Batch::new(cx), people, homes: Vec::new() };
    watched.stage(ImportStage::Preparing, plan.records())?;
    writer.new_members(&plan.members, &mut members, watched)?;
    for completion in &plan.member_completions {
        writer.complete_member(completion, &mut members)?;
        watched.step()?;
    }
    for home in &plan.households {
        writer.new_household(home)?;
        watched.step()?;
    }
    writer.complete_households(&plan.household_completions)?;
    let account = dues::account(cx)?;
    for assessment in &plan.assessments {
        writer.assessment(assessment, &account)?;
        watched.step()?;
    }
    for payment in &plan.payments {
        writer.payment(payment)?;
        watched.step()?;
    }
    let roster = Roster::of(cx, members)?;
    for session in &plan.sessions {
        writer.session(session, &roster)?;
        watched.step()?;
    }
    for completion in &plan.session_completions {
        writer.complete_session(completion)?;
        watched.step()?;
    }
    for visit in &plan.visits {
        writer.visit(visit)?;
        watched.step()?;
    }
    writer.batch.finish(watched)
}

/// New ids in their own order: a roster reads back as it was written.
fn ids(cx: &Cx<'_>, count: usize) -> Vec<RecordId> {
    let mut ids: Vec<RecordId> = (0..count).map(|_| cx.new_id()).collect();
    ids.sort();
    ids
}

fn cut(text: &str, max: usize) -> String {
    text.chars().take(max).collect()
}

fn missing(what: &str) -> ErrorDto {
    ErrorDto::internal("import", &format!("the plan names {what} that it does not make"))
}

struct Writer<'a, 'b> {
    cx: &'a Cx<'b>,
    batch: Batch<'a, 'b>,
    /// Ids of the plan's members.
    people: Vec<RecordId>,
    /// Ids of the plan's households.
    homes: Vec<RecordId>,
}

impl Writer<'_, '_> {
    fn person(&self, reference: &PersonRef) -> Answer<RecordId> {
        match reference {
            PersonRef::Known(id) => id.parse().map_err(|_| missing("a member")),
            PersonRef::New(place) => self.people.get(*place).copied().ok_or_else(|| missing("a member")),
        }
    }

    fn home(&self, reference: &HouseholdRef) -> Answer<RecordId> {
        match reference {
            HouseholdRef::Known(id) => id.parse().map_err(|_| missing("a household")),
            HouseholdRef::New(place) => self.homes.get(*place).copied().ok_or_else(|| missing("a household")),
        }
    }

    fn new_members(
        &mut self,
        planned: &[NewMember],
        members: &mut Vec<(RecordId, Member)>,
        watched: &Watched,
    ) -> Answer<()> {
        let (cx, book) = (self.cx, self.cx.book(BookKind::roster(), self.cx.today.year()));
        for (new, id) in planned.iter().zip(self.people.clone()) {
            let member = member::checked(&new.input, cx.today)?;
            self.batch.push(vec![(book.clone(), member.create(id, &cx.today_text()))])?;
            self.private(id, &new.private)?;
            members.push((id, member));
            watched.step()?;
        }
        Ok(())
    }

    /// ID number and phone, sealed.
    fn private(&mut self, member: RecordId, read: &MemberPrivate) -> Answer<()> {
        if *read == MemberPrivate::default() {
            return Ok(());
        }
        let weight = Weight::sealed(read.id_number.len() + read.phone.len() + 64);
        let book = self.cx.book(BookKind::households(), self.cx.today.year());
        self.batch.with(Vec::new(), &[(book, weight)], |cx, edits| private::add(cx, edits, member, read))
    }

    fn complete_member(&mut self, completion: &MemberCompletion, members: &mut [(RecordId, Member)]) -> Answer<()> {
        let stored = self.cx.own_record(&completion.id, MEMBER)?;
        let before = Member::read(&stored.view).ok_or_else(|| missing("a member"))?;
        let or = |new: &Option<String>, old: &String| new.clone().unwrap_or_else(|| old.clone());
        let member = Member {
            sex: completion.sex.or(before.sex),
            birth_month: or(&completion.birth_month, &before.birth_month),
            joined: or(&completion.joined, &before.joined),
            group: or(&completion.group, &before.group),
            posts: completion
                .posts
                .as_ref()
                .map_or_else(|| before.posts.clone(), |posts| posts.iter().cloned().collect()),
            ..before.clone()
        };
        let ops = member.update(stored.view.id, &before);
        self.batch.push(ops.into_iter().map(|op| (stored.book.clone(), op)).collect())?;
        self.private(stored.view.id, &completion.private)?;
        if let Some((_, kept)) = members.iter_mut().find(|(id, _)| *id == stored.view.id) {
            *kept = member;
        }
        Ok(())
    }

    fn put_household(&mut self, input: &HouseholdInput) -> Answer<RecordId> {
        let plain = input.name.len() + input.door.len() + input.phone.len() + input.note.len();
        let book = self.cx.book(BookKind::households(), self.cx.today.year());
        self.batch.with(Vec::new(), &[(book, Weight::sealed(plain))], |cx, edits| household::stage(cx, edits, input))
    }

    fn new_household(&mut self, new: &NewHousehold) -> Answer<()> {
        let (name, door, phone) = (new.name.clone(), new.door.clone(), new.phone.clone());
        let id = self.put_household(&HouseholdInput { id: None, name, door, phone, note: String::new() })?;
        self.homes.push(id);
        Ok(())
    }

    fn complete_households(&mut self, completions: &[HouseholdCompletion]) -> Answer<()> {
        if completions.is_empty() {
            return Ok(());
        }
        let mut identities: BTreeMap<String, HouseholdIdentity> =
            household::homes(self.cx)?.all().map(|home| (home.id.to_string(), home.identity.clone())).collect();
        for completion in completions {
            let before = identities.remove(&completion.id).ok_or_else(|| missing("a household"))?;
            self.put_household(&HouseholdInput {
                id: Some(completion.id.clone()),
                name: before.name,
                door: completion.door.clone().unwrap_or(before.door),
                phone: completion.phone.clone().unwrap_or(before.phone),
                note: before.note,
            })?;
        }
        Ok(())
    }

    /// What the ledger says is what was assessed; the rule fills in where it says nothing.
    fn assessment(&mut self, new: &NewAssessment, account: &Account) -> Answer<()> {
        let (cx, member, class) = (self.cx, self.person(&new.member)?, Class::from(new.class));
        let rules = cx.rules_on(&format!("{}-01", new.from_month))?;
        let by_rule = assess(rules, class, new.base_fen, new.monthly_fen).ok();
        let Some(monthly_fen) = new.monthly_fen.or(by_rule.as_ref().map(|assessed| assessed.monthly_fen)) else {
            return Err(missing("an amount"));
        };
        let (year, _) = read_month(&new.from_month).map_err(|error| ErrorDto::internal("import", &error))?;
        let assessment = Assessment {
            member: member.to_string(),
            from_month: new.from_month.clone(),
            class,
            rate_bp: by_rule
                .filter(|assessed| assessed.monthly_fen == monthly_fen)
                .and_then(|assessed| assessed.rate_bp),
            monthly_fen,
            decision: String::new(),
            rules: rules.version.clone(),
            recorded_on: cx.today_text(),
            over: account.assessed_from(&member.to_string(), &new.from_month),
        };
        let weights = [
            (cx.book(BookKind::dues(), year), Weight::sealed(0)),
            (cx.book(BookKind::households(), year), Weight::sealed(16)),
        ];
        self.batch.with(Vec::new(), &weights, |cx, edits| dues::put(cx, edits, member, year, &assessment, new.base_fen))
    }

    fn payment(&mut self, new: &NewPayment) -> Answer<()> {
        let cx = self.cx;
        let (year, month) = read_month(&new.month).map_err(|error| ErrorDto::internal("import", &error))?;
        // Without a date it was paid by the end of the month owed.
        let owed = jiff::civil::Date::new(year, month, 1).map(|first| first.last_of_month());
        let owed = owed.map_err(|error| ErrorDto::internal("import", &error))?;
        let on = new.on.unwrap_or(owed).min(cx.today);
        let member = self.person(&new.member)?;
        let payment = Payment {
            member: member.to_string(),
            month: new.month.clone(),
            amount_fen: new.amount_fen,
            on: on.to_string(),
            recorded_on: cx.today_text(),
            ..Payment::default()
        };
        let (id, name) = (cx.new_id(), cut(&new.handed_by, 40));
        let weights: Vec<_> = (!name.is_empty())
            .then(|| (cx.book(BookKind::private(), on.year()), Weight::sealed(name.len())))
            .into_iter()
            .collect();
        let create = vec![(cx.book(BookKind::dues(), on.year()), payment.create(id))];
        self.batch.with(create, &weights, |cx, edits| dues::hand::seal(cx, edits, id, member, on.year(), &name))
    }

    fn session(&mut self, new: &NewSession, roster: &Roster) -> Answer<()> {
        let (cx, row) = (self.cx, &new.row);
        let session = Session {
            kinds: row.kinds.iter().map(|kind| Kind::from(*kind)).collect(),
            date: row.date.to_string(),
            start: row.start.clone(),
            place: row.place.clone(),
            chair: row.chair.clone(),
            recorder: row.recorder.clone(),
            topic: row.topic.clone(),
            group: row.group.clone(),
            minutes: row.minutes.clone(),
            resolution: row.resolution.clone(),
            hours: row.hours.filter(|tenths| *tenths <= 240),
            closed: false,
            recorded_on: cx.today_text(),
            ..Session::default()
        };
        let marks = self.marks(&new.marks)?;
        let mut due = meeting::due_of(roster, &session);
        // Whom the ledger has 列席 was beside those who were due.
        let beside = |id: &RecordId| marks.iter().any(|(other, mark, _)| other == id && *mark == Mark::NonVoting);
        due.retain(|(id, _)| !beside(id));
        let by_roster: BTreeSet<RecordId> = due.iter().map(|(id, _)| *id).collect();
        // The roster does not know everything of an old day: whom the ledger marks was on its roll, though no vote is
        // made out of that.
        let by_ledger = marks.iter().filter(|(id, mark, _)| calls_for(*mark) && !by_roster.contains(id));
        due.extend(by_ledger.map(|(id, _, _)| (*id, false)));
        let mut fields = session.fields(&due);
        for (id, mark, reason) in marks {
            fields.push((format!("mark/{id}"), mark.as_str().into()));
            if !reason.is_empty() {
                fields.push((format!("reason/{id}"), reason.into()));
            }
        }
        fields.extend(new.beside.iter().map(|name| (beside_field(name), Value::Bool(true))));
        let create = RecordOp::Create { id: cx.new_id(), rtype: SESSION.to_owned(), fields };
        self.batch.push(vec![(cx.book(BookKind::meetings(), row.date.year()), create)])
    }

    fn marks(&self, planned: &[PlannedMark]) -> Answer<Vec<(RecordId, Mark, String)>> {
        planned
            .iter()
            .map(|mark| Ok((self.person(&mark.member)?, Mark::from(mark.mark), cut(&mark.reason, 100))))
            .collect()
    }

    fn complete_session(&mut self, completion: &SessionCompletion) -> Answer<()> {
        let stored = self.cx.own_record(&completion.id, SESSION)?;
        let session = Session::read(&stored.view).ok_or_else(|| missing("a session"))?;
        let id = stored.view.id;
        let set = |field: String, value: Value| RecordOp::Set { id, field, value };
        let mut ops = Vec::new();
        for (field, text) in [
            ("start", &completion.start),
            ("place", &completion.place),
            ("chair", &completion.chair),
            ("recorder", &completion.recorder),
            ("title", &completion.topic),
        ] {
            ops.extend(text.as_ref().map(|text| set(field.to_owned(), text.as_str().into())));
        }
        for (field, text) in [("minutes", &completion.minutes), ("resolution", &completion.resolution)] {
            let edit = |text: &String| RecordOp::EditText { id, field: field.to_owned(), text: text.clone() };
            ops.extend(text.as_ref().map(edit));
        }
        ops.extend(completion.beside.iter().map(|name| set(beside_field(name), Value::Bool(true))));
        for (member, mark, reason) in self.marks(&completion.marks)? {
            let entry = session.roll.get(&member);
            if calls_for(mark) && entry.is_none_or(|entry| !entry.due) {
                ops.push(set(format!("due/{member}"), "no_vote".into()));
            }
            ops.push(set(format!("mark/{member}"), mark.as_str().into()));
            if !reason.is_empty() && entry.is_none_or(|entry| entry.reason.is_empty()) {
                ops.push(set(format!("reason/{member}"), reason.into()));
            }
        }
        self.batch.push(ops.into_iter().map(|op| (stored.book.clone(), op)).collect())
    }

    fn visit(&mut self, new: &NewVisit) -> Answer<()> {
        let (cx, row) = (self.cx, &new.row);
        let household = new.household.as_ref().map(|home| self.home(home)).transpose()?;
        let names = if row.visitors.is_empty() { std::slice::from_ref(&row.recorder) } else { row.visitors.as_slice() };
        let participants: BTreeSet<String> =
            names.iter().filter(|name| !name.is_empty()).map(|name| cut(name, 40)).collect();
        let content = Visit {
            date: row.date.to_string(),
            kind: row.kind.into(),
            participants: participants.into_iter().collect(),
            situation: row.difficulty.then(|| "difficulty".to_owned()).into_iter().collect(),
            situation_text: row.situation.clone(),
            place: row.place.clone(),
            theme: row.theme.clone(),
            minutes: row.minutes.filter(|minutes| (1..=24 * 60).contains(minutes)),
            public_place: household.is_none(),
            recorder: cut(&row.recorder, 40),
            recorded_on: cx.today_text(),
            ..Visit::default()
        };
        let (id, book) = (cx.new_id(), cx.book(BookKind::visits(), row.date.year()));
        let private = cx.book(BookKind::private(), row.date.year());
        let kept = row.concern.as_ref().map(kept);
        let plain =
            kept.as_ref().map_or(0, |kept| kept.text.len() + kept.private_note.len() + kept.next_step.len() + 256);
        let weights = [(private.clone(), Weight::sealed(0)), (private.clone(), Weight::sealed(plain))];
        let create = vec![(book, content.create(id))];
        self.batch.with(create, &weights, |cx, edits| {
            visit::link(cx, edits, &private, id, household, None)?;
            match &kept {
                Some(kept) => visit::put_kept(cx, edits, &private, id, household, kept, None).map(|_| ()),
                None => Ok(()),
            }
        })
    }
}

fn beside_field(name: &str) -> String {
    format!("beside/{}", cut(name, 40))
}

/// Who is present, excused or absent was due; who sat in was not.
fn calls_for(mark: Mark) -> bool {
    matches!(mark, Mark::Present | Mark::Excused | Mark::Absent)
}

/// A concern stays here until it is handed in. What was done stands beside what is
/// to be done, or in its place.
fn kept(concern: &Concern) -> KeptConcern {
    let (next_step, private_note) = if concern.next_step.is_empty() && concern.follow_up.chars().count() <= 200 {
        (concern.follow_up.clone(), String::new())
    } else {
        (concern.next_step.clone(), concern.follow_up.clone())
    };
    KeptConcern {
        category: concern.category.clone(),
        text: concern.text.clone(),
        private_note,
        next_step,
        owner: concern.owner.clone(),
        deadline: concern.deadline.map(|day| day.to_string()).unwrap_or_default(),
        unit: String::new(),
    }
}
