//! 党籍变动, and the file of one member.

use std::collections::BTreeMap;

use ybz_domain::book::{BookKind, RecordOp, Value};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::member::{MEMBER, Member, MemberKind};
use ybz_domain::ledger::session::Mark;
use ybz_domain::ledger::standing::{Change, Event, MEMBER_CHANGE, now};

use super::{past_day, row};
use crate::ErrorDto;
use crate::cases::dues::account;
use crate::cases::meeting::counting;
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits};
use crate::dto::member_file::{ChangeInput, ChangeRow, MemberFile, PersonRef};
use crate::dto::{IdInput, Nothing, Saved};
use crate::error::{Answer, optional};

pub(crate) type Changes = Vec<(RecordId, Change)>;

/// Changes by member, those of records that were merged with the one that stands for them.
pub(crate) fn by_member(cx: &Cx<'_>) -> Answer<BTreeMap<String, Changes>> {
    let merged = cx.merged()?;
    let mut out: BTreeMap<String, Changes> = BTreeMap::new();
    for stored in cx.records(MEMBER_CHANGE, None)? {
        if let Some(change) = Change::read(&stored.view) {
            let member = merged.get(&change.member).unwrap_or(&change.member).clone();
            out.entry(member).or_default().push((stored.view.id, change));
        }
    }
    Ok(out)
}

/// Adds a change to an edit, and what the roster has to say after it.
pub(crate) fn stage(cx: &Cx<'_>, edits: &mut Edits, member: RecordId, change: &Change) -> Answer<RecordId> {
    let id = cx.new_id();
    let mut changes = by_member(cx)?.remove(&member.to_string()).unwrap_or_default();
    changes.push((id, change.clone()));
    edits.push(cx.book(BookKind::roster(), cx.today.year()), change.create(id));
    carry(cx, edits, member, &changes, None)?;
    Ok(id)
}

/// Carries what the changes say into the roster; where none is left, what the one taken back had put there goes.
fn carry(cx: &Cx<'_>, edits: &mut Edits, member: RecordId, changes: &Changes, taken_back: Option<Event>) -> Answer<()> {
    let stored = cx.own_record(&member.to_string(), MEMBER)?;
    let before = Member::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found").with("id", member))?;
    let mut base = before.clone();
    match taken_back {
        Some(Event::Full) => base.kind = MemberKind::Probationary,
        Some(event) if event.leaves() => base.left_on.clear(),
        _ => {}
    }
    let (kind, left_on) = now(&base, changes).unwrap_or((base.kind, base.left_on));
    let after = Member { kind, left_on, ..before.clone() };
    for op in after.update(member, &before) {
        edits.push(stored.book.clone(), op);
    }
    Ok(())
}

/// `member.change`
pub(crate) fn change(cx: &Cx<'_>, input: ChangeInput) -> Answer<Saved> {
    let event = Event::from_word(&input.event)
        .ok_or_else(|| ErrorDto::new("invalid_input").at("event").with("value", &input.event))?;
    let on = past_day(cx, "on", &input.on)?;
    let until = match input.until.trim() {
        "" if event == Event::Extended => return Err(ErrorDto::new("required").at("until")),
        text if event == Event::Extended => {
            let until = ybz_domain::date::read_deadline(text, on)
                .map_err(|_| ErrorDto::new("date_not_understood").at("until").with("text", text))?;
            let rules = &cx.rules().admission;
            let limit = |months: u32| on.checked_add(jiff::Span::new().months(i64::from(months)));
            let (least, most) = (limit(rules.extension_min_months), limit(rules.extension_max_months));
            if !(least.is_ok_and(|least| until >= least) && most.is_ok_and(|most| until <= most)) {
                let error = ErrorDto::new("extension_length").at("until");
                return Err(error
                    .with("from", rules.extension_min_months)
                    .with("to", rules.extension_max_months)
                    .with("rule", cx.rule("extension")?.citation));
            }
            until.to_string()
        }
        _ => String::new(),
    };
    let member = cx.own_record(&input.member, MEMBER)?.view.id;
    let change = Change {
        member: member.to_string(),
        on: on.to_string(),
        event: Some(event),
        until,
        note: optional("note", &input.note, 200)?,
        void: false,
        recorded_on: cx.today_text(),
    };
    let mut upward = Upward::load(cx, input.keep_matches)?;
    upward.check("note", &change.note)?;
    let mut edits = Edits::default();
    let id = stage(cx, &mut edits, member, &change)?;
    upward.log(&mut edits, id);
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: ybz_domain::date::is_late(on, cx.today) })
}

/// `member.change_void`: a change that was entered by mistake counts no more, and is kept.
pub(crate) fn void(cx: &Cx<'_>, input: IdInput) -> Answer<Nothing> {
    let stored = cx.own_record(&input.id, MEMBER_CHANGE)?;
    let change = Change::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
    let merged = cx.merged()?;
    let of = merged.get(&change.member).unwrap_or(&change.member).clone();
    let member = cx.own_record(&of, MEMBER)?.view.id;
    let id = stored.view.id;
    let mut edits = Edits::default();
    edits.push(stored.book, RecordOp::Set { id, field: "void".to_owned(), value: Value::Bool(true) });
    let mut changes = by_member(cx)?.remove(&of).unwrap_or_default();
    changes.retain(|(other, _)| *other != id);
    carry(cx, &mut edits, member, &changes, change.event)?;
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// `member.file`: everything told of a person, under whatever record.
pub(crate) fn file(cx: &Cx<'_>, input: IdInput) -> Answer<MemberFile> {
    let own = cx.own_record(&input.id, MEMBER)?.view.id;
    let all = cx.roster()?;
    let name =
        |id: &str| all.iter().find(|(other, ..)| other.to_string() == id).map(|(_, member, _)| member.name.clone());
    let person = |id: &str| PersonRef { id: id.to_owned(), name: name(id).unwrap_or_default() };
    let merged = cx.merged()?;
    let id = own.to_string();
    let others: Vec<String> = merged.iter().filter(|(_, into)| **into == id).map(|(other, _)| other.clone()).collect();
    let mut changes = by_member(cx)?.remove(&id).unwrap_or_default();
    changes.sort_by(|(a_id, a), (b_id, b)| (&a.on, &a.recorded_on, a_id).cmp(&(&b.on, &b.recorded_on, b_id)));
    let year = cx.today.year();
    let (mut due, mut present) = (0, 0);
    let people: Vec<RecordId> = others.iter().filter_map(|other| other.parse().ok()).chain([own]).collect();
    for (_, session) in counting(cx, year)? {
        // Entered twice, the person sat in one session once.
        let entries = || people.iter().filter_map(|id| session.roll.get(id));
        due += u32::from(entries().any(|entry| entry.due));
        present += u32::from(entries().any(|entry| entry.due && entry.mark == Mark::Present));
    }
    let owed_in = format!("{year:04}-");
    let paid_fen = match cx.sees(&BookKind::dues()) {
        true => account(cx)?
            .payments()
            .filter(|(_, one)| one.member == id && one.month.starts_with(&owed_in))
            .map(|(_, one)| one.amount_fen)
            .sum(),
        false => 0,
    };
    let moving = super::transfer::moving(cx)?.contains(&id);
    let into = all.iter().find(|(other, ..)| *other == own).map(|(_, member, _)| member.merged_into.clone());
    let found = all.iter().find(|(other, ..)| *other == own).cloned();
    let (_, member, conflict) = found.ok_or_else(|| ErrorDto::new("not_found").with("id", &input.id))?;
    Ok(MemberFile {
        row: row(own, member, conflict),
        changes: changes.into_iter().map(|(id, change)| change_row(id, change)).collect(),
        merged: others.iter().map(|other| person(other)).collect(),
        merged_into: into.filter(|into| !into.is_empty()).map(|into| person(&into)),
        year,
        due,
        present,
        paid_fen,
        moving,
        extension_rule: cx.rule("extension")?,
    })
}

fn change_row(id: RecordId, change: Change) -> ChangeRow {
    ChangeRow {
        id: id.to_string(),
        event: change.event.map_or("", Event::as_str).to_owned(),
        on: change.on,
        until: (!change.until.is_empty()).then_some(change.until),
        note: change.note,
        void: change.void,
    }
}
