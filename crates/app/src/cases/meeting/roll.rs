//! The roll of a session: who is due, marks, 列席, and the roll made anew.

use std::collections::BTreeMap;

use ybz_domain::book::{RecordOp, Value};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::member::Member;
use ybz_domain::ledger::session::{Mark as DomainMark, SESSION, Session};

use super::get;
use crate::ErrorDto;
use crate::cases::member::roster::Roster;
use crate::cx::{Cx, Edits, Stored};
use crate::dto::IdInput;
use crate::dto::meeting::{Mark, Reroll, RollInput, RollRow, SessionView};
use crate::error::{Answer, optional, required};

/// People on a roll who are not on the roster, at most.
const MOST_BESIDE: usize = 200;

/// Who is due at a session by the roster of its day, each with whether it voted then.
pub(crate) fn due_of(roster: &Roster, session: &Session) -> Vec<(RecordId, bool)> {
    roster
        .on(&session.date)
        .iter()
        .filter(|(_, member)| session.kinds.iter().any(|kind| kind.due(member, &session.group)))
        .map(|(id, member)| (*id, member.votes()))
        .collect()
}

/// What changes of kinds, day or group mean for the roll: it is made anew when that was asked for, and otherwise the session
/// remembers what it was made for, unless the same people are due.
pub(super) fn follow(cx: &Cx<'_>, edits: &mut Edits, stored: &Stored, to: &Session, reroll: bool) -> Answer<()> {
    let Some(before) = Session::read(&stored.view) else { return Ok(()) };
    let made_for = if before.roll_of.is_empty() { before.roll_word() } else { before.roll_of.clone() };
    if !reroll && before.roll_word() == to.roll_word() {
        return Ok(());
    }
    let after = Session { roll: before.roll.clone(), roll_of: made_for.clone(), ..to.clone() };
    let due = due_of(&Roster::load(cx)?, to);
    let id = stored.view.id;
    if reroll {
        if due.is_empty() {
            return Err(ErrorDto::new("nobody_due").at("kinds"));
        }
        for op in after.reroll(id, &due) {
            edits.push(stored.book.clone(), op);
        }
    } else {
        let word = if after.roll_diff(&due).is_empty() { to.roll_word() } else { made_for };
        if before.roll_of != word {
            let (field, value) = ("roll_of".to_owned(), word.into());
            edits.push(stored.book.clone(), RecordOp::Set { id, field, value });
        }
    }
    Ok(())
}

/// `meeting.reroll`: the roll as the roster of the session's day has it. Marks stay.
///
/// # Errors
/// `nobody_due`, `not_found`.
pub(crate) fn reroll(cx: &Cx<'_>, input: IdInput) -> Answer<SessionView> {
    let stored = cx.own_record(&input.id, SESSION)?;
    let session = Session::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
    let due = due_of(&Roster::load(cx)?, &session);
    if due.is_empty() {
        return Err(ErrorDto::new("nobody_due").at("kinds"));
    }
    let mut edits = Edits::default();
    for op in session.reroll(stored.view.id, &due) {
        edits.push(stored.book.clone(), op);
    }
    cx.commit(edits)?;
    get(cx, input)
}

type Members = BTreeMap<RecordId, Member>;

fn names(ids: &[RecordId], members: &Members) -> Vec<String> {
    let mut names: Vec<String> =
        ids.iter().filter_map(|id| members.get(id)).map(|member| member.name.clone()).collect();
    names.sort_by_cached_key(|name| crate::pinyin::key(name));
    names
}

/// How the roll would change; none when it is that of the day's roster.
pub(super) fn offered(cx: &Cx<'_>, session: &Session, members: &Members) -> Answer<Option<Reroll>> {
    let diff = session.roll_diff(&due_of(&Roster::load(cx)?, session));
    let of_other = session.roll_of_other();
    Ok((of_other || !diff.is_empty()).then(|| Reroll {
        of_other,
        added: names(&diff.added, members),
        gone: names(&diff.gone, members),
        votes: names(&diff.votes, members),
    }))
}

/// Everyone due and every member 列席, by group.
pub(super) fn rows(session: &Session, members: &Members) -> Vec<RollRow> {
    let shown = session.roll.iter().filter(|(_, entry)| entry.due || entry.mark == DomainMark::NonVoting);
    let mut rows: Vec<RollRow> = shown
        .map(|(id, entry)| {
            let member = members.get(id);
            RollRow {
                member: id.to_string(),
                name: member.map(|member| member.name.clone()).unwrap_or_default(),
                group: member.map(|member| member.group.clone()).unwrap_or_default(),
                due: entry.due,
                votes: entry.votes,
                mark: entry.mark.into(),
                reason: entry.reason.clone(),
                conflict: entry.conflict,
            }
        })
        .collect();
    rows.sort_by_cached_key(|row| (crate::natural::key(&row.group), crate::pinyin::key(&row.name), row.member.clone()));
    rows
}

/// `meeting.roll`: marks of one pass as one change.
///
/// # Errors
/// `due_not_beside` for 列席 on somebody who is due, `not_found` for any other mark on somebody who is not.
pub(crate) fn roll(cx: &Cx<'_>, input: RollInput) -> Answer<SessionView> {
    let stored = cx.own_record(&input.id, SESSION)?;
    let session = Session::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
    let id = stored.view.id;
    let mut edits = Edits::default();
    let mut set = |field: String, value: Value| edits.push(stored.book.clone(), RecordOp::Set { id, field, value });
    let members: Members = if input.marks.iter().any(|mark| mark.mark == Mark::NonVoting) {
        cx.members()?.into_iter().collect()
    } else {
        Members::new()
    };
    for (index, mark) in input.marks.iter().enumerate() {
        let at = format!("marks.{index}.member");
        let member: RecordId = mark.member.parse().map_err(|_| ErrorDto::new("invalid_input").at(&at))?;
        let entry = session.roll.get(&member);
        let due = entry.is_some_and(|entry| entry.due);
        if due && mark.mark == Mark::NonVoting {
            return Err(ErrorDto::new("due_not_beside").at(&at));
        }
        // Who is not due is there beside the others, or not at all.
        let known = match mark.mark {
            Mark::NonVoting => entry.is_some() || members.contains_key(&member),
            Mark::Unconfirmed => entry.is_some(),
            _ => false,
        };
        if !due && !known {
            return Err(ErrorDto::new("not_found").at(&at));
        }
        let word = DomainMark::from(mark.mark);
        let same = entry.is_some_and(|entry| entry.mark == word && !entry.conflict);
        if !same {
            set(format!("mark/{member}"), word.as_str().into());
        }
        let reason = optional(&format!("marks.{index}.reason"), &mark.reason, 100)?;
        if entry.map_or("", |entry| entry.reason.as_str()) != reason {
            set(format!("reason/{member}"), reason.into());
        }
    }
    for (index, name) in input.beside.iter().enumerate() {
        let name = required(&format!("beside.{index}"), name, 40)?;
        if session.beside.len() + index >= MOST_BESIDE {
            return Err(ErrorDto::new("invalid_input").at(&format!("beside.{index}")).with("max", MOST_BESIDE));
        }
        if !session.beside.contains(&name) {
            set(format!("beside/{name}"), Value::Bool(true));
        }
    }
    for name in input.not_beside.iter().filter(|name| session.beside.contains(*name)) {
        set(format!("beside/{name}"), Value::Bool(false));
    }
    if input.close != session.closed {
        set("closed".to_owned(), Value::Bool(input.close));
    }
    cx.commit(edits)?;
    get(cx, IdInput { id: input.id })
}
