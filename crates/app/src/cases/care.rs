//! 结对, 求助 and 慰问: who is looked after, by whom and with what. All of it is sealed under the household's or member's key;
//! an erased household takes it along.

mod list;

use std::collections::BTreeMap;
use std::sync::Arc;

use ybz_domain::book::{BookKind, RecordOp, Value};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::care::{AID, Aid, CARE, Care, CareFrame, PAIRING, Pairing, WHOM};
use ybz_domain::ledger::member::{MEMBER, Member};
use ybz_domain::ledger::visit::HOUSEHOLD;
use ybz_domain::pinyin::key;
use ybz_store::RecordQuery;
use zeroize::Zeroize;

use crate::ErrorDto;
use crate::cases::concern::day;
use crate::cases::household::{homes, open_sealed, opened, plain_of, seal_for};
use crate::cases::unsealed::{self, Line, Lines, Opened, Opener, Wipe, homes::Homes, links, said};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::care::{AidInput, AidRow, CareInput, PairingInput, PairingRow};
use crate::dto::{ListInput, Page, Saved};
use crate::error::{Answer, optional, required};

pub(crate) use list::list;

/// Whom a private record is about.
pub(crate) struct Subject {
    pub(crate) id: RecordId,
    pub(crate) name: String,
    /// 门牌, or the member's group.
    pub(crate) place: String,
}

/// All households and members as people know them.
pub(crate) struct Subjects {
    homes: Arc<Homes>,
    members: BTreeMap<RecordId, Member>,
}

impl Subjects {
    pub(crate) fn load(cx: &Cx<'_>) -> Answer<Self> {
        Ok(Self { homes: homes(cx)?, members: cx.members()?.into_iter().collect() })
    }

    /// One by its id; none that does not open.
    pub(crate) fn get(&self, id: &str) -> Option<Subject> {
        let id: RecordId = id.parse().ok()?;
        let home = || {
            let identity = &self.homes.get(&id)?.identity;
            Some((identity.name.clone(), identity.door.clone()))
        };
        let member = || self.members.get(&id).map(|member| (member.name.clone(), member.group.clone()));
        home().or_else(member).map(|(name, place)| Subject { id, name, place })
    }
}

/// A household or member as people know it; none for one that does not open, or is neither.
pub(crate) fn subject(cx: &Cx<'_>, id: &str) -> Answer<Option<Subject>> {
    let Some(stored) = cx.find(id)? else { return Ok(None) };
    Ok(match stored.view.rtype.as_str() {
        HOUSEHOLD => {
            opened(cx, &stored).map(|home| Subject { id: home.id, name: home.identity.name, place: home.identity.door })
        }
        MEMBER => Member::read(&stored.view).map(|member| Subject {
            id: stored.view.id,
            name: member.name,
            place: member.group,
        }),
        _ => None,
    })
}

fn wanted_subject(cx: &Cx<'_>, field: &str, id: &str) -> Answer<Subject> {
    cx.must_open_private()?;
    if let Ok(id) = id.parse::<RecordId>()
        && cx.erased()?.contains_key(&id)
    {
        return Err(ErrorDto::new("household_erased").at(field));
    }
    subject(cx, id)?.ok_or_else(|| ErrorDto::new("household_required").at(field))
}

fn open_as<T: serde::de::DeserializeOwned>(cx: &Cx<'_>, stored: &Stored) -> Option<(CareFrame, T)> {
    let frame = CareFrame::read(&stored.view)?;
    let subject = frame.subject.parse().ok()?;
    Some((frame, open_sealed(cx, &stored.book, &stored.view, &subject)?))
}

/// The same of every record of a type, with whom it is about: of those that open here and are about somebody who is known here.
fn all_of<T: serde::de::DeserializeOwned>(cx: &Cx<'_>, rtype: &str) -> Answer<Vec<(Stored, CareFrame, T, Subject)>> {
    let (opener, subjects) = (Opener::new(cx)?, Subjects::load(cx)?);
    let read = |stored: Stored| {
        let frame = CareFrame::read(&stored.view)?;
        let subject = subjects.get(&frame.subject)?;
        let content = opener.open(&stored, &subject.id)?;
        Some((stored, frame, content, subject))
    };
    Ok(cx.records(rtype, None)?.into_iter().filter_map(read).collect())
}

/// Writes a record anew or over an existing one; returns its id.
fn put<T: serde::Serialize>(
    cx: &Cx<'_>,
    rtype: &str,
    existing: Option<Stored>,
    subject: RecordId,
    mut frame: CareFrame,
    content: &T,
) -> Answer<Saved> {
    let opens = |stored: &Stored| {
        let subject: Option<RecordId> = stored.view.str("subject").parse().ok();
        subject.is_some_and(|id| open_sealed::<serde_json::Value>(cx, &stored.book, &stored.view, &id).is_some())
    };
    // What does not open here would be written over unseen.
    if existing.as_ref().is_some_and(|stored| !opens(stored)) {
        return Err(ErrorDto::new("private_closed"));
    }
    let mut edits = Edits::default();
    let id = existing.as_ref().map_or_else(|| cx.new_id(), |stored| stored.view.id);
    let book = match &existing {
        Some(stored) => stored.book.clone(),
        None => cx.book(BookKind::private(), cx.today.year()),
    };
    let sealed = seal_for(cx, &mut edits, &book, id, subject, &plain_of(content)?)?;
    frame.subject = subject.to_string();
    match existing {
        None => {
            frame.recorded_on = cx.today_text();
            edits.push(book, frame.create(id, rtype, sealed));
        }
        Some(stored) => {
            let before = CareFrame::read(&stored.view).unwrap_or_default();
            for (field, old, new) in [
                ("subject", before.subject, frame.subject),
                ("date", before.since, frame.since),
                ("ended", before.ended, frame.ended),
                ("state", before.state, frame.state),
            ] {
                if old != new {
                    let value = Value::from(new.as_str());
                    edits.push(book.clone(), RecordOp::Set { id, field: field.to_owned(), value });
                }
            }
            edits.push(book, RecordOp::Set { id, field: "sealed".to_owned(), value: sealed });
        }
    }
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

fn existing(cx: &Cx<'_>, id: Option<&String>, rtype: &str) -> Answer<Option<Stored>> {
    id.filter(|id| !id.is_empty()).map(|id| cx.own_record(id, rtype)).transpose()
}

/// Every visit to a household or member.
pub(crate) fn visits_to(cx: &Cx<'_>, subject: &RecordId) -> Answer<Vec<Stored>> {
    let subject = subject.to_string();
    Ok(links::visits(cx, vec![subject.clone()], None)?.to(&subject).cloned().collect())
}

/// Private records of a type about a household or member.
pub(crate) fn of_subject(cx: &Cx<'_>, rtype: &str, subject: &RecordId) -> Answer<Vec<Stored>> {
    let query =
        RecordQuery { rtype: Some(rtype.to_owned()), kind: Some(subject.to_string()), ..RecordQuery::default() };
    Ok(cx.own_page(query)?.1)
}

/// `pairing.save`
pub(crate) fn save_pairing(cx: &Cx<'_>, input: PairingInput) -> Answer<Saved> {
    let subject = wanted_subject(cx, "household", &input.household)?;
    let ended = match input.ended.trim() {
        "" => String::new(),
        text => day(cx, "ended", text)?.to_string(),
    };
    let content = Pairing { cadre: required("cadre", &input.cadre, 40)?, note: optional("note", &input.note, 500)? };
    let frame = CareFrame { since: day(cx, "since", &input.since)?.to_string(), ended, ..CareFrame::default() };
    put(cx, PAIRING, existing(cx, input.id.as_ref(), PAIRING)?, subject.id, frame, &content)
}

/// A pairing as opened, without the last visit.
pub(crate) fn pairing(cx: &Cx<'_>, stored: &Stored) -> Answer<Option<PairingRow>> {
    let Some((frame, content)) = open_as::<Pairing>(cx, stored) else { return Ok(None) };
    let home = subject(cx, &frame.subject)?;
    Ok(home.map(|home| pairing_row(stored, frame, content, home)))
}

fn pairing_row(stored: &Stored, frame: CareFrame, content: Pairing, home: Subject) -> PairingRow {
    PairingRow {
        id: stored.view.id.to_string(),
        household: frame.subject,
        name: home.name,
        door: home.place,
        cadre: content.cadre,
        note: content.note,
        since: frame.since,
        ended: (!frame.ended.is_empty()).then_some(frame.ended),
        last_visit: None,
    }
}

impl Wipe for PairingRow {
    fn wipe(&mut self) {
        [&mut self.name, &mut self.door, &mut self.cadre, &mut self.note].into_iter().for_each(Zeroize::zeroize);
    }
}

impl Opened for Lines<PairingRow> {
    const MADE_OF: &'static [&'static str] = &["own/private", "up/roster"];

    fn open(cx: &Cx<'_>) -> Answer<Self> {
        let all = all_of::<Pairing>(cx, PAIRING)?.into_iter();
        let mut lines: Vec<Line<PairingRow>> = all
            .map(|(stored, frame, content, home)| {
                let row = pairing_row(&stored, frame, content, home);
                Line { said: said(&[&row.name, &row.cadre]), row, year: stored.book.year }
            })
            .collect();
        lines.sort_by_cached_key(|line| (key(&line.row.cadre), key(&line.row.name), line.row.id.clone()));
        Ok(Self(lines))
    }
}

/// `pairing.list`: by cadre, then household; `state` is `ended` for those that ended, else those that stand.
pub(crate) fn pairings(cx: &Cx<'_>, input: ListInput) -> Answer<Page<PairingRow>> {
    cx.must_open_private()?;
    let ended = input.state.as_deref() == Some("ended");
    let all = unsealed::opened::<Lines<PairingRow>>(cx)?;
    let mut page = all.page(&input, |line| line.row.ended.is_some() == ended);
    let visits = links::visits(cx, page.rows.iter().map(|row| row.household.clone()).collect(), None)?;
    for row in &mut page.rows {
        row.last_visit = visits.to(&row.household).map(|visit| visit.row.date.clone()).max();
    }
    Ok(page)
}

/// `aid.save`: a decision needs its words, a grant its amount.
pub(crate) fn save_aid(cx: &Cx<'_>, input: AidInput) -> Answer<Saved> {
    let subject = wanted_subject(cx, "subject", &input.subject)?;
    if !matches!(input.state.as_str(), "asked" | "granted" | "refused") {
        return Err(ErrorDto::new("invalid_input").at("state").with("value", &input.state));
    }
    let decided = input.state != "asked";
    for (field, amount) in [("askedFen", input.asked_fen), ("grantedFen", input.granted_fen)] {
        if amount.is_some_and(|fen| !(1..=1_000_000_000).contains(&fen)) {
            return Err(ErrorDto::new("amount_out_of_range").at(field));
        }
    }
    if input.state == "granted" && input.granted_fen.is_none() {
        return Err(ErrorDto::new("required").at("grantedFen"));
    }
    let content = Aid {
        reason: required("reason", &input.reason, 500)?,
        asked_fen: input.asked_fen,
        granted_fen: input.granted_fen.filter(|_| input.state == "granted"),
        decision: match decided {
            true => required("decision", &input.decision, 500)?,
            false => String::new(),
        },
    };
    let frame = CareFrame {
        since: day(cx, "on", &input.on)?.to_string(),
        ended: if decided { day(cx, "decidedOn", &input.decided_on)?.to_string() } else { String::new() },
        state: input.state,
        ..CareFrame::default()
    };
    put(cx, AID, existing(cx, input.id.as_ref(), AID)?, subject.id, frame, &content)
}

/// A request for aid as opened.
pub(crate) fn aid(cx: &Cx<'_>, stored: &Stored) -> Answer<Option<AidRow>> {
    let Some((frame, content)) = open_as::<Aid>(cx, stored) else { return Ok(None) };
    let subject = subject(cx, &frame.subject)?;
    Ok(subject.map(|subject| aid_row(stored, frame, content, subject)))
}

fn aid_row(stored: &Stored, frame: CareFrame, content: Aid, subject: Subject) -> AidRow {
    AidRow {
        id: stored.view.id.to_string(),
        subject: frame.subject,
        name: subject.name,
        on: frame.since,
        reason: content.reason,
        asked_fen: content.asked_fen,
        state: frame.state,
        granted_fen: content.granted_fen,
        decision: content.decision,
        decided_on: (!frame.ended.is_empty()).then_some(frame.ended),
    }
}

impl Wipe for AidRow {
    fn wipe(&mut self) {
        [&mut self.name, &mut self.reason, &mut self.decision].into_iter().for_each(Zeroize::zeroize);
    }
}

impl Opened for Lines<AidRow> {
    const MADE_OF: &'static [&'static str] = &["own/private", "up/roster"];

    fn open(cx: &Cx<'_>) -> Answer<Self> {
        let all = all_of::<Aid>(cx, AID)?.into_iter();
        let mut lines: Vec<Line<AidRow>> = all
            .map(|(stored, frame, content, subject)| {
                let row = aid_row(&stored, frame, content, subject);
                Line { said: said(&[&row.name]), row, year: stored.book.year }
            })
            .collect();
        lines.sort_by(|a, b| (&b.row.on, &b.row.id).cmp(&(&a.row.on, &a.row.id)));
        Ok(Self(lines))
    }
}

/// `aid.list`: newest first; `state` keeps one of `asked`, `granted`, `refused`.
pub(crate) fn aids(cx: &Cx<'_>, input: ListInput) -> Answer<Page<AidRow>> {
    cx.must_open_private()?;
    let state = input.state.as_deref().filter(|state| !state.is_empty());
    let all = unsealed::opened::<Lines<AidRow>>(cx)?;
    let page = all.page(&input, |line| {
        input.year.is_none_or(|year| line.year == Some(year)) && state.is_none_or(|state| line.row.state == state)
    });
    cx.note_opened(page.rows.iter().filter_map(|row| row.id.parse().ok()))?;
    Ok(page)
}

/// `care.save`
pub(crate) fn save_care(cx: &Cx<'_>, input: CareInput) -> Answer<Saved> {
    let subject = wanted_subject(cx, "subject", &input.subject)?;
    if !WHOM.contains(&input.whom.as_str()) {
        return Err(ErrorDto::new("invalid_input").at("whom").with("value", &input.whom));
    }
    let before = existing(cx, input.id.as_ref(), CARE)?;
    let since = before.as_ref().map_or_else(|| cx.today_text(), |stored| stored.row.date.clone());
    let ended = if input.end { cx.today_text() } else { String::new() };
    let content = Care { whom: input.whom, reason: optional("reason", &input.reason, 500)? };
    put(cx, CARE, before, subject.id, CareFrame { since, ended, ..CareFrame::default() }, &content)
}
