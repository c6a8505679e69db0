//! A form of a higher body as it was opened: its package, its sheets, and what its cells look like.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::error::damaged;
use super::limits;
use super::package::Package;
use super::place::Place;
use super::scan::{CellAt, Count, SheetAt};
use super::strings;
use super::styles::{Format, Styles};
use super::value::{Content, rendered};
use super::workbook::{SheetName, WorkbookPart};
use super::write::{self, Writes};
use crate::ErrorDto;
use crate::dto::sheet::SheetCell;
use crate::error::Answer;

/// One sheet of a form.
#[derive(Debug, Clone)]
pub(super) struct FormSheet {
    /// Name and part.
    pub(super) name: SheetName,
    /// Where everything stands.
    pub(super) at: SheetAt,
    bytes: Vec<u8>,
}

/// An opened form.
#[derive(Debug, Clone)]
pub(super) struct Form {
    package: Package,
    workbook: WorkbookPart,
    workbook_bytes: Vec<u8>,
    /// Its sheets, hidden ones too: their formulas are computed anew as well.
    pub(super) sheets: Vec<FormSheet>,
    styles: Styles,
    strings: Vec<String>,
}

impl Form {
    /// Opens the bytes of a form.
    ///
    /// # Errors
    /// `template_not_xlsx`, `template_protected`, `template_damaged`, `template_too_large`. Never panics.
    pub(super) fn open(bytes: Vec<u8>) -> Answer<Self> {
        // The readers of packed data and of XML are other people's code, and the file may be anything.
        catch_unwind(AssertUnwindSafe(|| Self::opened(bytes))).unwrap_or_else(|_| Err(damaged()))
    }

    fn opened(bytes: Vec<u8>) -> Answer<Self> {
        let package = Package::open(bytes)?;
        if !package.names().any(|name| name.eq_ignore_ascii_case("[Content_Types].xml")) {
            return Err(ErrorDto::new("template_not_xlsx").at("file"));
        }
        let mut left = limits::UNPACKED_BYTES;
        let (workbook, workbook_bytes) = WorkbookPart::read(&package, &mut left)?;
        let mut part = |name: &Option<String>| match name {
            Some(name) => package.part(name, &mut left),
            None => Ok(None),
        };
        let styles = part(&workbook.styles)?.map(|bytes| Styles::read(&bytes)).transpose()?.unwrap_or_default();
        let strings = part(&workbook.strings)?.map(|bytes| strings::read(&bytes)).transpose()?.unwrap_or_default();
        let (mut sheets, mut count) = (Vec::new(), Count::default());
        for name in &workbook.sheets {
            let bytes = part(&Some(name.part.clone()))?.ok_or_else(damaged)?;
            let at = SheetAt::read(&bytes, &mut count)?;
            sheets.push(FormSheet { name: name.clone(), at, bytes });
        }
        Ok(Self { package, workbook, workbook_bytes, sheets, styles, strings })
    }

    /// A sheet that a person sees, by its name.
    pub(super) fn sheet(&self, name: &str) -> Option<&FormSheet> {
        self.sheets.iter().find(|sheet| !sheet.name.hidden && sheet.name.name == name)
    }

    /// Sheets that a person sees.
    pub(super) fn shown(&self) -> impl Iterator<Item = &FormSheet> {
        self.sheets.iter().filter(|sheet| !sheet.name.hidden)
    }

    /// What a cell of the file shows, as far as that is text or a number.
    pub(super) fn text(&self, cell: &CellAt) -> String {
        match cell.kind.as_str() {
            "s" => cell.value.trim().parse().ok().and_then(|place: usize| self.strings.get(place)).cloned(),
            _ => Some(cell.value.clone()),
        }
        .unwrap_or_default()
    }

    /// What stands in a cell, trimmed.
    pub(super) fn text_at(&self, sheet: &FormSheet, place: Place) -> String {
        sheet.at.cell(place).map(|cell| self.text(cell).trim().to_owned()).unwrap_or_default()
    }

    /// The format of a cell.
    pub(super) fn format(&self, sheet: &FormSheet, place: Place) -> Format {
        sheet.at.style(place).map(|style| self.styles.format(style)).unwrap_or_default()
    }

    /// A value as the cell takes it.
    pub(super) fn content(&self, sheet: &FormSheet, place: Place, value: &SheetCell) -> Content {
        rendered(value, self.format(sheet, place), self.workbook.from_1904)
    }

    /// The form with values in some cells, by sheet. Whatever was computed before is not kept.
    ///
    /// # Errors
    /// `internal`, `template_damaged`.
    pub(super) fn filled(&self, values: &BTreeMap<String, BTreeMap<Place, SheetCell>>) -> Answer<Vec<u8>> {
        let mut replaced = BTreeMap::new();
        let mut computes = false;
        for sheet in &self.sheets {
            let mut writes = Writes::new();
            for (place, value) in values.get(&sheet.name.name).filter(|_| !sheet.name.hidden).into_iter().flatten() {
                writes.insert(*place, self.content(sheet, *place, value));
            }
            let formulas = sheet.at.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.formula.is_some());
            computes |= formulas;
            if writes.is_empty() && !formulas {
                continue;
            }
            let written = write::written(&sheet.bytes, &sheet.at, &writes)?;
            if written != sheet.bytes {
                replaced.insert(sheet.name.part.clone(), written);
            }
        }
        if computes {
            replaced.insert(self.workbook.part.clone(), self.workbook.computing_anew(&self.workbook_bytes)?);
        }
        self.package.write(&replaced)
    }
}
