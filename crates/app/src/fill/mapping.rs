//! What was pointed at: places are checked against the form before they are kept.

use std::collections::{BTreeMap, BTreeSet};

use super::form::{Form, FormSheet};
use super::key::Key;
use super::limits;
use super::place::Place;
use super::slots::{room, slots};
use crate::ErrorDto;
use crate::dto::fill::{FillNote, FillPlace};
use crate::error::Answer;

/// A place of a form, checked.
#[derive(Debug, Clone)]
pub(super) struct Mapped {
    /// What goes there.
    pub(super) key: Key,
    /// Name of the sheet.
    pub(super) sheet: String,
    /// The first cell.
    pub(super) place: Place,
    /// Of a column: the last row.
    pub(super) last: u32,
}

/// A table in its place.
#[derive(Debug, Clone)]
pub(super) struct MappedTable {
    /// Rows of the form that take a row each.
    pub(super) slots: Vec<u32>,
}

/// A mapping that fits the form.
#[derive(Debug, Clone, Default)]
pub(super) struct Mapping {
    /// Its places.
    pub(super) places: Vec<Mapped>,
    /// Tables by key.
    pub(super) tables: BTreeMap<String, MappedTable>,
}

fn at(code: &str, place: &FillPlace) -> ErrorDto {
    ErrorDto::new(code).at("places").with("sheet", &place.sheet).with("cell", &place.cell).with("key", &place.key)
}

/// One place by itself: the key is one, the sheet is there, and no formula fills the cell.
fn mapped(form: &Form, place: &FillPlace) -> Answer<Mapped> {
    let key = Key::read(&place.key).ok_or_else(|| at("fill_key_unknown", place))?;
    let sheet = form.sheet(&place.sheet).ok_or_else(|| at("fill_sheet_missing", place))?;
    let cell = Place::read(&place.cell).ok_or_else(|| at("fill_cell_unknown", place))?;
    // Of merged cells only the first one holds anything.
    let cell = sheet.at.merge(cell).map_or(cell, |area| area.from);
    if sheet.at.has_formula(cell) {
        return Err(at("cell_has_formula", &FillPlace { cell: cell.to_string(), ..place.clone() }));
    }
    let last = place.last_row.unwrap_or_default().min(limits::LAST_ROW);
    Ok(Mapped { key, sheet: place.sheet.clone(), place: cell, last })
}

impl Mapping {
    /// Checks places against a form and settles what was left open.
    ///
    /// # Errors
    /// `too_many`, `fill_key_unknown`, `fill_sheet_missing`, `fill_cell_unknown`, `cell_has_formula`, `cell_taken`,
    /// `fill_rows_differ`, `fill_no_room`, each with sheet, cell and key.
    pub(super) fn of(form: &Form, places: &[FillPlace]) -> Answer<Self> {
        if places.len() > limits::PLACES {
            return Err(ErrorDto::new("too_many").at("places").with("max", limits::PLACES));
        }
        let mut out = Self::default();
        for place in places {
            out.places.push(mapped(form, place)?);
        }
        out.settle_tables(form, places)?;
        out.one_each(places)?;
        Ok(out)
    }

    /// Rows of a table stand in one line: all its columns begin in the same row and end in the same.
    fn settle_tables(&mut self, form: &Form, given: &[FillPlace]) -> Answer<()> {
        let mut tables: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (n, place) in self.places.iter().enumerate() {
            if let Some(table) = place.key.table() {
                tables.entry(table.to_owned()).or_default().push(n);
            }
        }
        for (table, members) in tables {
            let all: Vec<Mapped> = members.iter().filter_map(|n| self.places.get(*n)).cloned().collect();
            let Some(first) = all.first() else { continue };
            let differing = |other: &&Mapped| other.sheet != first.sheet || other.place.row != first.place.row;
            if let Some(other) = all.iter().find(differing) {
                return Err(told("fill_rows_differ", other, given).with("row", first.place.row));
            }
            let Some(sheet) = form.sheet(&first.sheet) else { continue };
            let columns: Vec<u32> = all.iter().map(|one| one.place.column).collect();
            let (top, said) = (first.place.row, all.iter().map(|one| one.last).max().unwrap_or_default());
            let last = if said == 0 { room(form, sheet, &columns, top) } else { said };
            if last < top || last - top >= limits::TABLE_ROWS {
                return Err(told("fill_no_room", first, given));
            }
            let slots = slots(sheet, &columns, top, last);
            if slots.is_empty() {
                return Err(told("fill_no_room", first, given));
            }
            for (row, one) in slots.iter().flat_map(|row| all.iter().map(move |one| (*row, one))) {
                let place = Place { row, column: one.place.column };
                if sheet.at.has_formula(place) {
                    return Err(told("cell_has_formula", &Mapped { place, ..one.clone() }, given));
                }
            }
            for n in members {
                if let Some(place) = self.places.get_mut(n) {
                    place.last = last;
                }
            }
            self.tables.insert(table, MappedTable { slots });
        }
        Ok(())
    }

    /// No cell takes two values.
    fn one_each(&self, given: &[FillPlace]) -> Answer<()> {
        let mut taken: BTreeSet<(&str, Place)> = BTreeSet::new();
        for place in &self.places {
            for cell in self.cells(place) {
                if !taken.insert((&place.sheet, cell)) {
                    return Err(told("cell_taken", &Mapped { place: cell, ..place.clone() }, given));
                }
            }
        }
        Ok(())
    }

    /// The cells that a place takes.
    pub(super) fn cells(&self, place: &Mapped) -> Vec<Place> {
        match place.key.table().and_then(|table| self.tables.get(table)) {
            Some(table) => table.slots.iter().map(|row| Place { row: *row, column: place.place.column }).collect(),
            None => vec![place.place],
        }
    }

    /// Places as they are kept, in the order in which they were given.
    pub(super) fn kept(&self, given: &[FillPlace]) -> Vec<FillPlace> {
        given
            .iter()
            .zip(&self.places)
            .map(|(given, place)| FillPlace {
                key: given.key.clone(),
                sheet: place.sheet.clone(),
                cell: place.place.to_string(),
                last_row: place.key.table().map(|_| place.last),
            })
            .collect()
    }

    /// Words of the form that would be replaced.
    pub(super) fn notes(&self, form: &Form, given: &[FillPlace]) -> Vec<FillNote> {
        let mut out = Vec::new();
        for (given, place) in given.iter().zip(&self.places) {
            let Some(sheet) = form.sheet(&place.sheet) else { continue };
            let worded = |cell: &Place| !form.text_at(sheet, *cell).is_empty();
            if let Some(cell) = self.cells(place).into_iter().find(worded) {
                out.push(note("cell_has_text", given, &cell));
            }
        }
        out
    }
}

/// Something to know about a place.
pub(super) fn note(code: &str, place: &FillPlace, cell: &Place) -> FillNote {
    let (key, sheet) = (place.key.clone(), place.sheet.clone());
    FillNote { code: code.to_owned(), key, sheet, cell: cell.to_string() }
}

/// An error at a place, with the key as it was given.
fn told(code: &str, place: &Mapped, given: &[FillPlace]) -> ErrorDto {
    let key = given.iter().find(|one| Key::read(&one.key).as_ref() == Some(&place.key)).map(|one| one.key.as_str());
    ErrorDto::new(code)
        .at("places")
        .with("sheet", &place.sheet)
        .with("cell", place.place)
        .with("key", key.unwrap_or_default())
}

/// The words of a cell that no formula makes: what labels are.
pub(super) fn label(form: &Form, sheet: &FormSheet, place: Place) -> Option<String> {
    let place = sheet.at.merge(place).map_or(place, |area| area.from);
    if sheet.at.has_formula(place) {
        return None;
    }
    Some(form.text_at(sheet, place)).filter(|text| !text.is_empty())
}
