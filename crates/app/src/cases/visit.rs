//! 夜谈走访: recording visits.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::{BookKey, BookKind, RecordOp, RecordView};
use ybz_domain::date::{clock_plausible, is_late, read_date, read_deadline};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::visit::{
    CONCERN, Concern, HOUSEHOLD, KEPT_CONCERN, KeptConcern, STEP, Step, VISIT, VISIT_LINK, Visit, VisitKind as Kind,
    latest,
};

use crate::ErrorDto;
use crate::cases::upward::Upward;
use crate::cases::{concern, household};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::visit::{ConcernInput, ConcernState, VisitDefaults, VisitInput, VisitKind, VisitRow, VisitView};
use crate::dto::{IdInput, ListInput, Page, Saved};
use crate::error::{Answer, optional, required};

impl From<VisitKind> for Kind {
    fn from(kind: VisitKind) -> Self {
        match kind {
            VisitKind::RoundTable => Self::RoundTable,
            VisitKind::Household => Self::Household,
            VisitKind::Consolation => Self::Consolation,
        }
    }
}

impl From<Kind> for VisitKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::RoundTable => Self::RoundTable,
            Kind::Household => Self::Household,
            Kind::Consolation => Self::Consolation,
        }
    }
}

/// 类别 of concerns.
pub(crate) const CATEGORIES: [&str; 10] =
    ["roads", "water", "housing", "farming", "welfare", "health", "schooling", "environment", "dispute", "other"];

/// `visit.save`: visit, household, link and kept concern in one commit.
pub(crate) fn save(cx: &Cx<'_>, input: VisitInput) -> Answer<Saved> {
    let date = cx.check_far(read_date(&input.date, cx.today), "date", input.confirm_date)?;
    let visit = checked(cx, &input, date)?;
    let upward = check_upward(cx, &visit, &input)?;
    let mut edits = Edits::default();
    let before = match &input.id {
        Some(id) => Some(cx.own_record(id, VISIT)?),
        None => None,
    };
    let household = match (&input.household, &input.new_household) {
        _ if input.public_place => None,
        (Some(id), _) => Some(cx.own_record(id, HOUSEHOLD)?.view.id),
        (None, Some(new)) => Some(household::stage(cx, &mut edits, new)?),
        (None, None) => return Err(ErrorDto::new("household_required").at("household")),
    };
    let (id, book) = match before {
        None => {
            let (id, book) = (cx.new_id(), cx.book(BookKind::visits(), date.year()));
            edits.push(book.clone(), visit.create(id));
            (id, book)
        }
        Some(stored) => {
            let old = Visit::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
            let visit = Visit { recorded_on: old.recorded_on.clone(), ..visit.clone() };
            for op in visit.update(stored.view.id, &old) {
                edits.push(stored.book.clone(), op);
            }
            (stored.view.id, stored.book)
        }
    };
    let private = BookKey { kind: BookKind::private(), ..book };
    link(cx, &mut edits, &private, id, household)?;
    if let Some(concern) = &input.concern {
        keep_concern(cx, &mut edits, &private, id, household, concern)?;
    }
    upward.log(&mut edits, id);
    edits.finish_draft("visit", input.id.as_deref().unwrap_or("new"));
    cx.remember_participants(&mut edits, &visit.participants, visit.kind.as_str());
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: is_late(date, cx.today) })
}

fn checked(cx: &Cx<'_>, input: &VisitInput, date: jiff::civil::Date) -> Answer<Visit> {
    let names = |list: &[String], field: &str| -> Answer<Vec<String>> {
        let set: BTreeSet<String> = list
            .iter()
            .map(|name| optional(field, name, 40))
            .collect::<Answer<Vec<_>>>()?
            .into_iter()
            .filter(|name| !name.is_empty())
            .collect();
        Ok(set.into_iter().collect())
    };
    let participants = names(&input.participants, "participants")?;
    if participants.is_empty() {
        return Err(ErrorDto::new("participants_required").at("participants"));
    }
    Ok(Visit {
        date: date.to_string(),
        kind: input.kind.into(),
        participants,
        situation: names(&input.situation, "situation")?,
        situation_text: optional("situationText", &input.situation_text, 500)?,
        place: optional("place", &input.place, 100)?,
        theme: optional("theme", &input.theme, 200)?,
        minutes: input.minutes.filter(|minutes| *minutes > 0 && *minutes <= 24 * 60),
        public_place: input.public_place,
        recorded_on: cx.today_text(),
    })
}

/// What of a visit goes up names no household, the one that is entered with it included.
fn check_upward(cx: &Cx<'_>, visit: &Visit, input: &VisitInput) -> Answer<Upward> {
    let mut upward = Upward::load(cx, input.keep_matches)?;
    if let Some(new) = &input.new_household {
        upward.add(&new.name, &new.phone);
    }
    for word in &visit.situation {
        upward.check("situation", word)?;
    }
    upward.check("situationText", &visit.situation_text)?;
    upward.check("place", &visit.place)?;
    upward.check("theme", &visit.theme)?;
    Ok(upward)
}

/// Links a visit to its household, or unlinks it.
pub(crate) fn link(
    cx: &Cx<'_>,
    edits: &mut Edits,
    private: &BookKey,
    visit: RecordId,
    household: Option<RecordId>,
) -> Answer<()> {
    // One link per visit, whichever device makes it.
    let id = RecordId::natural("ybz visit link 1", &[visit.as_bytes()]);
    let value = household.map_or(String::new(), |id| id.to_string());
    match cx.find(&id.to_string())? {
        Some(stored) => {
            edits.push(stored.book, RecordOp::Set { id, field: "household".to_owned(), value: value.into() })
        }
        None if household.is_some() => {
            let fields = vec![("ref".to_owned(), visit.to_string().into()), ("household".to_owned(), value.into())];
            edits.push(private.clone(), RecordOp::Create { id, rtype: VISIT_LINK.to_owned(), fields });
        }
        None => {}
    }
    Ok(())
}

fn keep_concern(
    cx: &Cx<'_>,
    edits: &mut Edits,
    private: &BookKey,
    visit: RecordId,
    household: Option<RecordId>,
    input: &ConcernInput,
) -> Answer<()> {
    let incomplete = |field: &str| ErrorDto::new("concern_incomplete").at(field);
    let filled = |field: &str, text: &str, max: usize| {
        required(field, text, max).map_err(|error| if error.code == "required" { incomplete(field) } else { error })
    };
    if !CATEGORIES.contains(&input.category.as_str()) {
        return Err(incomplete("concern.category"));
    }
    let deadline = read_deadline(&input.deadline, cx.today)
        .map_err(|_| ErrorDto::new("date_not_understood").at("concern.deadline").with("text", &input.deadline))?;
    let kept = KeptConcern {
        category: input.category.clone(),
        text: filled("concern.text", &input.text, 2_000)?,
        private_note: optional("concern.privateNote", &input.private_note, 2_000)?,
        next_step: filled("concern.nextStep", &input.next_step, 200)?,
        owner: filled("concern.owner", &input.owner, 40)?,
        deadline: deadline.to_string(),
    };
    put_kept(cx, edits, private, visit, household, &kept)
}

/// Adds the sealed concern of a visit, or writes over the one it has.
pub(crate) fn put_kept(
    cx: &Cx<'_>,
    edits: &mut Edits,
    private: &BookKey,
    visit: RecordId,
    household: Option<RecordId>,
    kept: &KeptConcern,
) -> Answer<()> {
    let existing = cx.about(KEPT_CONCERN, &visit.to_string())?.into_iter().next();
    let id = existing.as_ref().map_or_else(|| cx.new_id(), |stored| stored.view.id);
    let book = existing.as_ref().map_or_else(|| private.clone(), |stored| stored.book.clone());
    // A concern raised in a public place has no household: its own id is the subject of its key.
    let subject = household.unwrap_or(id);
    let sealed = household::seal_for(cx, edits, &book, id, subject, &household::plain_of(kept)?)?;
    match existing {
        Some(_) => {
            let field = |name: &str, value| RecordOp::Set { id, field: name.to_owned(), value };
            edits.push(book.clone(), field("subject", subject.to_string().into()));
            edits.push(book, field("sealed", sealed));
        }
        None => {
            let fields = vec![
                ("ref".to_owned(), visit.to_string().into()),
                ("subject".to_owned(), subject.to_string().into()),
                ("sealed".to_owned(), sealed),
                ("recorded_on".to_owned(), cx.today_text().into()),
            ];
            edits.push(book, RecordOp::Create { id, rtype: KEPT_CONCERN.to_owned(), fields });
        }
    }
    Ok(())
}

/// `visit.defaults`
pub(crate) fn defaults(cx: &Cx<'_>) -> Answer<VisitDefaults> {
    let plausible = clock_plausible(cx.today, cx.clock_floor()?);
    let (participants, kind) = cx.last_participants();
    let mut candidates: Vec<String> = cx
        .members()?
        .into_iter()
        .filter(|(_, member)| member.left_on.is_empty() && !member.posts.is_empty())
        .map(|(_, member)| member.name)
        .collect();
    candidates.extend(participants.iter().cloned());
    let mut seen = BTreeSet::new();
    candidates.retain(|name| seen.insert(name.clone()));
    Ok(VisitDefaults {
        date: plausible.then(|| cx.today_text()),
        kind: Kind::from_word(&kind).unwrap_or_default().into(),
        participants,
        candidates,
    })
}

/// What lists of visits show beside the records themselves.
struct Around {
    households: BTreeMap<String, (RecordId, String)>,
    states: BTreeMap<String, ConcernState>,
}

impl Around {
    fn load(cx: &Cx<'_>, year: Option<i16>) -> Answer<Self> {
        let names: BTreeMap<String, (RecordId, String)> = household::all(cx)?
            .into_iter()
            .map(|household| (household.id.to_string(), (household.id, household.identity.name)))
            .collect();
        let households = cx
            .records(VISIT_LINK, year)?
            .iter()
            .filter_map(|link| {
                let name = names.get(link.view.str("household"))?.clone();
                Some((link.view.str("ref").to_owned(), name))
            })
            .collect();
        let mut states: BTreeMap<String, ConcernState> = cx
            .records(KEPT_CONCERN, year)?
            .iter()
            .map(|kept| (kept.view.str("ref").to_owned(), ConcernState::Kept))
            .collect();
        let steps = steps_by_record(&cx.records(STEP, year)?);
        for handed in cx.records(CONCERN, year)? {
            let state = concern::state_of(steps.get(&handed.view.id.to_string()));
            states.insert(handed.view.str("ref").to_owned(), state);
        }
        Ok(Self { households, states })
    }

    fn row(&self, cx: &Cx<'_>, stored: &Stored, visit: Visit) -> VisitRow {
        let id = stored.view.id.to_string();
        VisitRow {
            office: stored.book.office.to_string(),
            date: visit.date,
            kind: visit.kind.into(),
            household: self.households.get(&id).map(|(_, name)| name.clone()),
            place: visit.place,
            participants: visit.participants,
            situation: visit.situation,
            situation_text: visit.situation_text,
            concern: self.states.get(&id).copied(),
            late: stored.row.late,
            custodian: cx.is_custodian(&stored.view),
            conflict: stored.row.conflict,
            id,
        }
    }
}

/// Follow-up steps by the record they are about.
pub(crate) fn steps_by_record(steps: &[Stored]) -> BTreeMap<String, Vec<(RecordId, Step)>> {
    let mut by_record: BTreeMap<String, Vec<(RecordId, Step)>> = BTreeMap::new();
    for stored in steps {
        if let Some(step) = Step::read(&stored.view) {
            by_record.entry(step.about.clone()).or_default().push((stored.view.id, step));
        }
    }
    by_record
}

/// The state word of the step that counts.
pub(crate) fn state_word(steps: Option<&Vec<(RecordId, Step)>>) -> &str {
    steps.and_then(latest).map_or("", |step| step.state.as_str())
}

/// `visit.list`, newest first; `text` also finds household names.
pub(crate) fn list(cx: &Cx<'_>, input: ListInput) -> Answer<Page<VisitRow>> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let around = Around::load(cx, Some(year))?;
    let wanted = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
    let kind = input.state.as_deref().filter(|state| !state.is_empty());
    let mut rows: Vec<VisitRow> = cx
        .records(VISIT, Some(year))?
        .iter()
        .filter_map(|stored| Visit::read(&stored.view).map(|visit| around.row(cx, stored, visit)))
        .filter(|row| kind.is_none_or(|kind| Kind::from(row.kind).as_str() == kind))
        .filter(|row| {
            wanted.is_empty()
                || row.household.as_ref().is_some_and(|name| crate::pinyin::matches(name, &wanted))
                || row.place.to_lowercase().contains(&wanted)
                || row.situation_text.to_lowercase().contains(&wanted)
                || row.participants.iter().any(|name| crate::pinyin::matches(name, &wanted))
                || row.date.contains(&wanted)
        })
        .collect();
    rows.sort_by(|a, b| b.date.cmp(&a.date).then(b.id.cmp(&a.id)));
    Ok(cx.page(rows, &input))
}

/// `visit.get`
pub(crate) fn get(cx: &Cx<'_>, input: IdInput) -> Answer<VisitView> {
    let stored = cx.own_record(&input.id, VISIT)?;
    let visit = Visit::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
    let around = Around::load(cx, stored.book.year)?;
    let concern = concern::of_visit(cx, &stored.view)?;
    if concern.as_ref().is_some_and(|concern| !concern.private_note.is_empty()) {
        cx.note_opened([stored.view.id])?;
    }
    Ok(VisitView {
        theme: visit.theme.clone(),
        minutes: visit.minutes,
        household_id: around.households.get(&input.id).map(|(id, _)| id.to_string()),
        concern,
        row: around.row(cx, &stored, visit),
    })
}

/// The concern's record of a visit as handed in.
pub(crate) fn handed_in(cx: &Cx<'_>, visit: &RecordView) -> Answer<Option<(Stored, Concern)>> {
    Ok(cx
        .about(CONCERN, &visit.id.to_string())?
        .into_iter()
        .find_map(|stored| Concern::read(&stored.view).map(|concern| (stored, concern))))
}
