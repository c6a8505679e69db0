//! A new version of a form takes over what was pointed at in the one before, where the cells are the same.

use super::form::{Form, FormSheet};
use super::key::Key;
use super::limits;
use super::mapping::{Mapping, label, note};
use super::place::Place;
use crate::dto::fill::{FillNote, FillPlace};

/// How far a label is looked for.
const FAR: u32 = 60;

/// What makes a cell recognisable: its own words, how far it is merged, and the labels left of and above it.
type Looks = (String, Option<(u32, u32)>, Option<String>, Option<String>);

fn looks(form: &Form, sheet: &FormSheet, place: Place) -> Looks {
    let merged = sheet.at.merge(place).map(|area| (area.to.row - area.from.row, area.to.column - area.from.column));
    let left =
        (1..place.column).rev().take(FAR as usize).find_map(|column| label(form, sheet, Place { column, ..place }));
    let above = (1..place.row).rev().take(FAR as usize).find_map(|row| label(form, sheet, Place { row, ..place }));
    (form.text_at(sheet, place), merged, left, above)
}

/// Places that stand in the new version too, and those that do not.
pub(super) fn carried(old: &Form, new: &Form, places: &[FillPlace]) -> (Vec<FillPlace>, Vec<FillNote>) {
    let (mut same, mut lost): (Vec<(&FillPlace, Place)>, Vec<FillNote>) = (Vec::new(), Vec::new());
    for place in places.iter().take(limits::PLACES) {
        let Some(cell) = Place::read(&place.cell) else { continue };
        let code = match (old.sheet(&place.sheet), new.sheet(&place.sheet)) {
            (_, None) => Some("sheet_gone"),
            (Some(before), Some(after)) if looks(old, before, cell) != looks(new, after, cell) => Some("cell_differs"),
            _ => None,
        };
        match code {
            Some(code) => lost.push(note(code, place, &cell)),
            None => same.push((place, cell)),
        }
    }
    // Checking costs as much as the whole mapping: what fits as a whole, as it mostly does, is not tried place by place.
    let mut kept: Vec<FillPlace> = same.iter().map(|(place, _)| (*place).clone()).collect();
    if Mapping::of(new, &kept).is_ok() {
        return (kept, lost);
    }
    kept.clear();
    for (place, cell) in same {
        // The form may have more or fewer rows now: with the last row as it was, else as far as there is room.
        kept.push(place.clone());
        if Mapping::of(new, &kept).is_ok() {
            continue;
        }
        let before = kept.clone();
        let table = |place: &FillPlace| Key::read(&place.key).and_then(|key| key.table().map(str::to_owned));
        let own = table(place);
        for one in kept.iter_mut().filter(|one| own.is_some() && table(one) == own) {
            one.last_row = None;
        }
        if let Err(error) = Mapping::of(new, &kept) {
            kept = before;
            kept.pop();
            lost.push(note(&error.code, place, &cell));
        }
    }
    (kept, lost)
}
