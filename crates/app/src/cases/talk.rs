//! 五必谈: that a talk took place goes up with date and trigger; with whom and about what is sealed here.

mod yearly;

use std::collections::BTreeMap;

use ybz_domain::book::{BookKind, RecordOp, Value};
use ybz_domain::date::{is_late, read_date};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::member::{MEMBER, Member};
use ybz_domain::ledger::talk::{TALK, TALK_NOTE, Talk, TalkNote, Trigger};
use ybz_store::RecordQuery;
use zeroize::Zeroize;

use crate::ErrorDto;
use crate::cases::care::{Subjects, subject};
use crate::cases::household::{open_sealed, plain_of, seal_for};
use crate::cases::unsealed::{self, Line, Lines, Opened, Opener, Wipe, said};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::talk::{TalkDue, TalkInput, TalkRow};
use crate::dto::{IdInput, ListInput, Page, Saved};
use crate::error::{Answer, optional};

/// One note for each talk, whichever device makes it.
fn note_id(talk: &RecordId) -> RecordId {
    RecordId::natural("ybz talk note 1", &[talk.as_bytes()])
}

/// Opens a note; none where its key is not here, or was destroyed.
pub(crate) fn opened(cx: &Cx<'_>, stored: &Stored) -> Option<TalkNote> {
    let subject = stored.view.str("subject").parse().ok()?;
    open_sealed(cx, &stored.book, &stored.view, &subject)
}

fn note_of(cx: &Cx<'_>, talk: &RecordId) -> Answer<Option<Stored>> {
    Ok(cx.find(&note_id(talk).to_string())?.filter(|note| note.view.rtype == TALK_NOTE))
}

/// `talk.save`: the talk and its note in one commit.
pub(crate) fn save(cx: &Cx<'_>, input: TalkInput) -> Answer<Saved> {
    cx.must_open_private()?;
    let date = cx.check_far(read_date(&input.date, cx.today), "date", input.confirm_date)?;
    let trigger = Trigger::from_word(&input.trigger)
        .ok_or_else(|| ErrorDto::new("invalid_input").at("trigger").with("value", &input.trigger))?;
    let named = |id: &Option<String>| id.clone().filter(|id| !id.is_empty());
    let (member, household) = (named(&input.member), named(&input.household));
    for (field, id) in [("member", &member), ("household", &household)] {
        if let Some(id) = id
            && subject(cx, id)?.is_none()
        {
            return Err(ErrorDto::new("not_found").at(field).with("id", id));
        }
    }
    let note = TalkNote {
        name: optional("name", &input.name, 40)?,
        by: optional("by", &input.by, 40)?,
        place: optional("place", &input.place, 100)?,
        text: optional("text", &input.text, 4_000)?,
        follow_up: optional("followUp", &input.follow_up, 1_000)?,
        member: member.clone().unwrap_or_default(),
        household: household.clone().unwrap_or_default(),
    };
    if member.is_none() && household.is_none() && note.name.is_empty() {
        return Err(ErrorDto::new("required").at("name"));
    }
    let talk = Talk { date: date.to_string(), trigger, recorded_on: cx.today_text() };
    let mut edits = Edits::default();
    let (id, book) = match input.id.as_ref().filter(|id| !id.is_empty()) {
        None => {
            let (id, book) = (cx.new_id(), cx.book(BookKind::meetings(), date.year()));
            edits.push(book.clone(), talk.create(id));
            (id, book)
        }
        Some(id) => {
            let stored = cx.own_record(id, TALK)?;
            let before = Talk::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
            let set = |field: &str, word: &str| RecordOp::Set {
                id: stored.view.id,
                field: field.to_owned(),
                value: word.into(),
            };
            if before.date != talk.date {
                edits.push(stored.book.clone(), set("date", &talk.date));
            }
            if before.trigger != talk.trigger {
                edits.push(stored.book.clone(), set("kind", talk.trigger.as_str()));
            }
            (stored.view.id, stored.book)
        }
    };
    put_note(cx, &mut edits, id, book.year.unwrap_or_else(|| date.year()), &note)?;
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: is_late(date, cx.today) })
}

fn put_note(cx: &Cx<'_>, edits: &mut Edits, talk: RecordId, year: i16, note: &TalkNote) -> Answer<()> {
    let id = note_id(&talk);
    let before = note_of(cx, &talk)?;
    if before.as_ref().is_some_and(|note| opened(cx, note).is_none()) {
        return Err(ErrorDto::new("private_closed"));
    }
    let book = before.as_ref().map_or_else(|| cx.book(BookKind::private(), year), |note| note.book.clone());
    // What was said with a household goes with it when it is erased; any other note has a key of its own.
    let subject: RecordId = note.household.parse().unwrap_or(id);
    let sealed = seal_for(cx, edits, &book, id, subject, &plain_of(note)?)?;
    let set = |field: &str, value: Value| RecordOp::Set { id, field: field.to_owned(), value };
    match before {
        Some(before) => {
            if before.view.str("subject") != subject.to_string() {
                edits.push(book.clone(), set("subject", subject.to_string().into()));
            }
            edits.push(book, set("sealed", sealed));
        }
        None => {
            let fields = vec![
                ("ref".to_owned(), talk.to_string().into()),
                ("subject".to_owned(), subject.to_string().into()),
                ("sealed".to_owned(), sealed),
                ("recorded_on".to_owned(), cx.today_text().into()),
            ];
            edits.push(book, RecordOp::Create { id, rtype: TALK_NOTE.to_owned(), fields });
        }
    }
    Ok(())
}

fn row(cx: &Cx<'_>, stored: &Stored, whole: bool) -> Answer<Option<TalkRow>> {
    let Some(talk) = Talk::read(&stored.view) else { return Ok(None) };
    let note = note_of(cx, &stored.view.id)?.and_then(|note| opened(cx, &note)).unwrap_or_default();
    let known = [&note.member, &note.household].into_iter().find(|id| !id.is_empty());
    let with = match known {
        Some(id) => subject(cx, id)?.map(|subject| subject.name).unwrap_or_default(),
        None => note.name,
    };
    let id = |word: String| (!word.is_empty()).then_some(word);
    Ok(Some(TalkRow {
        id: stored.view.id.to_string(),
        date: talk.date,
        trigger: talk.trigger.as_str().to_owned(),
        with,
        member: id(note.member),
        household: id(note.household),
        by: note.by,
        place: note.place,
        text: if whole { note.text } else { String::new() },
        follow_up: if whole { note.follow_up } else { String::new() },
        late: stored.row.late,
        custodian: cx.is_custodian(&stored.view),
        conflict: stored.row.conflict,
    }))
}

/// `talk.list`: newest first; `state` keeps a trigger, `text` finds with whom and by whom.
pub(crate) fn list(cx: &Cx<'_>, input: ListInput) -> Answer<Page<TalkRow>> {
    cx.must_open_private()?;
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let text = input.text.as_deref().map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
    let query = RecordQuery {
        rtype: Some(TALK.to_owned()),
        year: Some(year),
        kind: input.state.filter(|trigger| !trigger.is_empty()),
        or_ids: match &text {
            Some(text) => by_name(cx, text)?,
            None => Vec::new(),
        },
        text,
        offset: input.offset,
        limit: if input.limit == 0 { 50 } else { input.limit },
        ..RecordQuery::default()
    };
    let (total, found) = cx.own_page(query)?;
    let mut rows = Vec::with_capacity(found.len());
    for stored in &found {
        rows.extend(row(cx, stored, false)?);
    }
    Ok(Page { total, rows })
}

/// With whom a talk was, as far as lists look for it.
pub(crate) struct Talked {
    talk: RecordId,
    member: String,
}

impl Wipe for Talked {
    fn wipe(&mut self) {
        self.member.zeroize();
    }
}

impl Opened for Lines<Talked> {
    const MADE_OF: &'static [&'static str] = &["own/private", "up/roster"];

    fn open(cx: &Cx<'_>) -> Answer<Self> {
        let (opener, subjects) = (Opener::new(cx)?, Subjects::load(cx)?);
        let lines = cx.records(TALK_NOTE, None)?.into_iter().filter_map(|stored| {
            let mut note: TalkNote = opener.open_own(&stored)?;
            let known = [&note.member, &note.household].into_iter().find(|id| !id.is_empty());
            let mut with = match known {
                Some(id) => subjects.get(id).map(|subject| subject.name).unwrap_or_default(),
                None => std::mem::take(&mut note.name),
            };
            let row = Talked { talk: stored.view.str("ref").parse().ok()?, member: std::mem::take(&mut note.member) };
            let line = Line { said: said(&[&with, &note.by]), row, year: stored.book.year };
            [&mut with, &mut note.name, &mut note.by, &mut note.place, &mut note.text, &mut note.follow_up]
                .into_iter()
                .for_each(Zeroize::zeroize);
            Some(line)
        });
        Ok(Self(lines.collect()))
    }
}

/// Talks with and by those whose names are looked for.
fn by_name(cx: &Cx<'_>, wanted: &str) -> Answer<Vec<RecordId>> {
    let all = unsealed::opened::<Lines<Talked>>(cx)?;
    Ok(all.0.iter().filter(|line| line.matches(wanted)).map(|line| line.row.talk).collect())
}

/// `talk.get`: with what was said; the local log tells that it was opened.
pub(crate) fn get(cx: &Cx<'_>, input: IdInput) -> Answer<TalkRow> {
    cx.must_open_private()?;
    let stored = cx.own_record(&input.id, TALK)?;
    cx.note_opened([stored.view.id])?;
    row(cx, &stored, true)?.ok_or_else(|| ErrorDto::new("not_found").with("id", &input.id))
}

/// `talk.due`: members who took a post some weeks ago and with whom nobody talked about it since. A post that was entered with
/// the member is no news. After them, members with whom fewer talks were had this year than the rule asks for.
pub(crate) fn due(cx: &Cx<'_>) -> Answer<Vec<TalkDue>> {
    cx.must_open_private()?;
    let Ok(from) = cx.today.checked_sub(jiff::Span::new().days(cx.rules().visits.talk_days)) else {
        return Ok(Vec::new());
    };
    let rule = cx.rule(&cx.rules().visits.talk_article)?;
    let about_post = Trigger::ALL.into_iter().filter(|trigger| trigger.is_about_post());
    let kinds: Vec<String> = about_post.map(|trigger| trigger.as_str().to_owned()).collect();
    let mut days: BTreeMap<RecordId, String> = BTreeMap::new();
    for year in [cx.today.year() - 1, cx.today.year()] {
        let query = RecordQuery { year: Some(year), kind_in: Some(kinds.clone()), ..RecordQuery::of_type(TALK) };
        days.extend(cx.rows(BookKind::meetings(), query)?.into_iter().map(|(id, row)| (id, row.date)));
    }
    // The last talk with each.
    let mut talked: BTreeMap<String, String> = BTreeMap::new();
    if !days.is_empty() {
        for line in &unsealed::opened::<Lines<Talked>>(cx)?.0 {
            if let Some(day) = days.get(&line.row.talk) {
                let last = talked.entry(line.row.member.clone()).or_default();
                *last = std::mem::take(last).max(day.clone());
            }
        }
    }
    let mut out = Vec::new();
    for stored in cx.records(MEMBER, None)? {
        let Some(member) = Member::read(&stored.view).filter(|member| member.left_on.is_empty()) else { continue };
        let id = stored.view.id.to_string();
        let made = stored.view.fields.get("recorded_on").and_then(|field| field.values.last()?.change);
        for (post, field) in stored.view.below("post/").filter(|(post, _)| member.posts.contains(*post)) {
            let Some(seen) = field.values.last().filter(|seen| seen.change != made) else { continue };
            let (_, on) = cx.author(&stored.book, seen)?;
            let done = talked.get(&id).is_some_and(|last| *last >= on);
            if !on.is_empty() && on >= from.to_string() && !done {
                out.push(TalkDue {
                    member: id.clone(),
                    name: member.name.clone(),
                    post: post.to_owned(),
                    since: on,
                    rule: rule.clone(),
                });
            }
        }
    }
    out.sort_by(|a, b| a.since.cmp(&b.since).then(a.member.cmp(&b.member)).then(a.post.cmp(&b.post)));
    out.extend(yearly::due(cx)?);
    Ok(out)
}
