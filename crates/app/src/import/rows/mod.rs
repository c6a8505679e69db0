//! Rows of a sheet as typed records, each with its origin.

mod dues;
mod meetings;
mod roster;
mod visits;

pub(crate) use dues::{DuesRow, PaidMonth, PaidQuarter, months_of};
pub(crate) use meetings::{MarkEntry, MeetingRow};
pub(crate) use roster::MemberRow;
pub(crate) use visits::{Concern, VisitRow};

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::field::{Field, required};
use super::issue::Findings;
use super::layout::{Column, DataRow, Layout, layout};
use super::sheet::{Cell, Sheet};
use super::value::date::Context;
use super::value::{self, ValueError};
use super::words;
use crate::dto::import::{ImportKind, ImportMapping};

/// Where a record comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Origin {
    /// Sheet name.
    pub sheet: String,
    /// From 1, as the sheet shows it.
    pub row: u32,
    /// Letter and title of the column that names the record.
    pub column: String,
}

/// The rows of one sheet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Rows {
    /// 党员名册
    Roster(Vec<MemberRow>),
    /// 党费台账
    Dues(Vec<DuesRow>),
    /// 三会一课记录
    Meetings(Vec<MeetingRow>),
    /// 走访记录
    Visits(Vec<VisitRow>),
}

/// One sheet with the user's mapping.
struct Source<'a> {
    sheet: &'a Sheet,
    layout: Layout,
    fields: BTreeMap<usize, Field>,
    year: Option<i16>,
    today: Date,
}

impl<'a> Source<'a> {
    fn index(&self, field: Field) -> Option<usize> {
        self.fields.iter().find(|(_, mapped)| **mapped == field).map(|(index, _)| *index)
    }

    fn has(&self, field: Field) -> bool {
        self.index(field).is_some()
    }

    /// The cell itself.
    fn cell<'s>(&'s self, row: &'s DataRow, field: Field) -> &'s Cell {
        static EMPTY: Cell = Cell::Empty;
        self.index(field).map_or(&EMPTY, |index| row.cell(self.sheet, index))
    }

    /// The cell, or the one it is merged with: a date or a group over several rows.
    fn shared<'s>(&'s self, row: &'s DataRow, field: Field) -> &'s Cell {
        static EMPTY: Cell = Cell::Empty;
        let Some(index) = self.index(field) else { return &EMPTY };
        if row.page.is_some() {
            return row.cell(self.sheet, index);
        }
        match self.sheet.merge_at(row.index, index) {
            Some(merge) if merge.left == index => self.sheet.merged_cell(row.index, index),
            _ => self.sheet.cell(row.index, index),
        }
    }

    fn text(&self, row: &DataRow, field: Field) -> String {
        self.shared(row, field).text()
    }

    fn place(&self, field: Field) -> String {
        self.index(field).map(|index| self.place_of(index)).unwrap_or_default()
    }

    /// The row as the sheet shows it, and the column, in which a field of a row or page stands.
    fn spot(&self, row: &DataRow, field: Field) -> (u32, String) {
        let index = self.index(field);
        match index.and_then(|index| row.spot(index)).filter(|_| row.page.is_some()) {
            Some((at, column)) => {
                let title = index.and_then(|index| self.layout.column(index)).map(Column::title).unwrap_or_default();
                (line(at), format!("{} {title}", super::sheet::letter(column)))
            }
            None => (line(row.index), self.place(field)),
        }
    }

    fn place_of(&self, index: usize) -> String {
        self.layout.column(index).map_or_else(|| super::sheet::letter(index), Column::place)
    }

    fn context(&self) -> Context {
        Context { year: self.year, today: self.today }
    }

    /// The same for a row: a page whose title speaks of a year means that one.
    fn context_of(&self, row: &DataRow) -> Context {
        let own = row.page.as_ref().and_then(|page| words::year(&page.title));
        Context { year: own.or(self.year), ..self.context() }
    }

    fn header_line(&self) -> u32 {
        line(self.layout.header_row)
    }

    fn origin(&self, row: &DataRow, field: Field) -> Origin {
        let (row, column) = self.spot(row, field);
        Origin { sheet: self.sheet.name.clone(), row, column }
    }

    /// Whether every mapped cell of the row is blank: a form numbered in advance.
    fn is_blank(&self, row: &DataRow) -> bool {
        self.fields.keys().all(|index| row.cell(self.sheet, *index).is_empty())
    }

    fn report(&self, findings: &mut Findings, row: &DataRow, field: Field, error: ValueError) {
        let (at, column) = self.spot(row, field);
        findings.error_in(&self.sheet.name, line(row.index), at, &column, error);
    }

    fn warn(
        &self,
        findings: &mut Findings,
        row: &DataRow,
        field: Field,
        code: &'static str,
        params: &[(&str, String)],
    ) {
        let (at, column) = self.spot(row, field);
        findings.warn(&self.sheet.name, at, &column, code, params);
    }

    /// A value, or its default with the error reported.
    fn take<T: Default>(
        &self,
        findings: &mut Findings,
        row: &DataRow,
        field: Field,
        value: Result<T, ValueError>,
    ) -> T {
        value.unwrap_or_else(|error| {
            self.report(findings, row, field, error);
            T::default()
        })
    }

    /// Texts no longer than the forms take them.
    fn bounded(&self, findings: &mut Findings, row: &DataRow, texts: &[(Field, &str, usize)]) {
        for (field, text, max) in texts.iter().filter(|(_, text, max)| text.chars().count() > *max) {
            let mut error = ValueError::new("text_too_long", text);
            error.params.insert("max".to_owned(), max.to_string());
            self.report(findings, row, *field, error);
        }
    }

    /// A day that is not to come.
    fn past_day(&self, findings: &mut Findings, row: &DataRow, field: Field) -> Option<value::date::Moment> {
        let moment =
            self.take(findings, row, field, value::date::date(self.shared(row, field), self.context_of(row)))?;
        let found = self.shared(row, field).text();
        if moment.date > self.today {
            self.report(findings, row, field, ValueError::new("date_in_future", &found));
            return None;
        }
        if moment.doubtful {
            self.warn(findings, row, field, "number_lost_zero", &[("found", found), ("read", moment.date.to_string())]);
        }
        Some(moment)
    }

    /// The day of a row, which must have one.
    fn day(&self, findings: &mut Findings, row: &DataRow) -> Option<value::date::Moment> {
        let before = findings.errors.len();
        let moment = self.past_day(findings, row, Field::Date);
        if moment.is_none() && !Self::failed(findings, before) {
            self.report(findings, row, Field::Date, ValueError::new("date_missing", "").example("2026.3.5"));
        }
        moment
    }

    /// The name of the person whose row it is, which must be there, with what stands behind it in brackets.
    fn person(&self, findings: &mut Findings, row: &DataRow) -> Option<(String, String)> {
        let found = value::person::name(self.cell(row, Field::Name));
        match found.and_then(|name| name.ok_or_else(|| ValueError::new("name_missing", ""))) {
            Ok(name) => Some(name),
            Err(error) => {
                self.report(findings, row, Field::Name, error);
                None
            }
        }
    }

    /// Reports texts of a page that belong to no label: what was meant as minutes must not get lost.
    fn loose(&self, findings: &mut Findings, row: &DataRow) {
        for loose in row.page.iter().flat_map(|page| &page.loose) {
            let (page, at, column) = (line(row.index), line(loose.row), super::sheet::letter(loose.column));
            let found: String = loose.text.chars().take(40).collect();
            if loose.beside_printed {
                findings.warn(&self.sheet.name, at, &column, "text_left_out", &[("found", found)]);
            } else {
                let error = ValueError::new("text_without_label", &found);
                findings.error_in(&self.sheet.name, page, at, &column, error);
            }
        }
    }

    /// Reports labels of a page that have two different values.
    fn doubled(&self, findings: &mut Findings, row: &DataRow) {
        for filled in row.page.iter().flat_map(|page| &page.doubled) {
            let Some(field) = self.fields.get(&filled.label) else { continue };
            let mut error = ValueError::new("value_twice", &filled.cell.text());
            error.params.insert("field".to_owned(), field.code());
            let title = self.layout.column(filled.label).map(Column::title).unwrap_or_default();
            let column = format!("{} {title}", super::sheet::letter(filled.column));
            findings.error_in(&self.sheet.name, line(row.index), line(filled.row), &column, error);
        }
    }

    /// Whether a new error came up for the row since `before` errors.
    fn failed(findings: &Findings, before: usize) -> bool {
        findings.errors.len() > before
    }
}

/// A row number as the sheet shows it.
fn line(row: usize) -> u32 {
    u32::try_from(row + 1).unwrap_or(u32::MAX)
}

/// Reads the rows of a sheet by the user's mapping. Errors block only their own row.
pub(super) fn read(sheet: &Sheet, mapping: &ImportMapping, today: Date, findings: &mut Findings) -> Rows {
    let nothing = match mapping.kind {
        ImportKind::Roster => Rows::Roster(Vec::new()),
        ImportKind::Dues => Rows::Dues(Vec::new()),
        ImportKind::Meetings => Rows::Meetings(Vec::new()),
        ImportKind::Visits => Rows::Visits(Vec::new()),
    };
    let Some(layout) = layout(sheet, Some(mapping.kind)) else {
        findings.error(&sheet.name, 1, "", ValueError::new("header_not_found", ""));
        return nothing;
    };
    let fields: BTreeMap<usize, Field> = mapping
        .columns
        .iter()
        .filter_map(|(index, code)| Some((usize::try_from(*index).ok()?, Field::parse(code)?)))
        .collect();
    let year = mapping.year.or(layout.year);
    let source = Source { sheet, layout, fields, year, today };
    let mapped: Vec<Field> = source.fields.values().copied().collect();
    for (place, field) in mapped.iter().enumerate() {
        if !field.repeats() && mapped.iter().take(place).any(|other| other == field) {
            let params = [("field", field.code())];
            findings.warn(&sheet.name, source.header_line(), "", "column_mapped_twice", &params);
        }
    }
    for loose in &source.layout.unused {
        let params = [("found", loose.text.chars().take(40).collect())];
        findings.warn(&sheet.name, line(loose.row), &super::sheet::letter(loose.column), "text_left_out", &params);
    }
    let mut complete = true;
    for field in required(mapping.kind, &mapped) {
        if !mapped.contains(&field) {
            let mut error = ValueError::new("column_not_mapped", "");
            error.params.insert("field".to_owned(), field.code());
            findings.error(&sheet.name, source.header_line(), "", error);
            complete = false;
        }
    }
    if !complete {
        return nothing;
    }
    match mapping.kind {
        ImportKind::Roster => Rows::Roster(roster::read(&source, findings)),
        ImportKind::Dues => Rows::Dues(dues::read(&source, findings)),
        ImportKind::Meetings => Rows::Meetings(meetings::read(&source, findings)),
        ImportKind::Visits => Rows::Visits(visits::read(&source, findings)),
    }
}
