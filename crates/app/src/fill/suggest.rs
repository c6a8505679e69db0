//! Labels of a form that say what belongs beside or below them. A person confirms each.

use std::collections::{BTreeMap, BTreeSet};

use super::form::{Form, FormSheet};
use super::key::Key;
use super::limits;
use super::mapping::{Mapping, label};
use super::place::Place;
use crate::dto::fill::{FillField, FillPlace};

/// A label without what people put around it.
fn plain(text: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && !"::*＊()()【】[]、,,.。_－-".contains(*c);
    text.chars().filter(kept).flat_map(char::to_lowercase).collect()
}

/// The same without what stands in brackets at its end, as the unit of `金额(元)`.
fn bare(text: &str) -> String {
    let text = text.trim();
    let open = text.ends_with([')', '）']).then(|| text.rfind(['(', '（'])).flatten();
    plain(open.and_then(|at| text.get(..at)).unwrap_or(text))
}

/// Places that labels propose, for fields that were not pointed at yet.
pub(super) fn suggestions(form: &Form, fields: &[FillField], places: &[FillPlace]) -> Vec<FillPlace> {
    proposed(form, fields, places).0
}

/// The same, with how often a proposal was checked against the form: each time costs as much as the whole mapping, and the form
/// is another's file.
pub(super) fn proposed(form: &Form, fields: &[FillField], places: &[FillPlace]) -> (Vec<FillPlace>, usize) {
    let placed: BTreeSet<&str> = places.iter().map(|place| place.key.as_str()).collect();
    let mut wanted: BTreeMap<String, Vec<&FillField>> = BTreeMap::new();
    for field in fields.iter().filter(|field| ["fact", "column"].contains(&field.group.as_str())) {
        if !placed.contains(field.key.as_str()) && !plain(&field.label).is_empty() {
            wanted.entry(plain(&field.label)).or_default().push(field);
        }
    }
    // A label without its unit means a field where no other field is called so.
    let mut bared: BTreeMap<String, Vec<&FillField>> = BTreeMap::new();
    for field in wanted.values().flatten() {
        bared.entry(bare(&field.label)).or_default().push(*field);
    }
    for (words, these) in bared {
        if these.len() == 1 && !words.is_empty() {
            wanted.entry(words).or_insert(these);
        }
    }
    let mut out = places.to_vec();
    let mut found: Vec<FillPlace> = Vec::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut tried: BTreeMap<&str, usize> = BTreeMap::new();
    for sheet in form.shown() {
        let meant = labels(form, sheet).filter_map(|(place, text)| {
            let these = wanted.get(&plain(&text)).or_else(|| wanted.get(&bare(&text)));
            these.map(|these| (place, these))
        });
        for (place, field) in
            meant.take(limits::LABELS).flat_map(|(place, these)| these.iter().map(move |f| (place, f)))
        {
            if done.contains(field.key.as_str()) {
                continue;
            }
            let Some(proposed) = beside(form, sheet, place, field) else { continue };
            let times = tried.entry(&field.key).or_default();
            if *times >= limits::LABELS_OF_FIELD {
                continue;
            }
            *times += 1;
            // One that does not go together with the others is left to the person.
            out.push(proposed.clone());
            if Mapping::of(form, &out).is_err() {
                out.pop();
                continue;
            }
            done.insert(&field.key);
            found.push(proposed);
        }
    }
    (found, tried.values().sum())
}

fn labels<'a>(form: &'a Form, sheet: &'a FormSheet) -> impl Iterator<Item = (Place, String)> + 'a {
    let cells = sheet.at.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.number, cell)));
    cells.filter(|(_, cell)| cell.formula.is_none()).filter_map(|(row, cell)| {
        let text = form.text(cell);
        let short = (1..=40).contains(&text.trim().chars().count());
        short.then_some((Place { row, column: cell.column }, text))
    })
}

/// The blank cell right of a label, else below it; below it for columns.
fn beside(form: &Form, sheet: &FormSheet, place: Place, field: &FillField) -> Option<FillPlace> {
    let area = sheet.at.merge(place);
    let (bottom, right) = area.map_or((place.row, place.column), |area| (area.to.row, area.to.column));
    let below = Place { row: bottom + 1, column: place.column };
    let across = Place { row: place.row, column: right + 1 };
    let column = matches!(Key::read(&field.key), Some(Key::Column(..)));
    let tried: &[Place] = if column { &[below] } else { &[across, below] };
    let blank = |cell: &&Place| {
        let first = sheet.at.merge(**cell).map_or(**cell, |area| area.from);
        let known = sheet.at.cell(first).is_some() || sheet.at.merge(first).is_some() || column;
        known && first == **cell && !sheet.at.has_formula(first) && label(form, sheet, first).is_none()
    };
    let cell = tried.iter().find(blank)?;
    Some(FillPlace { key: field.key.clone(), sheet: sheet.name.name.clone(), cell: cell.to_string(), last_row: None })
}
