//! 删除 and 已删除: records entered by mistake are marked, with what goes along, and come back by the mark being taken away.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::{BookKey, BookKind, DELETED, RecordOp, Scope, Value, is_deleted, plain_type};
use ybz_domain::ids::{ActorId, ChangeHash, RecordId};
use ybz_domain::ledger::deletion::{Deletion, rule_of};
use ybz_domain::ledger::matter::MATTER;
use ybz_domain::ledger::member::MEMBER;
use ybz_domain::ledger::plan::PLANNED;
use ybz_domain::ledger::session::SESSION;
use ybz_domain::ledger::submission::{Ledger, is_row};
use ybz_domain::ledger::talk::TALK;
use ybz_domain::ledger::training::TRAINING;
use ybz_domain::ledger::visit::{VISIT, Visit, VisitKind};
use ybz_domain::ledger::vote::VOTE;
use ybz_store::BookEdit;

use crate::ErrorDto;
use crate::cases::history::title;
use crate::cases::naming::{Closure, closure, missing};
use crate::cases::upward::reads_own_books;
use crate::cases::{period, submission};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::deleted::{DeletePart, DeletePreview, DeletedListInput, DeletedRow};
use crate::dto::month::MonthState;
use crate::dto::{IdInput, Nothing, Page};
use crate::error::Answer;

/// Types whose entries are given up or void where they stand, by the field `dropped`.
const DROPPED: [&str; 4] = [PLANNED, VOTE, TRAINING, MATTER];

pub(crate) fn part(stored: &Stored) -> DeletePart {
    DeletePart {
        record: stored.view.id.to_string(),
        record_type: plain_type(&stored.view.rtype).to_owned(),
        title: title(&stored.view),
        own: stored.book.kind.scope() == Scope::Own,
    }
}

/// Months of books whose rows may be deleted, as they were found out for one row: the others need not ask again.
#[derive(Default)]
pub(crate) struct OpenMonths(BTreeSet<(BookKey, String)>);

/// Why a record may not be deleted by itself, before anything that names it is looked at.
pub(crate) fn refusal(cx: &Cx<'_>, stored: &Stored, open: &mut OpenMonths) -> Answer<Option<ErrorDto>> {
    let rtype = stored.view.rtype.as_str();
    let rule = rule_of(rtype);
    if rule.deletion == Deletion::Never || stored.book.writer() != cx.office {
        return Ok(Some(ErrorDto::new(rule.instead.unwrap_or("deleted_never"))));
    }
    if rtype == MEMBER && !stored.view.str("transfer").is_empty() {
        return Ok(Some(ErrorDto::new("undo_transfer")));
    }
    // What is kept of a household, a talk or a member stands in books that are not on every device, and would be left behind.
    let private = match rtype {
        VISIT => Visit::read(&stored.view).is_some_and(|v| v.kind != VisitKind::RoundTable && !v.public_place),
        // ID number, phone and income base go along.
        TALK | MEMBER => true,
        _ => false,
    };
    if private && (!reads_own_books(cx) || cx.must_open_private().is_err()) {
        return Ok(Some(ErrorDto::new("deleted_needs_own")));
    }
    let Some(month) = month_of(stored) else { return Ok(None) };
    if open.0.contains(&(stored.book.clone(), month.clone())) {
        return Ok(None);
    }
    if let Some(closed) = closed(cx, stored)? {
        return Ok(Some(closed));
    }
    let year = month.get(..4).and_then(|year| year.parse().ok()).unwrap_or_else(|| cx.today.year());
    let months = submission::load(&cx.unlimited(), false, year)?;
    let known = months.get(&(cx.office, month.clone())).map(submission::Known::state);
    if known.is_some_and(|state| matches!(state, MonthState::Pending)) {
        return Ok(Some(ErrorDto::new("deleted_submitted").with("period", month)));
    }
    open.0.insert((stored.book.clone(), month));
    Ok(None)
}

/// Why the period of a row holds it: asked as the one door asks, so that both tell the same of who closed it.
fn closed(cx: &Cx<'_>, stored: &Stored) -> Answer<Option<ErrorDto>> {
    let op = RecordOp::Clear { id: stored.view.id, field: DELETED.to_owned() };
    match period::must_be_open(cx, &[BookEdit { key: stored.book.clone(), ops: vec![op] }]) {
        Ok(()) => Ok(None),
        Err(error) if error.code.starts_with("period_closed") => Ok(Some(error)),
        Err(error) => Err(error),
    }
}

/// The month of a row of a ledger.
fn month_of(stored: &Stored) -> Option<String> {
    let row = Ledger::of_book(&stored.book.kind).is_some() && is_row(plain_type(&stored.view.rtype));
    stored.view.str("date").get(..7).filter(|_| row).map(str::to_owned)
}

/// Steps that mark records as deleted together with `root`.
pub(crate) fn mark(edits: &mut Edits, set: &BTreeMap<RecordId, Stored>, root: &RecordId) {
    for stored in set.values() {
        let (id, value) = (stored.view.id, root.to_string().into());
        edits.push(stored.book.clone(), RecordOp::Set { id, field: DELETED.to_owned(), value });
    }
}

fn look(cx: &Cx<'_>, id: &str) -> Answer<(Stored, Option<ErrorDto>, Closure)> {
    let stored = cx.own(id)?;
    if !cx.sees(&stored.book.kind) {
        return Err(ErrorDto::new("not_found").with("id", id));
    }
    let refused = match rule_of(&stored.view.rtype).deletion {
        Deletion::Along(_) => Some(ErrorDto::new("deleted_along")),
        _ => refusal(cx, &stored, &mut OpenMonths::default())?,
    };
    let found = match refused {
        Some(_) => Closure::default(),
        None => closure(cx, vec![stored.clone()])?,
    };
    Ok((stored, refused, found))
}

/// `deleted.preview`
pub(crate) fn preview(cx: &Cx<'_>, input: IdInput) -> Answer<DeletePreview> {
    let (stored, refused, found) = look(cx, &input.id)?;
    let along = found.set.values().filter(|one| one.view.id != stored.view.id && cx.sees(&one.book.kind));
    let period = refused.as_ref().and_then(|error| error.params.get("period").cloned()).unwrap_or_default();
    Ok(DeletePreview {
        record: part(&stored),
        along: along.map(part).collect(),
        stops: found.stops.iter().filter(|one| cx.sees(&one.book.kind)).map(part).collect(),
        refused: refused.map(|error| error.code).unwrap_or_default(),
        period,
    })
}

/// `deleted.mark`: marks a record and what goes along, in one change a book.
///
/// # Errors
/// `deleted_referenced` with the type of what names it, as far as the profile sees that; `changed_since` when a book moved while
/// this was looked at; `deleted_submitted`, `deleted_along`, or what is done instead
/// (`undo_payment`, …).
pub(crate) fn delete(cx: &Cx<'_>, input: IdInput) -> Answer<Nothing> {
    let mut edits = Edits::default();
    // Before anything is looked at: what names the record may stand in any book of the office.
    for (key, heads) in cx.catalog()?.into_iter().filter(|(key, _)| key.office == cx.office) {
        edits.unmoved(key, heads);
    }
    let (stored, refused, found) = look(cx, &input.id)?;
    if let Some(refused) = refused {
        return Err(refused);
    }
    if !found.stops.is_empty() {
        // What the profile does not see stops it all the same, and nothing else is told of it.
        let seen = found.stops.iter().find(|one| cx.sees(&one.book.kind));
        let rtype = seen.map(|one| plain_type(&one.view.rtype)).unwrap_or_default();
        let count = found.stops.len();
        return Err(ErrorDto::new("deleted_referenced").with("type", rtype).with("count", count));
    }
    mark(&mut edits, &found.set, &stored.view.id);
    release(cx, &mut edits, &stored)?;
    edits.log("record_deleted", &[("record", input.id.clone()), ("count", found.set.len().to_string())]);
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// A planned session whose session is deleted is open again.
fn release(cx: &Cx<'_>, edits: &mut Edits, stored: &Stored) -> Answer<()> {
    if stored.view.rtype == SESSION {
        for planned in cx.about(PLANNED, &stored.view.id.to_string())? {
            edits.push(planned.book, RecordOp::Clear { id: planned.view.id, field: "ref".to_owned() });
        }
    }
    Ok(())
}

/// `deleted.restore`: takes the mark from a record and from what went along with it.
///
/// # Errors
/// `restore_missing` when it names something that is deleted too.
pub(crate) fn restore(cx: &Cx<'_>, input: IdInput) -> Answer<Nothing> {
    let stored = cx.find_any(&input.id)?.ok_or_else(|| ErrorDto::new("not_found").with("id", &input.id))?;
    let mut edits = Edits::default();
    if !is_deleted(&stored.view.rtype) {
        if !stored.view.flag("dropped") {
            return Err(ErrorDto::new("restore_stands"));
        }
        let op = RecordOp::Set { id: stored.view.id, field: "dropped".to_owned(), value: Value::Bool(false) };
        edits.push(stored.book, op);
        cx.commit(edits)?;
        return Ok(Nothing {});
    }
    let root = stored.view.str(DELETED).to_owned();
    if root != stored.view.id.to_string() {
        return Err(ErrorDto::new("restore_along"));
    }
    let back = along(&cx.unlimited(), &root)?;
    if let Some(gone) = missing(cx, &back)? {
        let rtype = plain_type(&gone.view.rtype).to_owned();
        return Err(ErrorDto::new("restore_missing").with("type", rtype).with("title", title(&gone.view)));
    }
    for one in back.values() {
        let field = DELETED.to_owned();
        edits.push(one.book.clone(), RecordOp::Set { id: one.view.id, field, value: "".into() });
    }
    edits.log("record_restored", &[("record", input.id.clone()), ("count", back.len().to_string())]);
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// Records that are marked as deleted together with one, itself included.
fn along(cx: &Cx<'_>, root: &str) -> Answer<BTreeMap<RecordId, Stored>> {
    let query = ybz_store::RecordQuery { naming: Some(root.to_owned()), ..ybz_store::RecordQuery::default() };
    let found = cx.deleted_records(query)?.into_iter().filter(|one| one.view.str(DELETED) == root);
    Ok(found.map(|one| (one.view.id, one)).collect())
}

/// `deleted.list`: what was deleted, and what was given up where it stands; the last deleted first.
pub(crate) fn list(cx: &Cx<'_>, input: DeletedListInput) -> Answer<Page<DeletedRow>> {
    let marked = cx.deleted_records(ybz_store::RecordQuery { sort: ybz_store::Sort::Id, ..Default::default() })?;
    let mut count: BTreeMap<String, u32> = BTreeMap::new();
    for one in &marked {
        *count.entry(one.view.str(DELETED).to_owned()).or_default() += 1;
    }
    let wanted = input.text.as_deref().map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
    let fits = |one: &Stored| {
        let year = input.year.is_none_or(|year| one.book.year.is_none_or(|of| of == year));
        year && wanted.as_ref().is_none_or(|text| one.row.text.contains(text) || one.row.date.contains(text))
    };
    let (mut rows, mut authors) = (Vec::new(), Authors::new());
    for one in marked.iter().filter(|one| fits(one)) {
        let id = one.view.id.to_string();
        if one.view.str(DELETED) == id {
            rows.push(row(cx, &mut authors, one, DELETED, count.get(&id).map_or(0, |all| all.saturating_sub(1)))?);
        }
    }
    for rtype in DROPPED {
        for one in cx.records(rtype, input.year)?.iter().filter(|one| one.view.flag("dropped") && fits(one)) {
            rows.push(row(cx, &mut authors, one, "dropped", 0)?);
        }
    }
    rows.sort_by(|a, b| b.on.cmp(&a.on).then(b.id.cmp(&a.id)));
    let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let (offset, limit) = (input.offset, if input.limit == 0 { 50 } else { input.limit });
    let skip = usize::try_from(offset).unwrap_or(usize::MAX);
    let take = usize::try_from(limit).unwrap_or(usize::MAX);
    Ok(Page { total, rows: rows.into_iter().skip(skip).take(take).collect() })
}

/// Who wrote a change, and on which day, by book, actor and change: what an action deletes is many records and one change.
type Authors = BTreeMap<(BookKey, ActorId, Option<ChangeHash>), (String, String)>;

fn row(cx: &Cx<'_>, authors: &mut Authors, one: &Stored, field: &str, along: u32) -> Answer<DeletedRow> {
    let seen = one.view.fields.get(field).and_then(|field| field.values.last());
    let (by, on) = match seen {
        None => (String::new(), String::new()),
        Some(seen) => match authors.entry((one.book.clone(), seen.actor, seen.change)) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(new) => new.insert(cx.author(&one.book, seen)?).clone(),
        },
    };
    let told = if one.book.kind == BookKind::households() { String::new() } else { title(&one.view) };
    Ok(DeletedRow {
        id: one.view.id.to_string(),
        record_type: plain_type(&one.view.rtype).to_owned(),
        kind: one.book.kind.to_string(),
        title: told,
        by,
        on,
        how: field.to_owned(),
        along,
    })
}
