//! 任期、换届、职务起止、活动经费.

use std::collections::BTreeMap;

use ybz_domain::book::{BookKind, RecordOp, Value};
use ybz_domain::date::read_date;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::dues::MAX_AMOUNT_FEN;
use ybz_domain::ledger::fund::{FUND, FundEntry};
use ybz_domain::ledger::member::{MEMBER, Member, MemberKind};
use ybz_domain::ledger::term::{OFFICE_POST, PostHeld, TERM, Term, size_verdict, verdict};

use crate::ErrorDto;
use crate::cases::member::{POSTS, past_day};
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits};
use crate::dto::term::{FundInput, FundRow, FundView, PostInput, PostRow, TermInput, TermRow, TermView};
use crate::dto::{IdInput, ListInput, Nothing, Saved};
use crate::error::{Answer, optional, required, within};

/// `term.save`
pub(crate) fn save(cx: &Cx<'_>, input: TermInput) -> Answer<Saved> {
    if input.start.trim().is_empty() {
        return Err(ErrorDto::new("required").at("start"));
    }
    let rules = &cx.rules().term;
    let years = input.years.unwrap_or(rules.village_years);
    if years != rules.village_years && years != rules.other_years {
        return Err(ErrorDto::new("invalid_input").at("years").with("value", years));
    }
    let term = Term {
        // A term may be entered before it begins.
        start: read_date(&input.start, cx.today)
            .map_err(|_| ErrorDto::new("date_not_understood").at("start").with("text", &input.start))?
            .to_string(),
        years,
        shift: within("shift", input.shift, -60, 60)?,
        decision: optional("decision", &input.decision, 200)?,
        size: input.size.map(|size| within("size", size, 1, 99)).transpose()?,
        trained: match input.trained.trim() {
            "" => String::new(),
            text => past_day(cx, "trained", text)?.to_string(),
        },
        recorded_on: cx.today_text(),
    };
    let mut edits = Edits::default();
    let id = match &input.id {
        Some(id) => {
            let stored = cx.own_record(id, TERM)?;
            let before = Term::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
            for op in term.update(stored.view.id, &before) {
                edits.push(stored.book.clone(), op);
            }
            stored.view.id
        }
        None => {
            let id = cx.new_id();
            edits.push(cx.book(BookKind::roster(), cx.today.year()), term.create(id));
            id
        }
    };
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// Puts a post that begins today or before onto the roster, or takes one off that ended: whoever enters it has said who holds it.
/// One that the member holds by another entry stays.
fn on_roster(cx: &Cx<'_>, edits: &mut Edits, id: RecordId, held: &PostHeld) -> Answer<()> {
    let today = cx.today_text();
    let runs = |held: &PostHeld| held.until.is_empty() || held.until > today;
    let stored = cx.own_record(&held.member, MEMBER)?;
    let Some(member) = Member::read(&stored.view) else { return Ok(()) };
    let all = cx.records(OFFICE_POST, None)?;
    let others = all.iter().filter(|stored| stored.view.id != id).filter_map(|stored| PostHeld::read(&stored.view));
    let same = |other: &PostHeld| other.member == held.member && other.post == held.post && runs(other);
    let holds = runs(held) || others.into_iter().any(|other| same(&other));
    if member.posts.contains(&held.post) != holds {
        let (id, field) = (stored.view.id, format!("post/{}", held.post));
        edits.push(stored.book, RecordOp::Set { id, field, value: Value::Bool(holds) });
    }
    Ok(())
}

/// `term.post`: a post begins, or one that is held ends; the roster says so in the same commit.
pub(crate) fn post(cx: &Cx<'_>, input: PostInput) -> Answer<Saved> {
    let mut edits = Edits::default();
    let until = match input.until.trim() {
        "" => String::new(),
        text => past_day(cx, "until", text)?.to_string(),
    };
    let id = if let Some(id) = &input.id {
        let stored = cx.own_record(id, OFFICE_POST)?;
        let held = PostHeld::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
        if !until.is_empty() && until < held.from {
            return Err(ErrorDto::new("dates_reversed").at("until"));
        }
        let id = stored.view.id;
        edits.push(stored.book, RecordOp::Set { id, field: "until".to_owned(), value: until.as_str().into() });
        on_roster(cx, &mut edits, id, &PostHeld { until, ..held })?;
        id
    } else {
        if !POSTS.contains(&input.post.as_str()) {
            return Err(ErrorDto::new("invalid_input").at("post").with("value", &input.post));
        }
        let from = past_day(cx, "from", &input.from)?.to_string();
        if !until.is_empty() && until < from {
            return Err(ErrorDto::new("dates_reversed").at("until"));
        }
        let member = cx.own_record(&input.member, MEMBER)?.view.id.to_string();
        let id = cx.new_id();
        let held = PostHeld { member, post: input.post, from, until, recorded_on: cx.today_text() };
        on_roster(cx, &mut edits, id, &held)?;
        edits.push(cx.book(BookKind::roster(), cx.today.year()), held.create(id));
        id
    };
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

fn terms(cx: &Cx<'_>) -> Answer<Vec<(RecordId, Term)>> {
    let records = cx.records(TERM, None)?;
    let mut terms: Vec<(RecordId, Term)> =
        records.iter().filter_map(|stored| Some((stored.view.id, Term::read(&stored.view)?))).collect();
    terms.sort_by(|(a_id, a), (b_id, b)| (&b.start, b_id).cmp(&(&a.start, a_id)));
    Ok(terms)
}

/// Days to the end of the term that runs, once that is near.
pub(crate) fn ending(cx: &Cx<'_>) -> Answer<Option<i32>> {
    let today = cx.today_text();
    let runs = terms(cx)?.into_iter().find(|(_, term)| term.start <= today);
    let found = runs.and_then(|(_, term)| verdict(&cx.rules().term, &term, cx.today));
    Ok(found.filter(|found| found.remind).map(|found| found.days))
}

/// `term.list`
pub(crate) fn list(cx: &Cx<'_>) -> Answer<TermView> {
    let today = cx.today_text();
    let members = cx.members()?;
    let full = members.iter().filter(|(_, one)| one.kind == MemberKind::Full && one.belongs_on(&today)).count();
    let full_members = u32::try_from(full).unwrap_or(u32::MAX);
    let rules = &cx.rules().term;
    let mut rows = Vec::new();
    // What a later term replaced needs no reminder.
    for (place, (id, term)) in terms(cx)?.into_iter().enumerate() {
        let found = verdict(rules, &term, cx.today);
        let mut notes = Vec::new();
        if let Some(found) = found {
            let flags = [
                ("over", place == 0 && found.days < 0),
                ("remind", place == 0 && found.remind && found.days >= 0),
                ("shift_beyond", found.shift_beyond),
                ("shift_unapproved", found.shift_unapproved),
                ("not_trained", place == 0 && term.trained.is_empty() && term.start <= today),
            ];
            notes.extend(flags.into_iter().filter(|(_, is)| *is).map(|(note, _)| note.to_owned()));
        }
        if place == 0 {
            notes.extend(size_verdict(rules, full_members, term.size).map(str::to_owned));
        }
        rows.push(TermRow {
            id: id.to_string(),
            end: found.map(|found| found.end.to_string()),
            days: found.map(|found| found.days),
            start: term.start,
            years: term.years,
            shift: term.shift,
            decision: term.decision,
            size: term.size,
            trained: (!term.trained.is_empty()).then_some(term.trained),
            notes,
        });
    }
    let names: BTreeMap<String, String> =
        members.into_iter().map(|(id, member)| (id.to_string(), member.name)).collect();
    let mut posts: Vec<PostRow> = cx
        .records(OFFICE_POST, None)?
        .iter()
        .filter_map(|stored| Some((stored.view.id, PostHeld::read(&stored.view)?)))
        .map(|(id, held)| PostRow {
            id: id.to_string(),
            name: names.get(&held.member).cloned().unwrap_or_default(),
            member: held.member,
            post: held.post,
            from: held.from,
            until: (!held.until.is_empty()).then_some(held.until),
        })
        .collect();
    let rank = |row: &PostRow| POSTS.iter().position(|post| *post == row.post);
    posts.sort_by(|a, b| {
        (a.until.is_some(), rank(a), &b.from, &a.id).cmp(&(b.until.is_some(), rank(b), &a.from, &b.id))
    });
    Ok(TermView {
        terms: rows,
        posts,
        full_members,
        village_years: rules.village_years,
        other_years: rules.other_years,
        term_rule: cx.rule("term")?,
        size_rule: cx.rule("committee_size")?,
    })
}

/// `fund.save`
pub(crate) fn fund_save(cx: &Cx<'_>, input: FundInput) -> Answer<Saved> {
    let on = past_day(cx, "on", &input.on)?;
    if input.amount_fen == 0 || input.amount_fen.unsigned_abs() > MAX_AMOUNT_FEN.unsigned_abs() {
        return Err(ErrorDto::new("amount_out_of_range").at("amountFen").with("from", 1).with("to", MAX_AMOUNT_FEN));
    }
    let entry = FundEntry {
        on: on.to_string(),
        amount_fen: input.amount_fen,
        title: required("title", &input.title, 100)?,
        reverses: String::new(),
        recorded_on: cx.today_text(),
    };
    let mut upward = Upward::load(cx, input.keep_matches)?;
    upward.check("title", &entry.title)?;
    let id = cx.new_id();
    let mut edits = Edits::default();
    upward.log(&mut edits, id);
    edits.push(cx.book(BookKind::tasks(), on.year()), entry.create(id));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: ybz_domain::date::is_late(on, cx.today) })
}

/// `fund.reverse`: an entry of the opposite amount; two devices that take one back make one entry.
pub(crate) fn fund_reverse(cx: &Cx<'_>, input: IdInput) -> Answer<Nothing> {
    let stored = cx.own_record(&input.id, FUND)?;
    let entry = FundEntry::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
    let id = RecordId::natural("ybz fund reversal 1", &[stored.view.id.as_bytes()]);
    if !entry.reverses.is_empty() || cx.find(&id.to_string())?.is_some() {
        return Err(ErrorDto::new("already_reversed"));
    }
    let reversal = FundEntry {
        on: cx.today_text(),
        amount_fen: -entry.amount_fen,
        reverses: stored.view.id.to_string(),
        recorded_on: cx.today_text(),
        ..entry
    };
    let mut edits = Edits::default();
    edits.push(stored.book, reversal.create(id));
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// `fund.list`
pub(crate) fn fund_list(cx: &Cx<'_>, input: ListInput) -> Answer<FundView> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let records = cx.records(FUND, Some(year))?;
    let mut entries: Vec<(RecordId, FundEntry)> =
        records.iter().filter_map(|stored| Some((stored.view.id, FundEntry::read(&stored.view)?))).collect();
    entries.sort_by(|(a_id, a), (b_id, b)| (&a.on, a_id).cmp(&(&b.on, b_id)));
    let reversed: Vec<String> = entries.iter().map(|(_, entry)| entry.reverses.clone()).collect();
    // A reversal belongs to the side of what it takes back.
    let came_in = |entry: &FundEntry| (entry.amount_fen > 0) == entry.reverses.is_empty();
    let sum = |side: bool| entries.iter().filter(|(_, e)| came_in(e) == side).map(|(_, e)| e.amount_fen).sum::<i64>();
    let (in_fen, out_fen) = (sum(true), -sum(false));
    let rows = entries
        .into_iter()
        .map(|(id, entry)| FundRow {
            reversed: reversed.contains(&id.to_string()),
            id: id.to_string(),
            on: entry.on,
            amount_fen: entry.amount_fen,
            title: entry.title,
            reverses: (!entry.reverses.is_empty()).then_some(entry.reverses),
        })
        .collect();
    let per_head_fen = cx.rules().term.fund_fen;
    Ok(FundView { year, rows, in_fen, out_fen, per_head_fen, rule: cx.rule("activity_fund")? })
}
