//! 三会一课: sessions, roll call, the quorum light.

mod roll;

use std::collections::BTreeMap;

use ybz_domain::book::{BookKind, RecordOp, Value};
use ybz_domain::date::{is_late, read_date};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::member::Member;
use ybz_domain::ledger::session::{self, Mark as DomainMark, SESSION, Session, SessionKind as Kind};
use ybz_domain::ledger::twice::merged_of;

use crate::ErrorDto;
use crate::cases::member::roster::Roster;
use crate::cases::vote;
use crate::cx::{Cx, Edits, Stored};
use crate::dto::meeting::{Light, Mark, Quorum, SessionInput, SessionKind, SessionLink, SessionRow, SessionView};
use crate::dto::{IdInput, ListInput, Page, Saved};
use crate::error::{Answer, optional, time_of_day};

pub(crate) use roll::{due_of, reroll, roll};

/// Tenths of an hour of one session, at most.
const MOST_HOURS: u32 = 240;
/// Characters of minutes: each is an operation, and one change may hold 20,000.
const MAX_MINUTES: usize = 10_000;
/// Characters of a resolution.
const MAX_RESOLUTION: usize = 4_000;
/// Characters of a part of an organization-life meeting.
const MAX_PART: usize = 2_000;

macro_rules! same_names {
    ($left:ty, $right:ty: $($name:ident),*) => {
        impl From<$left> for $right {
            fn from(value: $left) -> Self { match value { $(<$left>::$name => Self::$name),* } }
        }
        impl From<$right> for $left {
            fn from(value: $right) -> Self { match value { $(<$right>::$name => Self::$name),* } }
        }
    };
}
pub(crate) use same_names;
same_names!(
    SessionKind,
    Kind: MembersMeeting,
    CommitteeMeeting,
    GroupMeeting,
    Lesson,
    ThemeDay,
    OrganizationLife,
    Appraisal,
    StudyDay
);
same_names!(Mark, DomainMark: Unconfirmed, Present, Excused, Absent, NonVoting);
same_names!(Light, session::Light: Green, Yellow, Red);

/// `meeting.save`. A new session writes who is due into itself; later changes of the roster only warn.
pub(crate) fn save(cx: &Cx<'_>, input: SessionInput) -> Answer<Saved> {
    let date = cx.check_far(read_date(&input.date, cx.today), "date", input.confirm_date)?;
    if input.kinds.is_empty() {
        return Err(ErrorDto::new("required").at("kinds"));
    }
    let group = optional("group", &input.group, 40)?;
    if input.kinds.contains(&SessionKind::GroupMeeting) && group.is_empty() {
        return Err(ErrorDto::new("required").at("group"));
    }
    if let Some(hours) = input.hours.filter(|tenths| *tenths == 0 || *tenths > MOST_HOURS) {
        let error = ErrorDto::new("hours_out_of_range").at("hours").with("max", MOST_HOURS / 10);
        return Err(error.with("value", hours));
    }
    let stored = input.id.as_deref().map(|id| cx.own_record(id, SESSION)).transpose()?;
    let session = Session {
        kinds: input.kinds.iter().map(|kind| Kind::from(*kind)).collect(),
        date: date.to_string(),
        start: start(stored.as_ref(), &input.start)?,
        place: optional("place", &input.place, 100)?,
        chair: optional("chair", &input.chair, 40)?,
        recorder: optional("recorder", &input.recorder, 40)?,
        topic: optional("topic", &input.topic, 200)?,
        group,
        minutes: optional("minutes", input.minutes.as_deref().unwrap_or_default(), MAX_MINUTES)?,
        resolution: optional("resolution", input.resolution.as_deref().unwrap_or_default(), MAX_RESOLUTION)?,
        hours: input.hours,
        talks: input.talks,
        problems: optional("problems", input.problems.as_deref().unwrap_or_default(), MAX_PART)?,
        measures: optional("measures", input.measures.as_deref().unwrap_or_default(), MAX_PART)?,
        closed: false,
        recorded_on: cx.today_text(),
        ..Session::default()
    };
    let mut edits = Edits::default();
    let id = match stored {
        None => {
            let due = due_of(&Roster::load(cx)?, &session);
            if due.is_empty() {
                return Err(ErrorDto::new("nobody_due").at("kinds"));
            }
            let id = cx.new_id();
            let fields = session.fields(&due);
            let create = RecordOp::Create { id, rtype: SESSION.to_owned(), fields };
            edits.push(cx.book(BookKind::meetings(), date.year()), create);
            id
        }
        Some(stored) => {
            change(&mut edits, &stored, &session, &input);
            roll::follow(cx, &mut edits, &stored, &session, input.reroll)?;
            if stored.view.str("date") != session.date {
                vote::move_with(cx, &mut edits, &stored, &session.date)?;
            }
            stored.view.id
        }
    };
    edits.finish_draft("meeting", input.id.as_deref().unwrap_or("new"));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: is_late(date, cx.today) })
}

/// When it began, as visits read it. What was imported stays as the paper has it for as long as nobody writes another.
fn start(stored: Option<&Stored>, text: &str) -> Answer<String> {
    match stored.map(|stored| stored.view.str("start")) {
        Some(before) if before == text.trim() => Ok(before.to_owned()),
        _ => time_of_day("start", text),
    }
}

fn change(edits: &mut Edits, stored: &Stored, session: &Session, input: &SessionInput) {
    let id = stored.view.id;
    let mut set = |field: &str, value: Value| {
        edits.push(stored.book.clone(), RecordOp::Set { id, field: field.to_owned(), value });
    };
    for (field, text) in [
        ("date", &session.date),
        ("start", &session.start),
        ("place", &session.place),
        ("chair", &session.chair),
        ("recorder", &session.recorder),
        ("title", &session.topic),
        ("group", &session.group),
    ] {
        if stored.view.str(field) != text {
            set(field, text.as_str().into());
        }
    }
    for kind in Kind::ALL {
        let field = format!("kind/{}", kind.as_str());
        let wanted = session.kinds.contains(&kind);
        if stored.view.flag(&field) != wanted {
            set(&field, Value::Bool(wanted));
        }
    }
    if let Some(hours) = session.hours.filter(|hours| stored.view.int("hours") != Some(i64::from(*hours))) {
        set("hours", Value::Int(hours.into()));
    }
    if let Some(talks) = session.talks.filter(|talks| stored.view.int("talks") != Some(i64::from(*talks))) {
        set("talks", Value::Int(talks.into()));
    }
    for (field, was) in [("hours", stored.view.int("hours")), ("talks", stored.view.int("talks"))] {
        if was.is_some() && input.clear.iter().any(|one| one == field) {
            edits.push(stored.book.clone(), RecordOp::Clear { id, field: field.to_owned() });
        }
    }
    let mut set = |field: &str, value: Value| {
        edits.push(stored.book.clone(), RecordOp::Set { id, field: field.to_owned(), value });
    };
    for (field, given, text) in [
        ("problems", input.problems.is_some(), &session.problems),
        ("measures", input.measures.is_some(), &session.measures),
    ] {
        if given && stored.view.str(field) != text {
            set(field, text.as_str().into());
        }
    }
    for (field, given, text) in [
        ("minutes", input.minutes.is_some(), &session.minutes),
        ("resolution", input.resolution.is_some(), &session.resolution),
    ] {
        if given && stored.view.str(field) != text {
            let op = RecordOp::EditText { id, field: field.to_owned(), text: text.clone() };
            edits.push(stored.book.clone(), op);
        }
    }
}

/// Sessions with a day in a year that count, whichever year's book they stand in: what was merged into another is left out.
pub(crate) fn counting(cx: &Cx<'_>, year: i16) -> Answer<Vec<(Stored, Session)>> {
    let mut all: Vec<(Stored, Session)> = cx
        .dated(SESSION, year)?
        .into_iter()
        .filter_map(|stored| Session::read(&stored.view).map(|session| (stored, session)))
        .collect();
    let away = merged_of(all.iter().map(|(stored, session)| (stored.view.id, session)));
    all.retain(|(stored, _)| !away.contains(&stored.view.id));
    Ok(all)
}

/// What is shown of a session that something else names; none when it is not here.
pub(crate) fn link(cx: &Cx<'_>, id: &str) -> Answer<Option<SessionLink>> {
    let found = if id.is_empty() { None } else { cx.find(id)? };
    let session = found.and_then(|stored| Some((stored.view.id, Session::read(&stored.view)?)));
    Ok(session.map(|(id, session)| SessionLink {
        id: id.to_string(),
        kinds: session.kinds.iter().map(|kind| SessionKind::from(*kind)).collect(),
        date: session.date,
        topic: session.topic,
    }))
}

pub(crate) fn row(cx: &Cx<'_>, stored: &Stored, session: &Session) -> SessionRow {
    let count = session.count();
    SessionRow {
        id: stored.view.id.to_string(),
        office: stored.book.office.to_string(),
        kinds: session.kinds.iter().map(|kind| SessionKind::from(*kind)).collect(),
        date: session.date.clone(),
        topic: session.topic.clone(),
        group: session.group.clone(),
        due: count.due,
        present: count.present,
        excused: count.excused,
        absent: count.absent,
        unconfirmed: count.unconfirmed,
        closed: session.closed,
        late: stored.row.late,
        custodian: cx.is_custodian(&stored.view),
        conflict: stored.row.conflict,
        merged_into: session.merged_into.map(|id| id.to_string()),
        roll_of_other: session.roll_of_other(),
    }
}

/// `meeting.list`, newest first; `state` is a kind.
pub(crate) fn list(cx: &Cx<'_>, input: ListInput) -> Answer<Page<SessionRow>> {
    let kind = input.state.as_deref().and_then(Kind::from_word);
    let wanted = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
    let mut rows: Vec<SessionRow> = cx
        .dated(SESSION, input.year.unwrap_or_else(|| cx.today.year()))?
        .iter()
        .filter_map(|stored| Session::read(&stored.view).map(|session| (stored, session)))
        .filter(|(_, session)| kind.is_none_or(|kind| session.kinds.contains(&kind)))
        .filter(|(stored, session)| {
            wanted.is_empty() || stored.row.text.contains(&wanted) || session.date.contains(&wanted)
        })
        .map(|(stored, session)| row(cx, stored, &session))
        .collect();
    rows.sort_by(|a, b| b.date.cmp(&a.date).then(b.id.cmp(&a.id)));
    Ok(cx.page(rows, &input))
}

/// `meeting.get`
pub(crate) fn get(cx: &Cx<'_>, input: IdInput) -> Answer<SessionView> {
    let stored = cx.own_record(&input.id, SESSION)?;
    let session = Session::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
    let members: BTreeMap<RecordId, Member> = cx.members()?.into_iter().collect();
    let reroll = roll::offered(cx, &session, &members)?;
    let roll = roll::rows(&session, &members);
    Ok(SessionView {
        row: row(cx, &stored, &session),
        quorum: light(cx, &session)?,
        start: session.start,
        place: session.place,
        chair: session.chair,
        recorder: session.recorder,
        group: session.group,
        minutes: session.minutes,
        resolution: session.resolution,
        hours: session.hours,
        talks: session.talks,
        problems: session.problems,
        measures: session.measures,
        roll,
        beside: session.beside.into_iter().collect(),
        reroll,
    })
}

fn light(cx: &Cx<'_>, session: &Session) -> Answer<Option<Quorum>> {
    let Some(kind) = session.kinds.iter().find(|kind| kind.votes()) else { return Ok(None) };
    let count = session.count();
    let quorum = session::quorum(cx.rules(), count.voters_due, count.voters_present);
    let article = if *kind == Kind::CommitteeMeeting { "vote_committee" } else { "vote" };
    Ok(Some(Quorum {
        light: quorum.light.into(),
        voters_due: count.voters_due,
        voters_present: count.voters_present,
        needed_to_open: quorum.needed_to_open,
        needed_to_pass: quorum.needed_to_pass,
        rule: cx.rule(article)?,
    }))
}
