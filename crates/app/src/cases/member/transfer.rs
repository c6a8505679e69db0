//! 组织关系转接 at the branches: written out, taken in. The committee's part is in `cases/transfer.rs`.

mod leave;

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::{BookKind, RecordOp, Value};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::member::{MEMBER, Member, MemberKind};
use ybz_domain::ledger::standing::{Change, Event};
use ybz_domain::ledger::transfer::{
    TRANSFER_OUT, TRANSFER_PASS, TRANSFER_WORD, Transfer, Traveller, Word, ended, latest, told_elsewhere,
};

use super::changes::stage;
use super::past_day;
use crate::ErrorDto;
use crate::cx::{Cx, Edits};
use crate::dto::transfer::{TransferAcceptInput, TransferOutInput, TransferReturnInput, TransferRow};
use crate::dto::{IdInput, ListInput, Nothing, Page, Saved};
use crate::error::{Answer, optional, required};
use crate::pinyin;

pub(crate) use leave::leave;

/// In the field `office` of what is written out: the target is not below the same superior.
pub(crate) const OUTSIDE: &str = "outside";
/// The record that takes a member in: two devices that take one in make one record.
const IN_TAG: &str = "ybz transfer in 1";

fn words(cx: &Cx<'_>) -> Answer<Vec<(RecordId, Word)>> {
    let records = cx.records(TRANSFER_WORD, None)?;
    Ok(records.iter().filter_map(|stored| Some((stored.view.id, Word::read(&stored.view)?))).collect())
}

/// How a transfer stands for the branch that wrote it out.
pub(crate) fn state(out: &Transfer, words: &[(RecordId, Word)]) -> (String, String) {
    let of = words.iter().filter(|(_, word)| word.transfer == out.id && word.pass.is_empty());
    match latest(of) {
        Some(word) if word.state == "accepted" => (word.state.clone(), word.note.clone()),
        _ if out.withdrawn => ("withdrawn".to_owned(), String::new()),
        _ if out.office == OUTSIDE => (OUTSIDE.to_owned(), String::new()),
        // Taken back from where it was passed to, it waits again.
        Some(word) if word.state != "recalled" => (word.state.clone(), word.note.clone()),
        _ => ("waiting".to_owned(), String::new()),
    }
}

/// A passing-on with the word that ended it.
type Arrival = (RecordId, Transfer, Option<(RecordId, Word)>);

/// What was passed on to this office: the passing-on that is open, else the one that ended last, with the word that ended it.
fn arriving(cx: &Cx<'_>, words: &[(RecordId, Word)]) -> Answer<Vec<(RecordId, Transfer, Option<Word>)>> {
    let mut by_transfer: BTreeMap<String, Vec<Arrival>> = BTreeMap::new();
    for stored in cx.records(TRANSFER_PASS, None)? {
        if let Some(passed) = Transfer::read(&stored.view) {
            let ended = ended(&stored.view.id, words).cloned();
            by_transfer.entry(passed.id.clone()).or_default().push((stored.view.id, passed, ended));
        }
    }
    let last = |all: Vec<Arrival>| {
        let order = |ended: &Option<(RecordId, Word)>| ended.as_ref().map(|(id, word)| (word.on.clone(), *id));
        let found = all.into_iter().max_by_key(|(id, _, ended)| (ended.is_none(), order(ended), *id));
        found.map(|(id, passed, ended)| (id, passed, ended.map(|(_, word)| word)))
    };
    Ok(by_transfer.into_values().filter_map(last).collect())
}

/// One that is to be answered.
fn open_arrival(cx: &Cx<'_>, id: &str) -> Answer<(RecordId, Transfer)> {
    let found = arriving(cx, &words(cx)?)?.into_iter().find(|(_, passed, _)| passed.id == id);
    let (pass, passed, ended) = found.ok_or_else(|| ErrorDto::new("not_found").with("id", id))?;
    if cx.find(&taken_in(&passed.id).to_string())?.is_some() {
        return Err(ErrorDto::new("transfer_ended").with("state", "accepted"));
    }
    match ended {
        Some(word) => Err(ErrorDto::new("transfer_ended").with("state", word.state)),
        None => Ok((pass, passed)),
    }
}

/// `transfer.decline`: this office does not take the member in; the committee passes on anew or returns.
pub(crate) fn decline(cx: &Cx<'_>, input: TransferReturnInput) -> Answer<Nothing> {
    let (pass, passed) = open_arrival(cx, &input.id)?;
    let word = Word {
        transfer: passed.id,
        pass: pass.to_string(),
        state: "declined".to_owned(),
        on: cx.today_text(),
        note: required("note", &input.note, 200)?,
        recorded_on: cx.today_text(),
    };
    let mut edits = Edits::default();
    edits.push(cx.book(BookKind::roster(), cx.today.year()), word.create(cx.new_id()));
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// Members written out whose transfer has not ended.
pub(super) fn moving(cx: &Cx<'_>) -> Answer<BTreeSet<String>> {
    let outs = cx.records(TRANSFER_OUT, None)?;
    if outs.is_empty() {
        return Ok(BTreeSet::new());
    }
    let words = words(cx)?;
    let open = |out: &Transfer| matches!(state(out, &words).0.as_str(), "waiting" | "passed");
    Ok(outs.iter().filter_map(|s| Transfer::read(&s.view)).filter(open).map(|out| out.member).collect())
}

/// `transfer.out`: the branch goes on counting the member until it is told that another took it in. To a place outside the
/// letter ends it at once.
pub(crate) fn out(cx: &Cx<'_>, input: TransferOutInput) -> Answer<Saved> {
    let stored = cx.own_record(&input.member, MEMBER)?;
    let member = Member::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found").at("member"))?;
    let on = past_day(cx, "on", &input.on)?;
    let gone = cx.gone()?.contains_key(&stored.view.id);
    if gone || !member.belongs_on(&cx.today_text()) || moving(cx)?.contains(&stored.view.id.to_string()) {
        return Err(ErrorDto::new("already_moving").at("member").with("name", &member.name));
    }
    let transfer = Transfer {
        id: String::new(),
        member: stored.view.id.to_string(),
        who: Traveller::of(&member),
        on: on.to_string(),
        office: if input.outside { OUTSIDE.to_owned() } else { String::new() },
        place: required("place", &input.place, 80)?,
        letter: if input.outside {
            required("letter", &input.letter, 60)?
        } else {
            optional("letter", &input.letter, 60)?
        },
        withdrawn: false,
        recorded_on: cx.today_text(),
    };
    let id = cx.new_id();
    let mut edits = Edits::default();
    edits.push(cx.book(BookKind::roster(), cx.today.year()), transfer.write_out(id));
    if input.outside {
        let change = Change {
            member: stored.view.id.to_string(),
            on: on.to_string(),
            event: Some(Event::TransferredOut),
            note: format!("{} {}", transfer.place, transfer.letter),
            recorded_on: cx.today_text(),
            ..Change::default()
        };
        stage(cx, &mut edits, stored.view.id, &change)?;
    }
    // Opened at the member. One that was begun for nobody in particular the form ends itself.
    edits.finish_draft("transfer", &stored.view.id.to_string());
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// `transfer.withdraw`: not once another took the member in.
pub(crate) fn withdraw(cx: &Cx<'_>, input: IdInput) -> Answer<Nothing> {
    let stored = cx.own_record(&input.id, TRANSFER_OUT)?;
    let out = Transfer::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
    let (state, _) = state(&out, &words(cx)?);
    if !matches!(state.as_str(), "waiting" | "passed" | "returned") {
        return Err(ErrorDto::new("transfer_ended").with("state", state));
    }
    let mut edits = Edits::default();
    let id = stored.view.id;
    edits.push(stored.book, RecordOp::Set { id, field: "withdrawn".to_owned(), value: Value::Bool(true) });
    cx.commit(edits)?;
    Ok(Nothing {})
}

fn taken_in(transfer: &str) -> RecordId {
    RecordId::natural(IN_TAG, &[transfer.as_bytes()])
}

/// `transfer.accept`: the member is counted here from now on, by a record that names the transfer and the one it continues.
pub(crate) fn accept(cx: &Cx<'_>, input: TransferAcceptInput) -> Answer<Saved> {
    let (_, passed) = open_arrival(cx, &input.id)?;
    let id = taken_in(&passed.id);
    let on = past_day(cx, "on", &input.on)?;
    let member = Member {
        name: passed.who.name.clone(),
        sex: passed.who.sex,
        birth_month: passed.who.birth_month.clone(),
        kind: if passed.who.kind == "probationary" { MemberKind::Probationary } else { MemberKind::Full },
        joined: passed.who.joined.clone(),
        group: optional("group", &input.group, 40)?,
        transfer: passed.id.clone(),
        origin: passed.member.clone(),
        ..Member::default()
    };
    let change = Change {
        member: id.to_string(),
        on: on.to_string(),
        event: Some(Event::TransferredIn),
        note: format!("{} {}", passed.place, passed.letter).trim().to_owned(),
        recorded_on: cx.today_text(),
        ..Change::default()
    };
    let book = cx.book(BookKind::roster(), cx.today.year());
    let mut edits = Edits::default();
    edits.push(book.clone(), member.create(id, &cx.today_text()));
    edits.push(book, change.create(cx.new_id()));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// `transfer.list`, newest first.
pub(crate) fn list(cx: &Cx<'_>, input: ListInput) -> Answer<Page<TransferRow>> {
    let mut rows = all(cx)?;
    let text = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
    if !text.is_empty() {
        rows.retain(|row| pinyin::matches(&row.name, &text) || row.place.to_lowercase().contains(&text));
    }
    Ok(cx.page(rows, &input))
}

/// Every transfer, newest first.
pub(crate) fn all(cx: &Cx<'_>) -> Answer<Vec<TransferRow>> {
    let words = words(cx)?;
    let mut rows = Vec::new();
    for out in cx.records(TRANSFER_OUT, None)?.iter().filter_map(|stored| Transfer::read(&stored.view)) {
        let (state, note) = state(&out, &words);
        let counted_by = match state.as_str() {
            "accepted" => "target",
            OUTSIDE => "nobody",
            _ => "source",
        };
        rows.push(transfer_row(out, "out", state, note, counted_by));
    }
    let members = cx.members()?;
    let known: BTreeSet<RecordId> = members.iter().map(|(id, _)| *id).collect();
    for (_, passed, ended) in arriving(cx, &words)? {
        let here = known.contains(&taken_in(&passed.id));
        let told = told_elsewhere(&passed.id, &words).pop().filter(|_| here);
        let (state, note, counted_by) = match (told, here, ended) {
            (Some((_, word)), ..) if leave::on_roster(cx, &members, &passed.id).is_some() => {
                ("taken_twice".to_owned(), word.note.clone(), "other")
            }
            (Some((_, word)), ..) => ("left".to_owned(), word.note.clone(), "other"),
            (None, true, _) => ("accepted".to_owned(), String::new(), "target"),
            (None, false, Some(word)) => (word.state, word.note, "source"),
            (None, false, None) => ("passed".to_owned(), String::new(), "source"),
        };
        rows.push(transfer_row(passed, "in", state, note, counted_by));
    }
    rows.sort_by(|a, b| (&b.on, &b.id).cmp(&(&a.on, &a.id)));
    Ok(rows)
}

pub(crate) fn transfer_row(
    transfer: Transfer,
    direction: &str,
    state: String,
    note: String,
    counted_by: &str,
) -> TransferRow {
    TransferRow {
        id: transfer.id,
        direction: direction.to_owned(),
        name: transfer.who.name,
        kind: transfer.who.kind,
        place: transfer.place,
        from: String::new(),
        to: None,
        letter: transfer.letter,
        on: transfer.on,
        state,
        note,
        counted_by: counted_by.to_owned(),
        holders: Vec::new(),
    }
}
