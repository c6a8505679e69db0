//! What a sheet seems to hold, and what its columns do.

use std::collections::{BTreeMap, BTreeSet};

use super::{LOOKED_AT, Layout};
use crate::dto::import::ImportKind;
use crate::import::field::Field;
use crate::import::sheet::Sheet;
use crate::import::value::date::Context;
use crate::import::value::{self, mark, person};
use crate::import::words;

pub(super) fn guess_kind(sheet: &Sheet, layout: &Layout) -> Option<ImportKind> {
    let scored = words::KINDS.map(|kind| {
        let fields = guess_fields(sheet, layout, kind);
        let distinct: BTreeSet<Field> = fields
            .values()
            .map(|field| match field {
                Field::Month(_) | Field::MonthOn(_) | Field::Quarter(_) | Field::QuarterOn(_) => Field::Month(1),
                other => *other,
            })
            .collect();
        let mapped: Vec<Field> = distinct.iter().copied().collect();
        let complete = crate::import::field::required(kind, &mapped).iter().all(|field| mapped.contains(field));
        let months = fields.values().filter(|field| matches!(field, Field::Month(_) | Field::Quarter(_))).count();
        let mut points = 2 * distinct.len() + 5 * words::hints(kind, &layout.title);
        // Words that only one ledger uses.
        points += 3 * distinct
            .iter()
            .filter(|field| {
                matches!(
                    field,
                    Field::BirthMonth
                        | Field::Joined
                        | Field::Base
                        | Field::Monthly
                        | Field::Chair
                        | Field::Topic
                        | Field::Session
                        | Field::Attendee
                        | Field::Visitors
                        | Field::Request
                        | Field::Door
                )
            })
            .count();
        points += months;
        (kind, if complete && distinct.len() > 1 { points } else { 0 })
    });
    scored.into_iter().filter(|(_, points)| *points > 0).max_by_key(|(_, points)| *points).map(|(kind, _)| kind)
}

pub(super) fn guess_fields(sheet: &Sheet, layout: &Layout, kind: ImportKind) -> BTreeMap<usize, Field> {
    let mut fields: BTreeMap<usize, Field> = BTreeMap::new();
    let found = || layout.columns.iter().filter_map(|column| words::field(kind, &column.parts));
    // In a ledger by quarters 应缴金额 may be a quarter's: only a title that says so is taken as a month's.
    let by_quarter = found().any(|field| matches!(field, Field::Quarter(_)))
        && !found().any(|field| matches!(field, Field::Month(_)));
    for column in &layout.columns {
        if let Some(field) = words::field(kind, &column.parts)
            && !fields.values().any(|taken| *taken == field)
            && (field != Field::Monthly || !by_quarter || words::is_by_month(&column.parts))
        {
            fields.insert(column.index, field);
        }
    }
    if kind == ImportKind::Meetings && layout.rows.iter().all(|row| row.page.is_none()) {
        guess_roll_call(sheet, layout, &mut fields);
    }
    fields
}

/// The columns of a roll call: members across the top, or sessions across the top and members down the side.
fn guess_roll_call(sheet: &Sheet, layout: &Layout, fields: &mut BTreeMap<usize, Field>) {
    let cells = |index: usize| layout.rows.iter().take(LOOKED_AT).map(move |row| row.cell(sheet, index));
    let context = Context { year: layout.year.or(Some(2000)), today: jiff::civil::Date::constant(2098, 12, 31) };
    let dated = !fields.values().any(|field| *field == Field::Date);
    for column in &layout.columns {
        if fields.contains_key(&column.index) || column.parts.is_empty() {
            continue;
        }
        let last = column.parts.last().map(String::as_str).unwrap_or_default();
        if words::is_title_word(last) {
            continue;
        }
        let session = value::date::leading(&column.title(), context).is_some();
        if dated && session {
            if cells(column.index).all(|cell| cell.is_empty()) || mark::looks_like_marks(cells(column.index)) {
                fields.insert(column.index, Field::Session);
            }
        } else if !dated && person::looks_like_name(last) && mark::looks_like_marks(cells(column.index)) {
            fields.insert(column.index, Field::Attendee);
        }
    }
    if !fields.values().any(|field| *field == Field::Session) {
        fields.retain(|_, field| *field != Field::Name);
    }
}
