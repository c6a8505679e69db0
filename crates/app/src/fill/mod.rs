//! 上级模板: a higher body's own XLSX form, filled cell for cell.
//!
//! ```text
//! bytes ─package─► parts ─scan─► where every cell stands ─mapping─► places ─filling─► values ─write─► the same package
//! ```
//! Pure: bytes, places and a sheet's values come in; where they are kept is the business of `cases::fill`.
//!
//! **Invariant:** what is not written stays: every part of the package but sheets with values or formulas and the flag of
//! the workbook that makes programs compute anew keeps its bytes, and so does every cell that nothing is written into.
//!
//! **Invariant:** no form makes these functions panic or fill the memory; what is unclear is refused with a code.

mod carry;
mod error;
mod filling;
mod form;
mod grid;
mod key;
mod limits;
mod mapping;
mod package;
mod place;
mod scan;
mod slots;
mod strings;
mod styles;
mod suggest;
mod value;
mod workbook;
mod write;
mod xml;

#[cfg(test)]
mod tests;

use form::Form;
use mapping::Mapping;

use crate::ErrorDto;
use crate::dto::fill::{FillField, FillGrid, FillMapped, FillNote, FillPart, FillPlace, FillPreview, FillTemplate};
use crate::dto::sheet::Sheet;
use crate::error::Answer;

/// Bytes that a form may have.
pub(crate) const FILE_BYTES: usize = limits::FILE_BYTES;

/// A form that was opened.
pub(crate) struct Template(Form);

/// One workbook that was made.
pub(crate) struct Filled {
    /// File name.
    pub(crate) name: String,
    /// The workbook.
    pub(crate) bytes: Vec<u8>,
}

impl Template {
    /// Opens a form.
    ///
    /// # Errors
    /// `template_not_xlsx`, `template_protected`, `template_damaged`, `template_too_large`.
    pub(crate) fn open(bytes: Vec<u8>) -> Answer<Self> {
        Form::open(bytes).map(Self)
    }

    /// Names of the sheets that a person sees.
    pub(crate) fn sheets(&self) -> Vec<String> {
        self.0.shown().map(|sheet| sheet.name.name.clone()).collect()
    }

    /// A sheet as a table to point at.
    ///
    /// # Errors
    /// `fill_sheet_missing`.
    pub(crate) fn grid(
        &self,
        template: FillTemplate,
        sheet: Option<&str>,
        places: Vec<FillPlace>,
        fields: Vec<FillField>,
    ) -> Answer<FillGrid> {
        let found = match sheet {
            Some(name) => self.0.sheet(name),
            None => self.0.shown().next(),
        };
        let missing = || ErrorDto::new("fill_sheet_missing").at("sheet").with("sheet", sheet.unwrap_or_default());
        let found = found.ok_or_else(missing)?;
        let shown = grid::shown(&self.0, found);
        let suggestions = suggest::suggestions(&self.0, &fields, &places);
        Ok(FillGrid {
            template,
            sheets: self.sheets(),
            sheet: found.name.name.clone(),
            rows: shown.rows,
            widths: shown.widths,
            hidden_rows: shown.hidden_rows,
            hidden_columns: shown.hidden_columns,
            print_area: found.name.print_area.map(|area| format!("{}:{}", area.from, area.to)),
            cut: shown.cut,
            cells: shown.cells,
            places,
            fields,
            suggestions,
        })
    }

    /// Checks what was pointed at.
    ///
    /// # Errors
    /// `too_many`, `fill_key_unknown`, `fill_sheet_missing`, `fill_cell_unknown`, `cell_has_formula`, `cell_taken`,
    /// `fill_rows_differ`, `fill_no_room`.
    pub(crate) fn map(&self, places: &[FillPlace]) -> Answer<FillMapped> {
        let mapping = Mapping::of(&self.0, places)?;
        Ok(FillMapped { places: mapping.kept(places), notes: mapping.notes(&self.0, places) })
    }

    /// What of a former version's places stands here too.
    pub(crate) fn carry(&self, former: &Self, places: &[FillPlace]) -> (Vec<FillPlace>, Vec<FillNote>) {
        carry::carried(&former.0, &self.0, places)
    }

    /// What filling would make; `look` is the workbook whose values are told.
    ///
    /// # Errors
    /// What [`Self::map`] refuses, `fill_nothing`, `too_many`.
    pub(crate) fn preview(
        &self,
        places: &[FillPlace],
        sheet: &Sheet,
        stem: &str,
        ending: &str,
        look: u32,
    ) -> Answer<FillPreview> {
        let mapping = mapped(&self.0, places)?;
        let all = filling::copies(&mapping, sheet)?;
        let at = usize::try_from(look).unwrap_or_default().min(all.len().saturating_sub(1));
        let values = all.get(at).map(|of| filling::values(&mapping, sheet, *of)).unwrap_or_default();
        let mut notes = mapping.notes(&self.0, places);
        notes.extend(filling::cut(&mapping, places, &values));
        Ok(FillPreview {
            files: all.iter().map(|of| filling::name(stem, ending, &all, *of)).collect(),
            parts: sheet
                .parts
                .iter()
                .map(|part| FillPart { record: part.record.clone(), heading: key::said(part) })
                .collect(),
            tables: filling::short(&mapping, sheet),
            values: filling::looked(&self.0, &values),
            notes,
        })
    }

    /// The workbooks.
    ///
    /// # Errors
    /// The same, and `fill_too_large` when all together would be.
    pub(crate) fn fill(&self, places: &[FillPlace], sheet: &Sheet, stem: &str, ending: &str) -> Answer<Vec<Filled>> {
        let mapping = mapped(&self.0, places)?;
        let all = filling::copies(&mapping, sheet)?;
        let (mut out, mut total) = (Vec::new(), 0usize);
        for of in &all {
            let bytes = self.0.filled(&filling::values(&mapping, sheet, *of))?;
            total = total.saturating_add(bytes.len());
            if total > limits::FILLED_BYTES {
                return Err(ErrorDto::new("fill_too_large").at("sheet").with("max_mib", limits::FILLED_BYTES >> 20));
            }
            out.push(Filled { name: filling::name(stem, ending, &all, *of), bytes });
        }
        Ok(out)
    }
}

fn mapped(form: &Form, places: &[FillPlace]) -> Answer<Mapping> {
    if places.is_empty() {
        return Err(ErrorDto::new("fill_not_mapped").at("id"));
    }
    Mapping::of(form, places)
}

/// What the parts of a sheet can give.
pub(crate) fn fields(sheet: &Sheet) -> Vec<FillField> {
    key::fields(sheet)
}

/// Opens, shows, maps and fills a form: everything that its bytes come through.
///
/// # Errors
/// As the calls have them.
pub fn try_template(bytes: &[u8]) -> Answer<()> {
    use crate::dto::sheet::{SheetCell, SheetFact, SheetPart};

    let template = Template::open(bytes.to_vec())?;
    let row = FillTemplate {
        id: String::new(),
        name: String::new(),
        kind: String::new(),
        file: String::new(),
        bytes: 0,
        added_on: String::new(),
        places: 0,
    };
    let fact = |key: &str, value| SheetFact { key: key.to_owned(), label: "姓名".to_owned(), value, wide: false };
    let facts = vec![fact("a", SheetCell::Text("甲".to_owned())), fact("b", SheetCell::Fen(100))];
    let part = SheetPart { facts, ..SheetPart::default() };
    let sheet = Sheet {
        kind: String::new(),
        title: "表".to_owned(),
        office: String::new(),
        made_on: "2026-03-05".to_owned(),
        landscape: false,
        private: false,
        left_out: 0,
        parts: vec![part],
    };
    for name in template.sheets() {
        let grid = template.grid(row.clone(), Some(&name), Vec::new(), fields(&sheet))?;
        let place = |key: &str, cell: &str| FillPlace {
            key: key.to_owned(),
            sheet: name.clone(),
            cell: cell.to_owned(),
            last_row: None,
        };
        let mut places = vec![place("title", "A1"), place("made_on", "B7"), place("column/t/c", "C2")];
        places.extend(grid.suggestions);
        let Ok(mapped) = template.map(&places) else { continue };
        for filled in template.fill(&mapped.places, &sheet, "表", "xlsx")? {
            // What was made can be opened again, and the places fit it as before.
            Template::open(filled.bytes)?.map(&mapped.places)?;
        }
    }
    Ok(())
}
