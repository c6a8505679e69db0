//! Inspection and preview as the screen gets them.

use std::collections::{BTreeMap, BTreeSet};

use super::field::{Field, fields_of, required};
use super::layout::{Layout, layout};
use super::mapping::{RememberedMapping, header_fingerprint, propose};
use super::plan::Plan;
use super::sheet::{Sheet, Workbook};
use super::value::private::ends;
use super::words;
use crate::dto::import::{ImportColumn, ImportField, ImportInspection, ImportKind, ImportPreview, ImportSheet};

const COLUMN_SAMPLES: usize = 3;

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What is in a file, with remembered mappings by [`header_fingerprint`] and what the user said that sheets hold. A mapping
/// that is remembered for another kind than the one said is left aside.
#[must_use]
pub(crate) fn inspect(
    workbook: &Workbook,
    remembered: &BTreeMap<String, RememberedMapping>,
    kinds: &BTreeMap<String, ImportKind>,
) -> ImportInspection {
    let of = |sheet| inspect_sheet(sheet, remembered.get(&header_fingerprint(sheet)), kinds.get(&sheet.name).copied());
    ImportInspection { sheets: workbook.sheets.iter().map(of).collect(), format: workbook.format.code().to_owned() }
}

fn inspect_sheet(sheet: &Sheet, memory: Option<&RememberedMapping>, said: Option<ImportKind>) -> ImportSheet {
    let memory = memory.filter(|memory| said.is_none_or(|kind| kind == memory.kind));
    let Some(layout) = layout(sheet, said.or(memory.map(|memory| memory.kind))) else {
        return ImportSheet {
            name: sheet.name.clone(),
            kind: said,
            header_row: 1,
            header_rows: 1,
            rows: 0,
            form: false,
            year: None,
            columns: Vec::new(),
            remembered: false,
            fields: Vec::new(),
        };
    };
    let mapped = propose(sheet, said, memory).map(|mapping| mapping.columns).unwrap_or_default();
    let columns = layout
        .columns
        .iter()
        .map(|column| ImportColumn {
            index: short(column.index),
            letter: column.letters(),
            title: column.title(),
            field: mapped.get(&short(column.index)).cloned(),
            samples: match mapped.get(&short(column.index)).map(String::as_str) {
                // Enough to see what the column holds.
                Some("id_number") => samples(sheet, &layout, column.index).iter().map(|text| ends(text)).collect(),
                _ => samples(sheet, &layout, column.index),
            },
        })
        .collect();
    ImportSheet {
        name: sheet.name.clone(),
        kind: layout.kind,
        header_row: short(layout.header_row + 1),
        header_rows: short(layout.header_rows),
        rows: short(layout.rows.len()),
        form: layout.rows.iter().any(|row| row.page.is_some()),
        year: layout.year,
        columns,
        remembered: memory.is_some(),
        fields: layout.kind.map_or_else(every_field, |kind| field_list(&layout, kind)),
    }
}

fn field_list(layout: &Layout, kind: ImportKind) -> Vec<ImportField> {
    let mapped: Vec<_> = layout.fields.values().copied().collect();
    let required = required(kind, &mapped);
    fields_of(kind)
        .into_iter()
        .map(|field| ImportField { code: field.code(), required: required.contains(&field) })
        .collect()
}

/// For a sheet whose kind the user has yet to say.
fn every_field() -> Vec<ImportField> {
    let fields: BTreeSet<Field> = words::KINDS.iter().flat_map(|kind| fields_of(*kind)).collect();
    fields.into_iter().map(|field| ImportField { code: field.code(), required: false }).collect()
}

fn samples(sheet: &Sheet, layout: &Layout, column: usize) -> Vec<String> {
    layout
        .rows
        .iter()
        .map(|row| row.cell(sheet, column).text())
        .filter(|text| !text.is_empty())
        .map(|text| text.chars().take(40).collect())
        .take(COLUMN_SAMPLES)
        .collect()
}

impl From<&Plan> for ImportPreview {
    fn from(plan: &Plan) -> Self {
        Self {
            new_rows: plan.new_rows,
            same_rows: plan.same_rows,
            changed_rows: plan.changed_rows,
            errors: plan.errors.clone(),
            warnings: plan.warnings.clone(),
            questions: plan.questions.clone(),
            samples: plan.samples.clone(),
        }
    }
}
