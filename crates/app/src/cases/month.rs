//! 月底核对 and 提交, at the branch.

use std::collections::BTreeSet;

use ybz_domain::book::BookKind;
use ybz_domain::date::{month_text, read_month};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::session::{Mark, Session};
use ybz_domain::ledger::submission::{EXPLAINED, Ledger, SUBMISSION, SUBMISSION_STEP, Submission, Word, is_row};
use ybz_domain::ledger::verdict::Act;
use ybz_store::ItemQuery;

use crate::ErrorDto;
use crate::cases::submission::{self, Known, Now};
use crate::cases::upward::Upward;
use crate::cases::{conflict, dues, frame, item_list, period, plan};
use crate::cx::{Cx, Edits};
use crate::dto::month::{Gap, LedgerCheck, MonthCheck, MonthInput, MonthState, SaidInput, SubmissionView, Unconfirmed};
use crate::dto::{ListInput, Saved};
use crate::error::{Answer, required};

/// Open items that are listed.
const ITEMS: u32 = 20;

/// The month that is asked for, by its year and number.
pub(crate) fn month_of(cx: &Cx<'_>, text: &str) -> Answer<(i16, i8)> {
    if text.trim().is_empty() {
        return Ok((cx.today.year(), cx.today.month()));
    }
    read_month(text).map_err(|_| ErrorDto::new("date_not_understood").at("month").with("text", text))
}

/// The submission of a month that counts.
fn known(cx: &Cx<'_>, year: i16, month: &str) -> Answer<Option<Known>> {
    Ok(submission::load(cx, false, year)?.remove(&(cx.office, month.to_owned())))
}

/// Whether a month may be submitted, by what is known of it.
fn may_submit(known: Option<&Known>) -> bool {
    known.is_none_or(|known| matches!(known.state(), MonthState::Returned | MonthState::Withdrawn))
}

/// `month.check`
pub(crate) fn check(cx: &Cx<'_>, input: MonthInput) -> Answer<MonthCheck> {
    let (year, number) = month_of(cx, &input.month)?;
    let month = month_text(year, number);
    let now = Now::load(cx, &cx.office, &month)?;
    let known = known(cx, year, &month)?;
    let mut ledgers = Vec::new();
    for ledger in Ledger::ALL.into_iter().filter(|ledger| cx.sees(&ledger.book())) {
        let gaps = match ledger {
            Ledger::Meetings => sessions_missing(cx, year, number)?,
            Ledger::Dues => dues_missing(cx, year, number)?,
            Ledger::Visits => Vec::new(),
            Ledger::Checklists => items_open(cx, &month)?,
        };
        let count = now.records(ledger).iter().filter(|stored| is_row(&stored.view.rtype)).count();
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        ledgers.push(LedgerCheck { ledger: ledger.as_str().to_owned(), count, gaps });
    }
    let open = item_list::page(cx, &ItemQuery { limit: ITEMS, ..open_items(cx, &month) })?;
    let unconfirmed = now.records(Ledger::Meetings).iter().filter_map(|stored| {
        let session = Session::read(&stored.view)?;
        let count = session.roll.values().filter(|one| one.due && one.mark == Mark::Unconfirmed).count();
        (count > 0).then(|| Unconfirmed {
            id: stored.view.id.to_string(),
            date: session.date,
            title: session.topic,
            count: u32::try_from(count).unwrap_or(u32::MAX),
        })
    });
    let of_month: BTreeSet<RecordId> =
        Ledger::ALL.into_iter().flat_map(|ledger| now.records(ledger)).map(|stored| stored.view.id).collect();
    let conflicts = cx.conflicted()?.iter().filter(|stored| of_month.contains(&stored.view.id)).count();
    let conflicts = conflicts + conflict::dues::count_by(cx, &month)?;
    Ok(MonthCheck {
        ledgers,
        open_items: open.rows,
        open_count: open.total,
        unconfirmed: unconfirmed.collect(),
        conflicts: u32::try_from(conflicts).unwrap_or(u32::MAX),
        drafts: u32::try_from(frame::drafts(cx)?.len()).unwrap_or(u32::MAX),
        state: known.as_ref().map_or(MonthState::None, Known::state),
        may_submit: may_submit(known.as_ref()) && cx.superior().is_some(),
        submission: known.as_ref().map(|known| submission::view(cx, known, &now)).transpose()?,
        closed: period::covering(cx, &month)?,
        joined: cx.superior().is_some(),
        month,
    })
}

/// Unfinished items whose deadline lies in the month or before.
fn open_items(cx: &Cx<'_>, month: &str) -> ItemQuery {
    let to = format!("{month}-31");
    ItemQuery { offices: vec![cx.office], finished: Some(false), to: Some(to), ..ItemQuery::default() }
}

/// Sessions that the plan of the year asks for by the end of the month and that were not held, of each kind how many: a group
/// that did not meet is one.
fn sessions_missing(cx: &Cx<'_>, year: i16, month: i8) -> Answer<Vec<Gap>> {
    if cx.members()?.is_empty() {
        return Ok(Vec::new());
    }
    let mut gaps: Vec<Gap> = Vec::new();
    for slot in plan::asked(cx, year)?.0 {
        let ends = slot.period.to.year() == year && slot.period.to.month() == month;
        if !ends || !slot.held.is_empty() {
            continue;
        }
        let of_group = if slot.group.is_empty() { "" } else { "_groups" };
        let code = format!("{}{of_group}", slot.kind.as_str());
        match gaps.iter_mut().find(|gap| gap.code == code) {
            Some(gap) => gap.count += 1,
            None => gaps.push(Gap { code, count: 1, rule: Some(cx.rule(&slot.article)?) }),
        }
    }
    Ok(gaps)
}

fn dues_missing(cx: &Cx<'_>, year: i16, month: i8) -> Answer<Vec<Gap>> {
    let sheet = dues::sheet(cx, ListInput { year: Some(year), limit: u32::MAX, ..ListInput::default() })?;
    let owes = |row: &&crate::dto::dues::DuesRow| {
        row.months
            .iter()
            .any(|cell| i16::from(cell.month) == i16::from(month) && cell.due_fen > 0 && cell.paid_fen < cell.due_fen)
    };
    Ok(gap("dues_unpaid", sheet.rows.iter().filter(owes).count()))
}

fn items_open(cx: &Cx<'_>, month: &str) -> Answer<Vec<Gap>> {
    let query = ItemQuery { from: Some(format!("{month}-01")), limit: 0, ..open_items(cx, month) };
    let open = item_list::page(cx, &query)?.total;
    Ok(gap("items_open", usize::try_from(open).unwrap_or(usize::MAX)))
}

fn gap(code: &str, count: usize) -> Vec<Gap> {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    if count == 0 { Vec::new() } else { vec![Gap { code: code.to_owned(), count, rule: None }] }
}

/// `month.submit`: names heads and rows of the four ledgers as they are here. It takes the place of what was submitted before
/// and came back.
pub(crate) fn submit(cx: &Cx<'_>, input: MonthInput) -> Answer<Saved> {
    let (year, number) = month_of(cx, &input.month)?;
    let month = month_text(year, number);
    if cx.superior().is_none() {
        return Err(ErrorDto::new("not_joined"));
    }
    if (year, number) > (cx.today.year(), cx.today.month()) {
        return Err(ErrorDto::new("month_to_come").at("month").with("month", &month));
    }
    let known = known(cx, year, &month)?;
    if !may_submit(known.as_ref()) {
        return Err(ErrorDto::new("month_submitted").with("month", &month));
    }
    let now = Now::load(cx, &cx.office, &month)?;
    let submission = Submission {
        person: cx.who.name.clone().unwrap_or_default(),
        after: known.map(|known| known.tips).unwrap_or_default(),
        ..now.submission(cx, &cx.office, &month)?
    };
    let id = cx.new_id();
    let mut edits = Edits::default();
    edits.push(cx.book(BookKind::tasks(), year), submission.create(id));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// One of this office's submissions by its id, as long as it is the one that counts.
fn own(cx: &Cx<'_>, id: &str) -> Answer<Known> {
    let stored = cx.own_record(id, SUBMISSION)?;
    let year = stored.book.year.unwrap_or_else(|| cx.today.year());
    let key: (OfficeId, String) = (cx.office, stored.view.str("month").to_owned());
    submission::load(cx, false, year)?
        .remove(&key)
        .filter(|known| known.id == stored.view.id)
        .ok_or_else(|| ErrorDto::new("changed_since").with("id", id))
}

fn say(cx: &Cx<'_>, known: &Known, word: Word) -> Answer<Saved> {
    let mut edits = Edits::default();
    let id = cx.new_id();
    let word = Word {
        about: known.id.to_string(),
        on: cx.today_text(),
        person: cx.who.name.clone().unwrap_or_default(),
        after: known.outcome.tips.keys().copied().collect(),
        ..word
    };
    edits.push(cx.book(BookKind::tasks(), known.year), word.create(id, SUBMISSION_STEP));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

fn act(cx: &Cx<'_>, input: &SaidInput, act: Act) -> Answer<Saved> {
    let known = own(cx, &input.id)?;
    if !known.outcome.permits(act) {
        return Err(ErrorDto::new("decision_late").with("state", known.outcome.standing.as_str()));
    }
    let note = crate::error::optional("note", &input.note, 500)?;
    Upward::load(cx, input.keep_matches)?.check("note", &note)?;
    say(cx, &known, Word { state: act.as_str().to_owned(), note, ..Word::default() })
}

/// `month.withdraw` (撤回): until the superior has decided, as far as is known here.
pub(crate) fn withdraw(cx: &Cx<'_>, input: SaidInput) -> Answer<Saved> {
    act(cx, &input, Act::Withdraw)
}

/// `month.stand`: lets the acceptance stand that crossed a withdrawal.
pub(crate) fn stand(cx: &Cx<'_>, input: SaidInput) -> Answer<Saved> {
    act(cx, &input, Act::Stand)
}

/// `month.explain`: says why rows differ from what was accepted, of just these rows.
pub(crate) fn explain(cx: &Cx<'_>, input: SaidInput) -> Answer<Saved> {
    let known = own(cx, &input.id)?;
    let now = Now::load(cx, &cx.office, &known.submission.month)?;
    if known.state() != MonthState::Accepted || now.different(&known.then()) == 0 {
        return Err(ErrorDto::new("nothing_to_explain"));
    }
    let note = required("note", &input.note, 500)?;
    let mut upward = Upward::load(cx, input.keep_matches)?;
    upward.check("note", &note)?;
    let digest = submission::now_digest(cx, &known, &now)?;
    say(cx, &known, Word { state: EXPLAINED.to_owned(), note, digest, ..Word::default() })
}

/// `month.get`: one of this office's submissions.
pub(crate) fn get(cx: &Cx<'_>, input: crate::dto::IdInput) -> Answer<SubmissionView> {
    let known = own(cx, &input.id)?;
    let now = Now::load(cx, &cx.office, &known.submission.month)?;
    submission::view(cx, &known, &now)
}
