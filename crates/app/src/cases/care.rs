//! 结对, 求助 and 慰问: who is looked after, by whom and with what. All of it is sealed under the household's or member's key;
//! an erased household takes it along.

use ybz_domain::book::{BookKind, RecordOp, Value};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::care::{AID, Aid, CARE, Care, CareFrame, PAIRING, Pairing, WHOM};
use ybz_domain::ledger::member::{MEMBER, Member};
use ybz_domain::ledger::visit::{HOUSEHOLD, VISIT, VISIT_LINK, Visit, VisitKind};
use ybz_store::RecordQuery;

use crate::ErrorDto;
use crate::cases::concern::day;
use crate::cases::household::{open_sealed, opened, plain_of, seal_for};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::care::{AidInput, AidRow, CareInput, CareList, CareRow, PairingInput, PairingRow};
use crate::dto::{ListInput, Page, Saved};
use crate::error::{Answer, optional, required};

/// Whom a private record is about.
pub(crate) struct Subject {
    pub(crate) id: RecordId,
    pub(crate) name: String,
    /// 门牌, or the member's group.
    pub(crate) place: String,
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

/// The last visit to a household or member, of any year; only a 慰问 if so wanted.
pub(crate) fn last_visit(cx: &Cx<'_>, subject: &RecordId, consolation: bool) -> Answer<Option<String>> {
    let mut last: Option<String> = None;
    for visit in visits_to(cx, subject)? {
        let counts = !consolation || Visit::read(&visit.view).is_some_and(|one| one.kind == VisitKind::Consolation);
        if counts && last.as_ref().is_none_or(|last| *last < visit.row.date) {
            last = Some(visit.row.date);
        }
    }
    Ok(last)
}

/// Every visit to a household or member.
pub(crate) fn visits_to(cx: &Cx<'_>, subject: &RecordId) -> Answer<Vec<Stored>> {
    let mut out = Vec::new();
    for link in links_of(cx, subject)? {
        out.extend(cx.find(link.view.str("ref"))?.filter(|visit| visit.view.rtype == VISIT));
    }
    Ok(out)
}

fn links_of(cx: &Cx<'_>, subject: &RecordId) -> Answer<Vec<Stored>> {
    let query =
        RecordQuery { rtype: Some(VISIT_LINK.to_owned()), kind: Some(subject.to_string()), ..RecordQuery::default() };
    Ok(cx.own_page(query)?.1)
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
    let Some(home) = subject(cx, &frame.subject)? else { return Ok(None) };
    Ok(Some(PairingRow {
        id: stored.view.id.to_string(),
        household: frame.subject,
        name: home.name,
        door: home.place,
        cadre: content.cadre,
        note: content.note,
        since: frame.since,
        ended: (!frame.ended.is_empty()).then_some(frame.ended),
        last_visit: None,
    }))
}

/// `pairing.list`: by cadre, then household; `state` is `ended` for those that ended, else those that stand.
pub(crate) fn pairings(cx: &Cx<'_>, input: ListInput) -> Answer<Page<PairingRow>> {
    cx.must_open_private()?;
    let wanted = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
    let ended = input.state.as_deref() == Some("ended");
    let mut rows = Vec::new();
    for stored in cx.records(PAIRING, None)? {
        rows.extend(pairing(cx, &stored)?.filter(|row| {
            row.ended.is_some() == ended
                && (wanted.is_empty()
                    || [&row.name, &row.cadre].into_iter().any(|name| crate::pinyin::matches(name, &wanted)))
        }));
    }
    rows.sort_by_cached_key(|row| (crate::pinyin::key(&row.cadre), crate::pinyin::key(&row.name), row.id.clone()));
    let mut page = cx.page(rows, &input);
    for row in &mut page.rows {
        if let Ok(household) = row.household.parse() {
            row.last_visit = last_visit(cx, &household, false)?;
        }
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
    let Some(subject) = subject(cx, &frame.subject)? else { return Ok(None) };
    Ok(Some(AidRow {
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
    }))
}

/// `aid.list`: newest first; `state` keeps one of `asked`, `granted`, `refused`.
pub(crate) fn aids(cx: &Cx<'_>, input: ListInput) -> Answer<Page<AidRow>> {
    cx.must_open_private()?;
    let wanted = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
    let query = RecordQuery {
        rtype: Some(AID.to_owned()),
        year: input.year,
        state: input.state.clone().filter(|state| !state.is_empty()),
        ..RecordQuery::default()
    };
    let mut rows = Vec::new();
    for stored in cx.own_page(query)?.1 {
        rows.extend(aid(cx, &stored)?.filter(|row| wanted.is_empty() || crate::pinyin::matches(&row.name, &wanted)));
    }
    let page = cx.page(rows, &input);
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

/// `care.list`: whom to visit at the next occasion. Members for many years are proposed by the rule; nobody is put on the list
/// but by a person.
pub(crate) fn list(cx: &Cx<'_>) -> Answer<CareList> {
    cx.must_open_private()?;
    let rules = &cx.rules().visits;
    let (occasion, day) = rules.next(cx.today).ok_or_else(|| ErrorDto::internal("rules", &"no occasion"))?;
    let mut rows = Vec::new();
    for stored in cx.records(CARE, None)? {
        let Some((frame, content)) = open_as::<Care>(cx, &stored) else { continue };
        let Some(who) = subject(cx, &frame.subject)?.filter(|_| frame.ended.is_empty()) else { continue };
        rows.push(care_row(cx, stored.view.id.to_string(), &who, content)?);
    }
    for (id, member) in cx.members()?.into_iter().filter(|(_, member)| member.belongs_on(&cx.today_text())) {
        let joined: Option<i16> = member.joined.get(..4).and_then(|year| year.parse().ok());
        let long = joined.is_some_and(|joined| cx.today.year() - joined >= rules.old_member_years);
        if long && rows.iter().all(|row: &CareRow| row.subject != id.to_string()) {
            let who = Subject { id, name: member.name, place: member.group };
            let content = Care { whom: "old_member".to_owned(), reason: String::new() };
            rows.push(care_row(cx, String::new(), &who, content)?);
        }
    }
    // A visit belongs to the occasion when it says so, within half a year of its day.
    let (occasion, since) = (occasion.as_str(), day.checked_sub(jiff::Span::new().days(180)));
    let since = since.map_or_else(|_| cx.today_text(), |day| day.to_string());
    for row in &mut rows {
        let Ok(id) = row.subject.parse() else { continue };
        row.visited = visits_to(cx, &id)?
            .iter()
            .filter_map(|stored| Visit::read(&stored.view))
            .any(|visit| visit.kind == VisitKind::Consolation && visit.occasion == occasion && visit.date >= since);
    }
    rows.sort_by_cached_key(|row| (row.id.is_empty(), row.whom.clone(), crate::pinyin::key(&row.name)));
    Ok(CareList { occasion: occasion.to_owned(), day: day.to_string(), rows })
}

fn care_row(cx: &Cx<'_>, id: String, who: &Subject, content: Care) -> Answer<CareRow> {
    Ok(CareRow {
        id,
        subject: who.id.to_string(),
        name: who.name.clone(),
        place: who.place.clone(),
        whom: content.whom,
        reason: content.reason,
        last: last_visit(cx, &who.id, true)?,
        visited: false,
    })
}
