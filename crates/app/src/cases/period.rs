//! 锁定: months and years closed by decision, and opened again by another.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::{BookKey, BookKind, RecordOp, Scope, Value, plain_type};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::closing::{CLOSING, Closing, closed, is_period, periods_of, tips};
use ybz_domain::ledger::submission::{Ledger, is_row};
use ybz_store::{BookEdit, ItemQuery, RecordQuery as Query};

use crate::ErrorDto;
use crate::cases::submission::{Now, Then};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::Nothing;
use crate::dto::month::{PeriodInput, PeriodListInput, PeriodRow, SubmissionWord, SubmittedPart};
use crate::error::{Answer, optional, required};
use crate::node::store_error;

/// Decisions on the periods of one office, by the side that made them.
struct Decisions {
    own: BTreeMap<RecordId, Closing>,
    above: BTreeMap<RecordId, Closing>,
    stored: Vec<Stored>,
}

/// Those on one period, or on all. A closing lists every row that it covers, so no more of them are read than needed.
fn decisions(cx: &Cx<'_>, office: &OfficeId, period: Option<&str>) -> Answer<Decisions> {
    let query = Query {
        rtype: Some(CLOSING.to_owned()),
        offices: Some(vec![*office]),
        kind: period.map(str::to_owned),
        ..Query::default()
    };
    let stored = match *office == cx.office {
        true => cx.own_query(&query)?,
        false => cx.query(&query)?.1,
    };
    let mut out = Decisions { own: BTreeMap::new(), above: BTreeMap::new(), stored: Vec::new() };
    let parent = cx.membership().parent(office);
    // What a former superior closed binds nobody any more: it could not open it again.
    let stands = |one: &&Stored| one.book.kind.scope() != Scope::Down || Some(one.book.writer()) == parent;
    for one in stored.iter().filter(stands) {
        let side = if one.book.kind.scope() == Scope::Down { &mut out.above } else { &mut out.own };
        side.extend(Closing::read(&one.view).map(|closing| (one.view.id, closing)));
    }
    out.stored = stored;
    Ok(out)
}

/// The closed period that a month or day of this office lies in, whoever closed it.
pub(crate) fn covering(cx: &Cx<'_>, date: &str) -> Answer<Option<String>> {
    Ok(closed_over(cx, date)?.map(|(period, _)| period))
}

/// The closed period that a month or day lies in, and whether the superior closed it.
fn closed_over(cx: &Cx<'_>, date: &str) -> Answer<Option<(String, bool)>> {
    let mut here = None;
    for period in periods_of(date) {
        let all = decisions(cx, &cx.office, Some(period))?;
        if closed(&all.above).contains(period) {
            return Ok(Some((period.to_owned(), true)));
        }
        here = here.or_else(|| closed(&all.own).contains(period).then(|| (period.to_owned(), false)));
    }
    Ok(here)
}

/// All closed periods of this office, whoever closed them.
pub(crate) fn closed_periods(cx: &Cx<'_>) -> Answer<BTreeSet<String>> {
    let all = decisions(&cx.unlimited(), &cx.office, None)?;
    Ok(closed(&all.own).into_iter().chain(closed(&all.above)).collect())
}

/// Refuses edits of rows that lie in a closed period. The one door asks it: what arrives from elsewhere does not come here.
pub(crate) fn must_be_open(cx: &Cx<'_>, edits: &[BookEdit]) -> Answer<()> {
    let of_ledgers = |edit: &&BookEdit| edit.key.office == cx.office && Ledger::of_book(&edit.key.kind).is_some();
    let mut touched = BTreeSet::new();
    for edit in edits.iter().filter(of_ledgers) {
        let mut seen = BTreeSet::new();
        for op in &edit.ops {
            // Rows of one month are closed together.
            touched.extend(dates(cx, &edit.key, op, &mut seen)?.into_iter().map(month));
        }
    }
    let all = cx.unlimited();
    for month in touched {
        if let Some((period, above)) = closed_over(&all, &month)? {
            let code = if above { "period_closed_above" } else { "period_closed" };
            return Err(ErrorDto::new(code).with("period", period));
        }
    }
    Ok(())
}

/// The month of a day; what is no day stays as it is.
fn month(date: String) -> String {
    date.get(..7).map_or(date.clone(), str::to_owned)
}

/// The dates of the row that a step makes or changes: as it is, and as it will be.
fn dates(cx: &Cx<'_>, key: &BookKey, op: &RecordOp, seen: &mut BTreeSet<RecordId>) -> Answer<Vec<String>> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let (id, new) = match op {
        RecordOp::Create { rtype, fields, .. } => {
            let date = fields.iter().find(|(name, _)| name == "date").and_then(|(_, value)| text(value));
            return Ok(date.filter(|_| is_row(rtype)).into_iter().collect());
        }
        RecordOp::Set { id, field, value } => (id, text(value).filter(|_| field == "date")),
        RecordOp::Clear { id, .. } | RecordOp::EditText { id, .. } => (id, None),
    };
    let mut out: Vec<String> = new.into_iter().collect();
    if seen.insert(*id) {
        let book = key.id();
        let found = cx.node.store.read(|reader| reader.record(Some(&book), id)).map_err(store_error)?;
        // What is deleted or restored was, or will be, a row.
        let row = |stored: &ybz_store::StoredRecord| is_row(plain_type(&stored.view.rtype));
        out.extend(found.filter(row).map(|stored| stored.view.str("date").to_owned()));
    }
    Ok(out)
}

/// The office whose period it is, and the book into which this office writes its decision.
fn place(cx: &Cx<'_>, office: Option<&str>, period: &str) -> Answer<(OfficeId, BookKey)> {
    if !is_period(period) {
        return Err(ErrorDto::new("invalid_input").at("period").with("value", period));
    }
    let year = period.get(..4).and_then(|year| year.parse().ok()).unwrap_or_else(|| cx.today.year());
    match office.filter(|office| !office.is_empty()) {
        None => Ok((cx.office, cx.book(BookKind::tasks(), year))),
        Some(id) => {
            let child = id.parse().ok().filter(|child| cx.membership().children(&cx.office).contains(child));
            let child = child.ok_or_else(|| ErrorDto::new("office_unknown").at("office"))?;
            Ok((child, BookKey::dispatch(child, cx.office, year)))
        }
    }
}

fn record(cx: &Cx<'_>, input: &PeriodInput, close: bool) -> Answer<Nothing> {
    let (office, book) = place(cx, input.office.as_deref(), &input.period)?;
    let all = decisions(cx, &office, Some(&input.period))?;
    let side = if office == cx.office { &all.own } else { &all.above };
    let now = tips(side, &input.period);
    if now.values().any(|one| one.closed) == close {
        let code = if close { "period_is_closed" } else { "period_is_open" };
        return Err(ErrorDto::new(code).with("period", &input.period));
    }
    if close {
        must_be_finished(cx, &office, &input.period)?;
    }
    let note = if close { optional("note", &input.note, 500)? } else { required("note", &input.note, 500)? };
    let parts = match close {
        true => Now::load(cx, &office, &input.period)?.submission(cx, &office, &input.period)?.parts,
        false => BTreeMap::new(),
    };
    let closing = Closing {
        parts,
        period: input.period.clone(),
        closed: close,
        note,
        on: cx.today_text(),
        person: cx.who.name.clone().unwrap_or_default(),
        after: now.keys().copied().collect(),
    };
    let mut edits = Edits::default();
    edits.push(book, closing.create(cx.new_id()));
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// A year with unfinished items does not close, and no period that has not begun.
fn must_be_finished(cx: &Cx<'_>, office: &OfficeId, period: &str) -> Answer<()> {
    if cx.today_text().get(..period.len()).is_some_and(|today| today < period) {
        return Err(ErrorDto::new("month_to_come").at("period").with("month", period));
    }
    if let (4, Ok(year)) = (period.len(), period.parse::<i16>()) {
        let open = open_items(cx, office, year)?;
        if open > 0 {
            return Err(ErrorDto::new("items_not_finished").with("period", period).with("count", open));
        }
    }
    Ok(())
}

/// Unfinished items in the books of a year.
pub(crate) fn open_items(cx: &Cx<'_>, office: &OfficeId, year: i16) -> Answer<u32> {
    let query =
        ItemQuery { offices: vec![*office], only_year: Some(year), finished: Some(false), ..ItemQuery::default() };
    cx.node.store.read(|reader| reader.count_items(&query)).map_err(store_error)
}

/// `period.close`
pub(crate) fn close(cx: &Cx<'_>, input: PeriodInput) -> Answer<Nothing> {
    record(cx, &input, true)
}

/// `period.reopen`: by the side that closed it.
pub(crate) fn reopen(cx: &Cx<'_>, input: PeriodInput) -> Answer<Nothing> {
    record(cx, &input, false)
}

/// `period.list`: periods of a year on which something was decided.
pub(crate) fn list(cx: &Cx<'_>, input: PeriodListInput) -> Answer<Vec<PeriodRow>> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let (office, _) = place(cx, input.office.as_deref(), &format!("{year:04}"))?;
    let all = decisions(cx, &office, None)?;
    let (own, above) = (closed(&all.own), closed(&all.above));
    let mut words: BTreeMap<String, Vec<SubmissionWord>> = BTreeMap::new();
    let mut stored: Vec<&Stored> = all.stored.iter().collect();
    stored.sort_by(|a, b| (&a.row.date, a.view.id).cmp(&(&b.row.date, b.view.id)));
    for one in stored {
        let Some(closing) = Closing::read(&one.view).filter(|c| c.period.starts_with(&format!("{year:04}"))) else {
            continue;
        };
        let by = one.view.fields.get("state").and_then(|field| field.values.last());
        words.entry(closing.period).or_default().push(SubmissionWord {
            state: if closing.closed { "closed" } else { "reopened" }.to_owned(),
            from_above: one.book.kind.scope() == Scope::Down,
            note: closing.note,
            on: closing.on,
            person: closing.person,
            by: by.map_or(Ok((String::new(), String::new())), |seen| cx.author(&one.book, seen))?.0,
        });
    }
    let mut rows = Vec::new();
    for (period, words) in words {
        let (closed_here, closed_above) = (own.contains(&period), above.contains(&period));
        let side = match (closed_here, closed_above) {
            (true, _) => Some(&all.own),
            (false, true) => Some(&all.above),
            (false, false) => None,
        };
        let (parts, different) = side.map_or(Ok((Vec::new(), 0)), |side| amended(cx, office, side, &period))?;
        rows.push(PeriodRow { closed_here, closed_above, period, words, parts, different });
    }
    Ok(rows)
}

/// What arrived for a period after one side closed it, by the rows that the closing names.
fn amended(
    cx: &Cx<'_>,
    office: OfficeId,
    side: &BTreeMap<RecordId, Closing>,
    period: &str,
) -> Answer<(Vec<SubmittedPart>, u32)> {
    // Of several that closed it at the same time the first made counts.
    let now = tips(side, period);
    let Some(closing) = now.values().find(|one| one.closed) else { return Ok((Vec::new(), 0)) };
    let then = Then { office, period, parts: &closing.parts };
    Now::load(cx, &office, period)?.compared(cx, &then)
}
