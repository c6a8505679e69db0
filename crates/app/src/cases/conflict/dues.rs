//! Two computers that assessed a member's dues from the same month on. An assessment is an entry of its own and no field, so both
//! stand; what each of them says is laid side by side until one is entered over all.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::BookKey;
use ybz_domain::ids::{DeviceId, RecordId};
use ybz_domain::ledger::dues::{ASSESSMENT, Account, Assessment};

use super::written;
use crate::ErrorDto;
use crate::cases::dues::{account, bases, put};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::conflict::{ConflictRow, ConflictValue, SettleInput, Settled};
use crate::dto::history::OpenedPart;
use crate::error::Answer;
use crate::node::store_error;

/// Stands for a field in the rows: `over/2026-03`, from which month on.
const FROM: &str = "over/";

/// Whether a row's field is one of these.
pub(super) fn is_one(field: &str) -> bool {
    field.starts_with(FROM)
}

/// What one computer entered, with who that was.
struct Side {
    id: RecordId,
    assessment: Assessment,
    stored: Stored,
    written: ConflictValue,
}

/// What waits, for each the newest of every device: a computer knows what it entered itself.
fn waiting(cx: &Cx<'_>, account: &Account) -> Answer<Vec<Vec<Side>>> {
    let mut found = Vec::new();
    for rivals in account.rivals() {
        let mut sides = Vec::new();
        let mut devices: BTreeSet<Option<DeviceId>> = BTreeSet::new();
        for (id, assessment) in rivals.into_iter().rev() {
            let Some(stored) = cx.find(&id.to_string())? else { continue };
            let Some(seen) = stored.view.fields.get("amount").and_then(|field| field.values.first()) else { continue };
            let device = cx.writer(&stored.book, seen)?.map(|author| author.device);
            // Of two that nobody knows by name each counts.
            if device.is_none() || devices.insert(device) {
                let written = written(cx, &stored, seen)?;
                sides.push(Side { id: *id, assessment: assessment.clone(), stored, written });
            }
        }
        if sides.len() > 1 {
            found.push(sides);
        }
    }
    Ok(found)
}

/// Names what was shown: entries never change.
fn seen_of(sides: &[Side]) -> String {
    let ids: BTreeSet<String> = sides.iter().map(|side| side.id.to_string()).collect();
    ids.into_iter().collect::<Vec<_>>().join(" ")
}

/// How many members and months wait.
pub(super) fn count(cx: &Cx<'_>) -> Answer<usize> {
    let account = account(cx)?;
    Ok(waiting(cx, &account)?.len())
}

/// How many of them say what is owed for a month (`2026-03`).
pub(crate) fn count_by(cx: &Cx<'_>, month: &str) -> Answer<usize> {
    let account = account(cx)?;
    let of_month = |sides: &&Vec<Side>| sides.iter().all(|side| side.assessment.from_month.as_str() <= month);
    Ok(waiting(cx, &account)?.iter().filter(of_month).count())
}

/// How many of them have a side in a book.
pub(crate) fn count_in(cx: &Cx<'_>, key: &BookKey) -> Answer<usize> {
    let account = account(cx)?;
    let inside = |sides: &&Vec<Side>| sides.iter().any(|side| side.stored.book == *key);
    Ok(waiting(cx, &account)?.iter().filter(inside).count())
}

/// Rows of `conflict.list`; the bases are opened only where somebody is to choose.
pub(super) fn rows(cx: &Cx<'_>, names: &BTreeMap<RecordId, String>, open: bool) -> Answer<Vec<ConflictRow>> {
    let account = account(cx)?;
    let found = waiting(cx, &account)?;
    let wanted: BTreeSet<String> = found.iter().flatten().map(|side| side.id.to_string()).collect();
    let bases = if open && !wanted.is_empty() { bases(cx, &wanted)? } else { BTreeMap::new() };
    let part = |name: &str, value: String| OpenedPart { name: name.to_owned(), value };
    let mut rows = Vec::new();
    for sides in found {
        let Some(Side { id, assessment, stored, .. }) = sides.first() else { continue };
        let mut row = ConflictRow {
            book: stored.book.id().to_string(),
            record: id.to_string(),
            record_type: ASSESSMENT.to_owned(),
            title: String::new(),
            field: format!("{FROM}{}", assessment.from_month),
            subject: assessment.member.parse().ok().and_then(|member| names.get(&member)).cloned(),
            sealed: true,
            entry: None,
            seen: seen_of(&sides),
            values: Vec::new(),
        };
        for Side { id, assessment, written, .. } in &sides {
            let base = bases.get(&id.to_string());
            let mut opened = Vec::new();
            if open {
                opened.push(part("kind", assessment.class.as_str().to_owned()));
                opened.extend(base.map(|fen| part("base", fen.to_string())));
                opened.push(part("amount", assessment.monthly_fen.to_string()));
            }
            let closed = open && assessment.rate_bp.is_some() && base.is_none();
            row.values.push(ConflictValue { value: id.to_string(), opened, closed, ..written.clone() });
        }
        row.values.sort_by(|a, b| (&a.on, &a.value).cmp(&(&b.on, &b.value)));
        rows.push(row);
    }
    Ok(rows)
}

/// Enters what one side says once more, over all of them.
///
/// # Errors
/// `changed_since` when others wait than were shown, or nothing any more. `private_closed` where a base does not open here, unless the
/// person said to choose without it; what is chosen is never one of those.
pub(super) fn settle(cx: &Cx<'_>, input: &SettleInput) -> Answer<Settled> {
    let account = account(cx)?;
    let found = waiting(cx, &account)?;
    let sides = found.iter().find(|sides| sides.iter().any(|side| side.id.to_string() == input.record));
    let sides = sides.filter(|sides| seen_of(sides) == input.seen);
    let sides = sides.ok_or_else(|| ErrorDto::new("changed_since").at("field"))?;
    let chosen = sides.iter().find(|side| side.id.to_string() == input.value);
    let Side { id, assessment, stored, .. } = chosen.ok_or_else(|| ErrorDto::new("invalid_input").at("value"))?;
    let mut bases = bases(cx, &sides.iter().map(|side| side.id.to_string()).collect())?;
    let shut = |side: &Side| side.assessment.rate_bp.is_some() && !bases.contains_key(&side.id.to_string());
    let unread = sides.iter().filter(|side| shut(side)).count();
    if unread > 0 && (!input.unread || chosen.is_some_and(shut)) {
        return Err(ErrorDto::new("private_closed").at("value"));
    }
    let base = bases.remove(&id.to_string());
    let again = Assessment {
        over: account.assessed_from(&assessment.member, &assessment.from_month),
        recorded_on: cx.today_text(),
        ..assessment.clone()
    };
    let member = again.member.parse().map_err(|error| ErrorDto::internal("member", &error))?;
    let year = stored.book.year.unwrap_or_else(|| cx.today.year());
    let mut edits = Edits::default();
    if unread > 0 {
        edits.log("conflict_unread", &[("record", id.to_string()), ("count", unread.to_string())]);
    }
    put(cx, &mut edits, member, year, &again, base)?;
    // What came in between is laid side by side first.
    let books: BTreeSet<BookKey> = sides.iter().map(|side| side.stored.book.clone()).collect();
    for book in books {
        let heads = cx.node.store.heads(&book.id()).map_err(store_error)?;
        edits.unmoved(book, heads);
    }
    let now = self::account(cx)?;
    if !waiting(cx, &now)?.iter().any(|sides| seen_of(sides) == input.seen) {
        return Err(ErrorDto::new("changed_since").at("field"));
    }
    cx.commit(edits)?;
    Ok(Settled { undo: None })
}
