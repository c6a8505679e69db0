//! 夜谈走访: recording visits. An evening is one round table and the visits that name it.

mod list;
mod record;

use std::collections::BTreeSet;

use ybz_domain::book::{BookKey, BookKind, RecordOp};
use ybz_domain::date::{clock_plausible, is_late, read_date, read_deadline};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::care::WHOM;
use ybz_domain::ledger::member::MEMBER;
use ybz_domain::ledger::visit::{HOUSEHOLD, KEPT_CONCERN, KeptConcern, VISIT, VISIT_LINK, Visit, VisitKind as Kind};
use ybz_domain::rules::Occasion;

use crate::ErrorDto;
use crate::cases::household;
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits, Stored};
use crate::dto::Saved;
use crate::dto::concern::ConcernInput;
use crate::dto::visit::{VisitDefaults, VisitInput, VisitKind};
use crate::error::{Answer, optional, required, time_of_day, within};

pub(crate) use list::{get, list, rows_of};
pub(crate) use record::{cadence, current_cadence, of_months, record, records, set_cadence};

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
    let member = match input.member.as_deref().filter(|id| !id.is_empty()) {
        Some(id) if visit.kind == Kind::Consolation => {
            Some(cx.own_record(id, MEMBER).map_err(|error| error.at("member"))?.view.id)
        }
        _ => None,
    };
    let mut erased = false;
    let household = match (&input.household, &input.new_household) {
        _ if input.public_place || member.is_some() => None,
        (Some(id), _) => {
            let household = cx.own_record(id, HOUSEHOLD)?.view.id;
            if cx.erased()?.contains_key(&household) {
                return Err(ErrorDto::new("household_erased").at("household"));
            }
            Some(household)
        }
        (None, Some(new)) => Some(household::stage(cx, &mut edits, new)?),
        (None, None) => {
            erased = match &before {
                Some(stored) => links_to_erased(cx, &stored.view.id)?,
                None => false,
            };
            if !erased {
                return Err(ErrorDto::new("household_required").at("household"));
            }
            None
        }
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
    let private = cx.book(BookKind::private(), book.year.unwrap_or_else(|| date.year()));
    if !erased {
        link(cx, &mut edits, &private, id, household, member)?;
    }
    if let Some(concern) = &input.concern {
        let kept = checked_concern(cx, concern, input.confirm_date)?;
        let existing = first_kept(cx, &id)?;
        put_kept(cx, &mut edits, &private, id, household, &kept, existing)?;
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
    let kind = Kind::from(input.kind);
    let one_of = |field: &str, word: &str, known: bool| -> Answer<String> {
        match (kind, word) {
            (_, "") | (Kind::RoundTable | Kind::Household, _) => Ok(String::new()),
            _ if known => Ok(word.to_owned()),
            _ => Err(ErrorDto::new("invalid_input").at(field).with("value", word)),
        }
    };
    Ok(Visit {
        date: date.to_string(),
        kind: input.kind.into(),
        participants,
        situation: names(&input.situation, "situation")?,
        situation_text: optional("situationText", &input.situation_text, 500)?,
        place: optional("place", &input.place, 100)?,
        theme: optional("theme", &input.theme, 200)?,
        minutes: input.minutes.map(|minutes| within("minutes", minutes, 1, 24 * 60)).transpose()?,
        public_place: input.public_place,
        table: table_of(cx, input)?,
        start: time_of_day("start", &input.start)?,
        recorder: optional("recorder", &input.recorder, 40)?,
        occasion: one_of("occasion", &input.occasion, Occasion::from_word(&input.occasion).is_some())?,
        whom: one_of("whom", &input.whom, WHOM.contains(&input.whom.as_str()))?,
        unit: optional("unit", &input.unit, 60)?,
        recorded_on: cx.today_text(),
    })
}

/// The round table of the evening: one of this office's own, and not itself a visit of another.
fn table_of(cx: &Cx<'_>, input: &VisitInput) -> Answer<String> {
    let Some(id) = input.table.as_deref().filter(|id| !id.is_empty()) else { return Ok(String::new()) };
    let table = cx.own_record(id, VISIT).map_err(|error| error.at("table"))?;
    let round = Visit::read(&table.view).is_some_and(|visit| visit.kind == Kind::RoundTable && visit.table.is_empty());
    let itself = input.id.as_deref() == Some(id);
    if itself || !round {
        return Err(ErrorDto::new("invalid_input").at("table").with("value", id));
    }
    Ok(id.to_owned())
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
    upward.check("unit", &visit.unit)?;
    Ok(upward)
}

/// The visit was to a household that is erased: that stands, and it is no longer known to whom.
fn links_to_erased(cx: &Cx<'_>, visit: &RecordId) -> Answer<bool> {
    let Some(stored) = cx.find(&link_id(visit).to_string())? else { return Ok(false) };
    let household = stored.view.str("household").parse().ok();
    Ok(household.is_some_and(|id: RecordId| cx.erased().is_ok_and(|erased| erased.contains_key(&id))))
}

/// One link per visit, whichever device makes it.
pub(crate) fn link_id(visit: &RecordId) -> RecordId {
    RecordId::natural("ybz visit link 1", &[visit.as_bytes()])
}

/// Links a visit to its household or member, or unlinks it.
pub(crate) fn link(
    cx: &Cx<'_>,
    edits: &mut Edits,
    private: &BookKey,
    visit: RecordId,
    household: Option<RecordId>,
    member: Option<RecordId>,
) -> Answer<()> {
    let id = link_id(&visit);
    let word = |id: Option<RecordId>| id.map_or(String::new(), |id| id.to_string());
    let (household, member) = (word(household), word(member));
    match cx.find(&id.to_string())? {
        Some(stored) => {
            for (field, value) in [("household", household), ("member", member)] {
                if stored.view.str(field) != value {
                    let field = field.to_owned();
                    edits.push(stored.book.clone(), RecordOp::Set { id, field, value: value.into() });
                }
            }
        }
        None if !household.is_empty() || !member.is_empty() => {
            let mut fields =
                vec![("ref".to_owned(), visit.to_string().into()), ("household".to_owned(), household.into())];
            if !member.is_empty() {
                fields.push(("member".to_owned(), member.into()));
            }
            edits.push(private.clone(), RecordOp::Create { id, rtype: VISIT_LINK.to_owned(), fields });
        }
        None => {}
    }
    Ok(())
}

/// The concern that the form of a visit changes: its first one.
fn first_kept(cx: &Cx<'_>, visit: &RecordId) -> Answer<Option<Stored>> {
    Ok(cx.about(KEPT_CONCERN, &visit.to_string())?.into_iter().min_by_key(|stored| stored.view.id))
}

/// A concern as typed: nothing open without category, text, next step, who and by when.
pub(crate) fn checked_concern(cx: &Cx<'_>, input: &ConcernInput, confirmed: bool) -> Answer<KeptConcern> {
    let incomplete = |field: &str| ErrorDto::new("concern_incomplete").at(field);
    let filled = |field: &str, text: &str, max: usize| {
        required(field, text, max).map_err(|error| if error.code == "required" { incomplete(field) } else { error })
    };
    if !CATEGORIES.contains(&input.category.as_str()) {
        return Err(incomplete("concern.category"));
    }
    filled("concern.deadline", &input.deadline, 40)?;
    let deadline = cx.check_far(read_deadline(&input.deadline, cx.today), "concern.deadline", confirmed)?;
    Ok(KeptConcern {
        category: input.category.clone(),
        text: filled("concern.text", &input.text, 2_000)?,
        private_note: optional("concern.privateNote", &input.private_note, 2_000)?,
        next_step: filled("concern.nextStep", &input.next_step, 200)?,
        owner: filled("concern.owner", &input.owner, 40)?,
        deadline: deadline.to_string(),
        unit: optional("concern.unit", &input.unit, 60)?,
    })
}

/// Writes the sealed concern over an existing one, or makes one more of the visit; returns its id.
pub(crate) fn put_kept(
    cx: &Cx<'_>,
    edits: &mut Edits,
    private: &BookKey,
    visit: RecordId,
    household: Option<RecordId>,
    kept: &KeptConcern,
    existing: Option<Stored>,
) -> Answer<RecordId> {
    let id = existing.as_ref().map_or_else(|| cx.new_id(), |stored| stored.view.id);
    let book = existing.as_ref().map_or_else(|| private.clone(), |stored| stored.book.clone());
    // A concern raised in a public place has no household: its own id is the subject of its key.
    let subject = household.unwrap_or(id);
    let sealed = household::seal_for(cx, edits, &book, id, subject, &household::plain_of(kept)?)?;
    match existing {
        Some(stored) => {
            let field = |name: &str, value| RecordOp::Set { id, field: name.to_owned(), value };
            if stored.view.str("subject") != subject.to_string() {
                edits.push(book.clone(), field("subject", subject.to_string().into()));
            }
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
    Ok(id)
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
